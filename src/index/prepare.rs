//! A read document becomes ready-made entries for the search index: analysed, cut into chunks, packed, its words stemmed.
//!
//! This is the heavy part of indexing. It needs nothing but the document, so that several can be prepared at once.

use std::collections::{BTreeSet, HashMap};

use tantivy::TantivyDocument;

use super::DocumentRecord;
use super::chunk::{Analyzed, Chunk};
use super::copies;
use super::packing;
use super::quotations::speaker_words;
use super::schema::Fields;
use super::search::days;
use crate::corpus::{Block, Document};
use crate::quotation::{self, Quotation, QuotationKind};
use crate::span::Span;
use crate::{syntax, text};

/// Distinct words whose stems are remembered.
const REMEMBERED: usize = 50_000;

/// Entries for one document.
pub(super) struct Prepared {
    /// Its ordinal and cluster are still open.
    pub(super) record: DocumentRecord,
    pub(super) entries: Vec<TantivyDocument>,
    pub(super) sketch: Vec<u32>,
    pub(super) problems: Vec<String>,
}

/// Prepares documents, remembering the stems of words already seen.
pub(super) struct Preparer {
    fields: Fields,
    stems: HashMap<String, String>,
}

/// What is known about a document, apart from its place among the others.
pub(super) fn record(document: &Document) -> DocumentRecord {
    let metadata = &document.metadata;
    DocumentRecord {
        ordinal: 0,
        id: document.id.clone(),
        path: document.path.clone(),
        title: metadata.title.as_ref().map(|title| title.value.clone()),
        publisher: metadata.publisher.as_ref().map(|publisher| publisher.value.clone()),
        authors: metadata.authors.iter().map(|author| author.value.clone()).collect(),
        published: metadata.published.as_ref().map(|published| published.value),
        digest: document.digest.clone(),
        cluster: 0,
    }
}

impl Preparer {
    pub(super) fn new(fields: Fields) -> Self {
        Self { fields, stems: HashMap::new() }
    }

    /// Analyses the document and makes its entries, which carry `key`.
    pub(super) fn prepare(&mut self, document: &Document, key: u32) -> Prepared {
        let source = document.text.as_str();
        let (article, aside): (Vec<Block>, Vec<Block>) = document.blocks.iter().partition(|block| block.kind.is_article());
        let cut = text::analyze(source, &spans(&article));
        let syntax = syntax::analyze(source, &cut);
        let quotations = quotation::extract(source, &article, &cut, &syntax);
        let analyzed =
            Analyzed { source, blocks: &document.blocks, article: &article, text: &cut, syntax: &syntax, quotations: &quotations };
        let record = record(document);
        let title = self.stems_of(record.title.as_deref().unwrap_or_default());
        let entry = |chunk: &Chunk| self.entry(chunk, key, &record, &title, &aside);
        let entries = analyzed.cut().iter().map(entry).collect();
        let words: Vec<String> =
            cut.tokens.iter().filter(|token| token.shape.is_word()).map(|token| text::fold(token.span.slice(source))).collect();
        let sketch = copies::sketch(words.iter().map(String::as_str));
        Prepared { record, entries, sketch, problems: document.problems.clone() }
    }

    fn entry(&mut self, chunk: &Chunk, key: u32, record: &DocumentRecord, title: &str, aside: &[Block]) -> TantivyDocument {
        let fields = self.fields;
        let mut entry = TantivyDocument::new();
        entry.add_u64(fields.document, u64::from(key));
        entry.add_u64(fields.start, chunk.span.start as u64);
        if let Some(published) = record.published {
            entry.add_i64(fields.published, days(published));
        }
        if let Some(publisher) = &record.publisher {
            entry.add_text(fields.outlet, publisher);
        }
        entry.add_text(fields.title, title);
        self.add_words(&mut entry, chunk);
        add_speakers(&mut entry, fields, &chunk.quotations);
        let around = aside.iter().filter_map(|block| intersection(block.span, chunk.span));
        let around: Vec<String> = around.map(|span| self.stems_of(span.relative_to(chunk.span.start).slice(&chunk.text))).collect();
        if !around.is_empty() {
            entry.add_text(fields.aside, around.join(" "));
        }
        entry.add_bytes(fields.body, &packing::pack(chunk));
        entry
    }

    fn add_words(&mut self, entry: &mut TantivyDocument, chunk: &Chunk) {
        let spoken: Vec<Span> = spoken(&chunk.quotations).flat_map(|quotation| quotation.pieces.iter().copied()).collect();
        let (mut stems, mut said) = (String::new(), String::new());
        for token in chunk.analysis.tokens.iter().filter(|token| token.shape.is_word()) {
            let stem = self.stem(token.span.relative_to(chunk.span.start).slice(&chunk.text));
            add(&mut stems, stem);
            if spoken.iter().any(|piece| piece.contains(token.span)) {
                add(&mut said, stem);
            }
        }
        if !stems.is_empty() {
            entry.add_text(self.fields.stems, stems);
        }
        if !said.is_empty() {
            entry.add_text(self.fields.said, said);
        }
    }

    fn stem(&mut self, word: &str) -> &str {
        if self.stems.len() > REMEMBERED {
            self.stems.clear();
        }
        self.stems.entry(word.to_owned()).or_insert_with(|| text::stem(word))
    }

    /// The stems of a text's words, with spaces between them.
    fn stems_of(&mut self, words: &str) -> String {
        let cut = text::analyze(words, &[Span::new(0, words.len())]);
        let mut stems = String::new();
        for token in cut.tokens.iter().filter(|token| token.shape.is_word()) {
            add(&mut stems, self.stem(token.span.slice(words)));
        }
        stems
    }
}

fn spans(blocks: &[Block]) -> Vec<Span> {
    blocks.iter().map(|block| block.span).collect()
}

fn add(line: &mut String, word: &str) {
    if !line.is_empty() {
        line.push(' ');
    }
    line.push_str(word);
}

fn spoken(quotations: &[Quotation]) -> impl Iterator<Item = &Quotation> {
    quotations.iter().filter(|quotation| quotation.kind != QuotationKind::NotSpeech)
}

fn add_speakers(entry: &mut TantivyDocument, fields: Fields, quotations: &[Quotation]) {
    let speakers = || spoken(quotations).filter_map(|quotation| quotation.speaker.as_ref());
    let words: BTreeSet<String> = speakers().flat_map(speaker_words).collect();
    let names: BTreeSet<&str> = speakers().map(|speaker| speaker.name.as_str()).collect();
    if !words.is_empty() {
        entry.add_text(fields.speaker, words.into_iter().collect::<Vec<_>>().join(" "));
    }
    for name in names {
        entry.add_text(fields.name, name);
    }
}

fn intersection(one: Span, other: Span) -> Option<Span> {
    let both = Span::new(one.start.max(other.start), one.end.min(other.end));
    (!both.is_empty()).then_some(both)
}
