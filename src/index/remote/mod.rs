//! The engine on other machines: an Elasticsearch or OpenSearch cluster, spoken to over HTTP. All knowledge of its protocol stays here.
//!
//! Everything is analysed on this side. The cluster gets stems with spaces between them, which its `whitespace` analyzer only has to cut, and
//! the packed chunk as bytes it never looks into; so a question finds there what it finds in a local index. Scores differ in their last
//! digits only: both engines compute BM25 with the same parameters and the same coding of lengths, and `dfs_query_then_fetch` makes the
//! shards count together.
//!
//! Two kinds of index make up one of ours, called `NAME`:
//! - `NAME-store-1`, then `NAME-store-2` after a rebuild: one entry for each chunk, by the identifier `KEY-PLACE` of its document's key and
//!   its place in it, so that writing twice changes nothing ([`sink`], [`reader`]).
//! - `NAME`: what the index knows of itself ([`state`]): the marker, for each store the head that names the committed generation, the pieces
//!   of its table of documents and list of files, and the lock of whoever writes. A commit writes new pieces first and then the head, under
//!   the condition that nobody else wrote it meanwhile; readers see the old state or the new one.
//!
//! What the cluster says is believed only if it is whole: an answer with failed shards, one that timed out, one with a field missing is asked
//! for again, on the next node, until [`http::PATIENCE`] is over, and then is an error. It never becomes an empty result.

mod answers;
mod bulk;
mod cluster;
#[cfg(test)]
mod faults;
mod fields;
mod http;
#[cfg(test)]
mod load;
mod lock;
mod queries;
mod reader;
mod sink;
mod state;

pub use cluster::{Cluster, Credentials};
pub(super) use lock::lock;
pub(super) use reader::open;
pub(super) use sink::begin;
pub(super) use state::{committed, files, head_bytes, is_index, marker, set_marker, size, sweep};

/// Splits what both sides must split alike: the engine's analyzer cuts words after so many UTF-16 units.
const LONGEST: usize = 255;

/// A word as the engine keeps it: without what its analyzer would make a second word of.
fn word(stem: &str) -> &str {
    if stem.len() <= LONGEST {
        return stem;
    }
    let mut units = 0;
    let end = stem.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    end.and_then(|(at, _)| stem.get(..at)).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_cut_where_the_analyzer_would() {
        assert_eq!(super::word("river"), "river");
        assert_eq!(super::word(&"x".repeat(300)), "x".repeat(255));
        assert_eq!(super::word(&"é".repeat(300)), "é".repeat(255));
        assert_eq!(super::word(&"🌊".repeat(300)), "🌊".repeat(127));
        assert_eq!(super::word(&"é".repeat(200)), "é".repeat(200));
    }
}
