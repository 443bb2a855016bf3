//! The opening of a report ("TARNSIDE, 21 February 2023 (Marl Wire) — …") becomes a date and the agency it came from.
//!
//! Only where the place stands in capitals and a dash ends it; a day without a year is no date. What a report says of days behind the dash is
//! left alone.

use jiff::civil::Date;

use super::date;
use crate::span::Span;

/// What a dateline says; spans count in the document's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    pub(super) published: Option<(Span, Date)>,
    pub(super) agency: Option<(Span, String)>,
}

/// The longest dateline, in bytes.
const LONGEST: usize = 90;

/// Reads the dateline that opens a paragraph whose span in the document is `span`.
pub(super) fn read(words: &str, span: Span) -> Option<Dateline> {
    let head = ["—", "–", " -- ", " - ", " ― "].iter().filter_map(|dash| words.find(dash)).min().and_then(|dash| words.get(..dash))?;
    let city = head.split([',', '(']).next().unwrap_or_default().trim();
    let loud = city.chars().filter(|c| c.is_uppercase()).count() >= 3 && !city.chars().any(|c| c.is_lowercase() || c.is_ascii_digit());
    if head.len() > LONGEST || !loud {
        return None;
    }
    let published = date::find(head).first().map(|dated| (shifted(dated.span, span), dated.date));
    let dateline = Dateline { published, agency: agency(head).map(|(own, name)| (shifted(own, span), name)) };
    (dateline != Dateline::default()).then_some(dateline)
}

fn shifted(own: Span, outer: Span) -> Span {
    Span::new(outer.start + own.start, outer.start + own.end)
}

/// The capitalised words in the brackets that end the dateline.
fn agency(head: &str) -> Option<(Span, String)> {
    let inner = head.trim_end().strip_suffix(')')?;
    let start = inner.rfind('(')? + 1;
    let name = inner.get(start..)?;
    is_agency(name).then(|| (Span::new(start, start + name.len()), name.to_owned()))
}

/// Initials, a known agency, or two to four capitalised words that end as agencies' names do: a country in brackets is none.
fn is_agency(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let initials = |word: &str| (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    match words.as_slice() {
        [one] => matches!(*one, "Reuters" | "Bloomberg" | "Xinhua") || initials(one) && !matches!(*one, "UK" | "US" | "USA" | "EU" | "UAE"),
        [.., last] => {
            words.len() <= 4 && words.iter().all(capital) && matches!(*last, "Wire" | "Dispatch" | "Press" | "News" | "Agency" | "Service")
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Option<(Option<&str>, Option<&str>)>) {
        let found = read(words, Span::new(7, 7 + words.len()));
        for (span, name) in found.iter().filter_map(|found| found.agency.as_ref()) {
            assert_eq!(words.get(span.start - 7..span.end - 7), Some(name.as_str()));
        }
        let found = found.map(|found| (found.published.map(|(_, date)| date.to_string()), found.agency.map(|(_, name)| name)));
        let expected = expected.map(|(date, name)| (date.map(str::to_owned), name.map(str::to_owned)));
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn the_opening_of_a_report_tells_day_and_agency() {
        check("TARNSIDE, 21 February 2023 (Marl Wire) — The ferry is shut.", Some((Some("2023-02-21"), Some("Marl Wire"))));
        check("TARNSIDE, England, Sept 14, 2018 (Marl Dispatch) — The ferry is shut.", Some((Some("2018-09-14"), Some("Marl Dispatch"))));
        check("MARL, March 3 (Marl Wire) - The ferry is shut.", Some((None, Some("Marl Wire"))));
    }

    #[test]
    fn other_openings_are_no_datelines() {
        for words in [
            "TARNSIDE, Ohio -- The ferry is shut.",
            "Tarnside, 3 May 2012 — the day the ferry shut.",
            "THE ferry shut on 3 May 2012 — and nobody came.",
            "The ferry (Marl Wire) — shut.",
            "TARNSIDE (England) — The ferry is shut.",
            "",
        ] {
            check(words, None);
        }
    }
}
