//! A file on disk becomes a [`Document`], or the reason why not.
//!
//! Only regular files are opened, and never more than [`LIMIT`] bytes of one are read, whatever its size was said to be.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{Document, Found, ReadError, digest, parse};

/// The largest file that is read, in bytes.
pub const LIMIT: u64 = 64 << 20;

/// Reads the file and parses it.
///
/// # Errors
/// [`ReadError`] says what the file is instead of a readable document.
pub fn read(found: &Found) -> Result<Document, ReadError> {
    parse(&found.path, &found.id, &bytes(&found.path)?)
}

/// SHA-256 of a file's bytes as they are now, in hexadecimal.
///
/// # Errors
/// [`ReadError`] where the file cannot be read.
pub fn digest_of(path: &Path) -> Result<String, ReadError> {
    Ok(digest(&bytes(path)?))
}

fn bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let size = path.metadata().and_then(|metadata| if metadata.is_file() { Ok(metadata.len()) } else { Err(not_a_file()) })?;
    refuse_large(size)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    refuse_large(bytes.len() as u64)?;
    Ok(bytes)
}

fn refuse_large(size: u64) -> Result<(), ReadError> {
    if size > LIMIT { Err(ReadError::TooLarge { size, limit: LIMIT }) } else { Ok(()) }
}

fn not_a_file() -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a regular file")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &std::path::Path) -> Found {
        Found { id: "a".into(), path: path.to_owned(), size: 0, modified: None }
    }

    #[test]
    fn a_folder_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(&found(folder.path())), Err(ReadError::Unreadable(_))));
    }

    #[test]
    fn a_file_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "The bridge is shut.\r\n").unwrap();
        assert_eq!(read(&found(&path)).unwrap().text, "The bridge is shut.\r\n");
    }
}
