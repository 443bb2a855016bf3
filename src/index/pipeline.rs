//! Files to read become [`Outcome`]s, on several threads, delivered in order.
//!
//! Threads may run ahead of the slowest file by [`AHEAD`] files only, and by [`WAITING`] bytes of the documents of each, so that memory
//! stays bounded whatever the folder and however many documents a file holds.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use super::error::IndexError;
use super::manifest::FileState;
use super::plan::{Job, nanoseconds, settled};
use super::prepare::{Prepared, Preparer};
use crate::corpus::{Document, ReadError, Reader, Reading};

/// Files read but not yet written.
const AHEAD: usize = 32;
/// Bytes of documents of one file that may wait for the files before it.
const WAITING: usize = 4 << 20;
/// Outcomes on their way to the thread that writes.
const SENT: usize = 32;

/// What became of one file: one of these, or for a file that was read, its documents in order and then [`Outcome::Read`].
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
    /// One of its documents.
    Prepared(Box<Prepared>),
    /// It is new or changed, and all its documents were delivered.
    Read {
        digest: String,
        /// What was odd about the file as a whole.
        problems: Vec<String>,
        /// Why its reading ended before its end.
        failure: Option<String>,
    },
}

impl Outcome {
    /// Whether nothing more comes of the file.
    fn is_last(&self) -> bool {
        !matches!(self, Self::Prepared(_))
    }
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

    /// Waits until the file at `position` is the next to be delivered; whether work goes on.
    fn turn(&self, position: usize) -> bool {
        let early = |state: &mut State| !state.stopped && state.delivered < position;
        !self.moved_on.wait_while(self.lock(), early).unwrap_or_else(PoisonError::into_inner).stopped
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

/// What reading needs beside the files.
pub(super) struct Task<'t> {
    pub(super) vanished: &'t BTreeMap<String, Vec<String>>,
    pub(super) reading: &'t Reading,
    /// The program that reads other formats than text.
    pub(super) worker: Option<&'t Path>,
}

impl Task<'_> {
    fn reader(&self) -> Reader {
        Reader::new(self.reading.clone()).with_worker(self.worker.map(Path::to_owned))
    }
}

/// Reads and prepares all files; `take` gets the outcomes in order, and stops everything with an error.
pub(super) fn run(
    files: &[Job],
    task: &Task<'_>,
    jobs: Option<usize>,
    mut take: impl FnMut(usize, Outcome) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let cores = jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let queue = Queue { state: Mutex::default(), moved_on: Condvar::new(), total: files.len() };
    let (sender, receiver) = mpsc::sync_channel(SENT);
    let queue = &queue;
    thread::scope(|scope| {
        for _ in 0..cores.clamp(1, files.len().max(1)) {
            let sender = sender.clone();
            scope.spawn(move || {
                let mut work = Work { preparer: Preparer::default(), reader: task.reader(), task };
                while let Some(position) = queue.next() {
                    let Some(job) = files.get(position) else { break };
                    let mut delivery = Delivery { queue, sender: &sender, position, waiting: 0 };
                    let last = work.guarded(job, &mut delivery);
                    if delivery.send(last).is_break() {
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
    let mut waiting: BTreeMap<usize, VecDeque<Outcome>> = BTreeMap::new();
    let mut next = 0;
    for (position, outcome) in receiver {
        waiting.entry(position).or_default().push_back(outcome);
        while let Some(outcome) = waiting.get_mut(&next).and_then(VecDeque::pop_front) {
            let last = outcome.is_last();
            take(next, outcome)?;
            if last {
                waiting.remove(&next);
                next += 1;
                queue.delivered(next);
            }
        }
    }
    Ok(())
}

/// The way of one file's outcomes to the thread that writes.
struct Delivery<'d> {
    queue: &'d Queue,
    sender: &'d mpsc::SyncSender<(usize, Outcome)>,
    position: usize,
    /// Bytes of documents sent while other files had to go first.
    waiting: usize,
}

impl Delivery<'_> {
    /// Sends one of the file's documents, `size` bytes of text, when there is room for it; breaks off where nobody wants it.
    fn document(&mut self, prepared: Prepared, size: usize) -> ControlFlow<()> {
        if self.waiting + size > WAITING && !self.queue.turn(self.position) {
            return ControlFlow::Break(());
        }
        self.waiting += size;
        self.send(Outcome::Prepared(Box::new(prepared)))
    }

    fn send(&self, outcome: Outcome) -> ControlFlow<()> {
        self.sender.send((self.position, outcome)).map_or(ControlFlow::Break(()), ControlFlow::Continue)
    }
}

/// What a thread works with.
struct Work<'t> {
    preparer: Preparer,
    reader: Reader,
    task: &'t Task<'t>,
}

impl Work<'_> {
    /// Reads a file and sends its documents; the last that is to be said of it comes back. A failure inside the analysis of one file is
    /// that file's failure alone.
    fn guarded(&mut self, job: &Job, delivery: &mut Delivery<'_>) -> Outcome {
        let attempt = catch_unwind(AssertUnwindSafe(|| self.read(job, delivery)));
        attempt.unwrap_or_else(|_| {
            self.preparer = Preparer::default();
            Outcome::Failed { reason: "its text could not be analysed".to_owned(), retry: false }
        })
    }

    fn read(&mut self, job: &Job, delivery: &mut Delivery<'_>) -> Outcome {
        let opened = match self.reader.open(&job.found) {
            Ok(opened) => opened,
            Err(error) => return failed(&error),
        };
        let whole = |known: &FileState| {
            known.key.is_some() && known.failure.is_none() && known.corrected == job.corrected() && known.furniture == job.furniture
        };
        if job.known.as_ref().is_some_and(|known| whole(known) && known.digest == opened.digest()) {
            return Outcome::Same;
        }
        let digest = opened.digest().to_owned();
        let may_have_moved = job.known.is_none() && opened.is_one_text() && self.task.vanished.contains_key(&digest);
        let (mut moved, mut sent) = (None, 0_usize);
        let preparer = &mut self.preparer;
        let read = self.reader.read(opened.among(Arc::clone(&job.recurring)), &mut |mut document| {
            job.correction.iter().for_each(|correction| correction.apply(&mut document.metadata));
            if may_have_moved {
                moved = Some(document);
                return ControlFlow::Continue(());
            }
            sent += 1;
            delivery.document(preparer.prepare(&document), document.text.len())
        });
        match (moved, read) {
            (Some(document), Ok(_)) => Outcome::Moved(Box::new(document)),
            (_, Ok(problems)) => Outcome::Read { digest, problems, failure: None },
            (_, Err(error)) if sent > 0 => Outcome::Read { digest, problems: Vec::new(), failure: Some(partly(sent, &error)) },
            (_, Err(error)) => failed(&error),
        }
    }
}

fn failed(error: &ReadError) -> Outcome {
    Outcome::Failed { retry: error.is_passing(), reason: error.to_string() }
}

fn partly(read: usize, error: &ReadError) -> String {
    let documents = if read == 1 { "document was" } else { "documents were" };
    format!("{error} (its first {read} {documents} read)")
}

/// What the manifest keeps about a file read after the listing at `listed`, beside what was found in it.
pub(super) fn state(job: &Job, listed: i64) -> FileState {
    let found = &job.found;
    FileState {
        corrected: job.corrected(),
        furniture: job.furniture.clone(),
        path: found.path.clone(),
        size: found.size,
        modified: found.modified.and_then(nanoseconds),
        settled: settled(found, listed),
        digest: String::new(),
        key: None,
        documents: 0,
        problems: Vec::new(),
        failure: None,
        retry: false,
    }
}
