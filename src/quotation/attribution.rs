//! Quoted pieces get their speakers: each piece a [`Choice`], in the order of the text, each knowing the one before.

use std::ops::Range;

use super::candidate::{Candidate, Places, Side};
use super::cast::Cast;
use super::charges;
use super::cue::is_cue_noun;
use super::features::{Scene, Turn};
use super::governing::Trees;
use super::labels::{self, Label, Place};
use super::page::{Item, Page};
use super::pairing::Piece;
use super::phrase::{Phrase, PhraseKind};
use super::roles::{is_body_noun, is_person_noun};
use super::scorer::Scorer;
use super::surfaces;
use super::{QuotationKind, Speaker};
use crate::span::Span;
use crate::syntax::{EntityKind, Tag};
use crate::text::folded;

/// What was decided about one piece.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Whether anybody said it.
    pub(super) speech: bool,
    /// The phrase that names its speaker.
    pub(super) phrase: Option<usize>,
    /// Whom that phrase means.
    pub(super) party: Option<usize>,
    /// The name that labels it by layout, which beats the phrase.
    pub(super) label: Option<Label>,
    /// Whether it goes on with the utterance of the piece before.
    pub(super) joined: bool,
    /// The token of the verb or noun that introduces it.
    pub(super) cue: Option<usize>,
    /// How sure all this is.
    pub(super) confidence: f32,
}

/// Less probable speech is none.
const SPEECH: f32 = 0.5;
/// How sure a label makes.
const LABELLED: f32 = 0.95;
/// A less probable speaker is not named.
const SPEAKER: f32 = 0.3;
/// The same for what is neither a person, a body nor a text.
const UNLIKELY_SPEAKER: f32 = 0.7;

/// A choice this sure needs no look at the dependency tree.
const PLAIN: f32 = 0.8;

/// Decides about every piece of the page.
pub(super) fn choices(scene: &Scene, scorer: &Scorer, cast: &Cast, known: &Known) -> Vec<Choice> {
    let mut chooser = Chooser { scene, scorer, known, places: Places::new(scene.page, scene.phrases), trees: Trees::default() };
    let mut last = Turn::default();
    let mut made: Vec<Choice> = Vec::with_capacity(scene.page.pieces.len());
    for piece in 0..scene.page.pieces.len() {
        let speech = scorer.speech(&scene.of_piece(piece));
        let goes_on = scene.page.pieces.get(piece).is_some_and(|piece| piece.continues);
        let label = labels::label(scene.page, piece).filter(|label| is_believed(scene.page, cast, label));
        let choice = match made.last() {
            _ if label.is_some() => labelled(scene.page, cast, label),
            Some(before) if goes_on && before.speech => chooser.going_on(piece, last, before),
            _ if speech < SPEECH => unnamed(false, 1.0 - speech),
            _ if charges::is_grade(scene, piece) => unnamed(false, SPEECH),
            _ if surfaces::is_on_surface(scene, piece) || charges::is_charge(scene, piece) => unnamed(true, speech),
            _ => {
                let choice = chooser.choose(piece, last);
                Choice { speech: choice.phrase.is_some() || !is_scrap(scene.page, piece), ..choice }
            }
        };
        if choice.speech {
            last = Turn { phrase: choice.phrase, any: true };
        }
        made.push(choice);
    }
    made
}

fn unnamed(speech: bool, confidence: f32) -> Choice {
    Choice { speech, phrase: None, party: None, label: None, joined: false, cue: None, confidence }
}

/// What a choice is made with.
struct Chooser<'c> {
    scene: &'c Scene<'c>,
    scorer: &'c Scorer<'c>,
    known: &'c Known,
    places: Places,
    trees: Trees,
}

impl Chooser<'_> {
    fn choose(&mut self, piece: usize, last: Turn) -> Choice {
        let candidates = self.places.candidates(self.scene.page, piece);
        let scores = scores(self.scene, self.scorer, &candidates, &mut self.trees, (piece, last), self.known);
        speaker(self.scene, &candidates, &scores, self.known)
    }

    /// A piece that opens a paragraph after one left open is the same speaker's, as the custom is; unless its own clause names another:
    /// then the closing mark before it was forgotten.
    fn going_on(&mut self, piece: usize, last: Turn, before: &Choice) -> Choice {
        let own = self.choose(piece, last);
        let opened = self.scene.page.pieces.get(piece).is_some_and(|piece| piece.opened && piece.closed);
        let whose = |choice: &Choice| choice.party.map(|party| (0, party)).or(choice.phrase.map(|phrase| (1, phrase)));
        let other = own.party.is_some() && before.label.is_none() && whose(before) != whose(&own);
        if opened && other && own.cue.is_some() && own.confidence >= PLAIN {
            return own;
        }
        Choice { joined: true, ..before.clone() }
    }
}

