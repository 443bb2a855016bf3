//! Judged quote checks are run, and the verdicts counted.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Instant;

use serde::Serialize;

use super::matching::words;
use super::{JudgedQuote, Tally, Times, Wrong};
use crate::engine::{Engine, EngineError};
use crate::question::Constraints;
use crate::verification::Verdict;

/// Figures over judged quote checks.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QuoteReport {
    /// Wording and attribution right.
    pub verdicts: Tally,
    /// Wording right.
    pub wording: Tally,
    /// Attribution right.
    pub attribution: Tally,
    /// Context right.
    pub context: Tally,
    /// Speaker right, of the quotes with a known one.
    pub speaker: Tally,
    /// A speaker named, and the wrong one.
    pub wrong_speaker: Tally,
    /// First match in a document that prints it.
    pub document: Tally,
    /// Wording right, by the wording expected.
    pub by_wording: BTreeMap<String, Tally>,
    /// Attribution right, by the attribution expected.
    pub by_attribution: BTreeMap<String, Tally>,
    /// What went wrong.
    pub wrong: Vec<Wrong>,
    /// How long the checks took.
    #[serde(skip)]
    pub times: Times,
}

/// Checks every quote and counts.
///
/// # Errors
/// Where the index cannot be read.
pub fn judge_quotes(engine: &Engine, quotes: &[JudgedQuote]) -> Result<QuoteReport, EngineError> {
    let mut report = QuoteReport::default();
    for quote in quotes {
        let start = Instant::now();
        let verdict = engine.check(&quote.quote, quote.by.as_deref(), &Constraints::default())?;
        report.times.add(start.elapsed());
        report.count(quote, &verdict);
    }
    Ok(report)
}

/// The word a value has in JSON.
fn name(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_else(|| "null".to_owned())
}

/// Whether two names end in the same word, titles and marks aside.
fn same_person(expected: &str, got: &str) -> bool {
    let (expected, got) = (words(expected), words(got));
    expected.last().is_some() && expected.last() == got.last()
}

impl QuoteReport {
    fn count(&mut self, quote: &JudgedQuote, verdict: &Verdict) {
        let wording = name(verdict.wording);
        let attribution = name(verdict.attribution);
        let context = name(verdict.context);
        let expected_attribution = quote.attribution.as_deref().unwrap_or("null");
        let (wording_right, attribution_right) = (wording == quote.wording, attribution == expected_attribution);
        let context_right = context == quote.context.as_deref().unwrap_or("null");
        self.wording.add(wording_right);
        self.attribution.add(attribution_right);
        self.context.add(context_right);
        self.verdicts.add(wording_right && attribution_right);
        self.by_wording.entry(quote.wording.clone()).or_default().add(wording_right);
        self.by_attribution.entry(expected_attribution.to_owned()).or_default().add(attribution_right);
        let speaker_right = self.count_speaker(quote, verdict);
        self.count_document(quote, verdict);
        if !(wording_right && attribution_right && context_right && speaker_right) {
            let got = verdict.speaker.as_ref().map_or("null", |speaker| speaker.name.as_str());
            let first = verdict.matches.first().map(|found| format!(" ← {}: {}", found.document.id, found.text)).unwrap_or_default();
            self.wrong.push(Wrong {
                id: quote.id.clone(),
                kind: quote.by.as_deref().map_or_else(|| "who".to_owned(), |by| format!("by {by}")),
                asked: quote.quote.clone(),
                expected: verdict_line(&quote.wording, expected_attribution, quote.context.as_deref(), quote.speaker.as_deref()),
                got: format!("{}{first}", verdict_line(&wording, &attribution, Some(&context), Some(got))).replace('\n', " "),
            });
        }
    }

    fn count_speaker(&mut self, quote: &JudgedQuote, verdict: &Verdict) -> bool {
        let Some(expected) = &quote.speaker else { return true };
        let right = verdict.speaker.as_ref().is_some_and(|speaker| same_person(expected, &speaker.name));
        self.speaker.add(right);
        self.wrong_speaker.add(verdict.speaker.is_some() && !right);
        right
    }

    fn count_document(&mut self, quote: &JudgedQuote, verdict: &Verdict) {
        let (Some(expected), Some(found)) = (&quote.document, verdict.matches.first()) else { return };
        self.document.add(*expected == found.document.id || quote.also.contains(&found.document.id));
    }
}

fn verdict_line(wording: &str, attribution: &str, context: Option<&str>, speaker: Option<&str>) -> String {
    format!("{wording}, {attribution}, {}, {}", context.unwrap_or("null"), speaker.unwrap_or("null"))
}

impl fmt::Display for QuoteReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "quote checks")?;
        writeln!(f, "  wording and attribution     {}", self.verdicts)?;
        writeln!(f, "  wording                     {}", self.wording)?;
        writeln!(f, "  attribution                 {}", self.attribution)?;
        writeln!(f, "  context                     {}", self.context)?;
        writeln!(f, "  speaker                     {}", self.speaker)?;
        writeln!(f, "  wrong speaker named         {}", self.wrong_speaker)?;
        writeln!(f, "  first match's document      {}", self.document)?;
        writeln!(f, "  right, by wording expected")?;
        self.by_wording.iter().try_for_each(|(kind, tally)| writeln!(f, "    {kind:<24}  {tally}"))?;
        writeln!(f, "  right, by attribution expected")?;
        self.by_attribution.iter().try_for_each(|(kind, tally)| writeln!(f, "    {kind:<24}  {tally}"))
    }
}
