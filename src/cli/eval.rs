//! `sayso eval`: judges answers, quote checks and the extraction of quotations against judged files.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::Ending;
use super::arguments::EvalArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::engine::{self, Engine, UpdateOptions};
use crate::evaluation::{
    self, ExtractionReport, FoundArticle, JudgedArticle, JudgedTexts, LabelReport, Scope, SquadArticle, SquadReport, Wrong,
};

/// Runs the command.
pub(super) fn run(arguments: &EvalArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let input = |message: String| Failure::new("input", message).hint("queries/README.md in sayso's sources documents the formats");
    let judgments = evaluation::read(&arguments.files).map_err(input)?;
    let texts = evaluation::read_texts(&arguments.quotes).map_err(input)?;
    let mut document = json!({"schema": "sayso.evaluation/1"});
    if !arguments.files.is_empty() {
        let engine = place::open_or_build(settings, output)?;
        let questions = evaluation::judge_questions(&engine, &judgments.questions)?;
        let quotes = evaluation::judge_quotes(&engine, &judgments.quotes)?;
        let dialogues = evaluation::judge_dialogues(&engine, &judgments.dialogues)?;
        add(&mut document, "questions", json!(questions));
        add(&mut document, "quotes", json!(quotes));
        add(&mut document, "dialogues", json!(dialogues));
        if !judgments.questions.is_empty() {
            let times = timing("a question", &questions.times, arguments);
            text(output, &format!("{questions}{times}{}", failures(&questions.wrong, arguments.failures)))?;
        }
        if !judgments.quotes.is_empty() {
            let times = timing("a check", &quotes.times, arguments);
            text(output, &format!("{quotes}{times}{}", failures(&quotes.wrong, arguments.failures)))?;
        }
        if !judgments.dialogues.is_empty() {
            text(output, &format!("{dialogues}{}", failures(&dialogues.wrong, arguments.failures)))?;
        }
    }
    if !texts.articles.is_empty() {
        let (found, time) = found(arguments, &texts.articles, input)?;
        extraction(&texts.articles, &found, time, output, &mut document)?;
    }
    if !texts.checks.is_empty() {
        let report = labels(&texts, settings, output)?;
        let times = timing("a check", &report.times, arguments);
        text(output, &format!("{report}{times}{}", failures(&report.wrong, arguments.failures)))?;
        add(&mut document, "checks", json!(report));
    }
    let articles = evaluation::read_squad(&arguments.squad).map_err(input)?;
    if !articles.is_empty() {
        let report = squad(&articles, arguments, settings)?;
        text(output, &format!("{report}{}", timing("a question", &report.times, arguments)))?;
        add(&mut document, "squad", json!(report));
    }
    if output.json {
        output.document(&document)?;
    }
    Ok(Ending::Good)
}

/// Asks questions in SQuAD's format: of the folder of their articles, or each of its own paragraph.
fn squad(articles: &[SquadArticle], arguments: &EvalArguments, settings: &Settings) -> Result<SquadReport, Failure> {
    let over = |texts: &mut dyn Iterator<Item = String>| -> Result<(Engine, TempDir), Failure> {
        let folder = temporary()?;
        Ok((indexed(texts, folder.path())?.with_depth(settings.depth), folder))
    };
    if arguments.paragraph {
        let mut report = SquadReport::default();
        for paragraph in articles.iter().flat_map(SquadArticle::paragraphs).filter(|paragraph| paragraph.is_asked()) {
            let (engine, _folder) = over(&mut std::iter::once(paragraph.text().to_owned()))?;
            paragraph.judge_alone(&engine, &mut report)?;
        }
        return Ok(report.summed());
    }
    let every = arguments.leave_out;
    let kept: Vec<bool> = (1..=articles.len()).map(|number| every == 0 || number % every != 0).collect();
    let (engine, _folder) = over(&mut articles.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(article, _)| article.text()))?;
    Ok(evaluation::judge_squad(&engine, articles, &kept)?.summed())
}

fn add(document: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = document {
        fields.insert(name.to_owned(), value);
    }
}

/// Text for people; in JSON everything comes at the end, in one document.
fn text(output: &Output, text: &str) -> Result<(), Failure> {
    if output.json { Ok(()) } else { output.text(text) }
}

/// What was found in the articles: by sayso, with the time it took, or by the system whose file is named.
fn found(
    arguments: &EvalArguments,
    articles: &[JudgedArticle],
    input: impl Fn(String) -> Failure,
) -> Result<(Vec<FoundArticle>, Option<Duration>), Failure> {
    if let Some(file) = &arguments.predicted {
        return Ok((evaluation::read_found(file).map_err(input)?, None));
    }
    let start = Instant::now();
    let found = articles.iter().map(evaluation::find).collect();
    Ok((found, arguments.timing.then(|| start.elapsed())))
}

fn extraction(
    articles: &[JudgedArticle],
    found: &[FoundArticle],
    time: Option<Duration>,
    output: &Output,
    document: &mut Value,
) -> Result<(), Failure> {
    let report = |scope| evaluation::judge_extraction(articles, found, scope);
    let (all, direct) = (report(Scope::ALL), report(Scope::DIRECT));
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let speed = time.map(|time| bytes as f64 / 1e6 / time.as_secs_f64().max(f64::MIN_POSITIVE));
    let speed = speed.map(|speed| format!("  extraction       {speed:.1} MB/s\n")).unwrap_or_default();
    let articles = if articles.len() == 1 { "one article".to_owned() } else { format!("{} articles", articles.len()) };
    text(output, &format!("quotations in {articles}\n{all}direct quotations of 5 words or more\n{direct}{speed}"))?;
    add(document, "extraction", json!({"all": figures(&all), "direct": figures(&direct)}));
    Ok(())
}

fn figures(report: &ExtractionReport) -> Value {
    let mut value = json!(report);
    for (name, measure) in [("quote_exact", report.exact()), ("quote_overlap", report.overlap()), ("whole", report.whole())] {
        add(&mut value, name, json!(measure));
    }
    value
}

/// Runs labelled checks: over the articles that came with them, else over the index.
fn labels(texts: &JudgedTexts, settings: &Settings, output: &Output) -> Result<LabelReport, Failure> {
    if texts.articles.is_empty() {
        return Ok(evaluation::judge_labels(&place::open_or_build(settings, output)?, &texts.checks)?);
    }
    let folder = temporary()?;
    let engine = indexed(&mut texts.articles.iter().map(|article| article.text.clone()), folder.path())?;
    Ok(evaluation::judge_labels(&engine, &texts.checks)?)
}

/// A folder that goes away.
fn temporary() -> Result<TempDir, Failure> {
    tempfile::tempdir().map_err(|error| Failure::new("file", format!("no temporary folder: {error}")))
}

/// An index of bare texts, in a folder that goes away.
fn indexed(texts: &mut dyn Iterator<Item = String>, folder: &Path) -> Result<Engine, Failure> {
    let (root, directory) = (folder.join("texts"), folder.join("index"));
    std::fs::create_dir(&root).map_err(|error| Failure::file(&root, &error))?;
    for (number, text) in texts.enumerate() {
        let path = root.join(format!("{number:08}.txt"));
        std::fs::write(&path, text).map_err(|error| Failure::file(&path, &error))?;
    }
    engine::update(&directory, Some(&[root]), &UpdateOptions::default(), &mut |_| {})?;
    Ok(Engine::open(&directory)?)
}

fn timing(what: &str, times: &evaluation::Times, arguments: &EvalArguments) -> String {
    if arguments.timing { format!("  {what:<26}  {times}\n") } else { String::new() }
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
