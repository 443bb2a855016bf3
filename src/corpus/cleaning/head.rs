//! The lines before the first running text: which is the title, which the byline, which the outlet, which the menu.
//!
//! Where the format names the title, that is taken. In plain text the title is the line of the head that is none of the others; where
//! that is no line at all, the document has no title.

use super::super::draft::Shape;
use super::super::{BlockKind, Boilerplate, Origin, Sourced, byline, date, outlet};
use super::unit::{Close, Unit, is_capitalised, opens_quotation};
use super::{Page, foot, menu, widget};
use crate::span::Span;

/// More short lines than this before the first running text are a list, not a head.
const LONGEST: usize = 24;

/// Marks the head's lines and reads its metadata; `stated` is the title the format gave.
pub(super) fn mark(page: &mut Page<'_>, stated: Option<&str>) {
    let end = page.first_body().unwrap_or(page.units.len()).min(LONGEST);
    mark_set_title(page, stated);
    mark_stated_title(page, end, stated);
    mark_outside(page);
    mark_bylines(page, end);
    mark_bylines_below(page, end);
    mark_menus(page, end);
    mark_outlet(page, end);
    if title(page).is_none() {
        mark_title(page, end);
    }
    mark_names(page, end);
    mark_rest(page, end);
}

fn is_kind(page: &Page<'_>, at: usize, kind: BlockKind) -> bool {
    page.kinds.get(at) == Some(&Some(kind))
}

fn title(page: &Page<'_>) -> Option<usize> {
    (0..page.units.len()).find(|at| is_kind(page, *at, BlockKind::Title))
}

/// Of the lines the markup sets as titles (a page's logo may be one), the one that says the stated title, else the last before the
/// running text.
fn mark_set_title(page: &mut Page<'_>, stated: Option<&str>) {
    let set: Vec<usize> = (0..page.units.len()).filter(|at| page.units.get(*at).is_some_and(|unit| unit.shape == Shape::Title)).collect();
    let stated = stated.map(squeezed).filter(|stated| !stated.is_empty());
    let words = |at: usize| page.units.get(at).map(|unit| squeezed(unit.words)).unwrap_or_default();
    let said = stated.and_then(|stated| set.iter().copied().find(|at| words(*at) == stated));
    let first_body = page.first_body().unwrap_or(page.units.len());
    let chosen = said.or_else(|| set.iter().copied().rfind(|at| *at < first_body)).or(set.first().copied());
    chosen.into_iter().for_each(|at| page.mark(at, BlockKind::Title));
}

/// What stands outside the article's element is no article, save lines between a title out there and the text: bylines, standfirsts.
fn mark_outside(page: &mut Page<'_>) {
    let between = title(page).map_or(0..0, |title| title..page.first_body().unwrap_or(0));
    let few = page.units.get(between.clone()).is_some_and(|units| units.iter().filter(|unit| unit.shape == Shape::Outside).count() <= 8);
    for at in 0..page.units.len() {
        let Some(unit) = page.units.get(at).filter(|unit| unit.shape == Shape::Outside && page.is_open(at)) else { continue };
        let near = between.contains(&at) && (few || byline::read(unit.words, unit.span).is_some());
        if !near {
            page.mark_boilerplate(at, Boilerplate::Navigation);
        } else if byline::read(unit.words, unit.span).is_none() {
            page.mark(at, BlockKind::Paragraph);
        }
    }
}

/// A name alone on its line, between the title and a line with the date (or right after one).
fn mark_names(page: &mut Page<'_>, end: usize) {
    let Some(title) = title(page) else { return };
    for at in open(page, end).into_iter().filter(|at| *at > title) {
        let Some(unit) = page.units.get(at).filter(|unit| byline::is_lone_name(unit.words) && unit.close == Close::Open) else { continue };
        let dated =
            |at: usize| is_kind(page, at, BlockKind::Byline) && page.units.get(at).is_some_and(|unit| !date::find(unit.words).is_empty());
        if dated(at + 1) || (at > 0 && dated(at - 1)) {
            let author = Sourced { value: unit.words.to_owned(), origin: Origin::TextHead, span: Some(unit.span) };
            page.mark(at, BlockKind::Byline);
            if page.read.authors.is_empty() {
                page.read.authors.push(author);
            }
        }
    }
}

