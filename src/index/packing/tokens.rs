//! Tokens and sentences are guessed from the text; what is kept is where the guess fails.
//!
//! The guess knows little: words are runs of letters or digits, all else stands alone, "don't" is two. It is right for nineteen tokens of
//! twenty, and where it is not, the true token is kept, so that nothing depends on it but the number of bytes.

use serde::{Deserialize, Serialize};

use super::{advance, distances};
use crate::span::Span;
use crate::text::{Sentence, Shape, Token};

const SHAPES: [Shape; 7] = [Shape::Lower, Shape::Capitalized, Shape::Upper, Shape::Number, Shape::Quote, Shape::Punctuation, Shape::Symbol];

/// The tokens of a chunk's text.
#[derive(Serialize, Deserialize)]
pub(super) struct Tokens {
    count: usize,
    /// Those not guessed: how many were guessed before, and what the token is, in one number each (see [`code`]).
    odd: Vec<(u32, u32)>,
    /// Those of `odd` with a gap before them other than none or one byte: position in `odd`, and the gap.
    gaps: Vec<(usize, i64)>,
}

/// Shape, whether one byte stands before, and the length, in one number.
fn code(gap: i64, length: usize, shape: Shape) -> u32 {
    let shape = SHAPES.iter().position(|&known| known == shape).unwrap_or(0);
    let length = u32::try_from(length).unwrap_or(u32::MAX / 16);
    length.saturating_mul(14).saturating_add(u32::from(gap == 1) * 7 + shape as u32)
}

/// Packs the tokens of the text that begins at byte `base`.
pub(super) fn pack(tokens: &[Token], text: &str, base: usize) -> Tokens {
    let mut packed = Tokens { count: tokens.len(), odd: Vec::new(), gaps: Vec::new() };
    let (mut end, mut guessed) = (base, 0);
    for token in tokens {
        if guess(text, base, end) == Some(*token) {
            guessed += 1;
        } else {
            let gap = token.span.start as i64 - end as i64;
            if gap != 0 && gap != 1 {
                packed.gaps.push((packed.odd.len(), gap));
            }
            packed.odd.push((guessed, code(gap, token.span.len(), token.shape)));
            guessed = 0;
        }
        end = token.span.end;
    }
    packed
}

/// The tokens again; `None` where they do not fit.
pub(super) fn unpack(packed: &Tokens, text: &str, base: usize) -> Option<Vec<Token>> {
    let mut tokens = Vec::with_capacity(packed.count.min(text.len()));
    let mut gaps = packed.gaps.iter().peekable();
    let mut end = base;
    for (position, &(guessed, code)) in packed.odd.iter().enumerate() {
        for _ in 0..guessed {
            tokens.push(guess(text, base, end)?);
            end = tokens.last()?.span.end;
        }
        let gap = gaps.next_if(|(at, _)| *at == position).map_or(i64::from(code / 7 % 2), |(_, gap)| *gap);
        let span = advance(&mut end, gap, (code / 14) as usize)?;
        tokens.push(Token { span, shape: SHAPES.get((code % 7) as usize).copied()? });
    }
    while tokens.len() < packed.count {
        tokens.push(guess(text, base, end)?);
        end = tokens.last()?.span.end;
    }
    (tokens.len() == packed.count).then_some(tokens)
}

/// The token that may begin at `from` or after it.
fn guess(text: &str, base: usize, from: usize) -> Option<Token> {
    let from = from.checked_sub(base)?;
    let rest = text.get(from..)?;
    let words = rest.trim_start();
    let start = text.len() - words.len();
    let (length, shape) = first(words, start > from)?;
    Some(Token { span: Span::new(base + start, base + start + length), shape })
}

