//! A store becomes a [`Backend`]: one consistent state of it, read without locks and without loading what is not asked for.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::collector::DocSetCollector;
use tantivy::columnar::Column;
use tantivy::directory::MmapDirectory;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, DocSet, ReloadPolicy, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

use super::intact;
use super::schema::{self, Fields};
use super::storage::Unlocked;
use super::top;
use crate::index::backend::{Address, Backend, Found, Listed};
use crate::index::catalog::Catalog;
use crate::index::error::IndexError;
use crate::index::home::Opened;
use crate::index::manifest;
use crate::index::search::{Filter, Search};
use crate::text::Language;

/// Blocks of stored chunks kept unpacked, of 16 KiB each.
const CACHED_BLOCKS: usize = 256;

/// One try to open a store: fails where a writer replaced the files meanwhile.
pub(in crate::index) fn open(store: &Path) -> Result<Opened, IndexError> {
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
    let reader = Reader { store: store.to_owned(), searcher, fields: schema::schema().1, columns };
    Ok(Opened { generation, catalog, backend: Box::new(reader) })
}

/// A store that is read.
struct Reader {
    store: PathBuf,
    searcher: Searcher,
    fields: Fields,
    columns: Vec<OnceLock<Columns>>,
}

/// Where the entries of one segment lie.
struct Columns {
    document: Column<u64>,
    start: Column<u64>,
}

impl From<DocAddress> for Address {
    fn from(address: DocAddress) -> Self {
        Self { part: address.segment_ord, entry: address.doc_id }
    }
}

impl From<Address> for DocAddress {
    fn from(address: Address) -> Self {
        Self { segment_ord: address.part, doc_id: address.entry }
    }
}

impl Reader {
    fn columns(&self, segment: u32) -> Result<&Columns, IndexError> {
        let place = self.columns.get(segment as usize).ok_or_else(|| IndexError::damaged(&self.store, "no such segment"))?;
        if let Some(columns) = place.get() {
            return Ok(columns);
        }
        let fast = self.searcher.segment_reader(segment).fast_fields();
        let columns = IndexError::guard(&self.store, || Ok(Columns { document: fast.u64("document")?, start: fast.u64("start")? }))?;
        Ok(place.get_or_init(|| columns))
    }

    /// The segments with their numbers.
    fn segments(&self) -> impl Iterator<Item = (u32, &SegmentReader)> {
        (0..).zip(self.searcher.segment_readers())
    }
}

impl Backend for Reader {
    fn search(&self, search: &Search, excluded: &[Language], limit: usize) -> Result<Vec<Found>, IndexError> {
        let query = self.fields.query(search, excluded);
        let wanted = top::Wanted { limit, near: search.near };
        let found = IndexError::guard(&self.store, || top::top(&self.searcher, &query, wanted))?;
        let place = |(score, address): (f32, DocAddress)| {
            let address = Address::from(address);
            let (key, start) = self.place(address)?;
            Ok(Found { address, key, start, score })
        };
        found.into_iter().map(place).collect()
    }

    fn quoting(&self, filter: &Filter) -> Result<Vec<Address>, IndexError> {
        let query = self.fields.within(filter);
        let found = IndexError::guard(&self.store, || self.searcher.search(&query, &DocSetCollector))?;
        let mut found: Vec<Address> = found.into_iter().map(Address::from).collect();
        found.sort_unstable();
        Ok(found)
    }

    fn frequencies(&self, stems: &[&str]) -> Result<Vec<u64>, IndexError> {
        let term = |stem: &&str| Term::from_field_text(self.fields.stems, stem);
        stems.iter().map(|stem| IndexError::guard(&self.store, || self.searcher.doc_freq(&term(stem)))).collect()
    }

    fn chunks(&self) -> u64 {
        self.searcher.num_docs()
    }

    fn listed(&self, what: Listed) -> Result<Vec<String>, IndexError> {
        let field = match what {
            Listed::Outlets => self.fields.outlet,
            Listed::Speakers => self.fields.name,
            Listed::Languages => self.fields.language,
        };
        let mut names = Vec::new();
        for (_, segment) in self.segments() {
            names.extend(IndexError::guard(&self.store, || living_terms(segment, field))?);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn place(&self, address: Address) -> Result<(u32, usize), IndexError> {
        let columns = self.columns(address.part)?;
        let read = || Ok((columns.document.first(address.entry), columns.start.first(address.entry)));
        let (key, start) = IndexError::guard(&self.store, read)?;
        Ok((key.unwrap_or_default() as u32, start.unwrap_or_default() as usize))
    }

    fn neighbours(&self, address: Address) -> Result<(Option<Address>, Option<Address>), IndexError> {
        let (key, _) = self.place(address)?;
        let segment = self.searcher.segment_reader(address.part);
        let same = |entry: Option<u32>| -> Result<Option<Address>, IndexError> {
            let Some(entry) = entry.filter(|&entry| entry < segment.max_doc()) else { return Ok(None) };
            let neighbour = Address { entry, ..address };
            Ok((self.place(neighbour)?.0 == key).then_some(neighbour))
        };
        Ok((same(address.entry.checked_sub(1))?, same(address.entry.checked_add(1))?))
    }

    fn addresses(&self, key: u32) -> Result<Vec<Address>, IndexError> {
        let term = Term::from_field_u64(self.fields.document, u64::from(key));
        for (part, segment) in self.segments() {
            let doc_ids = IndexError::guard(&self.store, || {
                let inverted = segment.inverted_index(self.fields.document)?;
                Ok(inverted.read_postings(&term, IndexRecordOption::Basic)?.map(doc_ids).unwrap_or_default())
            })?;
            if !doc_ids.is_empty() {
                return Ok(doc_ids.into_iter().map(|entry| Address { part, entry }).collect());
            }
        }
        Ok(Vec::new())
    }

    fn body(&self, address: Address, take: &mut dyn FnMut(&[u8])) -> Result<(), IndexError> {
        let entry: TantivyDocument = IndexError::guard(&self.store, || self.searcher.doc(address.into()))?;
        entry.get_first(self.fields.body).and_then(|value| value.as_bytes()).into_iter().for_each(take);
        Ok(())
    }
}

fn doc_ids(mut postings: SegmentPostings) -> Vec<DocId> {
    let mut doc_ids = Vec::new();
    while postings.doc() != TERMINATED {
        doc_ids.push(postings.doc());
        postings.advance();
    }
    doc_ids
}

fn living_terms(segment: &SegmentReader, field: Field) -> tantivy::Result<Vec<String>> {
    let inverted = segment.inverted_index(field)?;
    let mut stream = inverted.terms().stream()?;
    let mut terms = Vec::new();
    while stream.advance() {
        let postings = inverted.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
        if lives(segment, postings) {
            terms.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
        }
    }
    Ok(terms)
}

/// Whether any of the entries was not removed.
fn lives(segment: &SegmentReader, mut postings: SegmentPostings) -> bool {
    while postings.doc() != TERMINATED {
        if !segment.is_deleted(postings.doc()) {
            return true;
        }
        postings.advance();
    }
    false
}
