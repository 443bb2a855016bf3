//! Trains the linear reader: questions of the SQuADShifts data → `models/linear-reader.bin`.
//!
//! `cargo run --release --example train-reader -- --data ../shared/data/qa`
//!
//! Paragraphs whose text's SHA-256 begins with a byte divisible by 16 are held back for choosing (dev); all others train. Every
//! question is read with its own paragraph and the two others most like it by BM25. Same data and seed, same file.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sayso::index::{DocumentRecord, PassageRecord};
use sayso::question;
use sayso::reading::linear::training::{Lesson, Trained, Trainer, rarity};
use sayso::retrieval::Passage;
use sayso::span::Span;
use sayso::{corpus, quotation, syntax, text};
use sha2::{Digest, Sha256};

struct Paragraph {
    record: PassageRecord,
    stems: BTreeMap<String, f32>,
    dev: bool,
}

struct Asked {
    paragraph: usize,
    question: question::Question,
    answers: Vec<(String, Span)>,
}

struct Options {
    data: PathBuf,
    out: PathBuf,
    seed: u64,
    epochs: usize,
    limit: usize,
    rate: f32,
}

fn options() -> Options {
    let mut found = Options {
        data: "../shared/data/qa".into(),
        out: "models/linear-reader.bin".into(),
        seed: 1,
        epochs: 3,
        limit: usize::MAX,
        rate: 0.08,
    };
    let words: Vec<String> = std::env::args().skip(1).collect();
    for pair in words.chunks(2) {
        let [name, value] = pair else { panic!("an option without its value: {pair:?}") };
        match name.as_str() {
            "--data" => found.data = value.into(),
            "--out" => found.out = value.into(),
            "--seed" => found.seed = value.parse().unwrap(),
            "--epochs" => found.epochs = value.parse().unwrap(),
            "--limit" => found.limit = value.parse().unwrap(),
            "--rate" => found.rate = value.parse().unwrap(),
            _ => panic!("unknown option {name}"),
        }
    }
    found
}

fn paragraph(context: &str, ordinal: u32) -> Paragraph {
    let whole = Span::new(0, context.len());
    let analysis = text::analyze(context, &[whole]);
    let parsed = syntax::analyze(context, &analysis);
    let block = corpus::Block { span: whole, kind: corpus::BlockKind::Paragraph };
    let quotations = quotation::extract(context, &[block], &analysis, &parsed);
    let mut stems: BTreeMap<String, f32> = BTreeMap::new();
    for token in analysis.tokens.iter().filter(|token| token.shape.is_word()) {
        *stems.entry(text::stem(&text::fold(token.span.slice(context)))).or_default() += 1.0;
    }
    let id = format!("{ordinal}.txt");
    let document = DocumentRecord {
        ordinal,
        path: id.clone(),
        id,
        title: None,
        publisher: None,
        authors: Vec::new(),
        published: None,
        digest: String::new(),
        cluster: ordinal,
    };
    let blocks = vec![corpus::BlockKind::Paragraph; analysis.sentences.len()];
    let dev = Sha256::digest(context.as_bytes()).first().is_some_and(|byte| byte % 16 == 0);
    let record =
        PassageRecord { document: Arc::new(document), span: whole, text: context.to_owned(), analysis, blocks, syntax: parsed, quotations };
    Paragraph { record, stems, dev }
}

fn byte_span(context: &str, start: usize, answer: &str) -> Span {
    let from = context.char_indices().nth(start).map_or(context.len(), |(byte, _)| byte);
    Span::new(from, from + answer.len()).trim(context)
}

/// The tokens' own bounds for an answer that may cut into them.
fn whole_tokens(record: &PassageRecord, span: Span) -> Span {
    let punctuation = |shape: text::Shape| matches!(shape, text::Shape::Punctuation | text::Shape::Quote);
    let inside: Vec<_> = record.analysis.tokens.iter().filter(|token| token.span.overlaps(span)).collect();
    let first = inside.iter().find(|token| !punctuation(token.shape));
    let last = inside.iter().rev().find(|token| !punctuation(token.shape));
    first.zip(last).map_or(span, |(first, last)| first.span.cover(last.span))
}

