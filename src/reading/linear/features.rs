//! A span, its sentence and a question become features of a log-linear model.
//!
//! A span's features are those of its first word, those of its last word, and those of the whole, so that the first two are
//! computed once a word. Features are hashed into a fixed table; each counts alone and together with the answer type, the
//! wording that asks, and the focus.

use std::ops::Range;

use super::SLOTS;
use crate::reading::sought::Sought;
use crate::reading::view::{Cell, View};
use crate::syntax::{EntityKind, Relation, Tag};
use crate::text::{Shape, stem};

/// Longest span read, in tokens.
pub(crate) const LONGEST: usize = 12;

/// Takes features one by one.
pub(crate) trait Sink {
    /// A feature's place in the table of weights.
    fn take(&mut self, slot: u32);
}

impl Sink for Vec<u32> {
    fn take(&mut self, slot: u32) {
        self.push(slot);
    }
}

/// A sentence as the model sees it.
#[derive(Debug)]
pub(crate) struct Frame<'v> {
    view: &'v View<'v>,
    sought: &'v Sought,
    tokens: Range<usize>,
    words: Vec<u32>,
    quantities: Vec<(Range<usize>, u32)>,
    asked: [u32; 3],
    left: Vec<u32>,
    right: Vec<u32>,
    ways: Vec<u32>,
    agreements: Vec<u32>,
}

/// Mixes numbers into one (the finalizer of MurmurHash3, <https://github.com/aappleby/smhasher>).
fn mix(values: &[u32]) -> u32 {
    values.iter().fold(0x9e37_79b9, |hash, &value| {
        let mut mixed = hash ^ value.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
        mixed = mixed.rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64);
        mixed ^= mixed >> 16;
        mixed = mixed.wrapping_mul(0x85eb_ca6b);
        mixed ^ (mixed >> 13)
    })
}

/// A word as a number (FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>).
pub(crate) fn number(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn bucket(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        _ => 9,
    }
}

const FIRST: u32 = 1_000;
const LAST: u32 = 2_000;
const WHOLE: u32 = 3_000;
const NOTHING: u32 = 77;

impl<'v> Frame<'v> {
    /// Looks at one sentence.
    pub(crate) fn new(view: &'v View<'v>, sought: &'v Sought, tokens: Range<usize>) -> Self {
        let words = view.cells(tokens.clone()).iter().map(|cell| number(&cell.word)).collect();
        let asked = [sought.answer_type as u32 + 1, number(&sought.asking.wording), number(sought.focus_head().unwrap_or("-"))];
        let (left, right) = distances(view.cells(tokens.clone()));
        let quantities = quantities(view, &tokens);
        let mut frame =
            Self { view, sought, tokens: tokens.clone(), words, quantities, asked, left, right, ways: vec![], agreements: vec![] };
        frame.ways = tokens.clone().map(|position| frame.way_to_match(position)).collect();
        frame.agreements = tokens.map(|position| frame.agreement(position)).collect();
        frame
    }

    /// The spans read: up to [`LONGEST`] tokens, not beginning or ending with punctuation that is no part of a word.
    pub(crate) fn spans(&self) -> Vec<Range<usize>> {
        let edge = |position: usize| self.cell(position).is_some_and(|cell| cell.shape.is_word() || cell.shape == Shape::Symbol);
        let opens =
            |position: usize| edge(position) && self.cell(position).is_some_and(|cell| !matches!(cell.word.as_str(), "'s" | "n't" | "%"));
        let starts = self.tokens.clone().filter(|&start| opens(start));
        starts
            .flat_map(|start| (start + 1..=(start + LONGEST).min(self.tokens.end)).map(move |end| start..end))
            .filter(|span| span.end.checked_sub(1).is_some_and(edge))
            .collect()
    }

    fn cell(&self, position: usize) -> Option<&Cell> {
        if self.tokens.contains(&position) { self.view.cells.get(position) } else { None }
    }

    fn tag(&self, position: Option<usize>) -> u32 {
        position.and_then(|position| self.cell(position)).map_or(NOTHING, |cell| cell.tag as u32)
    }

    fn word(&self, position: Option<usize>) -> u32 {
        position.and_then(|position| position.checked_sub(self.tokens.start)).and_then(|at| self.words.get(at)).copied().unwrap_or(NOTHING)
    }

    fn near(list: &[u32], at: usize) -> u32 {
        list.get(at).copied().unwrap_or(NOTHING)
    }

