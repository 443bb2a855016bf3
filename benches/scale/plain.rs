//! The floor: the same passages in an index of the search library alone, English stemming, text stored, nothing else known of them.

use std::borrow::Cow;
use std::path::Path;

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term, doc};

use crate::windows::passages;

const ENGLISH: &str = "english";
/// Memory for what is not yet on disk, in bytes: as much as sayso takes.
const BUFFER: usize = 96 << 20;

/// The analysis that the library calls `en_stem`, with the stemmer that sayso has.
fn english() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default()).filter(RemoveLongFilter::limit(40)).filter(LowerCaser).filter(Stemming).build()
}

/// Indexes the passages of an archive.
pub(crate) fn index(archive: &Path, target: &Path) {
    let indexing = TextFieldIndexing::default().set_tokenizer(ENGLISH).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    std::fs::create_dir_all(target).unwrap();
    let index = Index::create_in_dir(target, schema.build()).unwrap();
    index.tokenizers().register(ENGLISH, english());
    let mut writer: IndexWriter = index.writer(BUFFER).unwrap();
    passages(archive, &mut |passage| {
        writer.add_document(doc!(text => passage)).unwrap();
    });
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

/// An index that is asked.
pub(crate) struct Plain {
    searcher: Searcher,
    text: Field,
}

impl Plain {
    pub(crate) fn open(target: &Path) -> Self {
        let index = Index::open_in_dir(target).unwrap();
        let text = index.schema().get_field("text").unwrap();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().unwrap();
        Self { searcher: reader.searcher(), text }
    }

    pub(crate) fn passages(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The text of the ten best passages that hold any of the words.
    pub(crate) fn top(&self, words: &[String]) -> Vec<String> {
        let mut analyzer = english();
        let mut terms: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for word in words {
            analyzer.token_stream(word).process(&mut |token| {
                let term = Term::from_field_text(self.text, &token.text);
                terms.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
            });
        }
        let best = self.searcher.search(&BooleanQuery::new(terms), &TopDocs::with_limit(10).order_by_score()).unwrap();
        let text = |address| {
            let found: TantivyDocument = self.searcher.doc(address).unwrap();
            found.get_first(self.text).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
        };
        best.into_iter().map(|(_, address)| text(address)).collect()
    }
}

/// Words become stems: the library's own filter is not part of it as sayso builds it.
#[derive(Clone)]
struct Stemming;

impl TokenFilter for Stemming {
    type Tokenizer<T: Tokenizer> = StemmingTokenizer<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> StemmingTokenizer<T> {
        StemmingTokenizer { tokenizer }
    }
}

#[derive(Clone)]
struct StemmingTokenizer<T> {
    tokenizer: T,
}

impl<T: Tokenizer> Tokenizer for StemmingTokenizer<T> {
    type TokenStream<'a> = StemmingStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemmingStream { words: self.tokenizer.token_stream(text), stemmer: Stemmer::create(Algorithm::English) }
    }
}

struct StemmingStream<T> {
    words: T,
    stemmer: Stemmer,
}

impl<T: TokenStream> TokenStream for StemmingStream<T> {
    fn advance(&mut self) -> bool {
        if !self.words.advance() {
            return false;
        }
        let word = self.words.token_mut();
        if let Cow::Owned(stem) = self.stemmer.stem(&word.text) {
            word.text = stem;
        } else {
            let length = self.stemmer.stem(&word.text).len();
            word.text.truncate(length);
        }
        true
    }

    fn token(&self) -> &Token {
        self.words.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.words.token_mut()
    }
}
