//! SQLite's FTS5, where a `python3` that has it is there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::LINES;
use crate::measuring::{Usage, usage_of};

/// The script that does it.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/scale/fts5.py");
const PYTHON: &str = "python3";

/// A database.
pub(crate) struct Fts5 {
    pub(crate) database: PathBuf,
}

impl Fts5 {
    /// One in this folder; none, and a line that says so, where it cannot be had.
    pub(crate) fn find(folder: &Path) -> Option<Self> {
        let there = Command::new(PYTHON).args([SCRIPT, "is-there"]).output().is_ok_and(|output| output.status.success());
        if !there {
            println!("SQLite FTS5 skipped: no python3 that has it");
        }
        there.then(|| Self { database: folder.join("fts5.db") })
    }

    /// Indexes the passages of an archive.
    pub(crate) fn index(&self, archive: &Path) -> Usage {
        let own = std::env::current_exe().unwrap();
        let [database, own, archive] = [&self.database, &own, archive].map(|path| path.to_str().unwrap());
        usage_of(PYTHON, &[SCRIPT, "index", database, own, LINES, archive])
    }

    /// Asks for any of the words of each line of a file; milliseconds for each after the first `warming`.
    pub(crate) fn ask(&self, questions: &Path, warming: usize) -> Vec<f64> {
        let mut command = Command::new(PYTHON);
        let output = command.args([SCRIPT, "ask"]).args([&self.database, questions]).arg(warming.to_string()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(|line| line.parse().unwrap()).collect()
    }
}
