//! Files of other formats than text, read by the program's own reading process: what is found in them, and what hostile ones do.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::folder::{Folder, seen};
use crate::packed::{gzip, zip};
use crate::random::Seed;
use crate::sample;

fn docx(title: &str, words: &str) -> Vec<u8> {
    let core = format!("<p xmlns:dc='d' xmlns:t='t'><dc:title>{title}</dc:title><t:created>2014-02-03T00:00:00Z</t:created></p>");
    let document = format!("<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>");
    zip(&[("word/document.xml", document.as_bytes()), ("docProps/core.xml", core.as_bytes())])
}

const WARDEN: &str =
    "The director of the heronry, Piers Aldous, said on Friday that \"the nests are full for the first time in 30 years\".";

fn message(number: usize, subject: &str, words: &str) -> String {
    format!(
        "From a@example.org Mon Feb  3 10:00:00 2014\nFrom: Ann Lister <a@example.org>\nSubject: {subject}\nDate: Mon, 3 Feb 2014 10:00:00 +0000\nMessage-ID: <{number}@example.org>\n\n{words}\n\n"
    )
}

fn warc(page: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let head =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.heronry.example/nests\r\nContent-Type: application/http\r\n";
    format!("{head}Content-Length: {}\r\n\r\n{answer}\r\n\r\n", answer.len()).into_bytes()
}

#[test]
fn every_part_of_a_file_is_asked_shown_and_verified_by_its_name() {
    let folder = Folder::new();
    folder.write("docs/report.docx", &docx("The heronry", WARDEN));
    let mailbox = [message(1, "Geese", "The geese left in October, she wrote."), message(2, "Nests", WARDEN)].concat();
    folder.write("docs/old/mail.mbox.gz", &gzip(mailbox.as_bytes()));
    folder.write(
        "docs/web.warc",
        &warc(&format!("<html><head><title>Nests</title></head><body><h1>Nests</h1><p>{WARDEN}</p></body></html>")),
    );
    let (summary, code) = folder.json(&["index", "docs", "--json"]);
    assert_eq!((code, summary["documents"].as_u64(), summary["failed"].as_array().map(Vec::len)), (Some(0), Some(6), Some(0)), "{summary}");
    let (verdict, _) = folder.json(&["who", "the nests are full for the first time in 30 years", "--json"]);
    assert_eq!((verdict["wording"].as_str(), verdict["support"]["documents"].as_u64()), (Some("exact"), Some(3)), "{verdict}");
    for found in verdict["matches"].as_array().unwrap() {
        let (id, span) = (found["document"]["id"].as_str().unwrap(), &found["span"]);
        let place = format!("{id}:{}-{}", span["start"], span["end"]);
        let shown = folder.run(&["show", &place, "--raw"]);
        assert_eq!(String::from_utf8(shown.stdout).unwrap(), found["text"].as_str().unwrap(), "{place}");
        assert!(fs::metadata(found["document"]["path"].as_str().unwrap()).is_ok(), "the path opens the file");
    }
    let (quotes, _) = folder.json(&["quotes", "--in", "old/mail.mbox.gz#2", "--json"]);
    assert_eq!(quotes["quotations"][0]["speaker"]["name"], "Piers Aldous", "{quotes}");
    fs::write(folder.path().join("saved.json"), verdict.to_string()).unwrap();
    let (rechecked, code) = folder.json(&["recheck", "saved.json", "--json"]);
    assert_eq!(code, Some(0), "{rechecked}");
}

#[test]
fn extract_reads_parts_too_and_standard_input() {
    let folder = Folder::new();
    let mailbox = [message(1, "Geese", "The geese left."), message(2, "Nests", WARDEN)].concat();
    folder.write("mail.mbox", mailbox.as_bytes());
    let output = folder.run(&["extract", "mail.mbox", "--format", "jsonl"]);
    let lines: Vec<Value> = output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(ids, ["mail.mbox#1", "mail.mbox#2"], "{}", seen(&folder, &output));
    let output = folder.command(&["extract", "-", "--json"]).write_stdin(docx("The heronry", WARDEN)).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("the nests are full"), "{}", seen(&folder, &output));
}

