//! Texts become the list of strings that shortens text like them most.
//!
//! Candidates are words with the space before them, short runs of words, marks and digits, and the parts of words that others are
//! spelled with. The texts are then written in them, again and again; each time those stay whose loss would cost most.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{LONG, SHORT, automaton, strings};

/// Longest string, in bytes.
const LONGEST: usize = 24;
/// Longest run of pieces that is one string.
const RUN: usize = 4;
/// Texts a word must stand in: what only one tells is no word of the language.
const TEXTS: usize = 4;
/// Texts a run of words must stand in.
const RUN_TEXTS: usize = 25;
/// How often a piece must stand to be part of a run.
const IN_RUNS: usize = 60;
/// How many strings stay, round by round, until the list is full.
const ROUNDS: [usize; 4] = [80_000, 50_000, 36_000, SHORT + LONG];

/// Makes the list; the same texts give the same bytes.
#[must_use]
pub fn train(texts: &[String]) -> Vec<u8> {
    let mut strings = candidates(texts);
    for keep in ROUNDS {
        let uses = uses(texts, &strings);
        strings = best(strings, &uses, keep);
    }
    let uses = uses(texts, &strings);
    let mut order: Vec<usize> = (0..strings.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(uses.get(at).copied().unwrap_or(0)));
    let (short, long) = order.split_at_mut(SHORT.min(strings.len()));
    long.sort_unstable();
    let listed = short.iter().chain(long.iter()).filter_map(|&at| strings.get(at));
    listed.flat_map(|string| std::iter::once(string.len() as u8).chain(string.iter().copied())).collect()
}

/// The bytes that texts take when they are written with a list, as a share of what they took.
#[must_use]
pub fn share(list: &[u8], texts: &[String]) -> f64 {
    let strings: Vec<Vec<u8>> = strings(list).into_iter().map(<[u8]>::to_vec).collect();
    let used: usize = uses(texts, &strings).into_iter().enumerate().map(|(code, uses)| if code < SHORT { uses } else { 2 * uses }).sum();
    used as f64 / texts.iter().map(String::len).sum::<usize>().max(1) as f64
}

/// How often, and in how many texts, a string stands.
#[derive(Clone, Copy, Default)]
struct Count {
    times: usize,
    texts: usize,
    last: usize,
}

impl Count {
    fn add(&mut self, text: usize) {
        self.times += 1;
        if self.last != text {
            (self.last, self.texts) = (text, self.texts + 1);
        }
    }
}

/// Every byte, and all strings worth a try, sorted.
fn candidates(texts: &[String]) -> Vec<Vec<u8>> {
    let cut: Vec<Vec<&str>> = texts.iter().map(|text| pieces(text)).collect();
    let mut single: FxHashMap<&str, Count> = FxHashMap::default();
    for (text, pieces) in (1..).zip(&cut) {
        pieces.iter().for_each(|piece| single.entry(piece).or_default().add(text));
    }
    let mut runs: FxHashMap<&str, Count> = FxHashMap::default();
    for ((number, pieces), text) in (1..).zip(&cut).zip(texts) {
        let frequent = |piece: &&str| single.get(piece).is_some_and(|count| count.times >= IN_RUNS);
        count_runs(text, pieces, number, frequent, &mut runs);
    }
    let words = single.iter().filter(|(_, count)| count.texts >= TEXTS);
    let mut found: FxHashSet<Vec<u8>> = words.clone().map(|(piece, _)| piece.as_bytes().to_vec()).collect();
    found.extend(runs.iter().filter(|(_, count)| count.texts >= RUN_TEXTS).map(|(run, _)| run.as_bytes().to_vec()));
    found.extend(parts(words.map(|(word, count)| (*word, count.times))));
    found.retain(|string| string.len() <= LONGEST && !string.is_empty());
    found.extend((0..=u8::MAX).map(|byte| vec![byte]));
    let mut all: Vec<Vec<u8>> = found.into_iter().collect();
    all.sort_unstable();
    all
}

