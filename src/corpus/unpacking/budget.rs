//! Counts the bytes that really come out of a file's archives, and stops where they become too many.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::corpus::ReadError;

/// What any file may unpack to, in bytes.
const AT_LEAST: u64 = 512 << 20;
/// How many times its own size a larger one may unpack to: text seldom shrinks to a tenth.
const TIMES: u64 = 24;

/// Bytes that may still come out; clones share the count.
#[derive(Clone)]
pub(super) struct Budget {
    left: Rc<Cell<u64>>,
    spent: Rc<Cell<bool>>,
    whole: u64,
}

impl Budget {
    /// What a file of `size` bytes may unpack to.
    pub(super) fn for_file(size: u64) -> Self {
        let whole = size.saturating_mul(TIMES).max(AT_LEAST);
        Self { left: Rc::new(Cell::new(whole)), spent: Rc::default(), whole }
    }

    /// A reader whose bytes are counted.
    pub(super) fn meter<R: Read>(&self, inner: R) -> Metered<R> {
        Metered { inner, budget: self.clone() }
    }

    /// Whether more came out than may.
    pub(super) fn is_spent(&self) -> bool {
        self.spent.get()
    }

    pub(super) fn exceeded(&self) -> ReadError {
        ReadError::Expands { limit: self.whole >> 20 }
    }

    /// What really stopped the reading: libraries wrap the errors they are given.
    pub(super) fn cause(&self, error: ReadError) -> ReadError {
        if self.is_spent() { self.exceeded() } else { error }
    }
}

/// Reads and counts.
pub(super) struct Metered<R> {
    inner: R,
    budget: Budget,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.budget.left.get().checked_sub(count as u64) {
            Some(left) => {
                self.budget.left.set(left);
                Ok(count)
            }
            None => {
                self.budget.spent.set(true);
                Err(io::Error::other("unpacks to too much"))
            }
        }
    }
}
