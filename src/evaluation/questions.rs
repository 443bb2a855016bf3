//! Judged questions are asked, and the answers counted.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Instant;

use serde::Serialize;

use super::matching::{is_right, supports};
use super::{Absence, JudgedQuestion, Tally, Times, Wrong};
use crate::answer::{Answer, Outcome};
use crate::engine::{AskOptions, Engine, EngineError};

/// Figures over judged questions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QuestionReport {
    /// First answer right, of the questions that have an answer.
    pub first: Tally,
    /// One of the first three right.
    pub three: Tally,
    /// Sum of reciprocal ranks, and of how many.
    reciprocal: f64,
    /// First citation supports the answer, of the answers given to questions that have one.
    pub citations: Tally,
    /// Kept silent although there is an answer, of the questions that have one.
    pub silent: Tally,
    /// Answered although there is none: nothing of the kind in the documents.
    pub answered_elsewhere: Tally,
    /// Answered although there is none: near-misses.
    pub answered_near: Tally,
    /// First answer right (or silence kept), by the judgment's type.
    pub by_type: BTreeMap<String, Tally>,
    /// Conflicts shown where the sources disagree.
    pub conflicts: Tally,
    /// Conflicts shown where the judgment knows of none, of all other questions.
    pub unfounded: Tally,
    /// What went wrong.
    pub wrong: Vec<Wrong>,
    /// How long the questions took.
    #[serde(skip)]
    pub times: Times,
}

impl QuestionReport {
    /// Mean reciprocal rank of the first right answer among the first five.
    #[must_use]
    pub fn reciprocal_rank(&self) -> f64 {
        if self.first.all == 0 { 0.0 } else { self.reciprocal / self.first.all as f64 }
    }
}

/// Asks every question and counts.
///
/// # Errors
/// Where the index cannot be read.
pub fn judge_questions(engine: &Engine, questions: &[JudgedQuestion]) -> Result<QuestionReport, EngineError> {
    let mut report = QuestionReport::default();
    for question in questions {
        let start = Instant::now();
        let asked = engine.ask(&question.question, &AskOptions::default())?;
        report.times.add(start.elapsed());
        report.count(question, &asked.outcome);
    }
    Ok(report)
}

impl QuestionReport {
    fn count(&mut self, question: &JudgedQuestion, outcome: &Outcome) {
        let answers: &[Answer] = match outcome {
            Outcome::Answered { answers, .. } => answers,
            Outcome::Unanswered(_) => &[],
        };
        let right = match question.absent {
            Some(absence) => self.count_absent(absence, answers),
            None => self.count_present(question, answers),
        };
        let kind = if question.absent.is_some() { "(no answer)" } else { question.kind.as_str() };
        self.by_type.entry(kind.to_owned()).or_default().add(right);
        let disputed = question.conflict && question.absent.is_none();
        let tally = if disputed { &mut self.conflicts } else { &mut self.unfounded };
        tally.add(matches!(outcome, Outcome::Answered { conflicts, .. } if !conflicts.is_empty()));
        if !right {
            self.wrong.push(wrong(question, outcome));
        }
    }

    fn count_absent(&mut self, absence: Absence, answers: &[Answer]) -> bool {
        match absence {
            Absence::Elsewhere => self.answered_elsewhere.add(!answers.is_empty()),
            Absence::NearMiss => self.answered_near.add(!answers.is_empty()),
        }
        answers.is_empty()
    }

    fn count_present(&mut self, question: &JudgedQuestion, answers: &[Answer]) -> bool {
        let rank = answers.iter().take(5).position(|answer| is_right(question, answer));
        self.first.add(rank == Some(0));
        self.three.add(rank.is_some_and(|rank| rank < 3));
        self.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        self.silent.add(answers.is_empty());
        if let Some(answer) = answers.first()
            && !question.evidence.is_empty()
        {
            self.citations.add(answer.citations.first().is_some_and(|citation| supports(&question.evidence, citation)));
        }
        rank == Some(0)
    }
}

fn wrong(question: &JudgedQuestion, outcome: &Outcome) -> Wrong {
    let expected = match question.absent {
        Some(_) => "(silence)".to_owned(),
        None if question.members.is_empty() => question.answers.join(" | "),
        None => question.members.iter().filter_map(|forms| forms.first().cloned()).collect::<Vec<_>>().join(", "),
    };
    Wrong { id: question.id.clone(), kind: question.kind.clone(), asked: question.question.clone(), expected, got: got(outcome) }
}

fn got(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Unanswered(no_answer) => format!("(silence) {}", no_answer.reason),
        Outcome::Answered { answers, .. } => {
            let Some(answer) = answers.first() else { return String::new() };
            let members = answer.members.iter().flatten().map(|member| member.text.clone()).collect::<Vec<_>>();
            let text = if members.is_empty() { answer.text.clone() } else { members.join(", ") };
            let citation = answer.citations.first();
            let place = citation.map(|citation| format!("{}: {}", citation.document.id, citation.sentence)).unwrap_or_default();
            format!("{text} ({:.2}) ← {place}", answer.confidence).replace('\n', " ")
        }
    }
}

impl fmt::Display for QuestionReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "questions")?;
        writeln!(f, "  first answer right          {}", self.first)?;
        writeln!(f, "  one of the first three      {}", self.three)?;
        writeln!(f, "  mean reciprocal rank        {:.3}", self.reciprocal_rank())?;
        writeln!(f, "  citation supports           {}", self.citations)?;
        writeln!(f, "  silent, but there is one    {}", self.silent)?;
        writeln!(f, "  answered, but there is none {}", self.answered_elsewhere)?;
        writeln!(f, "  answered a near-miss        {}", self.answered_near)?;
        writeln!(f, "  conflicts shown             {}", self.conflicts)?;
        writeln!(f, "  shown, but there is none    {}", self.unfounded)?;
        writeln!(f, "  right, by type")?;
        self.by_type.iter().try_for_each(|(kind, tally)| writeln!(f, "    {kind:<24}  {tally}"))
    }
}
