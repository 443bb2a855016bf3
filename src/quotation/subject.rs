//! Subjects and their verbs: which verb a phrase goes with, and whether it is what its sentence is about.
//!
//! Read from tags and word order alone.

use super::cue::CueClass;
use super::features::Scene;
use super::page::{Item, Page};
use super::phrase::Phrase;
use crate::syntax::Tag;
use crate::text::{Shape, folded};

/// Verbs whose object is who is spoken to.
const ADDRESSING: &[&str] = &["tell", "inform", "warn", "assure", "remind", "advise", "instruct", "urge", "order", "notify"];

impl Scene<'_> {
    /// Whether the text denies that the verb was done: "never said", "did not say".
    pub(super) fn is_denied(&self, verb: usize) -> bool {
        let place = self.item_of(verb);
        (place.saturating_sub(3)..place)
            .rev()
            .map_while(|item| match self.page.item(item) {
                Item::Token(token) if self.page.tag(token) != Tag::Punct => Some(folded(self.page.word(token)).into_owned()),
                _ => None,
            })
            .any(|word| matches!(word.as_str(), "not" | "never") || word.ends_with("n't"))
    }

    /// The verb that follows a phrase, over adverbs, auxiliaries and what stands between commas: its token and the steps to it.
    pub(super) fn verb_after(&self, phrase: &Phrase) -> Option<usize> {
        self.verb_from(self.item_of(phrase.tokens.end.saturating_sub(1)).saturating_add(1))
    }

    /// The verb behind a name set off by commas after a role ("The harbour master, Ann Webb, said").
    pub(super) fn verb_of_set_off(&self, phrase: &Phrase) -> Option<usize> {
        let comma = |token: usize| self.page.word(token) == ",";
        let set_off = !phrase.name.is_empty() && phrase.tokens.start.checked_sub(1).is_some_and(comma) && comma(phrase.tokens.end);
        let listed = self.page.tag(phrase.tokens.end + 1) == Tag::Cconj;
        if set_off && !listed { self.verb_from(self.item_of(phrase.tokens.end).saturating_add(1)) } else { None }
    }

    fn verb_from(&self, mut item: usize) -> Option<usize> {
        let mut walk = Walk::default();
        for _ in 0..LONGEST_WALK {
            let Item::Token(token) = self.page.item(item) else { return None };
            match walk.step(self.page, token) {
                Step::Verb => return Some(token),
                Step::On => item += 1,
                Step::Stop => return None,
            }
        }
        None
    }

    /// Whether the phrase is what is judged or who is addressed, rather than who speaks: its verb before the item `place` is the passive of one
    /// for calling, finding or judging ("the service has been judged as …", "councils in which care was found to be …"), or for speaking to
    /// somebody ("she was told by the clerk: …").
    pub(super) fn is_judged(&self, phrase: &Phrase, place: usize) -> bool {
        let Some(verb) = self.verb_after(phrase).filter(|&verb| self.item_of(verb) < place) else { return false };
        let judges = |(lemma, class): (&str, CueClass)| {
            matches!(class, CueClass::Label | CueClass::Judge | CueClass::Find | CueClass::Think | CueClass::Ask)
                || ADDRESSING.contains(&lemma)
        };
        let participle = !self.page.word(verb).ends_with("ing");
        participle && self.page.cue(verb).is_some_and(judges) && self.is_passive(verb)
    }

    /// Whether the phrase stands in a dateline ("PORT SALLOW, May 3 (CNS) — …"), which tells where a report was written.
    pub(super) fn is_in_dateline(&self, phrase: &Phrase) -> bool {
        let place = self.item_of(phrase.tokens.start);
        let first =
            (place.saturating_sub(DATELINE)..place).rev().find(|&item| self.page.item(item) == Item::Break).map_or(0, |item| item + 1);
        let token = |item: usize| match self.page.item(item) {
            Item::Token(token) => Some(token),
            _ => None,
        };
        let small = |item: usize| token(item).is_none_or(|token| self.page.shape(token) == Shape::Lower);
        let dash = (first..first + DATELINE)
            .take_while(|&item| !small(item))
            .find(|&item| token(item).is_some_and(|token| matches!(self.page.word(token), "—" | "–" | "-" | "--" | "―")));
        let loud =
            token(first).is_some_and(|token| self.page.shape(token) == Shape::Upper && self.page.word(token).chars().nth(2).is_some());
        place - first.min(place) < DATELINE && loud && dash.is_some_and(|dash| place < dash)
    }

    /// The verb of whose passive the phrase is the agent ("disputed by Webb").
    pub(super) fn verb_of_agent(&self, phrase: &Phrase) -> Option<usize> {
        let by = phrase.tokens.start.checked_sub(1).filter(|&by| self.page.word(by) == "by")?;
        by.checked_sub(1).filter(|&verb| self.page.tag(verb) == Tag::Verb && self.is_passive(verb))
    }

    /// Whether a form of "be" stands before the verb, with adverbs at most between them.
    fn is_passive(&self, verb: usize) -> bool {
        let before = (verb.saturating_sub(4)..verb).rev().find(|&token| !matches!(self.page.tag(token), Tag::Adv | Tag::Part));
        before.is_some_and(|token| {
            matches!(
                folded(self.page.word(token)).as_ref(),
                "be" | "been" | "being" | "is" | "are" | "was" | "were" | "get" | "gets" | "got"
            )
        })
    }

    /// The reporting verb right before a phrase ("said Webb"), or the "according" of "according to Webb".
    pub(super) fn verb_before(&self, phrase: &Phrase) -> Option<usize> {
        let item = self.item_of(phrase.tokens.start).checked_sub(1)?;
        match self.page.item(item) {
            Item::Token(token) if self.page.cue(token).is_some() => Some(token),
            Item::Token(token) if self.page.word(token) == "to" => token.checked_sub(1).filter(|&before| is_according(self.page, before)),
            _ => None,
        }
    }

    /// Whether no noun, verb or pronoun stands before `item` in its sentence but in introductory phrases ("On Monday, ").
    pub(super) fn is_main_subject(&self, first: usize) -> bool {
        let mut governed = true;
        for item in (first.saturating_sub(14)..first).rev() {
            if self.ends_sentence(item) || matches!(self.page.item(item), Item::Piece(_)) {
                return true;
            }
            let Item::Token(token) = self.page.item(item) else { return true };
            match self.page.tag(token) {
                Tag::Punct if self.page.word(token) == "," => governed = false,
                Tag::Cconj | Tag::Sconj | Tag::Adv if governed => {}
                _ if governed => return false,
                Tag::Verb | Tag::Aux if !self.page.word(token).ends_with("ing") => return false,
                _ => {}
            }
        }
        first == 0
    }
}

