//! The lines after the last running text: sources, offers, promoted stories, banners.
//!
//! A short line there is boilerplate only if something unmistakable follows or leads it; an article may end on a list, a credit or a
//! result, and those stay.

use super::super::{Boilerplate, Origin, Sourced, byline, date};
use super::unit::{Close, Unit, is_capitalised};
use super::{Page, menu};
use crate::span::Span;

/// Ends of lines that stand for pictures on a page.
const PICTURES: &[&str] = &["image", "banner", "logo", "photo", "picture", "thumbnail", "icon"];

/// Marks the foot's lines and reads the outlet where it is named.
pub(super) fn mark(page: &mut Page<'_>) {
    mark_copyright(page);
    mark_credit(page);
    mark_dates(page);
    mark_cards(page);
    mark_offers(page);
    mark_between(page);
}

/// "From The Tarn Courier" as a line of the foot: where it stands, and the outlet's name.
pub(super) fn source<'t>(page: &Page<'t>) -> Option<(usize, &'t str)> {
    let last = page.last_body()?;
    (last + 1..page.units.len()).filter(|at| page.is_open(*at) || page.boilerplate(*at).is_some()).find_map(|at| {
        let unit = page.units.get(at)?;
        let outlet = ["From ", "Source: ", "Get the latest news from "].iter().find_map(|opening| unit.words.strip_prefix(opening))?.trim();
        let named = (1..=6).contains(&outlet.split_whitespace().count()) && is_capitalised(outlet) && unit.close == Close::Open;
        named.then_some((at, outlet))
    })
}

/// Marks the line that names the outlet.
pub(super) fn mark_source(page: &mut Page<'_>) {
    let Some((at, outlet)) = source(page) else { return };
    let Some(unit) = page.units.get(at) else { return };
    let span = Span::new(unit.span.end - outlet.len(), unit.span.end);
    if page.read.publisher.is_none() {
        page.read.publisher = Some(Sourced { value: outlet.to_owned(), origin: Origin::TextFoot, span: Some(span) });
    }
    page.mark_boilerplate(at, Boilerplate::Source);
}

/// "© The Tarn Courier 2014" names the outlet where nothing else does, unless it names the company behind it.
fn mark_copyright(page: &mut Page<'_>) {
    if page.read.publisher.is_some() {
        return;
    }
    let companies = [
        "ltd",
        "limited",
        "plc",
        "media",
        "group",
        "inc",
        "llc",
        "newspapers",
        "publishing",
        "publications",
        "holdings",
        "company",
        "all",
        "registered",
    ];
    for unit in page.units.iter().filter(|unit| unit.words.starts_with('©')) {
        let name = unit.words.split(['.', '|']).next().unwrap_or_default().trim_matches(|c: char| !c.is_alphabetic());
        let company = name.split(|c: char| !c.is_alphanumeric()).any(|word| companies.contains(&word.to_lowercase().as_str()));
        if !company && is_capitalised(name) && (1..=5).contains(&name.split_whitespace().count()) {
            let start = unit.span.start + unit.words.find(name).unwrap_or(0);
            let span = Span::new(start, start + name.len());
            page.read.publisher = Some(Sourced { value: name.to_owned(), origin: Origin::TextFoot, span: Some(span) });
            return;
        }
    }
}

/// "Updated: 15 October 2013, 15:12" under the last paragraph.
fn mark_dates(page: &mut Page<'_>) {
    let Some(last) = page.last_body() else { return };
    for at in last + 1..page.units.len() {
        let Some(unit) = page.units.get(at).filter(|unit| page.is_open(at) && !unit.is_item()) else { continue };
        let Some(byline) = byline::read(unit.words, unit.span).filter(|byline| !byline.bare_name) else { continue };
        let sourced = |(span, value)| Sourced { value, origin: Origin::TextFoot, span: Some(span) };
        page.read.published = page.read.published.take().or(byline.published.map(sourced));
        page.read.updated = page.read.updated.take().or(byline.updated.map(sourced));
        if page.read.authors.is_empty() {
            let named = byline.authors.into_iter();
            page.read.authors = named.map(|(span, value)| Sourced { value, origin: Origin::TextFoot, span: Some(span) }).collect();
        }
        page.mark_boilerplate(at, Boilerplate::Source);
    }
}

/// A news agency's name alone under the last paragraph: the author, if the head names none.
fn mark_credit(page: &mut Page<'_>) {
    let agencies = ["agency", "reuters", "afp", "association", "agencies", "newswire", "wires"];
    let Some(at) = page.last_body().map(|last| last + 1).filter(|at| page.is_open(*at)) else { return };
    let Some(unit) = page.units.get(at).filter(|unit| unit.count <= 5 && unit.close == Close::Open && is_capitalised(unit.words)) else {
        return;
    };
    if unit.words.split_whitespace().last().is_some_and(|last| agencies.contains(&last.to_lowercase().as_str())) {
        let author = Sourced { value: unit.words.to_owned(), origin: Origin::TextFoot, span: Some(unit.span) };
        page.mark_boilerplate(at, Boilerplate::Source);
        if page.read.authors.is_empty() {
            page.read.authors.push(author);
        }
    }
}

