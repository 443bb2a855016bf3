//! Candidates that copies of one report give are cited once, from the copy that was printed first.
//!
//! Only where the words are the same is one document cited instead of another: an answer is verbatim from its first citation.

use std::sync::Arc;

use super::Citation;
use super::excerpt::Excerpt;
use super::grouping::Group;
use crate::index::DocumentRecord;
use crate::reading::Candidate;
use crate::retrieval::Passage;

fn document<'p>(passages: &'p [Passage], candidate: &Candidate) -> Option<&'p Arc<DocumentRecord>> {
    passages.get(candidate.passage).map(|passage| &passage.record.document)
}

/// Documents in the order they were printed: by date, undated ones last, then by identifier.
fn printed(document: &DocumentRecord) -> (bool, Option<jiff::civil::Date>, u32) {
    (document.published.is_none(), document.published, document.ordinal)
}

/// The candidate that speaks for the group: of copies with the same words, the one of the earliest.
pub(super) fn first_printing<'c>(group: &Group<'c>, passages: &[Passage]) -> Option<&'c Candidate> {
    let best = group.members.first().copied()?;
    let own = document(passages, best)?;
    let words = |candidate: &Candidate| Excerpt::new(passages, document(passages, candidate)?).slice(candidate.span);
    let stated = words(best)?;
    let same = |candidate: &&Candidate| {
        let copy = document(passages, candidate).is_some_and(|other| other.cluster == own.cluster && other.ordinal != own.ordinal);
        copy && candidate.members.len() == best.members.len() && words(candidate).as_ref() == Some(&stated)
    };
    let earliest =
        group.members.iter().copied().filter(same).min_by_key(|candidate| document(passages, candidate).map(|copy| printed(copy)));
    let earlier = earliest.filter(|candidate| document(passages, candidate).is_some_and(|copy| printed(copy) < printed(own)));
    Some(earlier.unwrap_or(best))
}

/// The candidates of a group, of each report the one of the copy printed first; reports in the order of their best candidates.
pub(super) fn by_report<'c>(group: &Group<'c>, passages: &[Passage]) -> Vec<&'c Candidate> {
    let mut reports: Vec<(u32, &Candidate)> = Vec::new();
    for &member in &group.members {
        let Some(own) = document(passages, member) else { continue };
        match reports.iter_mut().find(|(cluster, _)| *cluster == own.cluster) {
            Some((_, known)) if document(passages, known).is_some_and(|other| printed(own) < printed(other)) => *known = member,
            Some(_) => {}
            None => reports.push((own.cluster, member)),
        }
    }
    reports.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The documents of a group that no citation names, in the order they were printed.
pub(super) fn uncited(group: &Group<'_>, passages: &[Passage], citations: &[Citation]) -> Vec<Arc<DocumentRecord>> {
    let cited = |other: &Arc<DocumentRecord>| citations.iter().any(|citation| citation.document.ordinal == other.ordinal);
    let mut rest: Vec<Arc<DocumentRecord>> =
        group.members.iter().filter_map(|member| document(passages, member)).filter(|other| !cited(other)).cloned().collect();
    rest.sort_by_key(|document| printed(document));
    rest.dedup_by_key(|document| document.ordinal);
    rest
}
