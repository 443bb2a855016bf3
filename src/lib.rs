//! Answers questions from a folder of documents in the documents' own words, says who said them, and checks quotes.
//!
//! The modules, in the order data passes through them; each imports only rows above it in this list:
//!
//! | row | module | turns | into |
//! |---|---|---|---|
//! | 0 | [`span`] | | a range in a document's text |
//! | 1 | [`corpus`] | files | documents: text, blocks, title, publisher, authors, date |
//! | 1 | [`text`] | text | sentences and tokens |
//! | 2 | [`syntax`] | tokens | parts of speech, dependencies, entity mentions |
//! | 3 | [`quotation`] | sentences of a document | quotations with cue and speaker |
//! | 3 | [`question`] | the user's words | answer type, focus, constraints |
//! | 4 | [`index`] | documents, quotations | the index on disk and its records |
//! | 5 | [`retrieval`] | a question | ranked passages with an explanation |
//! | 6 | [`reading`] | question and passages | scored answer candidates |
//! | 6 | [`verification`] | a quote and the index | a verdict: wording, speaker, context, support |
//! | 7 | [`answer`] | candidates | answers with citations, or no answer with what was looked at |
//! | 8 | [`engine`] | | the front door: build, open, ask, check |
//! | 9 | [`evaluation`] | judged questions and quotes | figures |
//! | 9 | [`render`] | results | terminal text, JSON |
//! | 10 | [`repl`] | a person | a conversation |
//! | 10 | `server` | a client | pages, HTTP and the Model Context Protocol (feature `server`) |
//! | 11 | [`cli`] | arguments | settings, options, exit code |

pub mod span;

pub mod corpus;
pub mod text;

pub mod syntax;

pub mod question;
pub mod quotation;

pub mod index;

pub mod retrieval;

pub mod reading;
pub mod verification;

pub mod answer;

pub mod engine;

pub mod evaluation;
pub mod render;

pub mod repl;
#[cfg(feature = "server")]
pub mod server;

pub mod cli;
