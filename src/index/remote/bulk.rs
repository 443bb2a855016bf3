//! Many small writes become few large requests, sent by threads of their own while more is being made ready.
//!
//! Requests on their way are few, and whoever writes waits for room: so much for backpressure. What the engine turns away because it is busy is
//! sent again, item by item; what it refuses for good is an error that names the first of the refused.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::answers::{BulkWritten, Item, passes, told};
use super::cluster::Cluster;
use super::http::{Method, PATIENCE};
use crate::index::error::IndexError;

/// Bytes of a request.
const LARGE: usize = 4 << 20;
/// Threads that send, and requests that wait for them.
const SENDERS: usize = 2;
/// The first pause after the engine turned something away; each is twice as long as the one before.
const PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);
/// Refused items that a message names.
const NAMED: usize = 3;

/// Writes on their way to one index.
pub(super) struct Bulk {
    cluster: Cluster,
    index: String,
    waiting: Request,
    senders: Option<Senders>,
}

/// Actions, one after another, and where each begins.
#[derive(Default)]
struct Request {
    body: Vec<u8>,
    actions: Vec<usize>,
}

impl Request {
    fn push(&mut self, action: &[u8]) {
        self.actions.push(self.body.len());
        self.body.extend_from_slice(action);
    }

    fn action(&self, number: usize) -> &[u8] {
        let start = self.actions.get(number).copied().unwrap_or(self.body.len());
        let end = self.actions.get(number + 1).copied().unwrap_or(self.body.len());
        self.body.get(start..end).unwrap_or_default()
    }
}

/// The threads that send.
struct Senders {
    queue: SyncSender<Request>,
    threads: Vec<JoinHandle<Result<(), IndexError>>>,
}

impl Bulk {
    pub(super) fn new(cluster: &Cluster, index: &str) -> Self {
        Self { cluster: cluster.clone(), index: index.to_owned(), waiting: Request::default(), senders: None }
    }

    /// Writes a document, in place of the one of that identifier.
    pub(super) fn put(&mut self, id: &str, document: &[u8]) -> Result<(), IndexError> {
        let mut action = format!("{{\"index\":{{\"_id\":{}}}}}\n", Value::from(id)).into_bytes();
        action.extend_from_slice(document);
        action.push(b'\n');
        self.push(&action)
    }

    /// Removes a document, if it is there.
    pub(super) fn delete(&mut self, id: &str) -> Result<(), IndexError> {
        self.push(format!("{{\"delete\":{{\"_id\":{}}}}}\n", Value::from(id)).as_bytes())
    }

    fn push(&mut self, action: &[u8]) -> Result<(), IndexError> {
        self.waiting.push(action);
        if self.waiting.body.len() >= LARGE { self.send() } else { Ok(()) }
    }

    /// Hands over what waits; waits itself while all threads are busy.
    fn send(&mut self) -> Result<(), IndexError> {
        let request = std::mem::take(&mut self.waiting);
        let senders = self.senders.get_or_insert_with(|| Senders::start(&self.cluster, &self.index));
        // The queue is closed when the threads have failed; why, they say when they are joined.
        if senders.queue.send(request).is_err() { self.join() } else { Ok(()) }
    }

    /// Waits until everything is written.
    pub(super) fn flush(&mut self) -> Result<(), IndexError> {
        if !self.waiting.actions.is_empty() {
            self.send()?;
        }
        self.join()
    }

    fn join(&mut self) -> Result<(), IndexError> {
        let Some(Senders { queue, threads }) = self.senders.take() else { return Ok(()) };
        drop(queue);
        let outcomes: Vec<Result<(), IndexError>> =
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(broken()))).collect();
        outcomes.into_iter().collect()
    }
}

fn broken() -> IndexError {
    IndexError::engine_fault("bulk", "a thread that sends has failed", "run it again: what was written is kept")
}

impl Senders {
    fn start(cluster: &Cluster, index: &str) -> Self {
        let (queue, requests) = sync_channel(1);
        let requests = Arc::new(Mutex::new(requests));
        let failed = Arc::new(AtomicBool::new(false));
        let thread = |_| {
            let (cluster, index, requests, failed) = (cluster.clone(), index.to_owned(), Arc::clone(&requests), Arc::clone(&failed));
            std::thread::spawn(move || {
                let sent = send_all(&cluster, &index, &requests, &failed);
                failed.fetch_or(sent.is_err(), Ordering::Relaxed);
                sent
            })
        };
        Self { queue, threads: (0..SENDERS).map(thread).collect() }
    }
}

