//! The quantity an answer states, comparable with those of other answers.

use super::{Dated, Value, dating};
use crate::index::PassageRecord;
use crate::question::AnswerType;
use crate::span::Span;
use crate::text::quantities::{Agreement, Quantity, QuantityKind};

/// A quantity stated by an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Worth {
    /// Dates are told from the day of publication.
    quantity: Quantity,
    /// Whether the words themselves say what it is.
    stated: bool,
}

impl Worth {
    /// Whether two quantities are the same.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.quantity.agreement(&other.quantity) == Agreement::Equal
    }

    /// Whether two quantities are of one kind and neither may stand for the other.
    pub(super) fn differs(&self, other: &Self) -> bool {
        self.quantity.agreement(&other.quantity) == Agreement::Different
    }

    /// What it measures.
    pub(super) fn kind(&self) -> QuantityKind {
        self.quantity.kind
    }

    /// How many, in its own unit.
    pub(super) fn number(&self) -> f64 {
        self.quantity.number
    }

    /// Its figure, in bytes of the document's text.
    pub(super) fn span(&self) -> Span {
        self.quantity.span
    }

    /// How many times the smaller the larger of two quantities is; `None` where they do not compare.
    pub(super) fn times(&self, other: &Self) -> Option<f64> {
        self.quantity.ratio(&other.quantity).map(|ratio| ratio.max(1.0 / ratio))
    }

    /// The number and its unit, as shown.
    pub(super) fn shown(&self) -> Option<Value> {
        let unit = self.quantity.unit.map(|unit| unit.name().to_owned());
        (self.quantity.kind != QuantityKind::Date).then_some(Value { number: self.quantity.number, unit })
    }

    /// The date, as shown.
    pub(super) fn dated(&self) -> Option<Dated> {
        dating::dated(&self.quantity, self.stated)
    }
}

/// The quantity that the words at a span state, if they state one of the passage's and it is of a kind the question asks for.
pub(super) fn at(amounts: &[Quantity], record: &PassageRecord, span: Span, answer_type: AnswerType) -> Option<Worth> {
    let inside = amounts.iter().filter(|quantity| span.contains(quantity.span) || quantity.span.contains(span));
    let mut asked = inside.filter(|quantity| is_of(quantity, answer_type));
    let only = asked.next().filter(|_| asked.next().is_none())?;
    let quantity = dating::told(only, record);
    Some(Worth { stated: quantity.date == only.date, quantity })
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::text::{self, quantities};

    /// What the one quantity of some words is worth as such an answer.
    pub(in crate::answer) fn worth(words: &str, answer_type: AnswerType) -> Worth {
        let tokens = text::analyze(words, &[Span::new(0, words.len())]).tokens;
        let quantity = quantities::find(words, &tokens).into_iter().find(|quantity| is_of(quantity, answer_type)).unwrap();
        Worth { quantity, stated: true }
    }

    #[test]
    fn a_quantity_is_compared_by_its_number() {
        let (one, two) = (worth("£4.2m", AnswerType::Money), worth("£2.1m", AnswerType::Money));
        assert!(one.differs(&two) && !one.equals(&two));
        assert_eq!(one.times(&two), two.times(&one));
        assert_eq!(one.times(&worth("14 metres", AnswerType::Number)), None);
    }
}
