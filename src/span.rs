//! A range in a document's text, and the conversion between the two ways of counting it.
//!
//! Inside the program every position counts UTF-8 bytes. Output gives both bytes and characters (Unicode scalar values);
//! [`CharIndex`] converts. Nothing here knows what the text means.

use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 bytes, `start..end`, in the text of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an `end` before `start` gives an empty span at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words at this span, or `""` where the span does not fit `text` (out of range, or inside a character).
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The same place counted from `base` (for an excerpt that begins at byte `base` of the document).
    #[must_use]
    pub fn relative_to(self, base: usize) -> Self {
        Self { start: self.start.saturating_sub(base), end: self.end.saturating_sub(base) }
    }

    /// The span without leading and trailing white space.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = self.slice(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Self::new(start, start + words.trim().len())
    }
}

/// Converts byte positions of one text into character positions and back.
///
/// Holds one entry for every 64 characters, so memory is a fraction of the text and a conversion looks at 64 characters at most.
#[derive(Clone, Debug)]
pub struct CharIndex<'t> {
    text: &'t str,
    every: Vec<usize>,
}

const STEP: usize = 64;

impl<'t> CharIndex<'t> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let every = text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect();
        Self { text, every }
    }

    /// How many characters begin before byte `byte`.
    #[must_use]
    pub fn chars_before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let block = self.every.partition_point(|&start| start <= byte).saturating_sub(1);
        let start = self.every.get(block).copied().unwrap_or(0);
        let tail = self.text.get(start..).unwrap_or_default();
        block * STEP + tail.char_indices().take_while(|(offset, _)| start + offset < byte).count()
    }

    /// The byte at which character number `chars` begins; the text's length past its end.
    #[must_use]
    pub fn byte_at(&self, chars: usize) -> usize {
        let Some(&start) = self.every.get(chars / STEP) else { return self.text.len() };
        let tail = self.text.get(start..).unwrap_or_default();
        tail.char_indices().nth(chars % STEP).map_or(self.text.len(), |(offset, _)| start + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_span_that_does_not_fit_slices_to_nothing() {
        assert_eq!(Span::new(1, 2).slice("é"), "");
        assert_eq!(Span::new(0, 9).slice("abc"), "");
    }

    proptest! {
        #[test]
        fn characters_and_bytes_convert_both_ways(text in "\\PC{0,300}") {
            let index = CharIndex::new(&text);
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.chars_before(byte), chars);
                prop_assert_eq!(index.byte_at(chars), byte);
            }
            prop_assert_eq!(index.chars_before(text.len()), text.chars().count());
        }
    }
}
