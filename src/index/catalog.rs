//! The table of documents: one immutable run of bytes for each state of the index, in a file or elsewhere.
//!
//! Records lie in the order of identifiers and are read one at a time where they lie, so that opening an index of a million documents
//! reads a few bytes. Layout: records, then their places (8 bytes each), then pairs of key and ordinal by key (4 and 4 bytes), then
//! the count, the mark and a checksum of the tables; each record ends with a checksum of its own. The key is what the entries of the search index carry; it never changes while the document does not.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use super::copies::Sketch;
use super::error::IndexError;
use super::{DocumentRecord, Particulars, seal};

/// The last bytes of a whole file.
const MARK: &[u8; 8] = b"saysodoc";
/// Bytes of the count and the mark.
const FOOT: u64 = 16;

/// A document as the table keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) record: DocumentRecord,
    /// What the entries of the search index carry.
    pub(super) key: u32,
    /// The document's words, for finding copies.
    pub(super) sketch: Sketch,
    pub(super) particulars: Particulars,
}

/// Writes the table into a file; `entries` in the order of their ordinals.
pub(super) fn write(path: &Path, entries: &[Entry]) -> Result<(), IndexError> {
    let fail = || IndexError::io(path);
    let mut file = BufWriter::new(File::create(path).map_err(fail())?);
    encode(path, entries, &mut file)?;
    file.into_inner().map_err(|error| fail()(error.into_error()))?.sync_all().map_err(fail())
}

/// Writes the table; `path` is what messages call it.
pub(super) fn encode(path: &Path, entries: &[Entry], out: &mut dyn Write) -> Result<(), IndexError> {
    let fail = || IndexError::io(path);
    let mut places = Vec::with_capacity(entries.len() * 8);
    let mut place = 0_u64;
    for entry in entries {
        let bytes = seal::sealed(postcard::to_allocvec(entry).map_err(|error| IndexError::damaged(path, error))?);
        places.extend_from_slice(&place.to_le_bytes());
        place += bytes.len() as u64;
        out.write_all(&bytes).map_err(fail())?;
    }
    let mut keys: Vec<(u32, u32)> = entries.iter().map(|entry| (entry.key, entry.record.ordinal)).collect();
    keys.sort_unstable();
    places.extend(keys.iter().flat_map(|(key, ordinal)| [key.to_le_bytes(), ordinal.to_le_bytes()].concat()));
    let tables = seal::sealed(places);
    let foot = [&(entries.len() as u64).to_le_bytes(), MARK.as_slice()].concat();
    [tables, foot].iter().try_for_each(|part| out.write_all(part)).map_err(fail())
}

/// Bytes that are read where they lie.
pub(super) trait Bytes: Send + Sync + std::fmt::Debug {
    /// How many there are.
    fn length(&self) -> Result<u64, IndexError>;

    /// `length` of them from `place` on.
    fn read(&self, place: u64, length: usize) -> Result<Vec<u8>, IndexError>;
}

/// The bytes of a file.
#[derive(Debug)]
struct OnDisk {
    path: PathBuf,
    file: Mutex<File>,
}

impl OnDisk {
    fn file(&self) -> MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bytes for OnDisk {
    fn length(&self) -> Result<u64, IndexError> {
        self.file().seek(SeekFrom::End(0)).map_err(IndexError::io(&self.path))
    }

    fn read(&self, place: u64, length: usize) -> Result<Vec<u8>, IndexError> {
        read_at(&mut self.file(), place, length).map_err(IndexError::io(&self.path))
    }
}

/// An open table.
#[derive(Debug)]
pub(super) struct Catalog {
    path: PathBuf,
    bytes: Box<dyn Bytes>,
    count: usize,
    /// Bytes of the records.
    records: u64,
    tables: OnceLock<Tables>,
}

#[derive(Debug)]
struct Tables {
    /// Where each record begins, by ordinal; the end of the last one at the end.
    places: Vec<u64>,
    /// Keys with their ordinals, by key.
    keys: Vec<(u32, u32)>,
    /// Keys by ordinal.
    key_of: Vec<u32>,
    /// Records already read, by ordinal.
    read: Vec<OnceLock<Arc<DocumentRecord>>>,
}

impl Catalog {
    /// The table in a file.
    pub(super) fn open(path: &Path) -> Result<Self, IndexError> {
        let file = Mutex::new(File::open(path).map_err(IndexError::io(path))?);
        Self::over(path, Box::new(OnDisk { path: path.to_owned(), file }))
    }

