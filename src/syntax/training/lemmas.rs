//! Gold lemmas become rules for endings, and exceptions.

use std::collections::BTreeMap;

use super::super::Tag;
use super::super::lemma::{ENDING, Lemmatiser, RULE, ending, whole};
use super::conllu::Document;
use super::table;

type Rules = BTreeMap<u64, [u8; RULE]>;

/// How many words follow each rule.
type Votes = BTreeMap<[u8; RULE], u32>;

/// Words with a part of speech, and the lemma each has most often.
type Lemmas = BTreeMap<(String, Tag), String>;

/// Writes the rules.
pub(super) fn train(documents: &[Document]) -> Vec<u8> {
    let lemmas = lemmas(documents);
    let mut rules = endings(&lemmas);
    let bytes = table::write(&rules);
    let known = Lemmatiser::read(&bytes);
    for ((word, tag), lemma) in &lemmas {
        if known.lemma(word, *tag) != lemma.as_str() {
            rules.extend(rule(word, lemma).map(|rule| (whole(word, *tag), rule)));
        }
    }
    table::write(&rules)
}

fn lemmas(documents: &[Document]) -> Lemmas {
    let mut counts: BTreeMap<(String, Tag), BTreeMap<String, u32>> = BTreeMap::new();
    for sentence in documents.iter().flat_map(|document| &document.sentences) {
        for ((word, lemma), tag) in sentence.words.iter().zip(&sentence.lemmas).zip(&sentence.tags) {
            if ![Tag::Propn, Tag::X, Tag::Punct, Tag::Sym, Tag::Num].contains(&tag.tag()) {
                let word = word.to_lowercase().replace('’', "'");
                *counts.entry((word, tag.tag())).or_default().entry(lemma.to_lowercase()).or_default() += 1;
            }
        }
    }
    let most = |counts: BTreeMap<String, u32>| counts.into_iter().max_by_key(|(_, count)| *count).map(|(lemma, _)| lemma);
    counts.into_iter().filter_map(|(word, counts)| Some((word, most(counts)?))).collect()
}

/// How many words an ending must have to get a rule.
const LEAST: u32 = 3;

/// The rule most words of an ending follow, where it is not that of the next shorter ending.
fn endings(lemmas: &Lemmas) -> Rules {
    let mut rules = Rules::new();
    for length in 1..=ENDING {
        let mut votes: BTreeMap<u64, (Votes, [u8; RULE])> = BTreeMap::new();
        for ((word, tag), lemma) in lemmas {
            let (Some(hash), Some(rule)) = (ending(word, length, *tag), rule(word, lemma)) else { continue };
            let shorter = (1..length).rev().find_map(|length| rules.get(&ending(word, length, *tag)?)).copied().unwrap_or_default();
            let entry = votes.entry(hash).or_insert((BTreeMap::new(), shorter));
            *entry.0.entry(rule).or_default() += 1;
        }
        for (hash, (counts, shorter)) in votes {
            let best = counts.into_iter().max_by_key(|(_, count)| *count);
            rules.extend(best.filter(|(rule, count)| *count >= LEAST && *rule != shorter).map(|(rule, _)| (hash, rule)));
        }
    }
    rules
}

/// What turns a word into its lemma; `None` where a rule is too small for it.
fn rule(word: &str, lemma: &str) -> Option<[u8; RULE]> {
    let common: usize = word.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let added = lemma.get(common..)?.as_bytes();
    let mut rule = [0; RULE];
    rule[0] = u8::try_from(word.len() - common).ok()?;
    rule.get_mut(1..=added.len())?.copy_from_slice(added);
    Some(rule)
}
