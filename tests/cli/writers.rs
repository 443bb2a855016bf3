//! One report in the formats that other people's tools write: its words, its metadata and its places are the same in all of them.
//!
//! `tests/cli/write.py` writes what the tools at hand can write: Python's own (mail, mailboxes, tables, JSON, gzip, zip, tar) and, where they are
//! installed, reportlab, fpdf2, python-docx, odfpy, ebooklib, pandoc, warcio and zstandard. What is missing is named. `SAYSO_PYTHON` says which
//! Python to ask.

use std::process::Command;

use crate::folder::Folder;

const QUOTE: &str = "the nests are full for the first time in 30 years";
const TITLE: &str = "Nests full at the heronry";
const AUTHOR: &str = "Hester Quill";

/// Whether the format carries a title of its own: bare text, packed, does not.
fn is_titled(name: &str) -> bool {
    !["gzip", "zstandard", "zipfile", "tarfile"].iter().any(|tool| name.starts_with(tool))
}

/// Whether the tool writes the author down where the format has a place for one: pages of archives and RTF by pandoc have none.
fn is_signed(name: &str) -> bool {
    is_titled(name) && !name.starts_with("warcio") && !name.ends_with(".rtf")
}

/// The names of the files that could be written; `None` where there is no Python.
fn written(folder: &Folder) -> Option<Vec<String>> {
    let python = std::env::var("SAYSO_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/write.py");
    std::fs::create_dir_all(folder.path().join("written")).unwrap();
    let Ok(output) = Command::new(&python).arg(script).arg(folder.path().join("written")).output() else {
        println!("skipped: {python} is not there");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().filter(|line| line.starts_with("skipped")).for_each(|line| println!("{line}"));
    let names = said.lines().filter(|line| !line.starts_with("skipped")).filter_map(|line| line.split('\t').next());
    Some(names.map(str::to_owned).collect())
}

#[test]
fn what_other_tools_wrote_is_read_whole() {
    let folder = Folder::new();
    let Some(names) = written(&folder) else { return };
    let (summary, code) = folder.json(&["index", "written", "--json"]);
    assert_eq!((code, summary["failed"].as_array().map(Vec::len)), (Some(0), Some(0)), "{summary}");
    for name in &names {
        let (found, _) = folder.json(&["quotes", "--in", &document(&folder, name), "--json"]);
        let quotation = &found["quotations"][0];
        assert_eq!(quotation["speaker"]["name"], "Piers Aldous", "{name}: {found}");
        let (told, _) = folder.json(&["show", &document(&folder, name), "--json"]);
        check_document(name, &told);
    }
    println!("{} files by other tools: {}", names.len(), names.join(", "));
}

/// The document of a file in which the quote stands.
fn document(folder: &Folder, name: &str) -> String {
    let (status, _) = folder.json(&["status", "--documents", "--json"]);
    let ids = status["list"].as_array().unwrap().iter().filter_map(|document| document["id"].as_str());
    let own = ids.filter(|id| *id == name || id.strip_prefix(name).is_some_and(|rest| rest.starts_with('#')));
    let holds = |id: &&str| String::from_utf8_lossy(&folder.run(&["show", id, "--raw"]).stdout).replace('\n', " ").contains(QUOTE);
    let found = own.map(str::to_owned).find(|id| holds(&id.as_str()));
    found.unwrap_or_else(|| panic!("{name}: no document holds the quote"))
}

fn check_document(name: &str, told: &serde_json::Value) {
    let text = told["text"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["is full for the first time since its trees were felled.", QUOTE, "a café will open beside it in May."] {
        assert!(text.contains(words), "{name}: {text}");
    }
    let document = &told["document"];
    assert!(!is_titled(name) || document["title"] == TITLE, "{name}: {document}");
    assert!(!is_signed(name) || document["authors"][0] == AUTHOR, "{name}: {document}");
}
