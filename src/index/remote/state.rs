//! What an index on a cluster knows of itself: marker, heads, and the pieces of its tables.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answers::{Acknowledged, Anything, CONFLICT, Document, Written};
use super::bulk::Bulk;
use super::cluster::Cluster;
use super::http::Method;
use super::lock::Version;
use crate::index::catalog::Bytes;
use crate::index::error::IndexError;
use crate::index::manifest::{Files, Marker};
use crate::index::recent::Recent;

/// Bytes of a piece.
const PIECE: usize = 1 << 20;
/// Pieces kept in memory: at most twice as many.
const KEPT: usize = 16;
/// What the mapping of the index of states says of itself.
const STATE: &str = "state";

/// The marker as a document.
#[derive(Serialize, Deserialize)]
struct Marked {
    marker: String,
}

/// What names a committed state of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) generation: u64,
    pub(super) files: Pieces,
    pub(super) documents: Pieces,
    /// Keys of documents whose entries are still to be removed: readers of the state before may need them.
    pub(super) leaving: Vec<u32>,
    /// Who wrote it.
    pub(super) writer: String,
}

/// A run of bytes kept in pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pieces {
    pub(super) bytes: u64,
}

impl Pieces {
    fn count(self) -> u64 {
        self.bytes.div_ceil(PIECE as u64)
    }
}

/// One piece as a document.
#[derive(Serialize, Deserialize)]
struct Piece {
    bytes: String,
}

/// Which of a generation's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Files,
    Documents,
}

impl Table {
    fn piece(self, store: &str, generation: u64, number: u64) -> String {
        let name = match self {
            Self::Files => "files",
            Self::Documents => "documents",
        };
        format!("{store}-{generation}-{name}-{number}")
    }
}

/// Something that is told from all others.
pub(super) fn token() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    format!("{}-{since}", std::process::id())
}

/// Makes the index of states ready, where there is none; refuses one that somebody else made.
pub(super) fn prepare(cluster: &Cluster, known: impl FnOnce() -> Result<bool, IndexError>) -> Result<(), IndexError> {
    if known()? {
        return Ok(());
    }
    match meta(cluster, &cluster.name)? {
        None => create(
            cluster,
            &cluster.name,
            &json!({
                "settings": {"number_of_shards": 1, "number_of_replicas": cluster.replicas},
                "mappings": {"enabled": false, "_meta": {"sayso": STATE}},
            }),
        ),
        Some(Some(found)) if found == STATE => Ok(()),
        Some(_) => Err(IndexError::engine_fault(
            &cluster.to_string(),
            "an index of this name is there, and sayso did not make it",
            "choose another name: http://HOST:PORT/NAME",
        )),
    }
}

/// Creates an index; one that is there already, made by another try of ours, will do.
pub(super) fn create(cluster: &Cluster, index: &str, body: &Value) -> Result<(), IndexError> {
    let bytes = body.to_string().into_bytes();
    match cluster.client.ask::<Acknowledged>(Method::Put, index, &bytes) {
        Err(error) if error.to_string().contains("resource_already_exists_exception") => Ok(()),
        done => done.map(|_| ()),
    }
}

/// What the mapping of an index says of who made it; `None` where there is no such index.
pub(super) fn meta(cluster: &Cluster, index: &str) -> Result<Option<Option<Value>>, IndexError> {
    let found: Option<Anything> = cluster.client.find(Method::Get, &format!("{index}/_mapping"), &[])?;
    Ok(found.map(|Anything(found)| found.get(index).and_then(|index| index.pointer("/mappings/_meta/sayso")).cloned()))
}

/// A document of the index of states; `None` where it is not there.
fn get<S: for<'d> Deserialize<'d>>(cluster: &Cluster, id: &str) -> Result<Option<Document<S>>, IndexError> {
    let found: Option<Document<S>> = cluster.client.find(Method::Get, &format!("{}/_doc/{id}", cluster.name), &[])?;
    Ok(found.filter(|document| document.found))
}

pub(in crate::index) fn is_index(cluster: &Cluster) -> Result<bool, IndexError> {
    Ok(get::<Marked>(cluster, "marker")?.is_some())
}

