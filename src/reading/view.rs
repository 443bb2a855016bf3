//! A passage becomes a [`View`]: what each token is, and which word of the question it matches.
//!
//! Everything the readers ask of a token again and again (folded word, matched term, mention, quotation, head) is looked up once
//! here. The passage itself is left as it is.

use std::ops::Range;

use super::amounts;
use super::sought::Sought;
use crate::corpus::BlockKind;
use crate::index::PassageRecord;
use crate::quotation::{Quotation, QuotationKind};
use crate::span::Span;
use crate::syntax::{EntityKind, Mention, Relation, Tag};
use crate::text::quantities::Quantity;
use crate::text::{Shape, fold};

/// A passage as seen by one question.
#[derive(Debug)]
pub(crate) struct View<'p> {
    /// The passage.
    pub(crate) record: &'p PassageRecord,
    /// One entry for each token.
    pub(crate) cells: Vec<Cell>,
    /// Numbers, sums, dates and the like, in order.
    pub(crate) amounts: Vec<Quantity>,
}

/// What is known of one token.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// The word in lower case.
    pub(crate) word: String,
    /// What it is made of.
    pub(crate) shape: Shape,
    /// Part of speech.
    pub(crate) tag: Tag,
    /// Relation to its head.
    pub(crate) relation: Relation,
    /// The head's position in the passage.
    pub(crate) head: Option<usize>,
    /// Which term of the question it matches.
    pub(crate) term: Option<usize>,
    /// Which term it can stand for, where it matches none.
    pub(crate) meant: Option<usize>,
    /// Which mention it is part of.
    pub(crate) mention: Option<usize>,
    /// Whether it stands between quotation marks of somebody's speech.
    pub(crate) quoted: bool,
}

impl<'p> View<'p> {
    /// Looks at a passage with a question in mind.
    pub(crate) fn new(record: &'p PassageRecord, sought: &Sought) -> Self {
        let mut cells: Vec<Cell> = (0..record.analysis.tokens.len()).map(|position| cell(record, position, sought)).collect();
        for (number, mention) in record.syntax.mentions.iter().enumerate() {
            for cell in cells.get_mut(mention.tokens.clone()).unwrap_or_default() {
                cell.mention = Some(number);
            }
        }
        for piece in record.quotations.iter().filter(|quotation| is_verbatim(quotation)).flat_map(|quotation| &quotation.pieces) {
            let inside = tokens_within(record, *piece);
            for cell in cells.get_mut(inside).unwrap_or_default() {
                cell.quoted = true;
            }
        }
        Self { record, cells, amounts: amounts::find(record) }
    }

    /// The tokens of a sentence.
    pub(crate) fn tokens(&self, sentence: usize) -> Range<usize> {
        let range = self.record.analysis.sentences.get(sentence).map(|sentence| sentence.tokens.clone()).unwrap_or_default();
        range.start.min(self.cells.len())..range.end.min(self.cells.len())
    }

    /// The cells of some tokens, as far as the passage goes.
    pub(crate) fn cells(&self, tokens: Range<usize>) -> &[Cell] {
        self.cells.get(tokens.start..tokens.end.min(self.cells.len())).unwrap_or_default()
    }

    /// What block a sentence lies in.
    pub(crate) fn block(&self, sentence: usize) -> BlockKind {
        self.record.blocks.get(sentence).copied().unwrap_or(BlockKind::Paragraph)
    }

    /// Which sentence a byte of the document lies in.
    pub(crate) fn sentence_at(&self, byte: usize) -> Option<usize> {
        self.record.analysis.sentences.iter().position(|sentence| sentence.span.start <= byte && byte < sentence.span.end)
    }

    /// The place of some tokens in the document.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        let at = |position: usize| self.record.analysis.tokens.get(position).map(|token| token.span);
        match (at(tokens.start), tokens.end.checked_sub(1).and_then(at)) {
            (Some(first), Some(last)) if !tokens.is_empty() => first.cover(last),
            _ => Span::default(),
        }
    }

    /// The tokens that lie in a span of the document.
    pub(crate) fn tokens_in(&self, span: Span) -> Range<usize> {
        tokens_within(self.record, span)
    }

    /// The words of some tokens, as printed.
    pub(crate) fn slice(&self, tokens: Range<usize>) -> &str {
        self.record.slice(self.span(tokens))
    }

    /// The mention a token is part of.
    pub(crate) fn mention(&self, token: usize) -> Option<&Mention> {
        self.record.syntax.mentions.get(self.cells.get(token)?.mention?)
    }

    /// What the name at a token names.
    pub(crate) fn kind(&self, token: usize) -> Option<EntityKind> {
        self.mention(token).map(|mention| mention.kind)
    }

    /// Sentences of the article, without boilerplate.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.record.analysis.sentences.len()).filter(|&sentence| self.block(sentence).is_article())
    }

    /// The token that governs the others: the one whose head lies outside `tokens`, and how many such there are.
    pub(crate) fn governor(&self, tokens: &Range<usize>) -> (usize, usize) {
        let outside = |&position: &usize| self.cells.get(position).is_none_or(|cell| cell.head.is_none_or(|head| !tokens.contains(&head)));
        let mut heads =
            tokens.clone().filter(|position| self.cells.get(*position).is_some_and(|cell| cell.tag != Tag::Punct)).filter(outside);
        let first = heads.next().unwrap_or(tokens.start);
        (first, 1 + heads.count())
    }

    /// Everything that hangs on a token, as a range from the leftmost to the rightmost word, within one sentence.
    pub(crate) fn subtree(&self, root: usize, within: &Range<usize>) -> Range<usize> {
        let mut range = root..root + 1;
        loop {
            let below = |position: usize| self.cells.get(position).and_then(|cell| cell.head).is_some_and(|head| range.contains(&head));
            let start = within.clone().find(|&position| below(position)).unwrap_or(range.start).min(range.start);
            let end = within.clone().rev().find(|&position| below(position)).map_or(range.end, |last| last + 1).max(range.end);
            if (start, end) == (range.start, range.end) {
                return range;
            }
            range = start..end;
        }
    }
}

fn cell(record: &PassageRecord, position: usize, sought: &Sought) -> Cell {
    let (span, shape) = record.analysis.tokens.get(position).map_or((Span::default(), Shape::Symbol), |token| (token.span, token.shape));
    let word = fold(record.slice(span));
    let syntax = record.syntax.words.get(position).copied();
    let tag = syntax.map_or(Tag::X, |word| word.tag);
    let term = if shape.is_word() { sought.matching(&word) } else { None };
    let meant = if term.is_none() && shape.is_word() { sought.meant_by(&word, tag) } else { None };
    Cell {
        word,
        shape,
        tag,
        relation: syntax.map_or(Relation::Dep, |word| word.relation),
        head: syntax.and_then(|word| word.head).map(|head| head as usize),
        term,
        meant,
        mention: None,
        quoted: false,
    }
}

/// Whether the words are somebody's own.
pub(crate) fn is_verbatim(quotation: &Quotation) -> bool {
    matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Partial)
}

fn tokens_within(record: &PassageRecord, span: Span) -> Range<usize> {
    let tokens = &record.analysis.tokens;
    let start = tokens.partition_point(|token| token.span.start < span.start);
    let end = tokens.partition_point(|token| token.span.end <= span.end);
    start..end.max(start)
}
