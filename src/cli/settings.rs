//! Settings from flags, environment, files and defaults, in that order; and where the index is.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::arguments::{Common, ReaderChoice};
use super::output::Failure;
use crate::engine::Depth;
use crate::index::{self, Cluster, Credentials, Home};
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
    /// The index that was named.
    home: Option<Home>,
}

/// Which index is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// One that is there.
    Existing(Home),
    /// None is there; one would be made here, of these documents.
    Missing {
        /// Where the index would live.
        home: Home,
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
        Ok(Self { top, explain: common.explain, constraints, depth, home: home(common)? })
    }

    /// Finds the index: the one named, else the nearest that sayso made here or above, else the default place.
    pub(super) fn location(&self) -> Result<Location, Failure> {
        match &self.home {
            Some(home @ Home::Folder(directory)) if index::is_closed(directory) => Ok(Location::Existing(home.clone())),
            Some(home) if home.is_index()? => Ok(Location::Existing(home.clone())),
            Some(home) => Ok(missing(home.clone())),
            None => Ok(self.found()),
        }
    }

    /// The index that nobody named.
    fn found(&self) -> Location {
        let here = std::env::current_dir().unwrap_or_default();
        let nearest = here.ancestors().map(|folder| folder.join("index")).find(|folder| index::is_index(folder));
        if let Some(directory) = nearest {
            return Location::Existing(Home::Folder(relative(&directory, &here)));
        }
        if Path::new("corpus").is_dir() {
            return missing(Home::Folder(PathBuf::from("index")));
        }
        match user_index() {
            Some(directory) if index::is_index(&directory) => Location::Existing(Home::Folder(directory)),
            Some(directory) => missing(Home::Folder(directory)),
            None => missing(Home::Folder(PathBuf::from("index"))),
        }
    }

    /// Whether an index was named on the command line or in the environment.
    pub(super) fn index_is_named(&self) -> bool {
        self.home.is_some()
    }
}

fn missing(home: Home) -> Location {
    let corpus = PathBuf::from("corpus");
    Location::Missing { home, corpus: corpus.is_dir().then_some(corpus) }
}

/// The index that is named: on the command line, else in the environment; a cluster before a folder.
fn home(common: &Common) -> Result<Option<Home>, Failure> {
    let everywhere = std::env::var_os("SAYSO_INDEX");
    let flagged = common.index.as_ref().filter(|directory| everywhere.as_deref() != Some(directory.as_os_str()));
    if !common.engine.is_empty() && flagged.is_some() {
        return Err(Failure::new("usage", "--index and --engine name two indexes").hint("give one of them"));
    }
    let engines = || std::env::var("SAYSO_ENGINE").map(|addresses| addresses.split(',').map(str::to_owned).collect::<Vec<_>>());
    let addresses = match (&common.engine, flagged) {
        (addresses, _) if !addresses.is_empty() => addresses.clone(),
        (_, Some(_)) => Vec::new(),
        _ => engines().unwrap_or_default(),
    };
    if addresses.iter().all(|address| address.trim().is_empty()) {
        return Ok(common.index.as_ref().map(Home::from));
    }
    Ok(Some(Cluster::new(&addresses, credentials(), common.engine_ca.as_deref())?.into()))
}

/// Who asks a cluster: told by the environment alone, since everybody on this machine can read a command line.
fn credentials() -> Credentials {
    let told = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (told("SAYSO_ENGINE_API_KEY"), told("SAYSO_ENGINE_USER")) {
        (Some(key), _) => Credentials::ApiKey(key),
        (None, Some(user)) => Credentials::Basic { user, password: told("SAYSO_ENGINE_PASSWORD").unwrap_or_default() },
        (None, None) => Credentials::None,
    }
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
