//! Sentences of a document become [`Quotation`]s with cue and [`Speaker`].
//!
//! Every style of quotation mark and its misuse, quotations over several paragraphs, split and nested ones, set-off blocks, and
//! indirect speech as its own kind. Speakers are resolved to the fullest name in the document. Unknown stays unknown. Pure.

mod candidate;
mod cue;
mod features;
mod identity;
pub mod learning;
mod marks;
mod page;
mod pairing;
mod phrase;
mod scorer;
mod singles;

use serde::{Deserialize, Serialize};

use self::candidate::Places;
use self::features::{Scene, Turn};
use self::identity::Identities;
use self::page::Page;
use self::phrase::phrases;
use self::scorer::Scorer;
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
    let outer: Vec<_> = pairing::pieces(source, blocks).into_iter().filter(|piece| piece.depth == 0).collect();
    let page = Page::new(source, blocks, text, syntax, outer);
    let phrases = phrases(&page);
    let identities = Identities::new(&page, &phrases);
    let scene = Scene { page: &page, phrases: &phrases, identity: &identities.of, frequency: &identities.frequency };
    let places = Places::new(&page, &phrases);
    let scorer = Scorer::embedded();
    let mut last = Turn::default();
    let mut found = Vec::new();
    for (at, piece) in page.pieces.iter().enumerate() {
        let speech = scorer.speech(&scene.of_piece(at));
        if speech < 0.4 {
            found.push(Quotation { pieces: vec![piece.span], kind: QuotationKind::NotSpeech, cue: None, speaker: None, confidence: speech });
            continue;
        }
        let candidates = places.candidates(&page, at);
        let features: Vec<_> = candidates.iter().map(|candidate| scene.of_candidate(at, candidate, last)).collect();
        let scores = scorer.speakers(&features);
        let best = (0..scores.len()).max_by(|&one, &two| scores[one].total_cmp(&scores[two]).then(two.cmp(&one))).unwrap_or(0);
        let chosen = candidates.get(best).and_then(|candidate| candidate.phrase);
        last = Turn { phrase: chosen, any: true };
        let speaker = chosen.and_then(|chosen| phrases.get(chosen)).map(|phrase| {
            let mention_span = page.span(phrase.tokens.start, phrase.tokens.end);
            let mention = mention_span.slice(source).to_owned();
            Speaker { name: mention.clone(), role: None, mention, mention_span, kind: EntityKind::Other }
        });
        found.push(Quotation { pieces: vec![piece.span], kind: QuotationKind::Direct, cue: None, speaker, confidence: scores[best] });
    }
    found
}
