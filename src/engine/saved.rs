//! What sayso printed once becomes the citations it holds: JSON documents, JSON lines, web annotations, and reports with their passports inside.
//!
//! Nothing is verified here. Words and places are taken as they were printed; what has become of them is [`super::recheck`]'s to say.

use std::collections::HashMap;

use serde_json::Value;

use crate::span::{CharIndex, Span};

/// A citation found in a saved result, and what the result told from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Where it leads.
    pub cited: Cited,
    /// What was told from it, each once.
    pub told: Vec<Told>,
}

/// What a result tells from a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Words given as the answer, which stood at this place, in bytes.
    Answer(String, Span),
    /// The name of whoever said it.
    Speaker(String),
}

/// Words of a document, and where they were.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cited {
    /// The document's id.
    pub document: String,
    /// Where the file was.
    pub path: Option<String>,
    /// The digest of the file then.
    pub digest: Option<String>,
    /// The words cited; empty where what is cited is known about the document and stands nowhere in its text.
    pub words: String,
    /// Where they began.
    pub stood: Stood,
    /// The characters before and after them, where they were kept.
    pub context: Option<(String, String)>,
}

/// Where cited words began in the document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stood {
    /// Counted in bytes.
    Byte(usize),
    /// Counted in characters, as web annotations do.
    Character(usize),
}

impl Stood {
    /// The same place in bytes of the text as it is now.
    pub(super) fn start(self, characters: &CharIndex<'_>) -> usize {
        match self {
            Self::Byte(byte) => byte,
            Self::Character(character) => characters.byte_at(character),
        }
    }
}

/// What opens the block of a Markdown report that holds its passports; the block ends at the next line of three marks.
pub const FENCE: &str = "```json sayso.report/1";
/// What opens the element of an HTML report that holds its passports.
pub const ELEMENT: &str = "<script type=\"application/json\" id=\"sayso-report\">";

/// The JSON documents that a text holds: those of the reports in it, else the text itself, one document after the other.
///
/// # Errors
/// Where what should be JSON is none.
pub fn documents(text: &str) -> Result<Vec<Value>, serde_json::Error> {
    let blocks = blocks(text);
    if blocks.is_empty() {
        return serde_json::Deserializer::from_str(text.trim_start_matches('\u{FEFF}')).into_iter::<Value>().collect();
    }
    blocks.into_iter().map(serde_json::from_str).collect()
}

/// The blocks of reports. In JSON a report's text stands in strings, where no line begins with an opening.
fn blocks(text: &str) -> Vec<&str> {
    let fenced = text.split("\n").scan(0, |at, line| {
        let start = *at + line.len() + 1;
        *at = start;
        Some((line.trim_end() == FENCE).then(|| text.get(start..)).flatten())
    });
    let fenced = fenced.flatten().filter_map(|rest| rest.split("\n```").next());
    let at_line_start = |&(at, _): &(usize, &str)| text.get(..at).is_some_and(|before| before.ends_with('\n'));
    let elements = text.match_indices(ELEMENT).filter(at_line_start);
    let elements = elements.filter_map(|(at, opening)| text.get(at + opening.len()..)?.split("</script>").next());
    fenced.chain(elements).collect()
}

impl Saved {
    /// All citations, matches, quotations and annotations anywhere in a JSON document that sayso printed, each place once.
    #[must_use]
    pub fn all(value: &Value) -> Vec<Self> {
        let (mut found, mut places): (Vec<Self>, HashMap<Cited, usize>) = (Vec::new(), HashMap::new());
        collect(value, &[], &mut |saved: Self| {
            let place = *places.entry(saved.cited.clone()).or_insert(found.len());
            match found.get_mut(place) {
                Some(known) => known.told.extend(saved.told.into_iter().filter(|told| !known.told.contains(told)).collect::<Vec<_>>()),
                None => found.push(saved),
            }
        });
        found
    }

    /// The citations an object is: one, or for a quotation of several pieces one each; `given` is told by what holds it.
    fn from_object(value: &Value, given: &[Given<'_>]) -> Vec<Self> {
        if let (Some(source), Some(selectors)) = (value.get("source"), value.get("selector")) {
            return Cited::annotated(source, selectors).into_iter().map(|cited| Self { cited, told: Vec::new() }).collect();
        }
        let Some(document) = value.get("document") else { return Vec::new() };
        let mut told: Vec<Told> = given.iter().chain(&speaker(value)).filter_map(|given| given.told(value)).collect();
        told.dedup();
        let saved = |cited| Self { cited, told: told.clone() };
        match value.get("pieces").and_then(Value::as_array) {
            Some(pieces) => pieces.iter().filter_map(|piece| Cited::new(document, piece)).map(saved).collect(),
            None => Cited::new(document, value).into_iter().map(saved).collect(),
        }
    }
}

/// What something that holds a citation tells from it.
#[derive(Clone, Copy)]
enum Given<'v> {
    Answer(&'v str),
    Speaker(&'v str),
}

impl Given<'_> {
    fn told(&self, citation: &Value) -> Option<Told> {
        match *self {
            Self::Speaker(name) => Some(Told::Speaker(name.to_owned())),
            Self::Answer(words) => Some(Told::Answer(words.to_owned(), span(citation.get("answer_span")?)?)),
        }
    }
}

fn speaker(value: &Value) -> Option<Given<'_>> {
    value.pointer("/speaker/name").and_then(Value::as_str).map(Given::Speaker)
}

