//! What can go wrong when the engine is asked: the index, or a name nothing has.

use crate::index::IndexError;

/// Why the engine could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// No document has this name.
    #[error("{name}: no document has this id, path or file name")]
    NoDocument {
        /// The name given.
        name: String,
    },
    /// Several documents may be meant.
    #[error("{name}: could be {}", .ids.join(", "))]
    Ambiguous {
        /// The name given.
        name: String,
        /// The documents it may mean.
        ids: Vec<String>,
    },
    /// No outlet has this name.
    #[error("{name}: no outlet has this name")]
    NoOutlet {
        /// The name given.
        name: String,
        /// The outlets there are.
        known: Vec<String>,
    },
}

impl EngineError {
    /// The kind of error, one word for scripts.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Index(error) => error.kind(),
            Self::NoDocument { .. } => "no_document",
            Self::Ambiguous { .. } => "ambiguous",
            Self::NoOutlet { .. } => "no_outlet",
        }
    }

    /// The next step, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Index(_) => None,
            Self::NoDocument { .. } => Some("`sayso status --documents` lists them".to_owned()),
            Self::Ambiguous { .. } => Some("write more of the id".to_owned()),
            Self::NoOutlet { known, .. } => Some(format!("the outlets are: {}", known.join(", "))),
        }
    }
}
