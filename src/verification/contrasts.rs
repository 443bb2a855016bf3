//! Words that change what a sentence says: negations, modal verbs, quantities, persons, opposites, members of one series.
//!
//! Tables of folded words. Which class a word is in is all that is known here.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::MONTHS;

/// Words that deny. "n't" is split off before they are looked up.
pub(super) const NEGATIONS: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "nowhere",
    "neither",
    "nor",
    "without",
    "hardly",
    "barely",
    "scarcely",
    "cannot",
    "lack",
    "lacks",
    "lacked",
    "lacking",
    "fail",
    "fails",
    "failed",
    "failing",
    "refuse",
    "refuses",
    "refused",
    "refusing",
    "deny",
    "denies",
    "denied",
    "denying",
    "unable",
    "unlikely",
    "impossible",
];

/// Words that make a statement depend on another, or limit it.
pub(super) const CONDITIONS: &[&str] =
    &["if", "unless", "until", "except", "only", "provided", "otherwise", "almost", "nearly", "alleged", "allegedly", "reportedly"];

/// Modal verbs and their like, by strength.
const MODALS: &[&[&str]] = &[
    &["will", "shall", "'ll"],
    &["would", "'d"],
    &["may", "might", "maybe", "perhaps", "possibly"],
    &["could"],
    &["can"],
    &["must"],
    &["should", "ought"],
];

/// Quantifiers, by what share they speak of.
const QUANTIFIERS: &[&[&str]] = &[
    &["all", "every", "everyone", "everybody", "everything", "always", "each", "entire", "entirely", "completely", "totally", "both"],
    &["most", "mostly", "majority", "usually"],
    &["many", "lots", "often", "numerous"],
    &["some", "several", "sometimes", "someone", "somebody", "partly"],
    &["few", "rarely", "seldom", "minority"],
];

/// Quantifiers whose loss alone changes what is said.
pub(super) const SWEEPING: &[&str] = &["all", "every", "everyone", "everybody", "everything", "always", "each", "most", "both"];

/// Personal pronouns, by who is meant.
const PERSONS: &[&[&str]] = &[
    &["i", "me", "my", "mine", "myself"],
    &["we", "us", "our", "ours", "ourselves"],
    &["you", "your", "yours", "yourself"],
    &["he", "him", "his", "himself"],
    &["she", "her", "hers", "herself"],
    &["they", "them", "their", "theirs", "themselves"],
];

/// Words of which one excludes the other: opposites, and members of one series. Inflections are listed where stems part.
const SERIES: &[&[&str]] = &[
    &MONTHS,
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    &["yesterday", "today", "tomorrow", "tonight"],
    &["spring", "summer", "autumn", "fall", "winter"],
    &["north", "south", "east", "west"],
    &["northern", "southern", "eastern", "western"],
    &["morning", "afternoon", "evening", "night", "noon", "midnight"],
    &["second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century"],
    &["seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries"],
    &["daily", "weekly", "monthly", "yearly", "annually", "annual"],
    &["last", "next", "first"],
    &[
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "dozen",
        "m",
        "bn",
        "hundreds",
        "thousands",
        "millions",
        "billions",
        "dozens",
    ],
    &["pounds", "dollars", "euros", "pence", "cents", "£", "$", "€"],
    &["metres", "meters", "feet", "miles", "kilometres", "inches", "yards", "acres", "hectares"],
    &["double", "triple", "treble", "halve", "half", "quarter", "third", "whole"],
    &["doubled", "tripled", "trebled", "halved"],
    &["man", "woman", "boy", "girl", "child"],
    &["men", "women", "boys", "girls", "children"],
    &["father", "mother", "son", "daughter", "brother", "sister", "husband", "wife", "uncle", "aunt"],
    &[
        "doctor",
        "nurse",
        "teacher",
        "officer",
        "patient",
        "pupil",
        "councillor",
        "inspector",
        "manager",
        "minister",
        "lawyer",
        "farmer",
        "driver",
        "parent",
        "consultant",
        "worker",
    ],
    &[
        "doctors",
        "nurses",
        "teachers",
        "officers",
        "patients",
        "pupils",
        "councillors",
        "inspectors",
        "managers",
        "ministers",
        "lawyers",
        "farmers",
        "drivers",
        "parents",
        "consultants",
        "workers",
    ],
    &["red", "green", "blue", "yellow", "black", "white", "orange", "purple"],
    &["republican", "democrat", "democratic", "republicans", "democrats"],
    &["labour", "conservative", "liberal", "tory"],
];

