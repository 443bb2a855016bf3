//! The kinds of quantity that can begin at a token, tried from the most specific to the bare number.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::calendar::{self, is_calendar_unit};
use super::dates::PartialDate;
use super::numerals::{self, Numeral, numeral, ordinal, ordinal_word, value_of_digits};
use super::units::{Dimension, Unit, currency_sign, unit_at};
use super::words::Words;
use super::{Precision, Quantity, QuantityKind};
use crate::text::Shape;

/// The quantity that begins at token `start`, if one does.
pub(super) fn quantity(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let first = single(words, start)?;
    Some(range(words, &first).unwrap_or(first))
}

fn single(words: &Words<'_>, start: usize) -> Option<Quantity> {
    may_begin(words, start).then(|| read(words, start)).flatten()
}

fn read(words: &Words<'_>, start: usize) -> Option<Quantity> {
    time(words, start)
        .or_else(|| ratio(words, start))
        .or_else(|| date(words, start))
        .or_else(|| money(words, start))
        .or_else(|| age(words, start))
        .or_else(|| fraction(words, start))
        .or_else(|| measured(words, start))
        .or_else(|| rank(words, start))
        .or_else(|| count(words, start))
}

/// Words of letters alone that may begin a quantity, besides the names of numbers, ranks, days and months.
const OPENERS: &[&str] = &[
    "a",
    "an",
    "half",
    "quarter",
    "noon",
    "midday",
    "midnight",
    "last",
    "next",
    "this",
    "spring",
    "summer",
    "autumn",
    "winter",
    "christmas",
    "easter",
    "ad",
    "yesterday",
    "today",
    "tonight",
    "tomorrow",
    "rs",
    "none",
];

static BEGINNINGS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| OPENERS.iter().copied().chain(numerals::names()).chain(calendar::names()).collect());

/// Most words begin no quantity; this sorts them out before the readers look.
fn may_begin(words: &Words<'_>, start: usize) -> bool {
    let word = words.word(start);
    match words.shape(start) {
        Some(Shape::Number | Shape::Symbol) => true,
        Some(Shape::Lower | Shape::Capitalized | Shape::Upper) => {
            !word.bytes().all(|byte| byte.is_ascii_lowercase())
                || BEGINNINGS.contains(word)
                || word.strip_suffix('s').is_some_and(|singular| BEGINNINGS.contains(singular))
        }
        _ => word.starts_with('\''),
    }
}

/// A quantity over the tokens `start..end`, without unit or date.
fn plain(words: &Words<'_>, start: usize, end: usize, kind: QuantityKind, number: f64) -> Quantity {
    Quantity {
        span: words.span(start, end),
        tokens: start..end,
        kind,
        number,
        upper: None,
        unit: None,
        date: None,
        until: None,
        precision: precision(words, start),
    }
}

/// What the words before a number say about how exactly it is meant.
fn precision(words: &Words<'_>, start: usize) -> Precision {
    let (last, before) = (words.before(start), start.checked_sub(1).map_or("", |at| words.before(at)));
    match (before, last) {
        (_, "about" | "around" | "approximately" | "roughly" | "some" | "nearly" | "almost" | "circa" | "approx." | "c.") => {
            Precision::About
        }
        (_, "over" | "exceeding") | ("more" | "greater" | "higher", "than") | ("at", "least") => Precision::AtLeast,
        (_, "under" | "below") | ("less" | "fewer" | "lower", "than") | ("at", "most") | ("up", "to") => Precision::AtMost,
        _ => Precision::Exact,
    }
}

fn time(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let (end, minutes) = calendar::time_of_day(words, start)?;
    Some(plain(words, start, end, QuantityKind::Time, minutes))
}

fn date(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let found = calendar::date(words, start)?;
    let number = found.date.ordering_number();
    let date = Quantity { date: Some(found.date), until: found.until, ..plain(words, start, found.end, QuantityKind::Date, number) };
    Some(Quantity { upper: found.until.map(PartialDate::ordering_number), ..date })
}

