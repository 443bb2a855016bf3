//! Whether a line turns to whoever reads, as notices do, or tells of something, as the article does.
//!
//! Known by the words alone: who is addressed, what is ordered, who is said to have said it, what only a notice says.

use super::unit::{Close, Unit, opens_quotation};
use crate::corpus::Boilerplate::{self, Consent};

/// How companies say where they stand in the register. Ships and voters are registered too: see [`is_registration`].
pub(super) const REGISTERED: &str = "registered in";

/// A sentence with the same words may report on them; notices turn to whoever reads, and nobody "said" them.
pub(super) fn speaks_to_reader(phrase: &str, kind: Boilerplate, words: &str, unit: &Unit<'_>) -> bool {
    if unit.count <= 7 && !opens_quotation(words) {
        return true;
    }
    let lower = words.to_lowercase();
    // What a link leads to may well report: "READ MORE: Pilot told of the fog".
    let leads = phrase.ends_with(':') || phrase.starts_with("click here");
    if opens_quotation(words) || (is_reported(&lower) && !leads) {
        return false;
    }
    match kind {
        Consent => has_word(&lower, ADDRESSES),
        _ if unit.close != Close::Full => true,
        _ => phrase.ends_with(':') || has_word(&lower, ADDRESSES) || tells_reader(&lower) || is_notice(&lower),
    }
}

/// Whether a sentence turns to whoever reads, by the words "you" and "your" in nobody's mouth.
pub(super) fn is_address_to_reader(unit: &Unit<'_>) -> bool {
    let lower = unit.words.to_lowercase();
    let quoted = unit.words.contains(['"', '“', '”']) || opens_quotation(unit.words);
    !quoted && has_word(&lower, &["you", "your"]) && !is_reported(&lower)
}

/// Words that a notice calls its readers and its site by.
const ADDRESSES: &[&str] = &["you", "your", "our", "we", "us", "close", "accept"];

/// What sites tell their readers to do.
const ORDERS: &[&str] = &[
    "add",
    "be",
    "become",
    "click",
    "connect",
    "download",
    "email",
    "enter",
    "find",
    "follow",
    "forward",
    "get",
    "hear",
    "join",
    "leave",
    "listen",
    "log",
    "please",
    "post",
    "read",
    "register",
    "sign",
    "subscribe",
    "support",
    "text",
    "try",
    "tune",
    "tweet",
    "unsubscribe",
    "visit",
    "watch",
];

/// What only a notice says, in small letters.
const NOTICES: &[&str] = &[
    "©",
    "(c) ",
    "all rights reserved",
    "may not be published",
    "a version of this",
    "in this browser for the next time",
    "is not responsible for the content of",
    "quotes delayed",
    "registered trademarks",
    "views expressed are those of",
    "this article",
    "comments are closed",
    "comments are now closed",
    "comments have been disabled",
    "comments powered by",
    "enable javascript",
    "javascript is disabled",
];

/// Verbs by which an article tells whose words it gives.
const CUES: &[&str] = &[
    "said",
    "says",
    "told",
    "added",
    "warned",
    "asked",
    "wrote",
    "claimed",
    "argued",
    "insisted",
    "announced",
    "admitted",
    "explained",
    "replied",
    "urged",
    "promised",
    "pleaded",
    "complained",
];

fn each_word(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn has_word(lower: &str, known: &[&str]) -> bool {
    each_word(lower).any(|word| known.contains(&word))
}

/// Whether somebody says, asks or warns in it; who "is asked" or "told" does not.
fn is_reported(lower: &str) -> bool {
    let mut before = "";
    each_word(lower).any(|word| {
        let passive = matches!(std::mem::replace(&mut before, word), "be" | "been" | "being" | "are");
        CUES.contains(&word) && !passive
    })
}

/// Whether a clause begins with an order, or an address stands there to go to.
fn tells_reader(lower: &str) -> bool {
    let mut clauses = lower.split([',', '.', ';', ':', '!', '?', '–', '—']);
    // "Register of ships", "Support was": a thing, and no order.
    let thing = |after: Option<&str>| after.is_some_and(|word| matches!(word, "of" | "is" | "are" | "was" | "were" | "has" | "had"));
    let ordered = clauses.any(|clause| {
        let mut words = clause.split_whitespace();
        words.next().is_some_and(|word| ORDERS.contains(&word)) && !thing(words.next())
    });
    ordered || lower.split_whitespace().any(is_address)
}

fn is_notice(lower: &str) -> bool {
    NOTICES.iter().any(|notice| lower.contains(notice)) || is_registration(lower)
}

/// A company tells where it is registered together with its number, its office or the name it trades under.
pub(super) fn is_registration(lower: &str) -> bool {
    let placed = ["england", "scotland", "wales", "ireland"].iter().any(|place| lower.contains(place));
    let named = lower.contains("registered office") || lower.contains("trading name") || lower.contains("company number");
    let number = || lower.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 5);
    lower.contains(REGISTERED) && placed && (named || number())
}

/// A web or mail address.
pub(super) fn is_address(word: &str) -> bool {
    let web = ["http://", "https://", "www."].iter().any(|opening| word.starts_with(opening));
    let mail = word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.trim_end_matches('.').contains('.'));
    web || mail
}
