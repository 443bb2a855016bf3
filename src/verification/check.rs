//! A quote and the index become a [`Verdict`]: candidates are looked up, each is compared, and the places together decide.

use std::sync::Arc;

use super::alignment::{align, occurrences};
use super::attribution::{Credit, credit, decide, decide_pieces};
use super::context;
use super::differences::differences;
use super::excerpt::Excerpt;
use super::given::Given;
use super::paraphrase::{self, Report};
use super::people;
use super::stitching::{self, Piece};
use super::wording::{Finding, compare};
use super::{Context, Difference, Match, Operation, Verdict, Wording};
use crate::index::{DocumentRecord, Index, IndexError, PlaceRecord};
use crate::question::Constraints;
use crate::span::Span;
use crate::text;

/// Places looked at for one quote.
const PLACES: usize = 24;
/// Bytes of text read around a place besides the quote's own length.
const MARGIN: usize = 900;
/// Matches shown.
const SHOWN: usize = 20;
/// Nearest places shown where a quote is not found.
const NEAREST: usize = 3;
/// Least share of agreeing words of a quote that counts as altered rather than not found.
const ALIKE: f32 = 0.5;
/// Places as like as this are only given up for pieces that are whole sentences.
const NEAR: f32 = 0.75;
/// Places this much less similar than the best one still print the same utterance.
const SLACK: f32 = 0.12;

/// Checks a quote: whether the words are real, whole, and said by the person named.
///
/// # Errors
/// Where the index is damaged.
pub fn check(index: &Index, quote: &str, by: Option<&str>, constraints: &Constraints) -> Result<Verdict, IndexError> {
    let given = Given::new(quote);
    let by = by.map(str::trim).filter(|by| !by.is_empty());
    let excerpts = if given.words.is_empty() { Vec::new() } else { excerpts(index, &given, constraints)? };
    let blank = verdict(quote, by, Wording::NotFound);
    Ok(judge(&given, by, constraints.speaker.as_deref(), &excerpts, blank))
}

/// The passages in which the quote may stand, in the order of documents' dates.
fn excerpts(index: &Index, given: &Given, constraints: &Constraints) -> Result<Vec<Excerpt>, IndexError> {
    let mut places: Vec<PlaceRecord> = index.candidates(&given.sought(), PLACES * 2)?;
    places.retain(|place| admits(constraints, &place.document));
    places.truncate(PLACES);
    places.sort_by_key(|place| (date_key(&place.document), place.span));
    let margin = MARGIN + given.text.len();
    let mut windows: Vec<(Arc<DocumentRecord>, Span)> = Vec::new();
    for place in places {
        let wide = Span::new(place.span.start.saturating_sub(margin), place.span.end + margin);
        match windows.last_mut() {
            Some((document, window)) if document.ordinal == place.document.ordinal && window.end >= wide.start => {
                *window = window.cover(wide)
            }
            _ => windows.push((place.document, wide)),
        }
    }
    let passages = windows.into_iter().map(|(document, window)| index.passage_at(&document, window));
    let passages: Vec<_> = passages.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    Ok(passages.iter().map(Excerpt::new).collect())
}

/// Dated documents first, by date; then in the order of identifiers.
fn date_key(document: &DocumentRecord) -> (bool, Option<jiff::civil::Date>, u32) {
    (document.published.is_none(), document.published, document.ordinal)
}

fn admits(constraints: &Constraints, document: &DocumentRecord) -> bool {
    let from = constraints.source.as_deref().is_none_or(|source| {
        let publisher = text::fold(document.publisher.as_deref().unwrap_or_default());
        !publisher.is_empty() && publisher.contains(&text::fold(source.trim()))
    });
    let since = constraints.since.is_none_or(|since| document.published.is_some_and(|day| day >= since));
    let until = constraints.until.is_none_or(|until| document.published.is_some_and(|day| day <= until));
    from && since && until
}

/// A place where the quote, or something like it, stands.
struct Place<'e> {
    excerpt: &'e Excerpt,
    finding: Finding,
    credit: Credit,
    context: Context,
}

impl<'e> Place<'e> {
    fn new(excerpt: &'e Excerpt, finding: Finding) -> Self {
        let (credit, utterance) = credit(excerpt, &finding);
        let context = context::judge(excerpt, &finding, utterance);
        Self { excerpt, finding, credit, context }
    }

    /// Whole words first, then the likest; quotations before narration; the earlier first.
    fn rank(&self, other: &Self) -> std::cmp::Ordering {
        let faithful = other.finding.is_faithful().cmp(&self.finding.is_faithful());
        let alike = other.finding.likeness.total_cmp(&self.finding.likeness);
        let quoted = other.credit.is_quoted().cmp(&self.credit.is_quoted());
        let signed = other.credit.speaker().is_some().cmp(&self.credit.speaker().is_some());
        faithful.then(alike).then(quoted).then(signed).then_with(|| self.order().cmp(&other.order()))
    }

