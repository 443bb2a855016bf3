//! Two lists of spans become pairs: which quotation found is which judged one.
//!
//! Spans count characters. Both sides are first freed of marks, white space and punctuation at their edges, so that it does not matter whether
//! a system includes the marks.

/// A half-open range of characters.
pub(super) type Range = (usize, usize);

/// Least share that two spans must have in common.
const OVERLAP: f64 = 0.8;

fn is_edge(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '‘'
            | '’'
            | '\''
            | '`'
            | '«'
            | '»'
            | ' '
            | '\t'
            | '\r'
            | '\n'
            | '\u{a0}'
            | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '–'
            | '—'
            | '-'
            | '('
            | ')'
            | '['
            | ']'
    )
}

/// The span without what does not count at its edges.
pub(super) fn trim(text: &[char], (start, end): Range) -> Range {
    let end = end.min(text.len());
    let edge = |at: usize| text.get(at).copied().is_some_and(is_edge);
    let first = (start..end).find(|&at| !edge(at)).unwrap_or(end.max(start));
    let last = (first..end).rev().find(|&at| !edge(at)).map_or(first, |at| at + 1);
    (first, last)
}

/// Words of a span, as white space parts them.
pub(super) fn words(text: &[char], (start, end): Range) -> usize {
    let span: String = text.get(start..end).unwrap_or_default().iter().collect();
    span.split_whitespace().count()
}

/// How many characters two spans share.
pub(super) fn shared(one: Range, other: Range) -> usize {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

/// The share of the characters of either span that are in both.
fn overlap(one: Range, other: Range) -> f64 {
    let union = one.1.max(other.1) - one.0.min(other.0);
    if union == 0 { 0.0 } else { shared(one, other) as f64 / union as f64 }
}

/// Pairs spans one to one, the best overlaps first. For each judged span the position of the one found, and the other way round.
pub(super) fn pair(gold: &[Range], found: &[Range]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (own, &one) in gold.iter().enumerate() {
        let near = found.iter().enumerate().map(|(theirs, &other)| (overlap(one, other), own, theirs));
        pairs.extend(near.filter(|(overlap, ..)| *overlap >= OVERLAP));
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((other.1, other.2).cmp(&(one.1, one.2))));
    let (mut of_gold, mut of_found) = (vec![None; gold.len()], vec![None; found.len()]);
    for (_, own, theirs) in pairs {
        if let (Some(first @ None), Some(second @ None)) = (of_gold.get_mut(own), of_found.get_mut(theirs)) {
            (*first, *second) = (Some(theirs), Some(own));
        }
    }
    (of_gold, of_found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_do_not_count() {
        let text: Vec<char> = "He said, “We wait.” Then".chars().collect();
        assert_eq!(trim(&text, (8, 19)), (10, 17));
        assert_eq!(trim(&text, (7, 10)), (10, 10));
        assert_eq!(trim(&text, (5, 900)), (5, 24));
        assert_eq!(words(&text, (10, 17)), 2);
    }

    #[test]
    fn pairs_are_one_to_one_and_the_best_come_first() {
        assert_eq!(pair(&[(0, 10)], &[(0, 9), (0, 10)]), (vec![Some(1)], vec![None, Some(0)]));
        assert_eq!(pair(&[(0, 10)], &[(0, 7)]), (vec![None], vec![None]));
    }
}
