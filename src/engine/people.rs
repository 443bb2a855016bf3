//! All quotations become people: who is quoted how often, by which outlets, and about what.
//!
//! A person is told by the words of the name without title ("Dame Felicity Orme" and "Felicity Orme" are one); two people of one name are one
//! here, but for a bare surname that "he" and "she" tell apart; an unnamed role ("a spokesman") is nobody.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, EngineError, Wanted};
use crate::index::QuotationRecord;
use crate::quotation::{Gender, PersonName, QuotationKind, Speaker, genders_agree, people_agree, speaker_gender};
use crate::reading::names::name_words;
use crate::span::Span;
use crate::syntax::EntityKind;
use crate::text::{self, fold};

/// Somebody who is quoted.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The fullest name printed.
    pub name: String,
    /// A role that a document states, if any.
    pub role: Option<String>,
    /// Person or organization.
    pub kind: EntityKind,
    /// How many quotations there are in quotation marks.
    pub quoted: usize,
    /// How many more in indirect speech.
    pub reported: usize,
    /// In how many documents.
    pub documents: usize,
    /// Which outlets print them, with how many quotations each, most first; documents that name no outlet count nowhere.
    pub outlets: Vec<(String, usize)>,
    /// What they speak about: words of theirs that others use less, with how often, most telling first.
    pub subjects: Vec<(String, usize)>,
    /// Quotations by year of publication, in order.
    pub years: Vec<(i16, usize)>,
    /// He or she, if known.
    gender: Option<Gender>,
}

/// How many words tell what somebody speaks about.
const SUBJECTS: usize = 8;

impl Engine {
    /// Everybody who is quoted by name, the most quoted first.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn people(&self) -> Result<Vec<Person>, EngineError> {
        let (records, _) = self.quotations(&Wanted { indirect: true, ..Wanted::default() }, usize::MAX)?;
        let named = |record: &&QuotationRecord| record.quotation.speaker.as_ref().is_some_and(is_named);
        let speakers = || records.iter().filter(named).filter_map(|record| Some((record, record.quotation.speaker.as_ref()?)));
        // A name is one person in a document; in others it may be a namesake.
        let mut namesakes: BTreeMap<String, BTreeSet<Gender>> = BTreeMap::new();
        let mut told: BTreeMap<(String, u32), BTreeSet<Gender>> = BTreeMap::new();
        for (record, speaker) in speakers() {
            let (name, gender) = (key(&speaker.name), speaker_gender(speaker));
            told.entry((name.clone(), record.document.ordinal)).or_default().extend(gender);
            namesakes.entry(name).or_default().extend(gender);
        }
        let mut gathered: BTreeMap<(String, Option<Gender>), Gathered> = BTreeMap::new();
        for (record, speaker) in speakers() {
            let name = key(&speaker.name);
            let apart = !name.contains(' ') && namesakes.get(&name).is_some_and(|genders| genders.len() > 1);
            let there = told.get(&(name.clone(), record.document.ordinal)).filter(|genders| genders.len() == 1);
            let gender = speaker_gender(speaker).or_else(|| there.and_then(|genders| genders.first().copied())).filter(|_| apart);
            gathered.entry((name, gender)).or_default().add(record, speaker, apart);
        }
        let mut spread: BTreeMap<String, usize> = BTreeMap::new();
        gathered.values().flat_map(|one| one.words.keys()).for_each(|stem| *spread.entry(stem.clone()).or_default() += 1);
        let all = gathered.len();
        let mut people: Vec<Person> = gathered.into_values().map(|one| one.person(&spread, all)).collect();
        people.sort_by(|one, other| {
            let rank = |person: &Person| (Reverse(person.quoted + person.reported), Reverse(person.quoted));
            rank(one).cmp(&rank(other)).then_with(|| one.name.cmp(&other.name))
        });
        Ok(people)
    }
}

impl Engine {
    /// Names of speakers that look like this one, the likest first, `limit` at most.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn names_like(&self, name: &str, limit: usize) -> Result<Vec<String>, EngineError> {
        let given = name_words(name);
        let speakers = self.speakers()?.into_iter();
        let mut near: Vec<(f32, String)> = speakers.map(|speaker| (likeness(&given, &name_words(&speaker)), speaker)).collect();
        near.retain(|(like, _)| *like >= ALIKE);
        near.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        Ok(near.into_iter().take(limit).map(|(_, name)| name).collect())
    }
}

/// Least likeness of a name to one given for it to be meant.
const ALIKE: f32 = 0.6;

/// How like the words given are to those of a name, each to its likest: 0 to 1.
fn likeness(given: &[String], theirs: &[String]) -> f32 {
    let likest = |word: &String| theirs.iter().map(|own| similar::TextDiff::from_chars(word, own).ratio()).fold(0.0, f32::max);
    if given.is_empty() { 0.0 } else { given.iter().map(likest).sum::<f32>() / given.len() as f32 }
}

impl Person {
    /// Whether the name may mean them: every word of it is one of theirs, titles aside, or it is another form of a person's name.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let (theirs, given) = (name_words(&self.name), name_words(name));
        let words = !given.is_empty() && given.iter().all(|word| theirs.contains(word));
        let gender = PersonName::new(name).and_then(|name| name.gender());
        let apart = self.kind == EntityKind::Person && !genders_agree(gender, self.gender);
        !apart && (words || self.kind == EntityKind::Person && given.len() > 1 && people_agree(name, &self.name))
    }
}

fn is_named(speaker: &Speaker) -> bool {
    matches!(speaker.kind, EntityKind::Person | EntityKind::Organization) && speaker.name.starts_with(char::is_uppercase)
}

