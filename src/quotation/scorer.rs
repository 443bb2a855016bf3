//! Hashed features become scores: two tables of weights, read in place from the bytes of `models/attribution.bin`.
//!
//! One table chooses a piece's speaker among its candidates (softmax), the other tells speech from names of things (logistic).

use super::features::{Features, TABLE_BITS};

/// Weights in one table.
pub(super) const TABLE: usize = 1 << TABLE_BITS;

/// A trained model: `scale of table 1 (f32), scale of table 2 (f32), table 1 (i8), table 2 (i8)`, little-endian.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scorer<'m> {
    speakers: Table<'m>,
    speech: Table<'m>,
}

#[derive(Clone, Copy, Debug)]
struct Table<'m> {
    scale: f32,
    weights: &'m [u8],
}

impl Table<'_> {
    fn score(&self, features: &Features) -> f32 {
        let weight = |place: &u32| self.weights.get(*place as usize).map_or(0, |byte| i32::from(byte.cast_signed()));
        let sum: i32 = features.iter().map(weight).sum();
        // Sums of a few hundred bytes are exact in f32.
        self.scale * sum as f32
    }
}

impl<'m> Scorer<'m> {
    /// The model that is part of the binary.
    pub(super) fn embedded() -> Scorer<'static> {
        Scorer::read(include_bytes!("../../models/attribution.bin"))
    }

    /// A model of the wrong size scores everything 0.
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        let scale = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0.0, f32::from_le_bytes);
        let weights = |at: usize| bytes.get(at..at + TABLE).unwrap_or_default();
        Self { speakers: Table { scale: scale(0), weights: weights(8) }, speech: Table { scale: scale(4), weights: weights(8 + TABLE) } }
    }

    /// How probable each candidate is; sums to 1.
    pub(super) fn speakers(&self, candidates: &[Features]) -> Vec<f32> {
        let scores: Vec<f32> = candidates.iter().map(|features| self.speakers.score(features)).collect();
        softmax(&scores)
    }

    /// How probable it is that a piece is speech.
    pub(super) fn speech(&self, piece: &Features) -> f32 {
        1.0 / (1.0 + (-self.speech.score(piece)).exp())
    }
}

pub(super) fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let total: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / total.max(f32::MIN_POSITIVE)).collect()
}
