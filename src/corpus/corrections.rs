//! A `sayso.toml` beside documents becomes [`Corrections`]: what its writer knows better about them than their files say.
//!
//! ```toml
//! [[document]]
//! files = "2014/*.txt"            # or a list; seen from this folder, `*` within a folder, `**` across folders
//! title = "Tide mill to close"
//! outlet = "The Cove Gazette"
//! authors = ["Hester Quill"]
//! published = 2014-03-04
//! updated = 2014-03-05
//! ```
//!
//! Everything but `files` may be left out; an empty value takes away what was read (`authors = []`). Of several entries that speak of a
//! document, the one further down counts, and a file in a deeper folder before one above it. Only metadata are corrected, never a text.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Found, Metadata, Origin, Sourced, digest};

/// The name of the file.
pub const CORRECTIONS: &str = "sayso.toml";

/// Why a file of corrections cannot be used; displays as `path:line: cause`.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {cause}", .path.display(), .line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct CorrectionError {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from one, where the cause stands in one.
    pub line: Option<usize>,
    /// What is wrong.
    pub cause: String,
}

/// What is known better about one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Correction {
    title: Option<String>,
    publisher: Option<String>,
    authors: Option<Vec<String>>,
    published: Option<Option<Date>>,
    updated: Option<Option<Date>>,
}

impl Correction {
    /// Puts what is known better in place of what was read.
    pub fn apply(&self, metadata: &mut Metadata) {
        if let Some(title) = &self.title {
            metadata.title = known(title);
        }
        if let Some(publisher) = &self.publisher {
            metadata.publisher = known(publisher);
        }
        if let Some(authors) = &self.authors {
            metadata.authors = authors.iter().filter_map(|author| known(author)).collect();
        }
        if let Some(published) = self.published {
            metadata.published = published.map(sourced);
        }
        if let Some(updated) = self.updated {
            metadata.updated = updated.map(sourced);
        }
    }

    /// A few characters that differ where corrections differ.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        digest(&bytes).chars().take(16).collect()
    }

    /// What `later` does not speak of stays.
    fn amend(&mut self, later: &Self) {
        let Self { title, publisher, authors, published, updated } = later.clone();
        self.title = title.or(self.title.take());
        self.publisher = publisher.or(self.publisher.take());
        self.authors = authors.or(self.authors.take());
        self.published = published.or(self.published);
        self.updated = updated.or(self.updated);
    }
}

fn known(words: &str) -> Option<Sourced<String>> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| sourced(words))
}

fn sourced<T>(value: T) -> Sourced<T> {
    Sourced { value, origin: Origin::Correction, span: None }
}

/// All corrections of the folders listed.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    /// By folder: a folder comes before those in it.
    folders: BTreeMap<PathBuf, Vec<(Vec<GlobMatcher>, Correction)>>,
}

impl Corrections {
    /// Takes the files of corrections out of the files found below `roots`, and reads them; of a root that is a file, the one beside it.
    ///
    /// # Errors
    /// [`CorrectionError`] with the first that cannot be used.
    pub fn take(roots: &[PathBuf], found: &mut Vec<Found>) -> Result<Self, CorrectionError> {
        let is_one = |file: &Found| file.path.file_name().is_some_and(|name| name == CORRECTIONS);
        let mut corrections = Self::default();
        let beside = roots.iter().filter(|root| root.is_file()).filter_map(|root| Some(root.parent()?.join(CORRECTIONS)));
        beside.filter(|path| path.is_file()).try_for_each(|path| corrections.read(&path))?;
        for file in found.iter().filter(|file| is_one(file)) {
            corrections.read(&file.path)?;
        }
        found.retain(|file| !is_one(file));
        Ok(corrections)
    }