    /// The table in these bytes; `path` is what messages call it.
    pub(super) fn over(path: &Path, bytes: Box<dyn Bytes>) -> Result<Self, IndexError> {
        let foot = bytes.length()?.checked_sub(FOOT).ok_or_else(|| IndexError::damaged(path, "cut short"))?;
        let end = bytes.read(foot, FOOT as usize)?;
        let count = number(&end, 0);
        let tables = count.checked_mul(16).and_then(|size| foot.checked_sub(size)?.checked_sub(seal::LENGTH as u64));
        let (Some(records), true) = (tables, end.ends_with(MARK)) else { return Err(IndexError::damaged(path, "cut short")) };
        Ok(Self { path: path.to_owned(), bytes, count: count as usize, records, tables: OnceLock::new() })
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    fn tables(&self) -> Result<&Tables, IndexError> {
        if let Some(tables) = self.tables.get() {
            return Ok(tables);
        }
        let bytes = self.bytes.read(self.records, self.count * 16 + seal::LENGTH)?;
        let bytes = seal::opened(&bytes).ok_or_else(|| IndexError::damaged(&self.path, "the places of its records make no sense"))?;
        let (places, keys) = bytes.split_at_checked(self.count * 8).unwrap_or_default();
        let places = places.chunks_exact(8).map(|eight| number(eight, 0)).chain([self.records]).collect();
        let pair = |eight: &[u8]| (number(eight, 0) as u32, (number(eight, 0) >> 32) as u32);
        let keys: Vec<(u32, u32)> = keys.chunks_exact(8).map(pair).collect();
        let mut by_ordinal: Vec<(u32, u32)> = keys.iter().map(|&(key, ordinal)| (ordinal, key)).collect();
        by_ordinal.sort_unstable();
        let tables = Tables {
            places,
            keys,
            key_of: by_ordinal.into_iter().map(|(_, key)| key).collect(),
            read: (0..self.count).map(|_| OnceLock::new()).collect(),
        };
        Ok(self.tables.get_or_init(|| tables))
    }

    fn record_bytes(&self, ordinal: u32) -> Result<Option<Vec<u8>>, IndexError> {
        let places = &self.tables()?.places;
        let at = ordinal as usize;
        let (Some(&start), Some(&end)) = (places.get(at), places.get(at + 1)) else { return Ok(None) };
        let length = end.checked_sub(start).filter(|_| end <= self.records);
        let length = length.ok_or_else(|| IndexError::damaged(&self.path, "a record's place is wrong"))?;
        self.bytes.read(start, length as usize).map(Some)
    }

    /// The whole entry of a document.
    pub(super) fn entry(&self, ordinal: u32) -> Result<Option<Entry>, IndexError> {
        let Some(bytes) = self.record_bytes(ordinal)? else { return Ok(None) };
        let bytes = seal::opened(&bytes).ok_or_else(|| IndexError::damaged(&self.path, "a record makes no sense"))?;
        postcard::from_bytes(bytes).map(Some).map_err(|error| IndexError::damaged(&self.path, error))
    }

    /// All entries, in the order of their ordinals.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, IndexError> {
        (0..self.len() as u32).filter_map(|ordinal| self.entry(ordinal).transpose()).collect()
    }

