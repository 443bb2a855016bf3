//! Labelled questions become the classifier's weights: multinomial logistic regression, fitted by AdaGrad (Duchi, Hazan and Singer 2011).
//!
//! Seeded: the same questions give the same bytes.

use std::collections::BTreeMap;

use super::asking::Asking;
use super::classes::{CLASSES, class, class_of, coarse};
use super::classifier::softmax;
use super::features::features;
use super::wording::Wording;

const PASSES: usize = 14;
const RATE: f32 = 0.15;
/// Pull of the weights towards nothing.
const DECAY: f32 = 5e-4;
/// A weight below this share of the largest is left out of the model.
const LEAST: f32 = 0.04;
/// Questions a feature must occur in to be learned from.
const OFTEN: usize = 2;
const FOLDS: usize = 5;
const SEED: u64 = 20_021;

/// A question with its class.
#[derive(Clone, Debug)]
struct Example {
    class: usize,
    features: Vec<u32>,
}

/// What the training gives.
#[derive(Clone, Debug, Default)]
pub struct Trained {
    /// The model.
    pub bytes: Vec<u8>,
    /// How many questions it was learned from.
    pub questions: usize,
    /// Share of questions whose class was right in five-fold cross-validation, in per cent: of fifty classes, and of six.
    pub fine: f64,
    /// The same, of the six coarse classes.
    pub coarse: f64,
    /// The same, of answer types.
    pub types: f64,
}

/// Trains on lines of a label, a space and a tokenized question, and on questions as typed with their type of answer.
#[must_use]
pub fn train(lines: &str, typed: &[(String, String)]) -> Trained {
    let mut examples: Vec<Example> = lines.lines().filter_map(example).collect();
    examples.extend(typed.iter().filter_map(|(kind, question)| Some(described(class_of(kind)?, question))));
    shuffle(&mut examples, SEED);
    let (fine, coarse, types) = cross_validate(&examples);
    let bytes = encode(&fit(&examples));
    Trained { bytes, questions: examples.len(), fine, coarse, types }
}

fn example(line: &str) -> Option<Example> {
    let (label, question) = line.split_once(' ')?;
    Some(described(class(label)?, &as_typed(question)))
}

fn described(class: usize, question: &str) -> Example {
    let wording = Wording::new(question);
    let asking = Asking::find(&wording);
    Example { class, features: features(&wording, &asking) }
}

/// The question as people type it: marks and clitics moved up to their word.
fn as_typed(question: &str) -> String {
    let mut typed = question.trim().replace("`` ", "\"").replace(" ''", "\"");
    for mark in ["?", ".", ",", "!", ";", ":", "'s", "'re", "n't", "'ll", "'ve", "'d", "'m", "'"] {
        typed = typed.replace(&format!(" {mark} "), &format!("{mark} "));
        if let Some(start) = typed.strip_suffix(&format!(" {mark}")) {
            typed = format!("{start}{mark}");
        }
    }
    typed
}

/// Numbers that look random (Steele, Lea and Flood 2014: SplitMix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed;
    for last in (1..items.len()).rev() {
        items.swap(last, (next(&mut state) % (last as u64 + 1)) as usize);
    }
}

/// Fine, coarse and answer-type accuracy in per cent.
fn cross_validate(examples: &[Example]) -> (f64, f64, f64) {
    let (mut fine, mut by_coarse, mut types) = (0, 0, 0);
    for fold in 0..FOLDS {
        let outside: Vec<Example> =
            examples.iter().enumerate().filter(|(at, _)| at % FOLDS != fold).map(|(_, example)| example.clone()).collect();
        let weights = fit(&outside);
        for example in examples.iter().skip(fold).step_by(FOLDS) {
            let found = weights.best(&example.features);
            fine += usize::from(found == example.class);
            by_coarse += usize::from(coarse(found) == coarse(example.class));
            types += usize::from(CLASSES.get(found).map(|class| class.1) == CLASSES.get(example.class).map(|class| class.1));
        }
    }
    let share = |count: usize| 100.0 * count as f64 / examples.len().max(1) as f64;
    (share(fine), share(by_coarse), share(types))
}

/// Weights while they are learned.
#[derive(Clone, Debug, Default)]
struct Weights {
    index: BTreeMap<u32, usize>,
    rows: Vec<[f32; CLASSES.len()]>,
    /// Sums of squared gradients, for each weight.
    squares: Vec<[f32; CLASSES.len()]>,
    /// The mean of the weights over the later passes, which generalizes better than the last.
    means: Vec<[f32; CLASSES.len()]>,
}

impl Weights {
    fn ids(&self, features: &[u32]) -> Vec<usize> {
        features.iter().filter_map(|hash| self.index.get(hash).copied()).collect()
    }

