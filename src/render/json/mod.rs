//! Results become JSON documents. The format is stable: fields are added, never renamed or removed.
//!
//! The types here are the format's own; the program's types may change without it. This file holds what all documents share.

mod annotation;
mod answer;
mod documents;
mod people;
mod quotations;
mod recheck;
mod report;
mod trace;
mod verdict;

use std::ops::Range;

use serde::Serialize;

use crate::engine::{Engine, Warning};
use crate::index::DocumentRecord;
use crate::quotation::Speaker;
use crate::span::Span;
use crate::syntax::EntityKind;

pub use annotation::annotations;
pub use answer::{JsonCitation, JsonOutcome};
pub use documents::{JsonDocuments, JsonError, JsonExcerpt, JsonShown, JsonStatus, record_of};
pub use people::JsonPeople;
pub use quotations::{JsonExtraction, JsonQuotations, kind_name};
pub(super) use recheck::told;
pub use recheck::{JsonRecheck, state_name};
pub use report::JsonReport;
pub use trace::JsonTrace;
pub use verdict::JsonVerdict;

/// Counts characters up to a place of a document.
pub trait Places {
    /// The character positions of a span given in bytes.
    fn characters(&self, document: &DocumentRecord, span: Span) -> Range<usize>;

    /// The line of the document's file on which a span begins, counted from 1; `None` where the text is not the file itself, or nobody knows.
    fn line(&self, document: &DocumentRecord, span: Span) -> Option<usize> {
        let _ = (document, span);
        None
    }
}

/// Reads what stands around a place of a document.
pub trait Texts: Places {
    /// The characters right before and right after a span given in bytes.
    fn surroundings(&self, document: &DocumentRecord, span: Span) -> (String, String);
}

impl Places for Engine {
    fn characters(&self, document: &DocumentRecord, span: Span) -> Range<usize> {
        Engine::characters(self, document, span)
    }

    fn line(&self, document: &DocumentRecord, span: Span) -> Option<usize> {
        let plain = std::path::Path::new(&document.path).extension().is_some_and(|extension| extension == "txt" || extension == "text");
        let text = self.text(document).ok().filter(|_| plain)?;
        Some(text.get(..span.start)?.matches('\n').count() + 1)
    }
}

impl Texts for Engine {
    fn surroundings(&self, document: &DocumentRecord, span: Span) -> (String, String) {
        let text = self.text(document).unwrap_or_else(|_| "".into());
        let (before, after) = crate::engine::surroundings(&text, span);
        (before.to_owned(), after.to_owned())
    }
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
        Self { name: speaker.name.clone(), role: speaker.role.clone(), mention: speaker.mention.clone(), kind: speaker_kind(speaker.kind) }
    }
}

/// The word for what a speaker is.
fn speaker_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
    }
}

/// Three decimals: more would promise more than the figure knows.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
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
