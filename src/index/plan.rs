//! The files found, held against the files known, become a [`Plan`]: what to read, what is as it was, what is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::furniture::Furniture;
use super::manifest::{FileState, Files};
use crate::corpus::{Correction, Corrections, Found, Recurring, WalkCause, WalkProblem};

/// A file changed this short a time before the folders were listed may have changed again since, with the same time stamp, in nanoseconds.
const FRESH: i64 = 2_000_000_000;

/// A file to read.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) found: Found,
    /// What was known about it.
    pub(super) known: Option<FileState>,
    /// What somebody knows better about it.
    pub(super) correction: Option<Correction>,
    /// What tells what recurs in the documents around it …
    pub(super) furniture: String,
    /// … and that itself, of a file that is to be read.
    pub(super) recurring: Arc<Recurring>,
}

impl Job {
    /// What tells one correction from another; empty for none.
    pub(super) fn corrected(&self) -> String {
        self.correction.as_ref().map(Correction::fingerprint).unwrap_or_default()
    }

    /// Whether the known file was corrected just so.
    fn is_corrected_as(&self, state: &FileState) -> bool {
        state.corrected == self.corrected()
    }
}

/// What an update has to do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// In the order of identifiers.
    pub(super) read: Vec<Job>,
    /// Identifiers of files that are as they were.
    pub(super) unchanged: Vec<String>,
    /// Identifiers of files that are gone.
    pub(super) gone: BTreeSet<String>,
    /// What was passed over while listing, and why.
    pub(super) skipped: Vec<(PathBuf, String)>,
    /// When the folders were listed, in nanoseconds since 1970.
    pub(super) listed: i64,
}

impl Plan {
    /// What to do about the files `found`, listed at `listed`; with `retry`, files that failed before are read again.
    pub(super) fn new(
        known: &Files,
        found: Vec<Found>,
        corrections: &Corrections,
        furniture: &Furniture,
        problems: &[WalkProblem],
        listed: i64,
        retry: bool,
    ) -> Self {
        let mut plan = Self { listed, ..Self::default() };
        let here: BTreeSet<&str> = found.iter().map(|file| file.id.as_str()).collect();
        let gone = |(id, state): &(&String, &FileState)| !here.contains(id.as_str()) && !hidden(&state.path, problems);
        plan.gone = known.files.iter().filter(gone).map(|(id, _)| id.clone()).collect();
        plan.skipped = problems.iter().map(|problem| (problem.path.clone(), cause(problem))).collect();
        for file in found {
            let state = known.files.get(&file.id);
            let (correction, noted) = (corrections.of(&file.path), furniture.fingerprint(&file.id).to_owned());
            let job = Job { correction, known: None, furniture: noted, recurring: Arc::default(), found: file };
            match state {
                Some(state) if as_it_was(&job, state) && !(retry && state.failure.is_some()) => plan.unchanged.push(job.found.id),
                state => plan.read.push(Job { known: state.cloned(), recurring: furniture.around(&job.found.id), ..job }),
            }
        }
        plan
    }

    /// Digests of the files that are gone, with their identifiers: a file read with such a digest was moved.
    pub(super) fn vanished(&self, known: &Files) -> BTreeMap<String, Vec<String>> {
        let mut vanished: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for id in &self.gone {
            if let Some(state) = known.files.get(id).filter(|state| state.key.is_some()) {
                vanished.entry(state.digest.clone()).or_default().push(id.clone());
            }
        }
        vanished
    }
}

/// Whether a known file lies below a folder that could not be listed this time: it is kept then.
fn hidden(path: &Path, problems: &[WalkProblem]) -> bool {
    problems.iter().any(|problem| matches!(problem.cause, WalkCause::Unreadable(_)) && path.starts_with(&problem.path))
}

fn cause(problem: &WalkProblem) -> String {
    let words = problem.to_string();
    let path = format!("{}: ", problem.path.display());
    words.strip_prefix(&path).unwrap_or(&words).to_owned()
}

/// Whether the file needs no reading: it is the same, and nothing is known of it that was not known before.
fn as_it_was(job: &Job, state: &FileState) -> bool {
    !state.retry && is_same(&job.found, state) && job.is_corrected_as(state) && (job.furniture == state.furniture || state.key.is_none())
}

/// Whether a file is the known one: same path, size and time, and that time long enough before the listing after which it was read.
pub(super) fn is_same(file: &Found, state: &FileState) -> bool {
    let modified = file.modified.and_then(nanoseconds);
    state.settled && state.size == file.size && state.modified == modified && state.path == file.path
}

/// Whether a file's time stamp says that it has not changed since the listing at `listed`.
pub(super) fn settled(file: &Found, listed: i64) -> bool {
    file.modified.and_then(nanoseconds).is_some_and(|modified| modified.saturating_add(FRESH) < listed)
}

/// Nanoseconds since 1970; `None` before that, and after 2262.
pub(super) fn nanoseconds(time: SystemTime) -> Option<i64> {
    time.duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_nanos()).ok())
}
