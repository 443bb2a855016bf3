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
    /// Somebody without a name ("the judge").
    Role,
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
    /// Whether it was the answer to a question that asked for it.
    pub(super) answer: bool,
    /// Whether it did what the question asked about.
    pub(super) subject: bool,
    /// Whether it is one of many ("a fuse") that was spoken of by the way.
    pub(super) loose: bool,
}

impl Named {
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.trim().to_owned(), kind, turn: 0, beside: 0, overheard: false, answer: false, subject: false, loose: false }
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
    /// The answers given, the last at the end.
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
    /// What the pronouns of the last question stood for: it is what the conversation is about ("backward-looking center", Grosz, Joshi and Weinstein 1995).
    pub(super) stood: Vec<String>,
    /// Whether it could not be told what was asked last: what leans on that leans on nothing.
    pub(super) lost: bool,
}

impl Memory {
    /// Keeps a person named outside of a question.
    pub fn mention(&mut self, name: &str) {
        self.turn += 1;
        self.put(Named::new(name, Kind::Person));
    }

    /// Whether the last question asked for somebody who was not found.
    pub(super) fn is_left_open(&self) -> bool {
        let asks_for_somebody = |last: &Last| {
            let cut = Cut::new(&last.question);
            cut.asking().is_some_and(|at| matches!(cut.word(at), "who" | "whom"))
        };
        let answered = || self.names.iter().any(|named| named.turn == self.turn && named.answer);
        self.last.as_ref().is_some_and(|last| asks_for_somebody(last) && !asks_who_is(&last.question)) && !answered()
    }

    pub(super) fn put(&mut self, named: Named) {
        if named.name.is_empty() {
            return;
        }
        let named = Named { name: self.in_full(named.name), ..named };
        let known = self.names.iter().find(|before| before.name == named.name);
        // Who is heard in the answer to a question that names him stands where the question put him.
        if named.overheard && known.is_some_and(|known| known.turn == self.turn && !known.overheard) {
            return;
        }
        let overheard = named.overheard && known.is_none_or(|known| known.overheard);
        // What an "it" stood for does not become somebody because its name is looked at again.
        let kind = known.filter(|known| self.stood.contains(&known.name)).map_or(named.kind, |known| known.kind);
        let named = Named { kind, ..named };
        self.names.retain(|before| before.name != named.name);
        self.names.insert(0, Named { turn: self.turn, overheard, ..named });
        self.names.truncate(KEPT);
    }

    /// The full names of people spoken of of whom a bare given name or surname is a part.
    pub(super) fn bearers(&self, bare: &str) -> Vec<String> {
        let holds = |named: &&Named| {
            named.kind == Kind::Person
                && named.name.contains(' ')
                && !named.name.contains(" and ")
                && named.name.split(' ').any(|word| word == bare)
        };
        let all = self.names.iter().filter(|_| !bare.contains(' ')).filter(holds);
        all.map(|named| named.name.clone()).collect()
    }

    /// A name with what was said of it before: "Kell", once Joan Kell was spoken of and no other.
    fn in_full(&self, name: String) -> String {
        match self.bearers(&name).as_slice() {
            [one] => one.clone(),
            _ => name,
        }
    }

    /// Keeps what a question spoke of and what answered it.
    pub(super) fn keep(&mut self, asked: &Asked, is_person: &dyn Fn(&str) -> bool) {
        self.turn += 1;
        self.pending = None;
        let cut = Cut::new(&asked.question.words);
        let auxiliary = cut.auxiliary();
        let spoken_of = cut.things(is_person).into_iter().filter(|thing| !cut.is_source(&thing.tokens)).map(|thing| self.known(thing));
        let spoken_of = spoken_of.map(|thing| {
            let subject = auxiliary.is_some_and(|auxiliary| auxiliary + 1 == thing.tokens.start);
            Thing { named: Named { subject, ..thing.named }, ..thing }
        });
        let (answer, speaker, report) = answered(asked, is_person);
        let things = apart(&cut, spoken_of.collect(), !answer.is_empty());
        let things = side_by_side(&cut, things);
        let sought = cut.sought().map(|tokens| Named::new(&format!("the {}", cut.slice(&tokens)), Kind::Sought));
        // Who speaks is nearer than what is spoken of; whoever the answer is, is nearest.
        let told = self.told(asked);
        for named in report.into_iter().chain(sought).chain(things.into_iter().rev()).chain(speaker).chain(answer.into_iter().rev()) {
            self.put(named);
        }
        self.last = Some(told);
        self.lost = false;
    }

    /// Keeps who said the last answer, who was asked for.
    pub(super) fn heard(&mut self, name: &str, kind: Kind) {
        self.names.iter_mut().for_each(|named| named.answer = false);
        self.put(Named { answer: true, ..Named::new(name, kind) });
    }

    /// What stands in a question because a pronoun stood for it is just that, whatever the words behind it look like.
    fn known(&self, thing: Thing) -> Thing {
        let longer = |stood: &&String| thing.named.name.strip_prefix(stood.as_str()).is_some_and(|rest| rest.starts_with(' '));
        match self.stood.iter().find(longer) {
            Some(stood) => Thing { named: Named { name: stood.clone(), ..thing.named.clone() }, ..thing },
            None => thing,
        }
    }

