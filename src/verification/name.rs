//! What a speaker is called becomes the names in it: each of the people named together, and a description's own name.

use crate::text::is_particle;

/// The people of a joint name ("Ken and Moira Bell"): each with the shared surname, or the name itself.
pub(super) fn several(name: &str) -> impl Iterator<Item = &str> {
    name.split(" and ").chain([name])
}

/// The name that ends a description, unless it is somebody else's: "Ann Bell" of "the pilot Ann Bell", nothing of "a friend of Ann Bell".
pub(super) fn own_name(description: &str) -> Option<String> {
    let words: Vec<&str> = description.split_whitespace().collect();
    let inside = |at: usize| {
        let capital = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
        let before = (0..at).rev().find(|&before| !words.get(before).is_some_and(|word| is_particle(word)));
        words.get(at).is_some_and(|word| is_particle(word)) && before.is_some_and(|before| capital(words.get(before)))
    };
    let small = |at: &usize| words.get(*at).is_some_and(|word| !word.starts_with(char::is_uppercase)) && !inside(*at);
    let named = (0..words.len()).rfind(small).map_or(0, |last| last + 1);
    let before = named.checked_sub(1).and_then(|last| words.get(last)).copied().unwrap_or_default();
    let others = matches!(before, "of" | "for" | "to" | "from" | "with" | "by" | "and") || before.ends_with("'s") || before.ends_with("’s");
    let name = words.get(named..).unwrap_or_default().join(" ");
    (!name.is_empty() && !others).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_are_part_of_a_name() {
        let check = |description: &str, expected: Option<&str>| assert_eq!(own_name(description).as_deref(), expected, "{description}");
        check("Pia del Monte Brea", Some("Pia del Monte Brea"));
        check("the pilot Q. van den Hoek", Some("Q. van den Hoek"));
        check("van den Hoek", Some("Hoek"));
        check("a friend of Ann Bell", None);
    }
}
