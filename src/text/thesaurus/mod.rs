//! Words become their senses: which words share one, which is a kind of which, which are derived from which.
//!
//! The senses are WordNet's (Fellbaum 1998), read in place from `models/thesaurus.bin`. Only the more usual senses of a word count, and which of
//! them is meant is not known here, so that a shared sense is weaker evidence than a shared word.

pub mod building;

use std::ops::Range;

/// The table that is part of the binary.
const TABLE: &[u8] = include_bytes!("../../../models/thesaurus.bin");

/// Words to a block of the table: a block is found by halving and read from its beginning.
const BLOCK: usize = 16;
/// Stands for no synset.
const NONE: u32 = 0xFF_FFFF;
/// Steps up from a kind to the more general that still say something of the word asked for.
const CLIMB: usize = 3;

/// What is known of one base form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Senses {
    /// Its place in the table.
    number: u32,
    /// Its usual synsets; of each part of speech the most frequent first.
    synsets: Vec<u32>,
    /// Words derived from it or it from them (by their place in the table).
    derived: Vec<u32>,
}

/// How a word can stand for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// It is a kind of what the other names ("ewe", "sheep").
    Kind,
    /// One is derived from the other ("death", "die").
    Derived,
    /// They share a usual sense ("buy", "purchase").
    Synonym,
}

/// What a noun's first sense is about, as far as questions ask for it (of WordNet's lexicographer files).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Topic {
    Group,
    Location,
    Person,
    Other,
}

/// The senses of a base form in lower case; `None` where it is not known.
///
/// ```
/// use sayso::text::thesaurus::{Kinship, senses};
/// let (sheep, ewe) = (senses("sheep").unwrap(), senses("ewe").unwrap());
/// assert_eq!(ewe.kinship(&sheep), Some(Kinship::Kind));
/// assert_eq!(sheep.kinship(&ewe), None);
/// ```
#[must_use]
pub fn senses(word: &str) -> Option<Senses> {
    Table::new(TABLE).find(word)
}

impl Senses {
    /// How this word can stand for `other`.
    #[must_use]
    pub fn kinship(&self, other: &Self) -> Option<Kinship> {
        if self.number == other.number || self.synsets.iter().any(|synset| other.synsets.contains(synset)) {
            return Some(Kinship::Synonym);
        }
        if self.derived.contains(&other.number) || other.derived.contains(&self.number) {
            return Some(Kinship::Derived);
        }
        let table = Table::new(TABLE);
        let above = |synset: u32| std::iter::successors(table.above(synset), move |&synset| table.above(synset)).take(CLIMB);
        let is_kind = |synset: u32| above(synset).any(|above| other.synsets.contains(&above) && table.is_telling(above));
        self.synsets.iter().any(|&synset| is_kind(synset)).then_some(Kinship::Kind)
    }

    /// What its first sense is about.
    #[must_use]
    pub fn topic(&self) -> Topic {
        let table = Table::new(TABLE);
        self.synsets.first().map_or(Topic::Other, |&synset| table.topic(synset))
    }
}

/// The table: synsets, then blocks of words in order.
#[derive(Clone, Copy)]
struct Table {
    bytes: &'static [u8],
    words: usize,
    synsets: usize,
}

impl Table {
    fn new(bytes: &'static [u8]) -> Self {
        Self { bytes, words: four(bytes, 0) as usize, synsets: four(bytes, 4) as usize }
    }

    fn above(self, synset: u32) -> Option<u32> {
        let above = three(self.bytes, 8 + 4 * synset as usize);
        (above != NONE).then_some(above)
    }

    fn file(self, synset: u32) -> u8 {
        self.bytes.get(8 + 4 * synset as usize + 3).copied().unwrap_or_default()
    }

    /// Whether a synset is not so general that it says nothing ("thing", "act"): four others stand above it.
    fn is_telling(self, synset: u32) -> bool {
        let verbs = 29..44;
        verbs.contains(&self.file(synset)) || std::iter::successors(self.above(synset), |&synset| self.above(synset)).nth(3).is_some()
    }

    fn topic(self, synset: u32) -> Topic {
        match self.file(synset) {
            14 => Topic::Group,
            15 => Topic::Location,
            18 => Topic::Person,
            _ => Topic::Other,
        }
    }

    fn blocks(self) -> usize {
        self.words.div_ceil(BLOCK)
    }

    fn block(self, block: usize) -> usize {
        let index = 8 + 4 * self.synsets;
        index + 4 * self.blocks() + four(self.bytes, index + 4 * block) as usize
    }

    /// The first word of a block is written whole.
    fn first(self, block: usize) -> &'static [u8] {
        let at = self.block(block);
        let length = self.byte(at + 1);
        self.slice(at + 2..at + 2 + length)
    }

    fn find(self, word: &str) -> Option<Senses> {
        let (mut low, mut high) = (0, self.blocks());
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if self.first(middle) <= word.as_bytes() { low = middle } else { high = middle }
        }
        let mut at = self.block(low);
        let mut current: Vec<u8> = Vec::new();
        for number in BLOCK * low..(BLOCK * (low + 1)).min(self.words) {
            let (shared, rest) = (self.byte(at), self.byte(at + 1));
            current.truncate(shared);
            current.extend_from_slice(self.slice(at + 2..at + 2 + rest));
            at += 2 + rest;
            let (synsets, behind) = self.list(at);
            let (derived, next) = self.list(behind);
            if current == word.as_bytes() {
                let all = |list: Range<usize>| list.step_by(3).map(|at| three(self.bytes, at)).collect();
                return Some(Senses { number: u32::try_from(number).ok()?, synsets: all(synsets), derived: all(derived) });
            }
            at = next;
        }
        None
    }

    /// Where the numbers of a list stand, and where what follows it begins.
    fn list(self, at: usize) -> (Range<usize>, usize) {
        let end = at + 1 + 3 * self.byte(at);
        (at + 1..end, end)
    }

    fn byte(self, at: usize) -> usize {
        self.bytes.get(at).copied().unwrap_or_default().into()
    }

    fn slice(self, range: Range<usize>) -> &'static [u8] {
        self.bytes.get(range).unwrap_or_default()
    }
}

fn three(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 3) {
        Some(&[a, b, c]) => u32::from_le_bytes([a, b, c, 0]),
        _ => NONE,
    }
}

fn four(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: Option<Kinship>) {
        let kinship = senses(one).unwrap().kinship(&senses(other).unwrap());
        assert_eq!(kinship, expected, "{one} for {other}");
    }

    #[test]
    fn words_stand_for_others() {
        check("buy", "purchase", Some(Kinship::Synonym));
        check("payment", "pay", Some(Kinship::Derived));
        check("death", "die", Some(Kinship::Derived));
        check("regulator", "home", None);
        check("ewe", "sheep", Some(Kinship::Kind));
        check("house", "thing", None);
    }

    #[test]
    fn every_word_of_the_table_is_found_and_others_are_not() {
        assert!(senses("zwieback").is_some());
        assert!(senses("abaca").is_some());
        assert_eq!(senses(""), None);
        assert_eq!(senses("zzzz"), None);
        assert_eq!(senses("qwx"), None);
    }

    #[test]
    fn first_senses_have_topics() {
        assert_eq!(senses("nurse").unwrap().topic(), Topic::Person);
        assert_eq!(senses("committee").unwrap().topic(), Topic::Group);
        assert_eq!(senses("county").unwrap().topic(), Topic::Location);
    }
}
