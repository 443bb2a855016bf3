//! What the network marked and what the reader before it found become one list.
//!
//! Where the answer is a short span, the network's candidates lead: each is scored by its margin over "not here", by how well its
//! kind fits the answer type, and by what the reader before thought of the same place. What only the reader before found stays
//! behind them.

use crate::reading::Candidate;

/// What a point of the network's margin is worth, in the units of the reader before (natural log-odds).
const MARGIN: f32 = 0.5;
/// What a point of the former reader's score for the same place is worth.
const AGREEMENT: f32 = 0.3;
/// What a candidate loses that the network did not mark.
const UNMARKED: f32 = 2.0;
/// The former reader's scores count between these.
const FORMER: std::ops::RangeInclusive<f32> = -6.0..=4.0;

/// One list, best first.
pub(super) fn merge(marked: Vec<(Candidate, f32)>, shortlist: Vec<Candidate>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = marked.into_iter().map(|(candidate, kind)| scored(candidate, kind, &shortlist)).collect();
    let led = all.len();
    for former in shortlist {
        let repeated = all.iter().take(led).any(|lead| lead.passage == former.passage && lead.span == former.span);
        if !repeated {
            let score = former.score.clamp(*FORMER.start(), *FORMER.end()) * AGREEMENT - UNMARKED;
            all.push(Candidate { score, ..former });
        }
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    all
}

fn scored(candidate: Candidate, kind: f32, shortlist: &[Candidate]) -> Candidate {
    let same = shortlist.iter().filter(|other| other.passage == candidate.passage && other.span.overlaps(candidate.span));
    let former = same.max_by(|a, b| a.score.total_cmp(&b.score));
    let agreement = former.map_or(*FORMER.start(), |former| former.score).clamp(*FORMER.start(), *FORMER.end());
    let margin = candidate.score;
    let score = MARGIN * margin + kind + AGREEMENT * agreement;
    let evidence = former.and_then(|former| former.evidence);
    let parts = vec![("margin", margin), ("kind", kind), ("agreement", agreement)];
    Candidate { score, parts, evidence, ..candidate }
}
