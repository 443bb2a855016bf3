//! Front matter, the settings some writers put above a text, becomes metadata.
//!
//! Reads the lines `key: value` (between `---`) and `key = "value"` (between `+++`), with values quoted or not and lists in brackets or
//! as `- item` lines. That is the part of YAML and TOML that front matter of articles uses; anything else in it is passed over.

use crate::span::Span;

use super::{Metadata, Origin, Sourced, date};

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

/// Between two rules of a plain text there may be a paragraph: settings are lines with a key.
fn has_settings(matter: &str) -> bool {
    let lines = || matter.lines().filter(|line| !line.trim().is_empty() && !is_fence(line));
    let keyed = lines().filter(|line| setting(line).is_some() || line.starts_with([' ', '-', '\t', '#', '['])).count();
    keyed > 0 && keyed == lines().count()
}

fn is_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "+++" | "...")
}

/// `key: value` or `key = value`; the key is one word.
fn setting(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '='])?;
    let (key, value) = (line.get(..at)?.trim_end(), line.get(at + 1..)?.trim());
    let word = !key.is_empty() && key.len() <= 40 && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    word.then_some((key, value))
}

/// What the front matter at `span` states.
pub(super) fn metadata(text: &str, span: Span) -> Metadata {
    let mut metadata = Metadata::default();
    for (key, values) in entries(span.slice(text)) {
        let first = values.first().cloned();
        match key.to_ascii_lowercase().as_str() {
            "title" | "headline" => metadata.title = first.map(sourced),
            "publication" | "publisher" | "outlet" | "site" | "source" | "newspaper" => metadata.publisher = first.map(sourced),
            "author" | "authors" | "byline" | "by" => {
                metadata.authors.extend(values.iter().flat_map(|value| super::byline::split(value)).map(sourced))
            }
            "date" | "published" | "pubdate" | "publishdate" | "datepublished" | "created" => {
                metadata.published = first.and_then(|value| date::first(&value)).map(sourced);
            }
            "updated" | "lastmod" | "modified" | "last_modified" | "datemodified" => {
                metadata.updated = first.and_then(|value| date::first(&value)).map(sourced);
            }
            _ => {}
        }
    }
    metadata
}

fn sourced<T>(value: T) -> Sourced<T> {
    Sourced { value, origin: Origin::FrontMatter, span: None }
}

/// Keys with their values, in order.
fn entries(matter: &str) -> Vec<(&str, Vec<String>)> {
    let mut entries: Vec<(&str, Vec<String>)> = Vec::new();
    for line in matter.lines().filter(|line| !is_fence(line)) {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            entries.iter_mut().last().into_iter().for_each(|(_, values)| values.push(unquote(item)));
        } else if let Some((key, value)) = setting(line) {
            entries.push((key, values(value)));
        }
    }
    entries.iter_mut().for_each(|(_, values)| values.retain(|value| !value.is_empty()));
    entries
}

fn values(value: &str) -> Vec<String> {
    match value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(list) => list.split(',').map(unquote).collect(),
        None => vec![unquote(value)],
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
}