    fn scores(&self, ids: &[usize]) -> [f32; CLASSES.len()] {
        let mut scores = [0.0; CLASSES.len()];
        for row in ids.iter().filter_map(|&id| self.rows.get(id)) {
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += weight;
            }
        }
        scores
    }

    fn best(&self, features: &[u32]) -> usize {
        let scores = self.scores(&self.ids(features));
        let best = scores.iter().enumerate().max_by(|(one, a), (two, b)| a.total_cmp(b).then(two.cmp(one)));
        best.map_or(0, |(class, _)| class)
    }

    fn largest(&self) -> f32 {
        self.rows.iter().flatten().map(|weight| weight.abs()).fold(1e-6, f32::max)
    }

    /// Drops the weights that say little, so that the figures are those of the model as written.
    fn prune(&mut self) {
        let least = LEAST * self.largest();
        self.rows.iter_mut().flatten().filter(|weight| weight.abs() < least).for_each(|weight| *weight = 0.0);
    }

    /// Takes the weights into their mean, as number `count`.
    fn remember(&mut self, count: usize) {
        let share = 1.0 / count as f32;
        for (mean, weight) in self.means.iter_mut().flatten().zip(self.rows.iter().flatten()) {
            *mean += share * (weight - *mean);
        }
    }

    /// One step down the gradient of the log loss of one question.
    fn learn(&mut self, ids: &[usize], class: usize) {
        let mut gradient = softmax(self.scores(ids));
        if let Some(right) = gradient.get_mut(class) {
            *right -= 1.0;
        }
        for &id in ids {
            let (Some(row), Some(squares)) = (self.rows.get_mut(id), self.squares.get_mut(id)) else { continue };
            for ((weight, square), slope) in row.iter_mut().zip(squares).zip(gradient) {
                let slope = slope + DECAY * *weight;
                *square += slope * slope;
                *weight -= RATE * slope / (1e-3 + *square).sqrt();
            }
        }
    }
}

fn fit(examples: &[Example]) -> Weights {
    let mut weights = Weights::default();
    let mut occurrences: BTreeMap<u32, usize> = BTreeMap::new();
    for hash in examples.iter().flat_map(|example| &example.features) {
        *occurrences.entry(*hash).or_default() += 1;
    }
    let frequent = occurrences.into_iter().filter(|(_, times)| *times >= OFTEN || examples.len() < 50);
    weights.index = frequent.enumerate().map(|(id, (hash, _))| (hash, id)).collect();
    weights.rows = vec![[0.0; CLASSES.len()]; weights.index.len()];
    weights.squares = weights.rows.clone();
    weights.means = weights.rows.clone();
    let known: Vec<(Vec<usize>, usize)> = examples.iter().map(|example| (weights.ids(&example.features), example.class)).collect();
    let mut order: Vec<usize> = (0..known.len()).collect();
    for pass in 0..PASSES {
        shuffle(&mut order, SEED + pass as u64);
        for (ids, class) in order.iter().filter_map(|&at| known.get(at)) {
            weights.learn(ids, *class);
        }
        if pass >= PASSES / 2 {
            weights.remember(pass + 1 - PASSES / 2);
        }
    }
    weights.rows.clone_from(&weights.means);
    weights.prune();
    weights
}

/// The model as [`super::classifier`] reads it.
fn encode(weights: &Weights) -> Vec<u8> {
    let step = weights.largest() / 127.0;
    let (mut table, mut values, mut count) = (Vec::new(), Vec::new(), 0_u32);
    let mut rows = 0_u32;
    for (hash, &id) in &weights.index {
        let row = weights.rows.get(id).map_or(&[][..], |row| &row[..]);
        let kept: Vec<(usize, f32)> = row.iter().copied().enumerate().filter(|(_, weight)| *weight != 0.0).collect();
        if kept.is_empty() {
            continue;
        }
        table.extend(hash.to_le_bytes());
        table.extend(count.to_le_bytes());
        for (class, weight) in kept {
            values.extend([class as u8, ((weight / step).round() as i8).cast_unsigned()]);
            count += 1;
        }
        rows += 1;
    }
    let mut bytes = Vec::with_capacity(8 + table.len() + values.len());
    bytes.extend(rows.to_le_bytes());
    bytes.extend(step.to_bits().to_le_bytes());
    bytes.extend(table);
    bytes.extend(values);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::classifier::Classifier;

    const QUESTIONS: &str =
        "HUM:ind Who built the boat ?\nLOC:city What city has a pier ?\nHUM:ind Who sailed the boat ?\nLOC:city What city has a dock ?";

    #[test]
    fn what_is_learned_is_read_back() {
        let trained = train(QUESTIONS, &[]);
        let model = Classifier::read(&trained.bytes);
        let wording = Wording::new("Who sank the boat?");
        let probabilities = model.probabilities(&features(&wording, &Asking::find(&wording)));
        let best = probabilities.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(class, _)| class);
        assert_eq!(best, class("HUM:ind"));
    }

    #[test]
    fn the_same_questions_give_the_same_bytes() {
        assert_eq!(train(QUESTIONS, &[]).bytes, train(QUESTIONS, &[]).bytes);
    }

    #[test]
    fn tokenized_questions_are_read_as_typed() {
        assert_eq!(as_typed("What 's the boat 's name , and `` why '' ?"), "What's the boat's name, and \"why\"?");
    }
}
