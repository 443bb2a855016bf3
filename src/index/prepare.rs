//! A read document becomes ready-made entries for the search index: analysed, cut into chunks, packed, its words stemmed.
//!
//! This is the heavy part of indexing. It needs nothing but the document, so that several can be prepared at once.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::backend::ChunkEntry;
use super::chunk::{Analyzed, Chunk};
use super::copies;
use super::packing;
use super::quotations::speaker_words;
use super::search::days;
use super::signing;
use super::{DocumentRecord, Particulars};
use crate::corpus::{Block, Document};
use crate::quotation::{self, Quotation, QuotationKind};
use crate::span::Span;
use crate::text::Language;
use crate::{syntax, text};

/// Distinct words whose stems are remembered.
const REMEMBERED: usize = 50_000;

/// Bytes of an article by which its language is told.
const BEGINNING: usize = 6_000;

/// Entries for one document.
pub(super) struct Prepared {
    /// Its ordinal and cluster are still open.
    pub(super) record: DocumentRecord,
    pub(super) entries: Vec<ChunkEntry>,
    pub(super) sketch: copies::Sketch,
    pub(super) particulars: Particulars,
    pub(super) problems: Vec<String>,
}

/// Prepares documents, remembering what was found out about words already seen.
#[derive(Default)]
pub(super) struct Preparer {
    words: Words,
}

/// Words already seen.
#[derive(Default)]
struct Words {
    places: FxHashMap<Box<str>, usize>,
    known: Vec<Known>,
}

/// A word as the index needs it.
struct Known {
    stem: Box<str>,
    /// What copies are told by.
    hash: u64,
}

impl Words {
    /// The place of a word among those known, until the next document.
    fn place(&mut self, word: &str) -> usize {
        if let Some(&place) = self.places.get(word) {
            return place;
        }
        let place = self.known.len();
        self.places.insert(word.into(), place);
        self.known.push(Known { stem: text::stem(word).into(), hash: copies::hash(text::folded(word).as_bytes()) });
        place
    }

    fn stem(&self, place: usize) -> &str {
        self.known.get(place).map_or("", |known| &known.stem)
    }

    fn hash(&self, place: usize) -> u64 {
        self.known.get(place).map_or(0, |known| known.hash)
    }

    /// Makes room before it takes too much.
    fn tidy(&mut self) {
        if self.known.len() > REMEMBERED {
            *self = Self::default();
        }
    }
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

/// Where a document's metadata were read; its file is still to be noted.
fn particulars(document: &Document) -> Particulars {
    let metadata = &document.metadata;
    Particulars {
        size: 0,
        modified: None,
        title_from: metadata.title.as_ref().map(|title| title.origin),
        publisher_from: metadata.publisher.as_ref().map(|publisher| publisher.origin),
        authors_from: metadata.authors.first().map(|author| author.origin),
        published_from: metadata.published.as_ref().map(|published| published.origin),
        updated: metadata.updated.as_ref().map(|updated| updated.value),
        updated_from: metadata.updated.as_ref().map(|updated| updated.origin),
        language: language(document),
    }
}

/// The language of the article, told by the first part of it.
fn language(document: &Document) -> Option<Language> {
    let mut beginning = String::new();
    for block in document.blocks.iter().filter(|block| block.kind.is_article()) {
        if beginning.len() > BEGINNING {
            break;
        }
        add(&mut beginning, block.span.slice(&document.text));
    }
    text::language(&beginning)
}

impl Preparer {
    /// Analyses the document and makes its entries; the key they carry is added when they are written.
    pub(super) fn prepare(&mut self, document: &Document) -> Prepared {
        self.words.tidy();
        let source = document.text.as_str();
        let (article, aside): (Vec<Block>, Vec<Block>) = document.blocks.iter().partition(|block| block.kind.is_article());
        let cut = text::analyze(source, &spans(&article));
        let syntax = syntax::analyze(source, &cut);
        let mut quotations = quotation::extract(source, &article, &cut, &syntax);
        signing::sign(document, &mut quotations);
        let analyzed =
            Analyzed { source, blocks: &document.blocks, article: &article, text: &cut, syntax: &syntax, quotations: &quotations };
        let record = record(document);
        let particulars = particulars(document);
        let foreign = particulars.language.filter(|language| *language != Language::English);
        let title = self.stems_of(record.title.as_deref().unwrap_or_default());
        let words: Vec<Option<usize>> =
            cut.tokens.iter().map(|token| token.shape.is_word().then(|| self.words.place(token.span.slice(source)))).collect();
        let mut rest = words.iter().copied();
        let entry = |chunk: &Chunk| self.entry(chunk, rest.by_ref().take(chunk.analysis.tokens.len()), &record, &title, &aside);
        let chunks = analyzed.cut();
        let mut entries: Vec<ChunkEntry> = chunks.iter().map(entry).collect();
        if let Some(language) = foreign {
            for (entry, chunk) in entries.iter_mut().zip(&chunks) {
                (entry.language, entry.own) = (Some(language.code()), own_words(chunk, language));
            }
        }
        let hashes: Vec<u64> = words.iter().flatten().map(|&place| self.words.hash(place)).collect();
        let sketch = copies::sketch(&hashes);
        Prepared { record, entries, sketch, particulars, problems: document.problems.clone() }
    }