/// "one in seven", "one council in seven", "three out of four", "one in every ten", "a one-in-five chance".
fn ratio(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let part = numeral(words, start).filter(|part| part.value.fract() == 0.0 && part.value > 0.0)?;
    let mut at = part.end + usize::from(words.hyphenated(part.end));
    // "one council in seven": what is counted may stand between.
    at += usize::from(part.value == 1.0 && words.shape(at) == Some(Shape::Lower) && words.word(at) != "in" && words.word(at + 1) == "in");
    at += match (words.word(at), words.word(at + 1)) {
        ("out", "of") => 2,
        ("in", _) => 1,
        _ => return None,
    };
    let every = words.word(at) == "every";
    at += usize::from(every) + usize::from(words.hyphenated(at));
    let whole = numeral(words, at).filter(|whole| whole.value > part.value && whole.value.fract() == 0.0)?;
    let names_year = whole.digits && (1300.0..2100.0).contains(&whole.value) && !words.word(at).contains(',');
    let names_day = calendar::date(words, at).is_some_and(|found| found.date.month.is_some() || found.end > whole.end);
    // "17 in 2013", "three in 40 days" are no ratios; "one in 40" is.
    let timed = unit_at(|at| words.word(at), whole.end, false)
        .is_some_and(|(unit, _)| unit.dimension() == Dimension::Time || unit == Unit::Percent);
    let ratio = every || !(names_year || names_day || timed);
    let share =
        Quantity { unit: Some(Unit::Percent), ..plain(words, start, whole.end, QuantityKind::Share, 100.0 * part.value / whole.value) };
    ratio.then(|| rounded(share))
}

/// Fractions and ratios in words are rounded by nature.
fn rounded(quantity: Quantity) -> Quantity {
    let precision = if quantity.precision == Precision::Exact { Precision::About } else { quantity.precision };
    Quantity { precision, ..quantity }
}

/// "a third", "two-thirds", "three quarters", "half", "1/3".
fn fraction(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let (end, value) = fraction_value(words, start)?;
    // "half an hour", "a quarter of a mile": the unit makes it a measure.
    let article = usize::from(words.word(end) == "of") + 1;
    let measure = matches!(words.word(end + article - 1), "a" | "an").then(|| unit_at(|at| words.word(at), end + article, false)).flatten();
    if let Some((unit, length)) = measure {
        return Some(of_unit(words, start, end + article + length, value, unit));
    }
    let share = Quantity { unit: Some(Unit::Percent), ..plain(words, start, end, QuantityKind::Share, value * 100.0) };
    Some(rounded(share))
}

fn fraction_value(words: &Words<'_>, start: usize) -> Option<(usize, f64)> {
    if let Some((above, below)) = words.word(start).split_once('/') {
        let (above, below) = (value_of_digits(above)?, value_of_digits(below)?);
        return (above < below && below < 20.0).then_some((start + 1, above / below));
    }
    if words.word(start) == "half" {
        return is_half(words, start).then_some((start + 1, 0.5));
    }
    let (at, parts) = parts(words, start);
    let word = words.word(at);
    let denominator = denominator(word)?;
    let plural = word.ends_with('s');
    let fits = match parts {
        Some(1.0) => !plural && names_fraction(words, start, at),
        Some(parts) => plural && parts < denominator,
        // A headline's "Third of councils".
        None => !plural && words.is_capitalized(at) && words.word(at + 1) == "of" && words.before(at) != "the" && denominator > 2.0,
    };
    fits.then(|| (at + 1, parts.unwrap_or(1.0) / denominator))
}

/// How many parts the fraction has ("a", "two"), and where the part is named.
fn parts(words: &Words<'_>, start: usize) -> (usize, Option<f64>) {
    let past_hyphen = |at: usize| at + usize::from(words.hyphenated(at));
    match words.word(start) {
        "a" | "an" => (start + 1, Some(1.0)),
        _ => match numeral(words, start).filter(|parts| !parts.digits && parts.end == start + 1) {
            Some(parts) => (past_hyphen(parts.end), Some(parts.value)),
            None => (start, None),
        },
    }
}

