//! JSON: a record, a list of records, or one record a line.

use std::io::{BufRead, Read};

use serde_json::Value;

use super::fields::Record;
use super::{FieldNames, document};
use crate::corpus::ReadError;
use crate::corpus::file::LIMIT;
use crate::corpus::format::Format;
use crate::corpus::unpacking::{Place, Unpacking};

/// Reads a JSON value: an object with a text is a document, the objects of a list (or of the list an object holds) are one each.
pub(in crate::corpus) fn json(bytes: &[u8], place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        // Lines too long for the first bytes to show that they are records of their own.
        Err(error) if error.line() == 2 && bytes.trim_ascii_start().starts_with(b"{") => return lines(&mut &*bytes, place, unpacking),
        Err(error) => return Err(damaged(&error)),
    };
    let whole = record(&value, &unpacking.reading().fields);
    if whole.text().is_some() {
        return document(&whole, Format::Json, place, unpacking);
    }
    let Some(list) = list(&value) else { return Err(ReadError::NoText { fields: whole.names() }) };
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

/// The list of records: the value itself, or the longest list of objects in it.
fn list(value: &Value) -> Option<&Vec<Value>> {
    let records = |list: &&Vec<Value>| list.iter().any(Value::is_object);
    match value {
        Value::Array(list) => Some(list),
        Value::Object(fields) => {
            let lists =
                fields.values().filter_map(|field| field.as_array().or_else(|| field.as_object()?.values().find_map(Value::as_array)));
            lists.filter(records).max_by_key(|list| list.len())
        }
        _ => None,
    }
}

/// Reads one JSON object a line; a line is labelled with its number.
pub(in crate::corpus) fn lines(input: &mut dyn BufRead, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut line = Vec::new();
    let mut number = 0_u64;
    while next_line(input, &mut line)? {
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
    collect(value, "", 0, &mut fields);
    Record::new(fields, names)
}

fn collect(value: &Value, path: &str, depth: usize, fields: &mut Vec<(String, String)>) {
    let Value::Object(object) = value else { return };
    let named = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    for (name, field) in object {
        scalars(field, &named(name), fields);
    }
    for (name, field) in object.iter().filter(|_| depth < DEEPEST) {
        collect(field, &named(name), depth + 1, fields);
    }
}

/// A field's value, or each of a list's; of an object with a name (an author, an outlet), the name.
fn scalars(field: &Value, name: &str, fields: &mut Vec<(String, String)>) {
    match field {
        Value::String(words) => fields.push((name.to_owned(), words.clone())),
        Value::Number(number) => fields.push((name.to_owned(), number.to_string())),
        Value::Array(list) if paragraphs(list) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            fields.push((name.to_owned(), words.join("\n\n")));
        }
        Value::Array(list) => list.iter().filter(|item| !item.is_array()).for_each(|item| scalars(item, name, fields)),
        Value::Object(object) => {
            let called = ["name", "title", "full_name", "displayName"].iter().find_map(|key| object.get(*key)?.as_str());
            fields.extend(called.map(|called| (name.to_owned(), called.to_owned())));
        }
        Value::Bool(_) | Value::Null => {}
    }
}

/// Whether a list is one of paragraphs rather than of names.
fn paragraphs(list: &[Value]) -> bool {
    list.iter().all(Value::is_string) && list.iter().filter_map(Value::as_str).any(|words| words.len() > 80)
}
