//! WordNet's database files become the table of senses.
//!
//! Kept are single words in lower case, the more usual senses of each part of speech, the first hypernym of a synset and pairs of derived words.
//! The files' format is told in WordNet's manual pages wndb(5WN) and lexnames(5WN).

use std::collections::{BTreeMap, BTreeSet};

use super::{BLOCK, NONE};

/// Senses of one part of speech that are kept.
const SENSES: usize = 3;
/// Derived words that are kept.
const DERIVED: usize = 12;

/// One part of speech: the text of its `index` and its `data` file.
#[derive(Clone, Copy, Debug)]
pub struct Part<'f> {
    /// `n`, `v`, `a` or `r`.
    pub letter: char,
    /// `index.noun` and so on.
    pub index: &'f str,
    /// `data.noun` and so on.
    pub data: &'f str,
}

/// A synset of the database, by part of speech and offset.
type Key = (char, u32);

#[derive(Debug, Default)]
struct Synset {
    file: u8,
    words: Vec<String>,
    above: Option<Key>,
    /// Number of the word here, synset and number of the word there.
    derived: Vec<(usize, Key, usize)>,
}

/// Builds the table from the parts of speech of the database.
#[must_use]
pub fn build(parts: &[Part<'_>]) -> Vec<u8> {
    let mut synsets: BTreeMap<Key, Synset> = BTreeMap::new();
    let mut words: BTreeMap<String, Vec<Key>> = BTreeMap::new();
    for part in parts {
        synsets.extend(part.data.lines().filter_map(|line| read_synset(part.letter, line)));
        for (word, keys) in part.index.lines().filter_map(|line| read_entry(part.letter, line)) {
            words.entry(word).or_default().extend(keys);
        }
    }
    // The index is in lower case throughout; a sense of a name is one that the data print with a capital.
    for (word, keys) in &mut words {
        keys.retain(|key| synsets.get(key).is_some_and(|synset| synset.words.contains(word)));
    }
    words.retain(|_, keys| !keys.is_empty());
    let kept = with_those_above(&words, &synsets);
    let place: BTreeMap<Key, usize> = kept.iter().enumerate().map(|(place, key)| (*key, place)).collect();
    let number: BTreeMap<&str, usize> = words.keys().enumerate().map(|(number, word)| (word.as_str(), number)).collect();
    let derived = derived(&synsets, &number);
    let mut table = Vec::new();
    push_four(&mut table, words.len());
    push_four(&mut table, kept.len());
    for key in &kept {
        let synset = synsets.get(key);
        let above = synset.and_then(|synset| synset.above).and_then(|above| place.get(&above));
        push_three(&mut table, above.copied().unwrap_or(NONE as usize));
        table.push(synset.map_or(0, |synset| synset.file));
    }
    let (mut blocks, mut entries) = (Vec::new(), Vec::new());
    let mut before = "";
    for (number, (word, keys)) in words.iter().enumerate() {
        if number % BLOCK == 0 {
            push_four(&mut blocks, entries.len());
            before = "";
        }
        let shared = word.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
        entries.push(low(shared));
        entries.push(low(word.len() - shared));
        entries.extend(word.bytes().skip(shared));
        push_list(&mut entries, keys.iter().filter_map(|key| place.get(key)).copied());
        push_list(&mut entries, derived.get(&number).into_iter().flatten().copied().take(DERIVED));
        before = word;
    }
    table.extend(blocks);
    table.extend(entries);
    table
}

/// The synsets of the words and all above them.
fn with_those_above(words: &BTreeMap<String, Vec<Key>>, synsets: &BTreeMap<Key, Synset>) -> BTreeSet<Key> {
    let mut kept = BTreeSet::new();
    let mut open: Vec<Key> = words.values().flatten().copied().collect();
    while let Some(key) = open.pop() {
        if kept.insert(key) {
            open.extend(synsets.get(&key).and_then(|synset| synset.above));
        }
    }
    kept
}

/// For each word, the words derived from it or it from them, in whatever sense.
fn derived(synsets: &BTreeMap<Key, Synset>, number: &BTreeMap<&str, usize>) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut derived: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for synset in synsets.values() {
        for (source, there, target) in &synset.derived {
            let one = synset.words.get(*source).and_then(|word| number.get(word.as_str()));
            let other = synsets.get(there).and_then(|synset| synset.words.get(*target)).and_then(|word| number.get(word.as_str()));
            if let (Some(&one), Some(&other)) = (one, other) {
                derived.entry(one).or_default().insert(other);
            }
        }
    }
    derived
}

