//! The fields of an entry, and an entry made of them. Every entry is a [`Chunk`](crate::index::chunk::Chunk): a few consecutive sentences of a document.

use tantivy::TantivyDocument;
use tantivy::schema::{Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TokenizerManager, WhitespaceTokenizer};

use crate::index::backend::ChunkEntry;

/// Words arrive already cut and stemmed, with spaces between them.
const READY_MADE: &str = "ready-made";

/// The fields, in the order of the schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The document's key: indexed for finding a document's chunks (and removing them), fast for telling where a hit lies.
    pub(super) document: Field,
    /// First byte of the chunk in its document.
    pub(super) start: Field,
    /// Day of publication, as days since 1970-01-01; absent where unknown.
    pub(super) published: Field,
    /// The outlet, as one term.
    pub(super) outlet: Field,
    /// Stems of the article's words.
    pub(super) stems: Field,
    /// Stems of the document's title.
    pub(super) title: Field,
    /// Stems of words inside quotations.
    pub(super) said: Field,
    /// Folded words of the speakers' names and roles.
    pub(super) speaker: Field,
    /// The speakers' full names, each one term.
    pub(super) name: Field,
    /// Stems of words outside the article (menus, notices): found by quote checks alone.
    pub(super) aside: Field,
    /// In a document of another language than English, its code, as one term …
    pub(super) language: Field,
    /// … and the article's words stemmed by that language's rules; `stems` has them as an English question would.
    pub(super) own: Field,
    /// The packed chunk.
    pub(super) body: Field,
}

fn words(option: IndexRecordOption, tokenizer: &str, norms: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let ready = |norms| words(IndexRecordOption::WithFreqs, READY_MADE, norms);
    let whole = || words(IndexRecordOption::Basic, "raw", false);
    let fields = Fields {
        document: builder.add_u64_field("document", NumericOptions::default().set_indexed().set_fast()),
        start: builder.add_u64_field("start", NumericOptions::default().set_fast()),
        published: builder.add_i64_field("published", NumericOptions::default().set_fast()),
        outlet: builder.add_text_field("outlet", whole()),
        stems: builder.add_text_field("stems", ready(true)),
        title: builder.add_text_field("title", ready(true)),
        said: builder.add_text_field("said", ready(true)),
        speaker: builder.add_text_field("speaker", words(IndexRecordOption::Basic, READY_MADE, false)),
        name: builder.add_text_field("name", whole()),
        aside: builder.add_text_field("aside", ready(true)),
        language: builder.add_text_field("language", whole()),
        own: builder.add_text_field("own", ready(true)),
        body: builder.add_bytes_field("body", tantivy::schema::STORED),
    };
    (builder.build(), fields)
}

/// The tokenizers the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(READY_MADE, WhitespaceTokenizer::default());
    manager
}

impl Fields {
    /// An entry of the document `key`.
    pub(super) fn entry(&self, key: u32, chunk: &ChunkEntry) -> TantivyDocument {
        let mut entry = TantivyDocument::new();
        entry.add_u64(self.document, u64::from(key));
        entry.add_u64(self.start, chunk.start as u64);
        chunk.published.iter().for_each(|&day| entry.add_i64(self.published, day));
        chunk.outlet.iter().for_each(|outlet| entry.add_text(self.outlet, outlet));
        entry.add_text(self.title, &chunk.title);
        for (field, words) in [
            (self.stems, &chunk.stems),
            (self.said, &chunk.said),
            (self.speaker, &chunk.speaker),
            (self.aside, &chunk.aside),
            (self.own, &chunk.own),
        ] {
            if !words.is_empty() {
                entry.add_text(field, words);
            }
        }
        chunk.language.iter().for_each(|code| entry.add_text(self.language, code));
        chunk.names.iter().for_each(|name| entry.add_text(self.name, name));
        entry.add_bytes(self.body, &chunk.body);
        entry
    }
}
