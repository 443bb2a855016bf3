//! Tells names of outlets by the words they are made of.

/// Words that hardly anything but an outlet ends in or is called by.
const TELLING: &[&str] = &[
    "advertiser",
    "argus",
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "echo",
    "examiner",
    "gazette",
    "guardian",
    "herald",
    "journal",
    "ledger",
    "mercury",
    "observer",
    "post",
    "sentinel",
    "telegraph",
    "times",
    "tribune",
    "weekly",
];

/// Words that outlets have in their names, and others too.
const OTHERS: &[&str] = &[
    "bbc",
    "broadcasting",
    "bulletin",
    "express",
    "fm",
    "independent",
    "itv",
    "lantern",
    "magazine",
    "mail",
    "messenger",
    "mirror",
    "news",
    "online",
    "press",
    "radio",
    "record",
    "register",
    "reporter",
    "review",
    "standard",
    "star",
    "today",
    "tv",
];

/// Whether one of the words is one that outlets have in their names ("The Tarn Post").
pub(super) fn is_named(words: &str) -> bool {
    words.split_whitespace().any(is_word)
}

/// Whether outlets have the word in their names.
pub(super) fn is_word(word: &str) -> bool {
    is_telling(word) || OTHERS.contains(&word.to_lowercase().as_str())
}

fn is_telling(word: &str) -> bool {
    TELLING.contains(&word.to_lowercase().as_str())
}

/// Whether the words are an outlet's whole name and hardly anything else's ("The Tarn Tribune", "Tarn Daily Ledger"): capitalised throughout,
/// and a telling word at the end or behind "The".
pub(super) fn is_name(words: &str) -> bool {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let capital = |part: &&str| part.starts_with(char::is_uppercase) || matches!(*part, "of" | "and" | "&");
    let ends = parts.last().is_some_and(|last| is_telling(last));
    let article = parts.first().is_some_and(|first| first.eq_ignore_ascii_case("the")) && parts.iter().any(|part| is_telling(part));
    (2..=6).contains(&parts.len())
        && parts.iter().all(|part| capital(part) && !part.contains(|c: char| c.is_ascii_digit()))
        && (ends || article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outlets_are_told_from_sections() {
        for name in ["The Tarn Tribune", "Tarn Daily Ledger", "The Daily Lamp", "Tarn and Marl Advertiser"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["World News", "Press Release", "Annual Review", "The Tarn ferry times", "Times", "Local News Today"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
