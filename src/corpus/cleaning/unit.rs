//! A piece of text and the few traits of it that tell articles from their surroundings.

use crate::corpus::draft::{Piece, Shape};
use crate::span::Span;

/// A piece with its words and what can be seen of it from outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'t> {
    pub(super) span: Span,
    pub(super) shape: Shape,
    pub(super) words: &'t str,
    /// How many words, counted up to [`MANY`].
    pub(super) count: usize,
    pub(super) close: Close,
    /// Whether a blank line stands before it.
    pub(super) apart: bool,
}

/// Where counting words stops: beyond it a piece is running text, however long.
pub(super) const MANY: usize = 90;

/// How a piece ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// With a full stop, or a mark that closes a quotation after one.
    Full,
    /// With a question or exclamation mark.
    Asking,
    /// With a colon.
    Colon,
    /// With anything else.
    Open,
}

impl<'t> Unit<'t> {
    /// The units of `text` for its pieces.
    pub(super) fn all(text: &'t str, pieces: &[Piece]) -> Vec<Self> {
        let mut end = 0;
        let mut units = Vec::with_capacity(pieces.len());
        for piece in pieces {
            units.push(Self::new(text, *piece, end));
            end = piece.span.end;
        }
        units
    }

    fn new(text: &'t str, piece: Piece, last_end: usize) -> Self {
        let words = piece.span.slice(text);
        let gap = text.get(last_end..piece.span.start).unwrap_or_default();
        let breaks = gap.bytes().filter(|byte| *byte == b'\n').count().max(gap.bytes().filter(|byte| *byte == b'\r').count());
        let count = words.split_whitespace().take(MANY).count();
        Self { span: piece.span, shape: piece.shape, words, count, close: Close::of(words), apart: breaks > 1 }
    }

    /// Whether it reads as running text: a sentence of some length, or simply long.
    pub(super) fn is_prose(&self) -> bool {
        let sentence = matches!(self.close, Close::Full | Close::Asking) && self.count >= 8;
        let quoted = self.close == Close::Full && self.count >= 4 && opens_quotation(self.words);
        matches!(self.shape, Shape::Text | Shape::Quote | Shape::Item) && (sentence || quoted || self.count >= 25)
    }

    /// Whether it is running text, however short.
    pub(super) fn is_sentence(&self) -> bool {
        let short = self.close == Close::Full && self.count >= 4 && matches!(self.shape, Shape::Text | Shape::Quote | Shape::Item);
        short || self.is_prose()
    }

    /// Whether it is a short line that ends like no sentence: a heading, a label, a menu entry, a name.
    pub(super) fn is_label(&self) -> bool {
        self.count <= 20 && matches!(self.close, Close::Open | Close::Asking)
    }

    pub(super) fn is_item(&self) -> bool {
        self.shape == Shape::Item
    }
}

impl Close {
    fn of(words: &str) -> Self {
        let bare = words.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', '*', '_']);
        let quoted = words.len() > bare.len() && bare.ends_with([',', '-', '–', '—']);
        match bare.chars().next_back() {
            Some('.' | '…') => Self::Full,
            _ if quoted => Self::Full,
            Some('?' | '!') => Self::Asking,
            Some(':') => Self::Colon,
            _ => Self::Open,
        }
    }
}

/// Whether a piece opens with a quotation mark of any style.
pub(super) fn opens_quotation(words: &str) -> bool {
    words.starts_with(['"', '“', '‘', '\'', '«', '„', '`'])
}

/// Whether every word of some length begins with a capital or digit, as in names and headings.
pub(super) fn is_capitalised(words: &str) -> bool {
    let small = |word: &str| matches!(word, "and" | "of" | "the" | "for" | "in" | "on" | "to" | "de" | "du" | "la" | "&" | "a" | "an");
    let large =
        |word: &str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    words.split_whitespace().next().is_some_and(large) && words.split_whitespace().all(|word| small(word) || large(word))
}