fn open(page: &Page<'_>, end: usize) -> Vec<usize> {
    (0..end).filter(|at| page.is_open(*at) && page.units.get(*at).is_some_and(|unit| !unit.is_item())).collect()
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The line that says the same as the title the format states.
fn mark_stated_title(page: &mut Page<'_>, end: usize, stated: Option<&str>) {
    let Some(stated) = stated.map(squeezed).filter(|stated| !stated.is_empty()) else { return };
    let same = open(page, (end + 1).min(page.units.len()))
        .into_iter()
        .find(|at| page.units.get(*at).is_some_and(|unit| squeezed(unit.words) == stated));
    same.into_iter().for_each(|at| set_title(page, at));
}

fn set_title(page: &mut Page<'_>, at: usize) {
    page.mark(at, BlockKind::Title);
    if let Some(unit) = page.units.get(at) {
        page.read.title = Some(Sourced {
            value: unit.words.split_whitespace().collect::<Vec<_>>().join(" "),
            origin: Origin::TextHead,
            span: Some(unit.span),
        });
    }
}

fn mark_bylines(page: &mut Page<'_>, end: usize) {
    let marked: Vec<usize> = (0..end).filter(|at| is_kind(page, *at, BlockKind::Byline)).collect();
    let lines: Vec<_> = open(page, end)
        .into_iter()
        .chain(marked)
        .filter_map(|at| page.units.get(at).and_then(|unit| Some((at, byline::read(unit.words, unit.span)?))))
        .collect();
    let others = open(page, end).len();
    for (at, byline) in lines {
        // A lone "Two Words 3 May 2012" may as well be a title.
        if !byline.bare_name || others > 1 {
            page.mark(at, BlockKind::Byline);
            keep(page, byline);
        }
    }
}

/// Bylines may stand below an opening paragraph set as a standfirst, but not far below.
fn mark_bylines_below(page: &mut Page<'_>, end: usize) {
    let short = |at: &usize| page.is_open(*at) && page.units.get(*at).is_some_and(|unit| unit.count <= 14);
    let lines: Vec<usize> = (end + 1..page.units.len().min(end + 5)).filter(short).collect();
    for at in lines {
        let read = page.units.get(at).and_then(|unit| byline::read(unit.words, unit.span));
        let Some(byline) = read.filter(|byline| !byline.bare_name || byline.authors.is_empty()) else { return };
        page.mark(at, BlockKind::Byline);
        keep(page, byline);
    }
}

fn keep(page: &mut Page<'_>, byline: byline::Byline) {
    fn sourced<T>((span, value): (Span, T)) -> Sourced<T> {
        Sourced { value, origin: Origin::TextHead, span: Some(span) }
    }
    if page.read.authors.is_empty() {
        page.read.authors = byline.authors.into_iter().map(sourced).collect();
    }
    page.read.published = page.read.published.take().or(byline.published.map(sourced));
    page.read.updated = page.read.updated.take().or(byline.updated.map(sourced));
}

fn mark_menus(page: &mut Page<'_>, end: usize) {
    for at in open(page, end) {
        if page.units.get(at).is_some_and(|unit| menu::is_row(unit, true)) {
            page.mark_boilerplate(at, Boilerplate::Navigation);
        }
    }
    let sections: Vec<usize> = open(page, end)
        .into_iter()
        .filter(|at| page.units.get(*at).is_some_and(|unit| unit.count <= 4 && menu::is_section(unit.words)))
        .collect();
    if open(page, end).len() > sections.len() {
        sections.into_iter().for_each(|at| page.mark_boilerplate(at, Boilerplate::Navigation));
    }
}

/// The first line where it names the outlet: by its words, or because the page's foot or menu says so, and another line can be the title.
fn mark_outlet(page: &mut Page<'_>, end: usize) {
    let lines = open(page, end);
    let Some(&first) = lines.first() else { return };
    let Some(unit) = page.units.get(first).filter(|unit| unit.count <= 5 && unit.close == Close::Open && is_capitalised(unit.words)) else {
        return;
    };
    let by_foot = foot::source(page).is_some_and(|(_, outlet)| outlet.eq_ignore_ascii_case(unit.words));
    let longer = |at: &usize| page.units.get(*at).is_some_and(|other| other.count >= 4 && other.count > unit.count);
    let has_title = lines.iter().any(longer) || title(page).is_some();
    let by_words = outlet::is_named(unit.words);
    let by_menu = page.boilerplate(first + 1) == Some(Boilerplate::Navigation) && first == 0;
    if by_foot || (has_title && (by_words || by_menu)) {
        let publisher = Sourced { value: unit.words.to_owned(), origin: Origin::TextHead, span: Some(unit.span) };
        page.read.publisher = Some(publisher);
        page.mark_boilerplate(first, Boilerplate::Navigation);
    }
}

fn mark_title(page: &mut Page<'_>, end: usize) {
    let lines = open(page, end);
    let best =
        lines.iter().copied().filter_map(|at| Some((score(page, at)?, at))).max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)));
    match best {
        Some((_, at)) => set_title(page, at),
        None if lines.is_empty() => mark_sentence_title(page),
        None => {}
    }
}