fn load(options: &Options) -> (Vec<Paragraph>, Vec<Asked>) {
    let (mut paragraphs, mut asked) = (Vec::new(), Vec::new());
    for name in ["squadshifts_new_wiki.json", "squadshifts_amazon.json", "squadshifts_reddit.json"] {
        let data: serde_json::Value = serde_json::from_slice(&std::fs::read(options.data.join(name)).unwrap()).unwrap();
        let articles = data["data"].as_array().unwrap().iter().flat_map(|article| article["paragraphs"].as_array().unwrap());
        for entry in articles {
            let context = entry["context"].as_str().unwrap();
            let number = paragraphs.len();
            if asked.len() >= options.limit {
                break;
            }
            paragraphs.push(paragraph(context, number as u32));
            for question in entry["qas"].as_array().unwrap() {
                let words = question["question"].as_str().unwrap();
                let answers = question["answers"].as_array().unwrap();
                let place = |answer: &serde_json::Value| {
                    let words = answer["text"].as_str().unwrap();
                    (words.to_owned(), byte_span(context, answer["answer_start"].as_u64().unwrap() as usize, words))
                };
                let answers = answers.iter().map(place).collect();
                asked.push(Asked { paragraph: number, question: question::parse(words, &question::Constraints::default()), answers });
            }
        }
    }
    (paragraphs, asked)
}

/// BM25 over paragraphs.
struct Shelf {
    postings: BTreeMap<String, Vec<(usize, f32)>>,
    lengths: Vec<f32>,
    average: f32,
}

impl Shelf {
    fn new(paragraphs: &[Paragraph]) -> Self {
        let mut postings: BTreeMap<String, Vec<(usize, f32)>> = BTreeMap::new();
        for (number, paragraph) in paragraphs.iter().enumerate() {
            for (stem, count) in &paragraph.stems {
                postings.entry(stem.clone()).or_default().push((number, *count));
            }
        }
        let lengths: Vec<f32> = paragraphs.iter().map(|paragraph| paragraph.stems.values().sum()).collect();
        let average = lengths.iter().sum::<f32>() / lengths.len().max(1) as f32;
        Self { postings, lengths, average }
    }

    fn search(&self, question: &question::Question, count: usize) -> Vec<(usize, f32)> {
        let mut scores: BTreeMap<usize, f32> = BTreeMap::new();
        for term in &question.terms {
            let Some(list) = self.postings.get(&term.stem) else { continue };
            let rarity = (1.0 + self.lengths.len() as f32 / (0.5 + list.len() as f32)).ln();
            for (number, times) in list {
                *scores.entry(*number).or_default() +=
                    rarity * times * 2.2 / (times + 1.2 * (0.5 + 0.5 * self.lengths[*number] / self.average));
            }
        }
        let mut ranked: Vec<(usize, f32)> = scores.into_iter().collect();
        ranked.sort_by(|(one, a), (two, b)| b.total_cmp(a).then(one.cmp(two)));
        ranked.truncate(count);
        ranked
    }
}

fn passage(paragraphs: &[Paragraph], number: usize, score: f32) -> Passage {
    Passage { record: paragraphs[number].record.clone(), score, parts: Vec::new() }
}

fn lesson(paragraphs: &[Paragraph], shelf: &Shelf, asked: &Asked, others: usize) -> Lesson {
    let found = shelf.search(&asked.question, others + 1);
    let own = found.iter().find(|(number, _)| *number == asked.paragraph).map_or(1.0, |(_, score)| *score);
    let mut passages = vec![passage(paragraphs, asked.paragraph, own)];
    let rest = found.iter().filter(|(number, _)| *number != asked.paragraph && paragraphs[*number].dev == paragraphs[asked.paragraph].dev);
    passages.extend(rest.take(others).map(|(number, score)| passage(paragraphs, *number, *score)));
    let record = &paragraphs[asked.paragraph].record;
    let answers = asked.answers.iter().map(|(_, span)| (0, whole_tokens(record, *span))).collect();
    Lesson { question: asked.question.clone(), passages, answers }
}

