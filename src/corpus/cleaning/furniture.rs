//! Lines that recur in the documents around one, and of which nothing else has told what they are.
//!
//! A short line before or after the document's own paragraphs is furniture where it recurs at all; between them it may be a heading that a
//! paper likes, or a name in a list, and must recur in many reports. A sentence must stand outside and recur in nearly all: what a paper
//! prints as background under all reports of one affair still tells something.

use super::super::recurrence::{Often, Recurring};
use super::super::{Boilerplate, draft::Shape};
use super::Page;
use super::unit::{Close, Unit, opens_quotation};

/// Marks what recurs and is still open.
pub(super) fn mark(page: &mut Page<'_>, recurring: &Recurring) {
    if recurring.is_empty() {
        return;
    }
    let often: Vec<Option<Often>> = page.units.iter().map(|unit| recurring.often(unit.words)).collect();
    let own = |at: &usize| page.is_body(*at) && often.get(*at).is_some_and(Option::is_none);
    let (first, last) = ((0..often.len()).find(own), (0..often.len()).rev().find(own));
    let (Some(first), Some(last)) = (first, last) else { return };
    for (at, often) in often.iter().enumerate() {
        let (Some(often), true) = (*often, page.is_open(at)) else { continue };
        let outside = at < first || at > last;
        let listed = page.follows_colon(at);
        let kind = page.units.get(at).and_then(|unit| kind(unit, often, outside, listed));
        kind.into_iter().for_each(|kind| page.mark_boilerplate(at, kind));
    }
}

/// What a recurring line is; `None` where it may tell something.
fn kind(unit: &Unit<'_>, often: Often, outside: bool, listed: bool) -> Option<Boilerplate> {
    if opens_quotation(unit.words) || listed || matches!(unit.shape, Shape::Title | Shape::Caption | Shape::Quote) {
        return None;
    }
    if unit.is_sentence() {
        return (outside && often == Often::Nearly).then_some(Boilerplate::Source);
    }
    let label = matches!(unit.close, Close::Open | Close::Asking);
    let between = often >= Often::Many && unit.shape == Shape::Text;
    (label && (outside || between)).then_some(Boilerplate::Navigation)
}
