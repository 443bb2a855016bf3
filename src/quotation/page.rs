//! A document becomes a [`Page`]: the reporter's own words and the quoted pieces, as one sequence.
//!
//! Attribution reads this sequence: a quoted piece counts as one step in it, quotation marks as none, and the words inside a
//! piece are out of sight, so that nobody named inside a quotation is taken for its speaker.

use std::ops::Range;

use super::cue::{CueClass, Lexicon};
use super::pairing::Piece;
use crate::corpus::{Block, BlockKind};
use crate::span::Span;
use crate::syntax::{Syntax, Tag};
use crate::text::{Shape, Text, Token, folded};

/// One step of the sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A token of the reporter's, by its position in the text's tokens.
    Token(usize),
    /// A quoted piece, by its position in [`Page::pieces`].
    Piece(usize),
    /// The end of a block.
    Break,
}

/// What the reporter's token at one position is.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Hash of the folded word.
    pub(super) hash: u64,
    /// Part of speech.
    pub(super) tag: Tag,
    /// The reporting verb it is a form of.
    pub(super) cue: Option<(&'static str, CueClass)>,
}

/// A document as attribution reads it.
pub(super) struct Page<'a> {
    /// The document's text.
    pub(super) source: &'a str,
    /// Its blocks.
    pub(super) blocks: &'a [Block],
    /// Its tokens and sentences.
    pub(super) text: &'a Text,
    /// Their syntax.
    pub(super) syntax: &'a Syntax,
    /// Its quoted pieces, outermost ones only, in order.
    pub(super) pieces: Vec<Piece>,
    /// The sequence.
    pub(super) items: Vec<Item>,
    /// Position in `items` of each piece.
    pub(super) item_of_piece: Vec<usize>,
    /// For each token its position in `items`; `usize::MAX` for tokens out of sight.
    pub(super) item_of_token: Vec<usize>,
    /// One for each token.
    pub(super) cells: Vec<Cell>,
    /// What stands in `items` before each place, and in all of them.
    tallies: Vec<Tally>,
}

/// How often what divides a text stands in a stretch of the sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Full stops and ends of blocks.
    pub(super) stops: usize,
    /// Quoted pieces.
    pub(super) pieces: usize,
    /// Reporting verbs.
    pub(super) cues: usize,
    /// Commas.
    pub(super) commas: usize,
}

/// A token that is no item.
pub(super) const HIDDEN: usize = usize::MAX;

impl<'a> Page<'a> {
    pub(super) fn new(source: &'a str, blocks: &'a [Block], text: &'a Text, syntax: &'a Syntax, pieces: Vec<Piece>) -> Self {
        let lexicon = Lexicon::new();
        let cells = text.tokens.iter().enumerate().map(|(at, token)| cell(source, *token, syntax, at, &lexicon)).collect();
        let item_of_piece = vec![0; pieces.len()];
        let item_of_token = vec![HIDDEN; text.tokens.len()];
        let mut page =
            Self { source, blocks, text, syntax, pieces, items: Vec::new(), item_of_piece, item_of_token, cells, tallies: Vec::new() };
        page.lay_out();
        page.count();
        page
    }

    /// Fills the sequence, block by block.
    fn lay_out(&mut self) {
        let mut token = 0;
        let mut piece = 0;
        for block in self.blocks {
            let skipped = !block.kind.is_article() || block.kind == BlockKind::Caption;
            let begin = self.items.len();
            while let Some(next) = self.text.tokens.get(token).filter(|next| next.span.start < block.span.end) {
                if !skipped {
                    piece = self.place_pieces_before(piece, next.span);
                    self.place_token(token, piece, *next);
                }
                token += 1;
            }
            if !skipped {
                piece = self.place_pieces_before(piece, Span::new(block.span.end, block.span.end));
            }
            if self.items.len() > begin {
                self.items.push(Item::Break);
            }
        }
    }

    fn count(&mut self) {
        let mut tally = Tally::default();
        self.tallies.push(tally);
        for at in 0..self.items.len() {
            match self.item(at) {
                Item::Break => tally.stops += 1,
                Item::Piece(_) => tally.pieces += 1,
                Item::Token(token) => {
                    tally.cues += usize::from(self.cue(token).is_some());
                    tally.commas += usize::from(self.word(token) == ",");
                    tally.stops += usize::from(self.ends_sentence(at));
                }
            }
            self.tallies.push(tally);
        }
    }

