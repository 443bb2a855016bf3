//! Job adverts between and after articles.
//!
//! One advert is a handful of lines: what the job is, who offers it, what it pays, a sentence or two, who recruits. The pay line and the
//! labelled lines ("Recruiter:", "Closing date:") are unmistakable; the others are found by standing next to them.

use super::unit::{Close, Unit};

/// Labels that open a line of a job advert.
const LABELS: &[&str] = &[
    "recruiter",
    "employer",
    "salary",
    "closing date",
    "contract type",
    "job type",
    "apply by",
    "apply now",
    "job title",
    "job ref",
    "vacancy",
];

/// Which units belong to job adverts: at least two signs of one must stand near each other, so that a lone sum of money is nothing.
pub(super) fn find(units: &[Unit<'_>]) -> Vec<bool> {
    let signs: Vec<Option<Sign>> = units.iter().map(sign).collect();
    let mut marked = vec![false; units.len()];
    for (at, sign) in signs.iter().enumerate() {
        if sign.is_some_and(|sign| sign != Sign::Heading) && has_neighbour(&signs, at) {
            mark_advert(units, &signs, at, &mut marked);
        }
    }
    mark_headings(&signs, &mut marked);
    marked
}

/// What makes a line part of a job advert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// What the job pays.
    Pay,
    /// "Recruiter: …".
    Label,
    /// "Public sector jobs".
    Heading,
}

/// How many units away a second sign may stand.
const NEAR: usize = 6;

fn sign(unit: &Unit<'_>) -> Option<Sign> {
    if unit.count > 16 || unit.close == Close::Full && unit.count > 8 {
        None
    } else if is_label(unit.words) {
        Some(Sign::Label)
    } else if is_pay(unit) {
        Some(Sign::Pay)
    } else {
        is_heading(unit).then_some(Sign::Heading)
    }
}

fn has_neighbour(signs: &[Option<Sign>], at: usize) -> bool {
    let window = at.saturating_sub(NEAR)..(at + NEAR + 1).min(signs.len());
    window.into_iter().any(|other| other != at && signs.get(other).copied().flatten().is_some())
}

