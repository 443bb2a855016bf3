//! Yes-or-no questions become the sentences that decide them; whether the answer is yes or no is left to who reads them.

use super::Candidate;
use super::linear::Worth;
use super::sought::Sought;
use super::view::View;
use crate::question::Question;

/// Sentences looked at.
const READ: usize = 40;
/// What a sentence that says all that is asked scores more than one that only names who is asked about.
const PREDICATE: f32 = 3.0;

/// The sentences that speak of all of the question, best first.
pub(crate) fn sentences(question: &Question, views: &[View<'_>], worth: &[Worth], sought: &Sought, count: usize) -> Vec<Candidate> {
    let candidate = |one: &Worth| {
        let view = views.get(one.passage)?;
        let sentence = view.record.analysis.sentences.get(one.evidence.sentence)?;
        Some(Candidate {
            passage: one.passage,
            sentence: one.evidence.sentence,
            span: sentence.span,
            answer_type: question.answer_type,
            score: one.standing() + PREDICATE * (one.evidence.predicate(sought) - 1.0) + referred(view, one),
            parts: vec![("sentence", one.standing()), ("covered", one.evidence.covered())],
            members: Vec::new(),
            evidence: None,
        })
    };
    let mut found: Vec<Candidate> = worth.iter().filter_map(candidate).take(READ).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    found.truncate(count);
    found
}

/// A pronoun that opens a sentence stands for the name the sentence before it has.
fn referred(view: &View<'_>, one: &Worth) -> f32 {
    let first = view.cells(view.tokens(one.evidence.sentence)).iter().find(|cell| cell.shape.is_word());
    let pronoun = first.is_some_and(|cell| matches!(cell.word.as_str(), "he" | "she" | "it" | "they" | "his" | "her" | "its" | "their"));
    if pronoun && one.evidence.names < one.evidence.names_around { 1.0 } else { 0.0 }
}
