//! A question and the passages found for it become a [`Look`]: what is looked for, what each token is to it, and how much each
//! sentence speaks of it. Made once; all readers of the cascade and the decision over their candidates share it.

use std::cell::OnceCell;

use super::evidence::{SentenceEvidence, weigh};
use super::linear::{self, Worth};
use super::sought::Sought;
use super::view::{Cell, View};
use crate::question::{Question, Subject};
use crate::retrieval::Passage;
use crate::span::Span;
use crate::text::Token;

/// Passages as seen by a question.
#[derive(Debug)]
pub struct Look<'p> {
    /// The question.
    pub(crate) question: &'p Question,
    /// The passages, best first.
    pub(crate) passages: &'p [Passage],
    /// What is looked for, words weighed by how rare they are.
    pub(crate) sought: Sought,
    /// The passages' tokens, passage by passage.
    pub(super) views: Vec<View<'p>>,
    /// What the sentences of each passage speak of; those of boilerplate are missing, so that one is found by its
    /// [`sentence`](SentenceEvidence::sentence).
    pub(super) evidence: Vec<Vec<SentenceEvidence>>,
    /// The sentences, ranked when first asked for.
    ranked: OnceCell<Vec<Worth>>,
}

impl<'p> Look<'p> {
    /// Looks at passages with a question in mind.
    #[must_use]
    pub fn new(question: &'p Question, passages: &'p [Passage]) -> Self {
        Self::weighed(question, passages, linear::rarity)
    }

    /// The same with other weights: `rarity` is how rare a stem is, 0 to 1.
    pub(super) fn weighed(question: &'p Question, passages: &'p [Passage], rarity: impl Fn(&str) -> f32) -> Self {
        let mut sought = Sought::new(question);
        sought.weigh(rarity);
        // Questions about documents are answered from what is known of those: nobody reads the passages.
        let read = if matches!(question.subject, Subject::Document { .. }) { &[] } else { passages };
        let views: Vec<View<'_>> = read.iter().map(|passage| View::new(&passage.record, &sought)).collect();
        let evidence = views.iter().map(|view| weigh(view, &sought)).collect();
        Self { question, passages, sought, views, evidence, ranked: OnceCell::new() }
    }

    /// The sentences of all passages, each once, best first.
    pub(super) fn worth(&self) -> &[Worth] {
        self.ranked.get_or_init(|| linear::ranked(self))
    }

    /// The years that the passages' dates name.
    pub(crate) fn years(&self) -> impl Iterator<Item = i16> + '_ {
        let dates = self.views.iter().flat_map(|view| &view.amounts).flat_map(|amount| [amount.date, amount.until]);
        dates.filter_map(|date| date?.year)
    }

    /// Where terms of the question stand in each passage, in bytes of the document's text, and which they are.
    pub(crate) fn found(&self) -> impl Iterator<Item = Vec<(Span, usize)>> + '_ {
        let place = |(cell, token): (&Cell, &Token)| Some((token.span, cell.term?));
        self.views.iter().map(move |view| view.cells.iter().zip(&view.record.analysis.tokens).filter_map(place).collect())
    }
}
