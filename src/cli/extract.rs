//! `sayso extract`: quotations with speakers straight from texts, no index.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Ending;
use super::arguments::ExtractArguments;
use super::batch;
use super::output::{Failure, Output};
use crate::corpus::{self, Document};
use crate::engine::{self, Warning};
use crate::index::QuotationRecord;
use crate::quotation::Quotation;
use crate::render::json::{JsonExtraction, Places, record_of};
use crate::span::{CharIndex, Span};

/// Runs the command.
pub(super) fn run(arguments: &ExtractArguments, _: &super::settings::Settings, output: &Output) -> Result<Ending, Failure> {
    let standard = vec![PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &standard } else { &arguments.files };
    let mut ending = Ending::Good;
    for file in files {
        let one = if arguments.jsonl { batch::run(file, output, extract_line) } else { whole(file, output) };
        match one {
            Ok(Ending::Failed) => ending = Ending::Failed,
            Ok(_) => {}
            Err(failure) if files.len() > 1 => {
                output.warn(&Warning { path: None, message: failure.message().to_owned() });
                ending = if output.strict { Ending::Failed } else { ending };
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(ending)
}

/// One line of {"id","text"}.
fn extract_line(line: &Value) -> Result<(Value, Ending), Failure> {
    let text = line.get("text").and_then(Value::as_str).ok_or_else(|| Failure::new("input", "no \"text\""))?;
    let quotations = engine::extract(text);
    let id = line.get("id").cloned().unwrap_or(Value::Null);
    let document = serde_json::to_value(JsonExtraction::new(id, text, &quotations));
    Ok((document.map_err(|error| Failure::new("output", error.to_string()))?, Ending::Good))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") { io::stdin().read_to_end(&mut bytes).map(|_| bytes) } else { std::fs::read(file) };
    read.map_err(|error| Failure::file(file, &error))
}

/// A whole document of any format.
fn whole(file: &Path, output: &Output) -> Result<Ending, Failure> {
    let name = if file == Path::new("-") { Path::new("standard input") } else { file };
    let id = name.to_string_lossy();
    let document = corpus::parse(name, &id, &bytes(file)?).map_err(|error| Failure::new("file", format!("{}: {error}", name.display())))?;
    let quotations = engine::extract_document(&document);
    if output.json {
        let mut extraction = serde_json::to_value(JsonExtraction::new(json!(id), &document.text, &quotations)).unwrap_or_default();
        if let Value::Object(fields) = &mut extraction {
            fields.insert("schema".to_owned(), json!("sayso.extract/1"));
        }
        output.document(&extraction)?;
    } else {
        output.text(&text(&document, quotations, output))?;
    }
    Ok(Ending::Good)
}

/// Places in a text that is at hand.
struct At<'t>(CharIndex<'t>);

impl Places for At<'_> {
    fn characters(&self, _: &crate::engine::DocumentRecord, span: Span) -> std::ops::Range<usize> {
        self.0.chars_before(span.start)..self.0.chars_before(span.end)
    }
}

fn text(document: &Document, quotations: Vec<Quotation>, output: &Output) -> String {
    let record = std::sync::Arc::new(record_of(document));
    let speech = quotations.into_iter().filter(engine::is_speech);
    let records: Vec<QuotationRecord> = speech
        .map(|quotation| {
            let pieces = quotation.pieces.iter().map(|piece| piece.slice(&document.text).to_owned()).collect();
            QuotationRecord { document: std::sync::Arc::clone(&record), quotation, pieces }
        })
        .collect();
    if records.is_empty() {
        return "No quotations.\n".to_owned();
    }
    output.page.quotations(&records, records.len(), &At(CharIndex::new(&document.text)))
}
