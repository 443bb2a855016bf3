//! Judged quotations become the weights of [`super::scorer`].
//!
//! `cargo run --release --example train-attribution` drives this. Seeded and single-threaded: the same data give the same bytes.

use super::candidate::{Candidate, Places};
use super::cast::Cast;
use super::features::{Features, Scene, Turn};
use super::gender::Genders;
use super::governing::Trees;
use super::identity::Identities;
use super::page::Page;
use super::pairing::Piece;
use super::phrase::{Phrase, PhraseKind, phrases};
use super::scorer::{Scorer, TABLE, softmax};
use super::{Quotation, reference, roles};
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

/// [`super::extract`] by a model that is not the one shipped: for measuring on documents it has not seen.
#[must_use]
pub fn extract_by(model: &[u8], source: &str, blocks: &[Block], text: &Text, syntax: &Syntax) -> Vec<Quotation> {
    super::extract_by(&Scorer::read(model), source, blocks, text, syntax)
}

/// Every personal pronoun outside quotations, with the name it is taken to stand for.
#[must_use]
pub fn references(source: &str, blocks: &[Block], text: &Text, syntax: &Syntax) -> Vec<(Span, Option<String>)> {
    let page = Page::new(source, blocks, text, syntax, super::outermost(source, blocks));
    let phrases = phrases(&page);
    let identities = Identities::new(&page, &phrases);
    let scene = Scene { page: &page, phrases: &phrases, identity: &identities.of, frequency: &identities.frequency };
    let mut cast = Cast::new(&page, &phrases, &Genders::new());
    let bearer = roles::assign(&page, &phrases, &mut cast);
    super::agreement::tell(&scene, &mut cast);
    let meant = reference::resolve(&scene, &cast, &bearer);
    let name = |party: usize| cast.parties.get(party).map(|party| party.name.slice(source).to_owned());
    let pronouns = phrases.iter().zip(meant).filter(|(phrase, _)| phrase.kind == PhraseKind::Pronoun);
    pronouns.map(|(phrase, party)| (page.span(phrase.tokens.start, phrase.tokens.end), party.and_then(name))).collect()
}

/// How often a model is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Judged quotations.
    pub speakers: usize,
    /// Those whose very phrase is chosen.
    pub right: usize,
    /// Marked stretches.
    pub pieces: usize,
    /// Those rightly told to be speech or not.
    pub told: usize,
}

/// One choice among candidates.
#[derive(Clone, Debug)]
struct Choice {
    candidates: Vec<Features>,
    /// What the dependency trees add to each.
    trees: Vec<Features>,
    right: usize,
}

impl Choice {
    /// The features of each candidate, with or without those of the trees.
    fn features(&self, trees: bool) -> Vec<Features> {
        let whole = |(plain, more): (&Features, &Features)| plain.iter().chain(more.iter().filter(|_| trees)).copied().collect();
        self.candidates.iter().zip(&self.trees).map(whole).collect()
    }
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
        let page = Page::new(source, blocks, text, syntax, super::outermost(source, blocks));
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
        let features = scene.of_candidates(at, &candidates, last);
        let mut trees = Trees::default();
        trees.grow(scene, at);
        let trees = candidates.iter().map(|candidate| scene.of_trees(&trees, at, candidate)).collect();
        self.choices.push(Choice { candidates: features, trees, right });
        Turn { phrase: candidates.get(right).and_then(|candidate| candidate.phrase), any: true }
    }

    /// Trains both tables; the bytes of a model.
    #[must_use]
    pub fn train(&self, speakers: Schedule, speech: Schedule) -> Vec<u8> {
        let speakers = averaged(speakers, |schedule| self.train_speakers(schedule));
        let speech = averaged(speech, |schedule| self.train_speech(schedule));
        let (scale_one, one) = quantized(&speakers);
        let (scale_two, two) = quantized(&speech);
        [scale_one.to_le_bytes().to_vec(), scale_two.to_le_bytes().to_vec(), one, two].concat()
    }

    /// How often a model chooses right here.
    #[must_use]
    pub fn figures(&self, model: &[u8]) -> Figures {
        let scorer = Scorer::read(model);
        let best = |choice: &Choice| {
            let scores = scorer.speakers(&choice.features(true));
            (0..scores.len()).max_by(|&one, &two| compare(&scores, one, two)).unwrap_or(0)
        };
        let right = self.choices.iter().filter(|choice| best(choice) == choice.right).count();
        let told = self.speech.iter().filter(|(features, is_speech)| (scorer.speech(features) >= 0.5) == *is_speech).count();
        Figures { speakers: self.choices.len() + self.out_of_reach, right, pieces: self.speech.len(), told }
    }

    fn train_speakers(&self, schedule: Schedule) -> Vec<f32> {
        let mut table = Adagrad::new(schedule);
        let mut order: Vec<usize> = (0..self.choices.len()).collect();
        for _ in 0..schedule.passes {
            table.random.shuffle(&mut order);
            for choice in order.iter().filter_map(|&at| self.choices.get(at)) {
                // Half of the times without trees, for most choices are made without.
                let with_trees = table.random.unit() < 0.5;
                let kept: Vec<Features> = choice.features(with_trees).iter().map(|features| table.kept(features)).collect();
                let scores: Vec<f32> = kept.iter().map(|features| table.score(features)).collect();
                for (at, (probability, features)) in softmax(&scores).into_iter().zip(&kept).enumerate() {
                    table.step(features, probability - if at == choice.right { 1.0 } else { 0.0 });
                }
            }
            table.end_pass();
        }
        table.finished()
    }

    fn train_speech(&self, schedule: Schedule) -> Vec<f32> {
        let mut table = Adagrad::new(schedule);
        let mut order: Vec<usize> = (0..self.speech.len()).collect();
        for _ in 0..schedule.passes {
            table.random.shuffle(&mut order);
            for (features, is_speech) in order.iter().filter_map(|&at| self.speech.get(at)) {
                let kept = table.kept(features);
                let probability = 1.0 / (1.0 + (-table.score(&kept)).exp());
                table.step(&kept, probability - if *is_speech { 1.0 } else { 0.0 });
            }
            table.end_pass();
        }
        table.finished()
    }
}

