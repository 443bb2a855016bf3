//! The search library's failures become the index's.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};

use crate::index::error::IndexError;

impl IndexError {
    /// Runs a call into the search library, which panics over some flipped bits in its files: that, too, is a damaged index.
    pub(super) fn guard<T>(store: &Path, call: impl FnOnce() -> tantivy::Result<T>) -> Result<T, Self> {
        let outcome = catch_unwind(AssertUnwindSafe(call));
        outcome.map_err(|_| Self::damaged(store, "a file of the search index makes no sense"))?.map_err(Self::engine(store))
    }

    /// Sorts the search library's failures into ours.
    pub(super) fn engine(directory: &Path) -> impl FnOnce(TantivyError) -> Self + use<> {
        let path = directory.to_owned();
        move |error| match error {
            TantivyError::LockFailure(..) => Self::Locked { directory: path },
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                Self::Io { path: path.join(filepath), source: io::Error::new(io_error.kind(), io_error.to_string()) }
            }
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => {
                Self::Io { path, source: io::Error::new(io_error.kind(), io_error.to_string()) }
            }
            TantivyError::IoError(source) => Self::Io { path, source: io::Error::new(source.kind(), source.to_string()) },
            // Writing goes on in the library's own threads; nearly always the disk is full.
            refused @ (TantivyError::ErrorInThread(_) | TantivyError::OpenWriteError(_)) => {
                Self::Io { path, source: io::Error::other(refused) }
            }
            other => Self::Damaged { path, cause: other.to_string() },
        }
    }
}
