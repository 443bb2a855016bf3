//! Which field of a record is its text, title, date, authors, outlet: by the name given, else by the names such fields usually have.

use serde::{Deserialize, Serialize};

/// What a field may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Part {
    Text,
    Title,
    Published,
    Updated,
    Authors,
    Publisher,
    Address,
}

/// The names that fields usually have, best first, compared without case, blanks, dashes and underscores.
const USUAL: &[(Part, &str, &[&str])] = &[
    (
        Part::Text,
        "text",
        &[
            "text",
            "body",
            "content",
            "articlebody",
            "articletext",
            "bodytext",
            "fulltext",
            "maintext",
            "plaintext",
            "textcontent",
            "contenttext",
            "contenthtml",
            "html",
            "article",
            "story",
            "transcript",
            "speech",
            "message",
            "comment",
            "description",
            "summary",
            "abstract",
        ],
    ),
    (Part::Title, "title", &["title", "headline", "heading", "articletitle", "subject", "name"]),
    (
        Part::Published,
        "date",
        &[
            "published",
            "publishedat",
            "datepublished",
            "publicationdate",
            "publishdate",
            "pubdate",
            "publisheddate",
            "publishtime",
            "webpublicationdate",
            "date",
            "datetime",
            "created",
            "createdat",
            "timestamp",
            "time",
            "day",
        ],
    ),
    (Part::Updated, "updated", &["updated", "updatedat", "modified", "modifiedat", "datemodified", "lastmodified"]),
    (Part::Authors, "author", &["authors", "author", "byline", "writer", "creator", "journalist", "speaker", "by"]),
    (
        Part::Publisher,
        "source",
        &["publisher", "source", "outlet", "publication", "newspaper", "sitename", "site", "sourcename", "medium", "domain"],
    ),
    (Part::Address, "url", &["url", "link", "weburl", "canonicalurl", "permalink", "sourceurl", "uri"]),
];

/// Names of fields that the user gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNames {
    named: Vec<(Part, String)>,
}

impl FieldNames {
    /// What a field can be named for.
    #[must_use]
    pub fn parts() -> Vec<&'static str> {
        USUAL.iter().map(|(_, name, _)| *name).collect()
    }

    /// Notes that the field called `name` is the record's `part` (one of [`FieldNames::parts`]); whether there is such a part. A name may
    /// go into objects: `meta.author`.
    pub fn set(&mut self, part: &str, name: &str) -> bool {
        let known = USUAL.iter().find(|(_, known, _)| *known == part);
        known.inspect(|(part, _, _)| self.named.push((*part, name.to_owned()))).is_some()
    }

    /// Whether no name was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// How well a field of this name fits a part: the less, the better.
    fn rank(&self, field: &str, part: Part) -> Option<usize> {
        let given = self.named.iter().filter(|(named, _)| *named == part).collect::<Vec<_>>();
        if !given.is_empty() {
            return given.iter().position(|(_, name)| name == field);
        }
        let plain: String = field.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let names = USUAL.iter().find(|(usual, _, _)| *usual == part).map(|(_, _, names)| *names).unwrap_or_default();
        names.iter().position(|name| *name == plain)
    }
}

/// A record: values of its fields, sorted by what they are.
pub(super) struct Record {
    /// Part, rank, value.
    values: Vec<(Part, usize, String)>,
    names: Vec<String>,
}

impl Record {
    /// Fields with their values; one of several values comes several times.
    pub(super) fn new(fields: Vec<(String, String)>, names: &FieldNames) -> Self {
        let mut values = Vec::new();
        let mut all: Vec<String> = Vec::new();
        for (field, value) in fields.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            if all.last() != Some(&field) {
                all.push(field.clone());
            }
            let fit = USUAL.iter().find_map(|(part, _, _)| Some((*part, names.rank(&field, *part)?)));
            values.extend(fit.map(|(part, rank)| (part, rank, value)));
        }
        // Stable: values of one field stay in order.
        values.sort_by_key(|(part, rank, _)| (*part, *rank));
        Self { values, names: all }
    }

    /// The values for a part, those of the best field first.
    pub(super) fn values(&self, part: Part) -> impl Iterator<Item = &str> {
        let fits = move |(known, _, _): &&(Part, usize, String)| *known == part;
        self.values.iter().filter(fits).map(|(_, _, value)| value.as_str())
    }

    pub(super) fn text(&self) -> Option<&str> {
        self.values(Part::Text).next()
    }

    /// The names of the fields, for a person.
    pub(super) fn names(&self) -> String {
        let shown: Vec<&str> = self.names.iter().map(String::as_str).take(12).collect();
        if shown.is_empty() { "there are none".to_owned() } else { format!("there are {}", shown.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(fields: &[(&str, &str)], names: &FieldNames) -> Record {
        Record::new(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(), names)
    }

    #[test]
    fn fields_are_guessed_by_their_names() {
        let names = FieldNames::default();
        let record =
            record(&[("Description", "short"), ("article_body", "long"), ("Pub Date", "2014-02-03"), ("headline", "Ferry")], &names);
        assert_eq!(record.text(), Some("long"));
        assert_eq!(record.values(Part::Published).next(), Some("2014-02-03"));
        assert_eq!(record.values(Part::Title).next(), Some("Ferry"));
    }

    #[test]
    fn names_given_go_before_guesses() {
        let mut names = FieldNames::default();
        assert!(names.set("text", "meta.words") && !names.set("colour", "x"));
        assert_eq!(record(&[("text", "no"), ("meta.words", "yes")], &names).text(), Some("yes"));
        assert_eq!(record(&[("text", "no")], &names).text(), None);
    }
}
