//! Words become the forms they are compared by: folded, stemmed, known as stop words or not.

use std::borrow::Cow;
use std::cell::OnceCell;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::characters::{is_apostrophe, is_dash, is_hyphen, is_mark};
use super::{Shape, Text};

thread_local! {
    static ENGLISH: OnceCell<Stemmer> = const { OnceCell::new() };
}

/// The word in lower case, with straight apostrophes and hyphens whatever the typography.
#[must_use]
pub fn fold(word: &str) -> String {
    folded(word).into_owned()
}

/// [`fold`] without a copy where the word is written folded, as most are.
#[must_use]
pub fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase() && byte != b'`') {
        return Cow::Borrowed(word);
    }
    let straight = |c: char| if c == '`' { '\'' } else { c.to_ascii_lowercase() };
    if word.is_ascii() {
        return word.chars().map(straight).collect();
    }
    word.nfc().filter(|&c| !is_mark(c) || c == '\u{200d}').flat_map(char::to_lowercase).map(straighten).collect()
}

/// The letters of a word without their accents, as who has no such keys writes them: "Núñez" is "Nunez", "Bjørn" is "Bjorn".
///
/// ```
/// assert_eq!(sayso::text::unaccented("Siân Ó Briain"), "Sian O Briain");
/// ```
#[must_use]
pub fn unaccented(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')) {
        match c {
            'ø' => plain.push('o'),
            'Ø' => plain.push('O'),
            'ł' => plain.push('l'),
            'Ł' => plain.push('L'),
            'đ' | 'ð' => plain.push('d'),
            'Đ' | 'Ð' => plain.push('D'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'Æ' => plain.push_str("Ae"),
            'œ' => plain.push_str("oe"),
            'Œ' => plain.push_str("Oe"),
            _ => plain.push(c),
        }
    }
    Cow::Owned(plain)
}

/// Small words inside surnames, in order.
const PARTICLES: &[&str] = &[
    "al", "ap", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "ter", "van", "von",
    "zu",
];

/// Whether the folded word is a particle of surnames ("van", "del").
#[must_use]
pub fn is_particle(word: &str) -> bool {
    PARTICLES.binary_search(&word).is_ok()
}

fn straighten(c: char) -> char {
    match c {
        _ if is_apostrophe(c) => '\'',
        _ if is_dash(c) => '-',
        '\u{201c}'..='\u{201f}' => '"',
        '\u{a0}' => ' ',
        _ => c,
    }
}

/// The stem of a word by Porter's second English algorithm (<https://snowballstem.org/algorithms/english/stemmer.html>).
///
/// Apostrophes and the hyphens of prefixes are left out first ("Webb's" and "Webb", "re-assessed" and "reassessed" are the same). Words
/// with letters of other scripts are only folded.
#[must_use]
pub fn stem(word: &str) -> String {
    let folded = folded(word);
    let base = folded.strip_suffix("'s").unwrap_or(&folded);
    let joined = |c: char| c == '\'' || is_hyphen(c);
    let bare: Cow<'_, str> = if base.contains(joined) { base.chars().filter(|&c| !joined(c)).collect() } else { Cow::Borrowed(base) };
    if bare.is_empty() {
        // An accent with no letter under it stays what it is: no word is without a stem.
        return if folded.is_empty() { word.to_owned() } else { folded.into_owned() };
    }
    if !bare.bytes().all(|b| b.is_ascii_alphabetic()) {
        return bare.into_owned();
    }
    ENGLISH.with(|cell| cell.get_or_init(|| Stemmer::create(Algorithm::English)).stem(&bare).into_owned())
}

/// Words that carry structure rather than content, folded and sorted.
const STOP_WORDS: &[&str] = &[
    "'d",
    "'ll",
    "'m",
    "'re",
    "'s",
    "'ve",
    "a",
    "about",
    "above",
    "after",
    "again",
    "against",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "ca",
    "can",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "down",
    "during",
    "each",
    "few",
    "for",
    "from",
    "further",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "many",
    "may",
    "me",
    "might",
    "more",
    "most",
    "much",
    "must",
    "my",
    "myself",
    "n't",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "only",
    "or",
    "other",
    "our",
    "ours",
    "ourselves",
    "out",
    "over",
    "own",
    "same",
    "shall",
    "she",
    "should",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "too",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "wo",
    "would",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
];

/// Whether the word, already [folded](fold), carries structure rather than content.
#[must_use]
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// The positions of the tokens that carry content.
///
/// Where all words are stop words ("The Who", "What was it?") all of them count, so that no question is left empty. A capital in
/// mid-sentence ("the IT system", "US") also keeps a word that is a stop word in lower case.
#[must_use]
pub fn content_words(source: &str, text: &Text) -> Vec<usize> {
    let words = || text.tokens.iter().enumerate().filter(|(_, token)| token.shape.is_word());
    let carries =
        |position: usize, shape: Shape, word: &str| (shape == Shape::Upper && position > 0 && word.len() > 1) || !is_stop_word(&fold(word));
    let shouted = words().all(|(_, token)| !matches!(token.shape, Shape::Lower | Shape::Capitalized));
    let content: Vec<usize> = words()
        .filter(|(position, token)| {
            let shape = if shouted { Shape::Lower } else { token.shape };
            carries(*position, shape, token.span.slice(source))
        })
        .map(|(position, _)| position)
        .collect();
    if content.is_empty() { words().map(|(position, _)| position).collect() } else { content }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::text::analyze;

    #[test]
    fn no_word_is_without_a_stem() {
        assert_eq!(stem("\u{36a}"), "\u{36a}");
        assert_eq!(stem("'s"), "'s");
    }

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn stems_meet_across_typography_and_inflection() {
        for (one, other) in [("councils", "Council’s"), ("re-assessed", "reassessing"), ("Inspections", "inspection"), ("e-mail", "emails")]
        {
            assert_eq!(stem(one), stem(other), "{one} and {other}");
        }
    }

    #[test]
    fn other_scripts_are_left_whole() {
        assert_eq!(stem("Ελλάδα"), "ελλάδα");
        assert_eq!(stem("naïve"), "naïve");
        assert_eq!(stem("'"), "'");
    }

    #[test]
    fn folding_straightens_marks() {
        assert_eq!(fold("Don’t"), "don't");
        assert_eq!(fold("CO‑OP"), "co-op");
    }

    fn content(question: &str) -> Vec<&str> {
        let text = analyze(question, &[Span::new(0, question.len())]);
        content_words(question, &text).into_iter().map(|t| text.tokens[t].span.slice(question)).collect()
    }

    #[test]
    fn content_words_are_never_none() {
        assert_eq!(content("What did the council say?"), ["council", "say"]);
        assert_eq!(content("who are The Who?"), ["who", "are", "The", "Who"]);
        assert_eq!(content("Who runs the IT system"), ["runs", "IT", "system"]);
    }
}
