//! Folders become a list of files to read, in an order that never depends on the machine. Patterns may limit which.
//!
//! Hidden files are skipped, ignore files below the root are honoured, links are not followed. What cannot be listed is reported,
//! never a failure. Nothing is opened here.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{FileType, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder};
use serde::{Deserialize, Serialize};

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Stable identifier: the path below its root, with `/` between folders.
    pub id: String,
    /// The path by which it can be opened.
    pub path: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// When it was last changed, where the system says so.
    pub modified: Option<SystemTime>,
}

/// Something that was passed over while listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkProblem {
    /// Where.
    pub path: PathBuf,
    /// Why.
    pub cause: WalkCause,
}

/// Why something was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WalkCause {
    /// The system's own words.
    Unreadable(String),
    /// A symbolic link, which is not followed.
    Link,
    /// A pipe, socket or device, which is never opened.
    Special,
}

impl fmt::Display for WalkProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.path.display())?;
        match &self.cause {
            WalkCause::Unreadable(words) => formatter.write_str(words),
            WalkCause::Link => formatter.write_str("a symbolic link, not followed"),
            WalkCause::Special => formatter.write_str("not a regular file, not opened"),
        }
    }
}

/// Which files are wanted: patterns as in `.gitignore`, held against the path below the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Only files that one of these fits; all where there are none.
    pub include: Vec<String>,
    /// No file and no folder that one of these fits.
    pub exclude: Vec<String>,
}

impl Selection {
    /// Whether everything is wanted.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// The first pattern that is none, with what is wrong with it.
    #[must_use]
    pub fn fault(&self) -> Option<(String, String)> {
        let wrong = |pattern: &String| matcher("", std::slice::from_ref(pattern)).err().map(|error| (pattern.clone(), error.to_string()));
        self.include.iter().chain(&self.exclude).find_map(wrong)
    }

    /// Whether a file is wanted, by its path below the root.
    fn wants(&self, below: &Path) -> bool {
        let fits =
            |patterns: &[String]| matcher("", patterns).is_ok_and(|matcher| matcher.matched_path_or_any_parents(below, false).is_ignore());
        (self.include.is_empty() || fits(&self.include)) && !fits(&self.exclude)
    }
}

fn matcher(root: &str, patterns: &[String]) -> Result<Gitignore, ignore::Error> {
    let mut builder = GitignoreBuilder::new(root);
    for pattern in patterns {
        builder.add_line(None, pattern)?;
    }
    builder.build()
}

/// Lists the files under `roots` (folders or single files), sorted by id; `report` hears of what was passed over.
///
/// Where two roots would give the same id, the later one's is prefixed with its root's folder name and, if still taken, a number.
pub fn walk(roots: &[PathBuf], selection: &Selection, report: &mut dyn FnMut(WalkProblem)) -> Vec<Found> {
    let mut taken = BTreeSet::new();
    let mut files: Vec<Found> = Vec::new();
    for root in roots {
        let mut below = list(root, report);
        // A file that was named is wanted.
        below.retain(|file| selection.is_all() || file.path == *root || selection.wants(Path::new(&file.id)));
        below.sort_by(|one, other| (&one.id, &one.path).cmp(&(&other.id, &other.path)));
        for mut file in below {
            file.id = free_id(file.id, root, &taken);
            taken.insert(file.id.clone());
            files.push(file);
        }
    }
    files.sort_by(|one, other| one.id.cmp(&other.id));
    files
}

fn free_id(id: String, root: &Path, taken: &BTreeSet<String>) -> String {
    if !taken.contains(&id) {
        return id;
    }
    let folder = if root.is_dir() { root } else { root.parent().unwrap_or(root) };
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let prefixed = format!("{name}/{id}");
    let numbered = (2..).map(|number: usize| format!("{name}-{number}/{id}"));
    std::iter::once(prefixed).chain(numbered).find(|candidate| !taken.contains(candidate)).unwrap_or(id)
}

/// The files under one root. What lies above the root has no say: whoever names a folder wants its files.
fn list(root: &Path, report: &mut dyn FnMut(WalkProblem)) -> Vec<Found> {
    let mut builder = WalkBuilder::new(root);
    builder.follow_links(false).parents(false).git_global(false).git_exclude(false).require_git(false);
    let mut files = Vec::new();
    for entry in builder.build() {
        match entry {
            Ok(entry) => files.extend(found(root, &entry, report)),
            Err(error) => report(unreadable(root, &error)),
        }
    }
    files
}

fn found(root: &Path, entry: &DirEntry, report: &mut dyn FnMut(WalkProblem)) -> Option<Found> {
    let path = entry.path().to_owned();
    let metadata = match if entry.depth() == 0 { path.metadata().map_err(ignore::Error::from) } else { entry.metadata() } {
        Ok(metadata) => metadata,
        Err(error) => {
            report(unreadable(&path, &error));
            return None;
        }
    };
    if let Some(cause) = passed_over(metadata.file_type()) {
        report(WalkProblem { path, cause });
        return None;
    }
    metadata.is_file().then(|| file(root, path, &metadata))
}

