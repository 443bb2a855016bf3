//! `sayso index`: builds or updates the index, and says what it did and what it could not read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::Ending;
use super::arguments::IndexArguments;
use super::output::{Failure, Output};
use super::settings::{Location, Settings};
use crate::engine::{self, Progress, Summary, UpdateOptions, Warning};

/// Runs the command.
pub(super) fn run(arguments: &IndexArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let (directory, roots) = target(arguments, settings)?;
    let summary = build(&directory, roots.as_deref(), arguments.rebuild, output)?;
    if output.json {
        output.document(&document(&directory, &summary))?;
    } else {
        output.text(&lines(&directory, &summary))?;
    }
    let failed = output.strict && !summary.failed.is_empty();
    if failed {
        let files = if summary.failed.len() == 1 {
            "one file was not read".to_owned()
        } else {
            format!("{} files were not read", summary.failed.len())
        };
        let first = summary.failed.first().map(|(path, why)| format!(": {}: {why}", path.display())).unwrap_or_default();
        output.insist(&format!("--strict: {files}{first}"));
    }
    Ok(if failed { Ending::Failed } else { Ending::Good })
}

/// Which index, of which documents.
fn target(arguments: &IndexArguments, settings: &Settings) -> Result<(PathBuf, Option<Vec<PathBuf>>), Failure> {
    let named = (!arguments.paths.is_empty()).then(|| arguments.paths.clone());
    if let Some(absent) = named.iter().flatten().find(|path| !path.exists()) {
        return Err(Failure::new("file", format!("{}: there is no such file or folder", absent.display())));
    }
    match settings.location() {
        Location::Existing(directory) => Ok((directory, named)),
        Location::Missing { directory, corpus } => match named.or_else(|| corpus.map(|corpus| vec![corpus])) {
            Some(roots) => Ok((directory, Some(roots))),
            None => Err(Failure::new("usage", "which folder? There is no index yet and no corpus/ here").hint("sayso index FOLDER")),
        },
    }
}

/// Builds or updates an index, with progress on standard error.
pub(super) fn build(directory: &Path, roots: Option<&[PathBuf]>, rebuild: bool, output: &Output) -> Result<Summary, Failure> {
    let bar = bar(output);
    let options = UpdateOptions { rebuild, ..UpdateOptions::default() };
    let summary = engine::update(directory, roots, &options, &mut |progress| show(&bar, &progress))?;
    bar.finish_and_clear();
    for (path, message) in summary.failed.iter().chain(&summary.skipped) {
        output.warn(&Warning { path: Some(path.display().to_string()), message: message.clone() });
    }
    for (id, message) in &summary.problems {
        output.warn(&Warning { path: Some(id.clone()), message: message.clone() });
    }
    Ok(summary)
}

/// A progress bar that stays hidden for short work, in pipes, and when told to be quiet.
fn bar(output: &Output) -> ProgressBar {
    if output.quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{pos}/{len} files, {per_sec}, {eta} left  {wide_bar}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn show(bar: &ProgressBar, progress: &Progress) {
    bar.set_length(u64::try_from(progress.total).unwrap_or(u64::MAX));
    bar.set_position(u64::try_from(progress.done).unwrap_or(u64::MAX));
}

fn document(directory: &Path, summary: &Summary) -> serde_json::Value {
    let files = |list: &[(PathBuf, String)]| -> Vec<_> {
        list.iter().map(|(path, message)| json!({"path": path.display().to_string(), "message": message})).collect()
    };
    let odd: Vec<_> = summary.problems.iter().map(|(id, message)| json!({"id": id, "message": message})).collect();
    let moved: Vec<_> = summary.moved.iter().map(|(from, to)| json!({"from": from, "to": to})).collect();
    json!({
        "schema": "sayso.index/1", "index": directory.display().to_string(), "documents": summary.documents, "added": summary.added,
        "changed": summary.changed, "moved": moved, "removed": summary.removed, "unchanged": summary.unchanged,
        "skipped": files(&summary.skipped), "failed": files(&summary.failed), "odd": odd, "rebuilt": summary.rebuilt,
    })
}

fn lines(directory: &Path, summary: &Summary) -> String {
    let mut out = String::new();
    if let Some(reason) = &summary.rebuilt {
        out.push_str(&format!("Rebuilt: {reason}.\n"));
    }
    let parts = [
        (summary.added, "added"),
        (summary.changed, "changed"),
        (summary.moved.len(), "moved"),
        (summary.removed.len(), "removed"),
        (summary.unchanged, "unchanged"),
        (summary.skipped.len(), "passed over (links, devices, folders that cannot be listed)"),
        (summary.failed.len(), "not read (other formats, or no text in them)"),
    ];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    out.push_str(&if parts.is_empty() { "Nothing to index.\n".to_owned() } else { format!("{}.\n", parts.join(", ")) });
    let documents = if summary.documents == 1 { "document" } else { "documents" };
    out.push_str(&format!("{}: {} {documents}.\n", directory.display(), summary.documents));
    out
}
