//! Lines that stand at the top or foot of most pages are no part of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Paragraph;

/// The keys of paragraphs that most pages begin or end with.
pub(super) fn lines<'p>(pages: impl Iterator<Item = &'p [Paragraph]>) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut total = 0;
    for page in pages {
        total += 1;
        let edges: BTreeSet<String> = page
            .iter()
            .take(2)
            .chain(page.iter().rev().take(2))
            .map(|paragraph| key(&paragraph.words))
            .filter(|key| key.len() <= 160)
            .collect();
        edges.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| *count >= 3 && *count * 2 >= total).map(|(key, _)| key).collect()
}

/// A paragraph's words with every number as one sign: page 3 of 8 and page 4 of 8 are alike.
pub(super) fn key(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    for c in words.chars() {
        match (c.is_ascii_digit(), key.ends_with('#')) {
            (true, true) => {}
            (true, false) => key.push('#'),
            (false, _) => key.extend(c.to_lowercase()),
        }
    }
    key
}

/// "12", "Page 3", "3 of 8", "– 4 –".
pub(super) fn is_page_number(words: &str) -> bool {
    let bare = key(words);
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '.'));
    matches!(bare, "#" | "page #" | "page # of #" | "# of #" | "#/#" | "p. #") && words.len() <= 24
}
