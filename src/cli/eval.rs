//! `sayso eval`: judges answers and quote checks against judged files.

use serde_json::json;

use super::Ending;
use super::arguments::EvalArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::evaluation::{self, QuestionReport, QuoteReport, Wrong};

/// Runs the command.
pub(super) fn run(arguments: &EvalArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let judgments = evaluation::read(&arguments.files)
        .map_err(|message| Failure::new("input", message).hint("queries/README.md in sayso's sources documents the format"))?;
    let engine = place::open_or_build(settings, output)?;
    let questions = evaluation::judge_questions(&engine, &judgments.questions)?;
    let quotes = evaluation::judge_quotes(&engine, &judgments.quotes)?;
    if output.json {
        output.document(&json!({"schema": "sayso.evaluation/1", "questions": questions, "quotes": quotes}))?;
        return Ok(Ending::Good);
    }
    if !judgments.questions.is_empty() {
        output.text(&questions_text(&questions, arguments))?;
    }
    if !judgments.quotes.is_empty() {
        output.text(&quotes_text(&quotes, arguments))?;
    }
    Ok(Ending::Good)
}

fn questions_text(report: &QuestionReport, arguments: &EvalArguments) -> String {
    let times = if arguments.timing { format!("  a question                  {}\n", report.times) } else { String::new() };
    format!("{report}{times}{}", failures(&report.wrong, arguments.failures))
}

fn quotes_text(report: &QuoteReport, arguments: &EvalArguments) -> String {
    let times = if arguments.timing { format!("  a check                     {}\n", report.times) } else { String::new() };
    format!("{report}{times}{}", failures(&report.wrong, arguments.failures))
}

fn failures(wrong: &[Wrong], limit: usize) -> String {
    if wrong.is_empty() || limit == 0 {
        return String::new();
    }
    let shown: String = wrong.iter().take(limit).map(ToString::to_string).collect();
    let rest = wrong.len().saturating_sub(limit);
    let rest = if rest > 0 { format!("  and {rest} more; --failures N lists more\n") } else { String::new() };
    format!("  wrong\n{shown}{rest}")
}
