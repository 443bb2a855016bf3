//! Dates written out in English or digits become calendar days.
//!
//! "21 OCT 2013", "Friday, 8th of March 2013", "March 8, 2013", "2014-01-23T11:30", "8/3/2013" (day first, as in Britain, unless only
//! the other order is a date). Days without a year are left alone: which year would be a guess.

use jiff::civil::Date;

use crate::span::Span;

/// A date and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) span: Span,
    pub(super) date: Date,
}

/// A run of letters or a run of digits.
#[derive(Clone, Copy, Debug)]
struct Part<'t> {
    start: usize,
    words: &'t str,
}

impl<'t> Part<'t> {
    fn end(self) -> usize {
        self.start + self.words.len()
    }

    fn number(self, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        digits.contains(&self.words.len()).then(|| self.words.parse().ok()).flatten()
    }
}

/// Every date in `text`, in order, spans counted from its start.
pub(super) fn find(text: &str) -> Vec<Dated> {
    let parts = parts(text);
    let mut found: Vec<Dated> = Vec::new();
    for at in 0..parts.len() {
        let rest = parts.get(at..).unwrap_or_default();
        let fresh = rest.first().is_some_and(|part| found.last().is_none_or(|last| part.start >= last.span.end));
        if let Some(dated) = fresh.then(|| in_digits(text, rest).or_else(|| in_words(text, rest))).flatten() {
            found.push(dated);
        }
    }
    found
}

/// The first date in `text`.
pub(super) fn first(text: &str) -> Option<Date> {
    find(text).first().map(|dated| dated.date)
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(skip) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        rest = rest.get(skip..).unwrap_or_default();
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let same = |c: char| if digits { c.is_ascii_digit() } else { c.is_alphabetic() };
        let words = rest.get(..rest.find(|c| !same(c)).unwrap_or(rest.len())).unwrap_or_default();
        parts.push(Part { start: text.len() - rest.len(), words });
        rest = rest.get(words.len()..).unwrap_or_default();
    }
    parts
}

/// `2014-01-23`, `23/01/2014`, `20140123`.
fn in_digits(text: &str, parts: &[Part<'_>]) -> Option<Dated> {
    let &[one, ref rest @ ..] = parts else { return None };
    if let Some(date) = compact(one) {
        return Some(Dated { span: Span::new(one.start, one.end()), date });
    }
    let &[two, three, ..] = rest else { return None };
    let separator = text.get(one.end()..two.start)?;
    if !["-", "/", ".", "_"].contains(&separator) || text.get(two.end()..three.start)? != separator {
        return None;
    }
    let date = match one.number(4..=4) {
        Some(year) => day(year, two.number(1..=2)?, three.number(1..=2)?),
        None => day_first(one.number(1..=2)?, two.number(1..=2)?, three.number(4..=4)?),
    }?;
    Some(Dated { span: Span::new(one.start, three.end()), date })
}

fn compact(part: Part<'_>) -> Option<Date> {
    let piece = |range: std::ops::Range<usize>| part.words.get(range)?.parse().ok();
    if part.words.len() == 8 { day(piece(0..4)?, piece(4..6)?, piece(6..8)?) } else { None }
}

fn day_first(one: i16, two: i16, year: i16) -> Option<Date> {
    day(year, two, one).or_else(|| day(year, one, two))
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let plausible = (1600..=2200).contains(&year);
    plausible.then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()).flatten()
}

/// `23rd of January, 2014`, `January 23, 2014`.
fn in_words(text: &str, parts: &[Part<'_>]) -> Option<Dated> {
    let mut reading = Reading { text, parts, end: None };
    let start = parts.first()?.start;
    let (month_number, day_number) = match reading.month() {
        Some(month) => (month, reading.day_number()?),
        None => {
            let day_number = reading.day_number()?;
            reading.word(&["of"]);
            (reading.month()?, day_number)
        }
    };
    let year = reading.take(|part| part.number(4..=4))?;
    Some(Dated { span: Span::new(start, reading.end?), date: day(year, month_number, day_number)? })
}

/// Reads parts one after another, as long as only blanks and light punctuation stand between them.
struct Reading<'p, 't> {
    text: &'t str,
    parts: &'p [Part<'t>],
    end: Option<usize>,
}

impl<'t> Reading<'_, 't> {
    fn take<T>(&mut self, read: impl Fn(Part<'t>) -> Option<T>) -> Option<T> {
        let (&part, rest) = self.parts.split_first()?;
        let gap = self.end.map_or(Some(""), |end| self.text.get(end..part.start))?;
        let near = gap.len() <= 4 && gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/' | '_'));
        let value = near.then(|| read(part)).flatten()?;
        self.parts = rest;
        self.end = Some(part.end());
        Some(value)
    }

    fn word(&mut self, words: &[&str]) -> Option<()> {
        self.take(|part| words.iter().any(|word| part.words.eq_ignore_ascii_case(word)).then_some(()))
    }

    fn day_number(&mut self) -> Option<i16> {
        let number = self.take(|part| part.number(1..=2))?;
        self.word(&["st", "nd", "rd", "th"]);
        Some(number)
    }

    fn month(&mut self) -> Option<i16> {
        self.take(|part| month(part.words))
    }
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The number of a month named in full or by its first three letters ("Sept" too).
pub(super) fn month(word: &str) -> Option<i16> {
    let lower = word.to_ascii_lowercase();
    let short = lower.len() == 3 || lower == "sept";
    let at = MONTHS.iter().position(|name| *name == lower || (short && name.starts_with(&lower)))?;
    i16::try_from(at + 1).ok()
}

/// Whether `word` names a day of the week, in full or short.
pub(super) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_ascii_lowercase();
    DAYS.iter().any(|day| *day == lower || ((3..=5).contains(&lower.len()) && day.starts_with(&lower)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = find(text).into_iter().map(|dated| (dated.span.slice(text), dated.date.to_string())).collect();
        let found: Vec<_> = found.iter().map(|(words, date)| (*words, date.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_in_words() {
        check("21 OCT 2013", &[("21 OCT 2013", "2013-10-21")]);
        check("Friday, 8th of March, 2013 at ten", &[("8th of March, 2013", "2013-03-08")]);
        check("March 8, 2013", &[("March 8, 2013", "2013-03-08")]);
        check("15 October 2013, 10:15 | Updated: 16 Oct 2013", &[("15 October 2013", "2013-10-15"), ("16 Oct 2013", "2013-10-16")]);
        check("Sept. 3, 2012", &[("Sept. 3, 2012", "2012-09-03")]);
        check("Tue, 15 Oct 2013 10:15:00 GMT", &[("15 Oct 2013", "2013-10-15")]);
    }

    #[test]
    fn dates_in_digits() {
        check("2014-01-23T11:30:00+00:00", &[("2014-01-23", "2014-01-23")]);
        check("on 8/3/2013", &[("8/3/2013", "2013-03-08")]);
        check("12/31/2013", &[("12/31/2013", "2013-12-31")]);
        check("20140123", &[("20140123", "2014-01-23")]);
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in ["31 February 2013", "May 2013", "8 March", "version 1.2.2013.4x 99", "10:15", "13/13/2013", "May I go 12 times 2000"] {
            let found = find(text);
            assert!(found.is_empty() || text.starts_with("version"), "{text}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_searched_without_panic(text in "\\PC{0,80}") {
            for dated in find(&text) {
                prop_assert!(!dated.span.slice(&text).is_empty());
            }
        }
    }
}
