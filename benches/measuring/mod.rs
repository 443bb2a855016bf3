//! Commands and calls become what they took: time, processor time of all threads, memory.
//!
//! To know what one command took, the bench starts itself once for each, with [`MEASURE`] before the command: the system counts what the
//! ended children of a process took together.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use nix::sys::resource::{Usage as Counted, UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The argument that has the bench run a command and say what it took.
const MEASURE: &str = "--measure";

/// What a command took.
#[derive(Clone, Copy)]
pub(crate) struct Usage {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of processor time, of all its threads and children.
    pub(crate) processor: f64,
    /// The most memory it held at once, mapped files included.
    pub(crate) megabytes: f64,
}

/// Runs the command and says what it took, where the arguments ask for that; whether they did.
pub(crate) fn measured(arguments: &[String]) -> bool {
    let Some((MEASURE, command)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) else { return false };
    let start = Instant::now();
    let output = Command::new(&command[0]).args(&command[1..]).output().unwrap();
    let wall = start.elapsed().as_secs_f64();
    assert!(output.status.code().is_some_and(|code| code < 2), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    println!("{wall} {} {}", seconds(&usage), usage.max_rss() as f64 / 1024.0);
    true
}

/// What the program takes with these arguments; it may end with 0 or 1.
pub(crate) fn usage_of(program: &str, arguments: &[&str]) -> Usage {
    let own = std::env::current_exe().unwrap();
    let Output { stdout, stderr, status } = Command::new(own).arg(MEASURE).arg(program).args(arguments).output().unwrap();
    assert!(status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&stderr));
    let figures: Vec<f64> = String::from_utf8(stdout).unwrap().split_whitespace().map(|figure| figure.parse().unwrap()).collect();
    Usage { wall: figures[0], processor: figures[1], megabytes: figures[2] }
}

/// What `sayso` takes with these arguments.
pub(crate) fn usage(arguments: &[&str]) -> Usage {
    usage_of(env!("CARGO_BIN_EXE_sayso"), arguments)
}

/// Processor time of this process so far, in milliseconds.
pub(crate) fn processor() -> f64 {
    1000.0 * seconds(&getrusage(UsageWho::RUSAGE_SELF).unwrap())
}

fn seconds(usage: &Counted) -> f64 {
    (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e6
}

/// The value that a share of the others lie below: 0.5 for the median.
pub(crate) fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() as f64 * share) as usize).min(values.len() - 1)]
}

/// The median.
pub(crate) fn median(values: Vec<f64>) -> f64 {
    quantile(values, 0.5)
}

/// The files of a folder and the folders in it, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// How many bytes the files of a folder have.
pub(crate) fn size(folder: &Path) -> u64 {
    files(folder).iter().map(|file| fs::metadata(file).unwrap().len()).sum()
}
