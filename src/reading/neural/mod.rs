//! The neural reader: a small transformer reads question and passage together and marks the span that answers.
//!
//! Text → WordPiece tokens → windows → start and end logits → spans. Scores of different passages compare because the network
//! was trained to say "not here". The network and its vocabulary are part of the binary; how they were trained and what they
//! reach is in `models/reader/CARD.md`. Where a rule answers with more than a span (lists, utterances, reasons, yes
//! or no), the network says what it thinks of each candidate and marks none of its own.

mod choice;
mod credits;
mod decode;
mod listing;
mod merging;
mod narrowing;
mod network;
mod punctuation;
mod window;
mod wordpiece;

pub use network::NetworkError;

use std::ops::Range;

use super::linear::kind;
use super::{Candidate, Look, Reader, asks_for_a_span, stays_whole};
use crate::index::PassageRecord;
use crate::question::{AnswerType, Question};
use crate::retrieval::Passage;
use crate::span::Span;
use credits::Credits;
use decode::Scored;
use network::{Logits, Network};
use window::{Framer, Window};
use wordpiece::WordPiece;

static NETWORK: &[u8] = include_bytes!("../../../models/reader/reader.onnx");
static VOCABULARY: &str = include_str!("../../../models/reader/vocab.txt");

/// Stretches of text read for a question.
const STRETCHES: usize = 8;
/// Spans kept of each stretch; they do not overlap.
const SPANS: usize = 4;

/// Reads passages with a transformer.
pub struct NeuralReader {
    wordpiece: WordPiece,
    network: Network,
}

impl NeuralReader {
    /// The reader with the network that is part of the binary; loading takes about ten milliseconds.
    ///
    /// # Errors
    ///
    /// If the embedded network is damaged.
    pub fn embedded() -> Result<Self, NetworkError> {
        Self::load(NETWORK)
    }

    /// Loads another network from the bytes of an ONNX file; the vocabulary stays.
    ///
    /// # Errors
    ///
    /// If the bytes are no network, or one without the inputs and outputs of a span reader.
    pub fn load(onnx: &'static [u8]) -> Result<Self, NetworkError> {
        Ok(Self { wordpiece: WordPiece::new(VOCABULARY), network: Network::load(onnx)? })
    }
}

/// A stretch on its way through the network.
struct Part {
    /// Where it begins, in bytes of the document's text.
    base: usize,
    /// Its sentences that may answer, by number, in bytes of the stretch.
    sentences: Vec<(usize, Span)>,
    /// Its windows among all of them.
    windows: Range<usize>,
}

impl Part {
    /// Cuts a stretch into windows, which go to the end of `windows`; nothing to read without a sentence that may answer.
    fn new(framer: &Framer<'_>, record: &PassageRecord, sentences: Range<usize>, windows: &mut Vec<Window>) -> Self {
        let sentences = answering(record, sentences);
        let first = windows.len();
        let stretch = sentences.iter().map(|&(_, span)| span).reduce(Span::cover).unwrap_or_default();
        windows.extend(framer.windows(record.slice(stretch)));
        let local = |&(number, span): &(usize, Span)| (number, span.relative_to(stretch.start));
        Self { base: stretch.start, sentences: sentences.iter().map(local).collect(), windows: first..windows.len() }
    }

    /// What the network thinks of the spans given, in bytes of the document's text.
    fn given(&self, windows: &[Window], logits: &[Option<Logits>], given: &[Span]) -> Vec<Scored> {
        let mut found = Vec::new();
        for &span in given.iter().filter(|span| span.start >= self.base) {
            let local = span.relative_to(self.base);
            let Some(&(sentence, _)) = self.sentences.iter().find(|(_, sentence)| sentence.contains(local)) else { continue };
            let own = |at: usize| decode::of(windows.get(at)?, logits.get(at)?.as_ref()?, sentence, local);
            found.extend(self.windows.clone().filter_map(own).map(|scored| Scored { span, ..scored }));
        }
        found
    }

