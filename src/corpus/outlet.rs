//! Tells names of outlets by the words they are made of.

const WORDS: &[&str] = &[
    "advertiser",
    "argus",
    "bbc",
    "broadcasting",
    "bulletin",
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "echo",
    "examiner",
    "express",
    "fm",
    "gazette",
    "guardian",
    "herald",
    "independent",
    "itv",
    "journal",
    "lantern",
    "ledger",
    "magazine",
    "mail",
    "mercury",
    "messenger",
    "mirror",
    "news",
    "observer",
    "online",
    "post",
    "press",
    "radio",
    "record",
    "register",
    "reporter",
    "review",
    "sentinel",
    "standard",
    "star",
    "telegraph",
    "times",
    "today",
    "tribune",
    "tv",
    "weekly",
];

/// Whether one of the words is one that outlets have in their names ("The Tarn Post").
pub(super) fn is_named(words: &str) -> bool {
    words.split_whitespace().any(is_word)
}

/// Whether outlets have the word in their names.
pub(super) fn is_word(word: &str) -> bool {
    WORDS.contains(&word.to_lowercase().as_str())
}
