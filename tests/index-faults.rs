//! What an index must survive: being killed while it is written, and files that were damaged.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and prints its figures")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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

/// How many documents there are and how often the update is killed: few in the everyday run, as many as `SAYSO_KILLS` says where it is set.
fn scale() -> (usize, u64) {
    match std::env::var("SAYSO_KILLS").ok().and_then(|kills| kills.parse().ok()) {
        Some(kills) => (2_000, kills),
        None => (300, 15),
    }
}

/// The next of a row of numbers that look random and are the same in every run.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// `SAYSO_KILLS=200 cargo test --release --test index-faults killed -- --nocapture` kills 200 updates of 2,000 documents.
#[test]
fn a_killed_update_loses_no_committed_document() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let (documents, kills) = scale();
    (0..documents).for_each(|document| write(root, document, 0));
    let (mut committed, mut most, mut random) = (0, 0, 7);
    let begun = Instant::now();
    run(root).unwrap();
    let whole = begun.elapsed();
    fs::remove_dir_all(root.join("index")).unwrap();
    for round in 1..=kills {
        let wait = whole.as_millis() as u64 * 3 / 2 + 20;
        run_and_kill(root, Duration::from_millis(next(&mut random) % wait));
        committed = committed.max(check_whole(root, committed));
        most = most.max(files(root));
        (0..documents / 20).for_each(|_| write(root, next(&mut random) as usize % documents, round as usize));
    }
    run(root).unwrap();
    let index = Index::open(&root.join("index")).unwrap();
    assert_eq!(index.len(), documents);
    for document in index.documents().unwrap() {
        assert_eq!(index.text(&document).unwrap(), fs::read_to_string(&document.path).unwrap());
    }
    let left = files(root);
    println!("{kills} kills over {documents} documents: none lost; {most} files at most, {left} at the end");
    assert!(left < 120, "{left} files are left");
}

/// How many files the index consists of.
fn files(root: &Path) -> usize {
    let below = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    below(root.join("index")).map(|path| if path.is_dir() { below(path).count() } else { 1 }).sum()
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

/// Everything an index says when all it offers is used.
fn use_all(directory: &Path) -> Result<String, IndexError> {
    let index = Index::open(directory)?;
    let mut said = format!("{:?}\n", index.status()?);
    let stems = [("harbour".to_owned(), 1.0), ("quay".to_owned(), 1.0)];
    let search = Search { stems: &stems, scope: Scope::Everything, title: 0.5, filter: &Filter::default(), near: 0.0, limit: 10 };
    for hit in index.search(&search)? {
        said += &format!("{:?} {:?}\n", hit.score, index.passage_around(&hit, 2)?);
    }
    for document in index.documents()? {
        said += &format!("{document:?} {} {:?} {:?}\n", index.text(&document)?, index.blocks(&document)?, index.particulars(&document)?);
    }
    said += &format!("{:?} {:?} ", index.speakers()?, index.outlets()?);
    said += &format!("{:?}\n", index.candidates(&["quay".to_owned(), "closed".to_owned()], 5)?);
    Ok(said + &format!("{:?}", index.quotations(&QuotationFilter::default())?))
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
fn a_damaged_file_is_an_error_or_harmless_never_a_panic_or_a_wrong_answer() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    (0..30).for_each(|document| write(root, document, 0));
    run(root).unwrap();
    let right = use_all(&root.join("index")).unwrap();
    let files = fs::read_dir(store(root)).unwrap().flatten().map(|entry| entry.path());
    let (mut wrong, mut errors, mut harmless) = (Vec::new(), 0, 0);
    for path in files.chain([root.join("index/sayso.json")]).filter(|path| path.is_file()) {
        let sound = fs::read(&path).unwrap();
        for (number, damage) in DAMAGES.iter().enumerate() {
            let mut bytes = sound.clone();
            damage(&mut bytes);
            // A new file: the old one may still be mapped.
            fs::remove_file(&path).unwrap();
            fs::write(&path, bytes).unwrap();
            match catch_unwind(AssertUnwindSafe(|| use_all(&root.join("index")))) {
                Err(_) => wrong.push(format!("{} {number}: a panic", path.display())),
                Ok(Ok(said)) if said != right => wrong.push(format!("{} {number}: says something else", path.display())),
                Ok(Ok(_)) => harmless += 1,
                Ok(Err(error)) if error.to_string().contains('\n') => wrong.push(format!("{} {number}: {error}", path.display())),
                Ok(Err(_)) => errors += 1,
            }
        }
        fs::remove_file(&path).unwrap();
        fs::write(&path, sound).unwrap();
    }
    println!("{errors} damages told in a line, {harmless} harmless");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(use_all(&root.join("index")).unwrap(), right, "files written anew with the same bytes are as good as the old ones");
}

/// A damaged index says what to do, and doing it mends it.
#[test]
fn a_damaged_index_is_mended_by_building_it_again() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    (0..30).for_each(|document| write(root, document, 0));
    let rebuild = Options { rebuild: true, ..Options::default() };
    for name in ["meta.json", "stamps", "../sayso.json"] {
        run(root).unwrap();
        let path = store(root).join(name);
        fs::write(&path, b"{").unwrap();
        if let Err(error) = Index::open(&root.join("index")) {
            assert!(error.to_string().contains("build it again with `sayso index PATH… --rebuild`"), "{error}");
        }
        update(&root.join("index"), Some(&[root.join("news")]), &rebuild, &mut |_| ()).unwrap();
        assert_eq!(Index::open(&root.join("index")).unwrap().len(), 30, "{name}");
    }
}

