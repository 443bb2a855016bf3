//! A document's analysis is cut into [`Chunk`]s, the entries of the index: a few consecutive sentences, about a hundred words.
//!
//! Chunks do not overlap and leave nothing out: each holds the text from its first sentence to the next chunk's, so that a document's
//! chunks in a row give back its text, byte for byte. Windows for readers are put together from neighbouring chunks when asked for.

use crate::corpus::Block;
use crate::quotation::Quotation;
use crate::span::Span;
use crate::syntax::{Mention, Syntax, Word};
use crate::text::{Sentence, Text};

/// A chunk ends at a paragraph's end once it holds this many tokens …
const ENOUGH: usize = 110;
/// … and inside a paragraph rather than grow beyond this.
const MOST: usize = 190;
/// Text outside the article longer than this many bytes (a long list of adverts) is kept apart from the article's sentences.
const LONG_ASIDE: usize = 2_000;

/// A few consecutive sentences of a document with all that is known about them. Spans count bytes of the document's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Chunk {
    /// The text it holds, up to the next chunk.
    pub(super) span: Span,
    /// The document's text at `span`.
    pub(super) text: String,
    /// Blocks that overlap the chunk, of every kind.
    pub(super) blocks: Vec<Block>,
    /// The article's sentences and tokens in it; positions count within the chunk, [`Sentence::block`] within `blocks`.
    pub(super) analysis: Text,
    /// Parallel to the tokens.
    pub(super) syntax: Syntax,
    /// Quotations that overlap the chunk, whole.
    pub(super) quotations: Vec<Quotation>,
}

/// What was found out about one document.
pub(super) struct Analyzed<'d> {
    pub(super) source: &'d str,
    /// Every block of the document.
    pub(super) blocks: &'d [Block],
    /// The blocks that `text` was cut by.
    pub(super) article: &'d [Block],
    pub(super) text: &'d Text,
    pub(super) syntax: &'d Syntax,
    pub(super) quotations: &'d [Quotation],
}

impl Analyzed<'_> {
    /// Cuts the document into chunks, in order.
    pub(super) fn cut(&self) -> Vec<Chunk> {
        let groups = groups(&self.text.sentences);
        let starts = self.starts(&groups);
        let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([self.source.len()]);
        starts.iter().zip(ends).map(|((start, group), end)| self.chunk(Span::new(*start, end), group.clone())).collect()
    }

    /// Where each chunk begins, and which sentences it holds; long stretches without any become chunks of their own.
    fn starts(&self, groups: &[std::ops::Range<usize>]) -> Vec<(usize, std::ops::Range<usize>)> {
        let mut starts = Vec::with_capacity(groups.len() + 1);
        let mut end = 0;
        for group in groups {
            let span = self.extent(group);
            let first = starts.is_empty();
            if span.start.saturating_sub(end) > LONG_ASIDE {
                starts.push((end, group.start..group.start));
                starts.push((span.start, group.clone()));
            } else {
                starts.push((if first { 0 } else { span.start }, group.clone()));
            }
            end = span.end;
        }
        if starts.is_empty() && !self.source.is_empty() || self.source.len().saturating_sub(end) > LONG_ASIDE {
            starts.push((end, 0..0));
        }
        starts
    }

    fn extent(&self, group: &std::ops::Range<usize>) -> Span {
        let sentences = self.text.sentences.get(group.clone()).unwrap_or_default();
        sentences.iter().map(|sentence| sentence.span).reduce(Span::cover).unwrap_or_default()
    }

    fn chunk(&self, span: Span, group: std::ops::Range<usize>) -> Chunk {
        let sentences = self.text.sentences.get(group).unwrap_or_default();
        let blocks: Vec<Block> = self.blocks.iter().copied().filter(|block| block.span.overlaps(span)).collect();
        let first = sentences.first().map_or(0, |sentence| sentence.tokens.start);
        let last = sentences.last().map_or(first, |sentence| sentence.tokens.end);
        let place = |sentence: &Sentence| Sentence {
            span: sentence.span,
            tokens: sentence.tokens.start - first..sentence.tokens.end - first,
            block: self.position(sentence.block, &blocks),
        };
        Chunk {
            span,
            text: span.slice(self.source).to_owned(),
            analysis: Text {
                tokens: self.text.tokens.get(first..last).unwrap_or_default().to_vec(),
                sentences: sentences.iter().map(place).collect(),
            },
            syntax: self.syntax_of(first, last),
            quotations: self.quotations.iter().filter(|quotation| quotation.span().overlaps(span)).cloned().collect(),
            blocks,
        }
    }

    /// A block of the article as a position in `blocks`.
    fn position(&self, block: usize, blocks: &[Block]) -> usize {
        let block = self.article.get(block);
        blocks.iter().position(|candidate| Some(candidate) == block).unwrap_or(0)
    }

    fn syntax_of(&self, first: usize, last: usize) -> Syntax {
        let here = |position: u32| u32::try_from(first).ok().and_then(|first| position.checked_sub(first));
        let words = self.syntax.words.get(first..last).unwrap_or_default();
        let words = words.iter().map(|word| Word { head: word.head.and_then(here), ..*word }).collect();
        let inside = self.syntax.mentions.iter().filter(|mention| first <= mention.tokens.start && mention.tokens.end <= last);
        let mentions =
            inside.map(|mention| Mention { tokens: mention.tokens.start - first..mention.tokens.end - first, kind: mention.kind });
        Syntax { words, mentions: mentions.collect() }
    }
}

/// Consecutive sentences that go into one chunk each.
fn groups(sentences: &[Sentence]) -> Vec<std::ops::Range<usize>> {
    let mut groups = Vec::new();
    let (mut start, mut tokens) = (0, 0);
    for (position, sentence) in sentences.iter().enumerate() {
        let opens_block = position > start && sentences.get(position - 1).is_some_and(|before| before.block != sentence.block);
        let coming = if opens_block { block_tokens(sentences, position) } else { sentence.tokens.len() };
        let full = tokens + coming > MOST || (opens_block && tokens >= ENOUGH);
        if position > start && full {
            groups.push(start..position);
            (start, tokens) = (position, 0);
        }
        tokens += sentence.tokens.len();
    }
    if start < sentences.len() {
        groups.push(start..sentences.len());
    }
    groups
}

/// How many tokens the block that begins with sentence `first` holds.
fn block_tokens(sentences: &[Sentence], first: usize) -> usize {
    let block = sentences.get(first).map(|sentence| sentence.block);
    sentences.iter().skip(first).take_while(|sentence| Some(sentence.block) == block).map(|sentence| sentence.tokens.len()).sum()
}
