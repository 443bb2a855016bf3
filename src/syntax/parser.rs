//! Tagged tokens of a sentence become its dependency tree: a greedy transition parser, with one network for the actions and
//! one for the relations.

use super::arcs;
use super::fine::Fine;
use super::form::Form;
use super::network::{Active, Network, best};
use super::transition::{Action, Configuration};
use super::{Relation, Word};

/// Actions.
pub(super) const ACTIONS: usize = 3;

/// Weights of a row of the action model: those of the actions, and the hidden layer's.
pub(super) const ACTION_WIDTH: usize = ACTIONS + 61;

/// Relations.
pub(super) const RELATIONS: usize = 44;

/// Weights of a row of the relation model.
pub(super) const RELATION_WIDTH: usize = RELATIONS + 36;

/// The relation of each class of the relation model, in the order of the enumeration.
#[rustfmt::skip]
pub(super) const CLASSES: [Relation; RELATIONS] = [
    Relation::Acl, Relation::AclRelcl, Relation::Advcl, Relation::Advmod, Relation::Amod, Relation::Appos, Relation::Aux,
    Relation::AuxPass, Relation::Case, Relation::Cc, Relation::Ccomp, Relation::Compound, Relation::CompoundPrt,
    Relation::Conj, Relation::Cop, Relation::Csubj, Relation::Dep, Relation::Det, Relation::Discourse, Relation::Dislocated,
    Relation::Expl, Relation::Fixed, Relation::Flat, Relation::Goeswith, Relation::Iobj, Relation::List, Relation::Mark,
    Relation::Nmod, Relation::NmodPoss, Relation::NmodUnmarked, Relation::Nsubj, Relation::NsubjPass, Relation::Nummod,
    Relation::Obj, Relation::Obl, Relation::OblAgent, Relation::OblUnmarked, Relation::Orphan, Relation::Parataxis,
    Relation::Punct, Relation::Reparandum, Relation::Root, Relation::Vocative, Relation::Xcomp,
];

/// A sentence as the parser sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tagged<'s> {
    pub(super) forms: &'s [Form],
    pub(super) tags: &'s [Fine],
}

/// The parser's weights.
#[derive(Clone, Debug)]
pub(super) struct Parser<'m> {
    actions: Network<'m, ACTIONS, ACTION_WIDTH>,
    relations: Network<'m, RELATIONS, RELATION_WIDTH>,
}

impl<'m> Parser<'m> {
    pub(super) fn read(actions: &'m [u8], relations: &'m [u8]) -> Self {
        Self { actions: Network::read(actions), relations: Network::read(relations) }
    }

    /// Gives heads and relations to the words of the sentence whose first token is number `base`; `configuration` is working space.
    pub(super) fn parse(&self, sentence: Tagged<'_>, base: usize, configuration: &mut Configuration, words: &mut [Word]) {
        configuration.reset(sentence.tags.len());
        while !configuration.done() {
            match configuration.arc(self.action(sentence, configuration)) {
                None => configuration.shift(),
                Some(arc) => configuration.attach(arc, self.relation(sentence, configuration, arc)),
            }
        }
        let root = u32::try_from(sentence.tags.len()).unwrap_or(u32::MAX);
        let base = u32::try_from(base).unwrap_or(u32::MAX);
        for (word, node) in words.iter_mut().zip(&configuration.nodes) {
            word.head = node.head.filter(|&head| head != root).map(|head| base.saturating_add(head));
            word.relation = node.relation.unwrap_or(Relation::Root);
        }
    }

    fn action(&self, sentence: Tagged<'_>, configuration: &Configuration) -> Action {
        if configuration.stack.is_empty() {
            return Action::Shift;
        }
        let mut active = Active::new();
        arcs::action_features(sentence, configuration, |hash| active.add(hash));
        let allowed = Action::ALL.map(|action| configuration.allows(action));
        let class = best(&self.actions.scores(&active), |class| allowed.get(class) == Some(&true));
        Action::ALL.get(class).copied().unwrap_or(Action::Shift)
    }

    fn relation(&self, sentence: Tagged<'_>, configuration: &Configuration, arc: (u32, u32)) -> Relation {
        if arc.0 as usize >= sentence.tags.len() {
            return Relation::Root;
        }
        let mut active = Active::new();
        arcs::relation_features(sentence, configuration, arc, |hash| active.add(hash));
        let class = best(&self.relations.scores(&active), |class| class != Relation::Root as usize);
        CLASSES.get(class).copied().unwrap_or(Relation::Dep)
    }
}
