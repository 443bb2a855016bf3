//! Sentences of a document become [`Quotation`]s with cue and [`Speaker`].
//!
//! Every style of quotation mark and its misuse, quotations over several paragraphs, split and nested ones, set-off blocks, and
//! indirect speech as its own kind. Speakers are resolved to the fullest name in the document. Unknown stays unknown. Pure.

mod agreement;
mod attribution;
mod candidate;
mod cast;
mod charges;
mod cue;
mod edges;
mod features;
mod gender;
mod giving_way;
mod governing;
mod identity;
mod indirect;
mod labels;
pub mod learning;
mod marks;
mod names;
mod naming;
mod page;
mod pairing;
mod person;
mod phrase;
mod reference;
mod roles;
mod scorer;
mod setoff;
mod singles;
mod subject;
mod surfaces;
mod utterance;

use std::path::Path;

use serde::{Deserialize, Serialize};

use self::attribution::{Choice, Known};
use self::cast::Cast;
pub(crate) use self::cast::agree as genders_agree;
pub(crate) use self::cue::is_denial;
use self::features::Scene;
use self::gender::Genders;
pub(crate) use self::gender::{Gender, of_word as gender_of_word};
use self::identity::Identities;
use self::indirect::Indirect;
use self::labels::Place;
pub(crate) use self::naming::{RoleWords, is_body_word, may_name_body, role_words};
use self::page::Page;
use self::pairing::Piece;
pub(crate) use self::person::{PersonName, people_agree, speaker_gender};
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

/// Whether "he", "she" and their forms (lower-case) can stand for a name, as far as its title and given name tell.
#[must_use]
pub fn pronoun_agrees(pronoun: &str, name: &str) -> bool {
    let words: Vec<String> = name.split_whitespace().map(|word| crate::text::fold(word.trim_end_matches('.'))).collect();
    let titles = words.iter().take(words.len().saturating_sub(1)).find_map(|word| gender::of_word(word));
    let given = || words.iter().take(words.len().saturating_sub(1).max(1)).find_map(|word| Genders::new().of_name(word));
    match (gender::of_word(pronoun), titles.or_else(given)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Whether a folded noun says what a person is ("judge", "treasurers").
pub(crate) fn names_a_person(noun: &str) -> bool {
    roles::is_person_noun(noun)
}

/// The gender a given name (folded) tells: whether it is a woman's; `None` where it tells none.
pub(crate) fn is_womans_name(given: &str) -> Option<bool> {
    Genders::new().of_name(given).map(|gender| gender == gender::Gender::Female)
}

/// Finds the quotations of a document and who said them.
#[must_use]
pub fn extract(source: &str, blocks: &[Block], text: &Text, syntax: &Syntax) -> Vec<Quotation> {
    extract_by(&Scorer::embedded(), source, blocks, text, syntax)
}

fn extract_by(scorer: &Scorer, source: &str, blocks: &[Block], text: &Text, syntax: &Syntax) -> Vec<Quotation> {
    let page = Page::new(source, blocks, text, syntax, outermost(source, blocks));
    let phrases = phrases(&page);
    let identities = Identities::new(&page, &phrases);
    let scene = Scene { page: &page, phrases: &phrases, identity: &identities.of, frequency: &identities.frequency };
    let mut cast = Cast::new(&page, &phrases, &Genders::new());
    let bearer = roles::assign(&page, &phrases, &mut cast);
    agreement::tell(&scene, &mut cast);
    let known = Known { meant: reference::resolve(&scene, &cast, &bearer), bearer };
    let choices = attribution::choices(&scene, scorer, &cast, &known);
    let mut found = gather(&scene, &cast, &choices);
    found.extend(indirect::indirect(&scene).into_iter().map(|indirect| reported(&scene, &cast, &known, &indirect)));
    found.sort_by_key(|quotation| (quotation.span(), quotation.kind == QuotationKind::Indirect));
    found
}

/// The pieces that lie in no other, with and without marks.
fn outermost(source: &str, blocks: &[Block]) -> Vec<Piece> {
    let mut outer: Vec<Piece> = pairing::pieces(source, blocks).into_iter().filter(|piece| piece.depth == 0).collect();
    setoff::add(source, blocks, &mut outer);
    outer
}

fn reported(scene: &Scene, cast: &Cast, known: &Known, indirect: &Indirect) -> Quotation {
    Quotation {
        pieces: vec![indirect.clause],
        kind: QuotationKind::Indirect,
        cue: Some(indirect.cue),
        speaker: attribution::speaker_by(scene, cast, known, indirect.phrase),
        confidence: indirect.confidence,
    }
}

/// [`extract`] straight from a plain text; spans count in `source` itself.
#[must_use]
pub fn of_text(source: &str) -> Vec<Quotation> {
    let Ok(document) = crate::corpus::parse(Path::new("text.txt"), "text.txt", source.as_bytes()) else { return Vec::new() };
    let spans: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    let text = crate::text::analyze(&document.text, &spans);
    let syntax = crate::syntax::analyze(&document.text, &text);
    extract(&document.text, &document.blocks, &text, &syntax)
}

/// Puts the pieces of each utterance together.
fn gather(scene: &Scene, cast: &Cast, choices: &[Choice]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    for (at, (piece, choice)) in scene.page.pieces.iter().zip(choices).enumerate() {
        let kind = if choice.speech { attribution::kind_of(scene.page, at) } else { QuotationKind::NotSpeech };
        match found.last_mut() {
            Some(open) if utterance::belongs_together(scene.page, choices, at) => {
                open.pieces.push(said(scene.page, piece, choice));
                if kind == QuotationKind::Direct {
                    open.kind = kind;
                }
            }
            _ => found.push(quotation(scene, cast, said(scene.page, piece, choice), kind, choice)),
        }
    }
    found
}

/// A piece without marks loses the label at its start; between marks the words stay as printed.
fn said(page: &Page, piece: &Piece, choice: &Choice) -> Span {
    let label = choice.label.as_ref().filter(|label| label.place == Place::Inside && !piece.opened);
    let colon = label.and_then(|label| page.text.tokens.get(label.tokens.end));
    colon.map_or(piece.span, |colon| Span::new(colon.span.end, piece.span.end).trim(page.source))
}

fn quotation(scene: &Scene, cast: &Cast, piece: Span, kind: QuotationKind, choice: &Choice) -> Quotation {
    Quotation {
        pieces: vec![piece],
        kind,
        cue: choice.cue.map(|cue| scene.page.span(cue, cue + 1)),
        speaker: attribution::speaker_of(scene, choice, cast),
        confidence: choice.confidence,
    }
}

#[cfg(test)]
mod speaker_tests;
#[cfg(test)]
mod tests;
