//! Chunks that share words with the question are looked at closely, and ranked by what is found.

use std::collections::BTreeMap;

use super::expected;
use super::matching::{Form, Match, Wanted};
use crate::index::{Hit, Index, IndexError, PassageRecord, is_named};
use crate::question::{Question, Subject};
use crate::quotation::QuotationKind;

/// A hit with its rank's explanation.
#[derive(Debug)]
pub(super) struct Scored {
    pub(super) hit: Hit,
    pub(super) score: f32,
    pub(super) parts: Vec<(&'static str, f32)>,
}

/// BM25's saturation and length parameters (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
const K1: f32 = 1.2;
const B: f32 = 0.5;
/// Tokens of an average chunk.
const AVERAGE: f32 = 120.0;
/// Tokens further apart than in the question that halve what two words standing together count.
const NEAR: usize = 4;

/// How many parts a score has.
const PARTS: usize = 15;

/// What each part counts: a log-linear model of which chunk answers, fitted on the developing half of the encyclopedia paragraphs that
/// `examples/retrieval-figures.rs` reads (`--dump` writes what it was fitted on), scaled so that a perfect passage scores about 1. The
/// parts about speech are set by hand: those questions ask about facts.
const WEIGHTS: [(&str, f32); PARTS] = [
    ("words", 0.25),
    ("coverage", 0.095),
    ("exact", 0.13),
    ("sentence", 0.185),
    ("together", 0.06),
    ("adjacent", 0.08),
    ("title", 0.055),
    ("document", 0.09),
    ("depth", 0.06),
    ("kin", 0.04),
    ("akin", 0.15),
    ("typed", 0.04),
    ("length", -0.02),
    ("said", 0.12),
    ("speaker", 0.12),
];

/// Ranks the hits, best first; ties in the order of documents and places.
pub(super) fn score(index: &Index, question: &Question, wanted: &Wanted, hits: Vec<Hit>) -> Result<Vec<Scored>, IndexError> {
    let mut looked = Vec::with_capacity(hits.len());
    let mut documents: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut kin: BTreeMap<u32, Vec<(usize, f32)>> = BTreeMap::new();
    for hit in hits {
        let record = index.passage(&hit)?;
        let matches = wanted.matches(&record);
        let title = || wanted.found_in(hit.document.title.as_deref().unwrap_or_default());
        let (matches, akin): (Vec<Match>, Vec<Match>) = matches.into_iter().partition(|found| found.form != Form::Akin);
        documents.entry(hit.document.ordinal).or_insert_with(title).extend(matches.iter().map(|found| found.term));
        kin.entry(hit.document.ordinal).or_default().push((hit.start, words(wanted, &record, &matches)));
        looked.push((hit, record, matches, akin));
    }
    let mut scored: Vec<Scored> = Vec::with_capacity(looked.len());
    for (hit, record, matches, akin) in looked {
        let whole = documents.get(&hit.document.ordinal).cloned().unwrap_or_default();
        let others = kin.get(&hit.document.ordinal).into_iter().flatten().filter(|(start, _)| *start != hit.start);
        let kin = others.map(|(_, words)| *words).fold(0.0, f32::max);
        let values = values(question, wanted, &record, &Found { matches, akin, whole, kin });
        let parts: Vec<(&'static str, f32)> = WEIGHTS.iter().zip(values).map(|((name, weight), value)| (*name, weight * value)).collect();
        scored.push(Scored { hit, score: parts.iter().map(|(_, part)| part).sum(), parts });
    }
    scored.sort_by(|one, other| {
        let place = |scored: &Scored| (scored.hit.document.ordinal, scored.hit.start);
        other.score.total_cmp(&one.score).then_with(|| place(one).cmp(&place(other)))
    });
    Ok(scored)
}

/// What was found in a passage and its document.
struct Found {
    matches: Vec<Match>,
    /// Words that only begin like the question's.
    akin: Vec<Match>,
    /// The terms found anywhere in the document, as often as they were.
    whole: Vec<usize>,
    /// The best of the document's other chunks, as [`words`] has it.
    kin: f32,
}

impl Found {
    /// The terms that only words akin to them stand for.
    fn only_akin(&self) -> Vec<usize> {
        let missing = |term: &usize| self.matches.iter().all(|found| found.term != *term);
        self.akin.iter().map(|found| found.term).filter(missing).collect()
    }
}

/// The value of each part, 0 to about 1, in the order of [`WEIGHTS`].
fn values(question: &Question, wanted: &Wanted, record: &PassageRecord, found: &Found) -> [f32; PARTS] {
    let matches = found.matches.as_slice();
    let terms = |matches: &mut dyn Iterator<Item = &Match>| wanted.share(matches.map(|found| found.term).collect());
    let title = wanted.found_in(record.document.title.as_deref().unwrap_or_default());
    let speech = matches!(question.subject, Subject::SaidBy | Subject::WhoSaid);
    let (best, sentence) = best_sentence(wanted, record, matches);
    let (together, adjacent) = together(wanted, matches);
    [
        words(wanted, record, matches),
        terms(&mut matches.iter()),
        terms(&mut matches.iter().filter(|found| found.form == Form::Exact)),
        sentence,
        together,
        adjacent,
        wanted.share(title),
        wanted.share(found.whole.clone()),
        depth(wanted, &found.whole),
        found.kin,
        wanted.share(found.only_akin()),
        expected::stands_near(question, record, matches, best),
        (record.analysis.tokens.len() as f32 / AVERAGE).min(2.0),
        if speech { terms(&mut matches.iter().filter(|found| is_said(record, found))) } else { 0.0 },
        speaker(question, record),
    ]
}

/// How much the whole document is about the question's words.
fn depth(wanted: &Wanted, whole: &[usize]) -> f32 {
    let count = |term: usize| whole.iter().filter(|&&found| found == term).count() as f32;
    let value = |(position, term): (usize, &super::matching::Term)| term.weight * count(position) / (count(position) + 4.0);
    let sum: f32 = wanted.terms.iter().enumerate().map(value).sum();
    if wanted.total > 0.0 { sum / wanted.total } else { 0.0 }
}

/// BM25 within the passage, as a share of what is possible.
fn words(wanted: &Wanted, record: &PassageRecord, matches: &[Match]) -> f32 {
    let count = |term: usize| matches.iter().filter(|found| found.term == term).count() as f32;
    let length = K1 * (1.0 - B + B * record.analysis.tokens.len() as f32 / AVERAGE);
    let value = |(position, term): (usize, &super::matching::Term)| term.weight * count(position) / (count(position) + length);
    let sum: f32 = wanted.terms.iter().enumerate().map(value).sum();
    if wanted.total > 0.0 { sum / wanted.total } else { 0.0 }
}

/// The sentence that holds the largest share of the question, with half of what its neighbours add, and that share.
fn best_sentence(wanted: &Wanted, record: &PassageRecord, matches: &[Match]) -> (usize, f32) {
    let inside = |first: usize, last: usize| {
        let near = matches.iter().filter(|found| (first..=last).contains(&found.sentence));
        wanted.share(near.map(|found| found.term).collect())
    };
    let value = |sentence: usize| {
        let own = inside(sentence, sentence);
        own + 0.5 * (inside(sentence.saturating_sub(1), sentence + 1) - own)
    };
    let mut sentences: Vec<usize> = matches.iter().map(|found| found.sentence).collect();
    sentences.dedup();
    let values =
        sentences.into_iter().filter(|&sentence| sentence < record.analysis.sentences.len()).map(|sentence| (sentence, value(sentence)));
    values.fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best })
}

