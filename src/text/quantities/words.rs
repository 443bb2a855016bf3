//! The tokens as the quantity readers see them: folded words that can be asked for at any position.

use std::borrow::Cow;

use crate::span::Span;
use crate::text::{Shape, Token, folded};

/// Folded words of a run of tokens.
pub(super) struct Words<'t> {
    source: &'t str,
    tokens: &'t [Token],
    folded: Vec<Cow<'t, str>>,
}

impl<'t> Words<'t> {
    pub(super) fn new(source: &'t str, tokens: &'t [Token]) -> Self {
        let folded = tokens.iter().map(|token| folded(token.span.slice(source))).collect();
        Self { source, tokens, folded }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded word at a position; `""` past the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.folded.get(at).map_or("", Cow::as_ref)
    }

    /// The folded word before a position; `""` at the beginning.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    pub(super) fn shape(&self, at: usize) -> Option<Shape> {
        self.tokens.get(at).map(|token| token.shape)
    }

    pub(super) fn is_capitalized(&self, at: usize) -> bool {
        matches!(self.shape(at), Some(Shape::Capitalized | Shape::Upper))
    }

    /// Whether nothing stands between the token and the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.zip(self.tokens.get(at)).is_some_and(|(before, token)| before.span.end == token.span.start)
    }

    /// Whether the token is a hyphen that joins the words on both sides.
    pub(super) fn hyphenated(&self, at: usize) -> bool {
        self.word(at) == "-" && self.glued(at) && self.glued(at + 1)
    }

    /// Whether the token is a dash or hyphen, however it is spaced.
    pub(super) fn is_dash(&self, at: usize) -> bool {
        matches!(self.word(at), "-" | "--")
    }

    /// The bytes of the tokens `start..end`.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.tokens.get(start).map(|token| token.span);
        let last = end.checked_sub(1).and_then(|last| self.tokens.get(last)).map(|token| token.span);
        first.zip(last).map_or_else(Span::default, |(first, last)| first.cover(last))
    }

    /// The words of the source at a position.
    pub(super) fn printed(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.span.slice(self.source))
    }
}
