//! Tokens become quantities: counts, shares, money, dates, durations, ages, measures, ranks and times of day, as values that compare.
//!
//! Every reading is of the words alone; what "last year" is depends on the document's date ([`PartialDate::resolve`]).

mod calendar;
mod dates;
mod numerals;
mod readings;
mod units;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Token;
use crate::span::Span;

pub use dates::{Offset, PartialDate};
pub use units::{Dimension, Unit};

use words::Words;

/// A quantity and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Where, in bytes of the text the tokens were cut from.
    pub span: Span,
    /// The tokens, as positions in the slice that was searched.
    pub tokens: Range<usize>,
    /// What kind of quantity it is.
    pub kind: QuantityKind,
    /// The value: how many units; of a share, how many in a hundred; of a date, its [ordering number](PartialDate::ordering_number); of a
    /// time of day, minutes after midnight; of a range, its lower end.
    pub number: f64,
    /// The upper end, of a range.
    pub upper: Option<f64>,
    /// What it is counted in, if it says so. A bare count ("29 councils") has none.
    pub unit: Option<Unit>,
    /// The date, of a date.
    pub date: Option<PartialDate>,
    /// The last date, where a span of time is named ("2010 to 2013", "the 1990s").
    pub until: Option<PartialDate>,
    /// How exactly the words mean it.
    pub precision: Precision,
}

/// What kind of quantity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuantityKind {
    /// A bare number of things.
    Count,
    /// A part of a whole: per cent, fractions, "one in seven".
    Share,
    /// A sum of money.
    Money,
    /// A day, month, year or span of them.
    Date,
    /// A length of time.
    Duration,
    /// How old somebody is.
    Age,
    /// A length, weight, area, speed …
    Measure,
    /// A rank: "first", "21st".
    Ordinal,
    /// A time of day.
    Time,
}

/// How exactly a quantity is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Precision {
    /// As it stands.
    Exact,
    /// "about", "some", and fractions and ratios in words, which are rounded by nature.
    About,
    /// "more than", "at least".
    AtLeast,
    /// "fewer than", "up to".
    AtMost,
}

/// How two quantities compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The same value.
    Equal,
    /// Not the same, but one may stand for the other: "one in seven" and "14 %", "about 200" and "212", "2013" and "May 2013".
    Consistent,
    /// Of the same kind, with different values.
    Different,
    /// Of kinds that do not compare.
    Incomparable,
}

/// How far a rounded value may lie from an exact one, as a part of it: "one in seven" (14.3 %) is said of 13 %.
const ROUNDING: f64 = 0.1;

impl Quantity {
    /// Compares with another quantity, converting units where that needs no rates.
    #[must_use]
    pub fn agreement(&self, other: &Self) -> Agreement {
        if let (Some(one), Some(other)) = (self.date, other.date) {
            return Self::dates_agree(one, other);
        }
        let Some((one, two)) = self.common_values(other) else { return Agreement::Incomparable };
        if (one - two).abs() <= 1e-9 * one.abs().max(two.abs()) && self.upper == other.upper {
            return if self.precision == other.precision || self.number == other.number { Agreement::Equal } else { Agreement::Consistent };
        }
        if self.admits(other, two, one) || other.admits(self, one, two) { Agreement::Consistent } else { Agreement::Different }
    }

    /// How many times the other quantity this one is, converted as for [`Quantity::agreement`]; `None` where they do not compare or are not
    /// above nought.
    #[must_use]
    pub fn ratio(&self, other: &Self) -> Option<f64> {
        self.common_values(other).filter(|(one, two)| *one > 0.0 && *two > 0.0).map(|(one, two)| one / two)
    }

    fn dates_agree(one: PartialDate, other: PartialDate) -> Agreement {
        if one == other {
            Agreement::Equal
        } else if one.agrees_with(other) {
            Agreement::Consistent
        } else {
            Agreement::Different
        }
    }

    /// Both numbers in the same unit; `None` if the quantities do not compare.
    fn common_values(&self, other: &Self) -> Option<(f64, f64)> {
        match (self.unit, other.unit) {
            (Some(one), Some(two)) if one.converts_to(two) => Some((self.number * one.factor(), other.number * two.factor())),
            (None, None) if self.kind == other.kind => Some((self.number, other.number)),
            _ => None,
        }
    }

    /// Whether the words of `self` (of value `own`) allow the value `value` of `other`.
    fn admits(&self, other: &Self, value: f64, own: f64) -> bool {
        if self
            .upper
            .zip(self.unit.map_or(Some(1.0), |unit| Some(unit.factor())))
            .is_some_and(|(upper, factor)| (own..=upper * factor).contains(&value))
        {
            return true;
        }
        match self.precision {
            Precision::Exact => {
                other.precision == Precision::Exact && self.kind == QuantityKind::Share && (value - own).abs() < 0.5 && own.fract() == 0.0
            }
            Precision::About => (value - own).abs() <= ROUNDING * own.abs().max(value.abs()),
            Precision::AtLeast => value >= own && value <= own * 1.25,
            Precision::AtMost => value <= own && value >= own * 0.75,
        }
    }
}

/// Finds the quantities of `tokens`, which were cut from `source`; in order, not overlapping.
///
/// ```
/// use sayso::span::Span;
/// use sayso::text::{analyze, quantities};
///
/// let source = "One in seven of the 37,000 homes, some 14 per cent, flooded in May 2013.";
/// let text = analyze(source, &[Span::new(0, source.len())]);
/// let found = quantities::find(source, &text.tokens);
/// let words: Vec<&str> = found.iter().map(|quantity| quantity.span.slice(source)).collect();
/// assert_eq!(words, ["One in seven", "37,000", "14 per cent", "May 2013"]);
/// assert_eq!(found[0].agreement(&found[2]), quantities::Agreement::Consistent);
/// ```
#[must_use]
pub fn find(source: &str, tokens: &[Token]) -> Vec<Quantity> {
    let words = Words::new(source, tokens);
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match readings::quantity(&words, at) {
            Some(quantity) => {
                at = quantity.tokens.end.max(at + 1);
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests;
