//! The names of a document become its [`Cast`]: one [`Party`] for each person or body, with every phrase that names it.
//!
//! A surname or "Sir Michael" joins the full name it fits. Where namesakes leave open which of them is meant, it stays a name of its own.
//! Pronouns and roles are resolved in [`super::reference`].

use std::collections::{BTreeMap, BTreeSet};

use super::gender::{Gender, Genders};
use super::names::{Form, bare, follows_office};
use super::page::Page;
use super::phrase::{Phrase, PhraseKind};
use super::roles::{is_body_noun, is_person_noun};
use crate::span::Span;
use crate::syntax::EntityKind;
use crate::text::fold;

/// A person or body with a name in the document.
#[derive(Clone, Debug)]
pub(super) struct Party {
    /// Its fullest form.
    pub(super) form: Form,
    /// Where that form stands.
    pub(super) name: Span,
    /// Person, organization, place.
    pub(super) kind: EntityKind,
    /// he or she, if known.
    pub(super) gender: Option<Gender>,
    /// Stated roles, with how well each is stated.
    pub(super) roles: Vec<Role>,
    /// How often it is named.
    pub(super) named: usize,
    /// Whether it is two persons named together ("Ken and Moira Webb").
    pub(super) pair: bool,
    /// Whether it stands for one of several namesakes, and the text leaves open which.
    pub(super) shared: bool,
}

/// What a text says somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Role {
    /// The words, without article.
    pub(super) span: Span,
    /// The words with their article.
    pub(super) outer: Span,
    /// The folded nouns and names in it: what "the inspector" is matched with.
    pub(super) words: Vec<String>,
    /// The folded head noun.
    pub(super) head: String,
}

/// Everybody named in a document.
pub(super) struct Cast {
    /// The parties, in order of their first full mention.
    pub(super) parties: Vec<Party>,
    /// For each phrase that ends in a name: its party.
    pub(super) of_phrase: Vec<Option<usize>>,
    /// For each phrase that is the second of two persons named together: their pair.
    pub(super) pair_of: Vec<Option<usize>>,
}

/// A name at one place, before it is known whose.
struct Named {
    form: Form,
    kind: EntityKind,
    phrase: Option<usize>,
}

impl Cast {
    pub(super) fn new(page: &Page, phrases: &[Phrase], genders: &Genders) -> Self {
        let named = all_names(page, phrases);
        let mut cast = Self { parties: Vec::new(), of_phrase: vec![None; phrases.len()], pair_of: vec![None; phrases.len()] };
        let mut index = Surnames::default();
        let mut sightings = Sightings::default();
        for name in named.iter().filter(|name| name.form.is_full()) {
            let party = cast.join_full(page, name, &mut index, genders);
            *sightings.full.entry(party).or_default() += 1;
        }
        for name in &named {
            let party = if name.form.is_full() {
                index.full(&cast, name)
            } else {
                cast.join_short(page, name, &mut index, &mut sightings, genders)
            };
            let Some(party) = party else { continue };
            sightings.see(party, page.sentence_at(name.form.tokens.start));
            if let Some(slot) = name.phrase.and_then(|phrase| cast.of_phrase.get_mut(phrase)) {
                *slot = Some(party);
            }
            if let Some(party) = cast.parties.get_mut(party) {
                party.named += 1;
                party.gender = party.gender.or(name.form.gender(genders));
            }
        }
        cast.tell_bodies();
        cast.add_pairs(page, phrases);
        cast
    }

    /// Names taken for persons that begin with the name of a place or end as institutions do ("Ostwick General") are bodies.
    fn tell_bodies(&mut self) {
        let places: BTreeSet<String> = self
            .parties
            .iter()
            .filter(|party| party.kind == EntityKind::Place && !party.form.is_full())
            .map(|party| party.form.surname().to_owned())
            .collect();
        for party in self.parties.iter_mut().filter(|party| party.is_person() && party.form.is_full() && !party.form.titled) {
            let local = party.gender.is_none() && places.contains(party.form.given());
            if local || is_institution(party.form.surname()) {
                party.kind = EntityKind::Organization;
                party.gender = None;
            }
        }
    }