    /// The entry of a chunk, whose tokens are `words`.
    fn entry(
        &mut self,
        chunk: &Chunk,
        words: impl Iterator<Item = Option<usize>>,
        record: &DocumentRecord,
        title: &str,
        aside: &[Block],
    ) -> ChunkEntry {
        let (stems, said) = self.words_of(chunk, words);
        let around = aside.iter().filter_map(|block| intersection(block.span, chunk.span));
        let around: Vec<String> = around.map(|span| self.stems_of(span.relative_to(chunk.span.start).slice(&chunk.text))).collect();
        let speakers = || spoken(&chunk.quotations).filter_map(|quotation| quotation.speaker.as_ref());
        let speaker: BTreeSet<String> = speakers().flat_map(speaker_words).collect();
        let names: BTreeSet<&str> = speakers().map(|speaker| speaker.name.as_str()).collect();
        ChunkEntry {
            start: chunk.span.start,
            published: record.published.map(days),
            outlet: record.publisher.clone(),
            title: title.to_owned(),
            stems,
            said,
            aside: around.join(" "),
            language: None,
            own: String::new(),
            speaker: speaker.into_iter().collect::<Vec<_>>().join(" "),
            names: names.into_iter().map(str::to_owned).collect(),
            quotes: !chunk.quotations.is_empty(),
            body: packing::pack(chunk),
        }
    }

    /// The stems of a chunk's words, and of those in quotation marks.
    fn words_of(&self, chunk: &Chunk, words: impl Iterator<Item = Option<usize>>) -> (String, String) {
        let spoken: Vec<Span> = spoken(&chunk.quotations).flat_map(|quotation| quotation.pieces.iter().copied()).collect();
        let (mut stems, mut said) = (String::with_capacity(chunk.text.len()), String::new());
        for (token, word) in chunk.analysis.tokens.iter().zip(words) {
            let Some(stem) = word.map(|word| self.words.stem(word)) else { continue };
            add(&mut stems, stem);
            if spoken.iter().any(|piece| piece.contains(token.span)) {
                add(&mut said, stem);
            }
        }
        (stems, said)
    }

    /// The stems of a text's words, with spaces between them.
    fn stems_of(&mut self, words: &str) -> String {
        let cut = text::analyze(words, &[Span::new(0, words.len())]);
        let mut stems = String::new();
        for token in cut.tokens.iter().filter(|token| token.shape.is_word()) {
            let place = self.words.place(token.span.slice(words));
            add(&mut stems, self.words.stem(place));
        }
        stems
    }
}

/// The words of a chunk in another language, by its rules.
fn own_words(chunk: &Chunk, language: Language) -> String {
    let mut stems = String::with_capacity(chunk.text.len());
    for token in chunk.analysis.tokens.iter().filter(|token| token.shape.is_word()) {
        add(&mut stems, &language.stem(token.span.relative_to(chunk.span.start).slice(&chunk.text)));
    }
    stems
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

fn intersection(one: Span, other: Span) -> Option<Span> {
    let both = Span::new(one.start.max(other.start), one.end.min(other.end));
    (!both.is_empty()).then_some(both)
}
