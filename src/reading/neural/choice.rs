//! Passages and the shortlist of the reader before become the few passages worth the network's time.
//!
//! Retrieval's best passages and the shortlist's best take turns; a passage that mostly repeats one already taken is left out,
//! because passages of one document overlap.

use crate::reading::Candidate;
use crate::retrieval::Passage;
use crate::span::Span;

/// The numbers of the passages to read, at most `count`, in ascending order.
pub(super) fn passages_to_read(passages: &[Passage], shortlist: &[Candidate], count: usize) -> Vec<usize> {
    let places: Vec<_> = passages.iter().map(|passage| (passage.record.document.ordinal, passage.record.span)).collect();
    let listed: Vec<_> = shortlist.iter().map(|candidate| candidate.passage).collect();
    chosen(&places, &listed, count)
}

/// The same over bare places: `(document, span)` of each passage, and the passages of the shortlist's candidates, best first.
fn chosen(places: &[(u32, Span)], listed: &[usize], count: usize) -> Vec<usize> {
    let mut taken: Vec<usize> = Vec::with_capacity(count);
    for number in turns(places.len(), listed) {
        let Some(&place) = places.get(number) else { continue };
        if taken.len() < count && !taken.iter().filter_map(|&other| places.get(other)).any(|&other| repeats(place, other)) {
            taken.push(number);
        }
    }
    taken.sort_unstable();
    taken
}

/// All passages in the order they are considered: one by retrieval's order, one by the shortlist's, and so on.
fn turns(passages: usize, listed: &[usize]) -> impl Iterator<Item = usize> + '_ {
    (0..passages.max(listed.len()))
        .flat_map(move |turn| [Some(turn).filter(|&number| number < passages), listed.get(turn).copied()])
        .flatten()
}

/// Whether two thirds of the passage lie in the other.
fn repeats((document, span): (u32, Span), (other_document, other): (u32, Span)) -> bool {
    let shared = span.end.min(other.end).saturating_sub(span.start.max(other.start));
    document == other_document && shared * 3 >= span.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(places: &[(u32, usize, usize)], listed: &[usize], expected: &[usize]) {
        let places: Vec<_> = places.iter().map(|&(document, start, end)| (document, Span::new(start, end))).collect();
        assert_eq!(chosen(&places, listed, 3), expected);
    }

    #[test]
    fn retrieval_and_shortlist_take_turns() {
        let apart = [(0, 0, 9), (1, 0, 9), (2, 0, 9), (3, 0, 9), (4, 0, 9)];
        check(&apart, &[], &[0, 1, 2]);
        check(&apart, &[4, 3], &[0, 1, 4]);
    }

    #[test]
    fn what_repeats_a_passage_is_left_out() {
        check(&[(0, 0, 90), (0, 30, 120), (0, 60, 150), (1, 30, 120)], &[], &[0, 2, 3]);
    }

    #[test]
    fn a_shortlist_of_passages_that_are_not_there_does_no_harm() {
        check(&[(0, 0, 9)], &[7, 0], &[0]);
    }
}
