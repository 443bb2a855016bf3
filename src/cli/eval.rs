//! `sayso eval`: judges answers, quote checks and the extraction of quotations against judged files.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Ending;
use super::arguments::EvalArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::engine::{self, Engine, UpdateOptions};
use crate::evaluation::{self, ExtractionReport, FoundArticle, JudgedArticle, JudgedTexts, LabelReport, Scope, Wrong};

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
    if output.json {
        output.document(&document)?;
    }
    Ok(Ending::Good)
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
    let folder = tempfile::tempdir().map_err(|error| Failure::new("file", format!("no temporary folder: {error}")))?;
    let engine = indexed(&texts.articles, folder.path())?;
    Ok(evaluation::judge_labels(&engine, &texts.checks)?)
}

/// An index of bare texts, in a folder that goes away.
fn indexed(articles: &[JudgedArticle], folder: &std::path::Path) -> Result<Engine, Failure> {
    let (root, directory) = (folder.join("texts"), folder.join("index"));
    std::fs::create_dir(&root).map_err(|error| Failure::file(&root, &error))?;
    for (number, article) in articles.iter().enumerate() {
        let path = root.join(format!("{number:08}.txt"));
        std::fs::write(&path, &article.text).map_err(|error| Failure::file(&path, &error))?;
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
