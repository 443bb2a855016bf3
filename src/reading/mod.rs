//! Question and passages become scored answer [`Candidate`]s. Pure: readers behind one trait, linear and neural.

#[cfg(feature = "neural")]
pub mod neural;

use crate::question::{AnswerType, Question};
use crate::retrieval::Passage;
use crate::span::Span;

/// A span that may answer the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Which passage, as a position in the list read.
    pub passage: usize,
    /// Which sentence of the passage.
    pub sentence: usize,
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What kind of thing it is.
    pub answer_type: AnswerType,
    /// Evidence for it, in log-odds: scores of different passages compare.
    pub score: f32,
    /// The parts of the score, by name, in a fixed order.
    pub parts: Vec<(&'static str, f32)>,
}

/// Reads passages for a question.
///
/// Readers form a cascade: each gets the shortlist of the one before it (the first an empty one) and gives back its own.
pub trait Reader {
    /// The best candidates, best first; ties in the order of passages and spans.
    fn read(&self, question: &Question, passages: &[Passage], shortlist: Vec<Candidate>) -> Vec<Candidate>;
}

/// The readers of the cascade, in order.
#[must_use]
pub fn readers() -> Vec<Box<dyn Reader>> {
    Vec::new()
}
