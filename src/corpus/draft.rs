//! What each format's reader hands on: text cut into pieces, before anyone has said which of them are the article.

use crate::span::Span;

use super::{Boilerplate, Metadata};

/// A document half read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) text: String,
    /// In order, not overlapping; every non-blank line lies in one.
    pub(super) pieces: Vec<Piece>,
    /// What the format itself states (page metadata, front matter).
    pub(super) stated: Metadata,
    pub(super) problems: Vec<String>,
}

impl Draft {
    /// Adds another draft's text below this one, a blank line apart; what is stated here goes before what is stated there.
    pub(super) fn append(&mut self, other: Self) {
        if self.pieces.is_empty() {
            *self = Self { problems: [std::mem::take(&mut self.problems), other.problems].concat(), ..other };
            return;
        }
        self.text.truncate(self.text.trim_end().len().max(self.pieces.last().map_or(0, |piece| piece.span.end)));
        self.text.push_str("\n\n");
        let from = self.text.len();
        self.text.push_str(&other.text);
        let moved = |piece: Piece| Piece { span: Span::new(piece.span.start + from, piece.span.end + from), ..piece };
        self.pieces.extend(other.pieces.into_iter().map(moved));
        self.stated = std::mem::take(&mut self.stated).or(other.stated);
        self.problems.extend(other.problems);
    }
}

/// A stretch of text and what the format says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) shape: Shape,
}

/// What the format says a piece is; most say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Some line or paragraph.
    Text,
    /// Set as the document's title.
    Title,
    /// Set as a heading.
    Heading,
    /// Set as author or date line.
    Byline,
    /// An item of a list.
    Item,
    /// Set off as a quotation.
    Quote,
    /// Set under a picture.
    Caption,
    /// Outside the element that holds the article.
    Outside,
    /// Certainly not the article.
    Chrome(Boilerplate),
}
