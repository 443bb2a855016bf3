//! Names of people and bodies: whether two are of the same one, where the fullest form stands, what body a person speaks for.

use super::sought::Sought;
use super::view::View;
use crate::quotation::{Speaker, may_name_body, people_agree};
use crate::span::Span;
use crate::syntax::EntityKind;
use crate::text::{fold, stem};

/// Words before a name that are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "baroness",
    "baron",
    "rev",
    "cllr",
    "councillor",
    "judge",
    "justice",
    "sgt",
    "sergeant",
    "insp",
    "inspector",
    "captain",
    "capt",
    "col",
    "gen",
    "president",
    "senator",
    "sen",
    "rep",
    "gov",
    "the",
    "st",
];

/// Words of a name in lower case, without titles and possessive.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_end_matches("'s").trim_matches(|c: char| !c.is_alphanumeric()));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let bare: Vec<String> = words.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
    if bare.is_empty() { words } else { bare }
}

/// Whether two names can be of the same person or body.
pub(crate) fn same_person(one: &str, other: &str) -> bool {
    if may_name_body(one) || may_name_body(other) { same_body(one, other) } else { people_agree(one, other) }
}

/// Whether the words of one name stand in the other, which ends or begins as it does; a single word where it is the first or the last.
fn same_body(one: &str, other: &str) -> bool {
    let (one, other) = (name_words(one), name_words(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let Some(surname) = short.last() else { return false };
    if short.len() == 1 {
        return long.first() == Some(surname) || long.last() == Some(surname);
    }
    short.iter().all(|word| long.iter().any(|other| abbreviates(word, other))) && (long.last() == Some(surname) || long.starts_with(short))
}

/// Whether two given names are the same, or one the initial of the other.
fn abbreviates(one: &str, other: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || initial(one, other) || initial(other, one)
}

/// Where a speaker's fullest name stands nearest to the words said: in the same passage, in another of the same document, or, failing
/// both, the words used at the quotation, if they name somebody.
pub(crate) fn find_name(views: &[View<'_>], passage: usize, speaker: &Speaker, near: Span) -> Option<(usize, Span)> {
    let own = views.get(passage)?;
    if let Some(span) = nearest(own, &speaker.name, near) {
        return Some((passage, span));
    }
    let same_document = |view: &&View<'_>| view.record.document.ordinal == own.record.document.ordinal;
    let others = views.iter().enumerate().filter(|(_, view)| same_document(view));
    let elsewhere = others.filter_map(|(number, view)| Some((number, nearest(view, &speaker.name, near)?)));
    if let Some(found) = elsewhere.min_by_key(|(number, span)| (distance(*span, near), *number)) {
        return Some(found);
    }
    let named = own.record.slice(speaker.mention_span).chars().any(char::is_uppercase) && !is_pronoun(&speaker.mention);
    let inside = own.record.span.contains(speaker.mention_span) && !speaker.mention_span.is_empty();
    (named && inside).then_some((passage, speaker.mention_span))
}

/// Whether the words stand for a name.
pub(crate) fn is_pronoun(words: &str) -> bool {
    matches!(fold(words).as_str(), "he" | "she" | "they" | "it" | "i" | "we" | "who" | "him" | "her" | "them")
}

fn distance(one: Span, other: Span) -> usize {
    if one.start < other.start { other.start.saturating_sub(one.end) } else { one.start.saturating_sub(other.end) }
}

/// The nearest place of a name, with the title before it if the name has one there.
fn nearest(view: &View<'_>, name: &str, near: Span) -> Option<Span> {
    let text = &view.record.text;
    let base = view.record.span.start;
    let places = text.match_indices(name).map(|(at, found)| Span::new(base + at, base + at + found.len()));
    let article = |span: &Span| view.sentence_at(span.start).is_some_and(|sentence| view.block(sentence).is_article());
    let whole = |span: &Span| stands_alone(view, *span);
    places.filter(|_| !name.is_empty()).filter(article).filter(whole).min_by_key(|span| (distance(*span, near), span.start))
}

/// Whether no letter touches the span.
fn stands_alone(view: &View<'_>, span: Span) -> bool {
    let relative = span.relative_to(view.record.span.start);
    let before = view.record.text.get(..relative.start).and_then(|text| text.chars().next_back());
    let after = view.record.text.get(relative.end..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// The body a speaker speaks for: an organization named in the role, or else in the sentence of the name; the one the focus describes first.
pub(crate) fn affiliation(view: &View<'_>, name: Span, speaker: &Speaker, sought: &Sought) -> Option<Span> {
    let sentence = view.sentence_at(name.start)?;
    let tokens = view.tokens(sentence);
    let bodies =
        view.record.syntax.mentions.iter().filter(|mention| tokens.contains(&mention.tokens.start) && mention.kind != EntityKind::Person);
    let role = speaker.role.as_deref().unwrap_or_default();
    let rank = |span: Span| {
        let words = view.record.slice(span);
        let described = words.split(|c: char| !c.is_alphanumeric()).filter(|word| sought.focus.contains(&stem(word))).count();
        (usize::from(!role.contains(words)), usize::MAX - described, distance(span, name))
    };
    let spans = bodies.filter(|mention| mention.kind == EntityKind::Organization || role.contains(view.slice(mention.tokens.clone())));
    spans.map(|mention| view.span(mention.tokens.clone())).filter(|span| !span.overlaps(name)).min_by_key(|span| rank(*span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(same_person(one, other), expected, "{one} and {other}");
        assert_eq!(same_person(other, one), expected, "{other} and {one}");
    }

    #[test]
    fn a_surname_stands_for_the_name_but_not_for_a_namesake() {
        check("Mr Webb", "Andrew Webb", true);
        check("Sir Michael", "Sir Michael Wilshaw", true);
        check("Tom Pell", "Margaret Pell", false);
        check("Federation League", "the Federation League", true);
        check("Webb's", "Andrew Webb", true);
        check("A. Webb", "Andrew Webb", true);
        check("Andy Webb", "Andrew Webb", true);
        check("Mrs Webb", "Andrew Webb", false);
        check("Sallow Borough Council", "Sallow County Council", false);
        check("", "Andrew Webb", false);
    }
}
