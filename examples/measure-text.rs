//! Compares the tokens and sentences of [`sayso::text`] with those of Universal Dependencies treebanks, and measures the speed.
//!
//! `cargo run --release --example measure-text -- ../shared/data/syntax/ewt_dev.conllu ../shared/data/syntax/gum_dev.conllu`
//! With `--errors`, the places where sentences or tokens differ are printed too.
#![allow(clippy::print_stdout, reason = "a command's output")]

use std::collections::BTreeSet;
use std::time::Instant;

use sayso::span::Span;
use sayso::text::analyze;

/// A treebank as one text, paragraph by paragraph, with the spans the annotators chose.
#[derive(Default)]
struct Treebank {
    text: String,
    paragraphs: Vec<Span>,
    sentences: BTreeSet<Span>,
    tokens: BTreeSet<Span>,
}

impl Treebank {
    fn read(conllu: &str) -> Self {
        let mut bank = Self::default();
        for sentence in conllu.split("\n\n") {
            bank.add(sentence);
        }
        bank
    }

    fn add(&mut self, sentence: &str) {
        let Some(words) = sentence.lines().find_map(|line| line.strip_prefix("# text = ")) else { return };
        let opens = sentence.lines().any(|line| line.starts_with("# newpar") || line.starts_with("# newdoc"));
        self.text.push_str(if opens { "\n\n" } else { " " });
        let start = self.text.len();
        self.text.push_str(words);
        let span = Span::new(start, self.text.len()).trim(&self.text);
        self.sentences.insert(span);
        match self.paragraphs.last_mut().filter(|_| !opens) {
            Some(paragraph) => *paragraph = paragraph.cover(span),
            None => self.paragraphs.push(span),
        }
        self.add_tokens(sentence, start);
    }

    fn add_tokens(&mut self, sentence: &str, mut at: usize) {
        let rows = sentence.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
        for row in rows.filter(|row| row.first().is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit()))) {
            let form = row.get(1).copied().unwrap_or_default();
            let Some(found) = self.text.get(at..).and_then(|rest| rest.find(form)) else { continue };
            self.tokens.insert(Span::new(at + found, at + found + form.len()));
            at += found + form.len();
        }
    }
}

/// Balanced F of two sets of spans, in per cent.
fn f_measure(gold: &BTreeSet<Span>, found: &BTreeSet<Span>) -> f64 {
    200.0 * gold.intersection(found).count() as f64 / (gold.len() + found.len()).max(1) as f64
}

fn excerpt(text: &str, span: Span) -> String {
    let from = text.floor_char_boundary(span.start.saturating_sub(40));
    let to = text.ceil_char_boundary((span.end + 40).min(text.len()));
    let part = |a: usize, b: usize| text.get(a..b).unwrap_or_default().replace('\n', "/");
    format!("{}⟦{}⟧{}", part(from, span.start), part(span.start, span.end), part(span.end, to))
}

fn show_errors(what: &str, bank: &Treebank, gold: &BTreeSet<Span>, found: &BTreeSet<Span>) {
    for span in found.difference(gold) {
        println!("{what} found  {}", excerpt(&bank.text, *span));
    }
    for span in gold.difference(found) {
        println!("{what} missed {}", excerpt(&bank.text, *span));
    }
}

fn megabytes_per_second(bank: &Treebank) -> f64 {
    let started = Instant::now();
    let mut bytes = 0;
    while started.elapsed().as_secs_f64() < 1.0 {
        bytes += bank.text.len();
        std::hint::black_box(analyze(&bank.text, &bank.paragraphs));
    }
    bytes as f64 / 1e6 / started.elapsed().as_secs_f64()
}

fn main() -> std::io::Result<()> {
    let (options, files): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    for file in files {
        let bank = Treebank::read(&std::fs::read_to_string(&file)?);
        let text = analyze(&bank.text, &bank.paragraphs);
        let tokens = text.tokens.iter().map(|token| token.span).collect();
        let sentences = text.sentences.iter().map(|sentence| sentence.span).collect();
        println!("{file}: tokens F1 {:.2}, sentences F1 {:.2}", f_measure(&bank.tokens, &tokens), f_measure(&bank.sentences, &sentences));
        println!("{file}: {:.0} MB/s on one core", megabytes_per_second(&bank));
        if options.contains(&"--errors".to_owned()) {
            show_errors("token", &bank, &bank.tokens, &tokens);
            show_errors("sentence", &bank, &bank.sentences, &sentences);
        }
    }
    Ok(())
}
