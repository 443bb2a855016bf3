//! A question's words are found in documents of other languages, which no reader reads: those that may speak of the matter are named.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::index::{DocumentRecord, Hit, Index, IndexError, Scope, Search};
use crate::question::{Question, Term};
use crate::text::{Language, Shape};

use super::limits;

/// Chunks looked at in each language.
const LOOKED_AT: usize = 12;

/// Documents of one language that hold words of a question and were not read for it.
#[derive(Clone, Debug, PartialEq)]
pub struct PassedOver {
    /// Their language.
    pub language: Language,
    /// Which; the likeliest first.
    pub documents: Vec<Arc<DocumentRecord>>,
}

/// The documents passed over for a question, by language; empty where all are in English.
///
/// # Errors
/// Where the index is damaged.
pub fn passed_over(index: &Index, question: &Question) -> Result<Vec<PassedOver>, IndexError> {
    let mut found = Vec::new();
    for &language in index.languages()? {
        let documents = in_language(index, question, language)?;
        if !documents.is_empty() {
            found.push(PassedOver { language, documents });
        }
    }
    Ok(found)
}

fn in_language(index: &Index, question: &Question, language: Language) -> Result<Vec<Arc<DocumentRecord>>, IndexError> {
    let Some(filter) = limits::filter(index, &question.constraints)? else { return Ok(Vec::new()) };
    let terms: Vec<&Term> = question.terms.iter().filter(|term| !language.is_little(&term.word)).collect();
    let stems: Vec<(String, f32)> = terms.iter().map(|term| (language.stem(&term.word), term.weight)).collect();
    let search = Search { stems: &stems, scope: Scope::Own, title: 0.0, filter: &filter, near: 0.0, limit: LOOKED_AT };
    let mut documents: Vec<Arc<DocumentRecord>> = Vec::new();
    for hit in index.search(&search)? {
        let new = documents.iter().all(|known| known.ordinal != hit.document.ordinal);
        let own = new && index.particulars(&hit.document)?.is_some_and(|known| known.language == Some(language));
        if own && speaks_of(index, &hit, question, &terms, &stems, language)? {
            documents.push(hit.document);
        }
    }
    Ok(documents)
}

/// Whether a chunk holds half of what is asked about, or a name from it.
fn speaks_of(
    index: &Index,
    hit: &Hit,
    question: &Question,
    terms: &[&Term],
    stems: &[(String, f32)],
    language: Language,
) -> Result<bool, IndexError> {
    let (record, _) = index.passage_around(hit, 0)?;
    let words = record.analysis.tokens.iter().filter(|token| token.shape.is_word());
    let here: BTreeSet<String> = words.map(|token| language.stem(record.slice(token.span))).collect();
    let matched = || terms.iter().zip(stems).filter(|(_, (stem, _))| here.contains(stem)).map(|(term, _)| *term);
    let shape = |term: &Term| question.text.tokens.get(term.token).map(|token| token.shape);
    let is_name = |term: &Term| term.weight >= 1.0 && matches!(shape(term), Some(Shape::Capitalized | Shape::Upper));
    let share: f32 = matched().map(|term| term.weight).sum();
    let all: f32 = terms.iter().map(|term| term.weight).sum();
    Ok(matched().any(is_name) || share > 0.0 && share * 2.0 >= all)
}