/// "Oldham: ‘inadequate’" names no speaker, "Webb: ‘No’" does where the text goes on to name Ann Webb.
fn is_believed(page: &Page, cast: &Cast, label: &Label) -> bool {
    let party = || cast.named(&labels::words(page, &label.tokens)).and_then(|party| cast.parties.get(party));
    label.place != Place::Headline || party().is_some_and(|party| party.kind == EntityKind::Person && party.form.is_full())
}

fn labelled(page: &Page, cast: &Cast, label: Option<Label>) -> Choice {
    let party = label.as_ref().and_then(|label| cast.named(&labels::words(page, &label.tokens)));
    Choice { speech: true, phrase: None, party, label, joined: false, cue: None, confidence: LABELLED }
}

/// How probable each candidate is; where the words around leave it open, the dependency trees are asked too.
fn scores(
    scene: &Scene,
    scorer: &Scorer,
    candidates: &[Candidate],
    trees: &mut Trees,
    (piece, last): (usize, Turn),
    known: &Known,
) -> Vec<f32> {
    let mut features = scene.of_candidates(piece, candidates, last);
    let mut scores = scorer.speakers(&features);
    if scores.iter().all(|&score| score < PLAIN) {
        trees.grow(scene, piece);
        features.iter_mut().zip(candidates).for_each(|(features, candidate)| features.extend(scene.of_trees(trees, piece, candidate)));
        scores = scorer.speakers(&features);
    }
    exclude(&mut scores, |at| candidates.get(at).is_some_and(|candidate| is_judged(scene, candidate) || is_in_dateline(scene, candidate)));
    if gives_turn(scene.page, piece) {
        silence(&mut scores, |at| candidates.get(at).is_some_and(|candidate| matches!(candidate.side, Side::After(_))));
    }
    known.pool(candidates, &mut scores);
    scores
}

/// Whether whole sentences in marks follow each other with nothing between ("“Is it late?” “It is,” Ann Webb said"): turns of a dialogue,
/// and who speaks the second is named behind it.
fn gives_turn(page: &Page, piece: usize) -> bool {
    let place = page.item_of_piece.get(piece).copied().unwrap_or(0);
    let (Some(one), Some(two)) = (page.pieces.get(piece), page.pieces.get(piece + 1)) else { return false };
    let marked = |piece: &Piece| piece.opened && piece.closed;
    page.item(place + 1) == Item::Piece(piece + 1)
        && marked(one)
        && marked(two)
        && one.span.slice(page.source).ends_with(['.', '?', '!', '…', '—', '–'])
}

/// Gives the probability of some candidates to nobody, who stands last.
fn silence(scores: &mut [f32], is_out: impl Fn(usize) -> bool) {
    let mut taken = 0.0;
    for (_, score) in scores.iter_mut().enumerate().filter(|(at, _)| is_out(*at)) {
        taken += std::mem::take(score);
    }
    if let Some(nobody) = scores.last_mut() {
        *nobody += taken;
    }
}

/// Takes the probability of some candidates and gives it to the others in proportion.
fn exclude(scores: &mut [f32], is_out: impl Fn(usize) -> bool) {
    let out: f32 = scores.iter().enumerate().filter(|(at, _)| is_out(*at)).map(|(_, score)| score).sum();
    let rest = (1.0 - out).max(f32::EPSILON);
    for (at, score) in scores.iter_mut().enumerate().filter(|_| out > 0.0) {
        *score = if is_out(at) { 0.0 } else { *score / rest };
    }
}

/// Whether the piece tells how the candidate was judged: then others did.
fn is_judged(scene: &Scene, candidate: &Candidate) -> bool {
    let phrase = candidate.phrase.and_then(|phrase| scene.phrases.get(phrase));
    candidate.side == Side::Before(0) && phrase.is_some_and(|phrase| scene.is_judged(phrase, candidate.between.end))
}

fn is_in_dateline(scene: &Scene, candidate: &Candidate) -> bool {
    candidate.phrase.and_then(|phrase| scene.phrases.get(phrase)).is_some_and(|phrase| scene.is_in_dateline(phrase))
}

