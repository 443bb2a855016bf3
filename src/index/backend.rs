//! What the index asks of a search engine: the few operations that everything else is made of.
//!
//! Two engines do them: [`local`](super::local), files on this machine that tantivy reads, and [`remote`](super::remote), a cluster spoken
//! to over HTTP. Whoever is above knows neither. An engine keeps *entries*, one for each [`Chunk`](super::chunk::Chunk), and says which of
//! them fit; what the words mean, how a chunk is packed and which document a key belongs to is not its concern.

use super::catalog::Entry;
use super::error::IndexError;
use super::manifest::Files;
use super::search::{Filter, Search};
use crate::span::Span;
use crate::text::Language;

/// What is indexed of one chunk.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ChunkEntry {
    /// First byte of the chunk in its document.
    pub(super) start: usize,
    /// Day of publication, as days since 1970-01-01.
    pub(super) published: Option<i64>,
    /// The outlet.
    pub(super) outlet: Option<String>,
    /// Stems of the document's title, with spaces between them.
    pub(super) title: String,
    /// Stems of the article's words.
    pub(super) stems: String,
    /// Stems of words inside quotations.
    pub(super) said: String,
    /// Stems of words outside the article.
    pub(super) aside: String,
    /// In a document of another language than English, its code …
    pub(super) language: Option<&'static str>,
    /// … and the article's words stemmed by that language's rules; `stems` has them as an English question would.
    pub(super) own: String,
    /// Folded words of the speakers' names and roles.
    pub(super) speaker: String,
    /// The speakers' full names.
    pub(super) names: Vec<String>,
    /// Whether anything is quoted in it, speech or not.
    pub(super) quotes: bool,
    /// The packed chunk.
    pub(super) body: Vec<u8>,
}

/// Where an entry lies in its engine: meaningless outside it, and for this state of the index only.
///
/// Entries of one document that follow each other in it follow each other in this order as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    /// The segment, or the document's key.
    pub(super) part: u32,
    /// The entry within it.
    pub(super) entry: u32,
}

/// An entry that a search found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) address: Address,
    /// The key of its document.
    pub(super) key: u32,
    /// First byte of the chunk in its document.
    pub(super) start: usize,
    /// BM25.
    pub(super) score: f32,
}

/// What can be listed without looking at the entries one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// The outlets.
    Outlets,
    /// The full names of speakers.
    Speakers,
    /// The codes of languages other than English.
    Languages,
}

/// An engine that is asked: one state of its entries.
pub(super) trait Backend: Send + Sync {
    /// The best entries, `limit` at most (the search's own limit is the caller's business), none of documents in the excluded languages.
    fn search(&self, search: &Search, excluded: &[Language], limit: usize) -> Result<Vec<Found>, IndexError>;

    /// The entries within the limits that may hold quotations, in the order of their addresses.
    fn quoting(&self, filter: &Filter) -> Result<Vec<Address>, IndexError>;

    /// How many entries hold each of the stems among the article's words.
    fn frequencies(&self, stems: &[&str]) -> Result<Vec<u64>, IndexError>;

    /// How many entries there are.
    fn chunks(&self) -> u64;

    /// All outlets, or all speakers, each once, sorted.
    fn listed(&self, what: Listed) -> Result<Vec<String>, IndexError>;

    /// The key of the document an entry belongs to, and the entry's first byte there.
    fn place(&self, address: Address) -> Result<(u32, usize), IndexError>;

    /// The entries before and after this one that belong to the same document.
    fn neighbours(&self, address: Address) -> Result<(Option<Address>, Option<Address>), IndexError>;

    /// The entries of a document, in order.
    fn addresses(&self, key: u32) -> Result<Vec<Address>, IndexError>;

    /// Hands the packed chunk at an address to `take`.
    fn body(&self, address: Address, take: &mut dyn FnMut(&[u8])) -> Result<(), IndexError>;

    /// Says that the chunks at these addresses will be asked for: an engine far away fetches them in one go.
    fn prepare(&self, _addresses: &[Address]) -> Result<(), IndexError> {
        Ok(())
    }

    /// Says that the chunks at these addresses and those next to them will be asked for.
    fn prepare_around(&self, _addresses: &[Address]) -> Result<(), IndexError> {
        Ok(())
    }

    /// The entries of a document that a span touches; for one outside the document, the nearest.
    fn touched(&self, key: u32, span: Span) -> Result<Vec<Address>, IndexError> {
        let addresses = self.addresses(key)?;
        let starts: Vec<usize> = addresses.iter().map(|&address| Ok(self.place(address)?.1)).collect::<Result<_, IndexError>>()?;
        let first = starts.partition_point(|&start| start <= span.start).saturating_sub(1);
        let last = starts.partition_point(|&start| start < span.end).max(first + 1);
        Ok(addresses.get(first..last.min(addresses.len())).unwrap_or_default().to_vec())
    }
}

/// An engine that is written to; the caller holds the lock.
pub(super) trait Sink {
    /// Adds the entries of the document `key`, in order.
    fn add(&mut self, key: u32, entries: Vec<ChunkEntry>) -> Result<(), IndexError>;

    /// Removes the entries of the document `key`.
    fn remove(&mut self, key: u32) -> Result<(), IndexError>;

    /// Makes everything added and removed so far the state that readers see, as generation `number`, together with the table of documents and
    /// the list of files.
    fn commit(&mut self, number: u64, table: &[Entry], files: &Files) -> Result<(), IndexError>;

    /// Ends writing; what was not committed is lost.
    fn close(&mut self) -> Result<(), IndexError>;
}

/// A store opened for writing, with what was committed to it last.
pub(super) struct Begun {
    pub(super) sink: Box<dyn Sink>,
    /// The committed generation, its files and its documents; `None` where nothing was ever committed.
    pub(super) committed: Option<(u64, Files, Vec<Entry>)>,
}
