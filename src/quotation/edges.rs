//! What stands at a piece's edges, and the features that tell speech from titles, nicknames and words kept at a distance.

use super::cue::CueClass;
use super::features::{Collector, Features, Scene, bucket};
use super::page::{Item, hash};
use crate::corpus::BlockKind;
use crate::syntax::Tag;
use crate::text::fold;

/// What stands at a piece's edges.
pub(super) struct Edges {
    pub(super) before: u64,
    pub(super) before_that: u64,
    pub(super) after: u64,
    pub(super) after_that: u64,
    pub(super) before_class: u64,
    pub(super) after_class: u64,
    pub(super) first_case: u64,
    pub(super) last_char: u64,
    pub(super) length: u64,
    pub(super) at_start: bool,
    pub(super) alone: bool,
    pub(super) continues: bool,
    /// How many steps lie between the piece before and this one.
    pub(super) gap: u64,
    /// The tokens of the reporting verbs nearest to it, before and after it in the same sentence.
    pub(super) cues: [Option<usize>; 2],
}

impl Scene<'_> {
    pub(super) fn edges(&self, piece: usize) -> Edges {
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
            cues: [self.nearest_cue((place.saturating_sub(30)..place).rev()), self.nearest_cue(place + 1..place + 20)],
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
            BlockKind::Title | BlockKind::Heading => 1,
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
