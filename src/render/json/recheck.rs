//! What has become of saved citations becomes `sayso.recheck/1`.

use serde::Serialize;

use crate::engine::{Differing, Rechecked, State, Told};

#[derive(Clone, Debug, Serialize)]
struct JsonPlace {
    start: usize,
    end: usize,
}

/// What was told from a citation and is not so.
#[derive(Clone, Debug, Serialize)]
struct JsonDiffering {
    what: &'static str,
    told: String,
    found: Option<String>,
}

impl JsonDiffering {
    fn new(one: &Differing) -> Self {
        let (what, told) = told(&one.told);
        Self { what, told: told.to_owned(), found: one.found.clone() }
    }
}

/// What was told, in a word, and the words of it.
pub(in crate::render) fn told(told: &Told) -> (&'static str, &str) {
    match told {
        Told::Answer(words, _) => ("answer", words),
        Told::Speaker(name) => ("speaker", name),
    }
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differs: Vec<JsonDiffering>,
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
            document: one.saved.cited.document.clone(),
            digest: one.saved.cited.digest.clone(),
            text: one.saved.cited.words.clone(),
            state: state_name(one.state),
            moved_to: moved.map(|place| JsonPlace { start: place.start, end: place.end }),
            renamed: one.renamed.clone(),
            surroundings: one.surroundings.map(changed),
            file: one.same_file.map(changed),
            differs: one.differs.iter().map(JsonDiffering::new).collect(),
        }
    }
}
