//! The words that differ between a quote and its source become the answer to one question: do they change what is said?
//!
//! Counts and classes of words decide, not similarity: a lost "not" leaves a quote 99 % similar. What is looked for: negation, numbers,
//! names, modality, conditions, quantifiers, persons, opposites. Other rewording is left to be called a rewording.

use super::contrasts::{CONDITIONS, NEGATIONS, SWEEPING, exclude, modality, person, quantity};
use crate::text::roots::value;

/// A word that is in one of the two only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loose {
    /// Folded.
    pub(super) folded: String,
    /// Whether it is printed with a capital where no sentence begins.
    pub(super) capital: bool,
}

/// Whether replacing the `removed` words of the source by the `added` ones changes what is said.
pub(super) fn changes(removed: &[Loose], added: &[Loose]) -> bool {
    let (names_out, names_in) = (names(removed), names(added));
    let (removed, added) = (without_idioms(expand(removed)), without_idioms(expand(added)));
    negations(&removed) != negations(&added)
        || numbers_differ(&removed, &added)
        || (!names_out.is_empty() && !names_in.is_empty() && names_out != names_in)
        || classes_differ(&removed, &added, modality, true)
        || classes_differ(&removed, &added, quantity, false)
        || classes_differ(&removed, &added, person, false)
        || lost(&removed, &added, SWEEPING)
        || lost(&removed, &added, CONDITIONS)
        || removed.iter().any(|one| added.iter().any(|other| exclude(one, other)))
}

/// Whether words that the quote's writer put in brackets change what is said, rather than say what the words they replace stand for: a
/// name for a pronoun or a year for "then" does not, a denial does, and another name, number or modal verb.
pub(super) fn bracket_changes(removed: &[Loose], added: &[Loose]) -> bool {
    let (names_out, names_in) = (names(removed), names(added));
    let (removed, added) = (without_idioms(expand(removed)), without_idioms(expand(added)));
    let (out, within) = (numbers(&removed), numbers(&added));
    negations(&removed) != negations(&added)
        || (!out.is_empty() && !within.is_empty() && out != within)
        || (!names_out.is_empty() && !names_in.is_empty() && !names_in.iter().any(|name| names_out.contains(name)))
        || classes_differ(&removed, &added, modality, false)
        || removed.iter().any(|one| added.iter().any(|other| exclude(one, other)))
}

/// Whether words that were taken away in some places and put in at others move names about: then others do what is done.
pub(super) fn moves_names(removed: &[Loose], added: &[Loose]) -> bool {
    let (out, within) = (names(removed), names(added));
    !out.is_empty() && !within.is_empty()
}

/// Whether a name stands among both.
pub(super) fn shares_name(one: &[Loose], other: &[Loose]) -> bool {
    let others = names(other);
    names(one).iter().any(|name| others.contains(name))
}

/// Contractions taken apart: "can't" is "can", "not".
fn expand(words: &[Loose]) -> Vec<String> {
    let mut found = Vec::with_capacity(words.len());
    for word in words {
        let folded = word.folded.as_str();
        match folded {
            "won't" => found.extend(["will", "not"].map(str::to_owned)),
            "can't" | "cannot" | "cant" => found.extend(["can", "not"].map(str::to_owned)),
            "ain't" => found.push("not".to_owned()),
            _ => match folded.split_once('\'') {
                Some((stem, "t")) if stem.ends_with('n') => found.extend([stem.trim_end_matches('n'), "not"].map(str::to_owned)),
                Some((stem, "ll")) => found.extend([stem, "will"].map(str::to_owned)),
                Some((stem, "d" | "s" | "ve" | "re" | "m")) => found.push(stem.to_owned()),
                _ => found.push(folded.to_owned()),
            },
        }
    }
    found
}

/// The words without idioms in which a quantifier says nothing about a quantity ("all the way", "at all").
fn without_idioms(words: Vec<String>) -> Vec<String> {
    const IDIOMS: &[&[&str]] = &[&["all", "the", "way"], &["at", "all"], &["after", "all"], &["above", "all"], &["all", "right"]];
    let mut kept: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        kept.push(word);
        let ends =
            |idiom: &&&[&str]| kept.len() >= idiom.len() && kept.iter().rev().zip(idiom.iter().rev()).all(|(word, part)| word == part);
        let idiom = IDIOMS.iter().find(ends).map_or(0, |idiom| idiom.len());
        kept.truncate(kept.len() - idiom);
    }
    kept
}