    fn order(&self) -> ((bool, Option<jiff::civil::Date>, u32), usize) {
        (date_key(&self.excerpt.document), self.finding.span.start)
    }

    fn to_match(&self, given: &Given) -> Match {
        let span = self.finding.span;
        Match {
            document: Arc::clone(&self.excerpt.document),
            text: self.excerpt.slice(span).to_owned(),
            span,
            similarity: self.finding.similarity,
            diff: differences(given, self.excerpt, &self.finding),
            speaker: self.credit.speaker().cloned(),
            passage: self.excerpt.slice(self.excerpt.sentences_around(span)).to_owned(),
        }
    }
}

/// Decides from the passages. `blank` is the verdict where nothing is found.
fn judge(given: &Given, by: Option<&str>, speaker: Option<&str>, excerpts: &[Excerpt], blank: Verdict) -> Verdict {
    let mut places: Vec<Place> = excerpts.iter().flat_map(|excerpt| found_in(given, excerpt)).collect();
    places.retain(|place| speaker.is_none_or(|name| place.credit.speaker().is_some_and(|speaker| people::fits(name, speaker))));
    places.sort_by(Place::rank);
    if too_short(given) && !places.iter().any(|place| is_whole_piece(given, place)) {
        return Verdict { wording: Wording::Uncheckable, ..blank };
    }
    let faithful = places.first().is_some_and(|place| place.finding.is_faithful());
    let near = places.first().is_some_and(|place| place.finding.likeness >= NEAR);
    let pieces = if faithful || speaker.is_some() { None } else { stitching::pieces(given, excerpts, near) };
    if let Some(pieces) = pieces {
        return stitched(given, by, excerpts, &pieces, blank);
    }
    places.retain(|place| place.finding.is_faithful() || recognizable(given, &place.finding));
    let narrated = places.first().is_none_or(|best| !best.finding.is_faithful() && !best.credit.is_quoted());
    match paraphrase::report(given, by, excerpts).filter(|_| narrated) {
        Some(report) => reported(given, by, excerpts, report, blank),
        None if places.is_empty() => nowhere(given, excerpts, blank),
        None => settle(given, by, &places, blank),
    }
}

/// All places of a passage where the quote stands whole; where there is none, the one that fits best.
fn found_in<'e>(given: &Given, excerpt: &'e Excerpt) -> Vec<Place<'e>> {
    let whole = occurrences(given, excerpt);
    let places = if whole.is_empty() { align(given, excerpt).into_iter().collect() } else { whole };
    places.into_iter().map(|alignment| Place::new(excerpt, compare(given, excerpt, alignment))).collect()
}

/// Whether a quote has too few words to say anything about.
fn too_short(given: &Given) -> bool {
    given.words.len() < 3 || given.contents() == 0
}

/// Whether the quote is all that stands between two marks somewhere, or a whole sentence there.
fn is_whole_piece(given: &Given, place: &Place) -> bool {
    let words = place.finding.alignment.source_range();
    let inside = |piece: &Span| place.excerpt.words.iter().filter(|word| piece.contains(word.span)).count() == words.len();
    let pieces = place.excerpt.utterances.iter().filter(|utterance| utterance.is_verbatim()).flat_map(|utterance| &utterance.pieces);
    let first = place.excerpt.words.get(words.start).map(|word| word.span);
    let holds = |piece: &&Span| first.is_some_and(|first| piece.contains(first));
    let sentence = given.words.len() >= 3 && place.context == Context::Full && place.credit.is_quoted();
    place.finding.is_faithful() && (sentence || (given.contents() > 0 && pieces.filter(holds).any(inside)))
}

/// Whether the quote is still recognizable in what stands there.
fn recognizable(given: &Given, finding: &Finding) -> bool {
    use super::alignment::Step;
    let mut longest = 0;
    let mut run = 0;
    let mut content = 0;
    for step in &finding.alignment.steps {
        let equal = matches!(step, Step::Equal(..));
        run = if equal { run + 1 } else { 0 };
        longest = longest.max(run);
        content += usize::from(matches!(step, Step::Equal(word, _) if given.is_content(*word)));
    }
    finding.likeness >= ALIKE && content * 2 >= given.contents() && (longest >= 3 || finding.likeness >= 0.75)
}

