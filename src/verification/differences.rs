//! An alignment becomes the word diff people read: stretches that are equal, left out, put in or replaced, verbatim on both sides.
//!
//! The `source` parts in a row are the document's words from the first to the last that takes part; the `given` parts are the quote.

use super::alignment::{Alignment, Step};
use super::excerpt::Excerpt;
use super::given::Given;
use super::wording::Finding;
use super::{Difference, Operation};
use crate::span::Span;

/// A run of steps of one kind: words of the quote and of the passage, as half-open ranges.
#[derive(Clone, Copy, Debug)]
struct Run {
    operation: Operation,
    given: (usize, usize),
    source: (usize, usize),
}

/// The diff of a quote against its place.
pub(super) fn differences(given: &Given, excerpt: &Excerpt, finding: &Finding) -> Vec<Difference> {
    runs(&finding.alignment).into_iter().map(|run| difference(given, excerpt, finding.span, run)).collect()
}

fn runs(alignment: &Alignment) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut given, mut source) = (0, alignment.source_range().start);
    for step in &alignment.steps {
        let (operation, takes_given, takes_source) = match step {
            Step::Equal(..) => (Operation::Equal, 1, 1),
            Step::Replace(..) => (Operation::Replace, 1, 1),
            Step::Insert(_) => (Operation::Insert, 1, 0),
            Step::Delete(_) => (Operation::Delete, 0, 1),
        };
        let (next_given, next_source) = (given + takes_given, source + takes_source);
        match runs.last_mut() {
            Some(run) if joins(run.operation, operation) => {
                run.operation = joined(run.operation, operation);
                (run.given.1, run.source.1) = (next_given, next_source);
            }
            _ => runs.push(Run { operation, given: (given, next_given), source: (source, next_source) }),
        }
        (given, source) = (next_given, next_source);
    }
    runs
}

/// Whether two neighbouring steps read as one difference.
fn joins(before: Operation, after: Operation) -> bool {
    before == after
        || (before == Operation::Replace && after != Operation::Equal)
        || (after == Operation::Replace && before != Operation::Equal)
}

fn joined(before: Operation, after: Operation) -> Operation {
    if before == after { before } else { Operation::Replace }
}

fn difference(given: &Given, excerpt: &Excerpt, place: Span, run: Run) -> Difference {
    let own = |(first, end): (usize, usize)| if first < end { given.slice(first, end).to_owned() } else { String::new() };
    let theirs = |(first, end): (usize, usize)| if first < end { source(excerpt, place, first, end) } else { String::new() };
    Difference { operation: run.operation, source: theirs(run.source), given: own(run.given) }
}

/// The document's words from one to another with the punctuation that follows, as far as the place goes.
fn source(excerpt: &Excerpt, place: Span, first: usize, end: usize) -> String {
    let start = excerpt.words.get(first).map_or(place.end, |word| word.span.start);
    let stop = excerpt.words.get(end).map_or(place.end, |word| word.span.start.min(place.end));
    excerpt.slice(Span::new(start, stop)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::alignment::align;
    use super::super::testing::excerpt;
    use super::super::wording::compare;
    use super::*;
    use Operation::{Delete, Equal, Insert, Replace};

    fn check(quote: &str, source: &str, expected: &[(Operation, &str, &str)]) {
        let (given, excerpt) = (Given::new(quote), excerpt(source));
        let finding = compare(&given, &excerpt, align(&given, &excerpt).unwrap());
        let found = differences(&given, &excerpt, &finding);
        let found: Vec<_> = found.iter().map(|one| (one.operation, one.source.as_str(), one.given.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lost_and_added_words_are_shown() {
        check(
            "We will close it.",
            "«We will not close it.»",
            &[(Equal, "We will", "We will"), (Delete, "not", ""), (Equal, "close it.", "close it.")],
        );
        check(
            "We will never close it",
            "«We will close it.»",
            &[(Equal, "We will", "We will"), (Insert, "", "never"), (Equal, "close it", "close it")],
        );
    }

    #[test]
    fn replaced_words_stand_side_by_side() {
        check(
            "It cost £5m in all.",
            "«It cost £4m, in all.»",
            &[(Equal, "It cost £", "It cost £"), (Replace, "4m,", "5m"), (Equal, "in all.", "in all.")],
        );
    }
}
