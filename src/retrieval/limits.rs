//! The question's constraints become limits of the search: names as people write them are held against the names in the index.

use crate::index::{Filter, Index, IndexError};
use crate::question::Constraints;
use crate::text;

/// The limits; `None` where nothing can fit them.
pub(super) fn filter(index: &Index, constraints: &Constraints) -> Result<Option<Filter>, IndexError> {
    let (since, until, speaker) = (constraints.since, constraints.until, constraints.speaker.clone());
    let mut filter = Filter { since, until, speaker, ..Filter::default() };
    if let Some(source) = &constraints.source {
        let outlets = matching_outlets(source, index.outlets()?);
        if outlets.is_empty() {
            return Ok(None);
        }
        filter.outlets = Some(outlets);
    }
    Ok(Some(filter))
}

/// Whether the words wanted name an outlet of these words.
type Way = fn(&[String], &[String]) -> bool;

/// The outlets a person may mean: spelled alike; else those that hold all the words, or whose initials they are; else nearly alike.
fn matching_outlets(source: &str, outlets: Vec<String>) -> Vec<String> {
    let wanted = words(source);
    let ways: [Way; 4] = [
        |wanted, outlet| wanted == outlet,
        |wanted, outlet| wanted.iter().all(|word| outlet.contains(word)),
        |wanted, outlet| outlet.len() > 1 && wanted.concat() == initials(outlet),
        |wanted, outlet| nearly(&wanted.join(" "), &outlet.join(" ")),
    ];
    if wanted.is_empty() {
        return Vec::new();
    }
    let fitting = |way: &Way| -> Vec<String> { outlets.iter().filter(|outlet| way(&wanted, &words(outlet))).cloned().collect() };
    ways.iter().map(fitting).find(|fitting| !fitting.is_empty()).unwrap_or_default()
}

fn words(name: &str) -> Vec<String> {
    let folded = text::fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "the");
    words.map(str::to_owned).collect()
}

fn initials(words: &[String]) -> String {
    words.iter().filter_map(|word| word.chars().next()).collect()
}

/// Whether one letter in five, at most, has to change.
fn nearly(one: &str, other: &str) -> bool {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (number, c) in one.chars().enumerate() {
        let mut diagonal = number;
        if let Some(first) = row.first_mut() {
            *first = number + 1;
        }
        for (column, &d) in (1..).zip(&other) {
            let above = row.get(column).copied().unwrap_or(usize::MAX);
            let left = row.get(column - 1).copied().unwrap_or(usize::MAX);
            let best = (diagonal + usize::from(c != d)).min(above.saturating_add(1)).min(left.saturating_add(1));
            diagonal = above;
            if let Some(place) = row.get_mut(column) {
                *place = best;
            }
        }
    }
    row.last().is_some_and(|&distance| distance * 5 <= other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let outlets = ["BBC News", "Evening Lantern", "The Marlshire Courier", "Radio Tarn"].map(str::to_owned).to_vec();
        assert_eq!(matching_outlets(source, outlets), expected, "{source}");
    }

    #[test]
    fn outlets_are_known_by_many_names() {
        check("the evening lantern", &["Evening Lantern"]);
        check("BBC", &["BBC News"]);
        check("Courier", &["The Marlshire Courier"]);
        check("RT", &["Radio Tarn"]);
        check("Marlshire Couriar", &["The Marlshire Courier"]);
        check("Daily Planet", &[]);
        check("the", &[]);
    }
}
