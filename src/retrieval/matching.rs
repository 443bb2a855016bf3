//! The question's words are found in a passage: [`Wanted`] knows them, [`Match`]es say where they stand.

use crate::index::{Index, IndexError, PassageRecord};
use crate::question::Question;
use crate::span::Span;
use crate::text;

/// A word looked for.
#[derive(Debug)]
pub(super) struct Term {
    /// Folded.
    pub(super) word: String,
    pub(super) stem: String,
    /// Position in the question's tokens.
    pub(super) token: usize,
    /// Rarity in the index times the question's own weight.
    pub(super) weight: f32,
    /// Rarity alone: the logarithm of chunks per chunk that holds it.
    pub(super) rarity: f32,
}

/// The words looked for, in the order of the question.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) terms: Vec<Term>,
    /// The sum of the terms' weights.
    pub(super) total: f32,
    /// First bytes of the stems, as a quick way to pass over other words.
    first: [bool; 256],
}

/// A word of the question found in a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// Which term, as a position in [`Wanted::terms`].
    pub(super) term: usize,
    /// Which token of the passage.
    pub(super) token: usize,
    /// Which sentence of the passage.
    pub(super) sentence: usize,
    /// How alike the two are.
    pub(super) form: Form,
}

/// How alike a word of the question and one of a passage are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The same form.
    Exact,
    /// The same stem.
    Stem,
    /// Stems with the same beginning ("assassin", "assassinate"): a hint, no match.
    Akin,
}

/// Letters that two stems begin with to be akin.
const AKIN: usize = 5;

impl Wanted {
    pub(super) fn new(index: &Index, question: &Question) -> Result<Self, IndexError> {
        let chunks = index.chunks() as f32;
        let stems: Vec<&str> = question.terms.iter().map(|term| term.stem.as_str()).collect();
        let frequencies = index.frequencies(&stems)?;
        let mut terms: Vec<Term> = Vec::with_capacity(question.terms.len());
        for (term, frequency) in question.terms.iter().zip(frequencies) {
            if terms.iter().any(|known| known.stem == term.stem) {
                continue;
            }
            let frequency = frequency as f32;
            let rarity = (1.0 + (chunks - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln().max(0.05);
            let weight = rarity * term.weight.clamp(0.05, 1.0);
            terms.push(Term { word: text::fold(&term.word), stem: term.stem.clone(), token: term.token, weight, rarity });
        }
        let mut first = [false; 256];
        for byte in terms.iter().filter_map(|term| term.stem.bytes().next()) {
            if let Some(place) = first.get_mut(usize::from(byte)) {
                *place = true;
            }
        }
        let total = terms.iter().map(|term| term.weight).sum();
        Ok(Self { terms, total, first })
    }

    /// Stems with their weights for the index, which knows their rarity itself.
    pub(super) fn stems(&self) -> Vec<(String, f32)> {
        self.terms.iter().map(|term| (term.stem.clone(), term.weight / term.rarity)).collect()
    }

    /// Where the terms stand in the passage, in order.
    pub(super) fn matches(&self, record: &PassageRecord) -> Vec<Match> {
        let mut matches = Vec::new();
        for (sentence, cut) in record.analysis.sentences.iter().enumerate() {
            for token in cut.tokens.clone() {
                let Some(cut) = record.analysis.tokens.get(token).filter(|token| token.shape.is_word()) else { continue };
                if let Some((term, form)) = self.find(record.slice(cut.span)) {
                    matches.push(Match { term, token, sentence, form });
                }
            }
        }
        matches
    }

    /// The terms that stand in other words, each once.
    pub(super) fn found_in(&self, words: &str) -> Vec<usize> {
        let cut = text::analyze(words, &[Span::new(0, words.len())]);
        let tokens = cut.tokens.iter().filter(|token| token.shape.is_word());
        let found = tokens.filter_map(|token| self.find(token.span.slice(words))).filter(|(_, form)| *form != Form::Akin);
        let mut terms: Vec<usize> = found.map(|(term, _)| term).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    fn find(&self, word: &str) -> Option<(usize, Form)> {
        let start = word.bytes().next()?.to_ascii_lowercase();
        if start.is_ascii() && !self.first.get(usize::from(start)).copied().unwrap_or(false) {
            return None;
        }
        let folded = text::fold(word);
        if let Some(term) = self.terms.iter().position(|term| term.word == folded) {
            return Some((term, Form::Exact));
        }
        let near = |term: &Term| term.stem.bytes().take(2).eq(folded.bytes().take(2)) || term.stem.len() < 3;
        if !self.terms.iter().any(near) {
            return None;
        }
        let stem = text::stem(&folded);
        let same = self.terms.iter().position(|term| term.stem == stem).map(|term| (term, Form::Stem));
        same.or_else(|| self.terms.iter().position(|term| akin(&term.stem, &stem)).map(|term| (term, Form::Akin)))
    }

    /// The share of the question's weight that the terms carry, 0 to 1.
    pub(super) fn share(&self, mut terms: Vec<usize>) -> f32 {
        terms.sort_unstable();
        terms.dedup();
        let sum: f32 = terms.iter().filter_map(|&term| self.terms.get(term)).map(|term| term.weight).sum();
        if self.total > 0.0 { sum / self.total } else { 0.0 }
    }
}

/// Whether two stems begin alike: at least [`AKIN`] letters, and all but a few of the shorter one.
fn akin(one: &str, other: &str) -> bool {
    let alike = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    alike >= AKIN && alike * 4 >= one.len().min(other.len()) * 3
}

#[cfg(test)]
mod tests {
    use super::akin;

    #[test]
    fn words_of_one_root_are_akin() {
        for (one, other, expected) in
            [("assassin", "assassinat", true), ("plural", "plural", true), ("council", "counsel", false), ("inform", "inflat", false)]
        {
            assert_eq!(akin(one, other), expected, "{one} and {other}");
        }
    }
}
