//! The tokens of one block become sentences.
//!
//! Line breaks do not end a sentence; blank lines, bullets and item numbers at the start of a line do.

use std::ops::Range;

use super::abbreviations::{Abbreviation, abbreviation, is_speech_verb, starts_sentence};
use super::characters::{is_blank, is_bullet, is_quote, opens_quote};
use super::{Sentence, Shape, Token};
use crate::span::Span;

/// Appends the sentences of `tokens[range]`, all of which lie in block number `block`.
pub(super) fn split(source: &str, tokens: &[Token], range: Range<usize>, block: usize, sentences: &mut Vec<Sentence>) {
    let splitter = Splitter { source, tokens, end: range.end };
    let mut start = range.start;
    while start < range.end {
        let end = splitter.sentence_end(start);
        let (Some(first), Some(last)) = (tokens.get(start), tokens.get(end - 1)) else { break };
        sentences.push(Sentence { span: Span::new(first.span.start, last.span.end), tokens: start..end, block });
        start = end;
    }
}

/// Whether the abbreviation is a title, also in a heading set in capitals ("GEN.").
fn is_title(word: &str) -> bool {
    let lowered = || word.chars().take(1).chain(word.chars().skip(1).flat_map(char::to_lowercase)).collect::<String>();
    abbreviation(word) == Some(Abbreviation::Title) || (word.len() > 1 && abbreviation(&lowered()) == Some(Abbreviation::Title))
}

/// How a token may end a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Terminator {
    /// A full stop.
    Stop,
    /// An exclamation or question mark.
    Call,
    /// Dots that trail off.
    Ellipsis,
    /// An abbreviation with its point.
    Abbreviation,
}

struct Splitter<'s> {
    source: &'s str,
    tokens: &'s [Token],
    end: usize,
}

