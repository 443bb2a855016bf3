//! The history of an utterance becomes `sayso.trace/1`.

use serde::Serialize;

use super::verdict::JsonPrinted;
use super::{JsonDocument, JsonSpan, JsonSpeaker, JsonWarning, Places};
use crate::engine::{Printing, Trace, Warning};
use crate::verification::{Difference, Operation, Wording};

/// One step from the first printing's words to those printed here.
#[derive(Clone, Debug, Serialize)]
struct JsonStep {
    op: Operation,
    first: String,
    here: String,
}

impl JsonStep {
    /// What a diff calls the given words are the first printing's: the words it puts in are those cut here.
    fn new(step: &Difference) -> Self {
        let op = match step.operation {
            Operation::Insert => Operation::Delete,
            Operation::Delete => Operation::Insert,
            same => same,
        };
        Self { op, first: step.given.clone(), here: step.source.clone() }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonPrinting {
    document: JsonDocument,
    copy_of: Option<String>,
    text: String,
    span: JsonSpan,
    speaker: Option<JsonSpeaker>,
    wording: Wording,
    asked: Wording,
    diff: Vec<JsonStep>,
}

impl JsonPrinting {
    fn new(printing: &Printing, places: &dyn Places) -> Self {
        Self {
            document: JsonDocument::from(printing.document.as_ref()),
            copy_of: printing.copy_of.as_ref().map(|document| document.id.clone()),
            text: printing.text.clone(),
            span: JsonSpan::new(&places.characters(&printing.document, printing.span), printing.span),
            speaker: printing.speaker.as_ref().map(JsonSpeaker::from),
            wording: printing.wording,
            asked: printing.asked,
            diff: printing.diff.iter().map(JsonStep::new).collect(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonCredit {
    speaker: JsonSpeaker,
    documents: usize,
}

/// `sayso.trace/1`
#[derive(Debug, Serialize)]
pub struct JsonTrace {
    schema: &'static str,
    quote: String,
    status: &'static str,
    measure: Option<String>,
    support: JsonPrinted,
    credited: Vec<JsonCredit>,
    printings: Vec<JsonPrinting>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<JsonWarning>,
}

impl JsonTrace {
    /// The same with what the user should know beside it.
    #[must_use]
    pub fn warned(self, warnings: &[Warning]) -> Self {
        Self { warnings: warnings.iter().map(JsonWarning::from).collect(), ..self }
    }

    /// Who printed an utterance, in order of date, and what each changed.
    #[must_use]
    pub fn new(trace: &Trace, places: &dyn Places) -> Self {
        let earliest = trace.printings.first().map(|printing| printing.document.as_ref()).filter(|first| first.published.is_some());
        let credit = |(speaker, documents): &(crate::quotation::Speaker, usize)| JsonCredit {
            speaker: JsonSpeaker::from(speaker),
            documents: *documents,
        };
        Self {
            schema: "sayso.trace/1",
            quote: trace.quote.clone(),
            status: if trace.printings.is_empty() { "not_found" } else { "found" },
            measure: (!trace.printings.is_empty()).then(|| trace.measure.clone()),
            support: JsonPrinted { documents: trace.documents, independent: trace.independent, earliest: earliest.map(JsonDocument::from) },
            credited: trace.credited.iter().map(credit).collect(),
            printings: trace.printings.iter().map(|printing| JsonPrinting::new(printing, places)).collect(),
            warnings: Vec::new(),
        }
    }
}