fn send_all(cluster: &Cluster, index: &str, requests: &Mutex<Receiver<Request>>, failed: &AtomicBool) -> Result<(), IndexError> {
    while !failed.load(Ordering::Relaxed) {
        let Ok(request) = requests.lock().unwrap_or_else(PoisonError::into_inner).recv() else { break };
        deliver(cluster, index, request)?;
    }
    Ok(())
}

/// Sends a request until all of it is written.
fn deliver(cluster: &Cluster, index: &str, mut request: Request) -> Result<(), IndexError> {
    let begun = Instant::now();
    let mut pause = PAUSE;
    loop {
        let answer: BulkWritten = cluster.client.ask(Method::Post, &format!("{index}/_bulk"), &request.body)?;
        let (again, refused) = sorted(&request, &answer).map_err(|cause| fault(cluster, index, &cause))?;
        if !refused.is_empty() {
            return Err(fault(cluster, index, &refusal(&refused, request.actions.len())));
        }
        if again.actions.is_empty() {
            return Ok(());
        }
        if begun.elapsed() >= PATIENCE {
            let cause = format!("{} of {} entries were turned away again and again", again.actions.len(), request.actions.len());
            return Err(fault(cluster, index, &cause));
        }
        request = again;
        std::thread::sleep(pause);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// What is to be sent again, and what was refused.
fn sorted<'a>(request: &Request, answer: &'a BulkWritten) -> Result<(Request, Vec<&'a Item>), String> {
    if answer.items.len() != request.actions.len() {
        return Err(format!("it tells of {} entries where {} were sent", answer.items.len(), request.actions.len()));
    }
    let (mut again, mut refused) = (Request::default(), Vec::new());
    for (number, item) in answer.items.iter().enumerate() {
        let item = item.values().next().ok_or_else(|| "it tells nothing of an entry".to_owned())?;
        match &item.error {
            None if item.status < 300 || item.status == 404 => {}
            Some(error) if item.status == 429 || item.status == 503 || passes(error) => again.push(request.action(number)),
            None if item.status == 429 || item.status == 503 => again.push(request.action(number)),
            _ => refused.push(item),
        }
    }
    let silent = answer.errors && again.actions.is_empty() && refused.is_empty();
    if silent { Err("it speaks of errors and names none".to_owned()) } else { Ok((again, refused)) }
}

fn refusal(refused: &[&Item], all: usize) -> String {
    let one = |item: &&Item| {
        let why = item.error.as_ref().map_or_else(|| format!("status {}", item.status), told);
        format!("{}: {why}", item.id.as_deref().unwrap_or("?"))
    };
    let named: Vec<String> = refused.iter().take(NAMED).map(one).collect();
    format!("{} of {all} entries were refused: {}", refused.len(), named.join("; "))
}

fn fault(cluster: &Cluster, index: &str, cause: &str) -> IndexError {
    let step = "see whether the cluster is well and has room, and run it again: what was committed is kept";
    IndexError::engine_fault(cluster.client.node(), &format!("{index}/_bulk: {cause}"), step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(items: &str, errors: bool) -> Result<(usize, usize), String> {
        let mut request = Request::default();
        ["a\n", "bb\n", "ccc\n"].iter().for_each(|action| request.push(action.as_bytes()));
        let answer = serde_json::from_str(&format!("{{\"errors\":{errors},\"items\":[{items}]}}")).unwrap();
        sorted(&request, &answer).map(|(again, refused)| (again.body.len(), refused.len()))
    }

    #[test]
    fn every_item_is_looked_at() {
        let fine = r#"{"index":{"_id":"1-0","status":201}}"#;
        let gone = r#"{"delete":{"_id":"1-0","status":404}}"#;
        let busy = r#"{"index":{"_id":"1-1","status":429,"error":{"type":"es_rejected_execution_exception","reason":"queue"}}}"#;
        let wrong = r#"{"index":{"_id":"1-2","status":400,"error":{"type":"mapper_parsing_exception","reason":"no"}}}"#;
        assert_eq!(check(&[fine, gone, fine].join(","), false), Ok((0, 0)));
        assert_eq!(check(&[fine, busy, fine].join(","), true), Ok((3, 0)));
        assert_eq!(check(&[wrong, busy, fine].join(","), true), Ok((3, 1)));
        assert!(check(&[fine, fine].join(","), false).is_err());
        assert!(check(&[fine, fine, fine].join(","), true).is_err());
        assert!(check(&[fine, "{}", fine].join(","), true).is_err());
    }
}