    /// Makes a party of every "A and B" of persons.
    fn add_pairs(&mut self, page: &Page, phrases: &[Phrase]) {
        for (at, two) in phrases.windows(2).enumerate() {
            let [one, other] = two else { continue };
            let joined = one.tokens.end + 1 == other.tokens.start && page.word(one.tokens.end) == "and";
            let person = |phrase: usize| {
                self.of_phrase.get(phrase).copied().flatten().and_then(|party| self.parties.get(party)).filter(|party| party.is_person())
            };
            let Some(second) = person(at + 1).filter(|_| joined && person(at).is_some()) else { continue };
            let name = page.span(one.name.start, other.name.end);
            let pair = Party {
                form: second.form.clone(),
                name,
                kind: EntityKind::Other,
                gender: None,
                roles: Vec::new(),
                named: 0,
                pair: true,
                shared: false,
            };
            if let Some(slot) = self.pair_of.get_mut(at + 1) {
                *slot = Some(self.parties.len());
            }
            self.parties.push(pair);
        }
    }

    fn join_full(&mut self, page: &Page, name: &Named, index: &mut Surnames, genders: &Genders) -> usize {
        let Some(known) = index.full(self, name) else { return self.add(page, name, index, genders) };
        if let Some(party) = self.parties.get_mut(known) {
            party.adopt(page, name);
        }
        known
    }

    fn add(&mut self, page: &Page, name: &Named, index: &mut Surnames, genders: &Genders) -> usize {
        let party = self.parties.len();
        index.insert(&name.form, party);
        self.parties.push(Party {
            form: name.form.clone(),
            name: page.span(name.form.tokens.start, name.form.tokens.end),
            kind: name.kind,
            gender: name.form.gender(genders).or_else(|| woman_by_first_name(name, genders)),
            roles: Vec::new(),
            named: 0,
            pair: false,
            shared: false,
        });
        party
    }

    /// The first party whose name has all these folded words, and ends in the last of them; nobody where a single word fits several.
    pub(super) fn named(&self, words: &[String]) -> Option<usize> {
        let last = words.last()?;
        let fits = |party: &Party| !party.pair && party.form.surname() == last && words.iter().all(|word| party.form.words.contains(word));
        let mut fitting = (0..self.parties.len()).filter(|&party| self.parties.get(party).is_some_and(fits));
        let first = fitting.next()?;
        (words.len() > 1 || fitting.next().is_none()).then_some(first)
    }

    /// The party a surname, a given name or an acronym belongs to; a new one where it fits none, and where nothing tells which of several.
    fn join_short(
        &mut self,
        page: &Page,
        name: &Named,
        index: &mut Surnames,
        sightings: &mut Sightings,
        genders: &Genders,
    ) -> Option<usize> {
        let word = name.form.surname();
        let by_surname = index.by_surname(word);
        let fits = |party: &&usize| self.parties.get(**party).is_some_and(|party| agree(party.gender, name.form.gender));
        let fitting: Vec<usize> = by_surname.iter().filter(fits).copied().collect();
        let by_given = index.by_given(word);
        let candidates = match (name.form.knighted, fitting.is_empty()) {
            (true, _) if !by_given.is_empty() => by_given,
            (_, false) => &fitting,
            (_, true) if name.form.titled && !name.form.knighted => &fitting,
            _ => by_given,
        };
        match candidates {
            [] => Some(self.add(page, name, index, genders)),
            [only] => Some(*only),
            several => {
                let namesakes: Vec<usize> = several.iter().filter(|party| self.is_named_as_person(**party)).copied().collect();
                if namesakes.is_empty() {
                    return sightings.latest(several);
                }
                let chosen = sightings.choose(word, &namesakes, page.sentence_at(name.form.tokens.start));
                Some(chosen.unwrap_or_else(|| self.add_shared(page, name, &namesakes, sightings)))
            }
        }
    }

    fn is_named_as_person(&self, party: usize) -> bool {
        self.parties.get(party).is_some_and(|party| party.kind == EntityKind::Person)
    }

    /// The party that stands for whichever of several namesakes is meant by their bare name; it is known by that name alone.
    fn add_shared(&mut self, page: &Page, name: &Named, namesakes: &[usize], sightings: &mut Sightings) -> usize {
        let fresh = self.parties.len();
        let party = *sightings.shared.entry(name.form.words.clone()).or_insert(fresh);
        if party == fresh {
            let mut genders = namesakes.iter().map(|&party| self.parties.get(party).and_then(|party| party.gender));
            let first = genders.next().flatten().filter(|first| genders.all(|gender| gender == Some(*first)));
            self.parties.push(Party {
                form: name.form.clone(),
                name: page.span(name.form.tokens.start, name.form.tokens.end),
                kind: name.kind,
                gender: name.form.gender.or(first),
                roles: Vec::new(),
                named: 0,
                pair: false,
                shared: true,
            });
        }
        party
    }
}

