//! The places where a quote stands become an answer to who said it, and whether that is the person named.
//!
//! A document's own words are nobody's: they are never put in a person's mouth, whoever is claimed.

use super::Attribution;
use super::excerpt::{Excerpt, Utterance};
use super::forces::speaks_for_force;
use super::namesakes::{Identity, identity};
use super::offices::{Standing, Surroundings, standing};
use super::people;
use super::wording::Finding;
use crate::quotation::{QuotationKind, Speaker, is_denial};
use crate::span::Span;
use crate::text::fold;

/// Least share of the words that must stand between an utterance's marks for the place to count as a quotation.
const MOSTLY: f32 = 0.8;
/// Least share of the words that must stand in a report without marks: the clause that introduces it ("he said") is often given too.
const MOSTLY_TOLD: f32 = 0.6;

/// Whose words stand at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Credit {
    /// Somebody's, printed as a quotation.
    Spoken(Speaker),
    /// Printed between marks, but nobody is said to have said them.
    Unsigned,
    /// The document's own.
    Narration,
}

impl Credit {
    pub(super) fn speaker(&self) -> Option<&Speaker> {
        match self {
            Self::Spoken(speaker) => Some(speaker),
            Self::Unsigned | Self::Narration => None,
        }
    }

    pub(super) fn is_quoted(&self) -> bool {
        !matches!(self, Self::Narration)
    }
}

/// Whose words stand where the quote was found, and in which utterance.
pub(super) fn credit<'e>(excerpt: &'e Excerpt, finding: &Finding) -> (Credit, Option<&'e Utterance>) {
    let words = finding.alignment.source_words();
    let marked = |utterance: &&Utterance| utterance.kind != QuotationKind::Indirect;
    let quoted = |word: usize| {
        excerpt.words.get(word).is_some_and(|word| excerpt.utterances.iter().filter(marked).any(|utterance| utterance.holds(word.span)))
    };
    let inside = words.iter().filter(|&&word| quoted(word)).count();
    let most = excerpt.utterance_of(&words).map(|(utterance, _)| utterance).filter(marked);
    match most {
        Some(utterance) if inside as f32 >= MOSTLY * words.len() as f32 => {
            let own = utterance.is_verbatim() && !is_retold(excerpt, utterance, finding.span);
            // A line that names the outlet is no attribution to it.
            let outlet =
                |speaker: &Speaker| excerpt.document.publisher.as_deref().is_some_and(|outlet| fold(outlet) == fold(&speaker.name));
            let spoken = utterance.speaker.clone().filter(|speaker| own && people::is_somebody(speaker) && !outlet(speaker));
            (spoken.map_or(Credit::Unsigned, Credit::Spoken), Some(utterance))
        }
        _ => (Credit::Narration, None),
    }
}

/// Whether the words stand in quotation marks of their own inside the utterance, behind the comma or colon of an attribution ("he shouted, ‘…’"):
/// then somebody else's words are told.
fn is_retold(excerpt: &Excerpt, utterance: &Utterance, span: Span) -> bool {
    let Some(piece) = utterance.pieces.iter().find(|piece| piece.contains(span)) else { return false };
    let before = excerpt.slice(Span::new(piece.start, span.start));
    let Some((open, mark)) = before.char_indices().rev().find(|&(_, c)| matches!(c, '‘' | '“' | '"' | '\'')) else { return false };
    let (lead, inner) = (before.get(..open).unwrap_or_default(), before.get(open + mark.len_utf8()..).unwrap_or_default());
    let closes = |c: char| matches!(c, '’' | '”' | '"' | '\'');
    let opens = lead.ends_with(char::is_whitespace) && !inner.starts_with(char::is_whitespace);
    opens && lead.trim_end().ends_with([',', ':']) && !inner.contains(|c: char| closes(c) && c != '’' && c != '\'') && !has_closed(inner)
}

/// Whether a single mark closes in the text: one behind a letter or a stop with no letter after it.
fn has_closed(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters
        .iter()
        .enumerate()
        .any(|(at, &c)| matches!(c, '’' | '\'') && at > 0 && letters.get(at + 1).is_none_or(|after| !after.is_alphanumeric()))
}

/// A place where the words stand.
pub(super) struct Told<'a> {
    pub(super) credit: &'a Credit,
    /// What stands around.
    pub(super) place: Surroundings<'a>,
    /// Who speaks in the same passage.
    pub(super) others: Vec<&'a Speaker>,
}

