//! What `sayso index` says it did, would do, and does while it watches a folder.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::folder::{self, Folder, seen};

/// Makes a file look as old as one that lies there for long.
fn age(folder: &Folder, name: &str) {
    let file = File::options().append(true).open(folder.path().join(name)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
}

#[test]
fn a_rehearsal_names_every_step_and_writes_nothing() {
    let folder = Folder::new();
    let said = seen(&folder, &folder.run(&["index", "docs", "--dry-run"]));
    assert!(said.contains("would add council.md\nwould add tide.txt\n") && said.contains("0 documents; nothing was written."), "{said}");
    assert!(!folder.path().join("index").exists());
    folder.write("docs/broken.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 7].repeat(40));
    assert!(folder.run(&["index", "docs"]).status.success());
    fs::rename(folder.path().join("docs/tide.txt"), folder.path().join("docs/sea.txt")).unwrap();
    fs::remove_file(folder.path().join("docs/council.md")).unwrap();
    folder.write("docs/new.txt", b"A bridge was painted green.\n");
    let (value, code) = folder.json(&["index", "--dry-run", "--json"]);
    let steps: Vec<String> = value["planned"].as_array().unwrap().iter().map(Value::to_string).collect();
    let expected = [
        r#"{"do":"retry","id":"broken.txt"}"#,
        r#"{"do":"add","id":"new.txt"}"#,
        r#"{"do":"move","from":"tide.txt","id":"sea.txt"}"#,
        r#"{"do":"remove","id":"council.md"}"#,
    ];
    assert_eq!((steps, code), (expected.map(str::to_owned).to_vec(), Some(0)));
    assert_eq!(value["documents"], 2);
    assert_eq!(folder.json(&["status", "--json"]).0["documents"], 2);
}

#[test]
fn the_summary_counts_everything_and_says_why() {
    let folder = Folder::new();
    folder.write("docs/one.pdf", b"no PDF but named so");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("docs/loop")).unwrap();
    folder.write("docs/broken.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 7].repeat(40));
    ["docs/tide.txt", "docs/council.md", "docs/one.pdf", "docs/broken.txt"].iter().for_each(|name| age(&folder, name));
    let said = seen(&folder, &folder.run(&["index", "docs"]));
    assert!(said.contains("4 read: 2 added.\n"), "{said}");
    assert!(said.contains("0 unchanged, 1 skipped (1 a symbolic link, not followed), 2 failed ("), "{said}");
    assert!(said.contains("1 not text"), "{said}");
    let again = seen(&folder, &folder.run(&["index"]));
    assert!(again.contains("0 read.\n2 unchanged, 1 skipped (1 a symbolic link, not followed), 2 failed ("), "{again}");
    assert!(again.contains("broken.txt: not text"), "a failed file is named each time: {again}");
    let (value, _) = folder.json(&["index", "--json"]);
    assert_eq!((&value["read"], &value["unchanged"]), (&Value::from(0), &Value::from(2)));
    assert_eq!((value["skipped"].as_array().map(Vec::len), value["failed"].as_array().map(Vec::len)), (Some(1), Some(2)));
}

#[test]
fn failed_files_are_tried_again_when_asked() {
    let folder = Folder::new();
    folder.write("docs/broken.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 7].repeat(40));
    ["docs/tide.txt", "docs/council.md", "docs/broken.txt"].iter().for_each(|name| age(&folder, name));
    folder.run(&["index", "docs"]);
    assert_eq!(folder.json(&["index", "--json"]).0["read"], 0);
    assert_eq!(folder.json(&["index", "--json", "--retry"]).0["read"], 1);
    folder.write("docs/broken.txt", b"It can be read now.\n");
    assert_eq!(folder.json(&["index", "--json"]).0["added"], 1);
}

/// A watching process and what it says on standard error.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn begin(folder: &Folder) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("sayso"));
        command.current_dir(folder.path()).args(["index", "docs", "--watch", "--index", "index"]).env_clear();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// Waits for a line that holds `words`.
    fn await_line(&self, words: &str) {
        let mut heard = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_secs(30)) {
            if line.contains(words) {
                return;
            }
            heard.push(line);
        }
        panic!("`{words}` was not said in {heard:#?}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It has ended by itself where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_watched_folder_is_kept_up_with_until_interrupted() {
    let folder = Folder::new();
    let mut watching = Watching::begin(&folder);
    watching.await_line("watching");
    folder.write("docs/new.txt", b"A bridge was painted green.\n");
    watching.await_line("1 added; 3 documents");
    folder.write("docs/deep/er/other.txt", b"The ferry was painted blue.\n");
    watching.await_line("1 added; 4 documents");
    fs::rename(folder.path().join("docs/new.txt"), folder.path().join("docs/old.txt")).unwrap();
    watching.await_line("1 moved; 4 documents");
    fs::remove_file(folder.path().join("docs/old.txt")).unwrap();
    watching.await_line("1 removed; 3 documents");
    let number = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &number]).status().unwrap().success());
    watching.await_line("stopped watching");
    assert_eq!(watching.child.wait().unwrap().code(), Some(0));
    assert_eq!(folder.json(&["index", "--json"]).0["documents"], 3);
}

