//! Quotations without marks become pieces too: set-off blocks, the labelled turns of an interview, and the first paragraph of a
//! quotation whose marks begin only in the second.

use std::ops::Range;

use super::cue::{CueClass, Lexicon};
use super::giving_way::{giving_way, names_speaker};
use super::marks::{Style, is_quote};
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

/// Blocks that the markup sets off, where they have no marks of their own. A run of them in which somebody is quoted is an excerpt of a
/// report, and what stands in it without marks is its reporter's.
fn block_quotes(source: &str, blocks: &[Block], pieces: &[Piece]) -> Vec<Piece> {
    let lexicon = Lexicon::new();
    let set_off = |at: usize| blocks.get(at).is_some_and(|block| block.kind == BlockKind::BlockQuote);
    let reports = |at: usize| blocks.get(at).is_some_and(|block| quotes_somebody(source, block.span, pieces, &lexicon));
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let end = (at..blocks.len()).find(|&block| !set_off(block)).unwrap_or(blocks.len());
        if !(at..end).any(reports) {
            found.extend(run(source, blocks, pieces, at..end));
        }
        at = end + 1;
    }
    found
}

/// Whether a clause that names the speaker stands beside a marked piece of the block.
fn quotes_somebody(source: &str, block: Span, pieces: &[Piece], lexicon: &Lexicon) -> bool {
    let mark = |c: char| is_quote(c) || c.is_whitespace();
    let own = pieces.iter().filter(|piece| block.contains(piece.span));
    own.into_iter().any(|piece| {
        let before = Span::new(block.start, piece.span.start).slice(source).trim_end_matches(mark);
        let after = Span::new(piece.span.end, block.end).slice(source).trim_start_matches(mark);
        let cue = before.strip_suffix([',', ':']).and_then(|lead| lead.rsplit(|c: char| !c.is_alphabetic()).next());
        names_speaker(after, lexicon) || cue.is_some_and(|word| lexicon.verb(&fold(word)).is_some_and(|(_, class)| class == CueClass::Say))
    })
}

/// The pieces of a run of set-off blocks. Words give way to a clause that names who said them; what follows it in its block is the
/// reporter's.
fn run(source: &str, blocks: &[Block], pieces: &[Piece], run: Range<usize>) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut goes_on = false;
    for at in run {
        let span = blocks.get(at).map(|block| said(source, block.span)).unwrap_or_default();
        let reported = giving_way(span.slice(source));
        let span = reported.map_or(span, |found| Span::new(span.start, span.start + found.said));
        let whole = !has_piece(pieces, span) && has_words(source, span);
        if whole {
            found.push(unmarked(at, span, goes_on));
        }
        goes_on = whole && reported.is_none();
    }
    found
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
