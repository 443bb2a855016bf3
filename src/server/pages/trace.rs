//! The page that follows an utterance: a time line of its printings, and what each changed.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::problem::Problem;
use super::super::request::{self, Part, TraceRequest};
use super::charts::{Dot, time_line};
use super::parts::{self, finding};
use super::{ON_A_PAGE, Section, Shared, layout, make};
use crate::engine::{Engine, Printing, Trace};
use crate::question::Constraints;
use crate::render::page::Ink;
use crate::render::terminal::wording_line;
use crate::verification::{Difference, Operation, Wording};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    quote: String,
    page: Option<usize>,
}

pub(super) async fn page(State(state): Shared, uri: Uri) -> Response {
    make(state, move |engine| {
        let form: Form = request::query(&uri)?;
        let content = html! {
            h1 { "Trace an utterance" }
            form.check action="/trace" method="get" {
                label.main { span { "The words" } textarea name="quote" rows="3" maxlength="10000" required dir="auto" { (form.quote) } }
                button type="submit" { "Trace" }
            }
            @if form.quote.trim().is_empty() {
                p.dim { "Who printed it first, what did each document change, who is credited?" }
            } @else { (traced(engine, &form)?) }
        };
        Ok(layout("Trace an utterance", Section::Trace, &content))
    })
    .await
}

fn traced(engine: &Engine, form: &Form) -> Result<Markup, Problem> {
    let request = TraceRequest { quote: form.quote.clone(), ..TraceRequest::default() };
    let trace = engine.trace(request.words()?, &request.constraints()?)?;
    let (page, part) = Part::page(form.page, ON_A_PAGE);
    if trace.printings.is_empty() {
        return Ok(html! { section.nothing { h2 { "No indexed document prints it" } p { "That does not make it false." } } });
    }
    let shown = part.of(&trace.printings);
    Ok(html! {
        (parts::warnings(&engine.beside_trace(&trace, &Constraints::default())))
        (summary(&trace))
        (time_line(&trace.printings.iter().filter_map(dot).collect::<Vec<_>>()))
        ol.timeline start=(part.offset + 1) {
            @for (number, printing) in shown.iter().enumerate() { li { (one(engine, printing, part.offset + number == 0, trace.printings.len() == 1)) } }
        }
        (parts::pager("/trace", &[("quote", &form.quote)], page, trace.printings.len() > part.end()))
    })
}

fn summary(trace: &Trace) -> Markup {
    html! {
        p.lead {
            "Printed in " (trace.documents) @if trace.documents == 1 { " document" } @else { " documents" }
            @if trace.independent != trace.documents { ", " (trace.independent) " of them independent" } "."
        }
        p {
            @match trace.credited.as_slice() {
                [] => (finding(Ink::Doubt, "Nobody is named as the speaker.")),
                [(one, _)] => { (finding(Ink::Good, "Credited to")) " " (parts::speaker(one)) }
                several => {
                    (finding(Ink::Doubt, "The sources differ on who said it:"))
                    ul { @for (speaker, count) in several { li { (parts::speaker(speaker)) " (" (count) ")" } } }
                }
            }
        }
    }
}

fn dot(printing: &Printing) -> Option<Dot> {
    let day = printing.document.published?;
    let outlet = printing.document.publisher.as_deref().unwrap_or(&printing.document.id);
    Some(Dot { day, label: format!("{}, {}", parts::line(outlet), day.strftime("%-d %B %Y")), ink: wording_line(printing.wording).1 })
}

fn one(engine: &Engine, printing: &Printing, first: bool, alone: bool) -> Markup {
    let (line, ink) = wording_line(printing.wording);
    let changed = !first && printing.wording != Wording::Paraphrase && printing.diff.iter().any(|step| step.operation != Operation::Equal);
    html! {
        article class={ "printing " (parts::class(ink)) } {
            p { (parts::source(&printing.document)) " " (parts::open(engine, &printing.document, printing.span)) }
            blockquote dir="auto" { (parts::text(&printing.text)) }
            @if let Some(speaker) = &printing.speaker { p { "— " (parts::speaker(speaker)) } }
            @if let Some(copied) = &printing.copy_of { p.dim { "A copy of " (parts::source(copied)) } }
            @if alone {} @else if first { p.dim { "The others are compared with these words." } } @else { p { (finding(ink, line)) } }
            @if changed { p.diff dir="auto" { span.dim { "Against the first: " } (changes(&printing.diff)) } }
        }
    }
}

/// What a diff calls the given words are the first printing's: what it puts in was cut here.
fn changes(diff: &[Difference]) -> Markup {
    let cut = |words: &str| html! { del { span.visually-hidden { "[first: " } (parts::line(words)) span.visually-hidden { "]" } } };
    let put = |words: &str| html! { ins { span.visually-hidden { "[here: " } (parts::line(words)) span.visually-hidden { "]" } } };
    html! {
        @for step in diff {
            @match step.operation {
                Operation::Equal => (parts::line(&step.source)),
                Operation::Insert => (cut(&step.given)),
                Operation::Delete => (put(&step.source)),
                Operation::Replace => { (cut(&step.given)) " " (put(&step.source)) }
            }
            " "
        }
    }
}
