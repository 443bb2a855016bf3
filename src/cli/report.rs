//! `sayso report`: a dossier on questions, quotes and people, as Markdown, one HTML file, web annotations, or JSON.

use std::fs::OpenOptions;
use std::io::{BufRead, ErrorKind, Write};
use std::path::Path;

use serde_json::Value;

use super::Ending;
use super::arguments::{ReportArguments, ReportFormat};
use super::output::{Failure, Output};
use super::settings::Settings;
use super::{ask, batch, place};
use crate::engine::{Entry, Finding, Inquiry};
use crate::render::report::Report;

/// How many answers to a question a report tells where nobody says how many.
const ANSWERS: usize = 3;

/// What the report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Asked(ReportFormat),
    Json,
}

/// Runs the command.
pub(super) fn run(arguments: &ReportArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let form = form(arguments, output)?;
    let inquiries = inquiries(arguments)?;
    if let Some(file) = arguments.out.as_deref().filter(|file| !arguments.overwrite && file.exists()) {
        return Err(taken(file));
    }
    let title = arguments.title.clone().unwrap_or_else(|| title(&inquiries));
    let engine = place::open_or_build(settings, output)?;
    let asked = ask::options(settings);
    let entries = engine.dossier(inquiries, &asked, ANSWERS);
    let holdings = engine.holdings()?;
    let report = Report {
        title: &title,
        entries: &entries,
        holdings: &holdings,
        constraints: &settings.constraints,
        opening: &output.page.opening,
        texts: &engine,
    };
    let text = text(&report, form)?;
    match &arguments.out {
        None => output.text(&text)?,
        Some(file) => {
            write(file, &text, arguments.overwrite)?;
            output.note(&format!("{}: {} looked into, {} found", file.display(), entries.len(), found(&entries)));
        }
    }
    Ok(ending(&entries))
}

fn text(report: &Report<'_>, form: Form) -> Result<String, Failure> {
    let json = |value: serde_json::Result<String>| value.map(|text| text + "\n").map_err(|error| Failure::new("output", error.to_string()));
    match form {
        Form::Json => json(serde_json::to_string_pretty(&report.json())),
        Form::Asked(ReportFormat::Annotations) => json(serde_json::to_string_pretty(&report.annotations())),
        Form::Asked(ReportFormat::Html) => Ok(report.html()),
        Form::Asked(ReportFormat::Md) => Ok(report.markdown()),
    }
}

/// The format asked for, else what the file's name says, else Markdown.
fn form(arguments: &ReportArguments, output: &Output) -> Result<Form, Failure> {
    let named = || match arguments.out.as_deref()?.extension()?.to_str()? {
        "html" | "htm" => Some(Form::Asked(ReportFormat::Html)),
        "jsonld" => Some(Form::Asked(ReportFormat::Annotations)),
        "json" => Some(Form::Json),
        _ => None,
    };
    match (output.json, arguments.format) {
        (true, Some(_)) => Err(Failure::new("usage", "--json is a format of its own: leave --format out")),
        (true, None) => Ok(Form::Json),
        (false, Some(format)) => Ok(Form::Asked(format)),
        (false, None) => Ok(named().unwrap_or(Form::Asked(ReportFormat::Md))),
    }
}

/// Everything that is to be looked into: questions, quotes, people, and the lines of the file.
fn inquiries(arguments: &ReportArguments) -> Result<Vec<Inquiry>, Failure> {
    if arguments.by.is_some() && arguments.quote.len() != 1 {
        return Err(
            Failure::new("usage", "--by goes with one --quote").hint("for several, write lines of {\"quote\",\"by\"} and use --from FILE")
        );
    }
    let mut all: Vec<Inquiry> = arguments.question.iter().cloned().map(Inquiry::Question).collect();
    all.extend(arguments.quote.iter().map(|words| Inquiry::Quote { words: words.clone(), by: arguments.by.clone() }));
    all.extend(arguments.person.iter().cloned().map(Inquiry::Person));
    if let Some(inquiry) = all.iter().find(|inquiry| !words_of(inquiry).contains(char::is_alphanumeric)) {
        return Err(Failure::new("usage", format!("nothing to look into: `{}`", words_of(inquiry))));
    }
    if let Some(file) = &arguments.from {
        all.extend(listed(file)?);
    }
    if all.is_empty() {
        return Err(
            Failure::new("usage", "nothing to look into").hint("sayso report --question \"Who chairs the inquiry?\" --person \"Name\"")
        );
    }
    Ok(all)
}

fn words_of(inquiry: &Inquiry) -> &str {
    let (Inquiry::Question(words) | Inquiry::Quote { words, .. } | Inquiry::Person(words)) = inquiry;
    words
}

/// The lines of a file. A report on half a list would look whole: one bad line is an error.
fn listed(file: &Path) -> Result<Vec<Inquiry>, Failure> {
    let mut all = Vec::new();
    for (number, line) in batch::lines(file)?.split(b'\n').enumerate() {
        let bytes = line.map_err(|error| Failure::file(file, &error))?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{FEFF}').trim();
        if !text.is_empty() {
            let wrong = |what: &str| Failure::new("input", format!("{}: line {}: {what}", file.display(), number + 1)).hint(LINES);
            let value: Value = serde_json::from_str(text).map_err(|error| wrong(&format!("not JSON: {error}")))?;
            all.push(inquiry(&value).map_err(wrong)?);
        }
    }
    Ok(all)
}

const LINES: &str = "a line is {\"question\":…}, {\"quote\":…,\"by\":…} or {\"person\":…}";

fn inquiry(line: &Value) -> Result<Inquiry, &'static str> {
    let field =
        |name: &str| line.get(name).and_then(Value::as_str).filter(|words| words.contains(char::is_alphanumeric)).map(str::to_owned);
    match (field("question"), field("quote"), field("person")) {
        (Some(words), None, None) => Ok(Inquiry::Question(words)),
        (None, Some(words), None) => Ok(Inquiry::Quote { words, by: field("by") }),
        (None, None, Some(name)) => Ok(Inquiry::Person(name)),
        (None, None, None) => Err("neither a question nor a quote nor a person"),
        _ => Err("more than one of question, quote and person"),
    }
}

/// What a report without a title is called.
fn title(inquiries: &[Inquiry]) -> String {
    match inquiries {
        [one] => words_of(one).to_owned(),
        several => format!("{} findings", several.len()),
    }
}

fn taken(file: &Path) -> Failure {
    Failure::new("file", format!("{}: is there already", file.display())).hint("name another file, or say --overwrite")
}

fn write(file: &Path, text: &str, overwrite: bool) -> Result<(), Failure> {
    if overwrite {
        return std::fs::write(file, text).map_err(|error| Failure::file(file, &error));
    }
    let written = OpenOptions::new().write(true).create_new(true).open(file).and_then(|mut new| new.write_all(text.as_bytes()));
    written.map_err(|error| if error.kind() == ErrorKind::AlreadyExists { taken(file) } else { Failure::file(file, &error) })
}

fn found(entries: &[Entry]) -> usize {
    entries.iter().filter(|entry| entry.finding.is_good()).count()
}

/// Bad where something could not be done, "nothing" where nothing was found.
fn ending(entries: &[Entry]) -> Ending {
    match found(entries) {
        _ if entries.iter().any(|entry| matches!(entry.finding, Finding::Failed(_))) => Ending::Failed,
        0 => Ending::Nothing,
        _ => Ending::Good,
    }
}