    fn told(&self, asked: &Asked) -> Last {
        let mut given = self.last.as_ref().map(|last| last.given.clone()).unwrap_or_default();
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
    let mut subject = false;
    let mut end = None;
    for thing in things {
        let between = end.map(|end: usize| end..thing.tokens.start);
        let joined =
            between.is_some_and(|mut between| !between.is_empty() && between.all(|at| matches!(cut.word(at), "and" | "or" | "," | "nor")));
        group += u32::from(!joined);
        subject = thing.named.subject || joined && subject;
        end = Some(thing.tokens.end);
        named.push(Named { beside: group, subject, ..thing.named });
    }
    named
}

/// Those of a question that are not the same as another of it: whose role is asked for or told is who holds it ("is Ann Bell a judge", "who is the judge").
fn apart(cut: &Cut<'_>, things: Vec<Thing>, found: bool) -> Vec<Thing> {
    let is = |at: usize| matches!(cut.word(at), "is" | "was" | "are" | "were");
    let asked = |thing: &Thing| found && cut.word(0) == "who" && is(1) && thing.tokens.start == 2;
    let told = |thing: &Thing| {
        let behind = |person: &Thing| {
            person.named.kind == Kind::Person
                && person.tokens.end == thing.tokens.start
                && person.tokens.start > 0
                && is(person.tokens.start - 1)
        };
        things.iter().any(behind)
    };
    let same: Vec<bool> = things.iter().map(|thing| thing.named.kind == Kind::Role && (asked(thing) || told(thing))).collect();
    // "What is the Marl Trust" asks for no person.
    let thing = |at: usize| cut.word(0) == "what" && is(1) && at == 2;
    let kept = things.into_iter().zip(same).filter(|(_, same)| !same).map(|(thing, _)| thing);
    kept.map(|found| {
        let body = thing(found.tokens.start) && found.tokens.end == cut.end() && matches!(found.named.kind, Kind::Person | Kind::Place);
        if body { Thing { named: Named { kind: Kind::Body, ..found.named }, ..found } } else { found }
    })
    .collect()
}

/// What a speaker is.
pub(super) fn kind_of(kind: EntityKind) -> Kind {
    if kind == EntityKind::Organization { Kind::Body } else { Kind::Person }
}

/// "Who are Tom and Ann Pell?"
fn asks_who_is(question: &str) -> bool {
    let cut = Cut::new(question);
    let names = cut.names();
    let named = names.first().is_some_and(|name| name.start == 2) && names.last().is_some_and(|name| name.end == cut.end());
    cut.word(0) == "who" && matches!(cut.word(1), "is" | "was" | "are" | "were") && named
}

/// Whether a name by itself is read as a person's.
fn reads_as_person(name: &str) -> bool {
    let cut = Cut::new(name);
    cut.things(&|_| false).first().is_some_and(|thing| thing.named.kind == Kind::Person)
}

/// Those of an answer that names several ("Tom and Ann Pell"), side by side.
fn each(one: Named, is_person: &dyn Fn(&str) -> bool) -> Vec<Named> {
    let cut = Cut::new(&one.name);
    let people = cut.things(is_person).into_iter().filter(|thing| thing.named.kind == Kind::Person);
    let people: Vec<Named> = side_by_side(&cut, people.collect()).into_iter().map(|named| Named { answer: true, ..named }).collect();
    if people.len() > 1 && one.name.contains(" and ") { people } else { vec![one] }
}

type Answered = (Vec<Named>, Option<Named>, Option<Named>);

/// Who the answer is, who says it, and in what report.
fn answered(asked: &Asked, is_person: &dyn Fn(&str) -> bool) -> Answered {
    let Outcome::Answered { answers, .. } = &asked.outcome else { return (Vec::new(), None, None) };
    let Some(best) = answers.first() else { return (Vec::new(), None, None) };
    let named = |kind| {
        let one = best.text.starts_with(char::is_uppercase).then(|| Named { answer: true, ..Named::new(&best.text, kind) });
        one.map(|one| if kind == Kind::Person { each(one, is_person) } else { vec![one] }).unwrap_or_default()
    };
    let author = matches!(asked.question.subject, Subject::Document { field: crate::question::Field::Author, .. });
    let answer = match best.answer_type {
        // Who "who is Ann Bell" is answered with is Ann Bell, or what she is.
        _ if asks_who_is(&asked.question.words) => Vec::new(),
        // A place that was taken for somebody is nobody.
        AnswerType::Person if is_person(&best.text) || reads_as_person(&best.text) => named(Kind::Person),
        AnswerType::Organization => named(Kind::Body),
        AnswerType::Place => named(Kind::Place),
        AnswerType::Metadata if author || is_person(&best.text) => named(Kind::Person),
        _ => Vec::new(),
    };
    let citation = best.citations.first();
    let speaker = citation.and_then(|citation| citation.speaker.as_ref());
    let speaks = speaker.filter(|speaker| {
        matches!(speaker.kind, EntityKind::Person | EntityKind::Organization) && speaker.name.starts_with(char::is_uppercase)
    });
    let title = citation.and_then(|citation| citation.document.title.clone());
    let report = title.map(|title| Named::new(&format!("the report titled “{title}”"), Kind::Report));
    (answer, speaks.map(|speaker| Named { overheard: true, ..Named::new(&speaker.name, kind_of(speaker.kind)) }), report)
}
