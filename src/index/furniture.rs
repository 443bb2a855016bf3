//! What recurs in the documents of each folder, told from a sample of them: they are marked by it when they are read.
//!
//! Which files make the sample depends on their names alone (those whose names have the smallest hashes, a bottom-k sketch), so that a new
//! file seldom changes it. While its files are as they were, nothing is opened; where what recurs has changed, the folder's documents are
//! read again, so that an index is the same however it came about.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::copies;
use super::manifest::{FileState, Files};
use crate::corpus::{Found, Recurring};

/// Files of a sample.
const SAMPLE: usize = 48;
/// A folder of fewer has nothing that recurs.
const FEWEST: usize = 4;
/// Endings of files that may be one text.
const TEXTS: &[&str] = &["txt", "text", "md", "markdown", "html", "htm", "xhtml", "shtml"];
/// What is noted of a file in whose folder nothing recurs.
const NOTHING: &str = "-";

/// What recurs, by folder.
#[derive(Default)]
pub(super) struct Furniture(BTreeMap<String, Folder>);

struct Folder {
    fingerprint: String,
    sample: Vec<PathBuf>,
    recurring: OnceCell<Arc<Recurring>>,
}

impl Furniture {
    /// What recurs in the folders of the files `found`; `is_same` tells whether a known file needs no reading.
    pub(super) fn of(known: &Files, found: &[Found], is_same: impl Fn(&Found, &FileState) -> bool) -> Self {
        let before = sampled(known.files.keys().map(|id| (id.as_str(), id)));
        let now = sampled(found.iter().map(|file| (file.id.as_str(), file)));
        let folders = now.into_iter().filter(|(_, files)| files.len() >= FEWEST).map(|(name, files)| {
            let ids = before.get(name).map_or(&[][..], Vec::as_slice);
            let same = ids.len() == files.len() && files.iter().zip(ids).all(|(file, id)| file.id == **id);
            let states: Option<Vec<&FileState>> =
                files.iter().map(|file| known.files.get(&file.id).filter(|state| is_same(file, state))).collect();
            let noted = states.filter(|_| same).and_then(|states| noted(&states));
            (name.to_owned(), Folder::new(files.iter().map(|file| file.path.clone()).collect(), noted))
        });
        Self(folders.collect())
    }

    fn folder(&self, id: &str) -> Option<&Folder> {
        is_text(id).then(|| self.0.get(folder_of(id))).flatten()
    }

    /// What is noted of the file `id`: it was read with just that in mind.
    pub(super) fn fingerprint(&self, id: &str) -> &str {
        self.folder(id).map_or(NOTHING, |folder| &folder.fingerprint)
    }

    /// What recurs around the file `id`.
    pub(super) fn around(&self, id: &str) -> Arc<Recurring> {
        self.folder(id).map(|folder| Arc::clone(folder.recurring())).unwrap_or_default()
    }
}

impl Folder {
    fn new(sample: Vec<PathBuf>, noted: Option<String>) -> Self {
        let mut folder = Self { fingerprint: String::new(), sample, recurring: OnceCell::new() };
        folder.fingerprint = noted.unwrap_or_else(|| folder.recurring().fingerprint());
        folder
    }

    fn recurring(&self) -> &Arc<Recurring> {
        self.recurring.get_or_init(|| Arc::new(Recurring::among(self.sample.iter().map(PathBuf::as_path))))
    }
}

/// What was noted of all files of a sample that could be read; `None` where an update was interrupted while it changed.
fn noted(states: &[&FileState]) -> Option<String> {
    let mut read = states.iter().filter(|state| state.key.is_some()).map(|state| state.furniture.as_str());
    let Some(first) = read.next() else { return Some(NOTHING.to_owned()) };
    (!first.is_empty() && read.all(|other| other == first)).then(|| first.to_owned())
}

/// The sample of each folder, in the order of the hashes. The folder's own name has no say: it may be given another.
fn sampled<'f, T>(files: impl Iterator<Item = (&'f str, T)>) -> BTreeMap<&'f str, Vec<T>> {
    let mut folders: BTreeMap<&str, Vec<(u64, &str, T)>> = BTreeMap::new();
    for (id, file) in files.filter(|(id, _)| is_text(id)) {
        let name = id.rsplit('/').next().unwrap_or(id);
        folders.entry(folder_of(id)).or_default().push((copies::hash(name.as_bytes()), id, file));
    }
    let sample = |mut files: Vec<(u64, &'f str, T)>| {
        files.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
        files.into_iter().take(SAMPLE).map(|(_, _, file)| file).collect()
    };
    folders.into_iter().map(|(name, files)| (name, sample(files))).collect()
}

fn folder_of(id: &str) -> &str {
    id.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_text(id: &str) -> bool {
    let ending = Path::new(id).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_none_or(|ending| TEXTS.contains(&ending.as_str()))
}
