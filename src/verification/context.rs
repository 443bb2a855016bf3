//! A place where a quote stands becomes a judgment of what was cut around it: nothing that matters, or something that turns it.
//!
//! Two things count: a cut inside a sentence of the utterance, and a neighbouring clause or sentence that turns what was said ("But …",
//! "unless …", or the same words affirmed after they were denied). What turns the meaning without any such sign is left alone.

use std::ops::Range;

use super::Context;
use super::alignment::{Alignment, Step};
use super::contrasts::{CONDITIONS, NEGATIONS, modality};
use super::excerpt::{Excerpt, Utterance};
use super::wording::Finding;
use super::words::words;
use crate::span::Span;
use crate::text;

/// Words at the head of the next sentence that turn the one before.
const TURNS: &[&str] =
    &["but", "however", "yet", "although", "though", "unless", "except", "nevertheless", "nonetheless", "still", "otherwise"];
/// An elision of so few words has taken a modal verb away rather than passed over a clause that has one.
const SHORT_CUT: usize = 3;

/// Judges the cut.
pub(super) fn judge(excerpt: &Excerpt, finding: &Finding, utterance: Option<&Utterance>) -> Context {
    let turned = utterance.is_some_and(|utterance| turned_after(excerpt, finding, utterance));
    if turned { Context::Truncated } else { judge_piece(excerpt, finding, utterance) }
}

/// Judges the cut of a piece of a quote: what follows it in the document matters less than what the quote makes follow.
pub(super) fn judge_piece(excerpt: &Excerpt, finding: &Finding, utterance: Option<&Utterance>) -> Context {
    let words = finding.alignment.source_range();
    let (head, tail) = loose_ends(&finding.alignment);
    let truncated = words.is_empty()
        || cut_before(excerpt, words.start, utterance) > head
        || cut_after(excerpt, words.end, utterance) > tail
        || finding.left_out.iter().any(|left_out| swallows(excerpt, left_out.clone()));
    if truncated { Context::Truncated } else { Context::Full }
}

/// How many words of the sentence may be missing before and after the place because the quote has others there instead.
fn loose_ends(alignment: &Alignment) -> (usize, usize) {
    let loose = |step: &&Step| !matches!(step, Step::Equal(..));
    let room = |loose: usize| if loose > 0 { loose + 1 } else { 0 };
    (room(alignment.steps.iter().take_while(loose).count()), room(alignment.steps.iter().rev().take_while(loose).count()))
}

fn word_span(excerpt: &Excerpt, word: usize) -> Option<Span> {
    excerpt.words.get(word).map(|word| word.span)
}

/// The piece of the utterance that holds the span.
fn piece_of(utterance: Option<&Utterance>, span: Span) -> Option<Span> {
    utterance.and_then(|utterance| utterance.pieces.iter().copied().find(|piece| piece.contains(span)))
}

/// How many words of the same sentence stand before the first word, in the same mouth.
fn cut_before(excerpt: &Excerpt, first: usize, utterance: Option<&Utterance>) -> usize {
    let Some(span) = word_span(excerpt, first) else { return 0 };
    let sentence = excerpt.sentence_at(span.start).map_or(span.start, |sentence| sentence.start);
    let piece = piece_of(utterance, span);
    let start = piece.map_or(sentence, |piece| piece.start.max(sentence));
    let before = words(excerpt.slice(Span::new(start, span.start)), 0).len();
    let continued = piece.is_some_and(|piece| piece.start >= sentence) && continued(excerpt, utterance, span);
    before + usize::from(before == 0 && continued)
}

/// Whether the piece that begins here goes on with a sentence that an attribution interrupts.
fn continued(excerpt: &Excerpt, utterance: Option<&Utterance>, span: Span) -> bool {
    let Some(utterance) = utterance else { return false };
    let before = utterance.pieces.iter().rev().find(|piece| piece.end <= span.start);
    before.is_some_and(|before| !ends_sentence(excerpt.slice(*before))) && excerpt.slice(span).starts_with(char::is_lowercase)
}

fn ends_sentence(words: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || super::words::is_mark(c) || matches!(c, ')' | ']');
    words.trim_end_matches(closing).ends_with(['.', '!', '?', '…'])
}

/// How many words of the same sentence stand after the last word, in the same mouth.
fn cut_after(excerpt: &Excerpt, end: usize, utterance: Option<&Utterance>) -> usize {
    let Some(last) = end.checked_sub(1).and_then(|last| word_span(excerpt, last)) else { return 0 };
    let sentence = excerpt.sentence_at(last.start).map_or(last.end, |sentence| sentence.end);
    let piece = piece_of(utterance, last);
    let stop = piece.map_or(sentence, |piece| piece.end.min(sentence));
    let after = words(excerpt.slice(Span::new(last.end, stop)), 0).len();
    if after > 0 {
        return after;
    }
    let next = utterance.and_then(|utterance| utterance.pieces.iter().find(|piece| piece.start >= last.end));
    let open =
        piece.is_some_and(|piece| piece.end <= sentence.max(stop) && !ends_sentence(excerpt.slice(Span::new(last.start, piece.end))));
    let goes_on = next.is_some_and(|next| excerpt.slice(*next).trim_start_matches(super::words::is_mark).starts_with(char::is_lowercase));
    usize::from(open && goes_on)
}

