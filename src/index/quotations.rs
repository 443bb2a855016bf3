//! Quotations of an open index, listed by speaker, subject, document, outlet and date.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::backend::Address;
use super::error::IndexError;
use super::search::{Filter, name_words};
use super::{DocumentRecord, Index, QuotationRecord};
use crate::quotation::{PersonName, Quotation, QuotationKind, Speaker, genders_agree, may_name_body, role_words, speaker_gender};
use crate::span::Span;
use crate::syntax::EntityKind;
use crate::text;

/// Which quotations to list. What is `None` or empty limits nothing.
#[derive(Clone, Debug, Default)]
pub struct QuotationFilter {
    /// Said by somebody whose name, role or mention holds all these words.
    pub speaker: Option<String>,
    /// About this: the quotations and the sentences around them share its words; those that share most come first.
    pub about: Option<String>,
    /// From this document.
    pub document: Option<Arc<DocumentRecord>>,
    /// Limits of outlet and date; `speaker` here limits nothing.
    pub filter: Filter,
    /// Of these kinds; empty for direct, partial and indirect speech.
    pub kinds: Vec<QuotationKind>,
}

/// Chunks that an engine far away is asked for in one go.
const BATCH: usize = 256;

/// A quotation under way to the list.
struct Found {
    document: Arc<DocumentRecord>,
    addresses: Vec<Address>,
    quotation: Quotation,
    score: f32,
}

impl Index {
    /// The quotations that fit, those nearest to the subject first, otherwise in the order of documents and places.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn quotations(&self, wanted: &QuotationFilter) -> Result<Vec<QuotationRecord>, IndexError> {
        let about = wanted.about.as_deref().map_or(Ok(Vec::new()), |about| self.weights(about))?;
        let mut found: BTreeMap<(u32, Span), Found> = BTreeMap::new();
        for address in self.in_batches(self.quoting(wanted)?) {
            let address = address?;
            let (key, _) = self.backend.place(address)?;
            let Some(document) = self.by_key(key)? else { continue };
            let chunk = self.chunk(address)?;
            for quotation in chunk.quotations.iter().filter(|quotation| fits(quotation, wanted)) {
                let place = (document.ordinal, quotation.span());
                let entry = found.entry(place).or_insert_with(|| Found {
                    document: Arc::clone(&document),
                    addresses: Vec::new(),
                    quotation: quotation.clone(),
                    score: 0.0,
                });
                entry.addresses.push(address);
            }
        }
        let mut found: Vec<Found> = found.into_values().collect();
        if !about.is_empty() {
            self.rank(&mut found, &about)?;
        }
        found.into_iter().map(|found| self.record(found)).collect()
    }

    /// The chunks that may hold such quotations, in the order of their addresses.
    fn quoting(&self, wanted: &QuotationFilter) -> Result<Vec<Address>, IndexError> {
        match &wanted.document {
            Some(document) => self.addresses(document),
            None => self.backend.quoting(&Filter { speaker: wanted.speaker.clone(), ..wanted.filter.clone() }),
        }
    }

    /// The same addresses one by one, each batch of them after it was said that its chunks will be asked for.
    fn in_batches(&self, addresses: Vec<Address>) -> impl Iterator<Item = Result<Address, IndexError>> {
        let mut prepared = 0;
        (0..addresses.len()).filter_map(move |at| {
            if at == prepared {
                let batch = addresses.get(at..addresses.len().min(at + BATCH)).unwrap_or_default();
                prepared = at + batch.len();
                if let Err(error) = self.backend.prepare(batch) {
                    return Some(Err(error));
                }
            }
            addresses.get(at).copied().map(Ok)
        })
    }

    /// The content words' stems, rare ones weighing more.
    fn weights(&self, about: &str) -> Result<Vec<(String, f32)>, IndexError> {
        let cut = text::analyze(about, &[Span::new(0, about.len())]);
        let positions = text::content_words(about, &cut);
        let words = positions.iter().filter_map(|&position| cut.tokens.get(position)).map(|token| text::stem(token.span.slice(about)));
        let stems: BTreeSet<String> = words.collect();
        self.rarities(stems, 0.1)
    }

    /// Scores by the share of the subject's words in the quotation, and half as much in the chunks around it; drops what shares none.
    fn rank(&self, found: &mut Vec<Found>, about: &[(String, f32)]) -> Result<(), IndexError> {
        let total: f32 = about.iter().map(|(_, weight)| weight).sum();
        let all: BTreeSet<Address> = found.iter().flat_map(|entry| entry.addresses.iter().copied()).collect();
        if all.len() <= BATCH {
            self.backend.prepare(&all.into_iter().collect::<Vec<_>>())?;
        }
        for entry in found.iter_mut() {
            let (mut inside, mut near) = (BTreeSet::new(), BTreeSet::new());
            for &address in &entry.addresses {
                let chunk = self.chunk(address)?;
                for token in chunk.analysis.tokens.iter().filter(|token| token.shape.is_word()) {
                    let stem = text::stem(token.span.relative_to(chunk.span.start).slice(&chunk.text));
                    let quoted = entry.quotation.pieces.iter().any(|piece| piece.contains(token.span));
                    if quoted {
                        inside.insert(stem)
                    } else {
                        near.insert(stem)
                    };
                }
            }
            let part = |(stem, weight): &(String, f32)| match (inside.contains(stem), near.contains(stem)) {
                (true, _) => *weight,
                (false, true) => weight * 0.5,
                (false, false) => 0.0,
            };
            entry.score = about.iter().map(part).sum::<f32>() / total;
        }
        found.retain(|entry| entry.score >= 0.3);
        found.sort_by(|one, other| {
            let place = |found: &Found| (found.document.ordinal, found.quotation.span());
            other.score.total_cmp(&one.score).then_with(|| place(one).cmp(&place(other)))
        });
        Ok(())
    }

    fn record(&self, found: Found) -> Result<QuotationRecord, IndexError> {
        let piece = |&piece: &Span| self.text_at(&found.document, piece);
        let pieces = found.quotation.pieces.iter().map(piece).collect::<Result<_, _>>()?;
        Ok(QuotationRecord { document: found.document, quotation: found.quotation, pieces, also: Vec::new() })
    }
}

