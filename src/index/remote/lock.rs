//! One writer at a time: a document that whoever writes creates, renews while it works, and removes.
//!
//! A writer that was killed leaves it behind; once it has not been renewed for [`LEASE`], the next one takes it over.

use std::any::Any;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::answers::{CONFLICT, Document, Written};
use super::cluster::Cluster;
use super::http::Method;
use super::state;
use crate::index::error::IndexError;

/// How long a lock that nobody renews is respected.
const LEASE: Duration = Duration::from_secs(60);
/// How often it is renewed.
const RENEWED: Duration = Duration::from_secs(10);

/// The lock as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    /// Whose it is.
    owner: String,
    /// When it was last renewed, in milliseconds since 1970.
    renewed: u64,
}

/// The version of a document that is written only if nobody else wrote meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Version {
    number: i64,
    term: i64,
}

impl Version {
    pub(super) fn of(number: Option<i64>, term: Option<i64>) -> Option<Self> {
        Some(Self { number: number?, term: term? })
    }

    /// The condition of a request: that the document is of this version, or that it is not there.
    pub(super) fn condition(version: Option<Self>) -> String {
        version.map_or_else(|| "op_type=create".to_owned(), |Self { number, term }| format!("if_seq_no={number}&if_primary_term={term}"))
    }
}

/// The lock of this process; it ends with the value.
struct Lock {
    ended: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        *self.ended.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.ended.1.notify_all();
        // A thread that failed has nothing more to say.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Keeps other writers out until the value goes.
pub(in crate::index) fn lock(cluster: &Cluster, known: impl FnOnce() -> Result<bool, IndexError>) -> Result<Box<dyn Any>, IndexError> {
    state::prepare(cluster, known)?;
    let owner = state::token();
    let version = take(cluster, &owner)?;
    let ended = Arc::new((Mutex::new(false), Condvar::new()));
    let (cluster, watched) = (cluster.clone(), Arc::clone(&ended));
    let thread = std::thread::spawn(move || keep(&cluster, &owner, version, &watched));
    Ok(Box::new(Lock { ended, thread: Some(thread) }))
}

fn path(cluster: &Cluster) -> String {
    format!("{}/_doc/lock", cluster.name)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_millis()).ok()).unwrap_or_default()
}

/// Creates the lock, or takes over one that was left behind.
fn take(cluster: &Cluster, owner: &str) -> Result<Version, IndexError> {
    let locked = || IndexError::Locked { directory: cluster.path() };
    let found: Option<Document<Held>> = cluster.client.find(Method::Get, &path(cluster), &[])?;
    let found = found.filter(|document| document.found);
    if let Some(held) = found.as_ref().and_then(|document| document.source.as_ref())
        && now().saturating_sub(held.renewed) < u64::try_from(LEASE.as_millis()).unwrap_or(u64::MAX)
    {
        return Err(locked());
    }
    let version = found.and_then(|document| Version::of(document.number, document.term));
    write(cluster, owner, version)?.ok_or_else(locked)
}

/// Writes the lock over the version given; `None` where somebody else was first.
fn write(cluster: &Cluster, owner: &str, version: Option<Version>) -> Result<Option<Version>, IndexError> {
    let held = Held { owner: owner.to_owned(), renewed: now() };
    let body = serde_json::to_vec(&held).map_err(|error| IndexError::damaged(&cluster.path(), error))?;
    let request = format!("{}?{}", path(cluster), Version::condition(version));
    let written: Written = cluster.client.ask(Method::Put, &request, &body)?;
    if written.result != CONFLICT {
        return Ok(Version::of(written.number, written.term));
    }
    // The first of two tries may have been ours, its answer lost with its node.
    let found: Option<Document<Held>> = cluster.client.find(Method::Get, &path(cluster), &[])?;
    let own = found.filter(|document| document.source.as_ref().is_some_and(|held| held.owner == owner));
    Ok(own.and_then(|document| Version::of(document.number, document.term)))
}

/// Renews the lock until it is to end, and removes it.
fn keep(cluster: &Cluster, owner: &str, mut version: Version, ended: &(Mutex<bool>, Condvar)) {
    let waiting = || ended.0.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let (over, _) = ended.1.wait_timeout_while(waiting(), RENEWED, |ended| !*ended).unwrap_or_else(PoisonError::into_inner);
        if *over {
            break;
        }
        drop(over);
        match write(cluster, owner, Some(version)) {
            Ok(Some(newer)) => version = newer,
            // Somebody took it over: the commit will find that out, too.
            Ok(None) => return,
            // The next try may do better; the lease is longer than a few of them.
            Err(_) => {}
        }
    }
    // What cannot be removed now ends with its lease.
    let request = format!("{}?{}", path(cluster), Version::condition(Some(version)));
    let _ = cluster.client.find::<Written>(Method::Delete, &request, &[]);
}
