//! Chunks that share words with the question are looked at closely, and ranked by what is found.

use std::collections::BTreeMap;

use super::matching::{Match, Wanted};
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
/// Tokens between two words that stand "together".
const NEAR: usize = 4;

/// What each part counts. Chosen on the development half of the paragraphs that `examples/retrieval-figures.rs` reads.
const WEIGHTS: [(&str, f32); 9] = [
    ("words", 2.0),
    ("coverage", 1.0),
    ("exact", 0.4),
    ("sentence", 1.2),
    ("together", 0.8),
    ("title", 0.3),
    ("document", 0.3),
    ("said", 0.6),
    ("speaker", 0.6),
];

/// Ranks the hits, best first; ties in the order of documents and places.
pub(super) fn score(index: &Index, question: &Question, wanted: &Wanted, hits: Vec<Hit>) -> Result<Vec<Scored>, IndexError> {
    let mut looked = Vec::with_capacity(hits.len());
    let mut documents: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for hit in hits {
        let record = index.passage(&hit)?;
        let matches = wanted.matches(&record);
        let found =
            documents.entry(hit.document.ordinal).or_insert_with(|| wanted.found_in(hit.document.title.as_deref().unwrap_or_default()));
        found.extend(matches.iter().map(|found| found.term));
        looked.push((hit, record, matches));
    }
    let mut scored: Vec<Scored> = Vec::with_capacity(looked.len());
    for (hit, record, matches) in looked {
        let whole = documents.get(&hit.document.ordinal).cloned().unwrap_or_default();
        let values = values(question, wanted, &record, &matches, whole);
        let parts: Vec<(&'static str, f32)> = WEIGHTS.iter().zip(values).map(|((name, weight), value)| (*name, weight * value)).collect();
        scored.push(Scored { hit, score: parts.iter().map(|(_, part)| part).sum(), parts });
    }
    scored.sort_by(|one, other| {
        let place = |scored: &Scored| (scored.hit.document.ordinal, scored.hit.start);
        other.score.total_cmp(&one.score).then_with(|| place(one).cmp(&place(other)))
    });
    Ok(scored)
}

/// The value of each part, 0 to about 1, in the order of [`WEIGHTS`].
fn values(question: &Question, wanted: &Wanted, record: &PassageRecord, matches: &[Match], whole: Vec<usize>) -> [f32; 9] {
    let terms = |matches: &mut dyn Iterator<Item = &Match>| wanted.share(matches.map(|found| found.term).collect());
    let title = wanted.found_in(record.document.title.as_deref().unwrap_or_default());
    let speech = matches!(question.subject, Subject::SaidBy | Subject::WhoSaid);
    [
        words(wanted, record, matches),
        terms(&mut matches.iter()),
        terms(&mut matches.iter().filter(|found| found.exact)),
        best_sentence(wanted, record, matches),
        together(wanted, matches),
        wanted.share(title),
        wanted.share(whole),
        if speech { terms(&mut matches.iter().filter(|found| is_said(record, found))) } else { 0.0 },
        speaker(question, record),
    ]
}

/// BM25 within the passage, as a share of what is possible.
fn words(wanted: &Wanted, record: &PassageRecord, matches: &[Match]) -> f32 {
    let mut counts = vec![0.0_f32; wanted.terms.len()];
    for count in matches.iter().filter_map(|found| found.term.into()).collect::<Vec<usize>>() {
        if let Some(count) = counts.get_mut(count) {
            *count += 1.0;
        }
    }
    let length = K1 * (1.0 - B + B * record.analysis.tokens.len() as f32 / AVERAGE);
    let sum: f32 = wanted.terms.iter().zip(counts).map(|(term, count)| term.weight * count / (count + length)).sum();
    if wanted.total > 0.0 { sum / wanted.total } else { 0.0 }
}

/// The largest share of the question that one sentence holds, with half of what its neighbours add.
fn best_sentence(wanted: &Wanted, record: &PassageRecord, matches: &[Match]) -> f32 {
    let inside = |first: usize, last: usize| {
        wanted.share(matches.iter().filter(|found| (first..=last).contains(&found.sentence)).map(|found| found.term).collect())
    };
    let value = |sentence: usize| {
        let own = inside(sentence, sentence);
        own + 0.5 * (inside(sentence.saturating_sub(1), sentence + 1) - own)
    };
    let mut sentences: Vec<usize> = matches.iter().map(|found| found.sentence).collect();
    sentences.dedup();
    sentences.into_iter().filter(|&sentence| sentence < record.analysis.sentences.len()).map(value).fold(0.0, f32::max)
}

/// The share of the question's neighbouring words that stand near each other in the passage, in either order half as good.
fn together(wanted: &Wanted, matches: &[Match]) -> f32 {
    let pairs: Vec<(usize, usize)> = (1..wanted.terms.len()).map(|second| (second - 1, second)).collect();
    let weight =
        |(one, other): (usize, usize)| [one, other].iter().filter_map(|&term| wanted.terms.get(term)).map(|term| term.weight).sum::<f32>();
    let gap = |(one, other): (usize, usize)| {
        let token = |term: usize| wanted.terms.get(term).map_or(0, |term| term.token);
        token(other).saturating_sub(token(one))
    };
    let total: f32 = pairs.iter().map(|&pair| weight(pair)).sum();
    let value = |&pair: &(usize, usize)| {
        let at = |term: usize| matches.iter().filter(move |found| found.term == term);
        let reach = NEAR.max(gap(pair) + 1);
        let found = at(pair.0).flat_map(|one| at(pair.1).map(move |other| (one, other)));
        let score = |(one, other): (&Match, &Match)| match (one.sentence == other.sentence, one.token.abs_diff(other.token)) {
            (true, distance) if distance <= gap(pair) && one.token < other.token => 1.0,
            (true, distance) if distance <= reach => 0.5,
            _ => 0.0,
        };
        weight(pair) * found.map(score).fold(0.0, f32::max)
    };
    if total > 0.0 { pairs.iter().map(value).sum::<f32>() / total } else { 0.0 }
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
