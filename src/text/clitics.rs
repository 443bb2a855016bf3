//! Where apostrophes cut words ("do|n't", "Webb|'s") and where they do not ("O'Rourke", "o'clock").

use super::characters::is_apostrophe;

/// What may follow an apostrophe as a token with it.
const SUFFIXES: &[&str] = &["s", "m", "d", "ll", "re", "ve", "S", "M", "D", "LL", "RE", "VE"];

/// Whether these letters, after an apostrophe at the end of a word, are a clitic.
pub(super) fn is_suffix(letters: &str) -> bool {
    SUFFIXES.contains(&letters)
}

/// Whether these letters, after an apostrophe that begins a chunk, are a word shortened at its front: "'em", "'til".
pub(super) fn is_shortened(letters: &str) -> bool {
    matches!(letters, "em" | "til" | "tis" | "twas" | "cause" | "cuz" | "n" | "bout" | "Til" | "Tis" | "Twas") || is_suffix(letters)
}

/// "'90s", "'12", also where an opening mark was set for the apostrophe.
pub(super) fn is_short_year(letters: &str) -> bool {
    let digits = letters.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && matches!(letters.get(2..), Some("" | "s"))
}

/// Whether an apostrophe between `word` and `rest` stays inside the word.
pub(super) fn joins(word: &str, rest: &str, after: Option<char>) -> bool {
    if is_suffix(rest) && !after.is_some_and(char::is_alphanumeric) {
        // A decade written with an apostrophe is one word: "the 1960's".
        let decade = rest == "s" && word.ends_with('0') && word.bytes().all(|b| b.is_ascii_digit());
        return decade;
    }
    if rest.eq_ignore_ascii_case("t") {
        return word.ends_with(['n', 'N']);
    }
    // Digits stay apart ("the '90s" written "the‘90s"), and so do marks that end a quotation inside a chunk.
    rest.starts_with(char::is_alphabetic) && !word.ends_with(|c: char| c.is_numeric())
}

/// Contractions written without an apostrophe and words that are two, with the length of the first part.
const FUSED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("gimme", 3),
    ("lemme", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("isnt", 2),
    ("wasnt", 3),
    ("arent", 3),
    ("werent", 4),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("hasnt", 3),
    ("havent", 4),
    ("hadnt", 3),
    ("wont", 2),
    ("cant", 2),
];

/// Where a contraction is cut, in bytes: before "n't", or where two words are written as one.
pub(super) fn contraction(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    if !matches!(bytes.last(), Some(b't' | b'T' | b'a' | b'A' | b'e')) {
        return None;
    }
    negation(word).or_else(|| {
        let short = (4..=8).contains(&bytes.len()) && bytes.is_ascii();
        short.then(|| FUSED.iter().find(|(fused, _)| word.eq_ignore_ascii_case(fused)).map(|&(_, cut)| cut)).flatten()
    })
}

fn negation(word: &str) -> Option<usize> {
    let mut letters = word.char_indices().rev();
    let (_, t) = letters.next()?;
    let (_, mark) = letters.next()?;
    let (cut, n) = letters.next()?;
    (cut > 0 && t.eq_ignore_ascii_case(&'t') && is_apostrophe(mark) && n.eq_ignore_ascii_case(&'n')).then_some(cut)
}
