//! `sayso index --watch`: changes in the folders become updates of the index, one when things are quiet again, until Ctrl-C.
//!
//! The system only says that something happened; what, the update finds out by listing the folders, as it always does. So nothing is lost
//! where notices are dropped, and what happened while another process held the index is found with the next look.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{EventKind, RecursiveMode, Watcher};

use super::Ending;
use super::output::{Failure, Output};
use super::{changes, index};
use crate::engine::{self, Home, IndexError, Summary, UpdateOptions};

/// How long nothing must happen before the index is updated.
const QUIET: Duration = Duration::from_millis(400);
/// How long an update waits at most while changes go on.
const LONGEST: Duration = Duration::from_secs(10);
/// How often the wish to stop is looked at.
const TICK: Duration = Duration::from_millis(100);
/// How often the folders are listed where the system does not tell of changes, or the index was held by another process.
const AGAIN: Duration = Duration::from_secs(5);

/// A flag that Ctrl-C (or a request to terminate) sets; a second one ends the process at once.
pub(super) fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Where no handler can be set, the signal ends the process as it always did; the index survives that, too.
        let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop));
        let _ = signal_hook::flag::register(signal, Arc::clone(&stop));
    }
    stop
}

/// Updates the index whenever the documents change, until `stop` is set.
pub(super) fn keep_up(home: &Home, roots: &[PathBuf], stop: &Arc<AtomicBool>, output: &Output) -> Result<Ending, Failure> {
    let (sender, receiver) = mpsc::channel();
    let own = match home {
        Home::Folder(directory) => directory.canonicalize().ok(),
        Home::Cluster(_) => None,
    };
    let watcher = watcher(roots, own, sender);
    if let Err(error) = &watcher {
        output.note(&format!("sayso: the system does not tell of changes ({error}); looking every {} s", AGAIN.as_secs()));
    }
    let listed: Vec<String> = roots.iter().map(|root| root.display().to_string()).collect();
    output.note(&format!("sayso: watching {}; Ctrl-C ends it", listed.join(", ")));
    // A change between the first update and the watcher's start tells of itself to nobody.
    let mut due = true;
    while !stop.load(Ordering::Relaxed) {
        if due {
            due = update(home, stop, output)?;
        }
        let wait = if due || watcher.is_err() { Some(AGAIN) } else { None };
        due |= changed(&receiver, stop, wait);
    }
    output.note("sayso: stopped watching");
    Ok(Ending::Good)
}

/// A watcher that sends a notice for every change of a document.
fn watcher(roots: &[PathBuf], own: Option<PathBuf>, sender: mpsc::Sender<()>) -> notify::Result<notify::RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // A lost notice may have been any.
        let counts = event.as_ref().map_or(true, |event| {
            let outside = event.paths.is_empty() || event.paths.iter().any(|path| own.as_ref().is_none_or(|own| !path.starts_with(own)));
            outside && !matches!(event.kind, EventKind::Access(_))
        });
        if counts {
            // Nobody listens any more when the command ends.
            let _ = sender.send(());
        }
    })?;
    roots.iter().try_for_each(|root| watcher.watch(root, RecursiveMode::Recursive))?;
    Ok(watcher)
}

/// Waits until something changed and it is quiet again, or `wait` is over; whether to look. Returns early when told to stop.
fn changed(receiver: &Receiver<()>, stop: &AtomicBool, wait: Option<Duration>) -> bool {
    let begun = Instant::now();
    let mut first: Option<Instant> = None;
    let mut last = begun;
    while !stop.load(Ordering::Relaxed) {
        match receiver.recv_timeout(TICK) {
            Ok(()) => {
                last = Instant::now();
                first = first.or(Some(last));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(TICK),
        }
        let settled = first.is_some_and(|first| last.elapsed() >= QUIET || first.elapsed() >= LONGEST);
        if settled || wait.is_some_and(|wait| begun.elapsed() >= wait) {
            return true;
        }
    }
    false
}

/// One update; whether it has to be tried again.
fn update(home: &Home, stop: &Arc<AtomicBool>, output: &Output) -> Result<bool, Failure> {
    let options = UpdateOptions { stop: Some(Arc::clone(stop)), worker: super::worker(), ..UpdateOptions::default() };
    match engine::update(home.clone(), None, &options, &mut |_| ()) {
        Ok(summary) => {
            tell(&home.path(), &summary, output)?;
            Ok(false)
        }
        Err(IndexError::Interrupted { .. }) => Ok(false),
        // The folder may be away for a moment (a disk being mounted), the index held by somebody who is soon done, settings half written.
        Err(error @ (IndexError::Locked { .. } | IndexError::MissingRoot { .. } | IndexError::Correction(_))) => {
            output.note(&format!("sayso: {error}"));
            Ok(true)
        }
        Err(error) => Err(error.into()),
    }
}

/// Says what an update changed, if it did.
fn tell(directory: &Path, summary: &Summary, output: &Output) -> Result<(), Failure> {
    let Summary { added, changed, moved, removed, .. } = summary;
    if added + changed + moved.len() + removed.len() == 0 {
        return Ok(());
    }
    index::warn(summary, output);
    if output.json {
        return output.line(&changes::document(directory, summary, None));
    }
    let parts = [(*added, "added"), (*changed, "changed"), (moved.len(), "moved"), (removed.len(), "removed")];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let documents = if summary.documents == 1 { "document" } else { "documents" };
    output.note(&format!("sayso: {}; {} {documents}", parts.join(", "), summary.documents));
    Ok(())
}
