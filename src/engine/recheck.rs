//! Saved citations are verified again: each is unchanged, moved, changed or gone.

use serde_json::Value;

use super::{Engine, EngineError};
use crate::span::{CharIndex, Span};

/// A citation found in a saved result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The document's id.
    pub document: String,
    /// The digest of the file then.
    pub digest: Option<String>,
    /// The words cited.
    pub words: String,
    /// Where they stood, in bytes.
    pub span: Span,
}

/// What has become of a saved citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The words stand where they stood.
    Unchanged,
    /// They stand elsewhere in the document.
    Moved {
        /// Where now, in bytes.
        to: Span,
    },
    /// The document is there, the words are not.
    Changed,
    /// The document is gone.
    Gone,
}

/// A saved citation and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rechecked {
    /// The citation.
    pub saved: Saved,
    /// What has become of it.
    pub state: State,
}

impl Saved {
    /// All citations, matches and quotations anywhere in a JSON document that sayso printed.
    #[must_use]
    pub fn all(value: &Value) -> Vec<Self> {
        let mut found = Vec::new();
        collect(value, &mut found);
        found
    }

    fn from_object(value: &Value) -> Option<Self> {
        let document = value.get("document")?;
        let span = value.get("span")?;
        let byte = |name: &str| span.get(name).and_then(Value::as_u64).and_then(|byte| usize::try_from(byte).ok());
        let words = value.get("sentence").or_else(|| value.get("text"))?.as_str()?;
        let digest = document.get("digest").and_then(Value::as_str).map(str::to_owned);
        let span = Span::new(byte("byte_start")?, byte("byte_end")?);
        Some(Self { document: document.get("id")?.as_str()?.to_owned(), digest, words: words.to_owned(), span })
    }
}

fn collect(value: &Value, found: &mut Vec<Saved>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => {
            found.extend(Saved::from_object(value).filter(|saved| !found.contains(saved)));
            fields.values().for_each(|field| collect(field, found));
        }
        _ => {}
    }
}

impl Engine {
    /// What has become of saved citations, as far as the index knows.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn recheck(&self, saved: &[Saved]) -> Result<Vec<Rechecked>, EngineError> {
        saved.iter().map(|saved| Ok(Rechecked { saved: saved.clone(), state: self.state(saved)? })).collect()
    }

    fn state(&self, saved: &Saved) -> Result<State, EngineError> {
        let Some(document) = self.index.document(&saved.document)? else { return Ok(State::Gone) };
        let text = self.text(&document)?;
        if !saved.words.is_empty() && saved.span.slice(&text) == saved.words {
            return Ok(State::Unchanged);
        }
        let elsewhere = nearest(&text, &saved.words, saved.span.start);
        Ok(elsewhere.map_or(State::Changed, |start| State::Moved { to: Span::new(start, start + saved.words.len()) }))
    }
}

/// The occurrence of `words` that begins nearest to byte `start`.
fn nearest(text: &str, words: &str, start: usize) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    text.match_indices(words).map(|(at, _)| at).min_by_key(|&at| (at.abs_diff(start), at))
}

impl Rechecked {
    /// The characters of the new place, where there is one.
    #[must_use]
    pub fn moved_to(&self, text: &str) -> Option<(usize, usize)> {
        let State::Moved { to } = self.state else { return None };
        let characters = CharIndex::new(text);
        Some((characters.chars_before(to.start), characters.chars_before(to.end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_found_wherever_they_stand() {
        let value = serde_json::json!({"answers": [{"citations": [
            {"document": {"id": "a.txt", "digest": "d"}, "sentence": "It rained.", "span": {"start": 3, "end": 13, "byte_start": 4, "byte_end": 14}}]}]});
        let saved = Saved { document: "a.txt".into(), digest: Some("d".into()), words: "It rained.".into(), span: Span::new(4, 14) };
        assert_eq!(Saved::all(&value), [saved]);
    }

    #[test]
    fn the_nearest_occurrence_counts() {
        assert_eq!(nearest("rain, rain, rain", "rain", 7), Some(6));
        assert_eq!(nearest("rain", "snow", 0), None);
    }
}
