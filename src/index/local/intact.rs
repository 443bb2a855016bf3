//! The files of a store are held against what was noted when they were written, before any of them is believed.
//!
//! A file's length and time stamp are looked at each time; its bytes are read, and its checksum compared, only where they are not the ones
//! noted: after a copy to another disk, a restored backup, a tool that wrote into it. What changed a file without touching its time stamp (a
//! failing disk) is still found where it would matter most, in the stored text itself, by the [seals](crate::index::seal).

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::index::SegmentComponent;
use tantivy::{Index, IndexMeta, Searcher, SegmentMeta};

use super::schema;
use crate::index::error::IndexError;
use crate::index::plan::nanoseconds;
use crate::index::{manifest, seal};

/// Where the stamps are noted, in the store.
const STAMPS: &str = "stamps";
/// The search library's list of its files.
const META: &str = "meta.json";

/// What a file looked like from outside when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    length: u64,
    modified: Option<i64>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok().and_then(nanoseconds) }
    }
}

type Stamps = BTreeMap<String, Stamp>;

/// Notes what the files that `index` has committed look like now, right after they were written or checked.
///
/// Others are left out: a merge in the background may be half way through writing one, and noted so it would later count as damaged.
/// Where nothing can be noted (a full disk, a folder of somebody else's) nothing is lost: the next reader checks the bytes instead.
pub(super) fn note(store: &Path, index: &Index) {
    let Ok(metas) = index.load_metas() else { return };
    let names = metas.segments.iter().flat_map(files).chain([PathBuf::from(META)]);
    let stamp = |name: PathBuf| Some((name.to_string_lossy().into_owned(), Stamp::of(&fs::metadata(store.join(&name)).ok()?)));
    let stamps: Stamps = names.filter_map(stamp).collect();
    if let Ok(bytes) = postcard::to_allocvec(&stamps) {
        let _ = manifest::replace(&store.join(STAMPS), &seal::sealed(bytes));
    }
}

fn noted(store: &Path) -> Stamps {
    let bytes = fs::read(store.join(STAMPS)).unwrap_or_default();
    seal::opened(&bytes).and_then(|bytes| postcard::from_bytes(bytes).ok()).unwrap_or_default()
}

/// Checks the files that `metas` names; whether their stamps alone told that all are well.
///
/// # Errors
/// [`IndexError::Damaged`] with the file that is not what was written.
pub(super) fn check(store: &Path, index: &Index, metas: &IndexMeta) -> Result<bool, IndexError> {
    if index.schema() != schema::schema().0 {
        return Err(IndexError::damaged(&store.join(META), "it describes another index"));
    }
    let stamps = noted(store);
    let mut by_stamp = true;
    for file in metas.segments.iter().flat_map(files) {
        let path = store.join(&file);
        // Not every kind of file is there for every segment.
        let Ok(metadata) = fs::metadata(&path) else { continue };
        let stamp = Stamp::of(&metadata);
        let noted = stamps.get(file.to_string_lossy().as_ref());
        if noted == Some(&stamp) {
            continue;
        }
        by_stamp = false;
        if noted.is_some_and(|noted| noted.length != stamp.length) {
            return Err(IndexError::damaged(&path, "it is not as long as it was written"));
        }
        let sound = IndexError::guard(store, || Ok(index.directory().validate_checksum(&file)?));
        if !matches!(sound, Ok(true)) {
            return Err(IndexError::damaged(&path, "its checksum does not fit"));
        }
    }
    let meta = fs::metadata(store.join(META)).ok().map(|metadata| Stamp::of(&metadata));
    Ok(by_stamp && meta.as_ref() == stamps.get(META))
}

/// The files of a segment, below the store.
fn files(segment: &SegmentMeta) -> Vec<PathBuf> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    let deleted = segment.has_deletes().then_some(Delete);
    let parts = [Postings, Positions, FastFields, FieldNorms, Terms, Store].into_iter().chain(deleted);
    parts.map(|part| segment.relative_path(part)).collect()
}

/// Checks what the list of files says about the segments against the segments themselves: it has no checksum of its own.
///
/// # Errors
/// [`IndexError::Damaged`] where they do not agree.
pub(super) fn check_counts(store: &Path, searcher: &Searcher) -> Result<(), IndexError> {
    for segment in searcher.segment_readers() {
        let column = IndexError::guard(store, || segment.fast_fields().u64("document"))?;
        if column.num_docs() != segment.max_doc() {
            return Err(IndexError::damaged(&store.join(META), "it does not fit the files it names"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tantivy::TantivyDocument;
    use tantivy::indexer::NoMergePolicy;

    use super::*;

    #[test]
    fn what_is_still_being_written_is_not_noted() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path();
        let mut index = Index::create_in_dir(store, schema::schema().0).unwrap();
        index.set_tokenizers(schema::tokenizers());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let mut commit = || {
            writer.add_document(TantivyDocument::new()).unwrap();
            writer.commit().unwrap();
            (fs::read(store.join(META)).unwrap(), index.load_metas().unwrap())
        };
        let (first, before) = commit();
        let (second, after) = commit();
        let old: Vec<PathBuf> = before.segments.iter().flat_map(files).collect();
        let new = after.segments.iter().flat_map(files).find(|file| !old.contains(file) && store.join(file).exists()).unwrap();
        let whole = fs::read(store.join(&new)).unwrap();

        // The moment before the second commit, with one of its files half written.
        fs::write(store.join(META), first).unwrap();
        fs::write(store.join(&new), &whole[..whole.len() / 2]).unwrap();
        note(store, &index);
        assert!(check(store, &index, &index.load_metas().unwrap()).unwrap(), "all that was committed is noted");

        fs::write(store.join(&new), whole).unwrap();
        fs::write(store.join(META), second).unwrap();
        assert!(!check(store, &index, &after).unwrap(), "the bytes of the new files are checked");
        note(store, &index);
        assert!(check(store, &index, &after).unwrap());
    }
}
