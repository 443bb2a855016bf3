//! Makes the list of frequent strings that stored text is written in: `cargo run --release --example train-shorthand -- --data ../shared/data`.
//!
//! Reads the training part of PolNeAR and the paragraphs of SQuADShifts, and writes `shorthand.bin` into the folder of models. Prints what the held-out
//! part of the texts, every eighth, takes with it.
#![allow(clippy::print_stdout, reason = "a command's output")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use sayso::index::shorthand::training::{share, train};
use serde_json::Value;

/// Makes the list of frequent strings.
#[derive(Parser)]
struct Arguments {
    /// The folder with `quotes/` and `qa/`.
    #[arg(long)]
    data: PathBuf,
    /// The folder that gets `shorthand.bin`.
    #[arg(long, default_value = "models")]
    out: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let texts = texts(&arguments.data)?;
    let (held_out, learned): (Vec<_>, Vec<_>) = texts.into_iter().enumerate().partition(|(at, _)| at % 8 == 0);
    let plain = |texts: Vec<(usize, String)>| texts.into_iter().map(|(_, text)| text).collect::<Vec<String>>();
    let (held_out, learned) = (plain(held_out), plain(learned));
    let list = train(&learned);
    println!("{} texts, {} bytes; list: {} bytes", learned.len(), learned.iter().map(String::len).sum::<usize>(), list.len());
    println!("of their bytes: learned from {:.1} %, held out {:.1} %", 100.0 * share(&list, &learned), 100.0 * share(&list, &held_out));
    fs::write(arguments.out.join("shorthand.bin"), list)?;
    Ok(())
}

fn texts(data: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for line in fs::read_to_string(data.join("quotes/polnear_train.jsonl"))?.lines() {
        let article: Value = serde_json::from_str(line)?;
        texts.extend(article["text"].as_str().map(str::to_owned));
    }
    for name in ["amazon", "new_wiki", "reddit"] {
        let set: Value = serde_json::from_str(&fs::read_to_string(data.join(format!("qa/squadshifts_{name}.json")))?)?;
        let paragraphs = set["data"].as_array().into_iter().flatten().filter_map(|article| article["paragraphs"].as_array()).flatten();
        texts.extend(paragraphs.filter_map(|paragraph| paragraph["context"].as_str()).map(str::to_owned));
    }
    Ok(texts)
}
