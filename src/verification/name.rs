//! What a speaker is called becomes the names in it: each of the people named together, and a description's own name.

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
