//! Counts over questions in SQuAD's format, and how they are printed.

use std::fmt;

use serde::Serialize;

use super::Times;
use super::scoring::score;
use crate::evaluation::{Tally, ratio};

/// Figures over questions in SQuAD's format.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SquadReport {
    /// First answer exactly one of the accepted ones, of the questions that have an answer in the folder.
    pub exact: Tally,
    /// Sum of the first answers' F1.
    f1: f64,
    /// The question's paragraph found first.
    pub first: Tally,
    /// The question's paragraph among the first five.
    pub five: Tally,
    /// The question's paragraph among the first twenty.
    pub twenty: Tally,
    /// Confidence of the first answer to each question that has one in the folder, and its F1; 0 where it was kept silent.
    #[serde(skip)]
    given: Vec<(f32, f64)>,
    /// Confidence of what was answered to each question that has none; 0 where it was kept silent.
    #[serde(skip)]
    false_alarms: Vec<f32>,
    /// What comes of answering only above some confidence.
    silence: Vec<Silence>,
    /// How long the questions took.
    #[serde(skip)]
    pub times: Times,
}

/// What comes of answering only above some confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Silence {
    /// The confidence.
    above: f32,
    /// Answered, of the questions that have an answer.
    answered: Tally,
    /// Mean F1 of what was answered.
    f1: f64,
    /// Answered, of the questions that have none.
    absent: Tally,
}

/// The confidences for which the table of silence has a row.
const ROWS: [f32; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

impl SquadReport {
    /// Counts a question that has an answer, with the first answer given and its confidence.
    pub(super) fn present(&mut self, given: Option<(&str, f32)>, accepted: &[&str]) {
        let (exact, f1) = given.map_or((false, 0.0), |(text, _)| score(text, accepted));
        self.exact.add(exact);
        self.f1 += f1;
        self.given.push((given.map_or(0.0, |(_, confidence)| confidence), f1));
    }

    /// Counts a question that has none, with the confidence of what was answered.
    pub(super) fn absent(&mut self, given: Option<f32>) {
        self.false_alarms.push(given.unwrap_or_default());
    }

    /// Counts the rank of a question's paragraph, from 0.
    pub(super) fn rank(&mut self, rank: Option<usize>) {
        for (tally, within) in [(&mut self.first, 1), (&mut self.five, 5), (&mut self.twenty, 20)] {
            tally.add(rank.is_some_and(|rank| rank < within));
        }
    }

    /// Mean F1 of the first answers, 0 to 1; silence counts 0.
    #[must_use]
    pub fn f1(&self) -> f64 {
        if self.exact.all == 0 { 0.0 } else { self.f1 / self.exact.all as f64 }
    }

    /// The report with its table of silence.
    #[must_use]
    pub fn summed(mut self) -> Self {
        self.silence = ROWS.iter().map(|&above| self.silence_above(above)).collect();
        self
    }

    fn silence_above(&self, above: f32) -> Silence {
        let shown: Vec<f64> = self.given.iter().filter(|(confidence, _)| *confidence > above).map(|&(_, f1)| f1).collect();
        let alarms = self.false_alarms.iter().filter(|&&confidence| confidence > above).count();
        Silence {
            above,
            answered: Tally { right: shown.len(), all: self.given.len() },
            f1: if shown.is_empty() { 0.0 } else { shown.iter().sum::<f64>() / shown.len() as f64 },
            absent: Tally { right: alarms, all: self.false_alarms.len() },
        }
    }
}

impl fmt::Display for SquadReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "questions in SQuAD's format")?;
        writeln!(f, "  first answer exact          {}", self.exact)?;
        writeln!(f, "  first answer, F1            {:5.1} %", 100.0 * self.f1())?;
        if self.first.all > 0 {
            writeln!(f, "  paragraph found first       {}", self.first)?;
            writeln!(f, "  among the first five        {}", self.five)?;
            writeln!(f, "  among the first twenty      {}", self.twenty)?;
        }
        writeln!(f, "  answered at a confidence     with an answer   their F1   without one")?;
        for row in &self.silence {
            let above = if row.above == 0.0 { "any".to_owned() } else { format!("above {:.1}", row.above) };
            let share = |tally: Tally| 100.0 * ratio(tally.right, tally.all);
            let absent = if row.absent.all == 0 { "–".to_owned() } else { format!("{:.1} %", share(row.absent)) };
            writeln!(f, "    {above:<26} {:>10.1} %   {:>6.1} % {absent:>13}", share(row.answered), 100.0 * row.f1)?;
        }
        Ok(())
    }
}
