//! `sayso ask`: one question, or a batch of them.

use serde_json::Value;

use super::Ending;
use super::arguments::AskArguments;
use super::batch;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::answer::Outcome;
use crate::engine::{AskOptions, Asked, Engine, EngineError};
use crate::render::json::JsonOutcome;

/// How many answers people see when they do not say how many.
const SHOWN: usize = 1;

/// Options for the engine, as the settings say.
pub(super) fn options(settings: &Settings) -> AskOptions {
    AskOptions { top: settings.top, constraints: settings.constraints.clone(), explain: settings.explain }
}

/// Runs the command.
pub(super) fn run(arguments: &AskArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    if arguments.batch.is_none() && !arguments.question.iter().any(|word| word.contains(char::is_alphanumeric)) {
        return Err(EngineError::NoQuestion.into());
    }
    if let (Some(file), Some(jobs)) = (&arguments.batch, arguments.jobs) {
        let home = place::home(settings, output)?;
        let open = || -> Result<Engine, Failure> { Ok(Engine::open(home.clone())?.with_depth(settings.depth)) };
        open()?;
        return batch::run_at_once(file, output, usize::from(jobs), open, |engine, line| one_of_batch(engine, line, settings));
    }
    let engine = place::open_or_build(settings, output)?;
    if let Some(file) = &arguments.batch {
        return batch::run(file, output, |line| one_of_batch(&engine, line, settings));
    }
    let words = arguments.question.join(" ");
    let asked = engine.ask(&words, &options(settings))?;
    show(&asked, &engine, settings, output)
}

/// Writes what came of a question.
pub(super) fn show(asked: &Asked, engine: &Engine, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    if output.json {
        output.document(&JsonOutcome::new(asked, None, engine))?;
    } else {
        asked.warnings.iter().for_each(|warning| output.warn(warning));
        let top = if settings.top == 0 { SHOWN } else { settings.top };
        output.long(&output.page.outcome(asked, top, engine))?;
    }
    Ok(ending(&asked.outcome))
}

fn ending(outcome: &Outcome) -> Ending {
    match outcome {
        Outcome::Answered { .. } => Ending::Good,
        Outcome::Unanswered(_) => Ending::Nothing,
    }
}

fn one_of_batch(engine: &Engine, line: &Value, settings: &Settings) -> Result<(Value, Ending), Failure> {
    let words = batch::text(line, "question")?;
    let asked = engine.ask(words, &options(settings))?;
    let document = JsonOutcome::new(&asked, line.get("id").cloned(), engine);
    let document = serde_json::to_value(document).map_err(|error| Failure::new("output", error.to_string()))?;
    Ok((document, ending(&asked.outcome)))
}
