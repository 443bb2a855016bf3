//! `sayso status`: what the index holds.

use super::Ending;
use super::arguments::StatusArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::render::json::JsonStatus;

/// Runs the command.
pub(super) fn run(arguments: &StatusArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let engine = place::open(settings)?;
    let status = engine.status()?;
    let listed = if arguments.documents { status.list.as_slice() } else { &[] };
    let particulars = listed.iter().map(|document| engine.particulars(document)).collect::<Result<Vec<_>, _>>()?;
    if output.json {
        output.document(&JsonStatus::new(&status, arguments.documents).with_particulars(&particulars))?;
    } else {
        output.long(&(output.page.status(&status) + &output.page.listing(listed, &particulars)))?;
    }
    let failed = output.strict && !status.unreadable.is_empty();
    if failed {
        output.insist(&format!("--strict: {} of the files could not be read", status.unreadable.len()));
    }
    Ok(if failed { Ending::Failed } else { Ending::Good })
}
