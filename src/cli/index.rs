//! `sayso index`: builds or updates the index, and says what it did and what it could not read.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Ending;
use super::arguments::IndexArguments;
use super::output::{Failure, Output};
use super::settings::{Location, Settings};
use super::{changes, watch};
use crate::corpus::{FieldNames, Format, Reading, Selection};
use crate::engine::{self, Progress, Summary, UpdateOptions, Warning};

/// Runs the command.
pub(super) fn run(arguments: &IndexArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let (directory, roots) = target(arguments, settings)?;
    let stop = watch::stop_on_interrupt();
    let options = UpdateOptions { stop: Some(Arc::clone(&stop)), ..options(arguments)? };
    let summary = build(&directory, roots.as_deref(), &options, output)?;
    if output.json && arguments.watch {
        output.line(&changes::document(&directory, &summary))?;
    } else if output.json {
        output.document(&changes::document(&directory, &summary))?;
    } else {
        output.text(&changes::lines(&directory, &summary))?;
    }
    if arguments.watch {
        return watch::keep_up(&directory, &summary.roots, &stop, output);
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

/// What the arguments ask for.
fn options(arguments: &IndexArguments) -> Result<UpdateOptions, Failure> {
    let selection = Selection { include: arguments.include.clone(), exclude: arguments.exclude.clone() };
    if let Some((pattern, fault)) = selection.fault() {
        return Err(Failure::new("usage", format!("`{pattern}` is no pattern: {fault}"))
            .hint("patterns are those of .gitignore: --exclude '*.log'"));
    }
    let selection = (!selection.is_all()).then_some(selection);
    let IndexArguments { rebuild, dry_run, retry, .. } = *arguments;
    Ok(UpdateOptions { rebuild, dry_run, retry, reading: reading(arguments)?, selection, ..UpdateOptions::default() })
}

/// How files are to be read, where the options say so.
fn reading(arguments: &IndexArguments) -> Result<Option<Reading>, Failure> {
    let mut reading = Reading::default();
    if let Some(name) = &arguments.format {
        let known: Vec<&str> = Format::NAMES.iter().map(|(format, _)| format.name()).collect();
        let unknown = || Failure::new("usage", format!("`{name}` is no format")).hint(format!("formats are {}", known.join(", ")));
        reading.format = Some(Format::named(name).ok_or_else(unknown)?);
    }
    for field in &arguments.field {
        let set = field.split_once('=').is_some_and(|(part, name)| !name.is_empty() && reading.fields.set(part, name));
        if !set {
            let parts = FieldNames::parts().join(", ");
            let message = format!("`{field}` names no field of a record");
            return Err(Failure::new("usage", message).hint(format!("write PART=NAME, as in text=body; parts are {parts}")));
        }
    }
    Ok((arguments.format.is_some() || !arguments.field.is_empty()).then_some(reading))
}

/// Builds or updates an index, with progress on standard error.
pub(super) fn build(directory: &Path, roots: Option<&[PathBuf]>, options: &UpdateOptions, output: &Output) -> Result<Summary, Failure> {
    let bar = bar(output);
    let options = UpdateOptions { worker: super::worker(), ..options.clone() };
    let summary = engine::update(directory, roots, &options, &mut |progress| show(&bar, &progress))?;
    bar.finish_and_clear();
    warn(&summary, output);
    Ok(summary)
}

/// Names what was passed over, what could not be read, and what was odd.
pub(super) fn warn(summary: &Summary, output: &Output) {
    for (path, message) in summary.failed.iter().chain(&summary.skipped) {
        output.warn(&Warning { path: Some(path.display().to_string()), message: message.clone() });
    }
    for (id, message) in &summary.problems {
        output.warn(&Warning { path: Some(id.clone()), message: message.clone() });
    }
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
