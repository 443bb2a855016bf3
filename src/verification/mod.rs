//! A quote and the index become a [`Verdict`]: wording, speaker, context, support.
//!
//! The index tells where the words may stand; there, the quote is laid against the passage word by word (`alignment`), and what
//! differs decides the wording (`wording`, `meaning`, `stitching`, `paraphrase`), whose utterance it lies in the attribution
//! (`attribution`, `people`), and what was cut around it the context (`context`). Similarity alone decides nothing: a quote that lost
//! its "not" is 99 % similar. "Not found" is said of these documents only; it never means that a quote is false.

mod alignment;
mod attribution;
mod bodies;
mod brackets;
mod candidates;
mod check;
mod context;
mod contrasts;
mod differences;
mod excerpt;
mod forces;
mod given;
mod meaning;
mod name;
mod namesakes;
mod offices;
mod paraphrase;
mod people;
mod places;
mod rarity;
mod remark;
mod stitching;
mod support;
#[cfg(test)]
mod testing;
mod trace;
mod voices;
mod wording;
mod words;

use std::sync::Arc;

use serde::Serialize;

use crate::index::DocumentRecord;
use crate::quotation::Speaker;
use crate::span::Span;

pub use check::check;
pub use trace::{Printing, Trace, trace};

/// What was found about a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The quote as given.
    pub quote: String,
    /// The words that were checked, where the quote came with its tag ("…," he said): those between the marks.
    pub checked: Option<String>,
    /// Whom it was said to be from: the person asked about, else the one the quote's own tag names.
    pub claimed_speaker: Option<String>,
    /// Whether the words are real.
    pub wording: Wording,
    /// Whether that person said them.
    pub attribution: Option<Attribution>,
    /// Whether they are whole.
    pub context: Option<Context>,
    /// Who said them, as far as the documents tell; nobody where the pieces of a stitched quote are of different speakers.
    pub speaker: Option<Speaker>,
    /// Whose view it is, where the words are the document's own and report what somebody said without marks.
    pub reported: Option<Speaker>,
    /// How many documents print them; of a stitched quote, how many print some piece of it.
    pub documents: usize,
    /// The same, copies of one report counted once.
    pub independent: usize,
    /// The earliest dated document that prints them.
    pub earliest: Option<Arc<DocumentRecord>>,
    /// How many documents were searched.
    pub searched: usize,
    /// Where they stand, best first.
    pub matches: Vec<Match>,
}

impl Verdict {
    /// Whether the words are real, and nobody else said them.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        let real = matches!(self.wording, Wording::Exact | Wording::Typography | Wording::Elided | Wording::Rejoined);
        real && self.attribution == Some(Attribution::Confirmed)
    }
}

/// How the words given compare with the words printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// The same.
    Exact,
    /// Differ only in quote marks, dashes, case, spacing, end punctuation.
    Typography,
    /// Shortened with … or [ ], the pieces in order.
    Elided,
    /// One utterance printed around its "he said".
    Rejoined,
    /// Pieces from different places.
    Stitched,
    /// Other words.
    Altered,
    /// Other words that change the meaning: negation, number, name, modality.
    AlteredMeaning,
    /// Only reported without marks.
    Paraphrase,
    /// Not there.
    NotFound,
    /// Too short, or nothing to check.
    Uncheckable,
}

/// Whether the person named said the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribution {
    /// Yes (or, with nobody named, the speaker is known).
    Confirmed,
    /// Somebody else did.
    Misattributed,
    /// Sources differ.
    Disputed,
    /// The documents do not tell who.
    Unattributed,
    /// The document's own words.
    NotAQuotation,
}

/// Whether the words are whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// Whole sentences, nothing near that changes them.
    Full,
    /// Cut inside a sentence, or next to a "but", "if", "not" that changes it.
    Truncated,
}

/// A place where the words stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Which document.
    pub document: Arc<DocumentRecord>,
    /// The document's words.
    pub text: String,
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// Share of words that agree, 0 to 1.
    pub similarity: f32,
    /// Word by word.
    pub diff: Vec<Difference>,
    /// Who says it there.
    pub speaker: Option<Speaker>,
    /// The sentences around it, verbatim.
    pub passage: String,
}

/// One step of a word diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What changed.
    pub operation: Operation,
    /// The document's words.
    pub source: String,
    /// The words given.
    pub given: String,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Nothing.
    Equal,
    /// Words given that are not in the document.
    Insert,
    /// Words of the document that were left out.
    Delete,
    /// Other words.
    Replace,
}
