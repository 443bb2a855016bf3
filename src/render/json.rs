//! Results become JSON documents. The format is stable: fields are added, never renamed or removed.
//!
//! The types here are the format's own; the program's types may change without it.

use std::ops::Range;

use serde::Serialize;

use crate::answer::{Answer, Citation, Member, NoAnswer, Outcome};
use crate::corpus::{Document, Metadata};
use crate::engine::{Asked, Status, Warning};
use crate::index::{DocumentRecord, QuotationRecord};
use crate::question::AnswerType;
use crate::quotation::{Quotation, QuotationKind, Speaker};
use crate::span::{CharIndex, Span};
use crate::syntax::EntityKind;
use crate::verification::{Attribution, Context, Difference, Match, Operation, Verdict, Wording};

/// Counts characters up to a place of a document.
pub trait Places {
    /// The character positions of a span given in bytes.
    fn characters(&self, document: &DocumentRecord, span: Span) -> Range<usize>;
}

/// A place in a document's text.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct JsonSpan {
    start: usize,
    end: usize,
    byte_start: usize,
    byte_end: usize,
}

impl JsonSpan {
    fn new(characters: &Range<usize>, span: Span) -> Self {
        Self { start: characters.start, end: characters.end, byte_start: span.start, byte_end: span.end }
    }
}

/// A document, without its text.
#[derive(Clone, Debug, Serialize)]
pub struct JsonDocument {
    id: String,
    path: String,
    title: Option<String>,
    publisher: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    digest: String,
}

impl From<&DocumentRecord> for JsonDocument {
    fn from(record: &DocumentRecord) -> Self {
        Self {
            id: record.id.clone(),
            path: record.path.clone(),
            title: record.title.clone(),
            publisher: record.publisher.clone(),
            authors: record.authors.clone(),
            published: record.published.map(|date| date.to_string()),
            digest: record.digest.clone(),
        }
    }
}

/// Who said something.
#[derive(Clone, Debug, Serialize)]
pub struct JsonSpeaker {
    name: String,
    role: Option<String>,
    mention: String,
    kind: &'static str,
}

impl From<&Speaker> for JsonSpeaker {
    fn from(speaker: &Speaker) -> Self {
        let kind = match speaker.kind {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
            EntityKind::Other => "other",
        };
        Self { name: speaker.name.clone(), role: speaker.role.clone(), mention: speaker.mention.clone(), kind }
    }
}

/// A cited sentence.
#[derive(Clone, Debug, Serialize)]
pub struct JsonCitation {
    document: JsonDocument,
    sentence: String,
    span: JsonSpan,
    answer_span: JsonSpan,
    speaker: Option<JsonSpeaker>,
    quoted: bool,
}

