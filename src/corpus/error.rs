//! Why a file, or a part of one, is no document: what is wrong with it, and what can be done.

/// Why a file is no document.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it, or nothing that shows.
    #[error("the file is empty")]
    Empty,
    /// Binary data under whatever name.
    #[error("not text: {reason}")]
    NotText {
        /// What gave it away.
        reason: String,
    },
    /// Larger than what is read.
    #[error("too large: {size} bytes, where {limit} are read at most")]
    TooLarge {
        /// Bytes found.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// A format that is not read.
    #[error("{format} files are not read")]
    Unsupported {
        /// The format's name.
        format: &'static str,
    },
    /// It is not what its format asks for.
    #[error("damaged {format}: {reason}")]
    Damaged {
        /// The format's name.
        format: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// No field of a record holds its text, as far as one can tell.
    #[error("no field holds a text: {fields}; name the one that does with --field text=NAME")]
    NoText {
        /// The fields there are.
        fields: String,
    },
    /// It holds parts, and none of them is a document.
    #[error("no document in it: {reasons}")]
    NoDocuments {
        /// What is wrong with them.
        reasons: String,
    },
    /// It unpacks to more than is read of it.
    #[error("unpacks to more than {limit} MiB, where reading stopped; unpack it and index the folder")]
    Expands {
        /// MiB allowed.
        limit: u64,
    },
    /// Archives in archives in archives.
    #[error("archives lie more than {limit} deep in each other; unpack it and index the folder")]
    Nested {
        /// Levels allowed.
        limit: usize,
    },
    /// The process that reads such files could not be started.
    #[error("the process that reads such files could not be started: {reason}")]
    NoWorker {
        /// The system's own words.
        reason: String,
    },
    /// The process that read it died.
    #[error("its reader {cause}; left out until the file changes")]
    Crashed {
        /// Of what.
        cause: String,
    },
    /// What the process that read it told.
    #[error("{0}")]
    Reported(String),
    /// Whoever takes the documents wants no more.
    #[error("reading was stopped")]
    Stopped,
    /// The system would not hand it over.
    #[error("cannot be read: {0}")]
    Unreadable(#[source] std::io::Error),
}

impl From<std::io::Error> for ReadError {
    /// What the system says bears the system's number; errors without one come from what takes the bytes apart.
    fn from(error: std::io::Error) -> Self {
        if error.raw_os_error().is_some() { Self::Unreadable(error) } else { Self::Damaged { format: "file", reason: error.to_string() } }
    }
}

impl ReadError {
    /// Whether the system, not the file, is to blame: another time it may be read.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::NoWorker { .. })
    }
}
