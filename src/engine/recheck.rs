//! Saved citations are verified again: each is unchanged, moved, changed or gone.
//!
//! The file itself decides, as it is now; where it cannot be reached because the whole folder it lay in is not there, what the index holds
//! of it. A file that was renamed is known by its digest.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::Value;

use super::{DocumentRecord, Engine, EngineError};
use crate::corpus::{Document, Found, Reader};
use crate::span::{CharIndex, Span};

/// Characters of context that a passport keeps on each side.
pub const CONTEXT: usize = 32;

/// A citation found in a saved result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The document's id.
    pub document: String,
    /// Where the file was.
    pub path: Option<String>,
    /// The digest of the file then.
    pub digest: Option<String>,
    /// The words cited.
    pub words: String,
    /// Where they stood, in bytes.
    pub span: Span,
    /// The characters before and after them, where they were kept.
    pub context: Option<(String, String)>,
}

/// What has become of a saved citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The words stand where they stood.
    Unchanged,
    /// They stand elsewhere in the document, or in a document of another name.
    Moved,
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
    /// Where the words stand now, in characters.
    pub place: Option<Range<usize>>,
    /// The document they stand in now, where it has another name.
    pub renamed: Option<String>,
    /// Whether the characters around the words are the same, where they were kept.
    pub surroundings: Option<bool>,
    /// Whether the file is byte for byte the one that was cited, where its digest was kept.
    pub same_file: Option<bool>,
}

impl Saved {
    /// All citations, matches and quotations anywhere in a JSON document that sayso printed.
    #[must_use]
    pub fn all(value: &Value) -> Vec<Self> {
        let mut found = Vec::new();
        collect(value, &mut found);
        found
    }

    /// The citations an object is: one, or for a quotation of several pieces one each.
    fn from_object(value: &Value) -> Vec<Self> {
        let Some(document) = value.get("document") else { return Vec::new() };
        match value.get("pieces").and_then(Value::as_array) {
            Some(pieces) => pieces.iter().filter_map(|piece| Self::cited(document, piece)).collect(),
            None => Self::cited(document, value).into_iter().collect(),
        }
    }

    /// Words of a document with their span. Of a document shown, the words marked count, not all its text.
    fn cited(document: &Value, value: &Value) -> Option<Self> {
        let span = value.get("span")?;
        let byte = |name: &str| span.get(name).and_then(Value::as_u64).and_then(|byte| usize::try_from(byte).ok());
        let words = ["sentence", "marked", "text"].iter().find_map(|name| value.get(*name))?.as_str()?;
        let text = |object: &Value, name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        let (start, end) = (byte("byte_start")?, byte("byte_end")?);
        (start <= end).then_some(())?;
        Some(Self {
            document: text(document, "id")?,
            path: text(document, "path"),
            digest: text(document, "digest"),
            words: words.to_owned(),
            span: Span::new(start, end),
            context: text(value, "before").zip(text(value, "after")),
        })
    }
}

fn collect(value: &Value, found: &mut Vec<Saved>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => {
            let fresh: Vec<Saved> = Saved::from_object(value).into_iter().filter(|saved| !found.contains(saved)).collect();
            found.extend(fresh);
            fields.values().for_each(|field| collect(field, found));
        }
        _ => {}
    }
}

/// The characters of a text right before and after a span: [`CONTEXT`] of them each, fewer at the ends.
#[must_use]
pub fn surroundings(text: &str, span: Span) -> (&str, &str) {
    let (head, tail) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let start = head.char_indices().rev().take(CONTEXT).last().map_or(head.len(), |(at, _)| at);
    let end = tail.char_indices().nth(CONTEXT).map_or(tail.len(), |(at, _)| at);
    (head.get(start..).unwrap_or_default(), tail.get(..end).unwrap_or_default())
}

/// A document's text as it is now.
#[derive(Clone)]
struct Current {
    id: String,
    digest: String,
    text: Rc<str>,
}

