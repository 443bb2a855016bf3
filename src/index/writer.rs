//! The store being written: search index, table of documents and list of files, brought to a new state together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::catalog::{self, Catalog, Entry};
use super::copies;
use super::error::IndexError;
use super::intact;
use super::manifest::{self, FileState, Files};
use super::prepare::{Prepared, Preparer};
use super::schema::{self, Fields};
use super::{DocumentRecord, Particulars};

/// Memory for entries not yet on disk, in bytes.
const BUFFER: usize = 96 << 20;
/// Characters of the name of a segment's files, before the dot.
const SEGMENT: usize = 32;
/// A segment is rewritten when this share of it is gone.
const MOSTLY_GONE: f32 = 0.3;

/// A store open for writing; the caller holds the lock.
pub(super) struct Writer {
    store: PathBuf,
    writer: Option<IndexWriter>,
    fields: Fields,
    preparer: Preparer,
    /// The last state that was committed; `None` while there is none.
    generation: Option<u64>,
    pub(super) files: Files,
    /// By identifier.
    entries: BTreeMap<String, Entry>,
}

/// The committed generation of a store and its files; `None` where nothing was committed.
pub(super) fn committed(store: &Path) -> Result<Option<(u64, Files)>, IndexError> {
    let fail = || IndexError::engine(store);
    if !store.join("meta.json").exists() {
        return Ok(None);
    }
    let directory = MmapDirectory::open(store).map_err(|error| fail()(error.into()))?;
    let index = tantivy::Index::open(super::storage::Unlocked(directory)).map_err(fail())?;
    let metas = index.load_metas().map_err(fail())?;
    // What is damaged must not be written on: a merge would give it new checksums.
    if !intact::check(store, &index, &metas)? {
        intact::note(store);
    }
    let Some(generation) = metas.payload.and_then(|payload| payload.parse().ok()) else { return Ok(None) };
    Ok(Some((generation, Files::read(&manifest::files_path(store, generation))?)))
}

impl Writer {
    /// Opens the store, or begins it, to hold the documents of `roots`.
    pub(super) fn open(store: &Path, roots: Vec<PathBuf>) -> Result<Self, IndexError> {
        let fail = || IndexError::engine(store);
        fs::create_dir_all(store).map_err(IndexError::io(store))?;
        sweep(store)?;
        let (generation, files) = committed(store)?.map_or((None, Files::default()), |(generation, files)| (Some(generation), files));
        generation.iter().for_each(|&generation| sweep_generations(store, generation));
        let entries = generation.map_or_else(|| Ok(BTreeMap::new()), |generation| entries(store, generation))?;
        let directory = MmapDirectory::open(store).map_err(|error| fail()(error.into()))?;
        let (schema, fields) = schema::schema();
        let mut index = tantivy::Index::open_or_create(directory, schema).map_err(fail())?;
        index.set_tokenizers(schema::tokenizers());
        let writer: IndexWriter = index.writer_with_num_threads(1, BUFFER).map_err(fail())?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(MOSTLY_GONE);
        writer.set_merge_policy(Box::new(policy));
        let files = Files { roots, ..files };
        let preparer = Preparer::new(fields);
        Ok(Self { store: store.to_owned(), writer: Some(writer), fields, preparer, generation, files, entries })
    }

    pub(super) fn fields(&self) -> Fields {
        self.fields
    }

    pub(super) fn preparer(&mut self) -> &mut Preparer {
        &mut self.preparer
    }

