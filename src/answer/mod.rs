//! Candidates become [`Answer`]s with citations, or [`NoAnswer`] with what was looked at. Pure.

mod citing;
mod conflicts;
mod copies;
mod dating;
mod deciding;
mod documents;
mod excerpt;
mod grouping;
mod silence;
mod value;

use std::rc::Rc;
use std::sync::Arc;

use crate::index::DocumentRecord;
use crate::question::{AnswerType, Question, Subject};
use crate::quotation::Speaker;
use crate::reading::{Candidate, Look};
use crate::span::Span;

/// Everything an answer is made from.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'e> {
    /// The question and the passages read.
    pub look: &'e Look<'e>,
    /// What the readers found in them, best first.
    pub candidates: &'e [Candidate],
    /// All documents of the index, for questions about documents; nobody else looks at them.
    pub documents: &'e [Arc<DocumentRecord>],
}

/// An outcome and how it was decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What came of the question.
    pub outcome: Outcome,
    /// What the gates between "answered" and "silent" saw, a line each.
    pub gates: Vec<String>,
    /// Whether it stands; not where a question reads as one about a document and no document is like the one it speaks of.
    pub settled: bool,
}

/// Answers, `limit` at most, or silence.
#[must_use]
pub fn decide(evidence: &Evidence<'_>, limit: usize) -> Decision {
    deciding::decide(evidence, limit)
}

/// Gives answers about documents (who wrote it, when) their places in the documents' texts; `text` looks one up. What stands in no text
/// keeps a citation without words.
#[must_use]
pub fn place(outcome: Outcome, question: &Question, text: &dyn Fn(&DocumentRecord) -> Option<Rc<str>>) -> Outcome {
    match (outcome, &question.subject) {
        (Outcome::Answered { answers, conflicts }, Subject::Document { field, .. }) => {
            Outcome::Answered { answers: documents::place(answers, *field, text), conflicts }
        }
        (other, _) => other,
    }
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The documents answer it.
    Answered {
        /// Best first.
        answers: Vec<Answer>,
        /// Answers about the same thing that do not agree, as positions in `answers`.
        conflicts: Vec<Conflict>,
    },
    /// They do not.
    Unanswered(NoAnswer),
}

/// One answer, verbatim from its first citation.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The words, as they stand in the first citation.
    pub text: String,
    /// Probability that it is right, 0 to 1.
    pub confidence: f32,
    /// What kind of thing it is.
    pub answer_type: AnswerType,
    /// The quantity, if it is one.
    pub value: Option<Value>,
    /// The day, month or year, if it is one that can be told.
    pub date: Option<Dated>,
    /// The members of a list; `None` where the answer is no list.
    pub members: Option<Vec<Member>>,
    /// Where it stands; the best first.
    pub citations: Vec<Citation>,
    /// How many documents say so.
    pub support: Support,
    /// Documents that say so and are not cited: copies of a cited report, and what came after the last citation.
    pub also: Vec<Arc<DocumentRecord>>,
}

/// A comparable quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// How many.
    pub number: f64,
    /// Of what ("percent", "GBP", "years"), if stated.
    pub unit: Option<String>,
}

/// A date that an answer names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// As ISO 8601 writes it, to the precision it has ("2014-10-14", "2014-10", "2014"); of a span of time, both ends with a slash between.
    pub iso: String,
    /// Whether the answer's own words say so; else it was told from the day its first cited document was published.
    pub stated: bool,
}

/// One member of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub citation: Citation,
}

/// A sentence that supports an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Which document.
    pub document: Arc<DocumentRecord>,
    /// The sentence's words; equal to the document's text at `span`.
    pub sentence: String,
    /// The sentence, in bytes of the document's text.
    pub span: Span,
    /// The answer's words inside it.
    pub answer_span: Span,
    /// Who says it, where it stands in a quotation.
    pub speaker: Option<Speaker>,
    /// Whether the answer's words stand inside quotation marks.
    pub quoted: bool,
}

impl Citation {
    /// Whether what it bears out is known about the document but stands nowhere in its text.
    #[must_use]
    pub fn is_from_metadata(&self) -> bool {
        self.sentence.is_empty()
    }
}

/// How many documents say so; copies of one report count once in `independent`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// All of them.
    pub documents: usize,
    /// Copies counted once.
    pub independent: usize,
}

/// Answers that disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Positions in the list of answers, newest and best supported first.
    pub answers: Vec<usize>,
}

/// Why there is no answer, and what was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct NoAnswer {
    /// Why, in a sentence for people.
    pub reason: String,
    /// The nearest sentences.
    pub nearest: Vec<Citation>,
}