/// Length and shape of the token that `words` begins with; `apart` where white space stands before it.
fn first(words: &str, apart: bool) -> Option<(usize, Shape)> {
    let c = words.chars().next()?;
    if c.is_ascii_digit() {
        return Some((number(words.as_bytes()), Shape::Number));
    }
    if c.is_alphanumeric() {
        return Some(word(words));
    }
    let clitic = if apart { 0 } else { letters(words.get(c.len_utf8()..)?) };
    match c {
        '\'' | '\u{2019}' if clitic > 0 => Some((c.len_utf8() + clitic, Shape::Lower)),
        '\'' | '"' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' => Some((c.len_utf8(), Shape::Quote)),
        '$' | '%' | '\u{a3}' | '\u{20ac}' => Some((c.len_utf8(), Shape::Symbol)),
        _ => Some((c.len_utf8(), Shape::Punctuation)),
    }
}

/// Digits, with points and commas between them.
fn number(bytes: &[u8]) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mark = |at: usize| matches!(bytes.get(at), Some(b'.' | b','));
    let mut end = 1;
    while digit(end) || mark(end) && digit(end + 1) {
        end += 1;
    }
    end
}

fn letters(words: &str) -> usize {
    words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len())
}

/// A run of letters; without its "n" before "'t".
fn word(words: &str) -> (usize, Shape) {
    let mut end = letters(words);
    let rest = words.get(end..).unwrap_or_default();
    let negates =
        ["'t", "\u{2019}t"].iter().any(|mark| rest.strip_prefix(mark).is_some_and(|after| !after.starts_with(char::is_alphanumeric)));
    if negates && end > 1 && words.get(..end).is_some_and(|word| word.ends_with('n')) {
        end -= 1;
    }
    (end, shape(words.get(..end).unwrap_or_default()))
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars();
    if !letters.next().is_some_and(char::is_uppercase) {
        return Shape::Lower;
    }
    if !letters.as_str().is_empty() && letters.all(char::is_uppercase) { Shape::Upper } else { Shape::Capitalized }
}

/// The sentences of a chunk.
#[derive(Serialize, Deserialize)]
pub(super) struct Sentences {
    /// How many tokens, whether it opens the block after the last one's, and whether its place is kept, in one number each.
    counts: Vec<usize>,
    /// Distance to the last one, length, and block of those that are more, or less, than their tokens.
    uneven: Vec<(i64, usize, usize)>,
}

/// Packs sentences, which hold the tokens in a row.
pub(super) fn pack_sentences(sentences: &[Sentence], tokens: &[Token], base: usize) -> Sentences {
    let mut packed = Sentences { counts: Vec::with_capacity(sentences.len()), uneven: Vec::new() };
    let mut block = 0;
    let places = distances(sentences.iter().map(|sentence| sentence.span), base);
    for (sentence, (distance, length)) in sentences.iter().zip(places) {
        let follows = sentence.block == block || sentence.block == block + 1;
        let even = follows && extent(tokens, &sentence.tokens) == Some(sentence.span);
        if !even {
            packed.uneven.push((distance, length, sentence.block));
        }
        packed.counts.push(sentence.tokens.len() << 2 | usize::from(sentence.block != block) << 1 | usize::from(!even));
        block = sentence.block;
    }
    packed
}

/// The sentences again; `None` where they do not fit the tokens.
pub(super) fn unpack_sentences(packed: &Sentences, tokens: &[Token], base: usize) -> Option<Vec<Sentence>> {
    let mut uneven = packed.uneven.iter();
    let (mut token, mut block, mut end) = (0_usize, 0_usize, base);
    let mut unpack = |&count: &usize| {
        let range = token..token.checked_add(count >> 2).filter(|&last| last <= tokens.len())?;
        token = range.end;
        let span = if count & 1 == 0 {
            block = block.checked_add(count >> 1 & 1)?;
            extent(tokens, &range)?
        } else {
            let &(distance, length, own) = uneven.next()?;
            block = own;
            advance(&mut end, distance, length)?
        };
        end = span.end;
        Some(Sentence { span, tokens: range, block })
    };
    packed.counts.iter().map(&mut unpack).collect()
}

/// From the first of these tokens to the last.
fn extent(tokens: &[Token], range: &std::ops::Range<usize>) -> Option<Span> {
    let tokens = tokens.get(range.clone())?;
    Some(tokens.first()?.span.cover(tokens.last()?.span))
}
