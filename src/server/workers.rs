//! Threads that own an engine each take turns at requests.
//!
//! An engine reads files and thinks for milliseconds, so none of that may happen where connections are looked after. A worker takes up a newer
//! state of its index between two requests; one whose request fails in an unforeseen way opens its index anew.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::Source;
use super::problem::Problem;
use crate::engine::{Engine, EngineError};

/// How often at most a worker looks for a newer state of its index.
pub(super) const FRESH: Duration = Duration::from_secs(1);
/// Most threads that own an engine: each keeps its readers in memory.
const MOST: usize = 4;

type Job = Box<dyn FnOnce(&Engine) + Send>;

/// The threads, seen from outside.
pub(super) struct Workers {
    jobs: SyncSender<Job>,
}

impl Workers {
    /// Opens the index and starts a thread for each processor, a few at most; they end when the last sender of requests is gone.
    pub(super) fn start(source: &Source, waiting: usize) -> Result<Self, EngineError> {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self::several(source, waiting, processors.min(MOST))
    }

    /// So many threads.
    pub(super) fn several(source: &Source, waiting: usize, threads: usize) -> Result<Self, EngineError> {
        Engine::open(source.home.clone())?;
        let (jobs, queue) = sync_channel(waiting.max(1));
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads.max(1) {
            let (source, queue) = (source.clone(), Arc::clone(&queue));
            thread::spawn(move || work(&source, &queue));
        }
        Ok(Self { jobs })
    }

    /// Has a worker do something with its engine.
    pub(super) async fn run<T, F>(&self, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Engine) -> Result<T, Problem> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |engine| {
            // Nobody waits any more: the client has gone, or its time is over.
            if !reply.is_closed() {
                let _ = reply.send(job(engine));
            }
        });
        self.jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Problem::busy(),
            TrySendError::Disconnected(_) => Problem::broken(),
        })?;
        answer.await.unwrap_or_else(|_| Err(Problem::broken()))
    }
}

fn work(source: &Source, queue: &Mutex<Receiver<Job>>) {
    let mut engine = open(source);
    let mut looked = Instant::now();
    loop {
        let Some(job) = next(queue) else { return };
        if looked.elapsed() >= FRESH {
            // An index that is just being replaced is looked for again the next time; what was open is still whole.
            let _ = engine.as_mut().map(Engine::refresh);
            looked = Instant::now();
        }
        if engine.is_none() {
            engine = open(source);
        }
        let Some(open) = &engine else { continue };
        if catch_unwind(AssertUnwindSafe(|| job(open))).is_err() {
            engine = None;
        }
    }
}

/// The next request; `None` where there will be none.
fn next(queue: &Mutex<Receiver<Job>>) -> Option<Job> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn open(source: &Source) -> Option<Engine> {
    let engine = Engine::open(source.home.clone()).ok()?.with_depth(source.depth);
    engine.prepare();
    Some(engine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Depth, UpdateOptions, update};

    #[test]
    fn a_request_that_fails_in_an_unforeseen_way_harms_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let (root, directory) = (folder.path().join("docs"), folder.path().join("index"));
        std::fs::create_dir(&root).unwrap();
        std::fs::write(root.join("mill.txt"), "The mill closed in June.").unwrap();
        update(&directory, Some(&[root]), &UpdateOptions::default(), &mut |_| {}).unwrap();
        let workers = Workers::several(&Source { home: (&directory).into(), depth: Depth::Linear }, 4, 1).unwrap();
        let runtime = super::super::runtime().unwrap();
        let broken: Result<(), Problem> = runtime.block_on(workers.run(|_| panic!("unforeseen")));
        assert_eq!(broken.unwrap_err().kind(), "internal");
        let status = runtime.block_on(workers.run(|engine| Ok(engine.status()?.documents)));
        assert_eq!(status.ok(), Some(1));
    }
}
