//! Lines that are what is left of a page's controls: buttons run together, fields of forms, counters, reading times, tags.
//!
//! Known by their shape, whatever they say.

use super::unit::{Close, Unit};
use crate::corpus::Boilerplate::{self, Navigation};

/// The longest row of controls, in words.
const LONGEST: usize = 30;

/// What the line was on its page, if it was a control.
pub(super) fn find(unit: &Unit<'_>) -> Option<Boilerplate> {
    let marked = unit.count <= LONGEST && (unit.words.contains("(BUTTON)") || unit.words.contains("_____"));
    let row = unit.count <= LONGEST && unit.close != Close::Full && (is_tags(unit.words) || is_glued(unit.words));
    let turns = unit.count <= 12 && unit.words.ends_with(" Next »");
    (marked || row || turns || is_age(unit) || is_reading_time(unit) || is_position(unit.words)).then_some(Navigation)
}

/// "2 hours ago", "Updated 5 mins ago", "12m ago": when another story was put up.
fn is_age(unit: &Unit<'_>) -> bool {
    let lower = unit.words.to_lowercase();
    let Some(age) = lower.strip_suffix(" ago").filter(|_| unit.count <= 5) else { return false };
    let mut words = age.split_whitespace().rev();
    let units = [
        "s", "sec", "secs", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour", "hours", "d", "day", "days", "week", "weeks",
    ];
    let last = words.next().unwrap_or_default();
    let joined = last.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = joined.len() < last.len() || words.next().is_some_and(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
    counted && units.contains(&joined)
}

/// "5 min read", "3 minute read".
fn is_reading_time(unit: &Unit<'_>) -> bool {
    let lower = unit.words.to_lowercase();
    let timed = ["min read", "mins read", "minute read", "minutes read", "min. read"].iter().any(|read| lower.ends_with(read))
        || lower.starts_with("estimated ") && lower.ends_with(" minutes");
    unit.count <= 5 && timed && lower.contains(|c: char| c.is_ascii_digit())
}

/// "1 of 3", "1 / 12": the first of some pictures.
fn is_position(words: &str) -> bool {
    let total = words.strip_prefix("1 of ").or_else(|| words.strip_prefix("1 / ")).or_else(|| words.strip_prefix("1/"));
    total.is_some_and(|total| (1..=3).contains(&total.len()) && total.bytes().all(|byte| byte.is_ascii_digit()))
}

/// "#council #phone-box".
fn is_tags(words: &str) -> bool {
    words.split_whitespace().nth(1).is_some() && words.split_whitespace().all(|word| word.len() > 1 && word.starts_with('#'))
}

/// "Accept AllReject AllMore Options": labels that stood side by side. One seam may be a name's, two in one line are not.
fn is_glued(words: &str) -> bool {
    words.split_whitespace().filter(|word| !is_name(word)).map(seams).sum::<usize>() >= 2
}

/// Whether labels stood side by side here, as far as can be told.
pub(super) fn is_seamed(words: &str) -> bool {
    words.split_whitespace().any(|word| !is_name(word) && seams(word) > 0)
}

/// Names with a capital inside.
fn is_name(word: &str) -> bool {
    let prefixed = ["Mc", "Mac", "Di", "De", "Le", "La", "Fitz", "O'", "O’"].iter().any(|opening| word.starts_with(opening));
    let brands =
        ["YouTube", "LinkedIn", "WhatsApp", "TikTok", "PayPal", "FedEx", "BuzzFeed", "HuffPost", "AstraZeneca", "BlackRock", "GitHub"];
    prefixed || brands.iter().any(|brand| word.contains(brand))
}

/// How often a small letter is followed by a capital and another small letter.
fn seams(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let seam = |window: &[char]| matches!(window, [a, b, c] if a.is_lowercase() && b.is_uppercase() && c.is_lowercase());
    letters.windows(3).filter(|window| seam(window)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::draft::{Piece, Shape};
    use crate::span::Span;

    #[track_caller]
    fn check(words: &str, expected: bool) {
        let unit = Unit::all(words, &[Piece { span: Span::new(0, words.len()), shape: Shape::Text }])[0];
        assert_eq!(find(&unit).is_some(), expected, "{words}");
    }

    #[test]
    fn controls_are_known_by_their_shape() {
        for control in [
            "(BUTTON) Register (BUTTON) Sign In",
            "Search for: ____________________",
            "5 min read",
            "— 12 minute read",
            "1 of 3",
            "2 hours ago",
            "Updated 12m ago",
            "#ferry #pier",
            "Accept AllReject AllMore Options",
        ] {
            check(control, true);
        }
    }

    #[test]
    fn names_scores_and_sentences_are_none() {
        for words in [
            "McDonald beats MacArthur in the final",
            "YouTube and LinkedIn go down",
            "Three of seven",
            "2 of 3",
            "Three hours ago",
            "A long time ago",
            "It takes five minutes to read.",
            "He sold iPhones to the LinkedIn crowd, and a ferry to YouTube.",
            "#ferry",
        ] {
            check(words, false);
        }
    }
}
