//! What an update did becomes lines for people and `sayso.index/1`: always how many files were read, unchanged, skipped and failed, and why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::engine::{Planned, Summary};
use crate::render::page::one_line;

/// How many steps of a rehearsal are listed.
const LISTED: usize = 200;

/// `sayso.index/1`; `kept` is the identifier of what came in on standard input.
pub(super) fn document(directory: &Path, summary: &Summary, kept: Option<&str>) -> Value {
    let files = |list: &[(PathBuf, String)]| -> Vec<_> {
        list.iter().map(|(path, message)| json!({"path": path.display().to_string(), "message": message})).collect()
    };
    let odd: Vec<_> = summary.problems.iter().map(|(id, message)| json!({"id": id, "message": message})).collect();
    let moved: Vec<_> = summary.moved.iter().map(|(from, to)| json!({"from": from, "to": to})).collect();
    let mut document = json!({
        "schema": "sayso.index/1", "index": directory.display().to_string(), "documents": summary.documents, "read": summary.read,
        "added": summary.added, "changed": summary.changed, "moved": moved, "removed": summary.removed, "unchanged": summary.unchanged,
    "foreign": summary.foreign, "skipped": files(&summary.skipped), "failed": files(&summary.failed), "odd": odd, "rebuilt": summary.rebuilt,
    });
    if let (Some(kept), Some(fields)) = (kept, document.as_object_mut()) {
        fields.insert("standard_input".to_owned(), json!(kept));
    }
    if let (Some(planned), Some(fields)) = (&summary.planned, document.as_object_mut()) {
        fields.insert("dry_run".to_owned(), json!(true));
        fields.insert("planned".to_owned(), planned.iter().map(step).collect());
    }
    document
}

fn step(step: &Planned) -> Value {
    match step {
        Planned::Add(id) => json!({"do": "add", "id": id}),
        Planned::Read(id) => json!({"do": "read", "id": id}),
        Planned::Retry(id) => json!({"do": "retry", "id": id}),
        Planned::Move { from, to } => json!({"do": "move", "id": to, "from": from}),
        Planned::Remove(id) => json!({"do": "remove", "id": id}),
    }
}

/// Everything about an update, for people.
pub(super) fn lines(directory: &Path, summary: &Summary, kept: Option<&str>) -> String {
    let mut out = kept.map(|id| format!("Standard input: {id}\n")).unwrap_or_default();
    let rehearsed = summary.planned.is_some();
    if let Some(reason) = &summary.rebuilt {
        out.push_str(&format!("{}: {reason}.\n", if rehearsed { "Would be rebuilt" } else { "Rebuilt" }));
    }
    match &summary.planned {
        Some(planned) => out.push_str(&rehearsal(planned)),
        None => out.push_str(&done(summary)),
    }
    out.push_str(&foreign(summary));
    out.push_str(&left_alone(summary));
    let documents = if summary.documents == 1 { "document" } else { "documents" };
    let nothing = if rehearsed { "; nothing was written" } else { "" };
    out.push_str(&format!("{}: {} {documents}{nothing}.\n", directory.display(), summary.documents));
    out
}

/// How many files were read, and what became of them.
fn done(summary: &Summary) -> String {
    let same = summary.read.saturating_sub(summary.added + summary.changed + summary.moved.len());
    let parts = [(summary.added, "added"), (summary.changed, "changed"), (summary.moved.len(), "moved")];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let read = match parts.as_slice() {
        [] if summary.read == 0 => "0 read".to_owned(),
        [] => format!("{same} read, none changed"),
        parts => format!("{} read: {}", summary.read, parts.join(", ")),
    };
    let removed = if summary.removed.is_empty() { String::new() } else { format!(", {} removed", summary.removed.len()) };
    format!("{read}{removed}.\n")
}

/// How many of the documents read are in languages that questions are not read in.
fn foreign(summary: &Summary) -> String {
    let all: usize = summary.foreign.values().sum();
    if all == 0 {
        return String::new();
    }
    let parts: Vec<String> = summary.foreign.iter().map(|(language, count)| format!("{count} {language}")).collect();
    format!("{all} not in English ({}): found by their words and quotes, not read for questions.\n", parts.join(", "))
}

fn rehearsal(planned: &[Planned]) -> String {
    let line = |step: &Planned| match step {
        Planned::Add(id) => format!("would add {}\n", one_line(id)),
        Planned::Read(id) => format!("would read again {}\n", one_line(id)),
        Planned::Retry(id) => format!("would try again {}\n", one_line(id)),
        Planned::Move { from, to } => format!("would move {} to {}\n", one_line(from), one_line(to)),
        Planned::Remove(id) => format!("would remove {}\n", one_line(id)),
    };
    let mut out: String = planned.iter().take(LISTED).map(line).collect();
    let more = planned.len().saturating_sub(LISTED);
    if more > 0 {
        out.push_str(&format!("and {more} more (all of them with --json)\n"));
    }
    if planned.is_empty() { "Nothing to do.\n".to_owned() } else { out }
}

/// What was not read: because it is as it was, is no file, or could not be.
fn left_alone(summary: &Summary) -> String {
    let why = |list: &[(PathBuf, String)]| if list.is_empty() { String::new() } else { format!(" ({})", reasons(list)) };
    let (skipped, failed) = (&summary.skipped, &summary.failed);
    format!("{} unchanged, {} skipped{}, {} failed{}.\n", summary.unchanged, skipped.len(), why(skipped), failed.len(), why(failed))
}

/// Reasons, each with how often it was met, the commonest first.
fn reasons(list: &[(PathBuf, String)]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, reason) in list {
        *counts.entry(kind(reason)).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let more = counts.len().saturating_sub(6);
    let mut parts: Vec<String> = counts.iter().take(6).map(|(reason, count)| format!("{count} {reason}")).collect();
    if more > 0 {
        parts.push(format!("{more} other reasons"));
    }
    parts.join("; ")
}

/// A reason without what is only this file's: "too large: 90 bytes" and "too large: 80 bytes" are one.
fn kind(reason: &str) -> String {
    let reason = one_line(reason);
    reason.split(": ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_by_kind() {
        let list = ["PDF files are not read", "not text: 4 of 9", "PDF files are not read", "not text: 5 of 8", "PDF files are not read"];
        let list: Vec<(PathBuf, String)> = list.iter().map(|reason| (PathBuf::new(), (*reason).to_owned())).collect();
        assert_eq!(reasons(&list), "3 PDF files are not read; 2 not text");
    }
}
