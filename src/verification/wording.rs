//! A quote laid against a passage becomes a [`Finding`]: how its words compare with the words printed.

use std::ops::Range;

use super::Wording;
use super::alignment::{Alignment, Step, kin};
use super::brackets;
use super::excerpt::Excerpt;
use super::given::{Given, is_content};
use super::meaning::{Loose, bracket_changes, changes, moves_names, shares_name};
use super::people;
use super::words::Word;
use crate::span::Span;
use crate::text::roots::are_forms;

/// How a quote compares with one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    pub(super) alignment: Alignment,
    pub(super) wording: Wording,
    /// Share of words that agree, 0 to 1; words skipped with an ellipsis and attributions stepped over do not count.
    pub(super) similarity: f32,
    /// How sure it is that this is the place, 0 to 1: as `similarity`, but a long cut weighs little more than a short one, and a form of
    /// the same word weighs half.
    pub(super) likeness: f32,
    /// Words of the passage that an ellipsis or a bracket stands for.
    pub(super) left_out: Vec<Range<usize>>,
    /// The document's words, in bytes of its text.
    pub(super) span: Span,
}

impl Finding {
    /// Whether all words are the document's own.
    pub(super) fn is_faithful(&self) -> bool {
        matches!(self.wording, Wording::Exact | Wording::Typography | Wording::Elided | Wording::Rejoined)
    }
}

/// A run of steps in which quote and passage differ.
#[derive(Clone, Debug, Default)]
struct Region {
    given: Vec<usize>,
    source: Vec<usize>,
    /// The quote's word after the run.
    next: usize,
}

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// The passage names the speaker between two pieces of the utterance.
    Attribution,
    /// The writer marked that words were left out or put in.
    Marked,
    /// Whole sentences left out without a mark.
    Sentences,
    /// Words left out, put in or replaced.
    Words,
}

/// Compares.
pub(super) fn compare(given: &Given, excerpt: &Excerpt, alignment: Alignment) -> Finding {
    let regions = regions(&alignment);
    let changes: Vec<(Change, &Region)> = regions.iter().map(|region| (change(given, excerpt, region), region)).collect();
    let wording = wording(given, excerpt, &alignment, &changes);
    let differing: usize = changes.iter().map(|(change, region)| weight(*change, region, excerpt)).sum();
    let agreeing = alignment.agreeing();
    let unlike: f32 = changes.iter().map(|(change, region)| unlikeness(*change, region, given, excerpt)).sum();
    let left_out = changes.iter().filter(|(change, _)| *change == Change::Marked).filter_map(|(_, region)| range(&region.source)).collect();
    Finding {
        similarity: agreeing as f32 / (agreeing + differing).max(1) as f32,
        likeness: agreeing as f32 / (agreeing as f32 + unlike).max(1.0),
        span: span(given, excerpt, &alignment, wording),
        wording,
        left_out,
        alignment,
    }
}

fn range(positions: &[usize]) -> Option<Range<usize>> {
    Some(*positions.first()?..*positions.last()? + 1)
}

/// How many words of a region count as not agreeing.
fn weight(change: Change, region: &Region, excerpt: &Excerpt) -> usize {
    match change {
        Change::Attribution | Change::Marked => 0,
        Change::Sentences | Change::Words => region.given.len().max(spoken(region, excerpt).len()),
    }
}

/// Words left out beyond these say no more about whether this is the place.
const LONG_CUT: usize = 3;

fn unlikeness(change: Change, region: &Region, given: &Given, excerpt: &Excerpt) -> f32 {
    let spoken = spoken(region, excerpt);
    let pairs = region.given.iter().zip(&spoken);
    let forms = pairs.filter(|(own, theirs)| {
        given
            .words
            .get(**own)
            .zip(excerpt.words.get(**theirs))
            .is_some_and(|(own, theirs)| kin(&own.folded, &theirs.folded) || are_forms(&own.folded, &theirs.folded))
    });
    let whole = weight(change, region, excerpt).min(region.given.len().max(LONG_CUT));
    whole as f32 - 0.5 * forms.count() as f32
}

