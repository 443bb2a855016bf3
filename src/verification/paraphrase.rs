//! A quote that stands nowhere in these words becomes the report of the same content that comes nearest, if one comes near enough.
//!
//! Content stems are compared, without order: what the speaker is reported to have said, in a sentence with or without marks. Near
//! misses are silence: a remark somebody might have made is not a paraphrase of one they did make.

use std::collections::BTreeSet;

use super::excerpt::{Excerpt, Utterance};
use super::given::{Given, is_content};
use super::people;
use crate::quotation::QuotationKind;
use crate::span::Span;
use crate::text;

/// Fewest content stems that must be shared.
const FEWEST: usize = 3;
/// Least share of the quote's content stems, where nobody or somebody else is named …
const SHARE: f32 = 0.62;
/// … and where the person named is the one who is reported.
const SHARE_OF_SPEAKER: f32 = 0.45;

/// A report of the same content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Report<'e> {
    /// Position of the passage.
    pub(super) excerpt: usize,
    pub(super) utterance: &'e Utterance,
    /// The sentences that report it.
    pub(super) span: Span,
    /// Share of the quote's content stems that stand there, 0 to 1.
    pub(super) share: f32,
}

/// The nearest report, if one is near enough.
pub(super) fn report<'e>(given: &Given, by: Option<&str>, excerpts: &'e [Excerpt]) -> Option<Report<'e>> {
    let sought: BTreeSet<String> =
        given.words.iter().filter(|word| is_content(&word.folded)).map(|word| text::stem(&word.folded)).collect();
    let reports = excerpts.iter().enumerate().flat_map(|(number, excerpt)| {
        let utterances =
            excerpt.utterances.iter().filter(|utterance| utterance.kind != QuotationKind::NotSpeech && utterance.speaker.is_some());
        utterances.filter_map(|utterance| weigh(&sought, by, number, excerpt, utterance)).collect::<Vec<_>>()
    });
    reports.max_by(|one, other| {
        let indirect = |report: &Report| report.utterance.kind == QuotationKind::Indirect;
        let order = one.share.total_cmp(&other.share).then(indirect(one).cmp(&indirect(other)));
        order.then((other.excerpt, other.span).cmp(&(one.excerpt, one.span)))
    })
}

fn weigh<'e>(
    sought: &BTreeSet<String>,
    by: Option<&str>,
    number: usize,
    excerpt: &Excerpt,
    utterance: &'e Utterance,
) -> Option<Report<'e>> {
    let span = excerpt.sentences_around(utterance.cover());
    let own = excerpt.words.iter().filter(|word| span.contains(word.span) && is_content(&word.folded));
    let stems: BTreeSet<String> = own.map(|word| text::stem(&word.folded)).collect();
    let shared = sought.intersection(&stems).count();
    let share = shared as f32 / sought.len().max(1) as f32;
    let fits = by.is_some_and(|by| utterance.speaker.as_ref().is_some_and(|speaker| people::fits(by, speaker)));
    let least = if fits { SHARE_OF_SPEAKER } else { SHARE };
    (shared >= FEWEST && share >= least).then_some(Report { excerpt: number, utterance, span, share })
}