/// How much a line of the head looks like the title; nothing for one that cannot be.
fn score(page: &Page<'_>, at: usize) -> Option<i32> {
    let unit = page.units.get(at)?;
    let fit = unit.count <= 30 && matches!(unit.close, Close::Open | Close::Asking | Close::Full) && !unit.is_item();
    let followed = page.is_body(at + 1) || is_kind(page, at + 1, BlockKind::Byline);
    let points = [
        (unit.count >= 3, 2),
        (followed, 1),
        (unit.shape == Shape::Heading, 3),
        (unit.count > 14, -1),
        (unit.close == Close::Full, -1),
        (widget::is_seamed(unit.words), -3),
    ];
    fit.then(|| points.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum())
}

/// A headline that ends with a full stop: a short first line, set apart, above longer paragraphs.
fn mark_sentence_title(page: &mut Page<'_>) {
    let first = (0..page.units.len()).find(|at| page.boilerplate(*at).is_none() && !is_kind(page, *at, BlockKind::Byline));
    let Some(at) = first.filter(|at| page.is_body(*at)) else { return };
    let below: Vec<&Unit<'_>> = page.units.iter().skip(at + 1).take(6).collect();
    let own = page.units.get(at).map_or(0, |unit| unit.count);
    let longer = below.len() >= 3 && below.iter().filter(|unit| unit.count * 2 > own * 3).count() * 2 >= below.len();
    let headline = page
        .units
        .get(at)
        .is_some_and(|unit| unit.count <= 16 && !opens_quotation(unit.words) && !unit.is_item() && !opens_narration(unit.words));
    if longer && headline && below.first().is_some_and(|unit| unit.apart) {
        set_title(page, at);
    }
}

/// Openings of sentences that no headline has.
fn opens_narration(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    ["I", "I'm", "I’m", "He", "She", "We", "They", "It", "There", "Then", "But", "And", "Dear"].contains(&first)
}

/// What is left: labels before the title are sections; short lines after it stay.
fn mark_rest(page: &mut Page<'_>, end: usize) {
    let title = title(page);
    for at in open(page, end).into_iter().filter(|at| title.is_some_and(|title| *at < title)) {
        if page.units.get(at).is_some_and(|unit| unit.count <= 4 && unit.close == Close::Open) {
            page.mark_boilerplate(at, Boilerplate::Navigation);
        }
    }
    mark_above(page, title.unwrap_or(0));
}

/// Above the title, where a menu or a notice stands there too, labels and items are the site's: its motto, its sections.
fn mark_above(page: &mut Page<'_>, title: usize) {
    if !(0..title).any(|at| page.boilerplate(at).is_some()) {
        return;
    }
    for at in 0..title {
        if page.units.get(at).is_some_and(|unit| unit.count <= 14 && unit.close == Close::Open && unit.shape != Shape::Title) {
            page.mark_boilerplate(at, Boilerplate::Navigation);
        }
    }
}
