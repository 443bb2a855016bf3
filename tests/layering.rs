//! Reads the sources and fails on an upward or sideways import, and on a library outside its room.
#![allow(clippy::unwrap_used)] // the lint's exception for tests does not reach their helper functions

use std::fs;
use std::path::{Path, PathBuf};

/// The modules, lowest row first; a module imports strictly lower rows only.
const ROWS: &[&[&str]] = &[
    &["span"],
    &["corpus", "text"],
    &["syntax"],
    &["quotation", "question"],
    &["index"],
    &["retrieval"],
    &["reading", "verification"],
    &["answer"],
    &["engine"],
    &["evaluation", "render"],
    &["repl", "server"],
    &["cli"],
];

/// Libraries and the only modules that may name them.
const ROOMS: &[(&str, &[&str])] = &[
    ("tantivy", &["index"]),
    ("ureq", &["index"]),
    ("base64", &["index", "server"]),
    ("rust_stemmers", &["text"]),
    ("unicode_segmentation", &["text"]),
    ("rustyline", &["repl"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("rten", &["reading"]),
    ("regex", &["evaluation"]),
    ("scraper", &["corpus"]),
    ("pulldown_cmark", &["corpus"]),
    ("encoding_rs", &["corpus"]),
    ("chardetng", &["corpus"]),
    ("ego_tree", &["corpus"]),
    ("ignore", &["corpus"]),
    ("axum", &["server"]),
    ("hyper", &["server"]),
    ("hyper_util", &["server"]),
    ("maud", &["render", "server"]),
    ("rmcp", &["server"]),
    ("tokio", &["server"]),
    ("tokio_util", &["server"]),
    ("tower", &["server"]),
    ("globset", &["corpus"]),
    ("toml", &["corpus"]),
    ("notify", &["cli"]),
    ("crc32fast", &["index"]),
    ("signal_hook", &["cli"]),
    ("csv", &["corpus"]),
    ("flate2", &["corpus"]),
    ("ruzstd", &["corpus"]),
    ("zip", &["corpus"]),
    ("mail_parser", &["corpus"]),
    ("quick_xml", &["corpus"]),
    ("pdf_extract", &["corpus"]),
    ("nix", &["corpus", "index", "server"]),
];

/// Modules that read no file, clock or environment and print nothing.
const PURE: &[&str] = &["text", "syntax", "quotation", "question", "reading", "answer"];

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The top-level module a file belongs to, and its code without comments and tests.
fn code(root: &Path, path: &Path) -> (String, String) {
    let below = path.strip_prefix(root).unwrap();
    let module = below.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
    let text = fs::read_to_string(path).unwrap();
    let body = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = body.lines().filter(|line| !line.trim_start().starts_with("//"));
    (module, lines.collect::<Vec<_>>().join("\n"))
}

/// Names that stand right after `prefix` in `code`, at word starts.
fn names_after<'c>(code: &'c str, prefix: &str) -> Vec<&'c str> {
    let identifier = |rest: &'c str| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    code.match_indices(prefix).map(|(at, _)| identifier(&code[at + prefix.len()..])).collect()
}

fn imports_upward(module: &str, code: &str) -> Vec<String> {
    let own = row(module).unwrap_or(usize::MAX);
    let named = names_after(code, "crate::").into_iter().chain(names_after(code, "sayso::"));
    named.filter(|&name| name != module && row(name).is_some_and(|theirs| theirs >= own)).map(str::to_owned).collect()
}

fn uses_library(code: &str, library: &str) -> bool {
    code.contains(&format!("{library}::")) || code.contains(&format!("use {library};"))
}

fn modules() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.into_iter().map(|path| (code(&root, &path), path)).map(|((module, code), path)| (path, module, code)).collect()
}

#[test]
fn every_module_has_a_row() {
    for (path, module, _) in modules() {
        assert!(["main", "lib"].contains(&module.as_str()) || row(&module).is_some(), "{}: no row for `{module}`", path.display());
    }
}

#[test]
fn imports_go_downward() {
    for (path, module, code) in modules().iter().filter(|(_, module, _)| row(module).is_some()) {
        let upward = imports_upward(module, code);
        assert!(upward.is_empty(), "{}: `{module}` imports {upward:?}, which are not below it", path.display());
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    for (path, module, code) in modules() {
        for (library, rooms) in ROOMS.iter().filter(|(library, _)| uses_library(&code, library)) {
            assert!(rooms.contains(&module.as_str()), "{}: `{library}` belongs in {rooms:?}", path.display());
        }
    }
}

/// The search engines behind the index: each library is named in the folder of its engine alone.
#[test]
fn an_engine_stays_behind_its_folder() {
    for (library, folder) in [("tantivy", "index/local"), ("ureq", "index/remote")] {
        for (path, ..) in modules().iter().filter(|(_, _, code)| uses_library(code, library)) {
            assert!(path.to_string_lossy().contains(folder), "{}: `{library}` belongs in src/{folder}", path.display());
        }
    }
}

#[test]
fn pure_modules_touch_nothing_outside() {
    for (path, module, code) in modules().iter().filter(|(_, module, _)| PURE.contains(&module.as_str())) {
        for outside in ["std::fs", "std::env", "std::time", "println!", "eprintln!", "SystemTime", "Instant::now"] {
            assert!(!code.contains(outside), "{}: `{module}` is pure but names `{outside}`", path.display());
        }
    }
}

#[test]
fn the_check_sees_what_it_forbids() {
    assert_eq!(imports_upward("text", "use crate::index::Passage;"), ["index"]);
    assert_eq!(imports_upward("question", "use crate::quotation::Speaker;"), ["quotation"]);
    assert!(imports_upward("index", "use crate::text::Text;").is_empty());
    assert!(uses_library("use tantivy::Index;", "tantivy"));
}
