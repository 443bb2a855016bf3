//! A [`Chunk`] becomes a few compact bytes, and comes back the same.
//!
//! Columns instead of rows (all tags, all mentions), so that each repeats itself and the store's compression finds it. The text is
//! written in [shorthand](super::shorthand), positions are kept as distances, and what the text shows by itself is not kept. A checksum closes
//! it: no flipped bit becomes a word that nobody wrote.

mod speech;
mod tokens;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use self::speech::Speech;
use self::tokens::{Sentences, Tokens};
use super::chunk::Chunk;
use super::seal;
use super::shorthand;
use super::usual::USUAL;
use crate::corpus::{Block, BlockKind};
use crate::span::Span;
use crate::syntax::{EntityKind, Mention, Relation, Syntax, Tag, Word};
use crate::text::Text;

/// The columns; distances of spans count from the end of the span before.
#[derive(Serialize, Deserialize)]
struct Columns {
    start: usize,
    #[serde(with = "bytes")]
    text: Vec<u8>,
    /// Distance (blocks may begin before the chunk), length and kind.
    blocks: Vec<(i64, usize, BlockKind)>,
    tokens: Tokens,
    sentences: Sentences,
    /// Position in [`USUAL`] of each word's syntax; [`RARE`] for the next of `rare`.
    #[serde(with = "bytes")]
    words: Vec<u8>,
    /// Tag, relation and distance to the head (0 for none).
    rare: Vec<(Tag, Relation, i32)>,
    /// Tokens since the end of the last one, and how many and what kind, in one number.
    mentions: Vec<(usize, usize)>,
    speech: Speech,
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
    let (start, text) = (chunk.span.start, chunk.text.as_str());
    let (words, rare) = pack_words(&chunk.syntax.words);
    let blocks = distances(chunk.blocks.iter().map(|block| block.span), start).zip(&chunk.blocks);
    let columns = Columns {
        start,
        text: shorthand::shorten(text),
        blocks: blocks.map(|((distance, length), block)| (distance, length, block.kind)).collect(),
        tokens: tokens::pack(&chunk.analysis.tokens, text, start),
        sentences: tokens::pack_sentences(&chunk.analysis.sentences, &chunk.analysis.tokens, start),
        words,
        rare,
        mentions: pack_mentions(&chunk.syntax.mentions),
        speech: speech::pack(&chunk.quotations, text, start),
    };
    seal::sealed(postcard::to_allocvec(&columns).unwrap_or_default())
}

/// Unpacks a chunk; `None` where the bytes are not one.
pub(super) fn unpack(bytes: &[u8]) -> Option<Chunk> {
    let columns: Columns = postcard::from_bytes(seal::opened(bytes)?).ok()?;
    let text = shorthand::restore(&columns.text)?;
    let span = Span::new(columns.start, columns.start.checked_add(text.len())?);
    let tokens = tokens::unpack(&columns.tokens, &text, span.start)?;
    let sentences = tokens::unpack_sentences(&columns.sentences, &tokens, span.start)?;
    let mut end = span.start;
    let block = |&(distance, length, kind): &(i64, usize, BlockKind)| Some(Block { span: advance(&mut end, distance, length)?, kind });
    let blocks = columns.blocks.iter().map(block).collect::<Option<_>>()?;
    let syntax = Syntax { words: unpack_words(&columns, tokens.len())?, mentions: unpack_mentions(&columns.mentions, tokens.len())? };
    let quotations = speech::unpack(&columns.speech, &text, span.start)?;
    Some(Chunk { span, text, blocks, analysis: Text { tokens, sentences }, syntax, quotations })
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

fn unpack_words(columns: &Columns, tokens: usize) -> Option<Vec<Word>> {
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

const KINDS: [EntityKind; 4] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::Other];

/// Mentions, which lie in order and apart; one that does not is left out.
fn pack_mentions(mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut end = 0;
    let pack = |mention: &Mention| {
        let distance = mention.tokens.start.checked_sub(end)?;
        end = mention.tokens.end;
        let kind = KINDS.iter().position(|&kind| kind == mention.kind)?;
        Some((distance, mention.tokens.len() << 2 | kind))
    };
    mentions.iter().filter_map(pack).collect()
}

fn unpack_mentions(packed: &[(usize, usize)], tokens: usize) -> Option<Vec<Mention>> {
    let mut end = 0_usize;
    let unpack = |&(distance, code): &(usize, usize)| {
        let first = end.checked_add(distance)?;
        end = first.checked_add(code >> 2).filter(|&last| last <= tokens)?;
        Some(Mention { tokens: first..end, kind: KINDS.get(code & 3).copied()? })
    };
    packed.iter().map(unpack).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::index::chunk::Analyzed;
    use crate::quotation::{Quotation, QuotationKind, Speaker};
    use crate::text::{Sentence, Shape, Token};

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
            quotations: vec![Quotation {
                pieces: vec![span(112, 119), span(80, 90)],
                kind: QuotationKind::Partial,
                cue: Some(span(105, 109)),
                speaker: Some(Speaker {
                    name: "Ann Rain".to_owned(),
                    role: Some("a bridge keeper".to_owned()),
                    mention: "Rain".to_owned(),
                    mention_span: span(100, 104),
                    kind: EntityKind::Person,
                }),
                confidence: 0.7,
            }],
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

    /// Whether every chunk of an article comes back as it was.
    fn check(source: &str) -> Result<(), TestCaseError> {
        let Ok(document) = crate::corpus::parse(Path::new("a.txt"), "a", source.as_bytes()) else { return Ok(()) };
        let article: Vec<Block> = document.blocks.iter().copied().filter(|block| block.kind.is_article()).collect();
        let spans: Vec<Span> = article.iter().map(|block| block.span).collect();
        let text = crate::text::analyze(&document.text, &spans);
        let syntax = crate::syntax::analyze(&document.text, &text);
        let quotations = crate::quotation::extract(&document.text, &article, &text, &syntax);
        let (source, blocks) = (document.text.as_str(), document.blocks.as_slice());
        let analyzed = Analyzed { source, blocks, article: &article, text: &text, syntax: &syntax, quotations: &quotations };
        for chunk in analyzed.cut() {
            prop_assert_eq!(unpack(&pack(&chunk)), Some(chunk));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_article_comes_back(source in "(\\PC|[\\s“”‘’'\".,£%-]){0,300}") {
            check(&source)?;
        }

        #[test]
        fn articles_of_words_come_back(source in "((\n\n|[“\"]?)([A-Z][a-z]{1,6}|don't|Mr\\.|U\\.S\\.|[0-9]{1,3},[0-9]{3}|2\\.4m|[a-z]{1,7}|said)[.,”\"]{0,2} ){0,250}") {
            check(&source)?;
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = unpack(&seal::sealed(bytes));
        }
    }
}
