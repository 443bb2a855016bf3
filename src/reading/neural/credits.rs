//! Spans that the network marks beside remarks, and those whom the remarks are credited to.
//!
//! A rule knows who is credited with a remark under the fullest name, which may stand far from it; the network sees the sentence of the
//! remark, where the same person may be a surname or "she". Here the two are brought together.

use super::super::names::{is_pronoun, same_person};
use crate::reading::Candidate;
use crate::retrieval::Passage;
use crate::span::Span;

/// Who is credited with which remark.
pub(super) struct Credits<'p> {
    passages: &'p [Passage],
    remarks: Vec<Remark>,
}

/// A remark's sentence and whom it is credited to.
struct Remark {
    document: u32,
    sentence: Span,
    name: String,
    score: f32,
}

impl<'p> Credits<'p> {
    /// The remarks that a rule found.
    pub(super) fn new(passages: &'p [Passage], shortlist: &[Candidate]) -> Self {
        let remark = |candidate: &Candidate| {
            let record = &passages.get(candidate.passage)?.record;
            let name = record.slice(candidate.span).to_owned();
            Some(Remark { document: record.document.ordinal, sentence: candidate.evidence?, name, score: candidate.score })
        };
        Self { passages, remarks: shortlist.iter().filter(|candidate| candidate.is_credited()).filter_map(remark).collect() }
    }

    /// The score of the best remark that names a marked span as its speaker.
    pub(super) fn of(&self, marked: &Candidate) -> Option<f32> {
        let record = &self.passages.get(marked.passage)?.record;
        let words = record.slice(marked.span);
        let theirs = |remark: &&Remark| {
            remark.document == record.document.ordinal && remark.sentence.contains(marked.span) && same_person(words, &remark.name)
        };
        self.remarks.iter().filter(theirs).map(|remark| remark.score).reduce(f32::max)
    }

    /// Whether a marked span calls the one who is credited by surname or pronoun, in the sentence of the remark.
    pub(super) fn is_called(&self, credited: &Candidate, marked: &Candidate) -> bool {
        let (Some(evidence), true) = (credited.evidence, credited.is_credited()) else { return false };
        let (Some(own), Some(other)) = (self.passages.get(credited.passage), self.passages.get(marked.passage)) else { return false };
        let words = other.record.slice(marked.span);
        own.record.document.ordinal == other.record.document.ordinal
            && evidence.contains(marked.span)
            && (is_pronoun(words) || same_person(words, own.record.slice(credited.span)))
    }
}