    /// The best score of a span that lies within some words, in bytes of the document's text.
    fn within(&self, windows: &[Window], logits: &[Option<Logits>], words: Span) -> Option<f32> {
        let words = Span::new(words.start.saturating_sub(self.base), words.end.saturating_sub(self.base));
        let cut = |&(number, sentence): &(usize, Span)| {
            let (start, end) = (sentence.start.max(words.start), sentence.end.min(words.end));
            (start < end).then(|| (number, Span::new(start, end)))
        };
        let places: Vec<(usize, Span)> = self.sentences.iter().filter_map(cut).collect();
        let best = |at: usize| decode::best(windows.get(at)?, logits.get(at)?.as_ref()?, &places, 1).first().map(Scored::score);
        self.windows.clone().filter_map(best).reduce(f32::max)
    }

    /// Its best spans, in bytes of the document's text.
    fn spans(&self, windows: &[Window], logits: &[Option<Logits>]) -> Vec<Scored> {
        let own = |at: usize| Some(decode::best(windows.get(at)?, logits.get(at)?.as_ref()?, &self.sentences, SPANS));
        let mut found: Vec<Scored> = self.windows.clone().filter_map(own).flatten().collect();
        found.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.span.cmp(&b.span)));
        let kept = decode::without_overlaps(found, SPANS).into_iter();
        kept.map(|scored| Scored { span: Span::new(self.base + scored.span.start, self.base + scored.span.end), ..scored }).collect()
    }
}

/// The stretches around the first candidates, read.
struct Reading<'p> {
    /// Each with the position of its passage.
    parts: Vec<(usize, &'p Passage, Part)>,
    windows: Vec<Window>,
    logits: Vec<Option<Logits>>,
}

impl Reading<'_> {
    /// The best score of a span within the words given, where they were read.
    fn within(&self, document: u32, words: Span) -> Option<f32> {
        let same = self.parts.iter().filter(|(_, passage, _)| passage.record.document.ordinal == document);
        same.filter_map(|(.., part)| part.within(&self.windows, &self.logits, words)).reduce(f32::max)
    }
}

impl NeuralReader {
    fn reading<'p>(&self, question: &Question, passages: &'p [Passage], shortlist: &[Candidate]) -> Option<Reading<'p>> {
        let framer = Framer::new(&self.wordpiece, &question.words)?;
        let mut windows = Vec::new();
        let stretches = choice::stretches(passages, shortlist, STRETCHES).into_iter();
        let read = stretches.filter_map(|stretch| Some((passages.get(stretch.passage)?, stretch)));
        let parts = read
            .map(|(passage, stretch)| (stretch.passage, passage, Part::new(&framer, &passage.record, stretch.sentences, &mut windows)))
            .collect();
        let logits = self.network.logits(&windows);
        Some(Reading { parts, windows, logits })
    }
}

impl Reader for NeuralReader {
    fn read(&self, look: &Look<'_>, shortlist: Vec<Candidate>) -> Vec<Candidate> {
        let Look { question, passages, .. } = *look;
        if shortlist.is_empty() && !asks_for_a_span(question) {
            return shortlist;
        }
        let Some(reading) = self.reading(question, passages, &shortlist) else { return shortlist };
        match (stays_whole(question, &shortlist), question.answer_type) {
            (true, AnswerType::List) => listing::listed(look, &reading, shortlist),
            (true, _) => judged(&reading, passages, shortlist),
            (false, _) => marked(look, &reading, shortlist),
        }
    }
}

/// The candidates as they are, each with what the network thinks of the best span within it.
fn judged(reading: &Reading<'_>, passages: &[Passage], shortlist: Vec<Candidate>) -> Vec<Candidate> {
    let judge = |candidate: Candidate| {
        let document = passages.get(candidate.passage).map(|passage| passage.record.document.ordinal);
        let margin = document.and_then(|document| reading.within(document, supporting(passages, &candidate)));
        let mut parts = candidate.parts.clone();
        parts.push(("read", f32::from(u8::from(margin.is_some()))));
        parts.push(("margin", margin.unwrap_or_default()));
        Candidate { parts, ..candidate }
    };
    shortlist.into_iter().map(judge).collect()
}

