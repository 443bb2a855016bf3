//! Yes-or-no questions become the sentences that decide them; whether the answer is yes or no is left to who reads them.

use super::Candidate;
use super::linear::Worth;
use super::view::View;
use crate::question::Question;

/// The sentences that speak of all of the question, best first.
pub(crate) fn sentences(question: &Question, views: &[View<'_>], worth: &[Worth], count: usize) -> Vec<Candidate> {
    let candidate = |one: &Worth| {
        let view = views.get(one.passage)?;
        let sentence = view.record.analysis.sentences.get(one.evidence.sentence)?;
        Some(Candidate {
            passage: one.passage,
            sentence: one.evidence.sentence,
            span: sentence.span,
            answer_type: question.answer_type,
            score: one.standing(),
            parts: vec![("sentence", one.standing()), ("covered", one.evidence.covered())],
            members: Vec::new(),
            evidence: None,
        })
    };
    worth.iter().filter_map(candidate).take(count).collect()
}
