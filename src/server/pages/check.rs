//! The page that checks a quote: a form, a verdict on four axes, and where the words stand, laid against those given.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::problem::Problem;
use super::super::request::{self, QuoteRequest};
use super::parts::{self, finding};
use super::{Section, Shared, layout, link, make};
use crate::engine::Engine;
use crate::question::Constraints;
use crate::render::page::Ink;
use crate::render::terminal::{attribution_line, checked_line, nowhere_line, support_line, wording_line};
use crate::verification::{Context, Difference, Match, Operation, Verdict, Wording};

/// How many places are shown.
const PLACES: usize = 10;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    quote: String,
    by: String,
}

pub(super) async fn page(State(state): Shared, uri: Uri) -> Response {
    make(state, move |engine| {
        let form: Form = request::query(&uri)?;
        let content = html! {
            h1 { "Check a quote" }
            (quote_form(&form))
            @if form.quote.trim().is_empty() {
                p.dim { "Is it real, is it whole, did that person say it? Paste the words as you found them, with their “he said” or without." }
            } @else { (checked(engine, &form)?) }
        };
        Ok(layout("Check a quote", Section::Check, &content))
    })
    .await
}

fn quote_form(form: &Form) -> Markup {
    html! {
        form.check action="/check" method="get" {
            label.main { span { "The words" } textarea name="quote" rows="3" maxlength="10000" required dir="auto" { (form.quote) } }
            (parts::input("by", "Said by (may be left out)", &form.by, "a name"))
            button type="submit" { "Check" }
        }
    }
}

fn checked(engine: &Engine, form: &Form) -> Result<Markup, Problem> {
    let request = QuoteRequest { quote: form.quote.clone(), by: Some(form.by.clone()), ..QuoteRequest::default() };
    let verdict = engine.check(request.words()?, request.by()?.as_deref(), &request.constraints()?)?;
    Ok(self::verdict(engine, &verdict))
}

/// A verdict with the places it rests on.
pub(super) fn verdict(engine: &Engine, verdict: &Verdict) -> Markup {
    let nowhere = verdict.wording == Wording::NotFound;
    html! {
        (parts::warnings(&engine.beside_verdict(verdict, &Constraints::default())))
        section.verdict aria-label="Verdict" {
            @if let Some(line) = checked_line(verdict) { p { (parts::line(&line)) } }
            (axes(verdict))
            p.steps { a href=(link::page("/trace", &[("quote", &verdict.quote)])) { "Trace these words" } }
        }
        @if !verdict.matches.is_empty() {
            h2 { @if nowhere { "What came nearest" } @else { "Where the words stand" } }
            @for found in verdict.matches.iter().take(PLACES) { (place(engine, found)) }
        }
    }
}

/// Wording, speaker, context, support.
fn axes(verdict: &Verdict) -> Markup {
    let (wording, ink) = wording_line(verdict.wording);
    let wording = if verdict.wording == Wording::NotFound { nowhere_line(verdict.searched) } else { wording.to_owned() };
    let attribution = attribution_line(verdict);
    let context = match verdict.context {
        Some(Context::Full) => Some((Ink::Good, "Whole: nothing around it changes it.")),
        Some(Context::Truncated) => Some((Ink::Doubt, "Cut: read what stands around it.")),
        None => None,
    };
    html! {
        dl.axes {
            div { dt { "Wording" } dd { (finding(ink, &wording)) } }
            div { dt { "Speaker" } dd { @match &attribution { Some((line, ink)) => (finding(*ink, line)), None => span.dim { "Nothing to tell." } } } }
            div { dt { "Context" } dd { @match context { Some((ink, line)) => (finding(ink, line)), None => span.dim { "Nothing to tell." } } } }
            div { dt { "Support" } dd { (support(verdict)) } }
        }
    }
}

fn support(verdict: &Verdict) -> Markup {
    let line = match (support_line(verdict), verdict.documents) {
        (Some(line), _) => line,
        (None, 1) => "Printed in one document.".to_owned(),
        (None, _) => format!("Printed in none of {} documents.", verdict.searched),
    };
    html! {
        (parts::line(&line))
        @if let Some(earliest) = verdict.earliest.as_deref().filter(|_| verdict.documents > 1) { br; "Earliest: " (parts::source(earliest)) }
    }
}

fn place(engine: &Engine, found: &Match) -> Markup {
    let stretch = found.passage.find(&found.text).map(|at| at..at + found.text.len());
    let differs = found.diff.iter().any(|step| step.operation != Operation::Equal);
    html! {
        figure.citation {
            blockquote dir="auto" { (parts::marked(&found.passage, stretch)) }
            @if differs { p.diff dir="auto" { span.dim { "Given against printed: " } (difference(&found.diff)) } }
            figcaption {
                @if let Some(speaker) = &found.speaker { "— " (parts::speaker(speaker)) br; }
                (parts::source(&found.document)) " " (parts::open(engine, &found.document, found.span))
            }
        }
    }
}

/// Words of the document that were left out struck through, words put in underlined; both said in words for those who only hear the page.
fn difference(diff: &[Difference]) -> Markup {
    let gone = |words: &str| html! { del { span.visually-hidden { "[printed: " } (parts::line(words)) span.visually-hidden { "]" } } };
    let new = |words: &str| html! { ins { span.visually-hidden { "[given: " } (parts::line(words)) span.visually-hidden { "]" } } };
    html! {
        @for step in diff {
            @match step.operation {
                Operation::Equal => (parts::line(&step.source)),
                Operation::Insert => (new(&step.given)),
                Operation::Delete => (gone(&step.source)),
                Operation::Replace => { (gone(&step.source)) " " (new(&step.given)) }
            }
            " "
        }
    }
}
