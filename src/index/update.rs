//! Folders of documents become an index on disk, or bring one up to date.
//!
//! Files are read and analysed on several threads; one thread writes, in the order of identifiers, so that two runs over the same
//! files make the same index. Readers keep the old state until a commit names the new one.

mod intake;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use intake::Current;

use super::error::IndexError;
use super::furniture::Furniture;
use super::home::Home;
use super::kept;
use super::manifest::{FORMAT, FileState, Files, Marker};
use super::pipeline::{self, Outcome, Task};
use super::plan::{Plan, is_same, nanoseconds, settled};
use super::rehearsal::{self, Planned};
use super::writer::Writer;
use crate::corpus::{self, Corrections, Reading, Selection};

/// How to update.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read everything anew.
    pub rebuild: bool,
    /// Say what would be done, and do nothing.
    pub dry_run: bool,
    /// Read files again that could not be read before, though they did not change.
    pub retry: bool,
    /// Set by somebody else to end the update early: what was read until then is committed.
    pub stop: Option<Arc<AtomicBool>>,
    /// Threads that read and analyse; `None` for as many as the machine has cores.
    pub jobs: Option<usize>,
    /// How the files are to be read; `None` for as they were read before.
    pub reading: Option<Reading>,
    /// Which files of the roots are wanted; `None` for those that were wanted before.
    pub selection: Option<Selection>,
    /// The program that reads other formats than text in a process of their own, as [`Reader`](corpus::Reader) tells.
    pub worker: Option<PathBuf>,
}

/// How far an update has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files to read.
    pub total: usize,
    /// Bytes done.
    pub bytes: u64,
    /// Bytes to read.
    pub total_bytes: u64,
}

/// What an update did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Why the index was built anew, if it was.
    pub rebuilt: Option<String>,
    /// The folders and files that are indexed.
    pub roots: Vec<PathBuf>,
    /// Documents in the index now.
    pub documents: usize,
    /// Documents that are new.
    pub added: usize,
    /// Documents that were replaced.
    pub changed: usize,
    /// Documents found under another name, as old and new identifier.
    pub moved: Vec<(String, String)>,
    /// Identifiers of documents that are gone.
    pub removed: Vec<String>,
    /// Documents that are as they were.
    pub unchanged: usize,
    /// Files read.
    pub read: usize,
    /// Bytes of the files read.
    pub bytes: u64,
    /// Files and folders passed over, and why.
    pub skipped: Vec<(PathBuf, String)>,
    /// Files that could not be read, and why.
    pub failed: Vec<(PathBuf, String)>,
    /// Documents read that are in another language than English, by its name.
    pub foreign: BTreeMap<&'static str, usize>,
    /// Documents read with something odd about them, by identifier.
    pub problems: Vec<(String, String)>,
    /// What would be done, where it was only asked; `None` where it was done.
    pub planned: Option<Vec<Planned>>,
}

/// Builds or updates the index that lives in a folder, or wherever, from `roots`; with `None`, from the folders it was made from before.
///
/// # Errors
/// [`IndexError::Locked`] while another process writes, [`IndexError::NoRoots`] and [`IndexError::MissingRoot`] where there is nothing
/// to read, [`IndexError::Foreign`] where the folder holds something else, [`IndexError::Io`] where the system refuses.
pub fn update(
    home: impl Into<Home>,
    roots: Option<&[PathBuf]>,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, IndexError> {
    let home = home.into();
    let marker = marker(&home, options)?;
    let roots = roots.filter(|roots| !roots.is_empty()).map(<[PathBuf]>::to_vec);
    let roots = roots.or_else(|| marker.as_ref().map(|marker| marker.roots.clone())).filter(|roots| !roots.is_empty());
    let roots = roots.or_else(|| home.own_folder().is_some_and(|own| kept::any(&own)).then(Vec::new));
    let roots = absolute(roots.ok_or_else(|| IndexError::NoRoots { directory: home.path() })?)?;
    let selection = options.selection.clone().or_else(|| Some(marker.as_ref()?.selection.clone())).unwrap_or_default();
    let options = &Options { selection: Some(selection), ..options.clone() };
    if options.dry_run {
        return rehearsal::rehearse(&home, marker.as_ref(), roots, options);
    }
    let _lock = home.lock(|| Ok(self::marker(&home, options)?.is_some()))?;
    let marker = self::marker(&home, options)?.unwrap_or_else(|| Marker::new(roots.clone()));
    let reason = rebuild_reason(&marker, options);
    home.sweep(&marker.store);
    if let Some(summary) = nothing_to_do(&home, &marker, &roots, reason.is_some(), options)? {
        return Ok(summary);
    }
    let mut target = Target::prepare(&home, marker, roots, reason.is_some(), options)?;
    let mut summary = run(&mut target, options, progress)?;
    summary.rebuilt = reason;
    Ok(summary)
}

/// The marker; none where it is damaged and everything is to be built anew.
fn marker(home: &Home, options: &Options) -> Result<Option<Marker>, IndexError> {
    match home.marker() {
        Err(IndexError::Damaged { .. }) if options.rebuild => Ok(None),
        read => read,
    }
}

/// The roots as full paths, so that the index may be updated from anywhere.
fn absolute(roots: Vec<PathBuf>) -> Result<Vec<PathBuf>, IndexError> {
    let mut full = Vec::with_capacity(roots.len());
    for root in roots {
        let path = root.canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => IndexError::MissingRoot { path: root.clone() },
            _ => IndexError::io(&root)(error),
        })?;
        if !full.contains(&path) {
            full.push(path);
        }
    }
    Ok(full)
}