/// What has become of saved citations. Without an engine only their files are looked at, where they lay; `reader` opens them.
///
/// # Errors
/// Where the index cannot be read.
pub fn recheck(engine: Option<&Engine>, saved: &[Saved], reader: &mut Reader) -> Result<Vec<Rechecked>, EngineError> {
    let mut known: HashMap<(String, Option<String>), Option<Current>> = HashMap::new();
    let mut rechecked = Vec::with_capacity(saved.len());
    for one in saved {
        let key = (one.document.clone(), one.digest.clone());
        let current = match known.get(&key) {
            Some(current) => current.clone(),
            None => known.entry(key).or_insert(current(engine, one, reader)?).clone(),
        };
        rechecked.push(compare(one, current.as_ref()));
    }
    Ok(rechecked)
}

/// The cited document as it is now; `None` where it is gone.
fn current(engine: Option<&Engine>, saved: &Saved, reader: &mut Reader) -> Result<Option<Current>, EngineError> {
    let Some(engine) = engine else { return Ok(saved.path.as_deref().and_then(|path| live(path, &saved.document, reader))) };
    let named = engine.index.document(&saved.document)?;
    let record = match (named, &saved.digest) {
        (Some(record), _) => Some(record),
        (None, Some(digest)) => {
            let same = |record: &DocumentRecord| record.digest == *digest && label(&record.id) == label(&saved.document);
            engine.index.documents()?.into_iter().find(|record| same(record))
        }
        (None, None) => None,
    };
    let Some(record) = record else { return Ok(saved.path.as_deref().and_then(|path| live(path, &saved.document, reader))) };
    match live(&record.path, &record.id, reader) {
        Some(current) => Ok(Some(current)),
        None if is_within_reach(engine, &record.path)? => Ok(None),
        None => Ok(Some(Current { id: record.id.clone(), digest: record.digest.clone(), text: engine.text(&record)? })),
    }
}

/// What tells a document from the others of its file; `None` where it is the file's only one.
fn label(id: &str) -> Option<&str> {
    id.split_once('#').map(|(_, label)| label)
}

/// The document `id` as its file has it now. Of a file with many documents it is the one whose label the identifier ends with.
fn live(path: &str, id: &str, reader: &mut Reader) -> Option<Current> {
    let found = Found { id: String::new(), path: PathBuf::from(path), size: 0, modified: None };
    let mut best: Option<Document> = None;
    let opened = reader.open(&found).ok()?;
    // What was read before a failure stands.
    let _ = reader.read(opened, &mut |document| {
        if id.ends_with(&document.id) && best.as_ref().is_none_or(|best| best.id.len() < document.id.len()) {
            best = Some(document);
        }
        ControlFlow::Continue(())
    });
    let document = best?;
    Some(Current { id: id.to_owned(), digest: document.digest, text: document.text.into() })
}

/// Whether a folder that was indexed and that the path lies in is there: then a file missing from it is gone.
fn is_within_reach(engine: &Engine, path: &str) -> Result<bool, EngineError> {
    let roots = engine.index.status()?.roots;
    Ok(roots.iter().any(|root| Path::new(path).starts_with(root) && (root.is_dir() || root.parent().is_some_and(Path::is_dir))))
}

fn compare(saved: &Saved, current: Option<&Current>) -> Rechecked {
    let blank = Rechecked { saved: saved.clone(), state: State::Gone, place: None, renamed: None, surroundings: None, same_file: None };
    let Some(current) = current else { return blank };
    let renamed = (current.id != saved.document).then(|| current.id.clone());
    let same_file = saved.digest.as_ref().map(|digest| *digest == current.digest);
    let Some(span) = nearest(&current.text, saved) else { return Rechecked { state: State::Changed, renamed, same_file, ..blank } };
    let state = if span == saved.span && renamed.is_none() { State::Unchanged } else { State::Moved };
    let characters = CharIndex::new(&current.text);
    let place = characters.chars_before(span.start)..characters.chars_before(span.end);
    let same = |(before, after): &(String, String)| surroundings(&current.text, span) == (before.as_str(), after.as_str());
    Rechecked { state, place: Some(place), renamed, surroundings: saved.context.as_ref().map(same), same_file, ..blank }
}

