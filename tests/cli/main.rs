//! What people and scripts see: standard output, standard error and exit status of every command, over a small folder of its own.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot set up its folder has failed, and some print their figures"
)]

#[cfg(feature = "server")]
mod agents;
mod attacks;
mod batches;
#[cfg(feature = "server")]
mod clients;
mod folder;
mod formats;
mod languages;
mod newcomer;
mod packed;
mod random;
mod reports;
mod sample;
#[cfg(feature = "server")]
mod serving;
#[cfg(unix)]
mod strangers;
mod terminal;
mod updates;
mod writers;

use std::fs;

use folder::{COUNCIL, Folder, TIDE, seen};
use serde_json::Value;

#[test]
fn standoff_overwrites_neither_the_text_nor_another() {
    let folder = Folder::new();
    let own = folder.run(&["extract", "--format", "brat", "--out", "docs", "docs/tide.txt"]);
    assert_eq!(own.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("docs/tide.txt")).unwrap(), TIDE);
    folder.write("more/tide.txt", COUNCIL.as_bytes());
    let both = folder.run(&["extract", "--format", "brat", "--out", "out", "docs/tide.txt", "more/tide.txt"]);
    assert_eq!(both.status.code(), Some(2));
    assert!(String::from_utf8(both.stderr).unwrap().contains("both would be written under one name"));
}

/// A later report that loses a word of the earlier one.
const LATER: &str = "---
title: The mill's last summer
date: 2014-06-11
publication: Saltby Letters
---

Bram Tolley, the warden, has had enough. \"I will close it unless the council tells me to,\" he said.
";

fn check(name: &str, arguments: &[&str]) {
    let folder = Folder::indexed();
    insta::assert_snapshot!(name, seen(&folder, &folder.run(arguments)));
}

#[test]
fn index_says_what_it_did() {
    let folder = Folder::new();
    insta::assert_snapshot!("index_first", seen(&folder, &folder.run(&["index", "docs"])));
    insta::assert_snapshot!("index_again", seen(&folder, &folder.run(&["index"])));
}

