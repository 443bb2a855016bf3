//! Start and end logits become the best spans of a window, scored against the null span at `[CLS]`.
//!
//! A span begins and ends with a word, stays in one sentence that may answer, and is at most [`LONGEST`] tokens long. Of
//! spans that overlap only the best is kept.

use super::network::Logits;
use super::window::Window;
use crate::span::Span;

/// Longest answer, in tokens.
const LONGEST: usize = 48;

/// A span of the passage and its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    /// Where, in bytes of the passage.
    pub(super) span: Span,
    /// Which sentence, as given to [`best`].
    pub(super) sentence: usize,
    /// Start and end logit.
    pub(super) found: f32,
    /// Start and end logit of the null span: no answer here.
    pub(super) null: f32,
}

impl Scored {
    /// The span's logits over those of the null span; above nought the network thinks the answer is here.
    pub(super) fn score(&self) -> f32 {
        self.found - self.null
    }
}

/// The best `count` spans of a window, best first; `sentences` are those that may answer, by number, in bytes of the passage.
pub(super) fn best(window: &Window, logits: &Logits, sentences: &[(usize, Span)], count: usize) -> Vec<Scored> {
    let mut spans: Vec<_> = sentences.iter().flat_map(|&(sentence, place)| spans_of(window, logits, sentence, place)).collect();
    spans.sort_by(|a, b| b.found.total_cmp(&a.found).then(a.span.cmp(&b.span)));
    without_overlaps(spans, count)
}

/// What the network thinks of a given span, in bytes of the passage; `None` where the window cuts it or its edges fall inside words.
pub(super) fn of(window: &Window, logits: &Logits, sentence: usize, span: Span) -> Option<Scored> {
    let pieces = &window.pieces;
    let a = pieces.iter().position(|piece| piece.span.start == span.start)?;
    let b = a + pieces.get(a..)?.iter().position(|piece| piece.span.end == span.end)?;
    let found = at(&logits.start, window.first + a) + at(&logits.end, window.first + b);
    Some(Scored { span, sentence, found, null: at(&logits.start, 0) + at(&logits.end, 0) })
}

/// The first `count` of the spans that overlap none before them.
pub(super) fn without_overlaps(spans: Vec<Scored>, count: usize) -> Vec<Scored> {
    let mut kept: Vec<Scored> = Vec::with_capacity(count);
    for span in spans {
        if kept.len() == count {
            break;
        }
        if !kept.iter().any(|better| better.span.overlaps(span.span)) {
            kept.push(span);
        }
    }
    kept
}

/// For every word of the sentence the best span that begins there.
fn spans_of(window: &Window, logits: &Logits, sentence: usize, place: Span) -> Vec<Scored> {
    let pieces = &window.pieces;
    let from = pieces.partition_point(|piece| piece.span.start < place.start);
    let to = pieces.partition_point(|piece| piece.span.end <= place.end).max(from);
    let null = at(&logits.start, 0) + at(&logits.end, 0);
    let begins = (from..to).filter(|&a| pieces.get(a).is_some_and(|piece| !piece.inner));
    let score = |a: usize, b: usize| at(&logits.start, window.first + a) + at(&logits.end, window.first + b);
    begins
        .filter_map(|a| {
            let ends = (a..to.min(a + LONGEST)).filter(|&b| pieces.get(b + 1).is_none_or(|next| !next.inner));
            let b = ends.max_by(|&b, &c| score(a, b).total_cmp(&score(a, c)).then(c.cmp(&b)))?;
            let span = Span::new(pieces.get(a)?.span.start, pieces.get(b)?.span.end);
            Some(Scored { span, sentence, found: score(a, b), null })
        })
        .collect()
}

fn at(logits: &[f32], position: usize) -> f32 {
    logits.get(position).copied().unwrap_or(f32::NEG_INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::neural::window::Framer;
    use crate::reading::neural::wordpiece::WordPiece;

    /// Decodes "ba bb. bc" with the logits given for `[CLS]` and the tokens b, ##a, b, ##b, `.`, b, ##c; prints the spans found.
    fn check(start: [f32; 8], end: [f32; 8], sentences: &[(usize, Span)], expected: &[&str]) {
        let wordpiece = WordPiece::new("[UNK]\n[CLS]\n[SEP]\nb\n##a\n##b\n##c\n.");
        let passage = "ba bb. bc";
        let window = Framer::new(&wordpiece, "").map(|framer| framer.windows(passage)).unwrap().remove(0);
        let spread = |l: [f32; 8]| [&l[..1], &[9.0], &l[1..], &[9.0]].concat();
        let found = best(&window, &Logits { start: spread(start), end: spread(end) }, sentences, 2);
        assert_eq!(found.iter().map(|scored| scored.span.slice(passage)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_span_keeps_to_words_and_its_sentence() {
        let both = [(0, Span::new(0, 6)), (1, Span::new(7, 9))];
        check([0.0, 1.0, 9.0, 0.0, 9.0, 0.0, 0.5, 9.0], [0.0, 9.0, 1.0, 9.0, 2.0, 0.0, 9.0, 4.0], &both, &["bc", "ba bb"]);
    }

    #[test]
    fn a_sentence_that_may_not_answer_gives_no_span() {
        check([0.0; 8], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0], &[(0, Span::new(0, 6))], &["ba", "bb"]);
    }
}
