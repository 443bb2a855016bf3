//! A quote becomes the history of an utterance: every document that prints it, in order of date, and what each changed.
//!
//! The first printing is the measure: the others are compared with its words, whatever the quote asked about leaves out of them. What the
//! quote leads to is looked up again by the words of that first printing, so that an altered quote still leads to all who print it. An
//! utterance is followed through rewording as far as a quote of it would still count as altered or as a paraphrase.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::candidates::Candidates;
use super::differences::differences;
use super::excerpt::Excerpt;
use super::given::Given;
use super::paraphrase::{self, Rarity, Report};
use super::places::{Place, chronological, found, recognizable};
use super::rarity::Rarities;
use super::remark::remark;
use super::support::{Support, support};
use super::wording::compare;
use super::{Difference, Operation, Wording, alignment, people};
use crate::index::{DocumentRecord, Index, IndexError};
use crate::question::Constraints;
use crate::quotation::Speaker;
use crate::span::Span;

/// The history of an utterance.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The quote asked about.
    pub quote: String,
    /// The words that the printings are compared with: those of the first one.
    pub measure: String,
    /// Who prints it, dated documents first, the earliest at the head; empty where it is not found.
    pub printings: Vec<Printing>,
    /// How many documents print it.
    pub documents: usize,
    /// The same, copies of one report counted once.
    pub independent: usize,
    /// Who is credited, each with how many documents do, in the order of the printings.
    pub credited: Vec<(Speaker, usize)>,
}

/// One document's printing of an utterance.
#[derive(Clone, Debug, PartialEq)]
pub struct Printing {
    /// Which document.
    pub document: Arc<DocumentRecord>,
    /// The earlier printing this document is a copy of.
    pub copy_of: Option<Arc<DocumentRecord>>,
    /// Its words.
    pub text: String,
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// Who says it there.
    pub speaker: Option<Speaker>,
    /// How these words compare with the first printing's; for the first itself [`Wording::Exact`].
    pub wording: Wording,
    /// How the quote asked about compares with these words.
    pub asked: Wording,
    /// What differs from the first printing, word by word: its words are the `given` ones. A report in other words differs as a whole.
    pub diff: Vec<Difference>,
}

/// Places of one search that a trace keeps.
const PLACES: usize = 64;

/// Follows the utterance that a quote is from through the documents.
///
/// # Errors
/// Where the index is damaged.
pub fn trace(index: &Index, quote: &str, constraints: &Constraints) -> Result<Trace, IndexError> {
    let spoken = remark(quote).map(|remark| remark.words);
    let given = Given::new(spoken.as_deref().unwrap_or(quote));
    let excerpts = |given: &Given| Candidates::most(index, given, constraints, PLACES)?.all();
    let asked = excerpts(&given)?;
    let Some(first) = printed(&given, &asked).first().map(measure) else { return Ok(tell(quote, &given, &[], &asked, &|_| 1.0)) };
    let again = excerpts(&first)?;
    let rarities = Rarities::new(index);
    let rarity = |stem: &str| rarities.of(stem);
    rarities.settle(tell(quote, &given, &asked, &again, &rarity))
}

/// Tells the history from the passages that the quote, and those that its first printing led to.
fn tell(quote: &str, given: &Given, asked: &[Excerpt], again: &[Excerpt], rarity: Rarity) -> Trace {
    let mut places = printed(given, asked);
    let Some(found) = places.first().map(measure) else { return empty(quote) };
    places.extend(printed(&found, again));
    let places = one_a_document(places);
    let Some(first) = places.first() else { return empty(quote) };
    let words = measure(first);
    let mut printings: Vec<Printing> = places.iter().map(|place| printing(given, &words, place)).collect();
    printings.extend(told(given, &words, &printings, first.credit.speaker(), again, rarity));
    printings.sort_by_key(|printing| super::candidates::date_key(&printing.document));
    mark_copies(&mut printings);
    let Support { documents, independent, .. } = support(printings.iter().map(|printing| &printing.document));
    let credited = credited(&printings);
    Trace { quote: quote.to_owned(), measure: words.text, printings, documents, independent, credited }
}

