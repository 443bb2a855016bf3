//! Limits of date leave out whatever names no date: how many documents that were becomes a [`Warning`].

use super::{Engine, Warning};
use crate::question::Constraints;

impl Engine {
    /// That documents without a date of publication were left out; nothing where no date limits anything, or all documents have one.
    pub(super) fn undated(&self, limits: &Constraints) -> Option<Warning> {
        limits.since.or(limits.until)?;
        let outlets = limits.source.as_deref().and_then(|source| self.outlets_named(source).ok());
        let wanted =
            |outlet: &&Option<String>| outlets.as_ref().is_none_or(|outlets| outlet.as_ref().is_some_and(|name| outlets.contains(name)));
        let undated = self.undated.get_or_init(|| self.outlets_of_undated());
        let message = match undated.iter().filter(wanted).count() {
            0 => return None,
            1 => "one document has no date of publication and was left out by the limits of date".to_owned(),
            count => format!("{count} documents have no date of publication and were left out by the limits of date"),
        };
        Some(Warning { path: None, message })
    }

    /// The outlet, where it is known, of each document without a date.
    fn outlets_of_undated(&self) -> Vec<Option<String>> {
        // An index that cannot be read is an error to whoever asked for more than this.
        let documents = self.documents().unwrap_or_default();
        documents.iter().filter(|document| document.published.is_none()).map(|document| document.publisher.clone()).collect()
    }
}
