//! Stems become ranked [`Hit`]s: the chunks that hold them, by BM25, under a [`Filter`].

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, date};

use super::backend::{Address, Listed};
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
    /// The part of the best hit's score below which a hit is of no use; 0 where each is.
    pub near: f32,
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
    pub(super) address: Address,
}

impl Index {
    /// The chunks that hold the stems, best first; ties in the order of documents and places.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn search(&self, search: &Search) -> Result<Vec<Hit>, IndexError> {
        if search.limit == 0 || self.chunks() == 0 {
            return Ok(Vec::new());
        }
        let excluded = if search.filter.english { self.languages()? } else { &[] };
        // Some more than asked for: equal scores at the end of the list must not be cut by the order of the search library.
        let found = self.backend.search(search, excluded, search.limit + 16)?;
        let mut hits = Vec::with_capacity(found.len());
        for found in found {
            if let Some(document) = self.by_key(found.key)? {
                hits.push(Hit { document, start: found.start, score: rounded(found.score), address: found.address });
            }
        }
        hits.sort_by(|one, other| {
            other.score.total_cmp(&one.score).then_with(|| (one.document.ordinal, one.start).cmp(&(other.document.ordinal, other.start)))
        });
        let least = hits.first().map_or(0.0, |best| best.score * search.near);
        hits.retain(|hit| hit.score >= least);
        hits.truncate(search.limit);
        Ok(hits)
    }

    /// How many chunks hold the stem.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn frequency(&self, stem: &str) -> Result<u64, IndexError> {
        Ok(self.backend.frequencies(&[stem])?.first().copied().unwrap_or_default())
    }

    /// How many chunks hold each of the stems; in their order.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn frequencies(&self, stems: &[&str]) -> Result<Vec<u64>, IndexError> {
        self.backend.frequencies(stems)
    }

    /// Distinct stems with the logarithm of their rarity, and `least` more: none weighs nothing.
    pub(super) fn rarities(&self, stems: BTreeSet<String>, least: f32) -> Result<Vec<(String, f32)>, IndexError> {
        let counts = self.frequencies(&stems.iter().map(String::as_str).collect::<Vec<_>>())?;
        let chunks = self.chunks() as f32 + 1.0;
        let weigh = |(stem, count): (String, u64)| (stem, (chunks / (count as f32 + 0.5)).max(1.0).ln() + least);
        Ok(stems.into_iter().zip(counts).map(weigh).collect())
    }

    /// How many chunks there are.
    #[must_use]
    pub fn chunks(&self) -> u64 {
        self.backend.chunks()
    }

    /// The languages of documents that are surely not in English, in the order of their codes.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn languages(&self) -> Result<&[Language], IndexError> {
        if let Some(languages) = self.languages.get() {
            return Ok(languages);
        }
        let codes = self.backend.listed(Listed::Languages)?;
        let languages = codes.iter().filter_map(|code| Language::of_code(code)).collect();
        Ok(self.languages.get_or_init(|| languages))
    }

    /// All outlets, as the documents spell them, sorted.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn outlets(&self) -> Result<Vec<String>, IndexError> {
        self.backend.listed(Listed::Outlets)
    }

    /// The full names of all who are quoted, sorted.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn speakers(&self) -> Result<Vec<String>, IndexError> {
        self.backend.listed(Listed::Speakers)
    }
}

/// The score without its last bits: the order in which parts are added up must not show.
fn rounded(score: f32) -> f32 {
    f32::from_bits((score.to_bits() + 0x20) & !0x3f)
}

/// Days since 1970-01-01.
pub(super) fn days(day: Date) -> i64 {
    day.since(date(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()))
}

/// The words of a name or role that tell people apart, folded and without accents: no titles.
pub(super) fn name_words(name: &str) -> Vec<String> {
    const TITLES: [&str; 12] = ["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "the", "a", "prof"];
    let words = || name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|word| !word.is_empty());
    let bare = |word: &str| text::fold(&text::unaccented(word)).trim_end_matches("'s").trim_matches('\'').to_owned();
    let kept: Vec<String> = words().map(bare).filter(|word| !TITLES.contains(&word.as_str()) && !word.is_empty()).collect();
    if kept.is_empty() { words().map(bare).collect() } else { kept }
}
