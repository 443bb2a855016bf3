//! A small folder of reports, and the program run in it: what the tests of its faces share.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// Three short reports by two invented outlets, one of them unreadable as text.
pub(crate) const TIDE: &str = "The Cove Gazette

Tide mill to close after 200 years

By Hester Quill
4 March 2014

The tide mill at Saltby will close in June because the sluice has rotted, its owners said on Tuesday.

Repairs would cost £85,000. \"We have 12 volunteers and no money,\" said Bram Tolley, the mill's warden. \"I will not close it
unless the council tells me to.\"

The council's heritage officer, Una Fairlie, said the building was \"sound but tired\".
";
pub(crate) const COUNCIL: &str = "---
title: Council steps in at the tide mill
author: Moss Arden
date: 2014-05-20
publication: Saltby Letters
---

The council will pay £90,000 to mend the sluice of the tide mill, Una Fairlie announced.

\"It would be a shame to lose it for the price of a van,\" Ms Fairlie said.
";

/// A temporary folder with the reports in `docs`.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("docs/tide.txt", TIDE.as_bytes());
        folder.write("docs/council.md", COUNCIL.as_bytes());
        folder
    }

    pub(crate) fn indexed() -> Self {
        let folder = Self::new();
        assert!(folder.run(&["index", "docs"]).status.success());
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("sayso").unwrap();
        command.current_dir(self.path()).args(arguments).env_clear();
        command.env("HOME", self.path()).env("SAYSO_INDEX", self.path().join("index"));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> (Value, Option<i32>) {
        let output = self.run(arguments);
        let value = serde_json::from_slice(&output.stdout);
        (value.unwrap_or_else(|_| panic!("{arguments:?}: not JSON: {}", seen(self, &output))), output.status.code())
    }
}

/// Everything a person sees, with the folder's own path left out.
pub(crate) fn seen(folder: &Folder, output: &Output) -> String {
    let text = format!(
        "exit {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    text.replace(&folder.path().display().to_string(), "FOLDER")
}
