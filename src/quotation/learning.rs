//! Judged quotations become the weights of [`super::scorer`].
//!
//! `cargo run --release --example train-attribution` drives this. Seeded and single-threaded: the same data give the same bytes.

use super::candidate::{Candidate, Places};
use super::features::{Features, Scene, Turn};
use super::identity::Identities;
use super::page::Page;
use super::pairing::{Piece, pieces};
use super::phrase::{Phrase, phrases};
use super::scorer::{TABLE, softmax};
use crate::corpus::Block;
use crate::span::Span;
use crate::syntax::Syntax;
use crate::text::Text;

/// A judged quotation: one marked stretch, and the words that name its speaker.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// The quoted words, in bytes.
    pub span: Span,
    /// The words that name the speaker, in bytes.
    pub speaker: Option<Span>,
}

/// One choice among candidates.
#[derive(Clone, Debug)]
struct Choice {
    candidates: Vec<Features>,
    right: usize,
}

/// What is learned from: grows by one document at a time.
#[derive(Clone, Debug, Default)]
pub struct Lessons {
    choices: Vec<Choice>,
    speech: Vec<(Features, bool)>,
    /// Judged quotations whose speaker is among no candidates.
    pub out_of_reach: usize,
}

impl Lessons {
    /// Adds the judged quotations of one document.
    pub fn add(&mut self, source: &str, blocks: &[Block], text: &Text, syntax: &Syntax, judged: &[Judged]) {
        let outer = pieces(source, blocks).into_iter().filter(|piece| piece.depth == 0).collect();
        let page = Page::new(source, blocks, text, syntax, outer);
        let phrases = phrases(&page);
        let identities = Identities::new(&page, &phrases);
        let scene = Scene { page: &page, phrases: &phrases, identity: &identities.of, frequency: &identities.frequency };
        let places = Places::new(&page, &phrases);
        let mut last = Turn::default();
        for (at, piece) in page.pieces.iter().enumerate() {
            let found = judged.iter().find(|judged| overlap(judged.span, piece.span) >= 0.5);
            if !doubled_apostrophes(source, *piece) {
                self.speech.push((scene.of_piece(at), found.is_some()));
            }
            if let Some(judged) = found {
                last = self.add_choice(&scene, &places, at, judged, last);
            }
        }
    }

    fn add_choice(&mut self, scene: &Scene, places: &Places, at: usize, judged: &Judged, last: Turn) -> Turn {
        let candidates = places.candidates(scene.page, at);
        let Some(right) = right(scene, &candidates, judged) else {
            self.out_of_reach += 1;
            return Turn { phrase: None, any: true };
        };
        let features = candidates.iter().map(|candidate| scene.of_candidate(at, candidate, last)).collect();
        self.choices.push(Choice { candidates: features, right });
        Turn { phrase: candidates.get(right).and_then(|candidate| candidate.phrase), any: true }
    }

    /// Trains both tables; the bytes of a model.
    #[must_use]
    pub fn train(&self, seed: u64) -> Vec<u8> {
        let speakers = self.train_speakers(seed);
        let speech = self.train_speech(seed);
        let (scale_one, one) = quantized(&speakers);
        let (scale_two, two) = quantized(&speech);
        [scale_one.to_le_bytes().to_vec(), scale_two.to_le_bytes().to_vec(), one, two].concat()
    }

    fn train_speakers(&self, seed: u64) -> Vec<f32> {
        let mut table = Adagrad::new(0.08, 2e-6);
        let mut random = Random(seed);
        let mut order: Vec<usize> = (0..self.choices.len()).collect();
        for _ in 0..PASSES {
            random.shuffle(&mut order);
            for choice in order.iter().filter_map(|&at| self.choices.get(at)) {
                let scores: Vec<f32> = choice.candidates.iter().map(|features| table.score(features)).collect();
                for (at, (probability, features)) in softmax(&scores).into_iter().zip(&choice.candidates).enumerate() {
                    table.step(features, probability - if at == choice.right { 1.0 } else { 0.0 });
                }
            }
        }
        table.weights
    }

