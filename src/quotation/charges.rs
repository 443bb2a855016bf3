//! Words in marks that somebody is charged with, and grades that something is given, are not the words of the one they are about.
//!
//! "She was disciplined for “unprofessional correspondence”": whoever disciplined her said so, and the text does not tell who that was. "He kept
//! his rating at “hold”": a grade, which nobody utters. A text that names who charged them ("by the board") is left alone.

use super::features::Scene;
use super::page::{HIDDEN, Item};
use crate::syntax::Tag;
use crate::text::folded;

/// What is done to somebody for what they did, as participles.
const CHARGED: &[&str] = &[
    "accused",
    "admonished",
    "arrested",
    "banned",
    "barred",
    "blamed",
    "censured",
    "charged",
    "cited",
    "condemned",
    "convicted",
    "criticised",
    "criticized",
    "demoted",
    "disciplined",
    "dismissed",
    "disqualified",
    "ejected",
    "excluded",
    "expelled",
    "fined",
    "fired",
    "imprisoned",
    "indicted",
    "investigated",
    "jailed",
    "penalised",
    "penalized",
    "prosecuted",
    "punished",
    "rebuked",
    "removed",
    "reported",
    "reprimanded",
    "sacked",
    "sanctioned",
    "sentenced",
    "sued",
    "suspended",
    "warned",
];

/// What grades are given on.
const SCALES: &[&str] = &["alert", "grade", "grades", "grading", "rating", "ratings", "recommendation", "recommendations"];

/// Steps looked at before a piece.
const REACH: usize = 10;

/// Whether the piece is what somebody was charged with or punished for.
pub(super) fn is_charge(scene: &Scene, piece: usize) -> bool {
    let before = before(scene, piece);
    let word = |token: usize| folded(scene.page.word(token));
    let governed = before.first().is_some_and(|&token| matches!(word(token).as_ref(), "for" | "of" | "with" | "over"));
    let verb = before.iter().position(|&token| CHARGED.binary_search(&word(token).as_ref()).is_ok());
    let Some(verb) = verb.filter(|_| governed) else { return false };
    let plain = before.iter().take(verb).all(|&token| scene.page.cue(token).is_none() && !matches!(scene.page.tag(token), Tag::Verb));
    let auxiliary = before.iter().skip(verb + 1).find(|&&token| !matches!(scene.page.tag(token), Tag::Adv | Tag::Part));
    let passive = auxiliary.is_some_and(|&token| matches!(word(token).as_ref(), "was" | "were" | "been" | "is" | "are" | "being" | "be"));
    let agent = before.iter().take(verb).any(|&token| word(token) == "by") || names_agent(scene, piece);
    plain && passive && !agent
}

/// Whether "by" stands right behind the piece.
fn names_agent(scene: &Scene, piece: usize) -> bool {
    let place = scene.page.item_of_piece.get(piece).copied().unwrap_or(HIDDEN);
    matches!(scene.page.item(place.saturating_add(1)), Item::Token(token) if folded(scene.page.word(token)) == "by")
}

/// Whether the piece is a word or two that stand for a grade on a scale named right before.
pub(super) fn is_grade(scene: &Scene, piece: usize) -> bool {
    let words = scene.page.pieces.get(piece).map_or("", |piece| piece.span.slice(scene.page.source));
    let short = words.split_whitespace().count() <= 2 && words.starts_with(char::is_lowercase) && !words.ends_with(['.', ',', '!', '?']);
    let before = before(scene, piece);
    let word = |token: usize| folded(scene.page.word(token));
    let governed = before.first().is_some_and(|&token| matches!(word(token).as_ref(), "at" | "to" | "from" | "as" | "of"));
    let scale = before.iter().take(6).any(|&token| SCALES.binary_search(&word(token).as_ref()).is_ok());
    short && governed && scale
}

/// The words of the sentence before the piece, the nearest first.
fn before(scene: &Scene, piece: usize) -> Vec<usize> {
    let place = scene.page.item_of_piece.get(piece).copied().unwrap_or(0);
    let steps = (place.saturating_sub(REACH)..place).rev();
    let words = steps.map_while(|item| match scene.page.item(item) {
        Item::Token(token) if !scene.ends_sentence(item) => Some(Some(token)),
        Item::Piece(_) => Some(None),
        _ => None,
    });
    words.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(CHARGED.is_sorted() && SCALES.is_sorted());
    }
}
