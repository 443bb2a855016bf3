//! Neighbouring chunks are put together into [`PassageRecord`]s, and cut to windows of sentences.

use std::ops::Range;
use std::sync::Arc;

use super::backend::Address;
use super::chunk::Chunk;
use super::error::IndexError;
use super::{DocumentRecord, Hit, Index, PassageRecord};
use crate::corpus::BlockKind;
use crate::quotation::Quotation;
use crate::span::Span;
use crate::syntax::{Mention, Syntax, Word};
use crate::text::{Sentence, Text, Token};

impl Index {
    /// The passage of one hit: all sentences of its chunk.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn passage(&self, hit: &Hit) -> Result<PassageRecord, IndexError> {
        self.joined(&hit.document, &[hit.address])
    }

    /// A hit's passage with `margin` sentences before and after it, as far as the document goes, and which of its sentences are the hit's.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn passage_around(&self, hit: &Hit, margin: usize) -> Result<(PassageRecord, Range<usize>), IndexError> {
        let (before, after) = self.backend.neighbours(hit.address)?;
        let sentences = |address: Option<Address>| -> Result<usize, IndexError> {
            address.map_or(Ok(0), |address| Ok(self.chunk(address)?.analysis.sentences.len()))
        };
        let (lead, own) = (sentences(before)?, sentences(Some(hit.address))?);
        let addresses: Vec<Address> = before.into_iter().chain([hit.address]).chain(after).collect();
        let whole = self.joined(&hit.document, &addresses)?;
        let first = lead.saturating_sub(margin);
        let last = (lead + own + margin).min(whole.analysis.sentences.len());
        let inside = lead - first..lead - first + own;
        Ok((whole.window(first..last), inside))
    }

    /// All sentences of a document that overlap a span, as one passage; `None` where there are none.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn passage_at(&self, document: &Arc<DocumentRecord>, span: Span) -> Result<Option<PassageRecord>, IndexError> {
        let whole = self.joined(document, &self.touched(document, span)?)?;
        let sentences = &whole.analysis.sentences;
        let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
        let last = sentences.partition_point(|sentence| sentence.span.start < span.end);
        Ok((first < last).then(|| whole.window(first..last)))
    }

    /// Says that [`Index::passage_around`] will be called for these hits: an engine far away fetches all they need in one go.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn prepare<'h>(&self, hits: impl Iterator<Item = &'h Hit>) -> Result<(), IndexError> {
        let addresses: Vec<Address> = hits.map(|hit| hit.address).collect();
        self.backend.prepare_around(&addresses)
    }

    /// The chunks at consecutive addresses as one passage.
    fn joined(&self, document: &Arc<DocumentRecord>, addresses: &[Address]) -> Result<PassageRecord, IndexError> {
        self.backend.prepare(addresses)?;
        let mut joined = Joined::default();
        for &address in addresses {
            joined.append(&*self.chunk(address)?);
        }
        Ok(joined.finish(document))
    }
}

/// Chunks being put together.
#[derive(Default)]
struct Joined {
    span: Option<Span>,
    text: String,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    kinds: Vec<BlockKind>,
    words: Vec<Word>,
    mentions: Vec<Mention>,
    quotations: Vec<Quotation>,
    blocks: Vec<Span>,
}

impl Joined {
    fn append(&mut self, chunk: &Chunk) {
        let base = self.tokens.len();
        self.span = Some(self.span.map_or(chunk.span, |span| span.cover(chunk.span)));
        self.text.push_str(&chunk.text);
        for sentence in &chunk.analysis.sentences {
            let block = chunk.blocks.get(sentence.block);
            self.kinds.push(block.map_or(BlockKind::Paragraph, |block| block.kind));
            let block = self.block(block.map_or(sentence.span, |block| block.span));
            self.sentences.push(Sentence { span: sentence.span, tokens: shift(&sentence.tokens, base), block });
        }
        let up = |head: u32| head.saturating_add(base as u32);
        self.words.extend(chunk.syntax.words.iter().map(|word| Word { head: word.head.map(up), ..*word }));
        self.mentions
            .extend(chunk.syntax.mentions.iter().map(|mention| Mention { tokens: shift(&mention.tokens, base), kind: mention.kind }));
        self.tokens.extend_from_slice(&chunk.analysis.tokens);
        for quotation in &chunk.quotations {
            if !self.quotations.contains(quotation) {
                self.quotations.push(quotation.clone());
            }
        }
    }

    /// The number of a block among those seen.
    fn block(&mut self, span: Span) -> usize {
        if self.blocks.last() != Some(&span) {
            self.blocks.push(span);
        }
        self.blocks.len() - 1
    }

    fn finish(self, document: &Arc<DocumentRecord>) -> PassageRecord {
        PassageRecord {
            document: Arc::clone(document),
            span: self.span.unwrap_or_default(),
            text: self.text,
            analysis: Text { tokens: self.tokens, sentences: self.sentences },
            blocks: self.kinds,
            syntax: Syntax { words: self.words, mentions: self.mentions },
            quotations: self.quotations,
        }
    }
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

impl PassageRecord {
    /// The passage cut to some of its sentences, positions of tokens counting anew.
    #[must_use]
    pub fn window(&self, sentences: Range<usize>) -> Self {
        let kept = self.analysis.sentences.get(sentences.clone()).unwrap_or_default();
        let span = kept.iter().map(|sentence| sentence.span).reduce(Span::cover).unwrap_or(Span::new(self.span.start, self.span.start));
        let first = kept.first().map_or(0, |sentence| sentence.tokens.start);
        let last = kept.last().map_or(first, |sentence| sentence.tokens.end);
        let opening = kept.first().map_or(0, |sentence| sentence.block);
        let down = |range: &Range<usize>| range.start - first..range.end - first;
        let inside = |mention: &&Mention| first <= mention.tokens.start && mention.tokens.end <= last;
        let place = |sentence: &Sentence| Sentence { span: sentence.span, tokens: down(&sentence.tokens), block: sentence.block - opening };
        let head = |head: u32| head.checked_sub(first as u32).filter(|&head| (head as usize) < last - first);
        let words = self.syntax.words.get(first..last).unwrap_or_default();
        let mentions = self.syntax.mentions.iter().filter(inside);
        Self {
            document: Arc::clone(&self.document),
            span,
            text: self.slice(span).to_owned(),
            analysis: Text {
                tokens: self.analysis.tokens.get(first..last).unwrap_or_default().to_vec(),
                sentences: kept.iter().map(place).collect(),
            },
            blocks: self.blocks.get(sentences).unwrap_or_default().to_vec(),
            syntax: Syntax {
                words: words.iter().map(|word| Word { head: word.head.and_then(head), ..*word }).collect(),
                mentions: mentions.map(|mention| Mention { tokens: down(&mention.tokens), kind: mention.kind }).collect(),
            },
            quotations: self.quotations.iter().filter(|quotation| quotation.span().overlaps(span)).cloned().collect(),
        }
    }
}
