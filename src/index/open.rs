//! An index on disk becomes an open [`Index`]: one consistent state of it, read without locks and without loading what is not asked for.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::backend::{Address, Backend};
use super::catalog::Catalog;
use super::chunk::Chunk;
use super::error::IndexError;
use super::home::{Home, Opened};
use super::manifest::{self, FileState};
use super::packing;
use super::recent::Recent;
use super::{DocumentRecord, Status};
use crate::text::Language;

/// Chunks kept unpacked: at most twice as many, some ten megabytes.
const CACHED_CHUNKS: usize = 1024;
/// How often opening is tried again while a writer replaces the files.
const TRIES: usize = 20;

/// An open index: one state of it, unchanged until [`Index::reload`].
pub struct Index {
    home: Home,
    store: String,
    pub(super) generation: u64,
    pub(super) catalog: Catalog,
    /// Other languages than English that documents are in, looked up with the first question.
    pub(super) languages: OnceLock<Vec<Language>>,
    pub(super) backend: Box<dyn Backend>,
    /// Whether the files it was made from are on this machine, found out when it matters.
    near: OnceLock<bool>,
    chunks: Mutex<Recent<Address, Chunk>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Index").field("home", &self.home).field("generation", &self.generation).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index that lives in a folder, or wherever. Nothing is written there: a read-only folder will do.
    ///
    /// # Errors
    /// [`IndexError::Missing`] where nothing was indexed, [`IndexError::Format`] where another version made it,
    /// [`IndexError::Damaged`] and [`IndexError::Io`] where its files do not fit together or cannot be read.
    pub fn open(home: impl Into<Home>) -> Result<Self, IndexError> {
        let home = home.into();
        let missing = || IndexError::Missing { directory: home.path() };
        let mut last = missing();
        let mut failed = None;
        for _ in 0..TRIES {
            let marker = home.marker()?.filter(|marker| marker.format != manifest::FORMAT || !marker.store.is_empty());
            let marker = marker.ok_or_else(missing)?;
            marker.check(&home.path())?;
            let state = (marker.store.clone(), home.state(&marker.store));
            match home.open(&marker.store) {
                Ok(Opened { generation, catalog, backend }) => {
                    let store = marker.store;
                    let (languages, chunks) = (OnceLock::new(), Mutex::new(Recent::new(CACHED_CHUNKS)));
                    return Ok(Self { home, store, generation, catalog, languages, backend, near: OnceLock::new(), chunks });
                }
                // Nobody replaced anything between two tries: it is no writer's doing.
                Err(error) if failed.as_ref() == Some(&state) => return Err(error),
                Err(error) => last = error,
            }
            failed = Some(state);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        Err(last)
    }

    /// Opens the newest state, if there is a newer one; whether there was.
    ///
    /// # Errors
    /// As [`Index::open`]; the open state is kept then.
    pub fn reload(&mut self) -> Result<bool, IndexError> {
        let newer = Self::open(self.home.clone())?;
        let changed = newer.store != self.store || newer.generation != self.generation;
        if changed {
            *self = newer;
        }
        Ok(changed)
    }

    /// Where the index lives.
    #[must_use]
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Whether the files it was made from can be looked at: one on a cluster may have been made on another machine.
    #[must_use]
    pub fn files_are_near(&self) -> bool {
        let there = |files: &Status| files.roots.iter().any(|root| root.exists());
        matches!(self.home, Home::Folder(_)) || *self.near.get_or_init(|| self.status().is_ok_and(|status| there(&status)))
    }

    /// How much room it takes, in bytes.
    ///
    /// # Errors
    /// Where that cannot be found out.
    pub fn size(&self) -> Result<u64, IndexError> {
        self.home.size()
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
        let files = self.home.files(&self.store, self.generation)?;
        let failed = |(id, state): (String, FileState)| state.failure.is_some().then_some((id, state));
        let program = self.home.marker()?.map(|marker| marker.program).unwrap_or_default();
        Ok(Status {
            program,
            format: manifest::FORMAT,
            roots: files.roots,
            documents: self.len(),
            chunks: self.chunks(),
            failed: files.files.into_iter().filter_map(failed).collect(),
        })
    }

    /// The document a key belongs to; `None` for an entry whose document is gone.
    pub(super) fn by_key(&self, key: u32) -> Result<Option<Arc<DocumentRecord>>, IndexError> {
        self.catalog.ordinal_of(key)?.map_or(Ok(None), |ordinal| self.catalog.record(ordinal))
    }

    /// The chunk at an address.
    pub(super) fn chunk(&self, address: Address) -> Result<Arc<Chunk>, IndexError> {
        if let Some(chunk) = self.cache().get(address) {
            return Ok(chunk);
        }
        let mut chunk = None;
        self.backend.body(address, &mut |bytes| chunk = packing::unpack(bytes))?;
        let chunk = Arc::new(chunk.ok_or_else(|| self.home.damaged("an entry cannot be read"))?);
        self.cache().keep(address, Arc::clone(&chunk));
        Ok(chunk)
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Recent<Address, Chunk>> {
        self.chunks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