    /// Hands over one feature alone and together with what is asked.
    fn give(&self, sink: &mut impl Sink, template: u32, one: u32, other: u32) {
        let base = mix(&[template, one, other]);
        sink.take(base & SLOTS);
        for (kind, asked) in (1..).zip(self.asked.iter().take(2)) {
            sink.take(mix(&[base, kind, *asked]) & SLOTS);
        }
    }

    /// Hands over a feature of single words alone and with the answer type: rare words and rare wordings together say nothing.
    fn give_word(&self, sink: &mut impl Sink, template: u32, one: u32, other: u32) {
        let base = mix(&[template, one, other]);
        sink.take(base & SLOTS);
        sink.take(mix(&[base, 1, self.asked[0]]) & SLOTS);
    }

    /// The features of a first word.
    pub(crate) fn first(&self, position: usize, sink: &mut impl Sink) {
        let before = position.checked_sub(1);
        let shape = self.cell(position).map_or(NOTHING, |cell| cell.shape as u32);
        let relation = self.cell(position).map_or(NOTHING, |cell| cell.relation as u32);
        let at = position - self.tokens.start;
        let (tag, tag_before) = (self.tag(Some(position)), self.tag(before));
        self.give_word(sink, FIRST, self.word(Some(position)), 0);
        self.give_word(sink, FIRST + 1, self.word(before), 0);
        self.give(sink, FIRST + 2, tag, tag_before);
        self.give(sink, FIRST + 3, tag, self.tag(Some(position + 1)));
        self.give(sink, FIRST + 4, shape, relation);
        self.give(sink, FIRST + 5, self.border(position, true), 0);
        self.give(sink, FIRST + 6, Self::near(&self.left, at), 0);
        self.give(sink, FIRST + 7, Self::near(&self.right, at), 0);
        self.give(sink, FIRST + 8, self.matched(Some(position)), self.matched(before));
        self.give_word(sink, FIRST + 9, self.word(before), tag);
        self.give_word(sink, FIRST + 10, self.word(before), self.word(before.and_then(|before| before.checked_sub(1))));
    }

    /// The features of a last word.
    pub(crate) fn last(&self, position: usize, sink: &mut impl Sink) {
        let after = Some(position + 1);
        let shape = self.cell(position).map_or(NOTHING, |cell| cell.shape as u32);
        let relation = self.cell(position).map_or(NOTHING, |cell| cell.relation as u32);
        let at = position - self.tokens.start;
        let tag = self.tag(Some(position));
        self.give_word(sink, LAST, self.word(Some(position)), 0);
        self.give_word(sink, LAST + 1, self.word(after), 0);
        self.give(sink, LAST + 2, tag, self.tag(after));
        self.give(sink, LAST + 3, tag, self.tag(position.checked_sub(1)));
        self.give(sink, LAST + 4, shape, relation);
        self.give(sink, LAST + 5, self.border(position, false), 0);
        self.give(sink, LAST + 6, Self::near(&self.left, at), 0);
        self.give(sink, LAST + 7, Self::near(&self.right, at), 0);
        self.give(sink, LAST + 8, self.matched(Some(position)), self.matched(after));
        self.give_word(sink, LAST + 9, self.word(after), tag);
    }

    /// The features of a whole span.
    pub(crate) fn whole(&self, span: &Range<usize>, sink: &mut impl Sink) {
        let (governor, heads) = self.view.governor(span);
        let Some(head) = self.cell(governor) else { return };
        let (tag, relation) = (head.tag as u32, head.relation as u32);
        let length = span.len() as u32;
        self.give(sink, WHOLE, length, 0);
        self.give(sink, WHOLE + 1, tag, bucket(span.len()));
        self.give(sink, WHOLE + 2, tag, relation);
        self.give(sink, WHOLE + 3, heads.min(3) as u32, u32::from(self.is_closed(span)));
        self.give(sink, WHOLE + 4, self.name(span), 0);
        self.give(sink, WHOLE + 5, self.quantity(span), 0);
        self.give(sink, WHOLE + 6, self.repeats(span), u32::from(span.len() > 3));
        self.give(sink, WHOLE + 7, self.faults(span), 0);
        let at = |position: usize| position.saturating_sub(self.tokens.start);
        self.give(sink, WHOLE + 8, Self::near(&self.ways, at(governor)), 0);
        self.give(sink, WHOLE + 9, Self::near(&self.agreements, at(governor)), relation);
        self.give(sink, WHOLE + 10, self.focus(span, governor), 0);
        self.give(sink, WHOLE + 11, self.shape(span), 0);
        self.give(
            sink,
            WHOLE + 12,
            Self::near(&self.left, at(span.start)).min(Self::near(&self.right, at(span.end - 1))),
            u32::from(heads == 1),
        );
        sink.take(mix(&[WHOLE + 13, self.word(Some(governor)), self.asked[2]]) & SLOTS);
        sink.take(mix(&[WHOLE + 14, tag, self.name(span), self.asked[2]]) & SLOTS);
        sink.take(mix(&[WHOLE + 15, self.quantity(span), self.asked[2]]) & SLOTS);
    }

