//! A span the network marked becomes the shortest one that answers: the one name or quantity of the wanted kind in it.
//!
//! The network likes to take a person's role, a second figure or the rest of the sentence along.

use std::ops::Range;

use crate::question::AnswerType;
use crate::reading::view::View;
use crate::syntax::EntityKind;
use crate::text::quantities::QuantityKind;

/// The tokens of the only name or quantity of the wanted kind among `tokens`; all of them where there is none or there are several.
pub(super) fn narrow(view: &View<'_>, answer_type: AnswerType, tokens: Range<usize>) -> Range<usize> {
    let within = |inner: &Range<usize>| tokens.start <= inner.start && inner.end <= tokens.end;
    let only = if let Some(wanted) = name_kind(answer_type) {
        let named = view.record.syntax.mentions.iter().filter(|mention| mention.kind == wanted);
        only(named.map(|mention| &mention.tokens).filter(|tokens| within(tokens)))
    } else if let Some(wanted) = quantity_kind(answer_type) {
        let counted = view.amounts.iter().filter(|amount| amount.kind == wanted);
        only(counted.map(|amount| &amount.tokens).filter(|tokens| within(tokens)))
    } else {
        None
    };
    only.unwrap_or(tokens)
}

fn only<'t>(mut ranges: impl Iterator<Item = &'t Range<usize>>) -> Option<Range<usize>> {
    let first = ranges.next()?;
    ranges.next().is_none().then(|| first.clone())
}

fn name_kind(answer_type: AnswerType) -> Option<EntityKind> {
    match answer_type {
        AnswerType::Person => Some(EntityKind::Person),
        AnswerType::Organization => Some(EntityKind::Organization),
        _ => None,
    }
}

fn quantity_kind(answer_type: AnswerType) -> Option<QuantityKind> {
    match answer_type {
        AnswerType::Number => Some(QuantityKind::Count),
        AnswerType::Share => Some(QuantityKind::Share),
        AnswerType::Money => Some(QuantityKind::Money),
        _ => None,
    }
}
