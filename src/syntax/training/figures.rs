//! Models and gold documents become the figures of the model card.

use std::fmt::Write;

use super::super::names::Label;
use super::super::parser::Tagged;
use super::super::transition::Configuration;
use super::super::{EntityKind, Mention, Models, Relation, Tag, Word};
use super::conllu::{Document, RELATIONS};
use super::raw::{self, RawScores};
use super::{Fine, document, naming_example};
use crate::syntax::form::Former;

/// Right, guessed and gold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    pub(super) right: usize,
    pub(super) guessed: usize,
    pub(super) gold: usize,
}

impl Score {
    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.guessed + self.gold).max(1) as f64
    }
}

/// Measures on gold tokens.
pub(super) fn measure(models: &Models<'_>, name: &str, documents: &[Document]) -> String {
    let mut lines = String::new();
    let _ = writeln!(lines, "{name}: universal tags {:.2} %", tags(models, documents));
    let _ = writeln!(lines, "{name}: lemmas {:.2} % (gold tags, case apart)", lemmas(models, documents));
    let [unlabelled, labelled, subtyped] = attachments(models, documents);
    let _ = writeln!(lines, "{name}: attachment {unlabelled:.2} %, labelled {labelled:.2} % (with subtypes {subtyped:.2} %)");
    if documents.iter().any(|document| document.named) {
        for (kind, score) in names(models, documents) {
            let precision = 100.0 * score.right as f64 / score.guessed.max(1) as f64;
            let recall = 100.0 * score.right as f64 / score.gold.max(1) as f64;
            let _ = writeln!(
                lines,
                "{name}: {kind} names F1 {:.1} (precision {precision:.1}, recall {recall:.1}, {} gold)",
                score.f1(),
                score.gold
            );
        }
    }
    raw_lines(models, name, documents, &mut lines);
    lines
}

/// The figures on running text, cut by our own tokenizer.
fn raw_lines(models: &Models<'_>, name: &str, documents: &[Document], lines: &mut String) {
    let mut scores = RawScores::default();
    documents.iter().for_each(|document| raw::score(models, document, &mut scores));
    let kinds = [
        ("tokens", scores.tokens),
        ("sentences", scores.sentences),
        ("universal tags", scores.tags),
        ("labelled attachment", scores.labelled),
        ("names", scores.names),
        ("person names", scores.people),
    ];
    for (kind, score) in kinds.into_iter().filter(|(_, score)| score.gold > 0) {
        let _ = writeln!(lines, "{name}, running text: {kind} F1 {:.2}", score.f1());
    }
}

fn tags(models: &Models<'_>, documents: &[Document]) -> f64 {
    let mut former = Former::new(models.lexicon);
    let (mut right, mut all) = (0, 0);
    for sentence in documents.iter().flat_map(|document| &document.sentences) {
        let forms: Vec<_> = sentence.words.iter().map(|word| former.form(word)).collect();
        let mut tags: Vec<Fine> = Vec::new();
        models.tagger.tag(&forms, &mut tags);
        all += tags.len();
        right += tags.iter().zip(&sentence.tags).filter(|(tag, gold)| Tag::eq(&tag.tag(), &gold.tag())).count();
    }
    100.0 * right as f64 / all.max(1) as f64
}

fn lemmas(models: &Models<'_>, documents: &[Document]) -> f64 {
    let (mut right, mut all) = (0_usize, 0_usize);
    for sentence in documents.iter().flat_map(|document| &document.sentences) {
        for ((word, lemma), tag) in sentence.words.iter().zip(&sentence.lemmas).zip(&sentence.tags) {
            let word = word.to_lowercase().replace('’', "'");
            all += 1;
            right += usize::from(models.lemmas.lemma(&word, tag.tag()) == lemma.to_lowercase());
        }
    }
    100.0 * right as f64 / all.max(1) as f64
}

/// Words with the right head, with the right head and relation, and with the right subtype too; marks count.
fn attachments(models: &Models<'_>, documents: &[Document]) -> [f64; 3] {
    let mut former = Former::new(models.lexicon);
    let (mut right, mut all) = ([0_usize; 3], 0);
    let mut configuration = Configuration::default();
    for sentence in documents.iter().flat_map(|document| &document.sentences) {
        let forms: Vec<_> = sentence.words.iter().map(|word| former.form(word)).collect();
        let mut tags = Vec::new();
        models.tagger.tag(&forms, &mut tags);
        let mut words = vec![Word { tag: Tag::X, head: None, relation: Relation::Root }; tags.len()];
        models.parser.parse(Tagged { forms: &forms, tags: &tags }, 0, &mut configuration, &mut words);
        all += words.len();
        for (word, (head, &relation)) in words.iter().zip(sentence.heads.iter().zip(&sentence.relations)) {
            let attached = word.head.map(|head| head as usize) == *head;
            let labelled = attached && (head.is_none() || main_type(word.relation) == main_type(relation));
            let subtyped = labelled && (head.is_none() || word.relation == relation);
            right.iter_mut().zip([attached, labelled, subtyped]).for_each(|(count, yes)| *count += usize::from(yes));
        }
    }
    right.map(|right| 100.0 * right as f64 / all.max(1) as f64)
}

/// A relation without its subtype, as shared tasks score it.
pub(super) fn main_type(relation: Relation) -> &'static str {
    let name = RELATIONS.iter().find(|(_, known)| *known == relation).map_or("dep", |(name, _)| name);
    name.split(':').next().unwrap_or_default()
}

fn names(models: &Models<'_>, documents: &[Document]) -> Vec<(String, Score)> {
    let mut former = Former::new(models.lexicon);
    let mut scores = [Score::default(); 5];
    for document in documents.iter().filter(|document| document.named) {
        let example = naming_example(document, &mut former, &models.tagger);
        let view = document::Document::new(&example.forms, &example.tags);
        let starts = [0].into_iter().chain(example.ends.iter().copied());
        let sentences: Vec<_> = starts.zip(&example.ends).map(|(start, &end)| start..end).collect();
        let gold: Vec<Mention> = sentences.iter().flat_map(|tokens| gold(&example.labels, tokens.clone())).collect();
        let guessed = models.mentions(&view, sentences.into_iter());
        count(&mut scores, &gold, &guessed);
    }
    let kinds = ["person", "organization", "place", "other", "all"];
    kinds.iter().map(|&kind| kind.to_owned()).zip(scores).collect()
}

fn gold(labels: &[Option<Label>], tokens: std::ops::Range<usize>) -> Vec<Mention> {
    let labels: Vec<Label> = labels[tokens.clone()].iter().map(|label| label.unwrap_or_default()).collect();
    crate::syntax::names::mentions(&labels, tokens.start).collect()
}

fn count(scores: &mut [Score; 5], gold: &[Mention], guessed: &[Mention]) {
    let place = |kind: EntityKind| kind as usize;
    for mention in gold {
        scores[place(mention.kind)].gold += 1;
        scores[4].gold += 1;
    }
    for mention in guessed {
        let right = usize::from(gold.contains(mention));
        for at in [place(mention.kind), 4] {
            scores[at].guessed += 1;
            scores[at].right += right;
        }
    }
}
