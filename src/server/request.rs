//! What a client asks for, as it came in an address, a body or a tool call, becomes limits and words for the engine, or a [`Problem`].
//!
//! One set of names and rules for pages, interface and agents. An empty field is one that was not filled in.

use std::fmt;

use serde::de::{DeserializeOwned, Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use super::problem::Problem;
use crate::engine::conversation::Memory;
use crate::engine::{AskOptions, Wanted};
use crate::question::{Constraints, day};

/// Most characters of a name or another short field.
pub(super) const FIELD: usize = 300;
/// Most results of one request.
pub(super) const MOST: usize = 10_000;

/// A question and its limits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskRequest {
    pub(super) question: String,
    #[serde(default, deserialize_with = "whole")]
    pub(super) top: Option<usize>,
    #[serde(default)]
    pub(super) explain: bool,
    /// What stands for the conversation so far; empty for a new one.
    pub(super) session: Option<String>,
    pub(super) since: Option<String>,
    pub(super) until: Option<String>,
    pub(super) source: Option<String>,
    pub(super) speaker: Option<String>,
}

/// A quote and its limits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuoteRequest {
    pub(super) quote: String,
    pub(super) by: Option<String>,
    /// With everything that verifies the verdict again.
    #[serde(default)]
    pub(super) passport: bool,
    pub(super) since: Option<String>,
    pub(super) until: Option<String>,
    pub(super) source: Option<String>,
}

/// An utterance to follow and its limits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TraceRequest {
    pub(super) quote: String,
    pub(super) since: Option<String>,
    pub(super) until: Option<String>,
    pub(super) source: Option<String>,
}

/// Which quotations.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotesRequest {
    pub(super) by: Option<String>,
    pub(super) about: Option<String>,
    #[serde(rename = "in")]
    pub(super) document: Option<String>,
    #[serde(default)]
    pub(super) indirect: bool,
    #[serde(default, deserialize_with = "whole")]
    pub(super) top: Option<usize>,
    #[serde(default, deserialize_with = "whole")]
    pub(super) offset: Option<usize>,
    pub(super) since: Option<String>,
    pub(super) until: Option<String>,
    pub(super) source: Option<String>,
}

/// A part of a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListRequest {
    #[serde(default, deserialize_with = "whole")]
    pub(super) top: Option<usize>,
    #[serde(default, deserialize_with = "whole")]
    pub(super) offset: Option<usize>,
}

/// A place in a document, in characters.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceRequest {
    #[serde(default, deserialize_with = "whole")]
    pub(super) start: Option<usize>,
    #[serde(default, deserialize_with = "whole")]
    pub(super) end: Option<usize>,
}

/// A whole number, or nothing: as a number of JSON, which may be written 5.0, or as the digits of an address.
pub(super) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    struct Whole;
    impl<'de> Visitor<'de> for Whole {
        type Value = Option<usize>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a whole number")
        }

        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            deserializer.deserialize_any(self)
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
            usize::try_from(number).map(Some).map_err(E::custom)
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
            usize::try_from(number).map(Some).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
            let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
            if fits { Ok(Some(number as usize)) } else { Err(E::invalid_value(Unexpected::Float(number), &self)) }
        }

        fn visit_str<E: Error>(self, digits: &str) -> Result<Self::Value, E> {
            digits.parse().map(Some).map_err(E::custom)
        }
    }
    deserializer.deserialize_option(Whole)
}

/// The part of a list that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// How many come before it.
    pub(super) offset: usize,
    /// How many it has at most.
    pub(super) top: usize,
}

impl Part {
    /// Checks a part; `usual` is how many are told where nobody says.
    pub(super) fn new(top: Option<usize>, offset: Option<usize>, usual: usize) -> Result<Self, Problem> {
        let offset = offset.unwrap_or(0);
        if offset > u32::MAX as usize {
            return Err(Problem::usage("`offset` is beyond any list"));
        }
        Ok(Self { offset, top: number(top, usual)? })
    }

    /// A page of `size`, counted from 1 (the first where nobody says), and its number.
    pub(super) fn page(number: Option<usize>, size: usize) -> (usize, Self) {
        let number = number.unwrap_or(1).clamp(1, MOST);
        (number, Self { offset: (number - 1) * size, top: size })
    }

