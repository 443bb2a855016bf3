//! What sayso printed once becomes the citations it holds: JSON documents, JSON lines, web annotations, and reports with their passports inside.
//!
//! Nothing is verified here. Words and places are taken as they were printed; what has become of them is [`super::recheck`]'s to say.

use std::collections::HashSet;

use serde_json::Value;

use crate::span::CharIndex;

/// A citation found in a saved result.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Saved {
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
    /// All citations, matches, quotations and annotations anywhere in a JSON document that sayso printed, each once.
    #[must_use]
    pub fn all(value: &Value) -> Vec<Self> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        collect(value, &mut |saved: Self| {
            if seen.insert(saved.clone()) {
                found.push(saved);
            }
        });
        found
    }

    /// Whether what is cited is known about the document and stands nowhere in its text.
    #[must_use]
    pub fn is_from_metadata(&self) -> bool {
        self.words.is_empty()
    }

    /// The citations an object is: one, or for a quotation of several pieces one each.
    fn from_object(value: &Value) -> Vec<Self> {
        if let (Some(source), Some(selectors)) = (value.get("source"), value.get("selector")) {
            return Self::annotated(source, selectors).into_iter().collect();
        }
        let Some(document) = value.get("document") else { return Vec::new() };
        match value.get("pieces").and_then(Value::as_array) {
            Some(pieces) => pieces.iter().filter_map(|piece| Self::cited(document, piece)).collect(),
            None => Self::cited(document, value).into_iter().collect(),
        }
    }

    /// Words of a document with their span. Of a document shown, the words marked count, not all its text.
    fn cited(document: &Value, value: &Value) -> Option<Self> {
        let span = value.get("span")?;
        let (start, end) = (number(span, "byte_start")?, number(span, "byte_end")?);
        let words = ["sentence", "marked", "text"].iter().find_map(|name| value.get(*name))?.as_str()?;
        let known = !words.is_empty() || value.get("from").is_some();
        (start <= end && known).then_some(())?;
        Some(Self {
            document: text(document, "id")?,
            path: text(document, "path"),
            digest: text(document, "digest"),
            words: words.to_owned(),
            stood: Stood::Byte(start),
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

fn collect(value: &Value, sink: &mut dyn FnMut(Saved)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, sink)),
        Value::Object(fields) => {
            Saved::from_object(value).into_iter().for_each(&mut *sink);
            fields.values().for_each(|field| collect(field, sink));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn saved(words: &str, stood: Stood) -> Saved {
        let (document, digest) = ("a.txt".to_owned(), Some("d".to_owned()));
        Saved { document, path: None, digest, words: words.to_owned(), stood, context: None }
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
        assert!(saved("", Stood::Byte(0)).is_from_metadata());
    }

    #[test]
    fn annotations_name_or_describe_their_source() {
        let selectors = json!([{"type": "TextPositionSelector", "start": 3, "end": 7},
            {"type": "TextQuoteSelector", "exact": "rain", "prefix": "the ", "suffix": "."}]);
        let described = json!({"target": [{"source": {"id": "a.txt", "digest": "d"}, "selector": selectors}]});
        let context = Some(("the ".to_owned(), ".".to_owned()));
        assert_eq!(Saved::all(&described), [Saved { context, ..saved("rain", Stood::Character(3)) }]);
        let named = Saved::all(&json!({"source": "a.txt", "selector": selectors}));
        assert_eq!(named.first().and_then(|saved| saved.path.as_deref()), Some("a.txt"));
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