fn denominator(word: &str) -> Option<f64> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    match singular {
        "half" => Some(2.0),
        "quarter" => Some(4.0),
        "first" | "second" => None,
        _ => ordinal_word(singular),
    }
}

/// "a third of", "a third more", "by a quarter", but not "a third man".
fn names_fraction(words: &Words<'_>, start: usize, at: usize) -> bool {
    let after = words.word(at + 1);
    let joined = words.hyphenated(at) || words.word(start) == "one";
    let goes_on = matches!(
        after,
        "of" | "more"
            | "less"
            | "fewer"
            | "higher"
            | "lower"
            | "are"
            | "were"
            | "is"
            | "was"
            | "have"
            | "had"
            | "said"
            | "in"
            | "to"
            | "or"
            | "and"
            | "did"
            | "do"
    );
    goes_on || joined || !words.shape(at + 1).is_some_and(Shape::is_word)
}

fn is_half(words: &Words<'_>, at: usize) -> bool {
    let ordinal = matches!(words.before(at), "first" | "second" | "other" | "better" | "last" | "a" | "-" | "two" | "and");
    !ordinal && numeral(words, at).is_none() && !words.hyphenated(at + 1) && !matches!(words.word(at + 1), "time" | "past" | "way")
}

/// "£2.4m", "50p", "two million pounds".
fn money(words: &Words<'_>, start: usize) -> Option<Quantity> {
    if let Some(unit) = currency_sign(words.word(start)) {
        let number = amount(words, start + 1, true)?;
        return Some(Quantity { unit: Some(unit), ..plain(words, start, number.end, QuantityKind::Money, number.value) });
    }
    let number = amount(words, start, false)?;
    let at = number.end + usize::from(words.hyphenated(number.end));
    let glued = words.glued(number.end) && words.shape(number.end - 1) == Some(Shape::Number);
    if let Some((unit, part)) = coin(words.word(at), glued) {
        return Some(Quantity { unit: Some(unit), ..plain(words, start, at + 1, QuantityKind::Money, number.value * part) });
    }
    let (unit, length) = unit_at(|at| words.word(at), at, glued).filter(|(unit, _)| unit.dimension() == Dimension::Money)?;
    Some(Quantity { unit: Some(unit), ..plain(words, start, at + length, QuantityKind::Money, number.value) })
}

fn coin(word: &str, glued: bool) -> Option<(Unit, f64)> {
    match word {
        "pence" => Some((Unit::Pounds, 0.01)),
        "p" if glued => Some((Unit::Pounds, 0.01)),
        "cents" => Some((Unit::Dollars, 0.01)),
        _ => None,
    }
}

/// A number with the letters for millions and billions that only money (or `money`) makes plain: "2.4m".
fn amount(words: &Words<'_>, start: usize, money: bool) -> Option<Numeral> {
    let number = numeral(words, start)?;
    let glued = words.glued(number.end) && number.digits;
    let factor = match words.word(number.end) {
        "m" if glued && (money || counts_people(words, number.end + 1)) => 1e6,
        "b" if glued && money => 1e9,
        "k" if glued => 1e3,
        _ => return Some(number),
    };
    Some(Numeral { end: number.end + 1, value: number.value * factor, digits: false })
}

/// After "2.4m" a plural noun follows where millions are meant: "2.4m people", "3m homes".
fn counts_people(words: &Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    words.shape(at) == Some(Shape::Lower)
        && (matches!(word, "people" | "children" | "men" | "women") || (word.len() > 3 && word.ends_with('s')))
}

/// "34-year-old", "4-year old", "aged 12", "12 years old", and the bare number set off after a name: "Ruth Osei, 34,".
fn age(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let number = numeral(words, start).filter(|number| (0.0..130.0).contains(&number.value))?;
    let years = |end, unit| Quantity { unit: Some(unit), ..plain(words, start, end, QuantityKind::Age, number.value) };
    let mut at = number.end + usize::from(words.hyphenated(number.end));
    if let Some((unit, length)) = unit_at(|at| words.word(at), at, true).filter(|(unit, _)| is_calendar_unit(*unit)) {
        at += length;
        at += usize::from(words.hyphenated(at));
        let old = matches!(words.word(at), "old" | "olds") || words.word(at) == "of" && words.word(at + 1) == "age";
        return old.then(|| years(at + if words.word(at) == "of" { 2 } else { 1 }, unit));
    }
    let stated = matches!(words.before(start), "aged" | "age")
        || (words.before(start) == "of" && start > 1 && matches!(words.word(start - 2), "age" | "ages"));
    let range = matches!(words.before(start), "between" | "over" | "under") && start > 1 && words.word(start - 2) == "aged";
    (stated || range || set_off_after_name(words, start, &number)).then(|| years(number.end, Unit::Years))
}