#[test]
fn options_say_what_is_read_and_how() {
    let folder = Folder::new();
    folder.write("docs/dump.dat", format!("{{\"words\":{WARDEN:?}}}\n").as_bytes());
    let options = ["index", "docs", "--include", "*.dat", "--format", "jsonl", "--field", "text=words", "--json"];
    assert_eq!(folder.json(&options).0["documents"], 1);
    assert_eq!(folder.json(&["index", "--json"]).0["unchanged"], 1, "they are remembered");
    assert_eq!(folder.json(&["index", "docs", "--exclude", "*.dat", "--format", "text", "--json"]).0["documents"], 2);
    for wrong in [["--format", "wax"], ["--field", "colour=x"], ["--include", "a{b"]] {
        let output = folder.run(&["index", "docs", wrong[0], wrong[1]]);
        assert_eq!(output.status.code(), Some(2), "{}", seen(&folder, &output));
    }
}

/// What must end in a line each, beside what `attacks` times one by one. The bomb holds more than a gigabyte, made of one compressed stretch
/// said again and again.
fn attacks() -> Vec<(&'static str, Vec<u8>)> {
    let mut layers = zip(&[("a.txt", WARDEN.as_bytes())]);
    for _ in 0..40 {
        layers = zip(&[("a.zip", &layers)]);
    }
    vec![
        ("bomb.jsonl.gz", gzip(&vec![b' '; 64 << 20]).repeat(18)),
        ("layers.zip", layers),
        ("empty.pdf", b"%PDF-1.4\ntrailer\n<< /Root 1 0 R >>\n%%EOF".to_vec()),
        ("deep.pdf", format!("%PDF-1.4\n1 0 obj\n{}\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF", "[".repeat(500_000)).into_bytes()),
        ("line.jsonl", [b"{\"text\":\"".as_slice(), &vec![b'x'; 70 << 20], b"\"}\n"].concat()),
    ]
}

#[test]
fn hostile_files_end_in_a_line_each_and_nothing_else_is_lost() {
    let folder = Folder::new();
    let attacks = attacks();
    for (name, bytes) in &attacks {
        folder.write(&format!("docs/{name}"), bytes);
    }
    folder.write(
        "docs/names.zip",
        &zip(&[("../../../escaped.txt", WARDEN.as_bytes()), ("/tmp/escaped.txt", b"The geese left in October, she wrote.")]),
    );
    folder.write("docs/title.docx", &docx("The \u{202e}heronry\u{1b}[31m", "The geese left in October, she wrote to the warden."));
    #[cfg(unix)]
    {
        std::process::Command::new("mkfifo").arg(folder.path().join("docs/pipe.pdf")).status().unwrap();
        std::os::unix::fs::symlink(folder.path().join("docs"), folder.path().join("docs/loop")).unwrap();
    }
    let begun = Instant::now();
    let output = folder.run(&["index", "docs", "--json"]);
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(&folder, &output)));
    println!("{} hostile files: {:.1?}", attacks.len() + 4, begun.elapsed());
    // On a machine of its own it takes a few seconds; others may be at work on this one.
    assert!(begun.elapsed() < Duration::from_secs(600));
    assert_eq!(summary["documents"], 5, "{summary}");
    let failed: Vec<String> =
        summary["failed"].as_array().unwrap().iter().map(|failed| failed["path"].as_str().unwrap().to_owned()).collect();
    for (name, _) in &attacks {
        assert_eq!(failed.iter().filter(|path| path.ends_with(&format!("/{name}"))).count(), 1, "{name}: {summary}");
    }
    assert_eq!(failed.len(), attacks.len());
    for name in ["escaped.txt", "docs/escaped.txt"] {
        assert!(!folder.path().join(name).exists());
    }
    for arguments in [vec!["status", "--documents"], vec!["ask", "When did the geese leave?"], vec!["show", "title.docx"], vec!["index"]] {
        let output = folder.run(&arguments);
        let page = seen(&folder, &output);
        assert!(!page.contains(['\u{202e}', '\u{1b}']), "{page:?}");
    }
    let (again, _) = folder.json(&["index", "--json"]);
    assert_eq!(again["failed"].as_array().map(Vec::len), Some(attacks.len()), "left out until they change");
}