fn passed_over(kind: FileType) -> Option<WalkCause> {
    if kind.is_symlink() {
        Some(WalkCause::Link)
    } else if kind.is_file() || kind.is_dir() {
        None
    } else {
        Some(WalkCause::Special)
    }
}

fn file(root: &Path, path: PathBuf, metadata: &Metadata) -> Found {
    let below = path.strip_prefix(root).unwrap_or(&path);
    let below = if below.as_os_str().is_empty() { Path::new(path.file_name().unwrap_or(path.as_os_str())) } else { below };
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Found { id: parts.join("/"), size: metadata.len(), modified: metadata.modified().ok(), path }
}

fn unreadable(path: &Path, error: &ignore::Error) -> WalkProblem {
    let (path, error) = match error {
        ignore::Error::WithPath { path, err } => (path.as_path(), err.as_ref()),
        ignore::Error::WithDepth { err, .. } => return unreadable(path, err),
        other => (path, other),
    };
    let words = error.io_error().map_or_else(|| error.to_string(), innermost);
    WalkProblem { path: path.to_owned(), cause: WalkCause::Unreadable(words) }
}

/// The words of the system itself, without those of the libraries that passed them on.
fn innermost(error: &std::io::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn ids(roots: &[PathBuf]) -> (Vec<String>, Vec<WalkProblem>) {
        let mut problems = Vec::new();
        let found = walk(roots, &Selection::default(), &mut |problem| problems.push(problem));
        (found.into_iter().map(|file| file.id).collect(), problems)
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    #[test]
    fn files_come_sorted_with_hidden_and_ignored_ones_left_out() {
        let folder = folder(&["b/2.txt", "a.txt", "b/1.txt", ".hidden", "b/skip.log"]);
        fs::write(folder.path().join(".ignore"), "*.log\n").unwrap();
        assert_eq!(ids(&[folder.path().to_owned()]).0, ["a.txt", "b/1.txt", "b/2.txt"]);
    }

    #[test]
    fn patterns_limit_what_is_listed() {
        let folder = folder(&["a.pdf", "b/1.pdf", "b/2.txt", "drafts/3.pdf", ".hidden.pdf"]);
        let ids = |include: &[&str], exclude: &[&str]| -> Vec<String> {
            let words = |patterns: &[&str]| patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
            let selection = Selection { include: words(include), exclude: words(exclude) };
            walk(&[folder.path().to_owned()], &selection, &mut |_| ()).into_iter().map(|file| file.id).collect()
        };
        assert_eq!(ids(&["*.pdf"], &[]), ["a.pdf", "b/1.pdf", "drafts/3.pdf"]);
        assert_eq!(ids(&["*.pdf"], &["drafts/"]), ["a.pdf", "b/1.pdf"]);
        assert_eq!(ids(&["/b"], &["*.txt"]), ["b/1.pdf"]);
        assert_eq!(ids(&[], &["*.pdf"]), ["b/2.txt"]);
        assert!(Selection { include: vec!["a{b".to_owned()], ..Selection::default() }.fault().is_some());
    }

    #[test]
    fn a_root_may_be_one_file() {
        let folder = folder(&["b/1.txt"]);
        assert_eq!(ids(&[folder.path().join("b/1.txt")]).0, ["1.txt"]);
    }

    #[test]
    fn equal_ids_are_told_apart() {
        let folder = folder(&["x/a.txt", "y/x/a.txt", "z/x/a.txt"]);
        let roots = ["x", "y/x", "z/x"].map(|name| folder.path().join(name));
        assert_eq!(ids(&roots).0, ["a.txt", "x-2/a.txt", "x/a.txt"]);
    }

    #[test]
    fn a_missing_root_is_a_problem_not_a_failure() {
        let (found, problems) = ids(&[PathBuf::from("no/such/place")]);
        assert!(found.is_empty());
        let [WalkProblem { cause: WalkCause::Unreadable(words), .. }] = problems.as_slice() else { panic!("{problems:?}") };
        assert!(words.starts_with("No such file") && !words.contains("operation"), "{words}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_reported_and_not_followed() {
        let folder = folder(&["a.txt"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let (found, problems) = ids(&[folder.path().to_owned()]);
        assert_eq!(found, ["a.txt"]);
        assert!(matches!(problems.as_slice(), [WalkProblem { cause: WalkCause::Link, .. }]), "{problems:?}");
    }

    #[cfg(unix)]
    #[test]
    fn sockets_are_never_opened() {
        let folder = folder(&["a.txt"]);
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        let (found, problems) = ids(&[folder.path().to_owned()]);
        assert_eq!(found, ["a.txt"]);
        assert!(matches!(problems.as_slice(), [WalkProblem { cause: WalkCause::Special, .. }]), "{problems:?}");
    }
}
