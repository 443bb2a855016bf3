//! Quotations that copies of one report print alike become one, of the copy that was printed first.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::index::{DocumentRecord, QuotationRecord};
use crate::text::fold;

/// Which quotations are one: of copies of one report, the same words of the same speaker. The same words twice in one document stay two.
type Key = (u32, String, Option<String>, usize);

/// Keeps of each quotation the earliest printing among copies, in the place of the first of them.
pub(super) fn once(records: Vec<QuotationRecord>) -> Vec<QuotationRecord> {
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    let mut met: BTreeMap<(u32, String), usize> = BTreeMap::new();
    let mut kept: Vec<QuotationRecord> = Vec::with_capacity(records.len());
    for record in records {
        let words = fold(&record.pieces.join(" "));
        let again = met.entry((record.document.ordinal, words.clone())).or_default();
        *again += 1;
        let speaker = record.quotation.speaker.as_ref().map(|speaker| fold(&speaker.name));
        let place = *places.entry((record.document.cluster, words, speaker, *again)).or_insert(kept.len());
        match kept.get_mut(place) {
            Some(known) => merge(known, record),
            None => kept.push(record),
        }
    }
    kept
}

/// Puts another printing to one that is known; the earlier of the two is shown.
fn merge(known: &mut QuotationRecord, mut other: QuotationRecord) {
    if printed(&other.document) < printed(&known.document) {
        std::mem::swap(known, &mut other);
    }
    known.also.push(other.document);
    known.also.append(&mut other.also);
    known.also.sort_by_key(printed);
}

/// Documents in the order they were printed: by date, undated ones last, then by identifier.
fn printed(document: &Arc<DocumentRecord>) -> (bool, Option<jiff::civil::Date>, u32) {
    (document.published.is_none(), document.published, document.ordinal)
}
