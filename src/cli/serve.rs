//! `sayso serve` and `sayso mcp`: pages and the interface over HTTP until told to stop; tools for one program until it leaves.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::Ending;
use super::arguments::ServeArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::server::{self, Limits, Options, ServeError, Source, TOKEN};

/// Runs the command.
pub(super) fn run(arguments: &ServeArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let token = arguments.token_file.as_deref().map(token).transpose()?;
    let limits = Limits { patience: Duration::from_secs(arguments.patience), ..Limits::default() };
    let options = Options { address: arguments.bind, hosts: arguments.allow_host.clone(), token, limits };
    let source = Source { home: place::home(settings, output)?, depth: settings.depth };
    server::serve(&source, &options, |address| {
        let url = format!("http://{address}/");
        // Whoever started the server may have closed its end; that is no reason not to serve.
        let _ = if output.json { output.line(&json!({"schema": "sayso.serving/1", "url": url})) } else { output.text(&(url + "\n")) };
        output.note("Ctrl-C stops.");
    })?;
    Ok(Ending::Good)
}

/// Runs `sayso mcp`: standard output belongs to the protocol.
pub(super) fn speak(settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let source = Source { home: place::home(settings, output)?, depth: settings.depth };
    server::speak(&source)?;
    Ok(Ending::Good)
}

/// The token is the file's first line.
fn token(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        let message = error.to_string();
        match error {
            ServeError::Engine(error) => error.into(),
            ServeError::System(_) => Self::new("system", message),
            ServeError::Address { .. } => Self::new("address", message).hint("--bind 127.0.0.1:0 takes a free port"),
            ServeError::Open { .. } => Self::new("usage", message).hint("--token-file FILE names a file whose first line is the token"),
            ServeError::ShortToken { .. } => Self::new("usage", message).hint(format!("a token has at least {TOKEN} characters")),
        }
    }
}
