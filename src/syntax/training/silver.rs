//! News articles with the names of their speakers become examples for the name tagger, labelled where rules are sure.
//!
//! Sure are: the full names of speakers and their surnames, a title or a known first name with the capitalized words after it,
//! runs that end in a word for an organization, and countries, counties and cities alone. Of other capitalized words nothing
//! is said, and the training learns nothing from them (partial labels).

use std::collections::BTreeSet;

use super::super::document::{Document, FIRST_NAME, ORGANIZATION, PLACE, Run, TITLE, runs};
use super::super::fine::Fine;
use super::super::form::{Case, Form};
use super::super::names::{Label, Namer, labels};
use super::super::{EntityKind, Mention};
use super::names::Example;

/// An article's words, tags and names known beforehand.
pub(super) struct Article<'a> {
    pub(super) words: Vec<&'a str>,
    pub(super) forms: &'a [Form],
    pub(super) tags: &'a [Fine],
    /// The words of full names of people.
    pub(super) people: &'a BTreeSet<Vec<String>>,
    /// The last words of such names.
    pub(super) surnames: BTreeSet<&'a str>,
}

/// The labels of the sentence at `tokens`; `None` where nothing is known.
pub(super) fn known_labels(article: &Article<'_>, tokens: std::ops::Range<usize>) -> Vec<Option<Label>> {
    let (forms, tags) = (&article.forms[tokens.clone()], &article.tags[tokens.clone()]);
    let words = &article.words[tokens];
    let mut known = vec![Some(Label::OUTSIDE); words.len()];
    let mut at = 0;
    let runs = runs(forms, tags);
    while at < words.len() {
        let run = runs[at];
        if run.length == 0 {
            at += 1;
            continue;
        }
        let kind = kind(article, words, forms, run);
        let mention = kind.map(|kind| Mention { tokens: 0..run.length, kind });
        let found = mention.map(|mention| labels(run.length, &[mention]));
        for offset in 0..run.length {
            known[run.start + offset] = found.as_ref().map(|labels| labels[offset]);
        }
        at = run.end;
    }
    known
}

/// What a run of capitalized words names, if that is sure.
fn kind(article: &Article<'_>, words: &[&str], forms: &[Form], run: Run) -> Option<EntityKind> {
    let words = &words[run.start..run.end];
    let forms = &forms[run.start..run.end];
    let is = |at: usize, bit: u64| forms.get(at).is_some_and(|form| form.entry.gazetteers() & bit != 0);
    let last = forms.len() - 1;
    let written = |form: &Form| matches!(form.case, Case::Title | Case::Initial | Case::Mixed);
    let titles = (0..forms.len()).take_while(|&at| is(at, TITLE)).count();
    let rest: Vec<String> = words[titles..].iter().map(|&word| word.to_owned()).collect();
    let organization = is(last, ORGANIZATION);
    let untitled = forms.len() - titles;
    if article.people.contains(&rest) || untitled == 1 && article.surnames.contains(words[last]) {
        return Some(EntityKind::Person);
    }
    let shaped = (2..=4).contains(&untitled) && forms[titles..].iter().all(written) && !organization;
    if shaped && is(titles, FIRST_NAME) && !(titles..=last).any(|at| is(at, PLACE)) {
        return Some(EntityKind::Person);
    }
    if titles > 0 && untitled == 1 && written(&forms[last]) && !organization && !is(last, PLACE) {
        return Some(EntityKind::Person);
    }
    if organization && forms.len() >= 2 && titles == 0 && !is(0, FIRST_NAME) {
        return Some(EntityKind::Organization);
    }
    (forms.len() == 1 && is(0, PLACE) && !is(0, FIRST_NAME) && !organization).then_some(EntityKind::Place)
}

/// Fills in what a model finds where nothing is known; what it takes for people is left open.
pub(super) fn fill(example: &mut Example, model: &[u8]) {
    let namer = Namer::read(model);
    let document = Document::new(&example.forms, &example.tags);
    let mut mentions = Vec::new();
    let mut start = 0;
    for &end in &example.ends {
        namer.find(&document, start..end, &mut mentions);
        start = end;
    }
    let found = labels(example.forms.len(), &mentions);
    let people = mentions.iter().filter(|mention| mention.kind == EntityKind::Person);
    let people: BTreeSet<usize> = people.flat_map(|mention| mention.tokens.clone()).collect();
    for (at, (label, found)) in example.labels.iter_mut().zip(found).enumerate() {
        if label.is_none() && !people.contains(&at) {
            *label = Some(found);
        }
    }
}
