//! Saved citations are verified again: each is unchanged, moved, changed or gone.
//!
//! The file itself decides, as it is now; where it cannot be reached because the whole folder it lay in is not there, what the index holds
//! of it. A file that was renamed is known by its digest. What was told from a citation, the answer's words and who said them, is held
//! against the document as well: its words against the text, its speaker against those of the quotations that stand there.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::{Cited, DocumentRecord, Engine, EngineError, Saved, Told, extract_document};
use crate::corpus::{Document, Found, Reader};
use crate::index::{QuotationFilter, is_named};
use crate::quotation::{Quotation, QuotationKind, Speaker};
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
    /// The document is there, the words are not, or what was told from them is not so.
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
    /// What was told from it and is not so.
    pub differs: Vec<Differing>,
}

/// What was told from a citation, and is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// What was told.
    pub told: Told,
    /// What the document has there: the words, or who is said to have said them; `None` where it has nothing of the kind.
    pub found: Option<String>,
}

/// The characters of a text right before and after a span: [`CONTEXT`] of them each, fewer at the ends.
#[must_use]
pub fn surroundings(text: &str, span: Span) -> (&str, &str) {
    let (head, tail) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let start = head.char_indices().rev().take(CONTEXT).last().map_or(head.len(), |(at, _)| at);
    let end = tail.char_indices().nth(CONTEXT).map_or(tail.len(), |(at, _)| at);
    (head.get(start..).unwrap_or_default(), tail.get(..end).unwrap_or_default())
}

/// A document as it is now.
struct Current {
    id: String,
    digest: String,
    text: Rc<str>,
    origin: Origin,
    /// Who says what in it, found out when it matters.
    spoken: OnceCell<Vec<(Span, Speaker)>>,
}

/// Where a document as it is now was read.
enum Origin {
    File(Box<Document>),
    Index(Arc<DocumentRecord>),
}

impl Current {
    fn new(id: String, digest: String, text: Rc<str>, origin: Origin) -> Self {
        Self { id, digest, text, origin, spoken: OnceCell::new() }
    }

    /// What is known about it beside its text, in the words of answers.
    fn known(&self) -> Vec<String> {
        let (title, publisher, authors, published) = match &self.origin {
            Origin::Index(record) => (record.title.clone(), record.publisher.clone(), record.authors.clone(), record.published),
            Origin::File(document) => {
                let metadata = &document.metadata;
                let authors = metadata.authors.iter().map(|author| author.value.clone()).collect();
                let stated = |value: &Option<crate::corpus::Sourced<String>>| value.as_ref().map(|stated| stated.value.clone());
                (stated(&metadata.title), stated(&metadata.publisher), authors, metadata.published.as_ref().map(|stated| stated.value))
            }
        };
        let authors = if authors.is_empty() { None } else { Some(authors.join(", ")) };
        title.into_iter().chain(publisher).chain(authors).chain(published.map(|day| day.to_string())).collect()
    }

    /// Who says what, by place.
    fn spoken(&self, engine: Option<&Engine>) -> &[(Span, Speaker)] {
        self.spoken.get_or_init(|| match &self.origin {
            Origin::File(document) => extract_document(document).into_iter().filter_map(credited).collect(),
            Origin::Index(record) => {
                let kinds = vec![QuotationKind::Direct, QuotationKind::Partial, QuotationKind::Indirect];
                let filter = QuotationFilter { document: Some(Arc::clone(record)), kinds, ..QuotationFilter::default() };
                let records = engine.and_then(|engine| engine.index.quotations(&filter).ok()).unwrap_or_default();
                records.into_iter().filter_map(|record| credited(record.quotation)).collect()
            }
        })
    }
}

fn credited(quotation: Quotation) -> Option<(Span, Speaker)> {
    Some((quotation.span(), quotation.speaker?))
}

/// What has become of saved citations. Without an engine only their files are looked at, where they lay; `reader` opens them.
///
/// # Errors
/// Where the index cannot be read.
pub fn recheck(engine: Option<&Engine>, saved: &[Saved], reader: &mut Reader) -> Result<Vec<Rechecked>, EngineError> {
    let mut known: HashMap<(String, Option<String>), Option<Rc<Current>>> = HashMap::new();
    let mut rechecked = Vec::with_capacity(saved.len());
    for one in saved {
        let key = (one.cited.document.clone(), one.cited.digest.clone());
        let current = match known.get(&key) {
            Some(current) => current.clone(),
            None => known.entry(key).or_insert(current(engine, &one.cited, reader)?.map(Rc::new)).clone(),
        };
        rechecked.push(compare(one, current.as_deref(), engine));
    }
    Ok(rechecked)
}

/// The cited document as it is now; `None` where it is gone.
fn current(engine: Option<&Engine>, saved: &Cited, reader: &mut Reader) -> Result<Option<Current>, EngineError> {
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
        // What was told came from the index, which may know better (corrections, what recurs in a folder).
        Some(current) if current.digest == record.digest => Ok(Some(Current { origin: Origin::Index(record), ..current })),
        Some(current) => Ok(Some(current)),
        None if is_within_reach(engine, &record.path)? => Ok(None),
        None => Ok(Some(Current::new(record.id.clone(), record.digest.clone(), engine.text(&record)?, Origin::Index(record)))),
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
    let document = Box::new(best?);
    let (digest, text) = (document.digest.clone(), document.text.as_str().into());
    Some(Current::new(id.to_owned(), digest, text, Origin::File(document)))
}

/// Whether a folder that was indexed and that the path lies in is there: then a file missing from it is gone.
fn is_within_reach(engine: &Engine, path: &str) -> Result<bool, EngineError> {
    let roots = engine.index.status()?.roots;
    Ok(roots.iter().any(|root| Path::new(path).starts_with(root) && (root.is_dir() || root.parent().is_some_and(Path::is_dir))))
}

