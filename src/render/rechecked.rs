//! What has become of saved citations becomes a line each.

use super::json::state_name;
use super::page::{Ink, Page, one_line};
use crate::engine::{Rechecked, State};

impl Page {
    /// A line a citation: what has become of it, where, and its words.
    #[must_use]
    pub fn rechecked(&self, rechecked: &[Rechecked]) -> String {
        rechecked.iter().map(|one| self.rechecked_line(one)).collect()
    }

    fn rechecked_line(&self, one: &Rechecked) -> String {
        let ink = match one.state {
            State::Unchanged => Ink::Good,
            State::Moved => Ink::Doubt,
            State::Changed | State::Gone => Ink::Bad,
        };
        let place = one.place.as_ref().filter(|_| one.state == State::Moved);
        let place = place.map(|place| format!(" to {}-{}", place.start, place.end)).unwrap_or_default();
        let renamed = one.renamed.as_deref().map(|name| format!(" in {}", one_line(name))).unwrap_or_default();
        let around =
            if one.surroundings == Some(false) { self.ink(" (the words around it have changed)", Ink::Doubt) } else { String::new() };
        let words = one_line(&one.saved.words);
        format!("{}{place}{renamed}: {}: {words}{around}\n", self.ink(state_name(one.state), ink), one_line(&one.saved.document))
    }
}
