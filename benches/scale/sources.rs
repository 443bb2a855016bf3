//! Articles that are there become a [`Pool`]: their paragraphs, and which words may stand for which.
//!
//! They are those of `corpus/` and, where `../shared/data` is there, of the news and encyclopedia articles in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sayso::corpus;
use sayso::text::{fold, is_stop_word};
use serde_json::Value;

use crate::measuring::files;

/// Articles that a word with a capital must stand in to be left as it is: everybody writes of Washington.
const FAMILIAR: usize = 6;
/// Letters of the shortest word that others may stand for.
pub(crate) const SWAPPED: usize = 5;
/// Bytes of the shortest paragraph worth having.
const PARAGRAPH: usize = 40;

/// What archives are made of.
pub(crate) struct Pool {
    /// The paragraphs of each article, its headline first.
    pub(crate) articles: Vec<Vec<String>>,
    /// Words by their last letters, each as often as it stands in the articles.
    endings: BTreeMap<String, Vec<Box<str>>>,
    /// Words that are no names, or names that everybody knows.
    familiar: BTreeSet<String>,
}

/// The words of a text and what stands between them, in order.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|c: char| !c.is_alphanumeric()).flat_map(|piece| {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        [word, &piece[word.len()..]].into_iter().filter(|part| !part.is_empty())
    })
}

impl Pool {
    /// The articles that this machine has.
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut articles = own(&root.join("corpus"));
        let shared = root.join("../shared/data");
        articles.extend(news(&shared.join("quotes/polnear_train.jsonl")));
        for name in ["new_wiki", "reddit", "amazon"] {
            articles.extend(contexts(&shared.join(format!("qa/squadshifts_{name}.json"))));
        }
        articles.retain(|paragraphs| paragraphs.len() > 1);
        Self { endings: endings(&articles), familiar: familiar(&articles), articles }
    }

    /// Whether a word may stay in every article.
    pub(crate) fn is_familiar(&self, word: &str) -> bool {
        self.familiar.contains(word) || self.familiar.contains(&word.to_lowercase())
    }

    /// Another word with the same end, common ones more often; `choice` decides.
    pub(crate) fn other(&self, word: &str, choice: u64) -> Option<&str> {
        let others = self.endings.get(ending(word)?)?;
        others.get((choice % others.len() as u64) as usize).map(AsRef::as_ref)
    }
}

/// The last three letters of a word in small letters that is worth swapping.
fn ending(word: &str) -> Option<&str> {
    let swapped = word.len() >= SWAPPED && word.bytes().all(|byte| byte.is_ascii_lowercase()) && !is_stop_word(&fold(word));
    swapped.then(|| &word[word.len() - 3..])
}

fn words(articles: &[Vec<String>]) -> impl Iterator<Item = &str> {
    articles.iter().flatten().flat_map(|paragraph| pieces(paragraph))
}

fn endings(articles: &[Vec<String>]) -> BTreeMap<String, Vec<Box<str>>> {
    let mut endings: BTreeMap<String, Vec<Box<str>>> = BTreeMap::new();
    for word in words(articles) {
        if let Some(ending) = ending(word) {
            endings.entry(ending.to_owned()).or_default().push(word.into());
        }
    }
    endings
}

fn familiar(articles: &[Vec<String>]) -> BTreeSet<String> {
    let small = words(articles).filter(|word| !word.starts_with(char::is_uppercase)).map(str::to_owned);
    let mut familiar: BTreeSet<String> = small.collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for paragraphs in articles {
        let inside: BTreeSet<&str> = words(std::slice::from_ref(paragraphs)).filter(|word| word.starts_with(char::is_uppercase)).collect();
        inside.into_iter().for_each(|name| *names.entry(name).or_default() += 1);
    }
    familiar.extend(names.into_iter().filter(|(_, articles)| *articles >= FAMILIAR).map(|(name, _)| name.to_owned()));
    familiar
}

/// The articles of a folder of documents, as the reader of documents tells them from what stands around them.
fn own(folder: &Path) -> Vec<Vec<String>> {
    let read = |path: PathBuf| {
        let document = corpus::parse(&path, "", &fs::read(&path).unwrap()).unwrap();
        let headline = document.metadata.title.map(|title| title.value).unwrap_or_default();
        let blocks = document.blocks.iter().filter(|block| block.kind.is_article());
        let blocks = blocks.map(|block| block.span.slice(&document.text)).filter(|text| *text != headline && text.len() >= PARAGRAPH);
        std::iter::once(headline.clone()).chain(blocks.map(one_line)).collect()
    };
    files(folder).into_iter().map(read).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(one_line).filter(|line| line.len() >= PARAGRAPH)
}

/// The articles of a file with one a line; none where there is no such file.
fn news(path: &Path) -> Vec<Vec<String>> {
    let lines = fs::read_to_string(path).unwrap_or_default();
    let read = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = line["text"].as_str().unwrap_or_default();
        let headline = text.lines().next().map(one_line).unwrap_or_default();
        std::iter::once(headline).chain(paragraphs(text).skip(1)).collect()
    };
    lines.lines().map(read).collect()
}

/// The articles of a file in SQuAD's format; none where there is no such file.
fn contexts(path: &Path) -> Vec<Vec<String>> {
    let Ok(text) = fs::read_to_string(path) else { return Vec::new() };
    let file: Value = serde_json::from_str(&text).unwrap();
    let article = |article: &Value| {
        let headline = article["title"].as_str().unwrap_or_default().replace('_', " ");
        let contexts = article["paragraphs"].as_array().into_iter().flatten().filter_map(|paragraph| paragraph["context"].as_str());
        let contexts: Vec<String> = contexts.flat_map(paragraphs).collect();
        contexts.chunks(12).map(|part| [std::slice::from_ref(&headline), part].concat()).collect::<Vec<_>>()
    };
    file["data"].as_array().into_iter().flatten().flat_map(article).collect()
}
