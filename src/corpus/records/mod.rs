//! Records of tables and JSON become documents: one field holds the text, others title, date, authors and outlet.
//!
//! Which field is which is guessed by its name, unless the user names it. The text is the field's value as it stands, so that positions
//! count in it, unless it is HTML, which is rendered. A row of a table without such a field is written out, `column: value` a line.

mod fields;
mod json;
mod table;

pub use fields::FieldNames;
pub(super) use json::{json, lines};
pub(super) use table::table;

use std::io::{BufRead, Cursor, Read};

use super::draft::Draft;
use super::file::LIMIT;
use super::format::Format;
use super::stated::{Stating, host};
use super::unpacking::{Place, Unpacking};
use super::{Origin, ReadError, byline, date, encoding, html, plain};

use fields::{Part, Record};

/// The same bytes, those of UTF-16 as UTF-8: for that they are read whole.
fn in_utf8<'i>(input: &'i mut dyn BufRead) -> Result<Box<dyn BufRead + 'i>, ReadError> {
    if !encoding::is_utf16(input.fill_buf()?) {
        return Ok(Box::new(input));
    }
    let mut bytes = Vec::new();
    input.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(ReadError::TooLarge { size: bytes.len() as u64, limit: LIMIT });
    }
    let decoded = encoding::decode(&bytes, None).map_err(|reason| ReadError::NotText { reason })?;
    Ok(Box::new(Cursor::new(decoded.text.into_bytes())))
}

/// The document that a record is.
fn document(record: &Record, format: Format, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let text = record.text().ok_or_else(|| ReadError::NoText { fields: record.names() })?;
    let mut draft = if is_markup(&text) { html::read(&text) } else { plain::read(text) };
    state(record, &mut draft);
    unpacking.emit(draft, Vec::new(), format, place)
}

/// Adds what the record's fields say; they go before what the text itself says.
fn state(record: &Record, draft: &mut Draft) {
    let mut metadata = super::Metadata::default();
    let mut stating = Stating::new(&mut metadata, Origin::Field);
    record.values(Part::Title).for_each(|words| stating.title(words));
    record.values(Part::Published).for_each(|words| stating.published(date::first(words)));
    record.values(Part::Updated).for_each(|words| stating.updated(date::first(words)));
    // Neither an address of a profile nor a number of a user is a name.
    let named = |name: &&str| !name.starts_with("http") && name.contains(char::is_alphabetic);
    stating.authors(record.values(Part::Authors).filter(named).flat_map(byline::split));
    record.values(Part::Publisher).for_each(|words| stating.publisher(host(words).unwrap_or(words)));
    record.values(Part::Address).filter_map(host).for_each(|host| stating.publisher(host));
    draft.stated = metadata.or(std::mem::take(&mut draft.stated));
}

/// Whether a value is a piece of a page rather than plain words.
fn is_markup(text: &str) -> bool {
    let opening = text.trim_start().get(..1).is_some_and(|first| first == "<");
    let tags = ["<p>", "<p ", "<div", "<br>", "<br/>", "<br />", "</p>", "<html", "<article"];
    opening && tags.iter().any(|tag| text.contains(tag)) || text.matches("</p>").nth(1).is_some()
}