fn read_entry(letter: char, line: &str) -> Option<(String, Vec<Key>)> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let word = fields.first().filter(|word| !line.starts_with(' ') && is_kept(word))?;
    let senses: usize = fields.get(2)?.parse().ok()?;
    let offsets = fields.get(fields.len().checked_sub(senses)?..)?;
    let keys = offsets.iter().take(SENSES).filter_map(|offset| Some((letter, offset.parse().ok()?))).collect();
    Some(((*word).to_owned(), keys))
}

fn is_kept(word: &str) -> bool {
    word.len() > 1 && word.len() < 30 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn read_synset(letter: char, line: &str) -> Option<(Key, Synset)> {
    if line.starts_with(' ') {
        return None;
    }
    let mut fields = line.split(" | ").next()?.split_whitespace();
    let key = (letter, fields.next()?.parse().ok()?);
    let file = fields.next()?.parse().ok()?;
    let count = usize::from_str_radix(fields.nth(1)?, 16).ok()?;
    let words = (0..count).filter_map(|_| fields.next().zip(fields.next())).map(|(word, _)| plain(word).to_owned()).collect();
    let mut synset = Synset { file, words, ..Synset::default() };
    let pointers: usize = fields.next()?.parse().ok()?;
    for _ in 0..pointers {
        let (symbol, offset, part, ends) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let there = (part.chars().next()?, offset.parse().ok()?);
        match symbol {
            "@" => synset.above = synset.above.or(Some(there)),
            "+" => {
                let end = |at: std::ops::Range<usize>| usize::from_str_radix(ends.get(at)?, 16).ok()?.checked_sub(1);
                synset.derived.extend(end(0..2).zip(end(2..4)).map(|(source, target)| (source, there, target)));
            }
            _ => {}
        }
    }
    Some((key, synset))
}

/// The word without the mark of where an adjective may stand: "galore(ip)".
fn plain(word: &str) -> &str {
    word.split('(').next().unwrap_or(word)
}

fn push_list(to: &mut Vec<u8>, numbers: impl Iterator<Item = usize>) {
    let numbers: Vec<usize> = numbers.collect();
    to.push(low(numbers.len()));
    numbers.into_iter().for_each(|number| push_three(to, number));
}

fn push_three(to: &mut Vec<u8>, number: usize) {
    to.extend(number.to_le_bytes().iter().take(3));
}

fn push_four(to: &mut Vec<u8>, number: usize) {
    to.extend(number.to_le_bytes().iter().take(4));
}

fn low(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_and_synsets_are_read() {
        let (word, keys) = read_entry('n', "ewe n 2 1 @ 2 1 02411999 01234567  ").unwrap();
        assert_eq!((word.as_str(), keys), ("ewe", vec![('n', 2_411_999), ('n', 1_234_567)]));
        let line = "02411999 05 n 02 ewe 0 dam 0 002 @ 02411705 n 0000 + 00056930 v 0201 | female sheep  ";
        let (key, synset) = read_synset('n', line).unwrap();
        assert_eq!((key, synset.file, synset.above), (('n', 2_411_999), 5, Some(('n', 2_411_705))));
        assert_eq!(synset.derived, [(1, ('v', 56_930), 0)]);
        assert!(read_synset('n', "  1 This software").is_none());
    }
}
