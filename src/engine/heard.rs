//! What is odd about a question, and what was passed over for it, become [`Warning`]s to whoever asks.

use super::Warning;
use crate::question::{self, Oddity};
use crate::retrieval::PassedOver;

/// The question that is answered, and what its asker should know of the words.
pub(super) fn heard(words: &str) -> (String, Vec<Warning>) {
    let mut question = words.to_owned();
    let mut warnings = Vec::new();
    for oddity in question::oddities(words) {
        let message = match oddity {
            Oddity::Foreign(language) => {
                let seems = language.map_or_else(|| "not to be in English".to_owned(), |language| format!("to be in {language}"));
                format!("the question seems {seems}; sayso reads English only")
            }
            Oddity::Several(first) => {
                question.clone_from(&first);
                format!("these are several questions; only the first is answered: {first}")
            }
            Oddity::Joined => "this asks two things; one answer may be for only one of them: ask them one at a time".to_owned(),
        };
        warnings.push(Warning { path: None, message });
    }
    (question, warnings)
}

/// Documents named of those that were passed over.
const NAMED: usize = 3;

/// That documents in another language were not read for a question.
pub(super) fn not_read(passed: &PassedOver) -> Warning {
    let named: Vec<&str> = passed.documents.iter().take(NAMED).map(|document| document.id.as_str()).collect();
    let more = passed.documents.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (language, named) = (passed.language.name(), named.join(", "));
    Warning { path: None, message: format!("may speak of this, but was not read for it, being in {language}: {named}{more}") }
}
