//! Documents, the state of an index, and errors become JSON: `sayso.document/1`, `sayso.status/1`, `sayso.error/1`.

use serde::Serialize;

use super::{JsonDocument, JsonSpan, JsonWarning};
use crate::corpus::{Certainty, Document, Metadata, Origin};
use crate::engine::{Status, Warning};
use crate::index::{DocumentRecord, Particulars};
use crate::span::{CharIndex, Span};
use crate::text::Language;

/// `sayso.document/1`
#[derive(Debug, Serialize)]
pub struct JsonShown {
    schema: &'static str,
    document: JsonDocument,
    text: String,
    span: Option<JsonSpan>,
    marked: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<JsonWarning>,
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
            warnings: Vec::new(),
        }
    }

    /// The same with what the user should know beside it.
    #[must_use]
    pub fn warned(self, warnings: &[Warning]) -> Self {
        Self { warnings: warnings.iter().map(JsonWarning::from).collect(), ..self }
    }
}

/// `sayso.excerpt/1`
#[derive(Debug, Serialize)]
pub struct JsonExcerpt {
    schema: &'static str,
    document: JsonDocument,
    text: String,
    span: JsonSpan,
    characters: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<JsonWarning>,
}

impl JsonExcerpt {
    /// A part of a document's text, and how long the whole is.
    #[must_use]
    pub fn new(document: &DocumentRecord, text: &str, span: Span) -> Self {
        let characters = CharIndex::new(text);
        Self {
            schema: "sayso.excerpt/1",
            document: JsonDocument::from(document),
            text: span.slice(text).to_owned(),
            span: JsonSpan::new(&(characters.chars_before(span.start)..characters.chars_before(span.end)), span),
            characters: characters.chars_before(text.len()),
            warnings: Vec::new(),
        }
    }

    /// The same with what the user should know beside it.
    #[must_use]
    pub fn warned(self, warnings: &[Warning]) -> Self {
        Self { warnings: warnings.iter().map(JsonWarning::from).collect(), ..self }
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
    indirect: usize,
    speakers: usize,
    outlets: Vec<String>,
    bytes: u64,
    roots: Vec<String>,
    unreadable: Vec<JsonWarning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Vec<JsonListed>>,
}

/// A document with what its metadata were read from and how sure they are.
#[derive(Debug, Serialize)]
struct JsonListed {
    #[serde(flatten)]
    document: JsonDocument,
    updated: Option<String>,
    /// ISO 639-1; null where the words do not tell.
    language: Option<&'static str>,
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<JsonOrigins>,
}

/// Where each metadata value was read; null where there is none.
#[derive(Debug, Serialize)]
struct JsonOrigins {
    title: Option<JsonOrigin>,
    publisher: Option<JsonOrigin>,
    authors: Option<JsonOrigin>,
    published: Option<JsonOrigin>,
    updated: Option<JsonOrigin>,
}

#[derive(Debug, Serialize)]
struct JsonOrigin {
    origin: &'static str,
    certainty: Certainty,
}

impl From<Origin> for JsonOrigin {
    fn from(origin: Origin) -> Self {
        Self { origin: origin.name(), certainty: origin.certainty() }
    }
}

impl JsonListed {
    fn tell(&mut self, particulars: &Particulars) {
        self.updated = particulars.updated.map(|day| day.to_string());
        self.language = particulars.language.map(Language::code);
        self.size = particulars.size;
        self.from = Some(JsonOrigins {
            title: particulars.title_from.map(JsonOrigin::from),
            publisher: particulars.publisher_from.map(JsonOrigin::from),
            authors: particulars.authors_from.map(JsonOrigin::from),
            published: particulars.published_from.map(JsonOrigin::from),
            updated: particulars.updated_from.map(JsonOrigin::from),
        });
    }
}

impl JsonStatus {
    /// What an index holds; with `list` every document.
    #[must_use]
    pub fn new(status: &Status, list: bool) -> Self {
        let listed = |record: &DocumentRecord| JsonListed {
            document: JsonDocument::from(record),
            updated: None,
            language: None,
            size: 0,
            from: None,
        };
        let documents = || status.list.iter().map(|record| listed(record)).collect();
        Self {
            schema: "sayso.status/1",
            index: status.directory.clone(),
            format: status.format,
            documents: status.documents,
            passages: status.passages,
            quotations: status.quotations,
            indirect: status.indirect,
            speakers: status.speakers,
            outlets: status.outlets.clone(),
            bytes: status.bytes,
            roots: status.roots.clone(),
            unreadable: status.unreadable.iter().map(JsonWarning::from).collect(),
            list: list.then(documents),
        }
    }

    /// The same with where each document's metadata were read, in the order of the list.
    #[must_use]
    pub fn with_particulars(mut self, particulars: &[Particulars]) -> Self {
        for (listed, particulars) in self.list.iter_mut().flatten().zip(particulars) {
            listed.tell(particulars);
        }
        self
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

/// `sayso.documents/1`
#[derive(Debug, Serialize)]
pub struct JsonDocuments {
    schema: &'static str,
    total: usize,
    documents: Vec<JsonDocument>,
}

impl JsonDocuments {
    /// A list of documents; `total` counts those left out too.
    #[must_use]
    pub fn new(records: &[std::sync::Arc<DocumentRecord>], total: usize) -> Self {
        let documents = records.iter().map(|record| JsonDocument::from(record.as_ref())).collect();
        Self { schema: "sayso.documents/1", total, documents }
    }
}
