//! How often retrieval finds the right paragraph: first, in the first five, in the first twenty.
//!
//! Reads question sets in SQuAD format, writes each article (or, where a set has only one, each paragraph) to a file of a temporary
//! folder, indexes it and asks. A passage stands for the paragraph it overlaps most. Questions whose paragraph's SHA-256 begins with
//! a byte divisible by sixteen are the half for choosing (`--half choose`), the others are for developing (`--half develop`).
//!
//! `cargo run --release --example retrieval-figures -- [--half choose|develop] [--noise DIR] FILE…`

#![allow(clippy::print_stdout, reason = "its output is its purpose")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use sayso::index::{self, Index};
use sayso::question::{self, Constraints};
use sayso::retrieval;
use sayso::span::Span;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A question with the place of the paragraph that answers it.
struct Judged {
    words: String,
    document: String,
    paragraph: Span,
    answers: Vec<String>,
}

#[derive(Default)]
struct Tally {
    asked: usize,
    at: [usize; 4],
    answer_in_first: usize,
    milliseconds: Vec<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut half, mut noise, mut files) = ("develop".to_owned(), None, Vec::new());
    let mut failures = 0;
    let mut dump = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--half" => half = arguments.next().ok_or("--half needs a value")?,
            "--noise" => noise = Some(PathBuf::from(arguments.next().ok_or("--noise needs a folder")?)),
            "--dump" => dump = Some(fs::File::create(arguments.next().ok_or("--dump needs a file")?)?),
            "--failures" => failures = arguments.next().ok_or("--failures needs a number")?.parse()?,
            _ => files.push(PathBuf::from(argument)),
        }
    }
    for file in files {
        let folder = tempfile::tempdir()?;
        let judged = unpack(&file, &folder.path().join("documents"), half == "choose")?;
        let roots: Vec<PathBuf> = [folder.path().join("documents")].into_iter().chain(noise.clone()).collect();
        let tally = ask(&folder.path().join("index"), &roots, &judged, failures, dump.as_mut())?;
        report(&file, &tally);
    }
    Ok(())
}

/// Writes the documents of a set below `folder`; the questions of one half.
fn unpack(file: &Path, folder: &Path, choose: bool) -> Result<Vec<Judged>, Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let set: Value = serde_json::from_slice(&fs::read(file)?)?;
    let articles = set["data"].as_array().cloned().unwrap_or_default();
    let alone = articles.len() == 1;
    let mut judged = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        let title = article["title"].as_str().unwrap_or_default().replace('_', " ");
        let mut name = format!("{number}.txt");
        let mut text = if alone { String::new() } else { format!("{title}\n\n") };
        for (position, paragraph) in article["paragraphs"].as_array().into_iter().flatten().enumerate() {
            if alone {
                (name, text) = (format!("{position}.txt"), String::new());
            }
            let context = paragraph["context"].as_str().unwrap_or_default();
            let span = Span::new(text.len(), text.len() + context.len());
            text.push_str(context);
            text.push_str("\n\n");
            if Sha256::digest(context.as_bytes()).first().is_some_and(|byte| byte.is_multiple_of(16)) == choose {
                judged.extend(questions(paragraph, &name, span));
            }
            if alone {
                fs::write(folder.join(&name), &text)?;
            }
        }
        fs::write(folder.join(&name), &text)?;
    }
    Ok(judged)
}

fn questions(paragraph: &Value, document: &str, span: Span) -> Vec<Judged> {
    let answers = |question: &Value| {
        let answers = question["answers"].as_array().into_iter().flatten();
        answers.filter_map(|answer| answer["text"].as_str().map(str::to_owned)).collect()
    };
    let question = |question: &Value| Judged {
        words: question["question"].as_str().unwrap_or_default().to_owned(),
        document: document.to_owned(),
        paragraph: span,
        answers: answers(question),
    };
    paragraph["qas"].as_array().into_iter().flatten().map(question).collect()
}

