//! Judged quotations become `attribution.bin`, the weights that tell who says what.
//!
//! `cargo run --release --example train-attribution -- --data ../shared/data/quotes --out models/`
//!
//! With `--folds 4 --predictions FILE`, nothing is written to `models/`: each quarter of the training articles is read by a model of the
//! other three, and FILE gets what it finds, in the form `score.py` reads.

#![allow(clippy::print_stderr)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sayso::corpus::Document;
use sayso::quotation::learning::{Judged, Lessons, Schedule, extract_by};
use sayso::quotation::{Quotation, QuotationKind};
use sayso::span::{CharIndex, Span};
use sayso::syntax::Syntax;
use sayso::text::Text;
use serde_json::{Value, json};

/// One article, analysed.
struct Article {
    id: Value,
    document: Document,
    text: Text,
    syntax: Syntax,
    judged: Vec<Judged>,
}

fn main() -> io::Result<()> {
    let data = option("--data").unwrap_or_else(|| "../shared/data/quotes".into());
    let out = option("--out").unwrap_or_else(|| "models".into());
    let train = articles(&data.join("polnear_train.jsonl"))?;
    let folds = option("--folds").and_then(|folds| folds.to_str()?.parse().ok());
    if let (Some(folds), Some(predictions)) = (folds, option("--predictions")) {
        return cross_validate(&train, folds, &predictions);
    }
    let lessons = lessons(train.iter());
    let model = lessons.train(Schedule::SPEAKERS, Schedule::SPEECH);
    eprintln!("train: {:?}", lessons.figures(&model));
    eprintln!("dev: {:?}", self::lessons(articles(&data.join("polnear_dev.jsonl"))?.iter()).figures(&model));
    fs::write(out.join("attribution.bin"), model)
}

/// Reads every article by a model that was trained without it and its fold.
fn cross_validate(articles: &[Article], folds: usize, predictions: &Path) -> io::Result<()> {
    let mut file = fs::File::create(predictions)?;
    for fold in 0..folds {
        let others = articles.iter().enumerate().filter(|(at, _)| at % folds != fold).map(|(_, article)| article);
        let model = lessons(others).train(Schedule::SPEAKERS, Schedule::SPEECH);
        for article in articles.iter().skip(fold).step_by(folds) {
            writeln!(file, "{}", predicted(article, &model))?;
        }
    }
    Ok(())
}

fn predicted(article: &Article, model: &[u8]) -> Value {
    let Article { document, text, syntax, .. } = article;
    let index = CharIndex::new(&document.text);
    let found = extract_by(model, &document.text, &document.blocks, text, syntax);
    let marked = found.iter().filter(|quotation| matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Partial));
    let pieces = marked.flat_map(|quotation| quotation.pieces.iter().map(move |piece| (*piece, quotation)));
    let kept = pieces.filter(|(piece, _)| !between_apostrophes(&document.text, *piece));
    json!({"id": article.id, "quotes": kept.map(|(piece, quotation)| quote(piece, quotation, &index)).collect::<Vec<_>>()})
}

/// The judged articles that write ''so'' are judged without those quotations.
fn between_apostrophes(source: &str, piece: Span) -> bool {
    source.get(..piece.start).is_some_and(|head| head.ends_with("''"))
}

fn quote(piece: Span, quotation: &Quotation, index: &CharIndex) -> Value {
    let speaker = quotation.speaker.as_ref();
    json!({
        "start": index.chars_before(piece.start),
        "end": index.chars_before(piece.end),
        "speaker_text": speaker.map(|speaker| &speaker.mention),
        "speaker_name": speaker.map(|speaker| &speaker.name),
        "confidence": quotation.confidence,
    })
}

fn articles(path: &Path) -> io::Result<Vec<Article>> {
    let mut articles = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        articles.extend(article(&serde_json::from_str(line)?));
    }
    Ok(articles)
}

fn lessons<'a>(articles: impl Iterator<Item = &'a Article>) -> Lessons {
    let mut lessons = Lessons::default();
    for Article { document, text, syntax, judged, .. } in articles {
        lessons.add(&document.text, &document.blocks, text, syntax, judged);
    }
    lessons
}

fn option(name: &str) -> Option<PathBuf> {
    let arguments: Vec<String> = env::args().collect();
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.get(at + 1).map(PathBuf::from)
}

fn article(record: &Value) -> Option<Article> {
    let source = record["text"].as_str().unwrap_or_default();
    let document = sayso::corpus::parse(Path::new("article.txt"), "article.txt", source.as_bytes()).ok()?;
    let spans: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    let text = sayso::text::analyze(&document.text, &spans);
    let syntax = sayso::syntax::analyze(&document.text, &text);
    let index = CharIndex::new(source);
    let quotes = record["quotes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let judged = quotes.iter().filter_map(|quote| judged(quote, &index)).collect();
    Some(Article { id: record["id"].clone(), document, text, syntax, judged })
}

fn judged(quote: &Value, index: &CharIndex) -> Option<Judged> {
    let at = |name: &str| quote[name].as_u64().and_then(|chars| usize::try_from(chars).ok()).map(|chars| index.byte_at(chars));
    let span = |start: &str, end: &str| Some(Span::new(at(start)?, at(end)?));
    Some(Judged { span: span("start", "end")?, speaker: span("speaker_start", "speaker_end") })
}
