//! A [`Network`](super::super::network::Network) as it is while it learns: stochastic gradient descent on the log-likelihood
//! of the right classes, with a step size for each row (AdaGrad, Duchi, Hazan and Singer 2011) that falls to nothing.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::super::network::best;
use super::table;

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

/// How a network is trained.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    pub(super) seed: u64,
    pub(super) passes: usize,
    /// Features kept: the most frequent ones.
    pub(super) rows: usize,
    /// The step size at the start.
    pub(super) rate: f32,
    /// Of a hundred features, how many are left out at random at each step.
    pub(super) dropout: u64,
}

/// Counts features before the training, to choose those that get a row.
#[derive(Default)]
pub(super) struct Counter(ByHash<u32>);

impl Counter {
    pub(super) fn add(&mut self, hash: u64) {
        *self.0.entry(hash).or_insert(0) += 1;
    }

    /// The `most` most frequent features that occur twice or more.
    fn chosen(self, most: usize) -> Vec<u64> {
        let mut ranked: Vec<(u32, u64)> = self.0.into_iter().filter(|&(_, count)| count > 1).map(|(hash, count)| (count, hash)).collect();
        ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(most);
        ranked.into_iter().map(|(_, hash)| hash).collect()
    }
}

struct Row<const W: usize> {
    weights: [f32; W],
    /// Squared gradients so far: of the direct weights, of the hidden ones.
    squares: [f32; 2],
}

/// The network.
pub(super) struct Learner<const C: usize, const W: usize> {
    index: ByHash<u32>,
    rows: Vec<Row<W>>,
    hidden: Vec<Row<C>>,
    pub(super) random: Random,
    dropout: u64,
    rate: f32,
    start: f32,
    /// The features of the step at hand.
    ids: Vec<u32>,
}

const EPSILON: f32 = 1e-6;

/// A decision this sure teaches nothing.
const SURE: f32 = 0.002;

impl<const C: usize, const W: usize> Learner<C, W> {
    pub(super) fn new(counter: Counter, schedule: &Schedule) -> Self {
        let mut random = Random(schedule.seed);
        let chosen = counter.chosen(schedule.rows);
        let index = chosen.iter().copied().zip(0..).collect();
        let small = |random: &mut Random, at: usize| if at < C { 0.0 } else { 0.05 * random.symmetric() };
        let rows = chosen.iter().map(|_| Row { weights: std::array::from_fn(|at| small(&mut random, at)), squares: [0.0; 2] }).collect();
        let hidden = (C..W).map(|_| Row { weights: std::array::from_fn(|_| 0.3 * random.symmetric()), squares: [0.0; 2] }).collect();
        Self { index, rows, hidden, random, dropout: schedule.dropout, rate: schedule.rate, start: schedule.rate, ids: Vec::new() }
    }

    /// Sets the step size for the share of the training that is over.
    pub(super) fn progress(&mut self, share: f32) {
        self.rate = self.start * (1.0 - share).max(0.01);
    }

    /// Forgets the features of the last step.
    pub(super) fn clear(&mut self) {
        self.ids.clear();
    }

    /// Adds a feature to the step at hand.
    pub(super) fn add(&mut self, hash: u64) {
        if let Some(&id) = self.index.get(&hash) {
            self.ids.push(id);
        }
    }

    fn forward(&self) -> ([f32; W], [f32; C]) {
        let mut sum = [0.0; W];
        for &id in &self.ids {
            sum.iter_mut().zip(&self.rows[id as usize].weights).for_each(|(sum, weight)| *sum += weight);
        }
        let mut scores: [f32; C] = std::array::from_fn(|class| sum[class]);
        for (&input, row) in sum[C..].iter().zip(&self.hidden).filter(|(input, _)| **input > 0.0) {
            scores.iter_mut().zip(&row.weights).for_each(|(score, weight)| *score += input * weight);
        }
        (sum, scores)
    }

    /// The best class allowed for the features at hand.
    pub(super) fn guess(&self, allowed: impl Fn(usize) -> bool) -> usize {
        best(&self.forward().1, allowed)
    }

