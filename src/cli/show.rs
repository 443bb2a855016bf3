//! `sayso show`: a document's text, a place in it marked.

use super::Ending;
use super::arguments::ShowArguments;
use super::output::{Failure, Output};
use super::place;
use super::settings::Settings;
use crate::engine::{DocumentRecord, Engine};
use crate::render::json::JsonShown;
use crate::render::page::one_line;
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
    let warnings = engine.stale(std::iter::once(document.as_ref()));
    if output.json {
        return output.document(&JsonShown::new(&document, &text, span).warned(&warnings)).map(|()| Ending::Good);
    }
    warnings.iter().for_each(|warning| output.warn(warning));
    if raw {
        output.text(span.map_or(&*text, |span| span.slice(&text)))?;
    } else {
        let blocks = engine.blocks(&document)?;
        let dim: Vec<Span> = blocks.iter().filter(|block| !block.kind.is_article()).map(|block| block.span).collect();
        output.long(&output.page.document(&document, &text, &dim, span))?;
    }
    Ok(Ending::Good)
}

type Found = (std::sync::Arc<DocumentRecord>, Option<(usize, usize)>);

/// A name with `:START-END` behind it, or a name that merely looks so.
fn find(words: &str, engine: &Engine) -> Result<Found, Failure> {
    let Some((name, range)) = words.rsplit_once(':') else { return Ok((engine.document(words)?, None)) };
    if let Some(range) = place(range) {
        return Ok((engine.document(name)?, Some(range)));
    }
    match (engine.document(words), engine.document(name)) {
        (Err(_), Ok(document)) => {
            let message = format!("`{}` is not a place in a document", one_line(range));
            Err(Failure::new("usage", message).hint(format!("write its first and last character: {}:100-250", one_line(&document.id))))
        }
        (found, _) => Ok((found?, None)),
    }
}

/// `START-END`
fn place(range: &str) -> Option<(usize, usize)> {
    let (start, end) = range.split_once('-')?;
    Some((start.trim().parse().ok()?, end.trim().parse().ok()?))
}
