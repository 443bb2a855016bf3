//! A report as one HTML file: its style and its passports inside, no script that runs, nothing from elsewhere.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::section::{Group, Place, Section};
use super::{ABOUT, Report, parted, passports, sign};
use crate::engine::ELEMENT;
use crate::index::DocumentRecord;
use crate::render::page::{Ink, one_line, safe};
use crate::render::terminal::speaker_line;
use crate::verification::{Difference, Operation};

/// What the file may load: nothing but its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Report<'_> {
    /// As HTML.
    #[must_use]
    pub fn html(&self) -> String {
        let sections: Vec<Section<'_>> = self.entries.iter().map(Section::new).collect();
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (one_line(self.title)) }
                    style { (PreEscaped(include_str!("report.css"))) }
                }
                body {
                    main {
                        h1 dir="auto" { (one_line(self.title)) }
                        p { (ABOUT) }
                        dl { div { dt { "Searched" } dd { (one_line(&self.searched())) } }
                            @if let Some(limits) = self.limits() { div { dt { "Limits" } dd { (one_line(&limits)) } } } }
                        (contents(&sections))
                        @for (number, section) in sections.iter().enumerate() { (self.part(number + 1, section)) }
                    }
                    footer { p { code { "sayso recheck" } " with this file tells of every citation whether it is unchanged, moved, changed or gone." } }
                    (PreEscaped(format!("\n{ELEMENT}{}</script>\n", passports(self))))
                }
            }
        };
        page.into_string() + "\n"
    }

    fn part(&self, number: usize, section: &Section<'_>) -> Markup {
        html! {
            section id=(format!("entry-{number}")) aria-labelledby=(format!("heading-{number}")) {
                h2 id=(format!("heading-{number}")) { span.kind { (section.kind) ": " } span dir="auto" { (one_line(section.heading)) } }
                ul.findings { @for (ink, line) in &section.findings {
                    li class=(class(*ink)) { span aria-hidden="true" { (sign(*ink)) " " } span dir="auto" { (one_line(line)) } }
                } }
                @if !section.facts.is_empty() {
                    dl { @for (name, value) in &section.facts { div { dt { (name) } dd dir="auto" { (one_line(value)) } } } }
                }
                @for note in &section.notes { p.note { strong { "Note: " } (one_line(note)) } }
                @for group in &section.groups { (self.group_of(group)) }
            }
        }
    }

    fn group_of(&self, group: &Group<'_>) -> Markup {
        html! {
            h3 dir="auto" { (one_line(&group.heading)) }
            @for place in &group.places { (self.figure(place)) }
        }
    }

    fn figure(&self, place: &Place<'_>) -> Markup {
        let characters = self.texts.characters(place.document, place.span);
        html! {
            figure {
                @if let Some(lead) = &place.lead { p.lead dir="auto" { (one_line(lead)) } }
                @match &place.words {
                    Some((words, marked)) => blockquote dir="auto" { (marked_words(words, marked.as_ref())) },
                    None => p.doubt { "From the page’s metadata; the text does not print it." },
                }
                @if !place.difference.is_empty() { p.diff dir="auto" { "Given against printed: " (difference(place.difference)) } }
                figcaption {
                    @if let Some(speaker) = place.speaker { p.speaker dir="auto" { "— " (one_line(&speaker_line(speaker))) } }
                    p { (source(place.document)) @if place.copies > 0 { " (and " (place.copies) " copies of the report)" } }
                    details {
                        summary { "Passport" }
                        dl {
                            div { dt { "Document" } dd { code { (one_line(&place.document.id)) } } }
                            @if place.words.is_some() { div { dt { "Characters" } dd { (characters.start) "–" (characters.end) } } }
                            div { dt { "File" } dd { code { (one_line(&place.document.path)) } } }
                            div { dt { "SHA-256" } dd { code { (place.document.digest) } } }
                            div { dt { "Open" } dd { code { (one_line(&place.command(self.opening, &characters))) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The way to the sections, where there are several.
fn contents(sections: &[Section<'_>]) -> Markup {
    html! {
        @if sections.len() > 1 {
            nav aria-label="Contents" { ol { @for (number, section) in sections.iter().enumerate() {
                li { a href=(format!("#entry-{}", number + 1)) dir="auto" { (section.kind) ": " (one_line(section.heading)) }
                    @if let Some((ink, line)) = section.findings.first() { " " span class=(class(*ink)) { (sign(*ink)) " " (one_line(line)) } } }
            } } }
        }
    }
}

fn source(document: &DocumentRecord) -> Markup {
    let day = document.published.map(|day| (day.to_string(), day.strftime("%-d %B %Y").to_string()));
    html! {
        @if let Some(outlet) = &document.publisher { span dir="auto" { (one_line(outlet)) } ", " }
        cite dir="auto" { (one_line(document.title.as_deref().unwrap_or(&document.id))) }
        @if !document.authors.is_empty() { ", by " span dir="auto" { (one_line(&document.authors.join(", "))) } }
        @if let Some((iso, words)) = day { ", " time datetime=(iso) { (words) } }
    }
}

fn class(ink: Ink) -> &'static str {
    match ink {
        Ink::Good => "good",
        Ink::Bad => "bad",
        _ => "doubt",
    }
}

fn marked_words(words: &str, stretch: Option<&std::ops::Range<usize>>) -> Markup {
    match parted(words, stretch) {
        Some((before, inside, after)) => html! { (safe(before)) mark { (safe(inside)) } (safe(after)) },
        None => html! { (safe(words)) },
    }
}

/// Words of the document that were left out struck through, words put in underlined; both said in words for those who only hear the page.
fn difference(steps: &[Difference]) -> Markup {
    let gone = |words: &str| html! { del { span.hidden { "[printed: " } (one_line(words)) span.hidden { "]" } } };
    let new = |words: &str| html! { ins { span.hidden { "[given: " } (one_line(words)) span.hidden { "]" } } };
    html! {
        @for step in steps {
            @match step.operation {
                Operation::Equal => (one_line(&step.source)),
                Operation::Insert => (new(&step.given)),
                Operation::Delete => (gone(&step.source)),
                Operation::Replace => { (gone(&step.source)) " " (new(&step.given)) }
            }
            " "
        }
    }
}
