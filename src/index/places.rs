//! Words of a quote become the places where they may stand, printed anywhere in a document: quoted or not, article or not.
//!
//! Nothing is decided here: the places are where a checker should look, the likeliest first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::backend::Address;
use super::error::IndexError;
use super::search::{Filter, Hit, Scope, Search};
use super::{DocumentRecord, Index};
use crate::span::Span;
use crate::text;

/// Hits looked at before they are put together.
const LOOKED_AT: usize = 96;
/// The share of the words from which on a place holds them all, rounding aside.
const WHOLE: f32 = 0.999;
/// Part of the score of a hit that holds every word, below which others hold far fewer.
const FAR_LESS: f32 = 0.4;
/// Rarest words of a quote that are searched for.
const SEARCHED: usize = 24;
/// Rarest words that are searched for first: they find every place that holds nearly all of them.
const RAREST: usize = 8;
/// Hits of that first search beyond which it found too much to go by.
const FEW: usize = 48;
/// Part of the score of the best hit of that first search below which a place lacks much more than a tenth of the words.
const NEAR: f32 = 0.5;

/// A stretch of a document in which words may stand.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRecord {
    /// Which document.
    pub document: Arc<DocumentRecord>,
    /// The stretch, in bytes of the document's text: one chunk or a few neighbouring ones.
    pub span: Span,
    /// The share of the words, by rarity, that stand there: 0 to 1.
    pub share: f32,
}

/// The stems looked for, and what was found out while looking.
struct Sought<'w> {
    /// How much each counts.
    weights: &'w BTreeMap<String, f32>,
    /// The letters they begin with.
    starts: BTreeSet<u8>,
    /// The stem looked for that a word has, by the word as printed: the same few words stand in most places.
    met: FxHashMap<Box<str>, Option<&'w String>>,
    /// Which of them stand in a chunk: it may be a hit, and the neighbour of others.
    there: BTreeMap<Address, BTreeSet<&'w String>>,
}

impl<'w> Sought<'w> {
    fn new(weights: &'w BTreeMap<String, f32>) -> Self {
        let starts = weights.keys().filter_map(|stem| stem.bytes().next()).collect();
        Self { weights, starts, met: FxHashMap::default(), there: BTreeMap::new() }
    }

    /// The stem looked for that the word has.
    fn stem_of(&mut self, word: &str) -> Option<&'w String> {
        let likely = |byte: u8| !byte.is_ascii() || self.starts.contains(&byte.to_ascii_lowercase());
        if !word.bytes().next().is_some_and(likely) {
            return None;
        }
        if let Some(&stem) = self.met.get(word) {
            return stem;
        }
        let stem = self.weights.get_key_value(&text::stem(word)).map(|(stem, _)| stem);
        self.met.insert(word.into(), stem);
        stem
    }
}

