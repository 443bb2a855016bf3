//! A store on the cluster becomes a [`Backend`]: few requests for much at once, and what came with one answer is not asked for again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::answers::{Counted, Document, Gotten, OneOf, Searched, SearchedAll};
use super::cluster::Cluster;
use super::http::Method;
use super::state::{self, Stored, Table};
use super::{fields, queries, word};
use crate::index::backend::{Address, Backend, Found, Listed};
use crate::index::catalog::Catalog;
use crate::index::error::IndexError;
use crate::index::home::Opened;
use crate::index::manifest::FORMAT;
use crate::index::recent::Recent;
use crate::index::search::{Filter, Search};
use crate::span::Span;
use crate::text::Language;

/// Entries kept: at most twice as many, some ten megabytes.
const KEPT: usize = 2_048;
/// Entries fetched in one request.
const FETCHED: usize = 400;
/// Entries listed in one request.
const PAGE: usize = 5_000;
/// Names listed in one request.
const NAMES: usize = 1_000;
/// A document of no more entries is fetched whole; in a longer one a place is searched for.
const SHORT: u32 = 48;
/// How many of a document's entries are asked for before it is known how many it has.
const FIRST: u32 = 8;

/// Opens the committed state of a store.
pub(in crate::index) fn open(cluster: &Cluster, store: &str) -> Result<Opened, IndexError> {
    let name = cluster.path().join(store);
    let head = state::head(cluster, store)?;
    let (head, _) = head.ok_or_else(|| IndexError::damaged(&name, "no generation is named"))?;
    let index = cluster.store(store);
    if state::meta(cluster, &index)?.flatten() != Some(FORMAT.into()) {
        return Err(IndexError::damaged(&name, "its entries are gone, or another's are in their place"));
    }
    let counted: Counted = cluster.client.ask(Method::Get, &format!("{index}/_count"), &[])?;
    let stored = Stored::new(cluster, store, &head, Table::Documents);
    let catalog = Catalog::over(&stored.name(), Box::new(stored))?;
    let reader = Reader {
        cluster: cluster.clone(),
        index,
        chunks: counted.count,
        entries: Mutex::new(Recent::new(KEPT)),
        lengths: Mutex::default(),
        frequencies: Mutex::default(),
    };
    Ok(Opened { generation: head.generation, catalog, backend: Box::new(reader) })
}

/// A store that is read. An address is the document's key and the entry's place in it.
struct Reader {
    cluster: Cluster,
    index: String,
    chunks: u64,
    entries: Mutex<Recent<Address, Kept>>,
    /// How many entries a document has, by its key.
    lengths: Mutex<BTreeMap<u32, u32>>,
    frequencies: Mutex<BTreeMap<String, u64>>,
}

/// An entry as it came.
struct Kept {
    start: usize,
    body: Vec<u8>,
}

/// What an entry's source must hold.
#[derive(Deserialize)]
struct Source {
    document: u32,
    place: u32,
    of: u32,
    start: usize,
    body: String,
}

/// An entry that a search found.
#[derive(Deserialize)]
struct Scored {
    #[serde(rename = "_score")]
    score: f32,
    #[serde(rename = "_source")]
    source: Source,
}