/// The words that the network must find an answer in for a candidate to be borne out: its own, or the sentence its evidence begins in,
/// where somebody may be called "he".
fn supporting(passages: &[Passage], candidate: &Candidate) -> Span {
    let whole = || {
        let (passage, sentence) = candidate.borne_out_by(passages);
        Some(passages.get(passage)?.record.analysis.sentences.get(sentence)?.span)
    };
    candidate.evidence.and_then(|_| whole()).unwrap_or(candidate.span)
}

/// The spans that the network marks, and those given, with what it thinks of them.
fn marked(look: &Look<'_>, reading: &Reading<'_>, shortlist: Vec<Candidate>) -> Vec<Candidate> {
    let Look { question, passages, sought, views, .. } = look;
    let Reading { parts, windows, logits } = reading;
    let mut marked = Vec::new();
    let mut given: Vec<(u32, Scored)> = Vec::new();
    for (at, passage, part) in parts {
        let document = passage.record.document.ordinal;
        let Some(view) = views.get(*at) else { continue };
        let asked = part.given(windows, logits, &shortlisted(passages, &shortlist, document));
        given.extend(asked.into_iter().map(|scored| (document, scored)));
        for scored in part.spans(windows, logits) {
            let tokens = narrowing::narrow(view, question.answer_type, view.tokens_in(scored.span));
            let kind = kind::fit(view, sought, &tokens);
            let span = if tokens.is_empty() { scored.span } else { view.span(tokens) };
            marked.push((candidate(question, *at, Scored { span, ..scored }), kind));
        }
    }
    let credits = Credits::new(passages, &shortlist);
    let margin = |former: &Candidate| {
        let document = passages.get(former.passage).map(|passage| passage.record.document.ordinal);
        let same = given.iter().filter(|(own, scored)| Some(*own) == document && scored.span == former.span);
        let named = marked.iter().filter(|(marked, _)| credits.is_called(former, marked)).map(|(marked, _)| marked.score);
        same.map(|(_, scored)| scored.score()).chain(named).reduce(f32::max)
    };
    let margins: Vec<Option<f32>> = shortlist.iter().map(margin).collect();
    let credited: Vec<Option<f32>> = marked.iter().map(|(marked, _)| credits.of(marked)).collect();
    merging::merge(marked.into_iter().zip(credited), shortlist.into_iter().zip(margins))
}

/// The shortlisted spans of a document.
fn shortlisted(passages: &[Passage], shortlist: &[Candidate], document: u32) -> Vec<Span> {
    let of_document =
        |candidate: &&Candidate| passages.get(candidate.passage).is_some_and(|passage| passage.record.document.ordinal == document);
    shortlist.iter().filter(of_document).map(|candidate| candidate.span).collect()
}

/// Those of the sentences that are article text, by number, in bytes of the document's text.
fn answering(record: &PassageRecord, sentences: Range<usize>) -> Vec<(usize, Span)> {
    let article = |number: usize| record.blocks.get(number).is_none_or(|block| block.is_article());
    let place = |number: usize| record.analysis.sentences.get(number).map(|sentence| (number, sentence.span));
    sentences.filter(|&number| article(number)).filter_map(place).collect()
}

/// The candidate at a span the network marked.
fn candidate(question: &Question, passage: usize, scored: Scored) -> Candidate {
    Candidate {
        passage,
        sentence: scored.sentence,
        span: scored.span,
        answer_type: question.answer_type,
        score: scored.score(),
        parts: Vec::new(),
        members: Vec::new(),
        evidence: None,
    }
}

#[cfg(test)]
mod tests;
