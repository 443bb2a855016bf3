//! Speakers named by layout become [`Label`]s: "WEBB: …" before what is said, "— Ann Webb" after it.
//!
//! Such a name beats every other candidate. It is looked for inside the piece's first words and right after its end.

use std::ops::Range;

use super::page::{HIDDEN, Page};
use super::pairing::Piece;
use crate::corpus::BlockKind;
use crate::span::Span;
use crate::syntax::Tag;
use crate::text::{Shape, fold};

/// The tokens of a name that stands as a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The name's tokens.
    pub(super) tokens: Range<usize>,
    /// Where it stands.
    pub(super) place: Place,
}

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Inside the piece, before the words said.
    Inside,
    /// After the piece.
    After,
    /// Before the colon of the headline the piece is in: believed of persons with a full name in the document.
    Headline,
}

/// Longest label, in tokens.
const LONGEST: usize = 5;
/// Longest line a signature stands in, in bytes.
const LONGEST_LINE: usize = 120;

/// The label of the piece at `at`, if it has one.
pub(super) fn label(page: &Page, at: usize) -> Option<Label> {
    let piece = page.pieces.get(at)?;
    // Where the reporter has begun the paragraph, the reporter names the speaker.
    let begins = page
        .blocks
        .get(piece.block)
        .is_none_or(|block| first_token(page, block.span.start) >= first_token(page, piece.span.start).saturating_sub(1));
    let inside = before(page, piece.span).filter(|_| begins || !piece.opened).map(|tokens| Label { tokens, place: Place::Inside });
    inside.or_else(|| headline(page, piece)).or_else(|| {
        let next = page.pieces.get(at + 1).map_or(usize::MAX, |next| next.span.start);
        signature(page, piece, next).filter(|_| begins || !is_reported(page, piece)).map(|tokens| Label { tokens, place: Place::After })
    })
}

/// Whether the reporter's words before the piece in its paragraph hold a reporting verb.
fn is_reported(page: &Page, piece: &Piece) -> bool {
    let start = page.blocks.get(piece.block).map_or(0, |block| first_token(page, block.span.start));
    (start..first_token(page, piece.span.start))
        .any(|token| page.item_of_token.get(token).is_some_and(|&item| item != HIDDEN) && page.cue(token).is_some())
}

/// "Webb: Harbour ‘will stay open’": a person before the colon of a headline.
fn headline(page: &Page, piece: &Piece) -> Option<Label> {
    let block = page.blocks.get(piece.block).filter(|block| matches!(block.kind, BlockKind::Title | BlockKind::Heading))?;
    let tokens = before(page, block.span)?;
    let follows = page.text.tokens.get(tokens.end).is_some_and(|colon| colon.span.end <= piece.span.start);
    follows.then_some(Label { tokens, place: Place::Headline })
}

/// "WEBB: We did." or "Ann Webb: We did.": names and nothing else before a colon, with words after it.
pub(super) fn before(page: &Page, span: Span) -> Option<Range<usize>> {
    let from = first_token(page, span.start);
    let colon = (from..from + LONGEST).find(|&token| page.word(token) == ":")?;
    let named = from < colon && (from..colon).all(|token| is_name_like(page, token));
    let person = colon - from > 1 || page.shape(from) == Shape::Upper || page.tag(from) == Tag::Propn;
    let said = page.text.tokens.get(colon + 1).is_some_and(|token| token.span.end <= span.end);
    let spaced = page
        .text
        .tokens
        .get(colon)
        .is_some_and(|token| page.source.get(token.span.end..).is_some_and(|rest| rest.starts_with(char::is_whitespace)));
    (named && person && said && spaced).then_some(from..colon)
}

fn is_name_like(page: &Page, token: usize) -> bool {
    let capital = matches!(page.shape(token), Shape::Upper | Shape::Capitalized);
    capital && !matches!(page.tag(token), Tag::Verb | Tag::Aux | Tag::Pron | Tag::Adv | Tag::Sconj | Tag::Det | Tag::Adp | Tag::Intj)
        || matches!(page.word(token), "." | "-")
}

pub(super) fn first_token(page: &Page, byte: usize) -> usize {
    page.text.tokens.partition_point(|token| token.span.start < byte)
}

/// "— Ann Webb, nurse": the rest of the line after the piece, or the whole of the next line.
fn signature(page: &Page, piece: &Piece, next: usize) -> Option<Range<usize>> {
    let block = page.blocks.get(piece.block)?.span;
    let rest = Span::new(piece.span.end, block.end);
    let own = rest.slice(page.source).trim_start_matches(|c: char| c.is_whitespace() || super::marks::is_quote(c));
    let line = if own.is_empty() { page.blocks.get(piece.block + 1)?.span } else { Span::new(rest.end - own.len(), rest.end) };
    let words = line.slice(page.source);
    let dash = words.chars().next().filter(|c| matches!(c, '—' | '–' | '―' | '-'))?;
    if words.len() > LONGEST_LINE || line.end > next {
        return None;
    }
    let dashes = words.len() - words.trim_start_matches(dash).len();
    signed(page, Span::new(line.start + dashes, line.end))
}

/// The name that begins `line`, where it is followed by the line's end or a comma.
fn signed(page: &Page, line: Span) -> Option<Range<usize>> {
    let from = first_token(page, line.start);
    let end = (from..from + 8).find(|&token| !is_name_like(page, token) || outside(page, token, line)).unwrap_or(from);
    let end = if end > from && page.word(end - 1) == "." { end - 1 } else { end };
    let closed = outside(page, end, line) || matches!(page.word(end), "," | "." | "(");
    (end > from && closed && !holds_sentences(line.slice(page.source))).then_some(from..end)
}

/// Whether a sentence ends inside the line; the points of initials ("Oscar P. Quint") end none.
fn holds_sentences(line: &str) -> bool {
    let ends = line.trim_end_matches('.').match_indices(". ");
    ends.map(|(at, _)| line.get(..at).unwrap_or_default())
        .any(|head| head.chars().rev().take_while(|c| c.is_alphanumeric()).nth(1).is_some())
}

fn outside(page: &Page, token: usize, line: Span) -> bool {
    page.text.tokens.get(token).is_none_or(|token| token.span.end > line.end)
}

/// The folded words of a label.
pub(super) fn words(page: &Page, tokens: &Range<usize>) -> Vec<String> {
    tokens.clone().map(|token| fold(page.word(token))).filter(|word| word.chars().any(char::is_alphanumeric)).collect()
}
