//! Brings together what is known of a document: what its format states, what its text says, what its name says.
//!
//! What the format states goes first, then the text, then the name. Nothing is guessed: a value nobody wrote down is `None`.

use std::path::Path;

use super::draft::Draft;
use super::{Block, BlockKind, Metadata, Origin, Sourced, date};
use crate::span::Span;

/// Merges the draft's stated metadata with what cleaning `found`; values that also stand in the text get their place there.
pub(super) fn gather(draft: &Draft, found: Metadata, blocks: &[Block], name: &Path, id: &str) -> Metadata {
    let stated = draft.stated.clone();
    let mut metadata = Metadata {
        title: stated.title.or(found.title.clone()).or_else(|| titled_block(&draft.text, blocks)),
        publisher: stated.publisher.or(found.publisher.clone()),
        authors: if stated.authors.is_empty() { found.authors.clone() } else { stated.authors },
        published: stated.published.or(found.published.clone()).or_else(|| from_name(name, id)),
        updated: stated.updated.or(found.updated.clone()),
    };
    locate(&mut metadata, &found, blocks, &draft.text);
    metadata
}

/// The words the markup sets as the title.
fn titled_block(text: &str, blocks: &[Block]) -> Option<Sourced<String>> {
    let block = blocks.iter().find(|block| block.kind == BlockKind::Title)?;
    let value = block.span.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Sourced { value, origin: Origin::Markup, span: Some(block.span) })
}

/// Gives stated values the place where the text says the same.
fn locate(metadata: &mut Metadata, found: &Metadata, blocks: &[Block], text: &str) {
    let title_block = blocks.iter().find(|block| block.kind == BlockKind::Title).map(|block| block.span);
    if let Some(title) = metadata.title.as_mut().filter(|title| title.span.is_none()) {
        title.span = title_block.filter(|span| span.slice(text).split_whitespace().eq(title.value.split_whitespace()));
    }
    for author in metadata.authors.iter_mut().filter(|author| author.span.is_none()) {
        let same = found.authors.iter().find(|other| other.value == author.value);
        author.span = same.and_then(|other| other.span).or_else(|| in_bylines(text, blocks, &author.value));
    }
}

fn in_bylines(text: &str, blocks: &[Block], words: &str) -> Option<Span> {
    blocks.iter().filter(|block| block.kind == BlockKind::Byline).find_map(|block| {
        let start = block.span.start + block.span.slice(text).find(words)?;
        Some(Span::new(start, start + words.len()))
    })
}

/// A date in the file's name ("2013-10-15-council.txt"), or in the folders above it ("2013/10/15/council.txt").
fn from_name(name: &Path, id: &str) -> Option<Sourced<jiff::civil::Date>> {
    let stem = name.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let date = date::first(&stem).or_else(|| date::first(id))?;
    Some(Sourced { value: date, origin: Origin::FileName, span: None })
}