/// The share of the question's neighbouring words that stand near each other in the passage, and of those that stand as in the question.
fn together(wanted: &Wanted, matches: &[Match]) -> (f32, f32) {
    let (mut total, mut near, mut adjacent) = (0.0, 0.0, 0.0);
    for second in 1..wanted.terms.len() {
        let (Some(one), Some(other)) = (wanted.terms.get(second - 1), wanted.terms.get(second)) else { continue };
        let weight = one.weight + other.weight;
        let (closest, in_order) = closest(matches, second - 1, second);
        let gap = other.token.saturating_sub(one.token);
        total += weight;
        near += weight / (1.0 + (closest.saturating_sub(gap) as f32 / NEAR as f32));
        adjacent += if in_order <= gap { weight } else { 0.0 };
    }
    if total > 0.0 { (near / total, adjacent / total) } else { (0.0, 0.0) }
}

/// The smallest distance, in tokens of one sentence, between two terms; in either order, and in the question's.
fn closest(matches: &[Match], one: usize, other: usize) -> (usize, usize) {
    let at = |term: usize| matches.iter().filter(move |found| found.term == term);
    let mut closest = (usize::MAX, usize::MAX);
    for first in at(one) {
        for second in at(other).filter(|second| second.sentence == first.sentence) {
            closest.0 = closest.0.min(first.token.abs_diff(second.token));
            closest.1 = closest.1.min(second.token.checked_sub(first.token).unwrap_or(usize::MAX));
        }
    }
    closest
}

fn is_said(record: &PassageRecord, found: &Match) -> bool {
    let Some(token) = record.analysis.tokens.get(found.token) else { return false };
    let speech = record.quotations.iter().filter(|quotation| quotation.kind != QuotationKind::NotSpeech);
    speech.flat_map(|quotation| &quotation.pieces).any(|piece| piece.contains(token.span))
}

/// Whether the person asked about speaks here.
fn speaker(question: &Question, record: &PassageRecord) -> f32 {
    let Some(name) = &question.constraints.speaker else { return 0.0 };
    let speaks = record.quotations.iter().filter_map(|quotation| quotation.speaker.as_ref()).any(|speaker| is_named(speaker, name));
    f32::from(u8::from(speaks))
}
