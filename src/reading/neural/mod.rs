//! The neural reader: a small transformer reads question and passage together and marks the span that answers.
//!
//! Text → WordPiece tokens → windows → start and end logits → spans. Scores of different passages compare because the network
//! was trained to say "not here". How it was trained is in `training/reader/`.

mod choice;
mod decode;
mod network;
mod punctuation;
mod window;
mod wordpiece;

pub use network::NetworkError;

use super::{Candidate, Reader};
use crate::question::Question;
use crate::retrieval::Passage;
use crate::span::Span;
use decode::Scored;
use network::Network;
use window::Framer;
use wordpiece::WordPiece;

const VOCABULARY: &str = include_str!("../../../models/reader/vocab.txt");

/// Passages read for a question.
const PASSAGES: usize = 8;
/// Spans kept of each passage; they do not overlap.
const SPANS: usize = 4;

/// Reads passages with a transformer.
pub struct NeuralReader {
    wordpiece: WordPiece,
    network: Network,
}

impl NeuralReader {
    /// Loads the network from the bytes of an ONNX file, in about ten milliseconds.
    ///
    /// # Errors
    ///
    /// If the bytes are no network, or one without the inputs and outputs of a span reader.
    pub fn load(onnx: &'static [u8]) -> Result<Self, NetworkError> {
        Ok(Self { wordpiece: WordPiece::new(VOCABULARY), network: Network::load(onnx)? })
    }

    /// The best spans of one passage; `sentences` are those that may answer, by number, in bytes of `passage`.
    fn spans(&self, framer: &Framer<'_>, passage: &str, sentences: &[(usize, Span)]) -> Vec<Scored> {
        let windows = framer.windows(passage);
        let read = |window| Some(decode::best(window, &self.network.logits(window)?, sentences, SPANS));
        let mut found: Vec<_> = windows.iter().filter_map(read).flatten().collect();
        found.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.span.cmp(&b.span)));
        decode::without_overlaps(found, SPANS)
    }
}

impl Reader for NeuralReader {
    fn read(&self, question: &Question, passages: &[Passage], shortlist: Vec<Candidate>) -> Vec<Candidate> {
        let Some(framer) = Framer::new(&self.wordpiece, &question.words) else { return Vec::new() };
        let mut candidates = Vec::new();
        for number in choice::passages_to_read(passages, &shortlist, PASSAGES) {
            let Some(passage) = passages.get(number) else { continue };
            let spans = self.spans(&framer, &passage.record.text, &answering(passage));
            candidates.extend(spans.into_iter().map(|scored| candidate(question, number, passage, scored, &shortlist)));
        }
        candidates.sort_by(|a: &Candidate, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
        candidates
    }
}

/// The sentences of the passage's article text, by number, in bytes of the passage.
fn answering(passage: &Passage) -> Vec<(usize, Span)> {
    let record = &passage.record;
    let sentences = record.analysis.sentences.iter().enumerate();
    let article = |number: usize| record.blocks.get(number).is_none_or(|block| block.is_article());
    sentences.filter(|&(number, _)| article(number)).map(|(number, s)| (number, s.span.relative_to(record.span.start))).collect()
}

/// The candidate at a span the network marked; where it overlaps one of the shortlist, that one's score is among its parts.
fn candidate(question: &Question, number: usize, passage: &Passage, scored: Scored, shortlist: &[Candidate]) -> Candidate {
    let base = passage.record.span.start;
    let span = Span::new(base + scored.span.start, base + scored.span.end);
    let same = shortlist.iter().filter(|other| other.passage == number && other.span.overlaps(span)).map(|other| other.score);
    let mut parts = vec![("span", scored.found), ("not here", -scored.null)];
    parts.extend(same.max_by(f32::total_cmp).map(|score| ("shortlist", score)));
    Candidate {
        passage: number,
        sentence: scored.sentence,
        span,
        answer_type: question.answer_type,
        score: scored.score(),
        parts,
        members: Vec::new(),
        evidence: None,
    }
}
