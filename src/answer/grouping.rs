//! Candidates that say the same become one group: equal values, names of one person, the same words.

use std::collections::BTreeMap;

use super::value::{self, Worth};
use crate::index::PassageRecord;
use crate::question::AnswerType;
use crate::reading::names::same_person;
use crate::reading::weighing::WEIGHED;
use crate::reading::{Candidate, amounts};
use crate::retrieval::Passage;
use crate::span::Span;
use crate::syntax::Tag;
use crate::text::quantities::Quantity;
use crate::text::{fold, is_stop_word, stem};

/// Candidates that give the same answer, best first.
#[derive(Clone, Debug)]
pub(super) struct Group<'c> {
    /// The candidates; the first speaks for the group.
    pub(super) members: Vec<&'c Candidate>,
    /// What the answer is worth, if it is a quantity.
    pub(super) worth: Option<Worth>,
    /// The best member's score, raised by independent support.
    pub(super) score: f32,
    /// Probability that this is the answer, where candidates were weighed against silence.
    pub(super) chance: Option<f32>,
    /// The stem of the noun that a figure counts, where one follows it.
    pub(super) counted: Option<String>,
    words: Vec<String>,
    text: String,
}

/// What one more independent document adds to a group's score (natural log-odds, by the logarithm of their number).
const SUPPORT: f32 = 0.5;

/// Groups candidates, best group first.
pub(super) fn group<'c>(passages: &[Passage], candidates: &'c [Candidate]) -> Vec<Group<'c>> {
    let mut groups: Vec<Group<'c>> = Vec::new();
    let mut amounts: BTreeMap<usize, Vec<Quantity>> = BTreeMap::new();
    for candidate in candidates {
        let Some(passage) = passages.get(candidate.passage) else { continue };
        let amounts = amounts.entry(candidate.passage).or_insert_with(|| amounts::find(&passage.record));
        let new = describe(passage, candidate, passages, amounts);
        match groups.iter_mut().find(|group| group.covers(candidate, passages) || group.says(&new, candidate.answer_type)) {
            Some(group) => group.members.push(candidate),
            None => groups.push(new),
        }
    }
    for group in &mut groups {
        let independent = group.independent(passages);
        group.score += SUPPORT * (independent.max(1) as f32).ln();
    }
    share_chances(&mut groups, passages);
    groups.sort_by(|a, b| b.score.total_cmp(&a.score));
    groups
}

/// Where candidates are weighed against silence, a group's chance is the sum of its members' (of copies of one report those of one copy), of all groups
/// and silence together; its score is the logarithm of that sum.
fn share_chances(groups: &mut [Group<'_>], passages: &[Passage]) {
    if !groups.iter().flat_map(|group| &group.members).any(|member| member.part(WEIGHED).is_some()) {
        return;
    }
    for group in groups.iter_mut() {
        let mut documents: BTreeMap<(u32, u32), f32> = BTreeMap::new();
        for member in &group.members {
            let document = passages.get(member.passage).map(|passage| &passage.record.document);
            let key = document.map_or((u32::MAX, u32::MAX), |document| (document.cluster, document.ordinal));
            *documents.entry(key).or_insert(0.0) += member.part(WEIGHED).unwrap_or(f32::NEG_INFINITY).min(30.0).exp();
        }
        let mut best: BTreeMap<u32, f32> = BTreeMap::new();
        for ((cluster, _), odds) in documents {
            best.entry(cluster).and_modify(|known| *known = known.max(odds)).or_insert(odds);
        }
        group.score = best.values().sum::<f32>().max(1e-12).ln();
    }
    let all: f32 = 1.0 + groups.iter().map(|group| group.score.exp()).sum::<f32>();
    for group in groups {
        group.chance = Some(group.score.exp() / all);
    }
}

fn describe<'c>(passage: &Passage, candidate: &'c Candidate, passages: &[Passage], amounts: &[Quantity]) -> Group<'c> {
    let text = super::excerpt::Excerpt::new(passages, &passage.record.document).slice(candidate.span).unwrap_or_default();
    let worth = value::at(amounts, &passage.record, candidate.span, candidate.answer_type);
    let counted = counted(&passage.record, worth.as_ref().map_or(candidate.span, Worth::span));
    Group { members: vec![candidate], counted, worth, score: candidate.score, chance: None, words: content(&text), text }
}

/// The stem of the first noun among the words right after a figure.
fn counted(record: &PassageRecord, figure: Span) -> Option<String> {
    let after = record.analysis.tokens.iter().position(|token| token.span.start >= figure.end)?;
    let noun = (after..after + 3)
        .find(|&at| record.syntax.words.get(at).is_some_and(|word| matches!(word.tag, Tag::Noun | Tag::Verb | Tag::Punct)))?;
    let is_noun = record.syntax.words.get(noun).is_some_and(|word| word.tag == Tag::Noun);
    is_noun.then(|| stem(&fold(record.slice(record.analysis.tokens.get(noun).map_or(figure, |token| token.span)))))
}

/// The words that carry the answer, folded.
fn content(text: &str) -> Vec<String> {
    let folded = fold(text);
    let all: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.').to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let carrying: Vec<String> = all.iter().filter(|word| !is_stop_word(word)).cloned().collect();
    if carrying.is_empty() { all } else { carrying }
}

impl Group<'_> {
    /// Whether the candidate shares words with a member at the same place.
    fn covers(&self, candidate: &Candidate, passages: &[Passage]) -> bool {
        let document = |candidate: &Candidate| passages.get(candidate.passage).map(|passage| passage.record.document.ordinal);
        self.members.first().is_some_and(|member| document(member) == document(candidate) && member.span.overlaps(candidate.span))
    }

    /// Whether the best places of both stand in one report.
    pub(super) fn shares_report(&self, other: &Self, passages: &[Passage]) -> bool {
        let cluster = |group: &Self| Some(passages.get(group.members.first()?.passage)?.record.document.cluster);
        cluster(self) == cluster(other)
    }

    /// The day when the report was published that the best place stands in.
    pub(super) fn printed(&self, passages: &[Passage]) -> Option<jiff::civil::Date> {
        passages.get(self.members.first()?.passage)?.record.document.published
    }

    /// Whether two groups give the same answer.
    fn says(&self, other: &Self, answer_type: AnswerType) -> bool {
        if let (Some(one), Some(two)) = (&self.worth, &other.worth) {
            return one.equals(two);
        }
        let named = matches!(answer_type, AnswerType::Person | AnswerType::Organization);
        self.words == other.words || (named && same_person(&self.text, &other.text))
    }

    /// What the words of one of the members are worth: of dates, another member's may say more.
    pub(super) fn worth_of(&self, member: &Candidate, passages: &[Passage]) -> Option<Worth> {
        let record = &passages.get(member.passage)?.record;
        value::at(&amounts::find(record), record, member.span, member.answer_type)
    }

    /// How many documents say so, copies of one report counted once.
    pub(super) fn independent(&self, passages: &[Passage]) -> usize {
        self.count(passages, |record| record.cluster)
    }

    /// How many documents say so.
    pub(super) fn documents(&self, passages: &[Passage]) -> usize {
        self.count(passages, |record| record.ordinal)
    }

    fn count(&self, passages: &[Passage], key: impl Fn(&crate::index::DocumentRecord) -> u32) -> usize {
        let mut keys: Vec<u32> =
            self.members.iter().filter_map(|member| passages.get(member.passage)).map(|passage| key(&passage.record.document)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len()
    }
}
