//! Files to read become [`Outcome`]s, on several threads, delivered in order.
//!
//! Threads may run ahead of the slowest file by [`AHEAD`] files only, so that memory stays bounded whatever the folder.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use super::error::IndexError;
use super::manifest::FileState;
use super::plan::{Job, nanoseconds, settled};
use super::prepare::{Prepared, Preparer};
use super::schema::Fields;
use crate::corpus::{self, Document, ReadError};

/// Files read but not yet written.
const AHEAD: usize = 32;

/// What became of one file.
pub(super) enum Outcome {
    /// It is as it was.
    Same,
    /// It could not be read.
    Failed {
        reason: String,
        /// The system refused it: its content may be fine another time.
        retry: bool,
    },
    /// Its bytes are those of a file that is gone.
    Moved(Box<Document>),
    /// It is new or changed.
    Prepared(Box<Prepared>),
}

/// Hands out the files, none too far ahead of the last one delivered.
struct Queue {
    state: Mutex<State>,
    moved_on: Condvar,
    total: usize,
}

#[derive(Default)]
struct State {
    next: usize,
    delivered: usize,
    stopped: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next file's position; `None` at the end.
    fn next(&self) -> Option<usize> {
        let ahead = |state: &mut State| !state.stopped && state.next < self.total && state.next >= state.delivered + AHEAD;
        let mut state = self.moved_on.wait_while(self.lock(), ahead).unwrap_or_else(PoisonError::into_inner);
        if state.stopped || state.next >= self.total {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    fn delivered(&self, count: usize) {
        self.lock().delivered = count;
        self.moved_on.notify_all();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.moved_on.notify_all();
    }
}

/// Reads and prepares all files; `take` gets the outcomes in order, and stops everything with an error.
///
/// The file at position `n` gets the key `first_key + n`.
pub(super) fn run(
    files: &[Job],
    vanished: BTreeMap<String, Vec<String>>,
    fields: Fields,
    first_key: u32,
    jobs: Option<usize>,
    mut take: impl FnMut(usize, Outcome) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let cores = jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let queue = Queue { state: Mutex::default(), moved_on: Condvar::new(), total: files.len() };
    let (sender, receiver) = mpsc::channel();
    let (queue, vanished) = (&queue, &vanished);
    thread::scope(|scope| {
        for _ in 0..cores.clamp(1, files.len().max(1)) {
            let sender = sender.clone();
            scope.spawn(move || {
                let mut preparer = Preparer::new(fields);
                while let Some(position) = queue.next() {
                    let Some(job) = files.get(position) else { break };
                    let key = first_key.saturating_add(u32::try_from(position).unwrap_or(u32::MAX));
                    if sender.send((position, guarded(&mut preparer, fields, job, vanished, key))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let delivered = deliver(queue, receiver, &mut take);
        queue.stop();
        delivered
    })
}

fn deliver(
    queue: &Queue,
    receiver: mpsc::Receiver<(usize, Outcome)>,
    take: &mut impl FnMut(usize, Outcome) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (position, outcome) in receiver {
        waiting.insert(position, outcome);
        while let Some(outcome) = waiting.remove(&next) {
            take(next, outcome)?;
            next += 1;
            queue.delivered(next);
        }
    }
    Ok(())
}

/// A failure inside the analysis of one file is that file's failure alone.
fn guarded(preparer: &mut Preparer, fields: Fields, job: &Job, vanished: &BTreeMap<String, Vec<String>>, key: u32) -> Outcome {
    let attempt = catch_unwind(AssertUnwindSafe(|| outcome(preparer, job, vanished, key)));
    attempt.unwrap_or_else(|_| {
        *preparer = Preparer::new(fields);
        Outcome::Failed { reason: "its text could not be analysed".to_owned(), retry: false }
    })
}

fn outcome(preparer: &mut Preparer, job: &Job, vanished: &BTreeMap<String, Vec<String>>, key: u32) -> Outcome {
    let mut document = match corpus::read(&job.found) {
        Ok(document) => document,
        Err(error) => return Outcome::Failed { retry: matches!(error, ReadError::Unreadable(_)), reason: error.to_string() },
    };
    if let Some(correction) = &job.correction {
        correction.apply(&mut document.metadata);
    }
    let same = |known: &FileState| known.key.is_some() && known.digest == document.digest && known.corrected == job.corrected();
    if job.known.as_ref().is_some_and(same) {
        Outcome::Same
    } else if job.known.is_none() && vanished.contains_key(&document.digest) {
        Outcome::Moved(Box::new(document))
    } else {
        Outcome::Prepared(Box::new(preparer.prepare(&document, key)))
    }
}

/// What the manifest keeps about a file read after the listing at `listed`, beside what was found in it.
pub(super) fn state(job: &Job, listed: i64) -> FileState {
    let found = &job.found;
    FileState {
        corrected: job.corrected(),
        path: found.path.clone(),
        size: found.size,
        modified: found.modified.and_then(nanoseconds),
        settled: settled(found, listed),
        digest: String::new(),
        key: None,
        problems: Vec::new(),
        failure: None,
        retry: false,
    }
}