/// Whether the next sentence of the utterance turns the last one.
fn turned_after(excerpt: &Excerpt, finding: &Finding, utterance: &Utterance) -> bool {
    let place = finding.alignment.source_range();
    let Some(last) = place.end.checked_sub(1).and_then(|last| word_span(excerpt, last)) else { return false };
    let following = (place.end..excerpt.words.len()).find(|&word| word_span(excerpt, word).is_some_and(|span| utterance.holds(span)));
    let Some(next) = following else { return false };
    let head = excerpt.words.get(next).map_or("", |word| word.folded.as_str());
    let paragraph = |byte: usize| excerpt.sentence_number(byte).and_then(|number| excerpt.sentences.get(number)).map(|(_, block)| *block);
    let beside = word_span(excerpt, next).is_some_and(|next| paragraph(next.start) == paragraph(last.start));
    // An altered quote may have lost the very denial that the next sentence answers.
    let denied = || if finding.is_faithful() { denied(excerpt, last) } else { Vec::new() };
    (beside && TURNS.contains(&head)) || affirmed(&denied(), &sentence_words(excerpt, next, utterance))
}

/// The words of the utterance in the sentence that word `from` lies in, from there on.
fn sentence_words(excerpt: &Excerpt, from: usize, utterance: &Utterance) -> Vec<String> {
    let Some(number) = word_span(excerpt, from).map(|span| excerpt.sentence_number(span.start)) else { return Vec::new() };
    let inside = |span: Span| excerpt.sentence_number(span.start) == number && utterance.holds(span);
    let words = excerpt.words.iter().skip(from).take_while(|word| excerpt.sentence_number(word.span.start) == number);
    words.filter(|word| inside(word.span)).map(|word| word.folded.clone()).collect()
}

/// The words that the sentence around `span` denies: those after its "not", without auxiliary verbs.
fn denied(excerpt: &Excerpt, span: Span) -> Vec<String> {
    let Some(sentence) = excerpt.sentence_at(span.start) else { return Vec::new() };
    let own = excerpt.words.iter().filter(|word| sentence.contains(word.span)).map(|word| word.folded.as_str());
    let after = own.skip_while(|word| *word != "not" && !word.ends_with("n't")).skip(1);
    after.take(3).map(str::to_owned).collect()
}

/// Whether a sentence affirms what was denied: it has the same words after the same kind of subject, and denies nothing itself.
fn affirmed(denied: &[String], next: &[String]) -> bool {
    let denies = |word: &String| word == "not" || word == "never" || word.ends_with("n't");
    let content = denied.iter().any(|word| !text::is_stop_word(word));
    let head: Vec<&String> = next.iter().take(8).collect();
    let shared = denied.iter().take_while(|word| head.contains(word)).count();
    content && !head.iter().any(|word| denies(word)) && (shared >= 2 || (shared == 1 && denied.len() == 1))
}

/// Whether an elision swallows a word that turns what is left.
fn swallows(excerpt: &Excerpt, left_out: Range<usize>) -> bool {
    let sentence = |word: usize| word_span(excerpt, word).and_then(|span| excerpt.sentence_number(span.start));
    let partial = |word: usize| [left_out.start.checked_sub(1).and_then(sentence), sentence(left_out.end)].contains(&sentence(word));
    let short = left_out.len() <= SHORT_CUT;
    let bears = |word: &str| {
        word == "but"
            || word.ends_with("n't")
            || NEGATIONS.contains(&word)
            || CONDITIONS.contains(&word)
            || short && modality(word).is_some()
    };
    left_out.clone().any(|word| partial(word) && excerpt.words.get(word).is_some_and(|word| bears(&word.folded)))
}

#[cfg(test)]
mod tests {
    use super::super::alignment::{align, occurrences};
    use super::super::given::Given;
    use super::super::testing::excerpt;
    use super::super::wording::compare;
    use super::*;

    fn check(quote: &str, source: &str, expected: Context) {
        let (given, excerpt) = (Given::new(quote), excerpt(source));
        let place = occurrences(&given, &excerpt).into_iter().next().or_else(|| align(&given, &excerpt)).unwrap();
        let finding = compare(&given, &excerpt, place);
        let utterance = excerpt.utterance_of(&finding.alignment.source_words()).map(|(utterance, _)| utterance);
        assert_eq!(judge(&excerpt, &finding, utterance), expected, "{quote:?} in {source:?}");
    }

    #[test]
    fn whole_sentences_are_full() {
        check("It rains.", "«It rains. We wait.»", Context::Full);
        check("We wait.", "«It rains,» she said. «We wait.»", Context::Full);
        check("a long wait", "She spoke of «a long wait» for all.", Context::Full);
    }

    #[test]
    fn a_cut_inside_a_sentence_truncates() {
        check("We will not close it", "«We will not close it unless we must.»", Context::Truncated);
        check("close it", "«We will not close it.»", Context::Truncated);
        check("It was right", "«It was right,» she said, «but it was late.»", Context::Truncated);
        check("and I ran", "«It rained,» she said, «and I ran.»", Context::Truncated);
        check("The town is", "The town is small.", Context::Truncated);
    }

    #[test]
    fn a_sentence_that_turns_the_quote_truncates() {
        check("It rains.", "«It rains. But we do not mind.»", Context::Truncated);
        check("I do not say it was wrong.", "«I do not say it was wrong. I say it was late.»", Context::Truncated);
        check("It will not shut in May.", "«It will not shut in May. It will shut in June.»", Context::Truncated);
        check("It will not shut.", "«It will not shut. The roof leaks.»", Context::Full);
        check("You need not print that.", "«You need not print that. Oh, print it.»", Context::Full);
    }

    #[test]
    fn an_elision_must_not_swallow_a_denial() {
        check("We have … closed it.", "«We have not closed it.»", Context::Truncated);
        check("We have … closed it.", "«We have after much thought closed it.»", Context::Full);
    }
}
