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
use crate::engine::{self, Home, Progress, Summary, UpdateOptions, Warning};

/// Runs the command.
pub(super) fn run(arguments: &IndexArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let (home, roots) = target(arguments, settings)?;
    let home = match home {
        Home::Cluster(cluster) => cluster.with_shards(arguments.shards, arguments.replicas).into(),
        folder @ Home::Folder(_) => folder,
    };
    let directory = home.path();
    let stop = watch::stop_on_interrupt();
    let kept = if takes_input(arguments) { Some(keep_input(arguments, &home)?) } else { None };
    let options = UpdateOptions { stop: Some(Arc::clone(&stop)), ..options(arguments)? };
    let summary = build(&home, roots.as_deref(), &options, output)?;
    report(arguments, &directory, &summary, kept.as_deref(), output)?;
    if arguments.watch {
        return watch::keep_up(&home, &summary.roots, &stop, output);
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

/// Says what was done. Told to be quiet, it speaks of nothing but files that could not be read.
fn report(arguments: &IndexArguments, directory: &Path, summary: &Summary, kept: Option<&str>, output: &Output) -> Result<(), Failure> {
    if output.json && arguments.watch {
        return output.line(&changes::document(directory, summary, kept));
    }
    if output.json {
        return output.document(&changes::document(directory, summary, kept));
    }
    if output.quiet && !arguments.dry_run {
        for (path, reason) in &summary.failed {
            output.insist(&format!("{}: {reason}", path.display()));
        }
        return Ok(());
    }
    output.text(&changes::lines(directory, summary, kept))
}

/// Whether standard input is among what is to be indexed.
fn takes_input(arguments: &IndexArguments) -> bool {
    arguments.paths.iter().any(|path| is_input(path))
}

fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// Whether nothing but standard input was named.
fn is_input_alone(arguments: &IndexArguments) -> bool {
    takes_input(arguments) && arguments.paths.iter().all(|path| is_input(path))
}

/// Keeps standard input with the index; the identifier it has there.
fn keep_input(arguments: &IndexArguments, home: &Home) -> Result<String, Failure> {
    let Home::Folder(directory) = home else {
        return Err(Failure::new("usage", "standard input is kept with the index, and a cluster keeps no files")
            .hint("save it to a file and index that"));
    };
    if arguments.dry_run {
        return Err(Failure::new("usage", "--dry-run writes nothing, and standard input cannot be read twice"));
    }
    let format = arguments.format.as_deref().map(format).transpose()?;
    let kept = engine::keep(directory, &mut std::io::stdin().lock(), format.map(Format::ending))?;
    kept.ok_or_else(|| Failure::new("file", "standard input is empty"))
}

/// Which index, of which documents.
fn target(arguments: &IndexArguments, settings: &Settings) -> Result<(Home, Option<Vec<PathBuf>>), Failure> {
    let named: Vec<PathBuf> = arguments.paths.iter().filter(|path| !is_input(path)).cloned().collect();
    let named = (!named.is_empty()).then_some(named);
    if let Some(absent) = named.iter().flatten().find(|path| !path.exists()) {
        return Err(Failure::new("file", format!("{}: there is no such file or folder", absent.display())));
    }
    match settings.location()? {
        Location::Existing(home) => Ok((home, named)),
        // Whoever names standard input alone has not asked for `corpus/`.
        Location::Missing { home, corpus } => {
            match named.or_else(|| corpus.filter(|_| !takes_input(arguments)).map(|corpus| vec![corpus])) {
                Some(roots) => Ok((home, Some(roots))),
                None if takes_input(arguments) => Ok((home, None)),
                None => Err(Failure::new("usage", "which folder? There is no index yet and no corpus/ here").hint("sayso index FOLDER")),
            }
        }
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
    // What standard input holds says nothing about the files.
    let named = arguments.format.as_deref().filter(|_| !is_input_alone(arguments));
    reading.format = named.map(format).transpose()?;
    for field in &arguments.field {
        let set = field.split_once('=').is_some_and(|(part, name)| !name.is_empty() && reading.fields.set(part, name));
        if !set {
            let parts = FieldNames::parts().join(", ");
            let message = format!("`{field}` names no field of a record");
            return Err(Failure::new("usage", message).hint(format!("write PART=NAME, as in text=body; parts are {parts}")));
        }
    }
    Ok((reading.format.is_some() || !arguments.field.is_empty()).then_some(reading))
}

fn format(name: &str) -> Result<Format, Failure> {
    let known: Vec<&str> = Format::NAMES.iter().map(|(format, _)| format.name()).collect();
    let unknown = || Failure::new("usage", format!("`{name}` is no format")).hint(format!("formats are {}", known.join(", ")));
    Format::named(name).ok_or_else(unknown)
}

/// Builds or updates an index, with progress on standard error.
pub(super) fn build(home: &Home, roots: Option<&[PathBuf]>, options: &UpdateOptions, output: &Output) -> Result<Summary, Failure> {
    let bar = bar(output);
    let options = UpdateOptions { worker: super::worker(), ..options.clone() };
    let summary = engine::update(home.clone(), roots, &options, &mut |progress| show(&bar, &progress))?;
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
