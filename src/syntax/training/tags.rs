//! Gold tags become the tagger's weights.

use super::super::fine::{FINE_TAGS, Fine, NO_TAG};
use super::super::form::Form;
use super::super::tagger::features;
use super::Schedule;
use super::perceptron::{Perceptron, Random, best, quantised, sum};
use super::table;

/// One sentence: the forms of its words and their tags.
pub(super) type Example = (Vec<Form>, Vec<Fine>);

/// Trains on `examples` and writes the table.
pub(super) fn train(examples: &[Example], schedule: &Schedule) -> Vec<u8> {
    let models = (0..schedule.models).map(|model| one(examples, schedule, model)).collect();
    table::write(&quantised(&sum(models), schedule.rows))
}

fn one(examples: &[Example], schedule: &Schedule, model: u64) -> std::collections::BTreeMap<u64, [f32; FINE_TAGS]> {
    let mut random = Random(schedule.seed + model);
    let mut perceptron = Perceptron::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..schedule.passes {
        random.shuffle(&mut order);
        for &at in &order {
            learn(&mut perceptron, &examples[at], schedule.margin);
        }
    }
    perceptron.averaged(schedule.least)
}

fn learn(perceptron: &mut Perceptron<FINE_TAGS>, (forms, gold): &Example, margin: f32) {
    let mut history = [NO_TAG; 2];
    let mut ids = Vec::new();
    for (at, tag) in gold.iter().enumerate() {
        ids.clear();
        features(forms, at, history, |hash| ids.push(perceptron.id(hash)));
        let mut scores = perceptron.scores(&ids);
        let gold = usize::from(tag.0);
        let guess = best(&scores, |_| true);
        scores[gold] -= margin;
        let rival = best(&scores, |_| true);
        if rival != gold {
            perceptron.update(&ids, gold, rival);
        }
        perceptron.tick();
        history = [Fine(guess as u8), history[0]];
    }
}
