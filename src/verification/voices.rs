//! A quote laid over what several people say becomes the parts of it that each of them says.
//!
//! The best alignment of a whole quote may step from one person's utterance over the reporter's prose into another's. Nobody said such a
//! whole: it is cut where the speaker changes, and where much prose lies between two utterances. A few stray words found in somebody
//! else's mouth are no part: they count as not found.

use super::alignment::{Alignment, Step};
use super::excerpt::{Excerpt, LONGEST_ATTRIBUTION};
use super::given::Given;
use super::people;

/// Least agreeing words of a part that is no whole sentence of the quote.
const LEAST: usize = 3;

/// The parts of an alignment, in its order: one where a single person speaks, or nobody does.
pub(super) fn parts(given: &Given, excerpt: &Excerpt, alignment: Alignment) -> Vec<Alignment> {
    let cut = cut(excerpt, &alignment);
    if cut.len() < 2 {
        return vec![alignment];
    }
    let verbatim = alignment.steps.iter().all(|step| matches!(step, Step::Equal(..)));
    let telling: Vec<bool> = cut.iter().map(|part| verbatim || is_telling(given, part)).collect();
    let most = cut.iter().enumerate().max_by_key(|(at, part)| (agreeing(part), std::cmp::Reverse(*at))).map(|(at, _)| at);
    let keeps = |at: usize| telling.get(at).copied().unwrap_or(false) || most == Some(at);
    let mut found: Vec<Vec<Step>> = Vec::new();
    let mut lost: Vec<Step> = Vec::new();
    for (at, part) in cut.iter().enumerate() {
        match found.last_mut() {
            _ if keeps(at) => found.push(std::mem::take(&mut lost).into_iter().chain(part.iter().copied()).collect()),
            Some(before) => before.extend(unfound(part)),
            None => lost.extend(unfound(part)),
        }
    }
    found.into_iter().map(|steps| Alignment { steps }).collect()
}

/// The steps between two changes of the voice, without the words of the passage skipped there.
fn cut(excerpt: &Excerpt, alignment: &Alignment) -> Vec<Vec<Step>> {
    let mut parts: Vec<Vec<Step>> = Vec::new();
    let mut open: Vec<Step> = Vec::new();
    let (mut voice, mut skipped) = (None, Vec::new());
    for &step in &alignment.steps {
        match step {
            Step::Equal(_, source) | Step::Replace(_, source) => {
                let next = excerpt.voice(source);
                if next.is_some() && voice.is_some() && changes(excerpt, voice, next, &skipped) {
                    parts.push(std::mem::take(&mut open));
                }
                voice = next.or(voice);
                skipped.clear();
            }
            Step::Delete(source) => skipped.push(source),
            Step::Insert(_) => {}
        }
        open.push(step);
    }
    parts.push(open);
    if parts.len() > 1 { parts.into_iter().map(|part| inside(excerpt, part)).collect() } else { parts }
}

/// A part as far as it stands in somebody's mouth: what fits the reporter's prose is found nowhere.
fn inside(excerpt: &Excerpt, part: Vec<Step>) -> Vec<Step> {
    let said = |step: Step| match step {
        Step::Equal(word, source) | Step::Replace(word, source) if excerpt.voice(source).is_none() => Step::Insert(word),
        _ => step,
    };
    let steps: Vec<Step> = part.into_iter().map(said).collect();
    let placed = |step: &Step| matches!(step, Step::Equal(..) | Step::Replace(..));
    let (first, last) = (steps.iter().position(placed).unwrap_or(0), steps.iter().rposition(placed).unwrap_or(0));
    let skipped = |(at, step): &(usize, Step)| matches!(step, Step::Delete(_)) && !(first..=last).contains(at);
    steps.into_iter().enumerate().filter(|placed| !skipped(placed)).map(|(_, step)| step).collect()
}

