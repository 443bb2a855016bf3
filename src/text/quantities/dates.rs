//! Dates as far as the words give them, and what they are once the document's own date is known.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Period, ToSpan};
use serde::{Deserialize, Serialize};

/// A date, complete or not ("18 September 2013", "September 2013", "2013", "in May", "last year", "on Tuesday").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    /// The year, if stated.
    pub year: Option<i16>,
    /// The month, 1 to 12, if stated.
    pub month: Option<i8>,
    /// The day of the month, if stated.
    pub day: Option<i8>,
    /// The day of the week, if stated: 1 for Monday to 7 for Sunday.
    pub weekday: Option<i8>,
    /// For dates that are told from the day of writing ("last year", "four years ago"): how far away.
    pub offset: Option<Offset>,
}

/// How far a date is from the day of writing, to the precision of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Offset {
    /// In days ("yesterday" is −1).
    Days(i32),
    /// In weeks ("last week" is −1).
    Weeks(i32),
    /// In months.
    Months(i32),
    /// In years.
    Years(i32),
    /// The nearest day of that name before the day of writing (−1: "last Tuesday") or after it (1: "next Tuesday"), as TIMEX3 has it.
    Weekdays(i32),
}

impl Offset {
    fn from(self, day: Date) -> Option<Date> {
        let period = match self {
            Self::Days(days) => Period::new().try_days(days),
            Self::Weeks(weeks) => Period::new().try_weeks(weeks),
            Self::Months(months) => Period::new().try_months(months),
            Self::Years(years) => Period::new().try_years(years),
            // Whose day it is, is not known here.
            Self::Weekdays(_) => return Some(day),
        };
        day.checked_add(period.ok()?).ok()
    }
}

impl PartialDate {
    /// A whole year.
    #[must_use]
    pub fn year(year: i16) -> Self {
        Self { year: Some(year), ..Self::default() }
    }

    /// A complete date.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()), ..Self::default() }
    }

    /// The same date with what the day of writing adds: "September last year", written in 2014, is September 2013.
    ///
    /// A weekday is taken for the nearest one on or before that day; a month without a year for the nearest one not after it.
    #[must_use]
    pub fn resolve(self, written: Date) -> Self {
        if self.year.is_some() {
            return self;
        }
        match self.offset {
            Some(offset) => self.resolve_offset(offset, written),
            None if self.month.is_some() => self.resolve_month(written),
            None => self.weekday.and_then(|weekday| nearest_weekday(weekday, written)).map_or(self, Self::day),
        }
    }

    fn resolve_offset(self, offset: Offset, written: Date) -> Self {
        let Some(day) = offset.from(written) else { return self };
        match offset {
            Offset::Days(_) => Self::day(day),
            Offset::Weekdays(count) => {
                let wanted = self.weekday.and_then(|weekday| Weekday::from_monday_one_offset(weekday).ok());
                wanted.and_then(|wanted| day.nth_weekday(count, wanted).ok()).map_or(self, Self::day)
            }
            Offset::Weeks(_) => {
                self.weekday.and_then(|weekday| in_week_of(weekday, day)).map_or_else(|| Self { day: None, ..Self::day(day) }, Self::day)
            }
            Offset::Months(_) => Self { year: Some(day.year()), month: Some(day.month()), day: self.day, ..Self::default() },
            Offset::Years(_) => Self { year: Some(day.year()), month: self.month, day: self.day, ..Self::default() },
        }
    }

    fn resolve_month(self, written: Date) -> Self {
        let later = (self.month, self.day.unwrap_or(1)) > (Some(written.month()), written.day());
        // With a day named, a date a few weeks ahead is an announcement, not last year's.
        let ahead = self.month.is_some_and(|month| month - written.month() <= 3) && self.day.is_some();
        let year = if later && !ahead { written.year() - 1 } else { written.year() };
        Self { year: Some(year), weekday: None, ..self }
    }

    /// The first day it covers; `None` without a year.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year?, self.month.unwrap_or(1), self.day.filter(|_| self.month.is_some()).unwrap_or(1)).ok()
    }

    /// The last day it covers; `None` without a year.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        let first = Date::new(self.year?, self.month.unwrap_or(12), 1).ok()?;
        match self.day.filter(|_| self.month.is_some()) {
            Some(day) => Date::new(first.year(), first.month(), day).ok(),
            None => Some(first.last_of_month()),
        }
    }

    /// Whether both may name the same day: nothing stated by both differs.
    #[must_use]
    pub fn agrees_with(self, other: Self) -> bool {
        let same = |one: Option<i16>, other: Option<i16>| one.zip(other).is_none_or(|(one, other)| one == other);
        same(self.year, other.year)
            && same(self.month.map(i16::from), other.month.map(i16::from))
            && same(self.day.map(i16::from), other.day.map(i16::from))
            && same(self.weekday.map(i16::from), other.weekday.map(i16::from))
            && self.offset.zip(other.offset).is_none_or(|(one, other)| one == other)
            && (self.shares_a_part(other) || self.offset.is_some() && self.offset == other.offset)
    }

    fn shares_a_part(self, other: Self) -> bool {
        (self.year.is_some() && other.year.is_some())
            || (self.month.is_some() && other.month.is_some())
            || (self.weekday.is_some() && other.weekday.is_some())
    }

    /// The date as ISO 8601 writes it, to the precision it has: "2013-09-18", "2013-09", "2013"; `None` without a year.
    #[must_use]
    pub fn iso(self) -> Option<String> {
        let year = self.year?;
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        })
    }

    /// A number that orders dates: year, month and day as `yyyymmdd`, with zeros for what is not stated.
    #[must_use]
    pub fn ordering_number(self) -> f64 {
        f64::from(self.year.unwrap_or(0)) * 10_000.0 + f64::from(self.month.unwrap_or(0)) * 100.0 + f64::from(self.day.unwrap_or(0))
    }
}