    fn read(&mut self, path: &Path) -> Result<(), CorrectionError> {
        let fail = |cause: String| CorrectionError { path: path.to_owned(), line: None, cause };
        let text = fs::read_to_string(path).map_err(|error| fail(error.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        self.folders.insert(folder, parse(path, &text)?);
        Ok(())
    }

    /// What is known better about the file at `path`.
    #[must_use]
    pub fn of(&self, path: &Path) -> Option<Correction> {
        let mut all: Option<Correction> = None;
        for (folder, entries) in &self.folders {
            let Ok(below) = path.strip_prefix(folder) else { continue };
            for (_, correction) in entries.iter().filter(|(files, _)| files.iter().any(|glob| glob.is_match(below))) {
                all.get_or_insert_default().amend(correction);
            }
        }
        all
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    document: Vec<toml::Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    files: OneOrMore,
    title: Option<String>,
    #[serde(alias = "publisher")]
    outlet: Option<String>,
    #[serde(alias = "author")]
    authors: Option<OneOrMore>,
    published: Option<toml::Spanned<Day>>,
    updated: Option<toml::Spanned<Day>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text in quotes or a list of them")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn list(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a day such as 2014-03-04")]
enum Day {
    Bare(toml::value::Datetime),
    Quoted(String),
}

fn parse(path: &Path, text: &str) -> Result<Vec<(Vec<GlobMatcher>, Correction)>, CorrectionError> {
    let line = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    let fail = |at: Option<usize>, cause: &str| CorrectionError { path: path.to_owned(), line: at.map(line), cause: cause.to_owned() };
    let written: Written = toml::from_str(text).map_err(|error| {
        let cause = error.message().lines().collect::<Vec<_>>().join("; ");
        fail(error.span().map(|span| span.start), &cause)
    })?;
    let mut entries = Vec::with_capacity(written.document.len());
    for spanned in written.document {
        let start = spanned.span().start;
        let entry = spanned.into_inner();
        let day = |day: Option<toml::Spanned<Day>>| -> Result<Option<Option<Date>>, CorrectionError> {
            let Some(day) = day else { return Ok(None) };
            let at = day.span().start;
            date(&day.into_inner()).map(Some).ok_or_else(|| fail(Some(at), "not a day; write it as 2014-03-04"))
        };
        let globs = entry.files.list().iter().map(|glob| matcher(glob)).collect::<Result<Vec<_>, _>>();
        let globs = globs.map_err(|error| fail(Some(start), &error.to_string()))?;
        let (published, updated) = (day(entry.published)?, day(entry.updated)?);
        let correction =
            Correction { title: entry.title, publisher: entry.outlet, authors: entry.authors.map(OneOrMore::list), published, updated };
        entries.push((globs, correction));
    }
    Ok(entries)
}

fn matcher(glob: &str) -> Result<GlobMatcher, globset::Error> {
    let glob = glob.strip_prefix("./").unwrap_or(glob);
    GlobBuilder::new(glob).literal_separator(true).build().map(|glob| glob.compile_matcher())
}

/// The day that is written; `Some(None)` for none at all, `None` for what is no day.
fn date(day: &Day) -> Option<Option<Date>> {
    match day {
        Day::Quoted(words) if words.trim().is_empty() => Some(None),
        Day::Quoted(words) => words.trim().parse().ok().or_else(|| super::date::first(words)).map(Some),
        Day::Bare(written) => {
            let date = written.date?;
            let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
            Date::new(i16::try_from(date.year).ok()?, month, day).ok().map(Some)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrected(toml: &str, below: &str) -> Metadata {
        let mut corrections = Corrections::default();
        corrections.folders.insert("docs".into(), parse(Path::new("docs/sayso.toml"), toml).unwrap());
        let old = |value: &str| Sourced { value: value.to_owned(), origin: Origin::TextHead, span: None };
        let mut metadata = Metadata { title: Some(old("Old")), authors: vec![old("Nobody")], ..Metadata::default() };
        if let Some(correction) = corrections.of(&Path::new("docs").join(below)) {
            correction.apply(&mut metadata);
        }
        metadata
    }

    #[test]
    fn what_is_known_better_replaces_what_was_read() {
        let toml = "[[document]]\nfiles = \"2014/*.txt\"\ntitle = \"Tide mill\"\noutlet = \"Gazette\"\nauthors = [\"Hester Quill\", \"Bo Reed\"]\n\
            published = 2014-03-04\nupdated = \"5 March 2014\"\n";
        let metadata = corrected(toml, "2014/tide.txt");
        assert_eq!(metadata.title.as_ref().map(|title| (title.value.as_str(), title.origin)), Some(("Tide mill", Origin::Correction)));
        assert_eq!(metadata.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Hester Quill", "Bo Reed"]);
        assert_eq!(metadata.published.unwrap().value.to_string(), "2014-03-04");
        assert_eq!(metadata.updated.unwrap().value.to_string(), "2014-03-05");
        for other in ["2015/tide.txt", "2014/deep/tide.txt", "tide.txt"] {
            assert_eq!(corrected(toml, other).title.unwrap().value, "Old", "{other}");
        }
    }

    #[test]
    fn later_entries_count_and_empty_values_take_away() {
        let toml = "[[document]]\nfiles = \"**\"\ntitle = \"All\"\noutlet = \"Gazette\"\n[[document]]\nfiles = [\"x.txt\", \"a.txt\"]\n\
            title = \"One\"\nauthor = \"\"\npublished = \"\"\n";
        let metadata = corrected(toml, "a.txt");
        assert_eq!((metadata.title.unwrap().value.as_str(), metadata.publisher.unwrap().value.as_str()), ("One", "Gazette"));
        assert!(metadata.authors.is_empty() && metadata.published.is_none());
        assert_eq!(corrected(toml, "deep/b.txt").title.unwrap().value, "All");
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let fail = |toml: &str| parse(Path::new("docs/sayso.toml"), toml).err().unwrap().to_string();
        for (toml, start, words) in [
            ("[[document]]\nfiles = \"a\"\ntitel = \"x\"\n", "docs/sayso.toml:3: ", "titel"),
            ("[[document]]\nfiles = \"a\"\npublished = \"soon\"\n", "docs/sayso.toml:3: ", "not a day"),
            ("[[document]]\nfiles = \"a\"\npublished = 7\n", "docs/sayso.toml:3: ", "a day such as"),
            ("\n[[document]]\nfiles = \"a[\"\n", "docs/sayso.toml:2: ", "a["),
            ("[[document]]\ntitle = \"x\"\n", "docs/sayso.toml:1: ", "files"),
            ("[[document]\n", "docs/sayso.toml:1: ", ""),
        ] {
            let said = fail(toml);
            assert!(said.starts_with(start) && said.contains(words) && !said.contains('\n'), "{said}");
        }
    }

    #[test]
    fn fingerprints_differ_where_corrections_do() {
        let one = Correction { title: Some("a".into()), ..Correction::default() };
        let other = Correction { publisher: Some("a".into()), ..Correction::default() };
        assert_ne!(one.fingerprint(), other.fingerprint());
        assert_eq!(one.fingerprint(), one.clone().fingerprint());
    }
}
