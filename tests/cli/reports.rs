//! Dossiers: what they hold, that they are never written over another file, and that they can be verified again.

use std::fs;

use serde_json::Value;

use super::folder::{Folder, TIDE, seen};

const LIST: &str = "{\"question\":\"How much would the repairs cost?\"}
{\"question\":\"How many people live in Lisbon?\"}
{\"quote\":\"I will close it unless the council tells me to.\",\"by\":\"Una Fairlie\"}

{\"person\":\"Fairlie\"}
{\"person\":\"Bram Toley\"}
";

fn listed() -> Folder {
    let folder = Folder::indexed();
    folder.write("list.jsonl", LIST.as_bytes());
    folder
}

/// How many citations of a file have become what.
fn states(folder: &Folder, file: &str) -> Vec<(String, usize)> {
    let (value, _) = folder.json(&["recheck", file, "--json"]);
    let mut counts: Vec<(String, usize)> = Vec::new();
    for one in value["citations"].as_array().unwrap() {
        let state = one["state"].as_str().unwrap();
        match counts.iter_mut().find(|(known, _)| known == state) {
            Some((_, count)) => *count += 1,
            None => counts.push((state.to_owned(), 1)),
        }
    }
    counts
}

#[test]
fn a_dossier_tells_what_was_found_and_what_was_not() {
    let folder = listed();
    let report = folder.run(&["report", "--from", "list.jsonl", "--title", "The mill", "--reader", "linear"]);
    let text = seen(&folder, &report);
    let (shown, passports) = text.split_once("## Passports").unwrap();
    assert!(passports.contains("\"schema\":\"sayso.report/1\""), "{passports}");
    insta::assert_snapshot!("report_markdown", shown);
}

#[test]
fn every_form_can_be_verified_again() {
    let folder = listed();
    for (file, format) in [("r.md", "md"), ("r.html", "html"), ("r.jsonld", "annotations")] {
        let made = folder.run(&["report", "--from", "list.jsonl", "--format", format, "--out", file]);
        assert_eq!(made.status.code(), Some(0), "{}", seen(&folder, &made));
    }
    let (json, _) = folder.json(&["report", "--from", "list.jsonl", "--json"]);
    folder.write("r.json", json.to_string().as_bytes());
    let files = ["r.md", "r.html", "r.jsonld", "r.json"];
    let before = files.map(|file| states(&folder, file));
    assert!(before.iter().all(|counts| counts.len() == 1 && counts.first() == before[0].first()), "{before:?}");
    assert_eq!(before[0][0].0, "unchanged");
    let changed = TIDE.replace("Repairs would", "Long repairs would").replace("not close", "never close");
    folder.write("docs/tide.txt", changed.as_bytes());
    fs::remove_file(folder.path().join("docs/council.md")).unwrap();
    for file in files {
        let states = states(&folder, file);
        let of = |state: &str| states.iter().find(|(known, _)| known == state).map_or(0, |(_, count)| *count);
        assert!(of("changed") > 0 && of("moved") > 0 && of("gone") > 0, "{file}: {states:?}");
        assert_eq!(folder.run(&["recheck", file]).status.code(), Some(1));
    }
}

#[test]
fn another_file_is_never_written_over_unasked() {
    let folder = listed();
    folder.write("notes.md", b"mine");
    let asked = ["report", "--person", "Fairlie", "--out", "notes.md"];
    let refused = folder.run(&asked);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("is there already"));
    assert_eq!(fs::read_to_string(folder.path().join("notes.md")).unwrap(), "mine");
    assert_eq!(folder.run(&[&asked[..], &["--overwrite"]].concat()).status.code(), Some(0));
    assert!(fs::read_to_string(folder.path().join("notes.md")).unwrap().starts_with("# Fairlie"));
}

#[test]
fn a_page_needs_nothing_else_and_says_the_same_again() {
    let folder = listed();
    let make = || String::from_utf8(folder.run(&["report", "--from", "list.jsonl", "--format", "html"]).stdout).unwrap();
    let page = make();
    assert_eq!(page, make());
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("default-src 'none'"));
    for outside in ["<link", "<img", "src=\"", "url(", "@import", "<iframe", "href=\"http"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn what_a_document_writes_stays_words() {
    let folder = Folder::new();
    let evil = "The mill <script>alert(1)</script> closed, ``` said \u{202E}Ann Marlow.\n\n\"It cost </script> £5 & ``` more,\" said Ann Marlow, a <b>baker</b>.\n";
    folder.write("docs/evil.txt", evil.as_bytes());
    folder.run(&["index", "docs"]);
    for format in ["html", "md"] {
        let file = format!("r.{format}");
        folder.run(&["report", "--person", "Ann Marlow", "--quote", "It cost </script> £5 & ``` more", "--out", &file]);
        let text = fs::read_to_string(folder.path().join(&file)).unwrap();
        assert!(!text.contains('\u{202E}') && !text.contains("<script>alert") && !text.contains("<b>baker"), "{text}");
        assert_eq!(states(&folder, &file).first().map(|(state, _)| state.as_str()), Some("unchanged"));
    }
}

#[test]
fn a_report_on_nothing_or_on_half_a_list_is_an_error() {
    let folder = listed();
    for (name, line) in [("torn", "{\"question\":"), ("both", "{\"question\":\"a\",\"person\":\"b\"}"), ("none", "{\"id\":1}")] {
        folder.write(&format!("{name}.jsonl"), format!("{{\"person\":\"Fairlie\"}}\n{line}\n").as_bytes());
        let (value, code) = folder.json(&["report", "--from", &format!("{name}.jsonl"), "--json"]);
        assert_eq!((code, value["schema"].as_str()), (Some(2), Some("sayso.error/1")), "{value}");
        assert!(value["error"]["message"].as_str().unwrap().contains("line 2"), "{value}");
    }
    for arguments in [
        &["report"][..],
        &["report", "--question", " "],
        &["report", "--person", "A", "--by", "B"],
        &["report", "--quote", "a b c", "--quote", "d e f", "--by", "B"],
        &["report", "--person", "A", "--format", "md", "--json"],
        &["report", "--person", "A", "--overwrite"],
    ] {
        assert_eq!(folder.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(folder.run(&["report", "--person", "Nobody Atall"]).status.code(), Some(1));
}

#[test]
fn a_finding_that_cannot_be_made_is_told_in_its_place() {
    let folder = listed();
    let (value, code) = folder.json(&["report", "--person", "Fairlie", "--source", "The Times of Nowhere", "--json"]);
    assert_eq!((code, value["entries"][0]["finding"]["error"]["kind"].as_str()), (Some(2), Some("no_outlet")), "{value}");
    assert_eq!(value["entries"].as_array().map(Vec::len), Some(1));
    let Value::String(title) = &value["title"] else { panic!("{value}") };
    assert_eq!(title, "Fairlie");
}