    /// The document at `ordinal`; `None` past the last.
    pub(super) fn record(&self, ordinal: u32) -> Result<Option<Arc<DocumentRecord>>, IndexError> {
        let Some(place) = self.tables()?.read.get(ordinal as usize) else { return Ok(None) };
        if let Some(record) = place.get() {
            return Ok(Some(Arc::clone(record)));
        }
        let Some(entry) = self.entry(ordinal)? else { return Ok(None) };
        Ok(Some(Arc::clone(place.get_or_init(|| Arc::new(entry.record)))))
    }

    /// The ordinal of the document whose entries carry `key`.
    pub(super) fn ordinal_of(&self, key: u32) -> Result<Option<u32>, IndexError> {
        let keys = &self.tables()?.keys;
        let found = keys.binary_search_by_key(&key, |(key, _)| *key);
        Ok(found.ok().and_then(|at| keys.get(at)).map(|(_, ordinal)| *ordinal))
    }

    /// What the entries of the document at `ordinal` carry.
    pub(super) fn key_of(&self, ordinal: u32) -> Result<Option<u32>, IndexError> {
        Ok(self.tables()?.key_of.get(ordinal as usize).copied())
    }

    /// The document with this identifier.
    pub(super) fn by_id(&self, id: &str) -> Result<Option<Arc<DocumentRecord>>, IndexError> {
        let (mut low, mut high) = (0, self.count as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(record) = self.record(middle)? else { return Ok(None) };
            match record.id.as_str().cmp(id) {
                std::cmp::Ordering::Equal => return Ok(Some(record)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(None)
    }
}

fn read_at(file: &mut File, place: u64, length: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(place))?;
    file.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() == length { Ok(bytes) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
}

fn number(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(ordinal: u32, id: &str, key: u32) -> Entry {
        let record = DocumentRecord {
            ordinal,
            id: id.to_owned(),
            path: format!("/{id}"),
            title: None,
            publisher: None,
            authors: Vec::new(),
            published: None,
            digest: String::new(),
            cluster: ordinal,
        };
        Entry { record, key, sketch: Sketch::default(), particulars: Particulars { size: 7, ..Particulars::default() } }
    }

    #[test]
    fn documents_are_found_by_id_ordinal_and_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("documents");
        let entries = [entry(0, "a", 9), entry(1, "b", 3), entry(2, "c", 7)];
        write(&path, &entries).unwrap();
        let catalog = Catalog::open(&path).unwrap();
        assert_eq!(catalog.len(), 3);
        assert_eq!(catalog.entry(1).unwrap().as_ref(), Some(&entries[1]));
        assert_eq!(catalog.by_id("c").unwrap().unwrap().ordinal, 2);
        assert_eq!(catalog.by_id("bb").unwrap(), None);
        assert_eq!(catalog.ordinal_of(9).unwrap(), Some(0));
        assert_eq!(catalog.ordinal_of(8).unwrap(), None);
        assert_eq!(catalog.key_of(2).unwrap(), Some(7));
        assert_eq!(catalog.record(3).unwrap(), None);
    }

    #[test]
    fn a_flipped_bit_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("documents");
        let entries = [entry(0, "a", 9), entry(1, "b", 3)];
        write(&path, &entries).unwrap();
        let sound = std::fs::read(&path).unwrap();
        let all = || -> Result<Vec<Option<Entry>>, IndexError> {
            let catalog = Catalog::open(&path)?;
            (0..2).map(|ordinal| catalog.entry(ordinal)).collect()
        };
        for bit in 0..sound.len() * 8 {
            let mut bytes = sound.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(&path, bytes).unwrap();
            assert!(all().is_err(), "bit {bit}");
        }
        std::fs::write(&path, sound).unwrap();
        assert_eq!(all().unwrap(), entries.map(Some));
    }

    #[test]
    fn a_file_cut_short_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("documents");
        write(&path, &[entry(0, "a", 9)]).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        for length in 0..bytes.len() {
            std::fs::write(&path, &bytes[..length]).unwrap();
            assert!(Catalog::open(&path).is_err(), "cut at {length}");
        }
    }
}
