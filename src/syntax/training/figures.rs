//! Models and gold documents become the figures of the model card.

use std::fmt::Write;

use super::super::names::Namer;
use super::super::{EntityKind, Mention, Models, Tag};
use super::conllu::Document;
use super::{Fine, document, naming_example};
use crate::syntax::form::Former;

/// Right, guessed and gold.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: usize,
    guessed: usize,
    gold: usize,
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
    lines
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

fn names(models: &Models<'_>, documents: &[Document]) -> Vec<(String, Score)> {
    let mut former = Former::new(models.lexicon);
    let mut scores = [Score::default(); 5];
    for document in documents.iter().filter(|document| document.named) {
        let example = naming_example(document, &mut former, &models.tagger);
        let view = document::Document::new(&example.forms, &example.tags);
        let mut start = 0;
        for (&end, sentence) in example.ends.iter().zip(&document.sentences) {
            let gold: Vec<Mention> = crate::syntax::names::mentions(&example.labels[start..end], start).collect();
            let guessed = found(&models.names, &view, start..end);
            debug_assert_eq!(gold.len(), sentence.mentions.len());
            count(&mut scores, &gold, &guessed);
            start = end;
        }
    }
    let kinds = ["person", "organization", "place", "other", "all"];
    kinds.iter().map(|&kind| kind.to_owned()).zip(scores).collect()
}

fn found(namer: &Namer<'_>, document: &document::Document<'_>, tokens: std::ops::Range<usize>) -> Vec<Mention> {
    let mut mentions = Vec::new();
    namer.find(document, tokens, &mut mentions);
    mentions
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
