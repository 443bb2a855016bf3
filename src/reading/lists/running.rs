//! "A, B, C and D" becomes a list, also where a full stop stands for one of the commas.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Listing;
use crate::reading::view::View;
use crate::syntax::{Relation, Tag};
use crate::text::Shape;

/// Longest member, in tokens.
const LONGEST: usize = 16;

/// All running lists, in the order of passages and places.
pub(super) fn find(views: &[View<'_>]) -> Vec<Listing> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (passage, view) in views.iter().enumerate() {
        for tokens in paragraphs(view) {
            for listing in in_paragraph(view, passage, &tokens) {
                let start = listing.members.first().map_or(0, |member| member.start);
                if seen.insert((view.record.document.ordinal, start, listing.members.len())) {
                    found.push(listing);
                }
            }
        }
    }
    found
}

/// The tokens of each paragraph of the article: sentences of one block together.
fn paragraphs(view: &View<'_>) -> Vec<Range<usize>> {
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    for sentence in view.sentences() {
        let block = view.record.analysis.sentences.get(sentence).map_or(0, |sentence| sentence.block);
        let tokens = view.tokens(sentence);
        match found.last_mut().filter(|(same, _)| *same == block) {
            Some((_, range)) => range.end = tokens.end,
            None => found.push((block, tokens)),
        }
    }
    found.into_iter().map(|(_, range)| range).collect()
}

fn in_paragraph(view: &View<'_>, passage: usize, tokens: &Range<usize>) -> Vec<Listing> {
    let coordinators = tokens.clone().filter(|&position| matches!(word(view, position), "and" | "or" | "&"));
    coordinators.filter_map(|coordinator| listing(view, passage, coordinator, tokens)).collect()
}

fn listing(view: &View<'_>, passage: usize, coordinator: usize, tokens: &Range<usize>) -> Option<Listing> {
    let colon = (tokens.start..coordinator).rev().find(|&position| word(view, position) == ":").unwrap_or(usize::MAX);
    let last = coordinator + 1..last_end(view, coordinator + 1, tokens);
    let mut members = vec![last];
    let mut end = coordinator;
    if coordinator > tokens.start && matches!(word(view, coordinator - 1), "," | ";") {
        end -= 1;
    }
    loop {
        let (start, more) = member_start(view, end, tokens, (members.len(), colon));
        if start >= end || end - start > LONGEST {
            break;
        }
        members.push(start..end);
        if !more {
            break;
        }
        end = start - 1;
    }
    members.reverse();
    let plausible = members.len() > 1 && members.iter().all(|member| is_member(view, member)) && alike(view, &members);
    let first = members.first()?.start;
    let sentence = view.sentence_at(view.record.analysis.tokens.get(first)?.span.start)?;
    let spans = members.into_iter().map(|member| view.span(member)).collect();
    plausible.then_some(Listing { passage, sentence, members: spans, bulleted: false })
}

fn word<'v>(view: &'v View<'_>, position: usize) -> &'v str {
    view.cells.get(position).map_or("", |cell| cell.word.as_str())
}

fn tag(view: &View<'_>, position: usize) -> Tag {
    view.cells.get(position).map_or(Tag::X, |cell| cell.tag)
}

/// A verb that heads a clause, not one inside a noun phrase.
fn is_finite(view: &View<'_>, position: usize) -> bool {
    let cell = view.cells.get(position);
    cell.is_some_and(|cell| {
        matches!(cell.tag, Tag::Verb | Tag::Aux)
            && !matches!(cell.relation, Relation::Amod | Relation::Compound | Relation::AclRelcl | Relation::Acl)
    }) && view.mention(position).is_none()
}

/// The last member ends with its name, or with its phrase: at a mark, a clause's verb or the sentence's end.
fn last_end(view: &View<'_>, start: usize, tokens: &Range<usize>) -> usize {
    if let Some(mention) = view.mention(start).filter(|mention| mention.tokens.start == start) {
        let after = mention.tokens.end;
        let goes_on = matches!(word(view, after), "'s" | "of" | "-") && !is_stop(view, after);
        if !goes_on {
            return after;
        }
    }
    (start + 1..tokens.end)
        .find(|&position| is_stop(view, position) || is_finite(view, position))
        .unwrap_or(tokens.end)
        .min(start + LONGEST)
}