impl Cited {
    /// Whether what is cited is known about the document and stands nowhere in its text.
    #[must_use]
    pub fn is_from_metadata(&self) -> bool {
        self.words.is_empty()
    }

    /// Words of a document with their span. Of a document shown, the words marked count, not all its text.
    fn new(document: &Value, value: &Value) -> Option<Self> {
        let span = span(value.get("span")?)?;
        let words = ["sentence", "marked", "text"].iter().find_map(|name| value.get(*name))?.as_str()?;
        let known = !words.is_empty() || value.get("from").is_some();
        known.then_some(Self {
            document: text(document, "id")?,
            path: text(document, "path"),
            digest: text(document, "digest"),
            words: words.to_owned(),
            stood: Stood::Byte(span.start),
            context: text(value, "before").zip(text(value, "after")),
        })
    }

    /// The target of a web annotation: its source named or described, its words by position and by quote.
    fn annotated(source: &Value, selectors: &Value) -> Option<Self> {
        let selectors = selectors.as_array()?;
        let of_kind = |kind: &str| selectors.iter().find(|selector| selector.get("type").and_then(Value::as_str) == Some(kind));
        let quote = of_kind("TextQuoteSelector")?;
        let named = source.as_str().map(str::to_owned);
        Some(Self {
            document: named.clone().or_else(|| text(source, "id"))?,
            path: named.or_else(|| text(source, "path")),
            digest: text(source, "digest"),
            words: text(quote, "exact").filter(|words| !words.is_empty())?,
            stood: Stood::Character(number(of_kind("TextPositionSelector")?, "start")?),
            context: text(quote, "prefix").zip(text(quote, "suffix")),
        })
    }
}

