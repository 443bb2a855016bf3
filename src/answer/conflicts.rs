//! Groups that give different values for the same thing become conflicts.

use super::grouping::Group;
use super::{Answer, Conflict};
use crate::question::AnswerType;

/// How much less evidence (natural log-odds) a rival value may have.
const MARGIN: f32 = 1.5;

/// The conflicts among answers; `groups` are theirs, in the same order.
pub(super) fn find(answers: &[Answer], groups: &[Group<'_>]) -> Vec<Conflict> {
    let Some(best) = groups.first() else { return Vec::new() };
    let comparable = |group: &&Group<'_>| best.score - group.score <= MARGIN && best.rivals(group);
    let mut rivals: Vec<usize> =
        groups.iter().enumerate().take(answers.len()).skip(1).filter(|(_, group)| comparable(group)).map(|(number, _)| number).collect();
    if rivals.is_empty() || !answers.first().is_some_and(|answer| quantitative(answer.answer_type)) {
        return Vec::new();
    }
    rivals.insert(0, 0);
    rivals.sort_by_key(|&number| std::cmp::Reverse(answers.get(number).map(newest_and_support)));
    vec![Conflict { answers: rivals }]
}

fn quantitative(answer_type: AnswerType) -> bool {
    use AnswerType::{Age, Date, Duration, Money, Number, Share};
    matches!(answer_type, Age | Date | Duration | Money | Number | Share)
}

fn newest_and_support(answer: &Answer) -> (Option<jiff::civil::Date>, usize) {
    (answer.citations.iter().filter_map(|citation| citation.document.published).max(), answer.support.independent)
}
