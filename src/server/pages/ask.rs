//! The page to ask at: a form, and below it what came of the question.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::problem::Problem;
use super::super::request::{self, AskRequest, MOST};
use super::parts::{self, input};
use super::{ON_A_PAGE, Section, Shared, answers, check, layout, link, make};
use crate::engine::conversation::{Turn, Unclear};
use crate::engine::{AskOptions, Engine};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    pub(super) question: String,
    pub(super) since: String,
    pub(super) until: String,
    pub(super) source: String,
    pub(super) speaker: String,
    pub(super) session: String,
    pub(super) page: Option<usize>,
}

impl Form {
    /// The limits that are set, with their names.
    pub(super) fn limits(&self) -> Vec<(&'static str, &str)> {
        let all = [("since", &self.since), ("until", &self.until), ("source", &self.source), ("speaker", &self.speaker)];
        all.into_iter().map(|(name, value)| (name, value.trim())).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Which page of the answers, from 1.
    pub(super) fn page(&self) -> usize {
        self.page.unwrap_or(1).clamp(1, MOST / ON_A_PAGE)
    }

    fn request(&self) -> AskRequest {
        AskRequest {
            question: self.question.clone(),
            since: Some(self.since.clone()),
            until: Some(self.until.clone()),
            source: Some(self.source.clone()),
            speaker: Some(self.speaker.clone()),
            session: Some(self.session.clone()),
            ..AskRequest::default()
        }
    }
}

pub(super) async fn page(State(state): Shared, uri: Uri) -> Response {
    make(state, move |engine| {
        let form: Form = request::query(&uri)?;
        if form.question.trim().is_empty() { start(engine, &form) } else { answered(engine, &form) }
    })
    .await
}

/// The page before anything is asked.
fn start(engine: &Engine, form: &Form) -> Result<Markup, Problem> {
    let documents = engine.documents()?;
    let outlets = engine.outlets()?;
    let days = documents.iter().filter_map(|document| document.published);
    let (first, last) = (days.clone().min(), days.max());
    let content = html! {
        h1 { "Ask the documents" }
        (ask_form(form, &outlets, true))
        p.dim {
            (documents.len()) " documents of " (outlets.len()) " outlets"
            @if let (Some(first), Some(last)) = (first, last) { ", " (first.strftime("%-d %B %Y")) " to " (last.strftime("%-d %B %Y")) }
            ". Answers come in the documents’ own words, with who said them and where; where they do not tell, you are told so."
        }
    };
    Ok(layout("Ask", Section::Ask, &content))
}

fn answered(engine: &Engine, form: &Form) -> Result<Markup, Problem> {
    let request = form.request();
    let words = request.words()?;
    let options = AskOptions { top: (form.page() * ON_A_PAGE + 1).min(MOST), ..request.options()? };
    let mut memory = request.memory()?.unwrap_or_default();
    let turn = engine.converse(&mut memory, words, &options)?;
    let token = memory.token();
    let content = html! {
        (ask_form(form, &engine.outlets()?, false))
        @match &turn {
            Turn::Asked { asked, resolved } => {
                @if *resolved { p.notice role="note" { "Taken as: " strong { (parts::line(&asked.question.words)) } } }
                (answers::outcome(engine, asked, form)?)
            }
            Turn::Said(verdict) => (check::verdict(engine, verdict)),
            Turn::Unclear(unclear) => (which(unclear, form, &token)),
        }
        (follow_up(&token))
    };
    Ok(layout(words, Section::Ask, &content))
}

/// A question that may mean several things, or nothing that was spoken of.
fn which(unclear: &Unclear, form: &Form, token: &str) -> Markup {
    html! {
        section.nothing {
            h1 { "Which is meant?" }
            @if unclear.candidates.is_empty() {
                p.lead { "“" (parts::line(&unclear.said)) "”: what it stands for cannot be told from what has been spoken of. Ask with the name." }
                p { "You asked: " (parts::line(&form.question)) }
            } @else {
                p.lead { "“" (parts::line(&unclear.said)) "” could be:" }
                ul { @for name in &unclear.candidates { li { a href=(link::page("/", &[("question", name), ("session", token)])) dir="auto" { (parts::line(name)) } } } }
            }
        }
    }
}

/// A question that leans on this one.
fn follow_up(token: &str) -> Markup {
    html! {
        form.follow action="/" method="get" {
            input type="hidden" name="session" value=(token);
            label.main { span { "Ask on (“what else did she say?”, “and in 2014?”)" }
                input type="text" name="question" maxlength="2000" required dir="auto" autocomplete="off";
            }
            button type="submit" { "Ask on" }
        }
    }
}

/// The form; the limits are folded away until one is set.
fn ask_form(form: &Form, outlets: &[String], first: bool) -> Markup {
    html! {
        form.ask role="search" action="/" method="get" {
            label.main { span { "Your question" }
                input type="search" name="question" value=(form.question) maxlength="2000" required autofocus[first] dir="auto" autocomplete="off";
            }
            button type="submit" { "Ask" }
            details open[!form.limits().is_empty()] {
                summary { "Limits" }
                div.fields {
                    (input("since", "Published since", &form.since, "2013-10"))
                    (input("until", "Published until", &form.until, "2014"))
                    label { span { "Outlet" }
                        select name="source" {
                            option value="" { "any" }
                            @for outlet in outlets { option value=(outlet) selected[*outlet == form.source] { (super::parts::line(outlet)) } }
                        }
                    }
                    (input("speaker", "Said by", &form.speaker, "a name"))
                }
            }
        }
    }
}