impl Splitter<'_> {
    fn word(&self, token: usize) -> &str {
        self.tokens.get(token).filter(|_| token < self.end).map_or("", |t| t.span.slice(self.source))
    }

    fn shape(&self, token: usize) -> Option<Shape> {
        self.tokens.get(token).filter(|_| token < self.end).map(|t| t.shape)
    }

    /// The white space before the token.
    fn gap(&self, token: usize) -> &str {
        let before = token.checked_sub(1).and_then(|t| self.tokens.get(t)).map_or(0, |t| t.span.end);
        self.tokens.get(token).and_then(|t| self.source.get(before..t.span.start)).unwrap_or_default()
    }

    /// One past the last token of the sentence that begins at token `start`; always beyond `start`.
    fn sentence_end(&self, start: usize) -> usize {
        let mut at = start;
        while at < self.end {
            if at > start && self.breaks_before(at) {
                return at;
            }
            if let Some(terminator) = self.terminator(at) {
                let next = self.skip_closing(at + 1);
                if next >= self.end || self.ends(terminator, at, next) {
                    return next;
                }
            }
            at += 1;
        }
        self.end
    }

    /// A blank line, or a bullet or item number at the start of a line.
    fn breaks_before(&self, token: usize) -> bool {
        let gap = self.gap(token);
        let lines = gap.bytes().filter(|&b| b == b'\n').count();
        lines > 1 || (lines == 1 && self.begins_item(token))
    }

    fn begins_item(&self, token: usize) -> bool {
        let word = self.word(token);
        let numbered = self.shape(token) == Some(Shape::Number) && word.ends_with('.');
        let dashed = matches!(word, "-" | "\u{2013}") && self.gap(token + 1).starts_with(is_blank);
        numbered || dashed || (word.chars().count() == 1 && word.starts_with(is_bullet))
    }

    fn terminator(&self, token: usize) -> Option<Terminator> {
        let word = self.word(token);
        let first = word.chars().next()?;
        if self.shape(token).is_some_and(Shape::is_word) {
            let abbreviated = word.ends_with('.') && !matches!(self.shape(token), Some(Shape::Number));
            return abbreviated.then_some(Terminator::Abbreviation);
        }
        match first {
            '.' if word.len() == 1 => Some(Terminator::Stop),
            '\u{3002}' => Some(Terminator::Stop),
            '.' | '\u{2026}' => Some(Terminator::Ellipsis),
            '!' | '?' | '\u{203d}' | '\u{ff01}' | '\u{ff1f}' => Some(Terminator::Call),
            _ => None,
        }
    }

    /// Past the marks that close what the sentence opened (quotation marks and brackets that touch it), further end marks, numbers of notes.
    fn skip_closing(&self, mut token: usize) -> usize {
        loop {
            if self.closes(token) {
                token += 1;
            } else if self.is_note(token) {
                token += 3;
            } else {
                return token.min(self.end);
            }
        }
    }

    /// The number of a note, "[17]".
    fn is_note(&self, token: usize) -> bool {
        self.word(token) == "[" && self.shape(token + 1) == Some(Shape::Number) && self.word(token + 2) == "]"
    }

    fn closes(&self, token: usize) -> bool {
        let word = self.word(token);
        let Some(first) = word.chars().next() else { return false };
        let touches = self.gap(token).is_empty() || (first == '.' && self.word(token - 1).starts_with('.'));
        if is_quote(first) && self.shape(token) == Some(Shape::Quote) {
            let opening = opens_quote(first) || word.starts_with('`') || (self.gap(token + 1).is_empty() && self.opens_word(token + 1));
            return !opening && (touches || matches!(first, '\u{201d}' | '\u{bb}') || word == "''");
        }
        touches && (matches!(first, ')' | ']' | '}') || self.terminator(token).is_some_and(|t| t != Terminator::Abbreviation))
    }

    /// Whether a word begins at this token right after a mark (so that the mark opens a quotation).
    fn opens_word(&self, token: usize) -> bool {
        self.shape(token).is_some_and(Shape::is_word)
    }

    /// Whether the sentence ends between the terminator at `at` (with its closing marks) and `next`.
    fn ends(&self, terminator: Terminator, at: usize, next: usize) -> bool {
        let quoted = (at + 1..next).any(|t| self.shape(t) == Some(Shape::Quote));
        let start = self.skip_opening(next);
        let opened = start > next;
        let word = self.word(start);
        let lower = self.shape(start) == Some(Shape::Lower) && !word.chars().any(char::is_uppercase);
        match terminator {
            Terminator::Stop | Terminator::Call if lower => self.ends_before_lower(terminator, at, next, quoted, opened),
            Terminator::Ellipsis if lower => false,
            Terminator::Stop => !self.gap(next).is_empty() || self.shape(start) != Some(Shape::Number),
            Terminator::Call => !(self.continues(start) || quoted && self.attributes(start)),
            Terminator::Ellipsis => !self.continues(start) && self.shape(start).is_some_and(Shape::is_word),
            Terminator::Abbreviation => self.abbreviation_ends(at, start, opened || quoted),
        }
    }

    /// Past opening quotation marks and brackets.
    fn skip_opening(&self, mut token: usize) -> usize {
        while token < self.end && self.opens(token) {
            token += 1;
        }
        token
    }

    fn opens(&self, token: usize) -> bool {
        self.shape(token) == Some(Shape::Quote) || matches!(self.word(token), "(" | "[" | "{")
    }

    /// Before a lower-case word a full stop ends the sentence only where it stands alone: no quotation has closed, the word before
    /// is long enough not to be an unknown abbreviation, and white space follows.
    fn ends_before_lower(&self, terminator: Terminator, at: usize, next: usize, quoted: bool, opened: bool) -> bool {
        let spaced = !self.gap(next).is_empty();
        let before = at.checked_sub(1).map_or("", |t| self.word(t));
        let whole_word = before.len() > 3 && before.bytes().all(|b| b.is_ascii_lowercase());
        spaced && !quoted && !opened && terminator == Terminator::Stop && whole_word
    }

    /// "Webb asked", "asked Webb": the words after a quotation that ends in a question or exclamation mark.
    fn attributes(&self, start: usize) -> bool {
        let is_name = |t: usize| matches!(self.shape(t), Some(Shape::Capitalized | Shape::Upper));
        let names = (start..start + 4).take_while(|&t| is_name(t)).count();
        names > 0 && is_speech_verb(self.word(start + names))
    }

    /// Marks with which the same sentence goes on.
    fn continues(&self, token: usize) -> bool {
        matches!(self.word(token), "," | ";" | ":" | "-" | "\u{2013}" | "\u{2014}" | "--" | ")" | "]")
    }

    fn abbreviation_ends(&self, at: usize, start: usize, marked: bool) -> bool {
        let word = self.word(at).trim_end_matches('.');
        if is_title(word) || !matches!(self.shape(start), Some(Shape::Capitalized | Shape::Upper)) {
            return false;
        }
        let next = self.word(start);
        // An initial is followed by a name, "e.g." by an example.
        let goes_on = word.chars().count() == 1 || matches!(word, "e.g" | "i.e" | "E.g" | "I.e");
        !goes_on && (starts_sentence(next) || (marked && !word.contains('.')))
    }
}
