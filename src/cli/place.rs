//! Opens the index a command works on, building the default one first where a question asks for it.

use std::path::Path;

use super::index as indexing;
use super::output::{Failure, Output};
use super::settings::{Location, Settings};
use crate::engine::{Engine, Home, UpdateOptions};

/// The index, which must be there.
pub(super) fn open(settings: &Settings) -> Result<Engine, Failure> {
    match settings.location()? {
        Location::Existing(home) => Ok(Engine::open(home)?.with_depth(settings.depth)),
        Location::Missing { home, .. } => Err(nothing_indexed(&home)),
    }
}

/// The index; the default one is built first where there is none and the default documents are there.
pub(super) fn open_or_build(settings: &Settings, output: &Output) -> Result<Engine, Failure> {
    Ok(Engine::open(home(settings, output)?)?.with_depth(settings.depth))
}

/// Where the index lives; the default index is built first where there is none and the default documents are there.
pub(super) fn home(settings: &Settings, output: &Output) -> Result<Home, Failure> {
    match settings.location()? {
        Location::Existing(home) => Ok(home),
        Location::Missing { home, corpus: Some(corpus) } if !settings.index_is_named() || home == Home::from(Path::new("index")) => {
            output.note(&format!("No index yet: indexing {} into {home} …", corpus.display()));
            indexing::build(&home, Some(&[corpus]), &UpdateOptions::default(), output)?;
            Ok(home)
        }
        Location::Missing { home, .. } => Err(nothing_indexed(&home)),
    }
}

fn nothing_indexed(home: &Home) -> Failure {
    let message = format!("{home}: nothing has been indexed here yet");
    Failure::new("no_index", message).hint("`sayso index FOLDER` indexes a folder of documents")
}