/// How often the words deny; "no one" once.
fn negations(words: &[String]) -> usize {
    words.iter().filter(|word| NEGATIONS.contains(&word.as_str())).count()
}

/// Whether a class of words stands on one side and not, or as another class, on the other. `alone` says whether standing on one side
/// only is enough.
fn classes_differ(removed: &[String], added: &[String], class: fn(&str) -> Option<usize>, alone: bool) -> bool {
    let classes = |words: &[String]| {
        let mut found: Vec<usize> = words.iter().filter_map(|word| class(word)).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let (out, within) = (classes(removed), classes(added));
    out != within && (alone || (!out.is_empty() && !within.is_empty()))
}

/// Whether some word of the list stands on one side and none of the list on the other.
fn lost(removed: &[String], added: &[String], list: &[&str]) -> bool {
    let any = |words: &[String]| words.iter().any(|word| list.contains(&word.as_str()));
    any(removed) != any(added)
}

/// Folded words printed as names.
fn names(words: &[Loose]) -> Vec<&str> {
    words
        .iter()
        .filter(|word| word.capital && word.folded.len() > 1 && person(&word.folded).is_none())
        .map(|word| word.folded.as_str())
        .collect()
}

/// Whether the numbers of the two sides differ. A lone "one" that stands for "a" is no number.
fn numbers_differ(removed: &[String], added: &[String]) -> bool {
    let (out, within) = (numbers(removed), numbers(added));
    let lone = |numbers: &[String], words: &[String]| numbers == ["1"] && words.iter().any(|word| word == "one");
    let ignored = (lone(&out, removed) && within.is_empty()) || (lone(&within, added) && out.is_empty());
    out != within && !ignored
}

/// The numbers among the words, as digits, sorted.
fn numbers(words: &[String]) -> Vec<String> {
    let signed =
        |word: &String| value(word).map(|value| if word.starts_with('-') && !value.starts_with('-') { format!("-{value}") } else { value });
    let mut found: Vec<String> = words.iter().filter_map(signed).collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose(words: &str) -> Vec<Loose> {
        words.split_whitespace().map(|word| Loose { folded: word.to_lowercase(), capital: word.starts_with(char::is_uppercase) }).collect()
    }

    fn check(removed: &str, added: &str, expected: bool) {
        assert_eq!(changes(&loose(removed), &loose(added)), expected, "{removed:?} replaced by {added:?}");
    }

    #[test]
    fn negation_counts() {
        check("not", "", true);
        check("", "never", true);
        check("isn't", "is", true);
        check("isn't", "is not", false);
        check("cannot", "can't", false);
        check("without any", "with some", true);
        check("nobody", "no one", false);
        check("do not", "don't", false);
    }

    #[test]
    fn numbers_are_compared_by_value() {
        check("19", "nineteen", false);
        check("four", "nine", true);
        check("2.9m", "2.6m", true);
        check("17", "", true);
        check("a", "one", false);
        check("one", "two", true);
        check("group45", "group46", true);
    }

    #[test]
    fn names_count_where_one_replaces_another() {
        check("Alba", "Novia", true);
        check("Jo", "", false);
        check("Alba", "there", false);
    }

    #[test]
    fn modality_quantity_and_person_count() {
        check("may", "will", true);
        check("should", "", true);
        check("should", "ought to", false);
        check("will", "we'll", false);
        check("all", "some", true);
        check("every one", "each", false);
        check("all", "", true);
        check("we", "they", true);
        check("unless", "", true);
    }

    #[test]
    fn other_rewording_does_not_change_meaning() {
        check("skilled", "clever", false);
        check("space", "place", false);
        check("luck", "well", false);
        check("a great deal", "lots", false);
        check("", "all the way", false);
        check("the", "this", false);
        check("worse", "better", true);
    }
}
