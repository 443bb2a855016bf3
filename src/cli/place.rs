//! Opens the index a command works on, building the default one first where a question asks for it.

use std::ops::Range;
use std::path::Path;

use super::index as indexing;
use super::output::{Failure, Output};
use super::settings::{Location, Settings};
use crate::engine::{self, DocumentRecord, Engine};
use crate::render::json::{Places, Texts};
use crate::span::Span;

impl Places for Engine {
    fn characters(&self, document: &DocumentRecord, span: Span) -> Range<usize> {
        Engine::characters(self, document, span)
    }
}

impl Texts for Engine {
    fn surroundings(&self, document: &DocumentRecord, span: Span) -> (String, String) {
        let text = self.text(document).unwrap_or_else(|_| "".into());
        let (before, after) = engine::surroundings(&text, span);
        (before.to_owned(), after.to_owned())
    }
}

/// The index, which must be there.
pub(super) fn open(settings: &Settings) -> Result<Engine, Failure> {
    match settings.location() {
        Location::Existing(directory) => Ok(Engine::open(&directory)?.with_depth(settings.depth)),
        Location::Missing { directory, .. } => Err(nothing_indexed(&directory)),
    }
}

/// The index; the default one is built first where there is none and the default documents are there.
pub(super) fn open_or_build(settings: &Settings, output: &Output) -> Result<Engine, Failure> {
    match settings.location() {
        Location::Missing { directory, corpus: Some(corpus) } if !settings.index_is_named() || directory == Path::new("index") => {
            output.note(&format!("No index yet: indexing {} into {} …", corpus.display(), directory.display()));
            indexing::build(&directory, Some(&[corpus]), false, output)?;
            Ok(Engine::open(&directory)?.with_depth(settings.depth))
        }
        _ => open(settings),
    }
}

fn nothing_indexed(directory: &Path) -> Failure {
    let message = format!("{}: nothing has been indexed here yet", directory.display());
    Failure::new("no_index", message).hint("`sayso index FOLDER` indexes a folder of documents")
}