#[test]
fn every_command_warns_of_cited_files_that_changed_or_are_gone() {
    let folder = Folder::indexed();
    let commands: [&[&str]; 5] = [
        &["ask", "How much would the repairs cost?"],
        &["who", "We have 12 volunteers and no money"],
        &["trace", "We have 12 volunteers and no money"],
        &["quotes", "--by", "Bram Tolley"],
        &["show", "tide.txt"],
    ];
    let warned = |command: &[&str], words: &str| {
        let said = String::from_utf8(folder.run(command).stderr).unwrap();
        let value = folder.json(&[command, &["--json"]].concat()).0;
        let warnings = value["warnings"].as_array().cloned().unwrap_or_default();
        let told = warnings.iter().any(|warning| warning["message"].as_str().is_some_and(|message| message.contains(words)));
        assert_eq!((said.contains(words), told), (!words.is_empty(), !words.is_empty()), "{command:?}: {said}{warnings:?}");
    };
    let path = folder.path().join("docs/tide.txt");
    let bytes = fs::read(&path).unwrap();
    for command in commands {
        assert!(folder.run(command).stderr.is_empty(), "{command:?}");
    }
    // The same bytes with a new time stamp are no change; other bytes of the same length are one.
    File::options().append(true).open(&path).unwrap().set_modified(SystemTime::now() + Duration::from_secs(9)).unwrap();
    for command in commands {
        assert!(folder.run(command).stderr.is_empty(), "{command:?}");
    }
    fs::write(&path, String::from_utf8(bytes).unwrap().replace("sluice", "slipway").replace("tired.", "old.")).unwrap();
    commands.iter().for_each(|command| warned(command, "has changed since it was indexed"));
    fs::remove_file(&path).unwrap();
    commands.iter().for_each(|command| warned(command, "is gone since it was indexed"));
}

#[test]
fn settings_beside_the_documents_correct_what_is_known_of_them() {
    let folder = Folder::indexed();
    ["docs/tide.txt", "docs/council.md"].iter().for_each(|name| age(&folder, name));
    folder.run(&["index"]);
    folder.write("docs/sayso.toml", b"[[document]]\nfiles = \"tide.*\"\noutlet = \"The Saltby Argus\"\npublished = 2014-03-07\n");
    let (value, _) = folder.json(&["index", "--json"]);
    assert_eq!((&value["read"], &value["changed"], &value["unchanged"]), (&Value::from(1), &Value::from(1), &Value::from(1)), "{value}");
    assert_eq!(folder.json(&["index", "--json"]).0["read"], 0);
    let (list, _) = folder.json(&["status", "--documents", "--json"]);
    let tide = &list["list"][1];
    assert_eq!((tide["publisher"].as_str(), tide["published"].as_str()), (Some("The Saltby Argus"), Some("2014-03-07")));
    assert_eq!(tide["from"]["publisher"], serde_json::json!({"origin": "sayso.toml", "certainty": "stated"}));
    assert_eq!(tide["from"]["title"]["origin"], "text-head");
    let said = seen(&folder, &folder.run(&["status", "--documents"]));
    insta::assert_snapshot!("status_documents", said.split_once("\n\n").unwrap().1);
    assert!(seen(&folder, &folder.run(&["ask", "How much would the repairs cost?", "--source", "Argus"])).contains("£85,000"));
    folder.write("docs/sayso.toml", b"[[document]]\nfiles = \"tide.*\"\noutlett = \"The Saltby Argus\"\n");
    let failed = seen(&folder, &folder.run(&["index"]));
    assert!(failed.starts_with("exit 2") && failed.contains("docs/sayso.toml:3: unknown field `outlett`"), "{failed}");
    fs::remove_file(folder.path().join("docs/sayso.toml")).unwrap();
    assert_eq!(folder.json(&["index", "--json"]).0["changed"], 1);
    assert_eq!(folder.json(&["status", "--documents", "--json"]).0["list"][1]["publisher"], "The Cove Gazette");
}

