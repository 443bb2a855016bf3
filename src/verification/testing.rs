//! Short texts become excerpts for the tests of this folder: «…» marks a quotation, `name:` before it its speaker.

use std::sync::Arc;

use super::excerpt::Excerpt;
use crate::index::DocumentRecord;
use crate::quotation::{Quotation, QuotationKind, Speaker};
use crate::span::Span;
use crate::syntax::EntityKind;
use crate::text::analyze;

/// A document without data.
pub(super) fn document(id: &str) -> Arc<DocumentRecord> {
    Arc::new(DocumentRecord {
        ordinal: 0,
        id: id.to_owned(),
        path: id.to_owned(),
        title: None,
        publisher: None,
        authors: Vec::new(),
        published: None,
        digest: String::new(),
        cluster: 0,
    })
}

/// An [`excerpt`] of a document with an identifier and a date.
pub(super) fn dated(id: &str, day: &str, text: &str) -> Excerpt {
    let ordinal = id.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let record = DocumentRecord { published: day.parse().ok(), ordinal, cluster: ordinal, ..DocumentRecord::clone(&document(id)) };
    let mut excerpt = excerpt(text);
    excerpt.document = Arc::new(record);
    excerpt
}

/// A speaker known by name alone.
pub(super) fn speaker(name: &str) -> Speaker {
    Speaker { name: name.to_owned(), role: None, mention: name.to_owned(), mention_span: Span::default(), kind: EntityKind::Person }
}

/// A text whose paragraphs are lines; all stretches between « and » of one line are pieces of one utterance of Ann Bell.
pub(super) fn excerpt(text: &str) -> Excerpt {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        blocks.push(Span::new(start, start + line.len()).trim(text));
        start += line.len();
    }
    let quotations: Vec<Quotation> = blocks.iter().filter_map(|block| quotation(text, *block)).collect();
    let sentences = analyze(text, &blocks).sentences.into_iter().map(|sentence| (sentence.span, sentence.block)).collect();
    Excerpt::build(document("a"), text.to_owned(), Span::new(0, text.len()), sentences, &quotations)
}

/// The same, where a line may begin with the name of who says its stretches, and a colon.
pub(super) fn voices(text: &str) -> Excerpt {
    let mut excerpt = excerpt(text);
    let name = |at: usize| {
        let line = text.get(..at)?.rsplit('\n').next()?;
        let (name, _) = line.split_once(':')?;
        Some(speaker(name))
    };
    for utterance in &mut excerpt.utterances {
        utterance.speaker = name(utterance.cover().start).or(utterance.speaker.take());
    }
    excerpt
}

fn quotation(text: &str, block: Span) -> Option<Quotation> {
    let opens = block.slice(text).match_indices('«').map(|(at, mark)| block.start + at + mark.len());
    let piece =
        |start: usize| Span::new(start, text.get(start..block.end).and_then(|tail| tail.find('»')).map_or(block.end, |at| start + at));
    let pieces: Vec<Span> = opens.map(piece).collect();
    let speaker = Some(speaker("Ann Bell"));
    (!pieces.is_empty()).then_some(Quotation { pieces, kind: QuotationKind::Direct, cue: None, speaker, confidence: 1.0 })
}