/// Decides from all places, best first. `distinctive` says that the words are too many to be said twice by chance.
pub(super) fn decide(by: Option<&str>, places: &[Told], distinctive: bool) -> (Attribution, Option<Speaker>) {
    let credits: Vec<&Credit> = places.iter().map(|told| told.credit).collect();
    if !credits.iter().any(|credit| credit.is_quoted()) {
        return (Attribution::NotAQuotation, None);
    }
    let speakers: Vec<&Speaker> = credits.iter().filter_map(|credit| credit.speaker()).collect();
    let Some(&first) = speakers.first() else { return (Attribution::Unattributed, None) };
    let disputed = speakers.iter().any(|speaker| !people::same_person(first, speaker));
    let fitting = by.and_then(|by| {
        let around = places.iter().filter_map(|told| Some((told.credit.speaker()?, told.place)));
        around.clone().find(|&(speaker, place)| is_meant(by, speaker, place) == Identity::Same).or_else(|| {
            let mut voices = around;
            voices.find(|(speaker, place)| {
                people::speaks_for_claimed(by, speaker, place.around)
                    || speaks_for_force(by, speaker, place.passage)
                    || standing(by, speaker, *place) == Standing::Held
            })
        })
    });
    match (by, fitting) {
        (None, _) if disputed => (Attribution::Disputed, Some(first.clone())),
        (None, _) => (Attribution::Confirmed, Some(first.clone())),
        (Some(_), Some((speaker, _))) if disputed && distinctive => (Attribution::Disputed, Some(speaker.clone())),
        (Some(_), Some((speaker, _))) => (Attribution::Confirmed, Some(speaker.clone())),
        (Some(by), None) if may_be_meant(by, places) => (Attribution::Unattributed, Some(first.clone())),
        (Some(_), None) if disputed => (Attribution::Misattributed, None),
        (Some(by), None) if is_open(by, places) => (Attribution::Unattributed, Some(first.clone())),
        (Some(_), None) => (Attribution::Misattributed, Some(first.clone())),
    }
}

/// Whether the person named is the one who speaks at a place.
fn is_meant(by: &str, speaker: &Speaker, place: Surroundings) -> Identity {
    if people::fits(by, speaker) { identity(by, speaker, place.passage) } else { Identity::Other }
}

/// Whether the places leave open which of several namesakes speaks.
fn may_be_meant(by: &str, places: &[Told]) -> bool {
    places.iter().any(|told| told.credit.speaker().is_some_and(|speaker| is_meant(by, speaker, told.place) == Identity::Open))
}

/// Whether the places leave open if the speaker holds the role claimed, and show nobody else who does.
fn is_open(by: &str, places: &[Told]) -> bool {
    let open = |told: &Told| told.credit.speaker().is_some_and(|speaker| standing(by, speaker, told.place) == Standing::Open);
    let taken = |told: &Told| told.others.iter().any(|other| people::fits(by, other) || standing(by, other, told.place) == Standing::Held);
    places.iter().any(open) && !places.iter().any(taken)
}

/// Whose view the document's own words report without marks, if nearly all of them stand in a report of one person's speech.
pub(super) fn reported_view(excerpt: &Excerpt, finding: &Finding) -> Option<Speaker> {
    let source = finding.alignment.source_words();
    let told = |utterance: &&Utterance| utterance.kind == QuotationKind::Indirect;
    let held = |utterance: &&Utterance| {
        source.iter().filter_map(|&word| excerpt.words.get(word)).filter(|word| utterance.holds(word.span)).count()
    };
    let most = excerpt.utterances.iter().filter(told).max_by_key(held)?;
    // Whoever "denied that the pool was unsafe" said the contrary of the words.
    let verb = excerpt.words.iter().position(|word| most.holds(word.span)).filter(|first| !source.contains(first));
    if verb.and_then(|verb| excerpt.words.get(verb)).is_some_and(|verb| is_denial(&verb.folded)) {
        return None;
    }
    let speaker = most.speaker.clone().filter(people::is_somebody)?;
    (held(&most) as f32 >= MOSTLY_TOLD * source.len() as f32).then_some(speaker)
}

