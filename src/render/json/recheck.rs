//! What has become of saved citations becomes `sayso.recheck/1`.

use serde::Serialize;

use crate::engine::{Rechecked, State};

#[derive(Clone, Debug, Serialize)]
struct JsonPlace {
    start: usize,
    end: usize,
}

#[derive(Clone, Debug, Serialize)]
struct JsonRechecked {
    document: String,
    digest: Option<String>,
    text: String,
    state: &'static str,
    moved_to: Option<JsonPlace>,
    renamed: Option<String>,
    surroundings: Option<&'static str>,
    file: Option<&'static str>,
}

/// `sayso.recheck/1`
#[derive(Debug, Serialize)]
pub struct JsonRecheck {
    schema: &'static str,
    citations: Vec<JsonRechecked>,
}

/// The word for what has become of a citation.
#[must_use]
pub fn state_name(state: State) -> &'static str {
    match state {
        State::Unchanged => "unchanged",
        State::Moved => "moved",
        State::Changed => "changed",
        State::Gone => "gone",
    }
}

impl JsonRecheck {
    /// Citations in the order of the saved file.
    #[must_use]
    pub fn new(rechecked: &[Rechecked]) -> Self {
        Self { schema: "sayso.recheck/1", citations: rechecked.iter().map(JsonRechecked::new).collect() }
    }
}

impl JsonRechecked {
    fn new(one: &Rechecked) -> Self {
        let changed = |same: bool| if same { "unchanged" } else { "changed" };
        let moved = one.place.clone().filter(|_| one.state == State::Moved);
        Self {
            document: one.saved.document.clone(),
            digest: one.saved.digest.clone(),
            text: one.saved.words.clone(),
            state: state_name(one.state),
            moved_to: moved.map(|place| JsonPlace { start: place.start, end: place.end }),
            renamed: one.renamed.clone(),
            surroundings: one.surroundings.map(changed),
            file: one.same_file.map(changed),
        }
    }
}