pub(super) fn rebuild_reason(marker: &Marker, options: &Options) -> Option<String> {
    let age = if marker.format < FORMAT { "an older" } else { "a newer" };
    let format = || format!("it was made by {age} sayso ({}, format {})", marker.program, marker.format);
    let asked = || options.rebuild.then(|| "as asked".to_owned());
    let otherwise = options.reading.as_ref().is_some_and(|reading| *reading != marker.reading && !marker.store.is_empty());
    let otherwise = || otherwise.then(|| "the files are to be read in another way".to_owned());
    (marker.format != FORMAT).then(format).or_else(asked).or_else(otherwise)
}

/// The summary of an update that finds everything as it was: told from the list of files alone, without opening the rest.
fn nothing_to_do(home: &Home, marker: &Marker, roots: &[PathBuf], rebuild: bool, options: &Options) -> Result<Option<Summary>, IndexError> {
    if rebuild || marker.store.is_empty() || marker.roots != roots || options.selection.as_ref() != Some(&marker.selection) {
        return Ok(None);
    }
    let Some((_, files)) = home.committed(&marker.store)? else { return Ok(None) };
    let plan = list(home, roots, &files, options)?;
    if files.roots != roots || !plan.read.is_empty() || !plan.gone.is_empty() {
        return Ok(None);
    }
    let failed = files.files.values().filter_map(|state| Some((state.path.clone(), state.failure.clone()?)));
    let mut failed: Vec<(PathBuf, String)> = failed.collect();
    failed.sort();
    let documents = files.documents();
    let unchanged = documents;
    Ok(Some(Summary { roots: roots.to_vec(), documents, unchanged, skipped: plan.skipped, failed, ..Summary::default() }))
}

/// Lists the folders; the index's own files are no documents.
pub(super) fn list(home: &Home, roots: &[PathBuf], known: &Files, options: &Options) -> Result<Plan, IndexError> {
    let listed = nanoseconds(SystemTime::now()).unwrap_or_default();
    let selection = options.selection.clone().unwrap_or_default();
    let own = home.own_folder();
    let mut problems = Vec::new();
    let mut found = corpus::walk(roots, &selection, &mut |problem| problems.push(problem));
    found.retain(|file| own.as_ref().is_none_or(|own| !file.path.starts_with(own)));
    own.iter().for_each(|own| kept::add(own, &mut found));
    let corrections = Corrections::take(roots, &mut found).map_err(IndexError::Correction)?;
    let furniture = Furniture::of(known, &found, is_same);
    Ok(Plan::new(known, found, &corrections, &furniture, &problems, listed, options.retry))
}

/// The store that is written.
struct Target {
    home: Home,
    marker: Marker,
    /// The store's name.
    store: String,
    /// Whether an index that can be asked stands until the new store is whole.
    replaces: bool,
    /// How its files are read.
    reading: Reading,
    writer: Writer,
}

impl Target {
    /// Opens the current store, or begins a new one beside it.
    fn prepare(home: &Home, mut marker: Marker, roots: Vec<PathBuf>, rebuild: bool, options: &Options) -> Result<Self, IndexError> {
        let reading = options.reading.clone().unwrap_or_else(|| marker.reading.clone());
        let selection = options.selection.clone().unwrap_or_default();
        let store = if rebuild || marker.store.is_empty() { next_store(&marker.store) } else { marker.store.clone() };
        if marker.roots != roots || marker.selection != selection || marker.store.is_empty() && !rebuild {
            marker.roots.clone_from(&roots);
            marker.selection = selection;
            home.set_marker(&marker)?;
        }
        let replaces = rebuild && !marker.store.is_empty() && marker.format == FORMAT;
        let writer = Writer::open(home, &store, roots)?;
        Ok(Self { home: home.clone(), marker, store, replaces, reading, writer })
    }