/// Runs of letters with the space before them, runs of digits, and single marks.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let goes_on = last.is_alphabetic() && c.is_alphabetic() || last.is_ascii_digit() && c.is_ascii_digit() || last == ' ' && c != ' ';
        if at > start && !goes_on {
            pieces.extend(text.get(start..at));
            start = at;
        }
        last = c;
    }
    pieces.extend(text.get(start..));
    pieces
}

fn count_runs<'t>(text: &'t str, pieces: &[&str], number: usize, frequent: impl Fn(&&str) -> bool, runs: &mut FxHashMap<&'t str, Count>) {
    let mut start = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let mut end = start;
        for (length, piece) in pieces.iter().skip(at).take(RUN).take_while(|piece| frequent(piece)).enumerate() {
            end += piece.len();
            if let Some(run) = text.get(start..end).filter(|run| length > 0 && run.len() <= LONGEST) {
                runs.entry(run).or_default().add(number);
            }
        }
        start += piece.len();
    }
}

/// Parts of two to six letters that stand in many words.
fn parts<'w>(words: impl Iterator<Item = (&'w str, usize)>) -> Vec<Vec<u8>> {
    let mut times: FxHashMap<&[u8], usize> = FxHashMap::default();
    for (word, count) in words.filter(|(word, _)| word.is_ascii()) {
        for length in 2..=6 {
            word.as_bytes().windows(length).for_each(|part| *times.entry(part).or_default() += count.min(200));
        }
    }
    let mut parts: Vec<(usize, &[u8])> = times.into_iter().map(|(part, times)| (times, part)).collect();
    parts.sort_unstable_by(|one, other| other.cmp(one));
    parts.into_iter().take(ROUNDS[0] / 4).map(|(_, part)| part.to_vec()).collect()
}

/// How often each string is used when the texts are written in them.
fn uses(texts: &[String], strings: &[Vec<u8>]) -> Vec<usize> {
    let mut uses = vec![0; strings.len()];
    let Some(automaton) = automaton(strings) else { return uses };
    for found in texts.iter().flat_map(|text| automaton.leftmost_find_iter(text)) {
        if let Some(uses) = uses.get_mut(found.value() as usize) {
            *uses += 1;
        }
    }
    uses
}

/// The strings, sorted, whose loss would cost most: what they are used for would have to be written in the others.
fn best(strings: Vec<Vec<u8>>, uses: &[usize], keep: usize) -> Vec<Vec<u8>> {
    let known: FxHashSet<&[u8]> = strings.iter().map(Vec::as_slice).collect();
    let worth = |(string, uses): (&Vec<u8>, &usize)| if string.len() == 1 { usize::MAX } else { uses * (spelled(string, &known) - 2) };
    let mut order: Vec<(usize, usize)> = strings.iter().zip(uses).map(worth).zip(0..).collect();
    order.sort_unstable_by_key(|&(worth, at)| (std::cmp::Reverse(worth), at));
    order.truncate(keep);
    let mut kept: Vec<Vec<u8>> = order.into_iter().filter_map(|(_, at)| strings.get(at).cloned()).collect();
    kept.sort_unstable();
    kept
}

/// Fewest bytes in which a string can be written without a code of its own: two for each part.
fn spelled(string: &[u8], known: &FxHashSet<&[u8]>) -> usize {
    let mut fewest = vec![0_usize];
    for end in 1..=string.len() {
        let from = |start: usize| {
            let part = string.get(start..end).filter(|part| part.len() < string.len() && known.contains(part))?;
            (!part.is_empty()).then(|| fewest.get(start).map(|cost| cost + 2)).flatten()
        };
        let cost = (0..end).filter_map(from).min().unwrap_or(usize::MAX / 2);
        fewest.push(cost);
    }
    fewest.last().copied().unwrap_or(2).max(2)
}
