//! Documents and quotations become a full-text index on disk, and come back from it as plain records.
//!
//! Three kinds of entries: documents, passages (overlapping windows of sentences) and quotations. All knowledge of tantivy stays
//! in this folder: what goes out are the records below.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::corpus::BlockKind;
use crate::quotation::Quotation;
use crate::span::Span;
use crate::syntax::Syntax;
use crate::text::Text;

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
}
