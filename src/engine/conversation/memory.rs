//! Who and what was spoken of in a conversation, and the last question with its answer.

use serde::{Deserialize, Serialize};

use super::cut::{Cut, Thing};
use crate::answer::Outcome;
use crate::engine::Asked;
use crate::question::{AnswerType, Subject};
use crate::syntax::EntityKind;

/// How many names a conversation remembers.
const KEPT: usize = 12;
/// Characters of an answer or a sentence that are remembered.
const LENGTH: usize = 400;
/// Characters of an answer given that tell it from others.
const TELLING: usize = 80;
/// Answers that are remembered as given.
const GIVEN: usize = 12;

/// What a name or phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// A person.
    Person,
    /// A body of people, or a name that is neither a person nor a place.
    Body,
    /// A place.
    Place,
    /// A thing without a name ("the barrier").
    Thing,
    /// Several ("the fans").
    Things,
    /// A document.
    Report,
    /// What was counted or chosen ("how many pumps").
    Sought,
}

/// Somebody or something that was spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Named {
    /// The words that stand for it.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// In which turn it was spoken of last.
    pub(super) turn: u32,
    /// Those of one turn with the same number stand side by side ("A and B"): neither is meant more than the other.
    pub(super) beside: u32,
    /// Whether nobody has spoken of it but a sentence that was cited.
    pub(super) overheard: bool,
}

impl Named {
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.trim().to_owned(), kind, turn: 0, beside: 0, overheard: false }
    }
}

/// A question that waits for the name it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) words: String,
    pub(super) candidates: Vec<String>,
    /// The pronoun's bytes in the words.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) possessive: bool,
}

/// The last question and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Last {
    /// The question, standing alone.
    pub(super) question: String,
    /// The first answer's words.
    pub(super) answer: Option<String>,
    /// The sentence they stand in.
    pub(super) sentence: Option<String>,
    /// Whether the answer is a name.
    pub(super) is_name: bool,
    /// The answers given since the subject changed.
    pub(super) given: Vec<String>,
}

/// What a conversation remembers. It can be told as a [`token`](super::token) and made again from one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    pub(super) turn: u32,
    /// The latest first.
    pub(super) names: Vec<Named>,
    pub(super) last: Option<Last>,
    pub(super) pending: Option<Pending>,
}

impl Memory {
    /// Keeps a person named outside of a question.
    pub fn mention(&mut self, name: &str) {
        self.turn += 1;
        self.put(Named::new(name, Kind::Person));
    }

    /// Whether the last question asked for somebody who was not found.
    pub(super) fn is_left_open(&self) -> bool {
        let asks_for_somebody = |last: &Last| last.answer.is_none() && last.question.to_lowercase().starts_with("who");
        self.last.as_ref().is_some_and(asks_for_somebody)
    }

    pub(super) fn put(&mut self, named: Named) {
        if named.name.is_empty() {
            return;
        }
        let known = self.names.iter().any(|before| before.name == named.name && !before.overheard);
        self.names.retain(|before| before.name != named.name);
        self.names.insert(0, Named { turn: self.turn, overheard: named.overheard && !known, ..named });
        self.names.truncate(KEPT);
    }

    /// Keeps what a question spoke of and what answered it.
    pub(super) fn keep(&mut self, asked: &Asked, more: bool, is_person: &dyn Fn(&str) -> bool) {
        self.turn += 1;
        self.pending = None;
        let cut = Cut::new(&asked.question.words);
        let spoken_of = cut.things(is_person).into_iter().filter(|thing| !cut.is_source(&thing.tokens));
        let things = side_by_side(&cut, spoken_of.collect());
        let sought = cut.sought().map(|tokens| Named::new(&format!("the {}", cut.slice(&tokens)), Kind::Sought));
        let (answer, speaker, report) = answered(asked, is_person);
        // Who speaks is nearer than what is spoken of; whoever the answer is, is nearest.
        for named in report.into_iter().chain(sought).chain(things.into_iter().rev()).chain(speaker).chain(answer) {
            self.put(named);
        }
        self.last = Some(self.told(asked, more));
    }

    fn told(&self, asked: &Asked, more: bool) -> Last {
        let mut given = self.last.as_ref().filter(|_| more).map(|last| last.given.clone()).unwrap_or_default();
        let mut last = Last { question: asked.question.words.clone(), ..Last::default() };
        if let Outcome::Answered { answers, .. } = &asked.outcome
            && let Some(best) = answers.first()
        {
            let sentence = best.citations.first().map(|citation| citation.sentence.as_str()).filter(|sentence| !sentence.is_empty());
            last.answer = Some(short(&best.text));
            last.sentence = sentence.map(short);
            last.is_name = best.text.starts_with(char::is_uppercase) && best.text.split_whitespace().count() <= 6;
            given.push(best.text.chars().take(TELLING).collect());
        }
        given.drain(..given.len().saturating_sub(GIVEN));
        Last { given, ..last }
    }
}

fn short(words: &str) -> String {
    words.chars().take(LENGTH).collect()
}

/// Gives those joined by "and" or "or" a number of their own.
fn side_by_side(cut: &Cut<'_>, things: Vec<Thing>) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::with_capacity(things.len());
    let mut group = 0;
    let mut end = None;
    for thing in things {
        let between = end.map(|end: usize| end..thing.tokens.start);
        let joined =
            between.is_some_and(|mut between| !between.is_empty() && between.all(|at| matches!(cut.word(at), "and" | "or" | "," | "nor")));
        group += u32::from(!joined);
        end = Some(thing.tokens.end);
        named.push(Named { beside: group, ..thing.named });
    }
    named
}

/// Whether a name by itself is read as a person's.
fn reads_as_person(name: &str) -> bool {
    let cut = Cut::new(name);
    cut.things(&|_| false).first().is_some_and(|thing| thing.named.kind == Kind::Person)
}

type Answered = (Option<Named>, Option<Named>, Option<Named>);

/// Who the answer is, who says it, and in what report.
fn answered(asked: &Asked, is_person: &dyn Fn(&str) -> bool) -> Answered {
    let Outcome::Answered { answers, .. } = &asked.outcome else { return (None, None, None) };
    let Some(best) = answers.first() else { return (None, None, None) };
    let named = |kind| best.text.starts_with(char::is_uppercase).then(|| Named::new(&best.text, kind));
    let author = matches!(asked.question.subject, Subject::Document { field: crate::question::Field::Author, .. });
    let answer = match best.answer_type {
        // A place that was taken for somebody is nobody.
        AnswerType::Person if is_person(&best.text) || reads_as_person(&best.text) => named(Kind::Person),
        AnswerType::Organization => named(Kind::Body),
        AnswerType::Place => named(Kind::Place),
        AnswerType::Metadata if author || is_person(&best.text) => named(Kind::Person),
        _ => None,
    };
    let citation = best.citations.first();
    let speaker = citation.and_then(|citation| citation.speaker.as_ref());
    let speaks = speaker.filter(|speaker| {
        matches!(speaker.kind, EntityKind::Person | EntityKind::Organization) && speaker.name.starts_with(char::is_uppercase)
    });
    let kind = |kind| if kind == EntityKind::Organization { Kind::Body } else { Kind::Person };
    let title = citation.and_then(|citation| citation.document.title.clone());
    let report = title.map(|title| Named::new(&format!("the report titled “{title}”"), Kind::Report));
    (answer, speaks.map(|speaker| Named { overheard: true, ..Named::new(&speaker.name, kind(speaker.kind)) }), report)
}
