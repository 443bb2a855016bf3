//! What an update would do, told from the list of files: nothing is written, and only files that may have been moved are opened.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::error::IndexError;
use super::home::Home;
use super::manifest::{FileState, Files, Marker};
use super::plan::Plan;
use super::update::{Options, Summary, list, rebuild_reason};
use crate::corpus;

/// One thing that an update would do, by identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// Read a file that is new.
    Add(String),
    /// Read a file that is not as it was: its content may be.
    Read(String),
    /// Try a file again that could not be read before.
    Retry(String),
    /// Give a document a new name.
    Move {
        /// The name it has.
        from: String,
        /// The name it would have.
        to: String,
    },
    /// Take a document out.
    Remove(String),
}

/// Says what an update would do.
pub(super) fn rehearse(home: &Home, marker: Option<&Marker>, roots: Vec<PathBuf>, options: &Options) -> Result<Summary, IndexError> {
    let reason = marker.and_then(|marker| rebuild_reason(marker, options));
    let current = marker.filter(|marker| reason.is_none() && !marker.store.is_empty());
    let files = match current {
        Some(marker) => home.committed(&marker.store)?.map_or_else(Files::default, |(_, files)| files),
        None => Files::default(),
    };
    let plan = list(home, &roots, &files, options)?;
    let documents = files.documents();
    let failed = |id: &String| files.files.get(id).and_then(|state| Some((state.path.clone(), state.failure.clone()?)));
    let (failed, unchanged): (Vec<_>, Vec<_>) = plan.unchanged.iter().map(failed).partition(Option::is_some);
    let planned = planned(&plan, &files);
    let count = |of: fn(&Planned) -> bool| planned.iter().filter(|step| of(step)).count();
    Ok(Summary {
        rebuilt: reason,
        roots,
        documents,
        added: count(|step| matches!(step, Planned::Add(_))),
        changed: count(|step| matches!(step, Planned::Read(_))),
        moved: planned.iter().filter_map(moved).collect(),
        removed: planned.iter().filter_map(removed).collect(),
        unchanged: unchanged.len(),
        skipped: plan.skipped,
        failed: failed.into_iter().flatten().collect(),
        planned: Some(planned),
        ..Summary::default()
    })
}

fn moved(step: &Planned) -> Option<(String, String)> {
    if let Planned::Move { from, to } = step { Some((from.clone(), to.clone())) } else { None }
}

fn removed(step: &Planned) -> Option<String> {
    if let Planned::Remove(id) = step { Some(id.clone()) } else { None }
}

/// What is to be done, in the order of identifiers, removals last.
fn planned(plan: &Plan, files: &Files) -> Vec<Planned> {
    let mut gone: BTreeMap<&String, &FileState> =
        plan.gone.iter().filter_map(|id| files.files.get_key_value(id)).filter(|(_, state)| state.key.is_some()).collect();
    let mut steps = Vec::with_capacity(plan.read.len() + gone.len());
    for job in &plan.read {
        let id = job.found.id.clone();
        steps.push(match &job.known {
            Some(known) if known.key.is_none() => Planned::Retry(id),
            Some(_) => Planned::Read(id),
            None => match same_bytes(&job.found, &gone).cloned() {
                Some(from) => {
                    gone.remove(&from);
                    Planned::Move { from, to: id }
                }
                None => Planned::Add(id),
            },
        });
    }
    steps.extend(gone.into_keys().cloned().map(Planned::Remove));
    steps
}

/// The gone document that lies here now. Only files of the same size are opened.
fn same_bytes<'g>(found: &corpus::Found, gone: &BTreeMap<&'g String, &FileState>) -> Option<&'g String> {
    if !gone.values().any(|state| state.size == found.size) {
        return None;
    }
    let digest = corpus::digest_of(&found.path).ok()?;
    gone.iter().find(|(_, state)| state.digest == digest).map(|(id, _)| *id)
}
