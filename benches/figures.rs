//! The figures of the README, measured in one run: `cargo bench`.
//!
//! Builds an archive of about 2,000 passages out of `corpus/` (every article several times with other figures and its paragraphs in
//! another order, so that no two are copies), indexes it, asks and checks, warm and from a cold start. Times are medians.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a bench that cannot set up has failed, and prints its figures")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use sayso::engine::{AskOptions, Engine, UpdateOptions, update};
use sayso::question::Constraints;

/// How many times each article of the archive is written.
const COPIES: usize = 12;
/// How many runs a median is taken of.
const RUNS: usize = 21;

const QUESTIONS: &[&str] = &[
    "How many homes were flooded when the river burst its banks?",
    "Who is the chief executive of the hospital trust?",
    "What did the inspectors say about case loads?",
    "How much does the barrier cost?",
    "How many people live in Lisbon?",
];
const QUOTES: &[&str] =
    &["If you're upstairs and you're dry, stay there and put a light in the window.", "Nobody has ever said these words in any paper."];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    let bytes = write_archive(&archive);
    let index = folder.path().join("index");
    let start = Instant::now();
    let summary = update(&index, Some(&[archive]), &UpdateOptions::default(), &mut |_| {}).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = bytes as f64 / 1e6;
    let rate = megabytes / seconds;
    let passages = Engine::open(&index).unwrap().status().unwrap().passages;
    println!("index      {megabytes:.2} MB in {} documents, {passages} passages: {rate:.2} MB/s", summary.documents);
    let again = Instant::now();
    update(&index, None, &UpdateOptions::default(), &mut |_| {}).unwrap();
    println!("again      {:.0} ms, nothing changed", milliseconds(again.elapsed()));
    println!("size       {:.2} × the files", size(&index) as f64 / bytes as f64);
    warm(&index);
    cold(&index);
}

fn write_archive(archive: &Path) -> usize {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    fs::create_dir_all(archive).unwrap();
    let mut bytes = 0;
    for file in files(&corpus) {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(&corpus).unwrap().display().to_string().replace('/', "-");
        for copy in 0..COPIES {
            let varied = vary(&text, copy);
            bytes += varied.len();
            fs::write(archive.join(format!("{copy:02}-{name}")), varied).unwrap();
        }
    }
    bytes
}

/// The text with other figures, and its paragraphs in another order.
fn vary(text: &str, copy: usize) -> String {
    let shift = |digit: u32| char::from_digit((digit + u32::try_from(copy).unwrap()) % 10, 10).unwrap();
    let digits = |paragraph: &str| paragraph.chars().map(|c| c.to_digit(10).map_or(c, shift)).collect::<String>();
    let paragraphs: Vec<String> = text.split("\n\n").map(digits).collect();
    let turned = paragraphs.iter().cycle().skip(copy % paragraphs.len()).take(paragraphs.len());
    turned.cloned().collect::<Vec<_>>().join("\n\n")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn size(folder: &Path) -> u64 {
    files(folder).iter().map(|file| fs::metadata(file).unwrap().len()).sum()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        run();
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times[RUNS / 2]
}

fn warm(index: &Path) {
    let engine = Engine::open(index).unwrap();
    for question in QUESTIONS {
        let time = median(|| drop(engine.ask(question, &AskOptions::default()).unwrap()));
        println!("warm ask   {:7.2} ms  {question}", milliseconds(time));
    }
    for quote in QUOTES {
        let time = median(|| drop(engine.check(quote, None, &Constraints::default()).unwrap()));
        println!("warm who   {:7.2} ms  {quote}", milliseconds(time));
    }
}

fn cold(index: &Path) {
    for (command, words) in [("ask", QUESTIONS[0]), ("who", QUOTES[0])] {
        let run = || {
            let mut process = Command::new(env!("CARGO_BIN_EXE_sayso"));
            drop(process.arg(command).arg(words).arg("--index").arg(index).output().unwrap());
        };
        println!("cold {command}   {:7.2} ms", milliseconds(median(run)));
    }
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss() / 1024;
    println!("cold peak  {peak} MB");
}
