//! For each quoted piece, the phrases that may name its speaker.

use std::ops::Range;

use super::page::{HIDDEN, Item, Page};
use super::phrase::Phrase;

/// Where a candidate stands, seen from the piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Before it, this many blocks away.
    Before(usize),
    /// After it, this many blocks away.
    After(usize),
    /// No phrase at all: nobody is named.
    Nobody,
}

/// A phrase as a possible speaker of one piece.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Position in the page's phrases; `None` for nobody.
    pub(super) phrase: Option<usize>,
    /// Where it stands.
    pub(super) side: Side,
    /// The steps between it and the piece.
    pub(super) between: Range<usize>,
    /// How many other phrases stand between.
    pub(super) rank: usize,
}

/// Phrases looked at before a piece in its own block, after it, and in the blocks before and after.
const BEFORE: usize = 14;
const AFTER: usize = 9;
const EARLIER_BLOCKS: usize = 3;
const IN_EARLIER_BLOCKS: usize = 10;
const IN_NEXT_BLOCK: usize = 2;

/// Phrases with their places in the sequence.
pub(super) struct Places {
    /// Item of each phrase's first token.
    starts: Vec<usize>,
    /// Item of each phrase's last token.
    ends: Vec<usize>,
}

impl Places {
    pub(super) fn new(page: &Page, phrases: &[Phrase]) -> Self {
        let item = |token: usize| page.item_of_token.get(token).copied().unwrap_or(HIDDEN);
        let starts = phrases.iter().map(|phrase| item(phrase.tokens.start)).collect();
        let ends = phrases.iter().map(|phrase| item(phrase.tokens.end.saturating_sub(1))).collect();
        Self { starts, ends }
    }

    /// The candidates for the piece at `piece`; nobody comes last.
    pub(super) fn candidates(&self, page: &Page, piece: usize) -> Vec<Candidate> {
        let place = page.item_of_piece.get(piece).copied().unwrap_or(0);
        let mut found = Vec::with_capacity(32);
        self.before(page, place, &mut found);
        self.after(page, place, &mut found);
        found.push(Candidate { phrase: None, side: Side::Nobody, between: place..place, rank: 0 });
        found
    }

    fn before(&self, page: &Page, place: usize, found: &mut Vec<Candidate>) {
        let first_after = self.ends.partition_point(|&end| end < place);
        let mut edge = place;
        let mut blocks = 0;
        let mut in_block = 0;
        for (rank, phrase) in (0..first_after).rev().enumerate() {
            let end = self.ends.get(phrase).copied().unwrap_or(0);
            let crossed = breaks(page, end..edge.max(end));
            edge = edge.min(end);
            if crossed > 0 {
                blocks += crossed;
                in_block = 0;
            }
            in_block += 1;
            if blocks > EARLIER_BLOCKS || rank >= BEFORE + IN_EARLIER_BLOCKS {
                break;
            }
            if in_block <= if blocks == 0 { BEFORE } else { IN_EARLIER_BLOCKS } {
                found.push(Candidate { phrase: Some(phrase), side: Side::Before(blocks), between: end + 1..place, rank });
            }
        }
    }

    fn after(&self, page: &Page, place: usize, found: &mut Vec<Candidate>) {
        let first = self.starts.partition_point(|&start| start <= place);
        let mut edge = place;
        let mut blocks = 0;
        let mut in_next = 0;
        for (rank, (phrase, &start)) in self.starts.iter().enumerate().skip(first).take(AFTER).enumerate() {
            blocks += breaks(page, edge..start.max(edge));
            edge = edge.max(start);
            in_next += usize::from(blocks > 0);
            if blocks > 1 || in_next > IN_NEXT_BLOCK {
                break;
            }
            found.push(Candidate { phrase: Some(phrase), side: Side::After(blocks), between: place + 1..start.max(place + 1), rank });
        }
    }
}

fn breaks(page: &Page, range: Range<usize>) -> usize {
    page.items.get(range).unwrap_or_default().iter().filter(|item| **item == Item::Break).count()
}
