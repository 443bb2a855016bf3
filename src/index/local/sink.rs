//! The store being written: search index, table of documents and list of files, brought to a new state together.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::schema::{self, Fields};
use super::{committed, intact};
use crate::index::backend::{Begun, ChunkEntry, Sink};
use crate::index::catalog::{self, Catalog, Entry};
use crate::index::error::IndexError;
use crate::index::manifest::{self, Files};

/// Memory for entries not yet on disk, in bytes.
const BUFFER: usize = 96 << 20;
/// Characters of the name of a segment's files, before the dot.
const SEGMENT: usize = 32;
/// A segment is rewritten when this share of it is gone.
const MOSTLY_GONE: f32 = 0.3;

/// A store open for writing.
struct Writer {
    store: PathBuf,
    index: tantivy::Index,
    writer: Option<IndexWriter>,
    fields: Fields,
    /// The last state that was committed.
    generation: Option<u64>,
}

/// Opens the store for writing, or begins it.
pub(in crate::index) fn begin(store: &Path) -> Result<Begun, IndexError> {
    let fail = || IndexError::engine(store);
    fs::create_dir_all(store).map_err(IndexError::io(store))?;
    sweep(store)?;
    let committed = match committed(store)? {
        Some((generation, files)) => {
            sweep_generations(store, generation);
            Some((generation, files, Catalog::open(&manifest::documents_path(store, generation))?.entries()?))
        }
        None => None,
    };
    let directory = MmapDirectory::open(store).map_err(|error| fail()(error.into()))?;
    let (schema, fields) = schema::schema();
    let mut index = tantivy::Index::open_or_create(directory, schema).map_err(fail())?;
    index.set_tokenizers(schema::tokenizers());
    let writer: IndexWriter = index.writer_with_num_threads(1, BUFFER).map_err(fail())?;
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(MOSTLY_GONE);
    writer.set_merge_policy(Box::new(policy));
    let generation = committed.as_ref().map(|(generation, ..)| *generation);
    Ok(Begun { sink: Box::new(Writer { store: store.to_owned(), index, writer: Some(writer), fields, generation }), committed })
}

impl Writer {
    fn writer(&mut self) -> Result<&mut IndexWriter, IndexError> {
        let closed = || IndexError::damaged(&self.store, "it was closed");
        self.writer.as_mut().ok_or_else(closed)
    }

    /// The search library keeps its own list of files to itself; whoever may read the rest of the index may read it too.
    fn share(&self) {
        let Some(generation) = self.generation else { return };
        let Ok(model) = fs::metadata(manifest::files_path(&self.store, generation)) else { return };
        for name in ["meta.json", ".managed.json"] {
            // Of no consequence for its owner.
            let _ = fs::set_permissions(self.store.join(name), model.permissions());
        }
    }
}

impl Sink for Writer {
    fn add(&mut self, key: u32, entries: Vec<ChunkEntry>) -> Result<(), IndexError> {
        let (store, fields) = (self.store.clone(), self.fields);
        // One group: the search library keeps a document's entries together and in order.
        let group: Vec<UserOperation<TantivyDocument>> = entries.iter().map(|entry| UserOperation::Add(fields.entry(key, entry))).collect();
        self.writer()?.run(group).map(|_| ()).map_err(IndexError::engine(&store))
    }

    fn remove(&mut self, key: u32) -> Result<(), IndexError> {
        let term = Term::from_field_u64(self.fields.document, u64::from(key));
        self.writer()?.delete_term(term);
        Ok(())
    }

    fn commit(&mut self, number: u64, table: &[Entry], files: &Files) -> Result<(), IndexError> {
        let store = self.store.clone();
        let fail = || IndexError::engine(&store);
        catalog::write(&manifest::documents_path(&store, number), table)?;
        files.write(&manifest::files_path(&store, number))?;
        let mut commit = self.writer()?.prepare_commit().map_err(fail())?;
        commit.set_payload(&number.to_string());
        commit.commit().map_err(fail())?;
        self.generation = Some(number);
        self.share();
        sweep_generations(&store, number);
        intact::note(&store, &self.index);
        Ok(())
    }

    /// Waits for merges to end.
    fn close(&mut self) -> Result<(), IndexError> {
        if let Some(writer) = self.writer.take() {
            writer.wait_merging_threads().map_err(IndexError::engine(&self.store))?;
        }
        self.share();
        intact::note(&self.store, &self.index);
        Ok(())
    }
}

/// Removes what a killed run or a full disk left: files the search library was about to rename, and those of segments that no commit named.
fn sweep(store: &Path) -> Result<(), IndexError> {
    let named = if store.join("meta.json").exists() { segments(store)? } else { BTreeSet::new() };
    for entry in fs::read_dir(store).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let segment = name.split('.').next().unwrap_or_default();
        let is_segment = segment.len() == SEGMENT && segment.chars().all(|c| c.is_ascii_hexdigit());
        if name.starts_with(".tmp") || is_segment && !named.contains(segment) {
            // A reader that has it open keeps it; what stays now goes next time.
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

/// The segments of the committed state, by the names of their files.
fn segments(store: &Path) -> Result<BTreeSet<String>, IndexError> {
    let fail = || IndexError::engine(store);
    let directory = MmapDirectory::open(store).map_err(|error| fail()(error.into()))?;
    let index = tantivy::Index::open(super::storage::Unlocked(directory)).map_err(fail())?;
    let metas = index.load_metas().map_err(fail())?;
    Ok(metas.segments.iter().map(|segment| segment.id().uuid_string()).collect())
}

/// Removes the lists of every generation but the current one.
fn sweep_generations(store: &Path, current: u64) {
    let keep = [manifest::files_path(store, current), manifest::documents_path(store, current)];
    for entry in fs::read_dir(store).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if (name.starts_with("files-") || name.starts_with("documents-")) && !keep.contains(&entry.path()) {
            // A reader that was about to open it starts over; what stays now goes next time.
            let _ = fs::remove_file(entry.path());
        }
    }
}
