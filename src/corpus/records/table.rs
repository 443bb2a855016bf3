//! Tables: a document a row, comma-, semicolon-, tab- or bar-separated.
//!
//! Marks of quotation around cells are the table's where commas or semicolons separate; where tabs or bars do, only if every cell that
//! begins with one is written so throughout: else they are the article's own.

use std::io::{BufRead, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::fields::Record;
use super::{document, in_utf8, state};
use crate::corpus::ReadError;
use crate::corpus::file::LIMIT;
use crate::corpus::format::Format;
use crate::corpus::plain;
use crate::corpus::unpacking::{Place, Unpacking};

/// Bytes by which the separator is found out.
const SAMPLE: u64 = 1 << 14;

/// Reads a table whose first row names the columns; rows are numbered from the one after it.
pub(in crate::corpus) fn table(input: &mut dyn BufRead, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut input = in_utf8(input)?;
    let mut sample = Vec::new();
    Read::take(&mut *input, SAMPLE).read_to_end(&mut sample)?;
    let body = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&sample);
    let (said, body) = said_separator(body);
    let whole = (sample.len() as u64) < SAMPLE;
    let separator = said.unwrap_or_else(|| separator(body, whole));
    let quoting = matches!(separator, b',' | b';') || is_quoted(body, separator, whole);
    let body = std::io::Cursor::new(body.to_vec()).chain(input);
    let mut rows = ReaderBuilder::new().delimiter(separator).quoting(quoting).flexible(true).from_reader(Bounded::new(body));
    let columns: Vec<String> = rows.byte_headers().map_err(|error| damaged(&error))?.iter().map(decoded).collect();
    let mut row = ByteRecord::new();
    let mut number = 0_u64;
    loop {
        rows.get_mut().begin_row();
        if !rows.read_byte_record(&mut row).map_err(|error| damaged(&error))? {
            return Ok(());
        }
        number += 1;
        let place = place.part(&number.to_string());
        let read = one_row(&columns, &row, &place, unpacking);
        unpacking.settle(read, &place)?;
    }
}

fn damaged(error: &csv::Error) -> ReadError {
    ReadError::Damaged { format: "table", reason: error.to_string() }
}

/// The separator that a spreadsheet program says in a first line of its own (`sep=;`), and what follows.
fn said_separator(sample: &[u8]) -> (Option<u8>, &[u8]) {
    let Some([separator, rest @ ..]) = sample.strip_prefix(b"sep=") else { return (None, sample) };
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    rest.strip_prefix(b"\n").map_or((None, sample), |rest| (Some(*separator), rest))
}

/// The separator by which most rows of the sample are as wide as the first; `whole` says that the sample is all there is.
fn separator(sample: &[u8], whole: bool) -> u8 {
    let fit = |separator: u8| {
        let mut rows = ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(sample);
        let mut widths: Vec<usize> = rows.byte_records().map_while(Result::ok).map(|row| row.len()).collect();
        // The last row may be cut short.
        widths.truncate(if whole { widths.len() } else { widths.len().saturating_sub(1).max(1) });
        let width = widths.first().copied().unwrap_or(1);
        let even = if width > 1 { widths.iter().skip(1).filter(|other| **other == width).count() } else { 0 };
        (even, width)
    };
    // Of equals, the last.
    [b'|', b';', b',', b'\t'].into_iter().max_by_key(|separator| fit(*separator)).unwrap_or(b',')
}

/// Whether every cell that begins with a mark of quotation is one written in such marks: they are doubled inside, and the last one ends
/// the cell.
fn is_quoted(sample: &[u8], separator: u8, whole: bool) -> bool {
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == separator || matches!(byte, b'\r' | b'\n'));
    let mut at = 0;
    let mut fresh = true;
    while let Some(byte) = sample.get(at) {
        at += 1;
        if fresh && *byte == b'"' {
            let Some(length) = quoted_length(sample.get(at..).unwrap_or_default()) else {
                // It may close behind the sample, unless it holds what looks like further rows.
                let rest = sample.get(at..).unwrap_or_default();
                return !whole && !rest.split(|byte| *byte == b'\n').skip(1).any(|line| line.contains(&separator));
            };
            at += length;
            if !ends(sample.get(at)) {
                return false;
            }
        }
        fresh = *byte != b'"' && (*byte == separator || *byte == b'\n');
    }
    true
}

/// Bytes up to and with the mark that closes a cell, where one does.
fn quoted_length(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += rest.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        if rest.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// A cell's words; those of old spreadsheets are in the encoding of Western Windows.
fn decoded(cell: &[u8]) -> String {
    match std::str::from_utf8(cell) {
        Ok(words) => words.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(cell).0.into_owned(),
    }
}

fn one_row(columns: &[String], row: &ByteRecord, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let names = columns.iter().cloned().chain(std::iter::repeat(String::new()));
    let cells: Vec<(String, String)> = names.zip(row.iter().map(decoded)).filter(|(_, cell)| !cell.trim().is_empty()).collect();
    if cells.is_empty() {
        return Ok(());
    }
    let record = Record::new(cells.clone(), &unpacking.reading().fields);
    if record.text().is_some() {
        return document(&record, Format::Table, place, unpacking);
    }
    let line = |(column, cell): &(String, String)| if column.is_empty() { cell.clone() } else { format!("{column}: {cell}") };
    let mut draft = plain::read(cells.iter().map(line).collect::<Vec<_>>().join("\n") + "\n");
    state(&record, &mut draft);
    unpacking.emit(draft, Vec::new(), Format::Table, place)
}

/// Ends a table whose rows grow past what is read of one: a mark of quotation that never closes would swallow the rest.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R> Bounded<R> {
    fn new(inner: R) -> Self {
        Self { inner, left: LIMIT }
    }

    fn begin_row(&mut self) {
        self.left = LIMIT;
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(std::io::Error::other(format!("a row is longer than {} MiB", LIMIT >> 20))),
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_makes_even_rows() {
        for (sample, expected) in [
            ("title,text (raw; unedited; v2)\nFerry,It stops.\nBridge,\"Shut, all day.\"\n", b','),
            ("title;text\nFerry;It stops, at last, in May.\n", b';'),
            ("title\ttext\nFerry\tIt stops, at last; in May.\n", b'\t'),
            ("title|text\nFerry|It stops.\n", b'|'),
            ("title,text\n", b','),
            ("title\nFerry, bridge\n", b'\t'),
        ] {
            assert_eq!(separator(sample.as_bytes(), true), expected, "{sample}");
        }
        assert_eq!(said_separator(b"sep=;\r\na;b"), (Some(b';'), b"a;b".as_slice()));
        assert_eq!(said_separator(b"sep=x"), (None, b"sep=x".as_slice()));
    }

    #[test]
    fn the_articles_marks_of_quotation_are_told_from_the_tables() {
        for (sample, expected) in [
            ("title\ttext\nFerry\t\"We stop,\" said Ann Lister. \"Never.\"\n", false),
            ("title\ttext\nFerry\t\"It is shut, said Bo Reed.\nMill\tIt is open.\n", false),
            ("title\ttext\nFerry\t\"It \"\"stops\"\".\"\r\nMill\t\"One line\nand another.\"", true),
            ("title\ttext\nFerry\tIt is 5\" wide.\n", true),
        ] {
            assert_eq!(is_quoted(sample.as_bytes(), b'\t', true), expected, "{sample}");
        }
        assert!(is_quoted(b"a\t\"It goes on", b'\t', false));
    }
}
