//! Tables: a document a row, comma-, semicolon-, tab- or bar-separated.

use std::io::{BufRead, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::fields::Record;
use super::{document, state};
use crate::corpus::ReadError;
use crate::corpus::file::LIMIT;
use crate::corpus::format::Format;
use crate::corpus::plain;
use crate::corpus::unpacking::{Place, Unpacking};

/// Bytes by which the separator is found out.
const SAMPLE: u64 = 1 << 14;

/// Reads a table whose first row names the columns; rows are numbered from the one after it.
pub(in crate::corpus) fn table(input: &mut dyn BufRead, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut sample = Vec::new();
    Read::take(&mut *input, SAMPLE).read_to_end(&mut sample)?;
    let separator = separator(&sample);
    let body = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&sample).to_vec();
    let mut rows =
        ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(Bounded::new(std::io::Cursor::new(body).chain(input)));
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

/// The separator of which the first lines hold most, evenly.
fn separator(sample: &[u8]) -> u8 {
    let first = sample.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| first.iter().filter(|byte| **byte == separator).count();
    // Of equals, the last.
    [b'|', b';', b',', b'\t'].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
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