/// Marks the lines around the sign at `at`: up to two labels before a pay line, everything up to a recruiter line soon after it.
fn mark_advert(units: &[Unit<'_>], signs: &[Option<Sign>], at: usize, marked: &mut [bool]) {
    let is = |index: usize, sign: Sign| signs.get(index).copied().flatten() == Some(sign);
    let mut first = at;
    let mut last = at;
    if is(at, Sign::Pay) {
        first = at - (1..=2).take_while(|back| at.checked_sub(*back).is_some_and(|before| is_name(units, signs, before))).count();
        last = at + (1..=3).rev().find(|ahead| is(at + ahead, Sign::Label) && !(1..*ahead).any(|mid| is(at + mid, Sign::Pay))).unwrap_or(0);
        let described = last == at && units.get(at + 1).is_some_and(|next| !next.apart && next.count <= 60 && !is(at + 1, Sign::Heading));
        last += usize::from(described);
    }
    marked.iter_mut().take(last + 1).skip(first).for_each(|mark| *mark = true);
}

/// A line that may name a job or an employer.
fn is_name(units: &[Unit<'_>], signs: &[Option<Sign>], at: usize) -> bool {
    let free = signs.get(at).is_some_and(Option::is_none);
    free && units.get(at).is_some_and(|unit| unit.count <= 14 && unit.close == Close::Open)
}

/// A heading over marked lines is marked with them.
fn mark_headings(signs: &[Option<Sign>], marked: &mut [bool]) {
    for at in (0..signs.len()).rev() {
        let above = (at + 1..(at + 3).min(marked.len())).any(|next| marked.get(next) == Some(&true));
        if signs.get(at).copied().flatten() == Some(Sign::Heading) && above {
            marked.iter_mut().skip(at).take(2).for_each(|mark| *mark = true);
        }
    }
}

/// "Recruiter: …", with one slip of the pen allowed.
fn is_label(words: &str) -> bool {
    let Some((label, _)) = words.split_once(':') else { return LABELS.contains(&words.to_ascii_lowercase().as_str()) };
    let label = label.trim().to_lowercase();
    LABELS.iter().any(|known| *known == label || (known.len() > 6 && is_slip(known, &label)))
}

/// Whether `given` is `known` with two neighbouring letters swapped, or one letter missing, added or changed.
fn is_slip(known: &str, given: &str) -> bool {
    let (known, given): (Vec<char>, Vec<char>) = (known.chars().collect(), given.chars().collect());
    let same_front = known.iter().zip(&given).take_while(|(one, other)| one == other).count();
    let (known, given) = (known.get(same_front..).unwrap_or_default(), given.get(same_front..).unwrap_or_default());
    match (known, given) {
        ([a, b, rest_known @ ..], [c, d, rest_given @ ..]) if a == d && b == c && rest_known == rest_given => true,
        ([_, rest_known @ ..], [_, rest_given @ ..]) if rest_known == rest_given => true,
        ([_, rest_known @ ..], given) if rest_known == given => true,
        (known, [_, rest_given @ ..]) => rest_given == known,
        _ => false,
    }
}

/// "£21,400 - £23,100 per annum", "Grade 11 (£38,405 - £41,148)", "£650 a day".
fn is_pay(unit: &Unit<'_>) -> bool {
    if unit.count > 14 || unit.close != Close::Open {
        return false;
    }
    let lower = unit.words.to_lowercase();
    let sums = lower.matches(['£', '€', '$']).count();
    let per =
        ["per annum", "per hour", "per day", "per week", "a year", "a day", "an hour", "p.a", "pro rata", "pa", "fte", "salary", "scp"];
    let rated = per.iter().any(|rate| ends_or_holds_word(&lower, rate));
    let opens = lower.starts_with(['£', '€', '$'])
        || ["grade", "band", "scp", "salary", "up to", "circa", "c.", "from £", "po", "so", "spinal", "starting"]
            .iter()
            .any(|open| lower.starts_with(open));
    let range = sums >= 2 && (lower.contains(" - ") || lower.contains('–') || lower.contains(" to ") || lower.contains("-£"));
    sums > 0 && opens && (range || rated)
}

fn ends_or_holds_word(lower: &str, word: &str) -> bool {
    lower.match_indices(word).any(|(at, _)| {
        let before = lower.get(..at).and_then(|head| head.chars().next_back());
        let after = lower.get(at + word.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// "JOBS", "Highways jobs", "Latest vacancies".
fn is_heading(unit: &Unit<'_>) -> bool {
    let last = unit.words.split_whitespace().next_back().unwrap_or_default();
    unit.count <= 5 && unit.close == Close::Open && ["jobs", "vacancies", "appointments"].iter().any(|word| last.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::plain::pieces;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let pieces = pieces(text, 0);
        let units = Unit::all(text, &pieces);
        let marked = find(&units);
        let found: Vec<_> = units.iter().zip(marked).filter(|(_, mark)| *mark).map(|(unit, _)| unit.words).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_list_of_jobs_is_found_whole() {
        let text = "The ferry will stop in May.\n\nHarbour jobs\n\nDeck Hand (two posts)\n\nTarn Ferries\n£19,100 - £20,300\nCan you tie a knot? Tarnside\nRecuriter: Tarn Ferries\n\nPurser\nTarn Ferries\n£14 an hour\nA head for sums is needed. Tarnside\nRecruiter: Tarn Ferries\n";
        let expected: Vec<_> = text.lines().skip(1).filter(|line| !line.is_empty()).collect();
        check(text, &expected);
    }

    #[test]
    fn money_in_an_article_is_no_advert() {
        check(
            "The fare rises.\n\n• £12 to £14 a year for children\n\nThe director earned £118,500 a year.\n\nFares from £4 to £6\n\nThe council said it would pay.",
            &[],
        );
    }
}