/// The bytes with some changed, cut out, doubled or cut off.
fn mutant(bytes: &[u8], seed: &mut Seed) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=seed.below(6) {
        let (at, length) = (seed.below(bytes.len()), seed.below(40));
        let end = (at + length).min(bytes.len());
        match seed.below(5) {
            0 => bytes.truncate(at.max(8)),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.extend_from_within(at..end),
            3 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = u8::MAX),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << seed.below(8)),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// One file of every format that other processes read.
fn specimens() -> Vec<(&'static str, Vec<u8>)> {
    let content = format!("<o xmlns:text='t'><text:p>{WARDEN}</text:p></o>");
    let page = format!("<html><body><p>{WARDEN}</p></body></html>");
    let package = b"<package><item id='a' href='a.xhtml'/><spine><itemref idref='a'/></spine></package>";
    let stream = format!("BT /F1 11 Tf 50 700 Td ({WARDEN}) Tj ET");
    vec![
        ("docx", docx("The heronry", WARDEN)),
        ("odt", zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])),
        (
            "epub",
            zip(&[
                ("mimetype", b"application/epub+zip"),
                ("META-INF/container.xml", b"<c><rootfile full-path='b.opf'/></c>"),
                ("b.opf", package),
                ("a.xhtml", page.as_bytes()),
            ]),
        ),
        ("zip", zip(&[("a.txt", WARDEN.as_bytes()), ("b.html", page.as_bytes())])),
        ("txt.gz", gzip(WARDEN.as_bytes())),
        ("pdf", sample::pdf("", stream.as_bytes())),
        ("rtf", format!("{{\\rtf1\\ansi\\ansicpg1252 {{\\info{{\\title Nests}}}} {WARDEN}\\par\\u8211 ? so\\par}}").into_bytes()),
        ("mbox", [message(1, "Geese", "The geese left."), message(2, "Nests", WARDEN)].concat().into_bytes()),
        ("warc", warc(&page)),
    ]
}

#[test]
fn what_is_damaged_can_be_read_while_it_is_sound() {
    let folder = Folder::new();
    let specimens = specimens();
    for (ending, bytes) in &specimens {
        folder.write(&format!("docs/sound.{ending}"), bytes);
    }
    let (summary, _) = folder.json(&["index", "docs", "--json"]);
    assert_eq!((&summary["failed"], summary["odd"].as_array().map(Vec::len)), (&serde_json::json!([]), Some(0)), "{summary}");
    assert!(summary["documents"].as_u64().unwrap() >= 2 + specimens.len() as u64, "{summary}");
}

/// `SAYSO_MUTANTS=2000 cargo test --release --test cli no_damaged -- --nocapture` damages 2,000 files of each format.
#[test]
fn no_damaged_file_ends_the_program_or_loses_another() {
    let count: usize = std::env::var("SAYSO_MUTANTS").ok().and_then(|count| count.parse().ok()).unwrap_or(100);
    let folder = Folder::new();
    let mut seed = Seed(0x5EED_0F50_4150);
    let specimens = specimens();
    let kinds = specimens.len();
    for (ending, bytes) in specimens {
        for number in 0..count {
            folder.write(&format!("docs/{ending}-{number}.{ending}"), &mutant(&bytes, &mut seed));
        }
    }
    let begun = Instant::now();
    let output = folder.run(&["index", "docs", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", seen(&folder, &output));
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    let failed = summary["failed"].as_array().map_or(0, Vec::len);
    println!("{} damaged files of {} formats: {failed} told in a line, the others read, {:.1?}", count * kinds, kinds, begun.elapsed());
    assert!(failed > 0, "nothing was damaged");
    for (document, text) in [("tide.txt", "The tide mill at Saltby"), ("council.md", "mend the sluice")] {
        let shown = folder.run(&["show", document, "--raw"]);
        assert!(String::from_utf8_lossy(&shown.stdout).contains(text), "{document}");
    }
}
