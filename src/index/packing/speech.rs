//! Quotations become distances between their places, and what their words do not show already.
//!
//! A chunk holds every quotation that overlaps it, so that the same one may be packed several times: what can be read from the text at
//! hand (the mention, where it stands here) is not kept again.

use serde::{Deserialize, Serialize};

use super::{advance, distances};
use crate::index::shorthand;
use crate::quotation::{Quotation, QuotationKind, Speaker};
use crate::span::Span;
use crate::syntax::EntityKind;

/// The quotations of a chunk.
#[derive(Serialize, Deserialize)]
pub(super) struct Speech {
    quotations: Vec<Packed>,
    /// Every name, role and mention that is kept, one after the other.
    #[serde(with = "super::bytes")]
    words: Vec<u8>,
}

/// One quotation; distances count from the end of the place before.
#[derive(Serialize, Deserialize)]
struct Packed {
    kind: QuotationKind,
    confidence: f32,
    pieces: Vec<(i64, usize)>,
    cue: Option<(i64, usize)>,
    speaker: Option<PackedSpeaker>,
}

#[derive(Serialize, Deserialize)]
struct PackedSpeaker {
    place: (i64, usize),
    kind: EntityKind,
    /// Bytes of the mention among the words kept, and one; 0 where the text has it.
    mention: usize,
    /// Bytes of the name, and one; 0 where it is the mention.
    name: usize,
    /// Bytes of the role, and one; 0 where there is none.
    role: usize,
}

/// Packs the quotations of a chunk whose text begins at byte `base`.
pub(super) fn pack(quotations: &[Quotation], text: &str, base: usize) -> Speech {
    let mut words = String::new();
    let mut keep = |part: &str| {
        words.push_str(part);
        part.len() + 1
    };
    let mut one = |quotation: &Quotation| {
        let mut places: Vec<Span> = quotation.pieces.clone();
        places.extend(quotation.cue);
        places.extend(quotation.speaker.as_ref().map(|speaker| speaker.mention_span));
        let mut places = distances(places.into_iter(), base);
        let pieces = places.by_ref().take(quotation.pieces.len()).collect();
        let cue = quotation.cue.and_then(|_| places.next());
        let speaker = quotation.speaker.as_ref().zip(places.next()).map(|(speaker, place)| PackedSpeaker {
            place,
            kind: speaker.kind,
            mention: if here(text, base, speaker.mention_span) == Some(&speaker.mention) { 0 } else { keep(&speaker.mention) },
            name: if speaker.name == speaker.mention { 0 } else { keep(&speaker.name) },
            role: speaker.role.as_deref().map_or(0, &mut keep),
        });
        Packed { kind: quotation.kind, confidence: quotation.confidence, pieces, cue, speaker }
    };
    let quotations = quotations.iter().map(&mut one).collect();
    Speech { quotations, words: shorthand::shorten(&words) }
}

/// The words at a span of the document, where it lies in this text.
fn here(text: &str, base: usize, span: Span) -> Option<&str> {
    text.get(span.start.checked_sub(base)?..span.end.checked_sub(base)?)
}

/// The quotations again; `None` where the bytes are none.
pub(super) fn unpack(speech: &Speech, text: &str, base: usize) -> Option<Vec<Quotation>> {
    let words = shorthand::restore(&speech.words)?;
    let mut rest = words.as_str();
    let mut take = |length: usize| -> Option<Option<String>> {
        let Some(length) = length.checked_sub(1) else { return Some(None) };
        let (part, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(Some(part.to_owned()))
    };
    let mut one = |packed: &Packed| {
        let mut end = base;
        let mut place = |&(distance, length): &(i64, usize)| advance(&mut end, distance, length);
        let pieces = packed.pieces.iter().map(&mut place).collect::<Option<_>>()?;
        let cue = packed.cue.as_ref().map(&mut place).map_or(Some(None), |cue| cue.map(Some))?;
        let speaker = match &packed.speaker {
            None => None,
            Some(speaker) => {
                let mention_span = place(&speaker.place)?;
                let kept = take(speaker.mention)?;
                let mention = kept.map_or_else(|| here(text, base, mention_span).map(str::to_owned), Some)?;
                let name = take(speaker.name)?.unwrap_or_else(|| mention.clone());
                Some(Speaker { name, role: take(speaker.role)?, mention, mention_span, kind: speaker.kind })
            }
        };
        Some(Quotation { pieces, kind: packed.kind, cue, speaker, confidence: packed.confidence })
    };
    speech.quotations.iter().map(&mut one).collect()
}
