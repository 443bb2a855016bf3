//! Routes below `/api`: the same JSON documents that the commands print with `--json`, and errors in the same form.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use super::request::{self, AskRequest, ListRequest, Part, PlaceRequest, QuoteRequest, QuotesRequest, TraceRequest};
use super::{guard, openapi};
use crate::engine::Engine;
use crate::engine::conversation::{Memory, Turn};
use crate::render::json::{JsonDocuments, JsonOutcome, JsonPeople, JsonQuotations, JsonShown, JsonStatus, JsonTrace, JsonVerdict};
use crate::span::{CharIndex, Span};

/// How many of a list are told where nobody says how many.
const USUAL: usize = 20;

/// All routes.
pub(super) fn routes() -> Router<super::State> {
    Router::new()
        .route("/ask", get(ask).post(ask))
        .route("/who", get(who).post(who))
        .route("/trace", get(trace).post(trace))
        .route("/quotes", get(quotes))
        .route("/people", get(people))
        .route("/documents", get(documents))
        .route("/documents/{*id}", get(document))
        .route("/status", get(status))
        .route("/openapi.json", get(openapi::document))
        .fallback(async || guard::shown(Problem::nowhere(), true))
        .method_not_allowed_fallback(async || guard::shown(not_allowed(), true))
}

/// The address is right, what is to be done there is not.
pub(super) fn not_allowed() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this address is only read").hint("use GET")
}

/// What a request says: in its address, or where it has a body, in that.
struct Said {
    method: Method,
    uri: Uri,
    body: Result<Bytes, Problem>,
}

impl<S: Send + Sync> axum::extract::FromRequest<S> for Said {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Self::Rejection> {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let json = is_json(request.headers());
        let body = if method != Method::POST {
            Ok(Bytes::new())
        } else if json {
            Bytes::from_request(request, state).await.map_err(|rejection| unread(&rejection))
        } else {
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", "the body must be JSON")
                .hint("Content-Type: application/json"))
        };
        Ok(Self { method, uri, body })
    }
}

impl Said {
    fn read<T: DeserializeOwned>(self) -> Result<T, Problem> {
        if self.method == Method::POST { request::body(&self.body?) } else { request::query(&self.uri) }
    }

    /// All of it in one text; bodies that are not text, which no request is read from, are all the same.
    fn request(&self) -> String {
        let body = self.body.as_ref().map(|body| std::str::from_utf8(body).unwrap_or_default());
        format!("{} {}\n{}", self.method, self.uri, body.unwrap_or_default())
    }
}

/// Whether a body is said to be JSON: what no form of another site can send unasked.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn unread(rejection: &BytesRejection) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is too large")
            .hint("a question or a quote is sent by itself, and not a document"),
        _ => Problem::usage("the body broke off"),
    }
}

/// A document as its bytes: what was asked for, or an error in the same form.
fn respond(document: Result<Vec<u8>, Problem>) -> Response {
    let kind = HeaderValue::from_static("application/json");
    match document {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(problem) => guard::shown(problem, true),
    }
}

