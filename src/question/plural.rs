//! Plurals and singulars of nouns, by their form alone.

/// The singular of a folded noun, by its ending.
pub(super) fn singular(word: &str) -> String {
    match word {
        "people" => return "person".to_owned(),
        "men" => return "man".to_owned(),
        "women" => return "woman".to_owned(),
        "children" => return "child".to_owned(),
        "series" | "species" | "news" | "headquarters" | "premises" | "means" | "crossroads" => return word.to_owned(),
        _ => {}
    }
    let stem = |cut: usize| word.get(..word.len() - cut).unwrap_or(word);
    if word.ends_with("ies") && word.len() > 4 {
        format!("{}y", stem(3))
    } else if ["sses", "ches", "shes", "xes", "zzes"].iter().any(|ending| word.ends_with(ending)) {
        stem(2).to_owned()
    } else if word.ends_with('s') && word.len() > 3 && !["ss", "us", "is", "ous"].iter().any(|ending| word.ends_with(ending)) {
        stem(1).to_owned()
    } else {
        word.to_owned()
    }
}

/// Whether the folded noun is a plural, by its form.
pub(super) fn is_plural(word: &str) -> bool {
    matches!(word, "people" | "men" | "women" | "children") || singular(word) != word
}
