//! A quote that stands nowhere in these words becomes the report of the same content that comes nearest, if one comes near enough.
//!
//! Content words are compared without order, by root and by near-synonym, rare ones weighing more: how much of the quote is in what the
//! speaker is reported to have said, with or without marks, and how much of that stretch is in the quote. Both must be high. Near misses are
//! silence: a remark somebody might have made is not a paraphrase of one they did make.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::contrasts::exclude;
use super::excerpt::{Excerpt, Utterance};
use super::given::{Given, is_content};
use super::people;
use crate::quotation::{QuotationKind, is_denial};
use crate::span::Span;
use crate::text;
use crate::text::roots::root;
use crate::text::synonyms::are_synonyms;

/// Fewest words of a quote that can be told in others.
const SHORTEST: usize = 5;
/// Sentences that may report it together.
const SENTENCES: usize = 2;
/// Fewest content words that both must have, and what they must weigh together.
const FEWEST: usize = 3;
const LIGHTEST: f32 = 8.5;
/// What a near-synonym counts beside the word itself.
const SYNONYM: f32 = 0.7;
/// The quote's words that count as much as this are worth no more.
const RAREST: f32 = 5.0;

/// A report of the same content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Report<'e> {
    /// Position of the passage.
    pub(super) excerpt: usize,
    pub(super) utterance: &'e Utterance,
    /// The sentences that report it.
    pub(super) span: Span,
    /// How much the two have in common, 0 to 1.
    pub(super) share: f32,
}

/// How much a word weighs, by how rare it is in the documents.
pub(super) type Rarity<'r> = &'r dyn Fn(&str) -> f32;

/// A content word of the quote.
struct Term {
    root: String,
    folded: String,
    weight: f32,
}

/// A content word of the passage.
struct Printed<'e> {
    span: Span,
    root: Rc<str>,
    folded: &'e str,
}

/// The root of each word of the passages, by the word; none for a word without content.
type Roots<'e> = HashMap<&'e str, Option<Rc<str>>>;

/// The nearest report, if one is near enough.
pub(super) fn report<'e>(given: &Given, by: Option<&str>, excerpts: &'e [Excerpt], rarity: Rarity) -> Option<Report<'e>> {
    let terms = terms(given, rarity);
    if given.words.len() < SHORTEST || terms.is_empty() {
        return None;
    }
    let mut nearest: Option<Report> = None;
    let mut roots = Roots::default();
    for (number, excerpt) in excerpts.iter().enumerate() {
        let printed = printed(excerpt, &mut roots);
        let speech = excerpt.utterances.iter().filter(|one| one.kind != QuotationKind::NotSpeech && one.speaker.is_some());
        for utterance in speech {
            let Some((span, share)) = nearest_in(given, &terms, excerpt, &printed, utterance, rarity) else { continue };
            let report = Report { excerpt: number, utterance, span, share };
            if share >= least(by, utterance) && nearest.is_none_or(|before| better(&report, &before)) {
                nearest = Some(report);
            }
        }
    }
    nearest
}

/// How much must be in common: less where the person named is the one who is reported.
fn least(by: Option<&str>, utterance: &Utterance) -> f32 {
    let fits = |by: &str| utterance.speaker.as_ref().is_some_and(|speaker| people::fits(by, speaker));
    match by {
        Some(by) if fits(by) => 0.55,
        None => 0.75,
        Some(_) => 0.9,
    }
}

/// Nearer, or as near and without marks.
fn better(one: &Report, other: &Report) -> bool {
    let indirect = |report: &Report| report.utterance.kind == QuotationKind::Indirect;
    one.share.total_cmp(&other.share).then(indirect(one).cmp(&indirect(other))).is_gt()
}

/// The distinct content words of the quote.
fn terms(given: &Given, rarity: Rarity) -> Vec<Term> {
    let content = given.words.iter().filter(|word| is_content(&word.folded));
    let term = |folded: &String| Term { root: root(folded), folded: folded.clone(), weight: weight(folded, rarity) };
    let terms: BTreeMap<String, Term> = content.map(|word| term(&word.folded)).map(|term| (term.root.clone(), term)).collect();
    terms.into_values().collect()
}

fn weight(folded: &str, rarity: Rarity) -> f32 {
    rarity(&text::stem(folded)).clamp(0.5, RAREST)
}