/// "Ruth Osei, 34, said" and "Ruth Osei (34) said".
fn set_off_after_name(words: &Words<'_>, start: usize, number: &Numeral) -> bool {
    let Some(name) =
        start.checked_sub(2).filter(|_| number.digits && number.value.fract() == 0.0 && number.value > 0.0 && number.end == start + 1)
    else {
        return false;
    };
    let closing = match words.word(start - 1) {
        "," => matches!(words.word(number.end), "," | "." | ";"),
        "(" => words.word(number.end) == ")" && number.value >= 10.0,
        _ => false,
    };
    let full_name = name > 0 && words.is_capitalized(name - 1) && words.shape(name) == Some(Shape::Capitalized);
    closing && full_name && number.value < 115.0 && calendar::date(words, name).is_none()
}

/// A number with a unit: "13%", "16 months", "four-year", "3.2 metres", "6ft 2in", and what is counted in them.
fn measured(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let first = one_measure(words, start)?;
    let next = first.tokens.end + usize::from(matches!(words.word(first.tokens.end), "and" | ","));
    let second = one_measure(words, next).filter(|second| smaller_unit(&first, second));
    let Some(second) = second else { return Some(first) };
    let (large, small) = (first.unit?.factor(), second.unit?.factor());
    let end = second.tokens.end;
    Some(Quantity { span: words.span(start, end), tokens: start..end, number: first.number + second.number * small / large, ..first })
}

/// "two years and three months", "6ft 2in": the second part is in a smaller unit and less than one of the larger.
fn smaller_unit(first: &Quantity, second: &Quantity) -> bool {
    let Some((large, small)) = first.unit.zip(second.unit) else { return false };
    large.dimension() == small.dimension()
        && matches!(large.dimension(), Dimension::Time | Dimension::Length | Dimension::Mass)
        && second.number * small.factor() < large.factor()
}

fn one_measure(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let article = matches!(words.word(start), "a" | "an") && lasts(words, start);
    let number = if article { Numeral { end: start + 1, value: 1.0, digits: false } } else { numeral(words, start)? };
    let at = number.end + usize::from(words.hyphenated(number.end));
    let digits = words.shape(number.end.saturating_sub(1)) == Some(Shape::Number);
    let glued = digits && words.glued(number.end) && !words.hyphenated(number.end);
    let (unit, length) = unit_at(|at| words.word(at), at, glued)?;
    let timed = unit.dimension() == Dimension::Time;
    if words.word(at) == "m" && counts_people(words, at + 1) {
        return None;
    }
    // "a week" is a length of time after "for"; elsewhere an article and a unit are no quantity. "one second" may be one that seconds.
    (!article || timed).then(|| of_unit(words, start, at + length, number.value, unit))
}

/// "for a week", "more than a year": words after which the article counts.
fn lasts(words: &Words<'_>, start: usize) -> bool {
    matches!(
        words.before(start),
        "for"
            | "within"
            | "after"
            | "over"
            | "about"
            | "than"
            | "lasted"
            | "took"
            | "takes"
            | "nearly"
            | "almost"
            | "around"
            | "least"
            | "half"
            | "under"
            | "just"
            | "spent"
    )
}

fn of_unit(words: &Words<'_>, start: usize, end: usize, number: f64, unit: Unit) -> Quantity {
    let kind = match unit.dimension() {
        Dimension::Share => QuantityKind::Share,
        Dimension::Money => QuantityKind::Money,
        Dimension::Time => QuantityKind::Duration,
        _ => QuantityKind::Measure,
    };
    Quantity { unit: Some(unit), ..plain(words, start, end, kind, number) }
}

