//! Documents that print the same words become a count: how many, how many of them independently, and which was first.

use std::sync::Arc;

use super::candidates::date_key;
use crate::index::DocumentRecord;

/// How many documents print something.
pub(super) struct Support {
    pub(super) documents: usize,
    pub(super) independent: usize,
    pub(super) earliest: Option<Arc<DocumentRecord>>,
}

/// Counts documents, copies of one report once, and finds the earliest dated one.
pub(super) fn support<'d>(documents: impl Iterator<Item = &'d Arc<DocumentRecord>>) -> Support {
    let mut distinct: Vec<&Arc<DocumentRecord>> = documents.collect();
    distinct.sort_by_key(|document| date_key(document));
    distinct.dedup_by_key(|document| document.ordinal);
    let mut clusters: Vec<u32> = distinct.iter().map(|document| document.cluster).collect();
    clusters.sort_unstable();
    clusters.dedup();
    let earliest = distinct.first().filter(|document| document.published.is_some()).map(|document| Arc::clone(document));
    Support { documents: distinct.len(), independent: clusters.len(), earliest }
}
