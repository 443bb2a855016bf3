//! A word and its part of speech become its dictionary form, by rules for endings and exceptions that the treebanks taught.
//!
//! A rule says how many bytes to cut from the end and what to put there. The word's own rule wins, else that of its longest
//! known ending; the model holds both in one table.

use std::borrow::Cow;

use super::Tag;
use super::weights::{Table, feature, hash_bytes};

/// Bytes of a rule: how many to cut, then what to put there, filled up with zeros.
pub(super) const RULE: usize = 8;

/// The longest ending with a rule, in bytes.
pub(super) const ENDING: usize = 5;

/// The lemmatiser's rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lemmatiser<'m>(Table<'m, RULE>);

impl<'m> Lemmatiser<'m> {
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        Self(Table::read(bytes).0)
    }

    /// The dictionary form of a lower-case word.
    pub(super) fn lemma<'w>(&self, word: &'w str, tag: Tag) -> Cow<'w, str> {
        let endings = (1..=ENDING).rev().map(|length| ending(word, length, tag));
        let hashes = [Some(whole(word, tag))].into_iter().chain(endings).flatten();
        let rule = hashes.filter_map(|hash| self.0.row(hash)).next();
        rule.and_then(|rule| apply(word, rule)).unwrap_or(Cow::Borrowed(word))
    }
}

/// The key of a word's own rule.
pub(super) fn whole(word: &str, tag: Tag) -> u64 {
    feature(700, [hash_bytes(word.as_bytes()), tag as u64])
}

/// The key of the rule of a word's ending; `None` where the ending is the whole word.
pub(super) fn ending(word: &str, length: usize, tag: Tag) -> Option<u64> {
    let start = word.len().checked_sub(length).filter(|&start| start > 0)?;
    Some(feature(700 + length as u64, [hash_bytes(word.as_bytes().get(start..)?), tag as u64]))
}

/// The word after a rule; `None` where the rule does not fit.
fn apply<'w>(word: &'w str, [cut, rest @ ..]: &[u8; RULE]) -> Option<Cow<'w, str>> {
    let stem = word.get(..word.len().checked_sub(usize::from(*cut))?)?;
    let added = std::str::from_utf8(rest).ok()?.trim_end_matches('\0');
    Some(if added.is_empty() { Cow::Borrowed(stem) } else { Cow::Owned(format!("{stem}{added}")) })
}
