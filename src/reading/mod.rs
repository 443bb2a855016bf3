//! Question and passages become scored answer [`Candidate`]s. Pure: readers behind one trait, linear and neural.

pub(crate) mod amounts;
mod contradiction;
mod deciding;
pub(crate) mod evidence;
pub mod linear;
mod lists;
mod look;
pub(crate) mod names;
#[cfg(feature = "neural")]
pub mod neural;
mod reasons;
mod roles;
pub(crate) mod sought;
mod speech;
mod view;
pub(crate) mod weighing;
mod widening;

pub use look::Look;

use crate::question::{AnswerType, Question, Subject};
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
    /// The members of a list, in order, in bytes of the document's text; empty where it is none.
    pub members: Vec<Span>,
    /// The words of the same document that bear the answer out, where they are not the sentence it stands in.
    pub evidence: Option<Span>,
}

impl Candidate {
    /// Which sentence of which passage bears it out: that of its evidence, in whatever passage of the document holds it, else its own.
    fn borne_out_by(&self, passages: &[Passage]) -> (usize, usize) {
        let own = (self.passage, self.sentence);
        let (Some(evidence), Some(document)) = (self.evidence, passages.get(self.passage).map(|own| own.record.document.ordinal)) else {
            return own;
        };
        let begins = |passage: usize| {
            let record = &passages.get(passage).filter(|passage| passage.record.document.ordinal == document)?.record;
            let sentences = &record.analysis.sentences;
            let sentence = sentences.iter().position(|sentence| sentence.span.contains(Span::new(evidence.start, evidence.start + 1)))?;
            Some((passage, sentence))
        };
        begins(self.passage).or_else(|| (0..passages.len()).find_map(begins)).unwrap_or(own)
    }

    /// Whether a rule found it because a remark is credited to it.
    fn is_credited(&self) -> bool {
        self.part("cue").is_some()
    }

    /// A part of the score, by name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<f32> {
        self.parts.iter().find(|(part, _)| *part == name).map(|&(_, value)| value)
    }
}

/// Reads passages for a question.
///
/// Readers form a cascade: each gets the shortlist of the one before it (the first an empty one) and gives back its own.
pub trait Reader {
    /// The best candidates, best first; ties in the order of passages and spans.
    fn read(&self, look: &Look<'_>, shortlist: Vec<Candidate>) -> Vec<Candidate>;
}

/// How far the cascade of readers goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// The linear reader alone.
    Linear,
    /// The neural reader behind it, where it is part of the binary.
    #[default]
    Neural,
}

/// The readers of the cascade, in order.
#[must_use]
pub fn readers(depth: Depth) -> Vec<Box<dyn Reader>> {
    let mut cascade: Vec<Box<dyn Reader>> = vec![Box::new(linear::LinearReader::embedded())];
    #[cfg(feature = "neural")]
    if depth == Depth::Neural
        && let Ok(reader) = neural::NeuralReader::embedded()
    {
        cascade.push(Box::new(reader));
    }
    cascade.truncate(if depth == Depth::Linear { 1 } else { cascade.len() });
    cascade.push(Box::new(weighing::Weigher));
    cascade
}

/// Whether the words beside a name have already said who or what it is: the network marks less than the whole phrase.
fn is_defined(question: &Question, best: &Candidate) -> bool {
    question.answer_type == AnswerType::Definition && best.part("plain").is_some() && best.score > 1.0
}

/// Whether a rule knows better than the network who said it: the words asked for were found as the question has them, or all that they are
/// about, and nothing else is asked of the speaker ("which spokesman").
fn is_found(question: &Question, best: &Candidate) -> bool {
    let whole = question.focus.is_empty() && best.part("words").is_some_and(|words| words >= WHOLE_TOPIC);
    question.subject == Subject::WhoSaid && (whole || best.part("verbatim") == Some(1.0))
}

/// The share of a topic, by weight, at which a remark holds all of it.
const WHOLE_TOPIC: f32 = 0.95;

/// Whether the candidates that rules found are whole answers, which later readers judge but do not cut.
fn stays_whole(question: &Question, shortlist: &[Candidate]) -> bool {
    let settled = |best: &Candidate| is_defined(question, best) || is_found(question, best);
    !asks_for_a_span(question) || shortlist.first().is_some_and(settled)
}

/// Whether a short span of a passage can be the whole answer.
fn asks_for_a_span(question: &Question) -> bool {
    let whole = matches!(
        question.answer_type,
        AnswerType::List | AnswerType::Reason | AnswerType::Statement | AnswerType::Metadata | AnswerType::YesNo
    );
    matches!(question.subject, Subject::Fact | Subject::WhoSaid) && !whole
}

#[cfg(test)]
mod tests;
