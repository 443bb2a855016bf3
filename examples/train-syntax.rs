//! Trains the models of the syntax layer: `cargo run --release --example train-syntax -- --data ../shared/data/syntax --out models/`.
//!
//! Reads `*_train.conllu` and `*_dev.conllu` of the data folder, and beside that folder `quotes/polnear_train.jsonl` (names
//! of speakers, running text) where it is there. Writes `syntax/*.bin` below the output folder and prints the development figures.

#![allow(clippy::print_stdout)]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use sayso::syntax::training::{Data, train};

/// Trains the syntax models.
#[derive(Parser)]
struct Arguments {
    /// The folder of treebanks in CoNLL-U.
    #[arg(long)]
    data: PathBuf,
    /// The folder that gets `syntax/*.bin`.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let trained = train(&read(&arguments.data)?);
    let folder = arguments.out.join("syntax");
    fs::create_dir_all(&folder)?;
    for (name, bytes) in &trained.files {
        println!("{name}: {} bytes", bytes.len());
        fs::write(folder.join(name), bytes)?;
    }
    print!("{}", trained.figures);
    Ok(())
}

fn read(folder: &Path) -> Result<Data, Box<dyn Error>> {
    let mut data = Data::default();
    for treebank in ["ewt", "gum"] {
        data.treebanks.push(fs::read_to_string(folder.join(format!("{treebank}_train.conllu")))?);
        data.development.push((treebank.to_owned(), fs::read_to_string(folder.join(format!("{treebank}_dev.conllu")))?));
    }
    let articles = folder.join("../quotes/polnear_train.jsonl");
    if articles.exists() {
        add_articles(&mut data, &fs::read_to_string(articles)?)?;
    }
    add_passages(&mut data, &folder.join("../qa"))?;
    Ok(data)
}

/// Adds the passages of question sets in SQuAD's format.
fn add_passages(data: &mut Data, folder: &Path) -> Result<(), Box<dyn Error>> {
    for name in ["amazon", "new_wiki", "reddit"] {
        let path = folder.join(format!("squadshifts_{name}.json"));
        if !path.exists() {
            continue;
        }
        let set: serde_json::Value = serde_json::from_str(&fs::read_to_string(path)?)?;
        let articles = set["data"].as_array().into_iter().flatten();
        let passages = articles.flat_map(|article| article["paragraphs"].as_array().into_iter().flatten());
        let texts: BTreeSet<&str> = passages.filter_map(|passage| passage["context"].as_str()).collect();
        data.raw.extend(texts.into_iter().map(str::to_owned));
    }
    Ok(())
}

fn add_articles(data: &mut Data, lines: &str) -> Result<(), Box<dyn Error>> {
    for line in lines.lines() {
        let article: serde_json::Value = serde_json::from_str(line)?;
        let text = article["text"].as_str().unwrap_or_default().to_owned();
        let quotes = article["quotes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let people: BTreeSet<&str> = quotes.iter().filter_map(|quote| quote["speaker_full"].as_str()).collect();
        data.articles.push((text, people.into_iter().map(str::to_owned).collect()));
    }
    Ok(())
}
