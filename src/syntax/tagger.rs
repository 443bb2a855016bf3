//! Tokens of a sentence get fine tags, left to right: a greedy linear tagger over hashed features.
//!
//! The averaged perceptron of Collins (2002), with the words around, the lexicon's tags of the words to come, and clusters.

use super::fine::{FINE_TAGS, Fine, NO_TAG};
use super::form::{Case, Form};
use super::weights::{Table, feature};

/// The tagger's weights.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tagger<'m>(Table<'m, FINE_TAGS>);

impl<'m> Tagger<'m> {
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        Self(Table::read(bytes).0)
    }

    /// Appends the tags of one sentence to `tags`.
    pub(super) fn tag(&self, forms: &[Form], tags: &mut Vec<Fine>) {
        let mut history = [NO_TAG; 2];
        for at in 0..forms.len() {
            let mut scores = [0_i16; FINE_TAGS];
            features(forms, at, history, |hash| self.0.add(hash, &mut scores));
            let tag = best(&scores);
            tags.push(tag);
            history = [tag, history[0]];
        }
    }
}

/// The class with the highest score, the first of equals.
fn best(scores: &[i16; FINE_TAGS]) -> Fine {
    let mut best = (i16::MIN, 0);
    for (class, &score) in (0_u8..).zip(scores) {
        if score > best.0 {
            best = (score, class);
        }
    }
    Fine(best.1)
}

static OUTSIDE: Form = Form {
    word: 1,
    lower: 1,
    suffixes: [0; 4],
    prefixes: [0; 3],
    pattern: 1,
    case: Case::Mark,
    entry: super::form::Entry::NONE,
    lower_entry: super::form::Entry::NONE,
};

/// The form at `at`, or one that stands for the outside of the sentence.
#[inline]
pub(super) fn form_at(forms: &[Form], at: usize) -> &Form {
    forms.get(at).unwrap_or(&OUTSIDE)
}

/// Calls `emit` with each feature of the token at `at`, given the tags of the two before it (nearest first).
#[inline]
pub(super) fn features(forms: &[Form], at: usize, [tag1, tag2]: [Fine; 2], mut emit: impl FnMut(u64)) {
    let [before2, before, here, after, after2] =
        [at.wrapping_sub(2), at.wrapping_sub(1), at, at + 1, at + 2].map(|place| form_at(forms, place));
    let mut template = 0;
    let mut one = |values: [u64; 3]| {
        template += 1;
        emit(feature(template, values));
    };
    let (tag1, tag2) = (tag1.value(), tag2.value());
    let place = u64::from(at == 0) << 8 | here.case as u64;
    one([0, 0, 0]);
    one([here.word, 0, 0]);
    one([here.lower, place, 0]);
    here.suffixes.into_iter().for_each(|suffix| one([suffix, 0, 0]));
    here.prefixes.into_iter().for_each(|prefix| one([prefix, 0, 0]));
    one([here.pattern, u64::from(at == 0), 0]);
    one([here.suffixes[2], here.case as u64, tag1]);
    one([here.entry.tags(), place, 0]);
    one([here.lower_entry.tags(), place, 0]);
    one([tag1, tag2, 0]);
    one([tag1, here.lower, 0]);
    one([tag1, after.lower, 0]);
    one([tag1, here.entry.tags(), after.entry.tags()]);
    one([tag1, tag2, here.entry.tags()]);
    one([before.lower, 0, 0]);
    one([before.lower, here.lower, 0]);
    one([before2.lower, 0, 0]);
    one([before2.lower, before.lower, 0]);
    one([after.lower, 0, 0]);
    one([here.lower, after.lower, 0]);
    one([before.lower, after.lower, 0]);
    one([after2.lower, 0, 0]);
    one([after.lower, after2.lower, 0]);
    one([after.suffixes[2], after.case as u64, 0]);
    one([before.suffixes[2], 0, 0]);
    one([after.entry.tags(), here.entry.tags(), 0]);
    one([after.entry.tags(), after2.entry.tags(), here.entry.tags()]);
    one([here.entry.cluster(), 0, 0]);
    one([here.entry.cluster(), tag1, 0]);
    one([here.entry.coarse(), after.entry.coarse(), tag1]);
    one([before.entry.cluster(), 0, 0]);
    one([after.entry.cluster(), 0, 0]);
    one([before.case as u64, here.case as u64, after.case as u64]);
}
