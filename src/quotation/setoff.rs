//! Quotations without marks become pieces too: set-off blocks, the labelled turns of an interview, and the first paragraph of a
//! quotation whose marks begin only in the second.

use super::cue::Lexicon;
use super::marks::Style;
use super::pairing::Piece;
use crate::corpus::{Block, BlockKind};
use crate::span::Span;
use crate::text::fold;

/// Adds what the marks do not show to the pieces they do.
pub(super) fn add(source: &str, blocks: &[Block], pieces: &mut Vec<Piece>) {
    let mut found = block_quotes(source, blocks, pieces);
    found.extend(opening_paragraphs(source, blocks, pieces));
    found.extend(turns(source, blocks, pieces));
    pieces.extend(found);
    pieces.sort_by_key(|piece| (piece.span.start, std::cmp::Reverse(piece.span.end)));
}

fn unmarked(block: usize, span: Span, continues: bool) -> Piece {
    Piece { span, block, style: Style::Double, opened: false, closed: false, depth: 0, continues }
}

fn has_piece(pieces: &[Piece], span: Span) -> bool {
    let after = pieces.partition_point(|piece| piece.span.start < span.end);
    after.checked_sub(1).and_then(|last| pieces.get(last)).is_some_and(|piece| piece.span.overlaps(span))
}

/// Blocks that the markup sets off, where they have no marks of their own.
fn block_quotes(source: &str, blocks: &[Block], pieces: &[Piece]) -> Vec<Piece> {
    let set_off = |at: usize| blocks.get(at).is_some_and(|block| block.kind == BlockKind::BlockQuote && !has_piece(pieces, block.span));
    let quoted = (0..blocks.len()).filter(|&at| set_off(at));
    let span = |at: usize| blocks.get(at).map(|block| said(source, block.span));
    quoted
        .filter_map(|at| span(at).map(|span| unmarked(at, span, at > 0 && set_off(at - 1))))
        .filter(|piece| has_words(source, piece.span))
        .collect()
}

/// A set-off block without its marker ("> ") and the signature on its last line.
fn said(source: &str, span: Span) -> Span {
    let words = span.slice(source);
    let start = words.len() - words.trim_start_matches(['>', ' ', '\t']).len();
    let signature = words
        .rfind('\n')
        .filter(|&line| words.get(line..).is_some_and(|last| last.trim_start_matches(['>', ' ', '\t', '\n']).starts_with(['—', '–', '―'])));
    Span::new(span.start + start, span.start + signature.unwrap_or(words.len())).trim(source)
}

fn has_words(source: &str, span: Span) -> bool {
    span.slice(source).split_whitespace().nth(2).is_some() && !span.slice(source).starts_with(['—', '–', '―'])
}

/// "X said: We did." without marks, where the next paragraph opens with one.
fn opening_paragraphs(source: &str, blocks: &[Block], pieces: &[Piece]) -> Vec<Piece> {
    let lexicon = Lexicon::new();
    let opens = |at: usize| {
        let block = blocks.get(at)?;
        let after = pieces.partition_point(|piece| piece.span.start < block.span.start);
        let piece = pieces.get(after)?;
        (piece.block == at && piece.opened && piece.span.start <= block.span.start + 4).then_some(())
    };
    let candidates = blocks.iter().enumerate().filter(|(at, block)| block.kind == BlockKind::Paragraph && opens(at + 1).is_some());
    let found = candidates.filter_map(|(at, block)| after_cue_and_colon(source, block.span, &lexicon).map(|span| (at, span)));
    found.filter(|(_, span)| !has_piece(pieces, *span)).map(|(at, span)| unmarked(at, span, false)).collect()
}

/// Verbs that stand before a colon and whole paragraphs of speech.
const INTRODUCING: &[&str] =
    &["say", "add", "comment", "explain", "continue", "reply", "respond", "state", "warn", "write", "tell", "answer", "conclude"];

/// What follows "said:" to the paragraph's end.
fn after_cue_and_colon(source: &str, block: Span, lexicon: &Lexicon) -> Option<Span> {
    let words = block.slice(source);
    let colon = words.find(": ")?;
    let cue = words.get(..colon)?.rsplit(|c: char| !c.is_alphabetic()).next()?;
    INTRODUCING.contains(&lexicon.verb(&fold(cue))?.0).then_some(())?;
    let span = Span::new(block.start + colon + 2, block.end).trim(source);
    has_words(source, span).then_some(span)
}

/// Fewest labelled paragraphs that make an interview.
const FEWEST_TURNS: usize = 4;

/// "WEBB: We did." paragraph by paragraph, without marks.
fn turns(source: &str, blocks: &[Block], pieces: &[Piece]) -> Vec<Piece> {
    let paragraphs = blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Paragraph);
    let labelled: Vec<(usize, &str, Span)> =
        paragraphs.filter_map(|(at, block)| turn(source, block.span).map(|(label, span)| (at, label, span))).collect();
    let repeated = |label: &str| labelled.iter().filter(|(_, other, _)| *other == label).take(2).count() > 1;
    if labelled.len() < FEWEST_TURNS
        || labelled.len() > blocks.len()
        || !labelled.iter().take(FEWEST_TURNS).any(|(_, label, _)| repeated(label))
    {
        return Vec::new();
    }
    labelled.iter().filter(|(_, _, span)| !has_piece(pieces, *span)).map(|(at, _, span)| unmarked(*at, *span, false)).collect()
}

/// A short capitalized label, a colon, and what is said (the label included, for the label is read there).
fn turn(source: &str, block: Span) -> Option<(&str, Span)> {
    let words = block.slice(source);
    let colon = words.find(": ").filter(|&colon| colon <= 40)?;
    let label = words.get(..colon)?;
    let name_like = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let count = label.split(' ').count();
    (count <= 4 && label.split(' ').all(name_like) && has_words(source, Span::new(block.start + colon + 2, block.end)))
        .then_some((label, block))
}
