//! Documents become a list for people: what is known about each, where that was read, and how sure it is.

use std::sync::Arc;

use crate::corpus::{Certainty, Origin};
use crate::index::{DocumentRecord, Particulars};
use crate::render::page::{Ink, Page, one_line};
use crate::text::Language;

/// How sure a value is, in a word.
fn certainty_name(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "stated",
        Certainty::Read => "read",
        Certainty::Guessed => "guessed",
    }
}

impl Page {
    /// A line for each document, and one for each thing known about it; `particulars` in the same order.
    #[must_use]
    pub fn listing(&self, documents: &[Arc<DocumentRecord>], particulars: &[Particulars]) -> String {
        documents.iter().zip(particulars).map(|(document, particulars)| self.listed(document, particulars)).collect()
    }

    fn listed(&self, document: &DocumentRecord, particulars: &Particulars) -> String {
        let authors = (!document.authors.is_empty()).then(|| document.authors.join(", "));
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        let lines = [
            self.known("title", document.title.clone(), particulars.title_from),
            self.known("outlet", document.publisher.clone(), particulars.publisher_from),
            self.known("authors", authors, particulars.authors_from),
            self.known("published", day(document.published), particulars.published_from),
        ];
        let updated = particulars.updated.map(|_| self.known("updated", day(particulars.updated), particulars.updated_from));
        let foreign = particulars.language.filter(|language| *language != Language::English);
        let language = foreign.map(|language| self.known("language", Some(format!("{}, not read for questions", language.name())), None));
        let lines: String = lines.into_iter().chain(updated).chain(language).collect();
        format!("\n{}\n{lines}", one_line(&document.id))
    }

    fn known(&self, what: &str, value: Option<String>, from: Option<Origin>) -> String {
        let Some(value) = value else { return format!("    {}\n", self.ink(&format!("{what:<10} not known"), Ink::Dim)) };
        let from = from.map(|from| format!("  ({}, {})", from.name(), certainty_name(from.certainty()))).unwrap_or_default();
        format!("    {what:<10} {}{}\n", self.ink(&one_line(&value), Ink::Source), self.ink(&from, Ink::Dim))
    }
}