/// Where the words stand now: where most of the characters around them are the same, else where they stood, else the nearest place.
fn nearest(text: &str, saved: &Saved) -> Option<Span> {
    if saved.words.is_empty() {
        return None;
    }
    let agreeing = |at: usize| saved.context.as_ref().map_or(0, |context| agreement(text, Span::new(at, at + saved.words.len()), context));
    let places = text.match_indices(&saved.words).map(|(at, _)| at);
    let at = places.min_by_key(|&at| (Reverse(agreeing(at)), at.abs_diff(saved.span.start), at))?;
    Some(Span::new(at, at + saved.words.len()))
}

/// How many characters next to a span are those that were kept.
fn agreement(text: &str, span: Span, (before, after): &(String, String)) -> usize {
    let (head, tail) = surroundings(text, span);
    let led = head.chars().rev().zip(before.chars().rev()).take_while(|(one, other)| one == other).count();
    led + tail.chars().zip(after.chars()).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(words: &str, start: usize, context: Option<(&str, &str)>) -> Saved {
        Saved {
            document: "a.txt".into(),
            path: None,
            digest: Some("d".into()),
            words: words.into(),
            span: Span::new(start, start + words.len()),
            context: context.map(|(before, after)| (before.into(), after.into())),
        }
    }

    fn check(saved: &Saved, text: Option<&str>, state: State, place: Option<Range<usize>>, surroundings: Option<bool>) {
        let current = text.map(|text| Current { id: "a.txt".into(), digest: "d".into(), text: text.into() });
        let found = compare(saved, current.as_ref());
        assert_eq!((found.state, found.place, found.surroundings), (state, place, surroundings), "{saved:?} in {text:?}");
    }

    #[test]
    fn citations_are_found_wherever_they_stand() {
        let value = serde_json::json!({"answers": [{"citations": [
            {"document": {"id": "a.txt", "digest": "d"}, "sentence": "It rained.", "span": {"start": 3, "end": 13, "byte_start": 4, "byte_end": 14}}]}]});
        assert_eq!(Saved::all(&value), [saved("It rained.", 4, None)]);
    }

    #[test]
    fn pieces_count_each_and_of_a_shown_document_what_is_marked() {
        let span = |start: usize, end: usize| serde_json::json!({"byte_start": start, "byte_end": end});
        let document = serde_json::json!({"id": "a.txt", "digest": "d"});
        let quotation = serde_json::json!({"document": document, "text": "It … rained", "span": span(0, 12), "pieces": [
            {"text": "It", "span": span(0, 2)}, {"text": "rained", "span": span(6, 12)}]});
        assert_eq!(Saved::all(&quotation), [saved("It", 0, None), saved("rained", 6, None)]);
        let shown = serde_json::json!({"document": document, "text": "It rained", "span": span(3, 9), "marked": "rained"});
        assert_eq!(Saved::all(&shown), [saved("rained", 3, None)]);
        let nonsense = serde_json::json!({"document": document, "text": "It", "span": span(9, 3)});
        assert_eq!(Saved::all(&nonsense), []);
    }

    #[test]
    fn every_state_is_told() {
        let rain = saved("rain", 3, Some(("é ", " fell")));
        check(&rain, Some("é rain fell"), State::Unchanged, Some(2..6), Some(true));
        check(&rain, Some("é rain came"), State::Unchanged, Some(2..6), Some(false));
        check(&rain, Some("no rain. é rain fell"), State::Moved, Some(11..15), Some(false));
        check(&rain, Some("snow"), State::Changed, None, None);
        check(&rain, None, State::Gone, None, None);
    }

    #[test]
    fn the_same_surroundings_count_before_nearness() {
        check(&saved("rain", 0, Some(("much ", "."))), Some("no rain, much rain."), State::Moved, Some(14..18), Some(false));
        check(&saved("rain", 0, Some(("no rain, much ", "."))), Some("no rain, much rain."), State::Moved, Some(14..18), Some(true));
        check(&saved("rain", 7, None), Some("rain, rain, rain"), State::Moved, Some(6..10), None);
    }

    #[test]
    fn surroundings_are_cut_at_characters() {
        let text = "é".repeat(40) + "x" + &"ü".repeat(3);
        let (before, after) = surroundings(&text, Span::new(80, 81));
        assert_eq!((before.chars().count(), after), (CONTEXT, "üüü"));
    }
}
