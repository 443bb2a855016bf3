//! Files in SQuAD's format (Rajpurkar et al. 2016, 2018) become a folder of articles, and their questions figures over it.
//!
//! Asked of the folder, a question has to find its paragraph first; asked of its paragraph alone it only has to be read. Articles that
//! are left out of the folder, and questions that are marked impossible, show what is answered though nothing says it.

mod report;
mod scoring;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Deserialize;

use super::Times;
use crate::answer::Outcome;
use crate::engine::{AskOptions, Engine, EngineError};
use crate::span::Span;

pub use report::SquadReport;

/// An article with the questions asked of its paragraphs.
#[derive(Clone, Debug, Deserialize)]
pub struct SquadArticle {
    #[serde(default)]
    title: String,
    paragraphs: Vec<SquadParagraph>,
}

/// A paragraph and its questions.
#[derive(Clone, Debug, Deserialize)]
pub struct SquadParagraph {
    context: String,
    qas: Vec<SquadQuestion>,
}

/// A question with what annotators take for its answer.
#[derive(Clone, Debug, Deserialize)]
struct SquadQuestion {
    question: String,
    #[serde(default)]
    answers: Vec<SquadAnswer>,
    #[serde(default)]
    is_impossible: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct SquadAnswer {
    text: String,
}

#[derive(Deserialize)]
struct SquadFile {
    data: Vec<SquadArticle>,
}

/// Reads files in SQuAD's format, as one list of articles.
///
/// # Errors
/// The first file that cannot be read or is something else.
pub fn read_squad(files: &[PathBuf]) -> Result<Vec<SquadArticle>, String> {
    let read = |file: &Path| -> Result<Vec<SquadArticle>, String> {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let parsed: SquadFile =
            serde_json::from_str(&text).map_err(|error| format!("{}: not in SQuAD's format: {error}", file.display()))?;
        Ok(parsed.data)
    };
    Ok(files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?.concat())
}

impl SquadArticle {
    /// The article as the text of one document: its title, then its paragraphs.
    #[must_use]
    pub fn text(&self) -> String {
        self.paragraphs.iter().fold(self.heading(), |text, paragraph| text + &paragraph.context + "\n\n")
    }

    fn heading(&self) -> String {
        if self.title.is_empty() { String::new() } else { self.title.replace('_', " ") + "\n\n" }
    }

    /// The paragraphs.
    #[must_use]
    pub fn paragraphs(&self) -> &[SquadParagraph] {
        &self.paragraphs
    }

    /// Where the paragraphs stand in [`SquadArticle::text`], in bytes.
    fn places(&self) -> Vec<Span> {
        let mut start = self.heading().len();
        let place = |paragraph: &SquadParagraph| {
            let span = Span::new(start, start + paragraph.context.len());
            start = span.end + 2;
            span
        };
        self.paragraphs.iter().map(place).collect()
    }
}

impl SquadParagraph {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.context
    }

    /// Whether anything is asked of it.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !self.qas.is_empty()
    }

    /// Asks its questions of an engine that has only this paragraph.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn judge_alone(&self, engine: &Engine, report: &mut SquadReport) -> Result<(), EngineError> {
        self.qas.iter().try_for_each(|question| question.judge(engine, !question.is_impossible, report))
    }
}

/// Asks the questions of all articles of an engine over a folder of the `kept` ones, whose documents are numbered in order.
///
/// # Errors
/// Where the index cannot be read.
pub fn judge_squad(engine: &Engine, articles: &[SquadArticle], kept: &[bool]) -> Result<SquadReport, EngineError> {
    let mut report = SquadReport::default();
    let mut number = 0;
    for (article, &kept) in articles.iter().zip(kept) {
        let places = article.places();
        for (paragraph, &place) in article.paragraphs.iter().zip(&places) {
            for question in &paragraph.qas {
                question.judge(engine, kept && !question.is_impossible, &mut report)?;
                if kept {
                    report.rank(rank(engine, &question.question, number, place, &places)?);
                }
            }
        }
        number += usize::from(kept);
    }
    Ok(report)
}

/// How many passages are asked for to rank paragraphs by.
const PASSAGES: usize = 80;

/// The rank, from 0, of the paragraph at `place` of a document among the paragraphs that the passages found lie in.
fn rank(engine: &Engine, question: &str, document: usize, place: Span, places: &[Span]) -> Result<Option<usize>, EngineError> {
    let mut before: Vec<(u32, usize)> = Vec::new();
    for passage in engine.passages(question, PASSAGES)? {
        let (ordinal, span) = (passage.record.document.ordinal, passage.record.span);
        let own = ordinal as usize == document;
        if own && overlap(span, place) * 2 >= place.len().min(span.len()) {
            return Ok(Some(before.len()));
        }
        // Of other documents a passage counts as a paragraph.
        let at = if own { places.iter().position(|other| other.overlaps(span)).unwrap_or_default() } else { span.start };
        if !before.contains(&(ordinal, at)) {
            before.push((ordinal, at));
        }
    }
    Ok(None)
}

fn overlap(one: Span, other: Span) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

impl SquadQuestion {
    /// Asks it, and counts what comes; `present`: whether the documents hold the answer.
    fn judge(&self, engine: &Engine, present: bool, report: &mut SquadReport) -> Result<(), EngineError> {
        let start = Instant::now();
        let asked = engine.ask(&self.question, &AskOptions::default())?;
        report.times.add(start.elapsed());
        let first = match &asked.outcome {
            Outcome::Answered { answers, .. } => answers.first(),
            Outcome::Unanswered(_) => None,
        };
        let given = first.map(|answer| (answer.text.as_str(), answer.confidence));
        if present {
            let accepted: Vec<&str> = self.answers.iter().map(|answer| answer.text.as_str()).collect();
            report.present(given, &accepted);
        } else {
            report.absent(given.map(|(_, confidence)| confidence));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> SquadArticle {
        let json = r#"{"title":"Old_Mill","paragraphs":[{"context":"The mill was built in 1802.","qas":[]},{"context":"It burned in 1911.","qas":[]}]}"#;
        serde_json::from_str(json).expect("an article")
    }

    #[test]
    fn paragraphs_stand_where_they_are_said_to() {
        let (text, places) = (article().text(), article().places());
        let found: Vec<&str> = places.iter().map(|place| place.slice(&text)).collect();
        assert_eq!(found, ["The mill was built in 1802.", "It burned in 1911."]);
        assert!(text.starts_with("Old Mill\n\n"));
    }

    #[test]
    fn another_format_is_said_to_be_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("other.json");
        fs::write(&file, "[1]").expect("written");
        assert!(read_squad(&[file]).expect_err("no SQuAD").contains("not in SQuAD's format"));
    }
}
