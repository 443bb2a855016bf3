//! A span and an answer type become a figure of how well the one is of the other's kind.
//!
//! A rule, not learned: the texts the model learns from hold few sums of money, ages and shares, and news holds many. The
//! figures are in the model's units (natural log-odds).

use std::ops::Range;

use crate::question::AnswerType;
use crate::reading::sought::Sought;
use crate::reading::view::View;
use crate::syntax::{EntityKind, Tag};
use crate::text::quantities::{Quantity, QuantityKind};

const RIGHT: f32 = 1.5;
pub(super) const HOLDS: f32 = 0.0;
pub(super) const DOUBTFUL: f32 = -1.5;
const WRONG: f32 = -4.0;
const NEVER: f32 = -8.0;
/// What a type that may also answer counts less than the one asked for.
const SECOND: f32 = 0.5;

/// How well a span fits the answer type.
pub(crate) fn fit(view: &View<'_>, sought: &Sought, span: &Range<usize>) -> f32 {
    if only_repeats(view, sought, span) {
        return NEVER;
    }
    let others = sought.accepts.iter().map(|&accepted| of_type(view, sought, span, accepted) - SECOND);
    others.fold(of_type(view, sought, span, sought.answer_type), f32::max)
}

/// How well a span is of one type.
fn of_type(view: &View<'_>, sought: &Sought, span: &Range<usize>, answer_type: AnswerType) -> f32 {
    match answer_type {
        AnswerType::Number if asks_for_a_measure(sought) => {
            amount(view, span, &[QuantityKind::Measure], &[QuantityKind::Share, QuantityKind::Count, QuantityKind::Duration])
        }
        AnswerType::Number => {
            amount(view, span, &[QuantityKind::Count], &[QuantityKind::Share, QuantityKind::Duration, QuantityKind::Measure])
        }
        AnswerType::Share => amount(view, span, &[QuantityKind::Share], &[QuantityKind::Count]),
        AnswerType::Money => amount(view, span, &[QuantityKind::Money], &[]),
        AnswerType::Age => age(view, sought, span),
        AnswerType::Duration => amount(view, span, &[QuantityKind::Duration], &[QuantityKind::Count]),
        AnswerType::Date => amount(view, span, &[QuantityKind::Date], &[QuantityKind::Time]),
        AnswerType::Person => name(view, span, EntityKind::Person),
        AnswerType::Organization => name(view, span, EntityKind::Organization),
        AnswerType::Place => name(view, span, EntityKind::Place),
        _ => HOLDS,
    }
}

/// Whether a span says nothing the question does not say.
fn only_repeats(view: &View<'_>, sought: &Sought, span: &Range<usize>) -> bool {
    view.cells(span.clone())
        .iter()
        .filter(|cell| cell.shape.is_word())
        .all(|cell| cell.term.is_some() || sought.asks_with(&cell.word) || matches!(cell.tag, Tag::Det | Tag::Adp | Tag::Part))
}

fn amount(view: &View<'_>, span: &Range<usize>, wanted: &[QuantityKind], like: &[QuantityKind]) -> f32 {
    // A figure without its unit ("19" of "19 miles") is that quantity too.
    let is_figure = |amount: &Quantity| span.len() == 1 && amount.unit.is_some() && amount.tokens.start == span.start;
    let within = |amount: &Quantity| span.start <= amount.tokens.start && amount.tokens.end <= span.end;
    let inside = view.amounts.iter().filter(|amount| within(amount) || is_figure(amount));
    let fits = |amount: &Quantity| {
        let whole = amount.tokens == *span || amount.tokens.contains(&span.start) && span.end <= amount.tokens.end;
        match (wanted.contains(&amount.kind), like.contains(&amount.kind), whole) {
            (true, _, true) => RIGHT,
            (true, _, false) if span.len() <= amount.tokens.len() + 3 => HOLDS,
            (true, _, false) => DOUBTFUL,
            (_, true, true) => DOUBTFUL,
            (_, true, false) => DOUBTFUL - 0.5,
            _ => WRONG,
        }
    };
    inside.map(fits).fold(NEVER, f32::max) + told_apart(view, span, wanted)
}

/// Whether a length, weight or other measure is asked for: "how high", "how many miles", "how much rain".
fn asks_for_a_measure(sought: &Sought) -> bool {
    const ADJECTIVES: &[&str] =
        &["high", "tall", "deep", "wide", "far", "long", "large", "big", "heavy", "fast", "hot", "cold", "thick", "low", "small"];
    let mut asking = sought.asking.wording.split(' ');
    let adjective = asking.next() == Some("how") && asking.next().is_some_and(|word| ADJECTIVES.contains(&word));
    let unit = || sought.focus_head().is_some_and(is_unit_of_measure);
    adjective || unit() || sought.asking.wording == "how much"
}

/// Stems of units that are no lengths of time, sums or shares.
fn is_unit_of_measure(stem: &str) -> bool {
    const UNITS: &[&str] = &[
        "mile", "metr", "meter", "kilometr", "kilomet", "feet", "foot", "inch", "yard", "acr", "hectar", "litr", "liter", "gallon", "tonn",
        "ton", "kilo", "kilogram", "pound", "stone", "degre", "mph", "km", "mm", "cm", "megawatt", "kilowatt", "watt",
    ];
    UNITS.contains(&stem)
}

