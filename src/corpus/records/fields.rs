//! Which field of a record is its text, title, date, authors, outlet: by the name given, else by the names such fields usually have.
//!
//! Fields of the record itself go first. Where none of them is a whole text, one in an object inside may be (`_source.text`), and then
//! the fields beside and above it count as well; those of other objects (the user who posted it) do not.

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
    (Part::Title, "title", &["title", "headline", "heading", "articletitle", "webtitle", "subject", "name"]),
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

/// From this name on, fields for texts hold blurbs, notes and a program's replies as well.
const SLIGHT: &str = "message";
/// Shorter than this, in bytes, a text may be a program's reply whatever it is called.
const REPLY: usize = 40;
/// How much worse a field of an object inside fits than one of the record itself; a slight one fits worse than both.
const INNER: usize = 100;

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
        let field = bare(field);
        let plain: String = field.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let names = USUAL.iter().find(|(usual, _, _)| *usual == part).map(|(_, _, names)| *names).unwrap_or_default();
        names.iter().position(|name| *name == plain)
    }

    /// What a field of this name is, and how well it fits.
    fn fit(&self, field: &str) -> Option<(Part, usize)> {
        USUAL.iter().find_map(|(part, _, _)| Some((*part, self.rank(field, *part)?)))
    }

    /// Whether a field of this name (the last of its path) would be the text.
    pub(super) fn is_text(&self, field: &str) -> bool {
        self.rank(outer_and_last(field).1, Part::Text).is_some()
    }

    /// Whether a field of this name tells whose or of when a record of its own is.
    pub(super) fn tells_record(&self, field: &str) -> bool {
        matches!(self.fit(field), Some((Part::Published | Part::Authors | Part::Address, _)))
    }

    /// Whether a text of this rank may be something else; never where the user named the field.
    fn is_slight(&self, rank: usize) -> bool {
        let guessed = self.named.iter().all(|(part, _)| *part != Part::Text);
        guessed && slight_rank().is_some_and(|slight| rank >= slight)
    }
}

fn slight_rank() -> Option<usize> {
    let (_, _, names) = USUAL.first()?;
    names.iter().position(|name| *name == SLIGHT)
}

/// `content.rendered` is the content.
fn bare(field: &str) -> &str {
    field.strip_suffix(".rendered").unwrap_or(field)
}

/// The path of the object that a field stands in (empty for the record itself), and the field's own name.
fn outer_and_last(field: &str) -> (&str, &str) {
    bare(field).rsplit_once('.').unwrap_or(("", bare(field)))
}

/// The path of the object inside whose field is the text, where none of the record's own is a whole one.
fn level(fields: &[(String, String)], names: &FieldNames) -> Option<String> {
    let rank = |field: &str| names.rank(field, Part::Text).filter(|rank| !names.is_slight(*rank));
    if fields.iter().any(|(field, _)| rank(field).is_some()) {
        return None;
    }
    // An author's or outlet's text is not the record's. What begins with a bar is a program's own wrapping, whatever its name.
    let foreign = |step: &str| !step.starts_with('_') && names.fit(step).is_some_and(|(part, _)| part != Part::Text);
    let inner =
        fields.iter().map(|(field, _)| outer_and_last(field)).filter(|(outer, _)| !outer.is_empty() && !outer.split('.').any(foreign));
    inner.filter_map(|(outer, last)| Some((rank(last)?, outer))).min_by_key(|(rank, _)| *rank).map(|(_, outer)| outer.to_owned())
}

