//! Files on disk are opened and read, within limits.
//!
//! Only regular files are opened, and never more than [`LIMIT`] bytes of one are kept in memory, whatever its size was said to be.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::ReadError;

/// The largest document that is read, in bytes. A file that holds many may be larger.
pub const LIMIT: u64 = 64 << 20;

/// Opens a regular file. A pipe would wait for somebody to write to it, so that what is there is looked at first.
pub(super) fn open(path: &Path) -> Result<File, ReadError> {
    if !path.metadata()?.is_file() {
        return Err(ReadError::Unreadable(not_a_file()));
    }
    Ok(File::open(path)?)
}

/// The whole of a file whose first bytes are `head`.
pub(super) fn rest(file: File, head: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    let size = file.metadata()?.len();
    refuse_large(size)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).max(head.len()));
    Cursor::new(head).chain(file).take(LIMIT + 1).read_to_end(&mut bytes)?;
    refuse_large(bytes.len() as u64)?;
    Ok(bytes)
}

/// SHA-256 of a file's bytes as they are now, in hexadecimal. The file is never in memory as a whole.
///
/// # Errors
/// [`ReadError`] where the file cannot be read.
pub fn digest_of(path: &Path) -> Result<String, ReadError> {
    let mut file = open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 17];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            count => hasher.update(buffer.get(..count).unwrap_or_default()),
        }
    }
    Ok(hexadecimal(&hasher.finalize()))
}

/// Bytes as figures and small letters, two each.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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

    #[test]
    fn a_folder_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(open(folder.path()), Err(ReadError::Unreadable(_))));
        assert!(matches!(digest_of(folder.path()), Err(ReadError::Unreadable(_))));
    }

    #[test]
    fn the_digest_is_that_of_all_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let bytes = b"The bridge is shut.\r\n".repeat(20_000);
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(digest_of(&path).unwrap(), super::super::digest(&bytes));
        assert_eq!(rest(open(&path).unwrap(), Vec::new()).unwrap(), bytes);
    }
}
