//! A person's name becomes its parts, and two names an answer to whether they can name one person.
//!
//! Surnames must agree, and given names, initials and the gender that a title or a given name tells must not contradict.

use super::bodies::bare;
use super::words::words;
use crate::quotation::{given_names_agree, is_womans_name};

/// Forms of address and offices that stand before a name, with the gender they tell.
const TITLES: &[(&str, Gender)] = &[
    ("mr", Gender::Male),
    ("sir", Gender::Male),
    ("lord", Gender::Male),
    ("baron", Gender::Male),
    ("king", Gender::Male),
    ("prince", Gender::Male),
    ("mrs", Gender::Female),
    ("ms", Gender::Female),
    ("miss", Gender::Female),
    ("dame", Gender::Female),
    ("lady", Gender::Female),
    ("baroness", Gender::Female),
    ("queen", Gender::Female),
    ("princess", Gender::Female),
    ("congressman", Gender::Male),
    ("congresswoman", Gender::Female),
    ("chairman", Gender::Male),
    ("chairwoman", Gender::Female),
    ("spokesman", Gender::Male),
    ("spokeswoman", Gender::Female),
    ("dr", Gender::Unknown),
    ("doctor", Gender::Unknown),
    ("prof", Gender::Unknown),
    ("professor", Gender::Unknown),
    ("cllr", Gender::Unknown),
    ("councillor", Gender::Unknown),
    ("rep", Gender::Unknown),
    ("representative", Gender::Unknown),
    ("sen", Gender::Unknown),
    ("senator", Gender::Unknown),
    ("gov", Gender::Unknown),
    ("governor", Gender::Unknown),
    ("president", Gender::Unknown),
    ("secretary", Gender::Unknown),
    ("minister", Gender::Unknown),
    ("mayor", Gender::Unknown),
    ("judge", Gender::Unknown),
    ("justice", Gender::Unknown),
    ("gen", Gender::Unknown),
    ("general", Gender::Unknown),
    ("col", Gender::Unknown),
    ("colonel", Gender::Unknown),
    ("capt", Gender::Unknown),
    ("captain", Gender::Unknown),
    ("maj", Gender::Unknown),
    ("major", Gender::Unknown),
    ("sgt", Gender::Unknown),
    ("sergeant", Gender::Unknown),
    ("lt", Gender::Unknown),
    ("lieutenant", Gender::Unknown),
    ("rev", Gender::Unknown),
    ("reverend", Gender::Unknown),
    ("bishop", Gender::Unknown),
    ("archbishop", Gender::Unknown),
    ("chief", Gender::Unknown),
    ("inspector", Gender::Unknown),
    ("superintendent", Gender::Unknown),
    ("det", Gender::Unknown),
    ("constable", Gender::Unknown),
    ("pc", Gender::Unknown),
    ("attorney", Gender::Unknown),
    ("ambassador", Gender::Unknown),
    ("chancellor", Gender::Unknown),
    ("speaker", Gender::Unknown),
    ("coach", Gender::Unknown),
    ("chair", Gender::Unknown),
    ("leader", Gender::Unknown),
    ("director", Gender::Unknown),
    ("spokesperson", Gender::Unknown),
    ("manager", Gender::Unknown),
    ("analyst", Gender::Unknown),
    ("candidate", Gender::Unknown),
    ("nominee", Gender::Unknown),
    ("cr", Gender::Unknown),
    ("councilman", Gender::Male),
    ("councilwoman", Gender::Female),
    ("commissioner", Gender::Unknown),
    ("executive", Gender::Unknown),
];

/// What may follow a name.
const SUFFIXES: &[&str] = &[
    "jr", "sr", "ii", "iii", "mp", "mep", "msp", "obe", "mbe", "cbe", "kbe", "dbe", "qc", "kc", "phd", "md", "esq", "td", "sc", "pp", "jp",
    "mla", "frs",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
    Unknown,
}

