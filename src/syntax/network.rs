//! A small network over hashed features, as all models here are: each feature has a row of weights, part of which goes to
//! the classes directly (a linear model) and part to a hidden layer (Cheng et al. 2016 call the pair wide and deep).
//!
//! Rows hold eight bits a weight and are read in place; the hidden layer's few weights are copied out at the start.

use std::hint::black_box;

use super::weights::Table;

/// Bytes of a 32-bit float.
const FLOAT: usize = 4;

/// A network with `C` classes and rows of `W` weights, of which the last `W - C` feed the hidden layer.
#[derive(Clone, Debug)]
pub(super) struct Network<'m, const C: usize, const W: usize> {
    rows: Table<'m, W>,
    /// The worth of one unit of a direct weight.
    unit: f32,
    /// Weights from the hidden layer to each class.
    hidden: Vec<[f32; C]>,
}

/// Features a decision has at most.
const MOST: usize = 96;

/// The features at hand, by their hashes.
///
/// All are gathered before any is looked up, and all are looked up before any row is read: each of these steps waits for memory, and
/// one step for all features at once waits once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Active {
    hashes: [u64; MOST],
    count: usize,
}

impl Active {
    pub(super) fn new() -> Self {
        Self { hashes: [0; MOST], count: 0 }
    }

    /// Adds a feature.
    #[inline]
    pub(super) fn add(&mut self, hash: u64) {
        if let Some(place) = self.hashes.get_mut(self.count) {
            *place = hash;
            self.count += 1;
        }
    }

    fn hashes(&self) -> &[u64] {
        self.hashes.get(..self.count).unwrap_or_default()
    }
}

impl<'m, const C: usize, const W: usize> Network<'m, C, W> {
    /// Reads a network from the bytes the training wrote; one without weights where they do not fit.
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        let (rows, rest) = Table::read(bytes);
        let mut floats = rest.chunks_exact(FLOAT).map(|chunk| f32::from_le_bytes(chunk.try_into().unwrap_or_default()));
        let unit = floats.next().unwrap_or(1.0);
        let mut row = || {
            let mut row = [0.0; C];
            row.iter_mut().for_each(|weight| *weight = floats.next().unwrap_or(0.0));
            row
        };
        Self { rows, unit, hidden: (C..W).map(|_| row()).collect() }
    }

    /// The slots of the features that have a row: they stand first, and their number is returned.
    #[inline]
    fn slots(&self, active: &Active, slots: &mut [u32; MOST]) -> usize {
        for (slot, &hash) in slots.iter_mut().zip(active.hashes()) {
            // Slots are numbered by 32 bits in the table.
            *slot = self.rows.slot(hash) as u32;
        }
        let mut count = 0;
        for (at, &hash) in active.hashes().iter().enumerate() {
            let slot = slots.get(at).copied().unwrap_or_default();
            // Whether a feature has a row is hard to foresee: a branch here would often go wrong.
            if let Some(place) = slots.get_mut(count) {
                *place = slot;
            }
            count += usize::from(self.rows.holds(slot as usize, hash));
        }
        count
    }

    /// The sum of the rows of the features at hand.
    #[inline]
    fn sum(&self, active: &Active) -> [i16; W] {
        let mut slots = [0; MOST];
        let count = self.slots(active, &mut slots);
        let rows = || slots.iter().take(count).filter_map(|&slot| self.rows.at(slot as usize));
        // Nothing but asks for the memory of all rows at once; adding the first would wait for it before the last is asked for.
        black_box(rows().fold(0, |bits, row| bits | row.first().copied().unwrap_or_default() | row.last().copied().unwrap_or_default()));
        let mut sum = [0; W];
        for row in rows() {
            for (sum, &weight) in sum.iter_mut().zip(row) {
                *sum += i16::from(weight.cast_signed());
            }
        }
        sum
    }

    /// The scores of the classes.
    #[inline]
    pub(super) fn scores(&self, active: &Active) -> [f32; C] {
        let sum = self.sum(active);
        let mut scores = [0.0; C];
        for (score, &direct) in scores.iter_mut().zip(&sum) {
            *score = f32::from(direct) * self.unit;
        }
        for (&input, weights) in sum.iter().skip(C).zip(&self.hidden) {
            if input > 0 {
                let input = f32::from(input);
                scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += input * weight);
            }
        }
        scores
    }
}

/// The class with the highest score among those allowed, the first of equals; 0 where none is.
#[inline]
pub(super) fn best<const C: usize>(scores: &[f32; C], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = (f32::NEG_INFINITY, 0);
    for (class, &score) in scores.iter().enumerate() {
        if score > best.0 && allowed(class) {
            best = (score, class);
        }
    }
    best.1
}