fn speaker(scene: &Scene, candidates: &[Candidate], scores: &[f32], known: &Known) -> Choice {
    let best = scores.iter().enumerate().max_by(|one, two| one.1.total_cmp(two.1).then(two.0.cmp(&one.0)));
    let chosen = best.and_then(|(at, score)| candidates.get(at).map(|candidate| (candidate, *score)));
    let named = chosen.filter(|(candidate, score)| candidate.phrase.is_some_and(|phrase| *score >= needed(scene, phrase)));
    let cue = named.and_then(|(candidate, _)| cue(scene, candidate));
    // "She never said …" puts the words in nobody's mouth.
    let named = named.filter(|_| !cue.is_some_and(|cue| scene.is_denied(cue)));
    let phrase = named.and_then(|(candidate, _)| candidate.phrase).map(|phrase| known.spoken_for(scene, phrase));
    Choice {
        speech: true,
        phrase,
        party: phrase.and_then(|phrase| known.party(phrase)),
        label: None,
        joined: false,
        cue,
        confidence: chosen.map_or(0.0, |(_, score)| score),
    }
}

/// How probable a phrase must be to be named: things and unclear pronouns hardly ever speak.
fn needed(scene: &Scene, phrase: usize) -> f32 {
    let speaks = scene.phrases.get(phrase).is_some_and(|phrase| match phrase.kind {
        PhraseKind::Name(_) => true,
        PhraseKind::Pronoun => {
            !matches!(folded(scene.page.word(phrase.head)).as_ref(), "which" | "that" | "those" | "all" | "none" | "both" | "one" | "most")
        }
        PhraseKind::Nominal => {
            let noun = folded(scene.page.word(phrase.head));
            is_body_noun(&noun) || is_person_noun(&noun) || is_cue_noun(&noun) || noun.ends_with('s')
        }
    });
    if speaks { SPEAKER } else { UNLIKELY_SPEAKER }
}

/// What the document tells about its phrases.
pub(super) struct Known {
    /// For each phrase, whom it means.
    pub(super) meant: Vec<Option<usize>>,
    /// For each phrase inside a role set off by commas, the phrase that names its bearer.
    pub(super) bearer: Vec<Option<usize>>,
}

impl Known {
    /// A phrase in somebody's role means its bearer.
    fn party(&self, phrase: usize) -> Option<usize> {
        let own = self.meant.get(phrase).copied().flatten();
        self.bearer.get(phrase).copied().flatten().and_then(|bearer| self.meant.get(bearer).copied().flatten()).or(own)
    }

    /// A name inside somebody's role ("director for Social Care, Ann Webb,") gives way to the bearer's.
    fn spoken_for(&self, scene: &Scene, phrase: usize) -> usize {
        let named = scene.phrases.get(phrase).is_some_and(|phrase| phrase.kind != PhraseKind::Nominal);
        self.bearer.get(phrase).copied().flatten().filter(|_| named).unwrap_or(phrase)
    }

