//! Judged conversations are held, and counted is what their questions were taken for.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Tally, Wrong};
use crate::answer::Outcome;
use crate::engine::conversation::{Memory, Turn};
use crate::engine::{AskOptions, Engine, EngineError};
use crate::text::fold;

/// A conversation with what each of its questions means.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct JudgedDialogue {
    /// Identifier, unique in its file.
    pub id: String,
    /// What is said, in order.
    pub turns: Vec<JudgedTurn>,
}

/// Something said in a conversation. One without judgment is only said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct JudgedTurn {
    /// The words; `:forget` starts afresh.
    pub say: String,
    /// What the question that stands alone must hold.
    pub has: Vec<String>,
    /// What it must not hold.
    pub lacks: Vec<String>,
    /// Whether answers given before are to be left out.
    pub more: bool,
    /// What is to happen instead.
    pub expect: Option<Expected>,
    /// Who must be named where the asker is asked back.
    pub candidates: Vec<String>,
}

/// What is to happen where a question is not taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// It stands alone as it is.
    AsAsked,
    /// It cannot be told what it means.
    AsksBack,
    /// It asks who said the last answer.
    WhoSaid,
}

/// Figures over judged conversations.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DialogueReport {
    /// Conversations.
    pub dialogues: usize,
    /// Taken for what they mean, of the judged questions.
    pub right: Tally,
    /// Taken for something else and answered, of the same.
    pub silently_wrong: Tally,
    /// Asked back although it can be told what they mean, of the same.
    pub asked_back: Tally,
    /// What went wrong.
    pub wrong: Vec<Wrong>,
}

/// Holds every conversation and counts.
///
/// # Errors
/// Where the index cannot be read.
pub fn judge_dialogues(engine: &Engine, dialogues: &[JudgedDialogue]) -> Result<DialogueReport, EngineError> {
    let mut report = DialogueReport { dialogues: dialogues.len(), ..DialogueReport::default() };
    for dialogue in dialogues {
        let mut memory = Memory::default();
        for (number, turn) in dialogue.turns.iter().enumerate() {
            if turn.say == ":forget" {
                memory = Memory::default();
                continue;
            }
            let got = engine.converse(&mut memory, &turn.say, &AskOptions::default())?;
            if turn.is_judged() {
                report.count(&format!("{}.{}", dialogue.id, number + 1), turn, &got);
            }
        }
    }
    Ok(report)
}

impl JudgedTurn {
    fn is_judged(&self) -> bool {
        !self.has.is_empty() || self.expect.is_some()
    }

    fn fits(&self, got: &Turn) -> bool {
        match (self.expect, got) {
            (Some(Expected::AsksBack), Turn::Unclear(unclear)) => self.candidates.iter().all(|name| unclear.candidates.contains(name)),
            (Some(Expected::WhoSaid), Turn::Said(_)) => true,
            (Some(Expected::AsAsked), Turn::Asked { resolved, .. }) => !resolved,
            (None, Turn::Asked { asked, .. }) => self.means(&asked.question.words),
            _ => false,
        }
    }

    /// Whether a question holds what it must and nothing it must not.
    fn means(&self, question: &str) -> bool {
        let question = fold(question);
        let holds = |words: &String| question.contains(&fold(words));
        self.has.iter().all(holds) && !self.lacks.iter().any(holds)
    }

    fn expected(&self) -> String {
        match self.expect {
            Some(Expected::AsAsked) => "(as asked)".to_owned(),
            Some(Expected::AsksBack) => format!("(asked back) {}", self.candidates.join(", ")),
            Some(Expected::WhoSaid) => "(who said it)".to_owned(),
            None => self.has.join(" … "),
        }
    }
}

impl DialogueReport {
    fn count(&mut self, id: &str, turn: &JudgedTurn, got: &Turn) {
        let right = turn.fits(got);
        let answered = matches!(got, Turn::Asked { asked, .. } if matches!(asked.outcome, Outcome::Answered { .. }));
        self.right.add(right);
        self.silently_wrong.add(!right && answered);
        self.asked_back.add(!right && matches!(got, Turn::Unclear(_)));
        if !right {
            let kind = if answered { "answered" } else { "dialogue" };
            self.wrong.push(Wrong {
                id: id.to_owned(),
                kind: kind.to_owned(),
                asked: turn.say.clone(),
                expected: turn.expected(),
                got: told(got),
            });
        }
    }
}

fn told(got: &Turn) -> String {
    match got {
        Turn::Asked { asked, .. } => asked.question.words.clone(),
        Turn::Said(_) => "(who said it)".to_owned(),
        Turn::Unclear(unclear) => format!("(asked back) {unclear}"),
    }
}

impl fmt::Display for DialogueReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "conversations                 {}", self.dialogues)?;
        writeln!(f, "  taken for what they mean    {}", self.right)?;
        writeln!(f, "  taken wrong, and answered   {}", self.silently_wrong)?;
        writeln!(f, "  asked back without need     {}", self.asked_back)
    }
}