/// The region's words of the passage that belong to the utterance.
fn spoken(region: &Region, excerpt: &Excerpt) -> Vec<usize> {
    region.source.iter().copied().filter(|&word| !is_between(excerpt, word)).collect()
}

fn is_between(excerpt: &Excerpt, word: usize) -> bool {
    excerpt.between.get(word).copied().unwrap_or(false)
}

fn regions(alignment: &Alignment) -> Vec<Region> {
    let mut found = Vec::new();
    let mut open = Region::default();
    for step in &alignment.steps {
        match *step {
            Step::Equal(given, _) => {
                if !open.given.is_empty() || !open.source.is_empty() {
                    open.next = given;
                    found.push(std::mem::take(&mut open));
                }
            }
            Step::Replace(given, source) => {
                open.given.push(given);
                open.source.push(source);
            }
            Step::Insert(given) => open.given.push(given),
            Step::Delete(source) => open.source.push(source),
        }
    }
    if !open.given.is_empty() || !open.source.is_empty() {
        open.next = usize::MAX;
        found.push(open);
    }
    found
}

fn change(given: &Given, excerpt: &Excerpt, region: &Region) -> Change {
    let bracketed = |word: &usize| given.bracketed.get(*word).copied().unwrap_or(false);
    let elided = given.elided_before.get(region.next).copied().unwrap_or(false)
        || region.given.iter().any(|&word| given.elided_before.get(word).copied().unwrap_or(false));
    let spoken = spoken(region, excerpt);
    if !region.given.is_empty() {
        return if region.given.iter().all(bracketed) { Change::Marked } else { Change::Words };
    }
    if spoken.is_empty() {
        return if elided { Change::Marked } else { Change::Attribution };
    }
    if elided && !prints_ellipsis(excerpt, region) {
        return Change::Marked;
    }
    let beside = |word: Option<usize>| word.is_some_and(|word| bracketed(&word));
    if spoken.len() <= 8 && !prints_bracket(excerpt, region) && (beside(Some(region.next)) || beside(region.next.checked_sub(1))) {
        return Change::Marked;
    }
    if whole_sentences(given, excerpt, region) { Change::Sentences } else { Change::Words }
}

/// Whether the passage itself has an ellipsis at one end of the words left out: then that of the quote stands for it, not for them.
fn prints_ellipsis(excerpt: &Excerpt, region: &Region) -> bool {
    edges(excerpt, region).into_iter().any(|edge| !super::given::ellipses(edge).is_empty())
}

/// Whether the brackets beside the words left out are the passage's own.
fn prints_bracket(excerpt: &Excerpt, region: &Region) -> bool {
    edges(excerpt, region).into_iter().any(|edge| edge.contains(['[', ']']))
}

/// What the passage prints right before and right after the words of a region.
fn edges<'e>(excerpt: &'e Excerpt, region: &Region) -> Vec<&'e str> {
    let (Some(&first), Some(&last)) = (region.source.first(), region.source.last()) else { return Vec::new() };
    let between = |before: Option<usize>, after: usize| {
        let before = before.and_then(|before| excerpt.words.get(before))?;
        Some(excerpt.slice(Span::new(before.span.end, excerpt.words.get(after)?.span.start)))
    };
    [between(first.checked_sub(1), first), between(Some(last), last + 1)].into_iter().flatten().collect()
}

/// Whether the words left out begin and end where sentences do, or where the utterance is interrupted; or the quote ends a sentence
/// early there, to go on with another.
fn whole_sentences(given: &Given, excerpt: &Excerpt, region: &Region) -> bool {
    let (Some(&first), Some(&last)) = (region.source.first(), region.source.last()) else { return false };
    let opens =
        parted(excerpt, first.checked_sub(1), first) || (region.source.len() >= LONG_CUT && given.sentence_ends_before(region.next));
    opens && parted(excerpt, Some(last), last + 1)
}

/// Whether a sentence ends between two neighbouring words.
fn parted(excerpt: &Excerpt, before: Option<usize>, after: usize) -> bool {
    let Some(before) = before else { return true };
    let number = |word: usize| excerpt.words.get(word).and_then(|word| excerpt.sentence_number(word.span.start));
    number(before) != number(after) || is_between(excerpt, before) || is_between(excerpt, after)
}

