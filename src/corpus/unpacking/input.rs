//! Bytes to read: a file, bytes at hand, or a stream out of an archive.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};

use crate::corpus::ReadError;

/// Bytes to read.
pub(in crate::corpus) enum Input<'i> {
    /// A file, from its beginning.
    File(BufReader<File>),
    /// Bytes at hand.
    Bytes(Cursor<Vec<u8>>),
    /// Bytes that come once.
    Stream(Box<dyn BufRead + 'i>),
}

/// Bytes that can be read in any order.
pub(super) trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

impl<'i> Input<'i> {
    /// A file just opened.
    pub(in crate::corpus) fn file(file: File) -> Self {
        Self::File(BufReader::with_capacity(1 << 16, file))
    }

    /// Bytes at hand.
    pub(in crate::corpus) fn bytes(bytes: Vec<u8>) -> Self {
        Self::Bytes(Cursor::new(bytes))
    }

    /// Bytes that come once.
    pub(super) fn stream(stream: impl BufRead + 'i) -> Self {
        Self::Stream(Box::new(stream))
    }

    /// The first `count` bytes, or all where they are fewer; they stay to be read.
    pub(super) fn head(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let mut head = Vec::with_capacity(count);
        match self {
            Self::File(file) => {
                file.by_ref().take(count as u64).read_to_end(&mut head)?;
                file.rewind()?;
            }
            Self::Bytes(bytes) => head.extend(bytes.get_ref().iter().take(count)),
            Self::Stream(stream) => {
                stream.take(count as u64).read_to_end(&mut head)?;
                let rest = std::mem::replace(stream, Box::new(io::empty()));
                *stream = Box::new(Cursor::new(head.clone()).chain(rest));
            }
        }
        Ok(head)
    }

    /// All bytes in order.
    pub(super) fn reader(self) -> Box<dyn BufRead + 'i> {
        match self {
            Self::File(file) => Box::new(file),
            Self::Bytes(bytes) => Box::new(bytes),
            Self::Stream(stream) => stream,
        }
    }

    /// All bytes at once.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] where they are more than `limit`.
    pub(super) fn whole(self, limit: u64) -> Result<Vec<u8>, ReadError> {
        let mut whole = Vec::new();
        match self {
            Self::Bytes(bytes) => whole = bytes.into_inner(),
            other => {
                other.reader().take(limit + 1).read_to_end(&mut whole)?;
            }
        }
        let size = whole.len() as u64;
        if size > limit { Err(ReadError::TooLarge { size, limit }) } else { Ok(whole) }
    }

    /// The bytes in any order; a stream is read into memory first, `limit` bytes of it at most.
    pub(super) fn seekable(self, limit: u64) -> Result<Box<dyn Seekable + 'i>, ReadError> {
        Ok(match self {
            Self::File(file) => Box::new(file),
            Self::Bytes(bytes) => Box::new(bytes),
            stream @ Self::Stream(_) => Box::new(Cursor::new(stream.whole(limit)?)),
        })
    }
}
