//! Single marks of a block are told apart: opening, closing, or apostrophe.
//!
//! A right single mark after a letter may be a possessive ("the councils’ budgets"), an elision ("goin’") or a closer; one before
//! a letter an elision ("’em", "'90s") or an opener. An opener is believed where a closer for it is found before the next
//! opener, or where it stands so that a quotation may begin and run on into the next paragraph.

use super::marks::{Facing, Mark, Style, is_word};
use crate::span::Span;

/// Words that begin with an apostrophe of their own.
const ELIDED: &[&str] =
    &["em", "til", "till", "tis", "twas", "cause", "bout", "round", "n", "cos", "cuz", "nother", "nuff", "ello", "ave", "un"];

/// The marks of a block without those single ones that are apostrophes; what remains of them faces one way for certain.
pub(super) fn settle(source: &str, block: Span, marks: &[Mark]) -> Vec<Mark> {
    let mut settled = Vec::with_capacity(marks.len());
    let mut skip_until = 0;
    for (at, mark) in marks.iter().enumerate() {
        if mark.style != Style::Single {
            settled.push(*mark);
            continue;
        }
        if at < skip_until {
            continue;
        }
        if mark.facing == Facing::Opening {
            if elided(source, *mark) {
                continue;
            }
            match closer(source, marks, at) {
                Some(end) => {
                    settled.push(*mark);
                    settled.extend(marks.get(at + 1..end).unwrap_or_default().iter().filter(|inner| inner.style != Style::Single));
                    settled.extend(marks.get(end).map(|mark| Mark { facing: Facing::Closing, ..*mark }));
                    skip_until = end + 1;
                }
                None if may_run_on(source, block, *mark) => settled.push(*mark),
                None => {}
            }
        } else if is_strong(*mark) {
            settled.push(Mark { facing: Facing::Closing, ..*mark });
        }
    }
    settled.sort_by_key(|mark| mark.span);
    settled.dedup();
    settled
}

/// The position in `marks` of the mark that closes the single opener at `opener`.
fn closer(source: &str, marks: &[Mark], opener: usize) -> Option<usize> {
    let mut possessive = None;
    let mut depth = 0_i32;
    for (at, mark) in marks.iter().enumerate().skip(opener + 1) {
        match (mark.style, mark.facing) {
            (Style::Single, Facing::Opening) if !elided(source, *mark) => break,
            (Style::Single, Facing::Opening) => {}
            (Style::Single, _) if is_strong(*mark) => return Some(at),
            (Style::Single, _) if is_possessive(source, *mark) => possessive = possessive.or(Some(at)),
            (Style::Single, _) if drops_g(source, *mark) => {}
            (Style::Single, _) => return Some(at),
            (_, Facing::Opening) => depth += 1,
            (_, _) if depth > 0 => depth -= 1,
            // The quotation around this one ends: so must this one.
            _ => break,
        }
    }
    possessive.filter(|&at| words_between(source, marks, opener, at) <= MOST_WORDS_TO_POSSESSIVE)
}

/// A mark after "s" this many words after an opener is rather a possessive than its closer.
const MOST_WORDS_TO_POSSESSIVE: usize = 12;

fn words_between(source: &str, marks: &[Mark], from: usize, to: usize) -> usize {
    let place = |at: usize| marks.get(at).map_or(0, |mark| mark.span.start);
    Span::new(place(from), place(to)).slice(source).split_whitespace().count()
}

/// Closes for certain: after punctuation, or with punctuation, a dash or nothing after it.
fn is_strong(mark: Mark) -> bool {
    let after_stop = !is_word(mark.before) && !mark.before.is_whitespace();
    after_stop || matches!(mark.after, ',' | '.' | ';' | '!' | '?' | ')' | ']' | '”' | '"') && mark.before != 's'
}

fn is_possessive(source: &str, mark: Mark) -> bool {
    mark.before == 's' && mark.after.is_whitespace() && source.get(mark.span.end..).is_some_and(|rest| !rest.trim_start().is_empty())
}

/// "goin’", "singin’".
fn drops_g(source: &str, mark: Mark) -> bool {
    let head = source.get(..mark.span.start).unwrap_or_default();
    let word = head.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
    word.len() > 3 && word.ends_with("in")
}

/// "'90s", "’em".
fn elided(source: &str, mark: Mark) -> bool {
    let rest = source.get(mark.span.end..).unwrap_or_default();
    let word = rest.split(|c: char| !is_word(c)).next().unwrap_or_default();
    let decade =
        word.len() >= 2 && word.chars().take(2).all(|c| c.is_ascii_digit()) && word.len() <= 3 && word.chars().skip(2).all(|c| c == 's');
    decade || ELIDED.contains(&word.to_lowercase().as_str())
}

/// Whether a quotation that is not closed in this block may begin here: at the block's start, or after a colon or comma.
fn may_run_on(source: &str, block: Span, mark: Mark) -> bool {
    let head = Span::new(block.start, mark.span.start).slice(source).trim_end();
    head.is_empty() || head.ends_with([':', ','])
}
