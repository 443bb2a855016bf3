//! Groups that give different values for the same thing become conflicts.

use super::grouping::Group;
use super::{Answer, Conflict};
use crate::question::AnswerType;
use crate::retrieval::Passage;

/// How much less evidence (natural log-odds) a rival value may have where readers' scores are compared.
const MARGIN: f32 = 1.5;
/// The same where candidates were weighed against silence: the better wording of one report says little about the other's value.
const WEIGHED_MARGIN: f32 = 6.0;
/// Log-odds against silence that a rival needs.
const PLAUSIBLE: f32 = -2.0;
/// How much of what the best answer's sentences speak of the question those of a rival must.
const SPOKEN_OF: f32 = 0.7;

/// Whether another group gives a different value for what the best one answers.
pub(super) fn rivals(best: &Group<'_>, other: &Group<'_>, passages: &[Passage]) -> bool {
    if !best.rivals(other) || best.shares_report(other, passages) {
        return false;
    }
    if best.chance.is_none() {
        return best.score - other.score <= MARGIN;
    }
    let spoken = |group: &Group<'_>| {
        group.members.first().map_or(0.0, |member| ["own", "beside", "titled"].iter().filter_map(|part| member.part(part)).sum::<f32>())
    };
    let counted = match (best.counted.as_deref(), other.counted.as_deref()) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    };
    let focus = |group: &Group<'_>| group.members.first().and_then(|member| member.part("focus")).unwrap_or_default();
    counted
        && other.score >= PLAUSIBLE
        && best.score - other.score <= WEIGHED_MARGIN
        && spoken(other) >= SPOKEN_OF * spoken(best)
        && focus(other) >= focus(best).min(0.5)
}

/// The conflicts among answers; `groups` are theirs, in the same order.
pub(super) fn find(answers: &[Answer], groups: &[Group<'_>], passages: &[Passage]) -> Vec<Conflict> {
    let Some(best) = groups.first() else { return Vec::new() };
    let comparable = |group: &&Group<'_>| rivals(best, group, passages);
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