    /// Where it ends.
    pub(super) fn end(self) -> usize {
        self.offset.saturating_add(self.top)
    }

    /// The part of a list.
    pub(super) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.offset.min(list.len())..self.end().min(list.len())).unwrap_or_default()
    }
}

fn number(top: Option<usize>, usual: usize) -> Result<usize, Problem> {
    match top {
        None => Ok(usual),
        Some(top) if (1..=MOST).contains(&top) => Ok(top),
        Some(_) => Err(Problem::usage(format!("`top` is a number from 1 to {MOST}"))),
    }
}

/// A field without blanks around it; none where it is empty.
fn field(name: &str, words: Option<&String>) -> Result<Option<String>, Problem> {
    let words = words.map(|words| words.trim()).filter(|words| !words.is_empty());
    words.map(|words| short(name, words).map(|()| words.to_owned())).transpose()
}

fn short(name: &str, words: &str) -> Result<(), Problem> {
    let length = words.chars().count();
    if length <= FIELD { Ok(()) } else { Err(Problem::usage(format!("`{name}` has {length} characters, {FIELD} are read at most"))) }
}

fn needed<'w>(name: &str, words: &'w str) -> Result<&'w str, Problem> {
    let words = words.trim();
    if words.is_empty() { Err(Problem::usage(format!("`{name}` is empty"))) } else { Ok(words) }
}

fn constraints(
    since: Option<&String>,
    until: Option<&String>,
    source: Option<&String>,
    speaker: Option<&String>,
) -> Result<Constraints, Problem> {
    let date = |name: &str, words: Option<&String>, last: bool| {
        let wrong = || Problem::usage(format!("`{name}` is not a date")).hint("write a day, month or year: 2013-10-15, 2013-10 or 2013");
        field(name, words)?.map(|words| day(&words, last).ok_or_else(wrong)).transpose()
    };
    let (since, until) = (date("since", since, false)?, date("until", until, true)?);
    if let (Some(since), Some(until)) = (since, until)
        && since > until
    {
        return Err(Problem::conflict(format!("`since` {since} is after `until` {until}")));
    }
    Ok(Constraints { source: field("source", source)?, since, until, speaker: field("speaker", speaker)? })
}

impl AskRequest {
    /// The conversation the question belongs to, if it belongs to one.
    pub(super) fn memory(&self) -> Result<Option<Memory>, Problem> {
        let unknown = || Problem::absent("`session` stands for no conversation").hint("leave it empty to begin one");
        match self.session.as_deref() {
            None => Ok(None),
            Some("" | "new") => Ok(Some(Memory::default())),
            Some(token) => Memory::from_token(token).map(Some).ok_or_else(unknown),
        }
    }

    /// The question's words.
    pub(super) fn words(&self) -> Result<&str, Problem> {
        needed("question", &self.question)
    }

    /// How it is to be asked.
    pub(super) fn options(&self) -> Result<AskOptions, Problem> {
        let constraints = constraints(self.since.as_ref(), self.until.as_ref(), self.source.as_ref(), self.speaker.as_ref())?;
        Ok(AskOptions { top: number(self.top, 0)?, constraints, explain: self.explain })
    }
}

impl QuoteRequest {
    /// The quote's words.
    pub(super) fn words(&self) -> Result<&str, Problem> {
        needed("quote", &self.quote)
    }

    /// Who is said to have said it.
    pub(super) fn by(&self) -> Result<Option<String>, Problem> {
        field("by", self.by.as_ref())
    }

    /// Where it is to be looked for.
    pub(super) fn constraints(&self) -> Result<Constraints, Problem> {
        constraints(self.since.as_ref(), self.until.as_ref(), self.source.as_ref(), None)
    }
}

impl TraceRequest {
    /// The quote's words.
    pub(super) fn words(&self) -> Result<&str, Problem> {
        needed("quote", &self.quote)
    }

    /// Where it is to be looked for.
    pub(super) fn constraints(&self) -> Result<Constraints, Problem> {
        constraints(self.since.as_ref(), self.until.as_ref(), self.source.as_ref(), None)
    }
}

