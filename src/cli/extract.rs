//! `sayso extract`: quotations with speakers straight from texts, no index.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::Ending;
use super::arguments::{ExtractArguments, ExtractFormat};
use super::batch;
use super::output::{Failure, Output};
use super::settings::Settings;
use crate::corpus::{Document, Found, Reading};
use crate::engine::{self, DocumentRecord, Warning};
use crate::index::QuotationRecord;
use crate::quotation::{Quotation, QuotationKind};
use crate::render::json::{JsonExtraction, Places, annotations, record_of};
use crate::render::page::{Opening, Page};
use crate::render::standoff::standoff;
use crate::span::{CharIndex, Span};

/// Runs the command.
pub(super) fn run(arguments: &ExtractArguments, _: &Settings, output: &Output) -> Result<Ending, Failure> {
    let standard = vec![PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &standard } else { &arguments.files };
    let format = format(arguments, output);
    refuse(arguments, files, format)?;
    if let Some(folder) = &arguments.out {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    let mut ending = Ending::Good;
    let mut documents = Vec::new();
    for file in files {
        let done = if arguments.jsonl {
            batch::run(file, output, |line| extract_line(line, format, arguments.indirect))
        } else {
            one_file(file, format, arguments, output).map(|found| {
                documents.extend(found);
                Ending::Good
            })
        };
        match done {
            Ok(Ending::Failed) => ending = Ending::Failed,
            Ok(_) => {}
            Err(failure) if files.len() > 1 && !failure.is_silent() => {
                output.warn(&Warning { path: None, message: failure.message().to_owned() });
                ending = Ending::Failed;
            }
            Err(failure) => return Err(failure),
        }
    }
    together(documents, arguments, output)?;
    Ok(ending)
}

/// JSON lines in are JSON lines out, whatever `--json` says; otherwise `--json` alone is one document.
fn format(arguments: &ExtractArguments, output: &Output) -> ExtractFormat {
    match arguments.format {
        Some(format) => format,
        None if arguments.jsonl => ExtractFormat::Jsonl,
        None if output.json => ExtractFormat::Json,
        None => ExtractFormat::Text,
    }
}

/// What does not go together.
fn refuse(arguments: &ExtractArguments, files: &[PathBuf], format: ExtractFormat) -> Result<(), Failure> {
    let usage = |message: &str| Err(Failure::new("usage", message));
    match format {
        ExtractFormat::Brat if arguments.jsonl => usage("brat standoff is a file a text: it cannot be written for JSON lines"),
        ExtractFormat::Brat if files.len() > 1 && arguments.out.is_none() => {
            let message = "brat standoff is a file a text: for several, name a folder";
            Err(Failure::new("usage", message).hint("sayso extract --format brat --out FOLDER FILE…"))
        }
        ExtractFormat::Brat if arguments.out.is_some() => match clash(files) {
            Some((one, other)) => usage(&format!("{} and {}: both would be written under one name", one.display(), other.display())),
            None => Ok(()),
        },
        ExtractFormat::Text if arguments.jsonl => usage("JSON lines come out as JSON: --format jsonl or --format annotation"),
        ExtractFormat::Brat => Ok(()),
        _ if arguments.out.is_some() => usage("--out goes with --format brat"),
        _ => Ok(()),
    }
}

/// Writes a file's quotations, document by document, or returns the JSON documents they become.
fn one_file(file: &Path, format: ExtractFormat, arguments: &ExtractArguments, output: &Output) -> Result<Vec<Value>, Failure> {
    let mut found = Vec::new();
    let mut failure = None;
    let problems = read(file, &mut |document| match one(file, &document, format, arguments, output) {
        Ok(value) => {
            found.extend(value);
            ControlFlow::Continue(())
        }
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    });
    match failure {
        Some(failure) => Err(failure),
        None => {
            for message in problems? {
                output.warn(&Warning { path: Some(file.display().to_string()), message });
            }
            Ok(found)
        }
    }
}

/// Writes one document's quotations, or returns the JSON document they become.
fn one(
    file: &Path,
    document: &Document,
    format: ExtractFormat,
    arguments: &ExtractArguments,
    output: &Output,
) -> Result<Option<Value>, Failure> {
    let quotations = engine::extract_document(document);
    let found = spoken(&quotations, arguments.indirect);
    match format {
        ExtractFormat::Text => output.text(&text(document, found, output)).map(|()| None),
        ExtractFormat::Brat => brat(file, document, &found, arguments, output).map(|()| None),
        ExtractFormat::Jsonl => output.line(&JsonExtraction::new(json!(document.id), &document.text, &found)).map(|()| None),
        ExtractFormat::Json => json_value(&JsonExtraction::new(json!(document.id), &document.text, &found)).map(Some),
        ExtractFormat::Annotation => Ok(Some(annotations(&document.id, &document.text, &found))),
    }
}

/// One JSON document for the whole run: that of the only text, or all of them in a list.
fn together(mut documents: Vec<Value>, arguments: &ExtractArguments, output: &Output) -> Result<(), Failure> {
    let annotated = arguments.format == Some(ExtractFormat::Annotation);
    match documents.len() {
        0 => Ok(()),
        1 if annotated => output.document(&documents.remove(0)),
        1 => {
            if let Some(Value::Object(fields)) = documents.first_mut() {
                fields.insert("schema".to_owned(), json!("sayso.extract/1"));
            }
            output.document(&documents.remove(0))
        }
        _ if annotated => output.document(&documents),
        _ => output.document(&json!({"schema": "sayso.extract/1", "texts": documents})),
    }
}

fn json_value(value: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(|error| Failure::new("output", error.to_string()))
}

/// Standoff to standard output, or beside the text in the folder named.
fn brat(file: &Path, document: &Document, found: &[Quotation], arguments: &ExtractArguments, output: &Output) -> Result<(), Failure> {
    let lines = standoff(&document.text, found);
    let Some(folder) = &arguments.out else { return output.text(&lines) };
    let stem = stem_of(file, document);
    for (extension, text) in [("ann", lines.as_str()), ("txt", document.text.as_str())] {
        let path = folder.join(format!("{stem}.{extension}"));
        if is_same(&path, file) {
            let message = format!("{}: the text would be written over it", file.display());
            return Err(Failure::new("usage", message).hint("name another folder with --out"));
        }
        std::fs::write(&path, text).map_err(|error| Failure::file(&path, &error))?;
    }
    Ok(())
}

/// What the files written for a text are called.
fn stem(file: &Path) -> String {
    if file == Path::new("-") { "standard-input".to_owned() } else { file.file_stem().unwrap_or_default().to_string_lossy().into_owned() }
}

/// The same for one of a file's documents: a part's label stands behind the file's name.
fn stem_of(file: &Path, document: &Document) -> String {
    let label = document.id.split_once('#').map(|(_, label)| label.replace(|c: char| !c.is_alphanumeric(), "-"));
    label.map_or_else(|| stem(file), |label| format!("{}-{label}", stem(file)))
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Two texts that would be written under one name.
fn clash(files: &[PathBuf]) -> Option<(&PathBuf, &PathBuf)> {
    let same = |at: usize, file: &PathBuf| files.get(at + 1..)?.iter().find(|other| stem(other) == stem(file));
    files.iter().enumerate().find_map(|(at, file)| Some((file, same(at, file)?)))
}

/// One line of {"id","text"}.
fn extract_line(line: &Value, format: ExtractFormat, indirect: bool) -> Result<(Value, Ending), Failure> {
    let text = line.get("text").and_then(Value::as_str).ok_or_else(|| Failure::new("input", "no \"text\""))?;
    let found = spoken(&engine::extract(text), indirect);
    let id = line.get("id").cloned().unwrap_or(Value::Null);
    let document = match format {
        ExtractFormat::Annotation => annotations(&id.as_str().map_or_else(|| id.to_string(), str::to_owned), text, &found),
        _ => json_value(&JsonExtraction::new(id, text, &found))?,
    };
    Ok((document, Ending::Good))
}

/// What somebody is quoted with; with `indirect`, also what they are reported to have said.
fn spoken(quotations: &[Quotation], indirect: bool) -> Vec<Quotation> {
    let wanted = |kind: QuotationKind| match kind {
        QuotationKind::Direct | QuotationKind::Partial => true,
        QuotationKind::Indirect => indirect,
        QuotationKind::NotSpeech => false,
    };
    quotations.iter().filter(|quotation| wanted(quotation.kind)).cloned().collect()
}

/// Reads the documents of a file of any format; returns what was odd about it.
fn read(file: &Path, sink: &mut dyn FnMut(Document) -> ControlFlow<()>) -> Result<Vec<String>, Failure> {
    let mut reader = super::reader(Reading::default());
    let read = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(|error| Failure::file(file, &error))?;
        reader.read_bytes(bytes, Path::new("standard input"), "standard input", sink)
    } else if file.exists() && !file.is_file() && !file.is_dir() {
        // A pipe that the user named.
        let bytes = std::fs::read(file).map_err(|error| Failure::file(file, &error))?;
        reader.read_bytes(bytes, file, &file.to_string_lossy(), sink)
    } else {
        let found = Found { id: file.to_string_lossy().into_owned(), path: file.to_owned(), size: 0, modified: None };
        reader.open(&found).and_then(|opened| reader.read(opened, sink))
    };
    let name = if file == Path::new("-") { Path::new("standard input") } else { file };
    read.map_err(|error| Failure::new("file", format!("{}: {error}", name.display())))
}

/// Places in a text that is at hand.
struct At<'t>(CharIndex<'t>);

impl Places for At<'_> {
    fn characters(&self, _: &DocumentRecord, span: Span) -> std::ops::Range<usize> {
        self.0.chars_before(span.start)..self.0.chars_before(span.end)
    }
}

fn text(document: &Document, quotations: Vec<Quotation>, output: &Output) -> String {
    let record = Arc::new(record_of(document));
    let records: Vec<QuotationRecord> = quotations
        .into_iter()
        .map(|quotation| {
            let pieces = quotation.pieces.iter().map(|piece| piece.slice(&document.text).to_owned()).collect();
            QuotationRecord { document: Arc::clone(&record), quotation, pieces, also: Vec::new() }
        })
        .collect();
    if records.is_empty() {
        return "No quotations.\n".to_owned();
    }
    let page = Page { opening: Opening::Nowhere, ..output.page.clone() };
    page.quotations(&records, &At(CharIndex::new(&document.text)))
}
