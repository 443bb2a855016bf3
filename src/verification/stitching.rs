//! A quote that stands nowhere as a whole becomes the pieces it was stitched from, where every word of it is printed somewhere.
//!
//! Greedy: from each word on, the longest run of words that some passage prints in a row; ties go to the passage used before, then to
//! the earlier one. Runs too short to be more than chance end the search.

use std::collections::HashMap;

use super::alignment::{Alignment, Step};
use super::excerpt::Excerpt;
use super::given::Given;

/// Least words of a piece that is not a whole sentence of the quote.
const SHORTEST: usize = 4;
/// More pieces than this are no longer somebody's words.
const MOST_PIECES: usize = 6;

/// A run of the quote's words and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Position of the passage.
    pub(super) excerpt: usize,
    pub(super) alignment: Alignment,
    given: (usize, usize),
    source: (usize, usize),
}

impl Piece {
    /// The run that begins at word `at` of the quote.
    fn new(excerpt: usize, at: usize, alignment: Alignment) -> Self {
        let range = alignment.source_range();
        Self { excerpt, given: (at, at + alignment.agreeing()), source: (range.start, range.end), alignment }
    }

    /// The run as far as its last whole sentence of the quote, where one ends in it.
    fn cut_to_sentence(self, given: &Given) -> Self {
        let (first, end) = self.given;
        let Some(stop) = (first + 1..=end).rev().find(|&word| given.sentence_ends_before(word)) else { return self };
        let kept = |step: &Step| !matches!(*step, Step::Equal(word, _) if word >= stop);
        let mut steps: Vec<Step> = self.alignment.steps.into_iter().take_while(kept).collect();
        let length = steps.iter().rposition(|step| matches!(step, Step::Equal(..))).map_or(0, |last| last + 1);
        steps.truncate(length);
        Self::new(self.excerpt, first, Alignment { steps })
    }
}

/// The pieces a quote was stitched from, in its order: two or more, from different utterances or out of order. With `sentences`, only
/// pieces that are whole sentences of the quote count.
pub(super) fn pieces(given: &Given, excerpts: &[Excerpt], sentences: bool) -> Option<Vec<Piece>> {
    let places: Vec<HashMap<&str, Vec<usize>>> = excerpts.iter().map(places).collect();
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < given.words.len() {
        let before = found.last().map(|piece| piece.excerpt);
        let piece = longest(given, excerpts, &places, at, before)?;
        let piece = if sentences { piece.cut_to_sentence(given) } else { piece };
        at = piece.given.1;
        found.push(piece);
        if found.len() > MOST_PIECES {
            return None;
        }
    }
    let whole = found.iter().all(|piece| long_enough(given, piece, sentences));
    let apart = found.windows(2).any(|pair| matches!(pair, [one, other] if lie_apart(excerpts, one, other)));
    (whole && apart).then_some(found)
}

fn places(excerpt: &Excerpt) -> HashMap<&str, Vec<usize>> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (position, word) in excerpt.words.iter().enumerate() {
        places.entry(word.folded.as_str()).or_default().push(position);
    }
    places
}

/// The longest run from word `at` of the quote on.
fn longest(given: &Given, excerpts: &[Excerpt], places: &[HashMap<&str, Vec<usize>>], at: usize, before: Option<usize>) -> Option<Piece> {
    let first = given.words.get(at)?.folded.as_str();
    let starts = places.iter().enumerate().flat_map(|(number, places)| {
        let positions = places.get(first).map(Vec::as_slice).unwrap_or_default();
        positions.iter().map(move |&position| (number, position))
    });
    let runs = starts.filter_map(|(number, start)| Some((number, run(given, excerpts.get(number)?, at, start))));
    let length = |run: &Alignment| run.agreeing();
    let (number, alignment) = runs.max_by_key(|(number, run)| {
        (length(run), before == Some(*number), std::cmp::Reverse(*number), std::cmp::Reverse(run.source_range().start))
    })?;
    Some(Piece::new(number, at, alignment))
}

/// The words that agree in a row from two words on, inside one person's utterance where they begin in one; an attribution that stands
/// between its pieces is stepped over.
fn run(given: &Given, excerpt: &Excerpt, at: usize, start: usize) -> Alignment {
    let voice = excerpt.voice(start);
    let (mut steps, mut skipped) = (Vec::new(), Vec::new());
    let mut word = at;
    for source in start..excerpt.words.len() {
        let own = voice.is_none() || excerpt.voice(source) == voice;
        if !own && excerpt.between.get(source).copied().unwrap_or(false) {
            skipped.push(Step::Delete(source));
            continue;
        }
        let same = given.words.get(word).zip(excerpt.words.get(source)).is_some_and(|(own, theirs)| own.folded == theirs.folded);
        if !own || !same {
            break;
        }
        steps.append(&mut skipped);
        steps.push(Step::Equal(word, source));
        word += 1;
    }
    Alignment { steps }
}

/// Whether a piece is more than chance: four words and some content, or a whole sentence of the quote.
fn long_enough(given: &Given, piece: &Piece, sentences: bool) -> bool {
    let (first, end) = piece.given;
    let content = (first..end).any(|word| given.is_content(word));
    let opens = given.sentence_ends_before(first);
    let closes = given.sentence_ends_before(end);
    content && ((!sentences && end - first >= SHORTEST) || (end - first >= 2 && opens && closes))
}

/// Whether two neighbouring pieces are not from one utterance, or not in its order.
fn lie_apart(excerpts: &[Excerpt], one: &Piece, other: &Piece) -> bool {
    if one.excerpt != other.excerpt || other.source.0 < one.source.1 {
        return true;
    }
    let utterance = |piece: &Piece| {
        let excerpt = excerpts.get(piece.excerpt)?;
        excerpt.utterance_of(&piece.alignment.source_words()).map(|(utterance, _)| utterance)
    };
    matches!((utterance(one), utterance(other)), (Some(first), Some(second)) if first != second)
}

#[cfg(test)]
mod tests {
    use super::super::testing::excerpt;
    use super::*;

    const ONE: &str = "«The boats are late again. Nobody told the crews.»\nIt rained.\n«We shall repair the pier in May.»";
    const OTHER: &str = "«The harbour has no master and no money.»";

    fn check(quote: &str, expected: Option<&[usize]>) {
        let excerpts = [excerpt(ONE), excerpt(OTHER)];
        let found = pieces(&Given::new(quote), &excerpts, false);
        let found: Option<Vec<usize>> = found.map(|pieces| pieces.iter().map(|piece| piece.excerpt).collect());
        assert_eq!(found.as_deref(), expected, "{quote}");
    }

    #[test]
    fn pieces_from_different_places_are_found() {
        check("The boats are late again. The harbour has no master.", Some(&[0, 1]));
        check("The boats are late again. We shall repair the pier.", Some(&[0, 0]));
        check("Nobody told the crews. The boats are late.", Some(&[0, 0]));
    }

    #[test]
    fn one_place_is_no_stitch() {
        check("The boats are late again. Nobody told the crews.", None);
        check("The boats are late. Nobody told the crews.", None);
    }

    #[test]
    fn a_word_printed_nowhere_ends_it() {
        check("The boats are early again. The harbour has no master.", None);
    }
}
