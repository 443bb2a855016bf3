//! Lists in the passages, bulleted and running, become candidates with all their members in order.

mod bulleted;
#[cfg(feature = "neural")]
mod cutting;
mod running;

use std::collections::BTreeMap;

use super::Candidate;
use super::linear::Worth;
use super::sought::Sought;
use super::view::View;
use crate::question::Question;
use crate::span::Span;

/// A list as it stands in a document.
#[derive(Debug)]
struct Listing {
    /// A passage that holds its beginning.
    passage: usize,
    /// The sentence that introduces it or holds its first member.
    sentence: usize,
    /// Its members, in order.
    members: Vec<Span>,
    /// Whether each member has a line of its own.
    bulleted: bool,
}

/// Scores of sentences by document and place.
pub(crate) struct Standing(BTreeMap<(u32, usize), f32>);

impl Standing {
    /// Looks up the scores of all sentences.
    pub(crate) fn new(views: &[View<'_>], worth: &[Worth]) -> Self {
        let key = |one: &Worth| {
            let view = views.get(one.passage)?;
            Some((view.record.document.ordinal, view.record.analysis.sentences.get(one.evidence.sentence)?.span.start))
        };
        Self(worth.iter().filter_map(|one| Some((key(one)?, one.standing()))).collect())
    }

    /// The score of a sentence of a passage; that of a sentence that matches nothing where it has none.
    pub(crate) fn of(&self, view: &View<'_>, sentence: usize) -> f32 {
        let start = view.record.analysis.sentences.get(sentence).map_or(0, |sentence| sentence.span.start);
        self.0.get(&(view.record.document.ordinal, start)).copied().unwrap_or(-6.0)
    }
}

/// The lists that may answer, best first.
pub(crate) fn lists(question: &Question, views: &[View<'_>], sought: &Sought, worth: &[Worth]) -> Vec<Candidate> {
    let judge = Judge::new(question, views, sought, worth);
    let listings = bulleted::find(views).into_iter().chain(running::find(views));
    let mut found: Vec<Candidate> = listings.filter_map(|listing| judge.candidate(listing)).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    found.dedup_by(|a, b| a.passage == b.passage && a.span == b.span);
    found
}

/// What is known of a question that asks for a list.
pub(crate) struct Judge<'p> {
    question: &'p Question,
    views: &'p [View<'p>],
    sought: &'p Sought,
    standing: Standing,
    /// How many members the question says there are.
    asked: Option<usize>,
}

impl<'p> Judge<'p> {
    /// Looks up what the sentences are worth.
    pub(crate) fn new(question: &'p Question, views: &'p [View<'p>], sought: &'p Sought, worth: &[Worth]) -> Self {
        Self { question, views, sought, standing: Standing::new(views, worth), asked: asked_number(sought) }
    }

    /// The words of a span as a list, where they are one.
    #[cfg(feature = "neural")]
    pub(crate) fn cut(&self, passage: usize, sentence: usize, span: Span) -> Option<Candidate> {
        let view = self.views.get(passage)?;
        let members = cutting::members(view, view.tokens_in(span));
        if members.len() < 2 { None } else { self.candidate(Listing { passage, sentence, members, bulleted: false }) }
    }

    fn candidate(&self, listing: Listing) -> Option<Candidate> {
        let view = self.views.get(listing.passage)?;
        let span = listing.members.first()?.cover(*listing.members.last()?);
        let introduced = self.standing.of(view, listing.sentence);
        let count = listing.members.len();
        let number = match self.asked {
            Some(asked) if asked == count => 2.5,
            Some(asked) if asked > count => -2.5,
            Some(_) => -1.0,
            None => 0.0,
        };
        let long = if count == 2 { -1.0 } else { 0.5 };
        let layout = if listing.bulleted { 0.5 } else { 0.0 };
        let share = |of: usize| of as f32 / count as f32;
        let repeated = share(listing.members.iter().filter(|member| repeats(view, **member, self.sought)).count());
        let intro = view.record.analysis.sentences.get(listing.sentence).map(|sentence| sentence.span);
        Some(Candidate {
            passage: listing.passage,
            sentence: listing.sentence,
            span,
            answer_type: self.question.answer_type,
            score: introduced + 1.0 + number + long + layout - 3.0 * repeated,
            parts: vec![("sentence", introduced), ("number", number), ("members", count as f32)],
            members: listing.members,
            evidence: intro,
        })
    }
}

fn repeats(view: &View<'_>, member: Span, sought: &Sought) -> bool {
    let cells = view.cells(view.tokens_in(member));
    !cells.is_empty() && cells.iter().filter(|cell| cell.shape.is_word()).all(|cell| cell.term.is_some() || sought.asks_with(&cell.word))
}

/// How many things the question says there are ("which five").
fn asked_number(sought: &Sought) -> Option<usize> {
    const WORDS: &[&str] = &[
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let value = |word: &String| WORDS.iter().position(|known| known == word).map(|at| at + 2).or_else(|| word.parse().ok());
    // Only a number right after the words that ask says how many; a year or a figure further on is part of the topic.
    sought.words.iter().take(5).find_map(value).filter(|number| (2..=60).contains(number))
}
