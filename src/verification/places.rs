//! A passage becomes the [`Place`]s where a quote, or something like it, stands in it: how it compares, whose words they are, what was cut.

use std::cmp::Ordering;
use std::sync::Arc;

use super::alignment::{Alignment, Step, align, occurrences};
use super::attribution::{Credit, credit};
use super::candidates::date_key;
use super::context;
use super::differences::differences;
use super::excerpt::Excerpt;
use super::given::Given;
use super::people;
use super::voices;
use super::wording::{Finding, compare};
use super::{Context, Match};
use crate::span::Span;
use crate::text::roots::are_forms;

/// Passages with less than this part of the likeliest one's words are only searched for the quote as it is.
const WORTH_ALIGNING: f32 = 0.55;
/// Least likeness of a quote that counts as altered rather than not found …
const ALIKE: f32 = 0.5;
/// … and where the words are the document's own, or somebody else's than the person named.
const ALIKE_ELSEWHERE: f32 = 0.65;

/// A place where the quote, or something like it, stands.
pub(super) struct Place<'e> {
    pub(super) excerpt: &'e Excerpt,
    pub(super) finding: Finding,
    pub(super) credit: Credit,
    pub(super) context: Context,
    /// The parts of it that different people say; none where one person, or nobody, says all of it.
    pub(super) parts: Vec<Alignment>,
}

impl<'e> Place<'e> {
    fn new(excerpt: &'e Excerpt, finding: Finding) -> Self {
        let (credit, utterance) = credit(excerpt, &finding);
        let context = context::judge(excerpt, &finding, utterance);
        Self { excerpt, finding, credit, context, parts: Vec::new() }
    }

    /// Where a whole quote is laid: in the mouth of nobody, where several people say parts of it.
    fn of_alignment(given: &Given, excerpt: &'e Excerpt, alignment: Alignment) -> Self {
        match voices::parts(given, excerpt, alignment.clone()) {
            mut parts if parts.len() < 2 => Self::new(excerpt, compare(given, excerpt, parts.pop().unwrap_or(alignment))),
            parts => {
                let whole = Self::new(excerpt, compare(given, excerpt, alignment));
                Self { credit: if whole.credit.is_quoted() { Credit::Unsigned } else { whole.credit }, parts, ..whole }
            }
        }
    }

    /// Where a part of a quote stands, the rest of it elsewhere.
    pub(super) fn of_part(given: &Given, excerpt: &'e Excerpt, part: Alignment) -> Self {
        let finding = compare(given, excerpt, part);
        let (credit, utterance) = credit(excerpt, &finding);
        let context = context::judge_piece(excerpt, &finding, utterance);
        Self { excerpt, finding, credit, context, parts: Vec::new() }
    }

    /// Whether several people say parts of it.
    pub(super) fn has_several_voices(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Whole words first, then the likest; quotations before narration; printed exactly so before otherwise; the earlier first.
    fn rank(&self, other: &Self) -> Ordering {
        let faithful = other.finding.is_faithful().cmp(&self.finding.is_faithful());
        let alike = other.finding.likeness.total_cmp(&self.finding.likeness);
        let quoted = other.credit.is_quoted().cmp(&self.credit.is_quoted());
        let signed = other.credit.speaker().is_some().cmp(&self.credit.speaker().is_some());
        let wording = self.finding.wording.cmp(&other.finding.wording);
        faithful.then(alike).then(quoted).then(signed).then(wording).then_with(|| self.order().cmp(&other.order()))
    }

    fn order(&self) -> ((bool, Option<jiff::civil::Date>, u32), usize) {
        (date_key(&self.excerpt.document), self.finding.span.start)
    }

    pub(super) fn to_match(&self, given: &Given) -> Match {
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

/// By the documents' dates, then by place.
pub(super) fn chronological(one: &Place, other: &Place) -> Ordering {
    one.order().cmp(&other.order())
}

/// The places of all passages, best first.
pub(super) fn found<'e>(given: &Given, excerpts: &'e [Excerpt]) -> Vec<Place<'e>> {
    let most = excerpts.iter().map(|excerpt| excerpt.share).fold(0.0, f32::max);
    let mut places: Vec<Place> =
        excerpts.iter().flat_map(|excerpt| found_in(given, excerpt, excerpt.share >= most * WORTH_ALIGNING)).collect();
    places.sort_by(Place::rank);
    places
}

/// All places of a passage where the quote stands whole; where there is none, and `aligned`, the one that fits best.
fn found_in<'e>(given: &Given, excerpt: &'e Excerpt, aligned: bool) -> Vec<Place<'e>> {
    let whole = occurrences(given, excerpt);
    let places = if whole.is_empty() && aligned { align(given, excerpt).into_iter().collect() } else { whole };
    places.into_iter().map(|alignment| Place::of_alignment(given, excerpt, alignment)).collect()
}

/// Whether the quote is still recognizable in what stands there. Forms of the same word count as the word.
pub(super) fn recognizable(given: &Given, by: Option<&str>, place: &Place) -> bool {
    let mut longest = 0;
    let mut run = 0;
    let mut content = 0;
    for step in &place.finding.alignment.steps {
        let kept = kept(given, place.excerpt, *step);
        run = if kept.is_some() { run + 1 } else { 0 };
        longest = longest.max(run);
        content += usize::from(kept.is_some_and(|word| given.is_content(word)));
    }
    let likeness = place.finding.likeness;
    likeness >= alike(by, &place.credit) && content * 2 >= given.contents() && (longest >= 3 || likeness >= 0.75)
}

/// Least likeness of a quote that counts as altered rather than not found: more is asked where nobody, or somebody else, says it.
fn alike(by: Option<&str>, credit: &Credit) -> f32 {
    match (credit, by) {
        (Credit::Spoken(speaker), Some(by)) if people::fits(by, speaker) => ALIKE,
        (Credit::Spoken(_), None) => ALIKE,
        _ => ALIKE_ELSEWHERE,
    }
}

/// The quote's word of a step that keeps it, if only in another form.
fn kept(given: &Given, excerpt: &Excerpt, step: Step) -> Option<usize> {
    match step {
        Step::Equal(word, _) => Some(word),
        Step::Replace(word, source) => {
            let (own, theirs) = (given.words.get(word)?, excerpt.words.get(source)?);
            are_forms(&own.folded, &theirs.folded).then_some(word)
        }
        Step::Insert(_) | Step::Delete(_) => None,
    }
}

/// Whether so short a quote can be checked all the same: it is all that stands between two marks somewhere, a whole sentence there, or
/// five words in a row.
pub(super) fn is_checkable(given: &Given, place: &Place) -> bool {
    let words = place.finding.alignment.source_range();
    let inside = |piece: &Span| place.excerpt.words.iter().filter(|word| piece.contains(word.span)).count() == words.len();
    let pieces = place.excerpt.utterances.iter().filter(|utterance| utterance.is_verbatim()).flat_map(|utterance| &utterance.pieces);
    let first = place.excerpt.words.get(words.start).map(|word| word.span);
    let holds = |piece: &&Span| first.is_some_and(|first| piece.contains(first));
    let sentence = given.words.len() >= 3 && (place.context == Context::Full || given.words.len() >= 5) && place.credit.is_quoted();
    place.finding.is_faithful() && (sentence || (given.contents() > 0 && pieces.filter(holds).any(inside)))
}