fn empty(quote: &str) -> Trace {
    Trace { quote: quote.to_owned(), measure: String::new(), printings: Vec::new(), documents: 0, independent: 0, credited: Vec::new() }
}

/// Where the words are printed as somebody's, one place a document, the earliest first.
fn printed<'e>(given: &Given, excerpts: &'e [Excerpt]) -> Vec<Place<'e>> {
    let mut places = found(given, excerpts);
    places.retain(|place| {
        place.credit.is_quoted() && !place.has_several_voices() && (place.finding.is_faithful() || recognizable(given, None, place))
    });
    one_a_document(places)
}

/// The first place of each document, in order of date.
fn one_a_document(places: Vec<Place<'_>>) -> Vec<Place<'_>> {
    let mut kept: Vec<Place> = Vec::with_capacity(places.len());
    for place in places {
        if !kept.iter().any(|before| before.excerpt.document.ordinal == place.excerpt.document.ordinal) {
            kept.push(place);
        }
    }
    kept.sort_by(chronological);
    kept
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

fn printing(asked: &Given, first: &Given, place: &Place) -> Printing {
    let whole = alignment::occurrences(first, place.excerpt).into_iter().find(|one| overlaps(place, one));
    let aligned = whole.or_else(|| alignment::align(first, place.excerpt).filter(|one| overlaps(place, one)));
    let finding = aligned.map_or_else(|| place.finding.clone(), |alignment| compare(first, place.excerpt, alignment));
    Printing {
        document: Arc::clone(&place.excerpt.document),
        copy_of: None,
        text: place.excerpt.slice(finding.span).to_owned(),
        span: finding.span,
        speaker: place.credit.speaker().cloned(),
        wording: finding.wording,
        asked: wording_of(asked, place.excerpt),
        diff: differences(first, place.excerpt, &finding),
    }
}

/// How the quote asked about compares with the passage, where it is recognizable in it.
fn wording_of(asked: &Given, excerpt: &Excerpt) -> Wording {
    let places = found(asked, std::slice::from_ref(excerpt));
    let best = places.first().filter(|place| place.finding.is_faithful() || recognizable(asked, None, place));
    best.map_or(Wording::NotFound, |place| place.finding.wording)
}

/// Whether an alignment touches the words of the place.
fn overlaps(place: &Place, alignment: &alignment::Alignment) -> bool {
    let (own, theirs) = (place.finding.alignment.source_range(), alignment.source_range());
    own.start < theirs.end && theirs.start < own.end
}

/// Documents that do not print the words, but report them of the same speaker in others.
fn told(
    asked: &Given,
    first: &Given,
    printings: &[Printing],
    speaker: Option<&Speaker>,
    excerpts: &[Excerpt],
    rarity: Rarity,
) -> Vec<Printing> {
    let Some(speaker) = speaker else { return Vec::new() };
    let mut reports: BTreeMap<u32, Printing> = BTreeMap::new();
    for excerpt in excerpts {
        let ordinal = excerpt.document.ordinal;
        if reports.contains_key(&ordinal) || printings.iter().any(|printing| printing.document.ordinal == ordinal) {
            continue;
        }
        let report = paraphrase::report(first, Some(&speaker.name), std::slice::from_ref(excerpt), rarity);
        let same = |report: &Report| report.utterance.speaker.as_ref().is_some_and(|other| people::same_person(speaker, other));
        if let Some(report) = report.filter(same) {
            let reworded = report.utterance.is_verbatim().then(|| reworded(asked, first, excerpt, &report)).flatten();
            reports.insert(ordinal, reworded.unwrap_or_else(|| retold(first, excerpt, &report)));
        }
    }
    reports.into_values().collect()
}

/// A report between marks, laid against the first printing word by word.
fn reworded(asked: &Given, first: &Given, excerpt: &Excerpt, report: &Report) -> Option<Printing> {
    let places = found(first, std::slice::from_ref(excerpt));
    let place = places.into_iter().find(|place| place.credit.is_quoted() && place.finding.span.overlaps(report.span))?;
    Some(printing(asked, first, &place))
}

fn retold(first: &Given, excerpt: &Excerpt, report: &Report) -> Printing {
    let text = excerpt.slice(report.span).to_owned();
    Printing {
        document: Arc::clone(&excerpt.document),
        copy_of: None,
        diff: vec![Difference { operation: Operation::Replace, source: text.clone(), given: first.text.clone() }],
        text,
        span: report.span,
        speaker: report.utterance.speaker.clone(),
        wording: Wording::Paraphrase,
        asked: Wording::Paraphrase,
    }
}

/// Marks what repeats an earlier printing because the whole report does.
fn mark_copies(printings: &mut [Printing]) {
    let mut seen: BTreeMap<u32, Arc<DocumentRecord>> = BTreeMap::new();
    for printing in printings {
        let cluster = printing.document.cluster;
        printing.copy_of = seen.get(&cluster).cloned();
        seen.entry(cluster).or_insert_with(|| Arc::clone(&printing.document));
    }
}

/// The people credited, each with how many documents do.
fn credited(printings: &[Printing]) -> Vec<(Speaker, usize)> {
    let mut people: Vec<(Speaker, usize)> = Vec::new();
    for speaker in printings.iter().filter_map(|printing| printing.speaker.as_ref()) {
        match people.iter_mut().find(|(known, _)| people::same_voice(known, speaker)) {
            Some((_, count)) => *count += 1,
            None => people.push((speaker.clone(), 1)),
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::super::testing::dated;
    use super::*;

    fn history(quote: &str) -> Trace {
        let excerpts = [
            dated("late", "2014-05-02", "«The pier is not safe and will shut at once.»"),
            dated("early", "2014-05-01", "She was blunt. «The pier is not safe,» she said. «It will shut at once.»"),
            dated("copy", "2014-05-03", "«The pier is not safe,» she said. «It will shut at once.»"),
            dated("cut", "2014-05-04", "«The pier is safe,» she said."),
            dated("other", "2014-05-03", "«The boats are late and nobody told the crews.»"),
        ];
        tell(quote, &Given::new(quote), &excerpts, &excerpts, &|_| 4.0)
    }

    fn order(trace: &Trace) -> Vec<(&str, Wording)> {
        trace.printings.iter().map(|printing| (printing.document.id.as_str(), printing.wording)).collect()
    }

    #[test]
    fn printings_follow_each_other_by_date() {
        let found = history("The pier is not safe");
        let expected = [("early", Wording::Exact), ("late", Wording::Exact), ("copy", Wording::Exact), ("cut", Wording::AlteredMeaning)];
        assert_eq!(order(&found), expected);
        assert_eq!(found.printings.first().map(|printing| printing.text.as_str()), Some("The pier is not safe"));
        assert_eq!((found.documents, found.credited.len()), (4, 1));
    }

    #[test]
    fn each_printing_tells_what_it_changed_and_what_was_asked() {
        let found = history("The pier is safe");
        let last = found.printings.last().unwrap();
        assert_eq!((last.document.id.as_str(), last.wording, last.asked), ("cut", Wording::AlteredMeaning, Wording::Exact));
        let cut: Vec<&str> = last.diff.iter().filter(|step| step.operation == Operation::Insert).map(|step| step.given.as_str()).collect();
        assert_eq!(cut, ["not"]);
        assert_eq!(found.printings.first().map(|printing| printing.asked), Some(Wording::AlteredMeaning));
    }

    #[test]
    fn what_nobody_prints_has_no_history() {
        assert_eq!(history("The sea wall has cost the town nine ships").printings, []);
    }
}
