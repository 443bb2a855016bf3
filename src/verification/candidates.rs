//! The index's candidates for a quote become [`Excerpt`]s: passages wide enough to judge what was cut, overlapping ones joined.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::brackets;
use super::excerpt::Excerpt;
use super::given::{Given, is_content};
use crate::index::{DocumentRecord, Filter, Index, IndexError, PlaceRecord, Scope, Search};
use crate::question::Constraints;
use crate::span::Span;
use crate::text;

/// Places looked at for one quote.
const PLACES: usize = 24;
/// Passages looked at in which the person named speaks.
const TOLD: usize = 8;
/// Bytes of text read around a place besides the quote's own length.
const MARGIN: usize = 900;
/// The same where the quote names somebody in brackets, who may be named anywhere in the document.
const WIDE_MARGIN: usize = 30_000;
/// A place with less than this part of the best place's words cannot hold the whole quote.
const WHOLE: f32 = 0.9;

/// Where a quote may stand, the likeliest first; passages are read as they are needed.
pub(super) struct Candidates<'i> {
    index: &'i Index,
    places: Vec<PlaceRecord>,
    margin: usize,
}

impl<'i> Candidates<'i> {
    pub(super) fn find(index: &'i Index, given: &Given, constraints: &Constraints) -> Result<Self, IndexError> {
        Self::most(index, given, constraints, PLACES)
    }

    /// The same with up to `limit` places.
    pub(super) fn most(index: &'i Index, given: &Given, constraints: &Constraints, limit: usize) -> Result<Self, IndexError> {
        let sought = given.sought();
        let mut places = if sought.is_empty() { Vec::new() } else { index.candidates(&sought, limit * 2)? };
        places.retain(|place| admits(constraints, &place.document));
        places.truncate(limit);
        let margin = if brackets::name_somebody(given) { WIDE_MARGIN } else { MARGIN };
        Ok(Self { index, places, margin: margin + given.text.len() })
    }

    /// The passages that may hold all of the quote.
    pub(super) fn likeliest(&self) -> Result<Vec<Excerpt>, IndexError> {
        let best = self.places.first().map_or(0.0, |place| place.share);
        self.read(self.places.iter().filter(|place| place.share >= best * WHOLE))
    }

    /// All passages.
    pub(super) fn all(&self) -> Result<Vec<Excerpt>, IndexError> {
        self.read(self.places.iter())
    }

    /// Passages in which the person named speaks and that share content with the quote, in whatever words.
    pub(super) fn told_by(&self, given: &Given, by: &str, constraints: &Constraints) -> Result<Vec<Excerpt>, IndexError> {
        let content = given.words.iter().filter(|word| is_content(&word.folded));
        let stems: BTreeSet<String> = content.map(|word| text::stem(&word.folded)).collect();
        let stems: Vec<(String, f32)> = stems.into_iter().map(|stem| (stem, 1.0)).collect();
        if stems.is_empty() {
            return Ok(Vec::new());
        }
        let filter = Filter { speaker: Some(by.to_owned()), ..Filter::default() };
        let search = Search { stems: &stems, scope: Scope::Article, title: 0.0, filter: &filter, near: 0.0, limit: TOLD };
        let mut places = Vec::with_capacity(TOLD);
        for hit in self.index.search(&search)?.iter().filter(|hit| admits(constraints, &hit.document)) {
            let span = self.index.passage(hit)?.span;
            places.push(PlaceRecord { document: Arc::clone(&hit.document), span, share: 0.0 });
        }
        self.read(places.iter())
    }

    /// Passages in the order of their documents' dates.
    fn read<'p>(&self, places: impl Iterator<Item = &'p PlaceRecord>) -> Result<Vec<Excerpt>, IndexError> {
        let mut places: Vec<&PlaceRecord> = places.collect();
        places.sort_by_key(|place| (date_key(&place.document), place.span));
        let mut windows: Vec<(&Arc<DocumentRecord>, Span, f32)> = Vec::new();
        for place in places {
            let wide = Span::new(place.span.start.saturating_sub(self.margin), place.span.end + self.margin);
            match windows.last_mut() {
                Some((document, window, share)) if document.ordinal == place.document.ordinal && window.end >= wide.start => {
                    *window = window.cover(wide);
                    *share = share.max(place.share);
                }
                _ => windows.push((&place.document, wide, place.share)),
            }
        }
        let mut excerpts = Vec::with_capacity(windows.len());
        for (document, window, share) in windows {
            excerpts.extend(self.index.passage_at(document, window)?.map(|passage| Excerpt::new(&passage, share)));
        }
        Ok(excerpts)
    }
}

/// Dated documents first, by date; then in the order of identifiers.
pub(super) fn date_key(document: &DocumentRecord) -> (bool, Option<jiff::civil::Date>, u32) {
    (document.published.is_none(), document.published, document.ordinal)
}

/// Whether a document is within the limits the user set.
fn admits(constraints: &Constraints, document: &DocumentRecord) -> bool {
    let from = constraints.source.as_deref().is_none_or(|source| {
        let publisher = text::fold(document.publisher.as_deref().unwrap_or_default());
        !publisher.is_empty() && publisher.contains(&text::fold(source.trim()))
    });
    let since = constraints.since.is_none_or(|since| document.published.is_some_and(|day| day >= since));
    let until = constraints.until.is_none_or(|until| document.published.is_some_and(|day| day <= until));
    from && since && until
}