    /// Whether nothing was ever committed.
    pub(super) fn is_new(&self) -> bool {
        self.generation.is_none()
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> usize {
        self.entries.len()
    }

    fn writer(&mut self) -> Result<&mut IndexWriter, IndexError> {
        let closed = || IndexError::damaged(&self.store, "it was closed");
        self.writer.as_mut().ok_or_else(closed)
    }

    /// Removes a document's entries; whether there were any.
    pub(super) fn remove(&mut self, id: &str) -> Result<bool, IndexError> {
        let Some(entry) = self.entries.remove(id) else { return Ok(false) };
        let term = Term::from_field_u64(self.fields.document, u64::from(entry.key));
        self.writer()?.delete_term(term);
        Ok(true)
    }

    /// Writes a document's entries, in place of those it had, and returns the key they carry; `state` is its file's.
    pub(super) fn replace(&mut self, prepared: Prepared, state: &FileState) -> Result<u32, IndexError> {
        let Prepared { record, mut entries, sketch, particulars, .. } = prepared;
        let particulars = Particulars { size: state.size, modified: state.modified, ..particulars };
        self.remove(&record.id)?;
        let store = self.store.clone();
        let key = self.files.next_key;
        self.files.next_key = key.saturating_add(1);
        entries.iter_mut().for_each(|entry| entry.add_u64(self.fields.document, u64::from(key)));
        // One group: the search library keeps a document's entries together and in order.
        let group: Vec<UserOperation<TantivyDocument>> = entries.into_iter().map(UserOperation::Add).collect();
        self.writer()?.run(group).map_err(IndexError::engine(&store))?;
        self.entries.insert(record.id.clone(), Entry { record, key, sketch, particulars });
        Ok(key)
    }

    /// What the entries of the document `id` carry.
    pub(super) fn key_of(&self, id: &str) -> Option<u32> {
        self.entries.get(id).map(|entry| entry.key)
    }

    /// The identifiers of a file's documents: the file's own, or those of its parts.
    pub(super) fn documents_of(&self, id: &str, state: &FileState) -> Vec<String> {
        let keys = state.keys();
        let parts = format!("{id}#");
        let own = self.entries.get_key_value(id).into_iter();
        let parts = self.entries.range(parts.clone()..).take_while(move |(part, _)| part.starts_with(&parts));
        own.chain(parts).filter(|(_, entry)| keys.contains(&entry.key)).map(|(id, _)| id.clone()).collect()
    }

    /// Whether the document `id` differs from `record` in nothing but its name.
    pub(super) fn is_alike(&self, id: &str, record: &DocumentRecord) -> bool {
        let facts = |record: &DocumentRecord| (record.title.clone(), record.publisher.clone(), record.authors.clone(), record.published);
        self.entries.get(id).is_some_and(|entry| facts(&entry.record) == facts(record))
    }

    /// Gives the document `old` the name of `record`.
    pub(super) fn rename(&mut self, old: &str, record: DocumentRecord, state: FileState) -> Result<(), IndexError> {
        let Some(entry) = self.entries.remove(old) else { return Ok(()) };
        let particulars = Particulars { size: state.size, modified: state.modified, ..entry.particulars };
        self.files.files.remove(old);
        self.files.files.insert(record.id.clone(), FileState { key: Some(entry.key), documents: 1, ..state });
        self.entries.insert(record.id.clone(), Entry { record, particulars, ..entry });
        Ok(())
    }

    /// Notes where a document's file lies and since when, where its content is as it was.
    pub(super) fn set_file(&mut self, id: &str, state: &FileState) {
        if let Some(entry) = self.entries.get_mut(id) {
            entry.record.path = state.path.to_string_lossy().into_owned();
            (entry.particulars.size, entry.particulars.modified) = (state.size, state.modified);
        }
    }

    /// Makes everything written so far the state that readers see.
    pub(super) fn commit(&mut self) -> Result<(), IndexError> {
        let number = self.generation.map_or(1, |generation| generation + 1);
        let store = self.store.clone();
        let fail = || IndexError::engine(&store);
        catalog::write(&manifest::documents_path(&store, number), &self.table())?;
        self.files.write(&manifest::files_path(&store, number))?;
        let mut commit = self.writer()?.prepare_commit().map_err(fail())?;
        commit.set_payload(&number.to_string());
        commit.commit().map_err(fail())?;
        self.generation = Some(number);
        self.share();
        sweep_generations(&store, number);
        intact::note(&store);
        Ok(())
    }

    /// All documents in order, with their ordinals and clusters.
    fn table(&self) -> Vec<Entry> {
        let sketches: Vec<&copies::Sketch> = self.entries.values().map(|entry| &entry.sketch).collect();
        let clusters = copies::clusters(&sketches);
        let place = |((entry, cluster), ordinal): ((&Entry, u32), u32)| {
            let mut entry = entry.clone();
            (entry.record.ordinal, entry.record.cluster) = (ordinal, cluster);
            entry
        };
        self.entries.values().zip(clusters).zip(0..).map(place).collect()
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

    /// Waits for merges to end and closes the store.
    pub(super) fn close(&mut self) -> Result<(), IndexError> {
        if let Some(writer) = self.writer.take() {
            writer.wait_merging_threads().map_err(IndexError::engine(&self.store))?;
        }
        self.share();
        intact::note(&self.store);
        Ok(())
    }
}

fn entries(store: &Path, generation: u64) -> Result<BTreeMap<String, Entry>, IndexError> {
    let catalog = Catalog::open(&manifest::documents_path(store, generation))?;
    let entry = |ordinal| catalog.entry(ordinal).transpose();
    (0..catalog.len() as u32).filter_map(entry).map(|entry| entry.map(|entry| (entry.record.id.clone(), entry))).collect()
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