    /// What stands among `items`.
    pub(super) fn tally(&self, items: Range<usize>) -> Tally {
        let before = |at: usize| self.tallies.get(at).or(self.tallies.last()).copied().unwrap_or_default();
        let (from, to) = (before(items.start), before(items.end));
        Tally {
            stops: to.stops.saturating_sub(from.stops),
            pieces: to.pieces.saturating_sub(from.pieces),
            cues: to.cues.saturating_sub(from.cues),
            commas: to.commas.saturating_sub(from.commas),
        }
    }

    /// Whether a sentence ends with the step at `at`.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        match self.item(at) {
            Item::Token(token) => matches!(self.word(token), "." | "!" | "?"),
            Item::Break => true,
            Item::Piece(_) => false,
        }
    }

    /// Puts the pieces that begin before `next` ends into the sequence; the position of the first one not placed.
    fn place_pieces_before(&mut self, mut piece: usize, next: Span) -> usize {
        while self.pieces.get(piece).is_some_and(|candidate| candidate.span.start < next.end.max(next.start)) {
            if let Some(place) = self.item_of_piece.get_mut(piece) {
                *place = self.items.len();
            }
            self.items.push(Item::Piece(piece));
            piece += 1;
        }
        piece
    }

    fn place_token(&mut self, at: usize, next_piece: usize, token: Token) {
        let quoted = next_piece.checked_sub(1).and_then(|last| self.pieces.get(last)).is_some_and(|last| token.span.start < last.span.end);
        if quoted || token.shape == Shape::Quote && !self.follows_plural(next_piece, token) {
            return;
        }
        if let Some(place) = self.item_of_token.get_mut(at) {
            *place = self.items.len();
        }
        self.items.push(Item::Token(at));
    }

    /// Whether a mark makes a possessive of the plural before it ("the farmers’ leader"): right behind an "s", with a word after a blank,
    /// and closing nothing.
    fn follows_plural(&self, next_piece: usize, token: Token) -> bool {
        let (before, after) =
            (self.source.get(..token.span.start).unwrap_or_default(), self.source.get(token.span.end..).unwrap_or_default());
        let closes = next_piece.checked_sub(1).and_then(|last| self.pieces.get(last)).is_some_and(|last| last.span.end == token.span.start);
        let word_follows = after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        matches!(token.span.slice(self.source), "'" | "’") && before.ends_with(['s', 'S']) && word_follows && !closes
    }

    /// The words of token `at`.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.text.tokens.get(at).map_or("", |token| token.span.slice(self.source))
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        self.cells.get(at).map_or(Tag::X, |cell| cell.tag)
    }

    pub(super) fn shape(&self, at: usize) -> Shape {
        self.text.tokens.get(at).map_or(Shape::Punctuation, |token| token.shape)
    }

    pub(super) fn cue(&self, at: usize) -> Option<(&'static str, CueClass)> {
        self.cells.get(at).and_then(|cell| cell.cue)
    }

    pub(super) fn item(&self, at: usize) -> Item {
        self.items.get(at).copied().unwrap_or(Item::Break)
    }

    /// Position of the sentence that holds `token`, or of the first one after it.
    pub(super) fn sentence_at(&self, token: usize) -> usize {
        self.text.sentences.partition_point(|sentence| sentence.tokens.end <= token)
    }

    /// The tokens inside the piece at `piece`.
    pub(super) fn tokens_of_piece(&self, piece: usize) -> std::ops::Range<usize> {
        let span = self.pieces.get(piece).map_or_else(Span::default, |piece| piece.span);
        let at = |byte: usize| self.text.tokens.partition_point(|token| token.span.start < byte);
        at(span.start)..at(span.end)
    }

    /// The place of tokens `from..to` in the document.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.text.tokens.get(from).map_or(0, |token| token.span.start);
        let end = to.checked_sub(1).and_then(|last| self.text.tokens.get(last)).map_or(start, |token| token.span.end);
        Span::new(start, end)
    }
}

fn cell(source: &str, token: Token, syntax: &Syntax, at: usize, lexicon: &Lexicon) -> Cell {
    let word = folded(token.span.slice(source));
    let tag = syntax.words.get(at).map_or(Tag::X, |word| word.tag);
    let verbal = !matches!(tag, Tag::Propn | Tag::Det | Tag::Pron | Tag::Punct | Tag::Adv | Tag::Cconj | Tag::Adp);
    let verbal = verbal || word == "according";
    let cue = if verbal && token.shape == Shape::Lower || tag == Tag::Verb { lexicon.verb(&word) } else { None };
    Cell { hash: hash(&word), tag, cue }
}

/// FNV-1a.
pub(super) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
