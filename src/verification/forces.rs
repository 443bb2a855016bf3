//! "Police" as the one claimed becomes whichever of their officers speaks, going by the rank printed before the name.

use super::bodies::{bare, content, within};
use super::words::words;
use crate::quotation::Speaker;
use crate::syntax::EntityKind;
use crate::text;

/// Words that only a rank of the police has.
const RANKS: &[&str] = &["constable", "dc", "dci", "detective", "pc"];

/// Words of a rank that others have too: the police's where one of [`SURE`] stands before.
const SHARED: &[&str] = &["inspector", "officer", "sergeant", "superintendent"];
const SURE: &[&str] = &["police"];

/// Who no longer is one.
const PAST: &[&str] = &["ex", "former", "formerly", "late", "retired"];

/// Most words of a rank ("detective chief inspector").
const LONGEST: usize = 3;

/// Whether the speaker is an officer of the police claimed: a rank stands before the name in the passage, or at the quotation.
pub(super) fn speaks_for_force(claimed: &str, speaker: &Speaker, passage: &str) -> bool {
    let (force, claim) = (text::stem("police"), content(claimed));
    let is_force = claim.last() == Some(&force) && (claim.len() == 1 || within(&claim, &content(passage)));
    is_force && speaker.kind == EntityKind::Person && (has_rank(&speaker.mention, &speaker.name) || has_rank(passage, &speaker.name))
}

/// Whether a rank stands right before the name.
fn has_rank(text: &str, name: &str) -> bool {
    let before = |at: usize| words(text.get(..at).unwrap_or_default(), 0);
    text.match_indices(name).any(|(at, _)| {
        let before = before(at);
        let near: Vec<String> = before.iter().rev().take(LONGEST + 1).map(|word| bare(&word.folded)).collect();
        let is = |list: &[&str], word: Option<&String>| word.is_some_and(|word| list.contains(&word.as_str()));
        let rank = near.iter().take(LONGEST).any(|word| is(RANKS, Some(word)));
        let shared = is(SHARED, near.first()) && is(SURE, near.get(1));
        (rank || shared) && !near.iter().any(|word| is(PAST, Some(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::speaker;
    use super::*;

    fn check(claimed: &str, passage: &str, expected: bool) {
        let by = Speaker { mention: "he".to_owned(), ..speaker("Ned Hart") };
        assert_eq!(speaks_for_force(claimed, &by, passage), expected, "{claimed:?} in {passage:?}");
    }

    #[test]
    fn an_officer_speaks_for_the_police() {
        check("police", "Detective Inspector Ned Hart came. He shut the yard.", true);
        check("the Alba police", "The Alba police came, PC Ned Hart among them.", true);
        check("police", "A police sergeant, Ned Hart, came.", true);
    }

    #[test]
    fn others_do_not() {
        check("police", "Ned Hart called the police.", false);
        check("police", "A former detective, Ned Hart, came.", false);
        check("police", "The schools inspector Ned Hart called the police.", false);
        check("the Novia police", "Detective Inspector Ned Hart came.", false);
        check("Ned Carter", "Detective Inspector Ned Hart came.", false);
    }
}
