//! Text becomes fewer bytes and comes back the same: the strings that news is full of have codes of one byte or two.
//!
//! A chunk is too short for a general compressor to learn from, so the strings were counted beforehand ([`training`]) and are part of
//! the program, and of the format on disk: another list needs another format number. Every byte is a string of the list too, so that
//! nothing is beyond it.

pub mod training;

use std::sync::LazyLock;

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};

/// The strings in the order of their codes, each after a byte with its length.
static LIST: &[u8] = include_bytes!("../../../models/shorthand.bin");

/// Strings with a code of one byte: the bytes from 0 up.
const SHORT: usize = 144;
/// Strings with a code of two: a byte from [`SHORT`] up, and any other.
const LONG: usize = (256 - SHORT) * 256;

static STRINGS: LazyLock<Vec<&[u8]>> = LazyLock::new(|| strings(LIST));

/// Finds the longest string at every place; `None` for a list that is none.
static LONGEST: LazyLock<Option<DoubleArrayAhoCorasick<u32>>> = LazyLock::new(|| automaton(&STRINGS));

fn strings(mut list: &[u8]) -> Vec<&[u8]> {
    let mut strings = Vec::with_capacity(SHORT + LONG);
    while let Some((string, rest)) = list.split_first().and_then(|(&length, rest)| rest.split_at_checked(usize::from(length))) {
        strings.push(string);
        list = rest;
    }
    strings
}

fn automaton(strings: &[impl AsRef<[u8]>]) -> Option<DoubleArrayAhoCorasick<u32>> {
    DoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(strings).ok()
}

/// The text's codes.
pub(super) fn shorten(text: &str) -> Vec<u8> {
    let mut codes = Vec::with_capacity(text.len() / 2);
    for found in LONGEST.iter().flat_map(|automaton| automaton.leftmost_find_iter(text)) {
        let code = found.value() as usize;
        match code.checked_sub(SHORT) {
            None => codes.push(code as u8),
            Some(long) => codes.extend([(SHORT + long / 256) as u8, (long % 256) as u8]),
        }
    }
    codes
}

/// The text of such codes; `None` where the bytes are no codes.
pub(super) fn restore(codes: &[u8]) -> Option<String> {
    let strings = STRINGS.as_slice();
    let mut text = Vec::with_capacity(codes.len() * 4);
    let mut codes = codes.iter().map(|&code| usize::from(code));
    while let Some(code) = codes.next() {
        let code = if code < SHORT { code } else { SHORT + (code - SHORT) * 256 + codes.next()? };
        text.extend_from_slice(strings.get(code)?);
    }
    String::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_list_holds_every_byte_and_no_string_twice() {
        let distinct: std::collections::BTreeSet<_> = STRINGS.iter().collect();
        assert_eq!((STRINGS.len(), distinct.len()), (SHORT + LONG, SHORT + LONG));
        assert!((0..=u8::MAX).all(|byte| distinct.contains(&[byte].as_slice())));
    }

    #[test]
    fn news_takes_less_than_half_its_bytes() {
        let text = "The council said on Tuesday that two of the county\u{2019}s eleven libraries would close in March.";
        assert!(shorten(text).len() * 2 < text.len(), "{}", shorten(text).len());
    }

    #[test]
    fn codes_without_a_string_are_no_text() {
        assert_eq!(restore(&[255]), None);
        let half = shorten("\u{20ac}");
        assert_eq!(restore(&half[..half.len().div_ceil(2)]), None);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "(\\PC|[a-z ,.\n]){0,200}") {
            prop_assert_eq!(restore(&shorten(&text)), Some(text));
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = restore(&bytes);
        }
    }
}
