//! What has become of saved citations becomes a line each.

use super::json::{state_name, told};
use super::page::{Ink, Page, one_line};
use crate::engine::{Differing, Rechecked, State};

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
        let words = one_line(&one.saved.cited.words);
        let differs: String = one.differs.iter().map(|differing| self.ink(&differing_line(differing), Ink::Bad)).collect();
        let (state, document) = (self.ink(state_name(one.state), ink), one_line(&one.saved.cited.document));
        format!("{state}{place}{renamed}: {document}: {words}{around}{differs}\n")
    }
}

/// What was told and is not so, in brackets.
fn differing_line(one: &Differing) -> String {
    let (what, told) = told(&one.told);
    let found = one.found.as_deref().map_or_else(|| "nothing of the kind".to_owned(), |found| format!("“{}”", one_line(found)));
    format!(" ({what}: saved as “{}”, the document has {found})", one_line(told))
}
