//! A configuration of the parser becomes the features of its next action, and an arc those of its relation.
//!
//! Features after Zhang and Nivre (2011), fitted to the arc-hybrid system, with clusters and what stands between two words.

use super::parser::Tagged;
use super::transition::{Configuration, Side};
use super::weights::feature;
use super::{Relation, Tag};

/// A word as features see it.
#[derive(Clone, Copy)]
struct Slot {
    word: u64,
    tag: u64,
    cluster: u64,
}

const NOTHING: Slot = Slot { word: 2, tag: 63, cluster: 0xFFFF };
const ROOT: Slot = Slot { word: 3, tag: 62, cluster: 0xFFFE };

impl Tagged<'_> {
    fn slot(&self, at: Option<u32>) -> Slot {
        let Some(at) = at.map(|at| at as usize) else { return NOTHING };
        match self.forms.get(at).zip(self.tags.get(at)) {
            Some((form, tag)) => Slot { word: form.lower, tag: tag.value(), cluster: form.entry.cluster() },
            None if at == self.tags.len() => ROOT,
            None => NOTHING,
        }
    }

    /// What stands between two words: commas, other marks, verbs, conjunctions, as bits.
    fn between(&self, low: Option<u32>, high: Option<u32>) -> u64 {
        let (Some(low), Some(high)) = (low, high) else { return 0xFF };
        let tags = self.tags.get(low as usize + 1..high as usize).unwrap_or_default();
        let tags = tags.get(..tags.len().min(FAR)).unwrap_or_default();
        tags.iter().fold(0, |bits, tag| {
            bits | match tag.tag() {
                Tag::Punct => 1,
                Tag::Verb | Tag::Aux => 2,
                Tag::Cconj => 4,
                Tag::Noun | Tag::Propn | Tag::Pron => 8,
                Tag::Sconj => 16,
                Tag::Adp => 32,
                _ => 0,
            }
        })
    }
}

/// How many words are looked at between two.
const FAR: usize = 24;

fn distance(low: Option<u32>, high: Option<u32>) -> u64 {
    let (Some(low), Some(high)) = (low, high) else { return 0 };
    match high.saturating_sub(low) {
        near @ 0..=4 => u64::from(near),
        5..=7 => 5,
        8..=12 => 6,
        _ => 7,
    }
}

fn relation(relation: Option<Relation>) -> u64 {
    relation.map_or(99, |relation| relation as u64)
}

fn valency(side: Side) -> u64 {
    u64::from(side.count.min(5))
}

/// Calls `emit` with each feature of the configuration's next action.
#[inline]
pub(super) fn action_features(sentence: Tagged<'_>, configuration: &Configuration, mut emit: impl FnMut(u64)) {
    let [at0, at1, at2] = [0, 1, 2].map(|depth| configuration.stacked(depth));
    let [front0, front1, front2] = [0, 1, 2].map(|ahead| Some(configuration.next + ahead));
    let [top, below, deep] = [at0, at1, at2].map(|at| sentence.slot(at));
    let [next, after, third] = [front0, front1, front2].map(|at| sentence.slot(at));
    let [node0, node1, node_next] = [at0, at1, front0].map(|at| configuration.node(at));
    let [left0, right0, right1, left1, left_next] =
        [node0.left.outer, node0.right.outer, node1.right.outer, node1.left.outer, node_next.left.outer]
            .map(|at| (sentence.slot(at), configuration.node(at).relation));
    let [inner0, inner1] = [node0.right.inner, node1.right.inner].map(|at| (sentence.slot(at), configuration.node(at).relation));
    let (gap, gap_below) = (distance(at0, front0), distance(at1, at0));
    let (between, between_below) = (sentence.between(at0, front0), sentence.between(at1, at0));
    let mut template = 200;
    let mut one = |values: [u64; 4]| {
        template += 1;
        emit(feature(template, values));
    };
    let root = u64::from(configuration.at_root());
    one([root, u64::from(at1.is_some()), 0, 0]);
    for slot in [top, below, next, after] {
        one([slot.word, slot.tag, 0, 0]);
        one([slot.word, 0, 0, 0]);
        one([slot.tag, 0, 0, 0]);
        one([slot.cluster, slot.tag, 0, 0]);
    }
    one([third.word, third.tag, 0, 0]);
    one([deep.tag, 0, 0, 0]);
    one([deep.word, deep.tag, 0, 0]);
    // The top of the stack and the next word.
    one([top.word, next.word, top.tag, next.tag]);
    one([top.word, next.word, 0, 0]);
    one([top.word, top.tag, next.tag, 0]);
    one([top.tag, next.tag, next.word, 0]);
    one([top.tag, next.tag, gap, between]);
    one([top.cluster, next.cluster, 0, 0]);
    one([top.tag, next.tag, after.tag, 0]);
    one([top.tag, next.tag, after.tag, third.tag]);
    one([top.tag, next.word, after.tag, 0]);
    one([top.tag, next.tag, after.word, 0]);
    // The two words on top of the stack.
    one([below.word, top.word, below.tag, top.tag]);
    one([below.word, top.word, 1, 0]);
    one([below.word, below.tag, top.tag, 0]);
    one([below.tag, top.tag, top.word, 0]);
    one([below.tag, top.tag, gap_below, between_below]);
    one([below.cluster, top.cluster, 1, 0]);
    one([below.tag, top.tag, next.tag, after.tag]);
    one([below.tag, top.tag, next.tag, 0]);
    one([below.word, top.tag, next.tag, 0]);
    one([below.tag, top.word, next.tag, 0]);
    one([below.tag, top.tag, next.word, 0]);
    one([below.word, top.word, next.word, 0]);
    one([below.cluster, top.tag, next.cluster, 0]);
    one([below.word, next.word, 2, 0]);
    one([below.tag, next.tag, next.word, 0]);
    one([deep.tag, below.tag, top.tag, next.tag]);
    one([deep.tag, below.tag, top.tag, 0]);
    // What the words have taken already.
    one([top.tag, next.tag, left0.0.tag, relation(left0.1)]);
    one([top.tag, next.tag, right0.0.tag, relation(right0.1)]);
    one([top.tag, next.tag, left_next.0.tag, relation(left_next.1)]);
    one([below.tag, top.tag, left0.0.tag, relation(left0.1)]);
    one([below.tag, top.tag, right0.0.tag, relation(right0.1)]);
    one([below.tag, top.tag, right1.0.tag, relation(right1.1)]);
    one([below.tag, top.tag, left1.0.tag, relation(left1.1)]);
    one([below.tag, top.tag, left0.0.word, 0]);
    one([below.word, top.tag, left0.0.word, 0]);
    one([below.tag, top.tag, next.tag, relation(left0.1)]);
    one([top.tag, inner0.0.tag, right0.0.tag, next.tag]);
    one([below.tag, inner1.0.tag, right1.0.tag, top.tag]);
    one([top.word, node0.left.relations, 0, 0]);
    one([top.tag, node0.left.relations, 0, 0]);
    one([top.word, node0.right.relations, 1, 0]);
    one([top.tag, node0.right.relations, next.tag, 1]);
    one([below.word, node1.right.relations, 2, top.tag]);
    one([below.tag, node1.right.relations, top.tag, 3]);
    one([below.tag, node1.left.relations, top.tag, 4]);
    one([next.tag, node_next.left.relations, top.tag, 5]);
    one([next.word, node_next.left.relations, 0, 6]);
    one([top.word, valency(node0.right), valency(node0.left), 7]);
    one([below.word, valency(node1.right), top.tag, 8]);
    one([next.tag, valency(node_next.left), top.tag, 9]);
    one([top.word, gap, next.tag, 0]);
    one([top.tag, gap, next.word, 0]);
    one([below.word, gap_below, top.tag, 1]);
    one([below.tag, gap_below, top.word, 1]);
    one([between, between_below, top.tag, next.tag]);
}

