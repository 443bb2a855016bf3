//! `sayso repl`: a conversation on a terminal, a batch from a pipe.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use super::Ending;
use super::output::{Failure, Output};
use super::settings::Settings;
use super::{ask, place, quotes, show, trace, who};
use crate::answer::{Citation, Outcome};
use crate::engine::conversation::{Memory, Turn};
use crate::engine::{Asked, Engine, Wanted};
use crate::question::Constraints;
use crate::render::page::one_line;
use crate::repl::{COMMANDS, Editor, Line, Read};

/// A conversation and what it remembers.
struct Conversation<'e> {
    engine: &'e Engine,
    settings: Settings,
    output: Output,
    last: Option<Asked>,
    memory: Memory,
    speakers: Vec<String>,
}

/// Runs the command.
pub(super) fn run(settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let engine = place::open_or_build(settings, output)?;
    let speakers = engine.speakers()?;
    let (settings, output) = (settings.clone(), output.unpaged());
    let mut conversation = Conversation { engine: &engine, settings, output, last: None, memory: Memory::default(), speakers };
    if io::stdin().is_terminal() { conversation.talk() } else { conversation.batch() }
}

impl Conversation<'_> {
    /// Lines from a person.
    fn talk(&mut self) -> Result<Ending, Failure> {
        let terminal = |message| Failure::new("terminal", message);
        let status = self.engine.status()?;
        self.output.note(&format!("{} documents. Ask, or :help. Ctrl-D leaves.", status.documents));
        let mut editor = Editor::new(self.speakers.clone(), self.engine.outlets()?, history()).map_err(terminal)?;
        loop {
            match editor.read("sayso> ").map_err(terminal)? {
                Read::End => break,
                Read::Interrupted => self.output.note("(Ctrl-D or :quit leaves)"),
                Read::Line(line) => match self.line(&line) {
                    Ok(true) => break,
                    Ok(false) => {}
                    Err(failure) => {
                        self.output.fail(&failure);
                    }
                },
            }
        }
        if let Err(message) = editor.save() {
            self.output.note(&format!("the history was not saved: {message}"));
        }
        Ok(Ending::Good)
    }

    /// Lines from a pipe: every line is echoed before its answer, bad ones do not stop the rest.
    fn batch(&mut self) -> Result<Ending, Failure> {
        let mut ending = Ending::Good;
        for line in io::stdin().lock().split(b'\n') {
            let bytes = line.map_err(|error| Failure::new("input", error.to_string()))?;
            let line = String::from_utf8_lossy(&bytes).trim_start_matches('\u{FEFF}').trim().to_owned();
            if !line.is_empty() && !self.output.json {
                self.output.text(&format!("> {}\n", one_line(&line)))?;
            }
            match self.line(&line) {
                Ok(true) => break,
                Ok(false) => {}
                Err(failure) => ending = self.output.fail(&failure),
            }
            if !line.is_empty() && !self.output.json {
                self.output.text("\n")?;
            }
        }
        Ok(ending)
    }

    /// Does what one line asks for; whether to leave.
    fn line(&mut self, line: &str) -> Result<bool, Failure> {
        match Line::parse(line) {
            Line::Empty => {}
            Line::Quit => return Ok(true),
            Line::Question(words) => self.question(&words)?,
            Line::Who { quote, by } => {
                by.iter().for_each(|name| self.memory.mention(name));
                let verdict = self.engine.check(&quote, by.as_deref(), &self.settings.constraints)?;
                who::show(&verdict, self.engine, &self.settings, &self.output)?;
            }
            Line::Trace(quote) => {
                trace::one(&quote, self.engine, &self.settings, &self.output)?;
            }
            Line::Quotes(name) => {
                self.memory.mention(&name);
                let constraints = Constraints { speaker: Some(name), ..self.settings.constraints.clone() };
                quotes::list(&Wanted { constraints, ..Wanted::default() }, self.engine, &self.settings, &self.output)?;
            }
            Line::Open(number) => self.open(number)?,
            Line::Why => self.why()?,
            Line::Sources => self.sources()?,
            Line::Forget => {
                self.memory = Memory::default();
                self.output.note("forgotten");
            }
            Line::Json => {
                self.output.json = !self.output.json;
                self.output.note(if self.output.json { "JSON from here on" } else { "text from here on" });
            }
            Line::Help => self.output.text(&help())?,
            Line::Incomplete(usage) => self.output.note(&format!("usage: {usage}")),
            Line::Unknown { command, meant } => {
                let meant = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
                self.output.note(&format!("{}: no such command{meant} (:help lists them)", one_line(&command)));
            }
        }
        Ok(false)
    }

    /// A question, which may lean on what was said before. What it was taken for is told before its answer.
    fn question(&mut self, words: &str) -> Result<(), Failure> {
        let options = crate::engine::AskOptions { explain: true, ..ask::options(&self.settings) };
        match self.engine.converse(&mut self.memory, words, &options)? {
            Turn::Asked { asked, resolved } => self.answered(*asked, resolved),
            Turn::Said(verdict) => who::show(&verdict, self.engine, &self.settings, &self.output).map(|_| ()),
            Turn::Unclear(unclear) => {
                let hint = if unclear.candidates.is_empty() { "ask with the name" } else { "which? A name is enough" };
                Err(Failure::new("unclear", one_line(&unclear.to_string())).hint(hint))
            }
        }
    }

    fn answered(&mut self, mut asked: Asked, resolved: bool) -> Result<(), Failure> {
        if resolved {
            let note = format!("(taken as: {})", one_line(&asked.question.words));
            if self.output.json { self.output.note(&note) } else { self.output.text(&format!("{note}\n"))? }
        }
        let explanation = asked.explanation.take();
        asked.explanation = explanation.clone().filter(|_| self.settings.explain);
        ask::show(&asked, self.engine, &self.settings, &self.output)?;
        self.last = Some(Asked { explanation, ..asked });
        Ok(())
    }

    fn citations(&self) -> Vec<&Citation> {
        match self.last.as_ref().map(|asked| &asked.outcome) {
            Some(Outcome::Answered { answers, .. }) => answers.iter().take(1).flat_map(|answer| &answer.citations).collect(),
            Some(Outcome::Unanswered(no_answer)) => no_answer.nearest.iter().collect(),
            None => Vec::new(),
        }
    }

    fn open(&self, number: usize) -> Result<(), Failure> {
        let citations = self.citations();
        let Some(citation) = citations.get(number - 1) else {
            let count = match citations.len() {
                0 => "there is no citation to open yet".to_owned(),
                1 => "there is one citation to open: :open 1".to_owned(),
                more => format!("there are {more} citations to open: :open 1 to :open {more}"),
            };
            self.output.note(&count);
            return Ok(());
        };
        let characters = self.engine.characters(&citation.document, citation.span);
        let place = format!("{}:{}-{}", citation.document.id, characters.start, characters.end);
        show::one(&place, false, self.engine, &self.output).map(|_| ())
    }

    fn why(&self) -> Result<(), Failure> {
        match self.last.as_ref().and_then(|asked| asked.explanation.as_ref()) {
            Some(explanation) if self.output.json => self.output.document(&crate::render::explain::json(explanation)),
            Some(explanation) => self.output.text(&self.output.page.explanation(explanation)),
            None => {
                self.output.note("nothing has been asked yet");
                Ok(())
            }
        }
    }

    fn sources(&self) -> Result<(), Failure> {
        let citations = self.citations();
        if citations.is_empty() {
            self.output.note("no citations yet");
        }
        for (number, citation) in citations.iter().enumerate() {
            let outlet = citation.document.publisher.as_deref().map(|outlet| format!(" ({})", one_line(outlet))).unwrap_or_default();
            let line = format!("{}. {}{outlet}\n   {}\n", number + 1, one_line(&citation.document.path), one_line(&citation.sentence));
            self.output.text(&line)?;
        }
        Ok(())
    }
}

fn help() -> String {
    COMMANDS.iter().map(|(usage, what)| format!("  {usage:<20} {what}\n")).collect::<String>() + "  anything else        a question\n"
}

/// The history's file, in the user's data folder.
fn history() -> Option<PathBuf> {
    let named = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    Some(named.or_else(|| Some(std::env::home_dir()?.join(".local/state")))?.join("sayso/history"))
}