/// The verdict for a quote found whole or altered.
fn settle(given: &Given, by: Option<&str>, places: &[Place], blank: Verdict) -> Verdict {
    let Some(best) = places.first() else { return blank };
    let same = |place: &&Place| {
        place.finding.is_faithful() == best.finding.is_faithful() && place.finding.likeness + SLACK >= best.finding.likeness
    };
    let printing: Vec<&Place> = places.iter().filter(same).collect();
    let credits: Vec<&Credit> = printing.iter().map(|place| &place.credit).collect();
    let distinctive = given.words.len() >= 5 && given.contents() >= 2;
    let (attribution, speaker) = decide(by, &credits, distinctive);
    let alike = printing.iter().filter(|place| place.finding.is_faithful() && place.credit.is_quoted() == best.credit.is_quoted());
    let wording = alike.map(|place| place.finding.wording).min().unwrap_or(best.finding.wording);
    let told = |place: &&&Place| match (&speaker, place.credit.speaker()) {
        (Some(one), Some(other)) => people::same_person(one, other),
        _ => true,
    };
    let context = printing.iter().filter(told).find(|place| place.credit.is_quoted() == best.credit.is_quoted()).map(|place| place.context);
    let support = support(printing.iter().map(|place| &place.excerpt.document));
    Verdict {
        wording,
        attribution: Some(attribution),
        context: context.or(Some(best.context)),
        speaker,
        documents: support.documents,
        independent: support.independent,
        earliest: support.earliest,
        matches: places.iter().take(SHOWN).map(|place| place.to_match(given)).collect(),
        ..blank
    }
}

/// The verdict for a quote stitched from several places.
fn stitched(given: &Given, by: Option<&str>, excerpts: &[Excerpt], pieces: &[Piece], blank: Verdict) -> Verdict {
    let place = |piece: &Piece| {
        let excerpt = excerpts.get(piece.excerpt)?;
        Some(Place::new(excerpt, compare(given, excerpt, piece.alignment.clone())))
    };
    let places: Vec<Place> = pieces.iter().filter_map(place).collect();
    let credits: Vec<&Credit> = places.iter().map(|place| &place.credit).collect();
    let (attribution, speaker) = decide_pieces(by, &credits);
    let context = if places.iter().all(|place| place.context == Context::Full) { Context::Full } else { Context::Truncated };
    let support = support(places.iter().map(|place| &place.excerpt.document));
    Verdict {
        wording: Wording::Stitched,
        attribution: Some(attribution),
        context: Some(context),
        speaker,
        documents: support.documents,
        independent: support.independent,
        earliest: support.earliest,
        matches: places.iter().map(|place| place.to_match(given)).collect(),
        ..blank
    }
}

/// The verdict for words that stand nowhere, with the nearest places.
fn nowhere(given: &Given, excerpts: &[Excerpt], blank: Verdict) -> Verdict {
    let mut nearest: Vec<Place> = excerpts.iter().flat_map(|excerpt| found_in(given, excerpt)).collect();
    nearest.retain(|place| place.finding.similarity > 0.2);
    nearest.sort_by(Place::rank);
    Verdict { matches: nearest.iter().take(NEAREST).map(|place| place.to_match(given)).collect(), ..blank }
}

fn reported(given: &Given, by: Option<&str>, excerpts: &[Excerpt], report: Report, blank: Verdict) -> Verdict {
    let Some(excerpt) = excerpts.get(report.excerpt) else { return blank };
    let credit = report.utterance.speaker.clone().map_or(Credit::Unsigned, Credit::Spoken);
    let (attribution, speaker) = decide(by, &[&credit], true);
    let text = excerpt.slice(report.span).to_owned();
    let diff = vec![Difference { operation: Operation::Replace, source: text.clone(), given: given.text.clone() }];
    let support = support(std::iter::once(&excerpt.document));
    let place = Match {
        document: Arc::clone(&excerpt.document),
        passage: text.clone(),
        text,
        span: report.span,
        similarity: report.share,
        diff,
        speaker: report.utterance.speaker.clone(),
    };
    Verdict {
        wording: Wording::Paraphrase,
        attribution: Some(attribution),
        context: Some(Context::Full),
        speaker,
        documents: support.documents,
        independent: support.independent,
        earliest: support.earliest,
        matches: vec![place],
        ..blank
    }
}

/// How many documents print something.
struct Support {
    documents: usize,
    independent: usize,
    earliest: Option<Arc<DocumentRecord>>,
}

/// Counts documents, copies of one report once, and finds the earliest dated one.
fn support<'d>(documents: impl Iterator<Item = &'d Arc<DocumentRecord>>) -> Support {
    let mut distinct: Vec<&Arc<DocumentRecord>> = documents.collect();
    distinct.sort_by_key(|document| date_key(document));
    distinct.dedup_by_key(|document| document.ordinal);
    let mut clusters: Vec<u32> = distinct.iter().map(|document| document.cluster).collect();
    clusters.sort_unstable();
    clusters.dedup();
    let earliest = distinct.first().filter(|document| document.published.is_some()).map(|document| Arc::clone(document));
    Support { documents: distinct.len(), independent: clusters.len(), earliest }
}

/// A verdict about which nothing is known yet.
fn verdict(quote: &str, by: Option<&str>, wording: Wording) -> Verdict {
    Verdict {
        quote: quote.to_owned(),
        claimed_speaker: by.map(str::to_owned),
        wording,
        attribution: None,
        context: None,
        speaker: None,
        documents: 0,
        independent: 0,
        earliest: None,
        matches: Vec::new(),
    }
}
