//! The quantity an answer states, comparable with those of other answers.

use super::Value;
use crate::question::AnswerType;
use crate::span::Span;
use crate::text::quantities::{Agreement, Quantity, QuantityKind};

/// A quantity stated by an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Worth(Quantity);

impl Worth {
    /// Whether two quantities are the same.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.0.agreement(&other.0) == Agreement::Equal
    }

    /// Whether two quantities are of one kind and neither may stand for the other.
    pub(super) fn differs(&self, other: &Self) -> bool {
        self.0.agreement(&other.0) == Agreement::Different
    }

    /// The number and its unit, as shown.
    pub(super) fn shown(&self) -> Option<Value> {
        let unit = self.0.unit.map(|unit| unit.name().to_owned());
        (self.0.kind != QuantityKind::Date).then_some(Value { number: self.0.number, unit })
    }
}

/// The quantity that the words at a span state, if they state one of the passage's and it is of a kind the question asks for.
pub(super) fn at(amounts: &[Quantity], span: Span, answer_type: AnswerType) -> Option<Worth> {
    let inside = amounts.iter().filter(|quantity| span.contains(quantity.span) || quantity.span.contains(span));
    let mut asked = inside.filter(|quantity| is_of(quantity, answer_type));
    asked.next().filter(|_| asked.next().is_none()).cloned().map(Worth)
}

fn is_of(quantity: &Quantity, answer_type: AnswerType) -> bool {
    use QuantityKind::{Age, Count, Date, Duration, Measure, Money, Share, Time};
    match answer_type {
        AnswerType::Number => matches!(quantity.kind, Count | Measure | Share | Duration),
        AnswerType::Share => matches!(quantity.kind, Share | Count),
        AnswerType::Money => quantity.kind == Money,
        AnswerType::Age => matches!(quantity.kind, Age | Count | Duration),
        AnswerType::Duration => matches!(quantity.kind, Duration | Count),
        AnswerType::Date => matches!(quantity.kind, Date | Time),
        _ => false,
    }
}
