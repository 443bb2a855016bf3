//! The engine's answers: what must be in them, and when they are not whole.

use serde::Deserialize;
use serde_json::Value;

/// An answer that can tell whether it is whole.
pub(super) trait Whole {
    /// Whether status 409 is an answer, too: somebody else was first.
    const CONFLICTS: bool = false;

    /// Why it is not whole.
    fn fault(&self) -> Option<String>;

    /// The answer that stands for status 409, as JSON.
    fn conflict() -> Vec<u8> {
        Vec::new()
    }
}

/// How many parts of an index answered.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Shards {
    total: u32,
    successful: u32,
    failed: u32,
}

impl Shards {
    fn fault(self) -> Option<String> {
        let part = self.failed > 0 || self.successful < self.total;
        part.then(|| format!("{} of {} shards did not answer", self.total.saturating_sub(self.successful).max(self.failed), self.total))
    }
}

/// An error, as the engine words it.
#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    #[serde(default)]
    error: Option<Value>,
    #[serde(default)]
    found: Option<bool>,
    #[serde(default)]
    result: Option<String>,
}

impl Failure {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes)
            .ok()
            .filter(|failure: &Self| failure.error.is_some() || failure.found.is_some() || failure.result.is_some())
    }

    /// Whether it only says that there is no such document or index.
    pub(super) fn is_absence(&self) -> bool {
        match &self.error {
            None => self.found == Some(false) || self.result.as_deref() == Some("not_found"),
            Some(error) => kind(error) == "index_not_found_exception",
        }
    }

    /// Whether another moment may do better, whatever the status.
    pub(super) fn is_passing(&self) -> bool {
        self.error
            .as_ref()
            .is_some_and(|error| is_passing(kind(error)) || kind(error) == "search_phase_execution_exception" && is_shaken(error))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.error {
            Some(error) => formatter.write_str(&told(error)),
            None => formatter.write_str("there is no such thing"),
        }
    }
}

fn kind(error: &Value) -> &str {
    error.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// Kinds of errors that a cluster gives while it gets over the loss of a node, or is busy.
fn is_passing(kind: &str) -> bool {
    const PASSING: [&str; 14] = [
        "es_rejected_execution_exception",
        "rejected_execution_exception",
        "no_shard_available_action_exception",
        "node_not_connected_exception",
        "node_disconnected_exception",
        "connect_transport_exception",
        "unavailable_shards_exception",
        "master_not_discovered_exception",
        "cluster_block_exception",
        "process_cluster_event_timeout_exception",
        "shard_not_found_exception",
        "receive_timeout_transport_exception",
        "node_closed_exception",
        "illegal_index_shard_state_exception",
    ];
    PASSING.contains(&kind)
}

/// Whether a search failed because shards were not there, or for a reason that passes.
fn is_shaken(error: &Value) -> bool {
    let causes = error.get("root_cause").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    causes.is_empty() || causes.iter().any(|cause| is_passing(kind(cause)))
}

/// What an error says, in one line.
pub(super) fn told(error: &Value) -> String {
    if let Some(words) = error.as_str() {
        return words.to_owned();
    }
    let reason = |error: &Value| error.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
    let cause = error.get("caused_by").map(reason).filter(|cause| !cause.is_empty()).map(|cause| format!(" ({cause})"));
    format!("{}: {}{}", kind(error), reason(error), cause.unwrap_or_default())
}

/// Whether an error of one item of several passes.
pub(super) fn passes(error: &Value) -> bool {
    is_passing(kind(error))
}

/// The answer to a search.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>"))]
pub(super) struct Searched<S> {
    timed_out: bool,
    #[serde(rename = "_shards")]
    shards: Shards,
    pub(super) hits: Hits<S>,
    #[serde(default)]
    pub(super) aggregations: Option<Value>,
}

/// What a search found.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>"))]
pub(super) struct Hits<S> {
    #[serde(default)]
    pub(super) total: Option<Total>,
    pub(super) hits: Vec<S>,
}

/// How much a search found.
#[derive(Debug, Deserialize)]
pub(super) struct Total {
    pub(super) value: u64,
    relation: String,
}

impl<S> Searched<S> {
    /// How many entries fit, where that was counted to the end.
    pub(super) fn total(&self) -> Option<u64> {
        self.hits.total.as_ref().filter(|total| total.relation == "eq").map(|total| total.value)
    }
}

impl<S> Whole for Searched<S> {
    fn fault(&self) -> Option<String> {
        self.timed_out.then(|| "it took the engine too long".to_owned()).or_else(|| self.shards.fault())
    }
}

/// The answer to several searches at once.
#[derive(Debug, Deserialize)]
pub(super) struct SearchedAll {
    pub(super) responses: Vec<OneOf<Searched<Value>>>,
}

/// One answer of several, or why there is none.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOf<T> {
    Failed { error: Value },
    Answered(T),
}