    fn train_speech(&self, seed: u64) -> Vec<f32> {
        let mut table = Adagrad::new(0.08, 1e-5);
        let mut random = Random(seed);
        let mut order: Vec<usize> = (0..self.speech.len()).collect();
        for _ in 0..PASSES {
            random.shuffle(&mut order);
            for (features, is_speech) in order.iter().filter_map(|&at| self.speech.get(at)) {
                let probability = 1.0 / (1.0 + (-table.score(features)).exp());
                table.step(features, probability - if *is_speech { 1.0 } else { 0.0 });
            }
        }
        table.weights
    }
}

const PASSES: usize = 12;

/// Which candidate is the judged speaker: the one whose words overlap most with the judged words, up to their first comma.
fn right(scene: &Scene, candidates: &[Candidate], judged: &Judged) -> Option<usize> {
    let Some(speaker) = judged.speaker else { return candidates.len().checked_sub(1) };
    let speaker = core(scene.page.source, speaker);
    let fit = |candidate: &Candidate| {
        let phrase: &Phrase = scene.phrases.get(candidate.phrase?)?;
        let span = scene.page.span(phrase.tokens.start, phrase.tokens.end);
        let head = scene.page.span(phrase.head, phrase.head + 1);
        speaker.overlaps(head).then(|| overlap(speaker, span))
    };
    let fits = candidates.iter().enumerate().filter_map(|(at, candidate)| fit(candidate).map(|fit| (at, fit)));
    fits.max_by(|one, two| one.1.total_cmp(&two.1).then(two.0.cmp(&one.0))).map(|(at, _)| at)
}

/// The judged words up to the first comma, relative clause or "of".
fn core(source: &str, span: Span) -> Span {
    let words = span.slice(source);
    let ends = [",", " who ", " of ", " which ", " from ", " at ", " for ", " in ", " with "]
        .into_iter()
        .filter_map(|end| words.find(end))
        .filter(|&at| at > 0);
    Span::new(span.start, span.start + ends.min().unwrap_or(words.len()))
}

fn overlap(one: Span, two: Span) -> f32 {
    let shared = one.end.min(two.end).saturating_sub(one.start.max(two.start));
    shared as f32 / one.cover(two).len().max(1) as f32
}

/// Texts that write ''…'' are judged without those quotations: they teach nothing about what is speech.
fn doubled_apostrophes(source: &str, piece: Piece) -> bool {
    source.get(..piece.span.start).is_some_and(|head| head.trim_end().ends_with("''"))
}

/// A table of weights with a step size of its own for each (Duchi, Hazan and Singer, 2011).
struct Adagrad {
    weights: Vec<f32>,
    squares: Vec<f32>,
    rate: f32,
    decay: f32,
}

impl Adagrad {
    fn new(rate: f32, decay: f32) -> Self {
        Self { weights: vec![0.0; TABLE], squares: vec![1e-2; TABLE], rate, decay }
    }

    fn score(&self, features: &Features) -> f32 {
        features.iter().map(|&place| self.weights.get(place as usize).copied().unwrap_or(0.0)).sum()
    }

    fn step(&mut self, features: &Features, error: f32) {
        if error.abs() < 1e-4 {
            return;
        }
        for &place in features {
            let place = place as usize;
            if let (Some(weight), Some(square)) = (self.weights.get_mut(place), self.squares.get_mut(place)) {
                let gradient = error + self.decay * *weight;
                *square += gradient * gradient;
                *weight -= self.rate * gradient / square.sqrt();
            }
        }
    }
}

/// Weights as bytes, and what one of their units is worth.
fn quantized(weights: &[f32]) -> (f32, Vec<u8>) {
    let most = weights.iter().copied().map(f32::abs).fold(0.0, f32::max).max(1e-6);
    let scale = most / 127.0;
    // A weight is within ±127 units by the choice of the scale.
    (scale, weights.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()).collect())
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        for at in (1..items.len()).rev() {
            let other = usize::try_from(self.next() % (at as u64 + 1)).unwrap_or(0);
            items.swap(at, other);
        }
    }
}
