//! Opens the index a command works on, building the default one first where a question asks for it.

use std::path::{Path, PathBuf};

use super::index as indexing;
use super::output::{Failure, Output};
use super::settings::{Location, Settings};
use crate::engine::{Engine, UpdateOptions};

/// The index, which must be there.
pub(super) fn open(settings: &Settings) -> Result<Engine, Failure> {
    match settings.location() {
        Location::Existing(directory) => Ok(Engine::open(&directory)?.with_depth(settings.depth)),
        Location::Missing { directory, .. } => Err(nothing_indexed(&directory)),
    }
}

/// The index; the default one is built first where there is none and the default documents are there.
pub(super) fn open_or_build(settings: &Settings, output: &Output) -> Result<Engine, Failure> {
    Ok(Engine::open(&folder(settings, output)?)?.with_depth(settings.depth))
}

/// The index's folder; the default index is built first where there is none and the default documents are there.
pub(super) fn folder(settings: &Settings, output: &Output) -> Result<PathBuf, Failure> {
    match settings.location() {
        Location::Existing(directory) => Ok(directory),
        Location::Missing { directory, corpus: Some(corpus) } if !settings.index_is_named() || directory == Path::new("index") => {
            output.note(&format!("No index yet: indexing {} into {} …", corpus.display(), directory.display()));
            indexing::build(&directory, Some(&[corpus]), &UpdateOptions::default(), output)?;
            Ok(directory)
        }
        Location::Missing { directory, .. } => Err(nothing_indexed(&directory)),
    }
}

fn nothing_indexed(directory: &Path) -> Failure {
    let message = format!("{}: nothing has been indexed here yet", directory.display());
    Failure::new("no_index", message).hint("`sayso index FOLDER` indexes a folder of documents")
}