impl Whole for SearchedAll {
    fn fault(&self) -> Option<String> {
        self.responses.iter().find_map(|one| match one {
            OneOf::Failed { error } => Some(told(error)),
            OneOf::Answered(answer) => {
                answer.fault().or_else(|| answer.total().is_none().then(|| "it did not count to the end".to_owned()))
            }
        })
    }
}

/// How many entries there are.
#[derive(Debug, Deserialize)]
pub(super) struct Counted {
    pub(super) count: u64,
    #[serde(rename = "_shards")]
    shards: Shards,
}

impl Whole for Counted {
    fn fault(&self) -> Option<String> {
        self.shards.fault()
    }
}

/// Several documents by identifier, in the order asked for.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>"))]
pub(super) struct Gotten<S> {
    pub(super) docs: Vec<OneOf<Document<S>>>,
}

impl<S> Whole for Gotten<S> {
    fn fault(&self) -> Option<String> {
        self.docs.iter().find_map(|one| match one {
            OneOf::Failed { error } => Some(told(error)),
            OneOf::Answered(_) => None,
        })
    }
}

/// A document by identifier.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>"))]
pub(super) struct Document<S> {
    pub(super) found: bool,
    #[serde(rename = "_source", default = "none")]
    pub(super) source: Option<S>,
    #[serde(rename = "_seq_no", default)]
    pub(super) number: Option<i64>,
    #[serde(rename = "_primary_term", default)]
    pub(super) term: Option<i64>,
}

fn none<S>() -> Option<S> {
    None
}

impl<S> Whole for Document<S> {
    fn fault(&self) -> Option<String> {
        (self.found && self.source.is_none()).then(|| "the document came without its content".to_owned())
    }
}

/// The answer to the writing of one document.
#[derive(Debug, Deserialize)]
pub(super) struct Written {
    pub(super) result: String,
    #[serde(rename = "_seq_no", default)]
    pub(super) number: Option<i64>,
    #[serde(rename = "_primary_term", default)]
    pub(super) term: Option<i64>,
}

/// What [`Written::result`] is where somebody else was first.
pub(super) const CONFLICT: &str = "conflict";

impl Whole for Written {
    const CONFLICTS: bool = true;

    fn fault(&self) -> Option<String> {
        None
    }

    fn conflict() -> Vec<u8> {
        format!("{{\"result\":\"{CONFLICT}\"}}").into_bytes()
    }
}

/// The answer to writing many at once.
#[derive(Debug, Deserialize)]
pub(super) struct BulkWritten {
    pub(super) errors: bool,
    pub(super) items: Vec<std::collections::BTreeMap<String, Item>>,
}

/// What became of one of many.
#[derive(Debug, Deserialize)]
pub(super) struct Item {
    #[serde(rename = "_id", default)]
    pub(super) id: Option<String>,
    pub(super) status: u16,
    #[serde(default)]
    pub(super) error: Option<Value>,
}

impl Whole for BulkWritten {
    /// Items are looked at one by one.
    fn fault(&self) -> Option<String> {
        None
    }
}

/// The answer to what is only done or not.
#[derive(Debug, Deserialize)]
pub(super) struct Acknowledged {
    acknowledged: bool,
}

impl Whole for Acknowledged {
    fn fault(&self) -> Option<String> {
        (!self.acknowledged).then(|| "the engine did not do it in time".to_owned())
    }
}

/// The answer to a refresh: copies that are gone may be missing, primaries may not fail.
#[derive(Debug, Deserialize)]
pub(super) struct Refreshed {
    #[serde(rename = "_shards")]
    shards: Shards,
}

impl Whole for Refreshed {
    fn fault(&self) -> Option<String> {
        (self.shards.failed > 0).then(|| format!("{} shards did not take up what was written", self.shards.failed))
    }
}

/// Any answer, taken as it is.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Anything(pub(super) Value);

impl Whole for Anything {
    fn fault(&self) -> Option<String> {
        None
    }
}
