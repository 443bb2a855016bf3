//! Words of the press: what outlets are called, what they publish, who publishes.

/// Words for outlets, which also occur in their names.
const OUTLETS: &[&str] = &[
    "telegraph",
    "times",
    "guardian",
    "ledger",
    "courier",
    "herald",
    "post",
    "gazette",
    "chronicle",
    "express",
    "mail",
    "mirror",
    "observer",
    "echo",
    "argus",
    "tribune",
    "journal",
    "lantern",
    "press",
    "news",
    "radio",
    "bbc",
    "itv",
    "reuters",
    "examiner",
    "dispatch",
    "bulletin",
    "advertiser",
    "inquirer",
    "register",
    "globe",
    "sentinel",
    "messenger",
    "sun",
    "tv",
    "recorder",
    "scotsman",
    "cnn",
    "fm",
];

/// Whether a folded word occurs in names of newspapers, stations and sites.
pub(super) fn names_outlet(word: &str) -> bool {
    OUTLETS.contains(&word)
}

/// Nouns for something an outlet publishes.
pub(super) fn is_publication(noun: &str) -> bool {
    matches!(
        noun,
        "article"
            | "story"
            | "piece"
            | "column"
            | "editorial"
            | "item"
            | "post"
            | "blog"
            | "headline"
            | "feature"
            | "report"
            | "coverage"
            | "interview"
            | "review"
            | "dispatch"
            | "letter"
            | "page"
    )
}

/// The same, where the noun can mean nothing else (an inspectorate writes reports, too).
pub(super) fn is_press_item(noun: &str) -> bool {
    matches!(noun, "article" | "story" | "piece" | "column" | "editorial" | "headline" | "feature" | "coverage")
}

/// Nouns for the ones who publish, which can mean nothing else (a site may be built on, a station catch fire).
pub(super) fn is_certain_publisher(noun: &str) -> bool {
    matches!(noun, "outlet" | "paper" | "newspaper" | "publication" | "magazine" | "broadcaster" | "tabloid" | "publisher")
}

/// Nouns for the ones who publish.
pub(super) fn is_publisher(noun: &str) -> bool {
    matches!(
        noun,
        "outlet"
            | "paper"
            | "newspaper"
            | "publication"
            | "magazine"
            | "site"
            | "website"
            | "station"
            | "broadcaster"
            | "journal"
            | "source"
            | "daily"
            | "weekly"
            | "tabloid"
            | "blog"
            | "publisher"
    )
}