/// An entry of which only the place matters.
#[derive(Deserialize)]
struct Listing {
    sort: [u32; 2],
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reader {
    fn fault(&self, cause: &str, step: &str) -> IndexError {
        IndexError::engine_fault(self.cluster.client.node(), &format!("{}: {cause}", self.index), step)
    }

    fn changed(&self) -> IndexError {
        self.fault("entries are not there any more: the index was changed meanwhile", "try again")
    }

    fn post<T: super::answers::Whole + serde::de::DeserializeOwned>(&self, what: &str, body: &[u8]) -> Result<T, IndexError> {
        self.cluster.client.ask(Method::Post, &format!("{}/{what}", self.index), body)
    }

    /// Takes an entry in.
    fn keep(&self, source: Source) -> Result<(Address, Arc<Kept>), IndexError> {
        let address = Address { part: source.document, entry: source.place };
        let wrong =
            || self.fault(&format!("the entry {} is not what was written", fields::id(address.part, address.entry as usize)), REBUILD);
        let body = STANDARD.decode(&source.body).map_err(|_| wrong())?;
        if source.place >= source.of {
            return Err(wrong());
        }
        let kept = Arc::new(Kept { start: source.start, body });
        lock(&self.lengths).insert(source.document, source.of);
        lock(&self.entries).keep(address, Arc::clone(&kept));
        Ok((address, kept))
    }

    /// The entry at an address; `None` where there is none.
    fn entry(&self, address: Address) -> Result<Option<Arc<Kept>>, IndexError> {
        let known = lock(&self.entries).get(address);
        if known.is_some() {
            return Ok(known);
        }
        Ok(self.fetch(&[address])?.pop().flatten())
    }

    /// Entries by address, in the same order; none for those that are not there.
    fn fetch(&self, addresses: &[Address]) -> Result<Vec<Option<Arc<Kept>>>, IndexError> {
        let mut fetched = Vec::with_capacity(addresses.len());
        for batch in addresses.chunks(FETCHED) {
            let ids: Vec<String> = batch.iter().map(|address| fields::id(address.part, address.entry as usize)).collect();
            let gotten: Gotten<Source> = self.post("_mget?preference=sayso", json!({"ids": ids}).to_string().as_bytes())?;
            if gotten.docs.len() != batch.len() {
                return Err(self.fault("it sent fewer entries than were asked for", "check the address"));
            }
            for (one, &address) in gotten.docs.into_iter().zip(batch) {
                fetched.push(self.received(one, address)?);
            }
        }
        Ok(fetched)
    }

    fn received(&self, one: OneOf<Document<Source>>, address: Address) -> Result<Option<Arc<Kept>>, IndexError> {
        let OneOf::Answered(Document { found: true, source, .. }) = one else { return Ok(None) };
        let source = source.ok_or_else(|| self.fault("an entry came without its content", "check the address"))?;
        let (received, kept) = self.keep(source)?;
        if received == address { Ok(Some(kept)) } else { Err(self.fault("it sent an entry that was not asked for", REBUILD)) }
    }

    /// Fetches those of the entries that are not here yet.
    fn fetch_missing(&self, addresses: impl Iterator<Item = Address>) -> Result<(), IndexError> {
        let mut missing: Vec<Address> = addresses.filter(|&address| lock(&self.entries).get(address).is_none()).collect();
        missing.sort_unstable();
        missing.dedup();
        self.fetch(&missing).map(|_| ())
    }

    /// How many entries a document has.
    fn length(&self, key: u32) -> Result<u32, IndexError> {
        let known = lock(&self.lengths).get(&key).copied();
        if let Some(length) = known {
            return Ok(length);
        }
        let first: Vec<Address> = (0..FIRST).map(|entry| Address { part: key, entry }).collect();
        // A document without a word has none.
        let found = self.fetch(&first)?.first().is_some_and(Option::is_some);
        Ok(if found { lock(&self.lengths).get(&key).copied().unwrap_or_default() } else { 0 })
    }

    fn start(&self, address: Address) -> Result<usize, IndexError> {
        Ok(self.entry(address)?.ok_or_else(|| self.changed())?.start)
    }

    /// How many of a document's first entries begin before a byte.
    fn begin_before(&self, key: u32, length: u32, byte: usize) -> Result<u32, IndexError> {
        let (mut low, mut high) = (0, length);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.start(Address { part: key, entry: middle })? < byte {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }
}

/// What to do about entries that make no sense.
const REBUILD: &str = "build it again with `sayso index PATH… --rebuild`";

impl Backend for Reader {
    fn search(&self, search: &Search, excluded: &[Language], limit: usize) -> Result<Vec<Found>, IndexError> {
        let Some(query) = queries::query(search, excluded) else { return Ok(Vec::new()) };
        let order = json!([{"_score": "desc"}, {"document": "asc"}, {"place": "asc"}]);
        let body = json!({"size": limit, "track_total_hits": false, "query": query, "sort": order});
        let what = "_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false&preference=sayso";
        let found: Searched<Scored> = self.post(what, body.to_string().as_bytes())?;
        let one = |Scored { score, source }: Scored| {
            let (address, kept) = self.keep(source)?;
            Ok(Found { address, key: address.part, start: kept.start, score })
        };
        found.hits.hits.into_iter().map(one).collect()
    }

    fn quoting(&self, filter: &Filter) -> Result<Vec<Address>, IndexError> {
        let mut addresses: Vec<Address> = Vec::new();
        let mut body = json!({
            "size": PAGE, "track_total_hits": false, "_source": false, "query": queries::quoting(filter),
            "sort": [{"document": "asc"}, {"place": "asc"}],
        });
        loop {
            let found: Searched<Listing> =
                self.post("_search?allow_partial_search_results=false&preference=sayso", body.to_string().as_bytes())?;
            addresses.extend(found.hits.hits.iter().map(|Listing { sort: [part, entry] }| Address { part: *part, entry: *entry }));
            match found.hits.hits.last() {
                Some(last) if found.hits.hits.len() == PAGE => body["search_after"] = json!(last.sort),
                _ => return Ok(addresses),
            }
        }
    }

    fn frequencies(&self, stems: &[&str]) -> Result<Vec<u64>, IndexError> {
        let unknown: Vec<&str> = stems.iter().copied().filter(|stem| !lock(&self.frequencies).contains_key(*stem)).collect();
        for batch in unknown.chunks(NAMES) {
            let search = |stem: &&str| json!({"size": 0, "track_total_hits": true, "query": {"term": {"stems": word(stem)}}});
            let lines: String = batch.iter().map(|stem| format!("{{\"preference\":\"sayso\"}}\n{}\n", search(stem))).collect();
            let answer: SearchedAll = self.post("_msearch", lines.as_bytes())?;
            if answer.responses.len() != batch.len() {
                return Err(self.fault("it answered fewer questions than were asked", "check the address"));
            }
            for (stem, one) in batch.iter().zip(&answer.responses) {
                let OneOf::Answered(answer) = one else { continue };
                lock(&self.frequencies).insert((*stem).to_owned(), answer.total().unwrap_or_default());
            }
        }
        let known = lock(&self.frequencies);
        Ok(stems.iter().map(|stem| known.get(*stem).copied().unwrap_or_default()).collect())
    }

    fn chunks(&self) -> u64 {
        self.chunks
    }

    fn listed(&self, what: Listed) -> Result<Vec<String>, IndexError> {
        let field = match what {
            Listed::Outlets => "outlet",
            Listed::Speakers => "name",
            Listed::Languages => "language",
        };
        let mut names: Vec<String> = Vec::new();
        loop {
            let mut composite = json!({"size": NAMES, "sources": [{"name": {"terms": {"field": field}}}]});
            if let Some(last) = names.last() {
                composite["after"] = json!({"name": last});
            }
            let body = json!({"size": 0, "track_total_hits": false, "aggs": {"names": {"composite": composite}}});
            let answer: Searched<Value> =
                self.post("_search?allow_partial_search_results=false&preference=sayso", body.to_string().as_bytes())?;
            let buckets = answer.aggregations.as_ref().and_then(|all| all.pointer("/names/buckets")?.as_array());
            let buckets = buckets.ok_or_else(|| self.fault("it did not list the names", "check the address"))?;
            let name = |bucket: &Value| bucket.pointer("/key/name").and_then(Value::as_str).map(str::to_owned);
            names.extend(buckets.iter().filter_map(name));
            if buckets.len() < NAMES {
                break;
            }
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn place(&self, address: Address) -> Result<(u32, usize), IndexError> {
        Ok((address.part, self.start(address)?))
    }

    fn neighbours(&self, address: Address) -> Result<(Option<Address>, Option<Address>), IndexError> {
        let length = self.length(address.part)?;
        let before = address.entry.checked_sub(1).map(|entry| Address { entry, ..address });
        let after = address.entry.checked_add(1).filter(|&entry| entry < length).map(|entry| Address { entry, ..address });
        Ok((before, after))
    }

    fn addresses(&self, key: u32) -> Result<Vec<Address>, IndexError> {
        Ok((0..self.length(key)?).map(|entry| Address { part: key, entry }).collect())
    }

    fn body(&self, address: Address, take: &mut dyn FnMut(&[u8])) -> Result<(), IndexError> {
        take(&self.entry(address)?.ok_or_else(|| self.changed())?.body);
        Ok(())
    }

    fn prepare(&self, addresses: &[Address]) -> Result<(), IndexError> {
        self.fetch_missing(addresses.iter().copied())
    }

    fn prepare_around(&self, addresses: &[Address]) -> Result<(), IndexError> {
        let mut around = Vec::with_capacity(addresses.len() * 3);
        for &address in addresses {
            let (before, after) = self.neighbours(address)?;
            around.extend(before.into_iter().chain([address]).chain(after));
        }
        self.fetch_missing(around.into_iter())
    }

    fn touched(&self, key: u32, span: Span) -> Result<Vec<Address>, IndexError> {
        let length = self.length(key)?;
        if length <= SHORT {
            self.prepare(&self.addresses(key)?)?;
        }
        let first = self.begin_before(key, length, span.start.saturating_add(1))?.saturating_sub(1);
        let last = self.begin_before(key, length, span.end)?.max(first + 1).min(length);
        Ok((first..last).map(|entry| Address { part: key, entry }).collect())
    }
}
