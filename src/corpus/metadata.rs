//! Brings together what is known of a document: what its format states, what its text says, what its name says.
//!
//! What the format states goes first, then the text; where both are silent, the date may come from the name, and is marked as guessed.
//! Any other value that nobody wrote down is `None`.

use std::path::Path;

use super::draft::Draft;
use super::{Block, BlockKind, Metadata, Origin, Sourced, byline, date, dateline};
use crate::span::Span;

/// Merges the draft's stated metadata with what cleaning `found`; values that also stand in the text get their place there.
pub(super) fn gather(draft: &Draft, found: Metadata, blocks: &[Block], name: &Path, id: &str) -> Metadata {
    let shown = titled_block(&draft.text, blocks);
    let mut stated = draft.stated.clone();
    let (title, publisher) = part_outlet(stated.title, shown.clone());
    (stated.title, stated.publisher) = (title, stated.publisher.or(publisher));
    let guessed = Metadata { title: shown, published: from_name(name, id), ..Metadata::default() };
    let mut metadata = stated.or(found.clone()).or(in_bylines_and_datelines(&draft.text, blocks)).or(guessed);
    locate(&mut metadata, &found, blocks, &draft.text);
    metadata
}

/// Blocks that bylines are looked for in.
const HEAD: usize = 12;
/// Paragraphs that may open the report: a standfirst may stand before it.
const OPENINGS: usize = 3;

/// The outlet a byline names, and what the opening of the report says of day and agency.
fn in_bylines_and_datelines(text: &str, blocks: &[Block]) -> Metadata {
    fn sourced<T>((span, value): (Span, T)) -> Sourced<T> {
        Sourced { value, origin: Origin::TextHead, span: Some(span) }
    }
    let head = || blocks.iter().take(HEAD);
    let lines = head().filter(|block| block.kind == BlockKind::Byline);
    let outlet = lines.filter_map(|block| byline::read(block.span.slice(text), block.span)).find_map(|line| line.outlet);
    let paragraphs = head().filter(|block| block.kind == BlockKind::Paragraph).take(OPENINGS);
    let opening = paragraphs.filter_map(|block| dateline::read(block.span.slice(text), block.span)).next().unwrap_or_default();
    Metadata { publisher: outlet.or(opening.agency).map(sourced), published: opening.published.map(sourced), ..Metadata::default() }
}

/// The words the markup sets as the title.
fn titled_block(text: &str, blocks: &[Block]) -> Option<Sourced<String>> {
    let block = blocks.iter().find(|block| block.kind == BlockKind::Title)?;
    let value = block.span.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Sourced { value, origin: Origin::Markup, span: Some(block.span) })
}

/// "The Tidewater - Bridge shut" over a line "Bridge shut": the line is the title, the rest names the outlet.
fn part_outlet(stated: Option<Sourced<String>>, shown: Option<Sourced<String>>) -> (Option<Sourced<String>>, Option<Sourced<String>>) {
    let (Some(stated), Some(shown)) = (&stated, shown) else { return (stated, None) };
    let rest = stated.value.strip_suffix(shown.value.as_str()).or_else(|| stated.value.strip_prefix(shown.value.as_str()));
    let edge = |c: char| c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—' | ':' | '·' | '»' | '«');
    let outlet = rest.filter(|rest| rest.contains(edge)).map(|rest| rest.trim_matches(edge)).unwrap_or_default();
    let named = (1..=5).contains(&outlet.split_whitespace().count()) && !outlet.contains(['|', '»']);
    if stated.origin != Origin::Markup || !named {
        return (Some(stated.clone()), None);
    }
    (Some(shown), Some(Sourced { value: outlet.to_owned(), origin: Origin::Markup, span: None }))
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::corpus::{Metadata, parse};

    fn read(name: &str, text: &str) -> Metadata {
        parse(Path::new(name), name, text.as_bytes()).unwrap().metadata
    }

    #[test]
    fn the_outlet_is_parted_from_the_page_title() {
        for title in ["The Marl Times - Ferry to stop", "Ferry to stop | The Marl Times"] {
            let metadata = read(
                "a.html",
                &format!("<title>{title}</title><div>Ferry to stop</div><p>It will make its last crossing in May, its owners said.</p>"),
            );
            assert_eq!(metadata.publisher.map(|outlet| outlet.value).as_deref(), Some("The Marl Times"), "{title}");
            assert_eq!(metadata.title.map(|title| title.value).as_deref(), Some("Ferry to stop"));
        }
    }

    #[test]
    fn the_name_gives_a_date_only_where_the_text_gives_none() {
        let text = "It will make its last crossing in May, its owners said.";
        assert_eq!(read("2013-10-15-ferry.txt", text).published.unwrap().value.to_string(), "2013-10-15");
        assert_eq!(read("2013/10/15/ferry.txt", text).published.unwrap().value.to_string(), "2013-10-15");
        assert_eq!(
            read("2013-10-15-ferry.txt", &format!("Ferry to stop\n\n16 October 2013\n\n{text}")).published.unwrap().value.to_string(),
            "2013-10-16"
        );
        assert_eq!(read("ferry.txt", text).published, None);
    }
}
