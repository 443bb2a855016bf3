//! Judged quotations become `attribution.bin`.
//!
//! `cargo run --release --example train-attribution -- --data ../shared/data/quotes --out models/`
use std::path::PathBuf;
use std::{env, fs, io};

use sayso::corpus::{Block, BlockKind};
use sayso::quotation::learning::{Judged, Lessons};
use sayso::span::{CharIndex, Span};

fn option(name: &str, default: &str) -> PathBuf {
    let arguments: Vec<String> = env::args().collect();
    let at = arguments.iter().position(|argument| argument == name);
    PathBuf::from(at.and_then(|at| arguments.get(at + 1)).map_or(default, String::as_str))
}

fn main() -> io::Result<()> {
    let data = option("--data", "../shared/data/quotes");
    let out = option("--out", "models");
    let mut lessons = Lessons::default();
    for line in fs::read_to_string(data.join("polnear_train.jsonl"))?.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let source = record["text"].as_str().unwrap_or_default();
        let index = CharIndex::new(source);
        let mut at = 0;
        let blocks: Vec<Block> = source.split('\n').map(|l| { let s = Span::new(at, at + l.len()); at += l.len() + 1; Block { span: s, kind: BlockKind::Paragraph } }).filter(|b| !b.span.slice(source).trim().is_empty()).collect();
        let spans: Vec<Span> = blocks.iter().map(|block| block.span).collect();
        let text = sayso::text::analyze(source, &spans);
        let syntax = sayso::syntax::analyze(source, &text);
        let place = |quote: &serde_json::Value, start: &str, end: &str| {
            let at = |name: &str| quote[name].as_u64().and_then(|chars| usize::try_from(chars).ok()).map(|chars| index.byte_at(chars));
            Some(Span::new(at(start)?, at(end)?))
        };
        let quotes = record["quotes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let judged: Vec<Judged> = quotes
            .iter()
            .filter_map(|quote| Some(Judged { span: place(quote, "start", "end")?, speaker: place(quote, "speaker_start", "speaker_end") }))
            .collect();
        lessons.add(source, &blocks, &text, &syntax, &judged);
    }
    eprintln!("{} speakers out of reach", lessons.out_of_reach);
    fs::write(out.join("attribution.bin"), lessons.train(1))
}