/// What readers wrote under the article: everything after a comment heading, where lines that only comments have follow it.
pub(super) fn mark_discussion(page: &mut Page<'_>) {
    let third = (0..page.units.len()).filter(|at| page.is_body(*at)).nth(2);
    let below = third.unwrap_or(usize::MAX)..page.units.len();
    let Some(from) = below.into_iter().find(|at| page.boilerplate(*at) == Some(Boilerplate::Comments)) else { return };
    let signs = (from + 1..page.units.len()).filter(|at| page.units.get(*at).is_some_and(is_comment_sign)).count();
    if signs > 0 {
        (from + 1..page.units.len()).for_each(|at| page.mark_boilerplate(at, Boilerplate::Comments));
    }
}

/// "Reply", "Report", "3 hours ago", "Bo Reed says:", "Bo Reed October 16, 2013 at 10:04 am".
fn is_comment_sign(unit: &Unit<'_>) -> bool {
    let lower = unit.words.to_lowercase();
    let button = ["reply", "report", "flag", "like", "quote", "upvote", "report abuse", "reply to this"].contains(&lower.as_str());
    let signed = lower.ends_with(" says:") || lower.ends_with(" wrote:") || lower.ends_with(" ago");
    let timed = lower.contains(" at ") && lower.ends_with(['m', '#']) && !date::find(unit.words).is_empty();
    unit.count <= 10 && (button || signed || timed)
}

/// A picture's line and the promoted story under it ("Tarn survey image", "Tarn survey", "What we found …").
fn mark_cards(page: &mut Page<'_>) {
    for at in 0..page.units.len() {
        let Some(unit) = page.units.get(at).filter(|unit| page.is_open(at) && unit.is_label()) else { continue };
        let Some(name) = picture_name(unit.words) else { continue };
        let repeated = page.units.get(at + 1).is_some_and(|next| !name.is_empty() && next.words.starts_with(name));
        let foot = page.last_body().is_some_and(|last| at > last);
        let story =
            repeated && page.units.get(at + 2).is_some_and(|story| page.is_open(at + 2) && story.count <= 40) && ends_card(page, at + 3);
        if repeated || foot {
            page.mark_boilerplate(at, Boilerplate::Related);
        }
        if repeated {
            page.mark_boilerplate(at + 1, Boilerplate::Related);
        }
        if story {
            page.mark_boilerplate(at + 2, Boilerplate::Related);
        }
    }
}

/// A card's story is followed by other boilerplate, another card, or nothing.
fn ends_card(page: &Page<'_>, at: usize) -> bool {
    at >= page.units.len()
        || page.boilerplate(at).is_some()
        || page.units.get(at).is_some_and(|unit| picture_name(unit.words).is_some() && unit.is_label())
}

/// What is left of a label when the word for a picture at its end is taken away.
fn picture_name(words: &str) -> Option<&str> {
    let (name, last) = words.rsplit_once(' ')?;
    (PICTURES.iter().any(|picture| last.eq_ignore_ascii_case(picture)) && words.split_whitespace().count() <= 14).then_some(name.trim())
}

/// The last lines of a letter that ask the reader for something: "… you can subscribe here."
fn mark_offers(page: &mut Page<'_>) {
    let last = page.units.len().saturating_sub(1);
    let Some(unit) = page.units.get(last).filter(|unit| page.is_open(last) && unit.count <= 45) else { return };
    let lower = unit.words.to_lowercase();
    let asks = ["subscribe", "sign up", "newsletter", "forward it", "unsubscribe", "donate"].iter().any(|word| lower.contains(word));
    let addressed = lower.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "you" | "your"));
    if asks && addressed && !super::unit::opens_quotation(unit.words) {
        page.mark_boilerplate(last, Boilerplate::Advert);
    }
}

/// Labels between the last running text and boilerplate below them share its fate, unless the article listed them.
fn mark_between(page: &mut Page<'_>) {
    let Some(last) = page.last_body() else { return };
    let mut below = None;
    for at in (last + 1..page.units.len()).rev() {
        below = page.boilerplate(at).or(below);
        let loose = |unit: &Unit<'_>| !unit.is_item() && !unit.words.starts_with('(') && unit.is_label() && !menu::is_section(unit.words);
        let label = page.is_open(at) && page.units.get(at).is_some_and(loose) && !page.follows_colon(at) && !is_figure(page, last, at);
        if let Some(kind) = below.filter(|_| label) {
            page.mark_boilerplate(at, kind);
        }
    }
}

/// "Attendance: 6,212" right below the last sentence.
fn is_figure(page: &Page<'_>, last: usize, at: usize) -> bool {
    let counted = |words: &str| words.split_once(": ").is_some_and(|(_, value)| value.starts_with(|c: char| c.is_ascii_digit()));
    at == last + 1 && page.units.get(at).is_some_and(|unit| counted(unit.words))
}
