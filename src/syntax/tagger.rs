//! Tokens of a sentence get fine tags, left to right: a greedy tagger.
//!
//! A third of them are words the lexicon knows by one tag alone; for the others a small network reads the words around, the
//! lexicon's tags of the words to come, and clusters.

use super::fine::{FINE_TAGS, Fine, NO_TAG};
use super::form::{Case, Form};
use super::network::{Active, Network, best};
use super::weights::feature;

/// Weights of a row: those of the tags, and the hidden layer's.
pub(super) const WIDTH: usize = FINE_TAGS + 32;

/// The tagger's weights.
#[derive(Clone, Debug)]
pub(super) struct Tagger<'m>(Network<'m, FINE_TAGS, WIDTH>);

impl<'m> Tagger<'m> {
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        Self(Network::read(bytes))
    }

    /// Appends the tags of one sentence to `tags`.
    pub(super) fn tag(&self, forms: &[Form], tags: &mut Vec<Fine>) {
        let mut history = [NO_TAG; 2];
        for at in 0..forms.len() {
            let tag = sure(forms, at).unwrap_or_else(|| self.decide(forms, at, history));
            tags.push(tag);
            history = [tag, history[0]];
        }
    }

    fn decide(&self, forms: &[Form], at: usize, history: [Fine; 2]) -> Fine {
        let mut active = Active::new();
        features(forms, at, history, |hash| active.add(hash));
        Fine(best(&self.0.scores(&active), |_| true) as u8)
    }
}

/// The tag of a word that has no other: nothing around it is looked at.
#[inline]
pub(super) fn sure(forms: &[Form], at: usize) -> Option<Fine> {
    forms.get(at).and_then(|form| form.entry.sure()).map(Fine)
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
    one([here.lower_entry.cluster(), place, 0]);
    one([before.entry.coarse(), here.entry.coarse(), after.entry.coarse()]);
    one([after2.entry.cluster(), 0, 0]);
    one([before2.entry.cluster(), 0, 0]);
    one([after.entry.tags(), 0, 0]);
    one([before.entry.tags(), here.entry.tags(), 0]);
    one([here.entry.gazetteers(), place, 0]);
    one([here.entry.coarse(), after.entry.coarse(), tag1]);
    one([before.entry.cluster(), 0, 0]);
    one([after.entry.cluster(), 0, 0]);
    one([before.case as u64, here.case as u64, after.case as u64]);
}
