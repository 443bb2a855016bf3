//! What came of a question becomes `sayso.answer/1`.

use serde::Serialize;

use super::{JsonDocument, JsonSpan, JsonSpeaker, JsonWarning, Places, Texts, rounded};
use crate::answer::{Answer, Citation, Member, NoAnswer, Outcome};
use crate::engine::Asked;
use crate::engine::conversation::Unclear;
use crate::question::AnswerType;

/// A cited sentence.
#[derive(Clone, Debug, Serialize)]
pub struct JsonCitation {
    document: JsonDocument,
    sentence: String,
    span: JsonSpan,
    answer_span: JsonSpan,
    speaker: Option<JsonSpeaker>,
    quoted: bool,
    /// "metadata" where the text does not print it: `sentence` is empty then.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// How a citation is written.
type Cite<'c> = &'c dyn Fn(&Citation) -> JsonCitation;

impl JsonCitation {
    /// The same with what verifies it again: the characters around the sentence.
    fn verifiable(citation: &Citation, texts: &dyn Texts) -> Self {
        let plain = Self::new(citation, texts);
        if citation.is_from_metadata() {
            return plain;
        }
        let (before, after) = texts.surroundings(&citation.document, citation.span);
        Self { before: Some(before), after: Some(after), ..plain }
    }

    fn new(citation: &Citation, places: &dyn Places) -> Self {
        let place = |span| JsonSpan::new(&places.characters(&citation.document, span), span);
        Self {
            document: JsonDocument::from(citation.document.as_ref()),
            sentence: citation.sentence.clone(),
            span: place(citation.span),
            answer_span: place(citation.answer_span),
            speaker: citation.speaker.as_ref().map(JsonSpeaker::from),
            quoted: citation.quoted,
            from: citation.is_from_metadata().then_some("metadata"),
            before: None,
            after: None,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct JsonValue {
    number: f64,
    unit: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonMember {
    text: String,
    citation: JsonCitation,
}

#[derive(Clone, Debug, Serialize)]
struct JsonSupport {
    documents: usize,
    independent: usize,
}

#[derive(Clone, Debug, Serialize)]
struct JsonAnswer {
    text: String,
    confidence: f64,
    value: Option<JsonValue>,
    /// ISO 8601, of a date; told from the day of publication where the words do not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    members: Option<Vec<JsonMember>>,
    citations: Vec<JsonCitation>,
    support: JsonSupport,
    /// Documents that say so and are not cited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_in: Vec<JsonDocument>,
}

impl JsonAnswer {
    fn new(answer: &Answer, cite: Cite<'_>) -> Self {
        let member = |member: &Member| JsonMember { text: member.text.clone(), citation: cite(&member.citation) };
        Self {
            text: answer.text.clone(),
            confidence: rounded(answer.confidence),
            value: answer.value.as_ref().map(|value| JsonValue { number: value.number, unit: value.unit.clone() }),
            date: answer.date.as_ref().map(|date| date.iso.clone()),
            members: answer.members.as_ref().map(|members| members.iter().map(member).collect()),
            citations: answer.citations.iter().map(cite).collect(),
            support: JsonSupport { documents: answer.support.documents, independent: answer.support.independent },
            also_in: answer.also.iter().map(|document| JsonDocument::from(document.as_ref())).collect(),
        }
    }
}

/// Answers that disagree.
#[derive(Clone, Debug, Serialize)]
struct JsonConflict {
    answers: Vec<usize>,
    texts: Vec<String>,
}

/// `sayso.answer/1`
#[derive(Debug, Serialize)]
pub struct JsonOutcome {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    question: String,
    /// The question as asked, where it leaned on others before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<String>,
    /// Stands for the conversation so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<String>,
    /// What the question may be about, where that is not clear.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<String>,
    answer_type: AnswerType,
    status: &'static str,
    reason: Option<String>,
    answers: Vec<JsonAnswer>,
    conflicts: Vec<JsonConflict>,
    nearest: Vec<JsonCitation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<JsonWarning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<serde_json::Value>,
}

impl JsonOutcome {
    /// The same in a conversation: as it was asked, where that was in other words, and what stands for the conversation.
    #[must_use]
    pub fn in_conversation(self, asked: Option<String>, session: String) -> Self {
        Self { asked, session: Some(session), ..self }
    }

    /// A question of which it is not clear what it means.
    #[must_use]
    pub fn unclear(words: &str, unclear: &Unclear, session: String) -> Self {
        Self {
            schema: "sayso.answer/1",
            id: None,
            question: words.to_owned(),
            asked: None,
            session: Some(session),
            candidates: unclear.candidates.clone(),
            answer_type: AnswerType::Thing,
            status: "unanswered",
            reason: Some(unclear.to_string()),
            answers: Vec::new(),
            conflicts: Vec::new(),
            nearest: Vec::new(),
            warnings: Vec::new(),
            explanation: None,
        }
    }

    /// What came of a question; `id` is the batch line's own.
    #[must_use]
    pub fn new(asked: &Asked, id: Option<serde_json::Value>, places: &dyn Places) -> Self {
        Self::citing(asked, id, &|citation| JsonCitation::new(citation, places))
    }

    /// The same with what verifies every citation again.
    #[must_use]
    pub fn passport(asked: &Asked, texts: &dyn Texts) -> Self {
        Self::citing(asked, None, &|citation| JsonCitation::verifiable(citation, texts))
    }

    fn citing(asked: &Asked, id: Option<serde_json::Value>, cite: Cite<'_>) -> Self {
        let empty = Self {
            schema: "sayso.answer/1",
            id,
            question: asked.question.words.clone(),
            asked: None,
            session: None,
            candidates: Vec::new(),
            answer_type: asked.question.answer_type,
            status: "unanswered",
            reason: None,
            answers: Vec::new(),
            conflicts: Vec::new(),
            nearest: Vec::new(),
            warnings: asked.warnings.iter().map(JsonWarning::from).collect(),
            explanation: asked.explanation.as_ref().map(crate::render::explain::json),
        };
        match &asked.outcome {
            Outcome::Unanswered(NoAnswer { reason, nearest }) => {
                let nearest = nearest.iter().map(cite).collect();
                Self { reason: Some(reason.clone()), nearest, ..empty }
            }
            Outcome::Answered { answers, conflicts } => {
                let text = |&position: &usize| answers.get(position).map(|answer| answer.text.clone());
                let conflict = |found: &crate::answer::Conflict| JsonConflict {
                    answers: found.answers.clone(),
                    texts: found.answers.iter().filter_map(text).collect(),
                };
                let conflicts = conflicts.iter().map(conflict).collect();
                let answers = answers.iter().map(|answer| JsonAnswer::new(answer, cite)).collect();
                Self { status: "answered", answers, conflicts, ..empty }
            }
        }
    }
}
