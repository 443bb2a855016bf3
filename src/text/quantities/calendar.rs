//! Words that name days, months and years: "18 September 2013", "May 2012", "last Tuesday", "2013/14", "the 1990s", "four years ago".

use super::dates::{Offset, PartialDate};
use super::numerals::{self, numeral};
use super::units::Unit;
use super::words::Words;

/// A date read from tokens, and where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) end: usize,
    pub(super) date: PartialDate,
    /// The last date, where the words name a span of years.
    pub(super) until: Option<PartialDate>,
}

impl Found {
    fn new(end: usize, date: PartialDate) -> Self {
        Self { end, date, until: None }
    }
}

/// The date that begins at token `start`, if one does.
pub(super) fn date(words: &Words<'_>, start: usize) -> Option<Found> {
    weekday_date(words, start)
        .or_else(|| day_and_month(words, start))
        .or_else(|| month_date(words, start))
        .or_else(|| iso_date(words, start))
        .or_else(|| numeric_date(words, start))
        .or_else(|| decade(words, start))
        .or_else(|| season(words, start))
        .or_else(|| year(words, start))
        .or_else(|| relative(words, start))
        .or_else(|| ago(words, start))
        .or_else(|| century(words, start))
}

const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// The month a word names, 1 to 12. Lower case is not a month's, except in words that can be nothing else.
fn month(words: &Words<'_>, at: usize) -> Option<i8> {
    let word = words.word(at).trim_end_matches('.');
    let &(_, month) = MONTHS.iter().find(|(name, _)| *name == word)?;
    let certain = word.len() > 5 || matches!(word, "april");
    (certain || words.is_capitalized(at) || is_day(words, at.wrapping_sub(1)) || is_year(words.word(at + 1))).then_some(month)
}

fn is_day(words: &Words<'_>, at: usize) -> bool {
    day(words, at).is_some()
}

/// The day of a month in digits: "18", "18th".
fn day(words: &Words<'_>, at: usize) -> Option<i8> {
    let word = words.word(at);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// Whether the word is four digits that can be a year on their own.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<i16>().is_ok_and(|year| (1000..2200).contains(&year))
}

fn year_number(words: &Words<'_>, at: usize) -> Option<i16> {
    let word = words.word(at);
    if is_year(word) { word.parse().ok() } else { short_year(word) }
}

/// "'12", as in "Olympics '12".
fn short_year(word: &str) -> Option<i16> {
    let digits = word.strip_prefix('\'').filter(|digits| digits.len() == 2)?;
    digits.parse::<i16>().ok().map(|year| if year < 40 { 2000 + year } else { 1900 + year })
}

/// A year after a day and month: "2013", ", 2013", "last year", "this year".
fn year_after(words: &Words<'_>, at: usize) -> (usize, Option<i16>, Option<Offset>) {
    let comma = usize::from(matches!(words.word(at), "," | "of"));
    if let Some(year) = year_number(words, at + comma) {
        return (at + comma + 1, Some(year), None);
    }
    match offset_of_period(words, at) {
        Some((end, offset @ Offset::Years(_))) => (end, None, Some(offset)),
        _ => (at, None, None),
    }
}

fn with_year(words: &Words<'_>, at: usize, date: PartialDate) -> Found {
    let (end, year, offset) = year_after(words, at);
    Found::new(end, PartialDate { year, offset, ..date })
}

/// "18 September 2013", "the 18th of September", "4 March".
fn day_and_month(words: &Words<'_>, start: usize) -> Option<Found> {
    let day = day(words, start)?;
    let of = usize::from(words.word(start + 1) == "of");
    let month = month(words, start + 1 + of)?;
    Some(with_year(words, start + 2 + of, PartialDate { month: Some(month), day: Some(day), ..PartialDate::default() }))
}

/// "September 18, 2013", "September 2013", "September last year", "in September", "last September".
fn month_date(words: &Words<'_>, start: usize) -> Option<Found> {
    let (shift, offset) = match words.word(start) {
        "last" => (1, Some(-1)),
        "next" => (1, Some(1)),
        "this" => (1, Some(0)),
        _ => (0, None),
    };
    let at = start + shift;
    let month = month(words, at)?;
    let date = PartialDate { month: Some(month), ..PartialDate::default() };
    if offset.is_some() {
        // "last September": the nearest one before, which is what a month without a year resolves to.
        return Some(Found::new(at + 1, date));
    }
    if let Some(day) = day(words, at + 1).filter(|_| !words.hyphenated(at + 2) && !matches!(words.word(at + 2), "%" | "per")) {
        return Some(with_year(words, at + 2, PartialDate { day: Some(day), ..date }));
    }
    let found = with_year(words, at + 1, date);
    let alone = found.end == at + 1;
    (!alone || names_a_month(words, at)).then_some(found)
}

