//! The bytes of `models/linear-reader.bin` become a [`Model`]: weights of hashed features, weights of sentence figures, how rare words are.
//!
//! Layout, all little-endian: the eight bytes `SAYSOLR1`; the number of sentence weights and so many `f32`; the weight of a passage's
//! standing (`f32`); the number of known stems and so many pairs of hash (`u32`) and rarity (`u8`, by 255), sorted by hash; the value of
//! one step of the table (`f32`) and the table, one `i8` a slot.

use super::SLOTS;
use super::features::{Sink, number};
use crate::reading::evidence::FIGURES;

static BYTES: &[u8] = include_bytes!("../../../models/linear-reader.bin");
const MAGIC: &[u8] = b"SAYSOLR1";

/// Number of answer types: each has its own weights beside the common ones.
pub(crate) const TYPES: usize = 16;
/// Sentence weights: the common ones, then those of each answer type.
pub(crate) const SENTENCE_WEIGHTS: usize = FIGURES * (TYPES + 1);

/// A trained log-linear model.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model {
    /// Weights of a sentence's figures: the common ones, then those of each answer type.
    pub(crate) sentences: Vec<f32>,
    /// Weight of a passage's score relative to the best passage's.
    pub(crate) standing: f32,
    /// How rare stems are, by hash; sorted.
    pub(crate) rarity: Vec<(u32, u8)>,
    /// What one step of the table is worth.
    pub(crate) step: f32,
    /// Weights of hashed features, in steps.
    pub(crate) table: Vec<i8>,
}

/// Adds up the weights of the features it takes.
pub(crate) struct Sum<'m> {
    table: &'m [i8],
    steps: i32,
}

impl Sink for Sum<'_> {
    fn take(&mut self, slot: u32) {
        self.steps += i32::from(self.table.get(slot as usize).copied().unwrap_or(0));
    }
}

impl Model {
    /// The model that is part of the binary; an empty one if it were damaged.
    pub(crate) fn embedded() -> Self {
        Self::parse(BYTES).unwrap_or_default()
    }

    /// Reads a model from its bytes; `None` where they are not one.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let count = take_u32(&mut rest)? as usize;
        let sentences = (0..count.min(SENTENCE_WEIGHTS)).map(|_| take_f32(&mut rest)).collect::<Option<Vec<_>>>()?;
        let standing = take_f32(&mut rest)?;
        let known = take_u32(&mut rest)? as usize;
        let rarity =
            (0..known.min(rest.len() / 5)).map(|_| Some((take_u32(&mut rest)?, take_u8(&mut rest)?))).collect::<Option<Vec<_>>>()?;
        let step = take_f32(&mut rest)?;
        let table: Vec<i8> = rest.iter().map(|&byte| i8::from_le_bytes([byte])).collect();
        (table.len() == SLOTS as usize + 1).then_some(Self { sentences, standing, rarity, step, table })
    }

    /// The model's bytes.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((self.sentences.len() as u32).to_le_bytes());
        bytes.extend(self.sentences.iter().flat_map(|weight| weight.to_le_bytes()));
        bytes.extend(self.standing.to_le_bytes());
        bytes.extend((self.rarity.len() as u32).to_le_bytes());
        for (hash, rarity) in &self.rarity {
            bytes.extend(hash.to_le_bytes());
            bytes.push(*rarity);
        }
        bytes.extend(self.step.to_le_bytes());
        bytes.extend(self.table.iter().flat_map(|weight| weight.to_le_bytes()));
        bytes
    }

    /// The sum of the weights of the features that `give` hands over.
    pub(crate) fn score(&self, give: impl FnOnce(&mut Sum<'_>)) -> f32 {
        let mut sum = Sum { table: &self.table, steps: 0 };
        give(&mut sum);
        sum.steps as f32 * self.step
    }

    /// How rare a stem is, 0 to 1; what was never seen is rarest.
    pub(crate) fn rarity(&self, stem: &str) -> f32 {
        let hash = number(stem);
        self.rarity
            .binary_search_by_key(&hash, |&(known, _)| known)
            .ok()
            .and_then(|at| self.rarity.get(at))
            .map_or(1.0, |&(_, rarity)| f32::from(rarity) / 255.0)
    }
}

fn take_u8(rest: &mut &[u8]) -> Option<u8> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    Some(*first)
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    let (bytes, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(u32::from_le_bytes(*bytes))
}

fn take_f32(rest: &mut &[u8]) -> Option<f32> {
    take_u32(rest).map(f32::from_bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_survives_being_written() {
        let mut table = vec![0; SLOTS as usize + 1];
        table[7] = -3;
        let model = Model { sentences: vec![0.5, -1.0], standing: 2.0, rarity: vec![(1, 9), (4, 255)], step: 0.01, table };
        assert_eq!(Model::parse(&model.write()), Some(model));
    }

    #[test]
    fn damaged_bytes_are_no_model() {
        let whole = Model { table: vec![0; SLOTS as usize + 1], ..Model::default() }.write();
        assert!(Model::parse(&whole).is_some());
        for length in [0, 4, 8, 11, 40, whole.len() - 1] {
            assert_eq!(Model::parse(&whole[..length]), None, "{length}");
        }
    }

    #[test]
    fn the_embedded_model_is_whole() {
        assert!(Model::parse(BYTES).is_some());
    }
}
