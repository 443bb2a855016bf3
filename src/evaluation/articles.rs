//! Files of judged articles, of what was found in them, and of labelled quote checks become lists, whatever the order of the lines.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::extraction::{FoundArticle, JudgedArticle};
use super::labels::LabelledCheck;

/// Judged articles, and quote checks that bear a label.
#[derive(Clone, Debug, Default)]
pub struct JudgedTexts {
    /// Articles, in order.
    pub articles: Vec<JudgedArticle>,
    /// Checks, in order.
    pub checks: Vec<LabelledCheck>,
}

/// Reads files of articles and checks.
///
/// # Errors
/// The first file that cannot be read or line that is neither, with its place.
pub fn read_texts(files: &[PathBuf]) -> Result<JudgedTexts, String> {
    let mut texts = JudgedTexts::default();
    for file in files {
        each_line(file, |line: Value| {
            match line.get("text") {
                Some(_) => texts.articles.push(JudgedArticle::deserialize(line)?),
                None => texts.checks.push(LabelledCheck::deserialize(line)?),
            }
            Ok(())
        })?;
    }
    Ok(texts)
}

/// Reads what a system found.
///
/// # Errors
/// Where the file cannot be read or a line is no `{"id","quotes"}`.
pub fn read_found(file: &Path) -> Result<Vec<FoundArticle>, String> {
    let mut found = Vec::new();
    each_line(file, |line| {
        found.push(FoundArticle::deserialize(line)?);
        Ok(())
    })?;
    Ok(found)
}

/// Reads a file line by line; an error says which line it is.
fn each_line(file: &Path, mut read: impl FnMut(Value) -> serde_json::Result<()>) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let done = serde_json::from_str(line).and_then(&mut read);
        done.map_err(|error| format!("{}:{}: {error}", file.display(), number + 1))?;
    }
    Ok(())
}
