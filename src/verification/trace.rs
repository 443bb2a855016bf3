//! A quote becomes the history of an utterance: every place that prints it, in order of date, and what each changed.
//!
//! The first printing is the measure: the others are compared with its words, whatever the quote asked about leaves out of them. An
//! utterance is followed through rewording as far as a quote of it would still count as altered; reports without marks are left aside.

use std::sync::Arc;

use super::candidates::Candidates;
use super::differences::differences;
use super::given::Given;
use super::places::{Place, chronological, found, recognizable};
use super::wording::compare;
use super::{Difference, Wording, alignment};
use crate::index::{DocumentRecord, Index, IndexError};
use crate::question::Constraints;
use crate::quotation::Speaker;
use crate::span::Span;

/// One document's printing of an utterance.
#[derive(Clone, Debug, PartialEq)]
pub struct Printing {
    /// Which document.
    pub document: Arc<DocumentRecord>,
    /// Its words.
    pub text: String,
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// Who says it there.
    pub speaker: Option<Speaker>,
    /// How these words compare with the first printing's; for the first itself [`Wording::Exact`].
    pub wording: Wording,
    /// What differs from the first printing, word by word: its words are the `given` ones.
    pub diff: Vec<Difference>,
}

/// Every printing of the utterance a quote is from, dated documents first, the earliest at the head; empty where it is not found.
///
/// # Errors
/// Where the index is damaged.
pub fn trace(index: &Index, quote: &str, constraints: &Constraints) -> Result<Vec<Printing>, IndexError> {
    let given = Given::new(quote);
    let excerpts = Candidates::find(index, &given, constraints)?.all()?;
    Ok(printings(&given, found(&given, &excerpts)))
}

/// The printings among the places where a quote stands.
fn printings(given: &Given, mut places: Vec<Place>) -> Vec<Printing> {
    places.retain(|place| place.credit.is_quoted() && (place.finding.is_faithful() || recognizable(given, None, place)));
    places.sort_by(chronological);
    places.dedup_by(|later, earlier| later.excerpt.document.ordinal == earlier.excerpt.document.ordinal);
    let Some(first) = places.first().map(measure) else { return Vec::new() };
    places.iter().map(|place| printing(&first, place)).collect()
}

/// The whole sentences of the utterance around a place, as the words others are compared with.
fn measure(place: &Place) -> Given {
    let reach = place.excerpt.sentences_around(place.finding.span);
    let pieces = place.excerpt.utterance_of(&place.finding.alignment.source_words()).map(|(utterance, _)| utterance.pieces.as_slice());
    let inside = |piece: &Span| {
        let part = Span::new(piece.start.max(reach.start), piece.end.min(reach.end));
        piece.overlaps(reach).then(|| place.excerpt.slice(part).trim())
    };
    let parts: Vec<&str> = pieces.unwrap_or_default().iter().filter_map(inside).collect();
    let whole = if parts.is_empty() { place.excerpt.slice(place.finding.span).to_owned() } else { parts.join(" ") };
    Given::new(whole.trim_end_matches([',', ';', ':', '–', '—', ' ']))
}

fn printing(first: &Given, place: &Place) -> Printing {
    let whole = alignment::occurrences(first, place.excerpt).into_iter().find(|one| overlaps(place, one));
    let aligned = whole.or_else(|| alignment::align(first, place.excerpt).filter(|one| overlaps(place, one)));
    let finding = aligned.map_or_else(|| place.finding.clone(), |alignment| compare(first, place.excerpt, alignment));
    Printing {
        document: Arc::clone(&place.excerpt.document),
        text: place.excerpt.slice(finding.span).to_owned(),
        span: finding.span,
        speaker: place.credit.speaker().cloned(),
        wording: finding.wording,
        diff: differences(first, place.excerpt, &finding),
    }
}

/// Whether an alignment touches the words of the place.
fn overlaps(place: &Place, alignment: &alignment::Alignment) -> bool {
    let (own, theirs) = (place.finding.alignment.source_range(), alignment.source_range());
    own.start < theirs.end && theirs.start < own.end
}

#[cfg(test)]
mod tests {
    use super::super::testing::dated;
    use super::*;

    #[test]
    fn printings_follow_each_other_by_date() {
        let excerpts = [
            dated("late", "2014-05-02", "«The pier is not safe and will shut at once.»"),
            dated("early", "2014-05-01", "She was blunt. «The pier is not safe,» she said. «It will shut at once.»"),
            dated("copy", "2014-05-03", "«The pier is not safe,» she said. «It will shut at once.»"),
            dated("other", "2014-05-03", "«The boats are late and nobody told the crews.»"),
        ];
        let given = Given::new("The pier is not safe");
        let found = printings(&given, found(&given, &excerpts));
        let order: Vec<&str> = found.iter().map(|printing| printing.document.id.as_str()).collect();
        assert_eq!(order, ["early", "late", "copy"]);
        assert_eq!(found[1].wording, Wording::Exact);
        assert_eq!(found[0].text, "The pier is not safe");
    }
}
