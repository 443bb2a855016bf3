//! A linear classifier over the classes of answers, read in place from the bytes the training wrote.
//!
//! The model: the number of features and the value of one step of a weight; then, for each feature in rising order of its hash, the
//! hash and where its weights begin; then the weights, a byte for the class and a byte for the steps. All little-endian.

use super::AnswerType;
use super::asking::Asking;
use super::classes::CLASSES;
use super::features::features;
use super::wording::Wording;

/// Bytes before the table of features.
pub(super) const HEADER: usize = 8;
/// Bytes of a feature: its hash and the number of weights before its own.
pub(super) const ROW: usize = 8;

/// The weights.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classifier<'m> {
    bytes: &'m [u8],
    rows: usize,
    step: f32,
}

impl<'m> Classifier<'m> {
    /// Reads a model; bytes that are none give one without features.
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        let rows = number(bytes, 0) as usize;
        let step = f32::from_bits(number(bytes, 4));
        let fits = rows.checked_mul(ROW).and_then(|table| table.checked_add(HEADER)).is_some_and(|table| table <= bytes.len());
        Self { bytes, rows: if fits { rows } else { 0 }, step }
    }

    /// The model that is part of the binary.
    pub(super) fn embedded() -> Classifier<'static> {
        Classifier::read(include_bytes!("../../models/question-types.bin"))
    }

    fn hash(&self, row: usize) -> u32 {
        number(self.bytes, HEADER + row * ROW)
    }

    fn weights_before(&self, row: usize) -> usize {
        let last = HEADER + self.rows * ROW;
        if row < self.rows { number(self.bytes, HEADER + row * ROW + 4) as usize } else { self.bytes.len().saturating_sub(last) / 2 }
    }

    fn row(&self, hash: u32) -> Option<usize> {
        let (mut low, mut high) = (0, self.rows);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.hash(middle) < hash { low = middle + 1 } else { high = middle }
        }
        (low < self.rows && self.hash(low) == hash).then_some(low)
    }

    /// The probability of each class.
    pub(super) fn probabilities(&self, features: &[u32]) -> [f32; CLASSES.len()] {
        let mut scores = [0.0; CLASSES.len()];
        let weights = HEADER + self.rows * ROW;
        for row in features.iter().filter_map(|&hash| self.row(hash)) {
            let range = weights + 2 * self.weights_before(row)..weights + 2 * self.weights_before(row + 1);
            for pair in self.bytes.get(range).unwrap_or_default().chunks_exact(2) {
                let &[class, steps] = pair else { continue };
                if let Some(score) = scores.get_mut(usize::from(class)) {
                    *score += f32::from(steps.cast_signed()) * self.step;
                }
            }
        }
        softmax(scores)
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let four = at.checked_add(4).and_then(|end| bytes.get(at..end)).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

/// Scores as probabilities that sum to one.
pub(super) fn softmax<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - most).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// Least probability for an answer type; below it nothing is said of the answer's kind.
const ENOUGH: f32 = 0.5;

/// The answer type of a question whose wording leaves it open.
pub(super) fn classify(wording: &Wording, asking: &Asking) -> AnswerType {
    let probabilities = Classifier::embedded().probabilities(&features(wording, asking));
    let mut types: Vec<(AnswerType, f32)> = Vec::new();
    for ((_, answer_type), probability) in CLASSES.iter().zip(probabilities) {
        match types.iter_mut().find(|(known, _)| known == answer_type) {
            Some((_, sum)) => *sum += probability,
            None => types.push((*answer_type, probability)),
        }
    }
    let best = types.into_iter().max_by(|(one, a), (two, b)| a.total_cmp(b).then(two.cmp(one)));
    best.filter(|(_, probability)| *probability >= ENOUGH).map_or(AnswerType::Thing, |(answer_type, _)| answer_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_models_say_nothing() {
        for bytes in [&b""[..], b"\xff\xff\xff\xff\0\0\0\0", b"\x01\0\0\0\0\0\0\0\x01\0\0\0\xff\xff\xff\xff\x01"] {
            let model = Classifier::read(bytes);
            let probabilities = model.probabilities(&[0, 1, u32::MAX]);
            assert!(probabilities.iter().all(|probability| (probability - 1.0 / CLASSES.len() as f32).abs() < 1e-6));
        }
    }

    #[test]
    fn the_embedded_model_knows_kinds_of_things() {
        let type_of = |words: &str| {
            let wording = Wording::new(words);
            classify(&wording, &Asking::find(&wording))
        };
        assert_eq!(type_of("What Norwegian explorer reached the pole first?"), AnswerType::Person);
        assert_eq!(type_of("What European nation joined last?"), AnswerType::Place);
        assert_eq!(type_of("What colour was the boat?"), AnswerType::Thing);
    }
}