/// Opposites, one pair (or more) a line; words on the same side of a bar mean much the same.
const OPPOSITES: &[&str] = &[
    "good great excellent adequate outstanding | bad terrible poor awful inadequate",
    "better | worse",
    "best | worst",
    "more | less fewer",
    "least | most",
    "maximum | minimum",
    "above over | below under",
    "up | down",
    "in | out",
    "on | off",
    "before | after | since | until",
    "with | without",
    "for | against",
    "inside | outside",
    "front | back rear",
    "top | bottom",
    "left | right",
    "right correct | wrong mistaken",
    "true | false untrue",
    "here | there",
    "always | never | sometimes | rarely seldom | often",
    "ever | never",
    "still | no",
    "yes | no",
    "any | no | every",
    "high | low",
    "higher | lower",
    "highest | lowest",
    "big large huge | small little tiny",
    "bigger larger | smaller",
    "biggest largest | smallest",
    "long | short",
    "longer | shorter",
    "old | new young",
    "older | newer younger",
    "early | late",
    "earlier | later",
    "sooner | later",
    "fast quick | slow",
    "faster quicker | slower",
    "quickly | slowly",
    "easy | hard difficult",
    "easier | harder",
    "strong | weak",
    "stronger | weaker",
    "rich | poor",
    "cheap | expensive dear",
    "cheaper | dearer costlier",
    "safe | dangerous risky",
    "safer | riskier",
    "hot | cold",
    "wet | dry",
    "full | empty",
    "dead | alive",
    "guilty | innocent",
    "public | private secret",
    "friend ally | enemy",
    "friends allies | enemies",
    "win | lose",
    "won | lost",
    "winning | losing",
    "winner | loser",
    "gain | loss lose",
    "profit | loss",
    "success | failure",
    "succeed | fail",
    "succeeded | failed",
    "pass | fail",
    "passed | failed",
    "accept | reject refuse",
    "accepted | rejected refused",
    "accepts | rejects refuses",
    "support | oppose",
    "supports | opposes",
    "supported | opposed",
    "supporting | opposing",
    "agree | disagree",
    "allow | ban forbid prevent block stop",
    "allowed | banned forbidden prevented blocked stopped",
    "approve | reject oppose",
    "approved | rejected opposed",
    "increase | decrease reduce cut decline",
    "increased | decreased reduced cut declined",
    "increases | decreases reduces cuts declines",
    "increasing | decreasing reducing cutting declining",
    "rise | fall drop",
    "rose | fell dropped",
    "rises | falls drops",
    "rising | falling dropping",
    "raise | lower cut",
    "raised | lowered cut",
    "grow | shrink",
    "grew | shrank",
    "growing | shrinking",
    "improve | worsen",
    "improved | worsened",
    "improving | worsening",
    "create | destroy",
    "created | destroyed",
    "build | demolish destroy",
    "built | demolished destroyed",
    "open | close shut",
    "opened | closed shut",
    "opening | closing shutting",
    "start | stop end finish",
    "started | stopped ended finished",
    "begin | end stop",
    "began | ended stopped",
    "beginning | end",
    "keep | lose drop scrap",
    "kept | lost dropped scrapped",
    "save | waste | spend | lose",
    "saved | wasted | spent | lost",
    "give | take",
    "gave | took",
    "come | go",
    "came | went",
    "stay | leave go",
    "stayed | left",
    "join | leave quit",
    "joined | left quit",
    "arrive | leave",
    "remember | forget",
    "remembered | forgot",
    "buy | sell",
    "bought | sold",
    "love like | hate dislike",
    "loved liked | hated disliked",
    "hope | fear",
    "happy | sad unhappy | angry",
    "proud | ashamed",
    "praise | criticise criticize blame condemn",
    "praised | criticised criticized blamed condemned",
    "hire | fire sack",
    "hired | fired sacked",
    "attack | defend",
    "attacked | defended",
    "protect | harm endanger",
    "protected | harmed endangered",
    "help | hinder harm",
    "helped | hindered harmed",
    "confirm | deny",
    "confirmed | denied",
    "admit | deny",
    "admitted | denied",
    "include | exclude",
    "included | excluded",
    "war | peace",
    "live | die",
    "lived | died",
    "many | few",
    "much | little",
    "everyone everybody | nobody noone | someone somebody",
    "everything | nothing | something",
    "everywhere | nowhere | somewhere",
];

