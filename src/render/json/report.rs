//! A dossier becomes `sayso.report/1`: every finding as its command would print it, with what verifies each citation again.

use serde::Serialize;

use super::people::JsonPerson;
use super::quotations::JsonQuotation;
use super::{JsonError, JsonOutcome, JsonVerdict, JsonWarning, Texts};
use crate::engine::{Entry, Finding, Holdings, Inquiry, Profile};

/// What was searched.
#[derive(Debug, Serialize)]
struct JsonHoldings {
    documents: usize,
    earliest: Option<String>,
    latest: Option<String>,
    outlets: Vec<String>,
}

/// `sayso.profile/1`
#[derive(Debug, Serialize)]
struct JsonProfile {
    schema: &'static str,
    name: String,
    status: &'static str,
    people: Vec<JsonPerson>,
    near: Vec<String>,
    total: usize,
    quotations: Vec<JsonQuotation>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum JsonFinding {
    Asked(Box<JsonOutcome>),
    Checked(Box<JsonVerdict>),
    Quoted(Box<JsonProfile>),
    Failed(JsonError),
}

#[derive(Debug, Serialize)]
struct JsonEntry {
    kind: &'static str,
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    finding: JsonFinding,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<JsonWarning>,
}

/// `sayso.report/1`
#[derive(Debug, Serialize)]
pub struct JsonReport {
    schema: &'static str,
    program: &'static str,
    title: String,
    searched: JsonHoldings,
    entries: Vec<JsonEntry>,
}

impl JsonReport {
    /// Everything that was looked into, in order.
    #[must_use]
    pub fn new(title: &str, holdings: &Holdings, entries: &[Entry], texts: &dyn Texts) -> Self {
        Self {
            schema: "sayso.report/1",
            program: concat!("sayso ", env!("CARGO_PKG_VERSION")),
            title: title.to_owned(),
            searched: JsonHoldings {
                documents: holdings.documents,
                earliest: holdings.days.map(|(first, _)| first.to_string()),
                latest: holdings.days.map(|(_, last)| last.to_string()),
                outlets: holdings.outlets.clone(),
            },
            entries: entries.iter().map(|entry| JsonEntry::new(entry, texts)).collect(),
        }
    }
}

impl JsonEntry {
    fn new(entry: &Entry, texts: &dyn Texts) -> Self {
        let (kind, words, by) = match &entry.inquiry {
            Inquiry::Question(words) => ("question", words, None),
            Inquiry::Quote { words, by } => ("quote", words, by.clone()),
            Inquiry::Person(name) => ("person", name, None),
        };
        let finding = match &entry.finding {
            Finding::Asked(asked) => JsonFinding::Asked(Box::new(JsonOutcome::passport(asked, texts))),
            Finding::Checked(verdict) => JsonFinding::Checked(Box::new(JsonVerdict::passport(verdict, texts))),
            Finding::Quoted(profile) => JsonFinding::Quoted(Box::new(JsonProfile::new(words, profile, texts))),
            Finding::Failed(error) => JsonFinding::Failed(JsonError::new(error.kind(), &error.to_string(), error.hint().as_deref(), None)),
        };
        Self { kind, words: words.clone(), by, finding, warnings: entry.warnings.iter().map(JsonWarning::from).collect() }
    }
}

impl JsonProfile {
    fn new(name: &str, profile: &Profile, texts: &dyn Texts) -> Self {
        Self {
            schema: "sayso.profile/1",
            name: name.to_owned(),
            status: if profile.total == 0 { "not_found" } else { "found" },
            people: profile.people.iter().map(JsonPerson::new).collect(),
            near: profile.near.clone(),
            total: profile.total,
            quotations: profile.quotations.iter().map(|record| JsonQuotation::verifiable(record, texts)).collect(),
        }
    }
}
