//! Gold names become the name tagger's weights.

use super::super::document::Document;
use super::super::fine::Fine;
use super::super::form::Form;
use super::super::names::{LABELS, Label, View, WIDTH, history};
use super::learner::{Counter, Learner, Schedule};

/// One document: forms, predicted tags and labels of its tokens (`None` where unknown), and its sentences' ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Example {
    pub(super) forms: Vec<Form>,
    pub(super) tags: Vec<Fine>,
    pub(super) labels: Vec<Option<Label>>,
    pub(super) ends: Vec<usize>,
}

/// Trains on `examples` and writes the network.
pub(super) fn train(examples: &[Example], schedule: &Schedule) -> Vec<u8> {
    let documents: Vec<Document<'_>> = examples.iter().map(|example| Document::new(&example.forms, &example.tags)).collect();
    let mut sentences: Vec<(View<'_>, &[Option<Label>])> = Vec::new();
    for (example, document) in examples.iter().zip(&documents) {
        let starts = [0].into_iter().chain(example.ends.iter().copied());
        let tokens = starts.zip(&example.ends).map(|(start, &end)| start..end);
        sentences.extend(tokens.map(|tokens| (View::new(document, tokens.clone()), &example.labels[tokens])));
    }
    let mut learner = Learner::<LABELS, WIDTH>::new(count(&sentences), schedule);
    for pass in 0..schedule.passes {
        learner.progress(pass as f32 / schedule.passes as f32);
        learner.random.shuffle(&mut sentences);
        sentences.iter().for_each(|(view, gold)| learn(&mut learner, view, gold));
    }
    learner.write()
}

fn count(sentences: &[(View<'_>, &[Option<Label>])]) -> Counter {
    let mut counter = Counter::default();
    for (view, gold) in sentences {
        let labels: Vec<Label> = gold.iter().map(|label| label.unwrap_or_default()).collect();
        for at in 0..gold.len() {
            let history = history(&labels[..at]);
            if !view.plain(at, history[0]) {
                view.features(at, history, |hash| counter.add(hash));
            }
        }
    }
    counter
}

fn learn(learner: &mut Learner<LABELS, WIDTH>, view: &View<'_>, gold: &[Option<Label>]) {
    let mut labels: Vec<Label> = Vec::with_capacity(gold.len());
    for (at, &label) in gold.iter().enumerate() {
        let history = history(&labels);
        if view.plain(at, history[0]) {
            labels.push(Label::OUTSIDE);
            continue;
        }
        learner.clear();
        view.features(at, history, |hash| learner.add(hash));
        let last = at + 1 == gold.len();
        let fits = |class: usize| Label(class as u8).follows(history[0], last);
        let guess = match label.map(|label| usize::from(label.0)).filter(|&label| fits(label)) {
            Some(label) => learner.learn(fits, |class| class == label).0,
            None => learner.guess(fits),
        };
        labels.push(Label(guess as u8));
    }
}
