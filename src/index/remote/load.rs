//! How fast a cluster takes entries and what they weigh there: real ones, made of the project's own archive, over and over.
//!
//! `SAYSO_TEST_ENGINE=http://HOST:PORT/NAME cargo test --release --lib load -- --nocapture`; without a cluster it says that it is skipped.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::corpus;
use crate::index::Home;
use crate::index::manifest::Marker;
use crate::index::prepare::{Prepared, Preparer};
use crate::index::remote::{Cluster, Credentials};

/// Entries written.
const ENTRIES: usize = 20_000;

fn archive() -> Vec<Prepared> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let found = corpus::walk(&[root], &corpus::Selection::default(), &mut |_| ());
    let mut preparer = Preparer::default();
    let read = |file: &corpus::Found| {
        let bytes = std::fs::read(&file.path).unwrap();
        corpus::parse(&file.path, &file.id, &bytes).ok().map(|document| preparer.prepare(&document))
    };
    found.iter().filter_map(read).collect()
}

#[test]
#[allow(clippy::print_stderr, reason = "a figure is told, or that nothing was measured")]
fn a_cluster_holds_all_entries_it_was_given() {
    let Ok(address) = std::env::var("SAYSO_TEST_ENGINE") else {
        eprintln!("skipped: SAYSO_TEST_ENGINE names no cluster");
        return;
    };
    let addresses: Vec<String> = address.split(',').map(str::to_owned).collect();
    let home = Home::from(Cluster::new(&addresses, Credentials::None, None).unwrap());
    let documents = archive();
    let lock = home.lock(|| Ok(false)).unwrap();
    home.set_marker(&Marker { store: "store-1".to_owned(), ..Marker::new(vec![PathBuf::from("corpus")]) }).unwrap();
    let mut begun = home.begin("store-1").unwrap();
    let start = Instant::now();
    let (mut written, mut key) = (0, 0);
    for document in documents.iter().cycle() {
        if written >= ENTRIES {
            break;
        }
        key += 1;
        written += document.entries.len();
        begun.sink.add(key, document.entries.clone()).unwrap();
    }
    begun.sink.commit(1, &[], &crate::index::manifest::Files::default()).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    begun.sink.close().unwrap();
    drop(lock);
    assert_eq!(home.open("store-1").unwrap().backend.chunks(), written as u64, "entries are missing");
    let bytes = home.size().unwrap();
    let rate = written as f64 / seconds;
    eprintln!(
        "{written} entries of {key} documents in {seconds:.1} s: {rate:.0} a second; {} bytes each on all nodes",
        bytes / written as u64
    );
}