/// Whether the object at `outer` is the one at `level` or holds it.
fn is_above(outer: &str, level: &str) -> bool {
    outer.is_empty() || level.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A record: values of its fields, sorted by what they are.
pub(super) struct Record {
    /// Part, rank, value.
    values: Vec<(Part, usize, String)>,
    names: Vec<String>,
    /// Whether what was taken for the text may be a blurb or a reply.
    slight: bool,
}

impl Record {
    /// Fields with their values; one of several values comes several times.
    pub(super) fn new(fields: Vec<(String, String)>, names: &FieldNames) -> Self {
        let mut values = Vec::new();
        let mut all: Vec<String> = Vec::new();
        let fields: Vec<(String, String)> = fields.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        let level = level(&fields, names);
        let inner = |field: &str| {
            let (outer, last) = outer_and_last(field);
            let beside = level.as_deref().is_some_and(|level| is_above(outer, level));
            names.fit(last).filter(|_| beside).map(|(part, rank)| (part, rank + INNER))
        };
        let own = |field: &str| {
            let (part, rank) = names.fit(field)?;
            Some((part, if part == Part::Text && names.is_slight(rank) { rank + 2 * INNER } else { rank }))
        };
        for (field, value) in fields {
            if all.last() != Some(&field) {
                all.push(field.clone());
            }
            values.extend(own(&field).or_else(|| inner(&field)).map(|(part, rank)| (part, rank, value)));
        }
        // Stable: values of one field stay in order.
        values.sort_by_key(|(part, rank, _)| (*part, *rank));
        let mut record = Self { values, names: all, slight: false };
        let given = names.named.iter().any(|(part, _)| *part == Part::Text);
        record.slight = !given && (record.text_rank() >= Some(INNER) || record.text().is_some_and(|text| text.len() < REPLY));
        record
    }

    /// The values for a part, those of the best field first.
    pub(super) fn values(&self, part: Part) -> impl Iterator<Item = &str> {
        let fits = move |(known, _, _): &&(Part, usize, String)| *known == part;
        self.values.iter().filter(fits).map(|(_, _, value)| value.as_str())
    }

    /// The text: all values of the field that fits best.
    pub(super) fn text(&self) -> Option<String> {
        let best = self.text_rank()?;
        let values = self.values.iter().filter(|(part, rank, _)| (*part, *rank) == (Part::Text, best));
        Some(values.map(|(_, _, value)| value.as_str()).collect::<Vec<_>>().join("\n\n"))
    }

    fn text_rank(&self) -> Option<usize> {
        self.values.iter().find(|(part, _, _)| *part == Part::Text).map(|(_, rank, _)| *rank)
    }

    /// Whether the text may be a blurb of what stands beside it, or a program's reply.
    pub(super) fn is_slight(&self) -> bool {
        self.slight
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
        assert_eq!(record.text().as_deref(), Some("long"));
        assert_eq!(record.values(Part::Published).next(), Some("2014-02-03"));
        assert_eq!(record.values(Part::Title).next(), Some("Ferry"));
    }

    #[test]
    fn names_given_go_before_guesses() {
        let mut names = FieldNames::default();
        assert!(names.set("text", "meta.words") && !names.set("colour", "x"));
        assert_eq!(record(&[("text", "no"), ("meta.words", "yes")], &names).text().as_deref(), Some("yes"));
        assert_eq!(record(&[("text", "no")], &names).text(), None);
    }

    #[test]
    fn the_object_that_holds_the_text_is_the_record() {
        let names = FieldNames::default();
        let found = record(&[("id", "7"), ("_source.date", "2014-02-03"), ("_source.text", "long"), ("user.date", "1999-01-01")], &names);
        assert_eq!(found.text().as_deref(), Some("long"));
        assert_eq!(found.values(Part::Published).collect::<Vec<_>>(), ["2014-02-03"]);
        let found = record(&[("fields.bodyText", "long"), ("fields.byline", "Ann Lister"), ("webTitle", "Ferry")], &names);
        assert_eq!((found.text().as_deref(), found.values(Part::Authors).next()), (Some("long"), Some("Ann Lister")));
        assert_eq!(found.values(Part::Title).next(), Some("Ferry"));
        assert_eq!(record(&[("content.rendered", "long"), ("title.rendered", "Ferry")], &names).values(Part::Title).next(), Some("Ferry"));
        for foreign in ["author.text", "user.description", "image.summary"] {
            assert_eq!(record(&[(foreign, "I love boats")], &names).text(), None, "{foreign}");
        }
    }

    #[test]
    fn all_values_of_the_text_are_read() {
        let found = record(&[("summary", "no"), ("text", "One."), ("text", "Two.")], &FieldNames::default());
        assert_eq!(found.text().as_deref(), Some("One.\n\nTwo."));
    }
}