fn bytes(document: &impl Serialize) -> Result<Vec<u8>, Problem> {
    let mut bytes = serde_json::to_vec_pretty(document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Has a worker make a document.
async fn make<F>(state: super::State, job: F) -> Response
where
    F: FnOnce(&Engine) -> Result<Vec<u8>, Problem> + Send + 'static,
{
    let workers = Arc::clone(&state.workers);
    respond(workers.run(job).await)
}

/// Has a worker make a document, unless the same was asked for a moment ago.
async fn make_once<F>(state: super::State, said: Said, job: F) -> Response
where
    F: FnOnce(&Engine, Said) -> Result<Vec<u8>, Problem> + Send + 'static,
{
    let request = said.request();
    let workers = Arc::clone(&state.workers);
    respond(state.recent.once(request, workers.run(move |engine| job(engine, said))).await)
}

async fn ask(State(state): State<super::State>, said: Said) -> Response {
    make_once(state, said, |engine, said| {
        let request: AskRequest = said.read()?;
        match request.memory()? {
            Some(memory) => in_conversation(engine, &request, memory),
            None => bytes(&answer(engine, &request)?),
        }
    })
    .await
}

async fn who(State(state): State<super::State>, said: Said) -> Response {
    make_once(state, said, |engine, said| bytes(&verdict(engine, &said.read()?)?)).await
}

async fn trace(State(state): State<super::State>, said: Said) -> Response {
    make_once(state, said, |engine, said| bytes(&history(engine, &said.read()?)?)).await
}

async fn quotes(State(state): State<super::State>, uri: Uri) -> Response {
    make(state, move |engine| bytes(&quotations(engine, &request::query(&uri)?)?)).await
}

async fn people(State(state): State<super::State>, uri: Uri) -> Response {
    make(state, move |engine| {
        let part = list(&uri)?;
        let people = engine.people()?;
        bytes(&JsonPeople::new(part.of(&people), people.len()))
    })
    .await
}

async fn documents(State(state): State<super::State>, uri: Uri) -> Response {
    make(state, move |engine| {
        let part = list(&uri)?;
        let all = engine.documents()?;
        bytes(&JsonDocuments::new(part.of(&all), all.len()))
    })
    .await
}

async fn document(State(state): State<super::State>, Path(id): Path<String>, uri: Uri) -> Response {
    make(state, move |engine| bytes(&shown(engine, &id, request::query(&uri)?)?)).await
}

async fn status(State(state): State<super::State>, uri: Uri) -> Response {
    make(state, move |engine| {
        request::query::<Nothing>(&uri)?;
        bytes(&JsonStatus::new(&engine.status()?, false))
    })
    .await
}

/// No field at all.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

fn list(uri: &Uri) -> Result<Part, Problem> {
    let request: ListRequest = request::query(uri)?;
    Part::new(request.top, request.offset, USUAL)
}

/// What comes of a question.
pub(super) fn answer(engine: &Engine, request: &AskRequest) -> Result<JsonOutcome, Problem> {
    let asked = engine.ask(request.words()?, &request.options()?)?;
    Ok(JsonOutcome::new(&asked, None, engine))
}

/// What comes of a question that may lean on those before it.
fn in_conversation(engine: &Engine, request: &AskRequest, mut memory: Memory) -> Result<Vec<u8>, Problem> {
    let words = request.words()?;
    match engine.converse(&mut memory, words, &request.options()?)? {
        Turn::Asked { asked, resolved } => {
            let document = JsonOutcome::new(&asked, None, engine);
            bytes(&document.in_conversation(resolved.then(|| words.to_owned()), memory.token()))
        }
        Turn::Said(verdict) => {
            let warnings = engine.beside_verdict(&verdict, &request.options()?.constraints);
            bytes(&JsonVerdict::new(&verdict, None, engine).warned(&warnings))
        }
        Turn::Unclear(unclear) => bytes(&JsonOutcome::unclear(words, &unclear, memory.token())),
    }
}

/// What is found about a quote.
pub(super) fn verdict(engine: &Engine, request: &QuoteRequest) -> Result<JsonVerdict, Problem> {
    let limits = request.constraints()?;
    let verdict = engine.check(request.words()?, request.by()?.as_deref(), &limits)?;
    let told = if request.passport { JsonVerdict::passport(&verdict, engine) } else { JsonVerdict::new(&verdict, None, engine) };
    Ok(told.warned(&engine.beside_verdict(&verdict, &limits)))
}

/// Who printed an utterance.
pub(super) fn history(engine: &Engine, request: &TraceRequest) -> Result<JsonTrace, Problem> {
    let limits = request.constraints()?;
    let trace = engine.trace(request.words()?, &limits)?;
    Ok(JsonTrace::new(&trace, engine).warned(&engine.beside_trace(&trace, &limits)))
}

/// The quotations that fit.
pub(super) fn quotations(engine: &Engine, request: &QuotesRequest) -> Result<JsonQuotations, Problem> {
    let part = Part::new(request.top, request.offset, USUAL)?;
    let wanted = request.wanted()?;
    let (records, total) = engine.quotations(&wanted, part.end())?;
    let shown = records.get(part.offset.min(records.len())..).unwrap_or_default();
    Ok(JsonQuotations::new(shown, total, engine).warned(&engine.beside_quotations(shown, &wanted.constraints)))
}

/// A document's text with a place marked. Only documents of the index can be named, by their whole id or what else `show` understands.
pub(super) fn shown(engine: &Engine, id: &str, place: PlaceRequest) -> Result<JsonShown, Problem> {
    let document = engine.document(id)?;
    let text = engine.text(&document)?;
    let warnings = engine.stale(std::iter::once(document.as_ref()));
    Ok(JsonShown::new(&document, &text, span(&text, place)?).warned(&warnings))
}

/// A place given in characters.
pub(super) fn span(text: &str, place: PlaceRequest) -> Result<Option<Span>, Problem> {
    let (start, end) = match (place.start, place.end) {
        (None, None) => return Ok(None),
        (Some(start), Some(end)) => (start, end),
        (Some(start), None) => (start, usize::MAX),
        (None, Some(end)) => (0, end),
    };
    let characters = CharIndex::new(text);
    let length = characters.chars_before(text.len());
    let end = if end == usize::MAX { length } else { end };
    if start > end || end > length {
        return Err(Problem::absent(format!("{start}-{end} is not a place in it: it has {length} characters")));
    }
    Ok(Some(Span::new(characters.byte_at(start), characters.byte_at(end))))
}
