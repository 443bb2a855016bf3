//! JSON: a record, a list of records, or one record a line.

use std::io::{BufRead, Read};

use serde_json::Value;

use super::fields::Record;
use super::{FieldNames, document, in_utf8};
use crate::corpus::ReadError;
use crate::corpus::file::LIMIT;
use crate::corpus::format::Format;
use crate::corpus::unpacking::{Place, Unpacking};

/// Reads a JSON value: an object with a text is a document, the objects of a list (or of the list an object holds) are one each. Where
/// the object's own text is a blurb or a program's reply and those in the list are longer, the list is read.
pub(in crate::corpus) fn json(bytes: &[u8], place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut whole = Vec::new();
    in_utf8(&mut &*bytes)?.read_to_end(&mut whole)?;
    let bytes = whole.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&whole);
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        // Lines too long for the first bytes to show that they are records of their own.
        Err(error) if error.line() == 2 && bytes.trim_ascii_start().starts_with(b"{") => return lines(&mut &*bytes, place, unpacking),
        Err(error) => return Err(damaged(&error)),
    };
    let names = &unpacking.reading().fields;
    let whole = record(&value, names);
    let text = whole.text();
    let longer =
        |list: &&Vec<Value>| list.iter().any(|item| record(item, names).text().map(|text| text.len()) > text.as_ref().map(String::len));
    let list = if text.is_none() { list(&value, &[]) } else { list(&value, REPLIES).filter(|_| whole.is_slight()).filter(longer) };
    let Some(list) = list else {
        return if text.is_some() {
            document(&whole, Format::Json, place, unpacking)
        } else {
            Err(ReadError::NoText { fields: whole.names() })
        };
    };
    for (number, item) in (1..).zip(list) {
        let place = place.part(&format!("{number}"));
        let record = record(item, &unpacking.reading().fields);
        let read = document(&record, Format::Json, &place, unpacking);
        unpacking.settle(read, &place)?;
    }
    Ok(())
}

fn damaged(error: &serde_json::Error) -> ReadError {
    ReadError::Damaged { format: "JSON", reason: error.to_string() }
}

/// Lists that stand below a text and are not what it introduces.
const REPLIES: &[&str] = &["comments", "replies", "related", "tags", "links"];

/// The list of records: the value itself, or the longest list of objects in it or in the objects it holds, but for those called `but`.
fn list<'v>(value: &'v Value, but: &[&str]) -> Option<&'v Vec<Value>> {
    let records = |list: &&Vec<Value>| list.iter().any(Value::is_object);
    match value {
        Value::Array(list) => Some(list),
        Value::Object(fields) => {
            let inner = |field: &'v Value| field.as_object().into_iter().flatten();
            let all = fields.iter().flat_map(|(name, field)| std::iter::once((name, field)).chain(inner(field)));
            let lists = all.filter(|(name, _)| !but.contains(&name.as_str())).filter_map(|(_, field)| field.as_array());
            lists.filter(records).max_by_key(|list| list.len())
        }
        _ => None,
    }
}

/// Reads one JSON object a line; a line is labelled with its number.
pub(in crate::corpus) fn lines(input: &mut dyn BufRead, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut input = in_utf8(input)?;
    let mut line = Vec::new();
    let mut number = 0_u64;
    while next_line(&mut *input, &mut line)? {
        number += 1;
        let bytes = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line).trim_ascii();
        if bytes.is_empty() {
            continue;
        }
        let place = place.part(&number.to_string());
        let read = one_line(bytes, &place, unpacking);
        unpacking.settle(read, &place)?;
    }
    Ok(())
}

/// Reads a line into `line`, all of it from the input though no more than [`LIMIT`] bytes and one are kept; whether there was one.
fn next_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let count = Read::take(&mut *input, LIMIT + 1).read_until(b'\n', line)?;
    if count as u64 > LIMIT && !line.ends_with(b"\n") {
        while pass_over_line(input)? {}
    }
    Ok(count > 0)
}

/// Passes over a stretch of the line; whether the line goes on.
fn pass_over_line(input: &mut dyn BufRead) -> std::io::Result<bool> {
    let (used, goes_on) = match input.fill_buf()? {
        [] => (0, false),
        stretch => stretch.iter().position(|byte| *byte == b'\n').map_or((stretch.len(), true), |at| (at + 1, false)),
    };
    input.consume(used);
    Ok(goes_on)
}

fn one_line(bytes: &[u8], place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    if bytes.len() as u64 > LIMIT {
        return Err(ReadError::TooLarge { size: bytes.len() as u64, limit: LIMIT });
    }
    let value: Value = serde_json::from_slice(bytes).map_err(|error| damaged(&error))?;
    let record = record(&value, &unpacking.reading().fields);
    document(&record, Format::JsonLines, place, unpacking)
}

/// Deepest objects whose fields are looked at.
const DEEPEST: usize = 3;

/// A value's fields; those of objects inside come after those of the value itself.
fn record(value: &Value, names: &FieldNames) -> Record {
    let mut fields = Vec::new();
    collect(value, "", 0, names, &mut fields);
    Record::new(fields, names)
}