fn rank(words: &Words<'_>, start: usize) -> Option<Quantity> {
    let (end, rank) = ordinal(words, start)?;
    Some(plain(words, start, end, QuantityKind::Ordinal, rank))
}

fn count(words: &Words<'_>, start: usize) -> Option<Quantity> {
    if matches!(words.word(start), "none") {
        return Some(plain(words, start, start + 1, QuantityKind::Count, 0.0));
    }
    // "no one", "one another", "each one" count nothing.
    let pronoun = words.word(start) == "one"
        && (matches!(words.before(start), "no" | "each" | "every" | "any" | "this" | "that" | "which")
            || matches!(words.word(start + 1), "another" | "'s"));
    let number = amount(words, start, false).filter(|_| !pronoun)?;
    Some(plain(words, start, number.end, QuantityKind::Count, number.value))
}

/// "between 2010 and 2013", "£39,513 - £43,693", "two to three weeks", from the first end already read.
fn range(words: &Words<'_>, first: &Quantity) -> Option<Quantity> {
    let at = first.tokens.end;
    let change = words.before(first.tokens.start) == "from" && first.kind != QuantityKind::Date;
    let joins = words.is_dash(at)
        || (words.word(at) == "to" && !change)
        || (words.word(at) == "and" && words.before(first.tokens.start) == "between");
    let second = single(words, at + 1).filter(|_| joins)?;
    let first = like(first, &second)?;
    let end = second.tokens.end;
    let ordered = first.number < second.number;
    let whole = Quantity {
        span: words.span(first.tokens.start, end),
        tokens: first.tokens.start..end,
        upper: Some(second.upper.unwrap_or(second.number)),
        until: second.until.or(second.date),
        unit: first.unit,
        precision: Precision::Exact,
        ..first
    };
    ordered.then_some(whole)
}

/// The first end of a range, read as the second one is: "5-10 %", "2 to 3 million", "10 and 12 May".
fn like(first: &Quantity, second: &Quantity) -> Option<Quantity> {
    if first.kind == second.kind && (first.unit == second.unit) {
        let compatible = first.date.zip(second.date).is_none_or(|(one, two)| one.year.is_some() == two.year.is_some());
        return compatible.then(|| first.clone());
    }
    let bare = first.kind == QuantityKind::Count
        && first.unit.is_none()
        && second.kind != QuantityKind::Ordinal
        && second.kind != QuantityKind::Time;
    if !bare {
        return None;
    }
    let day = second.date.filter(|date| date.day.is_some()).map(|date| PartialDate { day: i8::try_from(first.number as i64).ok(), ..date });
    if second.kind == QuantityKind::Date && day.is_none() {
        return None;
    }
    let number = day.map_or(first.number, PartialDate::ordering_number);
    Some(Quantity { kind: second.kind, unit: second.unit, date: day, number, ..first.clone() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::Span;

    /// Words that quantities are made of, and others.
    fn vocabulary() -> Vec<&'static str> {
        let others = "a an the of in every out half halves quarters thirds o'clock am pm ago century year years old week days aged per cent pounds \
                      pence councils people - / , . 5 2013 £ $ ½ 18th 1990s BC AD last next this May sun no one's several couple score st nd \
                      billions first-ever second and to from between past nil zeros";
        numerals::names().chain(calendar::names()).chain(OPENERS.iter().copied()).chain(others.split_whitespace()).collect()
    }

    proptest! {
        #[test]
        fn words_passed_over_begin_no_quantity(words in prop::collection::vec(prop::sample::select(vocabulary()), 1..12)) {
            let source = words.join(" ");
            let text = crate::text::analyze(&source, &[Span::new(0, source.len())]);
            let words = Words::new(&source, &text.tokens);
            for at in (0..words.len()).filter(|&at| words.shape(at).is_some_and(Shape::is_word) && !may_begin(&words, at)) {
                prop_assert_eq!(read(&words, at), None, "{} in {}", words.word(at), &source);
            }
        }
    }
}
