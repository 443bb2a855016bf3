//! The fields of an entry in the cluster, and an entry as JSON.

use serde::Serialize;
use serde_json::{Value, json};

use super::word;
use crate::index::backend::ChunkEntry;
use crate::index::manifest::FORMAT;

/// A word that every entry has in every field of stems.
///
/// The engine counts only entries that have a field when it asks how rare a word is in it, the local index counts all; with this word in
/// each, both count alike. It is no stem: nobody can look for it.
const FILLER: &str = ".";

/// The engine's longest term, in characters, that it keeps whole.
const LONGEST_NAME: usize = 8_000;

/// Settings and fields of a store.
pub(super) fn store(shards: u32, replicas: u32) -> Value {
    let stems = json!({"type": "text", "analyzer": "whitespace", "index_options": "freqs"});
    let name = json!({"type": "keyword", "ignore_above": LONGEST_NAME});
    json!({
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            // What is written shows when it is committed, and not before.
            "refresh_interval": "-1",
            // The chunks are packed already, but base64 is not.
            "codec": "best_compression",
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"sayso": FORMAT},
            "_source": {"includes": ["document", "place", "of", "start", "body"]},
            "properties": {
                "document": {"type": "long"},
                "place": {"type": "integer", "index": false},
                "of": {"type": "integer", "index": false, "doc_values": false},
                "start": {"type": "long", "index": false, "doc_values": false},
                "published": {"type": "long"},
                "outlet": name,
                "name": name,
                "stems": stems,
                "title": stems,
                "said": stems,
                "aside": stems,
                "speaker": {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": false},
                "language": name,
                "own": stems,
                "quotes": {"type": "boolean"},
                "body": {"type": "binary"},
            },
        },
    })
}

/// An entry as it is written.
#[derive(Serialize)]
struct Entry<'e> {
    document: u32,
    place: usize,
    of: usize,
    start: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'e str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    name: &'e [String],
    stems: String,
    title: String,
    said: String,
    aside: String,
    speaker: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'e str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    own: String,
    quotes: bool,
    body: String,
}

/// The entry of the chunk at `place` of the `of` chunks of the document `key`, as JSON.
pub(super) fn entry(key: u32, place: usize, of: usize, chunk: &ChunkEntry, body: String) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&Entry {
        document: key,
        place,
        of,
        start: chunk.start,
        published: chunk.published,
        outlet: chunk.outlet.as_deref(),
        name: &chunk.names,
        stems: filled(&chunk.stems),
        title: filled(&chunk.title),
        said: filled(&chunk.said),
        aside: filled(&chunk.aside),
        speaker: cut(&chunk.speaker),
        language: chunk.language,
        own: cut(&chunk.own),
        quotes: chunk.quotes,
        body,
    })
}

/// Stems with the filler before them.
fn filled(stems: &str) -> String {
    let stems = cut(stems);
    if stems.is_empty() { FILLER.to_owned() } else { format!("{FILLER} {stems}") }
}

/// Stems none of which the engine would cut.
fn cut(stems: &str) -> String {
    if stems.split(' ').all(|stem| word(stem).len() == stem.len()) {
        return stems.to_owned();
    }
    stems.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The identifier of an entry: writing it twice changes nothing.
pub(super) fn id(key: u32, place: usize) -> String {
    format!("{key}-{place}")
}
