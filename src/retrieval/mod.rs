//! A [`Question`](crate::question::Question) becomes ranked [`Passage`]s, each with an explanation of its rank.

use crate::index::PassageRecord;

/// A passage found for a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The window and its analysis.
    pub record: PassageRecord,
    /// How well it fits; comparable within one question.
    pub score: f32,
    /// The parts of the score, by name, in a fixed order.
    pub parts: Vec<(&'static str, f32)>,
}
