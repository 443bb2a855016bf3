//! Parts that pages share: words made safe, sources, citations, speakers, marks for good and bad, the way to further pages.

use std::ops::Range;

use maud::{Markup, html};

use super::link;
use crate::answer::Citation;
use crate::engine::{DocumentRecord, Engine, Warning};
use crate::quotation::Speaker;
use crate::render::page::{Ink, one_line, safe};
use crate::span::Span;

/// Words on one line, without anything that steers a screen or turns the direction of writing.
pub(super) fn line(words: &str) -> String {
    one_line(words)
}

/// Words with their line breaks.
pub(super) fn text(words: &str) -> String {
    safe(words)
}

/// The class for a kind of ink.
pub(super) fn class(ink: Ink) -> &'static str {
    match ink {
        Ink::Good => "good",
        Ink::Bad => "bad",
        Ink::Doubt => "doubt",
        _ => "plain",
    }
}

/// A sign for those who do not see colours.
pub(super) fn sign(ink: Ink) -> &'static str {
    match ink {
        Ink::Good => "✓",
        Ink::Bad => "✗",
        _ => "?",
    }
}

/// Outlet, title and date of a document.
pub(super) fn source(document: &DocumentRecord) -> Markup {
    let date = document.published.map(|date| (date.to_string(), date.strftime("%-d %B %Y").to_string()));
    html! {
        span.source {
            @if let Some(outlet) = &document.publisher { span.outlet dir="auto" { (line(outlet)) } " " }
            cite dir="auto" { (line(document.title.as_deref().unwrap_or(&document.id))) }
            @if let Some((day, words)) = date { " " time datetime=(day) { (words) } }
        }
    }
}

/// Who says it, with the role, leading to what else they say.
pub(super) fn speaker(speaker: &Speaker) -> Markup {
    html! {
        span.speaker {
            a href=(link::page("/people", &[("name", &speaker.name)])) dir="auto" { (line(&speaker.name)) }
            @if let Some(role) = &speaker.role { ", " span dir="auto" { (line(role)) } }
        }
    }
}

/// A link to a place of a document.
pub(super) fn open(engine: &Engine, document: &DocumentRecord, span: Span) -> Markup {
    let address = link::place(&document.id, &engine.characters(document, span));
    let what = line(document.title.as_deref().unwrap_or(&document.id));
    html! { a.open href=(address) aria-label=(format!("Open at the place: {what}")) { "Open at the place" } }
}

/// Words with a stretch of them (in bytes) marked.
pub(super) fn marked(words: &str, stretch: Option<Range<usize>>) -> Markup {
    let parts = stretch.and_then(|range| Some((words.get(..range.start)?, words.get(range.clone())?, words.get(range.end..)?)));
    match parts {
        Some((before, inside, after)) if !inside.is_empty() => html! { (text(before)) mark { (text(inside)) } (text(after)) },
        _ => html! { (text(words)) },
    }
}

/// A cited sentence with who says it, where, and the way there.
pub(super) fn citation(engine: &Engine, citation: &Citation, mark: bool) -> Markup {
    if citation.is_from_metadata() {
        return html! {
            figure.citation {
                p.doubt { "From the page’s metadata; the text does not print it." }
                figcaption { (source(&citation.document)) " " a href=(link::document(&citation.document.id)) { "Open" } }
            }
        };
    }
    let inside = mark && citation.span.contains(citation.answer_span);
    let stretch = citation.answer_span.relative_to(citation.span.start);
    html! {
        figure.citation {
            blockquote dir="auto" { (marked(&citation.sentence, inside.then_some(stretch.start..stretch.end))) }
            figcaption {
                @if let Some(who) = &citation.speaker { "— " (speaker(who)) br; }
                (source(&citation.document)) " " (open(engine, &citation.document, citation.span))
            }
        }
    }
}

/// One line of a verdict: a sign, and words.
pub(super) fn finding(ink: Ink, words: &str) -> Markup {
    html! { span class=(class(ink)) { span.sign aria-hidden="true" { (sign(ink)) } " " (line(words)) } }
}

/// The way to the pages before and behind; nothing where there is one page.
pub(super) fn pager(path: &str, fields: &[(&str, &str)], page: usize, more: bool) -> Markup {
    let at = |number: usize| {
        let number = number.to_string();
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("page", number.as_str())]).collect();
        link::page(path, &fields)
    };
    html! {
        @if page > 1 || more {
            nav.pager aria-label="Pages" {
                @if page > 1 { a rel="prev" href=(at(page - 1)) { "← Page " (page - 1) } }
                span aria-current="page" { "Page " (page) }
                @if more { a rel="next" href=(at(page + 1)) { "Page " (page + 1) " →" } }
            }
        }
    }
}

/// What the reader should know beside a result.
pub(super) fn warnings(warnings: &[Warning]) -> Markup {
    html! {
        @for warning in warnings {
            p.notice role="note" {
                @if let Some(path) = &warning.path { code { (line(path)) } ": " }
                (line(&warning.message))
            }
        }
    }
}

/// A field of a form with its label.
pub(super) fn input(name: &str, label: &str, value: &str, hint: &str) -> Markup {
    html! {
        label { span { (label) }
            input type="text" name=(name) value=(value) placeholder=(hint) maxlength="300" autocomplete="off" dir="auto";
        }
    }
}
