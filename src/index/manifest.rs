//! What the index knows about the files it was made from, and which of its own files belong together.
//!
//! `sayso.json` marks the folder as an index, names the format and the folder of the current store. Inside the store, every commit of
//! the search index names a *generation*: `files-N` (the files read, or why not) and `documents-N` (the table of documents) are
//! written and synced before the commit that names them, so that a reader sees all of the old state or all of the new. Both carry checksums.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::IndexError;
use super::seal;
use crate::corpus::{Reading, Selection};

/// The layout this program reads and writes; raised whenever an older one would be misread.
pub(super) const FORMAT: u32 = 8;
/// The file that marks a folder as an index.
pub(super) const MARKER: &str = "sayso.json";

/// The marker file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Marker {
    /// The layout.
    pub(super) format: u32,
    /// The program's version.
    pub(super) program: String,
    /// The folders and files that were indexed.
    pub(super) roots: Vec<PathBuf>,
    /// The folder of the current store; empty while there is none.
    pub(super) store: String,
    /// How the store's files were read.
    #[serde(default)]
    pub(super) reading: Reading,
    /// Which files of the roots are wanted.
    #[serde(default, skip_serializing_if = "Selection::is_all")]
    pub(super) selection: Selection,
}

/// The marker as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    marker: Marker,
    /// CRC-32 of the rest.
    #[serde(default)]
    checksum: u32,
}

impl Written {
    /// The marker; `None` where it is not what was written. How another format checks its own is not known here.
    fn marker(self) -> Option<Marker> {
        let sound = self.marker.format != FORMAT || self.checksum == self.marker.checksum();
        sound.then_some(self.marker)
    }
}

impl Marker {
    fn checksum(&self) -> u32 {
        serde_json::to_vec(self).map_or(0, |bytes| crc32fast::hash(&bytes))
    }

    pub(super) fn new(roots: Vec<PathBuf>) -> Self {
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            roots,
            store: String::new(),
            reading: Reading::default(),
            selection: Selection::default(),
        }
    }

    /// Reads the marker of an index of any format; `None` where there is none.
    pub(super) fn read(directory: &Path) -> Result<Option<Self>, IndexError> {
        let path = directory.join(MARKER);
        match fs::read(&path) {
            Ok(bytes) => Self::from_bytes(&path, &bytes).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(IndexError::io(&path)(error)),
        }
    }

    pub(super) fn write(&self, directory: &Path) -> Result<(), IndexError> {
        let path = directory.join(MARKER);
        replace(&path, &self.to_bytes(&path)?)
    }

    /// The marker as it is written; `path` is what messages call it.
    pub(super) fn to_bytes(&self, path: &Path) -> Result<Vec<u8>, IndexError> {
        let written = Written { marker: self.clone(), checksum: self.checksum() };
        serde_json::to_vec_pretty(&written).map_err(|error| IndexError::damaged(path, error))
    }

    /// The marker that was written so.
    pub(super) fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, IndexError> {
        let written: Written = serde_json::from_slice(bytes).map_err(|error| IndexError::damaged(path, error))?;
        written.marker().ok_or_else(|| IndexError::damaged(path, "its checksum does not fit"))
    }

    /// # Errors
    /// [`IndexError::Format`] where the layout is another program's.
    pub(super) fn check(&self, directory: &Path) -> Result<(), IndexError> {
        if self.format == FORMAT {
            return Ok(());
        }
        let (found, program) = (self.format, self.program.clone());
        Err(IndexError::Format { directory: directory.to_owned(), found, expected: FORMAT, program })
    }
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// The path by which it can be opened.
    pub path: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; `None` where the system does not say.
    pub modified: Option<i64>,
    /// SHA-256 of its bytes; empty where it could not be read.
    pub digest: String,
    /// Whether its time stamp was old enough when it was read: one changed only just before may change again and keep the stamp.
    #[serde(default)]
    pub(super) settled: bool,
    /// The [fingerprint](crate::corpus::Correction::fingerprint) of what somebody knew better about it; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) corrected: String,
    /// What tells what recurred in the documents around it when it was read.
    #[serde(default)]
    pub(super) furniture: String,
    /// What the entries of its first document carry in the search index; `None` where it is not indexed. Those of the others carry the
    /// numbers that follow.
    pub(super) key: Option<u32>,
    /// How many documents it holds.
    #[serde(default)]
    pub(super) documents: u32,
    /// What was odd about it but did not stop the reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    /// Why it is not indexed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Whether to try again though it did not change: the system refused it, not its content.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) retry: bool,
}

impl FileState {
    /// What the entries of its documents carry in the search index.
    pub(super) fn keys(&self) -> Range<u32> {
        self.key.map_or(0..0, |first| first..first.saturating_add(self.documents))
    }
}

/// The files of one generation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Files {
    pub(super) roots: Vec<PathBuf>,
    /// The next key to give out; keys are never used twice.
    pub(super) next_key: u32,
    /// By identifier.
    pub(super) files: BTreeMap<String, FileState>,
}

/// Where the files of generation `number` lie in the store.
pub(super) fn files_path(store: &Path, number: u64) -> PathBuf {
    store.join(format!("files-{number}"))
}

/// Where the table of documents of generation `number` lies in the store.
pub(super) fn documents_path(store: &Path, number: u64) -> PathBuf {
    store.join(format!("documents-{number}"))
}

/// Whether `directory` holds an index that sayso made, of any format.
#[must_use]
pub fn is_index(directory: &Path) -> bool {
    directory.join(MARKER).is_file()
}

/// Whether `directory` is closed to this user: nobody can say what it holds.
#[must_use]
pub fn is_closed(directory: &Path) -> bool {
    fs::metadata(directory.join(MARKER)).is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied)
}

impl Files {
    /// How many documents the files hold.
    pub(super) fn documents(&self) -> usize {
        self.files.values().map(|state| state.documents as usize).sum()
    }

    pub(super) fn read(path: &Path) -> Result<Self, IndexError> {
        Self::from_bytes(path, &fs::read(path).map_err(IndexError::io(path))?)
    }

    /// The list that was written so; `path` is what messages call it.
    pub(super) fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, IndexError> {
        let bytes = seal::opened(bytes).ok_or_else(|| IndexError::damaged(path, "its checksum does not fit"))?;
        serde_json::from_slice(bytes).map_err(|error| IndexError::damaged(path, error))
    }

    /// The list as it is written.
    pub(super) fn to_bytes(&self, path: &Path) -> Result<Vec<u8>, IndexError> {
        Ok(seal::sealed(serde_json::to_vec(self).map_err(|error| IndexError::damaged(path, error))?))
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), IndexError> {
        let bytes = self.to_bytes(path)?;
        let mut file = File::create(path).map_err(IndexError::io(path))?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(IndexError::io(path))
    }
}

/// Replaces a file in one step.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let new = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)
    };
    write().map_err(IndexError::io(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_of_another_format_is_read_and_refused() {
        let folder = tempfile::tempdir().unwrap();
        let marker = Marker { format: FORMAT + 1, ..Marker::new(vec!["news".into()]) };
        marker.write(folder.path()).unwrap();
        let read = Marker::read(folder.path()).unwrap().unwrap();
        assert_eq!(read, marker);
        assert!(read.check(folder.path()).unwrap_err().to_string().contains("build it again"));
    }

    #[test]
    fn no_marker_is_no_error() {
        assert_eq!(Marker::read(Path::new("no/such/place")).unwrap(), None);
    }
}
