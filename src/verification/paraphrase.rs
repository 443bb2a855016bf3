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
const FEWEST: usize = 4;
/// Least share of the quote's content stems, where nobody or somebody else is named …
const SHARE: f32 = 0.65;
/// … and where the person named is the one who is reported.
const SHARE_OF_SPEAKER: f32 = 0.5;
/// Sentences that may report it together.
const SENTENCES: usize = 2;

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
    let mut nearest: Option<Report> = None;
    for (number, excerpt) in excerpts.iter().enumerate() {
        let sentences = stems(excerpt);
        let speech =
            excerpt.utterances.iter().filter(|utterance| utterance.kind != QuotationKind::NotSpeech && utterance.speaker.is_some());
        for utterance in speech {
            let least = if is_by(by, utterance) { SHARE_OF_SPEAKER } else { SHARE };
            let report = weigh(&sought, least, excerpt, &sentences, utterance);
            let report = report.map(|(span, share)| Report { excerpt: number, utterance, span, share });
            nearest = match (nearest, report) {
                (Some(before), Some(report)) => Some(if better(&report, &before) { report } else { before }),
                (before, report) => before.or(report),
            };
        }
    }
    nearest
}

fn is_by(by: Option<&str>, utterance: &Utterance) -> bool {
    by.is_some_and(|by| utterance.speaker.as_ref().is_some_and(|speaker| people::fits(by, speaker)))
}

/// Nearer, or as near and without marks.
fn better(one: &Report, other: &Report) -> bool {
    let indirect = |report: &Report| report.utterance.kind == QuotationKind::Indirect;
    one.share.total_cmp(&other.share).then(indirect(one).cmp(&indirect(other))).is_gt()
}

/// The content stems of each sentence of the passage.
fn stems(excerpt: &Excerpt) -> Vec<(Span, BTreeSet<String>)> {
    let stems = |sentence: Span| {
        let own = excerpt.words.iter().filter(|word| sentence.contains(word.span) && is_content(&word.folded));
        own.map(|word| text::stem(&word.folded)).collect()
    };
    excerpt.sentences.iter().map(|(sentence, _)| (*sentence, stems(*sentence))).collect()
}

/// The sentence or two of the utterance that share most with the quote, and how much, if that is at least `least`.
fn weigh(
    sought: &BTreeSet<String>,
    least: f32,
    excerpt: &Excerpt,
    sentences: &[(Span, BTreeSet<String>)],
    utterance: &Utterance,
) -> Option<(Span, f32)> {
    let reach = excerpt.sentences_around(utterance.cover());
    let own: Vec<&(Span, BTreeSet<String>)> = sentences.iter().filter(|(sentence, _)| reach.contains(*sentence)).collect();
    let windows = (1..=SENTENCES).flat_map(|length| own.windows(length));
    let shares = windows.filter_map(|window| {
        let shared = sought.iter().filter(|stem| window.iter().any(|(_, stems)| stems.contains(*stem))).count();
        let share = shared as f32 / sought.len().max(1) as f32;
        let span = window.iter().map(|(sentence, _)| *sentence).reduce(Span::cover)?;
        (shared >= FEWEST && share >= least).then_some((span, share))
    });
    shares.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.len().cmp(&one.0.len())).then(other.0.cmp(&one.0)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::excerpt;
    use super::*;

    const SOURCE: &str = "«The ferry loses money on every winter crossing. The harbour office has counted the passengers twice.»";

    fn check(quote: &str, by: Option<&str>, expected: bool) {
        let excerpts = [excerpt(SOURCE)];
        assert_eq!(report(&Given::new(quote), by, &excerpts).is_some(), expected, "{quote:?} by {by:?}");
    }

    #[test]
    fn the_same_content_in_other_words_is_a_report() {
        check("Every crossing in winter loses the ferry money", None, true);
        check("Passengers were counted two times by the harbour office, I hear", Some("Ann Bell"), true);
        check("Passengers were counted two times by the clever people of the harbour office", Some("Tom Carter"), false);
    }

    #[test]
    fn words_scattered_over_a_speech_are_not() {
        check("The winter crossing loses its crew because the captain drinks", None, false);
        check("The winter was hard on us", Some("Ann Bell"), false);
    }
}
