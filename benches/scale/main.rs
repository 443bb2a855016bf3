//! How sayso does at scale, beside what else could have been taken, in one run:
//!
//! `cargo bench --bench scale -- --passages 100000`
//!
//! Writes an archive of that many passages (2,000 where nobody says how many; `--quotations N` for at least so many of them as well), has
//! sayso index it, asks it, checks quotes in it, and does the same with plain tantivy (the floor: what the pipeline adds to it), with SQLite's
//! FTS5 where a `python3` that has it is there, and for exact quotes with `rg` or else `grep`. Nothing is left after it; `--in DIR` says where it
//! works meanwhile, `--write DIR` only writes the archive there and leaves it.
//!
//! Times on the clock depend on what else the machine does. Each is set against the floor of the same run, and processor time is told beside it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "a bench that cannot set up has failed, and prints its figures"
)]

mod archive;
mod asking;
mod checking;
mod fts5;
mod indexing;
#[path = "../measuring/mod.rs"]
mod measuring;
mod plain;
mod sources;
mod windows;

use std::io::Write;
use std::path::{Path, PathBuf};

use archive::{Archive, Wanted};
use fts5::Fts5;
use sources::Pool;

/// Passages where nobody says how many.
const PASSAGES: usize = 2_000;
/// Passages of the archive beyond which it is a matter of tens of gigabytes.
const MANY: usize = 2_000_000;
/// Bytes of text a passage has, about.
const BYTES: usize = 650;

/// What this program starts itself for, to know what that takes.
pub(crate) const PLAIN: &str = "--plain-index";
pub(crate) const LINES: &str = "--lines-of";

/// What is wanted.
struct Settings {
    wanted: Wanted,
    /// Where to work.
    folder: Option<PathBuf>,
    /// Where to write the archive, and do nothing else.
    write: Option<PathBuf>,
}

/// What everything is measured on.
pub(crate) struct Bench {
    pub(crate) pool: Pool,
    pub(crate) archive: Archive,
    /// The folder that the indexes go to.
    pub(crate) folder: PathBuf,
    /// sayso's index.
    pub(crate) index: PathBuf,
    /// Plain tantivy's.
    pub(crate) floor: PathBuf,
    pub(crate) fts5: Option<Fts5>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if measuring::measured(&arguments) || part(&arguments) {
        return;
    }
    let settings = settings(&arguments);
    let pool = Pool::read();
    if let Some(folder) = settings.write {
        let archive = Archive::write(&pool, &folder, settings.wanted);
        println!("{:.1} MB in {} files", archive.megabytes(), archive.files);
        return;
    }
    warn_of_room(settings.wanted);
    let folder = settings.folder.map_or_else(tempfile::tempdir, tempfile::tempdir_in).unwrap();
    run(pool, folder.path(), settings.wanted);
}

/// Does what this program started itself for, if it did.
fn part(arguments: &[String]) -> bool {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [PLAIN, archive, target] => plain::index(Path::new(archive), Path::new(target)),
        [LINES, archive] => {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            windows::passages(Path::new(archive), &mut |passage| writeln!(out, "{passage}").unwrap());
        }
        _ => return false,
    }
    true
}

fn settings(arguments: &[String]) -> Settings {
    let after = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1);
    let number = |name: &str| after(name).map(|number| number.replace([',', '_'], "").parse().expect("a number after the option"));
    let quotations = number("--quotations").unwrap_or(0);
    let wanted = Wanted { passages: number("--passages").unwrap_or(if quotations > 0 { 0 } else { PASSAGES }), quotations };
    Settings { wanted, folder: after("--in").map(PathBuf::from), write: after("--write").map(PathBuf::from) }
}

/// Says how much disk it takes, before it takes it.
fn warn_of_room(wanted: Wanted) {
    let passages = wanted.passages.max(wanted.quotations / 2);
    let text = (passages * BYTES) as f64 / 1e9;
    // The text; sayso's index, for a moment twice; beside it the floor's and then the other's.
    let most = text * (1.0 + 2.0 * 1.2 + 0.9 + 1.7);
    let asked = if passages > MANY { ". Ctrl-C if that is not there" } else { "" };
    eprintln!("{:.2} GB of text, and with all indexes {most:.1} GB of disk at most{asked}", text);
    if passages > MANY {
        std::thread::sleep(std::time::Duration::from_secs(15));
    }
}

fn run(pool: Pool, folder: &Path, wanted: Wanted) {
    let archive = Archive::write(&pool, &folder.join("archive"), wanted);
    let (index, floor) = (folder.join("sayso"), folder.join("plain"));
    let fts5 = Fts5::find(folder);
    let bench = Bench { pool, archive, folder: folder.to_owned(), index, floor, fts5 };
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (load, files) = (load.split(' ').next().unwrap_or_default(), bench.archive.files);
    println!("{:.1} MB in {files} files, {cores} cores, load {load} before", bench.archive.megabytes());
    indexing::measure(&bench);
    asking::measure(&bench);
    checking::measure(&bench);
}