fn printed<'e>(excerpt: &'e Excerpt, roots: &mut Roots<'e>) -> Vec<Printed<'e>> {
    let mut root_of = |folded: &'e str| roots.entry(folded).or_insert_with(|| is_content(folded).then(|| root(folded).into())).clone();
    let words = excerpt.words.iter().map(|word| (word.span, word.folded.as_str()));
    words.filter_map(|(span, folded)| Some(Printed { span, root: root_of(folded)?, folded })).collect()
}

/// The sentence or two around the utterance that have most in common with the quote, and how much.
fn nearest_in(
    given: &Given,
    terms: &[Term],
    excerpt: &Excerpt,
    printed: &[Printed],
    utterance: &Utterance,
    rarity: Rarity,
) -> Option<(Span, f32)> {
    let reach = excerpt.sentences_around(utterance.cover());
    let own: Vec<Span> = excerpt.sentences.iter().map(|(sentence, _)| *sentence).filter(|sentence| reach.contains(*sentence)).collect();
    let windows = (1..=SENTENCES).flat_map(|length| own.windows(length));
    let spans = windows.filter_map(|window| window.iter().copied().reduce(Span::cover));
    let order: Vec<String> = given.words.iter().filter(|word| is_content(&word.folded)).map(|word| root(&word.folded)).collect();
    let shares = spans.filter_map(|span| {
        let words = inside(printed, span);
        let (share, stretch) = common(terms, &words, rarity)?;
        (denies_alike(given, excerpt, stretch) && !is_turned_round(&order, &words, given, excerpt, stretch)).then_some((span, share))
    });
    shares.max_by(|one: &(Span, f32), other| one.1.total_cmp(&other.1).then(other.0.len().cmp(&one.0.len())).then(other.0.cmp(&one.0)))
}

/// Words before the stretch that prints the quote's content in which a denial still belongs to it.
const BEFORE: usize = 4;

/// The folded words of the stretch, with a few before it.
fn stretch_words(excerpt: &Excerpt, stretch: Span) -> Vec<&str> {
    let sentence = excerpt.sentence_at(stretch.start).map_or(stretch.start, |sentence| sentence.start);
    let first = excerpt.words.iter().position(|word| word.span.start >= stretch.start).unwrap_or_default().saturating_sub(BEFORE);
    let words = excerpt.words.iter().skip(first).filter(|word| word.span.start >= sentence && word.span.end <= stretch.end);
    words.map(|word| word.folded.as_str()).collect()
}

/// Whether neither says of a word what the other denies of it: "had cancelled" is no report of "had not cancelled".
fn denies_alike(given: &Given, excerpt: &Excerpt, stretch: Span) -> bool {
    let own: Vec<&str> = given.words.iter().map(|word| word.folded.as_str()).collect();
    let printed = stretch_words(excerpt, stretch);
    let (denied, affirmed) = (denied_and_not(&own), denied_and_not(&printed));
    !denied.0.iter().any(|root| affirmed.1.contains(root)) && !affirmed.0.iter().any(|root| denied.1.contains(root))
}

/// The roots of content words right behind a "not", "never" or "denied", and of those that are not.
fn denied_and_not(words: &[&str]) -> (BTreeSet<String>, BTreeSet<String>) {
    let denies = |word: &&str| matches!(*word, "not" | "never" | "cannot") || word.ends_with("n't") || is_denial(word);
    let (mut denied, mut affirmed) = (BTreeSet::new(), BTreeSet::new());
    let mut denying = false;
    for word in words {
        if denies(word) {
            denying = true;
        } else if is_content(word) {
            if denying {
                denied.insert(root(word))
            } else {
                affirmed.insert(root(word))
            };
            denying = false;
        }
    }
    (denied, affirmed)
}

/// Whether what is done is the same but who does it to whom is not ("the builders sued the county"), neither in the passive.
fn is_turned_round(order: &[String], words: &[&Printed], given: &Given, excerpt: &Excerpt, stretch: Span) -> bool {
    let passive = given.words.iter().any(|word| word.folded == "by") || stretch_words(excerpt, stretch).contains(&"by");
    let turned = |own: &[String]| {
        let [one, verb, other] = own else { return false };
        one != other
            && words.windows(3).any(
                |three| matches!(three, [first, middle, last] if *first.root == **other && *middle.root == **verb && *last.root == **one),
            )
    };
    !passive && order.windows(3).any(turned)
}

