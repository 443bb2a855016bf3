//! What was found about a quote becomes `sayso.quotecheck/1`.

use serde::Serialize;

use super::{JsonDocument, JsonSpan, JsonSpeaker, JsonWarning, Places, Texts, rounded};
use crate::engine::Warning;
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
    similarity: f64,
    diff: Vec<JsonDifference>,
    speaker: Option<JsonSpeaker>,
    passage: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mention: Option<JsonMention>,
}

/// The words that name the speaker, and where they stand.
#[derive(Clone, Debug, Serialize)]
struct JsonMention {
    text: String,
    span: JsonSpan,
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
            before: None,
            after: None,
            mention: None,
        }
    }

    /// The same with what verifies it again: the characters around it, and where the speaker is named.
    fn verifiable(found: &Match, texts: &dyn Texts) -> Self {
        let (before, after) = texts.surroundings(&found.document, found.span);
        let named = found.speaker.as_ref().filter(|speaker| !speaker.mention_span.is_empty());
        let mention = named.map(|speaker| JsonMention {
            text: speaker.mention.clone(),
            span: JsonSpan::new(&texts.characters(&found.document, speaker.mention_span), speaker.mention_span),
        });
        Self { before: Some(before), after: Some(after), mention, ..Self::new(found, texts) }
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct JsonPrinted {
    pub(super) documents: usize,
    pub(super) independent: usize,
    pub(super) earliest: Option<JsonDocument>,
}

/// Where was searched.
#[derive(Clone, Debug, Serialize)]
struct JsonSearched {
    documents: usize,
}

/// `sayso.quotecheck/1`, and with what verifies it again `sayso.passport/1`.
#[derive(Debug, Serialize)]
pub struct JsonVerdict {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    quote: String,
    /// The words that were checked, where the quote came with its tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<String>,
    claimed_speaker: Option<String>,
    wording: Wording,
    attribution: Option<Attribution>,
    context: Option<Context>,
    speaker: Option<JsonSpeaker>,
    /// Whose view the document's own words report.
    #[serde(skip_serializing_if = "Option::is_none")]
    reported_speaker: Option<JsonSpeaker>,
    support: JsonPrinted,
    searched: JsonSearched,
    matches: Vec<JsonMatch>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<JsonWarning>,
}

impl JsonVerdict {
    /// What was found about a quote; `id` is the batch line's own.
    #[must_use]
    pub fn new(verdict: &Verdict, id: Option<serde_json::Value>, places: &dyn Places) -> Self {
        Self {
            schema: "sayso.quotecheck/1",
            program: None,
            id,
            quote: verdict.quote.clone(),
            checked: verdict.checked.clone(),
            claimed_speaker: verdict.claimed_speaker.clone(),
            wording: verdict.wording,
            attribution: verdict.attribution,
            context: verdict.context,
            speaker: verdict.speaker.as_ref().map(JsonSpeaker::from),
            reported_speaker: verdict.reported.as_ref().map(JsonSpeaker::from),
            support: JsonPrinted {
                documents: verdict.documents,
                independent: verdict.independent,
                earliest: verdict.earliest.as_deref().map(JsonDocument::from),
            },
            searched: JsonSearched { documents: verdict.searched },
            matches: verdict.matches.iter().map(|found| JsonMatch::new(found, places)).collect(),
            warnings: Vec::new(),
        }
    }

    /// The same with what the user should know beside it.
    #[must_use]
    pub fn warned(self, warnings: &[Warning]) -> Self {
        Self { warnings: warnings.iter().map(JsonWarning::from).collect(), ..self }
    }

    /// The verdict with everything needed to verify it again, by whatever program.
    #[must_use]
    pub fn passport(verdict: &Verdict, texts: &dyn Texts) -> Self {
        let matches = verdict.matches.iter().map(|found| JsonMatch::verifiable(found, texts)).collect();
        let program = Some(concat!("sayso ", env!("CARGO_PKG_VERSION")));
        Self { schema: "sayso.passport/1", program, matches, ..Self::new(verdict, None, texts) }
    }
}
