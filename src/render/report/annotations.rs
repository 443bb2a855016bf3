//! Everything a dossier cites becomes a page of W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>).
//!
//! Of an answer the sentence it stands in is annotated, of a quote that was checked the printed words with the verdict, of a person every
//! quotation. Each target tells the file and its digest, so that `sayso recheck` can verify it again.

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Citation, Outcome};
use crate::engine::{Entry, Finding, Inquiry};
use crate::index::{DocumentRecord, QuotationRecord};
use crate::quotation::Speaker;
use crate::render::json::{Texts, kind_name};
use crate::span::Span;
use crate::verification::{Match, Verdict};

/// Names that the standard has none for.
const NAMES: [(&str, &str); 2] = [("path", "urn:sayso:path"), ("digest", "urn:sayso:sha256")];

/// The annotations of a dossier.
pub(super) fn annotations(title: &str, entries: &[Entry], texts: &dyn Texts) -> Value {
    let mut items: Vec<Value> = entries.iter().flat_map(|entry| of_entry(entry, texts)).collect();
    for (number, item) in items.iter_mut().enumerate() {
        item["id"] = json!(format!("#annotation-{}", number + 1));
    }
    let names: Map<String, Value> = NAMES.iter().map(|&(name, meaning)| (name.to_owned(), json!(meaning))).collect();
    json!({"@context": ["http://www.w3.org/ns/anno.jsonld", names], "type": "AnnotationPage", "label": title, "items": items})
}

fn of_entry(entry: &Entry, texts: &dyn Texts) -> Vec<Value> {
    let (Inquiry::Question(words) | Inquiry::Quote { words, .. } | Inquiry::Person(words)) = &entry.inquiry;
    match &entry.finding {
        Finding::Asked(asked) => of_outcome(words, &asked.outcome, texts),
        Finding::Checked(verdict) => verdict.matches.iter().map(|found| of_match(words, verdict, found, texts)).collect(),
        Finding::Quoted(profile) => profile.quotations.iter().map(|record| of_quotation(record, texts)).collect(),
        Finding::Failed(_) => Vec::new(),
    }
}

fn of_outcome(question: &str, outcome: &Outcome, texts: &dyn Texts) -> Vec<Value> {
    let answers = match outcome {
        Outcome::Answered { answers, .. } => answers,
        Outcome::Unanswered(nothing) => {
            return nothing.nearest.iter().filter_map(|citation| of_citation(question, None, citation, texts)).collect();
        }
    };
    answers.iter().flat_map(|answer| of_answer(question, answer, texts)).collect()
}

fn of_answer(question: &str, answer: &Answer, texts: &dyn Texts) -> Vec<Value> {
    let cited = answer.citations.iter().filter_map(|citation| of_citation(question, Some(&answer.text), citation, texts));
    let members = answer.members.iter().flatten();
    cited.chain(members.filter_map(|member| of_citation(question, Some(&member.text), &member.citation, texts))).collect()
}

/// A sentence that answers a question, or came near it; nothing where the text does not print it.
fn of_citation(question: &str, answer: Option<&str>, citation: &Citation, texts: &dyn Texts) -> Option<Value> {
    if citation.is_from_metadata() {
        return None;
    }
    let found = match answer {
        Some(words) => body("describing", words),
        None => body("tagging", "not an answer"),
    };
    let bodies: Vec<Value> = [body("commenting", question), found].into_iter().chain(speaker(citation.speaker.as_ref())).collect();
    Some(annotation("highlighting", &bodies, &[target(&citation.document, citation.span, &citation.sentence, texts)]))
}

fn of_match(quote: &str, verdict: &Verdict, found: &Match, texts: &dyn Texts) -> Value {
    let name = |axis: &str, value: Value| value.as_str().map(|value| body("classifying", &format!("{axis}: {value}")));
    let axes =
        [name("wording", json!(verdict.wording)), name("attribution", json!(verdict.attribution)), name("context", json!(verdict.context))];
    let bodies: Vec<Value> =
        std::iter::once(body("commenting", quote)).chain(axes.into_iter().flatten()).chain(speaker(found.speaker.as_ref())).collect();
    annotation("assessing", &bodies, &[target(&found.document, found.span, &found.text, texts)])
}

fn of_quotation(record: &QuotationRecord, texts: &dyn Texts) -> Value {
    let pieces = record.quotation.pieces.iter().zip(&record.pieces);
    let targets: Vec<Value> = pieces.map(|(&span, words)| target(&record.document, span, words, texts)).collect();
    let kind = body("tagging", kind_name(record.quotation.kind));
    let bodies: Vec<Value> = speaker(record.quotation.speaker.as_ref()).into_iter().chain([kind]).collect();
    annotation("identifying", &bodies, &targets)
}

fn annotation(motivation: &str, bodies: &[Value], targets: &[Value]) -> Value {
    json!({"type": "Annotation", "motivation": motivation, "body": bodies, "target": targets})
}

fn body(purpose: &str, words: &str) -> Value {
    json!({"type": "TextualBody", "purpose": purpose, "value": words})
}

fn speaker(speaker: Option<&Speaker>) -> Vec<Value> {
    let role = |speaker: &Speaker| speaker.role.as_deref().map(|role| body("describing", role));
    speaker.map(|speaker| std::iter::once(body("identifying", &speaker.name)).chain(role(speaker)).collect()).unwrap_or_default()
}

/// The words by their place and by what stands around them.
fn target(document: &DocumentRecord, span: Span, words: &str, texts: &dyn Texts) -> Value {
    let (before, after) = texts.surroundings(document, span);
    let characters = texts.characters(document, span);
    json!({
        "source": {"id": document.id, "type": "Text", "path": document.path, "digest": document.digest},
        "selector": [
            {"type": "TextPositionSelector", "start": characters.start, "end": characters.end},
            {"type": "TextQuoteSelector", "exact": words, "prefix": before, "suffix": after}]})
}
