//! What came of a question, for people: answers with their sentences, sources that differ side by side, or what was looked at in vain.

use maud::{Markup, html};

use super::super::problem::Problem;
use super::ask::Form;
use super::{ON_A_PAGE, link, parts};
use crate::answer::{Answer, Conflict, NoAnswer, Outcome};
use crate::engine::{Asked, Engine};

/// How many citations of an answer are shown at once; the others are folded away.
const CITATIONS: usize = 3;

/// Everything about one question.
pub(super) fn outcome(engine: &Engine, asked: &Asked, form: &Form) -> Result<Markup, Problem> {
    let body = match &asked.outcome {
        Outcome::Answered { answers, conflicts } => answered(engine, answers, conflicts, form),
        Outcome::Unanswered(nothing) => unanswered(engine, nothing, form)?,
    };
    Ok(html! {
        (parts::warnings(&asked.warnings))
        (body)
    })
}

fn answered(engine: &Engine, answers: &[Answer], conflicts: &[Conflict], form: &Form) -> Markup {
    let page = form.page();
    let first = (page - 1) * ON_A_PAGE;
    let shown = answers.get(first.min(answers.len())..(first + ON_A_PAGE).min(answers.len())).unwrap_or_default();
    let fields: Vec<(&str, &str)> =
        [("question", form.question.as_str()), ("session", &form.session)].into_iter().chain(form.limits()).collect();
    html! {
        h1.visually-hidden { "Answers" }
        @if page == 1 { @for conflict in conflicts { (differing(engine, conflict, answers)) } }
        @if shown.is_empty() { p.lead { "There are no further answers." } }
        ol.answers start=(first + 1) {
            @for answer in shown { li { (one(engine, answer)) } }
        }
        (parts::pager("/", &fields, page, answers.len() > first + ON_A_PAGE))
    }
}

fn one(engine: &Engine, answer: &Answer) -> Markup {
    let percent = (answer.confidence * 100.0).round();
    let (shown, rest) = answer.citations.split_at(answer.citations.len().min(CITATIONS));
    html! {
        article.answer {
            @match &answer.members {
                Some(members) => {
                    h2.words { (members.len()) " of them" }
                    ul.members { @for member in members { li {
                        strong dir="auto" { (parts::line(&member.text)) } " "
                        (parts::open(engine, &member.citation.document, member.citation.span))
                    } } }
                }
                None => { h2.words dir="auto" { (parts::line(&answer.text)) } }
            }
            p.dim { (format!("{percent:.0} % sure")) (support(answer)) }
            @for citation in shown { (parts::citation(engine, citation, true)) }
            @if !rest.is_empty() {
                details { summary { (rest.len()) " more sources" } @for citation in rest { (parts::citation(engine, citation, true)) } }
            }
            (next_steps(answer))
        }
    }
}

fn support(answer: &Answer) -> String {
    match (answer.support.documents, answer.support.independent) {
        (0 | 1, _) => " · one document says so".to_owned(),
        (documents, independent) if documents == independent => format!(" · {documents} documents say so"),
        (documents, independent) => format!(" · {documents} documents say so, {independent} of them independently"),
    }
}

/// What can be done with an answer.
fn next_steps(answer: &Answer) -> Markup {
    let Some(citation) = answer.citations.first().filter(|citation| !citation.is_from_metadata()) else { return html! {} };
    let by = citation.speaker.as_ref().map(|speaker| speaker.name.as_str()).unwrap_or_default();
    html! {
        p.steps {
            a href=(link::page("/check", &[("quote", &citation.sentence), ("by", by)])) { "Check these words" } " "
            a href=(link::page("/trace", &[("quote", &citation.sentence)])) { "Trace them" }
        }
    }
}

/// Answers that do not agree, next to each other.
fn differing(engine: &Engine, conflict: &Conflict, answers: &[Answer]) -> Markup {
    let sides: Vec<&Answer> = conflict.answers.iter().filter_map(|&position| answers.get(position)).collect();
    html! {
        section.conflict aria-labelledby="differ" {
            h2 #differ { "The sources differ" }
            div.sides {
                @for answer in sides {
                    div.side {
                        p.words dir="auto" { (parts::line(&answer.text)) }
                        @if let Some(citation) = answer.citations.first() { (parts::citation(engine, citation, true)) }
                    }
                }
            }
        }
    }
}

/// Silence: why, what was looked at, what came nearest, and what else can be tried.
fn unanswered(engine: &Engine, nothing: &NoAnswer, form: &Form) -> Result<Markup, Problem> {
    let documents = engine.documents()?;
    let days = documents.iter().filter_map(|document| document.published);
    let span = days.clone().min().zip(days.max());
    let limits = form.limits();
    Ok(html! {
        section.nothing {
            h1 { "The documents do not say" }
            p.lead { (parts::line(&nothing.reason)) }
            h2 { "What was looked at" }
            p {
                "All " (documents.len()) " documents"
                @if let Some((first, last)) = span { ", published from " (first.strftime("%B %Y")) " to " (last.strftime("%B %Y")) }
                ". That they do not say it does not mean that it is not so."
            }
            @if !limits.is_empty() {
                p {
                    "Limited to: "
                    @for (number, (name, value)) in limits.iter().enumerate() { @if number > 0 { ", " } (name) " " strong { (parts::line(value)) } }
                    ". " a href=(link::page("/", &[("question", &form.question)])) { "Ask without limits" }
                }
            }
            @if !nothing.nearest.is_empty() {
                h2 { "What came nearest" }
                @for citation in &nothing.nearest { (parts::citation(engine, citation, false)) }
            }
            h2 { "What else can be tried" }
            ul {
                li { "The words the documents would use, or a name in full" }
                li { a href=(link::page("/quotes", &[("about", &form.question)])) { "Quotations about this" } }
                li { a href=(link::page("/check", &[("quote", &form.question)])) { "Check it as a quote" } }
            }
        }
    })
}
