//! A candidate that is part of a name or quantity becomes the whole of it: "Carol" the full name, "three" the three years.

use std::ops::Range;

use super::view::View;
use crate::question::AnswerType;
use crate::quotation::is_body_word;
use crate::span::Span;
use crate::syntax::{EntityKind, Tag};
use crate::text::Shape;
use crate::text::quantities::QuantityKind;

/// Words that may follow what is known of a name and still belong to it.
const BEHIND: usize = 3;

/// The span of the whole name or quantity of the wanted kind that a span is part of; the span itself where it is part of none.
pub(super) fn widened(view: &View<'_>, answer_type: AnswerType, span: Span) -> Span {
    let tokens = view.tokens_in(span);
    let whole = match answer_type {
        AnswerType::Person => name(view, &tokens).map(|name| hyphenated(view, name)),
        AnswerType::Organization => name(view, &tokens).or_else(|| named_behind(view, &tokens)).map(|name| with_field(view, name)),
        AnswerType::Place => name(view, &tokens),
        AnswerType::Definition => office(view, &tokens),
        _ => quantity(view, answer_type, &tokens),
    };
    whole.filter(|whole| *whole != tokens).map_or(span, |whole| view.span(whole).cover(span))
}

/// The name that holds the tokens, with the names of the same kind of word right behind it.
fn name(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let mention = view.record.syntax.mentions.iter().map(|mention| &mention.tokens).find(|mention| holds(mention, tokens))?;
    let belongs = |position: &usize| {
        let cell = view.cells.get(*position);
        let apart = cell.is_some_and(|cell| cell.mention.is_some());
        cell.is_some_and(|cell| cell.tag == Tag::Propn && matches!(cell.shape, Shape::Capitalized | Shape::Upper)) && !apart
    };
    let behind = (mention.end..mention.end + BEHIND).take_while(belongs).count();
    Some(past_possessive(view, mention.start)..mention.end + behind)
}

/// "the recycling firm Marl Metals": a common noun stands for the name right behind it.
fn named_behind(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let common = view.cells(tokens.clone()).iter().all(|cell| matches!(cell.tag, Tag::Noun | Tag::Adj | Tag::Det));
    let name = view.record.syntax.mentions.iter().find(|mention| mention.tokens.start == tokens.end);
    name.filter(|name| common && !tokens.is_empty() && name.kind != EntityKind::Person).map(|name| tokens.start..name.tokens.end)
}

/// A body's name with what it is for: "National Centre" of "National Centre for Missing & Found Things".
fn with_field(view: &View<'_>, name: Range<usize>) -> Range<usize> {
    let word = |at: usize| view.cells.get(at).map_or("", |cell| cell.word.as_str());
    let capital = |at: usize| view.cells.get(at).is_some_and(|cell| matches!(cell.shape, Shape::Capitalized | Shape::Upper));
    let tied = is_body_word(word(name.end - 1)) && matches!(word(name.end), "for" | "of" | "on");
    let article = usize::from(word(name.end + 1) == "the");
    if !tied || !capital(name.end + 1 + article) {
        return name;
    }
    let mut end = name.end + 2 + article;
    while capital(end) || matches!(word(end), "and" | "&" | "of" | "for" | "the") && capital(end + 1) {
        end += 1;
    }
    name.start..end
}

/// An office with what it is over: "Supervisor" of "Supervisor of Elections".
fn office(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let word = |at: usize| view.cells.get(at).map_or("", |cell| cell.word.as_str());
    let capital = |at: usize| view.cells.get(at).is_some_and(|cell| cell.shape == Shape::Capitalized && cell.tag != Tag::Num);
    let alone = tokens.len() == 1 && view.cells.get(tokens.start).is_some_and(|cell| matches!(cell.tag, Tag::Noun | Tag::Propn));
    let person = |at: usize| view.kind(at) == Some(EntityKind::Person);
    let end = (tokens.end + 1..tokens.end + 5).take_while(|&at| capital(at) && !person(at)).last();
    end.filter(|_| alone && capital(tokens.start) && word(tokens.end) == "of").map(|last| tokens.start..last + 1)
}

/// Where a name begins that the mention at `start` ends: "The Miners' Society" is no society of miners. People, bodies and places own what
/// stands behind them, so that their names are left out.
fn past_possessive(view: &View<'_>, start: usize) -> usize {
    let cell = |back: usize| start.checked_sub(back).and_then(|at| view.cells.get(at));
    let marked = cell(1).is_some_and(|cell| matches!(cell.word.as_str(), "'s" | "’s" | "'" | "’"));
    let capital = |cell: &super::view::Cell| matches!(cell.shape, Shape::Capitalized) && matches!(cell.tag, Tag::Noun | Tag::Propn);
    let named = cell(2).is_some_and(|cell| capital(cell) && (cell.mention.is_none() || cell.tag == Tag::Noun));
    let first = view.cells.get(start).is_some_and(|cell| cell.shape == Shape::Capitalized);
    if marked && named && first { start - 2 } else { start }
}

/// The same with the rest of a name joined to it by a hyphen ("Carol Ince" of "Carol Ince-Baptiste").
fn hyphenated(view: &View<'_>, name: Range<usize>) -> Range<usize> {
    let tokens = &view.record.analysis.tokens;
    let touches = |at: usize| tokens.get(at).zip(tokens.get(at + 1)).is_some_and(|(one, other)| one.span.end == other.span.start);
    let hyphen = |at: usize| view.cells.get(at).is_some_and(|cell| cell.word == "-") && touches(at);
    let apart = |at: usize| view.mention(at).is_some_and(|mention| mention.tokens.start > name.start);
    let part = |at: usize| view.cells.get(at).is_some_and(|cell| matches!(cell.shape, Shape::Capitalized | Shape::Upper)) && !apart(at);
    let mut end = name.end;
    // "the Obama-Romney debate" is of two: only a forename and a surname go on.
    while name.len() > 1 && touches(end - 1) && hyphen(end) && part(end + 1) {
        end += 2;
    }
    name.start..end
}

fn quantity(view: &View<'_>, answer_type: AnswerType, tokens: &Range<usize>) -> Option<Range<usize>> {
    let wanted = match answer_type {
        AnswerType::Duration => QuantityKind::Duration,
        AnswerType::Money => QuantityKind::Money,
        AnswerType::Share => QuantityKind::Share,
        AnswerType::Number => QuantityKind::Count,
        AnswerType::Date => QuantityKind::Date,
        _ => return None,
    };
    // "One" of "One in seven", "40" of "40%" count nothing by themselves.
    let of_kind = |kind: QuantityKind| view.amounts.iter().filter(move |amount| amount.kind == kind).map(|amount| amount.tokens.clone());
    let share = || of_kind(QuantityKind::Share).find(|amount| wanted == QuantityKind::Count && holds(amount, tokens));
    of_kind(wanted).find(|amount| holds(amount, tokens)).or_else(share)
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    !inner.is_empty() && outer.start <= inner.start && inner.end <= outer.end
}
