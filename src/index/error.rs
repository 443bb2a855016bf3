//! What can go wrong with an index: where, why, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why the index could not be read or written; displays as `path: cause; next step`.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index.
    #[error("{}: nothing has been indexed here; build it with `sayso index PATH…`", .directory.display())]
    Missing {
        /// The index's directory.
        directory: PathBuf,
    },
    /// No folder was named and the index knows none.
    #[error("{}: no folder of documents is known; name one with `sayso index PATH…`", .directory.display())]
    NoRoots {
        /// The index's directory.
        directory: PathBuf,
    },
    /// A folder of documents is not there.
    #[error("{}: there is no such file or folder to index; check the path (nothing was changed)", .path.display())]
    MissingRoot {
        /// The folder or file.
        path: PathBuf,
    },
    /// The directory holds something else.
    #[error("{}: not empty, and not an index made by sayso; choose another directory with `--index DIR`", .directory.display())]
    Foreign {
        /// The directory.
        directory: PathBuf,
    },
    /// Another process writes to it.
    #[error("{}: another sayso is writing to this index; try again when it is done", .directory.display())]
    Locked {
        /// The index's directory.
        directory: PathBuf,
    },
    /// Somebody ended the update early.
    #[error("stopped; {}", if *.kept { "what was read until then is kept, and `sayso index` goes on from there" } else { "the index is as it was" })]
    Interrupted {
        /// Whether what was read until then is in the index.
        kept: bool,
    },
    /// What a `sayso.toml` beside the documents says cannot be used.
    #[error("{0} (nothing was changed)")]
    Correction(crate::corpus::CorrectionError),
    /// Made by a version that lays the index out differently.
    #[error(
        "{}: made by sayso {program} in format {found}, this program reads format {expected}; build it again with `sayso index`",
        .directory.display()
    )]
    Format {
        /// The index's directory.
        directory: PathBuf,
        /// The format found.
        found: u32,
        /// The format this program reads.
        expected: u32,
        /// The version that made it.
        program: String,
    },
    /// Its files do not fit together.
    #[error("{}: damaged ({cause}); build it again with `sayso index PATH… --rebuild`", .path.display())]
    Damaged {
        /// The file or directory.
        path: PathBuf,
        /// What does not fit.
        cause: String,
    },
    /// The search engine on other machines could not be asked, or its answer is not to be believed.
    #[error("{engine}: {cause}; {step}")]
    Engine {
        /// The node, or the address given.
        engine: String,
        /// What went wrong.
        cause: String,
        /// What to do about it.
        step: String,
    },
    /// The operating system refused.
    #[error("{}: {source}; {}", .path.display(), advice(.source))]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What to do about what the system said.
fn advice(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::PermissionDenied => {
            "the index is another user's: have its files made readable to ask it, writable to update it, or use one of your own with `--index DIR`"
        }
        _ => "check that the disk has room and the files are yours to read and write",
    }
}

impl IndexError {
    /// What kind of failure this is, as a word for machines.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "index_missing",
            Self::NoRoots { .. } => "no_roots",
            Self::MissingRoot { .. } => "root_missing",
            Self::Foreign { .. } => "index_foreign",
            Self::Locked { .. } => "index_locked",
            Self::Correction(_) => "correction",
            Self::Interrupted { .. } => "interrupted",
            Self::Format { .. } => "index_format",
            Self::Damaged { .. } => "index_damaged",
            Self::Engine { .. } => "engine",
            Self::Io { .. } => "index_io",
        }
    }

    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    pub(super) fn engine_fault(engine: &str, cause: &str, step: &str) -> Self {
        Self::Engine { engine: engine.to_owned(), cause: cause.to_owned(), step: step.to_owned() }
    }

    pub(super) fn damaged(path: &Path, cause: impl ToString) -> Self {
        Self::Damaged { path: path.to_owned(), cause: cause.to_string() }
    }
}
