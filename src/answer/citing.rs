//! A candidate becomes the citations that bear it out: the sentence it stands in, and the words elsewhere in the document it rests on.

use super::Citation;
use super::excerpt::Excerpt;
use crate::quotation::{Quotation, QuotationKind};
use crate::reading::Candidate;
use crate::retrieval::Passage;
use crate::span::Span;

/// Longest citation that joins the answer's sentence and the words it rests on, in bytes.
const LONGEST: usize = 500;

/// The citations of a candidate, the one its words stand in first; none where the passages do not hold its words.
pub(super) fn cite(passages: &[Passage], candidate: &Candidate) -> Vec<Citation> {
    let Some(passage) = passages.get(candidate.passage) else { return Vec::new() };
    let excerpt = Excerpt::new(passages, &passage.record.document);
    let Some(sentence) = excerpt.sentences(candidate.span) else { return Vec::new() };
    let joined = candidate.evidence.and_then(|evidence| excerpt.sentences(evidence)).map(|evidence| sentence.cover(evidence));
    let joined = joined.filter(|span| span.len() <= LONGEST && excerpt.slice(*span).is_some());
    let first = citation(&excerpt, joined.unwrap_or(sentence), candidate.span, candidate.evidence);
    let second = candidate.evidence.filter(|_| joined.is_none()).and_then(|evidence| {
        let span = excerpt.sentences(evidence)?;
        citation(&excerpt, span, evidence, None)
    });
    first.into_iter().chain(second).collect()
}

/// A citation of the sentences at `sentence`; the speaker is that of the answer's words, else of the words the answer rests on.
pub(super) fn citation(excerpt: &Excerpt<'_>, sentence: Span, answer: Span, evidence: Option<Span>) -> Option<Citation> {
    let words = excerpt.slice(sentence)?;
    let own = excerpt.quotations(answer);
    let around = own.iter().copied().find(|quotation| {
        // Of an answer over several pieces, what stands between them is the attribution.
        quotation.pieces.iter().any(|piece| holds_most(*piece, answer))
            || quotation.pieces.len() > 1 && holds_most(quotation.span(), answer)
    });
    let resting = evidence.and_then(|evidence| excerpt.quotations(evidence).into_iter().find(|quotation| is_speech(quotation)));
    let speaking = around.filter(|quotation| is_speech(quotation)).or(resting);
    Some(Citation {
        document: excerpt.document()?.clone(),
        sentence: words,
        span: sentence,
        answer_span: answer,
        speaker: speaking.and_then(|quotation| quotation.speaker.clone()),
        quoted: around.is_some_and(is_verbatim),
    })
}

fn is_speech(quotation: &Quotation) -> bool {
    quotation.kind != QuotationKind::NotSpeech
}

fn is_verbatim(quotation: &Quotation) -> bool {
    matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Partial)
}

/// Whether all of the answer lies in the piece, but for a mark at either end.
fn holds_most(piece: Span, answer: Span) -> bool {
    piece.start <= answer.start + 3 && answer.end <= piece.end + 3
}