fn collect(value: &Value, path: &str, depth: usize, names: &FieldNames, fields: &mut Vec<(String, String)>) {
    let Value::Object(object) = value else { return };
    let named = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    for (name, field) in object {
        scalars(field, &named(name), names, fields);
    }
    for (name, field) in object.iter().filter(|_| depth < DEEPEST) {
        collect(field, &named(name), depth + 1, names, fields);
    }
}

/// A field's value, or each of a list's; of an object with a name (an author, an outlet), the name, unless the object is the article.
fn scalars(field: &Value, name: &str, names: &FieldNames, fields: &mut Vec<(String, String)>) {
    match field {
        Value::String(words) => fields.push((name.to_owned(), words.clone())),
        Value::Number(number) => fields.push((name.to_owned(), number.to_string())),
        Value::Array(list) if paragraphs(list) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            fields.push((name.to_owned(), words.join("\n\n")));
        }
        Value::Array(list) if sections(list, name, names).is_some() => {
            let texts = sections(list, name, names).unwrap_or_default();
            let name = if names.is_text(name) { name.to_owned() } else { format!("{name}.text") };
            fields.push((name, texts.join("\n\n")));
        }
        Value::Array(list) => list.iter().filter(|item| !item.is_array()).for_each(|item| scalars(item, name, names, fields)),
        Value::Object(object) if !names.is_text(name) && !name.starts_with('_') => {
            let called = ["name", "title", "full_name", "displayName"].iter().find_map(|key| object.get(*key)?.as_str());
            fields.extend(called.map(|called| (name.to_owned(), called.to_owned())));
        }
        Value::Object(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// Lists whose objects are parts of one text.
const SECTIONS: &[&str] = &["sections", "paragraphs", "blocks", "chapters"];

/// The headings and texts of a list of sections, where the list is one: all with a text, none with an author or a date of its own.
fn sections(list: &[Value], name: &str, names: &FieldNames) -> Option<Vec<String>> {
    let last = name.rsplit('.').next().unwrap_or(name);
    let parts = SECTIONS.contains(&last.to_lowercase().as_str()) || names.is_text(name);
    let mut texts = Vec::new();
    for item in list.iter().filter(|_| parts) {
        let object = item.as_object().filter(|object| !object.keys().any(|key| names.tells_record(key)))?;
        let said = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
        let text = object.keys().find(|key| names.is_text(key) && said(key).is_some())?;
        texts.extend(["heading", "title", "name"].iter().find_map(|key| said(key)).into_iter().chain(said(text)));
    }
    (!texts.is_empty()).then_some(texts)
}

/// Whether a list is one of paragraphs rather than of names.
fn paragraphs(list: &[Value]) -> bool {
    list.iter().all(Value::is_string) && list.iter().filter_map(Value::as_str).any(|words| words.len() > 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FERRY: &str = "The ferry across the Tarn will make its last crossing in May, its owners said.";
    const BRIDGE: &str = "The bridge at Saltby has been shut since Monday, and nobody knows when it will open again.";

    #[track_caller]
    fn check(value: &Value, text: Option<&str>, slight: bool) {
        let record = record(value, &FieldNames::default());
        assert_eq!((record.text().as_deref(), record.is_slight()), (text, slight), "{value}");
    }

    #[test]
    fn the_article_is_told_from_what_holds_it() {
        let both = format!("{FERRY}\n\n{BRIDGE}");
        check(&serde_json::json!({"story": {"title": "Ferry", "content": FERRY}}), Some(FERRY), true);
        check(&serde_json::json!({"title": "Both", "body": [{"type": "p", "text": FERRY}, {"text": BRIDGE}]}), Some(&both), false);
        let paper = serde_json::json!({"abstract": "Short.", "sections": [{"heading": "One", "text": FERRY}, {"text": BRIDGE}]});
        check(&paper, Some(&format!("One\n\n{both}")), true);
        check(&serde_json::json!({"text": ["One.", "Two."]}), Some("One.\n\nTwo."), true);
        let hit = serde_json::json!({"_id": 7, "_source": {"title": "Ferry", "text": FERRY, "author": 7}});
        check(&hit, Some(FERRY), true);
        assert_eq!(record(&hit, &FieldNames::default()).values(super::super::fields::Part::Publisher).next(), None);
        check(&serde_json::json!({"message": "success"}), Some("success"), true);
        check(&serde_json::json!({"author": {"name": "Ann Lister"}, "content": FERRY}), Some(FERRY), false);
    }

    #[test]
    fn the_longest_list_of_records_is_found_wherever_it_stands() {
        let value =
            serde_json::json!({"response": {"facets": [], "results": [{"text": FERRY}]}, "comments": [{"text": "a"}, {"text": "b"}]});
        assert_eq!(list(&value, &[]).map(Vec::len), Some(2));
        assert_eq!(list(&value, REPLIES).map(Vec::len), Some(1));
    }
}
