//! Judged quotations become `attribution.bin`, the weights that choose speakers; what it reaches on the development articles is printed.
//!
//! `cargo run --release --example train-attribution -- --data ../shared/data/quotes --out models/`

#![allow(clippy::print_stderr)]

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sayso::quotation::learning::{Judged, Lessons, Schedule};
use sayso::span::{CharIndex, Span};
use serde_json::Value;

fn main() -> io::Result<()> {
    let data = option("--data", "../shared/data/quotes");
    let out = option("--out", "models");
    let lessons = lessons(&data.join("polnear_train.jsonl"))?;
    let model = lessons.train(Schedule::SPEAKERS, Schedule::SPEECH);
    eprintln!("train: {:?}", lessons.figures(&model));
    eprintln!("dev: {:?}", self::lessons(&data.join("polnear_dev.jsonl"))?.figures(&model));
    fs::write(out.join("attribution.bin"), model)
}

fn lessons(path: &Path) -> io::Result<Lessons> {
    let mut lessons = Lessons::default();
    for line in fs::read_to_string(path)?.lines() {
        add(&mut lessons, &serde_json::from_str(line)?);
    }
    Ok(lessons)
}

fn option(name: &str, default: &str) -> PathBuf {
    let arguments: Vec<String> = env::args().collect();
    let at = arguments.iter().position(|argument| argument == name);
    PathBuf::from(at.and_then(|at| arguments.get(at + 1)).map_or(default, String::as_str))
}

fn add(lessons: &mut Lessons, record: &Value) {
    let source = record["text"].as_str().unwrap_or_default();
    let Ok(document) = sayso::corpus::parse(Path::new("article.txt"), "article.txt", source.as_bytes()) else { return };
    let spans: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    let text = sayso::text::analyze(&document.text, &spans);
    let syntax = sayso::syntax::analyze(&document.text, &text);
    let index = CharIndex::new(source);
    let quotes = record["quotes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let judged: Vec<Judged> = quotes.iter().filter_map(|quote| judged(quote, &index)).collect();
    lessons.add(&document.text, &document.blocks, &text, &syntax, &judged);
}

fn judged(quote: &Value, index: &CharIndex) -> Option<Judged> {
    let at = |name: &str| quote[name].as_u64().and_then(|chars| usize::try_from(chars).ok()).map(|chars| index.byte_at(chars));
    let span = |start: &str, end: &str| Some(Span::new(at(start)?, at(end)?));
    Some(Judged { span: span("start", "end")?, speaker: span("speaker_start", "speaker_end") })
}