    /// Adds what candidates inside a role score to the best of the candidates that mean its bearer.
    fn pool(&self, candidates: &[Candidate], scores: &mut [f32]) {
        let bearer = |candidate: &Candidate| {
            candidate.phrase.map(|phrase| {
                let phrase = self.bearer.get(phrase).copied().flatten().unwrap_or(phrase);
                self.meant.get(phrase).copied().flatten().map_or((1, phrase), |party| (0, party))
            })
        };
        let groups: Vec<Option<(u8, usize)>> = candidates.iter().map(bearer).collect();
        let mut pooled = vec![0.0; scores.len()];
        for (at, group) in groups.iter().enumerate() {
            let members = groups
                .iter()
                .zip(scores.iter())
                .enumerate()
                .filter(|(other, (theirs, _))| *other == at || group.is_some() && *theirs == group);
            let (mut sum, mut most) = (0.0, f32::NEG_INFINITY);
            for (_, (_, score)) in members {
                sum += score;
                most = f32::max(most, *score);
            }
            let is_best = scores.get(at).is_some_and(|score| *score >= most);
            if let Some(slot) = pooled.get_mut(at) {
                *slot = if is_best { sum } else { 0.0 };
            }
        }
        scores.copy_from_slice(&pooled);
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

/// The speaker of a choice.
pub(super) fn speaker_of(scene: &Scene, choice: &Choice, cast: &Cast) -> Option<Speaker> {
    if let Some(label) = &choice.label {
        let span = scene.page.span(label.tokens.start, label.tokens.end);
        return Some(speaker_at(scene.page, span, EntityKind::Person, choice.party, cast));
    }
    let phrase = scene.phrases.get(choice.phrase?)?;
    Some(speaker_at(scene.page, mention(scene.page, phrase), kind(scene.page, phrase), choice.party, cast))
}

/// The speaker that the phrase at `phrase` names.
pub(super) fn speaker_by(scene: &Scene, cast: &Cast, known: &Known, phrase: usize) -> Option<Speaker> {
    let party = known.party(phrase);
    let phrase = scene.phrases.get(phrase)?;
    Some(speaker_at(scene.page, mention(scene.page, phrase), kind(scene.page, phrase), party, cast))
}

fn speaker_at(page: &Page, mention_span: Span, kind: EntityKind, party: Option<usize>, cast: &Cast) -> Speaker {
    let words = mention_span.slice(page.source).to_owned();
    match party.and_then(|party| cast.parties.get(party)) {
        Some(party) => Speaker {
            name: party.name.slice(page.source).to_owned(),
            role: party.role().map(|role| role.span.slice(page.source).to_owned()),
            mention: words,
            mention_span,
            kind: if party.is_person() { EntityKind::Person } else { party.kind },
        },
        None => Speaker { name: words.clone(), role: None, mention: words, mention_span, kind },
    }
}

fn kind(page: &Page, phrase: &Phrase) -> EntityKind {
    match phrase.kind {
        PhraseKind::Name(kind) => kind,
        PhraseKind::Nominal if is_body_noun(&folded(page.word(phrase.head))) => EntityKind::Organization,
        _ => EntityKind::Other,
    }
}

/// Whether the preposition at `at` hangs something on the phrase before it: of names, only what tells where somebody belongs.
fn joins(page: &Page, phrase: &Phrase, at: usize) -> bool {
    match page.word(at) {
        "of" | "for" | "from" | "at" => true,
        "to" => phrase.kind == PhraseKind::Nominal && (is_person_noun(&folded(page.word(phrase.head))) || at > phrase.tokens.end),
        "with" | "in" | "on" | "by" | "inside" | "near" => phrase.kind == PhraseKind::Nominal,
        _ => false,
    }
}

/// The phrase with what hangs on it: "Joel Webb of the union", "a spokesman for the council".
fn mention(page: &Page, phrase: &Phrase) -> Span {
    let own = page.span(phrase.tokens.start, phrase.tokens.end);
    if phrase.possessive || phrase.kind == PhraseKind::Pronoun {
        return own;
    }
    let joins = |at: usize| joins(page, phrase, at);
    let inside = |at: usize| {
        matches!(page.tag(at), Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num)
            || matches!(page.word(at), "'s" | "’s" | "-" | "&" | "of" | "and")
    };
    let visible = |at: usize| page.item_of_token.get(at).is_some_and(|&item| item != super::page::HIDDEN);
    // "a person close to the family"
    let adjective = matches!(page.word(phrase.tokens.end), "close" | "familiar" | "loyal" | "opposed");
    let at = phrase.tokens.end + usize::from(adjective && phrase.kind == PhraseKind::Nominal);
    if !joins(at) || !visible(at) {
        return own;
    }
    let end = (at + 1..at + 12).find(|&at| !inside(at) || !visible(at)).unwrap_or(at + 1);
    if end > at + 1 { own.cover(page.span(at, end)) } else { own }
}

/// Fewest words between marks that are somebody's even where nobody is named.
const SAID: usize = 3;

/// Whether a piece is a word or two inside the reporter's sentence: with nobody to say them, the marks only keep a distance.
fn is_scrap(page: &Page, piece: usize) -> bool {
    let words = page.pieces.get(piece).map_or("", |piece| piece.span.slice(page.source));
    kind_of(page, piece) == QuotationKind::Partial && words.split_whitespace().count() < SAID
}

/// Whole clauses, or words inside the reporter's sentence.
pub(super) fn kind_of(page: &Page, piece: usize) -> QuotationKind {
    let words = page.pieces.get(piece).map_or("", |piece| piece.span.slice(page.source));
    let begins = words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let ends = words.ends_with(['.', ',', '!', '?', '…', '—', '-']);
    let long = words.split_whitespace().nth(4).is_some();
    if begins && (ends || long) { QuotationKind::Direct } else { QuotationKind::Partial }
}