fn nearest_weekday(weekday: i8, written: Date) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(weekday).ok()?;
    if written.weekday() == wanted { Some(written) } else { written.nth_weekday(-1, wanted).ok() }
}

fn in_week_of(weekday: i8, day: Date) -> Option<Date> {
    let monday = day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    monday.checked_add((i32::from(weekday) - 1).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn relative_dates_are_told_from_the_day_of_writing() {
        let written = date(2014, 10, 15);
        let september = PartialDate { month: Some(9), offset: Some(Offset::Years(-1)), ..PartialDate::default() };
        assert_eq!(september.resolve(written), PartialDate { year: Some(2013), month: Some(9), ..PartialDate::default() });
        let yesterday = PartialDate { offset: Some(Offset::Days(-1)), ..PartialDate::default() };
        assert_eq!(yesterday.resolve(written), PartialDate::day(date(2014, 10, 14)));
        let tuesday = PartialDate { weekday: Some(2), ..PartialDate::default() };
        assert_eq!(tuesday.resolve(written), PartialDate::day(date(2014, 10, 14)));
        let tuesday_last_week = PartialDate { weekday: Some(2), offset: Some(Offset::Weeks(-1)), ..PartialDate::default() };
        assert_eq!(tuesday_last_week.resolve(written), PartialDate::day(date(2014, 10, 7)));
        let named =
            |weekday, count| PartialDate { weekday: Some(weekday), offset: Some(Offset::Weekdays(count)), ..PartialDate::default() };
        assert_eq!(named(2, -1).resolve(written), PartialDate::day(date(2014, 10, 14)));
        assert_eq!(named(3, -1).resolve(written), PartialDate::day(date(2014, 10, 8)), "the day of writing is not last Wednesday");
        assert_eq!(named(3, 1).resolve(written), PartialDate::day(date(2014, 10, 22)));
    }

    #[test]
    fn months_without_a_year_are_the_nearest() {
        let december = PartialDate { month: Some(12), ..PartialDate::default() };
        assert_eq!(december.resolve(date(2014, 2, 3)).year, Some(2013));
        assert_eq!(december.resolve(date(2013, 12, 30)).year, Some(2013));
    }

    #[test]
    fn partial_dates_cover_their_days() {
        let february = PartialDate { year: Some(2012), month: Some(2), ..PartialDate::default() };
        assert_eq!(february.first_day(), Some(date(2012, 2, 1)));
        assert_eq!(february.last_day(), Some(date(2012, 2, 29)));
        assert!(february.agrees_with(PartialDate::year(2012)));
        assert!(!february.agrees_with(PartialDate::year(2013)));
    }

    #[test]
    fn far_offsets_do_not_fail() {
        let date = PartialDate { offset: Some(Offset::Years(i32::MIN + 1)), ..PartialDate::default() };
        let _ = date.resolve(jiff::civil::date(2014, 1, 1));
        let _ = PartialDate { offset: Some(Offset::Days(i32::MAX)), ..PartialDate::default() }.resolve(jiff::civil::date(2014, 1, 1));
    }
}