/// Where the parties were named last, as the text is read.
#[derive(Default)]
struct Sightings {
    /// For each party, the last sentence that names it.
    last: BTreeMap<usize, usize>,
    /// How often each is named in full.
    full: BTreeMap<usize, usize>,
    /// Whom a bare name meant when only one of its bearers had been introduced.
    owners: BTreeMap<String, usize>,
    /// The parties that stand for several namesakes.
    shared: BTreeMap<Vec<String>, usize>,
}

impl Sightings {
    fn see(&mut self, party: usize, sentence: usize) {
        self.last.insert(party, sentence);
    }

    /// The one of several named last, else the first of them.
    fn latest(&self, several: &[usize]) -> Option<usize> {
        let latest = several.iter().filter(|party| self.last.contains_key(party)).max_by_key(|party| self.last.get(party));
        latest.or(several.first()).copied()
    }

    /// Which of several namesakes the bare name `word` means in a sentence: the only one introduced so far; later on, whom the name belongs
    /// to, or failing that the one named in this sentence or the one before, unless another of them was too. Nobody where that leaves a
    /// doubt.
    fn choose(&mut self, word: &str, several: &[usize], sentence: usize) -> Option<usize> {
        let introduced: Vec<usize> = several.iter().copied().filter(|party| self.last.contains_key(party)).collect();
        // Called by the bare name before anybody is introduced, as in a headline, is the first of them.
        let only = introduced.first().or(several.first()).copied().filter(|_| introduced.len() < 2);
        if let Some(only) = only {
            self.owners.insert(word.to_owned(), only);
            return Some(only);
        }
        let is_near = |party: &&usize| self.last.get(party).is_some_and(|last| last + 1 >= sentence);
        let near: Vec<usize> = introduced.iter().filter(is_near).copied().collect();
        match (near.as_slice(), self.owner(word, several)) {
            ([], owner) => owner,
            ([one], None) => Some(*one),
            ([one], Some(owner)) if *one == owner => Some(owner),
            _ => None,
        }
    }

    /// Whom a bare name belongs to: whoever was called so before the others came, else the one named in full far more often than the others.
    fn owner(&self, word: &str, several: &[usize]) -> Option<usize> {
        let named = |party: &usize| self.full.get(party).copied().unwrap_or(0);
        let all: usize = several.iter().map(named).sum();
        let prevails = |party: &&usize| named(party) >= PREVAILING * (all - named(party)).max(1);
        self.owners.get(word).filter(|owner| several.contains(owner)).or(several.iter().find(prevails)).copied()
    }
}

/// A name belongs to who is named in full this many times as often as all namesakes.
const PREVAILING: usize = 4;

impl Party {
    /// Takes over a fuller form of the name.
    fn adopt(&mut self, page: &Page, name: &Named) {
        let length = |form: &Form| (form.words.len() + usize::from(form.knighted), form.words.iter().map(String::len).sum::<usize>());
        let fuller = if name.form.describes(&self.form) || self.form.describes(&name.form) {
            name.form.words.len() < self.form.words.len()
        } else {
            length(&name.form) > length(&self.form)
        };
        if fuller {
            self.form = name.form.clone();
            self.name = page.span(name.form.tokens.start, name.form.tokens.end);
        }
        if name.kind == EntityKind::Person {
            self.kind = EntityKind::Person;
        }
    }

    /// The role to show: the first that fits what the party is.
    pub(super) fn role(&self) -> Option<&Role> {
        let fits = |role: &&Role| {
            let personal = is_person_noun(&role.head) || !is_body_noun(&role.head);
            if self.is_person() { personal && !role.head.ends_with('s') } else { is_body_noun(&role.head) }
        };
        self.roles.iter().find(fits)
    }

    pub(super) fn add_role(&mut self, role: Role) {
        if !self.roles.contains(&role) {
            self.roles.push(role);
        }
    }

