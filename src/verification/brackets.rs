//! A name that a quote's writer put in brackets is held against the passage: can it be whom the printed words mean there?
//!
//! The name must stand in the passage, be somebody's who speaks there, or be told in the document's title. Where it stands for a pronoun, it must agree with it: "I" is whoever speaks,
//! "she" neither whoever speaks nor a man. Whether the one meant is this or another person of the document is not looked into.

use std::ops::Range;

use super::alignment::{Alignment, Step};
use super::bodies::bare;
use super::excerpt::{Excerpt, Utterance};
use super::given::{Given, is_content};
use super::people;
use super::words::words;
use crate::quotation::{Speaker, pronoun_agrees};
use crate::span::Span;
use crate::syntax::{self, Tag};
use crate::text;

/// Whether the quote's writer put a name in brackets, so that names have to be looked up in the document.
pub(super) fn name_somebody(given: &Given) -> bool {
    groups(given).into_iter().any(|group| name(given, &group).is_some())
}

/// Whether a name in brackets cannot be whom the passage means.
pub(super) fn name_another(given: &Given, excerpt: &Excerpt, alignment: &Alignment) -> bool {
    let utterance = excerpt.utterance_of(&alignment.source_words()).map(|(utterance, _)| utterance);
    groups(given).into_iter().any(|group| {
        let Some(name) = name(given, &group) else { return false };
        let stood = stood(excerpt, alignment, utterance, &group);
        let speaker = utterance.and_then(|utterance| utterance.speaker.as_ref());
        let possible = names_many(&name, &stood) || is_known(excerpt, &name) && agrees(&name, &stood, speaker);
        !possible
    })
}

/// Whether a capital at the head of a sentence is rather that of a noun for many ("[Ferrymen] told me" for "they told me").
fn names_many(name: &str, stood: &[String]) -> bool {
    let many = |word: &String| matches!(word.as_str(), "they" | "them" | "their" | "we" | "us" | "our" | "these" | "those");
    !name.contains(' ') && ["s", "men", "people"].iter().any(|end| name.ends_with(end)) && stood.iter().any(many)
}

/// The words of each pair of brackets.
fn groups(given: &Given) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for word in (0..given.words.len()).filter(|&word| given.bracketed.get(word).copied().unwrap_or(false)) {
        match groups.last_mut() {
            Some(open) if open.end == word && !parted(given, word) => open.end = word + 1,
            _ => groups.push(word..word + 1),
        }
    }
    groups
}

/// Whether a bracket ends between a word and the one before it.
fn parted(given: &Given, word: usize) -> bool {
    let edges = word.checked_sub(1).and_then(|before| given.words.get(before)).zip(given.words.get(word));
    edges.is_some_and(|(before, word)| Span::new(before.span.end, word.span.start).slice(&given.text).contains(']'))
}

/// The name that stands in brackets: the last run of words with capitals. A capital at the head of a sentence is none of a name unless the
/// word is a proper noun.
fn name(given: &Given, group: &Range<usize>) -> Option<String> {
    let capital = |word: &usize| {
        let Some(own) = given.words.get(*word) else { return false };
        let printed = own.span.slice(&given.text);
        printed.starts_with(char::is_uppercase) && is_content(&own.folded) && !is_personal(&own.folded) && is_name(given, *word)
    };
    let last = group.clone().rev().find(capital)?;
    let first = (group.start..last).rev().take_while(capital).last().unwrap_or(last);
    Some(given.slice(first, last + 1).trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned())
}

/// Whether a word with a capital is a name: inside a sentence it is; at the head of one, where it is tagged as a proper noun.
fn is_name(given: &Given, word: usize) -> bool {
    if word > 0 && !given.sentence_ends_before(word) {
        return true;
    }
    let bare: String = given.text.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let analysis = text::analyze(&bare, &[Span::new(0, bare.len())]);
    let tagged = syntax::analyze(&bare, &analysis);
    let own = given.words.get(word).map_or("", |word| word.span.slice(&given.text));
    let at = analysis.tokens.iter().position(|token| own.starts_with(token.span.slice(&bare)));
    at.and_then(|at| tagged.words.get(at)).is_none_or(|word| word.tag == Tag::Propn)
}

/// The words of the passage that the brackets stand for: those they replace, else, at either end of the quote, the next word of the utterance.
fn stood(excerpt: &Excerpt, alignment: &Alignment, utterance: Option<&Utterance>, group: &Range<usize>) -> Vec<String> {
    let own = |step: &Step| matches!(step, Step::Insert(given) | Step::Replace(given, _) if group.contains(given));
    let Some(first) = alignment.steps.iter().position(own) else { return Vec::new() };
    let same = |step: &&Step| !matches!(step, Step::Equal(..));
    let before = alignment.steps.iter().take(first).rev().take_while(same).count();
    let after = alignment.steps.iter().skip(first).take_while(same).count();
    let region = alignment.steps.get(first - before..first + after).unwrap_or_default();
    let mut replaced: Vec<usize> = region.iter().filter_map(source).collect();
    let all = alignment.source_range();
    if replaced.is_empty() && first == before {
        replaced.extend(all.start.checked_sub(1).filter(|&word| is_beside(excerpt, utterance, word, all.start)));
    } else if replaced.is_empty() && first + after == alignment.steps.len() {
        replaced.extend((all.end > 0 && is_beside(excerpt, utterance, all.end - 1, all.end)).then_some(all.end));
    }
    replaced.iter().filter_map(|&word| excerpt.words.get(word)).map(|word| bare(&word.folded)).collect()
}