    /// Moves toward the right classes among those allowed; the class with the best score before that, and the best right one.
    pub(super) fn learn(&mut self, allowed: impl Fn(usize) -> bool, right: impl Fn(usize) -> bool) -> (usize, usize) {
        let guessed = best(&self.forward().1, &allowed);
        self.drop_some();
        let (sum, scores) = self.forward();
        let gold = best(&scores, |class| right(class) && allowed(class));
        let all = softmax(&scores, &allowed);
        let wanted = softmax(&scores, |class| right(class) && allowed(class));
        let slope: [f32; C] = std::array::from_fn(|class| all[class] - wanted[class]);
        if slope.iter().any(|slope| slope.abs() > SURE) {
            self.descend(&sum, &slope);
        }
        (guessed, gold)
    }

    fn drop_some(&mut self) {
        let (random, dropout) = (&mut self.random, self.dropout);
        if dropout > 0 {
            self.ids.retain(|_| random.next() % 100 >= dropout);
        }
    }

    fn descend(&mut self, sum: &[f32; W], slope: &[f32; C]) {
        let mut slopes = [0.0; W];
        slopes[..C].copy_from_slice(slope);
        for ((input, row), back) in sum[C..].iter().zip(&mut self.hidden).zip(&mut slopes[C..]) {
            if *input > 0.0 {
                *back = row.weights.iter().zip(slope).map(|(weight, slope)| weight * slope).sum();
                let change = slope.map(|slope| slope * input);
                row.squares[0] += change.iter().map(|change| change * change).sum::<f32>() / C as f32;
                let step = self.rate / (row.squares[0] + EPSILON).sqrt();
                row.weights.iter_mut().zip(change).for_each(|(weight, change)| *weight -= step * change);
            }
        }
        let mean = |slopes: &[f32]| slopes.iter().map(|slope| slope * slope).sum::<f32>() / slopes.len().max(1) as f32;
        let squares = [mean(&slopes[..C]), mean(&slopes[C..])];
        for &id in &self.ids {
            let row = &mut self.rows[id as usize];
            row.squares[0] += squares[0];
            row.squares[1] += squares[1];
            let steps = row.squares.map(|square| self.rate / (square + EPSILON).sqrt());
            let (direct, deep) = row.weights.split_at_mut(C);
            direct.iter_mut().zip(&slopes[..C]).for_each(|(weight, slope)| *weight -= steps[0] * slope);
            deep.iter_mut().zip(&slopes[C..]).for_each(|(weight, slope)| *weight -= steps[1] * slope);
        }
    }

    /// The network's bytes, eight bits a weight of a row.
    pub(super) fn write(&self) -> Vec<u8> {
        let units = [self.unit(0..C), self.unit(C..W)];
        let byte = |at: usize, weight: f32| ((weight / units[usize::from(at >= C)]).round().clamp(-127.0, 127.0) as i8).to_le_bytes()[0];
        let row = |id: u32| std::array::from_fn(|at| byte(at, self.rows[id as usize].weights[at]));
        let rows: BTreeMap<u64, [u8; W]> = self.index.iter().map(|(&hash, &id)| (hash, row(id))).collect();
        let mut bytes = table::write(&rows);
        bytes.extend(units[0].to_le_bytes());
        self.hidden.iter().flat_map(|row| row.weights).for_each(|weight| bytes.extend((weight * units[1]).to_le_bytes()));
        bytes
    }

    /// The worth of one unit: 127 of them are the weight that one in five thousand exceeds.
    fn unit(&self, part: std::ops::Range<usize>) -> f32 {
        let mut sizes: Vec<f32> = self.rows.iter().flat_map(|row| &row.weights[part.clone()]).map(|weight| weight.abs()).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        sizes.get((sizes.len() - sizes.len() / 5000).saturating_sub(1)).copied().unwrap_or(1.0).max(1e-6) / 127.0
    }
}

fn softmax<const C: usize>(scores: &[f32; C], allowed: impl Fn(usize) -> bool) -> [f32; C] {
    let most = scores[best(scores, &allowed)];
    let mut shares: [f32; C] = std::array::from_fn(|class| if allowed(class) { (scores[class] - most).exp() } else { 0.0 });
    let total: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= total);
    shares
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

    /// Between -1 and 1.
    fn symmetric(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = (self.next() % (last as u64 + 1)) as usize;
            items.swap(last, other);
        }
    }
}
