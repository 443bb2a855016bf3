//! What goes wrong with a request becomes a status, a kind, a message and the next step; JSON for programs, a page for people.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::engine::EngineError;
use crate::render::json::JsonError;

/// Why a request is not answered.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    kind: String,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Problem {
    /// A problem of a kind (one word).
    pub(super) fn new(status: StatusCode, kind: &str, message: impl Into<String>) -> Self {
        Self { status, kind: kind.to_owned(), message: message.into(), hint: None }
    }

    /// The same with the next step.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The request does not say what it must.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "usage", message)
    }

    /// What is asked for by a right name is not there.
    pub(super) fn absent(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// Two parts of the request contradict each other.
    pub(super) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "usage", message)
    }

    /// Too many wait already.
    pub(super) fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many requests are waiting").hint("try again in a moment")
    }

    /// It took too long.
    pub(super) fn slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "timeout", "the request took too long")
    }

    /// The program has a fault, or the index cannot be opened any more.
    pub(super) fn broken() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the request could not be carried out")
    }

    /// Nothing is at this address.
    pub(super) fn nowhere() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is nothing at this address")
    }

    /// The kind, one word.
    #[cfg(test)]
    pub(super) fn kind(&self) -> &str {
        &self.kind
    }

    /// As a document for programs.
    pub(super) fn json(&self) -> JsonError {
        JsonError::new(&self.kind, &self.message, self.hint.as_deref(), None)
    }

    /// As an answer for programs.
    pub(super) fn into_json(self) -> Response {
        let body = serde_json::to_string_pretty(&self.json()).unwrap_or_default() + "\n";
        let kind = HeaderValue::from_static("application/json");
        let mut response = (self.status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        let status = match &error {
            EngineError::Index(_) => StatusCode::INTERNAL_SERVER_ERROR,
            EngineError::NoDocument { .. } | EngineError::NoOutlet { .. } => StatusCode::NOT_FOUND,
            EngineError::Ambiguous { .. } => StatusCode::CONFLICT,
            EngineError::NoQuestion | EngineError::TooLong { .. } => StatusCode::BAD_REQUEST,
        };
        Self { hint: hint(&error), ..Self::new(status, error.kind(), error.to_string()) }
    }
}

/// The next step; what the command line would do is no step for a client.
fn hint(error: &EngineError) -> Option<String> {
    match error {
        EngineError::NoDocument { .. } => Some("the list of documents names them all".to_owned()),
        EngineError::NoQuestion => None,
        other => other.hint(),
    }
}

impl From<serde_json::Error> for Problem {
    fn from(_: serde_json::Error) -> Self {
        Self::broken()
    }
}
