//! Stems become ranked [`Hit`]s: the chunks that hold them, by BM25, under a [`Filter`].
//!
//! Queries are built from words already cut and stemmed, never from a user's text. Term queries stand side by side so that the
//! search library can skip blocks that cannot reach the top.

use std::ops::Bound;
use std::sync::Arc;

use jiff::civil::{Date, date};
use tantivy::collector::TopDocs;
use tantivy::postings::SegmentPostings;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

use super::error::IndexError;
use super::{DocumentRecord, Index};
use crate::text::{self, Language};

/// Which words are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The article's.
    Article,
    /// Those inside quotations.
    Said,
    /// Those of the article and those around it (menus, notices).
    Everything,
    /// Those of articles in other languages than English, stemmed by the language's own rules.
    Own,
}

/// Limits on where hits may lie. Empty limits nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these outlets, as [`Index::outlets`] names them.
    pub outlets: Option<Vec<String>>,
    /// Only documents published on or after this day.
    pub since: Option<Date>,
    /// Only documents published on or before this day.
    pub until: Option<Date>,
    /// Only chunks in which somebody with all these words in name or role speaks.
    pub speaker: Option<String>,
    /// Only documents that are not surely in another language than English.
    pub english: bool,
}

/// What to search for.
#[derive(Clone, Debug)]
pub struct Search<'s> {
    /// Stems with their weights.
    pub stems: &'s [(String, f32)],
    /// Which words are searched.
    pub scope: Scope,
    /// How much a stem in the document's title counts beside one in the text.
    pub title: f32,
    /// Limits.
    pub filter: &'s Filter,
    /// How many hits at most.
    pub limit: usize,
}

/// A chunk that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Which document.
    pub document: Arc<DocumentRecord>,
    /// First byte of the chunk.
    pub start: usize,
    /// BM25 over text and title.
    pub score: f32,
    pub(super) address: DocAddress,
}

