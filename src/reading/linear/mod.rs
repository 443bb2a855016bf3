//! The linear reader: all short spans of the best sentences, scored by a log-linear model.
//!
//! Learned weights say how well a span and its sentence look like an answer to a question so worded; a fixed rule adds how well
//! the span's kind fits the answer type. The weights are part of the binary; how they were trained and what they reach is in
//! `models/linear-reader.md`.

mod features;
pub(crate) mod kind;
mod model;
pub mod training;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::evidence::{FIGURES, SentenceEvidence};
use super::sought::Sought;
use super::view::View;
use super::{Candidate, Look, Reader, deciding, lists, reasons, roles, speech};
use crate::question::{AnswerType, Question, Subject};
use features::Frame;

pub(crate) use model::Model;

/// Mask of the table of weights; it has one slot more than this.
pub(crate) const SLOTS: u32 = (1 << 18) - 1;

/// What each of the [figures](SentenceEvidence::figures) of a sentence is worth for being read.
///
/// Set by hand. Weights learned together with those of spans prefer sentences that look like answers to sentences that speak of the
/// question: the texts they were learned from are mostly the right paragraph already.
const SENTENCE: [f32; FIGURES] = [6.0, 0.0, 2.0, 0.8, 1.5, 1.0, 0.5, 0.8, 1.2, 0.5, 0.0, -1.0, -0.5, -2.0, 0.0, 0.0];

/// What it is worth that other words stand for those of the question, in the sentence and beside it.
const ALIKE: f32 = 4.0;
const ALIKE_BESIDE: f32 = 1.0;

/// How many sentences are read span by span.
const SENTENCES: usize = 10;
/// How many spans of a sentence are kept.
const KEPT: usize = 6;

/// What a span counts less where a rule has found something.
const RULED: f32 = 6.0;
/// How many sentences are searched for names and quantities of the kind asked for.
const SEARCHED: usize = 30;
/// How many candidates are handed on.
const SHORTLIST: usize = 64;

/// Reads passages with a log-linear model of spans, and with rules where the answer is no short span: utterances, lists, reasons,
/// definitions, deciding sentences.
#[derive(Debug)]
pub struct LinearReader {
    model: &'static Model,
}

impl LinearReader {
    /// The reader with the weights that are part of the binary.
    #[must_use]
    pub fn embedded() -> Self {
        Self { model: embedded() }
    }
}

impl Reader for LinearReader {
    fn read(&self, look: &Look<'_>, _shortlist: Vec<Candidate>) -> Vec<Candidate> {
        if matches!(look.question.subject, Subject::Document { .. }) {
            return Vec::new();
        }
        let worth = look.worth();
        let mut found = by_rule(look, worth);
        // Nobody's words are those of the one asked about: other words are nobody's answer.
        if found.is_empty() && look.question.subject == Subject::SaidBy {
            return found;
        }
        let ruled = !found.is_empty() && answers_by_rule(look.question);
        let spans = read(look, worth, self.model);
        found.extend(
            spans.into_iter().map(|candidate| if ruled { Candidate { score: candidate.score - RULED, ..candidate } } else { candidate }),
        );
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
        found.truncate(SHORTLIST);
        found
    }
}

/// Whether the answer is more than a short span, so that a span counts only where no rule has found anything.
fn answers_by_rule(question: &Question) -> bool {
    use AnswerType::{Definition, List, Reason, Statement, YesNo};
    question.subject != Subject::Fact || matches!(question.answer_type, List | Statement | Reason | YesNo | Definition)
}

/// The candidates that rules find for this kind of question.
fn by_rule(look: &Look<'_>, worth: &[Worth]) -> Vec<Candidate> {
    let Look { question, sought, views, .. } = look;
    match (&question.subject, question.answer_type) {
        (Subject::WhoSaid, _) => speech::who_said(question, views, sought),
        (Subject::SaidBy, _) | (_, AnswerType::Statement) => speech::said_by(question, views, sought),
        (_, AnswerType::List) => lists::lists(question, views, sought, worth),
        (_, AnswerType::Definition) => roles::definitions(question, views, sought, worth),
        (_, AnswerType::Person | AnswerType::Organization) => roles::holders(question, views, sought),
        (_, AnswerType::Reason) => reasons::reasons(question, views, worth, sought),
        (_, AnswerType::YesNo) => deciding::sentences(question, views, worth, sought, SENTENCES),
        _ => Vec::new(),
    }
}

