//! `sayso trace`: who printed an utterance, in order of date, and what each changed.

use super::Ending;
use super::arguments::TraceArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::engine::Engine;
use crate::render::json::JsonTrace;

/// How many printings people see when they do not say how many.
const SHOWN: usize = 20;

/// Runs the command.
pub(super) fn run(arguments: &TraceArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let quote = arguments.quote.join(" ");
    if quote.trim().is_empty() {
        return Err(Failure::new("usage", "the quote is empty").hint("sayso trace \"the words\""));
    }
    one(&quote, &place::open_or_build(settings, output)?, settings, output)
}

/// Writes the history of one quote.
pub(super) fn one(quote: &str, engine: &Engine, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let trace = engine.trace(quote, &settings.constraints)?;
    let warnings = engine.beside_trace(&trace, &settings.constraints);
    if output.json {
        output.document(&JsonTrace::new(&trace, engine).warned(&warnings))?;
    } else {
        warnings.iter().for_each(|warning| output.warn(warning));
        let top = if settings.top == 0 { SHOWN } else { settings.top };
        output.long(&output.page.trace(&trace, top, engine))?;
    }
    Ok(if trace.printings.is_empty() { Ending::Nothing } else { Ending::Good })
}