/// A folder mounted from memory or read-only, unmounted in the end.
struct Mount(PathBuf);

impl Mount {
    /// `None` where the machine does not allow it, which is said.
    fn new(place: &Path, options: &[&str]) -> Option<Self> {
        fs::create_dir_all(place).unwrap();
        let done = Command::new("mount").args(options).arg(place).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        if !done {
            println!("skipped: nothing can be mounted here (that takes root)");
        }
        done.then(|| Self(place.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let Some(_mount) = Mount::new(&root.join("index"), &["-t", "tmpfs", "-o", "size=1500k", "tmpfs"]) else { return };
    (0..40).for_each(|document| write(root, document, 0));
    run(root).unwrap();
    // Words that no compression makes small.
    let mut random = 3;
    let mut words = |_| (0..4_000).map(|_| format!("{:x} ", next(&mut random))).collect::<String>() + ".\n";
    let large = |document: usize| root.join(format!("news/large-{document}.txt"));
    (0..100).for_each(|document| fs::write(large(document), words(document)).unwrap());
    let error = run(root).unwrap_err();
    assert!(matches!(error, IndexError::Io { .. }) && error.to_string().contains("check that the disk has room"), "{error}");
    assert!(Index::open(&root.join("index")).unwrap().len() >= 40);
    (0..100).for_each(|document| fs::remove_file(large(document)).unwrap());
    run(root).unwrap();
    let index = Index::open(&root.join("index")).unwrap();
    assert_eq!(index.len(), 40);
    for document in index.documents().unwrap() {
        assert_eq!(index.text(&document).unwrap(), fs::read_to_string(&document.path).unwrap());
    }
    println!("the full disk was told: {error}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_index_on_a_read_only_disk_is_asked_and_not_written() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    (0..30).for_each(|document| write(root, document, 0));
    run(root).unwrap();
    let source = root.join("index").display().to_string();
    let seen = root.join("seen");
    let Some(_mount) = Mount::new(&seen, &["--bind", &source]) else { return };
    let remounted = Command::new("mount").args(["-o", "remount,ro,bind"]).arg(&seen).status().unwrap();
    if !remounted.success() {
        println!("skipped: a mount cannot be made read-only here");
        return;
    }
    assert_eq!(use_all(&seen).unwrap(), use_all(&root.join("index")).unwrap());
    let error = update(&seen, None, &Options::default(), &mut |_| ()).unwrap_err().to_string();
    assert!(error.contains("Read-only file system") && !error.contains('\n'), "{error}");
}
