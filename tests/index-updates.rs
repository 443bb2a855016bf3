//! Updates that were ended early, and what the next one does with what they left.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use sayso::index::{Index, IndexError, Options, Summary, update};

/// Writes documents that look as if they lay there for long.
fn write(root: &Path, documents: std::ops::Range<usize>, words: &str) {
    fs::create_dir_all(root.join("news")).unwrap();
    for document in documents {
        let path = root.join(format!("news/{document:03}.txt"));
        fs::write(&path, format!("Report {document} on the harbour.\n\n{words}\n")).unwrap();
        let file = File::options().append(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    }
}

fn run(root: &Path, options: &Options) -> Result<Summary, IndexError> {
    update(&root.join("index"), Some(&[root.join("news")]), options, &mut |_| ())
}

/// Runs an update that is told to stop after `files` files.
fn run_in_part(root: &Path, files: usize, rebuild: bool) -> IndexError {
    let stop = Arc::new(AtomicBool::new(false));
    let options = Options { rebuild, stop: Some(Arc::clone(&stop)), ..Options::default() };
    let result = update(&root.join("index"), Some(&[root.join("news")]), &options, &mut |progress| {
        stop.store(progress.done >= files, Ordering::Relaxed);
    });
    result.unwrap_err()
}

#[test]
fn an_interrupted_update_is_gone_on_with() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), 0..40, "The quay is closed.");
    assert!(matches!(run_in_part(root.path(), 10, false), IndexError::Interrupted { kept: true }));
    let kept = Index::open(&root.path().join("index")).unwrap().len();
    assert!((10..40).contains(&kept), "{kept}");
    let rest = run(root.path(), &Options::default()).unwrap();
    assert_eq!((rest.read, rest.unchanged, rest.documents), (40 - kept, kept, 40), "what was committed is not read again");
    assert_eq!(run(root.path(), &Options::default()).unwrap().read, 0);
}

#[test]
fn what_an_interrupted_update_did_not_come_to_is_read_by_the_next() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), 0..40, "The quay is closed.");
    run(root.path(), &Options::default()).unwrap();
    write(root.path(), 0..40, "The quay is open again.");
    run_in_part(root.path(), 5, false);
    let rest = run(root.path(), &Options::default()).unwrap();
    assert!(rest.changed >= 30 && rest.changed <= 35, "{rest:?}");
    let index = Index::open(&root.path().join("index")).unwrap();
    for document in index.documents().unwrap() {
        assert_eq!(index.text(&document).unwrap(), fs::read_to_string(&document.path).unwrap());
    }
}

#[test]
fn an_interrupted_rebuild_leaves_the_index_as_it_was() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), 0..40, "The quay is closed.");
    run(root.path(), &Options::default()).unwrap();
    assert!(matches!(run_in_part(root.path(), 10, true), IndexError::Interrupted { kept: false }));
    assert_eq!(Index::open(&root.path().join("index")).unwrap().len(), 40);
    assert_eq!(run(root.path(), &Options::default()).unwrap().read, 0);
    let stores = fs::read_dir(root.path().join("index")).unwrap().flatten().filter(|entry| entry.path().is_dir()).count();
    assert_eq!(stores, 1, "the half store is swept");
}
