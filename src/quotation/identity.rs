//! Phrases become identities: a number each, equal where two phrases seem to name the same.
//!
//! Coarse on purpose: surnames, nouns and pronouns as they stand. Who a pronoun stands for is found in [`super::people`].

use super::page::{Page, hash};
use super::phrase::{Phrase, PhraseKind};
use crate::text::folded;

/// One entry for each phrase.
pub(super) struct Identities {
    /// The identity.
    pub(super) of: Vec<u64>,
    /// How many phrases share it.
    pub(super) frequency: Vec<u32>,
}

impl Identities {
    pub(super) fn new(page: &Page, phrases: &[Phrase]) -> Self {
        let of: Vec<u64> = phrases.iter().map(|phrase| identity(page, phrase)).collect();
        let mut sorted = of.clone();
        sorted.sort_unstable();
        let count = |identity: &u64| sorted.partition_point(|other| other <= identity) - sorted.partition_point(|other| other < identity);
        let frequency = of.iter().map(|identity| u32::try_from(count(identity)).unwrap_or(u32::MAX)).collect();
        Self { of, frequency }
    }
}

fn identity(page: &Page, phrase: &Phrase) -> u64 {
    let word = folded(page.word(phrase.head));
    match phrase.kind {
        PhraseKind::Pronoun => hash(match word.as_ref() {
            "his" | "him" => "he",
            "her" => "she",
            "their" | "them" => "they",
            other => other,
        }),
        _ => hash(&word),
    }
}
