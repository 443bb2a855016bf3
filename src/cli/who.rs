//! `sayso who`: checks a quote, or a batch of them.

use std::path::Path;

use serde_json::Value;

use super::Ending;
use super::arguments::WhoArguments;
use super::batch;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::engine::Engine;
use crate::render::json::JsonVerdict;
use crate::verification::Verdict;

/// How many matches people see when they do not say how many.
const SHOWN: usize = 3;

/// Runs the command.
pub(super) fn run(arguments: &WhoArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let quote = arguments.quote.join(" ");
    if arguments.batch.is_none() && quote.trim().is_empty() {
        return Err(Failure::new("usage", "the quote is empty").hint("sayso who \"the words\" --by \"Name\""));
    }
    let engine = place::open_or_build(settings, output)?;
    if let Some(file) = &arguments.batch {
        return batch::run(file, output, |line| one_of_batch(&engine, line, settings, arguments.by.as_deref()));
    }
    let verdict = engine.check(&quote, arguments.by.as_deref(), &settings.constraints)?;
    if let Some(file) = &arguments.passport {
        issue(&verdict, &engine, file)?;
    }
    show(&verdict, &engine, settings, output)
}

/// Writes the verdict with what verifies it again.
fn issue(verdict: &Verdict, engine: &Engine, file: &Path) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(&JsonVerdict::passport(verdict, engine));
    let text = text.map_err(|error| Failure::new("output", error.to_string()))?;
    std::fs::write(file, text + "\n").map_err(|error| Failure::file(file, &error))
}

/// Writes what was found about a quote.
pub(super) fn show(verdict: &Verdict, engine: &Engine, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let warnings = engine.beside_verdict(verdict, &settings.constraints);
    if output.json {
        output.document(&JsonVerdict::new(verdict, None, engine).warned(&warnings))?;
    } else {
        warnings.iter().for_each(|warning| output.warn(warning));
        let top = if settings.top == 0 { SHOWN } else { settings.top };
        output.long(&output.page.verdict(verdict, top, engine))?;
    }
    Ok(ending(verdict))
}

fn ending(verdict: &Verdict) -> Ending {
    if verdict.is_confirmed() { Ending::Good } else { Ending::Nothing }
}

fn one_of_batch(engine: &Engine, line: &Value, settings: &Settings, by: Option<&str>) -> Result<(Value, Ending), Failure> {
    let quote = batch::text(line, "quote")?;
    let by = line.get("by").and_then(Value::as_str).filter(|by| !by.trim().is_empty()).or(by);
    let verdict = engine.check(quote, by, &settings.constraints)?;
    let warnings = engine.beside_verdict(&verdict, &settings.constraints);
    let document = JsonVerdict::new(&verdict, line.get("id").cloned(), engine).warned(&warnings);
    let document = serde_json::to_value(document).map_err(|error| Failure::new("output", error.to_string()))?;
    Ok((document, ending(&verdict)))
}
