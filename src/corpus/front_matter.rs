//! Front matter, the settings some writers put above a text, becomes metadata.
//!
//! Reads the lines `key: value` (between `---`) and `key = "value"` (between `+++`), with values quoted or not and lists in brackets or
//! as `- item` lines. That is the part of YAML and TOML that front matter of articles uses; anything else in it is passed over.

use crate::span::Span;

use super::stated::{Stating, host};
use super::{Metadata, Origin, byline, date};

/// The longest front matter, in bytes; what is longer is text between rules.
const LONGEST: usize = 1 << 14;

/// Where front matter stands, both fences included, or nothing.
pub(super) fn find(text: &str) -> Option<Span> {
    let body = text.trim_start_matches('\u{feff}');
    let start = text.len() - body.len();
    let fence = ["---", "+++"].into_iter().find(|fence| body.lines().next().map(str::trim_end) == Some(fence))?;
    let mut at = start;
    for (number, line) in body.split_inclusive('\n').enumerate() {
        at += line.len();
        let closes = number > 0 && (line.trim_end() == fence || (fence == "---" && line.trim_end() == "..."));
        if closes && has_settings(text.get(start..at)?) {
            return Some(Span::new(start, at));
        }
        if closes || at - start > LONGEST {
            return None;
        }
    }
    None
}

/// Between two rules of a plain text there may be a paragraph: settings are lines with a key. A key of several words is one where a
/// known one stands beside it.
fn has_settings(matter: &str) -> bool {
    let lines = || matter.lines().filter(|line| !line.trim().is_empty() && !is_fence(line));
    let known = lines().any(|line| setting(line).is_some_and(|(key, _)| part(key).is_some()));
    let keyed = |line: &&str| setting(line).is_some() || line.starts_with([' ', '-', '\t', '#', '[']) || known && has_long_key(line);
    let keyed = lines().filter(keyed).count();
    keyed > 0 && keyed == lines().count()
}

/// `published on: value`.
fn has_long_key(line: &str) -> bool {
    let key = line.split_once([':', '=']).map_or("", |(key, _)| key);
    (1..=4).contains(&key.split_whitespace().count()) && key.split_whitespace().all(is_key)
}

fn is_key(word: &str) -> bool {
    !word.is_empty() && word.len() <= 40 && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn is_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "+++" | "...")
}

/// `key: value` or `key = value`; the key is one word.
fn setting(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '='])?;
    let (key, value) = (line.get(..at)?.trim_end(), line.get(at + 1..)?.trim());
    is_key(key).then_some((key, value))
}

/// What a key's value is.
#[derive(Clone, Copy)]
enum Part {
    Title,
    Publisher,
    Authors,
    Published,
    Updated,
}

fn part(key: &str) -> Option<Part> {
    Some(match key.to_ascii_lowercase().as_str() {
        "title" | "headline" => Part::Title,
        "publication" | "publisher" | "outlet" | "site" | "source" | "newspaper" => Part::Publisher,
        "author" | "authors" | "byline" | "by" => Part::Authors,
        "date" | "published" | "pubdate" | "publishdate" | "datepublished" | "created" => Part::Published,
        "updated" | "lastmod" | "modified" | "last_modified" | "datemodified" => Part::Updated,
        _ => return None,
    })
}

/// What the front matter at `span` states.
pub(super) fn metadata(text: &str, span: Span) -> Metadata {
    let mut metadata = Metadata::default();
    let mut stating = Stating::new(&mut metadata, Origin::FrontMatter);
    for (key, values) in entries(span.slice(text)) {
        let first = values.first().map_or("", String::as_str);
        match part(key) {
            Some(Part::Title) => stating.title(first),
            Some(Part::Publisher) => stating.publisher(host(first).unwrap_or(first)),
            Some(Part::Authors) => stating.authors(values.iter().flat_map(|value| byline::split(value))),
            Some(Part::Published) => stating.published(date::first(first)),
            Some(Part::Updated) => stating.updated(date::first(first)),
            None => {}
        }
    }
    metadata
}

