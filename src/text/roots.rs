//! Forms of one word become one root: inflections by stem, irregular ones by a list, numbers by their value.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::stem;

/// Irregular forms, each behind its base form.
const IRREGULAR: &[&str] = &[
    "be am is are was were been being",
    "become became",
    "begin began begun",
    "bend bent",
    "bite bit bitten",
    "blow blew blown",
    "break broke broken",
    "bring brought",
    "build built",
    "buy bought",
    "catch caught",
    "child children",
    "choose chose chosen",
    "come came",
    "deal dealt",
    "dig dug",
    "do did done does",
    "draw drew drawn",
    "drink drank drunk",
    "drive drove driven",
    "eat ate eaten",
    "fall fell fallen",
    "feed fed",
    "feel felt",
    "fight fought",
    "find found",
    "flee fled",
    "fly flew flown",
    "foot feet",
    "forget forgot forgotten",
    "forgive forgave forgiven",
    "freeze froze frozen",
    "get got gotten",
    "give gave given",
    "go went gone goes",
    "grow grew grown",
    "hang hung",
    "have had has",
    "hear heard",
    "hide hid hidden",
    "hold held",
    "keep kept",
    "know knew known",
    "lay laid",
    "lead led",
    "learn learnt",
    "leave left",
    "lend lent",
    "lie lay lain lying",
    "life lives",
    "light lit",
    "lose lost loss",
    "make made",
    "man men",
    "mean meant",
    "meet met",
    "pay paid",
    "person people",
    "ride rode ridden",
    "ring rang rung",
    "rise rose risen",
    "run ran",
    "say said",
    "see saw seen",
    "seek sought",
    "sell sold",
    "send sent",
    "shake shook shaken",
    "shine shone",
    "shoot shot",
    "show shown",
    "sing sang sung",
    "sink sank sunk",
    "sit sat",
    "sleep slept",
    "speak spoke spoken",
    "spend spent",
    "stand stood",
    "steal stole stolen",
    "stick stuck",
    "strike struck",
    "swear swore sworn",
    "swim swam swum",
    "take took taken",
    "teach taught",
    "tear tore torn",
    "tell told",
    "think thought",
    "throw threw thrown",
    "understand understood",
    "wake woke woken",
    "wear wore worn",
    "win won",
    "wife wives",
    "woman women",
    "write wrote written",
];

/// The stem of the base of each irregular form.
fn irregular() -> &'static HashMap<&'static str, String> {
    static TABLE: OnceLock<HashMap<&'static str, String>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = IRREGULAR.iter().filter_map(|line| Some((line, stem(line.split(' ').next()?))));
        lines.flat_map(|(line, base)| line.split(' ').map(move |form| (form, base.clone()))).collect()
    })
}

/// The base of an irregular form, as a stem.
pub(crate) fn irregular_base(folded: &str) -> Option<&'static str> {
    irregular().get(folded).map(String::as_str)
}

/// The root of a folded word: two forms of one word have the same.
pub(crate) fn root(folded: &str) -> String {
    let bare = folded.strip_suffix("'s").unwrap_or(folded);
    let known = irregular().get(bare).cloned().or_else(|| value(bare));
    known.unwrap_or_else(|| stem(bare))
}

/// Whether two folded words are forms of one word.
pub(crate) fn are_forms(one: &str, other: &str) -> bool {
    one == other || root(one) == root(other)
}

/// A word's number as digits: "4000", "nineteen", "third", the digits of "2.9m" and of a name with digits.
pub(crate) fn value(word: &str) -> Option<String> {
    let digits: String = word.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '/')).collect();
    if digits.contains(|c: char| c.is_ascii_digit()) {
        return Some(digits);
    }
    spelled(word).map(|number| number.to_string())
}

/// Number words up to ninety, cardinal and ordinal.
fn spelled(word: &str) -> Option<u32> {
    const UNITS: &[&[&str]] = &[
        &["zero", "nil"],
        &["one", "once"],
        &["two", "twice"],
        &["three", "third", "thirds"],
        &["four", "fourth"],
        &["five", "fifth", "fifths"],
        &["six", "sixth"],
        &["seven", "seventh"],
        &["eight", "eighth"],
        &["nine", "ninth"],
        &["ten", "tenth"],
        &["eleven", "eleventh"],
        &["twelve", "twelfth"],
        &["thirteen", "thirteenth"],
        &["fourteen", "fourteenth"],
        &["fifteen", "fifteenth"],
        &["sixteen", "sixteenth"],
        &["seventeen", "seventeenth"],
        &["eighteen", "eighteenth"],
        &["nineteen", "nineteenth"],
    ];
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let position = UNITS.iter().position(|forms| forms.contains(&word));
    let ten = || TENS.iter().position(|ten| *ten == word || word.strip_suffix("ieth") == ten.strip_suffix('y')).map(|tens| tens * 10 + 20);
    position.or_else(ten).and_then(|number| u32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_its_root() {
        for (one, other) in [("paid", "paying"), ("child", "children"), ("nineteen", "19"), ("council's", "councils"), ("were", "is")] {
            assert!(are_forms(one, other), "{one} and {other}");
        }
        assert!(!are_forms("paid", "bought"));
    }
}
