//! Short lines that stand by furniture and share its fate: counters under a share bar, names of topics, what a button said.
//!
//! Between title and first sentence one neighbour is enough, save for the line right above the sentence, which may be its heading; elsewhere
//! furniture must stand on both sides.

use super::super::{BlockKind, draft::Shape};
use super::unit::Close;
use super::{Boilerplate, Page};

/// The longest such line, in words.
const LONGEST: usize = 6;

/// Marks them.
pub(super) fn mark(page: &mut Page<'_>) {
    let title = page.kinds.iter().position(|kind| *kind == Some(BlockKind::Title));
    let head = title.map_or(0..0, |title| title + 1..page.first_body().unwrap_or(0).saturating_sub(1));
    for at in head.clone() {
        if let Some(kind) = neighbour(page, at.checked_sub(1)).or_else(|| neighbour(page, Some(at + 1))).filter(|_| is_loose(page, at)) {
            page.mark_boilerplate(at, kind);
        }
    }
    for at in 1..page.units.len() {
        if is_counter(page, at) {
            page.mark_boilerplate(at, Boilerplate::Share);
        }
        let both = neighbour(page, at.checked_sub(1)).filter(|_| neighbour(page, Some(at + 1)).is_some());
        if let Some(kind) = both.filter(|_| is_loose(page, at)) {
            page.mark_boilerplate(at, kind);
        }
    }
}

/// A number alone between running text: how many shared it, or how many pictures a button opens. Numbers that count up are the article's.
fn is_counter(page: &Page<'_>, at: usize) -> bool {
    let long = |at: Option<usize>| at.and_then(|at| page.units.get(at)).is_some_and(|unit| unit.count >= 5);
    let Some(number) = page.units.get(at).and_then(|unit| number(unit.words)) else { return false };
    let counts_up = || page.units.iter().filter_map(|unit| self::number(unit.words)).any(|other| other.abs_diff(number) == 1);
    long(at.checked_sub(1)) && long(Some(at + 1)) && !counts_up()
}

/// The number that is all of the line.
fn number(words: &str) -> Option<u32> {
    let digits = (1..=5).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_digit());
    words.parse().ok().filter(|_| digits)
}

fn neighbour(page: &Page<'_>, at: Option<usize>) -> Option<Boilerplate> {
    page.boilerplate(at?)
}

/// A short line that ends like no sentence and opens no list, no item of a list that the article introduced.
fn is_loose(page: &Page<'_>, at: usize) -> bool {
    let short = page.units.get(at).is_some_and(|unit| {
        unit.count <= LONGEST
            && unit.close == Close::Open
            && !matches!(unit.shape, Shape::Title | Shape::Heading | Shape::Caption | Shape::Quote)
    });
    short && page.is_open(at) && !page.follows_colon(at)
}
