//! An index on disk becomes an open [`Index`]: one consistent state of it, read without locks and without loading what is not asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::Column;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, ReloadPolicy, Searcher, SegmentReader, TantivyDocument};

use super::catalog::Catalog;
use super::chunk::Chunk;
use super::error::IndexError;
use super::intact;
use super::manifest::{self, FileState, Files, Marker};
use super::packing;
use super::schema::{self, Fields};
use super::storage::Unlocked;
use super::{DocumentRecord, Status};
use crate::text::Language;

/// Blocks of stored chunks kept unpacked, of 16 KiB each.
const CACHED_BLOCKS: usize = 256;
/// Chunks kept unpacked: at most twice as many, some ten megabytes.
const CACHED_CHUNKS: usize = 1024;
/// How often opening is tried again while a writer replaces the files.
const TRIES: usize = 20;

/// An open index: one state of it, unchanged until [`Index::reload`].
pub struct Index {
    pub(super) directory: PathBuf,
    pub(super) store: PathBuf,
    pub(super) generation: u64,
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) catalog: Catalog,
    /// The fields that together hold every word of a document.
    pub(super) everything: [Field; 2],
    /// Other languages than English that documents are in, looked up with the first question.
    pub(super) languages: OnceLock<Vec<Language>>,
    columns: Vec<OnceLock<Columns>>,
    chunks: Mutex<Unpacked>,
}

/// Chunks unpacked lately: those asked for since the younger half was last full, and those asked for before.
#[derive(Default)]
struct Unpacked {
    younger: BTreeMap<DocAddress, Arc<Chunk>>,
    older: BTreeMap<DocAddress, Arc<Chunk>>,
}

impl Unpacked {
    fn get(&mut self, address: DocAddress) -> Option<Arc<Chunk>> {
        if let Some(chunk) = self.younger.get(&address) {
            return Some(Arc::clone(chunk));
        }
        let chunk = self.older.remove(&address)?;
        self.keep(address, Arc::clone(&chunk));
        Some(chunk)
    }

    fn keep(&mut self, address: DocAddress, chunk: Arc<Chunk>) {
        if self.younger.len() >= CACHED_CHUNKS {
            self.older = std::mem::take(&mut self.younger);
        }
        self.younger.insert(address, chunk);
    }
}

/// Where the entries of one segment lie.
struct Columns {
    document: Column<u64>,
    start: Column<u64>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Index").field("directory", &self.directory).field("generation", &self.generation).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in `directory`. Nothing is written there: a read-only folder will do.
    ///
    /// # Errors
    /// [`IndexError::Missing`] where nothing was indexed, [`IndexError::Format`] where another version made it,
    /// [`IndexError::Damaged`] and [`IndexError::Io`] where its files do not fit together or cannot be read.
    pub fn open(directory: &Path) -> Result<Self, IndexError> {
        let mut last = IndexError::Missing { directory: directory.to_owned() };
        let mut failed = None;
        for _ in 0..TRIES {
            let marker = Marker::read(directory)?.filter(|marker| marker.format != manifest::FORMAT || !marker.store.is_empty());
            let marker = marker.ok_or_else(|| IndexError::Missing { directory: directory.to_owned() })?;
            marker.check(directory)?;
            let store = directory.join(&marker.store);
            let state = (marker.store, std::fs::read(store.join("meta.json")).ok());
            match Self::open_store(directory, &store) {
                Ok(index) => return Ok(index),
                // Nobody replaced anything between two tries: it is no writer's doing.
                Err(error) if failed.as_ref() == Some(&state) => return Err(error),
                Err(error) => last = error,
            }
            failed = Some(state);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        Err(last)
    }

    /// One try: fails where a writer replaced the files meanwhile.
    fn open_store(directory: &Path, store: &Path) -> Result<Self, IndexError> {
        let fail = || IndexError::engine(store);
        let mapped = MmapDirectory::open(store).map_err(|error| fail()(error.into()))?;
        let mut index = IndexError::guard(store, || tantivy::Index::open(Unlocked(mapped)))?;
        index.set_tokenizers(schema::tokenizers());
        let before = index.load_metas().map_err(fail())?;
        let generation = before.payload.as_deref().and_then(|payload| payload.parse().ok());
        let generation = generation.ok_or_else(|| IndexError::damaged(store, "no generation is named"))?;
        let unread = intact::check(store, &index, &before)?;
        let catalog = Catalog::open(&manifest::documents_path(store, generation))?;
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(CACHED_BLOCKS);
        let reader: tantivy::IndexReader = IndexError::guard(store, || builder.try_into())?;
        let after = index.load_metas().map_err(fail())?;
        // A merge leaves the generation as it is, and takes files away: tantivy opens a segment without its positions as if it had none.
        let segments = |metas: &tantivy::IndexMeta| metas.segments.iter().map(tantivy::SegmentMeta::id).collect::<Vec<_>>();
        if after.payload != before.payload || segments(&after) != segments(&before) {
            return Err(IndexError::damaged(store, "it changes too fast to be read"));
        }
        let searcher = reader.searcher();
        if !unread {
            intact::check_counts(store, &searcher)?;
        }
        let columns = searcher.segment_readers().iter().map(|_| OnceLock::new()).collect();
        let fields = schema::schema().1;
        let (directory, store) = (directory.to_owned(), store.to_owned());
        let everything = [fields.stems, fields.aside];
        let (languages, chunks) = (OnceLock::new(), Mutex::default());
        Ok(Self { directory, store, generation, searcher, fields, catalog, everything, languages, columns, chunks })
    }

    /// Opens the newest state, if there is a newer one; whether there was.
    ///
    /// # Errors
    /// As [`Index::open`]; the open state is kept then.
    pub fn reload(&mut self) -> Result<bool, IndexError> {
        let newer = Self::open(&self.directory)?;
        let changed = newer.store != self.store || newer.generation != self.generation;
        if changed {
            *self = newer;
        }
        Ok(changed)
    }

    /// The folder the index lies in.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// How many documents are indexed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.catalog.len()
    }