/// Whether a month's name without day and year is meant as the month: "May" and "March" are also a verb and a name.
fn names_a_month(words: &Words<'_>, at: usize) -> bool {
    let preposition = matches!(
        words.before(at),
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "from"
            | "during"
            | "before"
            | "after"
            | "between"
            | "and"
            | "to"
            | "early"
            | "late"
            | "mid"
            | "of"
            | "end"
            | "last"
            | "-"
            | "through"
    );
    match words.word(at) {
        "may" | "march" | "mar" | "jun" | "jan" | "april" | "june" | "august" | "sep" => {
            words.is_capitalized(at) && (preposition || words.before(at).starts_with("mid"))
        }
        _ => words.is_capitalized(at),
    }
}

/// Every word of letters alone that names a month or a day of the week.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let short = ["mon", "tue", "tues", "wed", "thu", "thurs", "fri"];
    MONTHS.iter().map(|(name, _)| *name).chain(WEEKDAYS.iter().copied()).chain(short)
}

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn weekday(words: &Words<'_>, at: usize) -> Option<i8> {
    let word = words.word(at).trim_end_matches('.');
    let short = matches!(word, "mon" | "tue" | "tues" | "wed" | "thu" | "thurs" | "fri") && words.is_capitalized(at);
    let position = WEEKDAYS.iter().position(|day| *day == word || (short && day.starts_with(word)))?;
    i8::try_from(position).ok().map(|day| day + 1)
}

/// "Tuesday", "last Tuesday", "Tuesday, 4 March 2014", "Tuesday last week".
fn weekday_date(words: &Words<'_>, start: usize) -> Option<Found> {
    let (at, offset) = match words.word(start) {
        "last" => (start + 1, Some(Offset::Weekdays(-1))),
        "next" => (start + 1, Some(Offset::Weekdays(1))),
        "this" => (start + 1, Some(Offset::Weeks(0))),
        _ => (start, None),
    };
    let weekday = weekday(words, at)?;
    let plain = PartialDate { weekday: Some(weekday), offset, ..PartialDate::default() };
    if offset.is_some() {
        return Some(Found::new(at + 1, plain));
    }
    let next = at + 1 + usize::from(words.word(at + 1) == ",") + usize::from(words.word(at + 1) == "the");
    if let Some(found) = day_and_month(words, next).or_else(|| month_date(words, next).filter(|found| found.date.day.is_some())) {
        return Some(Found { date: PartialDate { weekday: Some(weekday), ..found.date }, ..found });
    }
    match offset_of_period(words, at + 1) {
        Some((end, offset @ Offset::Weeks(_))) => Some(Found::new(end, PartialDate { offset: Some(offset), ..plain })),
        _ => Some(Found::new(at + 1, plain)),
    }
}

/// "2013-10-15".
fn iso_date(words: &Words<'_>, start: usize) -> Option<Found> {
    let joined = words.hyphenated(start + 1) && words.hyphenated(start + 3);
    let year = year_number(words, start).filter(|_| joined)?;
    let month = day(words, start + 2).filter(|month| *month <= 12)?;
    let day = day(words, start + 4)?;
    Some(Found::new(start + 5, PartialDate { year: Some(year), month: Some(month), day: Some(day), ..PartialDate::default() }))
}

/// "15/10/2013", day first unless that cannot be; "2013/14" is a span of two years.
fn numeric_date(words: &Words<'_>, start: usize) -> Option<Found> {
    let parts: Vec<&str> = words.word(start).split(['/', '.']).collect();
    match parts.as_slice() {
        [from, to] if is_year(from) && words.word(start).contains('/') => {
            let until = year_of_span(from.parse().ok()?, to)?;
            Some(Found { end: start + 1, date: PartialDate::year(from.parse().ok()?), until: Some(PartialDate::year(until)) })
        }
        [first, second, year] if year.len() == 4 || year.len() == 2 => {
            let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
            let (day, month) = if second > 12 { (second, first) } else { (first, second) };
            let year: i16 = year.parse().ok()?;
            let year = if year < 100 { 2000 + year } else { year };
            let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
            valid.then(|| {
                Found::new(start + 1, PartialDate { year: Some(year), month: Some(month), day: Some(day), ..PartialDate::default() })
            })
        }
        _ => None,
    }
}