/// Keys with their values, in order.
fn entries(matter: &str) -> Vec<(&str, Vec<String>)> {
    let mut entries: Vec<(&str, Vec<String>)> = Vec::new();
    for line in matter.lines().filter(|line| !is_fence(line)) {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            entries.iter_mut().last().into_iter().for_each(|(_, values)| values.extend(named(item)));
        } else if line.starts_with([' ', '\t']) && line.trim_start().starts_with("name:") {
            entries.iter_mut().last().into_iter().for_each(|(_, values)| values.extend(named(line.trim_start())));
        } else if let Some((key, value)) = setting(line) {
            entries.push((key, values(value)));
        }
    }
    entries.iter_mut().for_each(|(_, values)| values.retain(|value| !value.is_empty()));
    entries
}

fn values(value: &str) -> Vec<String> {
    match value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(list) => listed(list),
        None => vec![unquote(value)],
    }
}

/// The values between commas; a comma between marks of quotation parts none.
fn listed(list: &str) -> Vec<String> {
    let mut mark = None;
    let parts = list.split(|c| match (mark, c) {
        (None, ',') => true,
        (None, '"') | (None, '\'') => {
            mark = Some(c);
            false
        }
        (Some(open), _) if c == open => {
            mark = None;
            false
        }
        _ => false,
    });
    parts.map(unquote).collect()
}

/// An item's value; of a person with several traits, the name.
fn named(item: &str) -> Option<String> {
    match setting(item) {
        Some(("name", value)) => Some(unquote(value)),
        Some((trait_of, _)) if trait_of.starts_with(char::is_lowercase) => None,
        _ => Some(unquote(item)),
    }
}

fn unquote(value: &str) -> String {
    let value = value.trim();
    let inner = ['"', '\''].into_iter().find_map(|mark| value.strip_prefix(mark)?.strip_suffix(mark));
    inner.unwrap_or(value).replace("\\\"", "\"").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Metadata {
        metadata(text, find(text).expect("front matter"))
    }

    #[test]
    fn yaml_like_settings_are_read() {
        let metadata = read(
            "---\ntitle: \"The ferry: an end\"\nauthor: Ann Lister\ndate: 2014-02-09\npublication: Tidewater\ntags: [a, b]\n---\n\nText.",
        );
        assert_eq!(metadata.title.unwrap().value, "The ferry: an end");
        assert_eq!(metadata.authors[0].value, "Ann Lister");
        assert_eq!(metadata.published.unwrap().value.to_string(), "2014-02-09");
        assert_eq!(metadata.publisher.unwrap().value, "Tidewater");
    }

    #[test]
    fn toml_like_settings_and_lists_are_read() {
        let metadata = read("+++\ntitle = 'Ferry'\nauthors = [\"Ann Lister\", \"Bo Reed\"]\ndate = 2014-02-09T10:00:00Z\n+++\nText.");
        assert_eq!(metadata.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Ann Lister", "Bo Reed"]);
        assert_eq!(read("---\nauthors:\n  - Ann Lister\n  - Bo Reed\n---\n").authors.len(), 2);
    }

    #[test]
    fn rules_around_text_are_no_front_matter() {
        assert_eq!(find("---\nThe ferry is gone, and nobody cares.\n---\n"), None);
        assert_eq!(find("---\ntitle: never closed\n"), None);
        assert_eq!(find("Text\n---\ntitle: x\n---\n"), None);
    }

    #[test]
    fn the_first_value_that_is_one_stays() {
        let metadata = read(
            "---\ndate: 2014-02-03\npublished: true\npublisher: Tidewater\nsource:\nauthors:\n  - name: Bo Reed\n    url: x\n  - role: editor\n    name: Ann Lister\n---\n",
        );
        assert_eq!(metadata.published.unwrap().value.to_string(), "2014-02-03");
        assert_eq!(metadata.publisher.unwrap().value, "Tidewater");
        assert_eq!(metadata.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Bo Reed", "Ann Lister"]);
        assert_eq!(read("---\nsource: https://www.tarn.example/x\n---\n").publisher.unwrap().value, "tarn.example");
        let metadata = read("---\nauthors: [\"Lister, Ann\", 'Bo Reed']\nPublished on: x\n---\n");
        assert_eq!(metadata.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Ann Lister", "Bo Reed"]);
        assert_eq!(find("---\nHe put it so: never.\nAnd so: it was.\n---\n"), None);
    }
}
