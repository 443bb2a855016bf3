//! What indexing takes: sayso, plain tantivy, FTS5, the same text.

use std::fs;

use crate::measuring::{Usage, size, usage, usage_of};
use crate::{Bench, PLAIN};

/// Prints what indexing takes.
pub(crate) fn measure(bench: &Bench) {
    let paths = [&bench.archive.folder, &bench.index, &bench.floor].map(|path| path.to_str().unwrap().to_owned());
    let [archive, index, floor] = [0, 1, 2].map(|at| paths[at].as_str());
    println!("\n{:22}{:>8}{:>16}{:>12}{:>12}{:>12}", "indexing", "MB/s", "of processor", "memory", "size", "time");
    let ours = usage(&["index", archive, "--index", index, "--quiet"]);
    let own = std::env::current_exe().unwrap();
    let plain = usage_of(own.to_str().unwrap(), &[PLAIN, archive, floor]);
    let row = |name: &str, taken: Usage, bytes: u64| {
        let (megabytes, times) = (bench.archive.megabytes(), taken.wall / plain.wall);
        let (wall, processor) = (megabytes / taken.wall, megabytes / taken.processor);
        let size = bytes as f64 / bench.archive.bytes as f64;
        println!("{name:22}{wall:>8.2}{processor:>11.2} MB/s{:>9.0} MB{size:>7.2} text{times:>8.2} ×", taken.megabytes);
    };
    row("sayso", ours, size(&bench.index));
    row("plain tantivy", plain, size(&bench.floor));
    if let Some(fts5) = &bench.fts5 {
        let taken = fts5.index(&bench.archive.folder);
        row("SQLite FTS5", taken, fs::metadata(&fts5.database).unwrap().len());
    }
    // Files of the last seconds are read once more: they may have changed since with the same time stamp.
    let again = [0, 1].map(|_| usage(&["index", "--index", index, "--quiet"]))[1];
    println!("sayso, nothing changed: {:.0} ms, {:.0} MB", 1000.0 * again.wall, again.megabytes);
}
