//! Text becomes sentences and tokens, with the place of each.
//!
//! Tokens follow the Universal Dependencies convention for English (clitics split off: "do|n't", "Webb|'s"; hyphens are tokens;
//! "U.S." and "Mr." keep their points; "397,600" and "2.4" are one token; "£" and "%" are tokens). Pure: text in, values out.

mod abbreviations;
mod characters;
mod clitics;
mod language;
pub mod quantities;
pub(crate) mod roots;
mod sentences;
pub(crate) mod synonyms;
pub mod thesaurus;
mod tokenizer;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::span::Span;

pub use language::{Language, language};
pub use words::{content_words, fold, folded, is_particle, is_stop_word, stem, unaccented};

/// The months, folded, in order.
pub(crate) const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

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
///
/// Blocks are taken in the order of the text; one that does not fit it, or begins before the one before it ends, is skipped.
///
/// ```
/// use sayso::span::Span;
/// use sayso::text::analyze;
///
/// let source = "\u{201c}We can't wait.\u{201d} Dr. Okafor left.";
/// let text = analyze(source, &[Span::new(0, source.len())]);
/// let words: Vec<&str> = text.tokens.iter().map(|token| token.span.slice(source)).collect();
/// assert_eq!(words, ["\u{201c}", "We", "ca", "n't", "wait", ".", "\u{201d}", "Dr.", "Okafor", "left", "."]);
/// assert_eq!(text.sentences.len(), 2);
/// ```
#[must_use]
pub fn analyze(source: &str, blocks: &[Span]) -> Text {
    let mut text = Text { tokens: Vec::with_capacity(source.len() / 5), sentences: Vec::with_capacity(source.len() / 100) };
    let mut reached = 0;
    for (number, &block) in blocks.iter().enumerate() {
        if block.start < reached {
            continue;
        }
        let first = text.tokens.len();
        tokenizer::tokenize(source, block, &mut text.tokens);
        sentences::split(source, &text.tokens, first..text.tokens.len(), number, &mut text.sentences);
        reached = block.end;
    }
    text
}

#[cfg(test)]
mod tests;