/// The second year of "2013/14" or "2013-2014".
fn year_of_span(from: i16, to: &str) -> Option<i16> {
    let until = match to.len() {
        2 => from - from % 100 + to.parse::<i16>().ok()?,
        4 => to.parse().ok()?,
        _ => return None,
    };
    (until > from && until - from < 100).then_some(until)
}

/// "the 1990s", "the '90s".
fn decade(words: &Words<'_>, start: usize) -> Option<Found> {
    let word = words.word(start);
    let digits = word.strip_suffix('s')?.trim_end_matches('\'');
    let first = match digits.strip_prefix('\'') {
        Some(short) if short.len() == 2 => 1900 + short.parse::<i16>().ok()?,
        None if is_year(digits) => digits.parse().ok()?,
        _ => return None,
    };
    (first % 10 == 0).then(|| Found { end: start + 1, date: PartialDate::year(first), until: Some(PartialDate::year(first + 9)) })
}

/// "summer 2013", "the autumn of 2012".
fn season(words: &Words<'_>, start: usize) -> Option<Found> {
    let named = matches!(words.word(start), "spring" | "summer" | "autumn" | "winter" | "christmas" | "easter");
    let of = usize::from(words.word(start + 1) == "of");
    let year = year_number(words, start + 1 + of).filter(|_| named)?;
    Some(Found::new(start + 2 + of, PartialDate::year(year)))
}

/// "2013", "2012-13", "44 BC", "AD 79".
fn year(words: &Words<'_>, start: usize) -> Option<Found> {
    if let Some(found) = era(words, start) {
        return Some(found);
    }
    let year = year_number(words, start).filter(|year| (1300..2100).contains(year) || words.word(start).starts_with('\''))?;
    if words.hyphenated(start + 1)
        && let Some(until) = year_of_span(year, words.word(start + 2))
    {
        return Some(Found { end: start + 3, date: PartialDate::year(year), until: Some(PartialDate::year(until)) });
    }
    is_read_as_year(words, start).then(|| Found::new(start + 1, PartialDate::year(year)))
}

/// Four digits are a year unless they count something: "2013 was wet", "in 2013 councils said", but "2000 people".
fn is_read_as_year(words: &Words<'_>, at: usize) -> bool {
    let preposition = matches!(
        words.before(at),
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "from"
            | "during"
            | "before"
            | "after"
            | "early"
            | "late"
            | "mid"
            | "year"
            | "circa"
            | "("
            | "summer"
            | "winter"
            | "spring"
            | "autumn"
            | "/"
            | "season"
    );
    let next = words.word(at + 1);
    let counts = next.len() > 3 && next.ends_with('s') && words.shape(at + 1) == Some(crate::text::Shape::Lower);
    let measured = counts
        || matches!(next, "people" | "men" | "women" | "children" | "of" | "per" | "%" | "more" | "million" | "m" | "km" | "ft" | "or");
    let signed = words.glued(at) && !matches!(words.before(at), "(" | "-" | "/" | "\"" | "'" | "[");
    (preposition || !measured) && !signed
}

fn era(words: &Words<'_>, start: usize) -> Option<Found> {
    let before = |word: &str| matches!(word, "bc" | "bce" | "b.c.");
    if before(words.word(start + 1)) {
        let year: i16 = words.word(start).parse().ok()?;
        return Some(Found::new(start + 2, PartialDate::year(-year)));
    }
    let anno = matches!(words.word(start), "ad" | "a.d.") && words.printed(start).starts_with('A');
    let year: i16 = words.word(start + 1).parse().ok().filter(|_| anno)?;
    Some(Found::new(start + 2, PartialDate::year(year)))
}

/// "19th century", "the nineteenth century".
fn century(words: &Words<'_>, start: usize) -> Option<Found> {
    let (end, rank) = numerals::ordinal(words, start)?;
    let end = end + usize::from(words.hyphenated(end));
    if words.word(end) != "century" || !(1.0..=21.0).contains(&rank) {
        return None;
    }
    let first = (rank as i16 - 1) * 100 + 1;
    Some(Found { end: end + 1, date: PartialDate::year(first), until: Some(PartialDate::year(first + 99)) })
}

