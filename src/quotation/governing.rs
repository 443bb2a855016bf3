//! The dependency tree tells which clause governs a piece: how a candidate's verb and the piece hang together.
//!
//! Trees are costly, so they are grown only for the sentences a piece begins and ends in, and only when the choice is close without.

use std::collections::BTreeMap;
use std::ops::Range;

use super::candidate::Candidate;
use super::features::{Collector, Features, Scene, bucket};
use super::page::hash;
use super::phrase::Phrase;
use crate::syntax::{Relation, Word};

/// The dependency trees grown so far, by sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Trees(BTreeMap<usize, Tree>);

/// The words of one sentence.
#[derive(Clone, Debug)]
struct Tree {
    /// Its tokens.
    tokens: Range<usize>,
    words: Vec<Word>,
}

/// How a candidate's governor and a piece hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// The candidate stands in another sentence than the piece.
    Apart,
    /// In the same one, but by no short way.
    Loose,
    /// The piece hangs on the candidate's governor.
    Governs,
    /// The candidate's governor hangs inside the piece (`"…", she said`).
    Inside,
    /// The piece hangs on something that hangs on the governor.
    Above,
    /// Both hang on one word.
    Siblings,
    /// The governor stands in the piece.
    Itself,
}

/// Steps up a tree that are followed.
const CLIMB: usize = 12;

impl Tree {
    fn word(&self, token: usize) -> Option<&Word> {
        token.checked_sub(self.tokens.start).and_then(|at| self.words.get(at))
    }

    fn head(&self, token: usize) -> Option<usize> {
        self.word(token).and_then(|word| word.head).map(|head| head as usize)
    }

    fn relation(&self, token: usize) -> Relation {
        self.word(token).map_or(Relation::Dep, |word| word.relation)
    }

    /// The first of `tokens` whose head lies outside them, marks last.
    fn root(&self, tokens: Range<usize>) -> usize {
        let leaves = |token: &usize| self.head(*token).is_none_or(|head| !tokens.contains(&head));
        let mut roots = tokens.clone().filter(leaves);
        let first = roots.clone().find(|&token| self.relation(token) != Relation::Punct);
        first.or_else(|| roots.next()).unwrap_or(tokens.start)
    }

    /// The words above a token, nearest first.
    fn climb(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(token), |&token| self.head(token)).take(CLIMB)
    }

    /// How the tokens of a piece and the word `governor` hang together.
    fn link(&self, part: &Range<usize>, governor: usize) -> Link {
        let root = self.root(part.clone());
        let above = self.head(root);
        if part.contains(&governor) {
            Link::Itself
        } else if above == Some(governor) {
            Link::Governs
        } else if self.head(governor).is_some_and(|head| part.contains(&head)) {
            Link::Inside
        } else if self.climb(root).any(|token| token == governor) {
            Link::Above
        } else if above.is_some() && above == self.head(governor) {
            Link::Siblings
        } else {
            Link::Loose
        }
    }
}

impl Trees {
    /// Grows the trees of the sentences in which a piece begins and ends, where they hold words of the reporter's.
    pub(super) fn grow(&mut self, scene: &Scene, piece: usize) {
        let tokens = scene.page.tokens_of_piece(piece);
        let ends = [tokens.start, tokens.end.saturating_sub(1)].map(|token| scene.page.sentence_at(token));
        for at in ends {
            let Some(sentence) = scene.page.text.sentences.get(at) else { continue };
            let reports = sentence.tokens.clone().any(|token| !tokens.contains(&token) && scene.page.shape(token).is_word());
            if reports && !self.0.contains_key(&at) {
                let words = crate::syntax::parse(scene.page.source, scene.page.text, sentence.tokens.clone());
                self.0.insert(at, Tree { tokens: sentence.tokens.clone(), words });
            }
        }
    }

    fn of(&self, scene: &Scene, token: usize) -> Option<&Tree> {
        self.0.get(&scene.page.sentence_at(token)).filter(|tree| tree.tokens.contains(&token))
    }
}

impl Scene<'_> {
    /// What the trees say of `candidate` as the speaker of `piece`.
    pub(super) fn of_trees(&self, trees: &Trees, piece: usize, candidate: &Candidate) -> Features {
        let mut to = Collector { features: Vec::with_capacity(8) };
        let side = super::features::side(candidate.side);
        match candidate.phrase.and_then(|phrase| self.phrases.get(phrase)) {
            None => to.add(309, &[]),
            Some(phrase) => match trees.of(self, phrase.head) {
                None => to.add(300, &[side]),
                Some(tree) => self.hanging(tree, piece, candidate, phrase, &mut to),
            },
        }
        to.features
    }

    fn hanging(&self, tree: &Tree, piece: usize, candidate: &Candidate, phrase: &Phrase, to: &mut Collector) {
        let (side, kind) = (super::features::side(candidate.side), self.kind(phrase));
        let root = tree.root(phrase.tokens.clone());
        let relation = tree.relation(root) as u64;
        let governor = tree.head(root);
        let cue = governor.and_then(|token| self.page.cue(token));
        let class = cue.map_or(0, |(_, class)| class as u64);
        let lemma = governor.map_or(0, |token| cue.map_or_else(|| self.token_hash(token), |(lemma, _)| hash(lemma)));
        let tokens = self.page.tokens_of_piece(piece);
        let part = tokens.start.max(tree.tokens.start)..tokens.end.min(tree.tokens.end);
        let link = match governor {
            _ if part.is_empty() => Link::Apart,
            None => Link::Loose,
            Some(governor) => tree.link(&part, governor),
        } as u64;
        let depth = governor.map_or(0, |governor| bucket(tree.climb(governor).count()));
        let own = governor.map_or(0, |governor| tree.relation(governor) as u64);
        to.add(301, &[side, relation, class, link]);
        to.add(302, &[side, link, kind]);
        to.add(303, &[relation, lemma, link]);
        to.add(304, &[side, relation, link, bucket(candidate.rank)]);
        to.add(305, &[side, relation, depth, link]);
        to.add(306, &[relation, own, class, link]);
        to.add(307, &[side, relation, kind]);
        to.add(308, &[link, class, bucket(candidate.between.len())]);
    }
}
