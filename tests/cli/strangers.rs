//! An index that another user made: asked where its files may be read, told in a line where they may not.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::folder::{Folder, seen};

/// The number of the user `nobody`.
const NOBODY: u32 = 65_534;

/// Runs the program as a user who owns nothing; `None` where this takes rights that the tests do not have.
fn as_nobody(folder: &Folder, arguments: &[&str]) -> Option<Output> {
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() != 0) || !cfg!(target_os = "linux") {
        println!("skipped: becoming another user takes root");
        return None;
    }
    let program = folder.path().join("sayso");
    if !program.exists() {
        let original = assert_cmd::cargo::cargo_bin("sayso");
        fs::hard_link(&original, &program).or_else(|_| fs::copy(&original, &program).map(|_| ())).unwrap();
        mode(folder.path(), 0o755);
    }
    let mut command = Command::new(program);
    command.current_dir(folder.path()).args(arguments).args(["--index", "index"]).env_clear().uid(NOBODY).gid(NOBODY);
    Some(command.output().unwrap())
}

fn mode(path: &Path, bits: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(bits)).unwrap();
}

#[test]
fn an_index_of_another_user_is_asked_and_not_written() {
    let folder = Folder::indexed();
    let Some(asked) = as_nobody(&folder, &["ask", "How much would the repairs cost?"]) else { return };
    assert!(seen(&folder, &asked).contains("£85,000"), "{}", seen(&folder, &asked));
    for arguments in [["index", "--rebuild"], ["index", "docs"]] {
        let said = seen(&folder, &as_nobody(&folder, &arguments).unwrap());
        assert!(said.starts_with("exit 2") && said.contains("the index is another user's"), "{said}");
        assert_eq!(said.split("--- stderr\n").nth(1).unwrap().lines().count(), 1, "{said}");
    }
    assert_eq!(folder.json(&["index", "--json"]).0["documents"], 2);
}

#[test]
fn an_index_closed_to_others_says_so() {
    let folder = Folder::indexed();
    for closed in ["index/sayso.json", "index/store-1", "index/store-1/meta.json", "index"] {
        let path = folder.path().join(closed);
        let before = fs::metadata(&path).unwrap().permissions().mode();
        mode(&path, 0);
        for command in [vec!["ask", "How much would the repairs cost?"], vec!["status"], vec!["index", "docs"], vec!["index", "-"]] {
            let Some(output) = as_nobody(&folder, &command) else { return };
            let said = seen(&folder, &output);
            assert!(said.starts_with("exit 2") && said.contains("the index is another user's"), "{closed}, {command:?}: {said}");
            assert_eq!(said.split("--- stderr\n").nth(1).unwrap().lines().count(), 1, "{said}");
        }
        mode(&path, before);
    }
}
