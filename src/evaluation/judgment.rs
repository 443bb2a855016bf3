//! Judged files: lines of JSON become judged questions and judged quote checks.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::JudgedDialogue;

/// A question with the answers a person would accept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct JudgedQuestion {
    /// Identifier, unique in its file.
    pub id: String,
    /// The question.
    pub question: String,
    /// What kind of answer it wants.
    #[serde(rename = "type")]
    pub kind: String,
    /// Accepted forms; empty where the documents do not say, and for lists.
    #[serde(default)]
    pub answers: Vec<String>,
    /// The members of a list, each with its accepted forms.
    #[serde(default)]
    pub members: Vec<Vec<String>>,
    /// Why there is no answer, where there is none.
    #[serde(default)]
    pub absent: Option<Absence>,
    /// Sentences that support the answer.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Whether the sources disagree.
    #[serde(default)]
    pub conflict: bool,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// Nothing of the kind in the documents.
    Elsewhere,
    /// The right question about the wrong place, year or person.
    NearMiss,
}

/// A sentence that supports an answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Evidence {
    /// The document's id.
    pub document: String,
    /// Words of the sentence, verbatim.
    pub text: String,
}

/// A quote with the verdict a person would give.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct JudgedQuote {
    /// Identifier, unique in its file.
    pub id: String,
    /// The quote.
    pub quote: String,
    /// Who is claimed to have said it.
    #[serde(default)]
    pub by: Option<String>,
    /// Expected wording.
    pub wording: String,
    /// Expected attribution.
    #[serde(default)]
    pub attribution: Option<String>,
    /// Expected context.
    #[serde(default)]
    pub context: Option<String>,
    /// Expected speaker; none where no name is known.
    #[serde(default)]
    pub speaker: Option<String>,
    /// A document that prints it.
    #[serde(default)]
    pub document: Option<String>,
    /// Further documents that are equally right.
    #[serde(default)]
    pub also: Vec<String>,
}

/// All judgments of some files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgments {
    /// Questions, in order.
    pub questions: Vec<JudgedQuestion>,
    /// Quote checks, in order.
    pub quotes: Vec<JudgedQuote>,
    /// Conversations, in order.
    pub dialogues: Vec<JudgedDialogue>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Question(JudgedQuestion),
    Quote(JudgedQuote),
    Dialogue(JudgedDialogue),
}

/// Reads files of judgments; of a folder, all `*.jsonl` in it, by name.
///
/// # Errors
/// The first file that cannot be read or line that is no judgment, with its place.
pub fn read(paths: &[PathBuf]) -> Result<Judgments, String> {
    let mut judgments = Judgments::default();
    for file in files(paths)? {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |error| format!("{}:{}: no judged question, quote or conversation: {error}", file.display(), number + 1);
            match serde_json::from_str(line).map_err(wrong)? {
                Line::Question(question) => judgments.questions.push(question),
                Line::Quote(quote) => judgments.quotes.push(quote),
                Line::Dialogue(dialogue) => judgments.dialogues.push(dialogue),
            }
        }
    }
    Ok(judgments)
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(folder(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn folder(path: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    if files.is_empty() {
        return Err(format!("{}: no *.jsonl in it", path.display()));
    }
    Ok(files)
}