impl Index {
    /// The chunks that hold the stems, best first; ties in the order of documents and places.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn search(&self, search: &Search) -> Result<Vec<Hit>, IndexError> {
        if search.limit == 0 || self.searcher.num_docs() == 0 {
            return Ok(Vec::new());
        }
        let excluded = if search.filter.english { self.languages()? } else { &[] };
        let query = self.query(search, excluded);
        // Some more than asked for: equal scores at the end of the list must not be cut by the order of the search library.
        let collector = TopDocs::with_limit(search.limit + 16).order_by_score();
        let found = IndexError::guard(&self.store, || self.searcher.search(&query, &collector))?;
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let (key, start) = self.place(address)?;
            if let Some(document) = self.by_key(key)? {
                hits.push(Hit { document, start, score: rounded(score), address });
            }
        }
        hits.sort_by(|one, other| {
            other.score.total_cmp(&one.score).then_with(|| (one.document.ordinal, one.start).cmp(&(other.document.ordinal, other.start)))
        });
        hits.truncate(search.limit);
        Ok(hits)
    }

    fn query(&self, search: &Search, excluded: &[Language]) -> BooleanQuery {
        let mut terms = Vec::new();
        for &field in self.searched(search.scope) {
            terms.extend(search.stems.iter().map(|(stem, weight)| scored(field, stem, *weight)));
        }
        if search.title > 0.0 {
            terms.extend(search.stems.iter().map(|(stem, weight)| scored(self.fields.title, stem, weight * search.title)));
        }
        let union = BooleanQuery::new(terms);
        let limits = self.limits(search.filter);
        if limits.is_empty() && excluded.is_empty() {
            return union;
        }
        let excluded = excluded.iter().map(|language| (Occur::MustNot, plain(self.fields.language, language.code())));
        let limits = limits.into_iter().map(|limit| (Occur::Must, Box::new(ConstScoreQuery::new(limit, 0.0)) as Box<dyn Query>));
        let wanted = if search.stems.is_empty() { Occur::Should } else { Occur::Must };
        BooleanQuery::new(limits.chain([(wanted, Box::new(union) as Box<dyn Query>)]).chain(excluded).collect())
    }

    fn searched(&self, scope: Scope) -> &[Field] {
        match scope {
            Scope::Article => std::slice::from_ref(&self.fields.stems),
            Scope::Said => std::slice::from_ref(&self.fields.said),
            Scope::Everything => &self.everything,
            Scope::Own => std::slice::from_ref(&self.fields.own),
        }
    }

    /// The filter as queries that all must hold.
    pub(super) fn limits(&self, filter: &Filter) -> Vec<Box<dyn Query>> {
        let mut limits: Vec<Box<dyn Query>> = Vec::new();
        if let Some(outlets) = &filter.outlets {
            let outlets = outlets.iter().map(|outlet| (Occur::Should, plain(self.fields.outlet, outlet)));
            limits.push(Box::new(BooleanQuery::new(outlets.collect())));
        }
        if filter.since.is_some() || filter.until.is_some() {
            let day = |day: Date| Term::from_field_i64(self.fields.published, days(day));
            let bound = |day: Option<Term>| day.map_or(Bound::Unbounded, Bound::Included);
            limits.push(Box::new(RangeQuery::new(bound(filter.since.map(day)), bound(filter.until.map(day)))));
        }
        if let Some(speaker) = &filter.speaker {
            let words = name_words(speaker).into_iter().map(|word| (Occur::Must, plain(self.fields.speaker, &word)));
            limits.push(Box::new(BooleanQuery::new(words.collect())));
        }
        limits
    }

    /// How many chunks hold the stem.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn frequency(&self, stem: &str) -> Result<u64, IndexError> {
        IndexError::guard(&self.store, || self.searcher.doc_freq(&Term::from_field_text(self.fields.stems, stem)))
    }

    /// How many chunks there are.
    #[must_use]
    pub fn chunks(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The languages of documents that are surely not in English, in the order of their codes.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn languages(&self) -> Result<&[Language], IndexError> {
        if let Some(languages) = self.languages.get() {
            return Ok(languages);
        }
        let codes = self.listed(self.fields.language)?;
        let languages = codes.iter().filter_map(|code| Language::of_code(code)).collect();
        Ok(self.languages.get_or_init(|| languages))
    }

    /// All outlets, as the documents spell them, sorted.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn outlets(&self) -> Result<Vec<String>, IndexError> {
        self.listed(self.fields.outlet)
    }

    /// The full names of all who are quoted, sorted.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn speakers(&self) -> Result<Vec<String>, IndexError> {
        self.listed(self.fields.name)
    }

    /// The terms of a field that stand in a chunk still there, sorted.
    fn listed(&self, field: Field) -> Result<Vec<String>, IndexError> {
        let mut names = Vec::new();
        for (_, segment) in self.segments() {
            names.extend(IndexError::guard(&self.store, || living_terms(segment, field))?);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }
}

fn living_terms(segment: &SegmentReader, field: Field) -> tantivy::Result<Vec<String>> {
    let inverted = segment.inverted_index(field)?;
    let mut stream = inverted.terms().stream()?;
    let mut terms = Vec::new();
    while stream.advance() {
        let postings = inverted.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
        if lives(segment, postings) {
            terms.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
        }
    }
    Ok(terms)
}

/// Whether any of the entries was not removed.
fn lives(segment: &SegmentReader, mut postings: SegmentPostings) -> bool {
    while postings.doc() != TERMINATED {
        if !segment.is_deleted(postings.doc()) {
            return true;
        }
        postings.advance();
    }
    false
}

fn plain(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic))
}

fn scored(field: Field, stem: &str, weight: f32) -> (Occur, Box<dyn Query>) {
    let term = TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::WithFreqs);
    (Occur::Should, Box::new(BoostQuery::new(Box::new(term), weight)))
}

/// The score without its last bits: the order in which parts are added up must not show.
fn rounded(score: f32) -> f32 {
    f32::from_bits((score.to_bits() + 0x20) & !0x3f)
}

/// Days since 1970-01-01.
pub(super) fn days(day: Date) -> i64 {
    day.since(date(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()))
}

/// The words of a name or role that tell people apart, folded: no titles.
pub(super) fn name_words(name: &str) -> Vec<String> {
    const TITLES: [&str; 12] = ["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "the", "a", "prof"];
    let words = || name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|word| !word.is_empty());
    let bare = |word: &str| text::fold(word).trim_end_matches("'s").trim_matches('\'').to_owned();
    let kept: Vec<String> = words().map(bare).filter(|word| !TITLES.contains(&word.as_str()) && !word.is_empty()).collect();
    if kept.is_empty() { words().map(bare).collect() } else { kept }
}
