//! Passages and the shortlist of the reader before become the few stretches of text worth the network's time.
//!
//! A stretch is a shortlisted sentence with its neighbours. Without a shortlist the first passages are read whole; one that mostly
//! repeats another is left out, because passages of one document overlap.

use std::ops::Range;

use crate::reading::Candidate;
use crate::retrieval::Passage;
use crate::span::Span;

/// Consecutive sentences of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Which passage, as a position in the list read.
    pub(super) passage: usize,
    /// Which of its sentences.
    pub(super) sentences: Range<usize>,
}

/// Where a passage and its sentences stand.
struct Place {
    document: u32,
    sentences: Vec<Span>,
}

impl Place {
    fn cover(&self, sentences: &Range<usize>) -> Span {
        let mut spans = self.sentences.get(sentences.clone()).unwrap_or_default().iter().copied();
        let first = spans.next().unwrap_or_default();
        spans.fold(first, Span::cover)
    }
}

/// What to read, at most `count` stretches, the most promising first.
pub(super) fn stretches(passages: &[Passage], shortlist: &[Candidate], count: usize) -> Vec<Stretch> {
    let place = |passage: &Passage| Place {
        document: passage.record.document.ordinal,
        sentences: passage.record.analysis.sentences.iter().map(|sentence| sentence.span).collect(),
    };
    let places: Vec<_> = passages.iter().map(place).collect();
    if shortlist.is_empty() {
        whole(&places, count)
    } else {
        around(&places, shortlist.iter().map(|candidate| candidate.borne_out_by(passages)), count)
    }
}

/// The sentences `(passage, sentence)` with a neighbour on either side; one that a stretch before holds is not read again.
fn around(places: &[Place], sentences: impl Iterator<Item = (usize, usize)>, count: usize) -> Vec<Stretch> {
    let mut taken: Vec<Stretch> = Vec::with_capacity(count);
    for (passage, sentence) in sentences {
        let Some(place) = places.get(passage).filter(|place| sentence < place.sentences.len()) else { continue };
        let span = place.cover(&(sentence..sentence + 1));
        let known = covers(places, &taken).any(|(document, cover)| document == place.document && cover.contains(span));
        if taken.len() < count && !known {
            taken.push(Stretch { passage, sentences: sentence.saturating_sub(1)..(sentence + 2).min(place.sentences.len()) });
        }
    }
    taken
}

/// The first passages, whole.
fn whole(places: &[Place], count: usize) -> Vec<Stretch> {
    let mut taken: Vec<Stretch> = Vec::with_capacity(count);
    for (passage, place) in places.iter().enumerate() {
        let all = 0..place.sentences.len();
        let span = place.cover(&all);
        let known = covers(places, &taken).any(|(document, cover)| document == place.document && repeats(span, cover));
        if taken.len() < count && !known && !all.is_empty() {
            taken.push(Stretch { passage, sentences: all });
        }
    }
    taken
}

/// The documents and ranges of stretches already taken.
fn covers<'p>(places: &'p [Place], taken: &'p [Stretch]) -> impl Iterator<Item = (u32, Span)> + 'p {
    taken.iter().filter_map(|stretch| places.get(stretch.passage).map(|place| (place.document, place.cover(&stretch.sentences))))
}

/// Whether two thirds of the span lie in the other.
fn repeats(span: Span, other: Span) -> bool {
    let shared = span.end.min(other.end).saturating_sub(span.start.max(other.start));
    shared * 3 >= span.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Passages given as `(document, first sentence, sentences)`; sentence `n` takes bytes `10 n .. 10 n + 9`.
    fn places(passages: &[(u32, usize, usize)]) -> Vec<Place> {
        let sentence = |n: usize| Span::new(10 * n, 10 * n + 9);
        let place =
            |&(document, from, count): &(u32, usize, usize)| Place { document, sentences: (from..from + count).map(sentence).collect() };
        passages.iter().map(place).collect()
    }

    fn check(found: &[Stretch], expected: &[(usize, Range<usize>)]) {
        let found: Vec<_> = found.iter().map(|stretch| (stretch.passage, stretch.sentences.clone())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_shortlisted_sentence_is_read_with_its_neighbours() {
        let places = places(&[(0, 0, 6), (1, 0, 2)]);
        check(&around(&places, [(0, 3), (1, 0)].into_iter(), 3), &[(0, 2..5), (1, 0..2)]);
    }

    #[test]
    fn no_sentence_is_read_twice_though_passages_overlap() {
        let places = places(&[(0, 0, 4), (0, 2, 4), (1, 2, 4)]);
        check(&around(&places, [(0, 1), (1, 0), (2, 0), (1, 3)].into_iter(), 3), &[(0, 0..3), (2, 0..2), (1, 2..4)]);
    }

    #[test]
    fn a_shortlist_of_what_is_not_there_gives_nothing() {
        check(&around(&places(&[(0, 0, 1)]), [(7, 0), (0, 5)].into_iter(), 3), &[]);
    }

    #[test]
    fn without_a_shortlist_passages_are_read_whole_but_not_twice() {
        let places = places(&[(0, 0, 6), (0, 1, 6), (0, 5, 6), (1, 1, 6), (2, 0, 0)]);
        check(&whole(&places, 3), &[(0, 0..6), (2, 0..6), (3, 0..6)]);
    }
}