    /// Makes what was written so far durable, and the current state where it replaces nothing that is more.
    fn keep(&mut self) -> Result<(), IndexError> {
        if self.replaces { Ok(()) } else { self.commit() }
    }

    /// Makes what was written the current state.
    fn commit(&mut self) -> Result<(), IndexError> {
        self.writer.commit()?;
        if self.marker.store == self.store && self.marker.program == env!("CARGO_PKG_VERSION") {
            return Ok(());
        }
        let (store, reading, selection) = (self.store.clone(), self.reading.clone(), self.marker.selection.clone());
        self.marker = Marker { store, reading, selection, ..Marker::new(self.marker.roots.clone()) };
        self.home.set_marker(&self.marker)
    }
}

/// The name of the store after `current`.
fn next_store(current: &str) -> String {
    let number = current.strip_prefix("store-").and_then(|number| number.parse().ok()).unwrap_or(0_u64);
    format!("store-{}", number + 1)
}

fn run(target: &mut Target, options: &Options, progress: &mut dyn FnMut(Progress)) -> Result<Summary, IndexError> {
    let plan = list(&target.home, &target.writer.files.roots, &target.writer.files, options)?;
    let mut work = Work::new(&plan, target, options.stop.as_deref());
    work.forget_failures_gone();
    let (vanished, reading) = (work.vanished.clone(), work.target.reading.clone());
    let task = Task { vanished: &vanished, reading: &reading, worker: options.worker.as_deref() };
    let done = pipeline::run(&plan.read, &task, options.jobs, |position, outcome| {
        work.take(position, outcome)?;
        progress(work.progress);
        Ok(())
    });
    if matches!(done, Err(IndexError::Interrupted { .. })) {
        work.keep()?;
    }
    done?;
    work.finish()
}

/// An update under way.
struct Work<'w> {
    plan: &'w Plan,
    target: &'w mut Target,
    vanished: BTreeMap<String, Vec<String>>,
    /// Identifiers of gone files that were found again under another name.
    claimed: Vec<String>,
    /// The file whose documents are coming in.
    current: Current,
    progress: Progress,
    summary: Summary,
    /// Set to end early.
    stop: Option<&'w AtomicBool>,
    /// Whether anything has to be written.
    dirty: bool,
    /// Bytes read since the last commit.
    pending: u64,
}

/// Bytes of documents after which a long run makes its progress durable. Counted in bytes, not by the clock, so that two runs over the
/// same files make the same index.
const COMMIT_EVERY: u64 = 16 << 20;
/// A file counts as this many bytes at least: small ones take their time, too.
const LEAST: u64 = 4 << 10;

impl<'w> Work<'w> {
    fn new(plan: &'w Plan, target: &'w mut Target, stop: Option<&'w AtomicBool>) -> Self {
        let total_bytes = plan.read.iter().map(|job| job.found.size).sum();
        let vanished = plan.vanished(&target.writer.files);
        let dirty = target.writer.is_new() || !plan.gone.is_empty();
        let mut summary = Summary { roots: target.writer.files.roots.clone(), skipped: plan.skipped.clone(), ..Summary::default() };
        for id in &plan.unchanged {
            if let Some(state) = target.writer.files.files.get(id) {
                summary.failed.extend(state.failure.clone().map(|failure| (state.path.clone(), failure)));
                summary.unchanged += state.documents as usize;
            }
        }
        let progress = Progress { done: 0, total: plan.read.len(), bytes: 0, total_bytes };
        Self { plan, target, vanished, claimed: Vec::new(), current: Current::default(), progress, summary, stop, dirty, pending: 0 }
    }

    /// Gone files that were never indexed leave nothing behind.
    fn forget_failures_gone(&mut self) {
        for id in &self.plan.gone {
            if self.target.writer.files.files.get(id).is_some_and(|state| state.key.is_none()) {
                self.target.writer.files.files.remove(id);
                self.dirty = true;
            }
        }
    }

