//! Passages of one document are put together again, so that words across two windows can be cited.
//!
//! Only what was retrieved is known here: a place outside all windows has no words.

use std::sync::Arc;

use crate::index::{DocumentRecord, PassageRecord};
use crate::quotation::Quotation;
use crate::retrieval::Passage;
use crate::span::Span;

/// The windows of one document, in the order of the text.
#[derive(Debug)]
pub(super) struct Excerpt<'p> {
    windows: Vec<&'p PassageRecord>,
}

impl<'p> Excerpt<'p> {
    /// Gathers the windows of a document.
    pub(super) fn new(passages: &'p [Passage], document: &DocumentRecord) -> Self {
        let same = passages.iter().map(|passage| &passage.record).filter(|record| record.document.ordinal == document.ordinal);
        let mut windows: Vec<&PassageRecord> = same.collect();
        windows.sort_by_key(|record| (record.span.start, record.span.end));
        Self { windows }
    }

    /// The document, if a window of it is known.
    pub(super) fn document(&self) -> Option<&'p Arc<DocumentRecord>> {
        self.windows.first().map(|record| &record.document)
    }

    /// The words at a span, if the windows hold all of them.
    pub(super) fn slice(&self, span: Span) -> Option<String> {
        let mut words = String::with_capacity(span.len());
        let mut at = span.start;
        while at < span.end {
            let holding = self.windows.iter().filter(|record| record.span.start <= at && at < record.span.end);
            let widest = holding.max_by_key(|record| record.span.end)?;
            let end = widest.span.end.min(span.end);
            let piece = widest.slice(Span::new(at, end));
            if piece.is_empty() {
                return None;
            }
            words.push_str(piece);
            at = end;
        }
        Some(words)
    }

    /// The whole sentences that a span touches, from the first one's start to the last one's end.
    pub(super) fn sentences(&self, span: Span) -> Option<Span> {
        let all = self.windows.iter().flat_map(|record| &record.analysis.sentences);
        let touched = all.map(|sentence| sentence.span).filter(|sentence| sentence.overlaps(span));
        touched.reduce(Span::cover)
    }

    /// The quotations that share words with a span, each once.
    pub(super) fn quotations(&self, span: Span) -> Vec<&'p Quotation> {
        let all = self.windows.iter().flat_map(|record| &record.quotations);
        let mut found: Vec<&Quotation> = Vec::new();
        for quotation in all.filter(|quotation| quotation.pieces.iter().any(|piece| piece.overlaps(span))) {
            if !found.contains(&quotation) {
                found.push(quotation);
            }
        }
        found
    }

    /// The windows themselves.
    pub(super) fn windows(&self) -> &[&'p PassageRecord] {
        &self.windows
    }
}
