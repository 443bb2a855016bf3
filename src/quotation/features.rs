//! A piece and a candidate become hashed features; a piece alone becomes those that tell speech from names of things.
//!
//! Every feature is a place in one table of weights ([`super::scorer`]). What they look at: side and distance, the words and tags
//! between, the verb that goes with the candidate, the words at the piece's edges, the kind of phrase, who spoke last.

use super::candidate::{Candidate, Side};
use super::cue::{CueClass, is_cue_noun};
use super::page::{Item, Page, hash};
use super::phrase::{Phrase, PhraseKind};
use super::roles::{is_body_noun, is_person_noun};
use crate::syntax::{EntityKind, Tag};
use crate::text::fold;

/// Positions in the table of weights.
pub(super) type Features = Vec<u32>;

/// The table has two to this many places.
pub(super) const TABLE_BITS: u32 = 18;

/// Collects features.
struct Collector {
    features: Features,
}

impl Collector {
    fn add(&mut self, name: u64, parts: &[u64]) {
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

fn bucket(n: usize) -> u64 {
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
    fn token_hash(&self, token: usize) -> u64 {
        self.page.cells.get(token).map_or(0, |cell| cell.hash)
    }

    /// The step at `item` as a word: reporting verbs keep their lemma, names and numbers become one each.
    fn symbol(&self, item: usize) -> u64 {
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
    fn class(&self, item: usize) -> u64 {
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
    fn kind(&self, phrase: &Phrase) -> u64 {
        match phrase.kind {
            PhraseKind::Pronoun => self.token_hash(phrase.head),
            PhraseKind::Name(EntityKind::Person) => 11,
            PhraseKind::Name(EntityKind::Organization) => 12,
            PhraseKind::Name(EntityKind::Place) => 13,
            PhraseKind::Name(EntityKind::Other) => 14,
            PhraseKind::Nominal => 15,
        }
    }

    fn item_of(&self, token: usize) -> usize {
        self.page.item_of_token.get(token).copied().unwrap_or(usize::MAX)
    }

    /// The verb that follows a phrase, over adverbs, auxiliaries and what stands between commas: its token and the steps to it.
    pub(super) fn verb_after(&self, phrase: &Phrase) -> Option<usize> {
        let mut item = self.item_of(phrase.tokens.end.saturating_sub(1)).saturating_add(1);
        let mut walk = Walk::default();
        for _ in 0..LONGEST_WALK {
            let Item::Token(token) = self.page.item(item) else { return None };
            match walk.step(self.page, token) {
                Step::Verb => return Some(token),
                Step::On => item += 1,
                Step::Stop => return None,
            }
        }
        None
    }

    /// The reporting verb right before a phrase ("said Webb").
    pub(super) fn verb_before(&self, phrase: &Phrase) -> Option<usize> {
        let item = self.item_of(phrase.tokens.start).checked_sub(1)?;
        match self.page.item(item) {
            Item::Token(token) if self.page.cue(token).is_some() => Some(token),
            _ => None,
        }
    }

    fn word_at(&self, item: Option<usize>) -> u64 {
        item.map_or(7, |item| self.symbol(item))
    }

    /// The features of `candidate` as the speaker of `piece`.
    pub(super) fn of_candidate(&self, piece: usize, candidate: &Candidate, last: Turn) -> Features {
        let mut to = Collector { features: Vec::with_capacity(64) };
        match self.phrase(candidate) {
            Some(phrase) => self.of_phrase(piece, candidate, phrase, last, &mut to),
            None => self.of_nobody(piece, last, &mut to),
        }
        to.features
    }

    fn of_nobody(&self, piece: usize, last: Turn, to: &mut Collector) {
        let edges = self.edges(piece);
        to.add(900, &[]);
        to.add(901, &[edges.length]);
        to.add(902, &[u64::from(edges.at_start), u64::from(last.any)]);
        to.add(903, &[edges.before]);
        to.add(904, &[edges.after]);
        to.add(905, &[edges.before, edges.before_that]);
        to.add(906, &[edges.after, edges.after_that]);
        to.add(907, &[edges.first_case, edges.last_char, edges.length]);
    }

    fn of_phrase(&self, piece: usize, candidate: &Candidate, phrase: &Phrase, last: Turn, to: &mut Collector) {
        let edges = self.edges(piece);
        let side = side(candidate.side);
        let kind = self.kind(phrase);
        let distance = bucket(candidate.between.len());
        self.place(candidate, side, kind, distance, &edges, to);
        self.path(candidate, side, kind, to);
        self.verb(candidate, phrase, side, kind, to);
        self.surroundings(phrase, side, kind, distance, to);
        self.turn(candidate, phrase, side, &edges, last, to);
        self.governors(piece, phrase, side, kind, &edges, to);
    }

    /// Whether the phrase is the subject of the reporting verb nearest to the piece, before it or after it.
    fn governors(&self, piece: usize, phrase: &Phrase, side: u64, kind: u64, edges: &Edges, to: &mut Collector) {
        let place = self.page.item_of_piece.get(piece).copied().unwrap_or(0);
        let before = self.nearest_cue((place.saturating_sub(30)..place).rev());
        let after = self.nearest_cue(place + 1..place + 20);
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
    fn nearest_cue(&self, items: impl Iterator<Item = usize>) -> Option<usize> {
        items.take_while(|&item| !self.ends_sentence(item)).find_map(|item| match self.page.item(item) {
            Item::Token(token) if self.page.cue(token).is_some() => Some(token),
            _ => None,
        })
    }

    /// What a phrase's noun means: a person, a body, a text, or anything else.
    fn sense(&self, phrase: &Phrase) -> u64 {
        let noun = fold(self.page.word(phrase.head));
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
        let stops = self.count(candidate, |scene, item| scene.ends_sentence(item));
        let pieces = self.count(candidate, |scene, item| matches!(scene.page.item(item), Item::Piece(_)));
        let cues =
            self.count(candidate, |scene, item| matches!(scene.page.item(item), Item::Token(token) if scene.page.cue(token).is_some()));
        let commas =
            self.count(candidate, |scene, item| matches!(scene.page.item(item), Item::Token(token) if scene.page.word(token) == ","));
        to.add(16, &[side, bucket(stops)]);
        to.add(17, &[side, bucket(pieces)]);
        to.add(18, &[side, bucket(stops), bucket(pieces), rank]);
        to.add(19, &[side, bucket(cues), bucket(stops)]);
        to.add(20, &[side, bucket(stops), kind]);
        to.add(21, &[side, bucket(pieces), kind, edges.last_char]);
        to.add(22, &[side, bucket(commas), bucket(stops), bucket(pieces)]);
    }

    fn count(&self, candidate: &Candidate, is: impl Fn(&Self, usize) -> bool) -> usize {
        candidate.between.clone().take(120).filter(|&item| is(self, item)).count()
    }

    fn ends_sentence(&self, item: usize) -> bool {
        match self.page.item(item) {
            Item::Token(token) => matches!(self.page.word(token), "." | "!" | "?"),
            Item::Break => true,
            Item::Piece(_) => false,
        }
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
        let stops = self.count(candidate, |scene, item| scene.ends_sentence(item));
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
        to.add(60, &[u64::from(is_cue_noun(&fold(self.page.word(phrase.head)))), side, distance]);
        to.add(61, &[self.class(last.saturating_add(1)), self.class(first.wrapping_sub(1)), side, kind]);
        to.add(62, &[kind, bucket(phrase.tokens.len()), self.token_hash(phrase.tokens.start)]);
        let opens_sentence =
            first == 0 || self.ends_sentence(first.wrapping_sub(1)) || matches!(self.page.item(first.wrapping_sub(1)), Item::Piece(_));
        to.add(63, &[u64::from(opens_sentence), side, kind]);
        to.add(64, &[u64::from(opens_sentence), side, distance]);
    }

    /// Whether no noun, verb or pronoun stands before `item` in its sentence but in introductory phrases ("On Monday, ").
    fn is_main_subject(&self, first: usize) -> bool {
        let mut governed = true;
        for item in (first.saturating_sub(14)..first).rev() {
            if self.ends_sentence(item) || matches!(self.page.item(item), Item::Piece(_)) {
                return true;
            }
            let Item::Token(token) = self.page.item(item) else { return true };
            match self.page.tag(token) {
                Tag::Punct if self.page.word(token) == "," => governed = false,
                Tag::Cconj | Tag::Sconj | Tag::Adv if governed => {}
                _ if governed => return false,
                Tag::Verb | Tag::Aux if !self.page.word(token).ends_with("ing") => return false,
                _ => {}
            }
        }
        first == 0
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

/// Longest way from a subject to its verb, in steps.
const LONGEST_WALK: usize = 40;

/// The way from a subject to its verb.
#[derive(Default)]
struct Walk {
    in_apposition: bool,
    /// A preposition or "and" has been passed: a noun may follow.
    open: bool,
    steps: usize,
}

enum Step {
    Verb,
    On,
    Stop,
}

impl Walk {
    fn step(&mut self, page: &Page, token: usize) -> Step {
        self.steps += 1;
        match page.tag(token) {
            Tag::Verb if !self.in_apposition => Step::Verb,
            Tag::Punct if matches!(page.word(token), "," | "(" | ")" | "—" | "–" | "-") => {
                self.in_apposition = !self.in_apposition;
                Step::On
            }
            Tag::Punct => Step::Stop,
            _ if self.in_apposition => Step::On,
            Tag::Noun if page.cue(token).is_some() && !self.open => Step::Verb,
            Tag::Adv | Tag::Aux | Tag::Part => Step::On,
            Tag::Adp | Tag::Cconj => {
                self.open = true;
                Step::On
            }
            // "of the union", "from Oldham"
            Tag::Propn | Tag::Noun | Tag::Det | Tag::Num | Tag::Adj | Tag::Pron if self.open && self.steps < 12 => Step::On,
            _ => Step::Stop,
        }
    }
}

fn side(side: Side) -> u64 {
    match side {
        Side::Before(blocks) => blocks as u64,
        Side::After(blocks) => 10 + blocks as u64,
        Side::Nobody => 20,
    }
}

/// What stands at a piece's edges.
struct Edges {
    before: u64,
    before_that: u64,
    after: u64,
    after_that: u64,
    before_class: u64,
    after_class: u64,
    first_case: u64,
    last_char: u64,
    length: u64,
    at_start: bool,
    alone: bool,
    continues: bool,
    /// How many steps lie between the piece before and this one.
    gap: u64,
}

impl Scene<'_> {
    fn edges(&self, piece: usize) -> Edges {
        let place = self.page.item_of_piece.get(piece).copied().unwrap_or(0);
        let words = self.page.pieces.get(piece).map_or("", |piece| piece.span.slice(self.page.source));
        let at = |step: Option<usize>| self.word_at(step);
        let class = |step: Option<usize>| step.map_or(102, |step| self.class(step));
        let at_start = place == 0 || self.page.item(place - 1) == Item::Break;
        let at_end = self.page.item(place + 1) == Item::Break;
        let previous = piece.checked_sub(1).and_then(|piece| self.page.item_of_piece.get(piece)).copied();
        Edges {
            before: at(place.checked_sub(1)),
            before_that: at(place.checked_sub(2)),
            after: at(Some(place + 1)),
            after_that: at(Some(place + 2)),
            before_class: class(place.checked_sub(1)),
            after_class: class(Some(place + 1)),
            first_case: case(words),
            last_char: last_char(words),
            length: bucket(words.split_whitespace().take(60).count()),
            at_start,
            alone: at_start && at_end,
            continues: self.page.pieces.get(piece).is_some_and(|piece| piece.continues),
            gap: previous.map_or(20, |previous| bucket(place - previous - 1)),
        }
    }

    /// The features that tell a quotation from a title, a nickname or words kept at a distance.
    pub(super) fn of_piece(&self, piece: usize) -> Features {
        let mut to = Collector { features: Vec::with_capacity(32) };
        let edges = self.edges(piece);
        let place = self.page.item_of_piece.get(piece).copied().unwrap_or(0);
        let words = self.page.pieces.get(piece).map_or("", |piece| piece.span.slice(self.page.source));
        let capitals = words.split_whitespace().take(12).filter(|word| word.starts_with(char::is_uppercase)).count();
        let titled = bucket(capitals) * 16 + edges.length;
        to.add(200, &[]);
        to.add(201, &[edges.length]);
        to.add(202, &[edges.length, edges.first_case, edges.last_char]);
        to.add(203, &[edges.before]);
        to.add(204, &[edges.before, edges.before_that]);
        to.add(205, &[edges.after]);
        to.add(206, &[edges.after, edges.after_that]);
        to.add(207, &[edges.before_class, edges.after_class]);
        to.add(208, &[edges.before_class, edges.length]);
        to.add(209, &[edges.after_class, edges.length, edges.last_char]);
        to.add(210, &[titled]);
        to.add(211, &[titled, edges.before]);
        to.add(212, &[u64::from(edges.at_start), u64::from(edges.alone), edges.length]);
        to.add(213, &[edges.before_class, titled]);
        to.add(214, &[hash(words)]);
        for (name, from) in [(215, place.saturating_sub(6)..place), (216, place + 1..place + 7)] {
            self.cues_near(name, from, edges.length, &mut to);
        }
        let style =
            self.page.pieces.get(piece).map_or(0, |piece| piece.style as u64 * 4 + u64::from(piece.opened) * 2 + u64::from(piece.closed));
        to.add(219, &[style, edges.length]);
        let first = words.split_whitespace().next().map_or(0, |word| hash(&fold(word)));
        to.add(220, &[first, edges.length.min(4)]);
        let kind = self.page.pieces.get(piece).and_then(|piece| self.page.blocks.get(piece.block)).map_or(0, |block| match block.kind {
            crate::corpus::BlockKind::Title | crate::corpus::BlockKind::Heading => 1,
            _ => 2,
        });
        to.add(221, &[kind, edges.length]);
        to.features
    }

    /// The reporting verbs and nouns among `range`.
    fn cues_near(&self, name: u64, range: std::ops::Range<usize>, length: u64, to: &mut Collector) {
        let mut classes = 0_u64;
        for item in range {
            let Item::Token(token) = self.page.item(item) else { continue };
            if let Some((lemma, class)) = self.page.cue(token) {
                to.add(name, &[hash(lemma)]);
                classes |= 1 << (class as u64);
            } else if self.page.tag(token) == Tag::Verb || self.page.tag(token) == Tag::Noun {
                to.add(name + 10, &[self.token_hash(token)]);
            }
        }
        to.add(name + 20, &[classes, length]);
        to.add(name + 30, &[u64::from(classes & (1 << CueClass::Say as u64) != 0), length]);
    }
}

fn case(words: &str) -> u64 {
    match words.chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_lowercase() => 2,
        _ => 3,
    }
}

fn last_char(words: &str) -> u64 {
    words.chars().next_back().map_or(0, |c| if c.is_alphanumeric() { 1 } else { u64::from(c) })
}