/// Decides for a quote stitched from several utterances: it is somebody's only where every piece is. Pieces of different speakers have
/// no one speaker, and where nobody is named there is nothing to confirm or deny: each piece's own speaker is known.
pub(super) fn decide_pieces(by: Option<&str>, credits: &[&Credit]) -> (Option<Attribution>, Option<Speaker>) {
    if credits.iter().any(|credit| !credit.is_quoted()) {
        return (Some(Attribution::NotAQuotation), None);
    }
    let known: Option<Vec<&Speaker>> = credits.iter().map(|credit| credit.speaker()).collect();
    let Some((&first, rest)) = known.as_ref().and_then(|speakers| speakers.split_first()) else {
        return (Some(Attribution::Unattributed), None);
    };
    let one = rest.iter().all(|speaker| people::same_voice(first, speaker));
    let fit = by.is_none_or(|by| std::iter::once(&first).chain(rest).all(|speaker| people::fits(by, speaker)));
    // "Bell" fits Ann Bell and Tom Bell, but nobody is both.
    let named = |speaker: &Speaker| by.is_some_and(|by| people::is_name_of(by, speaker));
    let several = rest.iter().any(|speaker| named(first) && named(speaker) && !people::same_voice(first, speaker));
    let attribution = match (by, one, fit) {
        (None, true, _) => Some(Attribution::Confirmed),
        (None, false, _) => None,
        (Some(_), _, fit) => Some(if fit && !several { Attribution::Confirmed } else { Attribution::Misattributed }),
    };
    (attribution, (one || (by.is_some() && fit && !several)).then(|| first.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::speaker;
    use super::*;
    use crate::syntax::EntityKind;

    fn check(by: Option<&str>, credits: &[Credit], expected: Attribution, whose: Option<&str>) {
        let (attribution, found) = decide(by, &credits.iter().map(told).collect::<Vec<_>>(), true);
        assert_eq!((attribution, found.as_ref().map(|speaker| speaker.name.as_str())), (expected, whose));
    }

    fn told(credit: &Credit) -> Told<'_> {
        Told { credit, place: Surroundings::default(), others: Vec::new() }
    }

    #[test]
    fn a_role_nobody_states_is_left_open_but_not_one_somebody_else_holds() {
        let (bell, carter) = (said("Ann Bell"), Speaker { role: Some("finance director".to_owned()), ..speaker("Tom Carter") });
        let by = Some("the finance director");
        assert_eq!(decide(by, &[told(&bell)], true).0, Attribution::Unattributed);
        assert_eq!(decide(by, &[Told { others: vec![&carter], ..told(&bell) }], true).0, Attribution::Misattributed);
    }

    fn said(name: &str) -> Credit {
        Credit::Spoken(speaker(name))
    }

    #[test]
    fn narration_is_nobodys() {
        check(None, &[Credit::Narration], Attribution::NotAQuotation, None);
        check(Some("Ann Bell"), &[Credit::Narration], Attribution::NotAQuotation, None);
        check(Some("Ann Bell"), &[Credit::Narration, said("Ann Bell")], Attribution::Confirmed, Some("Ann Bell"));
    }

    #[test]
    fn the_person_named_is_confirmed_or_not() {
        check(Some("Bell"), &[said("Ann Bell")], Attribution::Confirmed, Some("Ann Bell"));
        check(Some("Tom Bell"), &[said("Ann Bell")], Attribution::Misattributed, Some("Ann Bell"));
        check(Some("Ann Bell"), &[Credit::Unsigned], Attribution::Unattributed, None);
        check(None, &[Credit::Unsigned, said("Ann Bell")], Attribution::Confirmed, Some("Ann Bell"));
    }

    #[test]
    fn sources_may_differ() {
        let both = [said("Ann Bell"), said("Tom Carter")];
        check(None, &both, Attribution::Disputed, Some("Ann Bell"));
        check(Some("Tom Carter"), &both, Attribution::Disputed, Some("Tom Carter"));
        check(Some("Jo Dean"), &both, Attribution::Misattributed, None);
    }

    #[test]
    fn every_piece_of_a_stitched_quote_counts() {
        let (own, other) = (said("Ann Bell"), said("Tom Carter"));
        assert_eq!(decide_pieces(Some("Ann Bell"), &[&own, &own]), (Some(Attribution::Confirmed), Some(speaker("Ann Bell"))));
        assert_eq!(decide_pieces(Some("Ann Bell"), &[&own, &other]), (Some(Attribution::Misattributed), None));
        assert_eq!(decide_pieces(None, &[&own, &other]), (None, None));
        let namesake = said("Tom Bell");
        assert_eq!(decide_pieces(Some("Bell"), &[&own, &namesake]), (Some(Attribution::Misattributed), None));
        let body = Credit::Spoken(Speaker { kind: EntityKind::Organization, ..speaker("Harbour Trust") });
        assert_eq!(decide_pieces(None, &[&own, &body]), (None, None));
    }
}
