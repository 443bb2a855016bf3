//! Arguments become settings and options; results become text or JSON on standard output, and an exit code.
//!
//! One file a command. Data goes to standard output, everything else to standard error; only this module reads the environment.

mod arguments;
mod ask;
mod batch;
mod changes;
mod eval;
mod extract;
mod index;
mod output;
mod pager;
mod place;
mod quotes;
mod recheck;
mod repl;
mod report;
#[cfg(feature = "server")]
mod serve;
mod settings;
mod shell;
mod show;
mod status;
mod trace;
mod watch;
mod who;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use clap::error::ErrorKind;

use arguments::{Arguments, Command};
use output::{Failure, Output};
use settings::Settings;

use crate::corpus::{self, Reader, Reading};

/// How a command ended, better before worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    /// Answered, confirmed, done.
    Good,
    /// No answer, not confirmed.
    Nothing,
    /// It could not be done, and has been said.
    Failed,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Good => Self::SUCCESS,
            Ending::Nothing => Self::from(1),
            Ending::Failed => Self::from(2),
        }
    }
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let json = words.iter().take_while(|word| *word != "--").any(|word| word == "--json");
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, json),
    };
    let started = Instant::now();
    let output = Output::new(&arguments.common);
    let ending = match Settings::read(&arguments.common).and_then(|settings| run(arguments.command, &settings, &output)) {
        Ok(ending) => ending.into(),
        Err(failure) => output.fail(&failure).into(),
    };
    if arguments.common.timing {
        output.note(&format!("took {:.3} s", started.elapsed().as_secs_f64()));
    }
    ending
}

/// Help and version are data; anything else clap says is an error, in JSON where JSON was asked for.
fn usage(error: &clap::Error, json: bool) -> ExitCode {
    let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if is_help || !json {
        let printed = error.print();
        return if is_help && printed.is_ok() { ExitCode::SUCCESS } else { Ending::Failed.into() };
    }
    let message = error.to_string();
    let first = message.lines().next().unwrap_or_default().trim_start_matches("error: ");
    Output::json_only().fail(&Failure::new("usage", first).hint("`sayso help` lists commands and options")).into()
}

/// The program itself, which reads other formats than text in a process of their own.
fn worker() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

/// A reader of files.
fn reader(reading: Reading) -> Reader {
    Reader::new(reading).with_worker(worker())
}

fn run(command: Option<Command>, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    match command {
        None if std::io::stdin().is_terminal() => repl::run(settings, output),
        None => Err(Failure::new("usage", "no command given, and standard input is not a terminal")
            .hint("`sayso repl` reads questions from standard input; `sayso --help` lists the commands")),
        Some(Command::Index(arguments)) => index::run(&arguments, settings, output),
        Some(Command::Ask(arguments)) => ask::run(&arguments, settings, output),
        Some(Command::Who(arguments)) => who::run(&arguments, settings, output),
        Some(Command::Trace(arguments)) => trace::run(&arguments, settings, output),
        Some(Command::Quotes(arguments)) => quotes::run(&arguments, settings, output),
        Some(Command::Extract(arguments)) => extract::run(&arguments, settings, output),
        Some(Command::Show(arguments)) => show::run(&arguments, settings, output),
        Some(Command::Status(arguments)) => status::run(&arguments, settings, output),
        Some(Command::Recheck(arguments)) => recheck::run(&arguments, settings, output),
        Some(Command::Report(arguments)) => report::run(&arguments, settings, output),
        Some(Command::Eval(arguments)) => {
            let arguments = arguments::EvalArguments { timing: output.timing, ..arguments };
            eval::run(&arguments, settings, output)
        }
        Some(Command::Repl) => repl::run(settings, output),
        #[cfg(feature = "server")]
        Some(Command::Serve(arguments)) => serve::run(&arguments, settings, output),
        #[cfg(feature = "server")]
        Some(Command::Mcp) => serve::speak(settings, output),
        Some(Command::Completions { shell }) => shell::completions(shell, output),
        Some(Command::Man) => shell::manual(output),
        Some(Command::ReadWorker) => {
            corpus::worker::serve(std::io::stdin(), std::io::stdout()).map_or(Ok(Ending::Failed), |()| Ok(Ending::Good))
        }
    }
}