fn source(step: &Step) -> Option<usize> {
    match *step {
        Step::Equal(_, source) | Step::Replace(_, source) | Step::Delete(source) => Some(source),
        Step::Insert(_) => None,
    }
}

/// Whether two neighbouring words stand in one sentence of the utterance.
fn is_beside(excerpt: &Excerpt, utterance: Option<&Utterance>, one: usize, other: usize) -> bool {
    let span = |word: usize| excerpt.words.get(word).map(|word| word.span);
    let Some((one, other)) = span(one).zip(span(other)) else { return false };
    let held = utterance.is_none_or(|utterance| utterance.holds(one) && utterance.holds(other));
    held && excerpt.sentence_number(one.start) == excerpt.sentence_number(other.start)
}

/// Whether somebody or something of the name stands in the passage, in its document's title, or speaks in it.
fn is_known(excerpt: &Excerpt, name: &str) -> bool {
    let Some(last) = words(name, 0).pop().map(|word| bare(&word.folded)) else { return false };
    let printed = |place: Span| excerpt.slice(place).starts_with(char::is_uppercase);
    let holds = |text: &str| words(text, 0).iter().any(|word| bare(&word.folded) == last);
    let speakers = || excerpt.utterances.iter().filter_map(|utterance| utterance.speaker.as_ref());
    excerpt.words.iter().any(|word| bare(&word.folded) == last && printed(word.span))
        || excerpt.document.title.as_deref().is_some_and(holds)
        || speakers().any(|speaker| holds(&speaker.name) || speaker.role.as_deref().is_some_and(holds))
}

/// Whether a name can stand for the words `stood` in the mouth of the speaker.
fn agrees(name: &str, stood: &[String], speaker: Option<&Speaker>) -> bool {
    let of = |list: &[&str]| stood.iter().find(|word| list.contains(&word.as_str()));
    let is_speaker = || speaker.map(|speaker| people::fits(name, speaker));
    if of(FIRST).is_some() {
        return is_speaker() != Some(false);
    }
    of(THIRD).is_none_or(|pronoun| pronoun_agrees(pronoun, name) && is_speaker() != Some(true))
}

const FIRST: &[&str] = &["i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll"];
const THIRD: &[&str] = &["he", "him", "his", "himself", "she", "her", "hers", "herself"];

/// Whether a word stands for a person without naming one.
fn is_personal(word: &str) -> bool {
    FIRST.contains(&word) || THIRD.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::alignment::{align, occurrences};
    use super::super::testing::excerpt;
    use super::*;

    /// Whether the brackets of a quote name another than whom a text means in which Ann Bell speaks.
    fn check(quote: &str, source: &str, expected: bool) {
        let (given, excerpt) = (Given::new(quote), excerpt(source));
        let alignment = occurrences(&given, &excerpt).into_iter().next().or_else(|| align(&given, &excerpt)).unwrap();
        assert_eq!(name_another(&given, &excerpt, &alignment), expected, "{quote:?} in {source:?}");
    }

    const FERRY: &str =
        "Tom Carter ran the ferry with his sister Jo Dean.\n«He was wrong about the tide,» said Ann Bell. «They told me so.»";

    #[test]
    fn a_name_in_brackets_is_somebody_of_the_document() {
        check("[Carter] was wrong about the tide", FERRY, false);
        check("[Smith] was wrong about the tide", FERRY, true);
        check("He was wrong [Smith said] about the tide", FERRY, true);
        check("[The ferryman] was wrong about the tide", FERRY, false);
        check("[Ferrymen] told me so", FERRY, false);
        check("They told [Ann Bell] so", FERRY, false);
    }

    #[test]
    fn a_name_in_brackets_agrees_with_its_pronoun() {
        check("[Jo Dean] told me so", FERRY, false);
        check("[Sarah Carter] was wrong about the tide", FERRY, true);
        check("[Mrs Carter] was wrong about the tide", FERRY, true);
        check("[Ann Bell] was wrong about the tide", FERRY, true);
        check("They told [Carter] so", FERRY, true);
        check("He said [Jo Dean] told me so", "Jo Dean rowed.\n«He said she told me so,» said Ann Bell.", false);
        check("It hurt [Dean]", "Jo Dean rowed.\n«It hurt him,» said Ann Bell.", false);
        check("It hurt [Mary Dean]", "Mary Dean rowed.\n«It hurt him,» said Ann Bell.", true);
    }

    #[test]
    fn only_names_are_looked_up() {
        for (quote, expected) in
            [("[He] left", false), ("we left [the harbour]", false), ("we left [Sallow]", true), ("[Then] we left", false)]
        {
            assert_eq!(name_somebody(&Given::new(quote)), expected, "{quote}");
        }
    }
}
