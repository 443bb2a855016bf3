//! Two ways of naming a speaker become an answer: the same, near enough, or not.
//!
//! The rules are those of the scorer that comes with the converted PolNeAR data (`score.py`), so that the figures agree with it to the
//! digit; they know nothing of who is who, and are used for measuring only.

use std::sync::LazyLock;

use regex::Regex;

/// Words before a name that do not count.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sen",
    "sen.",
    "senator",
    "rep",
    "rep.",
    "representative",
    "gov",
    "gov.",
    "governor",
    "president",
    "vice",
    "secretary",
    "judge",
    "justice",
    "prof",
    "professor",
    "sir",
    "lord",
    "lady",
    "the",
    "a",
    "an",
    "king",
    "queen",
    "prince",
    "former",
    "then",
    "gen",
    "gen.",
    "general",
    "lt",
    "col",
    "capt",
    "sgt",
    "mayor",
    "minister",
    "prime",
    "chancellor",
    "chairman",
    "chairwoman",
    "chief",
    "republican",
    "democratic",
    "gop",
    "presidential",
    "candidate",
    "nominee",
    "rev",
    "pastor",
    "speaker",
    "attorney",
];
/// Pronouns are only right where the judges have the same one.
const PRONOUNS: &[&str] = &["he", "she", "they", "i", "we", "it", "you", "who", "him", "her", "them", "his"];
/// Words that follow a surname.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii"];

/// A pattern that is known to be one.
#[allow(clippy::unwrap_used, reason = "the patterns are constants, and a test compiles each")]
fn pattern(words: &str) -> Regex {
    Regex::new(words).unwrap()
}

// Letters of names are written out: what the scorer's language takes for a letter of a word leaves combining marks out.
static POSSESSIVE: LazyLock<Regex> = LazyLock::new(|| pattern(r"'s\b"));
static RUN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:[A-Z][\p{L}\p{N}_.'-]*|[A-Z]\.)(?:\s+(?:[A-Z][\p{L}\p{N}_.'-]*|de|la|van|von|bin|al|der|del|Jr\.?|Sr\.?))*")
});
static LONG_RUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Z][\p{L}\p{N}_.'-]+(?:\s+[A-Z][\p{L}\p{N}_.'-]+)*"));
static NAME_END: LazyLock<Regex> = LazyLock::new(|| pattern(r",| who | which |\(| told | said "));
static HEAD_END: LazyLock<Regex> = LazyLock::new(|| pattern(r",| who | of | for | with | in | at | from "));
static FORM_END: LazyLock<Regex> = LazyLock::new(|| pattern(r",| who | of the | which "));
static GENERATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(Jr|Sr)\.?$"));

/// How right a speaker is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rightness {
    /// The same string but for titles.
    pub(super) strict: bool,
    /// The same person as far as a surname or a head noun tells.
    pub(super) lenient: bool,
}

fn straight(name: &str) -> String {
    name.replace('’', "'")
}

/// Lower case, without marks, possessive, titles and whatever follows a comma.
fn form(name: &str) -> String {
    let plain = straight(name);
    let bare = plain.trim().trim_matches(['"', '“', '”', ',', '.', ':', ';', ' ']);
    let bare = bare.strip_suffix("'s").unwrap_or(bare);
    let head = FORM_END.split(bare).next().unwrap_or_default();
    let mut words: Vec<&str> = head.split_whitespace().collect();
    while words.len() > 1 && words.first().is_some_and(|first| is_title(first)) {
        words.remove(0);
    }
    words.join(" ").to_lowercase().trim().to_owned()
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word.to_lowercase().trim_matches('.'))
}

