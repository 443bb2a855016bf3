//! A person's name as somebody writes it becomes its parts, and two names an answer to whether they can name one person.
//!
//! Surnames must agree, and given names, initials and the gender that a title or a given name tells must not contradict. Where a name stands
//! in a parsed document, [`super::names`] takes it apart.

use super::Speaker;
use super::gender::{Gender, Genders, of_word};
use super::names::{is_suffix, is_title};
use super::naming::given_names_agree;
use crate::text::{fold, is_particle, unaccented};

/// Offices that stand before a name in what people ask, beside the titles that documents print.
const OFFICES: &[&str] = &[
    "analyst",
    "candidate",
    "chair",
    "chairwoman",
    "coach",
    "director",
    "executive",
    "leader",
    "manager",
    "nominee",
    "pc",
    "spokesman",
    "spokesperson",
    "spokeswoman",
];

/// A name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// The gender its titles tell.
    gender: Option<Gender>,
    /// Whether any title stands before it.
    titled: bool,
    /// Given names and surname, folded; never empty.
    parts: Vec<String>,
}

impl PersonName {
    /// Takes apart what stands before the first comma or bracket; `None` where nothing does.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let head = name.split([',', '(']).find(|part| !part.trim().is_empty())?;
        let mut parts = parts(head);
        while parts.len() > 1 && parts.last().is_some_and(|last| is_suffix(last)) {
            parts.pop();
        }
        let title = |part: &String| is_title(part) || OFFICES.contains(&part.as_str());
        let last = parts.len().checked_sub(1)?;
        let after = parts.iter().take(last).rposition(title).map_or(0, |position| position + 1);
        let gender = parts.iter().take(after).find_map(|part| of_word(part));
        let titled = parts.iter().take(after).any(|part| part != "the");
        parts.drain(..after);
        Some(Self { gender, titled, parts })
    }

    /// The gender that titles tell, else the given name.
    pub(crate) fn gender(&self) -> Option<Gender> {
        self.gender.or_else(|| self.given().first().and_then(|given| Genders::new().of_name(given)))
    }

    /// Whether a title or the given name tells a gender: then it is a person's name for certain.
    pub(crate) fn tells_gender(&self) -> bool {
        self.gender().is_some()
    }

    /// The last word of the name, folded, without accents.
    pub(crate) fn surname(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    /// The given names, folded, without the particles of the surname.
    pub(crate) fn given(&self) -> &[String] {
        let given = self.parts.split_last().map_or(&[][..], |(_, given)| given);
        let length = given.iter().rposition(|part| !is_particle(part)).map_or(0, |last| last + 1);
        given.get(..length).unwrap_or_default()
    }

    /// Whether it is a single word: a surname or a given name alone.
    pub(crate) fn is_one_word(&self) -> bool {
        self.parts.len() == 1
    }

    /// Whether the given names of the two do not contradict each other.
    pub(crate) fn shares_given_name(&self, other: &Self) -> bool {
        given_agree(self.given(), other.given())
    }

    /// Whether the two names can mean one person.
    fn agrees(&self, other: &Self) -> bool {
        if self.gender().is_some() && other.gender().is_some() && self.gender() != other.gender() {
            return false;
        }
        if self.surname() == other.surname() {
            return given_agree(self.given(), other.given());
        }
        self.is_given_name_of(other) || other.is_given_name_of(self) || self.is_part_of(other) || other.is_part_of(self)
    }

    /// "Sir Michael" or "Michael" for the one whose given name that is.
    fn is_given_name_of(&self, full: &Self) -> bool {
        self.parts.len() == 1
            && (!self.titled || self.gender.is_some())
            && full.given().first().is_some_and(|first| first == self.surname())
    }

    /// Whether all of two or more parts stand in the other name ("Ann Bell" in "Ann Bell Carter").
    fn is_part_of(&self, full: &Self) -> bool {
        self.parts.len() >= 2 && self.parts.iter().all(|part| full.parts.contains(part))
    }
}

/// The gender of a speaker: what the name tells, else the pronoun or the title used at the quotation.
pub(crate) fn speaker_gender(speaker: &Speaker) -> Option<Gender> {
    let named = |words: &str| PersonName::new(words).and_then(|name| name.gender());
    let pronoun = || Some(fold(&speaker.mention)).filter(|word| matches!(word.as_str(), "he" | "she")).and_then(|word| of_word(&word));
    let one = !speaker.name.contains(" and ");
    one.then(|| named(&speaker.name).or_else(pronoun).or_else(|| named(&speaker.mention))).flatten()
}

/// The folded words of a name without possessive endings and accents.
fn parts(name: &str) -> Vec<String> {
    let folded = fold(&unaccented(name));
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let bare = words.map(|word| word.trim_matches('\'')).map(|word| word.strip_suffix("'s").unwrap_or(word));
    bare.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn given_agree(one: &[String], other: &[String]) -> bool {
    let (Some(first), Some(second)) = (one.first(), other.first()) else { return true };
    let matches = |a: &String, b: &String| given_names_agree(a, b) || consonants(a, b) || consonants(b, a);
    matches(first, second) || one.iter().any(|a| a.len() > 2 && other.contains(a))
}

/// "DJ" for a name that begins with its first letter.
fn consonants(initials: &str, name: &str) -> bool {
    initials.len() == 2 && initials.chars().next() == name.chars().next() && !initials.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// Whether the two can name one person.
#[must_use]
pub(crate) fn people_agree(one: &str, other: &str) -> bool {
    PersonName::new(one).zip(PersonName::new(other)).is_some_and(|(one, other)| one.agrees(&other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(people_agree(one, other), expected, "{one} and {other}");
        assert_eq!(people_agree(other, one), expected, "{other} and {one}");
    }

    #[test]
    fn forms_of_one_name_agree() {
        for one in
            ["Bell", "Mr Bell", "Sir Thomas Bell", "T. J. Bell", "Tom Bell", "Sir Thomas", "Coach Bell", "bell, the leader", "Bell’s"]
        {
            check(one, "Thomas Bell", true);
        }
        check("Ann Bell", "Ann Bell Carter", true);
        check("Carol Ince-Baptiste", "Mrs Ince-Baptiste", true);
        check("Mr de la Brea", "Marco de la Brea", true);
        check("Q. van den Hoek", "Quirin van den Hoek", true);
        check("Inez Munoz", "Inéz Muñoz", true);
    }

    #[test]
    fn namesakes_are_other_people() {
        for one in ["Derek Bell", "Mrs Bell", "D. Bell", "Thomas Carter", "Mr Thomas", ""] {
            check(one, "Mr Thomas Bell", one == "Mr Thomas");
        }
        check("Marco de la Brea", "Pia de la Brea", false);
    }

    #[test]
    fn a_speaker_without_a_given_name_is_told_by_the_words_at_the_quotation() {
        let check = |name: &str, mention: &str, expected: Option<Gender>| {
            let kind = crate::syntax::EntityKind::Person;
            let speaker =
                Speaker { name: name.to_owned(), role: None, mention: mention.to_owned(), mention_span: Default::default(), kind };
            assert_eq!(speaker_gender(&speaker), expected, "{name:?}, {mention:?}");
        };
        check("Bell", "she", Some(Gender::Female));
        check("Bell", "Mr Bell", Some(Gender::Male));
        check("Bell", "Bell", None);
        check("Robin Bell", "she", Some(Gender::Female));
        check("Thomas Bell", "she", Some(Gender::Male));
        check("Ken and Moira Bell", "he", None);
    }
}