/// How rare a stem is in what the model was trained on, 0 to 1.
pub(crate) fn rarity(stem: &str) -> f32 {
    embedded().rarity(stem)
}

/// The sentences of all passages, each once, best first, as the model that is part of the binary ranks them.
pub(super) fn ranked(look: &Look<'_>) -> Vec<Worth> {
    rank(look, embedded())
}

/// The model that is part of the binary.
fn embedded() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(Model::embedded)
}

/// A sentence worth reading: its passage, its evidence and what the model thinks of it.
#[derive(Clone, Debug)]
pub(crate) struct Worth {
    /// Position in the list of passages.
    pub(crate) passage: usize,
    /// How much it speaks of the question.
    pub(crate) evidence: SentenceEvidence,
    /// The model's score for the sentence as such.
    pub(crate) score: f32,
    /// How far the model's score lies below that of the best sentence.
    pub(crate) behind: f32,
}

impl Worth {
    /// Evidence for the sentence in log-odds: how much of the question it holds, less what the model thinks it lacks beside the best.
    pub(crate) fn standing(&self) -> f32 {
        UNCOVERED + COVERED * self.evidence.covered() - (0.4 * self.behind).min(3.0)
    }
}

/// The sentences of all passages, each once, best first.
pub(crate) fn rank(look: &Look<'_>, model: &Model) -> Vec<Worth> {
    let mut seen = BTreeSet::new();
    let mut ranked = Vec::new();
    let best = look.passages.iter().map(|passage| passage.score).fold(f32::MIN, f32::max).max(1e-6);
    for (number, (view, evidence)) in look.views.iter().zip(&look.evidence).enumerate() {
        let standing = look.passages.get(number).map_or(0.0, |passage| passage.score / best);
        for evidence in evidence {
            let start = view.record.analysis.sentences.get(evidence.sentence).map_or(0, |sentence| sentence.span.start);
            if seen.insert((view.record.document.ordinal, start)) {
                let figures = evidence.figures(view);
                let spoken_of: f32 = figures.iter().zip(SENTENCE).map(|(figure, weight)| figure * weight).sum();
                let score = spoken_of + ALIKE * evidence.alike + ALIKE_BESIDE * evidence.alike_beside + model.standing * standing;
                ranked.push(Worth { passage: number, evidence: evidence.clone(), score, behind: 0.0 });
            }
        }
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.evidence.sentence).cmp(&(b.passage, b.evidence.sentence))));
    let top = ranked.first().map_or(0.0, |best| best.score);
    ranked.iter_mut().for_each(|one| one.behind = top - one.score);
    ranked
}

/// The best spans of the best sentences, best first.
///
/// A span's score is how much its sentence speaks of the question, less how unsure the model is that it is this span of all spans read.
pub(crate) fn read(look: &Look<'_>, worth: &[Worth], model: &Model) -> Vec<Candidate> {
    let Look { question, sought, views, .. } = look;
    let mut kept: Vec<(&Worth, Scored)> = Vec::new();
    let mut all = Odds::default();
    for sentence in worth.iter().take(SENTENCES) {
        let Some(view) = views.get(sentence.passage) else { continue };
        let (best, odds) = best_spans(view, sentence.evidence.sentence, sought, model);
        all.add(odds, sentence.score);
        kept.extend(best.into_iter().map(|scored| (sentence, scored)));
    }
    for sentence in worth.iter().take(SEARCHED) {
        let Some(view) = views.get(sentence.passage) else { continue };
        for scored in of_kind(view, sentence.evidence.sentence, sought, model) {
            let known = |(other, kept): &(&Worth, Scored)| {
                (other.passage, other.evidence.sentence) == (sentence.passage, sentence.evidence.sentence) && kept.tokens == scored.tokens
            };
            if !kept.iter().any(known) {
                kept.push((sentence, scored));
            }
        }
    }
    let sure = |sentence: &Worth, scored: &Scored| sentence.score + scored.total() - all.logarithm();
    let found = kept.into_iter().filter_map(|(sentence, scored)| {
        Some(candidate(question, views.get(sentence.passage)?, sentence, &scored, sure(sentence, &scored)))
    });
    let mut found: Vec<Candidate> = found.collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    found
}

/// A sum of exponentials that does not overflow.
#[derive(Clone, Copy, Debug, Default)]
struct Odds {
    largest: f32,
    sum: f32,
}

impl Odds {
    /// Adds one exponential.
    fn push(&mut self, exponent: f32) {
        self.add(Self { largest: exponent, sum: 1.0 }, 0.0);
    }

