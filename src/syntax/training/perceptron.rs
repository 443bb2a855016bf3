//! An averaged perceptron over hashed features, as it is while it learns.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

/// Feature hashes are hashes already.
#[derive(Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0.rotate_left(8) ^ u64::from(byte));
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// A map whose keys are feature hashes.
pub(super) type ByHash<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// Weights of `W` classes for each feature, with what averaging needs.
#[derive(Default)]
pub(super) struct Perceptron<const W: usize> {
    index: ByHash<u32>,
    rows: Vec<Row<W>>,
    clock: f32,
}

struct Row<const W: usize> {
    weights: [f32; W],
    /// Each change times the clock when it was made (Daumé 2006).
    weighted: [f32; W],
    updates: u32,
}

impl<const W: usize> Perceptron<W> {
    pub(super) fn new() -> Self {
        Self { index: ByHash::default(), rows: Vec::new(), clock: 1.0 }
    }

    /// The row of a feature, made if it is new.
    pub(super) fn id(&mut self, hash: u64) -> u32 {
        let next = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let id = *self.index.entry(hash).or_insert(next);
        if id == next {
            self.rows.push(Row { weights: [0.0; W], weighted: [0.0; W], updates: 0 });
        }
        id
    }

    pub(super) fn scores(&self, features: &[u32]) -> [f32; W] {
        let mut scores = [0.0; W];
        for &feature in features {
            for (score, weight) in scores.iter_mut().zip(&self.rows[feature as usize].weights) {
                *score += weight;
            }
        }
        scores
    }

    /// Moves the features toward one class and away from another.
    pub(super) fn update(&mut self, features: &[u32], toward: usize, away: usize) {
        for &feature in features {
            let row = &mut self.rows[feature as usize];
            row.updates += 1;
            for (class, change) in [(toward, 1.0), (away, -1.0)] {
                row.weights[class] += change;
                row.weighted[class] += change * self.clock;
            }
        }
    }

    /// Counts one decision made, whether it was right or not.
    pub(super) fn tick(&mut self) {
        self.clock += 1.0;
    }

    /// The averaged weights of features that changed at least `least` times.
    pub(super) fn averaged(&self, least: u32) -> BTreeMap<u64, [f32; W]> {
        let mut pairs: Vec<(u64, u32)> = self.index.iter().map(|(&hash, &id)| (hash, id)).collect();
        pairs.sort_unstable();
        let kept = pairs.into_iter().map(|(hash, id)| (hash, &self.rows[id as usize])).filter(|(_, row)| row.updates >= least);
        kept.map(|(hash, row)| (hash, std::array::from_fn(|class| row.weights[class] - row.weighted[class] / self.clock))).collect()
    }
}

/// The sum of models trained apart (iterative parameter mixing without the iteration): steadier than each.
pub(super) fn sum<const W: usize>(models: Vec<BTreeMap<u64, [f32; W]>>) -> BTreeMap<u64, [f32; W]> {
    let mut total: BTreeMap<u64, [f32; W]> = BTreeMap::new();
    for (hash, row) in models.into_iter().flatten() {
        let sums = total.entry(hash).or_insert([0.0; W]);
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
    }
    total
}

/// The `most` rows that weigh most, in eight bits a weight.
///
/// The scale is set by the weight that only one in a thousand exceeds; those are clipped.
pub(super) fn quantised<const W: usize>(rows: &BTreeMap<u64, [f32; W]>, most: usize) -> BTreeMap<u64, [u8; W]> {
    let mut ranked: Vec<(f32, u64)> = rows.iter().map(|(&hash, row)| (spread(row), hash)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(most);
    let mut sizes: Vec<f32> = ranked.iter().flat_map(|(_, hash)| rows[hash]).map(f32::abs).filter(|&size| size > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let largest = sizes.get(sizes.len() - sizes.len() / 1000 - 1).copied().unwrap_or(1.0).max(1e-6);
    let byte = |weight: f32| ((weight / largest * 127.0).round().clamp(-127.0, 127.0) as i8).to_le_bytes()[0];
    let rows = ranked.into_iter().map(|(_, hash)| (hash, rows[&hash].map(byte)));
    rows.filter(|(_, row)| row.iter().any(|&weight| weight != 0)).collect()
}

/// How much a row can move a decision: the distance between its weights.
fn spread<const W: usize>(row: &[f32; W]) -> f32 {
    row.iter().map(|weight| weight * weight).sum()
}

/// The class with the highest score among those allowed, the first of equals.
pub(super) fn best<const W: usize>(scores: &[f32; W], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = (f32::NEG_INFINITY, 0);
    for (class, &score) in scores.iter().enumerate() {
        if allowed(class) && score > best.0 {
            best = (score, class);
        }
    }
    best.1
}

/// A small seeded generator (SplitMix64, Steele, Lea and Flood 2014).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = (self.next() % (last as u64 + 1)) as usize;
            items.swap(last, other);
        }
    }
}
