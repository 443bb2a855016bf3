//! Gold names become the name tagger's weights.

use super::super::document::Document;
use super::super::fine::Fine;
use super::super::form::Form;
use super::super::names::{LABELS, Label, View, history};
use super::Schedule;
use super::perceptron::{Perceptron, Random, best, quantised, sum};
use super::table;

/// One document: forms, predicted tags and gold labels of its tokens, and its sentences' ends.
#[derive(Debug, Default)]
pub(super) struct Example {
    pub(super) forms: Vec<Form>,
    pub(super) tags: Vec<Fine>,
    pub(super) labels: Vec<Label>,
    pub(super) ends: Vec<usize>,
}

/// Trains on `examples` and writes the table.
pub(super) fn train(examples: &[Example], schedule: &Schedule) -> Vec<u8> {
    let models = (0..schedule.models).map(|model| one(examples, schedule, model)).collect();
    table::write(&quantised(&sum(models), schedule.rows))
}

fn one(examples: &[Example], schedule: &Schedule, model: u64) -> std::collections::BTreeMap<u64, [f32; LABELS]> {
    let documents: Vec<Document<'_>> = examples.iter().map(|example| Document::new(&example.forms, &example.tags)).collect();
    let mut random = Random(schedule.seed + model);
    let mut perceptron = Perceptron::new();
    let mut order: Vec<(usize, usize)> =
        examples.iter().enumerate().flat_map(|(at, example)| (0..example.ends.len()).map(move |sentence| (at, sentence))).collect();
    for _ in 0..schedule.passes {
        random.shuffle(&mut order);
        for &(at, sentence) in &order {
            let ends = &examples[at].ends;
            let start = if sentence == 0 { 0 } else { ends[sentence - 1] };
            let gold = &examples[at].labels[start..ends[sentence]];
            learn(&mut perceptron, &View::new(&documents[at], start..ends[sentence]), gold, schedule.margin);
        }
    }
    perceptron.averaged(schedule.least)
}

fn learn(perceptron: &mut Perceptron<LABELS>, view: &View<'_>, gold: &[Label], margin: f32) {
    let mut labels: Vec<Label> = Vec::with_capacity(gold.len());
    let mut ids = Vec::new();
    for (at, &label) in gold.iter().enumerate() {
        let history = history(&labels);
        if view.plain(at, history[0]) {
            labels.push(Label::OUTSIDE);
            continue;
        }
        ids.clear();
        view.features(at, history, |hash| ids.push(perceptron.id(hash)));
        let last = at + 1 == gold.len();
        let fits = |class: usize| Label(class as u8).follows(history[0], last);
        let mut scores = perceptron.scores(&ids);
        let guess = best(&scores, fits);
        if fits(usize::from(label.0)) {
            scores[usize::from(label.0)] -= margin;
            let rival = best(&scores, fits);
            if rival != usize::from(label.0) {
                perceptron.update(&ids, usize::from(label.0), rival);
            }
        }
        perceptron.tick();
        labels.push(Label(guess as u8));
    }
}