    /// Adds another sum, multiplied by the exponential of `shift`.
    fn add(&mut self, other: Self, shift: f32) {
        if self.sum == 0.0 {
            *self = Self { largest: other.largest + shift, sum: other.sum };
            return;
        }
        let largest = self.largest.max(other.largest + shift);
        self.sum = self.sum * (self.largest - largest).exp() + other.sum * (other.largest + shift - largest).exp();
        self.largest = largest;
    }

    fn logarithm(self) -> f32 {
        self.largest + self.sum.max(1e-30).ln()
    }
}

/// A span and the parts of its score.
struct Scored {
    tokens: Range<usize>,
    learned: f32,
    kind: f32,
}

impl Scored {
    fn total(&self) -> f32 {
        self.learned + self.kind
    }
}

fn best_spans(view: &View<'_>, sentence: usize, sought: &Sought, model: &Model) -> (Vec<Scored>, Odds) {
    let tokens = view.tokens(sentence);
    let frame = Frame::new(view, sought, tokens.clone());
    let firsts: Vec<f32> = tokens.clone().map(|position| model.score(|sum| frame.first(position, sum))).collect();
    let lasts: Vec<f32> = tokens.clone().map(|position| model.score(|sum| frame.last(position, sum))).collect();
    let at = |list: &[f32], position: usize| list.get(position - tokens.start).copied().unwrap_or(0.0);
    let score = |span: Range<usize>| {
        let learned = at(&firsts, span.start) + at(&lasts, span.end - 1) + model.score(|sum| frame.whole(&span, sum));
        Scored { learned, kind: kind::fit(view, sought, &span), tokens: span }
    };
    let mut scored: Vec<Scored> = frame.spans().into_iter().map(score).collect();
    scored.sort_by(|a, b| b.total().total_cmp(&a.total()).then((a.tokens.start, a.tokens.end).cmp(&(b.tokens.start, b.tokens.end))));
    let mut odds = Odds::default();
    scored.iter().for_each(|one| odds.push(one.total()));
    let mut kept: Vec<Scored> = Vec::with_capacity(KEPT);
    for one in scored {
        if kept.len() == KEPT {
            break;
        }
        if !kept.iter().any(|better| better.tokens.start < one.tokens.end && one.tokens.start < better.tokens.end) {
            kept.push(one);
        }
    }
    (kept, odds)
}

/// The names and quantities of a sentence that are of the kind asked for, whatever the model thinks of them.
fn of_kind(view: &View<'_>, sentence: usize, sought: &Sought, model: &Model) -> Vec<Scored> {
    let tokens = view.tokens(sentence);
    let inside = |range: &&Range<usize>| tokens.start <= range.start && range.end <= tokens.end && !range.is_empty();
    let amounts = view.amounts.iter().map(|amount| &amount.tokens);
    let names = view.record.syntax.mentions.iter().map(|mention| &mention.tokens);
    let fitting: Vec<(Range<usize>, f32)> = amounts
        .chain(names)
        .filter(inside)
        .map(|range| (range.clone(), kind::fit(view, sought, range)))
        .filter(|&(_, kind)| kind > kind::DOUBTFUL && kind != kind::HOLDS)
        .collect();
    if fitting.is_empty() {
        return Vec::new();
    }
    let frame = Frame::new(view, sought, tokens.clone());
    let learned = |span: &Range<usize>| {
        model.score(|sum| frame.first(span.start, sum))
            + model.score(|sum| frame.last(span.end - 1, sum))
            + model.score(|sum| frame.whole(span, sum))
    };
    fitting.into_iter().map(|(span, kind)| Scored { learned: learned(&span), kind, tokens: span }).collect()
}

/// What a sentence that holds all of the question scores more than one that holds nothing of it.
const COVERED: f32 = 8.0;
/// What a sentence that holds nothing of the question scores.
const UNCOVERED: f32 = -4.0;

fn candidate(question: &Question, view: &View<'_>, sentence: &Worth, scored: &Scored, sure: f32) -> Candidate {
    let covered = sentence.evidence.covered();
    Candidate {
        passage: sentence.passage,
        sentence: sentence.evidence.sentence,
        span: view.span(scored.tokens.clone()),
        answer_type: question.answer_type,
        score: UNCOVERED + COVERED * covered + sure,
        parts: vec![("sentence", sentence.score), ("span", scored.learned), ("kind", scored.kind), ("covered", covered), ("sure", sure)],
        members: Vec::new(),
        evidence: None,
    }
}
