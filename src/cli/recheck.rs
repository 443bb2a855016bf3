//! `sayso recheck`: verifies saved citations again.

use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::Ending;
use super::arguments::RecheckArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::corpus::Reading;
use crate::engine::{self, Saved, State};
use crate::render::json::JsonRecheck;

/// Runs the command.
pub(super) fn run(arguments: &RecheckArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let saved = read(&arguments.file)?;
    let engine = match place::open(settings) {
        Ok(engine) => Some(engine),
        // Without an index the files themselves can still be looked at, where they lay.
        Err(_) if saved.iter().any(|saved| saved.cited.path.as_deref().is_some_and(|path| Path::new(path).is_file())) => None,
        Err(failure) => return Err(failure),
    };
    let rechecked = engine::recheck(engine.as_ref(), &saved, &mut super::reader(Reading::default()))?;
    if output.json {
        output.document(&JsonRecheck::new(&rechecked))?;
    } else {
        output.text(&output.page.rechecked(&rechecked))?;
    }
    let all_there = rechecked.iter().all(|one| matches!(one.state, State::Unchanged | State::Moved));
    Ok(if all_there { Ending::Good } else { Ending::Nothing })
}

const SAVING: &str = "`sayso report … --out FILE`, `sayso who … --passport FILE` or `sayso ask … --json > FILE` saves some";

/// The citations of a file that sayso printed: a report, one JSON document, or one a line.
fn read(file: &Path) -> Result<Vec<Saved>, Failure> {
    let mut text = String::new();
    super::batch::lines(file)?.read_to_string(&mut text).map_err(|error| Failure::file(file, &error))?;
    let not_json = |error: serde_json::Error| Failure::new("input", format!("{}: not JSON: {error}", file.display()));
    let values = engine::documents(&text).map_err(|error| not_json(error).hint(SAVING))?;
    let saved = Saved::all(&Value::Array(values));
    if saved.is_empty() {
        let message = format!("{}: no citations in it", file.display());
        return Err(Failure::new("input", message).hint(SAVING));
    }
    Ok(saved)
}