fn ask(
    directory: &Path,
    roots: &[PathBuf],
    judged: &[Judged],
    failures: usize,
    mut dump: Option<&mut fs::File>,
) -> Result<Tally, Box<dyn Error>> {
    let begun = Instant::now();
    let summary = index::update(directory, Some(roots), &index::Options::default(), &mut |_| ())?;
    let seconds = begun.elapsed().as_secs_f64();
    let mut sizes = BTreeMap::new();
    measure(directory, &mut sizes)?;
    let size: u64 = sizes.values().sum();
    println!(
        "indexed {} documents, {:.1} MB in {seconds:.1} s ({:.1} MB/s), index {:.2} of the text",
        summary.documents,
        summary.bytes as f64 / 1e6,
        summary.bytes as f64 / 1e6 / seconds,
        size as f64 / summary.bytes as f64
    );
    println!("{sizes:?}");
    let begun = Instant::now();
    let index = Index::open(directory)?;
    println!("opened in {:.2} ms, {} chunks", begun.elapsed().as_secs_f64() * 1e3, index.chunks());
    let mut tally = Tally::default();
    for question in judged {
        let asked = question::parse(&question.words, &Constraints::default());
        let begun = Instant::now();
        let passages = retrieval::retrieve(&index, &asked, if dump.is_some() { 80 } else { 20 })?;
        tally.milliseconds.push(begun.elapsed().as_secs_f64() * 1e3);
        let right = |passage: &retrieval::Passage| {
            passage.record.document.id == question.document && mostly(passage.record.span, question.paragraph)
        };
        let rank = passages.iter().position(right);
        if let Some(file) = dump.as_deref_mut() {
            for passage in &passages {
                let parts: Vec<String> = passage.parts.iter().map(|(_, part)| part.to_string()).collect();
                writeln!(file, "{}\t{}\t{}", tally.asked, u8::from(right(passage)), parts.join("\t"))?;
            }
        }
        tally.asked += 1;
        for (count, limit) in tally.at.iter_mut().zip([1, 5, 10, 20]) {
            *count += usize::from(rank.is_some_and(|rank| rank < limit));
        }
        let holds = passages.first().is_some_and(|first| {
            first.record.document.id == question.document
                && first.record.span.overlaps(question.paragraph)
                && question.answers.iter().any(|answer| first.record.text.contains(answer))
        });
        tally.answer_in_first += usize::from(holds);
        if rank != Some(0) && tally.asked - tally.at[0] <= failures {
            show(question, &passages, rank);
        }
    }
    Ok(tally)
}

fn show(question: &Judged, passages: &[retrieval::Passage], rank: Option<usize>) {
    println!("\n{} [{} {:?}] rank {rank:?}", question.words, question.document, question.answers.first());
    for passage in passages.iter().take(1).chain(rank.and_then(|rank| passages.get(rank))) {
        println!("  {:.2} {:?}\n    {}", passage.score, passage.parts, passage.record.text.replace('\n', " "));
    }
}

/// Whether more than half of the shorter of the two lies in the other.
fn mostly(one: Span, other: Span) -> bool {
    let both = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    both * 2 > one.len().min(other.len())
}

/// Adds up the sizes of the files below a folder by the ends of their names.
fn measure(folder: &Path, sizes: &mut BTreeMap<String, u64>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.path().is_dir() {
            measure(&entry.path(), sizes)?;
        } else {
            let kind = entry.path().extension().unwrap_or_default().to_string_lossy().into_owned();
            *sizes.entry(kind).or_default() += entry.metadata()?.len();
        }
    }
    Ok(())
}

fn report(file: &Path, tally: &Tally) {
    let share = |count: usize| 100.0 * count as f64 / tally.asked.max(1) as f64;
    let mut times = tally.milliseconds.clone();
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    println!(
        "{}: {} questions; paragraph at 1 {:.1} %, at 5 {:.1} %, at 10 {:.1} %, at 20 {:.1} %; answer in the first {:.1} %; median {median:.2} ms\n",
        file.file_name().unwrap_or_default().to_string_lossy(),
        tally.asked,
        share(tally.at[0]),
        share(tally.at[1]),
        share(tally.at[2]),
        share(tally.at[3]),
        share(tally.answer_in_first),
    );
}
