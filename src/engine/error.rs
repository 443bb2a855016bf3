//! What can go wrong when the engine is asked: the index, or a name nothing has.

use crate::index::IndexError;
use crate::text::fold;

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
        /// The documents whose names are most like it.
        near: Vec<String>,
    },
    /// Several documents may be meant.
    #[error("{name}: could be {}", .ids.join(", "))]
    Ambiguous {
        /// The name given.
        name: String,
        /// The documents it may mean.
        ids: Vec<String>,
    },
    /// There is nothing to ask: no word, no figure.
    #[error("the question is empty")]
    NoQuestion,
    /// More words than anybody asks or quotes at once.
    #[error("the {what} has {length} characters, {most} are read at most")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// Characters it has.
        length: usize,
        /// Characters that are read.
        most: usize,
    },
    /// No outlet has this name.
    #[error("{name}: no outlet of that name is in this index")]
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
            Self::NoQuestion => "usage",
            Self::TooLong { .. } => "too_long",
            Self::NoOutlet { .. } => "no_outlet",
        }
    }

    /// The next step, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Index(_) => None,
            Self::NoDocument { near, .. } if !near.is_empty() => Some(format!("did you mean {}?", near.join(" or "))),
            Self::NoDocument { .. } => Some("`sayso status --documents` lists them".to_owned()),
            Self::Ambiguous { .. } => Some("write more of the id".to_owned()),
            Self::NoQuestion => Some("sayso ask \"Who chairs the inquiry?\"".to_owned()),
            Self::TooLong { what, .. } => Some(format!("give a part of the {what}, or several {what}s one by one")),
            Self::NoOutlet { known, .. } if known.is_empty() => Some("no document here names its outlet".to_owned()),
            Self::NoOutlet { name, known } => Some(match nearest(name, known) {
                near if near.is_empty() => format!("the outlets are: {}", some_of(known)),
                near => format!("did you mean {}?", near.join(" or ")),
            }),
        }
    }
}

/// How many names a hint lists.
const LISTED: usize = 12;
/// Least likeness of a word to one of a name for the name to be meant.
const ALIKE: f32 = 0.6;

/// The first names of a list, and how many more there are.
fn some_of(names: &[String]) -> String {
    let listed = names.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(LISTED);
    if more > 0 { format!("{listed} and {more} more") } else { listed }
}

/// The names most like the one given, by their likest words: three at most, the likest first.
fn nearest<'k>(name: &str, known: &'k [String]) -> Vec<&'k str> {
    let words = |name: &str| -> Vec<String> { fold(name).split_whitespace().filter(|word| *word != "the").map(str::to_owned).collect() };
    let given = words(name);
    let likeness = |other: &String| {
        let theirs = words(other);
        let pairs = given.iter().flat_map(|one| theirs.iter().map(move |other| similar::TextDiff::from_chars(one, other).ratio()));
        pairs.fold(0.0, f32::max)
    };
    let mut ranked: Vec<(f32, &str)> =
        known.iter().map(|other| (likeness(other), other.as_str())).filter(|(like, _)| *like >= ALIKE).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    ranked.into_iter().take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_outlet_is_answered_with_the_nearest() {
        let known: Vec<String> = ["Civic Ledger", "Radio Tarn", "The Cove Gazette"].map(str::to_owned).to_vec();
        let hint = |name: &str| EngineError::NoOutlet { name: name.to_owned(), known: known.clone() }.hint().unwrap();
        assert_eq!(hint("Cove Gazete"), "did you mean The Cove Gazette?");
        assert_eq!(hint("xyz"), "the outlets are: Civic Ledger, Radio Tarn, The Cove Gazette");
    }
}