impl JsonCitation {
    fn new(citation: &Citation, places: &dyn Places) -> Self {
        let place = |span| JsonSpan::new(&places.characters(&citation.document, span), span);
        Self {
            document: JsonDocument::from(citation.document.as_ref()),
            sentence: citation.sentence.clone(),
            span: place(citation.span),
            answer_span: place(citation.answer_span),
            speaker: citation.speaker.as_ref().map(JsonSpeaker::from),
            quoted: citation.quoted,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonValue {
    number: f64,
    unit: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonMember {
    text: String,
    citation: JsonCitation,
}

#[derive(Clone, Debug, Serialize)]
struct JsonSupport {
    documents: usize,
    independent: usize,
}

#[derive(Clone, Debug, Serialize)]
struct JsonAnswer {
    text: String,
    confidence: f32,
    value: Option<JsonValue>,
    members: Option<Vec<JsonMember>>,
    citations: Vec<JsonCitation>,
    support: JsonSupport,
}

impl JsonAnswer {
    fn new(answer: &Answer, places: &dyn Places) -> Self {
        let member = |member: &Member| JsonMember { text: member.text.clone(), citation: JsonCitation::new(&member.citation, places) };
        Self {
            text: answer.text.clone(),
            confidence: rounded(answer.confidence),
            value: answer.value.as_ref().map(|value| JsonValue { number: value.number, unit: value.unit.clone() }),
            members: answer.members.as_ref().map(|members| members.iter().map(member).collect()),
            citations: answer.citations.iter().map(|citation| JsonCitation::new(citation, places)).collect(),
            support: JsonSupport { documents: answer.support.documents, independent: answer.support.independent },
        }
    }
}

/// Three decimals: more would promise more than the figure knows.
fn rounded(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

/// Answers that disagree.
#[derive(Clone, Debug, Serialize)]
struct JsonConflict {
    answers: Vec<usize>,
    texts: Vec<String>,
}

/// `sayso.answer/1`
#[derive(Debug, Serialize)]
pub struct JsonOutcome {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    question: String,
    answer_type: AnswerType,
    status: &'static str,
    reason: Option<String>,
    answers: Vec<JsonAnswer>,
    conflicts: Vec<JsonConflict>,
    nearest: Vec<JsonCitation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<JsonWarning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<serde_json::Value>,
}

impl JsonOutcome {
    /// What came of a question; `id` is the batch line's own.
    #[must_use]
    pub fn new(asked: &Asked, id: Option<serde_json::Value>, places: &dyn Places) -> Self {
        let empty = Self {
            schema: "sayso.answer/1",
            id,
            question: asked.question.words.clone(),
            answer_type: asked.question.answer_type,
            status: "unanswered",
            reason: None,
            answers: Vec::new(),
            conflicts: Vec::new(),
            nearest: Vec::new(),
            warnings: asked.warnings.iter().map(JsonWarning::from).collect(),
            explanation: asked.explanation.as_ref().map(super::explain::json),
        };
        match &asked.outcome {
            Outcome::Unanswered(NoAnswer { reason, nearest }) => {
                let nearest = nearest.iter().map(|citation| JsonCitation::new(citation, places)).collect();
                Self { reason: Some(reason.clone()), nearest, ..empty }
            }
            Outcome::Answered { answers, conflicts } => {
                let text = |&position: &usize| answers.get(position).map(|answer| answer.text.clone());
                let conflict = |found: &crate::answer::Conflict| JsonConflict {
                    answers: found.answers.clone(),
                    texts: found.answers.iter().filter_map(text).collect(),
                };
                let conflicts = conflicts.iter().map(conflict).collect();
                let answers = answers.iter().map(|answer| JsonAnswer::new(answer, places)).collect();
                Self { status: "answered", answers, conflicts, ..empty }
            }
        }
    }
}

/// Something the user should know beside the result.
#[derive(Clone, Debug, Serialize)]
pub struct JsonWarning {
    path: Option<String>,
    message: String,
}

impl From<&Warning> for JsonWarning {
    fn from(warning: &Warning) -> Self {
        Self { path: warning.path.clone(), message: warning.message.clone() }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonDifference {
    op: Operation,
    source: String,
    given: String,
}

impl From<&Difference> for JsonDifference {
    fn from(step: &Difference) -> Self {
        Self { op: step.operation, source: step.source.clone(), given: step.given.clone() }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonMatch {
    document: JsonDocument,
    text: String,
    span: JsonSpan,
    similarity: f32,
    diff: Vec<JsonDifference>,
    speaker: Option<JsonSpeaker>,
    passage: String,
}

impl JsonMatch {
    fn new(found: &Match, places: &dyn Places) -> Self {
        Self {
            document: JsonDocument::from(found.document.as_ref()),
            text: found.text.clone(),
            span: JsonSpan::new(&places.characters(&found.document, found.span), found.span),
            similarity: rounded(found.similarity),
            diff: found.diff.iter().map(JsonDifference::from).collect(),
            speaker: found.speaker.as_ref().map(JsonSpeaker::from),
            passage: found.passage.clone(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonPrinted {
    documents: usize,
    independent: usize,
    earliest: Option<JsonDocument>,
}

/// `sayso.quotecheck/1`
#[derive(Debug, Serialize)]
pub struct JsonVerdict {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    quote: String,
    claimed_speaker: Option<String>,
    wording: Wording,
    attribution: Option<Attribution>,
    context: Option<Context>,
    speaker: Option<JsonSpeaker>,
    support: JsonPrinted,
    matches: Vec<JsonMatch>,
}

impl JsonVerdict {
    /// What was found about a quote; `id` is the batch line's own.
    #[must_use]
    pub fn new(verdict: &Verdict, id: Option<serde_json::Value>, places: &dyn Places) -> Self {
        Self {
            schema: "sayso.quotecheck/1",
            id,
            quote: verdict.quote.clone(),
            claimed_speaker: verdict.claimed_speaker.clone(),
            wording: verdict.wording,
            attribution: verdict.attribution,
            context: verdict.context,
            speaker: verdict.speaker.as_ref().map(JsonSpeaker::from),
            support: JsonPrinted {
                documents: verdict.documents,
                independent: verdict.independent,
                earliest: verdict.earliest.as_deref().map(JsonDocument::from),
            },
            matches: verdict.matches.iter().map(|found| JsonMatch::new(found, places)).collect(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonPiece {
    text: String,
    span: JsonSpan,
}

#[derive(Clone, Debug, Serialize)]
struct JsonQuotation {
    document: JsonDocument,
    text: String,
    span: JsonSpan,
    pieces: Vec<JsonPiece>,
    kind: &'static str,
    speaker: Option<JsonSpeaker>,
    confidence: f32,
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
            pieces: pieces.map(|(&span, text)| JsonPiece { text: text.clone(), span: place(span) }).collect(),
            kind: kind_name(record.quotation.kind),
            speaker: record.quotation.speaker.as_ref().map(JsonSpeaker::from),
            confidence: rounded(record.quotation.confidence),
        }
    }
}

/// `sayso.quotes/1`
#[derive(Debug, Serialize)]
pub struct JsonQuotations {
    schema: &'static str,
    total: usize,
    quotations: Vec<JsonQuotation>,
}

impl JsonQuotations {
    /// A list of quotations; `total` counts those left out too.
    #[must_use]
    pub fn new(records: &[QuotationRecord], total: usize, places: &dyn Places) -> Self {
        let quotations = records.iter().map(|record| JsonQuotation::new(record, places)).collect();
        Self { schema: "sayso.quotes/1", total, quotations }
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
            .filter(|quotation| matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Partial))
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

/// `sayso.document/1`
#[derive(Debug, Serialize)]
pub struct JsonShown {
    schema: &'static str,
    document: JsonDocument,
    text: String,
    span: Option<JsonSpan>,
    marked: Option<String>,
}

impl JsonShown {
    /// A document's text with a place marked.
    #[must_use]
    pub fn new(document: &DocumentRecord, text: &str, span: Option<Span>) -> Self {
        let characters = CharIndex::new(text);
        let place = |span: Span| JsonSpan::new(&(characters.chars_before(span.start)..characters.chars_before(span.end)), span);
        Self {
            schema: "sayso.document/1",
            document: JsonDocument::from(document),
            text: text.to_owned(),
            span: span.map(place),
            marked: span.map(|span| span.slice(text).to_owned()),
        }
    }
}

/// `sayso.status/1`
#[derive(Debug, Serialize)]
pub struct JsonStatus {
    schema: &'static str,
    index: String,
    format: u32,
    documents: usize,
    passages: usize,
    quotations: usize,
    speakers: usize,
    outlets: Vec<String>,
    bytes: u64,
    roots: Vec<String>,
    unreadable: Vec<JsonWarning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Vec<JsonDocument>>,
}

impl JsonStatus {
    /// What an index holds; with `list` every document.
    #[must_use]
    pub fn new(status: &Status, list: bool) -> Self {
        let documents = || status.list.iter().map(|record| JsonDocument::from(record.as_ref())).collect();
        Self {
            schema: "sayso.status/1",
            index: status.directory.clone(),
            format: status.format,
            documents: status.documents,
            passages: status.passages,
            quotations: status.quotations,
            speakers: status.speakers,
            outlets: status.outlets.clone(),
            bytes: status.bytes,
            roots: status.roots.clone(),
            unreadable: status.unreadable.iter().map(JsonWarning::from).collect(),
            list: list.then(documents),
        }
    }
}

/// `sayso.error/1`
#[derive(Debug, Serialize)]
pub struct JsonError {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    error: JsonErrorBody,
}

#[derive(Debug, Serialize)]
struct JsonErrorBody {
    kind: String,
    message: String,
    hint: Option<String>,
}

impl JsonError {
    /// An error; `id` is the batch line's own.
    #[must_use]
    pub fn new(kind: &str, message: &str, hint: Option<&str>, id: Option<serde_json::Value>) -> Self {
        let error = JsonErrorBody { kind: kind.to_owned(), message: message.to_owned(), hint: hint.map(str::to_owned) };
        Self { schema: "sayso.error/1", id, error }
    }
}

/// The metadata of a document just read, as the index would hold it.
#[must_use]
pub fn record_of(document: &Document) -> DocumentRecord {
    let Metadata { title, publisher, authors, published, .. } = &document.metadata;
    DocumentRecord {
        ordinal: 0,
        cluster: 0,
        id: document.id.clone(),
        path: document.path.clone(),
        title: title.as_ref().map(|title| title.value.clone()),
        publisher: publisher.as_ref().map(|publisher| publisher.value.clone()),
        authors: authors.iter().map(|author| author.value.clone()).collect(),
        published: published.as_ref().map(|published| published.value),
        digest: document.digest.clone(),
    }
}
