//! What an index must survive: being killed while it is written, and files that were damaged.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use sayso::index::{Filter, Index, IndexError, Options, QuotationFilter, Scope, Search, update};

/// Names the folder for the process that is to be killed.
const FOLDER: &str = "SAYSO_TEST_FOLDER";

fn write(root: &Path, document: usize, version: usize) {
    let text =
        format!("Report {document} on the harbour, version {version}.\n\n\"The quay is closed,\" said Ada Quill.\n\nNobody was hurt.\n");
    fs::create_dir_all(root.join("news")).unwrap();
    fs::write(root.join("news").join(format!("{document:03}.txt")), text).unwrap();
}

fn run(root: &Path) -> Result<(), IndexError> {
    update(&root.join("index"), Some(&[root.join("news")]), &Options::default(), &mut |_| ()).map(|_| ())
}

/// Not a check of its own: what the killed process runs.
#[test]
fn child() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        run(Path::new(&folder)).unwrap();
    }
}

/// Starts an update in another process and kills it after `wait`.
fn run_and_kill(root: &Path, wait: Duration) {
    let program = std::env::current_exe().unwrap();
    let mut child =
        Command::new(program).args(["child", "--exact"]).env(FOLDER, root).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(wait);
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_killed_update_loses_no_committed_document() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    (0..30).for_each(|document| write(root, document, 0));
    let mut committed = 0;
    for round in 1..=16 {
        run_and_kill(root, Duration::from_millis((round * 53) % 400));
        committed = committed.max(check_whole(root, committed));
        (0..3).for_each(|n| write(root, (round as usize * 7 + n * 11) % 30, round as usize));
    }
    run(root).unwrap();
    let index = Index::open(&root.join("index")).unwrap();
    assert_eq!(index.len(), 30);
    for document in index.documents().unwrap() {
        assert_eq!(index.text(&document).unwrap(), fs::read_to_string(&document.path).unwrap());
    }
    let files = store(root).read_dir().unwrap().count();
    assert!(files < 120, "{files} files are left");
}

/// Every document that was ever committed is there, each whole; how many there are.
fn check_whole(root: &Path, committed: usize) -> usize {
    let index = match Index::open(&root.join("index")) {
        Err(IndexError::Missing { .. }) if committed == 0 => return 0,
        opened => opened.unwrap(),
    };
    let documents = index.documents().unwrap();
    assert!(documents.len() >= committed, "{} of {committed} documents", documents.len());
    for document in &documents {
        let text = index.text(document).unwrap();
        assert!(text.starts_with("Report") && text.ends_with("hurt.\n"), "{text}");
    }
    documents.len()
}

fn store(root: &Path) -> PathBuf {
    let entries = fs::read_dir(root.join("index")).unwrap().flatten().map(|entry| entry.path());
    entries.into_iter().find(|path| path.is_dir()).unwrap()
}

/// Uses everything an index offers.
fn use_all(directory: &Path) -> Result<usize, IndexError> {
    let index = Index::open(directory)?;
    index.status()?;
    let stems = [("harbour".to_owned(), 1.0), ("quay".to_owned(), 1.0)];
    let search = Search { stems: &stems, scope: Scope::Everything, title: 0.5, filter: &Filter::default(), limit: 10 };
    for hit in index.search(&search)? {
        index.passage_around(&hit, 2)?;
    }
    for document in index.documents()? {
        index.text(&document)?;
        index.blocks(&document)?;
    }
    index.speakers()?;
    index.outlets()?;
    index.candidates(&["quay".to_owned(), "closed".to_owned()], 5)?;
    Ok(index.quotations(&QuotationFilter::default())?.len())
}

/// Ways to damage a file.
const DAMAGES: [fn(&mut Vec<u8>); 6] = [
    |bytes| bytes.clear(),
    |bytes| bytes.truncate(bytes.len() / 2),
    |bytes| bytes.truncate(bytes.len().saturating_sub(1)),
    |bytes| flip(bytes, |_| 0),
    |bytes| flip(bytes, |length| length / 3),
    |bytes| flip(bytes, |length| length.saturating_sub(9)),
];

fn flip(bytes: &mut [u8], place: fn(usize) -> usize) {
    let at = place(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 0x55;
    }
}

#[test]
fn a_damaged_file_is_an_error_or_harmless_never_a_panic() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    (0..30).for_each(|document| write(root, document, 0));
    run(root).unwrap();
    let store = store(root);
    let files = fs::read_dir(&store).unwrap().flatten().map(|entry| entry.path());
    let mut panicked = Vec::new();
    for path in files.chain([root.join("index/sayso.json")]).filter(|path| path.is_file()) {
        let sound = fs::read(&path).unwrap();
        for (number, damage) in DAMAGES.iter().enumerate() {
            let mut bytes = sound.clone();
            damage(&mut bytes);
            // A new file: the old one may still be mapped.
            fs::remove_file(&path).unwrap();
            fs::write(&path, bytes).unwrap();
            if catch_unwind(AssertUnwindSafe(|| use_all(&root.join("index")))).is_err() {
                panicked.push(format!("{} {number}", path.display()));
            }
        }
        fs::remove_file(&path).unwrap();
        fs::write(&path, sound).unwrap();
    }
    assert!(panicked.is_empty(), "{panicked:#?}");
    assert!(use_all(&root.join("index")).is_ok());
}
