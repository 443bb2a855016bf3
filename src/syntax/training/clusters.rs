//! Running text becomes clusters of words that stand in the same places: the exchange algorithm of Kneser and Ney (1993).
//!
//! Each word in turn moves to the class that makes the bigram model of classes most likely, until the passes are over.

use std::collections::BTreeMap;

/// How often a word must occur to get a cluster of its own choosing; the rest share class 0.
const LEAST: usize = 4;

const PASSES: usize = 8;

/// Classes that never change: rare words, and the outside of a sentence.
const FIXED: usize = 2;

/// The class of each frequent word of `sentences`, from 2 up to `classes`.
pub(super) fn cluster(sentences: &[Vec<String>], classes: usize) -> BTreeMap<String, u16> {
    let vocabulary = vocabulary(sentences);
    let mut exchange = Exchange::new(&bigrams(sentences, &vocabulary), vocabulary.len() + FIXED, classes);
    for _ in 0..PASSES {
        (FIXED..vocabulary.len() + FIXED).for_each(|word| exchange.settle(word));
    }
    let class = |word: usize| u16::try_from(exchange.class_of[word]).unwrap_or(0);
    vocabulary.into_iter().map(|(word, number)| (word.to_owned(), class(number))).collect()
}

/// Frequent words, numbered from [`FIXED`] by falling frequency.
fn vocabulary(sentences: &[Vec<String>]) -> BTreeMap<&str, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    sentences.iter().flatten().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut ranked: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count >= LEAST).collect();
    ranked.sort_by_key(|&(word, count)| (usize::MAX - count, word));
    ranked.into_iter().enumerate().map(|(rank, (word, _))| (word, rank + FIXED)).collect()
}

fn bigrams(sentences: &[Vec<String>], vocabulary: &BTreeMap<&str, usize>) -> BTreeMap<(usize, usize), i64> {
    let mut counts = BTreeMap::new();
    for sentence in sentences {
        let mut before = 1;
        for word in sentence.iter().map(|word| vocabulary.get(word.as_str()).copied().unwrap_or(0)).chain([1]) {
            *counts.entry((before, word)).or_insert(0) += 1;
            before = word;
        }
    }
    counts
}

struct Exchange {
    classes: usize,
    class_of: Vec<usize>,
    /// The words after and before each word, with how often.
    after: Vec<Vec<(usize, i64)>>,
    before: Vec<Vec<(usize, i64)>>,
    twice: Vec<i64>,
    count: Vec<i64>,
    class_count: Vec<i64>,
    pairs: Vec<i64>,
    logs: Vec<f64>,
}

impl Exchange {
    fn new(bigrams: &BTreeMap<(usize, usize), i64>, words: usize, classes: usize) -> Self {
        let start = |word: usize| if word < FIXED { word } else { FIXED + (word - FIXED) % (classes - FIXED) };
        let mut exchange = Self {
            classes,
            class_of: (0..words).map(start).collect(),
            after: vec![Vec::new(); words],
            before: vec![Vec::new(); words],
            twice: vec![0; words],
            count: vec![0; words],
            class_count: vec![0; classes],
            pairs: vec![0; classes * classes],
            logs: (0..1 << 14).map(|n| scaled_log(f64::from(n))).collect(),
        };
        bigrams.iter().for_each(|(&pair, &count)| exchange.add(pair, count));
        exchange
    }

    fn add(&mut self, (first, second): (usize, usize), count: i64) {
        self.count[first] += count;
        self.class_count[self.class_of[first]] += count;
        self.pairs[self.class_of[first] * self.classes + self.class_of[second]] += count;
        if first == second {
            self.twice[first] += count;
        } else {
            self.after[first].push((second, count));
            self.before[second].push((first, count));
        }
    }

    /// Moves one word to its best class.
    fn settle(&mut self, word: usize) {
        let (after, before) = (self.neighbours(&self.after[word]), self.neighbours(&self.before[word]));
        self.shift(word, &after, &before, -1);
        let mut best = (f64::NEG_INFINITY, self.class_of[word]);
        for class in FIXED..self.classes {
            let gain = self.gain(word, class, &after, &before);
            if gain > best.0 {
                best = (gain, class);
            }
        }
        self.class_of[word] = best.1;
        self.shift(word, &after, &before, 1);
    }

    /// How often each class stands beside a word.
    fn neighbours(&self, words: &[(usize, i64)]) -> Vec<(usize, i64)> {
        let mut counts: BTreeMap<usize, i64> = BTreeMap::new();
        words.iter().for_each(|&(word, count)| *counts.entry(self.class_of[word]).or_default() += count);
        counts.into_iter().collect()
    }

    /// Adds a word's counts to its class, or takes them out.
    fn shift(&mut self, word: usize, after: &[(usize, i64)], before: &[(usize, i64)], sign: i64) {
        let class = self.class_of[word];
        self.class_count[class] += sign * self.count[word];
        self.pairs[class * self.classes + class] += sign * self.twice[word];
        after.iter().for_each(|&(other, count)| self.pairs[class * self.classes + other] += sign * count);
        before.iter().for_each(|&(other, count)| self.pairs[other * self.classes + class] += sign * count);
    }

    /// What the likelihood gains by a word in a class.
    fn gain(&self, word: usize, class: usize, after: &[(usize, i64)], before: &[(usize, i64)]) -> f64 {
        let risen = |now: i64, more: i64| self.log(now + more) - self.log(now);
        let row = after.iter().map(|&(other, count)| risen(self.pairs[class * self.classes + other], count));
        let column = before.iter().map(|&(other, count)| risen(self.pairs[other * self.classes + class], count));
        row.sum::<f64>() + column.sum::<f64>() - 2.0 * risen(self.class_count[class], self.count[word])
    }

    fn log(&self, count: i64) -> f64 {
        let table = usize::try_from(count).ok().and_then(|count| self.logs.get(count));
        table.copied().unwrap_or_else(|| scaled_log(count as f64))
    }
}

/// `n log n`.
fn scaled_log(n: f64) -> f64 {
    if n > 0.0 { n * n.ln() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_same_places_come_together() {
        let subjects = ["cat", "dog", "cow"];
        let verbs = ["eats", "sees", "hears"];
        let pairs = subjects.iter().flat_map(|subject| verbs.iter().map(move |verb| (subject, verb)));
        let sentences: Vec<Vec<String>> =
            pairs.cycle().take(90).map(|(subject, verb)| ["the", subject, verb, "it"].map(str::to_owned).to_vec()).collect();
        let clusters = cluster(&sentences, 6);
        assert!(subjects.iter().all(|word| clusters[*word] == clusters["cat"]));
        assert!(verbs.iter().all(|word| clusters[*word] == clusters["eats"]));
        assert_ne!(clusters["cat"], clusters["eats"]);
    }
}
