//! A piece and a candidate become hashed features.
//!
//! Every feature is a place in one table of weights ([`super::scorer`]). What they look at: side and distance, the words and tags
//! between, the verb that goes with the candidate, the words at the piece's edges, the kind of phrase, who spoke last.

use super::candidate::{Candidate, Side};
use super::cue::is_cue_noun;
use super::edges::Edges;
use super::page::{Item, Page, Tally, hash};
use super::phrase::{Phrase, PhraseKind};
use super::roles::{is_body_noun, is_person_noun};
use crate::syntax::{EntityKind, Tag};
use crate::text::folded;

/// Positions in the table of weights.
pub(super) type Features = Vec<u32>;

/// The table has two to this many places.
pub(super) const TABLE_BITS: u32 = 18;

/// Steps between piece and candidate that are counted.
const COUNTED: usize = 120;

/// Collects features.
pub(super) struct Collector {
    pub(super) features: Features,
}

impl Collector {
    pub(super) fn add(&mut self, name: u64, parts: &[u64]) {
        let mut mixed = name.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for part in parts {
            mixed = (mixed ^ part).wrapping_mul(0xff51_afd7_ed55_8ccd);
            mixed ^= mixed >> 32;
        }
        let place = (mixed ^ (mixed >> 29)) & ((1 << TABLE_BITS) - 1);
        self.features.push(u32::try_from(place).unwrap_or(0));
    }
}

/// What is known when a piece's speaker is chosen: the page, its phrases, and who spoke before.
pub(super) struct Scene<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) phrases: &'a [Phrase],
    /// For each phrase, the person or body it names, as far as its surname tells.
    pub(super) identity: &'a [u64],
    /// How often each phrase's identity is named.
    pub(super) frequency: &'a [u32],
}

/// The choice made for the piece before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Turn {
    /// The phrase chosen.
    pub(super) phrase: Option<usize>,
    /// Whether any piece came before.
    pub(super) any: bool,
}