    /// Where a name begins or ends relative to the word.
    fn border(&self, position: usize, start: bool) -> u32 {
        let Some(mention) = self.view.mention(position) else { return 0 };
        let at_border = if start { mention.tokens.start == position } else { mention.tokens.end == position + 1 };
        1 + 2 * (mention.kind as u32) + u32::from(at_border)
    }

    fn matched(&self, position: Option<usize>) -> u32 {
        let term =
            position.and_then(|position| self.cell(position)).and_then(|cell| cell.term).and_then(|term| self.sought.terms.get(term));
        term.map_or(0, |term| 1 + u32::from(term.name) + 2 * u32::from(term.focus))
    }

    /// Whether the span is everything that hangs on its head.
    fn is_closed(&self, span: &Range<usize>) -> bool {
        let leaves = |position: usize| self.cell(position).and_then(|cell| cell.head).is_some_and(|head| span.contains(&head));
        let reaches = |position: usize| self.cell(position).is_some_and(|cell| cell.tag != Tag::Punct) && leaves(position);
        !(span.start.checked_sub(1).is_some_and(reaches) || reaches(span.end))
    }

    /// Which kind of name the span is, or holds, or cuts.
    fn name(&self, span: &Range<usize>) -> u32 {
        let kind = |kind: EntityKind| kind as u32;
        let inside: Vec<_> = span.clone().filter_map(|position| self.view.mention(position)).collect();
        let Some(first) = inside.first() else { return 0 };
        if first.tokens == *span {
            return 10 + kind(first.kind);
        }
        if inside.iter().any(|mention| mention.tokens.start < span.start || mention.tokens.end > span.end) {
            return 20;
        }
        let more = inside.iter().any(|mention| mention.tokens != first.tokens);
        30 + kind(first.kind) + 10 * u32::from(more)
    }

    /// Which kind of quantity the span is, or holds.
    fn quantity(&self, span: &Range<usize>) -> u32 {
        let same = |(place, kind): &&(Range<usize>, u32)| (*place == *span).then_some(*kind);
        let within = |(place, kind): &(Range<usize>, u32)| (span.start <= place.start && place.end <= span.end).then_some(*kind);
        let cut = |(place, _): &(Range<usize>, u32)| place.start < span.end && span.start < place.end;
        if let Some(kind) = self.quantities.iter().find_map(|quantity| same(&quantity)) {
            return 10 + kind;
        }
        if let Some(kind) = self.quantities.iter().find_map(within) {
            return 30 + kind;
        }
        u32::from(self.quantities.iter().any(cut))
    }

    /// How much of the span stands in the question already.
    fn repeats(&self, span: &Range<usize>) -> u32 {
        let cells = self.view.cells(span.clone());
        let matched = cells.iter().filter(|cell| cell.term.is_some()).count();
        let content =
            cells.iter().filter(|cell| matches!(cell.tag, Tag::Noun | Tag::Propn | Tag::Verb | Tag::Adj | Tag::Num)).count().max(1);
        match (matched, matched * 4 / content) {
            (0, _) => 0,
            (_, quarters) => 1 + quarters.min(4) as u32,
        }
    }

    /// Unpaired marks, commas, verbs, sentence-like material inside.
    fn faults(&self, span: &Range<usize>) -> u32 {
        let cells = self.view.cells(span.clone());
        let marks = cells.iter().filter(|cell| cell.shape == Shape::Quote).count() % 2;
        let opened = cells.iter().filter(|cell| cell.word == "(").count();
        let closed = cells.iter().filter(|cell| cell.word == ")").count();
        let comma = cells.iter().any(|cell| matches!(cell.word.as_str(), "," | ";" | ":"));
        let verb = cells.iter().any(|cell| cell.tag == Tag::Verb && !matches!(cell.relation, Relation::Amod | Relation::Compound));
        (marks as u32) + 2 * u32::from(opened != closed) + 4 * u32::from(comma) + 8 * u32::from(verb)
    }

