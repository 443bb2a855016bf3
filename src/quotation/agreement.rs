//! The pronouns and roles a document uses of somebody tell the gender that the name alone does not.
//!
//! "Adwin Pell, who lost his seat": a pronoun in a sentence that names nobody else, before any verb of saying, or the first word of the next
//! sentence. "Her brother, Adwin Pell": the noun of the role. Where the document contradicts itself, nothing is told.

use super::cast::Cast;
use super::features::Scene;
use super::gender::{Gender, of_word};
use super::page::HIDDEN;
use super::phrase::{Phrase, PhraseKind};
use super::roles::is_person_noun;
use crate::syntax::EntityKind;
use crate::text::folded;

/// How often he and she are used of somebody.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    he: usize,
    she: usize,
}

impl Votes {
    fn add(&mut self, gender: Gender) {
        match gender {
            Gender::Male => self.he += 1,
            Gender::Female => self.she += 1,
        }
    }

    fn told(self) -> Option<Gender> {
        match (self.he, self.she) {
            (0, 0) => None,
            (_, 0) => Some(Gender::Male),
            (0, _) => Some(Gender::Female),
            _ => None,
        }
    }
}

/// Gives the persons of the cast whose gender is unknown the one the document tells.
pub(super) fn tell(scene: &Scene, cast: &mut Cast) {
    let votes = votes(scene, cast);
    for (party, votes) in cast.parties.iter_mut().zip(votes).filter(|(party, _)| party.kind == EntityKind::Person) {
        let (role, used) = (party.roles.iter().find_map(|role| of_role(&role.head)), votes.told());
        let told = if role.is_some() && used.is_some() && role != used { None } else { role.or(used) };
        party.gender = party.gender.or(told);
    }
}

/// The gender the noun of a role tells; of offices that keep their masculine name whoever holds them, none.
fn of_role(noun: &str) -> Option<Gender> {
    of_word(noun).filter(|_| !matches!(noun, "chairman" | "actor" | "alderman" | "footballer" | "fireman" | "sportsman"))
}

fn votes(scene: &Scene, cast: &Cast) -> Vec<Votes> {
    let mut votes = vec![Votes::default(); cast.parties.len()];
    let mut before: Option<usize> = None;
    let mut from = 0;
    for sentence in &scene.page.text.sentences {
        let end = scene.phrases.partition_point(|phrase| phrase.tokens.start < sentence.tokens.end);
        let line = Line { scene, cast, first: from, phrases: scene.phrases.get(from..end).unwrap_or_default() };
        let opening = line.phrases.first().filter(|phrase| phrase.tokens.start <= sentence.tokens.start + 1).and_then(|p| gender(scene, p));
        let used = before.zip(opening).or_else(|| line.only().and_then(|(party, behind)| Some((party, line.pronoun(behind)?))));
        if let Some((slot, gender)) = used.and_then(|(party, gender)| Some((votes.get_mut(party)?, gender))) {
            slot.add(gender);
        }
        before = line.only().filter(|_| line.phrases.first().is_some_and(|p| !p.possessive)).map(|(party, _)| party);
        from = end;
    }
    votes
}

/// The gender of a personal pronoun.
fn gender(scene: &Scene, phrase: &Phrase) -> Option<Gender> {
    let word = folded(scene.page.word(phrase.head));
    if phrase.kind == PhraseKind::Pronoun { of_word(&word) } else { None }
}

/// The phrases of one sentence.
struct Line<'a> {
    scene: &'a Scene<'a>,
    cast: &'a Cast,
    /// Position of its first phrase.
    first: usize,
    phrases: &'a [Phrase],
}

impl Line<'_> {
    /// The one person the sentence speaks of, where it names or describes no other, and the position of the phrase that names them.
    fn only(&self) -> Option<(usize, usize)> {
        let mut named: Option<(usize, usize)> = None;
        for (at, phrase) in self.phrases.iter().enumerate() {
            let party = self.cast.of_phrase.get(self.first + at).copied().flatten();
            let person = party.filter(|party| self.cast.parties.get(*party).is_some_and(|p| p.kind != EntityKind::Organization));
            match (person, named) {
                (Some(party), Some((other, _))) if party != other => return None,
                (Some(party), None) => named = Some((party, at)),
                // "his wife": somebody else.
                (None, _) if phrase.kind == PhraseKind::Nominal && self.is_another(at) => return None,
                _ => {}
            }
        }
        named.filter(|(party, _)| self.cast.parties.get(*party).is_some_and(|party| party.kind == EntityKind::Person))
    }

    /// Whether a nominal phrase may mean a person who is not the one named: it is no role set off beside the name.
    fn is_another(&self, at: usize) -> bool {
        let Some(phrase) = self.phrases.get(at) else { return false };
        let noun = folded(self.scene.page.word(phrase.head));
        let beside = self.scene.page.word(phrase.tokens.end) == ","
            || phrase.tokens.start.checked_sub(1).is_some_and(|t| self.scene.page.word(t) == ",");
        is_person_noun(&noun) && !noun.ends_with('s') && !beside
    }

    /// The first pronoun behind the phrase at `named`, with no verb of saying between: what somebody says may be about anybody.
    fn pronoun(&self, named: usize) -> Option<Gender> {
        let name = self.phrases.get(named)?;
        let (at, found) =
            self.phrases.iter().enumerate().skip(named + 1).find_map(|(at, phrase)| Some((at, gender(self.scene, phrase)?)))?;
        let pronoun = self.phrases.get(at)?;
        // "Asked whether Pell would stay, he said": whoever says it is somebody else.
        let says = self.scene.verb_after(pronoun).is_some_and(|verb| self.scene.page.cue(verb).is_some());
        let between = name.tokens.end..pronoun.tokens.start;
        let plain = between.clone().all(|token| self.scene.page.cue(token).is_none());
        let seen = between.clone().all(|token| self.scene.item_of(token) != HIDDEN);
        (plain && seen && !says && !name.possessive).then_some(found)
    }
}
