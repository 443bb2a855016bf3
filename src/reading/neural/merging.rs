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

/// One list, best first.
///
/// `margin` says what the network thinks of a span of the shortlist, where it read it.
pub(super) fn merge(
    marked: Vec<(Candidate, f32)>,
    shortlist: Vec<Candidate>,
    margin: &dyn Fn(&Candidate) -> Option<f32>,
) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = marked.into_iter().map(|(candidate, kind)| scored(candidate, kind, &shortlist)).collect();
    let led = all.len();
    for former in shortlist {
        let repeated = all.iter().take(led).any(|lead| lead.passage == former.passage && lead.span == former.span);
        if !repeated {
            let margin = margin(&former);
            all.push(unmarked(former, margin));
        }
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    all
}

fn scored(candidate: Candidate, kind: f32, shortlist: &[Candidate]) -> Candidate {
    let same = shortlist.iter().filter(|other| other.passage == candidate.passage && other.span.overlaps(candidate.span));
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
