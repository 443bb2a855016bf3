//! Sentences written for this project become examples of tags and names: phrases of British news that the treebanks lack.
//!
//! A word is followed by its Penn tag, by both tags where the Penn tag leaves the universal one open; brackets hold names.

use super::super::fine::Fine;
use super::super::{EntityKind, Mention, Tag};
use super::conllu::{Document, Sentence, tag_named};

/// The sentences as one document.
pub(super) fn document() -> Document {
    Document { sentences: include_str!("news.txt").lines().map(sentence).collect(), named: true }
}

fn sentence(line: &str) -> Sentence {
    let mut sentence = Sentence::default();
    let mut open: Option<(usize, EntityKind)> = None;
    for item in line.split(' ') {
        match (item, item.rsplit_once('/')) {
            ("]", _) => {
                let end = sentence.words.len();
                sentence.mentions.extend(open.take().map(|(start, kind)| Mention { tokens: start..end, kind }));
            }
            ("[P", _) => open = Some((sentence.words.len(), EntityKind::Person)),
            ("[O", _) => open = Some((sentence.words.len(), EntityKind::Organization)),
            ("[L", _) => open = Some((sentence.words.len(), EntityKind::Place)),
            (_, Some((word, tag))) => {
                sentence.words.push(word.to_owned());
                sentence.tags.push(fine(tag));
            }
            _ => {}
        }
    }
    sentence
}

fn fine(tags: &str) -> Fine {
    match tags.split_once('.').filter(|(universal, _)| !universal.is_empty()) {
        Some((universal, penn)) => Fine::from_gold(tag_named(universal), penn),
        None => Fine::from_gold(universal(tags), tags),
    }
}

/// The universal tag a Penn tag has unless something else is said.
fn universal(penn: &str) -> Tag {
    match penn {
        "NN" | "NNS" => Tag::Noun,
        "NNP" | "NNPS" => Tag::Propn,
        "JJ" | "JJR" | "JJS" => Tag::Adj,
        "RB" => Tag::Adv,
        "IN" | "RP" => Tag::Adp,
        "DT" => Tag::Det,
        "PRP" | "PRP$" | "WP" => Tag::Pron,
        "MD" => Tag::Aux,
        "CC" => Tag::Cconj,
        "CD" => Tag::Num,
        "TO" | "POS" => Tag::Part,
        "SYM" => Tag::Sym,
        "VB" | "VBD" | "VBZ" | "VBP" | "VBN" | "VBG" => Tag::Verb,
        _ => Tag::Punct,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::names::labels;
    use super::*;

    #[test]
    fn every_line_is_read_whole() {
        for (line, sentence) in include_str!("news.txt").lines().zip(document().sentences) {
            assert_eq!(sentence.words.len(), line.split(' ').filter(|item| item.contains('/')).count(), "{line}");
            assert_eq!(sentence.mentions.len(), line.split(' ').filter(|item| *item == "]").count(), "{line}");
            assert_eq!(labels(sentence.words.len(), &sentence.mentions).len(), sentence.tags.len());
        }
    }
}
