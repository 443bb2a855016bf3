//! Pages for people: made whole on the server, working without a script, with nothing from elsewhere. Everything a document or a client wrote is
//! escaped by the templates; what could turn the direction of writing or steer a screen is left out.

mod answers;
mod ask;
mod charts;
mod check;
mod document;
mod link;
mod listing;
mod parts;
mod people;
mod trace;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

pub(super) use link::{escaped_id, unescaped};

use super::problem::Problem;
use super::{api, guard};
use crate::engine::Engine;

/// How many results stand on a page.
const ON_A_PAGE: usize = 20;

/// All routes.
pub(super) fn routes() -> Router<super::State> {
    Router::new()
        .route("/", get(ask::page))
        .route("/check", get(check::page))
        .route("/trace", get(trace::page))
        .route("/people", get(people::page))
        .route("/quotes", get(listing::quotes))
        .route("/documents", get(listing::documents))
        .route("/documents/{*id}", get(document::page))
        .route("/style.css", get(style))
        .route("/icon.svg", get(icon))
        .fallback(async || problem(&Problem::nowhere()))
        .method_not_allowed_fallback(async |_: Method| problem(&api::not_allowed()))
}

/// The parts of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Ask,
    Check,
    Trace,
    People,
    Quotes,
    Documents,
    /// Errors belong to none.
    None,
}

const SECTIONS: &[(Section, &str, &str)] = &[
    (Section::Ask, "/", "Ask"),
    (Section::Check, "/check", "Check a quote"),
    (Section::Trace, "/trace", "Trace"),
    (Section::People, "/people", "People"),
    (Section::Quotes, "/quotes", "Quotations"),
    (Section::Documents, "/documents", "Documents"),
];

/// A whole page around its content.
fn layout(title: &str, section: Section, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (parts::line(title)) " · sayso" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.site {
                    a.brand href="/" { "sayso" }
                    nav aria-label="Sections" {
                        ul {
                            @for (own, address, name) in SECTIONS {
                                li { a href=(address) aria-current=[(*own == section).then_some("page")] { (name) } }
                            }
                        }
                    }
                }
                main #main tabindex="-1" { (content) }
                footer.site {
                    p { "Every answer is a verbatim span of an indexed document. Nothing here is generated, and nothing leaves this machine." }
                    p { a href="/api/openapi.json" { "Interface for programs" } }
                }
            }
        }
    }
}

/// Has a worker make a page.
async fn make<F>(state: super::State, job: F) -> Response
where
    F: FnOnce(&Engine) -> Result<Markup, Problem> + Send + 'static,
{
    let workers = Arc::clone(&state.workers);
    match workers.run(job).await {
        Ok(page) => show(StatusCode::OK, page),
        Err(problem) => guard::shown(problem, false),
    }
}

fn show(status: StatusCode, page: Markup) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], page.into_string()).into_response()
}

/// An error as a page: what went wrong, the next step, and the way back.
pub(super) fn problem(problem: &Problem) -> Response {
    let title = match problem.status {
        StatusCode::NOT_FOUND => "Not here",
        StatusCode::BAD_REQUEST | StatusCode::METHOD_NOT_ALLOWED | StatusCode::CONFLICT => "That could not be understood",
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "Not let in",
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => "Not now",
        _ => "Something went wrong",
    };
    let content = html! {
        h1 { (title) }
        p.lead { (parts::line(&problem.message)) "." }
        @if let Some(hint) = &problem.hint { p { (parts::line(hint)) } }
        p.dim { "Status " (problem.status.as_u16()) " · " a href="/" { "Ask a question" } " · " a href="/documents" { "All documents" } }
    };
    show(problem.status, layout(title, Section::None, &content))
}

async fn style() -> Response {
    fixed("text/css; charset=utf-8", include_str!("style.css"))
}

async fn icon() -> Response {
    fixed("image/svg+xml", include_str!("icon.svg"))
}

/// A file that is part of the program.
fn fixed(kind: &'static str, text: &'static str) -> Response {
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"))];
    (headers, text).into_response()
}

/// The state every page's handler gets.
type Shared = State<super::State>;
