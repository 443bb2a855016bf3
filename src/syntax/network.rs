//! A small network over hashed features, as all models here are: each feature has a row of weights, part of which goes to
//! the classes directly (a linear model) and part to a hidden layer (Cheng et al. 2016 call the pair wide and deep).
//!
//! Rows hold eight bits a weight and are read in place; the hidden layer's few weights are copied out at the start.

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

/// The features at hand that have a row.
///
/// All are looked up before any row is read: whether a feature has one is hard to foresee, and a wrong guess would stop the reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Active {
    slots: [u32; MOST],
    count: usize,
}

impl Active {
    pub(super) fn new() -> Self {
        Self { slots: [0; MOST], count: 0 }
    }

    #[inline]
    fn push(&mut self, (slot, there): (usize, bool)) {
        if let Some(place) = self.slots.get_mut(self.count) {
            // Slots are numbered by 32 bits in the table.
            *place = slot as u32;
            self.count += usize::from(there);
        }
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

    /// Adds a feature.
    #[inline]
    pub(super) fn add(&self, hash: u64, active: &mut Active) {
        active.push(self.rows.find(hash));
    }

    /// The sum of the rows of the features at hand.
    #[inline]
    fn sum(&self, active: &Active) -> [i16; W] {
        let mut sum = [0; W];
        let slots = active.slots.get(..active.count).unwrap_or_default();
        for row in slots.iter().filter_map(|&slot| self.rows.at(slot as usize)) {
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
