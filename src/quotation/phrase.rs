//! The reporter's words become [`Phrase`]s: pronouns, names and nouns with what stands before them, any of which may have spoken.
//!
//! A possessor ("Webb" in "Webb's claim", "his") is a phrase of its own besides the one it stands in.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::gender::Genders;
use super::names::{bare, follows_office, is_post_nominal};
use super::page::{HIDDEN, Page};
use super::roles::is_person_noun;
use crate::syntax::{EntityKind, Tag};
use crate::text::{Shape, folded, is_particle};

/// A noun phrase outside all quotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its tokens, all in one sentence.
    pub(super) tokens: Range<usize>,
    /// The token that carries its number and meaning: the last of the name, the noun.
    pub(super) head: usize,
    /// What it is.
    pub(super) kind: PhraseKind,
    /// The tokens of the name at its end, if it ends in one.
    pub(super) name: Range<usize>,
    /// Whether "'s" follows, or it is a possessive pronoun.
    pub(super) possessive: bool,
}

/// Kinds of noun phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PhraseKind {
    /// he, she, they, who
    Pronoun,
    /// Ends in a name.
    Name(EntityKind),
    /// Ends in a common noun.
    Nominal,
}

/// Words that name days, months and the like: they never speak.
const TIMES: &[&str] = &[
    "afternoon",
    "april",
    "aug.",
    "august",
    "day",
    "days",
    "dec.",
    "december",
    "evening",
    "feb.",
    "february",
    "friday",
    "hour",
    "hours",
    "jan.",
    "january",
    "july",
    "june",
    "march",
    "minute",
    "minutes",
    "monday",
    "month",
    "months",
    "morning",
    "night",
    "nov.",
    "november",
    "oct.",
    "october",
    "saturday",
    "sept.",
    "september",
    "sunday",
    "thursday",
    "time",
    "today",
    "tomorrow",
    "tuesday",
    "wednesday",
    "week",
    "weekend",
    "weeks",
    "year",
    "years",
    "yesterday",
];

const PRONOUNS: &[&str] = &[
    "all",
    "another",
    "both",
    "everybody",
    "everyone",
    "he",
    "her",
    "him",
    "his",
    "i",
    "it",
    "its",
    "many",
    "me",
    "most",
    "my",
    "neither",
    "nobody",
    "none",
    "one",
    "others",
    "our",
    "several",
    "she",
    "some",
    "somebody",
    "someone",
    "that",
    "their",
    "them",
    "they",
    "those",
    "us",
    "we",
    "which",
    "who",
    "you",
];

/// Whether a folded noun names a time.
pub(super) fn is_time(noun: &str) -> bool {
    TIMES.binary_search(&noun).is_ok()
}

/// All phrases, in order of their starts.
pub(super) fn phrases(page: &Page) -> Vec<Phrase> {
    let mentions = mention_of_token(page);
    let persons = page.syntax.mentions.iter().filter(|mention| mention.kind == EntityKind::Person && mention.tokens.len() > 1);
    let surnames: FxHashSet<&str> = persons.filter_map(|mention| Some(page.word(mention.tokens.end.checked_sub(1)?))).collect();
    let mut found = Vec::new();
    for sentence in &page.text.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            at = Chunk { page, surnames: &surnames, mentions: &mentions, end: sentence.tokens.end }.read(at, &mut found);
        }
    }
    found
}

/// For each token, the mention it lies in.
fn mention_of_token(page: &Page) -> Vec<Option<usize>> {
    let mut of = vec![None; page.text.tokens.len()];
    for (index, mention) in page.syntax.mentions.iter().enumerate() {
        if let Some(cells) = of.get_mut(mention.tokens.clone()) {
            cells.fill(Some(index));
        }
    }
    of
}

struct Chunk<'a> {
    page: &'a Page<'a>,
    /// The last words of the names of persons.
    surnames: &'a FxHashSet<&'a str>,
    mentions: &'a [Option<usize>],
    end: usize,
}