fn inside<'p, 'e>(printed: &'p [Printed<'e>], span: Span) -> Vec<&'p Printed<'e>> {
    printed.iter().filter(|word| span.contains(word.span)).collect()
}

/// How well a word of the quote is rendered by one that is printed.
fn renders(term: &Term, word: &Printed) -> f32 {
    match () {
        () if term.root.as_str() == &*word.root => 1.0,
        () if are_synonyms(&term.root, &word.root) => SYNONYM,
        () => 0.0,
    }
}

/// The harmonic mean of how much of the quote is printed and how much of the stretch that prints it is in the quote; `None` where too
/// little is shared to say, or the two contradict each other.
fn common(terms: &[Term], words: &[&Printed], rarity: Rarity) -> Option<(f32, Span)> {
    let rendered: Vec<f32> = terms.iter().map(|term| words.iter().map(|word| renders(term, word)).fold(0.0, f32::max)).collect();
    let shared: f32 = terms.iter().zip(&rendered).map(|(term, rendered)| term.weight * rendered).sum();
    if rendered.iter().filter(|rendered| **rendered > 0.0).count() < FEWEST || shared < LIGHTEST {
        return None;
    }
    let total: f32 = terms.iter().map(|term| term.weight).sum();
    let recall = shared / total.max(f32::MIN_POSITIVE);
    let held = |word: &&Printed| terms.iter().map(|term| renders(term, word)).fold(0.0, f32::max);
    let first = words.iter().position(|word| held(word) > 0.0)?;
    let last = words.iter().rposition(|word| held(word) > 0.0)?;
    let stretch = words.get(first..=last)?;
    let own: Vec<&Term> = terms.iter().zip(&rendered).filter(|(_, rendered)| **rendered == 0.0).map(|(term, _)| term).collect();
    if own.iter().any(|term| words.iter().filter(|word| held(word) == 0.0).any(|word| contradict(term, word))) {
        return None;
    }
    let weigh = |word: &&&Printed| weight(word.folded, rarity);
    let kept: f32 = stretch.iter().map(|word| weigh(&word) * held(word)).sum();
    let all: f32 = stretch.iter().map(|word| weigh(&word)).sum();
    let precision = kept / all.max(f32::MIN_POSITIVE);
    let covered = stretch.iter().map(|word| word.span).reduce(Span::cover)?;
    Some((2.0 * precision * recall / (precision + recall).max(f32::MIN_POSITIVE), covered))
}

/// Whether a word of the quote and one that is printed exclude each other: opposites, members of one series, different numbers.
fn contradict(term: &Term, word: &Printed) -> bool {
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text != "1";
    exclude(&term.folded, word.folded) || (number(&term.root) && number(&word.root))
}

#[cfg(test)]
mod tests {
    use super::super::testing::excerpt;
    use super::*;

    const SOURCE: &str = "«The ferry loses money on every winter crossing. The harbour office has counted the passengers twice.»";

    fn check(quote: &str, by: Option<&str>, expected: bool) {
        let excerpts = [excerpt(SOURCE)];
        assert_eq!(report(&Given::new(quote), by, &excerpts, &|_| 4.0).is_some(), expected, "{quote:?} by {by:?}");
    }

    #[test]
    fn the_same_content_in_other_words_is_a_report() {
        check("Every crossing in winter loses the ferry money", None, true);
        check("Passengers were counted two times by the harbour office, I hear", Some("Ann Bell"), true);
        check("Passengers were counted two times by the clever people of the harbour office", Some("Tom Carter"), false);
    }

    #[test]
    fn other_forms_and_near_synonyms_count() {
        check("Each winter crossing costs the ferry cash, and loses it", Some("Ann Bell"), true);
        check("The passengers were twice reckoned up, and the harbour office counts them", Some("Ann Bell"), true);
    }

    #[test]
    fn what_contradicts_the_report_is_none() {
        check("The ferry loses money on every summer crossing", Some("Ann Bell"), false);
        check("The harbour office has counted the passengers 12 times", Some("Ann Bell"), false);
        check("The harbour office has never counted the passengers twice", Some("Ann Bell"), false);
        check("Twice the passengers counted the harbour office", Some("Ann Bell"), false);
    }

    #[test]
    fn words_scattered_over_a_speech_are_not() {
        check("The winter crossing loses its crew because the captain drinks", None, false);
        check("The winter was hard on us", Some("Ann Bell"), false);
    }
}
