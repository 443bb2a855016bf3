//! Consecutive list items become one list, even where they lie in different passages of a document.

use std::collections::BTreeMap;

use super::Listing;
use crate::corpus::BlockKind;
use crate::reading::view::View;
use crate::span::Span;

/// Bytes that may lie between two items (line ends, bullets, indentation).
const GAP: usize = 16;

/// One item and a passage that holds it.
#[derive(Clone, Copy, Debug)]
struct Item {
    passage: usize,
    sentence: usize,
    span: Span,
}

/// All bulleted lists, in the order of documents and places.
pub(super) fn find(views: &[View<'_>]) -> Vec<Listing> {
    let mut items: BTreeMap<(u32, usize), Item> = BTreeMap::new();
    for (passage, view) in views.iter().enumerate() {
        for item in items_of(view, passage) {
            items
                .entry((view.record.document.ordinal, item.span.start))
                .and_modify(|known| known.span = known.span.cover(item.span))
                .or_insert(item);
        }
    }
    let mut lists: Vec<Vec<Item>> = Vec::new();
    let mut last: Option<(u32, usize)> = None;
    for ((document, _), item) in items {
        let follows = last.is_some_and(|(same, end)| same == document && item.span.start.saturating_sub(end) <= GAP);
        match lists.last_mut().filter(|_| follows) {
            Some(list) => list.push(item),
            None => lists.push(vec![item]),
        }
        last = Some((document, item.span.end));
    }
    lists.into_iter().filter_map(|list| listing(views, &list)).collect()
}

/// The items of one passage; sentences of one block are one item.
fn items_of(view: &View<'_>, passage: usize) -> Vec<Item> {
    let mut found: Vec<(usize, Item)> = Vec::new();
    for (sentence, place) in view.record.analysis.sentences.iter().enumerate() {
        if view.block(sentence) != BlockKind::ListItem {
            continue;
        }
        match found.last_mut().filter(|(block, _)| *block == place.block) {
            Some((_, item)) => item.span = item.span.cover(place.span),
            None => found.push((place.block, Item { passage, sentence, span: place.span })),
        }
    }
    found.into_iter().map(|(_, item)| item).collect()
}

fn listing(views: &[View<'_>], items: &[Item]) -> Option<Listing> {
    let first = items.first().filter(|_| items.len() > 1)?;
    let members =
        items.iter().filter_map(|item| Some(member(views.get(item.passage)?, item.span))).filter(|span| !span.is_empty()).collect();
    let (passage, sentence) = introduction(views, first).unwrap_or((first.passage, first.sentence));
    Some(Listing { passage, sentence, members, bulleted: true })
}

/// The sentence before the first item, in whichever passage holds both.
fn introduction(views: &[View<'_>], first: &Item) -> Option<(usize, usize)> {
    let document = views.get(first.passage)?.record.document.ordinal;
    views.iter().enumerate().filter(|(_, view)| view.record.document.ordinal == document).find_map(|(passage, view)| {
        let sentence = view.sentence_at(first.span.start)?;
        (sentence > 0 && view.block(sentence - 1).is_article()).then(|| (passage, sentence - 1))
    })
}

/// An item without its bullet, the mark at its end and the "and" that announces the last one.
fn member(view: &View<'_>, span: Span) -> Span {
    let words = view.record.slice(span);
    let bullet = |c: char| c.is_whitespace() || matches!(c, '•' | '*' | '-' | '–' | '—' | '·' | '‣');
    let bare = words.trim_start_matches(bullet);
    let start = span.start + (words.len() - bare.len());
    let ended = |text: &str| text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '.' | ',')).len();
    let length = ended(bare);
    let without_and = bare.get(..length).and_then(|text| text.strip_suffix(" and")).map_or(length, ended);
    Span::new(start, start + without_and)
}
