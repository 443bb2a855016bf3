//! Quote checks that bear one of four labels are run, and the labels counted.
//!
//! `exact` is every real wording (typography, elided, rejoined) under the right name, `misattributed` one under another, `altered` also what was
//! stitched, `not_found` also what is only reported. The figures are those of `quotecheck_score.py`, which comes with the data.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Tally, Times, Wrong};
use crate::engine::{Engine, EngineError};
use crate::question::Constraints;
use crate::verification::{Attribution, Verdict, Wording};

/// What a check comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Real, and from the person named.
    Exact,
    /// Other words.
    Altered,
    /// Real, and from somebody else.
    Misattributed,
    /// Not there.
    NotFound,
}

impl Label {
    const ALL: [Self; 4] = [Self::Exact, Self::Altered, Self::Misattributed, Self::NotFound];

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Altered => "altered",
            Self::Misattributed => "misattributed",
            Self::NotFound => "not_found",
        }
    }

    /// What a verdict comes to.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Self {
        match verdict.wording {
            Wording::NotFound | Wording::Uncheckable | Wording::Paraphrase => Self::NotFound,
            Wording::Altered | Wording::AlteredMeaning | Wording::Stitched => Self::Altered,
            _ if verdict.attribution == Some(Attribution::Misattributed) => Self::Misattributed,
            _ => Self::Exact,
        }
    }
}

/// A quote check with its label.
#[derive(Clone, Debug, Deserialize)]
pub struct LabelledCheck {
    #[serde(default)]
    n: Value,
    quote: String,
    #[serde(default)]
    claimed_speaker: Option<String>,
    label: Label,
    #[serde(default)]
    kind: String,
}

/// Figures over labelled checks.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LabelReport {
    /// The right label.
    pub accuracy: Tally,
    /// How often each expected label came out as each.
    pub counts: BTreeMap<Label, BTreeMap<Label, usize>>,
    /// The right label, by label and kind of check.
    pub by_kind: BTreeMap<String, Tally>,
    /// What went wrong.
    pub wrong: Vec<Wrong>,
    /// How long the checks took.
    #[serde(skip)]
    pub times: Times,
}

/// Runs every check and counts.
///
/// # Errors
/// Where the index cannot be read.
pub fn judge_labels(engine: &Engine, checks: &[LabelledCheck]) -> Result<LabelReport, EngineError> {
    let mut report = LabelReport::default();
    for check in checks {
        let start = Instant::now();
        let verdict = engine.check(&check.quote, check.claimed_speaker.as_deref(), &Constraints::default())?;
        report.times.add(start.elapsed());
        report.count(check, &verdict);
    }
    Ok(report)
}

impl LabelReport {
    fn count(&mut self, check: &LabelledCheck, verdict: &Verdict) {
        let got = Label::of(verdict);
        let right = got == check.label;
        self.accuracy.add(right);
        *self.counts.entry(check.label).or_default().entry(got).or_default() += 1;
        self.by_kind.entry(format!("{}: {}", check.label.name(), check.kind)).or_default().add(right);
        if !right {
            self.wrong.push(wrong(check, verdict, got));
        }
    }

    /// How often `expected` came out as `got`.
    #[must_use]
    pub fn count_of(&self, expected: Label, got: Label) -> usize {
        self.counts.get(&expected).and_then(|counts| counts.get(&got)).copied().unwrap_or(0)
    }

    /// Precision and recall of a label.
    fn shares(&self, label: Label) -> (f64, f64) {
        let right = self.count_of(label, label) as f64;
        let given: usize = Label::ALL.iter().map(|&other| self.count_of(other, label)).sum();
        let expected: usize = Label::ALL.iter().map(|&other| self.count_of(label, other)).sum();
        (right / given.max(1) as f64, right / expected.max(1) as f64)
    }
}

fn wrong(check: &LabelledCheck, verdict: &Verdict, got: Label) -> Wrong {
    let speaker = verdict.speaker.as_ref().map_or("nobody", |speaker| speaker.name.as_str());
    let place = verdict.matches.first().map(|found| format!(" ← {}: {}", found.document.id, found.text)).unwrap_or_default();
    let by = check.claimed_speaker.as_deref().unwrap_or("nobody");
    Wrong {
        id: check.n.as_str().map_or_else(|| check.n.to_string(), str::to_owned),
        kind: format!("by {by}"),
        asked: check.quote.clone(),
        expected: format!("{} ({})", check.label.name(), check.kind),
        got: format!("{}, {speaker}{place}", got.name()).replace('\n', " "),
    }
}

impl fmt::Display for LabelReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "labelled quote checks")?;
        writeln!(f, "  accuracy {:.1}%  ({})", self.accuracy.percent(), self.accuracy.all)?;
        for label in Label::ALL {
            let (precision, recall) = self.shares(label);
            let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
            let others = Label::ALL.iter().filter(|&&other| other != label);
            let missed: Vec<String> = others
                .filter_map(|&other| Some((other, self.count_of(label, other))).filter(|(_, count)| *count > 0))
                .map(|(other, count)| format!("{} as {}", count, other.name()))
                .collect();
            let missed = if missed.is_empty() { String::new() } else { format!("  ({})", missed.join(", ")) };
            let (precision, recall, f1) = (100.0 * precision, 100.0 * recall, 100.0 * f1);
            writeln!(f, "  {:14} P {precision:.1} R {recall:.1} F1 {f1:.1}{missed}", label.name())?;
        }
        self.by_kind.iter().try_for_each(|(kind, tally)| writeln!(f, "     {kind:55} {}/{}", tally.right, tally.all))
    }
}
