//! Lists asked for: those that rules found, and the spans the network marks that are lists, each with what it thinks of the whole span.
//!
//! The network marks spans of one sentence. Of a list that is longer (a line for each member, a full stop for a comma) it sees parts: for
//! those the best part speaks, and no part of such a list becomes a list of its own.

use super::super::{Candidate, Look, lists};
use super::{Reading, judged};
use crate::span::Span;

/// The shortlist and the lists among the spans that the network marks; `exact` is what it thinks of the span from first to last member.
pub(super) fn listed(look: &Look<'_>, reading: &Reading<'_>, shortlist: Vec<Candidate>) -> Vec<Candidate> {
    let found = marked(look, reading, &shortlist);
    let mut all = shortlist;
    all.extend(found);
    let with_exact = |mut candidate: Candidate| {
        let exact = if is_long(look, &candidate) { candidate.part("margin") } else { exact(look, reading, &candidate) };
        candidate.parts.extend(exact.map(|exact| ("exact", exact)));
        candidate
    };
    judged(reading, look.passages, all).into_iter().map(with_exact).collect()
}

/// Whether a list goes on beyond the sentence it begins in.
fn is_long(look: &Look<'_>, candidate: &Candidate) -> bool {
    let sentences = look.passages.get(candidate.passage).map(|passage| passage.record.analysis.sentences.as_slice()).unwrap_or_default();
    !sentences.iter().any(|sentence| sentence.span.contains(candidate.span))
}

/// The spans marked that are lists, that no rule found, and that are no part of a longer one.
fn marked(look: &Look<'_>, reading: &Reading<'_>, shortlist: &[Candidate]) -> Vec<Candidate> {
    let judge = lists::Judge::new(look.question, &look.views, &look.sought, look.worth());
    let document = |candidate: &Candidate| look.passages.get(candidate.passage).map(|passage| passage.record.document.ordinal);
    let mut found: Vec<Candidate> = Vec::new();
    for (passage, _, part) in &reading.parts {
        for scored in part.spans(&reading.windows, &reading.logits) {
            let Some(mut candidate) = judge.cut(*passage, scored.sentence, scored.span) else { continue };
            let known = |known: &Candidate| {
                let holds = !known.members.is_empty() && known.span.contains(candidate.span) && is_long(look, known);
                document(known) == document(&candidate) && (known.span == candidate.span || holds)
            };
            if !shortlist.iter().chain(&found).any(known) {
                candidate.parts.push(("marked", 1.0));
                found.push(candidate);
            }
        }
    }
    found
}

/// What the network thinks of a list as one span, where it read it whole.
fn exact(look: &Look<'_>, reading: &Reading<'_>, candidate: &Candidate) -> Option<f32> {
    let document = look.passages.get(candidate.passage)?.record.document.ordinal;
    let span: &[Span] = &[candidate.span];
    let same = reading.parts.iter().filter(|(_, passage, _)| passage.record.document.ordinal == document);
    let scored = same.flat_map(|(.., part)| part.given(&reading.windows, &reading.logits, span));
    scored.map(|scored| scored.score()).reduce(f32::max)
}
