//! A store on the cluster being written: entries in bulk, then the tables, then the head that names them.
//!
//! Entries of replaced documents stay until the end of the run, under keys that the new table does not know: a reader of the state before
//! still finds them. What a killed run left behind is removed by the next one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::answers::{Refreshed, Searched};
use super::bulk::Bulk;
use super::cluster::Cluster;
use super::fields;
use super::http::Method;
use super::lock::Version;
use super::state::{self, Head, Stored, Table};
use crate::index::backend::{Begun, ChunkEntry, Sink};
use crate::index::catalog::{self, Catalog, Entry};
use crate::index::error::IndexError;
use crate::index::manifest::{FORMAT, Files};

/// Keys whose entries are removed in one go.
const KEYS: usize = 500;
/// Entries removed in one go.
const ENTRIES: usize = 5_000;

/// A store open for writing.
struct Writer {
    cluster: Cluster,
    store: String,
    /// The engine's name for the entries.
    index: String,
    bulk: Bulk,
    head: Option<(Head, Option<Version>)>,
    /// Keys of documents removed since the run began.
    leaving: Vec<u32>,
    writer: String,
}

/// Opens a store for writing, or begins it.
pub(in crate::index) fn begin(cluster: &Cluster, store: &str) -> Result<Begun, IndexError> {
    let index = cluster.store(store);
    let head = state::head(cluster, store)?;
    ready(cluster, store, head.is_some())?;
    let committed = match &head {
        Some((head, _)) => {
            let files = state::files_of(cluster, store, head)?;
            let stored = Stored::new(cluster, store, head, Table::Documents);
            let entries = Catalog::over(&stored.name(), Box::new(stored))?.entries()?;
            Some((head.generation, files, entries))
        }
        None => None,
    };
    let bulk = Bulk::new(cluster, &index);
    let mut writer =
        Writer { cluster: cluster.clone(), store: store.to_owned(), index, bulk, head, leaving: Vec::new(), writer: state::token() };
    if let Some((_, files, _)) = &committed {
        writer.tidy(files.next_key)?;
    }
    Ok(Begun { sink: Box::new(writer), committed })
}

/// Makes the index of the entries ready: as it is where something was committed to it, else new and empty.
fn ready(cluster: &Cluster, store: &str, committed: bool) -> Result<(), IndexError> {
    let index = cluster.store(store);
    let found = state::meta(cluster, &index)?;
    if committed {
        return match found {
            Some(Some(format)) if format == FORMAT => Ok(()),
            _ => Err(IndexError::damaged(&cluster.path().join(store), "its entries are gone, or another's are in their place")),
        };
    }
    if found.is_some() {
        state::drop_store(cluster, store)?;
    }
    state::create(cluster, &index, &fields::store(cluster.shards, cluster.replicas))
}

/// An entry of which only the identifier matters.
#[derive(Deserialize)]
struct Identified {
    #[serde(rename = "_id")]
    id: String,
}

impl Writer {
    /// Removes what killed runs left: entries that were never committed, and those that were about to go.
    fn tidy(&mut self, next_key: u32) -> Result<(), IndexError> {
        self.delete(&json!({"range": {"document": {"gte": next_key}}}))?;
        let leaving = self.head.as_ref().map(|(head, _)| head.leaving.clone()).unwrap_or_default();
        self.leaving = leaving;
        Ok(())
    }

    /// Removes the entries that fit a query.
    fn delete(&mut self, query: &Value) -> Result<(), IndexError> {
        let body = json!({"size": ENTRIES, "_source": false, "sort": ["_doc"], "query": query}).to_string().into_bytes();
        let path = format!("{}/_search?allow_partial_search_results=false", self.index);
        loop {
            self.refresh()?;
            let found: Searched<Identified> = self.cluster.client.ask(Method::Post, &path, &body)?;
            if found.hits.hits.is_empty() {
                return Ok(());
            }
            found.hits.hits.iter().try_for_each(|entry| self.bulk.delete(&entry.id))?;
            self.bulk.flush()?;
        }
    }

    /// Makes what was written show in searches.
    fn refresh(&self) -> Result<(), IndexError> {
        self.cluster.client.ask::<Refreshed>(Method::Post, &format!("{}/_refresh", self.index), &[]).map(|_| ())
    }
}

impl Sink for Writer {
    fn add(&mut self, key: u32, entries: Vec<ChunkEntry>) -> Result<(), IndexError> {
        let of = entries.len();
        for (place, mut entry) in entries.into_iter().enumerate() {
            let body = STANDARD.encode(std::mem::take(&mut entry.body));
            let document = fields::entry(key, place, of, &entry, body);
            let document = document.map_err(|error| IndexError::damaged(&self.cluster.path(), error))?;
            self.bulk.put(&fields::id(key, place), &document)?;
        }
        Ok(())
    }

    fn remove(&mut self, key: u32) -> Result<(), IndexError> {
        self.leaving.push(key);
        Ok(())
    }

    fn commit(&mut self, number: u64, table: &[Entry], files: &Files) -> Result<(), IndexError> {
        self.bulk.flush()?;
        self.refresh()?;
        let mut state = Bulk::new(&self.cluster, &self.cluster.name);
        let path = self.cluster.path();
        let mut documents = Vec::new();
        catalog::encode(&path, table, &mut documents)?;
        let documents = state::write(&mut state, &self.store, number, Table::Documents, &documents)?;
        let files = state::write(&mut state, &self.store, number, Table::Files, &files.to_bytes(&path)?)?;
        state.flush()?;
        let head = Head { generation: number, files, documents, leaving: self.leaving.clone(), writer: self.writer.clone() };
        let before = self.head.take();
        let version = state::set_head(&self.cluster, &self.store, &head, before.as_ref().and_then(|(_, version)| *version))?;
        self.head = Some((head, version));
        if let Some((before, _)) = before {
            state::forget(&mut state, &self.store, &before)?;
            state.flush()?;
        }
        Ok(())
    }

    /// Removes the entries of documents that are gone.
    fn close(&mut self) -> Result<(), IndexError> {
        let committed = self.head.as_ref().map(|(head, _)| head.leaving.clone()).unwrap_or_default();
        for keys in committed.chunks(KEYS) {
            self.delete(&json!({"terms": {"document": keys}}))?;
        }
        if let Some((mut head, version)) = self.head.take().filter(|(head, _)| !head.leaving.is_empty()) {
            head.leaving.clear();
            let version = state::set_head(&self.cluster, &self.store, &head, version)?;
            self.head = Some((head, version));
        }
        self.leaving.clear();
        Ok(())
    }
}
