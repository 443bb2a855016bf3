//! A dossier becomes a report: Markdown, one HTML file that needs nothing else, or web annotations.
//!
//! Every report holds its passports as JSON (`sayso.report/1`), so that `sayso recheck` can verify all it cites again. Whatever a document or the
//! user wrote is escaped, and what steers a screen or turns the direction of writing is left out. No clock is read: the same index gives the
//! same report, byte for byte.

mod annotations;
mod html;
mod markdown;
mod section;

use std::ops::Range;

use serde_json::Value;

use super::json::{JsonReport, Texts};
use super::page::{Ink, Opening, is_unsafe};
use crate::engine::{Entry, Holdings};
use crate::question::Constraints;

/// Everything a report is made from.
#[derive(Clone, Copy)]
pub struct Report<'r> {
    /// What it is called.
    pub title: &'r str,
    /// What was looked into and found.
    pub entries: &'r [Entry],
    /// What was searched.
    pub holdings: &'r Holdings,
    /// The limits that were set.
    pub constraints: &'r Constraints,
    /// How its reader opens a cited place.
    pub opening: &'r Opening,
    /// The documents' texts.
    pub texts: &'r dyn Texts,
}

impl Report<'_> {
    /// As `sayso.report/1`.
    #[must_use]
    pub fn json(&self) -> JsonReport {
        JsonReport::new(self.title, self.holdings, self.entries, self.texts)
    }

    /// As W3C Web Annotations.
    #[must_use]
    pub fn annotations(&self) -> Value {
        annotations::annotations(self.title, self.entries, self.texts)
    }

    /// What was searched, in a sentence.
    fn searched(&self) -> String {
        let Holdings { documents, days, outlets } = self.holdings;
        let noun = if *documents == 1 { "document" } else { "documents" };
        let days = days.map(|(first, last)| format!(", published from {} to {}", first.strftime("%-d %B %Y"), last.strftime("%-d %B %Y")));
        let outlets = if outlets.is_empty() { String::new() } else { format!("; outlets: {}", outlets.join(", ")) };
        format!("{documents} {noun}{}{outlets}.", days.unwrap_or_default())
    }

    /// The limits that were set, in a sentence; nothing where there are none.
    fn limits(&self) -> Option<String> {
        let Constraints { source, since, until, speaker } = self.constraints;
        let limits = [
            source.as_ref().map(|name| format!("of {name}")),
            since.map(|day| format!("from {} on", day.strftime("%-d %B %Y"))),
            until.map(|day| format!("until {}", day.strftime("%-d %B %Y"))),
            speaker.as_ref().map(|name| format!("said by {name}")),
        ];
        let limits: Vec<String> = limits.into_iter().flatten().collect();
        (!limits.is_empty()).then(|| format!("Only what is {}.", limits.join(", ")))
    }
}

/// A sign for what is good and what is not.
fn sign(ink: Ink) -> &'static str {
    match ink {
        Ink::Good => "✓",
        Ink::Bad => "✗",
        _ => "?",
    }
}

/// The words before, inside and behind the stretch that is meant; `None` where nothing of them is.
fn parted<'w>(words: &'w str, stretch: Option<&Range<usize>>) -> Option<(&'w str, &'w str, &'w str)> {
    let range = stretch.filter(|range| !range.is_empty())?;
    Some((words.get(..range.start)?, words.get(range.clone())?, words.get(range.end..)?))
}

/// What a report is, for whoever reads it without knowing the program.
const ABOUT: &str = "Every answer and every quotation here is a verbatim span of a document, with the characters it stands at and the SHA-256 digest of \
    the file. Nothing is generated. “Not found” speaks of the documents searched only; it does not make anything false.";
/// How a report is verified.
const VERIFYING: &str = "`sayso recheck` with this file tells of every citation whether it is unchanged, moved, changed or gone.";

/// JSON that can stand in HTML and in a fenced block: what could end either, steer a screen or turn the direction of writing is spelled out.
fn passports(report: &Report<'_>) -> String {
    let json = serde_json::to_string(&report.json()).unwrap_or_default();
    let mut guarded = String::with_capacity(json.len());
    for character in json.chars() {
        if matches!(character, '<' | '>' | '&' | '`' | '\u{2028}' | '\u{2029}') || is_unsafe(character) {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| guarded.push_str(&format!("\\u{unit:04x}")));
        } else {
            guarded.push(character);
        }
    }
    guarded
}

#[cfg(test)]
mod tests;