/// A name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The gender its titles tell.
    pub(super) gender: Gender,
    /// Whether any title stands before it.
    titled: bool,
    /// Given names and surname, folded; never empty.
    parts: Vec<String>,
}

impl Name {
    pub(super) fn new(name: &str) -> Option<Self> {
        let head = name.split([',', '(']).find(|part| !part.trim().is_empty())?;
        let mut parts: Vec<String> = words(head, 0).into_iter().map(|word| bare(&word.folded)).collect();
        while parts.len() > 1 && parts.last().is_some_and(|last| SUFFIXES.contains(&last.as_str())) {
            parts.pop();
        }
        let title = |part: &String| TITLES.iter().find(|(title, _)| title == part).map(|(_, gender)| *gender);
        let last = parts.len().checked_sub(1)?;
        let after = parts.iter().take(last).rposition(|part| title(part).is_some()).map_or(0, |position| position + 1);
        let gender = parts.iter().take(after).filter_map(title).find(|gender| *gender != Gender::Unknown).unwrap_or(Gender::Unknown);
        let kept: Vec<String> = parts.drain(after..).skip_while(|part| part == "the").collect();
        (!kept.is_empty()).then_some(Self { gender, titled: after > 0, parts: kept })
    }

    /// The gender that titles tell, else the given name.
    pub(super) fn told(&self) -> Gender {
        match (self.gender, self.given().first().and_then(|given| is_womans_name(given))) {
            (Gender::Unknown, Some(true)) => Gender::Female,
            (Gender::Unknown, Some(false)) => Gender::Male,
            (gender, _) => gender,
        }
    }

    fn surname(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    fn given(&self) -> &[String] {
        self.parts.split_last().map_or(&[], |(_, given)| given)
    }
}

/// Whether the two names can mean one person.
fn agree(one: &Name, other: &Name) -> bool {
    let contrary = matches!((one.told(), other.told()), (Gender::Male, Gender::Female) | (Gender::Female, Gender::Male));
    if contrary {
        return false;
    }
    if one.surname() == other.surname() {
        return given_agree(one.given(), other.given());
    }
    by_given_name(one, other) || by_given_name(other, one) || part_of(one, other) || part_of(other, one)
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

/// "Sir Michael" or "Michael" for the one whose given name that is.
fn by_given_name(short: &Name, full: &Name) -> bool {
    short.parts.len() == 1
        && (!short.titled || short.gender != Gender::Unknown)
        && full.given().first().is_some_and(|first| first == short.surname())
}

/// Whether all of two or more parts of one name stand in the other ("Ann Bell" in "Ann Bell Carter").
fn part_of(short: &Name, full: &Name) -> bool {
    short.parts.len() >= 2 && short.parts.iter().all(|part| full.parts.contains(part))
}

/// The people of a joint name ("Ken and Moira Bell"): each with the shared surname, or the name itself.
pub(super) fn several(name: &str) -> impl Iterator<Item = &str> {
    name.split(" and ").chain([name])
}

/// The name that ends a description, unless it is somebody else's: "Ann Bell" of "the pilot Ann Bell", nothing of "a friend of Ann Bell".
pub(super) fn own_name(description: &str) -> Option<String> {
    let words: Vec<&str> = description.split_whitespace().collect();
    let named = words.iter().rposition(|word| !word.starts_with(char::is_uppercase)).map_or(0, |last| last + 1);
    let before = named.checked_sub(1).and_then(|last| words.get(last)).copied().unwrap_or_default();
    let others = matches!(before, "of" | "for" | "to" | "from" | "with" | "by" | "and") || before.ends_with("'s") || before.ends_with("’s");
    let name = words.get(named..).unwrap_or_default().join(" ");
    (!name.is_empty() && !others).then_some(name)
}

/// Whether the two can name one person.
pub(super) fn people_agree(one: &str, other: &str) -> bool {
    Name::new(one).zip(Name::new(other)).is_some_and(|(one, other)| agree(&one, &other))
}