/// "last year", "this month", "the next week": one past its end and the offset.
fn offset_of_period(words: &Words<'_>, at: usize) -> Option<(usize, Offset)> {
    let count = match words.word(at) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    let offset = match words.word(at + 1) {
        "year" => Offset::Years(count),
        "month" => Offset::Months(count),
        "week" => Offset::Weeks(count),
        "night" if count < 0 => Offset::Days(count),
        _ => return None,
    };
    Some((at + 2, offset))
}

/// "yesterday", "last year", "this month" (but not "the last year", which is a length of time).
fn relative(words: &Words<'_>, start: usize) -> Option<Found> {
    let dated = |end, offset| Found::new(end, PartialDate { offset: Some(offset), ..PartialDate::default() });
    match words.word(start) {
        "yesterday" => Some(dated(start + 1, Offset::Days(-1))),
        "today" | "tonight" => Some(dated(start + 1, Offset::Days(0))),
        "tomorrow" => Some(dated(start + 1, Offset::Days(1))),
        _ if words.before(start) == "the" => None,
        _ => offset_of_period(words, start).map(|(end, offset)| dated(end, offset)),
    }
}

/// "four years ago", "a week earlier".
fn ago(words: &Words<'_>, start: usize) -> Option<Found> {
    let (at, count) = match words.word(start) {
        "a" | "an" => (start + 1, 1.0),
        _ => numeral(words, start).map(|number| (number.end, number.value))?,
    };
    if words.word(at + 1) != "ago" {
        return None;
    }
    let count = -(count.min(100_000.0).round() as i32);
    let offset = match words.word(at) {
        "day" | "days" => Offset::Days(count),
        "week" | "weeks" => Offset::Weeks(count),
        "fortnight" => Offset::Weeks(count * 2),
        "month" | "months" => Offset::Months(count),
        "year" | "years" => Offset::Years(count),
        "decade" | "decades" => Offset::Years(count * 10),
        _ => return None,
    };
    Some(Found::new(at + 2, PartialDate { offset: Some(offset), ..PartialDate::default() }))
}

/// The minutes after midnight of a time of day ("10:15", "9.30am", "half past six", "noon"), and one past its end.
pub(super) fn time_of_day(words: &Words<'_>, start: usize) -> Option<(usize, f64)> {
    let word = words.word(start);
    match word {
        "noon" | "midday" => return Some((start + 1, 720.0)),
        "midnight" => return Some((start + 1, 0.0)),
        "half" | "quarter" => return past_the_hour(words, start),
        _ => {}
    }
    let (hour, minute) = clock(word, ':').or_else(|| clock(word, '.')).or_else(|| plain_hour(words, start))?;
    let colon = word.contains(':');
    let (end, afternoon) = half_of_day(words, start + 1);
    if end == start + 1 && !colon {
        let at_the_clock = words.word(end) == "o'clock";
        return at_the_clock.then_some((end + 1, f64::from(hour * 60)));
    }
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Some((end, f64::from(hour * 60 + minute)))
}

fn clock(word: &str, mark: char) -> Option<(u16, u16)> {
    let (hour, minute) = word.split_once(mark)?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?);
    (hour < 25 && minute < 60).then_some((hour, minute))
}

fn plain_hour(words: &Words<'_>, at: usize) -> Option<(u16, u16)> {
    let number = numeral(words, at).filter(|number| number.end == at + 1)?;
    (number.value.fract() == 0.0 && (0.0..=24.0).contains(&number.value)).then_some((number.value as u16, 0))
}

/// One past "am" or "pm" at `at`, and whether it is the afternoon.
fn half_of_day(words: &Words<'_>, at: usize) -> (usize, Option<bool>) {
    match words.word(at) {
        "am" | "a.m." | "a.m" => (at + 1, Some(false)),
        "pm" | "p.m." | "p.m" => (at + 1, Some(true)),
        "gmt" | "bst" | "utc" => (at + 1, None),
        _ => (at, None),
    }
}

/// "half past six", "quarter to nine".
fn past_the_hour(words: &Words<'_>, start: usize) -> Option<(usize, f64)> {
    let minutes = match (words.word(start), words.word(start + 1)) {
        ("half", "past") => 30.0,
        ("quarter", "past") => 15.0,
        ("quarter", "to") => -15.0,
        _ => return None,
    };
    let (hour, _) = plain_hour(words, start + 2)?;
    Some((start + 3, f64::from(hour) * 60.0 + minutes)).filter(|(_, total)| *total >= 0.0)
}

/// Whether the unit is one that dates are counted in.
pub(super) fn is_calendar_unit(unit: Unit) -> bool {
    matches!(unit, Unit::Days | Unit::Weeks | Unit::Months | Unit::Years)
}
