//! Quotations become `sayso.quotes/1`, and those of a bare text a line of `extract`.

use serde::Serialize;

use super::{JsonDocument, JsonSpan, JsonSpeaker, JsonWarning, Places, Texts, rounded};
use crate::engine::Warning;
use crate::index::QuotationRecord;
use crate::quotation::{Quotation, QuotationKind};
use crate::span::CharIndex;

#[derive(Clone, Debug, Serialize)]
struct JsonPiece {
    text: String,
    span: JsonSpan,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct JsonQuotation {
    document: JsonDocument,
    text: String,
    span: JsonSpan,
    pieces: Vec<JsonPiece>,
    kind: &'static str,
    speaker: Option<JsonSpeaker>,
    confidence: f64,
    /// Copies of the report that print the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_in: Vec<JsonDocument>,
}

/// The word for a kind of quotation.
#[must_use]
pub fn kind_name(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Partial => "partial",
        QuotationKind::Indirect => "indirect",
        QuotationKind::NotSpeech => "not_speech",
    }
}

impl JsonQuotation {
    fn new(record: &QuotationRecord, places: &dyn Places) -> Self {
        let place = |span| JsonSpan::new(&places.characters(&record.document, span), span);
        let pieces = record.quotation.pieces.iter().zip(&record.pieces);
        Self {
            document: JsonDocument::from(record.document.as_ref()),
            text: record.pieces.join(" … "),
            span: place(record.quotation.span()),
            pieces: pieces.map(|(&span, text)| JsonPiece { text: text.clone(), span: place(span), before: None, after: None }).collect(),
            kind: kind_name(record.quotation.kind),
            speaker: record.quotation.speaker.as_ref().map(JsonSpeaker::from),
            confidence: rounded(record.quotation.confidence),
            also_in: record.also.iter().map(|document| JsonDocument::from(document.as_ref())).collect(),
        }
    }

    /// The same with what verifies each piece again: the characters around it.
    pub(super) fn verifiable(record: &QuotationRecord, texts: &dyn Texts) -> Self {
        let mut plain = Self::new(record, texts);
        for (piece, &span) in plain.pieces.iter_mut().zip(&record.quotation.pieces) {
            let (before, after) = texts.surroundings(&record.document, span);
            (piece.before, piece.after) = (Some(before), Some(after));
        }
        plain
    }
}

/// `sayso.quotes/1`
#[derive(Debug, Serialize)]
pub struct JsonQuotations {
    schema: &'static str,
    total: usize,
    quotations: Vec<JsonQuotation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<JsonWarning>,
}

impl JsonQuotations {
    /// A list of quotations; `total` counts those left out too.
    #[must_use]
    pub fn new(records: &[QuotationRecord], total: usize, places: &dyn Places) -> Self {
        let quotations = records.iter().map(|record| JsonQuotation::new(record, places)).collect();
        Self { schema: "sayso.quotes/1", total, quotations, warnings: Vec::new() }
    }

    /// The same with what the user should know beside it.
    #[must_use]
    pub fn warned(self, warnings: &[Warning]) -> Self {
        Self { warnings: warnings.iter().map(JsonWarning::from).collect(), ..self }
    }
}

#[derive(Debug, Serialize)]
struct JsonExtracted {
    start: usize,
    end: usize,
    text: String,
    speaker: Option<JsonSpeaker>,
    cue: Option<String>,
    kind: &'static str,
    attribution: usize,
}

/// One line of `extract --jsonl`: the quotations of one text, positions in characters of it, quote marks left out.
#[derive(Debug, Serialize)]
pub struct JsonExtraction {
    id: serde_json::Value,
    quotes: Vec<JsonExtracted>,
}

impl JsonExtraction {
    /// Every piece of every quotation in the order of the text; pieces of one utterance share `attribution`.
    #[must_use]
    pub fn new(id: serde_json::Value, text: &str, quotations: &[Quotation]) -> Self {
        let characters = CharIndex::new(text);
        let mut quotes: Vec<_> = quotations
            .iter()
            .enumerate()
            .flat_map(|(number, quotation)| quotation.pieces.iter().map(move |&piece| (number, quotation, piece)))
            .map(|(number, quotation, piece)| JsonExtracted {
                start: characters.chars_before(piece.start),
                end: characters.chars_before(piece.end),
                text: piece.slice(text).to_owned(),
                speaker: quotation.speaker.as_ref().map(JsonSpeaker::from),
                cue: quotation.cue.map(|cue| cue.slice(text).to_owned()),
                kind: kind_name(quotation.kind),
                attribution: number,
            })
            .collect();
        quotes.sort_by_key(|quote| (quote.start, quote.end));
        Self { id, quotes }
    }
}