    pub(super) fn is_person(&self) -> bool {
        self.kind == EntityKind::Person || self.kind == EntityKind::Other && self.gender.is_some()
    }
}

/// "Melanie" alone is a woman; men's given names are surnames too often to tell.
fn woman_by_first_name(name: &Named, genders: &Genders) -> Option<Gender> {
    let only = name.kind == EntityKind::Person && !name.form.is_full() && !name.form.titled;
    genders.of_name(name.form.surname()).filter(|gender| only && *gender == Gender::Female)
}

/// Whether a name that ends so names a body, not a person.
fn is_institution(last: &str) -> bool {
    is_body_noun(last)
        || matches!(last, "academy" | "general" | "hospitals" | "hotel" | "infirmary" | "museum" | "schools" | "theatre" | "united")
}

/// Whether two genders do not contradict each other.
pub(crate) fn agree(one: Option<Gender>, two: Option<Gender>) -> bool {
    one.is_none() || two.is_none() || one == two
}

/// Parties by surname and given name.
#[derive(Default)]
struct Surnames {
    surnames: BTreeMap<String, Vec<usize>>,
    given: BTreeMap<String, Vec<usize>>,
}

impl Surnames {
    fn insert(&mut self, form: &Form, party: usize) {
        self.surnames.entry(form.surname().to_owned()).or_default().push(party);
        if form.is_full() {
            self.given.entry(form.given().to_owned()).or_default().push(party);
        }
    }

    fn by_surname(&self, word: &str) -> &[usize] {
        self.surnames.get(word).map_or(&[], Vec::as_slice)
    }

    fn by_given(&self, word: &str) -> &[usize] {
        self.given.get(word).map_or(&[], Vec::as_slice)
    }

    fn full(&self, cast: &Cast, name: &Named) -> Option<usize> {
        let fits = |party: &&usize| cast.parties.get(**party).is_some_and(|party| same(&party.form, party.kind, name));
        self.by_surname(name.form.surname()).iter().find(fits).copied()
    }
}

/// Whether a party of the form `form` may be the one named: persons by given name and surname, all else word by word.
fn same(form: &Form, kind: EntityKind, name: &Named) -> bool {
    let personal = |kind: EntityKind| matches!(kind, EntityKind::Person | EntityKind::Other);
    if !form.is_full() {
        return false;
    }
    if personal(kind) && personal(name.kind) { form.may_equal(&name.form) } else { form.words == name.form.words }
}

/// Every name in the document, in order: those of phrases, and those nobody could speak by (inside quotations, in headings).
fn all_names(page: &Page, phrases: &[Phrase]) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let spoken = phrases.iter().enumerate().filter(|(_, phrase)| !phrase.name.is_empty());
    for (at, phrase) in spoken {
        let kind = match phrase.kind {
            PhraseKind::Name(kind) => kind,
            _ => EntityKind::Other,
        };
        named.extend(Form::new(page, &phrase.name).map(|form| Named { form, kind, phrase: Some(at) }));
    }
    let taken: Vec<std::ops::Range<usize>> = phrases.iter().map(|phrase| phrase.name.clone()).filter(|name| !name.is_empty()).collect();
    let free = page.syntax.mentions.iter().filter(|mention| !overlaps_any(&taken, &mention.tokens));
    for mention in free {
        let office = follows_office(page, &mention.tokens, &bare(page, mention.tokens.clone()));
        let kind = if office { EntityKind::Person } else { mention.kind };
        named.extend(Form::new(page, &mention.tokens).map(|form| Named { form, kind, phrase: None }));
    }
    named.sort_by_key(|name| name.form.tokens.start);
    named
}

/// Whether `tokens` overlaps one of the sorted ranges.
fn overlaps_any(sorted: &[std::ops::Range<usize>], tokens: &std::ops::Range<usize>) -> bool {
    let after = sorted.partition_point(|range| range.start < tokens.end);
    after.checked_sub(1).and_then(|last| sorted.get(last)).is_some_and(|last| last.end > tokens.start)
}

/// The folded words of tokens `from..to` that are no punctuation.
pub(super) fn folded(page: &Page, tokens: std::ops::Range<usize>) -> Vec<String> {
    tokens.map(|at| fold(page.word(at))).filter(|word| word.chars().any(char::is_alphanumeric)).collect()
}
