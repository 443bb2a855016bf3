//! Bytes that have no file of their own (standard input) become one that is kept with the index, and is read like any other from then on.
//!
//! The file is named by the bytes' digest: the same bytes are the same document, however often they come in. It stays until somebody
//! removes it; the folder it lies in belongs to every update, whatever roots are named. The index may be moved with it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::error::IndexError;
use super::local::is_ours;
use super::manifest::Marker;
use crate::corpus::{self, Found, Selection};

/// The folder of such files, in the index's own.
pub(super) const FOLDER: &str = "standard-input";
/// What is not whole yet begins so; hidden files are not read.
const INCOMING: &str = ".incoming-";
/// How long something may be coming in; what is older was left by a process that died.
const LONGEST: Duration = Duration::from_hours(24);
/// The most that is kept of one stream, in bytes.
const LARGEST: u64 = 1 << 30;

/// Keeps what `input` gives, to its end, with the index in `directory`; returns the name of the file, which is the document's identifier
/// (or what those of its parts begin with), and `None` where nothing came. `ending` tells what it is where the bytes do not.
///
/// # Errors
/// [`IndexError::Foreign`] where the folder holds something else, [`IndexError::Io`] where the system refuses or there is no end to it.
pub fn keep(directory: &Path, input: &mut dyn Read, ending: Option<&str>) -> Result<Option<String>, IndexError> {
    let folder = directory.join(FOLDER);
    if directory.exists() && Marker::read(directory).is_ok_and(|marker| marker.is_none()) && !is_ours(directory)? {
        return Err(IndexError::Foreign { directory: directory.to_owned() });
    }
    fs::create_dir_all(&folder).map_err(IndexError::io(&folder))?;
    sweep(&folder);
    let coming = folder.join(format!("{INCOMING}{}", std::process::id()));
    let kept = take(input, &coming).and_then(|digest| digest.map(|digest| settle(&folder, &coming, &digest, ending)).transpose());
    // Gone where it was renamed.
    let _ = fs::remove_file(&coming);
    kept
}

/// Writes all of `input` to a file; its digest, or `None` where nothing came.
fn take(input: &mut dyn Read, path: &Path) -> Result<Option<String>, IndexError> {
    let mut file = File::create(path).map_err(IndexError::io(path))?;
    let (mut hasher, mut total) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 17];
    loop {
        let count = input.read(&mut buffer).map_err(IndexError::io(Path::new("standard input")))?;
        let bytes = buffer.get(..count).unwrap_or_default();
        total += bytes.len() as u64;
        if bytes.is_empty() || total > LARGEST {
            break;
        }
        hasher.update(bytes);
        file.write_all(bytes).map_err(IndexError::io(path))?;
    }
    if total > LARGEST {
        let more = std::io::Error::other(format!("more than {} MiB came in; save it to a file and index that", LARGEST >> 20));
        return Err(IndexError::io(Path::new("standard input"))(more));
    }
    file.sync_all().map_err(IndexError::io(path))?;
    Ok((total > 0).then(|| corpus::hexadecimal(&hasher.finalize())))
}

/// Gives what came in its name. The same bytes under another ending were taken for something else before, and give way.
fn settle(folder: &Path, coming: &Path, digest: &str, ending: Option<&str>) -> Result<String, IndexError> {
    let stem = format!("{FOLDER}-{}", digest.get(..12).unwrap_or(digest));
    let name = ending.map_or_else(|| stem.clone(), |ending| format!("{stem}.{ending}"));
    let path = folder.join(&name);
    if !path.exists() {
        fs::rename(coming, &path).map_err(IndexError::io(&path))?;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let other = entry.file_name().to_string_lossy().into_owned();
        if other != name && other.split('.').next() == Some(&stem) {
            fs::remove_file(entry.path()).map_err(IndexError::io(&entry.path()))?;
        }
    }
    Ok(name)
}

/// Removes what processes that died left half written.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let old = || entry.metadata().ok()?.modified().ok().and_then(|modified| SystemTime::now().duration_since(modified).ok());
        if entry.file_name().to_string_lossy().starts_with(INCOMING) && old().is_some_and(|age| age > LONGEST) {
            // What cannot be removed now is tried again next time.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether anything is kept with the index in `directory`.
pub(super) fn any(directory: &Path) -> bool {
    directory.join(FOLDER).is_dir()
}

/// Adds the files kept with the index to those `found` in its roots, in the order of identifiers. Whoever put a copy of one among the
/// documents has it there.
pub(super) fn add(directory: &Path, found: &mut Vec<Found>) {
    if !any(directory) {
        return;
    }
    let folder: PathBuf = directory.join(FOLDER);
    let mut kept = corpus::walk(&[folder], &Selection::default(), &mut |_| ());
    kept.retain(|file| found.binary_search_by(|known| known.id.cmp(&file.id)).is_err());
    found.extend(kept);
    found.sort_by(|one, other| one.id.cmp(&other.id));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let mut found = Vec::new();
        add(directory, &mut found);
        found.into_iter().map(|file| file.id).collect()
    }

    #[test]
    fn the_same_bytes_are_kept_once() {
        let folder = tempfile::tempdir().unwrap();
        let directory = folder.path().join("index");
        assert!(names(&directory).is_empty());
        let first = keep(&directory, &mut b"The quay is closed.".as_slice(), None).unwrap();
        assert_eq!(keep(&directory, &mut b"The quay is closed.".as_slice(), None).unwrap(), first);
        assert_eq!(names(&directory), [first.unwrap()]);
        let other = keep(&directory, &mut b"The quay is closed.".as_slice(), Some("md")).unwrap().unwrap();
        assert!(other.ends_with(".md"));
        assert_eq!(names(&directory), [other]);
        assert_eq!(keep(&directory, &mut b"".as_slice(), None).unwrap(), None);
        assert_eq!(fs::read_dir(directory.join(FOLDER)).unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_kept_in_a_folder_of_something_else() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.tex"), "x").unwrap();
        assert!(matches!(keep(folder.path(), &mut b"x".as_slice(), None), Err(IndexError::Foreign { .. })));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
