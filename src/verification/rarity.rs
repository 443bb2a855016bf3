//! How rare words are in the documents, looked up as they come; a look-up that fails is told in the end, and settles nothing.

use std::cell::RefCell;

use crate::index::{Index, IndexError};

/// The rarity of stems in an index.
pub(super) struct Rarities<'i> {
    index: &'i Index,
    /// The first look-up that failed.
    failed: RefCell<Option<IndexError>>,
}

impl<'i> Rarities<'i> {
    pub(super) fn new(index: &'i Index) -> Self {
        Self { index, failed: RefCell::default() }
    }

    /// The logarithm of chunks per chunk that holds the stem.
    pub(super) fn of(&self, stem: &str) -> f32 {
        match self.index.frequency(stem) {
            Ok(count) => ((self.index.chunks() as f32 + 1.0) / (count as f32 + 0.5)).ln(),
            Err(error) => {
                self.failed.borrow_mut().get_or_insert(error);
                1.0
            }
        }
    }

    /// What was found out with them, if every one could be looked up.
    ///
    /// # Errors
    /// The first look-up that failed.
    pub(super) fn settle<T>(&self, found: T) -> Result<T, IndexError> {
        self.failed.borrow_mut().take().map_or(Ok(found), Err)
    }
}
