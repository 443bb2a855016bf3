//! Verbs of saying, by what they do: a question's verb and a report's verb need not be the same word.

use crate::text::{fold, stem};

/// Groups of verbs that report the same kind of utterance, by stem.
const GROUPS: &[&[&str]] = &[
    &[
        "say", "said", "tell", "told", "add", "state", "speak", "spoke", "remark", "explain", "comment", "note", "announc", "mention",
        "talk", "put",
    ],
    &["warn", "caution", "fear", "threaten"],
    &["criticis", "critic", "attack", "condemn", "blame", "accus", "slam", "denounc", "complain", "complaint", "rail"],
    &["describ", "call", "dub", "label", "term", "brand", "liken", "character"],
    &["deni", "deny", "reject", "refut", "disput", "dismiss", "oppos"],
    &["prais", "welcom", "applaud", "thank", "commend", "support", "back"],
    &["claim", "argu", "insist", "believ", "think", "thought", "suggest", "maintain", "assert", "feel"],
    &["admit", "conced", "accept", "acknowledg", "confess", "apologis", "apolog", "regret", "express"],
    &["promis", "pledg", "vow", "undertak", "guarante"],
    &["demand", "urg", "ask", "appeal", "plead", "call"],
    &["predict", "expect", "forecast", "hope"],
];

/// The groups a stem belongs to.
fn groups(stem: &str) -> impl Iterator<Item = usize> + '_ {
    GROUPS.iter().enumerate().filter(move |(_, group)| group.contains(&stem)).map(|(number, _)| number)
}

/// Whether the stem is that of a verb of saying.
pub(super) fn is_saying(stem: &str) -> bool {
    groups(stem).next().is_some()
}

/// Whether two stems report the same kind of utterance.
pub(super) fn alike(one: &str, other: &str) -> bool {
    one == other || groups(one).any(|group| groups(other).any(|theirs| theirs == group))
}

/// The stem of a word, titles written out ("Cllr" and "councillor" are the same).
pub(super) fn title_stem(word: &str) -> String {
    match fold(word).as_str() {
        "cllr" | "cllrs" => stem("councillor"),
        "dr" => stem("doctor"),
        "prof" => stem("professor"),
        "mp" | "mps" => "mp".to_owned(),
        other => stem(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_one_group_are_alike() {
        assert!(alike("describ", "call"));
        assert!(!alike("warn", "prais"));
        assert!(is_saying(&stem("criticised")) && is_saying(&stem("said")) && !is_saying("council"));
    }
}