/// An age must be that of the person asked about: of the last person named before it in its sentence.
fn age(view: &View<'_>, sought: &Sought, span: &Range<usize>) -> f32 {
    let Some(sentence) = view.record.analysis.sentences.iter().find(|sentence| sentence.tokens.contains(&span.start)) else { return NEVER };
    let people = |tokens: Range<usize>| {
        let mentions = view.record.syntax.mentions.iter();
        mentions.filter(move |mention| {
            mention.kind == EntityKind::Person && tokens.start <= mention.tokens.start && mention.tokens.end <= tokens.end
        })
    };
    let before = people(sentence.tokens.start..span.start).next_back();
    // "said Fenn, 49." - a number set off right after a name.
    let comma = span.start.checked_sub(1).filter(|&comma| view.cells.get(comma).is_some_and(|cell| cell.word == ","));
    let set_off = comma.is_some_and(|comma| before.is_some_and(|mention| mention.tokens.end == comma));
    let closed = view.cells.get(span.end).is_none_or(|cell| matches!(cell.word.as_str(), "," | "." | ";"));
    let plain = amount(view, span, &[QuantityKind::Age], &[QuantityKind::Count, QuantityKind::Duration]);
    let kind = if set_off && closed && plain == DOUBTFUL { RIGHT } else { plain };
    let asked = |mention: &crate::syntax::Mention| {
        let last = mention.tokens.end.checked_sub(1).and_then(|last| view.cells.get(last)).and_then(|cell| cell.term);
        last.is_some_and(|term| sought.names.iter().any(|name| name.terms.last() == Some(&term)))
    };
    if kind < HOLDS || sought.names.is_empty() {
        return kind;
    }
    match before {
        Some(mention) if asked(mention) => kind + 1.0,
        Some(_) => kind - 2.5,
        None if people(span.end..sentence.tokens.end).next().is_some_and(asked) => kind + 0.5,
        None => kind,
    }
}

/// Whether a word is a year of the last or this century.
pub(crate) fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Of several quantities of the wanted kind in a sentence, the one nearest to a year of the question is meant
/// ("from £41m in 2013 to £52m").
fn told_apart(view: &View<'_>, span: &Range<usize>, wanted: &[QuantityKind]) -> f32 {
    let Some(sentence) = view.record.analysis.sentences.iter().find(|sentence| sentence.tokens.contains(&span.start)) else { return 0.0 };
    let rivals: Vec<&Quantity> =
        view.amounts.iter().filter(|amount| wanted.contains(&amount.kind) && sentence.tokens.contains(&amount.tokens.start)).collect();
    let is_number = |position: usize| view.cells.get(position).is_some_and(|cell| cell.term.is_some() && is_year(&cell.word));
    let numbers: Vec<usize> = sentence.tokens.clone().filter(|&position| is_number(position) && !span.contains(&position)).collect();
    if rivals.len() < 2 || numbers.is_empty() {
        return 0.0;
    }
    let distance = |tokens: &Range<usize>| {
        numbers.iter().map(|&number| number.abs_diff(tokens.start).min(number.abs_diff(tokens.end))).min().unwrap_or(usize::MAX)
    };
    let nearest = rivals.iter().map(|rival| distance(&rival.tokens)).min().unwrap_or_default();
    let own = rivals
        .iter()
        .filter(|rival| span.start <= rival.tokens.start && rival.tokens.end <= span.end)
        .map(|rival| distance(&rival.tokens))
        .min();
    match own {
        Some(own) if own == nearest => 1.0,
        Some(_) => -1.5,
        None => 0.0,
    }
}

fn name(view: &View<'_>, span: &Range<usize>, wanted: EntityKind) -> f32 {
    let mentions: Vec<_> = span.clone().filter_map(|position| view.mention(position)).collect();
    let fits = |mention: &&crate::syntax::Mention| {
        let whole = mention.tokens == *span || (mention.tokens.end == span.end && mention.tokens.start >= span.start);
        match (kin(mention.kind, wanted), whole) {
            (Kin::Same, true) => RIGHT,
            (Kin::Same, false) => HOLDS - 0.5,
            (Kin::Like, true) => HOLDS,
            (Kin::Like, false) => DOUBTFUL,
            (Kin::Other, _) => WRONG,
        }
    };
    let Some(best) = mentions.iter().map(fits).reduce(f32::max) else { return unnamed(view, span, wanted) };
    best
}

/// A common noun may stand for a person, group or place ("campaigners", "the cattle market"); anything else does not.
fn unnamed(view: &View<'_>, span: &Range<usize>, wanted: EntityKind) -> f32 {
    let (governor, _) = view.governor(span);
    let noun = view.cells.get(governor).is_some_and(|cell| matches!(cell.tag, Tag::Noun | Tag::Propn));
    match (noun, wanted) {
        (true, EntityKind::Place) => DOUBTFUL / 2.0,
        (true, _) => DOUBTFUL,
        (false, _) => WRONG,
    }
}

enum Kin {
    Same,
    Like,
    Other,
}

/// How far a name found to be of one kind may be of another: places and organizations are easily taken for each other.
fn kin(found: EntityKind, wanted: EntityKind) -> Kin {
    match (found, wanted) {
        _ if found == wanted => Kin::Same,
        (EntityKind::Other, _)
        | (EntityKind::Organization, EntityKind::Place)
        | (EntityKind::Place | EntityKind::Person, EntityKind::Organization) => Kin::Like,
        (EntityKind::Organization, EntityKind::Person) => Kin::Like,
        _ => Kin::Other,
    }
}