/// What is the same in all printings of a name: its words without titles.
fn key(name: &str) -> String {
    name_words(name).join(" ")
}

/// What has been found of somebody so far.
#[derive(Default)]
struct Gathered {
    names: BTreeMap<String, usize>,
    role: Option<String>,
    gender: Option<Gender>,
    organization: bool,
    quoted: usize,
    reported: usize,
    documents: Vec<u32>,
    outlets: BTreeMap<String, usize>,
    years: BTreeMap<i16, usize>,
    /// By stem: how often, and the words it was printed as.
    words: BTreeMap<String, (usize, String)>,
}

impl Gathered {
    /// Adds what somebody says, who is called by a title where namesakes are told `apart`.
    fn add(&mut self, record: &QuotationRecord, speaker: &Speaker, apart: bool) {
        let name = Some(&speaker.mention).filter(|mention| apart && is_titled(mention, &speaker.name)).unwrap_or(&speaker.name);
        *self.names.entry(name.clone()).or_default() += 1;
        self.gender = self.gender.or(speaker_gender(speaker));
        if self.role.is_none() {
            self.role.clone_from(&speaker.role);
        }
        self.organization |= speaker.kind == EntityKind::Organization;
        let marked = record.quotation.kind != QuotationKind::Indirect;
        *(if marked { &mut self.quoted } else { &mut self.reported }) += 1;
        if !self.documents.contains(&record.document.ordinal) {
            self.documents.push(record.document.ordinal);
        }
        record.document.publisher.iter().for_each(|outlet| *self.outlets.entry(outlet.clone()).or_default() += 1);
        record.document.published.iter().for_each(|day| *self.years.entry(day.year()).or_default() += 1);
        record.pieces.iter().for_each(|piece| self.hear(piece));
    }

    /// Counts the words that carry what is said.
    fn hear(&mut self, piece: &str) {
        let cut = text::analyze(piece, &[Span::new(0, piece.len())]);
        let positions = text::content_words(piece, &cut);
        for token in positions.iter().filter_map(|&position| cut.tokens.get(position)) {
            let word = token.span.slice(piece);
            if word.chars().count() > 3 && word.chars().all(char::is_alphabetic) {
                self.words.entry(text::stem(word)).or_insert_with(|| (0, fold(word))).0 += 1;
            }
        }
    }

    fn person(self, spread: &BTreeMap<String, usize>, all: usize) -> Person {
        let fullest = self.names.iter().max_by_key(|(name, count)| (name.split_whitespace().count(), **count));
        let name = fullest.map(|(name, _)| name.clone()).unwrap_or_default();
        let subjects = subjects(&self.words, spread, all);
        Person {
            name,
            role: self.role,
            kind: if self.organization { EntityKind::Organization } else { EntityKind::Person },
            quoted: self.quoted,
            reported: self.reported,
            documents: self.documents.len(),
            outlets: most_first(self.outlets),
            subjects,
            years: self.years.into_iter().collect(),
            gender: self.gender,
        }
    }
}

/// Whether the words are a title and the bare name behind it ("Ms Bell").
fn is_titled(mention: &str, name: &str) -> bool {
    mention.split_once(' ').is_some_and(|(_, bare)| bare == name) && PersonName::new(mention).is_some_and(|name| name.is_one_word())
}

fn most_first(counts: BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts
}

/// Words said more than once, those that few others say weighing more.
fn subjects(words: &BTreeMap<String, (usize, String)>, spread: &BTreeMap<String, usize>, all: usize) -> Vec<(String, usize)> {
    let weight = |stem: &String, count: usize| {
        let others = spread.get(stem).copied().unwrap_or(1);
        count as f64 * ((all as f64 + 1.0) / others as f64).ln()
    };
    let mut ranked: Vec<(f64, &String, usize)> =
        words.iter().filter(|(_, (count, _))| *count > 1).map(|(stem, (count, word))| (weight(stem, *count), word, *count)).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    ranked.into_iter().take(SUBJECTS).map(|(_, word, count)| (word.clone(), count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_makes_nobody_else_of_a_name() {
        assert_eq!(key("Dame Felicity Orme"), key("Felicity Orme"));
        assert_eq!(key("Cllr. Ann Lee"), "ann lee");
        assert_ne!(key("Ann Lee"), key("Tom Lee"));
        assert_eq!(key("Sir"), "sir");
    }

    #[test]
    fn a_title_before_a_bare_name_is_kept_where_it_tells_namesakes_apart() {
        assert!(is_titled("Ms Lee", "Lee") && !is_titled("Ann Lee", "Lee") && !is_titled("she", "Lee"));
    }

    #[test]
    fn a_slip_of_a_name_is_still_like_it() {
        let like = |given: &str, name: &str| likeness(&name_words(given), &name_words(name)) >= ALIKE;
        assert!(like("Fairley", "Una Fairlie") && like("una farlie", "Una Fairlie"));
        assert!(!like("Bram Tolley", "Una Fairlie") && !like("", "Una Fairlie"));
    }

    #[test]
    fn words_that_everybody_says_tell_nothing() {
        let words = |list: &[(&str, usize)]| -> BTreeMap<String, (usize, String)> {
            list.iter().map(|&(word, count)| (word.to_owned(), (count, word.to_owned()))).collect()
        };
        let spread = BTreeMap::from([("people".to_owned(), 9), ("sluice".to_owned(), 1), ("once".to_owned(), 1)]);
        let found = subjects(&words(&[("people", 4), ("sluice", 2), ("once", 1)]), &spread, 9);
        assert_eq!(found, [("sluice".to_owned(), 2), ("people".to_owned(), 4)]);
    }
}
