//! `sayso recheck`: verifies saved citations again.

use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};

use super::Ending;
use super::arguments::RecheckArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::engine::{Engine, Rechecked, Saved, State};
use crate::render::page::{Ink, one_line};

/// Runs the command.
pub(super) fn run(arguments: &RecheckArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let engine = place::open(settings)?;
    let saved = read(&arguments.file)?;
    let rechecked = engine.recheck(&saved)?;
    if output.json {
        output.document(&document(&rechecked, &engine)?)?;
    } else {
        rechecked.iter().try_for_each(|one| output.text(&line(one, &engine, output)))?;
    }
    let all_there = rechecked.iter().all(|one| matches!(one.state, State::Unchanged | State::Moved { .. }));
    Ok(if all_there { Ending::Good } else { Ending::Nothing })
}

/// The citations of a file that sayso printed: one JSON document, or one a line.
fn read(file: &Path) -> Result<Vec<Saved>, Failure> {
    let mut text = String::new();
    super::batch::lines(file)?.read_to_string(&mut text).map_err(|error| Failure::file(file, &error))?;
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        values.push(value.map_err(|error| Failure::new("input", format!("{}: not JSON: {error}", file.display())))?);
    }
    let saved = Saved::all(&Value::Array(values));
    if saved.is_empty() {
        let message = format!("{}: no citations in it", file.display());
        return Err(Failure::new("input", message).hint("save one with `sayso ask … --json > FILE`"));
    }
    Ok(saved)
}

fn word(state: State) -> &'static str {
    match state {
        State::Unchanged => "unchanged",
        State::Moved { .. } => "moved",
        State::Changed => "changed",
        State::Gone => "gone",
    }
}

fn moved_to(one: &Rechecked, engine: &Engine) -> Option<(usize, usize)> {
    let record = engine.document(&one.saved.document).ok()?;
    one.moved_to(&engine.text(&record).ok()?)
}

fn line(one: &Rechecked, engine: &Engine, output: &Output) -> String {
    let ink = match one.state {
        State::Unchanged => Ink::Good,
        State::Moved { .. } => Ink::Doubt,
        State::Changed | State::Gone => Ink::Bad,
    };
    let place = moved_to(one, engine).map(|(start, end)| format!(" to {start}-{end}")).unwrap_or_default();
    let words = one_line(&one.saved.words);
    format!("{}{place}: {}: {words}\n", output.page.ink(word(one.state), ink), one_line(&one.saved.document))
}

fn document(rechecked: &[Rechecked], engine: &Engine) -> Result<Value, Failure> {
    let one = |one: &Rechecked| {
        let moved = moved_to(one, engine).map(|(start, end)| json!({"start": start, "end": end}));
        json!({"document": one.saved.document, "digest": one.saved.digest, "text": one.saved.words, "state": word(one.state), "moved_to": moved})
    };
    Ok(json!({"schema": "sayso.recheck/1", "citations": rechecked.iter().map(one).collect::<Vec<_>>()}))
}