    /// The dependency path from the span's head up to the first matched word, or over the head's head down to a matched sibling.
    fn way_to_match(&self, governor: usize) -> u32 {
        let mut way = vec![];
        let mut position = governor;
        for _ in 0..3 {
            let Some(cell) = self.cell(position) else { break };
            way.push(cell.relation as u32);
            let Some(head) = cell.head.filter(|head| self.tokens.contains(head)) else { break };
            if self.matched(Some(head)) > 0 {
                way.push(100 + self.tag(Some(head)));
                return mix(&way);
            }
            if let Some(sibling) = self.matched_child(head, position) {
                way.push(200 + sibling);
                return mix(&way);
            }
            position = head;
        }
        self.matched_child(governor, governor).map_or(1, |child| mix(&[300 + child]))
    }

    /// The relation of a matched word that hangs on `head`, other than `except`.
    fn matched_child(&self, head: usize, except: usize) -> Option<u32> {
        let hangs = |position: &usize| {
            *position != except && self.cell(*position).is_some_and(|cell| cell.head == Some(head) && cell.term.is_some())
        };
        self.tokens.clone().find(hangs).and_then(|position| self.cell(position)).map(|cell| cell.relation as u32)
    }

    /// Whether the span hangs on the verb the question word hangs on, and how that one does.
    fn agreement(&self, governor: usize) -> u32 {
        let Some(verb) = &self.sought.asking.verb else { return 0 };
        let head = self.cell(governor).and_then(|cell| cell.head).and_then(|head| self.cell(head));
        let same = head.is_some_and(|cell| cell.word.as_bytes().first() == verb.as_bytes().first() && stem(&cell.word) == *verb);
        let verbal = head.is_some_and(|cell| matches!(cell.tag, Tag::Verb | Tag::Aux));
        mix(&[self.sought.asking.relation as u32, u32::from(same), u32::from(verbal)])
    }

    /// Whether the span is, counts, describes or touches what the question asks for.
    fn focus(&self, span: &Range<usize>, governor: usize) -> u32 {
        let is_focus = |position: usize| {
            self.cell(position).and_then(|cell| cell.term).and_then(|term| self.sought.terms.get(term)).is_some_and(|term| term.focus)
        };
        let head = self.cell(governor).and_then(|cell| cell.head);
        u32::from(is_focus(governor))
            + 2 * u32::from(head.is_some_and(is_focus))
            + 4 * u32::from(is_focus(span.end))
            + 8 * u32::from(span.start.checked_sub(1).is_some_and(is_focus))
            + 16 * u32::from(span.clone().any(is_focus))
    }

    /// The tags of a short span, the outer ones of a long one.
    fn shape(&self, span: &Range<usize>) -> u32 {
        let tags: Vec<u32> = span.clone().map(|position| self.tag(Some(position))).collect();
        match tags.as_slice() {
            [first, second, .., third, fourth] if tags.len() > 4 => mix(&[99, *first, *second, *third, *fourth]),
            all => mix(all),
        }
    }
}

/// For each word, how far the nearest matched word is on its left and on its right.
fn distances(cells: &[Cell]) -> (Vec<u32>, Vec<u32>) {
    let sweep = |order: &mut dyn Iterator<Item = &Cell>| {
        let mut since = usize::MAX;
        let step = |cell: &Cell| {
            let here = bucket(since);
            since = if cell.term.is_some() { 0 } else { since.saturating_add(1) };
            here
        };
        order.map(step).collect::<Vec<u32>>()
    };
    let left = sweep(&mut cells.iter());
    let mut right = sweep(&mut cells.iter().rev());
    right.reverse();
    (left, right)
}

/// The quantities of a sentence as token ranges with the kind of each.
fn quantities(view: &View<'_>, tokens: &Range<usize>) -> Vec<(Range<usize>, u32)> {
    let found = view.amounts.iter().filter(|amount| tokens.contains(&amount.tokens.start));
    found.map(|amount| (amount.tokens.clone(), amount.kind as u32)).collect()
}