fn is_stop(view: &View<'_>, position: usize) -> bool {
    let cell = view.cells.get(position);
    cell.is_none_or(|cell| {
        matches!(cell.shape, Shape::Quote)
            || matches!(
                cell.word.as_str(),
                "," | ";" | "." | ":" | "(" | ")" | "?" | "!" | "–" | "—" | "who" | "which" | "but" | "while" | "as"
            )
    })
}

/// Where the member that ends at `end` begins, and whether another stands before it.
///
/// After a colon the whole rest is the list: verbs in it belong to its members.
fn member_start(view: &View<'_>, end: usize, tokens: &Range<usize>, (known, colon): (usize, usize)) -> (usize, bool) {
    let mut start = end;
    while start > tokens.start {
        let before = start - 1;
        let separates = matches!(word(view, before), "," | ";")
            || (word(view, before) == "." && is_name_like(view, start) && (known > 1 || !has_clause(view, start)));
        if separates && start < end {
            // "…, in A, B and C": what stands before the preposition is no member.
            let inside = tag(view, start) == Tag::Adp && start + 1 < end && (colon == usize::MAX || before < colon);
            return (start + usize::from(inside), !inside);
        }
        if opens_list(view, before, before > colon) {
            return (first_start(view, start, end), false);
        }
        start = before;
    }
    (first_start(view, start, end), false)
}

/// Whether the sentence that begins at a token has a verb of its own.
fn has_clause(view: &View<'_>, start: usize) -> bool {
    let sentence = view.record.analysis.sentences.iter().find(|sentence| sentence.tokens.contains(&start));
    sentence.is_some_and(|sentence| sentence.tokens.clone().any(|position| is_finite(view, position)))
}

/// Words after which a list begins.
fn opens_list(view: &View<'_>, position: usize, after_colon: bool) -> bool {
    let word = word(view, position);
    let introduces = matches!(
        word,
        ":" | "include"
            | "includes"
            | "included"
            | "including"
            | "like"
            | "as"
            | "are"
            | "were"
            | "is"
            | "was"
            | "namely"
            | "between"
            | "both"
            | "either"
            | "from"
    );
    let mark = view.cells.get(position).is_some_and(|cell| cell.shape == Shape::Quote) || matches!(word, "(" | "." | "–" | "—" | "?" | "!");
    if after_colon {
        return mark;
    }
    introduces || mark || (is_finite(view, position) && view.mention(position).is_none())
}

/// The first member of a list of names begins with its name, whatever stands before ("led by A, B and C").
fn first_start(view: &View<'_>, start: usize, end: usize) -> usize {
    if tag(view, start) == Tag::Adp && start + 1 < end {
        return start + 1;
    }
    let name = end.checked_sub(1).and_then(|last| view.mention(last)).map(|mention| mention.tokens.start);
    name.filter(|&name| name > start + 3 && starts_phrase(view, name)).unwrap_or(start)
}

/// Whether nothing before a name belongs to its phrase.
fn starts_phrase(view: &View<'_>, name: usize) -> bool {
    name.checked_sub(1).is_none_or(|before| !matches!(tag(view, before), Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num))
}

fn is_name_like(view: &View<'_>, position: usize) -> bool {
    view.cells.get(position).is_some_and(|cell| matches!(cell.shape, Shape::Capitalized | Shape::Upper))
}

fn is_member(view: &View<'_>, member: &Range<usize>) -> bool {
    let content = member.clone().any(|position| {
        matches!(tag(view, position), Tag::Noun | Tag::Propn | Tag::Verb | Tag::Adj | Tag::Num) || is_name_like(view, position)
    });
    content && member.len() <= LONGEST
}

/// Names stand with names, phrases with phrases: a list whose later members are names begins with one.
fn alike(view: &View<'_>, members: &[Range<usize>]) -> bool {
    let named = members.iter().filter(|&member| Range::clone(member).any(|position| is_name_like(view, position))).count();
    let later = members.len() - 1;
    members.len() == 2 || named == members.len() || named < later || named == 0 || named * 2 >= members.len()
}
