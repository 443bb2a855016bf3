//! The tagged tokens of a whole document become what it shows of each capitalized word, and the runs of such words.

use rustc_hash::FxHashMap;

use super::Tag;
use super::fine::Fine;
use super::form::{Case, Form};

/// The word is a title ("Mr", "Sir").
pub(super) const TITLE: u64 = 1;
/// A first name.
pub(super) const FIRST_NAME: u64 = 2;
/// A surname.
pub(super) const SURNAME: u64 = 4;
/// A word of a place's name.
pub(super) const PLACE: u64 = 8;
/// A word that ends organizations' names ("Council", "Ltd").
pub(super) const ORGANIZATION: u64 = 16;
/// A verb of speech.
pub(super) const SPEECH: u64 = 32;
/// A noun for what a person does ("minister", "striker").
pub(super) const ROLE: u64 = 64;

/// A document's tagged tokens and what they show together.
#[derive(Debug)]
pub(super) struct Document<'d> {
    pub(super) forms: &'d [Form],
    pub(super) tags: &'d [Fine],
    shown: FxHashMap<u64, u64>,
}

impl<'d> Document<'d> {
    pub(super) fn new(forms: &'d [Form], tags: &'d [Fine]) -> Self {
        let mut shown = FxHashMap::default();
        for (at, form) in forms.iter().enumerate().filter(|(_, form)| capital(form)) {
            *shown.entry(form.word).or_insert(0) |= evidence(forms, at);
        }
        Self { forms, tags, shown }
    }

    /// What the document shows of a word wherever it stands in it, as bits.
    pub(super) fn seen(&self, form: &Form) -> u64 {
        if capital(form) { self.shown.get(&form.word).copied().unwrap_or(0) } else { 1 << 20 }
    }
}

/// Whether a token is written like a name or a part of one.
pub(super) fn capital(form: &Form) -> bool {
    matches!(form.case, Case::Title | Case::Upper | Case::Initial | Case::Mixed)
}

/// What one place shows of the word there.
fn evidence(forms: &[Form], at: usize) -> u64 {
    let before = at.checked_sub(1).and_then(|at| forms.get(at));
    let after = forms.get(at + 1);
    let is = |form: Option<&Form>, bit: u64| form.is_some_and(|form| form.entry.gazetteers() & bit != 0);
    let known = |form: Option<&Form>, bit: u64| is(form, bit) && form.is_some_and(capital);
    let titled = known(before, TITLE) || at.checked_sub(2).is_some_and(|two| known(forms.get(two), TITLE) && is(before, FIRST_NAME));
    let named = known(before, FIRST_NAME);
    let speaks = is(after, SPEECH) || is(before, SPEECH);
    let leads = known(forms.get(at), FIRST_NAME) && after.is_some_and(capital);
    let ends = known(after, ORGANIZATION);
    let role = is(before, ROLE);
    [titled, named, speaks, leads, ends, role].iter().enumerate().fold(0, |bits, (place, &yes)| bits | u64::from(yes) << place)
}

/// The run of capitalized words a token stands in; empty for other tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) length: usize,
}

/// The run of each token of a sentence.
pub(super) fn runs(forms: &[Form], tags: &[Fine]) -> Vec<Run> {
    let mut runs = vec![Run::default(); forms.len()];
    let mut start = 0;
    while start < forms.len() {
        let length = forms.iter().zip(tags).skip(start).take_while(|(form, tag)| belongs(form, **tag)).count();
        let run = Run { start, end: start + length, length };
        runs.iter_mut().skip(start).take(length).for_each(|slot| *slot = run);
        start += length.max(1);
    }
    runs
}

fn belongs(form: &Form, tag: Fine) -> bool {
    tag.tag() == Tag::Propn || capital(form) && !matches!(tag.tag(), Tag::Pron | Tag::Det | Tag::Adp | Tag::Cconj | Tag::Sconj | Tag::Aux)
}
