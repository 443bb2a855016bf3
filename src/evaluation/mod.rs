//! Judged questions and quotes become figures.
//!
//! A judged file is JSON lines, one question or one quote check a line; `queries/README.md` documents the fields. Nothing here is
//! about one corpus: anyone can judge their own folder.

mod articles;
mod dialogues;
mod extraction;
mod judgment;
mod labels;
mod matching;
mod questions;
mod quotes;
mod squad;

pub use articles::{JudgedTexts, read_found, read_texts};
pub use dialogues::{DialogueReport, Expected, JudgedDialogue, JudgedTurn, judge_dialogues};
pub use extraction::{ExtractionReport, FoundArticle, JudgedArticle, Measure, Scope, find, judge_extraction};
pub use judgment::{Absence, Evidence, JudgedQuestion, JudgedQuote, Judgments, read};
pub use labels::{Label, LabelReport, LabelledCheck, judge_labels};
pub use questions::{QuestionReport, judge_questions};
pub use quotes::{QuoteReport, judge_quotes};
pub use squad::{SquadArticle, SquadParagraph, SquadReport, judge_squad, read_squad};

use std::time::Duration;

use serde::Serialize;

/// Right ones of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Right.
    pub right: usize,
    /// All.
    pub all: usize,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    /// Share in per cent; 0 of none.
    #[must_use]
    pub fn percent(self) -> f64 {
        100.0 * ratio(self.right, self.all)
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:5.1} %  ({} of {})", self.percent(), self.right, self.all)
    }
}

/// `part / whole`; 0 where there is no whole.
#[must_use]
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Something judged wrong: what was asked, what was expected, what came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The judgment's id.
    pub id: String,
    /// What kind of thing.
    pub kind: String,
    /// The question or quote.
    pub asked: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub got: String,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "  {} [{}] {}", self.id, self.kind, self.asked)?;
        writeln!(f, "      expected: {}", self.expected)?;
        writeln!(f, "      got:      {}", self.got)
    }
}

/// Times of many runs of the same kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one run.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The time that `percent` per cent of the runs stay within.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut times = self.0.clone();
        times.sort_unstable();
        times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let milliseconds = |percent| self.percentile(percent).as_secs_f64() * 1000.0;
        write!(f, "median {:.2} ms, 95 % within {:.2} ms, longest {:.2} ms", milliseconds(50), milliseconds(95), milliseconds(100))
    }
}
