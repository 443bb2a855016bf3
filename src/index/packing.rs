//! A [`Chunk`] becomes a few compact bytes, and comes back the same.
//!
//! Columns instead of rows (all lengths, all tags, all heads), so that each repeats itself and the store's compression finds it.
//! Positions are kept as distances, and what most words are, as one number: nearly everything about a token fits two bytes.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::chunk::Chunk;
use super::usual::USUAL;
use crate::corpus::{Block, BlockKind};
use crate::quotation::Quotation;
use crate::span::Span;
use crate::syntax::{EntityKind, Mention, Relation, Syntax, Tag, Word};
use crate::text::{Sentence, Shape, Text, Token};

const SHAPES: [Shape; 7] = [Shape::Lower, Shape::Capitalized, Shape::Upper, Shape::Number, Shape::Quote, Shape::Punctuation, Shape::Symbol];

/// The columns; distances of spans count from the end of the span before.
#[derive(Serialize, Deserialize)]
struct Columns<'c> {
    start: usize,
    text: Cow<'c, str>,
    /// Distance (blocks may begin before the chunk), length and kind.
    blocks: Vec<(i64, usize, BlockKind)>,
    /// Distance, length, tokens and block of each sentence.
    sentences: Vec<(i64, usize, usize, usize)>,
    /// Shape, and whether a gap stands before, and the length, in one number.
    tokens: Vec<u32>,
    /// Tokens with a gap other than none or one byte.
    gaps: Vec<(usize, i64)>,
    /// Position in [`USUAL`] of each word's syntax; [`RARE`] for the next of `rare`.
    #[serde(with = "bytes")]
    words: Vec<u8>,
    /// Tag, relation and distance to the head (0 for none).
    rare: Vec<(Tag, Relation, i32)>,
    mentions: Vec<(usize, usize, EntityKind)>,
    quotations: Cow<'c, [Quotation]>,
}

/// Stands for a word whose syntax is spelled out.
const RARE: u8 = u8::MAX;

/// Codes are written as they are, not as numbers of varying length.
mod bytes {
    use serde::{Deserialize, Deserializer, Serializer};

    #[derive(serde::Serialize, Deserialize)]
    struct Raw<'b>(#[serde(borrow)] &'b [u8]);

    pub(super) fn serialize<S: Serializer>(codes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(codes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        Raw::deserialize(deserializer).map(|raw| raw.0.to_vec())
    }
}

/// Packs a chunk.
pub(super) fn pack(chunk: &Chunk) -> Vec<u8> {
    let (tokens, gaps) = pack_tokens(&chunk.analysis.tokens, chunk.span.start);
    let (words, rare) = pack_words(&chunk.syntax.words);
    let columns = Columns {
        start: chunk.span.start,
        text: Cow::Borrowed(&chunk.text),
        blocks: distances(chunk.blocks.iter().map(|block| block.span), chunk.span.start)
            .zip(&chunk.blocks)
            .map(|((distance, length), block)| (distance, length, block.kind))
            .collect(),
        sentences: distances(chunk.analysis.sentences.iter().map(|sentence| sentence.span), chunk.span.start)
            .zip(&chunk.analysis.sentences)
            .map(|((distance, length), sentence)| (distance, length, sentence.tokens.len(), sentence.block))
            .collect(),
        tokens,
        gaps,
        words,
        rare,
        mentions: chunk.syntax.mentions.iter().map(|mention| (mention.tokens.start, mention.tokens.len(), mention.kind)).collect(),
        quotations: Cow::Borrowed(&chunk.quotations),
    };
    postcard::to_allocvec(&columns).unwrap_or_default()
}

/// Unpacks a chunk; `None` where the bytes are not one.
pub(super) fn unpack(bytes: &[u8]) -> Option<Chunk> {
    let columns: Columns<'_> = postcard::from_bytes(bytes).ok()?;
    let span = Span::new(columns.start, columns.start.checked_add(columns.text.len())?);
    let tokens = unpack_tokens(&columns.tokens, &columns.gaps, span.start)?;
    let sentences = unpack_sentences(&columns.sentences, span.start, tokens.len())?;
    let mut end = span.start;
    let block = |&(distance, length, kind): &(i64, usize, BlockKind)| Some(Block { span: advance(&mut end, distance, length)?, kind });
    let blocks = columns.blocks.iter().map(block).collect::<Option<_>>()?;
    let syntax = Syntax { words: unpack_words(&columns, tokens.len())?, mentions: unpack_mentions(&columns.mentions, tokens.len())? };
    let analysis = Text { tokens, sentences };
    let (text, quotations) = (columns.text.into_owned(), columns.quotations.into_owned());
    Some(Chunk { span, text, blocks, analysis, syntax, quotations })
}

fn signed(position: u32) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

/// Distance from the end of the span before (from `base` for the first) and length of each span.
fn distances(spans: impl Iterator<Item = Span>, base: usize) -> impl Iterator<Item = (i64, usize)> {
    let mut end = base;
    spans.map(move |span| {
        let distance = span.start as i64 - end as i64;
        end = span.end;
        (distance, span.len())
    })
}

/// The span at a distance from `end`, which moves on.
fn advance(end: &mut usize, distance: i64, length: usize) -> Option<Span> {
    let start = usize::try_from(i64::try_from(*end).ok()?.checked_add(distance)?).ok()?;
    *end = start.checked_add(length)?;
    Some(Span::new(start, *end))
}