fn wording(given: &Given, excerpt: &Excerpt, alignment: &Alignment, changes: &[(Change, &Region)]) -> Wording {
    let any = |wanted: Change| changes.iter().any(|(change, _)| *change == wanted);
    let turns = |(change, region): &(Change, &Region)| match change {
        Change::Words => changes_meaning(given, excerpt, region),
        Change::Marked => !region.given.is_empty() && brackets_change_meaning(given, excerpt, region),
        Change::Attribution | Change::Sentences => false,
    };
    if changes.iter().any(turns) || brackets::name_another(given, excerpt, alignment) {
        return Wording::AlteredMeaning;
    }
    if any(Change::Words) {
        return if swaps_names(given, excerpt, alignment, changes) { Wording::AlteredMeaning } else { Wording::Altered };
    }
    let leaves = |(change, region): &(Change, &Region)| *change == Change::Marked && leaves_utterance(excerpt, region);
    if any(Change::Sentences) || changes.iter().any(leaves) || several_speakers(excerpt, &alignment.source_words()) {
        return Wording::Stitched;
    }
    if any(Change::Marked) || given.open_ended {
        return Wording::Elided;
    }
    if any(Change::Attribution) {
        return Wording::Rejoined;
    }
    if excerpt.slice(verbatim_span(given, excerpt, alignment)) == given.text { Wording::Exact } else { Wording::Typography }
}

/// Whether the words on both sides of a region belong to different utterances.
fn leaves_utterance(excerpt: &Excerpt, region: &Region) -> bool {
    let (Some(&first), Some(&last)) = (region.source.first(), region.source.last()) else { return false };
    let utterance = |word: Option<usize>| word.and_then(|word| excerpt.utterance_of(&[word])).map(|(utterance, _)| utterance);
    matches!((utterance(first.checked_sub(1)), utterance(Some(last + 1))), (Some(one), Some(other)) if one != other)
}

/// Whether the words stand in the mouths of different people.
fn several_speakers(excerpt: &Excerpt, source: &[usize]) -> bool {
    let holding = excerpt.utterances.iter().filter(|utterance| utterance.is_verbatim()).filter(|utterance| {
        let held = source.iter().filter_map(|&word| excerpt.words.get(word)).filter(|word| utterance.holds(word.span)).count();
        held >= 2 && held < source.len()
    });
    let outer: Vec<_> = holding.collect();
    let nested = |one: &Span, other: &Span| one.contains(*other) || other.contains(*one);
    outer.iter().any(|one| {
        outer.iter().any(|other| match (&one.speaker, &other.speaker) {
            (Some(first), Some(second)) => !nested(&one.cover(), &other.cover()) && !people::same_person(first, second),
            _ => false,
        })
    })
}

fn changes_meaning(given: &Given, excerpt: &Excerpt, region: &Region) -> bool {
    let (removed, added) = loose(given, excerpt, region);
    changes(&removed, &added)
}

fn brackets_change_meaning(given: &Given, excerpt: &Excerpt, region: &Region) -> bool {
    let (removed, added) = loose(given, excerpt, region);
    bracket_changes(&removed, &added)
}

/// Whether names change places: those put in stand elsewhere in the sentence, or others were taken away elsewhere ("Bell told Carter",
/// "Carter told Bell").
fn swaps_names(given: &Given, excerpt: &Excerpt, alignment: &Alignment, changes: &[(Change, &Region)]) -> bool {
    let regions = changes.iter().filter(|(change, _)| *change == Change::Words).map(|(_, region)| loose(given, excerpt, region));
    let (removed, added): (Vec<Vec<Loose>>, Vec<Vec<Loose>>) = regions.unzip();
    let matched = alignment.source_words();
    let sentence = matched.first().and_then(|&word| excerpt.words.get(word)).and_then(|word| excerpt.sentence_at(word.span.start));
    let around =
        |(position, word): &(usize, &Word)| !matched.contains(position) && sentence.is_some_and(|sentence| sentence.contains(word.span));
    let beside = excerpt.words.iter().enumerate().filter(around).filter_map(|(position, _)| printed(excerpt, position));
    let (removed, added) = (removed.concat(), added.concat());
    moves_names(&removed, &added) || shares_name(&added, &beside.collect::<Vec<_>>())
}

