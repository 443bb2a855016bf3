//! A speaker known by a surname alone is held against the namesakes a passage shows: is it the one claimed, another, or not told?
//!
//! "Ms Hart" is not Tom Hart, and where a passage names Tom and Ruth Hart, "Hart said" may be either. What stands elsewhere in the document
//! is not looked at.

use std::collections::BTreeSet;

use super::people;
use crate::quotation::{Gender, PersonName, Speaker, gender_of_word, speaker_gender};
use crate::text::{fold, is_stop_word, unaccented};

/// Whether a speaker whose name fits is the person claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// Nothing speaks against it.
    Same,
    /// A namesake may be meant.
    Open,
    /// It is a namesake.
    Other,
}

/// Holds a claimed name that fits a speaker against the namesakes in the passage.
pub(super) fn identity(claimed: &str, speaker: &Speaker, passage: &str) -> Identity {
    let names = PersonName::new(&speaker.name).zip(people::person_claimed(claimed));
    let Some((own, claim)) = names.filter(|(own, claim)| own.is_one_word() && claim.surname() == own.surname()) else {
        return Identity::Same;
    };
    let bearers = Bearers::of(own.surname(), passage);
    let told = speaker_gender(speaker);
    match (claim.gender(), told.or(bearers.only())) {
        (Some(one), Some(other)) if one != other => return Identity::Other,
        (Some(_), None) if bearers.genders.len() > 1 => return Identity::Open,
        _ => {}
    }
    let other =
        |name: &&PersonName| !claim.shares_given_name(name) && told.is_none_or(|told| name.gender().is_none_or(|theirs| theirs == told));
    if !claim.given().is_empty() && bearers.names.iter().any(|name| other(&name)) { Identity::Open } else { Identity::Same }
}

/// Who bears a surname in a passage.
#[derive(Default)]
struct Bearers {
    /// What the titles before it and their given names tell.
    genders: BTreeSet<Gender>,
    /// Their names with a given name.
    names: Vec<PersonName>,
}

impl Bearers {
    fn of(surname: &str, passage: &str) -> Self {
        let words: Vec<&str> = passage.split_whitespace().collect();
        let mut found = Self::default();
        for pair in words.windows(2) {
            let [before, word] = pair else { continue };
            if bare(word) == surname && word.starts_with(char::is_uppercase) && before.starts_with(char::is_uppercase) {
                found.add(before, surname);
            }
        }
        found
    }

    /// Only the gender of all bearers, where they are of one.
    fn only(&self) -> Option<Gender> {
        self.genders.first().copied().filter(|_| self.genders.len() == 1)
    }

    /// Adds who is named by a title or a given name right before the surname.
    fn add(&mut self, before: &str, surname: &str) {
        let word = bare(before);
        let ends = before.ends_with(|c: char| !c.is_alphanumeric() && c != '.');
        if let Some(gender) = gender_of_word(&word) {
            self.genders.insert(gender);
        } else if !ends && !is_stop_word(&word) {
            let name = PersonName::new(&format!("{word} {surname}")).filter(|name| !name.given().is_empty());
            self.genders.extend(name.as_ref().and_then(PersonName::gender));
            self.names.extend(name);
        }
    }
}

/// A word of a passage as names are compared: folded, without accents, possessive ending and what stands around it.
fn bare(word: &str) -> String {
    let folded = fold(&unaccented(word.trim_matches(|c: char| !c.is_alphanumeric())));
    folded.strip_suffix("'s").unwrap_or(&folded).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::testing::speaker;
    use super::*;

    const BOTH: &str = "Tom Hart owns the yard. Ruth Hart, no relation, mends nets. Hart had said so before.";

    fn check(claimed: &str, mention: &str, passage: &str, expected: Identity) {
        let speaker = Speaker { mention: mention.to_owned(), ..speaker("Hart") };
        assert_eq!(identity(claimed, &speaker, passage), expected, "{claimed} for {mention:?} in {passage:?}");
    }

    #[test]
    fn a_namesake_may_be_meant() {
        check("Tom Hart", "Hart", BOTH, Identity::Open);
        check("Mr Hart", "Hart", BOTH, Identity::Open);
        check("Tom Hart", "he", BOTH, Identity::Same);
        check("Tom Hart", "she", BOTH, Identity::Other);
        check("Hart", "Hart", BOTH, Identity::Same);
        check("Ned Hart", "he", BOTH, Identity::Open);
    }

    #[test]
    fn titles_in_the_passage_tell() {
        check("Tom Hart", "the netmaker", "Ms Hart, a netmaker, came late.", Identity::Other);
        check("Ruth Hart", "the netmaker", "Ms Hart, a netmaker, came late.", Identity::Same);
        check("Tom Hart", "Hart", "Hart came late.", Identity::Same);
    }
}