fn is_according(page: &Page, token: usize) -> bool {
    matches!(page.word(token), "according" | "According")
}

/// Longest dateline, in steps.
const DATELINE: usize = 14;

/// Longest way from a subject to its verb, in steps.
const LONGEST_WALK: usize = 40;

/// The way from a subject to its verb.
#[derive(Default)]
struct Walk {
    in_apposition: bool,
    /// A preposition or "and" has been passed: a noun may follow.
    open: bool,
    steps: usize,
}

enum Step {
    Verb,
    On,
    Stop,
}

impl Walk {
    fn step(&mut self, page: &Page, token: usize) -> Step {
        self.steps += 1;
        match page.tag(token) {
            Tag::Verb if !self.in_apposition => Step::Verb,
            Tag::Punct if matches!(page.word(token), "," | "(" | ")" | "—" | "–" | "-") => {
                self.in_apposition = !self.in_apposition;
                Step::On
            }
            Tag::Punct => Step::Stop,
            _ if self.in_apposition => Step::On,
            Tag::Noun if page.cue(token).is_some() && !self.open => Step::Verb,
            Tag::Adv | Tag::Aux | Tag::Part => Step::On,
            Tag::Adp | Tag::Cconj => {
                self.open = true;
                Step::On
            }
            // "of the union", "from Oldham"
            Tag::Propn | Tag::Noun | Tag::Det | Tag::Num | Tag::Adj | Tag::Pron if self.open && self.steps < 12 => Step::On,
            _ => Step::Stop,
        }
    }
}