/// How a table is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// Times every example is seen.
    pub passes: usize,
    /// Size of the first steps.
    pub rate: f32,
    /// How strongly weights are drawn to zero.
    pub decay: f32,
    /// The share of an example's features left out each time it is seen.
    pub dropout: f32,
    /// What the order of the examples is drawn from.
    pub seed: u64,
}

impl Schedule {
    /// What did best on the development articles for choosing speakers.
    pub const SPEAKERS: Self = Self { passes: 10, rate: 0.04, decay: 1e-4, dropout: 0.3, seed: 1 };
    /// The same for telling speech.
    pub const SPEECH: Self = Self { passes: 12, rate: 0.05, decay: 1e-5, dropout: 0.5, seed: 1 };
}

/// Trainings that differ in their seed, whose weights are averaged: what hangs on the order of the examples goes out.
const TRAININGS: u64 = 4;

fn averaged(schedule: Schedule, train: impl Fn(Schedule) -> Vec<f32>) -> Vec<f32> {
    let mut mean = vec![0.0; TABLE];
    for seed in (schedule.seed..).take(TRAININGS as usize) {
        let weights = train(Schedule { seed, ..schedule });
        mean.iter_mut().zip(weights).for_each(|(mean, weight)| *mean += weight / TRAININGS as f32);
    }
    mean
}

fn compare(scores: &[f32], one: usize, two: usize) -> std::cmp::Ordering {
    let score = |at: usize| scores.get(at).copied().unwrap_or(0.0);
    score(one).total_cmp(&score(two)).then(two.cmp(&one))
}

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
    /// Sum of the weights after each pass.
    sums: Vec<f32>,
    schedule: Schedule,
    random: Random,
}

impl Adagrad {
    fn new(schedule: Schedule) -> Self {
        Self { weights: vec![0.0; TABLE], squares: vec![1e-2; TABLE], sums: vec![0.0; TABLE], schedule, random: Random(schedule.seed) }
    }

    /// The features that are not left out this time.
    fn kept(&mut self, features: &Features) -> Features {
        let dropout = self.schedule.dropout;
        features.iter().copied().filter(|_| self.random.unit() >= dropout).collect()
    }

    /// Remembers the weights of this pass.
    fn end_pass(&mut self) {
        self.sums.iter_mut().zip(&self.weights).for_each(|(sum, weight)| *sum += weight);
    }

    /// The weights for use with all features, averaged over the passes.
    fn finished(self) -> Vec<f32> {
        let share = (1.0 - self.schedule.dropout) / self.schedule.passes.max(1) as f32;
        self.sums.into_iter().map(|weight| weight * share).collect()
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
                let gradient = error + self.schedule.decay * *weight;
                *square += gradient * gradient;
                *weight -= self.schedule.rate * gradient / square.sqrt();
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

    /// Between 0 and 1.
    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        for at in (1..items.len()).rev() {
            let other = usize::try_from(self.next() % (at as u64 + 1)).unwrap_or(0);
            items.swap(at, other);
        }
    }
}
