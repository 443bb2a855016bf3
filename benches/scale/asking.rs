//! What questions take: warm and from a cold start, one after another and at once.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use sayso::engine::{AskOptions, Depth, Engine};
use sayso::span::Span;
use sayso::text;
use serde_json::Value;

use crate::Bench;
use crate::measuring::{files, median, processor, quantile, usage};
use crate::plain::Plain;

/// Questions asked, the first of them only to warm up.
const QUESTIONS: usize = 72;
/// How many of them.
pub(crate) const WARMING: usize = 12;
/// Runs of a cold start.
pub(crate) const COLD: usize = 11;
/// How often all questions stand in a batch.
const BATCHES: usize = 4;

/// Milliseconds of each run.
pub(crate) struct Times {
    wall: Vec<f64>,
    /// The mean, of processor time.
    processor: f64,
}

/// Runs it on each, the first `warming` without looking at the clock.
pub(crate) fn each<T>(items: &[T], warming: usize, mut run: impl FnMut(&T)) -> Times {
    let (first, rest) = items.split_at(warming.min(items.len().saturating_sub(1)));
    first.iter().for_each(&mut run);
    let before = processor();
    let once = |item| {
        let start = Instant::now();
        run(item);
        start.elapsed().as_secs_f64() * 1000.0
    };
    let wall: Vec<f64> = rest.iter().map(once).collect();
    Times { processor: (processor() - before) / wall.len() as f64, wall }
}

/// Prints a line; returns the median.
pub(crate) fn row(name: &str, times: Times, more: &str) -> f64 {
    let (half, most) = (median(times.wall.clone()), quantile(times.wall, 0.95));
    println!("{name:22}{half:>10.2}{most:>10.2}{:>11.2}    {more}", times.processor);
    half
}

pub(crate) fn head(name: &str) {
    println!("\n{name:22}{:>10}{:>10}{:>11}", "p50 ms", "p95", "processor");
}

/// Judged questions, from all of the files.
fn questions() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let judged = files(&folder).into_iter().filter(|file| file.to_string_lossy().ends_with(".questions.jsonl"));
    let lines: Vec<String> =
        judged.flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let question = |line: &String| serde_json::from_str::<Value>(line).unwrap()["question"].as_str().unwrap().to_owned();
    lines.iter().step_by(lines.len() / QUESTIONS).take(QUESTIONS).map(question).collect()
}

/// The words of a question that are looked for.
fn words(question: &str) -> Vec<String> {
    let cut = text::analyze(question, &[Span::new(0, question.len())]);
    let word = |position: usize| cut.tokens[position].span.slice(question).to_owned();
    text::content_words(question, &cut).into_iter().map(word).collect()
}

/// Prints what questions take.
pub(crate) fn measure(bench: &Bench) {
    let questions = questions();
    let words: Vec<Vec<String>> = questions.iter().map(|question| words(question)).collect();
    head("a question, warm");
    let plain = Plain::open(&bench.floor);
    let floor = row("plain tantivy, top 10", each(&words, WARMING, |words| drop(plain.top(words))), "");
    if let Some(fts5) = &bench.fts5 {
        let file = bench.folder.join("questions.txt");
        fs::write(&file, words.iter().map(|words| words.join(" ") + "\n").collect::<String>()).unwrap();
        let wall = fts5.ask(&file, WARMING);
        let half = median(wall.clone());
        row("SQLite FTS5, top 10", Times { wall, processor: f64::NAN }, &format!("{:.1} × plain", half / floor));
        fs::remove_file(&fts5.database).unwrap();
    }
    let passages = plain.passages();
    drop(plain);
    fs::remove_dir_all(&bench.floor).unwrap();
    for (name, depth) in [("ask, linear", Depth::Linear), ("ask, neural", Depth::Neural)] {
        let engine = Engine::open(bench.index.as_path()).unwrap().with_depth(depth);
        let times = each(&questions, WARMING, |question| drop(engine.ask(question, &AskOptions::default()).unwrap()));
        let half = median(times.wall.clone());
        row(name, times, &format!("{:.1} × plain", half / floor));
    }
    cold(bench, &questions);
    at_once(bench, &questions);
    status(bench, passages);
}

fn cold(bench: &Bench, questions: &[String]) {
    head("a question, cold");
    for reader in ["linear", "neural"] {
        let runs = questions.iter().take(COLD).map(|question| command(bench, &["ask", question, "--reader", reader]));
        cold_row(&format!("ask, {reader}"), runs.collect());
    }
}

/// What a command on sayso's index takes.
pub(crate) fn command(bench: &Bench, arguments: &[&str]) -> crate::measuring::Usage {
    usage(&[arguments, &["--index", bench.index.to_str().unwrap()]].concat())
}

/// Prints a line of commands that each started anew.
pub(crate) fn cold_row(name: &str, runs: Vec<crate::measuring::Usage>) {
    let memory = median(runs.iter().map(|run| run.megabytes).collect());
    let processor = runs.iter().map(|run| 1000.0 * run.processor).sum::<f64>() / runs.len() as f64;
    let wall = runs.iter().map(|run| 1000.0 * run.wall).collect();
    row(name, Times { wall, processor }, &format!("{memory:.0} MB"));
}

fn at_once(bench: &Bench, questions: &[String]) {
    let lines = questions.iter().map(|question| serde_json::json!({ "question": question }).to_string() + "\n");
    let file = bench.folder.join("questions.jsonl");
    fs::write(&file, lines.collect::<String>().repeat(BATCHES)).unwrap();
    println!("\n{} questions in a batch", questions.len() * BATCHES);
    for reader in ["linear", "neural"] {
        for jobs in ["1", "2"] {
            let taken = command(bench, &["ask", "--batch", file.to_str().unwrap(), "--jobs", jobs, "--reader", reader]);
            let rate = (questions.len() * BATCHES) as f64 / taken.wall;
            println!("{reader}, --jobs {jobs:12}{rate:>10.1} a second{:>9.0} MB", taken.megabytes);
        }
    }
}

fn status(bench: &Bench, plain: u64) {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_sayso")).args(["status", "--json", "--index"]).arg(&bench.index).output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    let figure = |name: &str| status[name].as_u64().unwrap_or_default();
    println!(
        "\n{} documents, {} passages ({plain} of plain tantivy), {} quotations; `status` told it in {seconds:.2} s",
        figure("documents"),
        figure("passages"),
        figure("quotations"),
    );
}
