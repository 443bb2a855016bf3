//! Questions with their answers become the weights of the linear reader.
//!
//! Log-linear over all spans of the best sentences, as the reader reads them; gradient steps scaled by Adagrad (Duchi, Hazan and
//! Singer, 2011). Everything here is a function of the lessons and their order: the command that trains picks the order by a seed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::features::{Frame, number};
use super::model::{Model, SENTENCE_WEIGHTS};
use super::{SENTENCES, SLOTS, Worth, kind, rank, read};
use crate::question::Question;
use crate::reading::evidence::FIGURES;
use crate::reading::sought::Sought;
use crate::reading::view::View;
use crate::reading::{Candidate, Look};
use crate::retrieval::Passage;
use crate::span::Span;
use crate::text::{fold, stem};

/// A question, the passages to read, and where in them the answers stand.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The question.
    pub question: Question,
    /// The passages.
    pub passages: Vec<Passage>,
    /// Right answers: position of the passage, and the place in bytes of its document.
    pub answers: Vec<(usize, Span)>,
}

/// Learns the weights of the linear reader.
#[derive(Debug)]
pub struct Trainer {
    model: Model,
    table: Vec<f32>,
    steps: Vec<f32>,
    /// Sums of all values a weight has had, one a lesson, up to the lesson in `since`.
    sums: Vec<f32>,
    since: Vec<u32>,
    lessons: u32,
    sentence_steps: Vec<f32>,
    rate: f32,
}

/// Smallest sum of squared gradients an Adagrad step is scaled by.
const FLOOR: f32 = 0.01;
/// Weight lost at each step where a weight is moved, as a share: keeps rare features small.
const DECAY: f32 = 2e-5;

struct Choice {
    sentence: usize,
    slots: Range<usize>,
    score: f32,
    gold: f32,
}

impl Trainer {
    /// Starts with no weights; `rarity` tells how rare stems are (see [`rarity`]), `rate` is the size of a step.
    #[must_use]
    pub fn new(rarity: Vec<(u32, u8)>, rate: f32) -> Self {
        let slots = SLOTS as usize + 1;
        let sentences = vec![0.0; SENTENCE_WEIGHTS];
        let model = Model { sentences, rarity, table: vec![0; slots], step: 0.0, standing: 2.0 };
        Self {
            model,
            table: vec![0.0; slots],
            steps: vec![FLOOR; slots],
            sums: vec![0.0; slots],
            since: vec![0; slots],
            lessons: 0,
            sentence_steps: vec![FLOOR; SENTENCE_WEIGHTS],
            rate,
        }
    }

    /// Takes one step; gives back the loss, or `None` where no right answer is among the spans read.
    pub fn learn(&mut self, lesson: &Lesson) -> Option<f32> {
        let look = Look::weighed(&lesson.question, &lesson.passages, |stem| self.model.rarity(stem));
        let Look { sought, views, .. } = &look;
        let worth = rank(&look, &self.model);
        let worth: Vec<&Worth> = self.with_answers(&worth, views, lesson);
        let mut slots = Vec::new();
        let mut choices = Vec::new();
        for (number, sentence) in worth.iter().enumerate() {
            let view = views.get(sentence.passage)?;
            self.choices(view, sought, (number, sentence), lesson, &mut slots, &mut choices);
        }
        let loss = normalise(&mut choices)?;
        self.step_table(&choices, &slots);
        self.step_sentences(&choices, &worth, views, lesson);
        Some(loss)
    }

