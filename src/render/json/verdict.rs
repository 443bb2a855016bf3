//! What was found about a quote becomes `sayso.quotecheck/1`.

use serde::Serialize;

use super::{JsonDocument, JsonSpan, JsonSpeaker, Places, rounded};
use crate::verification::{Attribution, Context, Difference, Match, Operation, Verdict, Wording};

#[derive(Clone, Debug, Serialize)]
struct JsonDifference {
    op: Operation,
    source: String,
    given: String,
}

impl From<&Difference> for JsonDifference {
    fn from(step: &Difference) -> Self {
        Self { op: step.operation, source: step.source.clone(), given: step.given.clone() }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonMatch {
    document: JsonDocument,
    text: String,
    span: JsonSpan,
    similarity: f32,
    diff: Vec<JsonDifference>,
    speaker: Option<JsonSpeaker>,
    passage: String,
}

impl JsonMatch {
    fn new(found: &Match, places: &dyn Places) -> Self {
        Self {
            document: JsonDocument::from(found.document.as_ref()),
            text: found.text.clone(),
            span: JsonSpan::new(&places.characters(&found.document, found.span), found.span),
            similarity: rounded(found.similarity),
            diff: found.diff.iter().map(JsonDifference::from).collect(),
            speaker: found.speaker.as_ref().map(JsonSpeaker::from),
            passage: found.passage.clone(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct JsonPrinted {
    pub(super) documents: usize,
    pub(super) independent: usize,
    pub(super) earliest: Option<JsonDocument>,
}

/// `sayso.quotecheck/1`
#[derive(Debug, Serialize)]
pub struct JsonVerdict {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    quote: String,
    claimed_speaker: Option<String>,
    wording: Wording,
    attribution: Option<Attribution>,
    context: Option<Context>,
    speaker: Option<JsonSpeaker>,
    support: JsonPrinted,
    matches: Vec<JsonMatch>,
}

impl JsonVerdict {
    /// What was found about a quote; `id` is the batch line's own.
    #[must_use]
    pub fn new(verdict: &Verdict, id: Option<serde_json::Value>, places: &dyn Places) -> Self {
        Self {
            schema: "sayso.quotecheck/1",
            id,
            quote: verdict.quote.clone(),
            claimed_speaker: verdict.claimed_speaker.clone(),
            wording: verdict.wording,
            attribution: verdict.attribution,
            context: verdict.context,
            speaker: verdict.speaker.as_ref().map(JsonSpeaker::from),
            support: JsonPrinted {
                documents: verdict.documents,
                independent: verdict.independent,
                earliest: verdict.earliest.as_deref().map(JsonDocument::from),
            },
            matches: verdict.matches.iter().map(|found| JsonMatch::new(found, places)).collect(),
        }
    }
}
