//! `{"id","text"}` lines become `{"id","quotes"}` lines, in the form that `score.py` reads.
use std::io::{BufRead, Write};

use sayso::corpus::{Block, BlockKind};
use sayso::span::{CharIndex, Span};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let source = record["text"].as_str().unwrap_or_default();
        let mut at = 0;
        let blocks: Vec<Block> = source.split('\n').map(|l| { let s = Span::new(at, at + l.len()); at += l.len() + 1; Block { span: s, kind: BlockKind::Paragraph } }).filter(|b| !b.span.slice(source).trim().is_empty()).collect();
        let spans: Vec<Span> = blocks.iter().map(|block| block.span).collect();
        let text = sayso::text::analyze(source, &spans);
        let syntax = sayso::syntax::analyze(source, &text);
        let index = CharIndex::new(source);
        let quotes: Vec<_> = sayso::quotation::extract(source, &blocks, &text, &syntax).into_iter().filter(|q| q.kind != sayso::quotation::QuotationKind::NotSpeech).flat_map(|q| {
            let speaker = q.speaker.clone();
            q.pieces.clone().into_iter().map(move |p| (p, speaker.clone()))
        }).map(|(p, s)| serde_json::json!({"start": index.chars_before(p.start), "end": index.chars_before(p.end), "text": p.slice(source), "speaker_text": s.as_ref().map(|s| s.mention.clone()), "speaker_name": s.as_ref().map(|s| s.name.clone())})).collect();
        writeln!(out, "{}", serde_json::json!({"id": record["id"], "quotes": quotes}))?;
    }
    Ok(())
}
