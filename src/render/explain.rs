//! How an answer came about: question, passages, candidates, gates; in sentences for people, with all figures in JSON.

use serde_json::{Value, json};

use super::page::{Ink, Page, one_line};
use super::terminal::source;
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

/// Passages and candidates shown in text.
const SHOWN: usize = 5;

impl Page {
    /// The explanation in sentences for people; the figures stand in the JSON.
    #[must_use]
    pub fn explanation(&self, explanation: &Explanation) -> String {
        let Explanation { answer_type, focus, terms, passages, candidates, gates } = explanation;
        let kind = if focus.is_empty() { answer_type.clone() } else { format!("{answer_type}: {}", focus.join(" ")) };
        let mut out = self.paragraph(&format!("Asked for ({kind}). Looked for: {}.", terms.join(", ")), None, Ink::Plain, 2);
        out.push_str(&heading("Passages read", passages.len()));
        for (number, passage) in passages.iter().take(SHOWN).enumerate() {
            let words = format!("{}. {}: {} …", number + 1, source(&passage.record.document), opening(&passage.record.text));
            out.push_str(&self.paragraph(&words, None, Ink::Plain, 4));
        }
        out.push_str(&heading("Answers weighed", candidates.len()));
        for (number, (words, candidate)) in candidates.iter().take(SHOWN).enumerate() {
            let words = format!("{}. “{}”, in passage {}", number + 1, one_line(words), candidate.passage + 1);
            out.push_str(&self.paragraph(&words, None, Ink::Plain, 4));
        }
        if gates.len() > 1 {
            out.push_str(&heading("Held against the whole question", gates.len()));
        }
        for gate in gates {
            out.push_str(&self.paragraph(gate, None, Ink::Plain, if gates.len() > 1 { 4 } else { 2 }));
        }
        out
    }
}

fn heading(what: &str, count: usize) -> String {
    if count == 0 { String::new() } else { format!("  {what} ({count}), the likeliest first:\n") }
}

/// The first words of a passage.
fn opening(text: &str) -> String {
    one_line(&text.split_whitespace().take(12).collect::<Vec<_>>().join(" "))
}
