//! Finds a picture's words that lost the blank between them and the paragraph after it ("bridgeThe bridge is shut.").
//!
//! Names may change case in the middle too (BuzzFeed, McDonald), so it counts only where the second half is a word sentences open
//! with, or opens the line as well, or stands elsewhere in the text as a word of its own while the whole does not.

use super::unit::Unit;
use crate::span::Span;

/// Words that open sentences and end no names.
const OPENERS: &[&str] = &[
    "The", "A", "An", "Of", "In", "On", "At", "It", "He", "She", "They", "We", "There", "This", "That", "These", "Those", "One", "As",
    "After", "When", "While", "But", "And", "For", "From", "More", "Many", "Some", "Most", "All", "Under", "Over", "By", "To", "With",
    "Two", "Three", "His", "Her", "Its", "Their", "Our",
];
/// The longest caption, in words.
const LONGEST: usize = 6;

/// The caption and the rest of the unit, where one is glued to the other.
pub(super) fn caption(text: &str, unit: &Unit<'_>) -> Option<(Span, Span)> {
    if unit.count < 8 {
        return None;
    }
    let seam = unit.words.split_inclusive(' ').take(LONGEST).scan(0, |at, word| {
        let start = *at;
        *at += word.len();
        Some(seam(word.trim_end()).map(|inside| start + inside).filter(|seam| is_glued(text, unit.words, start, *seam)))
    });
    let at = unit.span.start + seam.flatten().next()?;
    Some((Span::new(unit.span.start, at), Span::new(at, unit.span.end)))
}

/// Where a word of small letters turns into a capitalised one.
fn seam(word: &str) -> Option<usize> {
    let small = word.find(|c: char| !c.is_lowercase())?;
    let inside = small > 0 && word.get(small..)?.starts_with(char::is_uppercase);
    let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | ','));
    (inside && plain).then_some(small)
}

fn is_glued(text: &str, words: &str, start: usize, seam: usize) -> bool {
    let second = words.get(seam..).and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).unwrap_or_default();
    let first = words.get(start..seam).unwrap_or_default();
    let opening = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let whole = words.get(start..seam + second.len()).unwrap_or_default();
    let repeats_opening = start > 0 && second == opening && first.len() >= 3;
    let known_apart = || first.len() >= 4 && second.len() >= 3 && stands_alone(text, second) >= 2 && stands_alone(text, whole) <= 1;
    (first.len() >= 2 && OPENERS.contains(&second)) || repeats_opening || known_apart()
}

/// How much of a text is searched for a word, in bytes; reports are shorter, and searching all of a huge file for each of its lines
/// would take forever.
const SEARCHED: usize = 1 << 18;

/// How often `word` stands in `text` as a word of its own, counted up to two.
fn stands_alone(text: &str, word: &str) -> usize {
    let text = text.get(..text.floor_char_boundary(SEARCHED)).unwrap_or(text);
    let bounded = |at: usize| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(word).filter(|(at, _)| bounded(*at)).take(2).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::plain::pieces;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let unit = Unit::all(text, &pieces(text, 0))[0];
        let found = caption(text, &unit);
        assert_eq!(found.map(|(caption, _)| caption.slice(text)), expected, "{text}");
    }

    #[test]
    fn captions_glued_to_a_paragraph_are_cut_off() {
        check("ferryThe ferry that crossed the Tarn will stop in May.", Some("ferry"));
        check("Tarn ferryTarn council has decided to stop the old ferry.", Some("Tarn ferry"));
        check(
            "Ferry landingHexcombe will lose its ferry in May, it said. Hexcombe is sad.\n\nNobody in Hexcombe knew.",
            Some("Ferry landing"),
        );
    }

    #[test]
    fn names_with_a_capital_inside_stay_whole() {
        check("LinkedIn has said that the ferry will stop in May.", None);
        check("iPhone sales fell in the year to May, figures show.", None);
        check("The deVries family has run the ferry since the war, and deVries is a name here.", None);
        check("The ferry that crossed the Tarn will stop in May.", None);
    }
}