impl QuotesRequest {
    /// Which quotations are wanted.
    pub(super) fn wanted(&self) -> Result<Wanted, Problem> {
        let constraints = constraints(self.since.as_ref(), self.until.as_ref(), self.source.as_ref(), self.by.as_ref())?;
        let about = field("about", self.about.as_ref())?;
        Ok(Wanted { constraints, about, document: self.document.clone().filter(|name| !name.is_empty()), indirect: self.indirect })
    }
}

/// Takes a query apart; an unknown or repeated name is an error, not something to pass over.
pub(super) fn query<T: DeserializeOwned>(uri: &axum::http::Uri) -> Result<T, Problem> {
    let filled = filled(uri.query().unwrap_or_default());
    let uri = format!("/?{filled}").parse().map_err(|_| Problem::usage("the query cannot be read"))?;
    let read = axum::extract::Query::<T>::try_from_uri(&uri);
    read.map(|query| query.0).map_err(|rejection| Problem::usage(told(&rejection.body_text())))
}

/// Fields that hold numbers or choices: an empty one is no value of theirs.
const CHOICES: &[&str] = &["top", "page", "offset", "start", "end", "explain", "indirect", "passport"];

/// A query without such fields that nobody filled in.
fn filled(query: &str) -> String {
    let empty = |pair: &&str| CHOICES.contains(&pair.strip_suffix('=').unwrap_or(pair));
    query.split('&').filter(|pair| !empty(pair)).collect::<Vec<_>>().join("&")
}

/// Takes a JSON body apart.
pub(super) fn body<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| Problem::usage(format!("the body is not what is asked for: {error}")))
}

/// The reason alone.
fn told(rejection: &str) -> String {
    rejection.trim_start_matches("Failed to deserialize query string: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Result<AskOptions, String> {
        let uri = format!("/ask?{query}").parse().unwrap();
        super::query::<AskRequest>(&uri).and_then(|ask| ask.words().and_then(|_| ask.options())).map_err(|problem| problem.message)
    }

    #[test]
    fn empty_fields_limit_nothing() {
        let options = asked("question=who%3F&since=&until=&source=+&speaker=&top=&explain=").unwrap();
        assert_eq!((options.constraints, options.top, options.explain), (Constraints::default(), 0, false));
    }

    #[test]
    fn what_does_not_fit_is_said() {
        for (query, expected) in [
            ("question=", "`question` is empty"),
            ("", "missing field `question`"),
            ("question=a&question=b", "duplicate field `question`"),
            ("question=a&colour=red", "unknown field `colour`"),
            ("question=a&top=0", "`top` is a number from 1 to 10000"),
            ("question=a&top=x", "invalid digit"),
            ("question=a&since=soon", "`since` is not a date"),
            ("question=a&since=2014&until=2013", "is after `until`"),
        ] {
            let message = asked(query).unwrap_err();
            assert!(message.contains(expected), "{query}: {message}");
        }
        let long = format!("question=a&source={}", "a".repeat(FIELD + 1));
        assert!(asked(&long).unwrap_err().contains("300 are read at most"));
    }

    #[test]
    fn a_whole_number_may_be_written_in_several_ways() {
        let top = |text: &str| super::body::<ListRequest>(text.as_bytes()).map(|list| list.top).map_err(|problem| problem.message);
        for (text, expected) in [("{\"top\":5}", Some(5)), ("{\"top\":5.0}", Some(5)), ("{\"top\":null}", None), ("{}", None)] {
            assert_eq!(top(text), Ok(expected), "{text}");
        }
        for text in ["{\"top\":5.5}", "{\"top\":-1}", "{\"top\":true}", "{\"top\":1e300}"] {
            assert!(top(text).is_err(), "{text}");
        }
        let uri = "/people?top=7".parse().unwrap();
        assert_eq!(super::query::<ListRequest>(&uri).map(|list| list.top).ok(), Some(Some(7)));
    }

    #[test]
    fn a_part_stays_inside_its_list() {
        let list = [1, 2, 3];
        assert_eq!(Part { offset: 1, top: 9 }.of(&list), [2, 3]);
        assert!(Part { offset: 7, top: 9 }.of(&list).is_empty());
    }
}