fn fits(quotation: &Quotation, wanted: &QuotationFilter) -> bool {
    let kind = if wanted.kinds.is_empty() { quotation.kind != QuotationKind::NotSpeech } else { wanted.kinds.contains(&quotation.kind) };
    let named = |name: &String| quotation.speaker.as_ref().is_some_and(|speaker| is_named(speaker, name));
    kind && wanted.speaker.as_ref().is_none_or(named)
}

/// Whether somebody asking for `name` may mean this speaker: every word of it stands in the name or mention; or, where it names the role or the
/// body spoken for, in the role as well. Mr Bell is not Ms Bell. The mayor's wife is not found by "the mayor", nor whoever works for somebody by that name.
#[must_use]
pub fn is_named(speaker: &Speaker, name: &str) -> bool {
    let wanted = name_words(name);
    let gender = PersonName::new(name).and_then(|name| name.gender());
    if speaker.kind == EntityKind::Person && !genders_agree(gender, speaker_gender(speaker)) {
        return false;
    }
    let role = role_words(speaker.role.as_deref().unwrap_or_default());
    let held = name_words(role.principal);
    let mut known: BTreeSet<String> =
        [&speaker.name, &speaker.mention].into_iter().flat_map(|named| name_words(role_words(named).principal)).collect();
    if wanted.iter().all(|word| known.contains(word)) {
        return true;
    }
    let is_role = wanted.iter().any(|word| held.contains(word));
    known.extend(held);
    if is_role || may_name_body(name) {
        known.extend([role.possessor, role.of].into_iter().flat_map(name_words));
    }
    wanted.iter().all(|word| known.contains(word)) && (is_role || may_name_body(name))
}

/// The words by which a speaker is found.
pub(super) fn speaker_words(speaker: &Speaker) -> BTreeSet<String> {
    let role = speaker.role.as_deref().unwrap_or_default();
    [speaker.name.as_str(), role, speaker.mention.as_str()].into_iter().flat_map(name_words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, speaker: &str, mention: &str, expected: bool) {
        let (name_owned, mention) = (speaker.to_owned(), mention.to_owned());
        let speaker = Speaker { name: name_owned, role: None, mention, mention_span: Span::default(), kind: EntityKind::Person };
        assert_eq!(is_named(&speaker, name), expected, "{name} for {speaker:?}");
    }

    #[test]
    fn he_and_she_are_not_one() {
        check("Bell", "Bell", "she", true);
        check("Ms Bell", "Bell", "she", true);
        check("Mr Bell", "Bell", "she", false);
        check("Mr Bell", "Ann Bell", "the pilot", false);
        check("Mr Bell", "Bell", "Bell", true);
    }

    #[test]
    fn accents_may_be_left_out() {
        check("Inez Munoz", "Inéz Muñoz", "she", true);
    }
}
