//! `sayso show`: a document's text, a place in it marked.

use super::Ending;
use super::arguments::ShowArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::engine::{DocumentRecord, Engine};
use crate::render::json::JsonShown;
use crate::span::{CharIndex, Span};

/// Runs the command.
pub(super) fn run(arguments: &ShowArguments, settings: &Settings, output: &Output) -> Result<Ending, Failure> {
    let engine = place::open(settings)?;
    one(&arguments.document, arguments.raw, &engine, output)
}

/// Shows the document named, with its place if one is named.
pub(super) fn one(words: &str, raw: bool, engine: &Engine, output: &Output) -> Result<Ending, Failure> {
    let (document, range) = find(words, engine)?;
    let text = engine.text(&document)?;
    let characters = CharIndex::new(&text);
    let length = characters.chars_before(text.len());
    if let Some((start, end)) = range
        && (start > end || end > length)
    {
        let message = format!("{}: {start}-{end} is not a place in it: it has {length} characters", document.id);
        return Err(Failure::new("usage", message));
    }
    let span = range.map(|(start, end)| Span::new(characters.byte_at(start), characters.byte_at(end)));
    if output.json {
        output.document(&JsonShown::new(&document, &text, span))?;
    } else if raw {
        output.text(span.map_or(&*text, |span| span.slice(&text)))?;
    } else {
        let blocks = engine.blocks(&document)?;
        let dim: Vec<Span> = blocks.iter().filter(|block| !block.kind.is_article()).map(|block| block.span).collect();
        output.text(&output.page.document(&document, &text, &dim, span))?;
    }
    Ok(Ending::Good)
}

type Found = (std::sync::Arc<DocumentRecord>, Option<(usize, usize)>);

/// A name with `:START-END` behind it, or a name that merely looks so.
fn find(words: &str, engine: &Engine) -> Result<Found, Failure> {
    let place = words.rsplit_once(':').and_then(|(name, range)| {
        let (start, end) = range.split_once('-')?;
        Some((name, (start.parse().ok()?, end.parse().ok()?)))
    });
    match place {
        Some((name, range)) => Ok((engine.document(name)?, Some(range))),
        None => Ok((engine.document(words)?, None)),
    }
}
