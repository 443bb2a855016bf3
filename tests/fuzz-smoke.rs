//! The fuzz targets of `fuzz/` over their seeds and mutations of them, on a stable compiler: what cargo-fuzz does for long, done for seconds.
//!
//! `SAYSO_FUZZ=20000 cargo test --release --test fuzz-smoke -- --nocapture` mutates each target's seeds that often. A finding is written to
//! the folder for temporary files and named.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking, and prints its figures")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub, missing_docs, clippy::missing_panics_doc, reason = "a library of its own in the folder it comes from")]
mod targets;

#[path = "cli/random.rs"]
mod random;
use random::Seed;

/// No input of a few kilobytes may take longer, on a machine busy with other things.
const LONGEST: Duration = Duration::from_secs(20);
/// Bytes of an input at most.
const LARGEST: usize = 8_192;

/// Stretches that parsers trip over.
const TOKENS: &[&[u8]] = &[
    b"\0",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\"",
    b"\xe2\x80\x9c",
    b"\xe2\x80\x9d",
    b"'",
    b"\xe2\x80\x99",
    b"``",
    b"''",
    b"<",
    b">",
    b"</p>",
    b"<p>",
    b"<!--",
    b"&#x",
    b"---\n",
    b"```",
    b"[",
    b"](",
    b"{",
    b"}",
    b"\\",
    b":",
    b",",
    b"-",
    b"\xe2\x80\x94",
    b"\xe2\x80\xa6",
    b"\xc2\xa3",
    b"%",
    b"99999999999999999999",
    b"-1",
    b"2013",
    b"May",
    b"said",
    b"he",
    b"\xff",
    b"\xe2\x80",
    b"\xf0\x9f\x9a\xa2",
    b"\xe2\x80\xae",
    b"\xcc\x81",
    b"\xef\xbb\xbf",
    b"From ",
    b"Content-Length: 999999999\r\n",
];

/// The bytes with a few changes: bits flipped, stretches cut, doubled, put in, or taken from another seed.
fn mutant(bytes: &[u8], other: &[u8], seed: &mut Seed) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=seed.below(5) {
        let at = seed.below(bytes.len() + 1);
        let end = (at + seed.below(48)).min(bytes.len());
        match seed.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, bytes.get(at..end).unwrap_or_default().repeat(1 + seed.below(9)))),
            3 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << seed.below(8)),
            4 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = seed.below(256) as u8),
            5 => {
                let from = seed.below(other.len() + 1);
                let to = (from + seed.below(200)).min(other.len());
                drop(bytes.splice(at..end, other.get(from..to).unwrap_or_default().to_vec()));
            }
            _ => drop(bytes.splice(at..at, TOKENS[seed.below(TOKENS.len())].repeat(1 + seed.below(3)))),
        }
    }
    bytes.truncate(LARGEST);
    bytes
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// How often each target is called.
fn runs() -> usize {
    std::env::var("SAYSO_FUZZ").ok().and_then(|runs| runs.parse().ok()).unwrap_or(60)
}

#[track_caller]
fn check(name: &str) {
    let (_, target) = targets::TARGETS.iter().find(|(known, _)| *known == name).unwrap();
    let seeds = seeds(name);
    assert!(!seeds.is_empty(), "{name}: no seeds");
    let mut random = Seed(0x5EED_0F50_4150 ^ name.len() as u64);
    let (mut slowest, begun) = (Duration::ZERO, Instant::now());
    for number in 0..seeds.len() + runs() {
        let input = match seeds.get(number) {
            Some(seed) => seed.clone(),
            None => {
                let (one, other) = (random.below(seeds.len()), random.below(seeds.len()));
                mutant(&seeds[one], &seeds[other], &mut random)
            }
        };
        let started = Instant::now();
        let ended = catch_unwind(AssertUnwindSafe(|| target(&input)));
        slowest = slowest.max(started.elapsed());
        if ended.is_err() || started.elapsed() > LONGEST {
            let path = std::env::temp_dir().join(format!("sayso-fuzz-{name}-{number}"));
            fs::write(&path, &input).unwrap();
            panic!("{name}: input {number} {}: {}", if ended.is_err() { "broke a promise" } else { "took too long" }, path.display());
        }
    }
    println!("{name}: {} inputs in {:.1?}, the slowest {slowest:.0?}", seeds.len() + runs(), begun.elapsed());
}

macro_rules! smoke {
    ($($name:ident)*) => { $(#[test] fn $name() { check(stringify!($name)); })* };
}

smoke!(reader formats metadata tokenizer quotations question quote index);

/// Every target is one of cargo-fuzz's, and the other way round.
#[test]
fn targets_are_those_that_cargo_fuzz_runs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut files: Vec<String> =
        fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let mut named: Vec<String> = targets::TARGETS.iter().map(|(name, _)| format!("{name}.rs")).collect();
    files.sort();
    named.sort();
    assert_eq!(files, named);
}