    /// Takes what became of one file; they come in order.
    fn take(&mut self, position: usize, outcome: Outcome) -> Result<(), IndexError> {
        if let Outcome::Prepared(prepared) = outcome {
            return self.document(position, *prepared);
        }
        let Some(job) = self.plan.read.get(position) else { return Ok(()) };
        self.progress.done += 1;
        self.progress.bytes += job.found.size;
        self.summary.read += 1;
        self.summary.bytes += job.found.size;
        self.pending += job.found.size.max(LEAST);
        match outcome {
            Outcome::Same => self.same(position),
            Outcome::Failed { reason, retry } => self.failed(position, reason, retry)?,
            Outcome::Moved(document) => self.moved(position, &document)?,
            Outcome::Prepared(_) => {}
            Outcome::Read { digest, problems, failure } => self.read(position, digest, problems, failure)?,
        }
        if self.pending >= COMMIT_EVERY {
            self.pending = 0;
            self.target.keep()?;
        }
        let stopped = self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        if stopped { Err(IndexError::Interrupted { kept: !self.target.replaces }) } else { Ok(()) }
    }

    /// Keeps what was read before somebody ended the update.
    fn keep(&mut self) -> Result<(), IndexError> {
        if self.dirty {
            self.target.keep()?;
        }
        self.target.writer.close()
    }

    fn job(&self, position: usize) -> Option<&'w super::plan::Job> {
        self.plan.read.get(position)
    }

    /// Read, and found to be as it was: only its time stamp (or path) is new.
    fn same(&mut self, position: usize) {
        let Some(job) = self.job(position) else { return };
        let modified = job.found.modified.and_then(nanoseconds);
        if let Some(state) = self.target.writer.files.files.get_mut(&job.found.id) {
            (state.modified, state.size, state.settled) = (modified, job.found.size, settled(&job.found, self.plan.listed));
            state.path.clone_from(&job.found.path);
            let state = state.clone();
            for id in self.documents_of(position) {
                self.target.writer.set_file(&id, &state);
                self.summary.unchanged += 1;
            }
        }
        self.dirty = true;
    }

    fn failed(&mut self, position: usize, reason: String, retry: bool) -> Result<(), IndexError> {
        let Some(job) = self.job(position) else { return Ok(()) };
        // Documents may have come in before the failure.
        let current = std::mem::take(&mut self.current);
        self.summary.failed.push((job.found.path.clone(), reason.clone()));
        let state = FileState { failure: Some(reason), retry, ..pipeline::state(job, self.plan.listed) };
        self.dirty |= job.known.as_ref() != Some(&state);
        let partly = FileState { key: current.key, documents: current.documents, ..state.clone() };
        let written = self.target.writer.documents_of(&job.found.id, &partly);
        for id in &written {
            self.target.writer.remove(id)?;
        }
        self.remove(self.documents_of(position))?;
        self.target.writer.files.files.insert(job.found.id.clone(), state);
        Ok(())
    }

    /// The bytes of a file that is gone were found under this name.
    fn moved(&mut self, position: usize, document: &corpus::Document) -> Result<(), IndexError> {
        let Some(job) = self.job(position) else { return Ok(()) };
        let record = super::prepare::record(document);
        let candidates = self.vanished.get(&document.digest).cloned().unwrap_or_default();
        let noted = |id: &str| self.target.writer.files.files.get(id).is_some_and(|state| state.furniture == job.furniture);
        let same = |id: &&String| !self.claimed.contains(id) && noted(id) && self.target.writer.is_alike(id, &record);
        let Some(old) = candidates.iter().find(same).cloned() else {
            let prepared = self.target.writer.preparer().prepare(document);
            self.document(position, prepared)?;
            return self.read(position, document.digest.clone(), Vec::new(), None);
        };
        let (digest, problems) = (document.digest.clone(), document.problems.clone());
        let state = FileState { digest, problems, ..pipeline::state(job, self.plan.listed) };
        self.target.writer.rename(&old, record, state)?;
        self.summary.moved.push((old.clone(), job.found.id.clone()));
        self.claimed.push(old);
        self.dirty = true;
        Ok(())
    }

    /// Removes what is gone and commits.
    fn finish(mut self) -> Result<Summary, IndexError> {
        let gone: Vec<String> = self.plan.gone.iter().filter(|id| !self.claimed.contains(id)).cloned().collect();
        for id in &gone {
            if let Some(state) = self.target.writer.files.files.remove(id) {
                let documents = self.target.writer.documents_of(id, &state);
                self.remove(documents)?;
            }
        }
        if self.dirty {
            self.target.commit()?;
        }
        self.summary.documents = self.target.writer.documents();
        self.summary.removed.sort();
        self.summary.failed.sort();
        self.target.writer.close()?;
        self.target.home.sweep(&self.target.store);
        Ok(self.summary)
    }
}
