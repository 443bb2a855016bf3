//! A text becomes the words that quotes are compared by: runs of letters and digits with their places, and the form they agree in.
//!
//! Coarser than the tokens of [`crate::text`]: "don't" is one word, "front-line" two, and what typography alone can change (case,
//! marks, dashes, spacing, ligatures, soft hyphens, separators of thousands) is not part of the form.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::span::Span;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where, in bytes (plus the base the text was cut with).
    pub(super) span: Span,
    /// The form words are compared in.
    pub(super) folded: String,
}

/// The words of `text`, whose first byte is byte `base` of its document.
pub(super) fn words(text: &str, base: usize) -> Vec<Word> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(&(start, first)) = letters.get(at) {
        let next = if stands_alone(first) { at + 1 } else { end_of_word(&letters, at) };
        if next > at {
            let end = letters.get(next).map_or(text.len(), |&(byte, _)| byte);
            let span = Span::new(start, end);
            found.push(Word { span: Span::new(base + start, base + end), folded: fold(span.slice(text)) });
        }
        at = next.max(at + 1);
    }
    found
}

/// Position after the word that begins at `at`; `at` itself where none does.
fn end_of_word(letters: &[(usize, char)], at: usize) -> usize {
    let letter = |position: usize| letters.get(position).map(|&(_, c)| c);
    let mut position = at + usize::from(is_sign(letters, at));
    while let Some(c) = letter(position) {
        let inside = position > at && is_invisible(c);
        if !(c.is_alphanumeric() || is_combining(c) || inside || (position > at && joins(letters, at, position))) {
            break;
        }
        position += 1;
    }
    while position > at && letter(position - 1).is_some_and(is_invisible) {
        position -= 1;
    }
    position
}

/// Whether the letter is the sign of a number: it stands right before a digit, and behind nothing it could join.
fn is_sign(letters: &[(usize, char)], at: usize) -> bool {
    let letter = |position: usize| letters.get(position).map(|&(_, c)| c);
    let before = at.checked_sub(1).and_then(letter);
    matches!(letter(at), Some('-' | '\u{2212}' | '+'))
        && letter(at + 1).is_some_and(|c| c.is_ascii_digit())
        && before.is_none_or(|c| c.is_whitespace() || c == '(' || is_mark(c))
}

/// Whether the mark at `position` joins the letters on both sides of it into one word.
fn joins(letters: &[(usize, char)], start: usize, position: usize) -> bool {
    let letter = |position: usize| letters.get(position).map(|&(_, c)| c);
    let (Some(before), Some(mark), Some(after)) = (letter(position - 1), letter(position), letter(position + 1)) else { return false };
    if is_apostrophe(mark) {
        return before.is_alphanumeric() && after.is_alphanumeric();
    }
    if matches!(mark, '.' | ',' | ':' | '/') && before.is_ascii_digit() && after.is_ascii_digit() {
        return true;
    }
    let initial = position == start + 1 || letter(position - 2) == Some('.');
    let alone = letter(position + 2).is_none_or(|c| !c.is_alphanumeric());
    mark == '.' && initial && alone && before.is_alphabetic() && after.is_alphabetic()
}

/// Currency signs and the per cent sign: they mean something, so they count as words.
fn stands_alone(c: char) -> bool {
    matches!(c, '$' | '%' | '‰' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20bf}')
}

/// Straight, curly and grave marks used as apostrophes.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{ff07}' | '\u{b4}' | '`')
}

/// Quotation marks of any style.
pub(super) fn is_mark(c: char) -> bool {
    is_apostrophe(c) || matches!(c, '"' | '\u{201a}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' | '\u{ff02}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// The form a word is compared in.
fn fold(word: &str) -> String {
    let word: Cow<'_, str> = if word.is_ascii() { word.into() } else { word.nfc().collect::<String>().into() };
    let number = word.contains(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| !c.is_alphabetic());
    let mut folded = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        match c {
            _ if is_invisible(c) => {}
            '\u{2212}' => folded.push('-'),
            '+' => {}
            _ if is_apostrophe(c) => folded.push('\''),
            ',' if number && parts_thousands(word.get(at + 1..).unwrap_or_default()) => {}
            '.' if !number => {}
            'ﬀ' => folded.push_str("ff"),
            'ﬁ' => folded.push_str("fi"),
            'ﬂ' => folded.push_str("fl"),
            'ﬃ' => folded.push_str("ffi"),
            'ﬄ' => folded.push_str("ffl"),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// Whether exactly three digits follow: "4,000" is 4000, "2,5" is not 25.
fn parts_thousands(rest: &str) -> bool {
    rest.chars().take_while(char::is_ascii_digit).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text, 0).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn typography_is_not_part_of_a_word() {
        assert_eq!(folded("Don’t — ‘STOP’ the front-line"), folded("don't - stop the front line"));
        assert_eq!(folded("oﬀice co\u{ad}op"), ["office", "coop"]);
        assert_eq!(folded("``It''s''"), ["it", "s"]);
        assert_eq!(folded("the U.S. army"), ["the", "us", "army"]);
    }

    #[test]
    fn numbers_and_signs_are_words() {
        assert_eq!(folded("£4,000, 2.5% in 2013/14."), ["£", "4000", "2.5", "%", "in", "2013/14"]);
        assert_eq!(folded("2,5 is not 25, nor 1,234,567 and 5-12"), ["2,5", "is", "not", "25", "nor", "1234567", "and", "5", "12"]);
        assert_eq!(folded("-12, (\u{2212}3), +4 and - 5"), ["-12", "-3", "4", "and", "5"]);
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        assert_eq!(folded("cafe\u{301}"), folded("caf\u{e9}"));
    }

    #[test]
    fn places_count_from_the_base() {
        let text = "é we’ll";
        let found = words(text, 10);
        assert_eq!(found[1].span.relative_to(10).slice(text), "we’ll");
    }

    proptest! {
        #[test]
        fn every_word_slices_and_they_keep_order(text in "\\PC{0,200}") {
            let found = words(&text, 0);
            for word in &found {
                prop_assert!(!word.span.slice(&text).is_empty());
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
        }
    }
}
