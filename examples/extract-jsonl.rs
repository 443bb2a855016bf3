//! `{"id","text"}` lines on standard input become `{"id","quotes"}` lines, one entry for each quoted piece, in the form
//! `score.py` reads.
//!
//! With `--all`, indirect speech and words nobody said are listed too. With `--as-judged`, quotations between pairs of apostrophes (''so'') are left out: the judged articles that use them are
//! judged without them.

use std::io::{BufRead, Write, stdin, stdout};

use sayso::quotation::{Quotation, QuotationKind, of_text};
use sayso::span::{CharIndex, Span};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let as_judged = std::env::args().any(|argument| argument == "--as-judged");
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let source = record["text"].as_str().unwrap_or_default();
        let index = CharIndex::new(source);
        let all = std::env::args().any(|argument| argument == "--all");
        let spoken = of_text(source).into_iter().filter(|quotation| all || is_marked(quotation.kind));
        let pieces = spoken.flat_map(|quotation| quotation.pieces.clone().into_iter().map(move |piece| (piece, quotation.clone())));
        let kept = pieces.filter(|(piece, _)| !(as_judged && between_apostrophes(source, *piece)));
        let quotes: Vec<Value> = kept.map(|(piece, quotation)| quote(source, &index, piece, &quotation)).collect();
        writeln!(out, "{}", json!({"id": record["id"], "quotes": quotes}))?;
    }
    Ok(())
}

fn is_marked(kind: QuotationKind) -> bool {
    matches!(kind, QuotationKind::Direct | QuotationKind::Partial)
}

fn marked(source: &str, piece: Span) -> bool {
    source.get(..piece.start).is_some_and(|head| head.trim_end().ends_with(|c: char| !c.is_alphanumeric() && c != '.'))
}

fn between_apostrophes(source: &str, piece: Span) -> bool {
    source.get(..piece.start).is_some_and(|head| head.ends_with("''"))
}

fn quote(source: &str, index: &CharIndex, piece: Span, quotation: &Quotation) -> Value {
    let speaker = quotation.speaker.as_ref();
    json!({
        "start": index.chars_before(piece.start),
        "end": index.chars_before(piece.end),
        "text": piece.slice(source),
        "speaker_text": speaker.map(|speaker| &speaker.mention),
        "speaker_name": speaker.map(|speaker| &speaker.name),
        "role": speaker.and_then(|speaker| speaker.role.as_ref()),
        "cue": quotation.cue.map(|cue| cue.slice(source)),
        "confidence": quotation.confidence,
        "kind": quotation.kind,
        "marked": marked(source, piece),
    })
}