pub(super) fn bucket(n: usize) -> u64 {
    match n {
        0..=4 => n as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

impl Scene<'_> {
    pub(super) fn token_hash(&self, token: usize) -> u64 {
        self.page.cells.get(token).map_or(0, |cell| cell.hash)
    }

    /// The step at `item` as a word: reporting verbs keep their lemma, names and numbers become one each.
    pub(super) fn symbol(&self, item: usize) -> u64 {
        match self.page.item(item) {
            Item::Piece(_) => 1,
            Item::Break => 2,
            Item::Token(token) => match self.page.cue(token) {
                Some((lemma, _)) => hash(lemma),
                None if self.page.tag(token) == Tag::Propn => 3,
                None if self.page.tag(token) == Tag::Num => 4,
                None => self.token_hash(token),
            },
        }
    }

    /// The step at `item` as a class.
    pub(super) fn class(&self, item: usize) -> u64 {
        match self.page.item(item) {
            Item::Piece(_) => 101,
            Item::Break => 102,
            Item::Token(token) => match self.page.cue(token) {
                Some((_, class)) => 110 + class as u64,
                None if self.page.tag(token) == Tag::Punct => self.token_hash(token),
                None => self.page.tag(token) as u64,
            },
        }
    }

    fn phrase(&self, candidate: &Candidate) -> Option<&Phrase> {
        self.phrases.get(candidate.phrase?)
    }

    /// What kind of phrase: pronouns by their word.
    pub(super) fn kind(&self, phrase: &Phrase) -> u64 {
        match phrase.kind {
            PhraseKind::Pronoun => self.token_hash(phrase.head),
            PhraseKind::Name(EntityKind::Person) => 11,
            PhraseKind::Name(EntityKind::Organization) => 12,
            PhraseKind::Name(EntityKind::Place) => 13,
            PhraseKind::Name(EntityKind::Other) => 14,
            PhraseKind::Nominal => 15,
        }
    }

    pub(super) fn item_of(&self, token: usize) -> usize {
        self.page.item_of_token.get(token).copied().unwrap_or(usize::MAX)
    }

    pub(super) fn word_at(&self, item: Option<usize>) -> u64 {
        item.map_or(7, |item| self.symbol(item))
    }

    /// The features of each candidate as the speaker of `piece`.
    pub(super) fn of_candidates(&self, piece: usize, candidates: &[Candidate], last: Turn) -> Vec<Features> {
        let edges = self.edges(piece);
        candidates.iter().map(|candidate| self.of_candidate(piece, candidate, &edges, last)).collect()
    }

    fn of_candidate(&self, piece: usize, candidate: &Candidate, edges: &Edges, last: Turn) -> Features {
        let mut to = Collector { features: Vec::with_capacity(96) };
        match self.phrase(candidate) {
            Some(phrase) => self.of_phrase(piece, candidate, phrase, edges, last, &mut to),
            None => of_nobody(edges, last, &mut to),
        }
        to.features
    }

    fn of_phrase(&self, piece: usize, candidate: &Candidate, phrase: &Phrase, edges: &Edges, last: Turn, to: &mut Collector) {
        let side = side(candidate.side);
        let kind = self.kind(phrase);
        let distance = bucket(candidate.between.len());
        self.place(candidate, side, kind, distance, edges, to);
        self.path(candidate, side, kind, to);
        self.verb(candidate, phrase, side, kind, to);
        self.surroundings(phrase, side, kind, distance, to);
        self.turn(candidate, phrase, side, edges, last, to);
        self.governors(piece, phrase, side, kind, edges, to);
    }

    /// Whether the phrase is the subject of the reporting verb nearest to the piece, before it or after it.
    fn governors(&self, piece: usize, phrase: &Phrase, side: u64, kind: u64, edges: &Edges, to: &mut Collector) {
        let place = self.page.item_of_piece.get(piece).copied().unwrap_or(0);
        let [before, after] = edges.cues;
        let own = (self.verb_after(phrase), self.verb_before(phrase));
        let tie = |cue: Option<usize>| match cue {
            None => 0,
            cue if own.0 == cue => 1,
            cue if own.1 == cue => 2,
            Some(_) => 3,
        };
        let class = |cue: Option<usize>| cue.and_then(|token| self.page.cue(token)).map_or(0, |(_, class)| class as u64);
        let far = |cue: Option<usize>| cue.map_or(0, |token| bucket(self.item_of(token).abs_diff(place)));
        let sense = self.sense(phrase);
        to.add(80, &[side, tie(before), tie(after)]);
        to.add(81, &[side, tie(before), class(before), far(before)]);
        to.add(82, &[side, tie(after), class(after), far(after)]);
        to.add(83, &[side, tie(before), tie(after), kind]);
        to.add(84, &[side, tie(before), tie(after), edges.last_char, edges.first_case]);
        to.add(85, &[tie(before), tie(after), far(before), far(after), edges.last_char]);
        to.add(86, &[side, tie(before), tie(after), u64::from(edges.at_start), edges.last_char]);
        to.add(87, &[side, class(before), class(after), far(before), far(after)]);
        to.add(90, &[side, sense]);
        to.add(91, &[sense, tie(before), tie(after)]);
        to.add(92, &[sense, kind, class(own.0), class(own.1)]);
    }

    /// The first reporting verb among `items`, in the same sentence.
    pub(super) fn nearest_cue(&self, items: impl Iterator<Item = usize>) -> Option<usize> {
        items.take_while(|&item| !self.ends_sentence(item)).find_map(|item| match self.page.item(item) {
            Item::Token(token) if self.page.cue(token).is_some() => Some(token),
            _ => None,
        })
    }

    /// What a phrase's noun means: a person, a body, a text, or anything else.
    fn sense(&self, phrase: &Phrase) -> u64 {
        let noun = folded(self.page.word(phrase.head));
        match phrase.kind {
            PhraseKind::Pronoun => 1,
            PhraseKind::Name(_) => 2,
            PhraseKind::Nominal if is_person_noun(&noun) => 3,
            PhraseKind::Nominal if is_body_noun(&noun) => 4,
            PhraseKind::Nominal if is_cue_noun(&noun) => 5,
            PhraseKind::Nominal if noun.ends_with('s') => 6,
            PhraseKind::Nominal => 7,
        }
    }

    fn place(&self, candidate: &Candidate, side: u64, kind: u64, distance: u64, edges: &Edges, to: &mut Collector) {
        let rank = bucket(candidate.rank);
        to.add(1, &[side, distance]);
        to.add(2, &[side, rank]);
        to.add(3, &[side, distance, kind]);
        to.add(4, &[side, rank, kind]);
        to.add(5, &[kind]);
        to.add(6, &[side, rank, edges.last_char, u64::from(edges.at_start)]);
        to.add(7, &[side, kind, edges.first_case, edges.last_char]);
        to.add(8, &[side, edges.before]);
        to.add(9, &[side, edges.after]);
        to.add(10, &[side, rank, edges.before]);
        to.add(11, &[side, rank, edges.after]);
        to.add(12, &[side, rank, edges.before_class, edges.after_class]);
        to.add(13, &[side, rank, edges.length]);
        to.add(14, &[side, edges.after, edges.after_that]);
        to.add(15, &[side, rank, edges.last_char, edges.after_class]);
        let Tally { stops, pieces, cues, commas } = self.tally(candidate);
        to.add(16, &[side, bucket(stops)]);
        to.add(17, &[side, bucket(pieces)]);
        to.add(18, &[side, bucket(stops), bucket(pieces), rank]);
        to.add(19, &[side, bucket(cues), bucket(stops)]);
        to.add(20, &[side, bucket(stops), kind]);
        to.add(21, &[side, bucket(pieces), kind, edges.last_char]);
        to.add(22, &[side, bucket(commas), bucket(stops), bucket(pieces)]);
    }

    /// What stands between, as far as it is counted.
    fn tally(&self, candidate: &Candidate) -> Tally {
        let start = candidate.between.start;
        self.page.tally(start..candidate.between.end.min(start.saturating_add(COUNTED)).max(start))
    }

    pub(super) fn ends_sentence(&self, item: usize) -> bool {
        self.page.ends_sentence(item)
    }

    /// The steps between, word by word where they are few, by class where they are more.
    fn path(&self, candidate: &Candidate, side: u64, kind: u64, to: &mut Collector) {
        let length = candidate.between.len();
        let fold = |step: &dyn Fn(usize) -> u64| {
            candidate.between.clone().fold(17_u64, |mixed, item| mixed.wrapping_mul(31).wrapping_add(step(item)).rotate_left(7))
        };
        if length <= 5 {
            let words = fold(&|item| self.symbol(item));
            to.add(30, &[side, words]);
            to.add(31, &[side, words, kind]);
        }
        if length <= 9 {
            let classes = fold(&|item| self.class(item));
            to.add(32, &[side, classes]);
            to.add(33, &[side, classes, kind]);
        }
        let nearest = |n: usize| match candidate.side {
            Side::Before(_) => candidate.between.clone().nth(n),
            _ => candidate.between.clone().rev().nth(n),
        };
        let (one, two) = (self.word_at(nearest(0)), self.word_at(nearest(1)));
        to.add(34, &[side, one, two]);
        to.add(35, &[side, one, kind]);
    }

    /// The verb the phrase goes with, by its place.
    fn verb(&self, candidate: &Candidate, phrase: &Phrase, side: u64, kind: u64, to: &mut Collector) {
        let after = self.verb_after(phrase);
        let before = self.verb_before(phrase);
        let class = |token: Option<usize>| token.and_then(|token| self.page.cue(token)).map_or(0, |(_, class)| class as u64);
        let lemma = |token: Option<usize>| {
            token.map_or(0, |token| self.page.cue(token).map_or_else(|| self.token_hash(token), |(lemma, _)| hash(lemma)))
        };
        let reach = after.map_or(0, |token| self.reach(candidate, token));
        let gap = after.map_or(9, |token| bucket(token.saturating_sub(phrase.tokens.end)));
        to.add(40, &[side, class(after), class(before), reach]);
        to.add(41, &[side, lemma(after), reach]);
        to.add(42, &[side, lemma(before), bucket(candidate.between.len())]);
        to.add(43, &[side, class(after), kind, gap]);
        to.add(44, &[class(after), class(before), kind]);
        to.add(45, &[side, class(after), reach, bucket(candidate.rank), gap]);
        to.add(46, &[side, lemma(after), kind]);
        let stops = self.tally(candidate).stops;
        to.add(47, &[side, class(after), class(before), bucket(stops), reach]);
        to.add(48, &[side, class(after), class(before), bucket(stops), kind]);
    }

    /// Where the verb stands: between phrase and piece near to it or far, or beyond.
    fn reach(&self, candidate: &Candidate, verb: usize) -> u64 {
        let item = self.item_of(verb);
        if !candidate.between.contains(&item) {
            return 1;
        }
        2 + bucket(candidate.between.end.saturating_sub(item + 1))
    }

    /// The words around the phrase.
    fn surroundings(&self, phrase: &Phrase, side: u64, kind: u64, distance: u64, to: &mut Collector) {
        let first = self.item_of(phrase.tokens.start);
        let last = self.item_of(phrase.tokens.end.saturating_sub(1));
        let left = self.word_at(first.checked_sub(1));
        let left_of_it = self.word_at(first.checked_sub(2));
        let right = self.symbol(last.saturating_add(1));
        let right_of_it = self.symbol(last.saturating_add(2));
        to.add(50, &[side, left]);
        to.add(51, &[side, left, left_of_it]);
        to.add(52, &[side, right]);
        to.add(53, &[side, right, right_of_it]);
        to.add(54, &[side, left, right]);
        to.add(55, &[side, left, distance]);
        to.add(56, &[side, right, distance]);
        to.add(57, &[side, kind, left]);
        to.add(58, &[self.token_hash(phrase.head)]);
        to.add(59, &[side, u64::from(phrase.possessive), right, distance]);
        to.add(60, &[u64::from(is_cue_noun(&folded(self.page.word(phrase.head)))), side, distance]);
        to.add(61, &[self.class(last.saturating_add(1)), self.class(first.wrapping_sub(1)), side, kind]);
        to.add(62, &[kind, bucket(phrase.tokens.len()), self.token_hash(phrase.tokens.start)]);
        let next = last.saturating_add(1 + usize::from(phrase.possessive && phrase.kind != PhraseKind::Pronoun));
        let claims = matches!(self.page.item(next), Item::Token(token) if is_cue_noun(&folded(self.page.word(token))));
        to.add(65, &[u64::from(claims), u64::from(phrase.possessive), side, distance]);
        let main = self.is_main_subject(first);
        to.add(66, &[u64::from(main), side, distance]);
        to.add(67, &[u64::from(main), side, kind]);
        let opens_sentence =
            first == 0 || self.ends_sentence(first.wrapping_sub(1)) || matches!(self.page.item(first.wrapping_sub(1)), Item::Piece(_));
        to.add(63, &[u64::from(opens_sentence), side, kind]);
        to.add(64, &[u64::from(opens_sentence), side, distance]);
    }

    /// Who spoke last, and how often the candidate is named.
    fn turn(&self, candidate: &Candidate, phrase: &Phrase, side: u64, edges: &Edges, last: Turn, to: &mut Collector) {
        let identity = |phrase: Option<usize>| phrase.and_then(|phrase| self.identity.get(phrase)).copied().unwrap_or(0);
        let own = identity(candidate.phrase);
        let same_phrase = last.phrase.is_some() && last.phrase == candidate.phrase;
        let same_person = own != 0 && own == identity(last.phrase);
        let state = u64::from(last.any) + 2 * u64::from(same_phrase) + 4 * u64::from(same_person);
        to.add(70, &[side, state]);
        to.add(71, &[side, state, u64::from(edges.at_start), edges.last_char]);
        to.add(72, &[side, state, edges.gap, bucket(candidate.rank)]);
        to.add(73, &[side, state, edges.before_class, edges.after_class]);
        to.add(74, &[side, state, u64::from(edges.alone), u64::from(edges.continues)]);
        let named = candidate.phrase.and_then(|phrase| self.frequency.get(phrase)).copied().unwrap_or(0);
        to.add(75, &[side, bucket(named as usize), self.kind(phrase)]);
        to.add(76, &[side, state, bucket(candidate.between.len()), edges.gap]);
    }
}

fn of_nobody(edges: &Edges, last: Turn, to: &mut Collector) {
    to.add(900, &[]);
    to.add(901, &[edges.length]);
    to.add(902, &[u64::from(edges.at_start), u64::from(last.any)]);
    to.add(903, &[edges.before]);
    to.add(904, &[edges.after]);
    to.add(905, &[edges.before, edges.before_that]);
    to.add(906, &[edges.after, edges.after_that]);
    to.add(907, &[edges.first_case, edges.last_char, edges.length]);
}

pub(super) fn side(side: Side) -> u64 {
    match side {
        Side::Before(blocks) => blocks as u64,
        Side::After(blocks) => 10 + blocks as u64,
        Side::Nobody => 20,
    }
}