fn text(object: &Value, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn number(object: &Value, name: &str) -> Option<usize> {
    object.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
}

/// A place in bytes; none where it ends before it begins.
fn span(value: &Value) -> Option<Span> {
    let (start, end) = (number(value, "byte_start")?, number(value, "byte_end")?);
    (start <= end).then(|| Span::new(start, end))
}

fn collect(value: &Value, given: &[Given<'_>], sink: &mut dyn FnMut(Saved)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, &[], sink)),
        Value::Object(fields) => {
            Saved::from_object(value, given).into_iter().for_each(&mut *sink);
            let answer = value.get("text").and_then(Value::as_str).map(Given::Answer);
            for (name, field) in fields {
                match (name.as_str(), field) {
                    // An answer's words are those of its first citation.
                    ("citations", Value::Array(items)) => with_first(items, 0, answer, sink),
                    ("citation", member) => collect(member, answer.as_slice(), sink),
                    ("matches", Value::Array(items)) => with_first(items, credited(items, value), speaker(value), sink),
                    _ => collect(field, &[], sink),
                }
            }
        }
        _ => {}
    }
}

/// Collects from all items, `given` told by the one at `place`.
fn with_first(items: &[Value], place: usize, given: Option<Given<'_>>, sink: &mut dyn FnMut(Saved)) {
    for (at, item) in items.iter().enumerate() {
        collect(item, if at == place { given.as_slice() } else { &[] }, sink);
    }
}

/// The match that a verdict's speaker is told from: the first that names the same one.
fn credited(matches: &[Value], verdict: &Value) -> usize {
    let name = verdict.pointer("/speaker/name");
    matches.iter().position(|found| found.pointer("/speaker/name") == name).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn saved(words: &str, stood: Stood) -> Saved {
        let (document, digest) = ("a.txt".to_owned(), Some("d".to_owned()));
        let cited = Cited { document, path: None, digest, words: words.to_owned(), stood, context: None };
        Saved { cited, told: Vec::new() }
    }

    #[test]
    fn citations_are_found_wherever_they_stand_and_once() {
        let citation = json!({"document": {"id": "a.txt", "digest": "d"}, "sentence": "It rained.",
            "span": {"start": 3, "end": 13, "byte_start": 4, "byte_end": 14}});
        let value = json!({"answers": [{"citations": [citation, citation]}], "nearest": [citation]});
        assert_eq!(Saved::all(&value), [saved("It rained.", Stood::Byte(4))]);
    }

    #[test]
    fn pieces_count_each_and_of_a_shown_document_what_is_marked() {
        let span = |start: usize, end: usize| json!({"byte_start": start, "byte_end": end});
        let document = json!({"id": "a.txt", "digest": "d"});
        let quotation = json!({"document": document, "text": "It … rained", "span": span(0, 12), "pieces": [
            {"text": "It", "span": span(0, 2)}, {"text": "rained", "span": span(6, 12)}]});
        assert_eq!(Saved::all(&quotation), [saved("It", Stood::Byte(0)), saved("rained", Stood::Byte(6))]);
        let shown = json!({"document": document, "text": "It rained", "span": span(3, 9), "marked": "rained"});
        assert_eq!(Saved::all(&shown), [saved("rained", Stood::Byte(3))]);
        let nonsense = json!({"document": document, "text": "It", "span": span(9, 3)});
        assert_eq!(Saved::all(&nonsense), []);
    }

    #[test]
    fn what_a_document_says_of_itself_is_cited_without_words() {
        let known = |from: Value| {
            let mut citation =
                json!({"document": {"id": "a.txt", "digest": "d"}, "sentence": "", "span": {"byte_start": 0, "byte_end": 0}});
            citation["from"] = from;
            citation
        };
        assert_eq!(Saved::all(&known(json!("metadata"))), [saved("", Stood::Byte(0))]);
        assert!(saved("", Stood::Byte(0)).cited.is_from_metadata());
    }

    #[test]
    fn annotations_name_or_describe_their_source() {
        let selectors = json!([{"type": "TextPositionSelector", "start": 3, "end": 7},
            {"type": "TextQuoteSelector", "exact": "rain", "prefix": "the ", "suffix": "."}]);
        let described = json!({"target": [{"source": {"id": "a.txt", "digest": "d"}, "selector": selectors}]});
        let context = Some(("the ".to_owned(), ".".to_owned()));
        let expected = Cited { context, ..saved("rain", Stood::Character(3)).cited };
        assert_eq!(Saved::all(&described).first().map(|saved| &saved.cited), Some(&expected));
        let named = Saved::all(&json!({"source": "a.txt", "selector": selectors}));
        assert_eq!(named.first().and_then(|saved| saved.cited.path.as_deref()), Some("a.txt"));
    }

    #[test]
    fn what_was_told_goes_with_its_citation() {
        let citation = json!({"document": {"id": "a.txt", "digest": "d"}, "sentence": "It rained.", "speaker": {"name": "Ann Lister"},
            "span": {"byte_start": 4, "byte_end": 14}, "answer_span": {"byte_start": 7, "byte_end": 13}});
        let found = Saved::all(&json!({"answers": [{"text": "rained", "citations": [citation, citation]}], "nearest": [citation]}));
        let told = vec![Told::Answer("rained".into(), Span::new(7, 13)), Told::Speaker("Ann Lister".into())];
        assert_eq!(found, [Saved { told, ..saved("It rained.", Stood::Byte(4)) }]);
        let matched = |name: &str| json!({"document": {"id": "a.txt", "digest": "d"}, "text": name, "speaker": {"name": name}, "span": {"byte_start": 0, "byte_end": 9}});
        let found = Saved::all(&json!({"speaker": {"name": "Bo Reed"}, "matches": [matched("Ann Lister"), matched("Bo Reed")]}));
        let told: Vec<usize> = found.iter().map(|saved| saved.told.len()).collect();
        assert_eq!(told, [1, 1], "the verdict's speaker is one of those matched");
        let found = Saved::all(&json!({"speaker": {"name": "Cy Oak"}, "matches": [matched("Ann Lister")]}));
        assert_eq!(found.first().map(|saved| saved.told.len()), Some(2));
    }

    #[test]
    fn a_report_holds_its_passports() {
        let check = |text: &str, expected: &[Value]| assert_eq!(documents(text).unwrap(), expected, "{text}");
        check("{\"a\":1}\n{\"a\":2}\n", &[json!({"a": 1}), json!({"a": 2})]);
        check(&format!("# Title\r\n\r\n{FENCE}\r\n{{\"a\":1}}\r\n```\r\n"), &[json!({"a": 1})]);
        check(&format!("<p>Words</p>\n{ELEMENT}{{\"a\":1}}</script>\n<p>"), &[json!({"a": 1})]);
        assert!(documents("# Title\n\nNo passports.").is_err());
        assert!(documents(&format!("{FENCE}\nnot JSON\n```\n")).is_err());
    }
}
