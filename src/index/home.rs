//! Where an index lives: a folder on this machine, or a cluster of others. What it knows of itself is read and written here, whichever engine holds its entries.

use std::any::Any;
use std::path::{Path, PathBuf};

use super::backend::{Backend, Begun};
use super::catalog::Catalog;
use super::error::IndexError;
use super::local;
use super::manifest::{self, Files, Marker};
use super::remote::{self, Cluster};

/// Where an index lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// A folder on this machine.
    Folder(PathBuf),
    /// A cluster of search engines.
    Cluster(Cluster),
}

impl From<Cluster> for Home {
    fn from(cluster: Cluster) -> Self {
        Self::Cluster(cluster)
    }
}

impl<P: AsRef<Path> + ?Sized> From<&P> for Home {
    fn from(folder: &P) -> Self {
        Self::Folder(folder.as_ref().to_owned())
    }
}

impl std::fmt::Display for Home {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.path().display().fmt(formatter)
    }
}

/// An open store.
pub(super) struct Opened {
    pub(super) generation: u64,
    pub(super) catalog: Catalog,
    pub(super) backend: Box<dyn Backend>,
}

impl Home {
    /// Whether sayso made an index here, of any format.
    ///
    /// # Errors
    /// Where that cannot be found out.
    pub fn is_index(&self) -> Result<bool, IndexError> {
        match self {
            Self::Folder(folder) => Ok(manifest::is_index(folder)),
            Self::Cluster(cluster) => remote::is_index(cluster),
        }
    }

    /// The folder, or the address without secrets: what messages call it.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Folder(folder) => folder.clone(),
            Self::Cluster(cluster) => cluster.path(),
        }
    }

    /// The path of the store's own files, for messages, or where they are files, for good.
    fn store(&self, store: &str) -> PathBuf {
        self.path().join(store)
    }

    pub(super) fn damaged(&self, cause: &str) -> IndexError {
        IndexError::damaged(&self.path(), cause)
    }

    /// The marker; `None` where nothing was ever indexed.
    pub(super) fn marker(&self) -> Result<Option<Marker>, IndexError> {
        match self {
            Self::Folder(folder) => Marker::read(folder),
            Self::Cluster(cluster) => remote::marker(cluster),
        }
    }

    pub(super) fn set_marker(&self, marker: &Marker) -> Result<(), IndexError> {
        match self {
            Self::Folder(folder) => marker.write(folder),
            Self::Cluster(cluster) => remote::set_marker(cluster, marker),
        }
    }

    /// Keeps other writers out until the value goes. `known` tells whether sayso made an index here.
    pub(super) fn lock(&self, known: impl FnOnce() -> Result<bool, IndexError>) -> Result<Box<dyn Any>, IndexError> {
        match self {
            Self::Folder(folder) => Ok(Box::new(local::lock(folder, known)?)),
            Self::Cluster(cluster) => remote::lock(cluster, known),
        }
    }

    /// One try to open the committed state of a store: may fail where a writer replaces it meanwhile.
    pub(super) fn open(&self, store: &str) -> Result<Opened, IndexError> {
        match self {
            Self::Folder(_) => local::open(&self.store(store)),
            Self::Cluster(cluster) => remote::open(cluster, store),
        }
    }

    /// What changes whenever a store does; two equal ones mean that no writer made opening fail.
    pub(super) fn state(&self, store: &str) -> Option<Vec<u8>> {
        match self {
            Self::Folder(_) => std::fs::read(self.store(store).join("meta.json")).ok(),
            Self::Cluster(cluster) => remote::head_bytes(cluster, store),
        }
    }

    /// The files of a generation.
    pub(super) fn files(&self, store: &str, generation: u64) -> Result<Files, IndexError> {
        match self {
            Self::Folder(_) => Files::read(&manifest::files_path(&self.store(store), generation)),
            Self::Cluster(cluster) => remote::files(cluster, store, generation),
        }
    }

    /// The committed generation of a store and its files; `None` where nothing was committed.
    pub(super) fn committed(&self, store: &str) -> Result<Option<(u64, Files)>, IndexError> {
        match self {
            Self::Folder(_) => local::committed(&self.store(store)),
            Self::Cluster(cluster) => remote::committed(cluster, store),
        }
    }

    /// Opens a store for writing, or begins it.
    pub(super) fn begin(&self, store: &str) -> Result<Begun, IndexError> {
        match self {
            Self::Folder(_) => local::begin(&self.store(store)),
            Self::Cluster(cluster) => remote::begin(cluster, store),
        }
    }

    /// Removes stores that no marker names: leftovers of an interrupted or finished rebuild.
    pub(super) fn sweep(&self, current: &str) {
        match self {
            Self::Folder(folder) => local::sweep(folder, current),
            Self::Cluster(cluster) => remote::sweep(cluster, current),
        }
    }

    /// The folder whose files are the index's own, and no documents.
    pub(super) fn own_folder(&self) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.canonicalize().unwrap_or_else(|_| folder.clone())),
            Self::Cluster(_) => None,
        }
    }

    /// How much room it takes, in bytes.
    pub(super) fn size(&self) -> Result<u64, IndexError> {
        match self {
            Self::Folder(folder) => Ok(local::size(folder)),
            Self::Cluster(cluster) => remote::size(cluster),
        }
    }
}
