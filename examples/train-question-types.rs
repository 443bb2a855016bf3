//! Trains the classifier of answer types: `cargo run --release --example train-question-types -- --data ../shared/data`.
//!
//! Reads `qa/question_classes.label` of the data folder, prints the accuracy in five-fold cross-validation, and writes
//! `question-types.bin` into the folder of models.
#![allow(clippy::print_stdout, reason = "a command's output")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Parser;
use sayso::question::training::train;

/// Trains the classifier of answer types.
#[derive(Parser)]
struct Arguments {
    /// The folder with `qa/question_classes.label`.
    #[arg(long)]
    data: PathBuf,
    /// The folder that gets `question-types.bin`.
    #[arg(long, default_value = "models")]
    out: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    // The file is in Latin-1: each byte is the character of the same number.
    let lines: String = fs::read(arguments.data.join("qa/question_classes.label"))?.into_iter().map(char::from).collect();
    let trained = train(&lines);
    println!(
        "{} questions, five-fold cross-validation: {:.1} % of 50 classes, {:.1} % of 6 classes, {:.1} % of answer types",
        trained.questions, trained.fine, trained.coarse, trained.types
    );
    println!("question-types.bin: {} bytes", trained.bytes.len());
    fs::write(arguments.out.join("question-types.bin"), trained.bytes)?;
    Ok(())
}