/// The words of the passage that a region takes away, and those it puts in.
fn loose(given: &Given, excerpt: &Excerpt, region: &Region) -> (Vec<Loose>, Vec<Loose>) {
    let shouted = !given.text.contains(char::is_lowercase);
    let removed: Vec<Loose> = spoken(region, excerpt).into_iter().filter_map(|word| printed(excerpt, word)).collect();
    let named = removed.iter().any(|word| word.capital);
    let added = region.given.iter().filter_map(|&word| written(given, word, shouted, named)).collect();
    (removed, added)
}

/// Whether a word at the head of a sentence is a name all the same: the passage prints it with a capital inside sentences too, and
/// nowhere without.
fn named_elsewhere(excerpt: &Excerpt, position: usize) -> bool {
    let Some(word) = excerpt.words.get(position) else { return false };
    let same = |(_, other): &(usize, &Word)| other.folded == word.folded;
    let others: Vec<(usize, &Word)> = excerpt.words.iter().enumerate().filter(same).collect();
    let capital = |word: &Word| excerpt.slice(word.span).starts_with(char::is_uppercase);
    others.iter().all(|(_, word)| capital(word)) && others.iter().any(|(position, _)| !opens(excerpt, *position))
}

/// Whether a sentence or a quotation begins with the word.
fn opens(excerpt: &Excerpt, position: usize) -> bool {
    let start = excerpt.words.get(position).map_or(0, |word| word.span.start);
    position.checked_sub(1).is_none_or(|before| parted(excerpt, Some(before), position))
        || excerpt.utterances.iter().any(|utterance| utterance.pieces.iter().any(|piece| piece.start == start))
}

fn printed(excerpt: &Excerpt, position: usize) -> Option<Loose> {
    let word = excerpt.words.get(position)?;
    let capital = excerpt.slice(word.span).starts_with(char::is_uppercase);
    Some(Loose { folded: word.folded.clone(), capital: capital && (!opens(excerpt, position) || named_elsewhere(excerpt, position)) })
}

/// A word of the quote; `for_name` says that it stands where the passage has a name: then a capital counts at the head of a sentence too.
fn written(given: &Given, position: usize, shouted: bool, for_name: bool) -> Option<Loose> {
    let word = given.words.get(position)?;
    let before = given
        .text
        .get(..word.span.start)
        .unwrap_or_default()
        .trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?'));
    let opens = before.is_empty() || before.ends_with(['.', '!', '?']);
    let counts = !opens || (for_name && is_content(&word.folded));
    let capital = counts && !shouted && word.span.slice(&given.text).starts_with(char::is_uppercase);
    Some(Loose { folded: word.folded.clone(), capital })
}

/// The bytes of the document that would be the quote's, if it were printed exactly so.
fn verbatim_span(given: &Given, excerpt: &Excerpt, alignment: &Alignment) -> Span {
    let lead = given.words.first().map_or(0, |word| word.span.start);
    let trail = given.text.len() - given.words.last().map_or(0, |word| word.span.end);
    let inner = inner_span(excerpt, alignment);
    Span::new(inner.start.saturating_sub(lead), inner.end + trail)
}

fn inner_span(excerpt: &Excerpt, alignment: &Alignment) -> Span {
    let range = alignment.source_range();
    let words = excerpt.words.get(range).unwrap_or_default();
    words.iter().map(|word| word.span).reduce(Span::cover).unwrap_or(Span::new(excerpt.span.start, excerpt.span.start))
}

/// The document's words at the place; with the punctuation after the last one where the quote has some too.
fn span(given: &Given, excerpt: &Excerpt, alignment: &Alignment, wording: Wording) -> Span {
    if wording == Wording::Exact {
        return verbatim_span(given, excerpt, alignment);
    }
    let inner = inner_span(excerpt, alignment);
    if !given.text.ends_with(|c: char| c.is_ascii_punctuation()) {
        return inner;
    }
    let after = excerpt.slice(Span::new(inner.end, excerpt.span.end));
    let stop: usize = after.chars().take_while(|c| matches!(c, '.' | '!' | '?' | ',' | ';' | ':')).map(char::len_utf8).sum();
    Span::new(inner.start, inner.end + stop)
}

