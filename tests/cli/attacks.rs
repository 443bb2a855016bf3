//! Files made to hang, exhaust or fool a reader, each alone: how long each takes, and that it ends in a line or in a document.
//!
//! `SAYSO_BOMBS=1 cargo test --release --test cli attacks -- --nocapture` makes the bombs of a gigabyte and more; otherwise they are smaller.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::folder::{Folder, seen};
use crate::sample;

/// How long one file may take, in a build without optimization on a machine that is busy with other things.
const LONGEST: Duration = Duration::from_secs(200);

const MIB: usize = 1 << 20;

/// Times 16 MiB that a bomb unpacks to.
fn stretches() -> usize {
    if std::env::var_os("SAYSO_BOMBS").is_some() { 66 } else { 8 }
}

/// Writes a bomb's content.
fn fill(out: &mut impl Write) {
    let stretch = vec![b' '; 16 * MIB];
    (0..stretches()).for_each(|_| out.write_all(&stretch).unwrap());
}

fn gzip() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    fill(&mut encoder);
    encoder.finish().unwrap()
}

/// A zip whose entry `bomb` is one, beside others.
fn zip(others: &[(&str, &[u8])], bomb: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
    for (name, bytes) in others {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.start_file(bomb, options).unwrap();
    fill(&mut writer);
    writer.finish().unwrap().into_inner()
}

/// A page whose content unpacks to a gigabyte.
fn pdf() -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    fill(&mut encoder);
    sample::pdf("/FlateDecode", &encoder.finish().unwrap())
}

fn epub() -> Vec<u8> {
    let container: &[u8] = b"<container><rootfile full-path='b.opf'/></container>";
    let package: &[u8] = b"<package><item id='a' href='a.xhtml'/><spine><itemref idref='a'/></spine></package>";
    zip(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", container), ("b.opf", package)], "a.xhtml")
}

/// Indexes a folder with this file alone beside two reports; both reports are there afterwards, and what became of the file is said in a
/// line or is a document.
#[track_caller]
fn check(name: &str, bytes: &[u8], is_read: bool) {
    let folder = Folder::new();
    folder.write(&format!("docs/{name}"), bytes);
    let begun = Instant::now();
    let output = folder.run(&["index", "docs", "--json"]);
    let took = begun.elapsed();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(&folder, &output)));
    let failed = summary["failed"].as_array().unwrap();
    let line = failed.first().and_then(|failed| failed["message"].as_str()).unwrap_or("read");
    println!("{name}: {:.1} MiB, {took:.1?}: {line}", bytes.len() as f64 / MIB as f64);
    assert!(took < LONGEST, "{name}: {took:?}");
    assert!(!line.contains('\n'), "{line}");
    assert_eq!((failed.is_empty(), summary["documents"].as_u64()), (is_read, Some(if is_read { 3 } else { 2 })), "{summary}");
}

#[test]
fn bombs_end_in_a_line() {
    check("bomb.txt.gz", &gzip(), false);
    check("bomb.zip", &zip(&[], "a.txt"), false);
    check("bomb.docx", &zip(&[], "word/document.xml"), false);
    check("bomb.odt", &zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")], "content.xml"), false);
    check("bomb.epub", &epub(), false);
    check("bomb.pdf", &pdf(), false);
}

#[test]
fn nesting_without_end_ends() {
    const WORDS: &str = "The weir at Saltby collapsed on Monday, its warden said.";
    let message = "Content-Type: message/rfc822\n\n".repeat(200_000);
    check("nested.eml", format!("Received: x\nFrom: a@b.example\nMIME-Version: 1.0\n{message}").as_bytes(), false);
    check("tags.html", format!("<html><body>{}{WORDS}", "<div>".repeat(100_000)).as_bytes(), true);
    check("open.html", format!("<html><body>{}{WORDS}", "<b><p>".repeat(100_000)).as_bytes(), true);
    let attributes: String = (0..100_000).map(|number| format!(" a{number}=x")).collect();
    check("attributes.html", format!("<html><body><p{attributes}>{WORDS}</p>").as_bytes(), true);
    check("brackets.json", "[".repeat(1_000_000).as_bytes(), false);
    check("groups.rtf", format!("{{\\rtf1 {}{WORDS}", "{".repeat(1_000_000)).as_bytes(), true);
}

#[test]
fn one_endless_line_ends() {
    let line = |mark: &[u8]| [mark, &b"The weir collapsed. ".repeat(11 * MIB), b"\"}"].concat();
    check("line.txt", &line(b""), false);
    check("line.jsonl", &line(b"{\"text\":\""), false);
    check("line.html", &line(b"<p>"), false);
    check("line.csv", &line(b"title,text\nOne,\""), false);
}