fn pack_tokens(tokens: &[Token], base: usize) -> (Vec<u32>, Vec<(usize, i64)>) {
    let mut gaps = Vec::new();
    let pack = |(position, ((distance, length), token)): (usize, ((i64, usize), &Token))| {
        if distance != 0 && distance != 1 {
            gaps.push((position, distance));
        }
        let shape = SHAPES.iter().position(|&shape| shape == token.shape).unwrap_or(0);
        let length = u32::try_from(length).unwrap_or(u32::MAX / 16);
        length * 14 + u32::from(distance == 1) * 7 + shape as u32
    };
    let packed = distances(tokens.iter().map(|token| token.span), base).zip(tokens).enumerate().map(pack).collect();
    (packed, gaps)
}

fn unpack_tokens(packed: &[u32], gaps: &[(usize, i64)], base: usize) -> Option<Vec<Token>> {
    let mut gaps = gaps.iter().peekable();
    let mut end = base;
    let unpack = |(position, &code): (usize, &u32)| {
        let gap = gaps.next_if(|(at, _)| *at == position).map_or(i64::from(code / 7 % 2), |(_, gap)| *gap);
        let span = advance(&mut end, gap, (code / 14) as usize)?;
        Some(Token { span, shape: SHAPES.get((code % 7) as usize).copied()? })
    };
    packed.iter().enumerate().map(unpack).collect()
}

fn unpack_sentences(packed: &[(i64, usize, usize, usize)], base: usize, tokens: usize) -> Option<Vec<Sentence>> {
    let (mut end, mut token) = (base, 0_usize);
    let unpack = |&(distance, length, count, block): &(i64, usize, usize, usize)| {
        let span = advance(&mut end, distance, length)?;
        let first = token;
        token = first.checked_add(count).filter(|&last| last <= tokens)?;
        Some(Sentence { span, tokens: first..token, block })
    };
    packed.iter().map(unpack).collect()
}

/// The code of each row of [`USUAL`].
static CODES: LazyLock<FxHashMap<(Tag, Relation, i32), u8>> = LazyLock::new(|| {
    USUAL.iter().zip(0..RARE).map(|(&(tag, relation, distance), code)| ((tag, relation, i32::from(distance)), code)).collect()
});

/// The code of each word, and the words that have none.
fn pack_words(words: &[Word]) -> (Vec<u8>, Vec<(Tag, Relation, i32)>) {
    let mut rare = Vec::new();
    let pack = |(word, own): (&Word, i32)| {
        let row = (word.tag, word.relation, word.head.map_or(0, |head| signed(head) - own));
        CODES.get(&row).copied().unwrap_or_else(|| {
            rare.push(row);
            RARE
        })
    };
    (words.iter().zip(0..).map(pack).collect(), rare)
}

fn unpack_words(columns: &Columns<'_>, tokens: usize) -> Option<Vec<Word>> {
    let mut rare = columns.rare.iter().copied();
    let unpack = |(&code, own): (&u8, i32)| {
        let usual = USUAL.get(usize::from(code)).map(|&(tag, relation, distance)| (tag, relation, i32::from(distance)));
        let (tag, relation, distance) = usual.or_else(|| rare.next())?;
        let head = if distance == 0 { None } else { Some(u32::try_from(own.checked_add(distance)?).ok()?) };
        head.is_none_or(|head| (head as usize) < tokens).then_some(Word { tag, head, relation })
    };
    let words: Vec<Word> = columns.words.iter().zip(0_i32..).map(unpack).collect::<Option<_>>()?;
    (words.len() == tokens).then_some(words)
}

fn unpack_mentions(packed: &[(usize, usize, EntityKind)], tokens: usize) -> Option<Vec<Mention>> {
    let unpack = |&(first, count, kind): &(usize, usize, EntityKind)| {
        let last = first.checked_add(count).filter(|&last| last <= tokens)?;
        Some(Mention { tokens: first..last, kind })
    };
    packed.iter().map(unpack).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chunk() -> Chunk {
        let span = |start, end| Span::new(start, end);
        let token = |start, end, shape| Token { span: span(start, end), shape };
        let word = |head, relation| Word { tag: Tag::Noun, head, relation };
        Chunk {
            span: span(100, 124),
            text: "Rain fell.  It fell on.\n".to_owned(),
            blocks: vec![Block { span: span(90, 123), kind: BlockKind::Paragraph }],
            analysis: Text {
                tokens: vec![token(100, 104, Shape::Capitalized), token(105, 109, Shape::Lower), token(112, 114, Shape::Capitalized)],
                sentences: vec![
                    Sentence { span: span(100, 110), tokens: 0..2, block: 0 },
                    Sentence { span: span(112, 123), tokens: 2..3, block: 0 },
                ],
            },
            syntax: Syntax {
                words: vec![word(Some(1), Relation::Nsubj), word(None, Relation::Root), word(Some(0), Relation::Vocative)],
                mentions: vec![Mention { tokens: 0..1, kind: EntityKind::Other }],
            },
            quotations: Vec::new(),
        }
    }

    #[test]
    fn a_chunk_comes_back_as_it_was() {
        assert_eq!(unpack(&pack(&chunk())), Some(chunk()));
    }

    #[test]
    fn every_code_stands_for_one_syntax() {
        let rows: std::collections::BTreeSet<_> = USUAL.iter().collect();
        assert_eq!(rows.len(), usize::from(RARE));
        assert_eq!(USUAL.len(), usize::from(RARE));
    }

    #[test]
    fn broken_bytes_are_no_chunk() {
        let packed = pack(&chunk());
        for length in 0..packed.len() {
            assert_eq!(unpack(&packed[..length]), None, "cut at {length}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = unpack(&bytes);
        }
    }
}
