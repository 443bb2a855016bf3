//! Gold trees become the parser's weights, with the dynamic oracle of Goldberg and Nivre (2013): the parser follows its own
//! choices while it learns, and is told from wherever it stands which actions lose no more of the tree.

use super::super::Relation;
use super::super::arcs::{action_features, relation_features};
use super::super::fine::Fine;
use super::super::form::Form;
use super::super::parser::{ACTION_WIDTH, ACTIONS, CLASSES, RELATION_WIDTH, RELATIONS, Tagged};
use super::super::transition::{Action, Configuration};
use super::learner::{Counter, Learner, Schedule};

/// One sentence: forms, predicted tags, gold heads (the number of words for the root) and relations.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub(super) forms: Vec<Form>,
    pub(super) tags: Vec<Fine>,
    pub(super) heads: Vec<u32>,
    pub(super) relations: Vec<Relation>,
}

/// Out of ten choices, how many follow the parser rather than the oracle after the first pass.
const EXPLORATION: u64 = 9;

struct Learners {
    actions: Learner<ACTIONS, ACTION_WIDTH>,
    relations: Learner<RELATIONS, RELATION_WIDTH>,
}

/// Trains on `examples` and writes the networks of actions and of relations.
pub(super) fn train(examples: &[Example], schedule: &Schedule, relations: &Schedule) -> (Vec<u8>, Vec<u8>) {
    let counters = count(examples);
    let mut learners = Learners { actions: Learner::new(counters.0, schedule), relations: Learner::new(counters.1, relations) };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut configuration = Configuration::default();
    for pass in 0..schedule.passes {
        let share = pass as f32 / schedule.passes as f32;
        learners.actions.progress(share);
        learners.relations.progress(share);
        learners.actions.random.shuffle(&mut order);
        order.iter().for_each(|&at| learners.sentence(&examples[at], pass > 0, &mut configuration));
    }
    (learners.actions.write(), learners.relations.write())
}

/// The features met on the way to the gold trees.
fn count(examples: &[Example]) -> (Counter, Counter) {
    let (mut actions, mut relations) = (Counter::default(), Counter::default());
    let mut configuration = Configuration::default();
    for example in examples {
        let tagged = Tagged { forms: &example.forms, tags: &example.tags };
        configuration.reset(example.tags.len());
        while !configuration.done() {
            action_features(tagged, &configuration, |hash| actions.add(hash));
            let allowed = Action::ALL.into_iter().filter(|&action| configuration.allows(action));
            let action = allowed.min_by_key(|&action| cost(example, &configuration, action)).unwrap_or(Action::Shift);
            match configuration.arc(action) {
                None => configuration.shift(),
                Some(arc) => {
                    relation_features(tagged, &configuration, arc, |hash| relations.add(hash));
                    configuration.attach(arc, example.relations[arc.1 as usize]);
                }
            }
        }
    }
    (actions, relations)
}

impl Learners {
    fn sentence(&mut self, example: &Example, explore: bool, configuration: &mut Configuration) {
        let tagged = Tagged { forms: &example.forms, tags: &example.tags };
        configuration.reset(example.tags.len());
        while !configuration.done() {
            let action = self.action(tagged, example, explore, configuration);
            match configuration.arc(action) {
                None => configuration.shift(),
                Some(arc) => {
                    let relation = self.relation(tagged, example, configuration, arc);
                    configuration.attach(arc, relation);
                }
            }
        }
    }

    fn action(&mut self, tagged: Tagged<'_>, example: &Example, explore: bool, configuration: &Configuration) -> Action {
        if configuration.stack.is_empty() {
            return Action::Shift;
        }
        let costs = Action::ALL.map(|action| if configuration.allows(action) { cost(example, configuration, action) } else { u32::MAX });
        let least = costs.into_iter().min().unwrap_or(0);
        self.actions.clear();
        action_features(tagged, configuration, |hash| self.actions.add(hash));
        let (guess, gold) = self.actions.learn(|class| costs[class] != u32::MAX, |class| costs[class] == least);
        let follow = explore && self.actions.random.next() % 10 < EXPLORATION;
        Action::ALL[if follow { guess } else { gold }]
    }

    fn relation(&mut self, tagged: Tagged<'_>, example: &Example, configuration: &Configuration, arc: (u32, u32)) -> Relation {
        let (head, dependent) = (arc.0, arc.1 as usize);
        if head as usize == example.tags.len() {
            return Relation::Root;
        }
        self.relations.clear();
        relation_features(tagged, configuration, arc, |hash| self.relations.add(hash));
        let allowed = |class: usize| class != Relation::Root as usize;
        let gold = example.relations[dependent] as usize;
        let known = example.heads[dependent] == head && allowed(gold);
        CLASSES[if known { self.relations.learn(allowed, |class| class == gold).0 } else { self.relations.guess(allowed) }]
    }
}

/// How many gold arcs an action makes unreachable.
fn cost(example: &Example, configuration: &Configuration, action: Action) -> u32 {
    let heads = &example.heads;
    let next = configuration.next;
    let ahead = |word: u32| word >= next;
    let Some(top) = configuration.stacked(0) else { return 0 };
    let head = heads[top as usize];
    let dependents_ahead = || heads.iter().enumerate().skip(next as usize).filter(|&(_, &head)| head == top).count() as u32;
    match action {
        Action::Left => u32::from(head != next && (configuration.stacked(1) == Some(head) || head > next)) + dependents_ahead(),
        Action::Right => u32::from(ahead(head)) + dependents_ahead(),
        Action::Shift => {
            let below = configuration.stack.iter().rev().skip(1).any(|&word| heads.get(next as usize) == Some(&word));
            let taken = configuration.stack.iter().filter(|&&word| heads[word as usize] == next).count() as u32;
            u32::from(below) + taken
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oracle_finds_the_gold_tree() {
        let heads = vec![1, 4, 1, 2, 6, 4];
        let example = Example { forms: Vec::new(), tags: vec![Fine(0); 6], heads: heads.clone(), relations: vec![Relation::Dep; 6] };
        let mut configuration = Configuration::default();
        configuration.reset(6);
        while !configuration.done() {
            let allowed = Action::ALL.into_iter().filter(|&action| configuration.allows(action));
            let action = allowed.min_by_key(|&action| cost(&example, &configuration, action)).unwrap();
            assert_eq!(cost(&example, &configuration, action), 0);
            match configuration.arc(action) {
                None => configuration.shift(),
                Some(arc) => configuration.attach(arc, Relation::Dep),
            }
        }
        let found: Vec<u32> = configuration.nodes.iter().filter_map(|node| node.head).collect();
        assert_eq!(found, heads);
    }
}