/// The last word of the last run of capitalised words.
pub(super) fn last_name(name: &str) -> Option<String> {
    let plain = straight(name);
    let plain = POSSESSIVE.replace_all(&plain, "");
    let head = NAME_END.split(&plain).next().unwrap_or_default();
    let mut runs: Vec<&str> =
        RUN.find_iter(head).map(|run| run.as_str()).filter(|run| !TITLES.contains(&run.to_lowercase().as_str())).collect();
    if runs.is_empty() {
        runs = LONG_RUN.find_iter(&plain).map(|run| run.as_str()).collect();
    }
    let (first, last) = (runs.first()?, runs.last()?);
    let named = |word: &&str| !SUFFIXES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let mut words: Vec<&str> = last.split_whitespace().filter(named).collect();
    if runs.len() > 1 && words.iter().all(|word| is_title(word)) {
        words = first.split_whitespace().collect();
    }
    words.last().map(|word| word.trim_end_matches('.').to_lowercase())
}

/// The last word before whatever qualifies a noun.
fn head_noun(name: &str) -> Option<String> {
    let head = HEAD_END.split(name).next().unwrap_or_default();
    head.split_whitespace().last().map(|word| word.to_lowercase().trim_matches([',', '.']).to_owned())
}

/// Whether the speaker found is the one judged.
pub(super) fn judge(gold: &str, found: &str) -> Rightness {
    let wrong = Rightness::default();
    if found.is_empty() {
        return wrong;
    }
    let (own, theirs) = (form(gold), form(found));
    if own == theirs {
        return Rightness { strict: true, lenient: true };
    }
    if PRONOUNS.contains(&own.as_str()) || PRONOUNS.contains(&theirs.as_str()) {
        return wrong;
    }
    let near = match (last_name(gold), last_name(found)) {
        (Some(one), Some(other)) if one == other => true,
        (Some(one), _) => holds_word(&found.to_lowercase(), &one) && words(found) <= words(gold) + 6,
        (None, _) => head_noun(gold) == head_noun(found),
    };
    Rightness { strict: false, lenient: near }
}

fn words(name: &str) -> usize {
    name.split_whitespace().count()
}

fn holds_word(whole: &str, word: &str) -> bool {
    Regex::new(&format!(r"\b{}\b", regex::escape(word))).is_ok_and(|pattern| pattern.is_match(whole))
}

/// Whether a resolved name has the right surname, and the right first name as well.
pub(super) fn judge_full(gold: &str, found: &str) -> (bool, bool) {
    let parts = |name: &str| -> Vec<String> { GENERATION.replace_all(name, "").split_whitespace().map(str::to_owned).collect() };
    let (own, theirs) = (parts(gold), parts(&found.replace("’s", "")));
    let same = match own.as_slice() {
        [_, _, ..] => !theirs.is_empty() && last_name(&own.join(" ")) == last_name(&theirs.join(" ")),
        _ => form(gold) == form(found),
    };
    let first = own.first().map(|first| first.to_lowercase());
    (same, same && theirs.iter().any(|part| Some(part.to_lowercase()) == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gold: &str, found: &str, strict: bool, lenient: bool) {
        assert_eq!(judge(gold, found), Rightness { strict, lenient }, "{gold:?} and {found:?}");
    }

    #[test]
    fn titles_and_what_follows_do_not_count() {
        check("Sen. Ann Bell, the Democrat", "Ann Bell", true, true);
        check("the mayor", "Mayor", true, true);
        check("Ann Bell’s", "Ann Bell", true, true);
    }

    #[test]
    fn a_surname_or_a_head_noun_is_near_enough() {
        check("Ann Bell", "Ms. Bell", false, true);
        check("Ann Bell Jr.", "Bell", false, true);
        check("a spokesman for the harbour", "the spokesman", false, true);
        check("Ann Bell", "a friend of bell", false, true);
    }

    #[test]
    fn others_are_wrong_and_pronouns_only_right_alike() {
        check("Ann Bell", "Tom Carter", false, false);
        check("she", "Ann Bell", false, false);
        check("she", "She", true, true);
        check("Ann Bell", "", false, false);
    }

    #[test]
    fn full_names_need_the_first_name_too() {
        assert_eq!(judge_full("Ann Bell", "Ann Bell"), (true, true));
        assert_eq!(judge_full("Ann Bell", "Mr. Bell"), (true, false));
        assert_eq!(judge_full("Ann Bell", "Tom Carter"), (false, false));
    }
}
