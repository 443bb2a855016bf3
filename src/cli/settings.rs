//! Settings from flags, environment, files and defaults, in that order; and where the index is.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::arguments::{Common, ReaderChoice};
use super::output::Failure;
use crate::engine::Depth;
use crate::index;
use crate::question::{self, Constraints};

/// What a run is to do, whatever the command.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// How many results; 0 where nobody said.
    pub(super) top: usize,
    /// Show how a result came about.
    pub(super) explain: bool,
    /// Limits on where answers come from.
    pub(super) constraints: Constraints,
    /// How far questions are read.
    pub(super) depth: Depth,
    index: Option<PathBuf>,
}

/// Which index is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// One that is there.
    Existing(PathBuf),
    /// None is there; one would be made here, of these documents.
    Missing {
        /// The index's folder.
        directory: PathBuf,
        /// The default documents, where they are there.
        corpus: Option<PathBuf>,
    },
}

impl Settings {
    /// Reads the options and checks them.
    pub(super) fn read(common: &Common) -> Result<Self, Failure> {
        let day = |words: &Option<String>, last| words.as_deref().map(|words| date(words, last)).transpose();
        let constraints = Constraints {
            source: common.source.clone(),
            since: day(&common.since, false)?,
            until: day(&common.until, true)?,
            speaker: common.speaker.clone(),
        };
        if let (Some(since), Some(until)) = (constraints.since, constraints.until)
            && since > until
        {
            return Err(Failure::new("usage", format!("--since {since} is after --until {until}")));
        }
        let top = common.top.map_or(0, |top| usize::try_from(top).unwrap_or(usize::MAX));
        let depth = match common.reader {
            Some(ReaderChoice::Linear) => Depth::Linear,
            Some(ReaderChoice::Neural) | None => Depth::default(),
        };
        Ok(Self { top, explain: common.explain, constraints, depth, index: common.index.clone() })
    }

    /// Finds the index: the one named, else the nearest that sayso made here or above, else the default place.
    pub(super) fn location(&self) -> Location {
        if let Some(directory) = &self.index {
            let there = index::is_index(directory) || index::is_closed(directory);
            return if there { Location::Existing(directory.clone()) } else { missing(directory.clone()) };
        }
        let here = std::env::current_dir().unwrap_or_default();
        let nearest = here.ancestors().map(|folder| folder.join("index")).find(|folder| index::is_index(folder));
        if let Some(directory) = nearest {
            return Location::Existing(relative(&directory, &here));
        }
        if Path::new("corpus").is_dir() {
            return missing(PathBuf::from("index"));
        }
        match user_index() {
            Some(directory) if index::is_index(&directory) => Location::Existing(directory),
            Some(directory) => missing(directory),
            None => missing(PathBuf::from("index")),
        }
    }

    /// Whether an index was named on the command line or in the environment.
    pub(super) fn index_is_named(&self) -> bool {
        self.index.is_some()
    }
}

fn missing(directory: PathBuf) -> Location {
    let corpus = PathBuf::from("corpus");
    Location::Missing { directory, corpus: corpus.is_dir().then_some(corpus) }
}

/// `path` seen from `here` where it lies below it.
fn relative(path: &Path, here: &Path) -> PathBuf {
    path.strip_prefix(here).map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// The index in the user's data folder.
fn user_index() -> Option<PathBuf> {
    let named = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::home_dir().map(|home| home.join(".local/share"));
    Some(named.or_else(home)?.join("sayso/index"))
}

/// A day, month or year: its first day, or its last.
fn date(words: &str, last: bool) -> Result<Date, Failure> {
    let wrong =
        || Failure::new("usage", format!("`{words}` is not a date")).hint("write a day, month or year: 2013-10-15, 2013-10 or 2013");
    question::day(words, last).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_its_first_or_its_last_day() {
        assert_eq!(date("2016-02", false).ok(), Some(jiff::civil::date(2016, 2, 1)));
        assert_eq!(date("2016-02", true).ok(), Some(jiff::civil::date(2016, 2, 29)));
        assert_eq!(date("2016", true).ok(), Some(jiff::civil::date(2016, 12, 31)));
        assert_eq!(date("2013-10-15", true).ok(), Some(jiff::civil::date(2013, 10, 15)));
    }

    #[test]
    fn nonsense_is_refused() {
        for words in ["", "yesterday", "2013-13", "2013-02-30", "13-1-1-1", "12"] {
            assert!(date(words, false).is_err(), "{words}");
        }
    }
}