#[test]
fn copies_of_a_report_are_cited_once_from_the_first() {
    let folder = Folder::new();
    let later = folder::TIDE.replace("The Cove Gazette", "Harbour Post").replace("4 March 2014", "6 March 2014");
    folder.write("docs/a-copy.txt", later.as_bytes());
    assert!(folder.run(&["index", "docs"]).status.success());
    let (value, _) = folder.json(&["ask", "How much would the repairs cost?", "--json"]);
    let answer = value["answers"].as_array().unwrap().iter().find(|answer| answer["text"] == "£85,000").unwrap();
    assert_eq!(answer["support"], serde_json::json!({"documents": 2, "independent": 1}));
    let cited: Vec<_> = answer["citations"].as_array().unwrap().iter().map(|citation| citation["document"]["id"].clone()).collect();
    assert_eq!((cited, &answer["also_in"][0]["id"]), (vec![Value::from("tide.txt")], &Value::from("a-copy.txt")));
    let (value, _) = folder.json(&["quotes", "--by", "Bram Tolley", "--json"]);
    let first = &value["quotations"][0];
    assert_eq!((first["document"]["id"].as_str(), first["also_in"][0]["id"].as_str()), (Some("tide.txt"), Some("a-copy.txt")));
    assert_eq!(value["quotations"].as_array().map(Vec::len), value["total"].as_u64().map(|total| total as usize));
    let said = seen(&folder, &folder.run(&["quotes", "--by", "Bram Tolley"]));
    assert!(said.contains("also in 1 more"), "{said}");
}

#[test]
fn standard_input_becomes_a_document_that_stays() {
    const GIVEN: &str = "The lock at Saltby was painted blue, its keeper Wat Reeve said on Friday.\n";
    let folder = Folder::indexed();
    let index = |arguments: &[&str], given: &str| -> Value {
        let output = folder.command(&[&["index", "--json"], arguments].concat()).write_stdin(given).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(&folder, &output)))
    };
    let first = index(&["-"], GIVEN);
    let id = first["standard_input"].as_str().unwrap().to_owned();
    assert_eq!((&first["documents"], &first["added"]), (&Value::from(3), &Value::from(1)), "{first}");
    assert_eq!(index(&["-"], GIVEN)["standard_input"].as_str(), Some(id.as_str()), "the same bytes are the same document");
    assert_eq!(String::from_utf8(folder.run(&["show", &id, "--raw"]).stdout).unwrap(), GIVEN);
    assert_eq!(index(&["docs"], "")["documents"], 3, "it belongs to every update");
    let rows = index(&["-", "--format", "csv"], "title,text\nOne,The first barge was red.\nTwo,The second barge was green.\n");
    assert_eq!((&rows["documents"], &rows["added"], &rows["rebuilt"]), (&Value::from(5), &Value::from(2), &Value::Null), "{rows}");
    let second = format!("{}#2", rows["standard_input"].as_str().unwrap());
    assert!(seen(&folder, &folder.run(&["show", &second])).contains("The second barge was green."));
    fs::rename(folder.path().join("index"), folder.path().join("elsewhere")).unwrap();
    assert_eq!(index(&["--index", "elsewhere"], "")["documents"], 5, "it moves with the index");
    fs::remove_file(folder.path().join("elsewhere/standard-input").join(&id)).unwrap();
    assert_eq!(index(&["--index", "elsewhere"], "")["documents"], 4);
    for (arguments, given) in
        [(vec!["index", "-"], ""), (vec!["index", "-", "--dry-run"], GIVEN), (vec!["index", "-", "--format", "wax"], GIVEN)]
    {
        let output = folder.command(&arguments).write_stdin(given).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", seen(&folder, &output));
    }
}

#[test]
fn an_index_of_standard_input_alone_needs_no_folder() {
    let folder = Folder::new();
    fs::rename(folder.path().join("docs"), folder.path().join("corpus")).unwrap();
    let output = folder.command(&["index", "-"]).write_stdin("The weir was mended in May.\n").output().unwrap();
    let said = seen(&folder, &output);
    assert!(said.contains("Standard input: standard-input-") && said.contains(": 1 document.\n"), "{said}");
    assert_eq!(folder.json(&["index", "--rebuild", "--json"]).0["documents"], 1);
}

#[test]
fn told_to_be_quiet_index_speaks_of_failures_alone() {
    let folder = Folder::new();
    assert_eq!(seen(&folder, &folder.run(&["index", "docs", "--quiet"])), "exit 0\n--- stdout\n--- stderr\n");
    folder.write("docs/broken.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 7].repeat(40));
    let said = seen(&folder, &folder.run(&["index", "--quiet"]));
    assert!(said.starts_with("exit 0\n--- stdout\n--- stderr\nsayso: FOLDER/docs/broken.txt: not text"), "{said}");
    assert!(!folder.run(&["index", "--quiet", "--dry-run"]).stdout.is_empty());
}