impl Index {
    /// Up to `limit` places that hold most of the folded words, best first.
    ///
    /// A quote that runs over the border of two chunks is found in both: neighbours are put together.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn candidates(&self, words: &[String], limit: usize) -> Result<Vec<PlaceRecord>, IndexError> {
        let ranked = self.word_weights(words)?;
        let weights: BTreeMap<String, f32> = ranked.iter().cloned().collect();
        let mut sought = Sought::new(&weights);
        let swift = self.near_places(&ranked, &mut sought)?;
        let mut places = swift.map_or_else(|| self.places(&ranked, &mut sought), Ok)?;
        places.sort_by(|one, other| {
            let tie = (one.document.ordinal, one.span).cmp(&(other.document.ordinal, other.span));
            other.share.total_cmp(&one.share).then(tie)
        });
        places.truncate(limit);
        Ok(places)
    }

    /// The places of a quote that stands somewhere in all its words, and of what comes near to that: told by the rarest words alone,
    /// which few chunks hold. `None` where no place holds them all, or too many come near.
    fn near_places(&self, ranked: &[(String, f32)], sought: &mut Sought) -> Result<Option<Vec<PlaceRecord>>, IndexError> {
        let hits = self.holding(ranked, RAREST, NEAR, FEW)?;
        if hits.len() >= FEW {
            return Ok(None);
        }
        let place = |hit: Hit| self.place_of(hit.address, hit.document, sought);
        let places: Vec<PlaceRecord> = hits.into_iter().map(place).collect::<Result<_, _>>()?;
        Ok(places.iter().any(|place| place.share >= WHOLE).then_some(places))
    }

    /// The places that hold most of the words.
    fn places(&self, ranked: &[(String, f32)], sought: &mut Sought) -> Result<Vec<PlaceRecord>, IndexError> {
        let hits = self.holding(ranked, SEARCHED, 0.0, LOOKED_AT)?;
        let mut places: Vec<PlaceRecord> = Vec::with_capacity(hits.len());
        let mut least = 0.0;
        // Hits come best first: once one holds every word, those that score far less cannot.
        for hit in hits {
            if hit.score < least {
                break;
            }
            let place = self.place_of(hit.address, hit.document, sought)?;
            if place.share >= WHOLE && least == 0.0 {
                least = hit.score * FAR_LESS;
            }
            places.push(place);
        }
        Ok(places)
    }

    /// The chunks that hold the first `count` of the stems, each counting the same, and what lies next to them made ready.
    fn holding(&self, ranked: &[(String, f32)], count: usize, near: f32, limit: usize) -> Result<Vec<Hit>, IndexError> {
        let stems: Vec<(String, f32)> = ranked.iter().take(count).map(|(stem, _)| (stem.clone(), 1.0)).collect();
        let hits = self.search(&Search { stems: &stems, scope: Scope::Everything, title: 0.0, filter: &Filter::default(), near, limit })?;
        self.prepare(hits.iter())?;
        Ok(hits)
    }

    /// Distinct stems of the words with the logarithm of their rarity, rarest first.
    fn word_weights(&self, words: &[String]) -> Result<Vec<(String, f32)>, IndexError> {
        let stems: BTreeSet<String> =
            words.iter().map(|word| text::stem(word)).filter(|stem| stem.chars().any(char::is_alphanumeric)).collect();
        let mut weights = self.rarities(stems, 0.05)?;
        weights.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        Ok(weights)
    }

    /// The place around one chunk: with the neighbour on the side where words missing from it stand.
    fn place_of(&self, address: Address, document: Arc<DocumentRecord>, sought: &mut Sought) -> Result<PlaceRecord, IndexError> {
        let weights = sought.weights;
        let own = self.words_at(address, sought)?;
        let mut span = self.chunk(address)?.span;
        let mut all: BTreeSet<&String> = own.clone();
        let (before, after) = if own.len() < weights.len() { self.backend.neighbours(address)? } else { (None, None) };
        for neighbour in [before, after].into_iter().flatten() {
            let words = self.words_at(neighbour, sought)?;
            if words.difference(&own).next().is_some() {
                span = span.cover(self.chunk(neighbour)?.span);
                all.extend(words);
            }
        }
        let total: f32 = weights.values().sum();
        let share = all.iter().filter_map(|&word| weights.get(word)).sum::<f32>() / total.max(f32::MIN_POSITIVE);
        Ok(PlaceRecord { document, span, share })
    }

    /// Which of the stems stand in a chunk's text.
    fn words_at<'w>(&self, address: Address, sought: &mut Sought<'w>) -> Result<BTreeSet<&'w String>, IndexError> {
        if let Some(words) = sought.there.get(&address) {
            return Ok(words.clone());
        }
        let chunk = self.chunk(address)?;
        let inside = |span: Span| span.start >= chunk.span.start && span.end <= chunk.span.end;
        let aside = chunk.blocks.iter().filter(|block| !block.kind.is_article()).map(|block| block.span);
        let aside: Vec<Span> = aside.filter(|&span| inside(span)).map(|span| span.relative_to(chunk.span.start)).collect();
        let aside = text::analyze(&chunk.text, &aside);
        let article = chunk.analysis.tokens.iter().map(|token| token.span.relative_to(chunk.span.start));
        let words = article.chain(aside.tokens.iter().map(|token| token.span)).map(|span| span.slice(&chunk.text));
        let words: BTreeSet<&String> = words.filter_map(|word| sought.stem_of(word)).collect();
        sought.there.insert(address, words.clone());
        Ok(words)
    }
}
