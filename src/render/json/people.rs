//! Who is quoted becomes `sayso.people/1`.

use serde::Serialize;

use super::speaker_kind;
use crate::engine::Person;

#[derive(Debug, Serialize)]
pub(super) struct JsonPerson {
    name: String,
    role: Option<String>,
    kind: &'static str,
    quoted: usize,
    reported: usize,
    documents: usize,
    outlets: Vec<JsonCount>,
    subjects: Vec<JsonCount>,
    years: Vec<JsonYear>,
}

#[derive(Debug, Serialize)]
struct JsonCount {
    name: String,
    quotations: usize,
}

#[derive(Debug, Serialize)]
struct JsonYear {
    year: i16,
    quotations: usize,
}

/// `sayso.people/1`
#[derive(Debug, Serialize)]
pub struct JsonPeople {
    schema: &'static str,
    total: usize,
    people: Vec<JsonPerson>,
}

impl JsonPeople {
    /// People, most quoted first; `total` counts those left out too.
    #[must_use]
    pub fn new(people: &[Person], total: usize) -> Self {
        Self { schema: "sayso.people/1", total, people: people.iter().map(JsonPerson::new).collect() }
    }
}

impl JsonPerson {
    pub(super) fn new(person: &Person) -> Self {
        let counts = |list: &[(String, usize)]| {
            list.iter().map(|(name, quotations)| JsonCount { name: name.clone(), quotations: *quotations }).collect()
        };
        Self {
            name: person.name.clone(),
            role: person.role.clone(),
            kind: speaker_kind(person.kind),
            quoted: person.quoted,
            reported: person.reported,
            documents: person.documents,
            outlets: counts(&person.outlets),
            subjects: counts(&person.subjects),
            years: person.years.iter().map(|&(year, quotations)| JsonYear { year, quotations }).collect(),
        }
    }
}
