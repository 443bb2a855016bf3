//! Makes the table of word senses: `cargo run --release --example build-thesaurus -- --wordnet /usr/share/wordnet`.
//!
//! Reads the database files of WordNet 3.0 (Debian's package `wordnet-base`) and writes `thesaurus.bin` into the folder of models.
#![allow(clippy::print_stdout, reason = "a command's output")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Parser;
use sayso::text::thesaurus::building::{Part, build};

/// Makes the table of word senses.
#[derive(Parser)]
struct Arguments {
    /// The folder with `index.noun`, `data.noun` and so on.
    #[arg(long)]
    wordnet: PathBuf,
    /// The folder that gets `thesaurus.bin`.
    #[arg(long, default_value = "models")]
    out: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let read = |name: &str| fs::read_to_string(arguments.wordnet.join(name));
    let mut texts = Vec::new();
    for (letter, name) in [('n', "noun"), ('v', "verb"), ('a', "adj"), ('r', "adv")] {
        texts.push((letter, read(&format!("index.{name}"))?, read(&format!("data.{name}"))?));
    }
    let parts: Vec<Part<'_>> = texts.iter().map(|(letter, index, data)| Part { letter: *letter, index, data }).collect();
    let table = build(&parts);
    println!("{} bytes", table.len());
    fs::write(arguments.out.join("thesaurus.bin"), table)?;
    Ok(())
}
