//! The documents being written: the table of documents and the list of files beside the entries, brought to a new state together.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::backend::{Begun, Sink};
use super::catalog::Entry;
use super::copies;
use super::error::IndexError;
use super::home::Home;
use super::manifest::{FileState, Files};
use super::prepare::{Prepared, Preparer};
use super::{DocumentRecord, Particulars};

/// A store open for writing; the caller holds the lock.
pub(super) struct Writer {
    sink: Box<dyn Sink>,
    preparer: Preparer,
    /// The last state that was committed; `None` while there is none.
    generation: Option<u64>,
    pub(super) files: Files,
    /// By identifier.
    entries: BTreeMap<String, Entry>,
}

impl Writer {
    /// Opens the store, or begins it, to hold the documents of `roots`.
    pub(super) fn open(home: &Home, store: &str, roots: Vec<PathBuf>) -> Result<Self, IndexError> {
        let Begun { sink, committed } = home.begin(store)?;
        let generation = committed.as_ref().map(|(generation, ..)| *generation);
        let (files, entries) = committed.map_or_else(Default::default, |(_, files, entries)| (files, entries));
        let entries = entries.into_iter().map(|entry| (entry.record.id.clone(), entry)).collect();
        Ok(Self { sink, preparer: Preparer::default(), generation, files: Files { roots, ..files }, entries })
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

    /// Removes a document's entries; whether there were any.
    pub(super) fn remove(&mut self, id: &str) -> Result<bool, IndexError> {
        let Some(entry) = self.entries.remove(id) else { return Ok(false) };
        self.sink.remove(entry.key)?;
        Ok(true)
    }

    /// Writes a document's entries, in place of those it had, and returns the key they carry; `state` is its file's.
    pub(super) fn replace(&mut self, prepared: Prepared, state: &FileState) -> Result<u32, IndexError> {
        let Prepared { record, entries, sketch, particulars, .. } = prepared;
        let particulars = Particulars { size: state.size, modified: state.modified, ..particulars };
        self.remove(&record.id)?;
        let key = self.files.next_key;
        self.files.next_key = key.saturating_add(1);
        self.sink.add(key, entries)?;
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
        let table = self.table();
        self.sink.commit(number, &table, &self.files)?;
        self.generation = Some(number);
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

    /// Closes the store.
    pub(super) fn close(&mut self) -> Result<(), IndexError> {
        self.sink.close()
    }
}
