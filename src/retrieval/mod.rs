//! A [`Question`](crate::question::Question) becomes ranked [`Passage`]s, each with an explanation of its rank.
//!
//! Two steps. The index gives the chunks that share the question's stems (BM25 over text and title, under the question's limits). Each
//! is then looked at word by word: which of the question's words stand there, in which form, how near to each other, in one
//! sentence or scattered, inside quotations or outside, and what the title and the rest of the document add. The parts are
//! added up with fixed weights; [`Passage::parts`] shows them.

mod expected;
mod limits;
mod matching;
mod passed_over;
mod scoring;

use crate::index::{Hit, Index, IndexError, PassageRecord, Scope, Search};
use crate::question::{Question, Subject};

use matching::Wanted;
pub use passed_over::{PassedOver, passed_over};

/// A passage found for a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The window and its analysis.
    pub record: PassageRecord,
    /// How well it fits; comparable within one question.
    pub score: f32,
    /// The parts of the score, by name, in a fixed order.
    pub parts: Vec<(&'static str, f32)>,
}

/// Chunks looked at word by word.
const LOOKED_AT: usize = 80;
/// Sentences before and after a chunk that are shown to the readers with it.
const MARGIN: usize = 2;
/// Tokens of a window beyond which no such sentences are added.
const WINDOW: usize = 180;
/// How much a word in the title counts beside one in the text when chunks are looked for.
const TITLE: f32 = 0.4;

/// The passages most likely to answer the question, best first; ties in the order of documents and places.
///
/// Where the limits fit nothing (an outlet nobody has heard of), there are none.
///
/// # Errors
/// Where the index is damaged.
pub fn retrieve(index: &Index, question: &Question, limit: usize) -> Result<Vec<Passage>, IndexError> {
    let Some(mut filter) = limits::filter(index, &question.constraints)? else { return Ok(Vec::new()) };
    // Readers read English; who wrote a document, and when, is known of any.
    filter.english = !matches!(question.subject, Subject::Document { .. });
    let wanted = Wanted::new(index, question)?;
    let hits = hits(index, question, &wanted, &filter, limit.max(LOOKED_AT))?;
    let mut scored = scoring::score(index, question, &wanted, hits)?;
    scored.truncate(limit);
    index.prepare(scored.iter().map(|scored| &scored.hit))?;
    let passages: Vec<Passage> = scored.into_iter().map(|scored| passage(index, scored)).collect::<Result<_, _>>()?;
    if matches!(question.subject, Subject::Document { .. }) { with_heads(index, passages) } else { Ok(passages) }
}

/// Bytes at the head of a document that hold its title, byline and date.
const HEAD: usize = 700;
/// Documents whose heads are added.
const HEADS: usize = 12;

/// Questions about documents are answered from their heads: those of the first documents found come first.
fn with_heads(index: &Index, passages: Vec<Passage>) -> Result<Vec<Passage>, IndexError> {
    let mut documents: Vec<&std::sync::Arc<crate::index::DocumentRecord>> = Vec::new();
    for passage in &passages {
        if documents.len() < HEADS && !documents.iter().any(|known| known.ordinal == passage.record.document.ordinal) {
            documents.push(&passage.record.document);
        }
    }
    let heads = documents.into_iter().filter_map(|document| index.passage_at(document, crate::span::Span::new(0, HEAD)).transpose());
    let mut all: Vec<Passage> =
        heads.map(|record| Ok(Passage { record: record?, score: 0.0, parts: Vec::new() })).collect::<Result<_, _>>()?;
    all.extend(passages);
    Ok(all)
}

/// The chunks to look at: by the article's words, and for questions about speech by the words said as well.
fn hits(index: &Index, question: &Question, wanted: &Wanted, filter: &crate::index::Filter, limit: usize) -> Result<Vec<Hit>, IndexError> {
    let stems = wanted.stems();
    let search = Search { stems: &stems, scope: Scope::Article, title: TITLE, filter, near: 0.0, limit };
    let mut hits = index.search(&search)?;
    if is_about_speech(question) {
        let said = index.search(&Search { scope: Scope::Said, limit: limit / 2, ..search.clone() })?;
        hits.extend(said);
        if hits.is_empty() && question.subject == Subject::SaidBy {
            let anybody = crate::index::Filter { speaker: None, ..filter.clone() };
            hits = index.search(&Search { filter: &anybody, ..search })?;
        }
    }
    let place = |hit: &Hit| (hit.document.ordinal, hit.start);
    hits.sort_by(|one, other| place(one).cmp(&place(other)).then_with(|| other.score.total_cmp(&one.score)));
    hits.dedup_by(|one, other| place(one) == place(other));
    Ok(hits)
}

fn is_about_speech(question: &Question) -> bool {
    matches!(question.subject, Subject::SaidBy | Subject::WhoSaid) || question.constraints.speaker.is_some()
}

/// The window readers see: the chunk, with sentences around it where it is short.
fn passage(index: &Index, scored: scoring::Scored) -> Result<Passage, IndexError> {
    let (around, own) = index.passage_around(&scored.hit, MARGIN)?;
    let length = |sentences: std::ops::Range<usize>| -> usize {
        around.analysis.sentences.get(sentences).unwrap_or_default().iter().map(|sentence| sentence.tokens.len()).sum()
    };
    let (mut first, mut last) = (own.start, own.end);
    while first > 0 && length(first - 1..last) <= WINDOW {
        first -= 1;
    }
    while last < around.analysis.sentences.len() && length(first..last + 1) <= WINDOW {
        last += 1;
    }
    Ok(Passage { record: around.window(first..last), score: scored.score, parts: scored.parts })
}
