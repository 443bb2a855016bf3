//! A question and a passage become windows of token identifiers: `[CLS] question [SEP] passage [SEP]`.
//!
//! A passage that does not fit is cut into overlapping windows at word starts. What the numbers mean is the network's business.

use super::wordpiece::{Piece, WordPiece};

/// Longest window, in tokens: what the reader was trained with.
const LONGEST: usize = 256;
/// Longest question, in tokens; the rest is not read.
const LONGEST_QUESTION: usize = 64;
/// Tokens that two neighbouring windows of one passage share.
const SHARED: usize = 64;

/// One window for the network.
#[derive(Debug)]
pub(super) struct Window {
    /// Token identifiers.
    pub(super) ids: Vec<i32>,
    /// Position of the first passage token among `ids`.
    pub(super) first: usize,
    /// The passage tokens, with their bytes in the passage.
    pub(super) pieces: Vec<Piece>,
}

/// Builds windows for one question.
pub(super) struct Framer<'v> {
    wordpiece: &'v WordPiece,
    head: Vec<i32>,
    separator: i32,
}

impl<'v> Framer<'v> {
    /// Cuts the question once; `None` if the vocabulary lacks the separators.
    pub(super) fn new(wordpiece: &'v WordPiece, question: &str) -> Option<Self> {
        let (begin, separator) = (wordpiece.special("[CLS]")?, wordpiece.special("[SEP]")?);
        let asked = wordpiece.pieces(question).into_iter().take(LONGEST_QUESTION).map(|piece| piece.id);
        let head = std::iter::once(begin).chain(asked).chain(std::iter::once(separator)).collect();
        Some(Self { wordpiece, head, separator })
    }

    /// The windows of a passage, in order; none if it has no words.
    pub(super) fn windows(&self, passage: &str) -> Vec<Window> {
        let pieces = self.wordpiece.pieces(passage);
        let room = LONGEST - self.head.len() - 1;
        let mut windows = Vec::new();
        let mut start = 0;
        while start < pieces.len() {
            let end = (start + room).min(pieces.len());
            windows.push(self.window(pieces.get(start..end).unwrap_or_default()));
            if end == pieces.len() {
                break;
            }
            start = word_start(&pieces, end - SHARED).max(start + 1);
        }
        windows
    }

    fn window(&self, pieces: &[Piece]) -> Window {
        let mut ids = self.head.clone();
        ids.extend(pieces.iter().map(|piece| piece.id));
        ids.push(self.separator);
        Window { ids, first: self.head.len(), pieces: pieces.to_vec() }
    }
}

/// The start of the word that the piece at `at` belongs to.
fn word_start(pieces: &[Piece], at: usize) -> usize {
    let before = pieces.get(..=at).unwrap_or_default();
    before.iter().rposition(|piece| !piece.inner).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nwho\nleft\nhe\n##r";

    #[test]
    fn a_window_frames_question_and_passage() {
        let wordpiece = WordPiece::new(VOCABULARY);
        let windows = Framer::new(&wordpiece, "Who left?").map(|framer| framer.windows("Her")).unwrap();
        assert_eq!(windows.len(), 1);
        assert_eq!(windows[0].ids, [2, 4, 5, 1, 3, 6, 7, 3]);
        assert_eq!(windows[0].first, 5);
    }

    #[test]
    fn a_long_passage_is_read_to_its_end_in_overlapping_windows() {
        let wordpiece = WordPiece::new(VOCABULARY);
        let passage = "her ".repeat(400);
        let windows = Framer::new(&wordpiece, "Who left?").map(|framer| framer.windows(&passage)).unwrap();
        assert!(windows.iter().all(|window| window.ids.len() <= LONGEST && !window.pieces[0].inner));
        assert!(windows.windows(2).all(|pair| pair[1].pieces[0].span.start < pair[0].pieces.last().unwrap().span.start));
        assert_eq!(windows.last().unwrap().pieces.last().unwrap().span.end, passage.trim_end().len());
    }

    #[test]
    fn a_question_of_any_length_leaves_room_for_the_passage() {
        let wordpiece = WordPiece::new(VOCABULARY);
        let framer = Framer::new(&wordpiece, &"who left ".repeat(500)).unwrap();
        assert_eq!(framer.windows("her")[0].first, LONGEST_QUESTION + 2);
        assert!(framer.windows("").is_empty());
    }
}
