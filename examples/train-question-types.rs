//! Trains the classifier of answer types: `cargo run --release --example train-question-types -- --data ../shared/data`.
//!
//! Reads `qa/question_classes.label` of the data folder and the training part of `training/questions/news.jsonl`, prints the accuracy in five-fold cross-validation, and writes
//! `question-types.bin` into the folder of models.
#![allow(clippy::print_stdout, reason = "a command's output")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Parser;
use sayso::question::training::train;
use serde_json::Value;

/// Trains the classifier of answer types.
#[derive(Parser)]
struct Arguments {
    /// The folder with `qa/question_classes.label`.
    #[arg(long)]
    data: PathBuf,
    /// This project's questions over news.
    #[arg(long, default_value = "training/questions/news.jsonl")]
    questions: PathBuf,
    /// The folder that gets `question-types.bin`.
    #[arg(long, default_value = "models")]
    out: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    // The file is in Latin-1: each byte is the character of the same number.
    let lines: String = fs::read(arguments.data.join("qa/question_classes.label"))?.into_iter().map(char::from).collect();
    let mut typed = Vec::new();
    for line in fs::read_to_string(&arguments.questions)?.lines() {
        let asked: Value = serde_json::from_str(line)?;
        if let (Some("train"), Some(kind), Some(question)) = (asked["split"].as_str(), asked["type"].as_str(), asked["question"].as_str()) {
            typed.push((kind.to_owned(), question.to_owned()));
        }
    }
    let trained = train(&lines, &typed);
    println!(
        "{} questions, five-fold cross-validation: {:.1} % of 53 classes, {:.1} % of 7 classes, {:.1} % of answer types",
        trained.questions, trained.fine, trained.coarse, trained.types
    );
    println!("question-types.bin: {} bytes", trained.bytes.len());
    fs::write(arguments.out.join("question-types.bin"), trained.bytes)?;
    Ok(())
}