#[cfg(test)]
mod tests {
    use super::super::alignment::{align, occurrences};
    use super::super::testing::excerpt;
    use super::*;

    fn check(quote: &str, source: &str, expected: Wording) {
        let (given, excerpt) = (Given::new(quote), excerpt(source));
        let place = occurrences(&given, &excerpt).into_iter().next().or_else(|| align(&given, &excerpt)).unwrap();
        let finding = compare(&given, &excerpt, place);
        assert_eq!(finding.wording, expected, "{quote:?} in {source:?}: {:?}", finding.alignment);
    }

    const SPLIT: &str = "«The ward stays open,» she said. «The doctors want it. Nobody will be sent to Alba by bus — ever.»";

    #[test]
    fn the_same_bytes_are_exact() {
        check("The doctors want it.", SPLIT, Wording::Exact);
        check(" \"doctors want it\" ", SPLIT, Wording::Exact);
        check("Nobody will be sent to Alba by bus — ever.", SPLIT, Wording::Exact);
    }

    #[test]
    fn typography_is_told_apart() {
        check("the doctors want it!", SPLIT, Wording::Typography);
        check("Nobody will be sent to Alba by bus - ever", SPLIT, Wording::Typography);
    }

    #[test]
    fn stepping_over_the_attribution_is_rejoining() {
        check("The ward stays open. The doctors want it.", SPLIT, Wording::Rejoined);
    }

    #[test]
    fn marked_gaps_are_elisions() {
        check("The ward stays open … Nobody will be sent to Alba", SPLIT, Wording::Elided);
        check("Nobody will be sent to [the city] by bus", SPLIT, Wording::Elided);
        check("Nobody will be sent to Alba [in the north] by bus", SPLIT, Wording::Elided);
    }

    #[test]
    fn brackets_hide_no_change_of_meaning() {
        check("Nobody will be sent to [Novia] by bus", SPLIT, Wording::AlteredMeaning);
        check("The doctors [do not] want it", SPLIT, Wording::AlteredMeaning);
        check("Nobody [may] be sent to Alba by bus", SPLIT, Wording::AlteredMeaning);
        check("We owe the bank [nine] million", "«We owe the bank four million.»", Wording::AlteredMeaning);
        check("[Jo Dean] wants it", "Jo Dean left. «She wants it.»", Wording::Elided);
        check("[Jo Smith] wants it", "Jo Dean left. «She wants it.»", Wording::AlteredMeaning);
        check("We owe the bank [nine hundred", "«We owe the bank four million.»", Wording::AlteredMeaning);
    }

    #[test]
    fn names_that_change_places_turn_the_meaning() {
        check("Carter told Bell that Dean had won", "«We heard Bell told Carter that Dean had won.»", Wording::AlteredMeaning);
        check("It fell to -12 degrees", "«It fell to 12 degrees.»", Wording::AlteredMeaning);
    }

    #[test]
    fn unmarked_gaps_of_whole_sentences_are_stitches() {
        check("The ward stays open. Nobody will be sent to Alba by bus", SPLIT, Wording::Stitched);
    }

    #[test]
    fn a_changed_name_turns_the_meaning_at_the_head_of_a_sentence_too() {
        let source = "The union Cove met. «Cove has warned time and again. It has no money.»";
        check("Alba has warned time and again", source, Wording::AlteredMeaning);
        check("It has warned time and again", source, Wording::Altered);
        check("Nobody was warned. There has no money.", "«Nobody was warned. It has no money.»", Wording::Altered);
    }

    #[test]
    fn other_words_are_alterations() {
        check("The medics want it.", SPLIT, Wording::Altered);
        check("Nobody will be sent to Alba — ever.", SPLIT, Wording::Altered);
        check("We saw how [the mayor] left", "«We saw how soon [the mayor] left.»", Wording::Altered);
        check("Nobody will be sent to Novia by bus", SPLIT, Wording::AlteredMeaning);
        check("Nobody may be sent to Alba by bus", SPLIT, Wording::AlteredMeaning);
        check("The doctors do not want it.", SPLIT, Wording::AlteredMeaning);
    }
}
