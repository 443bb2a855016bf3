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
/// The margin of a candidate that the network did not mark.
const UNMARKED: f32 = -3.0;
/// The former reader's scores count between these.
const FORMER: std::ops::RangeInclusive<f32> = -6.0..=4.0;

/// One list, best first, of the spans marked, each with its fit to the answer type and what a remark credited to it scores, and of the
/// shortlist, each with what the network thinks of it, where it read it.
pub(super) fn merge(
    marked: impl Iterator<Item = ((Candidate, f32), Option<f32>)>,
    shortlist: impl Iterator<Item = (Candidate, Option<f32>)>,
) -> Vec<Candidate> {
    let shortlist: Vec<(Candidate, Option<f32>)> = shortlist.collect();
    let mut all: Vec<Candidate> =
        marked.map(|((candidate, kind), credited)| with_credit(scored(candidate, kind, &shortlist), credited)).collect();
    let led = all.len();
    for (former, margin) in shortlist {
        let repeated = all.iter().take(led).any(|lead| lead.passage == former.passage && lead.span == former.span);
        let credited = former.is_credited().then_some(former.score);
        if !repeated || credited.is_some() {
            all.push(with_credit(unmarked(former, margin), credited));
        }
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    all
}

fn with_credit(mut candidate: Candidate, credited: Option<f32>) -> Candidate {
    candidate.parts.extend(credited.map(|score| ("credited", score)));
    candidate
}

fn scored(candidate: Candidate, kind: f32, shortlist: &[(Candidate, Option<f32>)]) -> Candidate {
    let same =
        shortlist.iter().map(|(other, _)| other).filter(|other| other.passage == candidate.passage && other.span.overlaps(candidate.span));
    let former = same.max_by(|a, b| a.score.total_cmp(&b.score));
    let agreement = former.map_or(*FORMER.start(), |former| former.score).clamp(*FORMER.start(), *FORMER.end());
    let evidence = former.and_then(|former| former.evidence);
    weighed(Candidate { evidence, ..candidate.clone() }, candidate.score, kind, agreement, [1.0, 1.0])
}

/// What only the reader before found, on the same scale.
fn unmarked(former: Candidate, margin: Option<f32>) -> Candidate {
    let kind = former.part("kind").unwrap_or_default();
    let agreement = former.score.clamp(*FORMER.start(), *FORMER.end());
    let read = f32::from(u8::from(margin.is_some()));
    weighed(former, margin.unwrap_or(UNMARKED), kind, agreement, [read, 0.0])
}

fn weighed(candidate: Candidate, margin: f32, kind: f32, agreement: f32, [read, marked]: [f32; 2]) -> Candidate {
    let parts = vec![("margin", margin), ("kind", kind), ("agreement", agreement), ("read", read), ("marked", marked)];
    Candidate { score: MARGIN * margin + kind + AGREEMENT * agreement, parts, ..candidate }
}
