//! `sayso quotes`: quotations in the index, by speaker, topic, document.

use super::Ending;
use super::arguments::QuotesArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::engine::{Engine, Wanted};
use crate::index::QuotationRecord;
use crate::render::json::JsonQuotations;

/// How many quotations people see when they do not say how many.
const SHOWN: usize = 20;

/// How many names are suggested.
const NEAR: usize = 5;

/// Runs the command.
pub(super) fn run(arguments: &QuotesArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let engine = place::open_or_build(settings, output)?;
    let mut constraints = settings.constraints.clone();
    constraints.speaker = arguments.by.clone().or(constraints.speaker);
    let wanted = Wanted { constraints, about: arguments.about.clone(), document: arguments.document.clone(), indirect: arguments.indirect };
    list(&wanted, &engine, settings, output)
}

/// Writes the quotations that fit.
pub(super) fn list(wanted: &Wanted, engine: &Engine, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let limit = if settings.top == 0 { SHOWN } else { settings.top };
    let (records, total) = engine.quotations(wanted, limit)?;
    let warnings = engine.beside_quotations(&records, &wanted.constraints);
    if output.json {
        output.document(&JsonQuotations::new(&records, total, engine).warned(&warnings))?;
        return Ok(ending(&records));
    }
    warnings.iter().for_each(|warning| output.warn(warning));
    if records.is_empty() {
        output.text("No quotations fit.\n")?;
        suggest(wanted, engine, output)?;
    } else {
        output.long(&(output.page.quotations(&records, engine) + &rest(records.len(), total, wanted.indirect)))?;
    }
    Ok(ending(&records))
}

fn ending(records: &[QuotationRecord]) -> Ending {
    if records.is_empty() { Ending::Nothing } else { Ending::Good }
}

/// What is not shown, and how to see it.
fn rest(shown: usize, total: usize, indirect: bool) -> String {
    let more = if shown < total { "--top N shows more" } else { "" };
    let reported = if indirect { "" } else { "--indirect adds reported speech" };
    match (more, reported) {
        ("", _) => String::new(),
        (more, "") => format!("\n{shown} of {total}; {more}.\n"),
        (more, reported) => format!("\n{shown} of {total} in quotation marks; {more}, {reported}.\n"),
    }
}

/// Names that look like the one nobody was found under.
fn suggest(wanted: &Wanted, engine: &Engine, output: &Output) -> Result<(), Failure> {
    let Some(name) = wanted.constraints.speaker.as_deref() else { return Ok(()) };
    let names = engine.names_like(name, NEAR)?;
    if !names.is_empty() {
        output.note(&format!("Did you mean {}?", names.join(", ")));
    }
    Ok(())
}
