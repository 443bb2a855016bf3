//! Line editing on a terminal: history kept in a file, pasted lines kept together, commands and names completed.

use std::path::PathBuf;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{Config, Context, Helper, Highlighter, Hinter, Validator};

use super::COMMANDS;

/// What came of waiting for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// A line.
    Line(String),
    /// Ctrl-C: the line was dropped.
    Interrupted,
    /// Ctrl-D, or the end of the input.
    End,
}

#[derive(Helper, Hinter, Highlighter, Validator)]
struct Names {
    speakers: Vec<String>,
    outlets: Vec<String>,
}

/// Reads lines from a terminal.
pub struct Editor {
    inner: rustyline::Editor<Names, DefaultHistory>,
    history: Option<PathBuf>,
}

impl Editor {
    /// An editor that completes these names and keeps its history in a file.
    ///
    /// # Errors
    /// Where the terminal cannot be set up.
    pub fn new(speakers: Vec<String>, outlets: Vec<String>, history: Option<PathBuf>) -> Result<Self, String> {
        let config = Config::builder().bracketed_paste(true).auto_add_history(true).build();
        let mut inner = rustyline::Editor::with_config(config).map_err(|error| error.to_string())?;
        inner.set_helper(Some(Names { speakers, outlets }));
        if let Some(file) = &history {
            // No history yet is the usual case.
            let _ = inner.load_history(file);
        }
        Ok(Self { inner, history })
    }

    /// Waits for a line.
    ///
    /// # Errors
    /// Where the terminal fails.
    pub fn read(&mut self, prompt: &str) -> Result<Read, String> {
        match self.inner.readline(prompt) {
            Ok(line) => Ok(Read::Line(line.split_whitespace().collect::<Vec<_>>().join(" "))),
            Err(ReadlineError::Interrupted) => Ok(Read::Interrupted),
            Err(ReadlineError::Eof) => Ok(Read::End),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Writes the history to its file, making its folder where needed.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn save(&mut self) -> Result<(), String> {
        let Some(file) = &self.history else { return Ok(()) };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        self.inner.save_history(file).map_err(|error| format!("{}: {error}", file.display()))
    }
}

impl Completer for Names {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let typed = line.get(..position).unwrap_or_default();
        Ok(self.candidates(typed))
    }
}

impl Names {
    /// Commands at the line's start, names after `:quotes `, `by ` and wherever a capital begins a word.
    fn candidates(&self, typed: &str) -> (usize, Vec<Pair>) {
        if typed.starts_with(':') && !typed.contains(' ') {
            let commands = COMMANDS.iter().filter_map(|(usage, _)| usage.split(' ').next());
            return (0, pairs(commands.filter(|command| command.starts_with(typed))));
        }
        let start = name_start(typed);
        let prefix = typed.get(start..).unwrap_or_default().to_lowercase();
        if prefix.is_empty() {
            return (start, Vec::new());
        }
        let names = self.speakers.iter().chain(&self.outlets).map(String::as_str);
        let fits = |name: &&str| {
            name.to_lowercase().split_whitespace().any(|word| word.starts_with(&prefix)) || name.to_lowercase().starts_with(&prefix)
        };
        (start, pairs(names.filter(fits)))
    }
}

/// Where the name being typed begins: after a command, after "by ", or at the last capitalised run of words.
fn name_start(typed: &str) -> usize {
    for introduction in [":quotes ", " by "] {
        if let Some(at) = typed.rfind(introduction) {
            return at + introduction.len();
        }
    }
    let mut start = typed.len();
    for (at, word) in typed.split(' ').scan(0, |at, word| Some((std::mem::replace(at, *at + word.len() + 1), word))) {
        let is_name = word.chars().next().is_some_and(char::is_uppercase);
        start = if is_name { start.min(at) } else { typed.len() };
    }
    start
}

fn pairs<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Pair> {
    names.map(|name| Pair { display: name.to_owned(), replacement: name.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: &[&str]) {
        let names = Names { speakers: vec!["Ann Lee".into(), "Tom Pell".into()], outlets: vec!["Civic Ledger".into()] };
        let (_, pairs) = names.candidates(typed);
        assert_eq!(pairs.iter().map(|pair| pair.replacement.as_str()).collect::<Vec<_>>(), expected, "{typed}");
    }

    #[test]
    fn commands_speakers_and_outlets_are_completed() {
        check(":so", &[":sources"]);
        check(":quotes an", &["Ann Lee"]);
        check("what did Pe", &["Tom Pell"]);
        check("according to the Civ", &["Civic Ledger"]);
        check("what did ", &[]);
    }
}
