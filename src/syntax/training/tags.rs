//! Gold tags become the tagger's weights.

use super::super::fine::{FINE_TAGS, Fine, NO_TAG};
use super::super::form::Form;
use super::super::tagger::{WIDTH, features, sure};
use super::learner::{Counter, Learner, Schedule};

/// One sentence: the forms of its words and their tags.
pub(super) type Example = (Vec<Form>, Vec<Fine>);

/// Trains on `examples` and writes the network.
pub(super) fn train(examples: &[&Example], schedule: &Schedule) -> Vec<u8> {
    let mut learner = Learner::<FINE_TAGS, WIDTH>::new(count(examples), schedule);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for pass in 0..schedule.passes {
        learner.progress(pass as f32 / schedule.passes as f32);
        learner.random.shuffle(&mut order);
        order.iter().for_each(|&at| learn(&mut learner, examples[at]));
    }
    learner.write()
}

fn count(examples: &[&Example]) -> Counter {
    let mut counter = Counter::default();
    for (forms, gold) in examples {
        let mut history = [NO_TAG; 2];
        for (at, &tag) in gold.iter().enumerate() {
            if sure(forms, at).is_none() {
                features(forms, at, history, |hash| counter.add(hash));
            }
            history = [tag, history[0]];
        }
    }
    counter
}

fn learn(learner: &mut Learner<FINE_TAGS, WIDTH>, (forms, gold): &Example) {
    let mut history = [NO_TAG; 2];
    for (at, tag) in gold.iter().enumerate() {
        let guess = sure(forms, at).unwrap_or_else(|| {
            learner.clear();
            features(forms, at, history, |hash| learner.add(hash));
            Fine(learner.learn(|_| true, |class| class == usize::from(tag.0)).0 as u8)
        });
        history = [guess, history[0]];
    }
}