#[test]
fn a_file_that_is_no_text_is_a_warning_and_with_strict_a_failure() {
    let folder = Folder::new();
    folder.write("docs/junk.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 7].repeat(40));
    insta::assert_snapshot!("index_junk", seen(&folder, &folder.run(&["index", "docs"])));
    assert_eq!(folder.run(&["index", "--strict"]).status.code(), Some(2));
}

#[test]
fn an_answer_is_shown_in_its_sentence() {
    check("ask_answered", &["ask", "How much would the repairs cost?"]);
}

#[test]
fn silence_names_what_was_looked_at() {
    check("ask_silent", &["ask", "How many people live in Lisbon?"]);
}

#[test]
fn a_quote_is_confirmed() {
    check("who_confirmed", &["who", "We have 12 volunteers and no money", "--by", "Bram Tolley"]);
}

#[test]
fn a_lost_negation_is_not_the_quote() {
    check("who_altered", &["who", "I will close it unless the council tells me to.", "--by", "Tolley"]);
}

#[test]
fn an_utterance_is_followed_through_the_documents() {
    let folder = Folder::new();
    folder.write("docs/letters.md", LATER.as_bytes());
    assert!(folder.run(&["index", "docs"]).status.success());
    let asked = ["trace", "I will not close it unless the council tells me to"];
    insta::assert_snapshot!("trace", seen(&folder, &folder.run(&asked)));
    insta::assert_snapshot!("trace_nowhere", seen(&folder, &folder.run(&["trace", "The mill was never worth a van"])));
    let (value, code) = folder.json(&[&asked[..], &["--json"]].concat());
    assert_eq!((value["schema"].as_str(), value["status"].as_str(), code), (Some("sayso.trace/1"), Some("found"), Some(0)));
    let later = &value["printings"][1];
    assert_eq!((later["wording"].as_str(), later["speaker"]["name"].as_str()), (Some("altered_meaning"), Some("Bram Tolley")));
    let changed = later["diff"].as_array().unwrap().iter().find(|step| step["op"] == "delete");
    assert_eq!(changed.map(|step| &step["first"]), Some(&Value::from("not")));
    let text = later["text"].as_str().unwrap();
    let (start, end) = (later["span"]["byte_start"].as_u64().unwrap(), later["span"]["byte_end"].as_u64().unwrap());
    let raw = folder.run(&["show", "letters.md", "--raw"]).stdout;
    assert_eq!(&raw[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()], text.as_bytes());
}

#[test]
fn quotations_are_listed_by_speaker() {
    check("quotes_by", &["quotes", "--by", "Una Fairlie"]);
}

#[test]
fn a_document_is_shown_with_its_place_marked() {
    check("show_place", &["show", "tide.txt:0-16"]);
}

#[test]
fn usage_errors_and_missing_things_say_the_next_step() {
    check("error_usage", &["ask", "--top", "0", "x"]);
    check("error_document", &["show", "nothing-like-it"]);
    check("error_date", &["ask", "--since", "yesterday", "What is it?"]);
}

#[test]
fn without_an_index_the_error_says_how_to_make_one() {
    let folder = Folder::new();
    insta::assert_snapshot!("error_no_index", seen(&folder, &folder.run(&["ask", "Who is the warden?"])));
}

#[test]
fn every_error_is_one_json_document_where_json_is_asked_for() {
    let folder = Folder::indexed();
    for arguments in
        [&["show", "nope", "--json"][..], &["--json", "ask"], &["ask", "--json", "--since", "soon", "x"], &["--json", "nonsense"]]
    {
        let (value, code) = folder.json(arguments);
        assert_eq!((value["schema"].as_str(), code), (Some("sayso.error/1"), Some(2)), "{arguments:?}");
        assert!(!value["error"]["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn citations_are_the_documents_text_at_their_spans() {
    let folder = Folder::indexed();
    let (value, code) = folder.json(&["ask", "--json", "How much would the repairs cost?"]);
    assert_eq!((value["schema"].as_str(), value["status"].as_str(), code), (Some("sayso.answer/1"), Some("answered"), Some(0)));
    for answer in value["answers"].as_array().unwrap() {
        for citation in answer["citations"].as_array().unwrap() {
            let id = citation["document"]["id"].as_str().unwrap();
            let raw = folder.run(&["show", id, "--raw"]).stdout;
            let place = |name: &str| usize::try_from(citation["span"][name].as_u64().unwrap()).unwrap();
            let sentence = citation["sentence"].as_str().unwrap();
            assert_eq!(&raw[place("byte_start")..place("byte_end")], sentence.as_bytes());
            let characters: String =
                String::from_utf8(raw).unwrap().chars().skip(place("start")).take(place("end") - place("start")).collect();
            assert_eq!(characters, sentence);
        }
    }
    assert_eq!(value["answers"][0]["text"], "£85,000");
    assert_eq!(value["answers"][0]["citations"][0]["document"]["published"], "2014-03-04");
}

#[test]
fn the_raw_text_of_a_plain_file_is_the_file() {
    let folder = Folder::indexed();
    assert_eq!(folder.run(&["show", "tide.txt", "--raw"]).stdout, TIDE.as_bytes());
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let folder = Folder::indexed();
    let ask = || folder.run(&["ask", "--json", "--explain", "Who is the mill's warden?"]).stdout;
    let first = ask();
    assert!(!first.is_empty());
    for _ in 0..3 {
        assert_eq!(ask(), first);
    }
    let again = Folder::indexed();
    let question = ["ask", "--json", "Who is the mill's warden?"];
    let without_paths = |folder: &Folder| seen(folder, &folder.run(&question));
    assert_eq!(without_paths(&folder), without_paths(&again));
}

#[test]
fn a_batch_answers_line_by_line_and_survives_a_bad_one() {
    let folder = Folder::indexed();
    let input = "{\"id\":1,\"question\":\"Who is the warden?\"}\nnot json\n\n{\"id\":\"b\"}\n{\"id\":4,\"question\":\"How much would the repairs cost?\"}\n";
    let output = folder.command(&["ask", "--batch", "-"]).write_stdin(input).output().unwrap();
    let lines: Vec<Value> = String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!((&lines[0]["id"], &lines[2]["id"], &lines[3]["id"]), (&Value::from(1), &Value::from("b"), &Value::from(4)));
    assert_eq!(lines[1]["schema"], "sayso.error/1");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn quotes_are_checked_in_batches() {
    let folder = Folder::indexed();
    let input = "{\"id\":1,\"quote\":\"We have 12 volunteers and no money\",\"by\":\"Una Fairlie\"}\n";
    let output = folder.command(&["who", "--batch", "-"]).write_stdin(input).output().unwrap();
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((line["wording"].as_str(), line["attribution"].as_str()), (Some("exact"), Some("misattributed")));
    assert_eq!(line["speaker"]["name"], "Bram Tolley");
}

/// What `recheck` says differs in a saved result of which some words were replaced.
fn tampered(folder: &Folder, arguments: &[&str], told: &str, instead: &str) -> (Value, Option<i32>) {
    let saved = String::from_utf8(folder.run(arguments).stdout).unwrap();
    folder.write("saved.json", saved.as_bytes());
    assert_eq!(folder.json(&["recheck", "saved.json", "--json"]).1, Some(0), "{saved}");
    assert!(saved.contains(told), "{told}: {saved}");
    folder.write("tampered.json", saved.replace(told, instead).as_bytes());
    let (rechecked, code) = folder.json(&["recheck", "tampered.json", "--json"]);
    (rechecked["citations"][0]["differs"][0].clone(), code)
}

#[test]
fn what_was_told_is_checked_again_as_well_as_what_was_cited() {
    let folder = Folder::indexed();
    let speaker = ("\"name\": \"Bram Tolley\"", "\"name\": \"Una Fairlie\"");
    let quote = "We have 12 volunteers and no money";
    let repairs = ["ask", "--json", "How much would the repairs cost?"];
    let (differs, code) = tampered(&folder, &repairs, "\"text\": \"£85,000\"", "\"text\": \"£95,000\"");
    assert_eq!((code, differs), (Some(1), serde_json::json!({"what": "answer", "told": "£95,000", "found": "£85,000"})));
    let said = String::from_utf8(folder.run(&["recheck", "tampered.json"]).stdout).unwrap();
    assert!(said.contains("(answer: saved as “£95,000”, the document has “£85,000”)"), "{said}");
    for arguments in [&["who", quote, "--json"][..], &["quotes", "--by", "Tolley", "--json"], &["trace", quote, "--json"]] {
        let (differs, code) = tampered(&folder, arguments, speaker.0, speaker.1);
        assert_eq!((code, &differs["told"], &differs["found"]), (Some(1), &"Una Fairlie".into(), &"Bram Tolley".into()), "{arguments:?}");
    }
    let by = ["ask", "--json", "Who wrote the article titled Tide mill to close after 200 years?"];
    assert_eq!(tampered(&folder, &by, "\"text\": \"Hester Quill\"", "\"text\": \"Moss Arden\"").0["found"], "Hester Quill");
    fs::remove_dir_all(folder.path().join("index")).unwrap();
    let (rechecked, _) = folder.json(&["recheck", "tampered.json", "--json"]);
    assert_eq!(rechecked["citations"][0]["state"], "changed", "the files alone tell it, too: {rechecked}");
}

#[test]
fn saved_citations_are_checked_again() {
    let folder = Folder::indexed();
    let saved = folder.run(&["ask", "--json", "How much would the repairs cost?"]).stdout;
    folder.write("saved.json", &saved);
    assert!(String::from_utf8(folder.run(&["recheck", "saved.json"]).stdout).unwrap().starts_with("unchanged"));
    folder.write("docs/tide.txt", format!("Corrected.\n\n{TIDE}").as_bytes());
    folder.run(&["index"]);
    assert!(String::from_utf8(folder.run(&["recheck", "saved.json"]).stdout).unwrap().starts_with("moved"));
    folder.write("docs/tide.txt", TIDE.replace("85,000", "86,000").as_bytes());
    folder.run(&["index"]);
    let changed = folder.run(&["recheck", "saved.json"]);
    assert!(String::from_utf8(changed.stdout).unwrap().starts_with("changed"));
    assert_eq!(changed.status.code(), Some(1));
}

#[test]
fn a_passport_verifies_a_verdict_again() {
    let folder = Folder::indexed();
    let asked = ["who", "I will not close it unless the council tells me to.", "--by", "Bram Tolley", "--passport", "quote.json"];
    assert_eq!(folder.run(&asked).status.code(), Some(0));
    let passport: Value = serde_json::from_slice(&fs::read(folder.path().join("quote.json")).unwrap()).unwrap();
    assert_eq!((passport["schema"].as_str(), passport["wording"].as_str()), (Some("sayso.passport/1"), Some("typography")));
    let found = &passport["matches"][0];
    let (before, after) = (found["before"].as_str().unwrap(), found["after"].as_str().unwrap());
    assert_eq!((before.chars().count(), after.chars().count()), (32, 32));
    assert!(TIDE.contains(&format!("{before}{}{after}", found["text"].as_str().unwrap())));
    assert_eq!(found["document"]["digest"].as_str().map(str::len), Some(64));
    assert_eq!(found["mention"]["text"], "Bram Tolley");
    let again = |folder: &Folder| seen(folder, &folder.run(&["recheck", "quote.json"]));
    insta::assert_snapshot!("recheck_unchanged", again(&folder));
    folder.write("docs/tide.txt", TIDE.replace("no money", "very little money").as_bytes());
    insta::assert_snapshot!("recheck_moved", again(&folder));
    folder.write("docs/tide.txt", TIDE.replace("not close", "never close").as_bytes());
    insta::assert_snapshot!("recheck_changed", again(&folder));
    fs::remove_file(folder.path().join("docs/tide.txt")).unwrap();
    insta::assert_snapshot!("recheck_gone", again(&folder));
    folder.write("docs/renamed.txt", TIDE.as_bytes());
    folder.run(&["index"]);
    insta::assert_snapshot!("recheck_renamed", again(&folder));
}

#[test]
fn files_can_be_rechecked_without_an_index() {
    let folder = Folder::indexed();
    assert_eq!(folder.run(&["who", "We have 12 volunteers and no money", "--passport", "quote.json"]).status.code(), Some(0));
    fs::remove_dir_all(folder.path().join("index")).unwrap();
    let (value, code) = folder.json(&["recheck", "quote.json", "--json"]);
    assert_eq!((value["citations"][0]["state"].as_str(), code), (Some("unchanged"), Some(0)));
}

#[test]
fn what_cannot_be_rechecked_or_written_is_one_clear_error() {
    let folder = Folder::indexed();
    folder.write("prose.txt", b"no JSON at all");
    folder.write("empty.json", b"{}");
    for arguments in [
        &["recheck", "prose.txt"][..],
        &["recheck", "empty.json"],
        &["recheck", "missing.json"],
        &["who", "We have 12 volunteers", "--passport", "no/such/folder.json"],
        &["who", "--batch", "-", "--passport", "x.json"],
    ] {
        let output = folder.run(arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
        assert!(!errors.trim().is_empty() && !errors.contains("panicked"), "{errors}");
    }
}

#[test]
fn a_changed_file_is_warned_about() {
    let folder = Folder::indexed();
    folder.write("docs/tide.txt", TIDE.replace("£85,000", "£86,000 at least").as_bytes());
    let (value, _) = folder.json(&["ask", "--json", "How much would the repairs cost?"]);
    assert_eq!(value["warnings"].as_array().map(Vec::len), Some(1), "{value}");
}

#[test]
fn quotations_come_straight_from_a_text() {
    let folder = Folder::new();
    let line = serde_json::json!({"id": "x", "text": "Prices rose.\n\n“It’s a disgrace,” said Ann Marlow, a baker.\n"}).to_string();
    let output = folder.command(&["extract", "--jsonl"]).write_stdin(line).output().unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let quote = &value["quotes"][0];
    assert_eq!((quote["start"].as_u64(), quote["end"].as_u64(), quote["text"].as_str()), (Some(15), Some(31), Some("It’s a disgrace,")));
    assert_eq!(quote["speaker"]["name"], "Ann Marlow");
}

#[test]
fn quotations_are_written_in_forms_that_others_read() {
    let folder = Folder::new();
    insta::assert_snapshot!("extract_text", seen(&folder, &folder.run(&["extract", "docs/tide.txt"])));
    insta::assert_snapshot!("extract_brat", seen(&folder, &folder.run(&["extract", "--format", "brat", "docs/tide.txt"])));
    let piped = folder.command(&["extract", "--format", "jsonl"]).write_stdin(TIDE).output().unwrap();
    insta::assert_snapshot!("extract_jsonl", seen(&folder, &piped));
    let (page, code) = folder.json(&["extract", "--format", "annotation", "docs/tide.txt"]);
    assert_eq!((page["type"].as_str(), code), (Some("AnnotationPage"), Some(0)));
    for item in page["items"].as_array().unwrap() {
        for target in item["target"].as_array().unwrap() {
            let (place, quote) = (&target["selector"][0], &target["selector"][1]);
            let number = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
            let exact: String = TIDE.chars().skip(number("start")).take(number("end") - number("start")).collect();
            assert_eq!(quote["exact"], exact);
            let around = format!("{}{exact}{}", quote["prefix"].as_str().unwrap(), quote["suffix"].as_str().unwrap());
            assert!(TIDE.contains(&around));
        }
    }
    assert_eq!(page["items"][0]["body"][0]["value"], "Bram Tolley");
}

#[test]
fn several_texts_are_one_document_or_a_folder_of_files() {
    let folder = Folder::new();
    let files = ["docs/tide.txt", "docs/council.md"];
    let (value, code) = folder.json(&[&["extract", "--json"][..], &files].concat());
    assert_eq!((value["texts"].as_array().map(Vec::len), code), (Some(2), Some(0)));
    assert!(folder.run(&[&["extract", "--format", "brat", "--out", "brat"][..], &files].concat()).status.success());
    for name in ["tide.txt", "tide.ann", "council.txt", "council.ann"] {
        assert!(folder.path().join("brat").join(name).is_file(), "{name}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("brat/tide.txt")).unwrap(), TIDE);
}

#[test]
fn what_cannot_be_extracted_is_one_clear_error() {
    let folder = Folder::new();
    insta::assert_snapshot!("extract_missing", seen(&folder, &folder.run(&["extract", "missing.txt"])));
    insta::assert_snapshot!(
        "extract_brat_several",
        seen(&folder, &folder.run(&["extract", "--format", "brat", "docs/tide.txt", "docs/council.md"]))
    );
    let some = folder.run(&["extract", "missing.txt", "docs/council.md"]);
    assert_eq!(some.status.code(), Some(2));
    assert!(String::from_utf8(some.stdout).unwrap().contains("It would be a shame"));
    let input = "{\"id\":1,\"text\":\"“Yes, we do,” said Ann Marlow.\"}\n[]\n{\"id\":3}\n{\"id\":4,\"text\":\"\"}\n";
    let lines = folder.command(&["extract", "--jsonl"]).write_stdin(input).output().unwrap();
    assert_eq!(lines.status.code(), Some(2));
    let lines: Vec<Value> = String::from_utf8(lines.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let schemas: Vec<&str> = lines.iter().map(|line| line["schema"].as_str().unwrap_or("line")).collect();
    assert_eq!(schemas, ["line", "sayso.error/1", "sayso.error/1", "line"]);
}

#[test]
fn questions_in_squad_format_are_judged_over_a_folder_of_their_articles() {
    let folder = Folder::new();
    let ask = |question: &str, answers: &[&str]| {
        let answers: Vec<Value> = answers.iter().map(|text| serde_json::json!({"text": text, "answer_start": 0})).collect();
        serde_json::json!({"id": question, "question": question, "answers": answers, "is_impossible": answers.is_empty()})
    };
    let article =
        |title: &str, context: &str, qas: Value| serde_json::json!({"title": title, "paragraphs": [{"context": context, "qas": qas}]});
    let mill = "The mill on the Arle was built in 1802 by Josef Lind. A fire destroyed its roof in 1911.";
    let pier = "The pier at Sandholm is 240 metres long and was opened in 1887.";
    let asked = [ask("When was the mill on the Arle built?", &["1802"]), ask("Who painted the mill on the Arle?", &[])];
    let data = [
        article("Arle_mill", mill, asked.into()),
        article("Sandholm_pier", pier, [ask("How long is the pier at Sandholm?", &["240 metres", "240 metres long"])].into()),
    ];
    folder.write("asked.json", serde_json::json!({"version": "1.1", "data": data}).to_string().as_bytes());
    let judged = |more: &[&str]| folder.json(&[&["eval", "--squad", "asked.json", "--json"], more].concat()).0["squad"].clone();
    let whole = judged(&[]);
    assert_eq!(
        (&whole["exact"]["right"], &whole["exact"]["all"], &whole["first"]["right"]),
        (&Value::from(2), &Value::from(2), &Value::from(3))
    );
    assert_eq!(whole["silence"][0]["absent"]["all"], 1);
    let without_the_pier = judged(&["--leave-out", "2"]);
    assert_eq!((&without_the_pier["exact"]["all"], &without_the_pier["silence"][0]["absent"]["all"]), (&Value::from(1), &Value::from(2)));
    assert_eq!(judged(&["--paragraph"])["exact"]["right"], 2);
    let refused = folder.run(&["eval", "--squad", "missing.json"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn extraction_is_judged_against_marked_articles() {
    let folder = Folder::new();
    let text = "Prices rose.\n\n“It’s a disgrace that nobody told us,” said Ann Marlow, a baker. “I shall write to the mayor about it.”\n";
    let start = |words: &str| text.split(words).next().unwrap().chars().count();
    let quote = |words: &str| {
        serde_json::json!({"start": start(words), "end": start(words) + words.chars().count(), "kind": "direct", "speaker_text": "Ann Marlow",
            "speaker_kind": "name", "speaker_full": "Ann Marlow", "speaker_full_how": "self"})
    };
    let quotes = [quote("It’s a disgrace that nobody told us,"), quote("I shall write to the mayor about it.")];
    let article = serde_json::json!({"id": "x", "text": text, "quotes": quotes});
    let check = |quote: &str, by: &str, label: &str| serde_json::json!({"n": 1, "quote": quote, "claimed_speaker": by, "label": label, "kind": label});
    let checks = [
        check("It's a disgrace that nobody told us", "Ann Marlow", "exact"),
        check("It's a disgrace that somebody told us", "Ann Marlow", "altered"),
        check("I shall write to the mayor about it.", "Tom Carter", "misattributed"),
        check("The bakery has to close in June, I fear.", "Ann Marlow", "not_found"),
    ];
    let lines: String = checks.iter().map(|check| format!("{check}\n")).collect();
    folder.write("judged.jsonl", format!("{article}\n{lines}").as_bytes());
    insta::assert_snapshot!("eval_quotes", seen(&folder, &folder.run(&["eval", "--quotes", "judged.jsonl"])));
    let (value, code) = folder.json(&["eval", "--quotes", "judged.jsonl", "--json"]);
    assert_eq!((&value["extraction"]["all"]["whole"]["f1"], code), (&Value::from(1.0), Some(0)));
    assert_eq!(value["checks"]["accuracy"]["right"], 4);
    folder.write("other.jsonl", b"{\"id\":\"x\",\"quotes\":[]}\n");
    let (value, _) = folder.json(&["eval", "--quotes", "judged.jsonl", "--predicted", "other.jsonl", "--json"]);
    assert_eq!((&value["extraction"]["all"]["gold"], &value["extraction"]["all"]["found"]), (&Value::from(2), &Value::from(0)));
    folder.write("bad.jsonl", b"{\"id\": \"x\", \"text\": 3}\n");
    insta::assert_snapshot!("eval_quotes_bad", seen(&folder, &folder.run(&["eval", "--quotes", "bad.jsonl"])));
}

#[test]
fn piped_lines_are_a_conversation() {
    let folder = Folder::indexed();
    let input = "How much would the repairs cost?\n:sources\n:who \"We have 12 volunteers and no money\" by Bram Tolley\n:nonsense\n:quit\nnever read\n";
    let output = folder.command(&["repl"]).write_stdin(input).output().unwrap();
    insta::assert_snapshot!("repl_piped", seen(&folder, &output));
}

#[test]
fn a_closed_pipe_is_quiet() {
    let folder = Folder::indexed();
    let program = assert_cmd::cargo::cargo_bin("sayso");
    let script = format!("{} quotes --index index | true", program.display());
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn colour_only_where_asked_for() {
    let folder = Folder::indexed();
    let question = ["ask", "How much would the repairs cost?", "--color"];
    let with = |when: &str| folder.run(&[&question[..], &[when]].concat()).stdout;
    assert!(with("always").windows(2).any(|pair| pair == b"\x1b["));
    assert!(!with("auto").contains(&0x1b) && !with("never").contains(&0x1b));
}