pub(in crate::index) fn marker(cluster: &Cluster) -> Result<Option<Marker>, IndexError> {
    let marked = get::<Marked>(cluster, "marker")?.and_then(|document| document.source);
    marked.map(|marked| Marker::from_bytes(&cluster.path(), marked.marker.as_bytes())).transpose()
}

pub(in crate::index) fn set_marker(cluster: &Cluster, marker: &Marker) -> Result<(), IndexError> {
    let marker = String::from_utf8_lossy(&marker.to_bytes(&cluster.path())?).into_owned();
    let body = serde_json::to_vec(&Marked { marker }).map_err(|error| IndexError::damaged(&cluster.path(), error))?;
    cluster.client.ask::<Written>(Method::Put, &format!("{}/_doc/marker", cluster.name), &body).map(|_| ())
}

/// The head of a store with its version; `None` where nothing was committed.
pub(super) fn head(cluster: &Cluster, store: &str) -> Result<Option<(Head, Option<Version>)>, IndexError> {
    let found = get::<Head>(cluster, &format!("head-{store}"))?;
    Ok(found.and_then(|document| Some((document.source?, Version::of(document.number, document.term)))))
}

/// Something that changes whenever the head does.
pub(in crate::index) fn head_bytes(cluster: &Cluster, store: &str) -> Option<Vec<u8>> {
    head(cluster, store).ok().flatten().map(|(head, _)| format!("{}-{}", head.generation, head.writer).into_bytes())
}

/// Writes the head over the version given.
pub(super) fn set_head(cluster: &Cluster, store: &str, head: &Head, over: Option<Version>) -> Result<Option<Version>, IndexError> {
    let body = serde_json::to_vec(head).map_err(|error| IndexError::damaged(&cluster.path(), error))?;
    let path = format!("{}/_doc/head-{store}?{}", cluster.name, Version::condition(over));
    let written: Written = cluster.client.ask(Method::Put, &path, &body)?;
    if written.result != CONFLICT {
        return Ok(Version::of(written.number, written.term));
    }
    // The first of two tries may have been ours, its answer lost with its node.
    match self::head(cluster, store)? {
        Some((found, version)) if found == *head => Ok(version),
        _ => Err(IndexError::Locked { directory: cluster.path() }),
    }
}

/// The committed generation of a store and its files; `None` where nothing was committed.
pub(in crate::index) fn committed(cluster: &Cluster, store: &str) -> Result<Option<(u64, Files)>, IndexError> {
    let Some((head, _)) = head(cluster, store)? else { return Ok(None) };
    Ok(Some((head.generation, files_of(cluster, store, &head)?)))
}

/// The files of a generation.
pub(in crate::index) fn files(cluster: &Cluster, store: &str, generation: u64) -> Result<Files, IndexError> {
    match head(cluster, store)? {
        Some((head, _)) if head.generation == generation => files_of(cluster, store, &head),
        _ => Err(IndexError::engine_fault(&cluster.to_string(), "the index was changed meanwhile", "try again")),
    }
}

pub(super) fn files_of(cluster: &Cluster, store: &str, head: &Head) -> Result<Files, IndexError> {
    let pieces = Stored::new(cluster, store, head, Table::Files);
    let bytes = pieces.read(0, usize::try_from(head.files.bytes).unwrap_or(usize::MAX))?;
    Files::from_bytes(&pieces.name, &bytes)
}

/// Writes a table in pieces.
pub(super) fn write(bulk: &mut Bulk, store: &str, generation: u64, table: Table, bytes: &[u8]) -> Result<Pieces, IndexError> {
    for (number, piece) in (0..).zip(bytes.chunks(PIECE)) {
        let body = serde_json::to_vec(&Piece { bytes: STANDARD.encode(piece) });
        let body = body.map_err(|error| IndexError::damaged(&PathBuf::from(store), error))?;
        bulk.put(&table.piece(store, generation, number), &body)?;
    }
    Ok(Pieces { bytes: bytes.len() as u64 })
}

/// Removes the pieces that a head names.
pub(super) fn forget(bulk: &mut Bulk, store: &str, head: &Head) -> Result<(), IndexError> {
    for (table, pieces) in [(Table::Files, head.files), (Table::Documents, head.documents)] {
        (0..pieces.count()).try_for_each(|number| bulk.delete(&table.piece(store, head.generation, number)))?;
    }
    Ok(())
}

