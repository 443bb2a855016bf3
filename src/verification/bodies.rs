//! Two ways of naming a body become one answer: can they mean the same organization? Short forms and initials count.

use super::words::words;
use crate::text;

/// A folded word without a possessive ending.
pub(super) fn bare(folded: &str) -> String {
    folded.strip_suffix("'s").unwrap_or(folded).trim_end_matches('\'').to_owned()
}

/// The content words of a name of an organization or a role.
pub(super) fn content(name: &str) -> Vec<String> {
    words(name, 0)
        .into_iter()
        .map(|word| bare(&word.folded))
        .filter(|word| !text::is_stop_word(word))
        .map(|word| text::stem(&word))
        .collect()
}

pub(super) fn within(short: &[String], long: &[String]) -> bool {
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}

/// Whether one is the short form of the other, or its initials ("the League", "CWA" for "Court Workers' Association").
pub(super) fn organizations_agree(one: &str, other: &str) -> bool {
    let (short, long) = (content(one), content(other));
    within(&short, &long) || within(&long, &short) || abbreviates(one, other) || abbreviates(other, one)
}

fn abbreviates(short: &str, long: &str) -> bool {
    let short: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let all: String = words(long, 0).iter().filter_map(|word| word.folded.chars().next()).collect();
    let main: String =
        words(long, 0).iter().filter(|word| !text::is_stop_word(&word.folded)).filter_map(|word| word.folded.chars().next()).collect();
    short.chars().count() >= 2 && short.chars().all(|c| c.is_uppercase() || c.is_numeric()) && [all, main].contains(&short.to_lowercase())
}

/// Whether a role names a body whose initials the claim is, or by initials the body that the claim names in full: "LGA" for a "chairman of
/// the Local Government Association's youth board".
pub(super) fn names_by_initials(claimed: &str, role: &str) -> bool {
    let words: Vec<&str> = role.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()).collect();
    let runs = (0..words.len()).flat_map(|start| (start + 1..=words.len()).map(move |end| (start, end)));
    let run = |(start, end): (usize, usize)| words.get(start..end).unwrap_or_default();
    let is_name = |run: &[&str]| {
        let capital = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
        capital(run.first()) && capital(run.last()) && run.iter().all(|word| capital(Some(word)) || text::is_stop_word(&text::fold(word)))
    };
    let initials = |run: &[&str]| match run {
        [one] => abbreviates(one, claimed),
        several => abbreviates(claimed, &several.join(" ")),
    };
    runs.map(run).any(|run| is_name(run) && initials(run))
}