/// Whether a part ends between two utterances: their speakers differ, or more prose lies between them than an attribution has.
fn changes(excerpt: &Excerpt, one: Option<usize>, other: Option<usize>, skipped: &[usize]) -> bool {
    let utterance = |number: Option<usize>| number.and_then(|number| excerpt.utterances.get(number));
    let (Some(first), Some(second)) = (utterance(one), utterance(other)) else { return false };
    let prose = || skipped.iter().filter(|&&word| excerpt.voice(word).is_none()).count();
    let others = match (&first.speaker, &second.speaker) {
        (Some(one), Some(other)) => !people::same_voice(one, other),
        _ => false,
    };
    one != other && (others || prose() > LONGEST_ATTRIBUTION)
}

/// Whether a part is more than a few words met by chance.
fn is_telling(given: &Given, part: &[Step]) -> bool {
    let agrees = |step: &Step| if let Step::Equal(word, _) = *step { Some(word) } else { None };
    let words: Vec<usize> = part.iter().filter_map(agrees).collect();
    let content = words.iter().any(|&word| given.is_content(word));
    let sentence = match (words.first(), words.last()) {
        (Some(&first), Some(&last)) => {
            last + 1 == first + words.len() && given.sentence_ends_before(first) && given.sentence_ends_before(last + 1)
        }
        _ => false,
    };
    content && (words.len() >= LEAST || sentence)
}

fn agreeing(part: &[Step]) -> usize {
    part.iter().filter(|step| matches!(step, Step::Equal(..))).count()
}

/// The quote's words of a part, found nowhere.
fn unfound(part: &[Step]) -> impl Iterator<Item = Step> {
    part.iter().filter_map(|step| match *step {
        Step::Equal(word, _) | Step::Replace(word, _) | Step::Insert(word) => Some(Step::Insert(word)),
        Step::Delete(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::alignment::{align, occurrences};
    use super::super::testing::voices;
    use super::*;

    const HALL: &str = "Ann Bell: «The roof leaks in every room,» she said.\nThe hall was built by a brewer who had made his money in the town, and \
        who never saw it finished; his daughters gave it away to the parish in the year he died.\nTom Carter: «I swept it twice,» he said, \
        «and nobody thanked me.»\n";

    fn check(quote: &str, expected: &[&str]) {
        let (given, excerpt) = (Given::new(quote), voices(HALL));
        let whole = occurrences(&given, &excerpt).into_iter().next().or_else(|| align(&given, &excerpt)).unwrap();
        let parts = parts(&given, &excerpt, whole);
        let said = |part: &Alignment| {
            let words = part.source_words();
            excerpt.utterance_of(&words).and_then(|(utterance, _)| utterance.speaker.clone()).map(|speaker| speaker.name)
        };
        let found: Vec<String> = parts.iter().filter_map(said).collect();
        assert_eq!(found, expected, "{quote}: {parts:?}");
        let words = |part: &Alignment| part.steps.iter().filter(|step| !matches!(step, Step::Delete(_))).count();
        assert_eq!(parts.iter().map(words).sum::<usize>(), given.words.len(), "{quote}: {parts:?}");
    }

    #[test]
    fn each_says_a_part() {
        check("The roof leaks in every room. I swept it twice, and nobody thanked me.", &["Ann Bell", "Tom Carter"]);
        check("The roof leaks in no room. I swept it twice, and somebody thanked me.", &["Ann Bell", "Tom Carter"]);
        check("Every room. I swept it once, and nobody ever thanked me.", &["Ann Bell", "Tom Carter"]);
    }

    #[test]
    fn one_voice_is_one_part() {
        check("I swept it twice, and nobody thanked me.", &["Tom Carter"]);
        check("I swept the hall twice, and nobody thanked me.", &["Tom Carter"]);
    }

    #[test]
    fn a_stray_word_elsewhere_is_none() {
        check("The place: I swept it twice, and nobody thanked me.", &["Tom Carter"]);
    }
}