/// SQuAD's normal form: lower case, no punctuation, no articles, single blanks.
fn normal(text: &str) -> Vec<String> {
    let bare: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    bare.split_whitespace().filter(|word| !matches!(*word, "a" | "an" | "the")).map(str::to_owned).collect()
}

fn f1(given: &[String], gold: &[String]) -> f64 {
    let mut left = gold.to_vec();
    let mut same = 0.0;
    for word in given {
        if let Some(at) = left.iter().position(|other| other == word) {
            left.swap_remove(at);
            same += 1.0;
        }
    }
    if same == 0.0 { 0.0 } else { 2.0 * same / (given.len() + gold.len()) as f64 }
}

/// Exact match and F1 over some questions, in per cent.
fn measure<'a>(model: &Trained, asked: impl Iterator<Item = &'a Asked>, passages: impl Fn(&Asked) -> Vec<Passage>) -> (f64, f64, usize) {
    let (mut exact, mut overlap, mut count) = (0.0, 0.0, 0);
    for one in asked {
        let passages = passages(one);
        let best = model.read(&one.question, &passages);
        let given = best.first().map_or("", |candidate| passages[candidate.passage].record.slice(candidate.span));
        let given = normal(given);
        let golds: Vec<Vec<String>> = one.answers.iter().map(|(words, _)| normal(words)).collect();
        exact += f64::from(u8::from(golds.contains(&given)));
        overlap += golds.iter().map(|gold| f1(&given, gold)).fold(0.0, f64::max);
        count += 1;
    }
    (100.0 * exact / f64::from(count), 100.0 * overlap / f64::from(count), count as usize)
}

fn report(name: &str, model: &Trained, paragraphs: &[Paragraph], shelf: &Shelf, dev: &[&Asked]) {
    let (exact, overlap, count) = measure(model, dev.iter().copied(), |asked| vec![passage(paragraphs, asked.paragraph, 1.0)]);
    println!("{name}: paragraph given: EM {exact:.1} F1 {overlap:.1} ({count} questions)");
    let open =
        |asked: &Asked| shelf.search(&asked.question, 10).into_iter().map(|(number, score)| passage(paragraphs, number, score)).collect();
    let (exact, overlap, count) = measure(model, dev.iter().copied().filter(|asked| asked.paragraph % 9 == 0), open);
    println!("{name}: open, all paragraphs: EM {exact:.1} F1 {overlap:.1} ({count} questions)");
}

/// A fixed shuffle of `0..count` by an xorshift generator (Marsaglia, 2003).
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut order: Vec<usize> = (0..count).collect();
    for place in (1..count).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(place, (state % (place as u64 + 1)) as usize);
    }
    order
}

fn main() {
    let options = options();
    let (paragraphs, asked) = load(&options);
    let texts: Vec<&str> = paragraphs.iter().filter(|paragraph| !paragraph.dev).map(|paragraph| paragraph.record.text.as_str()).collect();
    let shelf = Shelf::new(&paragraphs);
    let (dev, train): (Vec<&Asked>, Vec<&Asked>) = asked.iter().partition(|asked| paragraphs[asked.paragraph].dev);
    println!("{} paragraphs, {} questions to train, {} to choose", paragraphs.len(), train.len(), dev.len());
    let mut trainer = Trainer::new(rarity(&texts, 3), options.rate);
    for epoch in 0..options.epochs {
        let (mut loss, mut count) = (0.0, 0.0);
        for place in shuffled(train.len(), options.seed + epoch as u64) {
            if let Some(one) = trainer.learn(&lesson(&paragraphs, &shelf, train[place], 2)) {
                loss += f64::from(one);
                count += 1.0;
            }
        }
        println!("epoch {}: loss {:.3} over {count} questions with an answer among the spans", epoch + 1, loss / count);
        report(&format!("epoch {}", epoch + 1), &trainer.finish(), &paragraphs, &shelf, &dev);
        write(&options.out, &trainer.finish());
    }
}

fn write(out: &Path, model: &Trained) {
    std::fs::write(out, model.bytes()).unwrap();
    println!("wrote {}", out.display());
}