/// The class a word is in, in the table; `None` where in none.
fn class(table: &[&[&str]], word: &str) -> Option<usize> {
    table.iter().position(|class| class.contains(&word))
}

/// How strong a modal verb is, as a number that only tells classes apart.
pub(super) fn modality(word: &str) -> Option<usize> {
    class(MODALS, word)
}

/// What share a quantifier speaks of, as a number that only tells classes apart.
pub(super) fn quantity(word: &str) -> Option<usize> {
    class(QUANTIFIERS, word)
}

/// Whom a pronoun means, as a number that only tells classes apart.
pub(super) fn person(word: &str) -> Option<usize> {
    class(PERSONS, word)
}

/// Whether one word excludes the other: opposites ("open", "shut"), members of one series ("March", "May"), or one the denial of the other
/// ("safe", "unsafe").
pub(super) fn exclude(one: &str, other: &str) -> bool {
    one != other && (are_opposed(one, other) || denies(one, other) || denies(other, one))
}

/// For each word the lines it stands in, with its side of the bars there.
static SIDES: LazyLock<FxHashMap<&'static str, Vec<(usize, usize)>>> = LazyLock::new(|| {
    let series = SERIES.iter().map(|series| series.iter().map(|&word| vec![word]).collect());
    let opposites = OPPOSITES.iter().map(|line| line.split('|').map(|side| side.split_whitespace().collect()).collect());
    let mut sides: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
    for (row, row_sides) in series.chain(opposites).enumerate() {
        let row_sides: Vec<Vec<&'static str>> = row_sides;
        for (side, word) in row_sides.iter().enumerate().flat_map(|(side, words)| words.iter().map(move |&word| (side, word))) {
            sides.entry(word).or_default().push((row, side));
        }
    }
    sides
});

fn are_opposed(one: &str, other: &str) -> bool {
    let (Some(own), Some(theirs)) = (SIDES.get(one), SIDES.get(other)) else { return false };
    own.iter().any(|(row, side)| theirs.iter().any(|(other_row, other_side)| row == other_row && side != other_side))
}

fn denies(word: &str, base: &str) -> bool {
    let prefixes = ["un", "in", "im", "il", "ir", "dis", "non", "mis"];
    base.len() >= 3 && prefixes.iter().any(|prefix| word.strip_prefix(prefix) == Some(base))
        || word.strip_suffix("less").is_some_and(|stem| base.strip_suffix("ful") == Some(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_and_series_exclude() {
        for (one, other) in [("worse", "better"), ("march", "may"), ("safe", "unsafe"), ("careful", "careless"), ("nurses", "doctors")] {
            assert!(exclude(one, other) && exclude(other, one), "{one} and {other}");
        }
        for (one, other) in [
            ("skilled", "clever"),
            ("big", "large"),
            ("reduce", "cut"),
            ("criticise", "criticize"),
            ("place", "space"),
            ("march", "march"),
            ("able", "unable to"),
        ] {
            assert!(!exclude(one, other), "{one} and {other}");
        }
    }
}
