//! Where the words of somebody whose closing mark is missing give way to the reporter's: before the clause that names who said them.
//!
//! "We did what we could, she said." and "…, said Ann Webb, a nurse." Read from words alone, for the marks are paired before anything is parsed. A clause with an object of its own
//! ("she said that …") belongs to what is said.

use super::cue::{CueClass, Lexicon};
use crate::text::fold;

/// The end of somebody's words before their reporter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GivingWay {
    /// Bytes of the words said, the comma at their end included.
    pub(super) said: usize,
    /// Whether the reporter's clause is all that follows.
    pub(super) last: bool,
}

/// Where the words give way to the reporter's, if they do.
pub(super) fn giving_way(words: &str) -> Option<GivingWay> {
    let lexicon = Lexicon::new();
    let ends = words.match_indices([',', '!', '?']).map(|(at, mark)| at + mark.len());
    ends.filter_map(|said| Some((said, words.get(said..)?.strip_prefix([' ', '\u{a0}'])?)))
        .find(|(said, rest)| *said > SHORTEST && names_speaker(rest, &lexicon))
        .map(|(said, rest)| GivingWay { said, last: !goes_on(rest) })
}

/// Whether more follows than one clause: another sentence, or what "and" or "but" joins to it.
fn goes_on(rest: &str) -> bool {
    let rest = rest.trim_end_matches(['.', ' ']);
    let words: Vec<&str> = rest.split(' ').collect();
    let parts = |word: &&str| word.ends_with(['.', '!', '?', ':', ';']) && !matches!(*word, "Mr." | "Mrs." | "Ms." | "Dr.");
    let joins = |two: &[&str]| matches!(two, [one, "and" | "but" | "or" | "so"] if one.ends_with(','));
    words.iter().any(parts) || words.windows(2).any(joins)
}

/// Fewest bytes that are somebody's words.
const SHORTEST: usize = 2;

/// Verbs that stand before who spoke.
const INVERTED: &[&str] =
    &["said", "says", "added", "adds", "replied", "asked", "answered", "explained", "warned", "insisted", "wrote", "shouted"];

/// Whether the words begin with a clause that names who spoke.
pub(super) fn names_speaker(rest: &str, lexicon: &Lexicon) -> bool {
    let mut words = rest.split([' ', '\u{a0}']).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    if INVERTED.contains(&first) {
        return words.next().is_some_and(|next| is_name(next) || first.starts_with("sa") && ARTICLES.contains(&next));
    }
    let named = matches!(first, "he" | "she" | "they") || is_name(first) && ends_word(first);
    let mut words = words.skip_while(|word| is_name(word) && ends_word(word) || ADVERBS.contains(word));
    let verb = words.next().unwrap_or_default();
    let says = lexicon.verb(&fold(verb.trim_end_matches(|c: char| !c.is_alphabetic())));
    let uttered = says.is_some_and(|(_, class)| matches!(class, CueClass::Say | CueClass::Ask));
    let past = verb.starts_with(|c: char| c.is_ascii_lowercase()) && !verb.ends_with("ing");
    named && uttered && past && (!ends_word(verb) || words.next().is_none_or(|next| WHEN.contains(&next)))
}

const ARTICLES: &[&str] = &["the", "a", "an", "his", "her", "its", "their", "one"];
const ADVERBS: &[&str] = &["also", "then", "later", "has", "had", "once"];
/// Words that tell when or where somebody spoke.
const WHEN: &[&str] = &["on", "in", "at", "yesterday", "today", "last", "during", "after", "before", "when"];

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some()
}

/// Whether no mark ends the clause with this word.
fn ends_word(word: &str) -> bool {
    word.ends_with(char::is_alphanumeric) || matches!(word, "Mr." | "Mrs." | "Ms." | "Dr.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, said: Option<&str>, last: bool) {
        let found = giving_way(words);
        assert_eq!(found.map(|found| &words[..found.said]), said, "{words}");
        assert!(found.is_none_or(|found| found.last == last), "{words}");
    }

    #[test]
    fn words_give_way_before_the_clause_that_names_who_said_them() {
        check("We did what we could, she said. It was late.", Some("We did what we could,"), false);
        check("We did what we could, said Ann Webb, a nurse.", Some("We did what we could,"), true);
        check("Is it late? Ann Webb asked.", Some("Is it late?"), true);
        check("It was late, Mr. Webb added on Monday.", Some("It was late,"), true);
        check("It was late, said the nurse.", Some("It was late,"), true);
    }

    #[test]
    fn a_report_inside_what_is_said_stays() {
        check("Then, in May, Ann Webb said that 90 would come.", None, false);
        check("I met Ann, she told me a story.", None, false);
        check("It was late, and the nurse said so.", None, false);
        check("Yes, Sallow is a fine place.", None, false);
    }
}