/// Removes the stores before and after the current one: leftovers of an interrupted or finished rebuild.
pub(in crate::index) fn sweep(cluster: &Cluster, current: &str) {
    let number = current.strip_prefix("store-").and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    for number in [number.checked_sub(1), number.checked_add(1)].into_iter().flatten().filter(|&number| number > 0) {
        // What cannot be removed now is tried again next time.
        let _ = remove(cluster, &format!("store-{number}"));
    }
}

fn remove(cluster: &Cluster, store: &str) -> Result<(), IndexError> {
    if let Some((head, _)) = head(cluster, store)? {
        let mut bulk = Bulk::new(cluster, &cluster.name);
        forget(&mut bulk, store, &head)?;
        bulk.delete(&format!("head-{store}"))?;
        bulk.flush()?;
    }
    drop_store(cluster, store)
}

/// Removes the entries of a store altogether.
pub(super) fn drop_store(cluster: &Cluster, store: &str) -> Result<(), IndexError> {
    cluster.client.find::<Acknowledged>(Method::Delete, &cluster.store(store), &[]).map(|_| ())
}

/// How much room an index takes on all nodes together, in bytes.
pub(in crate::index) fn size(cluster: &Cluster) -> Result<u64, IndexError> {
    let Some(marker) = marker(cluster)?.filter(|marker| !marker.store.is_empty()) else { return Ok(0) };
    let path = format!("{},{}/_stats/store", cluster.name, cluster.store(&marker.store));
    let Anything(stats) = cluster.client.ask(Method::Get, &path, &[])?;
    let missing = || IndexError::engine_fault(cluster.client.node(), "it does not tell the size of the index", "check the address");
    stats.pointer("/_all/total/store/size_in_bytes").and_then(Value::as_u64).ok_or_else(missing)
}

/// A table that lies in pieces.
pub(super) struct Stored {
    cluster: Cluster,
    name: PathBuf,
    store: String,
    generation: u64,
    table: Table,
    pieces: Pieces,
    kept: Mutex<Recent<u64, Vec<u8>>>,
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Stored").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Stored {
    pub(super) fn new(cluster: &Cluster, store: &str, head: &Head, table: Table) -> Self {
        let pieces = match table {
            Table::Files => head.files,
            Table::Documents => head.documents,
        };
        let name = cluster.path().join(table.piece(store, head.generation, 0));
        let kept = Mutex::new(Recent::new(KEPT));
        Self { cluster: cluster.clone(), name, store: store.to_owned(), generation: head.generation, table, pieces, kept }
    }

    pub(super) fn name(&self) -> PathBuf {
        self.name.clone()
    }

    fn piece(&self, number: u64) -> Result<Arc<Vec<u8>>, IndexError> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(piece) = kept().get(number) {
            return Ok(piece);
        }
        let found = get::<Piece>(&self.cluster, &self.table.piece(&self.store, self.generation, number))?;
        let gone = || IndexError::engine_fault(&self.cluster.to_string(), "the index was changed meanwhile", "try again");
        let piece = found.and_then(|document| document.source).ok_or_else(gone)?;
        let bytes = STANDARD.decode(piece.bytes).map_err(|error| IndexError::damaged(&self.name, error))?;
        let piece = Arc::new(bytes);
        kept().keep(number, Arc::clone(&piece));
        Ok(piece)
    }
}

impl Bytes for Stored {
    fn length(&self) -> Result<u64, IndexError> {
        Ok(self.pieces.bytes)
    }

    fn read(&self, place: u64, length: usize) -> Result<Vec<u8>, IndexError> {
        let short = || IndexError::damaged(&self.name, "cut short");
        let mut bytes = Vec::new();
        while bytes.len() < length {
            let at = place.checked_add(bytes.len() as u64).filter(|at| *at < self.pieces.bytes).ok_or_else(short)?;
            let piece = self.piece(at / PIECE as u64)?;
            let start = (at % PIECE as u64) as usize;
            let end = piece.len().min(start.saturating_add(length - bytes.len()));
            let part = piece.get(start..end).filter(|part| !part.is_empty()).ok_or_else(short)?;
            bytes.extend_from_slice(part);
        }
        Ok(bytes)
    }
}
