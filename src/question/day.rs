//! A day, month or year as people write it in figures ("2013-10-15", "2013-10", "2013") becomes a day.

use jiff::civil::Date;

/// The first day of what is written, or the `last`; `None` where it is no date.
#[must_use]
pub fn day(words: &str, last: bool) -> Option<Date> {
    let parts: Vec<Option<i16>> = words.trim().split('-').map(|part| part.parse().ok()).collect();
    let (year, month, day) = match parts.as_slice() {
        [Some(year)] if *year >= 1000 => (*year, None, None),
        [Some(year), Some(month)] => (*year, Some(*month), None),
        [Some(year), Some(month), Some(day)] => (*year, Some(*month), Some(*day)),
        _ => return None,
    };
    let number = |value: Option<i16>, default: i8| value.map_or(Some(default), |value| i8::try_from(value).ok());
    let first = Date::new(year, number(month, if last { 12 } else { 1 })?, number(day, 1)?).ok()?;
    Some(if last && day.is_none() { first.last_of_month() } else { first })
}
