//! Saved citations are verified again: each is unchanged, moved, changed or gone.
//!
//! The file itself decides, as it is now; where it cannot be reached because the whole folder it lay in is not there, what the index holds
//! of it. A file that was renamed is known by its digest.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::{DocumentRecord, Engine, EngineError, Saved};
use crate::corpus::{Document, Found, Reader};
use crate::span::{CharIndex, Span};

/// Characters of context that a passport keeps on each side.
pub const CONTEXT: usize = 32;

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
    if saved.is_from_metadata() {
        // What is known about a document stands nowhere in its text: it holds as long as the file is the same.
        let state = if same_file == Some(true) && renamed.is_none() { State::Unchanged } else { State::Changed };
        return Rechecked { state, renamed, same_file, ..blank };
    }
    let characters = CharIndex::new(&current.text);
    let stood = saved.stood.start(&characters);
    let Some(span) = nearest(&current.text, saved, stood) else {
        return Rechecked { state: State::Changed, renamed, same_file, ..blank };
    };
    let state = if span.start == stood && renamed.is_none() { State::Unchanged } else { State::Moved };
    let place = characters.chars_before(span.start)..characters.chars_before(span.end);
    let same = |(before, after): &(String, String)| surroundings(&current.text, span) == (before.as_str(), after.as_str());
    Rechecked { state, place: Some(place), renamed, surroundings: saved.context.as_ref().map(same), same_file, ..blank }
}

/// Where the words stand now: where most of the characters around them are the same, else where they stood, else the nearest place.
fn nearest(text: &str, saved: &Saved, stood: usize) -> Option<Span> {
    let agreeing = |at: usize| saved.context.as_ref().map_or(0, |context| agreement(text, Span::new(at, at + saved.words.len()), context));
    let places = text.match_indices(&saved.words).map(|(at, _)| at);
    let at = places.min_by_key(|&at| (Reverse(agreeing(at)), at.abs_diff(stood), at))?;
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
    use super::super::Stood;
    use super::*;

    fn saved(words: &str, start: usize, context: Option<(&str, &str)>) -> Saved {
        Saved {
            document: "a.txt".into(),
            path: None,
            digest: Some("d".into()),
            words: words.into(),
            stood: Stood::Byte(start),
            context: context.map(|(before, after)| (before.into(), after.into())),
        }
    }

    fn check(saved: &Saved, text: Option<&str>, state: State, place: Option<Range<usize>>, surroundings: Option<bool>) {
        let current = text.map(|text| Current { id: "a.txt".into(), digest: "d".into(), text: text.into() });
        let found = compare(saved, current.as_ref());
        assert_eq!((found.state, found.place, found.surroundings), (state, place, surroundings), "{saved:?} in {text:?}");
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
