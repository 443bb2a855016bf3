//! How an answer came about: question, passages with their score parts, candidates, gates.

use serde_json::{Value, json};

use crate::engine::Explanation;

fn parts(parts: &[(&'static str, f32)]) -> Value {
    let rounded = |value: f32| (f64::from(value) * 1000.0).round() / 1000.0;
    Value::Object(parts.iter().map(|&(name, value)| (name.to_owned(), json!(rounded(value)))).collect())
}

/// The explanation as JSON (`explanation` in `sayso.answer/1`; its shape may change).
#[must_use]
pub fn json(explanation: &Explanation) -> Value {
    let passages: Vec<Value> = explanation
        .passages
        .iter()
        .map(|passage| {
            let record = &passage.record;
            json!({"document": record.document.id, "byte_start": record.span.start, "byte_end": record.span.end,
                   "score": passage.score, "parts": parts(&passage.parts)})
        })
        .collect();
    let candidates: Vec<Value> = explanation
        .candidates
        .iter()
        .map(|(text, candidate)| {
            json!({"text": text, "passage": candidate.passage, "score": candidate.score, "parts": parts(&candidate.parts)})
        })
        .collect();
    json!({"focus": explanation.focus, "terms": explanation.terms, "passages": passages, "candidates": candidates,
           "gates": explanation.gates})
}

/// The explanation as lines of text, indented by two blanks.
#[must_use]
pub fn text(explanation: &Explanation) -> String {
    let mut out = format!("  type {}; focus: {}\n", explanation.answer_type, explanation.focus.join(" "));
    out.push_str(&format!("  terms: {}\n  passages:\n", explanation.terms.join(" ")));
    for passage in &explanation.passages {
        let record = &passage.record;
        out.push_str(&format!("    {:7.3}  {}:{}-{}", passage.score, record.document.id, record.span.start, record.span.end));
        out.push_str(&list(&passage.parts));
    }
    out.push_str("  candidates:\n");
    for (words, candidate) in &explanation.candidates {
        out.push_str(&format!("    {:7.3}  “{}” (passage {})", candidate.score, super::page::one_line(words), candidate.passage));
        out.push_str(&list(&candidate.parts));
    }
    for gate in &explanation.gates {
        out.push_str(&format!("  gate: {gate}\n"));
    }
    out
}

fn list(parts: &[(&'static str, f32)]) -> String {
    let shown: Vec<String> = parts.iter().map(|(name, value)| format!("{name} {value:.2}")).collect();
    if shown.is_empty() { "\n".to_owned() } else { format!("  [{}]\n", shown.join(", ")) }
}
