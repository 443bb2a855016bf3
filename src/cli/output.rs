//! Where results go: standard output for data, standard error for everything else; a closed pipe is quiet.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::arguments::{ColorChoice, Common};
use super::{Ending, pager};
use crate::engine::{EngineError, Warning};
use crate::index::IndexError;
use crate::render::json::JsonError;
use crate::render::page::{Ink, Opening, Page, one_line};

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) struct Failure {
    kind: String,
    message: String,
    hint: Option<String>,
    /// The reader of standard output has gone: nothing to say, nobody to hear it.
    silent: bool,
}

impl Failure {
    /// A failure of a kind (one word) with its message.
    pub(super) fn new(kind: &str, message: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), message: message.into(), hint: None, silent: false }
    }

    /// The same with the next step.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// A file that could not be read or written.
    pub(super) fn file(path: &std::path::Path, error: &io::Error) -> Self {
        Self::new("file", format!("{}: {error}", path.display()))
    }

    /// The message alone.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// The same, of a line of a batch.
    pub(super) fn in_line(self, number: usize) -> Self {
        Self { message: format!("line {number}: {}", self.message), ..self }
    }

    /// Whether there is nobody to tell.
    pub(super) fn is_silent(&self) -> bool {
        self.silent
    }

    /// As a JSON document.
    pub(super) fn json(&self, id: Option<serde_json::Value>) -> JsonError {
        JsonError::new(&self.kind, &self.message, self.hint.as_deref(), id)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let silent = error.kind() == io::ErrorKind::BrokenPipe;
        Self { silent, ..Self::new("output", format!("cannot write to standard output: {error}")) }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let failure = Self::new(error.kind(), error.to_string());
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        EngineError::from(error).into()
    }
}

/// The two streams, and how to write to them.
#[derive(Clone, Debug)]
pub(super) struct Output {
    /// JSON instead of text.
    pub(super) json: bool,
    /// No progress, no hints.
    pub(super) quiet: bool,
    /// Unreadable files are failures.
    pub(super) strict: bool,
    /// Say how long it took.
    pub(super) timing: bool,
    /// What long text is shown with; `None` where it goes straight out.
    pub(super) pager: Option<String>,
    /// The page for standard output.
    pub(super) page: Page,
    errors: Page,
}

fn has_color(choice: ColorChoice, stream: &impl IsTerminal) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => is_capable(stream) && !is_refused(),
    }
}

/// Whether a stream is a terminal that can do more than print.
fn is_capable(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Whether the user wants nothing but words.
fn is_refused() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Terminals that do not know links leave them out, but for the console, which is known to print them.
fn has_links(choice: ColorChoice) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => is_capable(&io::stdout()) && !is_refused() && std::env::var_os("TERM").is_none_or(|term| term != "linux"),
    }
}

/// Columns of the terminal, 100 at most for ease of reading; 80 where there is none.
fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0));
    columns.or_else(terminal).unwrap_or(80).clamp(40, 100)
}

/// An index named on the command line must be named again to open what was found in it; one named in the environment is still there.
fn opening(common: &Common) -> Opening {
    if let Some(address) = common.engine.first() {
        return Opening::Engine(without_secrets(address));
    }
    let everywhere = std::env::var_os("SAYSO_INDEX");
    let named = common.index.as_ref().filter(|directory| everywhere.as_deref() != Some(directory.as_os_str()));
    named.map_or(Opening::Found, |directory| Opening::Index(directory.display().to_string()))
}

/// An address without the user and password in it.
fn without_secrets(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("http", address));
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    format!("{scheme}://{}{path}", host.rsplit('@').next().unwrap_or(host))
}

impl Output {
    /// Streams as the options say.
    pub(super) fn new(common: &Common) -> Self {
        let choice = common.color.unwrap_or(ColorChoice::Auto);
        let links = has_links(common.links.unwrap_or(ColorChoice::Auto));
        let page = Page { width: width(), color: has_color(choice, &io::stdout()), links, opening: opening(common) };
        let errors = Page { width: width(), color: has_color(choice, &io::stderr()), links: false, opening: Opening::Nowhere };
        let pager = if is_capable(&io::stdout()) && !common.no_pager && !common.json { pager::chosen() } else { None };
        Self { json: common.json, quiet: common.quiet, strict: common.strict, timing: common.timing, pager, page, errors }
    }

    /// For an error before the options are known.
    pub(super) fn json_only() -> Self {
        let page = Page { width: 80, color: false, links: false, opening: Opening::Nowhere };
        Self { json: true, quiet: true, strict: false, timing: false, pager: None, errors: page.clone(), page }
    }

    /// Writes text to standard output.
    pub(super) fn text(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Writes text to standard output, through a pager where it is longer than the terminal.
    pub(super) fn long(&self, text: &str) -> Result<(), Failure> {
        match self.pager.as_deref().filter(|_| text.lines().count() >= pager::rows()) {
            Some(pager) => pager::show(pager, text).or_else(|_| self.text(text)),
            None => self.text(text),
        }
    }

    /// The same without a pager: in a conversation what was said before stays in sight.
    pub(super) fn unpaged(&self) -> Self {
        Self { pager: None, ..self.clone() }
    }

    /// Writes a JSON document to standard output: indented, one for the whole run.
    pub(super) fn document(&self, document: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(document).map_err(|error| Failure::new("output", error.to_string()))?;
        self.text(&(text + "\n"))
    }

    /// Writes a JSON document to standard output on a line of its own.
    pub(super) fn line(&self, document: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(document).map_err(|error| Failure::new("output", error.to_string()))?;
        self.text(&(text + "\n"))
    }

    /// Says something on standard error unless told to be quiet. A closed standard error is no reason to stop.
    pub(super) fn note(&self, words: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{words}");
        }
    }

    /// Says why a command fails on standard error, also when told to be quiet: an exit status alone explains nothing.
    pub(super) fn insist(&self, words: &str) {
        let _ = writeln!(io::stderr(), "{} {}", self.errors.ink("sayso:", Ink::Bad), one_line(words));
    }

    /// Says a warning on standard error.
    pub(super) fn warn(&self, warning: &Warning) {
        let path = warning.path.as_deref().map(|path| format!("{}: ", one_line(path))).unwrap_or_default();
        self.note(&format!("{} {path}{}", self.errors.ink("warning:", Ink::Doubt), one_line(&warning.message)));
    }

    /// Says why it could not be done: in JSON on standard output where JSON was asked for, else on standard error.
    pub(super) fn fail(&self, failure: &Failure) -> Ending {
        if failure.silent {
            return Ending::Good;
        }
        if self.json {
            let _ = self.document(&failure.json(None));
            return Ending::Failed;
        }
        let mut text = format!("{} {}\n", self.errors.ink("sayso:", Ink::Bad), failure.message);
        if let Some(hint) = &failure.hint {
            text.push_str(&format!("{} {hint}\n", self.errors.ink("hint:", Ink::Dim)));
        }
        let _ = io::stderr().write_all(text.as_bytes());
        Ending::Failed
    }
}
