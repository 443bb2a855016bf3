//! Documents that are cited become warnings where their files are no longer what was indexed.
//!
//! Size and time stamp decide where they can; only a file with a new stamp and the old size is read. Nothing is changed: the answer stands,
//! and its reader knows that the file has to be looked at.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::{Engine, Warning};
use crate::corpus;
use crate::index::{DocumentRecord, Particulars, QuotationRecord};
use crate::question::Constraints;
use crate::verification::{Trace, Verdict};

/// Files looked at for one result: a list of thousands of quotations is no reason to look at thousands of files.
const LOOKED_AT: usize = 64;

impl Engine {
    /// Warnings for those of the documents whose files have changed or gone since they were indexed, each once, in their order.
    #[must_use]
    pub fn stale<'d>(&self, documents: impl Iterator<Item = &'d DocumentRecord>) -> Vec<Warning> {
        if !self.index.files_are_near() {
            return Vec::new();
        }
        let mut seen = BTreeSet::new();
        let fresh = documents.filter(|document| seen.insert(document.path.clone())).take(LOOKED_AT);
        fresh.filter_map(|document| stale(document, self.index.particulars(document).ok().flatten().as_ref())).collect()
    }
}

impl Engine {
    /// What to know beside a verdict: files it rests on that changed, and what `limits` left out unasked.
    #[must_use]
    pub fn beside_verdict(&self, verdict: &Verdict, limits: &Constraints) -> Vec<Warning> {
        self.beside(verdict.matches.iter().map(|found| found.document.as_ref()), limits)
    }

    /// The same beside a trace, of the files that print the utterance.
    #[must_use]
    pub fn beside_trace(&self, trace: &Trace, limits: &Constraints) -> Vec<Warning> {
        self.beside(trace.printings.iter().map(|printing| printing.document.as_ref()), limits)
    }

    /// The same beside quotations, of the files they stand in.
    #[must_use]
    pub fn beside_quotations(&self, records: &[QuotationRecord], limits: &Constraints) -> Vec<Warning> {
        self.beside(records.iter().map(|record| record.document.as_ref()), limits)
    }

    fn beside<'d>(&self, documents: impl Iterator<Item = &'d DocumentRecord>, limits: &Constraints) -> Vec<Warning> {
        self.stale(documents).into_iter().chain(self.undated(limits)).collect()
    }
}

/// Whether a document's file is no longer what was indexed.
fn stale(document: &DocumentRecord, known: Option<&Particulars>) -> Option<Warning> {
    let path = Path::new(&document.path);
    let message = match path.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => GONE.to_owned(),
        Err(error) => format!("cannot be looked at any more: {error}"),
        Ok(metadata) if known.is_some_and(|known| known.size != metadata.len()) => CHANGED.to_owned(),
        Ok(metadata) => {
            let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            let modified = modified.and_then(|since| i64::try_from(since.as_nanos()).ok());
            if known.is_some_and(|known| known.modified.is_some() && known.modified == modified) {
                return None;
            }
            match corpus::digest_of(path) {
                Ok(digest) if digest == document.digest => return None,
                Ok(_) => CHANGED.to_owned(),
                Err(error) => format!("cannot be opened any more: {error}"),
            }
        }
    };
    Some(Warning { path: Some(document.path.clone()), message })
}

const GONE: &str = "is gone since it was indexed; `sayso index` brings the index up to date";
const CHANGED: &str = "has changed since it was indexed; `sayso index` brings the index up to date";