    /// The sentences read, and those with a right answer even if they would not be.
    fn with_answers<'w>(&self, worth: &'w [Worth], views: &[View<'_>], lesson: &Lesson) -> Vec<&'w Worth> {
        let holds = |one: &Worth| {
            let sentence = views.get(one.passage).and_then(|view| view.record.analysis.sentences.get(one.evidence.sentence));
            sentence.is_some_and(|sentence| {
                lesson.answers.iter().any(|(passage, span)| *passage == one.passage && sentence.span.contains(*span))
            })
        };
        worth.iter().enumerate().filter(|(place, one)| *place < SENTENCES || holds(one)).map(|(_, one)| one).collect()
    }

    fn choices(
        &self,
        view: &View<'_>,
        sought: &Sought,
        place: (usize, &Worth),
        lesson: &Lesson,
        slots: &mut Vec<u32>,
        choices: &mut Vec<Choice>,
    ) {
        let (number, worth) = place;
        let frame = Frame::new(view, sought, view.tokens(worth.evidence.sentence));
        for tokens in frame.spans() {
            let from = slots.len();
            frame.first(tokens.start, slots);
            frame.last(tokens.end - 1, slots);
            frame.whole(&tokens, slots);
            let learned: f32 =
                slots.get(from..).unwrap_or_default().iter().map(|&slot| self.table.get(slot as usize).copied().unwrap_or(0.0)).sum();
            let span = view.span(tokens.clone());
            let gold = lesson.answers.iter().filter(|(passage, answer)| *passage == worth.passage && *answer == span).count();
            let score = worth.score + learned + kind::fit(view, sought, &tokens);
            choices.push(Choice { sentence: number, slots: from..slots.len(), score, gold: gold as f32 });
        }
    }

    fn step_table(&mut self, choices: &[Choice], slots: &[u32]) {
        let mut gradient: BTreeMap<u32, f32> = BTreeMap::new();
        for choice in choices.iter().filter(|choice| choice.score.abs() > 1e-4) {
            for &slot in slots.get(choice.slots.clone()).unwrap_or_default() {
                *gradient.entry(slot).or_default() += choice.score;
            }
        }
        self.lessons += 1;
        for (slot, gradient) in gradient {
            self.remember(slot);
            let (Some(weight), Some(sum)) = (self.table.get_mut(slot as usize), self.steps.get_mut(slot as usize)) else { continue };
            *sum += gradient * gradient;
            *weight -= self.rate * gradient / sum.sqrt() + DECAY * *weight;
        }
    }

    /// Adds what a weight has been since it was last moved, so that the finished one can be the average over all lessons
    /// (Polyak and Juditsky, 1992): the last values follow the last lessons too closely.
    fn remember(&mut self, slot: u32) {
        let at = slot as usize;
        let (Some(weight), Some(sum), Some(since)) = (self.table.get(at), self.sums.get_mut(at), self.since.get_mut(at)) else { return };
        *sum += weight * (self.lessons - *since) as f32;
        *since = self.lessons;
    }

    /// The average of each weight over all lessons.
    fn averages(&self) -> Vec<f32> {
        let whole = self.lessons.max(1) as f32;
        let average = |((weight, sum), since): ((&f32, &f32), &u32)| (sum + weight * (self.lessons - since) as f32) / whole;
        self.table.iter().zip(&self.sums).zip(&self.since).map(average).collect()
    }

    fn step_sentences(&mut self, choices: &[Choice], worth: &[&Worth], views: &[View<'_>], lesson: &Lesson) {
        let own = FIGURES * (lesson.question.answer_type as usize + 1);
        for (number, one) in worth.iter().enumerate() {
            let gradient: f32 = choices.iter().filter(|choice| choice.sentence == number).map(|choice| choice.score).sum();
            let Some(view) = views.get(one.passage) else { continue };
            for (place, figure) in one.evidence.figures(view).into_iter().enumerate() {
                for at in [place, own + place] {
                    let (Some(weight), Some(sum)) = (self.model.sentences.get_mut(at), self.sentence_steps.get_mut(at)) else { continue };
                    *sum += (gradient * figure).powi(2);
                    *weight -= self.rate * gradient * figure / sum.sqrt();
                }
            }
        }
    }

    /// The model as the reader will load it: weights rounded to steps of the table.
    #[must_use]
    pub fn finish(&self) -> Trained {
        let averages = self.averages();
        let largest = averages.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        let step = (largest / 127.0).max(1e-6);
        let table = averages.iter().map(|weight| (weight / step).round().clamp(-127.0, 127.0) as i8).collect();
        Trained { model: Model { table, step, ..self.model.clone() } }
    }
}

/// Turns scores into gradients (probability less share of the gold), and gives the loss.
fn normalise(choices: &mut [Choice]) -> Option<f32> {
    let gold: f32 = choices.iter().map(|choice| choice.gold).sum();
    if gold <= 0.0 {
        return None;
    }
    let best = choices.iter().map(|choice| choice.score).fold(f32::MIN, f32::max);
    let all: f32 = choices.iter().map(|choice| (choice.score - best).exp()).sum();
    let right: f32 = choices.iter().map(|choice| choice.gold * (choice.score - best).exp()).sum();
    for choice in choices.iter_mut() {
        let odds = (choice.score - best).exp();
        // Half the credit goes to the answers by how often people gave them, half to those the model already prefers.
        let target = 0.5 * choice.gold / gold + 0.5 * choice.gold * odds / right.max(1e-30);
        choice.score = odds / all - target;
    }
    Some(-(right / gold / all).max(1e-30).ln())
}

/// A finished model.
#[derive(Clone, Debug)]
pub struct Trained {
    model: Model,
}

impl Trained {
    /// The bytes of `models/linear-reader.bin`.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.model.write()
    }

    /// The best spans for a lesson's question, best first.
    #[must_use]
    pub fn read(&self, question: &Question, passages: &[Passage]) -> Vec<Candidate> {
        let look = Look::weighed(question, passages, |stem| self.model.rarity(stem));
        read(&look, &rank(&look, &self.model), &self.model)
    }
}

/// How rare the stems of some texts are: 1 less the logarithm of how many texts hold a stem by that of how many there are.
///
/// Stems of fewer than `least` texts are left out: they are the rarest.
#[must_use]
pub fn rarity(texts: &[&str], least: usize) -> Vec<(u32, u8)> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for text in texts {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut stems: Vec<u32> = words.map(|word| number(&stem(&fold(word)))).collect();
        stems.sort_unstable();
        stems.dedup();
        for stem in stems {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let all = (texts.len().max(2) as f32).ln();
    let rare = |count: usize| (255.0 * (1.0 - (count as f32).ln() / all)).round().clamp(0.0, 255.0) as u8;
    counts.into_iter().filter(|&(_, count)| count >= least).map(|(stem, count)| (stem, rare(count))).collect()
}
