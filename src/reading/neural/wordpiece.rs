//! Text becomes WordPiece tokens with the bytes each came from, as BERT's uncased tokenizer cuts it: lower-cased, accents
//! stripped, punctuation alone, unknown words whole.
//!
//! Source: Devlin et al. 2019, "BERT", and the reference implementation's basic and WordPiece tokenizers. Special tokens in the
//! text ("[SEP]") are ordinary characters here.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::punctuation::is_punctuation;
use crate::span::Span;

/// Longest word, in characters, that is cut into pieces; longer ones are unknown.
const LONGEST_WORD: usize = 100;

/// A vocabulary that cuts text.
pub(super) struct WordPiece {
    ids: FxHashMap<&'static str, i32>,
    unknown: i32,
}

/// One piece of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Row of the vocabulary.
    pub(super) id: i32,
    /// Where it came from, in bytes of the text that was cut.
    pub(super) span: Span,
    /// Whether it continues the word of the piece before it.
    pub(super) inner: bool,
}

/// A normalised character and the bytes it came from.
#[derive(Clone, Copy)]
struct Letter {
    char: char,
    span: Span,
}

impl WordPiece {
    /// Reads a vocabulary: one piece a line, its row is its identifier.
    pub(super) fn new(vocabulary: &'static str) -> Self {
        let ids: FxHashMap<_, _> = vocabulary.lines().zip(0..).collect();
        let unknown = ids.get("[UNK]").copied().unwrap_or(0);
        Self { ids, unknown }
    }

    /// The identifier of a special token such as `[CLS]`.
    pub(super) fn special(&self, name: &str) -> Option<i32> {
        self.ids.get(name).copied()
    }

    /// Cuts `text` into pieces, in order.
    pub(super) fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(text.len() / 4);
        let mut key = String::new();
        for word in words(text) {
            self.cut(&word, &mut key, &mut pieces);
        }
        pieces
    }

    /// Appends the pieces of one word: the longest known prefix, again and again; `key` is room to work in.
    fn cut(&self, word: &[Letter], key: &mut String, pieces: &mut Vec<Piece>) {
        let begun = pieces.len();
        let mut at = 0;
        while at < word.len() {
            let Some((id, end)) = self.longest(word, at, key).filter(|_| word.len() <= LONGEST_WORD) else {
                pieces.truncate(begun);
                pieces.push(Piece { id: self.unknown, span: cover(word), inner: false });
                return;
            };
            pieces.push(Piece { id, span: cover(word.get(at..end).unwrap_or_default()), inner: at > 0 });
            at = end;
        }
    }

    /// The longest known piece of `word` that begins at `at`, and where it ends.
    fn longest(&self, word: &[Letter], at: usize, key: &mut String) -> Option<(i32, usize)> {
        key.clear();
        key.push_str(if at > 0 { "##" } else { "" });
        let prefix = key.len();
        key.extend(word.get(at..)?.iter().map(|letter| letter.char));
        let mut end = word.len();
        while key.len() > prefix {
            if let Some(&id) = self.ids.get(key.as_str()) {
                return Some((id, end));
            }
            key.pop();
            end -= 1;
        }
        None
    }
}

fn cover(letters: &[Letter]) -> Span {
    let start = letters.first().map_or(0, |letter| letter.span.start);
    Span::new(start, letters.last().map_or(start, |letter| letter.span.end))
}

/// The words of a text: runs between white space, with every punctuation mark and every CJK character a word of its own.
fn words(text: &str) -> Vec<Vec<Letter>> {
    let mut words: Vec<Vec<Letter>> = Vec::new();
    let mut open = false;
    for (at, original) in text.char_indices() {
        if is_removed(original) {
            continue;
        }
        if original.is_whitespace() {
            open = false;
            continue;
        }
        let span = Span::new(at, at + original.len_utf8());
        let alone = is_cjk(original);
        let mut empty = true;
        folded(original, |char| {
            let letter = Letter { char, span };
            let single = alone || is_punctuation(char);
            match words.last_mut().filter(|_| open && !single) {
                Some(word) => word.push(letter),
                None => words.push(vec![letter]),
            }
            open = !single;
            empty = false;
        });
        if let Some(letter) = words.last_mut().and_then(|word| word.last_mut()).filter(|letter| empty && letter.span.end == at) {
            letter.span.end = span.end; // an accent written as a character of its own belongs to its letter
        }
    }
    words
}

