//! Groups that give different values for the same thing become conflicts.

use jiff::civil::Date;

use super::grouping::Group;
use super::value::Worth;
use super::{Answer, Conflict};
use crate::question::AnswerType;
use crate::retrieval::Passage;
use crate::text::quantities::QuantityKind;

/// How much less evidence (natural log-odds) a rival value may have where readers' scores are compared.
const MARGIN: f32 = 1.5;
/// Quantities further apart than this many times are of different things.
const APART: f64 = 8.0;
/// How much worse (of 2) the years of the question may fit a rival's place: figures of another year are no other figures.
const YEARS: f32 = 0.7;
/// Years by which ages may be off that reports of different days give.
const AGEING: f64 = 1.0;

/// What a rival needs where candidates were weighed against silence: the better wording of one report says little about the other's value.
struct Needs {
    /// Log-odds against silence.
    score: f32,
    /// How much of what the best answer's sentences speak of the question those of a rival must.
    spoken: f32,
    /// How many fewer (of 2) of the question's names may stand near it.
    names: f32,
    /// The network's own log-odds, where it read the place.
    margin: f32,
}

/// A figure of the noun that the best one counts as well.
const COUNTED: Needs = Needs { score: -0.5, spoken: 0.5, names: 1.0, margin: f32::NEG_INFINITY };
const DATED: Needs = Needs { score: 0.0, spoken: 0.8, names: 0.5, margin: 1.5 };
const OTHER: Needs = Needs { score: -1.0, spoken: 0.65, names: 0.5, margin: 1.5 };

/// Whether another group gives a different value for what the best one answers.
pub(super) fn rivals(best: &Group<'_>, other: &Group<'_>, passages: &[Passage]) -> bool {
    let Some((one, two)) = best.worth.as_ref().zip(other.worth.as_ref()).filter(|(one, two)| one.differs(two)) else { return false };
    if best.shares_report(other, passages) {
        return false;
    }
    if best.chance.is_none() {
        return best.score - other.score <= MARGIN;
    }
    let counts = one.kind() == QuantityKind::Count;
    let nouns = best.counted.as_deref().zip(other.counted.as_deref()).filter(|_| counts);
    let of_another = nouns.is_some_and(|(one, two)| one != two) || part(other, "miscounted") > 0.0;
    let aged = one.kind() == QuantityKind::Age && is_birthday_later(one, two, best.printed(passages), other.printed(passages));
    let far = !matches!(one.kind(), QuantityKind::Date | QuantityKind::Age) && one.times(two).is_none_or(|times| times > APART);
    let needs = match one.kind() {
        QuantityKind::Date => DATED,
        _ if nouns.is_some() => COUNTED,
        _ => OTHER,
    };
    !of_another && !aged && !far && needs.are_met(best, other)
}

impl Needs {
    fn are_met(&self, best: &Group<'_>, other: &Group<'_>) -> bool {
        let less = |name: &str| part(best, name) - part(other, name);
        let spoken = |group: &Group<'_>| ["own", "beside", "titled"].iter().map(|name| part(group, name)).sum::<f32>();
        other.score >= self.score
            && spoken(other) >= self.spoken * spoken(best)
            && less("named") < self.names
            && less("year") < YEARS
            && (part(other, "read") <= 0.0 || part(other, "margin") >= self.margin)
    }
}

/// A part of the best member's score.
fn part(group: &Group<'_>, name: &str) -> f32 {
    group.members.first().and_then(|member| member.part(name)).unwrap_or_default()
}

/// Whether two ages are one person's, who has grown older from one report to the other.
fn is_birthday_later(one: &Worth, two: &Worth, first: Option<Date>, second: Option<Date>) -> bool {
    let (Some(first), Some(second)) = (first, second) else { return false };
    let between = (second - first).total((jiff::Unit::Year, first)).unwrap_or_default();
    (two.number() - one.number() - between).abs() <= AGEING
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::answer::value::tests::worth;

    #[test]
    fn a_person_grows_older_from_report_to_report() {
        let (then, now) = (worth("a woman of 71", AnswerType::Age), worth("a woman of 74", AnswerType::Age));
        let later = |year| is_birthday_later(&then, &now, Some(date(2013, 5, 1)), Some(date(year, 5, 1)));
        assert!(later(2016) && later(2015));
        assert!(!later(2013) && !later(2020));
        assert!(!is_birthday_later(&then, &now, None, Some(date(2016, 5, 1))));
    }

    #[test]
    fn minutes_and_years_are_not_of_one_thing() {
        let times = |one, two| worth(one, AnswerType::Duration).times(&worth(two, AnswerType::Duration)).unwrap();
        assert!(times("thirty years", "51 minutes") > APART);
        assert!(times("34 minutes", "51 minutes") < APART);
        assert!(times("two hours", "90 minutes") < APART);
    }
}
