//! Pieces become [`Quotation`]s: those of one utterance together, each with its speaker.
//!
//! Pieces belong together where the second goes on with what the first left open, and where one sentence or its speaker's clause
//! joins them ("A," she said, "B").

use super::attribution::Choice;
use super::page::{Item, Page};

/// Whether the piece at `second` belongs to the same utterance as the one before it.
pub(super) fn belongs_together(page: &Page, choices: &[Choice], second: usize) -> bool {
    let Some(first) = second.checked_sub(1) else { return false };
    let (Some(one), Some(two)) = (choices.get(first), choices.get(second)) else { return false };
    if !one.speech || !two.speech {
        return false;
    }
    if two.label.is_some() {
        return false;
    }
    two.joined || same_speaker(one, two) && split_by_its_cue(page, first, second)
}

fn same_speaker(one: &Choice, two: &Choice) -> bool {
    one.phrase.is_some() && (one.phrase == two.phrase || one.party.is_some() && one.party == two.party)
}

/// Longest clause between the two halves of a split utterance, in steps.
const LONGEST_CLAUSE: usize = 14;

/// Whether only the speaker's clause lies between: the first piece ends with a comma or a sentence, and the gap has one clause.
fn split_by_its_cue(page: &Page, first: usize, second: usize) -> bool {
    let place = |piece: usize| page.item_of_piece.get(piece).copied().unwrap_or(0);
    let gap = page.items.get(place(first) + 1..place(second)).unwrap_or_default();
    let ends = page.pieces.get(first).is_some_and(|piece| piece.span.slice(page.source).ends_with([',', '.', '!', '?', '…', '—', '-']));
    let one_clause =
        gap.iter().rev().skip(1).all(|item| {
            !matches!(item, Item::Break) && !matches!(item, Item::Token(token) if matches!(page.word(*token), "." | "!" | "?"))
        });
    let reported = gap.iter().any(|item| matches!(item, Item::Token(token) if page.cue(*token).is_some()));
    ends && one_clause && reported && gap.len() <= LONGEST_CLAUSE
}