/// Calls `emit` with each feature of the relation of an arc about to be drawn.
#[inline]
pub(super) fn relation_features(sentence: Tagged<'_>, configuration: &Configuration, (head_at, at): (u32, u32), mut emit: impl FnMut(u64)) {
    let (head, word) = (sentence.slot(Some(head_at)), sentence.slot(Some(at)));
    let (head_node, node) = (configuration.node(Some(head_at)), configuration.node(Some(at)));
    let left = at < head_at;
    let side = u64::from(left);
    let same = if left { head_node.left } else { head_node.right };
    let [before, after] = [at.checked_sub(1), Some(at + 1)].map(|at| sentence.slot(at));
    let [before_head, after_head] = [head_at.checked_sub(1), Some(head_at + 1)].map(|at| sentence.slot(at));
    let [first_left, outer_left, outer_right] = [node.left.first, node.left.outer, node.right.outer].map(|at| sentence.slot(at));
    let [sibling, head_left] = [same.outer, head_node.left.outer].map(|at| (sentence.slot(at), configuration.node(at).relation));
    let (low, high) = (Some(at.min(head_at)), Some(at.max(head_at)));
    let (gap, between) = (distance(low, high), sentence.between(low, high));
    let mut template = 400;
    let mut one = |values: [u64; 4]| {
        template += 1;
        emit(feature(template, values));
    };
    one([side, 0, 0, 0]);
    one([head.tag, word.tag, side, 0]);
    one([head.word, word.word, side, 0]);
    one([head.word, word.tag, side, 0]);
    one([head.tag, word.word, side, 0]);
    one([word.word, side, 0, 0]);
    one([head.word, side, 1, 0]);
    one([word.cluster, head.tag, side, 0]);
    one([head.cluster, word.tag, side, 0]);
    one([head.cluster, word.cluster, side, 0]);
    one([head.tag, word.tag, gap, side]);
    one([head.tag, word.tag, between, side]);
    one([word.tag, before.tag, after.tag, side]);
    one([word.tag, before.word, side, 0]);
    one([word.tag, after.word, side, 1]);
    one([head.tag, word.tag, before_head.tag, after_head.tag]);
    one([head.tag, word.tag, before.tag, side]);
    one([head.tag, word.tag, after.tag, side]);
    one([word.tag, first_left.word, head.tag, side]);
    one([word.tag, outer_left.word, head.tag, side]);
    one([word.tag, outer_left.word, head.word, side]);
    one([word.word, outer_left.word, head.tag, side]);
    one([word.tag, outer_left.tag, outer_right.tag, head.tag]);
    one([word.tag, first_left.word, outer_left.word, side]);
    one([word.tag, node.left.relations, head.tag, side]);
    one([word.tag, node.right.relations, head.tag, side]);
    one([word.tag, node.left.relations, head.word, side]);
    one([node.left.relations, node.right.relations, word.tag, side]);
    one([head.tag, head_node.left.relations, word.tag, side]);
    one([head.tag, head_node.right.relations, word.tag, side]);
    one([head.word, same.relations, word.tag, side]);
    one([head.word, head_node.left.relations, word.tag, side]);
    one([head.tag, sibling.0.tag, relation(sibling.1), word.tag]);
    one([head.tag, head_left.0.word, relation(head_left.1), word.tag]);
    one([valency(same), head.tag, word.tag, side]);
    one([u64::from(node.left.count == 0), head.tag, word.word, side]);
}
