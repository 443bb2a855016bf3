//! Documents of an open index: listed, found by name, and their text read back in part or whole.

use std::sync::Arc;

use super::backend::Address;
use super::error::IndexError;
use super::{DocumentRecord, Index, Particulars};
use crate::corpus::Block;
use crate::span::Span;

impl Index {
    /// All documents, in the order of their identifiers.
    ///
    /// # Errors
    /// Where the table of documents is damaged.
    pub fn documents(&self) -> Result<Vec<Arc<DocumentRecord>>, IndexError> {
        let records = (0..self.len() as u32).map(|ordinal| self.catalog.record(ordinal));
        records.filter_map(Result::transpose).collect()
    }

    /// The document with this identifier.
    ///
    /// # Errors
    /// Where the table of documents is damaged.
    pub fn document(&self, id: &str) -> Result<Option<Arc<DocumentRecord>>, IndexError> {
        self.catalog.by_id(id)
    }

    /// What is known about a document beside what answers need; `None` where it is in this state of the index no more.
    ///
    /// # Errors
    /// Where the table of documents is damaged.
    pub fn particulars(&self, document: &DocumentRecord) -> Result<Option<Particulars>, IndexError> {
        let Some(entry) = self.catalog.entry(document.ordinal)? else { return Ok(None) };
        Ok((entry.record.id == document.id).then_some(entry.particulars))
    }

    /// The documents a person may mean by `name`: by identifier, else by path, else by file name, else by the beginning of either.
    ///
    /// # Errors
    /// Where the table of documents is damaged.
    pub fn find(&self, name: &str) -> Result<Vec<Arc<DocumentRecord>>, IndexError> {
        if let Some(document) = self.document(name)? {
            return Ok(vec![document]);
        }
        let documents = self.documents()?;
        let ways: [fn(&DocumentRecord, &str) -> bool; 3] = [
            |document, name| document.path == name,
            |document, name| file_name(document) == name || stem(file_name(document)) == name,
            |document, name| !name.is_empty() && (document.id.starts_with(name) || file_name(document).starts_with(name)),
        ];
        let found = ways.iter().map(|way| documents.iter().filter(|document| way(document, name)).cloned().collect::<Vec<_>>());
        Ok(found.into_iter().find(|found| !found.is_empty()).unwrap_or_default())
    }

    /// The addresses of a document's chunks, in order.
    pub(super) fn addresses(&self, document: &DocumentRecord) -> Result<Vec<Address>, IndexError> {
        self.key(document)?.map_or(Ok(Vec::new()), |key| self.backend.addresses(key))
    }

    /// The same addresses, after their chunks were said to be asked for.
    fn prepared(&self, addresses: Vec<Address>) -> Result<Vec<Address>, IndexError> {
        self.backend.prepare(&addresses)?;
        Ok(addresses)
    }

    /// The key of a document of this state of the index, or of one read from another state.
    pub(super) fn key(&self, document: &DocumentRecord) -> Result<Option<u32>, IndexError> {
        let same = self.catalog.record(document.ordinal)?.filter(|record| record.id == document.id);
        let record = if same.is_some() { same } else { self.catalog.by_id(&document.id)? };
        record.map_or(Ok(None), |record| self.catalog.key_of(record.ordinal))
    }

    /// The whole text of a document.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn text(&self, document: &DocumentRecord) -> Result<String, IndexError> {
        let mut text = String::new();
        for address in self.prepared(self.addresses(document)?)? {
            text.push_str(&self.chunk(address)?.text);
        }
        Ok(text)
    }

    /// The words at a span (bytes) of a document, reading only the chunks it touches; `""` where the span does not fit.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn text_at(&self, document: &DocumentRecord, span: Span) -> Result<String, IndexError> {
        let mut text = String::new();
        let mut base = None;
        for address in self.prepared(self.touched(document, span)?)? {
            let chunk = self.chunk(address)?;
            base.get_or_insert(chunk.span.start);
            text.push_str(&chunk.text);
        }
        Ok(base.map(|base| span.relative_to(base).slice(&text).to_owned()).unwrap_or_default())
    }

    /// The addresses of the chunks a span touches.
    pub(super) fn touched(&self, document: &DocumentRecord, span: Span) -> Result<Vec<Address>, IndexError> {
        self.key(document)?.map_or(Ok(Vec::new()), |key| self.backend.touched(key, span))
    }

    /// The blocks of a document, in order.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn blocks(&self, document: &DocumentRecord) -> Result<Vec<Block>, IndexError> {
        let mut blocks: Vec<Block> = Vec::new();
        for address in self.prepared(self.addresses(document)?)? {
            let chunk = self.chunk(address)?;
            let new: Vec<Block> = chunk.blocks.iter().filter(|block| !repeats(&blocks, block)).copied().collect();
            blocks.extend(new);
        }
        Ok(blocks)
    }
}

/// Whether the block is one that the chunk before ended with.
fn repeats(blocks: &[Block], block: &Block) -> bool {
    blocks.iter().rev().take(8).any(|seen| seen == block)
}

fn file_name(document: &DocumentRecord) -> &str {
    document.id.rsplit('/').next().unwrap_or_default()
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