/// Hands on the character without its accents, lower-cased; nothing for an accent that stands alone.
fn folded(original: char, mut take: impl FnMut(char)) {
    if original.is_ascii() {
        return take(original.to_ascii_lowercase());
    }
    let bare = std::iter::once(original).nfd().filter(|&c| !is_combining_mark(c));
    bare.flat_map(char::to_lowercase).for_each(take);
}

/// Control and format characters, and the replacement character: they leave no trace and part no words.
fn is_removed(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    control
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e000}'..='\u{f8ff}')
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VOCABULARY: &str = include_str!("../../../models/reader/vocab.txt");

    /// Checks the pieces of `text` against those of the Python tokenizer (`tokenizers` 0.23.3), spans of the words written with `|`.
    fn check(text: &str, ids: &[i32], surfaces: &str) {
        let pieces = WordPiece::new(VOCABULARY).pieces(text);
        assert_eq!(pieces.iter().map(|piece| piece.id).collect::<Vec<_>>(), ids, "{text}");
        assert_eq!(pieces.iter().map(|piece| piece.span.slice(text)).collect::<Vec<_>>().join("|"), surfaces, "{text}");
    }

    #[test]
    fn accents_and_case_are_folded() {
        check(
            "Who runs the harbour café, and since when?",
            &[2040, 3216, 1996, 7440, 7668, 1010, 1998, 2144, 2043, 1029],
            "Who|runs|the|harbour|café|,|and|since|when|?",
        );
        check(
            "“We can’t wait,” Åsa Öberg-Núñez said – twice.",
            &[1523, 2057, 2064, 1521, 1056, 3524, 1010, 1524, 17306, 15578, 10623, 1011, 28454, 2056, 1516, 3807, 1012],
            "“|We|can|’|t|wait|,|”|Åsa|Öbe|rg|-|Núñez|said|–|twice|.",
        );
        check("E\u{301}clair n\u{303}o", &[14925, 19771, 2099, 2053], "E\u{301}c|lai|r|n\u{303}o");
    }

    #[test]
    fn numbers_fall_apart_at_their_points() {
        check(
            "£2.4bn (14.5%) in 2013/14; $5…",
            &[21853, 1012, 1018, 24700, 1006, 2403, 1012, 1019, 1003, 1007, 1999, 2286, 1013, 2403, 1025, 1002, 1019, 1529],
            "£2|.|4|bn|(|14|.|5|%|)|in|2013|/|14|;|$|5|…",
        );
    }

    #[test]
    fn invisible_characters_leave_no_trace() {
        check(
            "naïve co\u{ad}operation at 3 p.m.\u{200b} today",
            &[15743, 6792, 2012, 1017, 1052, 1012, 1049, 1012, 2651],
            "naïve|co\u{ad}operation|at|3|p|.|m|.|today",
        );
        check(" tabs\tand\nlines ", &[21628, 2015, 1998, 3210], "tab|s|and|lines");
    }

    #[test]
    fn words_fall_into_known_pieces() {
        check(
            "unbelievability of xqzzkw",
            &[4895, 8671, 2666, 3567, 8553, 1997, 1060, 4160, 13213, 2243, 2860],
            "un|bel|ie|va|bility|of|x|q|zz|k|w",
        );
    }

    #[test]
    fn foreign_scripts_and_symbols_are_cut_as_in_training() {
        check("東京 means Tokyo", &[1879, 1755, 2965, 5522], "東|京|means|Tokyo");
        check("İstanbul ŒUVRE ﬁsh ½ °C ☃😀", &[9960, 1107, 2226, 12229, 1984, 4095, 1092, 6362, 100], "İstanbul|Œ|U|VRE|ﬁ|sh|½|°C|☃😀");
    }

    proptest! {
        #[test]
        fn pieces_lie_in_order_at_character_bounds(text in "\\PC{0,80}") {
            let mut last = 0;
            for piece in WordPiece::new("[UNK]\na\nb\n##a").pieces(&text) {
                prop_assert!(piece.span.end <= text.len() && text.get(piece.span.start..piece.span.end).is_some());
                prop_assert!(piece.span.start >= last || piece.span.end >= last);
                last = piece.span.start;
            }
        }
    }
}
