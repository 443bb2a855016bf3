//! The engine on this machine: a folder that tantivy reads and writes. All knowledge of that library stays here.
//!
//! A *store* is a folder below the index's own, `store-1` and so on: a rebuild fills the next one and leaves the old one to its readers. Every
//! commit of the search index names the generation whose list of files and table of documents lie beside it.

mod failure;
mod intact;
mod queries;
mod reader;
mod schema;
mod sink;
mod storage;
mod top;

use std::fs::{self, File, TryLockError};
use std::path::Path;

use tantivy::directory::MmapDirectory;

use super::error::IndexError;
use super::kept;
use super::manifest::{self, Files};
use storage::Unlocked;

pub(super) use reader::open;
pub(super) use sink::begin;

/// The committed generation of a store and its files; `None` where nothing was committed.
pub(super) fn committed(store: &Path) -> Result<Option<(u64, Files)>, IndexError> {
    let fail = || IndexError::engine(store);
    if !store.join("meta.json").exists() {
        return Ok(None);
    }
    let directory = MmapDirectory::open(store).map_err(|error| fail()(error.into()))?;
    let index = tantivy::Index::open(Unlocked(directory)).map_err(fail())?;
    let metas = index.load_metas().map_err(fail())?;
    // What is damaged must not be written on: a merge would give it new checksums.
    if !intact::check(store, &index, &metas)? {
        intact::note(store, &index);
    }
    let Some(generation) = metas.payload.and_then(|payload| payload.parse().ok()) else { return Ok(None) };
    Ok(Some((generation, Files::read(&manifest::files_path(store, generation))?)))
}

/// Takes the folder for this process; the lock ends with the value. `known` tells whether it holds an index already.
pub(super) fn lock(directory: &Path, known: impl FnOnce() -> Result<bool, IndexError>) -> Result<File, IndexError> {
    fs::create_dir_all(directory).map_err(IndexError::io(directory))?;
    if !known()? && !is_ours(directory)? {
        return Err(IndexError::Foreign { directory: directory.to_owned() });
    }
    let path = directory.join("lock");
    let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(IndexError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(IndexError::Locked { directory: directory.to_owned() }),
        Err(TryLockError::Error(error)) => Err(IndexError::io(&path)(error)),
    }
}

/// Whether a folder without a marker may become an index: it is empty but for what an interrupted first run or a damaged index left.
pub(super) fn is_ours(directory: &Path) -> Result<bool, IndexError> {
    let entries = fs::read_dir(directory).map_err(IndexError::io(directory))?;
    let ours = |name: &str| {
        name.starts_with('.') || name.starts_with("store-") || ["lock", "sayso.new", "sayso.json", kept::FOLDER].contains(&name)
    };
    Ok(entries.flatten().all(|entry| ours(&entry.file_name().to_string_lossy())))
}

/// Removes stores that no marker names: leftovers of an interrupted or finished rebuild.
pub(super) fn sweep(directory: &Path, current: &str) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("store-") && name != current {
            // What cannot be removed now is tried again next time.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Size of the files in a folder, in bytes.
pub(super) fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let one = |entry: fs::DirEntry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => size(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    };
    entries.map(one).sum()
}
