//! Words of a quote become the places where they may stand, printed anywhere in a document: quoted or not, article or not.
//!
//! Nothing is decided here: the places are where a checker should look, the likeliest first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tantivy::DocAddress;

use super::error::IndexError;
use super::search::{Filter, Scope, Search};
use super::{DocumentRecord, Index};
use crate::span::Span;
use crate::text;

/// Hits looked at before they are put together.
const LOOKED_AT: usize = 96;
/// Part of the score of a hit that holds every word, below which others hold far fewer.
const FAR_LESS: f32 = 0.4;
/// Rarest words of a quote that are searched for.
const SEARCHED: usize = 24;

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

impl Index {
    /// Up to `limit` places that hold most of the folded words, best first.
    ///
    /// A quote that runs over the border of two chunks is found in both: neighbours are put together.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn candidates(&self, words: &[String], limit: usize) -> Result<Vec<PlaceRecord>, IndexError> {
        let weights = self.word_weights(words)?;
        let stems: Vec<(String, f32)> = weights.iter().take(SEARCHED).map(|(stem, _)| (stem.clone(), 1.0)).collect();
        let search = Search { stems: &stems, scope: Scope::Everything, title: 0.0, filter: &Filter::default(), limit: LOOKED_AT };
        let weights: BTreeMap<String, f32> = weights.into_iter().collect();
        let mut places: Vec<PlaceRecord> = Vec::new();
        let mut least = 0.0;
        // Hits come best first: once one holds every word, those that score far less cannot.
        for hit in self.search(&search)? {
            if hit.score < least {
                break;
            }
            let place = self.place_of(hit.address, hit.document, &weights)?;
            if place.share >= 0.999 && least == 0.0 {
                least = hit.score * FAR_LESS;
            }
            places.push(place);
        }
        places.sort_by(|one, other| {
            let tie = (one.document.ordinal, one.span).cmp(&(other.document.ordinal, other.span));
            other.share.total_cmp(&one.share).then(tie)
        });
        places.truncate(limit);
        Ok(places)
    }

    /// Distinct stems of the words with the logarithm of their rarity, rarest first.
    fn word_weights(&self, words: &[String]) -> Result<Vec<(String, f32)>, IndexError> {
        let stems: BTreeSet<String> =
            words.iter().map(|word| text::stem(word)).filter(|stem| stem.chars().any(char::is_alphanumeric)).collect();
        let weigh = |stem: String| {
            let share = (self.chunks() as f32 + 1.0) / (self.frequency(&stem)? as f32 + 0.5);
            Ok((stem, share.max(1.0).ln() + 0.05))
        };
        let mut weights: Vec<(String, f32)> = stems.into_iter().map(weigh).collect::<Result<_, IndexError>>()?;
        weights.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        Ok(weights)
    }

    /// The place around one chunk: with the neighbour on the side where words missing from it stand.
    fn place_of(
        &self,
        address: DocAddress,
        document: Arc<DocumentRecord>,
        weights: &BTreeMap<String, f32>,
    ) -> Result<PlaceRecord, IndexError> {
        let own = self.words_at(address, weights)?;
        let mut span = self.chunk(address)?.span;
        let mut all: BTreeSet<&String> = own.clone();
        let (before, after) = if own.len() < weights.len() { self.neighbours(address)? } else { (None, None) };
        for neighbour in [before, after].into_iter().flatten() {
            let words = self.words_at(neighbour, weights)?;
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
    fn words_at<'w>(&self, address: DocAddress, weights: &'w BTreeMap<String, f32>) -> Result<BTreeSet<&'w String>, IndexError> {
        let chunk = self.chunk(address)?;
        let aside: Vec<Span> = chunk.blocks.iter().filter(|block| !block.kind.is_article()).map(|block| block.span).collect();
        let inside = |span: Span| span.start >= chunk.span.start && span.end <= chunk.span.end;
        let aside: Vec<Span> = aside.into_iter().filter(|&span| inside(span)).map(|span| span.relative_to(chunk.span.start)).collect();
        let aside = text::analyze(&chunk.text, &aside);
        let article = chunk.analysis.tokens.iter().map(|token| token.span.relative_to(chunk.span.start));
        let words = article.chain(aside.tokens.iter().map(|token| token.span)).map(|span| span.slice(&chunk.text));
        let starts: BTreeSet<u8> = weights.keys().filter_map(|stem| stem.bytes().next()).collect();
        let likely =
            words.filter(|word| word.bytes().next().is_some_and(|byte| !byte.is_ascii() || starts.contains(&byte.to_ascii_lowercase())));
        Ok(likely.filter_map(|word| weights.get_key_value(&text::stem(word)).map(|(stem, _)| stem)).collect())
    }
}
