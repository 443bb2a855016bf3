//! Documents and quotations become a full-text index, and come back from it as plain records.
//!
//! [`update`] reads folders and writes the index; [`Index`] reads it. Everything a document holds lies in *chunks* of about a hundred
//! words: text, analysis, quotations, each stored once. Passages are windows over neighbouring chunks, quotations are found by the
//! words and speakers of the chunks they stand in, and a table of documents keeps what is known about each. What goes out are the records
//! below.
//!
//! The entries themselves are kept by a search engine behind a narrow waist, [`backend`]: tantivy's files on this machine ([`local`]), or a
//! cluster of Elasticsearch or OpenSearch ([`remote`]). Each engine's folder keeps all knowledge of it to itself.

mod backend;
mod catalog;
mod chunk;
mod copies;
mod documents;
mod error;
mod furniture;
mod home;
mod kept;
mod local;
mod manifest;
mod open;
mod packing;
mod passages;
mod pipeline;
mod places;
mod plan;
mod prepare;
mod quotations;
mod recent;
mod rehearsal;
mod remote;
mod seal;
mod search;
pub mod shorthand;
mod signing;
mod update;
mod usual;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::corpus::{BlockKind, Origin};
use crate::quotation::Quotation;
use crate::span::Span;
use crate::syntax::Syntax;
use crate::text::{Language, Text};

pub use error::IndexError;
pub use home::Home;
pub use kept::keep;
pub use manifest::{FileState, is_closed, is_index};
pub use open::Index;
pub use places::PlaceRecord;
pub use quotations::{QuotationFilter, is_named};
pub use rehearsal::Planned;
pub use remote::{Cluster, Credentials};
pub use search::{Filter, Hit, Scope, Search};
pub use update::{Options, Progress, Summary, update};

/// What is known about an indexed document, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// The document's position in the order of identifiers; ties are broken by it.
    pub ordinal: u32,
    /// Stable identifier.
    pub id: String,
    /// The path by which it can be opened.
    pub path: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Authors, in order.
    pub authors: Vec<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub digest: String,
    /// The ordinal of the first document of its cluster: documents with the same number are copies of one report.
    pub cluster: u32,
}

/// What is known about an indexed document and needed for no answer: its file as it was read, and where its metadata were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// Size of the file, in bytes.
    pub size: u64,
    /// When the file had been changed last, in nanoseconds since 1970.
    pub modified: Option<i64>,
    /// Where the title was read.
    pub title_from: Option<Origin>,
    /// Where the outlet was read.
    pub publisher_from: Option<Origin>,
    /// Where the authors were read.
    pub authors_from: Option<Origin>,
    /// Where the day of publication was read.
    pub published_from: Option<Origin>,
    /// Day of the last update.
    pub updated: Option<Date>,
    /// Where that was read.
    pub updated_from: Option<Origin>,
    /// The language of the article; `None` where its words do not tell.
    pub language: Option<Language>,
}

/// What an index was made from, and what could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The version of the program that wrote it last.
    pub program: String,
    /// The layout of its files.
    pub format: u32,
    /// The folders and files it was made from.
    pub roots: Vec<PathBuf>,
    /// Documents in it.
    pub documents: usize,
    /// Chunks in it.
    pub chunks: u64,
    /// Files that are not in it, by identifier, with the reason.
    pub failed: Vec<(String, FileState)>,
}

/// A window of sentences of one document, with everything the readers need.
///
/// All spans count bytes of the document's text; [`PassageRecord::slice`] gives their words.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageRecord {
    /// Which document.
    pub document: Arc<DocumentRecord>,
    /// The window, in bytes of the document's text.
    pub span: Span,
    /// The document's text at `span`.
    pub text: String,
    /// The window's tokens and sentences (positions count within the window).
    pub analysis: Text,
    /// What block each sentence lies in; parallel to `analysis.sentences`.
    pub blocks: Vec<BlockKind>,
    /// The window's syntax; parallel to `analysis.tokens`.
    pub syntax: Syntax,
    /// Quotations that overlap the window.
    pub quotations: Vec<Quotation>,
}

impl PassageRecord {
    /// The words at a span of the document that lies inside the window; `""` outside it.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        if self.span.contains(span) { span.relative_to(self.span.start).slice(&self.text) } else { "" }
    }
}

/// A quotation with the document it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotationRecord {
    /// Which document.
    pub document: Arc<DocumentRecord>,
    /// The quotation; spans count bytes of the document's text.
    pub quotation: Quotation,
    /// The words of each piece.
    pub pieces: Vec<String>,
    /// Copies of the document's report that print the same words; empty where nobody looked.
    pub also: Vec<Arc<DocumentRecord>>,
}

#[cfg(test)]
mod tests;
