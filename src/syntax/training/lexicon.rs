//! Treebanks, gazetteers and clusters become the lexicon: what is known of a word before reading its sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{FIRST_NAME, ORGANIZATION, PLACE, ROLE, SPEECH, SURNAME, TITLE};
use super::super::fine::FINE_TAGS;
use super::super::form::{ENTRY, SURE, fold};
use super::super::weights::hash_bytes;
use super::conllu::Document;
use super::table;

/// The lists of words that are part of the training, with the bit of each.
const LISTS: [(u64, &str); 6] = [
    (TITLE, include_str!("gazetteer/titles.txt")),
    (FIRST_NAME, include_str!("gazetteer/first_names.txt")),
    (PLACE, include_str!("gazetteer/places.txt")),
    (ORGANIZATION, include_str!("gazetteer/organizations.txt")),
    (SPEECH, include_str!("gazetteer/speech.txt")),
    (ROLE, include_str!("gazetteer/roles.txt")),
];

/// How often a word must stand in the treebanks for its tags to be listed: rarer ones are left unknown, so that the
/// tagger learns what to do with unknown words.
const LEAST: u32 = 3;

/// The share of a word's uses that makes a tag its second.
const SECOND: f64 = 0.08;

/// A word that stands in the treebanks this often, and with one tag in this share of its uses, is sure to have it.
const SURE_FROM: u32 = 30;
const SURE_SHARE: f64 = 0.995;

/// What the lexicon is built from beside the treebanks.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources {
    /// First names and surnames found in names of speakers.
    pub(super) first_names: BTreeSet<String>,
    pub(super) surnames: BTreeSet<String>,
    /// Cluster, fine and coarse, of folded words.
    pub(super) clusters: BTreeMap<String, (u16, u8)>,
}

/// Writes the lexicon.
pub(super) fn build(documents: &[Document], sources: &Sources) -> Vec<u8> {
    let mut entries: BTreeMap<String, [u8; ENTRY]> = BTreeMap::new();
    for (word, counts) in counts(documents) {
        if let Some([first, second]) = tags(&counts) {
            let entry = entries.entry(word).or_default();
            (entry[0], entry[1]) = (first, second);
        }
    }
    for (word, &(fine, coarse)) in &sources.clusters {
        let entry = entries.entry(word.clone()).or_default();
        [entry[2], entry[3]] = fine.to_le_bytes();
        entry[4] = coarse;
    }
    for (bit, words) in lists(sources) {
        words.into_iter().for_each(|word| entries.entry(word).or_default()[5] |= bit as u8);
    }
    table::write(&entries.iter().map(|(word, entry)| (hash_bytes(word.as_bytes()), *entry)).collect())
}

fn lists(sources: &Sources) -> Vec<(u64, Vec<String>)> {
    let mut lists: Vec<(u64, Vec<String>)> =
        LISTS.iter().map(|(bit, list)| (*bit, list.split_whitespace().map(folded).collect())).collect();
    lists.push((FIRST_NAME, sources.first_names.iter().map(|name| folded(name)).collect()));
    lists.push((SURNAME, sources.surnames.iter().map(|name| folded(name)).collect()));
    lists
}

/// Whether a word is a title that goes before names.
pub(super) fn is_title(word: &str) -> bool {
    in_list(TITLE, word) || in_list(ROLE, &word.to_lowercase()) || ["Emperor", "Protector", "Lords", "Commander"].contains(&word)
}

/// Whether a word ends names of organizations.
pub(super) fn is_organization(word: &str) -> bool {
    in_list(ORGANIZATION, word)
}

fn in_list(bit: u64, word: &str) -> bool {
    LISTS.iter().any(|(list, words)| *list == bit && words.split_whitespace().any(|entry| entry == word))
}

/// The folded form of a word.
pub(super) fn folded(word: &str) -> String {
    let mut folded = String::new();
    fold(word, &mut folded);
    folded
}

/// How often each word has each tag, as written and in lower case.
fn counts(documents: &[Document]) -> BTreeMap<String, [u32; FINE_TAGS]> {
    let mut counts: BTreeMap<String, [u32; FINE_TAGS]> = BTreeMap::new();
    for sentence in documents.iter().flat_map(|document| &document.sentences) {
        for (word, tag) in sentence.words.iter().zip(&sentence.tags) {
            let written = folded(word);
            let lower = written.to_lowercase();
            if lower != written {
                counts.entry(lower).or_default()[usize::from(tag.0)] += 1;
            }
            counts.entry(written).or_default()[usize::from(tag.0)] += 1;
        }
    }
    counts
}

/// The first and second tag, from 1 on; 0 for none.
fn tags(counts: &[u32; FINE_TAGS]) -> Option<[u8; 2]> {
    let total: u32 = counts.iter().sum();
    let mut ranked: Vec<(u32, u8)> = counts.iter().copied().zip(1_u8..).collect();
    ranked.sort_by_key(|&(count, tag)| (u32::MAX - count, tag));
    let second = if f64::from(ranked[1].0) >= SECOND * f64::from(total) { ranked[1].1 } else { 0 };
    let sure = total >= SURE_FROM && f64::from(ranked[0].0) >= SURE_SHARE * f64::from(total);
    (total >= LEAST).then_some([ranked[0].1 | if sure { SURE } else { 0 }, second])
}