fn compare(saved: &Saved, current: Option<&Current>, engine: Option<&Engine>) -> Rechecked {
    let blank = Rechecked {
        saved: saved.clone(),
        state: State::Gone,
        place: None,
        renamed: None,
        surroundings: None,
        same_file: None,
        differs: Vec::new(),
    };
    let Some(current) = current else { return blank };
    let cited = &saved.cited;
    let renamed = (current.id != cited.document).then(|| current.id.clone());
    let same_file = cited.digest.as_ref().map(|digest| *digest == current.digest);
    if cited.is_from_metadata() {
        // What is known about a document stands nowhere in its text: it holds as long as the file is the same.
        let differs = not_known(&saved.told, current);
        let holds = same_file == Some(true) && renamed.is_none() && differs.is_empty();
        return Rechecked { state: if holds { State::Unchanged } else { State::Changed }, renamed, same_file, differs, ..blank };
    }
    let characters = CharIndex::new(&current.text);
    let stood = cited.stood.start(&characters);
    let Some(span) = nearest(&current.text, cited, stood) else {
        return Rechecked { state: State::Changed, renamed, same_file, ..blank };
    };
    let differs: Vec<Differing> = saved.told.iter().filter_map(|told| differing(told, stood, span, current, engine)).collect();
    let state = match differs.is_empty() {
        false => State::Changed,
        true if span.start == stood && renamed.is_none() => State::Unchanged,
        true => State::Moved,
    };
    let place = characters.chars_before(span.start)..characters.chars_before(span.end);
    let same = |(before, after): &(String, String)| surroundings(&current.text, span) == (before.as_str(), after.as_str());
    Rechecked { state, place: Some(place), renamed, surroundings: cited.context.as_ref().map(same), same_file, differs, ..blank }
}

/// Answers that were told from what is known about a document, and are not known about it.
fn not_known(told: &[Told], current: &Current) -> Vec<Differing> {
    let known = current.known();
    let wrong = |told: &&Told| matches!(told, Told::Answer(words, _) if !known.contains(words));
    told.iter().filter(wrong).map(|told| Differing { told: told.clone(), found: Some(known.join("; ")) }).collect()
}

/// What is not so of something told from words that began at `stood` and stand at `span` now.
fn differing(told: &Told, stood: usize, span: Span, current: &Current, engine: Option<&Engine>) -> Option<Differing> {
    let found = match told {
        Told::Answer(words, place) => {
            // An answer stands inside the words that are cited for it.
            let inside = stood <= place.start && place.end <= stood + span.len();
            let now = |at: usize| at - stood + span.start;
            let found = if inside { current.text.get(now(place.start)..now(place.end)) } else { None };
            if found == Some(words) {
                return None;
            }
            found.map(str::to_owned)
        }
        Told::Speaker(name) => {
            let is_here = |(place, _): &&(Span, Speaker)| place.overlaps(span);
            let all = current.spoken(engine);
            let here = || all.iter().filter(is_here).map(|(_, speaker)| speaker);
            let is_meant = |speaker: &Speaker| speaker.name == *name || is_named(speaker, name);
            // An answer may rest on a remark that stands elsewhere in the document.
            let nobody_here = here().next().is_none();
            if here().any(is_meant) || nobody_here && all.iter().any(|(_, speaker)| is_meant(speaker)) {
                return None;
            }
            here().next().map(|speaker| speaker.name.clone())
        }
    };
    Some(Differing { told: told.clone(), found })
}

/// Where the words stand now: where most of the characters around them are the same, else where they stood, else the nearest place.
fn nearest(text: &str, saved: &Cited, stood: usize) -> Option<Span> {
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
    use crate::corpus;

    fn saved(words: &str, start: usize, context: Option<(&str, &str)>) -> Saved {
        let context = context.map(|(before, after)| (before.into(), after.into()));
        let (document, digest, stood) = ("a.txt".into(), Some("d".into()), Stood::Byte(start));
        Saved { cited: Cited { document, path: None, digest, words: words.into(), stood, context }, told: Vec::new() }
    }

    fn current(text: &str) -> Current {
        let document = corpus::parse(Path::new("a.txt"), "a.txt", text.as_bytes()).unwrap();
        Current::new("a.txt".into(), "d".into(), text.into(), Origin::File(Box::new(document)))
    }

    fn check(saved: &Saved, text: Option<&str>, state: State, place: Option<Range<usize>>, surroundings: Option<bool>) {
        let current = text.map(current);
        let found = compare(saved, current.as_ref(), None);
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
    fn what_was_told_is_held_against_the_document() {
        const SAID: &str = "The mill will close in June.\n\n\"We have no money,\" said Bram Tolley, its warden.\n";
        let check = |words: &str, told: Told, found: Option<&str>| {
            let saved = Saved { told: vec![told], ..saved(words, SAID.find(words).unwrap(), None) };
            let rechecked = compare(&saved, Some(&current(SAID)), None);
            let differs: Vec<Option<&str>> = rechecked.differs.iter().map(|one| one.found.as_deref()).collect();
            match found {
                None => assert_eq!((rechecked.state, differs), (State::Unchanged, Vec::new()), "{saved:?}"),
                found => assert_eq!((rechecked.state, differs), (State::Changed, vec![found]), "{saved:?}"),
            }
        };
        let answer = |words: &str| Told::Answer(words.to_owned(), Span::new(23, 27));
        check("The mill will close in June.", answer("June"), None);
        check("The mill will close in June.", answer("July"), Some("June"));
        check("We have no money", Told::Speaker("Bram Tolley".to_owned()), None);
        check("We have no money", Told::Speaker("Una Fairlie".to_owned()), Some("Bram Tolley"));
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
