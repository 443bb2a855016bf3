//! Quoted pieces get their speakers: each piece a [`Choice`], in the order of the text, each knowing the one before.

use std::ops::Range;

use super::candidate::{Candidate, Places};
use super::cast::Cast;
use super::features::{Features, Scene, Turn};
use super::page::{Item, Page};
use super::phrase::{Phrase, PhraseKind};
use super::roles::is_body_noun;
use super::scorer::Scorer;
use super::{QuotationKind, Speaker};
use crate::span::Span;
use crate::syntax::{EntityKind, Tag};
use crate::text::fold;

/// What was decided about one piece.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Whether anybody said it.
    pub(super) speech: bool,
    /// The phrase that names its speaker.
    pub(super) phrase: Option<usize>,
    /// Whom that phrase means.
    pub(super) party: Option<usize>,
    /// Whether it goes on with the utterance of the piece before.
    pub(super) joined: bool,
    /// The token of the verb or noun that introduces it.
    pub(super) cue: Option<usize>,
    /// How sure all this is.
    pub(super) confidence: f32,
}

/// Less probable speech is none.
const SPEECH: f32 = 0.4;
/// A less probable speaker is not named.
const SPEAKER: f32 = 0.3;

/// Decides about every piece of the page.
pub(super) fn choices(scene: &Scene, meant: &[Option<usize>]) -> Vec<Choice> {
    let scorer = Scorer::embedded();
    let places = Places::new(scene.page, scene.phrases);
    let mut last = Turn::default();
    let mut made: Vec<Choice> = Vec::with_capacity(scene.page.pieces.len());
    for piece in 0..scene.page.pieces.len() {
        let speech = scorer.speech(&scene.of_piece(piece));
        let goes_on = scene.page.pieces.get(piece).is_some_and(|piece| piece.continues);
        let choice = match made.last() {
            Some(before) if goes_on && before.speech => Choice { joined: true, ..before.clone() },
            _ if speech < SPEECH => Choice { speech: false, phrase: None, party: None, joined: false, cue: None, confidence: 1.0 - speech },
            _ => speaker(scene, &scorer, &places, piece, last, meant),
        };
        if choice.speech {
            last = Turn { phrase: choice.phrase, any: true };
        }
        made.push(choice);
    }
    made
}

fn speaker(scene: &Scene, scorer: &Scorer, places: &Places, piece: usize, last: Turn, meant: &[Option<usize>]) -> Choice {
    let candidates = places.candidates(scene.page, piece);
    let features: Vec<Features> = candidates.iter().map(|candidate| scene.of_candidate(piece, candidate, last)).collect();
    let scores = scorer.speakers(&features);
    let best = scores.iter().enumerate().max_by(|one, two| one.1.total_cmp(two.1).then(two.0.cmp(&one.0)));
    let chosen = best.and_then(|(at, score)| candidates.get(at).map(|candidate| (candidate, *score)));
    let named = chosen.filter(|(candidate, score)| candidate.phrase.is_some() && *score >= SPEAKER);
    let phrase = named.and_then(|(candidate, _)| candidate.phrase);
    Choice {
        speech: true,
        phrase,
        party: phrase.and_then(|phrase| meant.get(phrase).copied().flatten()),
        joined: false,
        cue: named.and_then(|(candidate, _)| cue(scene, candidate)),
        confidence: chosen.map_or(0.0, |(_, score)| score),
    }
}

/// The reporting word that goes with the chosen phrase.
fn cue(scene: &Scene, candidate: &Candidate) -> Option<usize> {
    let phrase = scene.phrases.get(candidate.phrase?)?;
    let inverted = scene.verb_before(phrase);
    let after = scene.verb_after(phrase).filter(|&verb| scene.page.cue(verb).is_some());
    inverted.or(after).or_else(|| cue_between(scene.page, candidate.between.clone()))
}

fn cue_between(page: &Page, between: Range<usize>) -> Option<usize> {
    let token = |item: usize| match page.item(item) {
        Item::Token(token) if page.cue(token).is_some() => Some(token),
        _ => None,
    };
    between.take(40).find_map(token)
}

/// The speaker that `phrase` names.
pub(super) fn speaker_of(page: &Page, phrase: &Phrase, party: Option<usize>, cast: &Cast) -> Speaker {
    let mention_span = mention(page, phrase);
    let words = mention_span.slice(page.source).to_owned();
    match party.and_then(|party| cast.parties.get(party)) {
        Some(party) => Speaker {
            name: party.name.slice(page.source).to_owned(),
            role: party.roles.first().map(|role| role.span.slice(page.source).to_owned()),
            mention: words,
            mention_span,
            kind: if party.is_person() { EntityKind::Person } else { party.kind },
        },
        None => Speaker { name: words.clone(), role: None, mention: words, mention_span, kind: kind(page, phrase) },
    }
}

fn kind(page: &Page, phrase: &Phrase) -> EntityKind {
    match phrase.kind {
        PhraseKind::Name(kind) => kind,
        PhraseKind::Nominal if is_body_noun(&fold(page.word(phrase.head))) => EntityKind::Organization,
        _ => EntityKind::Other,
    }
}

/// The phrase with what hangs on it: "Joel Webb of the union", "a spokesman for the council".
fn mention(page: &Page, phrase: &Phrase) -> Span {
    let own = page.span(phrase.tokens.start, phrase.tokens.end);
    if phrase.possessive || phrase.kind == PhraseKind::Pronoun {
        return own;
    }
    let joins = |at: usize| matches!(page.word(at), "of" | "for" | "from" | "at" | "with" | "in");
    let inside = |at: usize| {
        matches!(page.tag(at), Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num)
            || matches!(page.word(at), "'s" | "’s" | "-" | "&" | "of")
    };
    let visible = |at: usize| page.item_of_token.get(at).is_some_and(|&item| item != super::page::HIDDEN);
    let at = phrase.tokens.end;
    if !joins(at) || !visible(at) {
        return own;
    }
    let end = (at + 1..at + 12).find(|&at| !inside(at) || !visible(at)).unwrap_or(at + 1);
    if end > at + 1 { own.cover(page.span(at, end)) } else { own }
}

/// Whole clauses, or words inside the reporter's sentence.
pub(super) fn kind_of(page: &Page, piece: usize) -> QuotationKind {
    let words = page.pieces.get(piece).map_or("", |piece| piece.span.slice(page.source));
    let begins = words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let ends = words.ends_with(['.', ',', '!', '?', '…', '—', '-']);
    let long = words.split_whitespace().nth(4).is_some();
    if begins && (ends || long) { QuotationKind::Direct } else { QuotationKind::Partial }
}