impl Chunk<'_> {
    fn visible(&self, at: usize) -> bool {
        at < self.end && self.page.item_of_token.get(at).is_some_and(|&item| item != HIDDEN)
    }

    /// Whether tokens `at - 1` and `at` stand next to each other outside quotations.
    fn adjoins(&self, at: usize) -> bool {
        let item = |at: usize| self.page.item_of_token.get(at).copied().unwrap_or(HIDDEN);
        at == 0 || item(at) == item(at - 1).wrapping_add(1)
    }

    /// Reads the phrase that begins at `at`, if one does; where to go on.
    fn read(&self, at: usize, found: &mut Vec<Phrase>) -> usize {
        if !self.visible(at) {
            return at + 1;
        }
        if let Some(pronoun) = self.pronoun(at) {
            let possessive = pronoun.possessive;
            found.push(pronoun);
            // "his spokesman" is a phrase besides "his".
            return if possessive { self.nominal(at, found).max(at + 1) } else { at + 1 };
        }
        self.nominal(at, found).max(at + 1)
    }

    fn pronoun(&self, at: usize) -> Option<Phrase> {
        let word = folded(self.page.word(at));
        let tag = self.page.tag(at);
        let known = PRONOUNS.binary_search(&word.as_ref()).is_ok() && !matches!(tag, Tag::Sconj | Tag::Propn | Tag::Aux);
        let determiner = tag == Tag::Det
            || matches!(
                word.as_ref(),
                "that" | "one" | "some" | "many" | "most" | "several" | "all" | "another" | "both" | "those" | "neither"
            );
        let noun_follows = self.visible(at + 1) && matches!(self.page.tag(at + 1), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num);
        if !known || determiner && noun_follows {
            return None;
        }
        let possessive = matches!(word.as_ref(), "his" | "their" | "its" | "my" | "our") || word == "her" && noun_follows;
        Some(Phrase { tokens: at..at + 1, head: at, kind: PhraseKind::Pronoun, name: at..at, possessive })
    }

    fn nominal(&self, start: usize, found: &mut Vec<Phrase>) -> usize {
        let mut at = start;
        let mut from = start;
        let mut head = None;
        while self.visible(at) && (at == start || self.adjoins(at)) {
            let tag = self.page.tag(at);
            match tag {
                Tag::Noun | Tag::Propn if self.page.word(at).contains(char::is_alphanumeric) => head = Some(at),
                _ if self.is_named(at) || self.is_mistaken_noun(at, head) => head = Some(at),
                Tag::Num | Tag::Adj | Tag::Sym => {}
                Tag::Det if at == start => {}
                Tag::Pron if at == start => {}
                Tag::Verb if (head.is_none() || self.page.word(at.saturating_sub(1)) == "-") && self.is_modifier(at) => {}
                _ if at > start && (self.joins(at, head) || self.is_particle(at)) => {}
                _ if self.is_possessive_sign(at) && head.is_some() => {
                    self.push(from..at, head, true, found);
                    from = start;
                }
                _ => break,
            }
            at += 1;
        }
        head = self.late_head(start, at, head).or(head);
        let trailing = head.map_or(start, |head| head + 1);
        if head.is_some() {
            self.push(from..trailing, head, false, found);
            return trailing.max(start + 1);
        }
        at
    }

    /// Whether a name was found here, whatever the tag says.
    fn is_named(&self, at: usize) -> bool {
        let capital = matches!(self.page.shape(at), Shape::Capitalized | Shape::Upper);
        capital && self.page.tag(at) != Tag::Det && self.mentions.get(at).is_some_and(Option::is_some)
    }

    /// A noun for a person taken for something else between two names or before one ("Clinton ally James Webb").
    fn is_mistaken_noun(&self, at: usize, head: Option<usize>) -> bool {
        let verbal = matches!(self.page.tag(at), Tag::Verb | Tag::Aux);
        let name_follows = self.visible(at + 1) && self.page.tag(at + 1) == Tag::Propn;
        (head.is_some() || !verbal) && name_follows && is_person_noun(&folded(self.page.word(at)))
    }

    /// The adjective or number that stands for a noun at the end of `start..end`: "a New Hampshire Republican", "the official said".
    fn late_head(&self, start: usize, end: usize, head: Option<usize>) -> Option<usize> {
        let last = end.checked_sub(1).filter(|&last| last > head.unwrap_or(start) || last == start && head.is_none())?;
        let nominal = matches!(self.page.tag(last), Tag::Adj) || head.is_none() && self.page.tag(last) == Tag::Num;
        let capital = self.page.shape(last) == Shape::Capitalized;
        let reports = |at: Option<usize>| at.is_some_and(|at| self.visible(at) && self.page.cue(at).is_some());
        let beside = reports(Some(end)) || reports(start.checked_sub(1));
        let definite = last > start && self.page.tag(start) == Tag::Det;
        let stands = if head.is_some() { capital } else { beside && (definite || capital) };
        (nominal && stands).then_some(last)
    }

    /// A hyphen, an ampersand or a point inside a phrase ("vice-chairman", "R&D").
    fn joins(&self, at: usize, head: Option<usize>) -> bool {
        let word = self.page.word(at);
        let inside = at + 1 < self.end && self.visible(at + 1);
        let tight = self.page.span(at - usize::from(at > 0), at + 1).len() == self.page.word(at.saturating_sub(1)).len() + word.len();
        match word {
            "-" | "‑" | "/" => inside && tight,
            "&" => inside && head.is_some(),
            _ => false,
        }
    }

    /// A particle inside a name ("van" in "Pia van den Hoek").
    fn is_particle(&self, at: usize) -> bool {
        let mention = |at: usize| self.mentions.get(at).copied().flatten();
        let inside = mention(at).is_some() && mention(at) == mention(at - 1) && mention(at) == mention(at + 1);
        inside && self.visible(at + 1) && is_particle(self.page.word(at))
    }

    /// A participle before a noun ("leading Republicans", "elected officials").
    fn is_modifier(&self, at: usize) -> bool {
        let participle = self.page.word(at).ends_with("ing") || self.page.word(at).ends_with("ed");
        participle
            && !self.follows_subject(at)
            && self.page.cue(at).is_none()
            && self.visible(at + 1)
            && matches!(self.page.tag(at + 1), Tag::Noun | Tag::Propn | Tag::Adj)
    }

    /// Whether a noun stands right before: then a form in "-ed" is its verb ("the board granted Webb a loan").
    fn follows_subject(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| self.visible(before) && self.adjoins(at));
        before.is_some_and(|before| matches!(self.page.tag(before), Tag::Noun | Tag::Propn) && self.page.word(at).ends_with("ed"))
    }

    fn is_possessive_sign(&self, at: usize) -> bool {
        matches!(self.page.word(at), "'s" | "’s" | "'" | "’") && self.page.tag(at) != Tag::Aux && self.page.tag(at) != Tag::Verb
    }

    fn push(&self, tokens: Range<usize>, head: Option<usize>, possessive: bool, found: &mut Vec<Phrase>) {
        let Some(head) = head else { return };
        let noun = folded(self.page.word(head));
        if is_time(&noun) {
            return;
        }
        let name = self.name(&tokens, head);
        let mention = self.mentions.get(head).copied().flatten().and_then(|index| self.page.syntax.mentions.get(index));
        let post_nominal = is_post_nominal(self.page, name.start, head);
        let own = bare(self.page, name.clone());
        // "Ferry United winger Marcus Bell" is a person, whatever the whole was taken for.
        let office = follows_office(self.page, &name, &own);
        let name = if is_person_noun(&noun) && !post_nominal { head..head } else { own };
        let kind = match mention {
            // "Ofsted's National Director": a role, whatever its capitals.
            _ if name.is_empty() => PhraseKind::Nominal,
            Some(mention) => PhraseKind::Name(if office { EntityKind::Person } else { mention.kind }),
            None => PhraseKind::Name(EntityKind::Other),
        };
        found.push(Phrase { tokens, head, kind, name, possessive });
    }

    /// A given name right before what was found of a name, in the same phrase, belongs to it.
    fn with_given_name(&self, start: usize, first: usize) -> usize {
        let genders = Genders::new();
        let given = |at: usize| self.page.shape(at) == Shape::Capitalized && genders.is_name(&folded(self.page.word(at)));
        let start = start.checked_sub(1).filter(|&before| before >= first && given(before)).unwrap_or(start);
        // "Anne-Marie", "Jean-Luc": both halves, whatever is known of the first.
        let halved = |before: usize| self.page.word(before + 1) == "-" && self.page.shape(before) == Shape::Capitalized && given(start);
        start.checked_sub(2).filter(|&before| before >= first && halved(before)).unwrap_or(start)
    }

    /// The name that ends at `head`: its mention, else the capitalized words up to it.
    fn name(&self, tokens: &Range<usize>, head: usize) -> Range<usize> {
        let capital = |at: usize| matches!(self.page.shape(at), Shape::Capitalized | Shape::Upper);
        if let Some(mention) = self.mentions.get(head).copied().flatten().and_then(|index| self.page.syntax.mentions.get(index)) {
            let first = mention.tokens.start.max(tokens.start);
            // "the watchdog Ofsted": what is small before a name describes it.
            let start = (first..head).find(|&at| capital(at) && self.page.tag(at) != Tag::Det).unwrap_or(head);
            let start = self.with_given_name(start, tokens.start);
            let named = (start..head + 1).any(|at| capital(at) && self.page.tag(at) != Tag::Det);
            if named {
                return start..head + 1;
            }
        }
        // "Park Geun-hye": what follows a hyphen may be small.
        let hyphened = head >= 2 && self.page.word(head - 1) == "-" && capital(head - 2);
        let titled = self.page.tag(head) == Tag::Noun && head > tokens.start && capital(head - 1);
        let surname = head == tokens.start && self.surnames.contains(self.page.word(head));
        if !(capital(head) || hyphened) || self.page.tag(head) != Tag::Propn && !titled && !surname {
            return head..head;
        }
        let start = (tokens.start..head)
            .rev()
            .take_while(|&at| capital(at) && (titled || self.page.tag(at) == Tag::Propn) || hyphened && at + 1 == head)
            .last()
            .unwrap_or(head);
        start..head + 1
    }
}