    /// Whether no document is indexed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the index was made from, and what could not be read.
    ///
    /// # Errors
    /// Where the manifest cannot be read.
    pub fn status(&self) -> Result<Status, IndexError> {
        let files = Files::read(&manifest::files_path(&self.store, self.generation))?;
        let failed = |(id, state): (String, FileState)| state.failure.is_some().then_some((id, state));
        let program = Marker::read(&self.directory)?.map(|marker| marker.program).unwrap_or_default();
        Ok(Status {
            program,
            format: manifest::FORMAT,
            roots: files.roots,
            documents: self.len(),
            chunks: self.searcher.num_docs(),
            failed: files.files.into_iter().filter_map(failed).collect(),
        })
    }

    fn columns(&self, segment: u32) -> Result<&Columns, IndexError> {
        let place = self.columns.get(segment as usize).ok_or_else(|| IndexError::damaged(&self.store, "no such segment"))?;
        if let Some(columns) = place.get() {
            return Ok(columns);
        }
        let fast = self.searcher.segment_reader(segment).fast_fields();
        let columns = IndexError::guard(&self.store, || Ok(Columns { document: fast.u64("document")?, start: fast.u64("start")? }))?;
        Ok(place.get_or_init(|| columns))
    }

    /// The key of the document an entry belongs to, and the entry's first byte there.
    pub(super) fn place(&self, address: DocAddress) -> Result<(u32, usize), IndexError> {
        let columns = self.columns(address.segment_ord)?;
        let read = || Ok((columns.document.first(address.doc_id), columns.start.first(address.doc_id)));
        let (key, start) = IndexError::guard(&self.store, read)?;
        Ok((key.unwrap_or_default() as u32, start.unwrap_or_default() as usize))
    }

    /// The document a key belongs to; `None` for an entry whose document is gone.
    pub(super) fn by_key(&self, key: u32) -> Result<Option<Arc<DocumentRecord>>, IndexError> {
        self.catalog.ordinal_of(key)?.map_or(Ok(None), |ordinal| self.catalog.record(ordinal))
    }

    /// The entries next to this one that belong to the same document.
    pub(super) fn neighbours(&self, address: DocAddress) -> Result<(Option<DocAddress>, Option<DocAddress>), IndexError> {
        let (key, _) = self.place(address)?;
        let segment = self.searcher.segment_reader(address.segment_ord);
        let same = |doc: Option<u32>| -> Result<Option<DocAddress>, IndexError> {
            let Some(doc_id) = doc.filter(|&doc| doc < segment.max_doc()) else { return Ok(None) };
            let neighbour = DocAddress { segment_ord: address.segment_ord, doc_id };
            Ok((self.place(neighbour)?.0 == key).then_some(neighbour))
        };
        Ok((same(address.doc_id.checked_sub(1))?, same(address.doc_id.checked_add(1))?))
    }

    /// The chunk at an address.
    pub(super) fn chunk(&self, address: DocAddress) -> Result<Arc<Chunk>, IndexError> {
        if let Some(chunk) = self.cache().get(address) {
            return Ok(chunk);
        }
        let entry: TantivyDocument = IndexError::guard(&self.store, || self.searcher.doc(address))?;
        let bytes = entry.get_first(self.fields.body).and_then(|value| value.as_bytes());
        let chunk = bytes.and_then(packing::unpack).ok_or_else(|| IndexError::damaged(&self.store, "an entry cannot be read"))?;
        let chunk = Arc::new(chunk);
        self.cache().keep(address, Arc::clone(&chunk));
        Ok(chunk)
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Unpacked> {
        self.chunks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The segments with their numbers.
    pub(super) fn segments(&self) -> impl Iterator<Item = (u32, &SegmentReader)> {
        (0..).zip(self.searcher.segment_readers())
    }
}
