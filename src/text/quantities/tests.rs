//! Quantities, by example and by property.

use proptest::prelude::*;

use super::*;
use crate::text::analyze;

fn read(source: &str) -> Vec<Quantity> {
    let text = analyze(source, &[Span::new(0, source.len())]);
    find(source, &text.tokens)
}

/// `expected` lists words, kind, number and unit ("" for none) of every quantity.
#[track_caller]
fn check(source: &str, expected: &[(&str, QuantityKind, f64, &str)]) {
    let found = read(source);
    let shown: Vec<_> =
        found.iter().map(|q| (q.span.slice(source), q.kind, (q.number * 1e6).round() / 1e6, q.unit.map_or("", Unit::name))).collect();
    assert_eq!(shown, expected, "{source}");
}

use QuantityKind::{Age, Count, Date, Duration, Measure, Money, Ordinal, Share, Time};

#[test]
fn counts_in_digits_and_words() {
    check("37,000 homes and twenty-nine farms", &[("37,000", Count, 37_000.0, ""), ("twenty-nine", Count, 29.0, "")]);
    check("two and a half million sandbags", &[("two and a half million", Count, 2_500_000.0, "")]);
    check("a dozen boats, two hundred and five cars", &[("a dozen", Count, 12.0, ""), ("two hundred and five", Count, 205.0, "")]);
    check("half a million letters, 2.4m people", &[("half a million", Count, 500_000.0, ""), ("2.4m", Count, 2_400_000.0, "")]);
    check("none of them, no one else", &[("none", Count, 0.0, "")]);
    check("one thousand two hundred and one", &[("one thousand two hundred and one", Count, 1201.0, "")]);
    check("five six", &[("five", Count, 5.0, ""), ("six", Count, 6.0, "")]);
}

#[test]
fn shares_in_every_wording() {
    check(
        "13%, 14 per cent or 2.5 percentage points",
        &[("13%", Share, 13.0, "percent"), ("14 per cent", Share, 14.0, "percent"), ("2.5 percentage points", Share, 2.5, "percent")],
    );
    check(
        "One in four, three out of five, 1 in every 10",
        &[
            ("One in four", Share, 25.0, "percent"),
            ("three out of five", Share, 60.0, "percent"),
            ("1 in every 10", Share, 10.0, "percent"),
        ],
    );
    check(
        "a third of pupils, two-thirds and three quarters",
        &[
            ("a third", Share, 33.333_333, "percent"),
            ("two-thirds", Share, 66.666_667, "percent"),
            ("three quarters", Share, 75.0, "percent"),
        ],
    );
    check("Third of wards shut; half the beds", &[("Third", Share, 33.333_333, "percent"), ("half", Share, 50.0, "percent")]);
    check("a third man in the second half", &[("third", Ordinal, 3.0, ""), ("second", Ordinal, 2.0, "")]);
    check("17 in 2013", &[("17", Count, 17.0, ""), ("2013", Date, 20_130_000.0, "")]);
    check("5-10% more", &[("5-10%", Share, 5.0, "percent")]);
}

#[test]
fn money_has_a_currency() {
    check(
        "£2.4m, $3 billion or 50p",
        &[("£2.4m", Money, 2_400_000.0, "GBP"), ("$3 billion", Money, 3e9, "USD"), ("50p", Money, 0.5, "GBP")],
    );
    check(
        "two million pounds and US$5 and €1,200.50",
        &[("two million pounds", Money, 2e6, "GBP"), ("US$5", Money, 5.0, "USD"), ("€1,200.50", Money, 1200.5, "EUR")],
    );
    let range = read("Salary: £39,513 - £43,693 a year").remove(0);
    assert_eq!((range.number, range.upper), (39_513.0, Some(43_693.0)));
}

#[test]
fn dates_of_every_precision() {
    let at = |year, month, day| Some(PartialDate { year, month, day, ..PartialDate::default() });
    for (source, words, expected) in [
        ("on 18 September 2013 it", "18 September 2013", at(Some(2013), Some(9), Some(18))),
        ("on the 4th of March, 2014 it", "4th of March, 2014", at(Some(2014), Some(3), Some(4))),
        ("on March 4, 2014 it", "March 4, 2014", at(Some(2014), Some(3), Some(4))),
        ("in May 2012 it", "May 2012", at(Some(2012), Some(5), None)),
        ("in May it", "May", at(None, Some(5), None)),
        ("in 2013 councils", "2013", at(Some(2013), None, None)),
        ("on 15/10/2013 it", "15/10/2013", at(Some(2013), Some(10), Some(15))),
        ("on 2013-10-15 it", "2013-10-15", at(Some(2013), Some(10), Some(15))),
        ("15 OCT 2013", "15 OCT 2013", at(Some(2013), Some(10), Some(15))),
    ] {
        let found = read(source).remove(0);
        assert_eq!((found.span.slice(source), found.date), (words, expected));
    }
}

#[test]
fn relative_dates_keep_their_offset() {
    for (source, words, offset) in [
        ("September last year", "September last year", Offset::Years(-1)),
        ("it fell last year", "last year", Offset::Years(-1)),
        ("opened four years ago", "four years ago", Offset::Years(-4)),
        ("shut yesterday", "yesterday", Offset::Days(-1)),
        ("met last Tuesday", "last Tuesday", Offset::Weekdays(-1)),
    ] {
        let found = read(source).remove(0);
        assert_eq!((found.span.slice(source), found.date.and_then(|d| d.offset)), (words, Some(offset)));
    }
}

#[test]
fn words_that_are_also_months_are_not_always() {
    check("They may march on", &[]);
    check("2000 people came", &[("2000", Count, 2000.0, "")]);
    check("the last year", &[]);
}

#[test]
fn spans_of_time_have_two_ends() {
    for (source, words, number, upper) in [
        ("between 2010 and 2013", "2010 and 2013", 20_100_000.0, 20_130_000.0),
        ("from 2010 to 2013", "2010 to 2013", 20_100_000.0, 20_130_000.0),
        ("in 2013/14", "2013/14", 20_130_000.0, 20_140_000.0),
        ("in 2012-13", "2012-13", 20_120_000.0, 20_130_000.0),
        ("the 1990s", "1990s", 19_900_000.0, 19_990_000.0),
        ("10 to 12 May 2013", "10 to 12 May 2013", 20_130_510.0, 20_130_512.0),
    ] {
        let found = read(source).remove(0);
        assert_eq!((found.span.slice(source), found.number, found.upper), (words, number, Some(upper)));
    }
}

#[test]
fn durations_ages_and_times() {
    check("in the last 16 months and four years", &[("16 months", Duration, 16.0, "months"), ("four years", Duration, 4.0, "years")]);
    check("two years and three months", &[("two years and three months", Duration, 2.25, "years")]);
    check("half an hour, for a week", &[("half an hour", Duration, 0.5, "hours"), ("a week", Duration, 1.0, "weeks")]);
    check("a 16-month inquiry", &[("16-month", Duration, 16.0, "months")]);
    check("the 4-year old and a 34-year-old", &[("4-year old", Age, 4.0, "years"), ("34-year-old", Age, 34.0, "years")]);
    check("Ruth Osei, 34, and a boy aged 12", &[("34", Age, 34.0, "years"), ("12", Age, 12.0, "years")]);
    check(
        "at 10:15, 9.30am and half past six",
        &[("10:15", Time, 615.0, ""), ("9.30am", Time, 570.0, ""), ("half past six", Time, 390.0, "")],
    );
}

#[test]
fn measures_and_ranks() {
    check("a wall 3.2 metres high, 10km long", &[("3.2 metres", Measure, 3.2, "metres"), ("10km", Measure, 10.0, "kilometres")]);
    check("6ft 2in and 12 square miles", &[("6ft 2in", Measure, 6.166_667, "feet"), ("12 square miles", Measure, 12.0, "square miles")]);
    check("the 21st report, their twenty-first", &[("21st", Ordinal, 21.0, ""), ("twenty-first", Ordinal, 21.0, "")]);
    check("rose from 20 to 30", &[("20", Count, 20.0, ""), ("30", Count, 30.0, "")]);
}

#[track_caller]
fn check_agreement(one: &str, other: &str, expected: Agreement) {
    let (one, other) = (read(one).remove(0), read(other).remove(0));
    assert_eq!(one.agreement(&other), expected);
    assert_eq!(other.agreement(&one), expected);
}

#[test]
fn equal_values_are_equal_in_any_wording() {
    check_agreement("£2.4m", "2.4 million pounds", Agreement::Equal);
    check_agreement("37,000 homes", "thirty-seven thousand homes", Agreement::Equal);
    check_agreement("two years", "24 months", Agreement::Equal);
    check_agreement("14%", "14 per cent", Agreement::Equal);
    check_agreement("18 September 2013", "September 18, 2013", Agreement::Equal);
}

#[test]
fn rounded_values_are_consistent_with_exact_ones() {
    check_agreement("one in seven", "14 per cent", Agreement::Consistent);
    check_agreement("one in seven", "13%", Agreement::Consistent);
    check_agreement("more than 200 homes", "212 homes", Agreement::Consistent);
    check_agreement("May 2013", "2013", Agreement::Consistent);
    check_agreement("between 10 and 20 homes", "12 homes", Agreement::Consistent);
}

#[test]
fn other_values_differ_or_do_not_compare() {
    check_agreement("one in seven", "a quarter", Agreement::Different);
    check_agreement("20 councils", "17 councils", Agreement::Different);
    check_agreement("May 2013", "June 2013", Agreement::Different);
    check_agreement("£5", "$5", Agreement::Incomparable);
    check_agreement("£5", "5 councils", Agreement::Incomparable);
}

proptest! {
    #[test]
    fn any_text_is_survived(source in any::<String>()) {
        let _ = read(&source);
    }

    #[test]
    fn spans_are_their_tokens_in_order(
        source in "((one|two|twenty|hundred|million|a|half|third|and|in|to|of|May|year|years|ago|last|aged|old|per|cent|pounds|£|%|-|,|[0-9]{1,4}|[0-9]{1,2}[:/.][0-9]{2}|km|m| |  )[ ]?){0,30}"
    ) {
        let text = analyze(&source, &[Span::new(0, source.len())]);
        let mut reached = 0;
        for quantity in find(&source, &text.tokens) {
            prop_assert!(quantity.tokens.start >= reached && quantity.tokens.end > quantity.tokens.start);
            prop_assert_eq!(quantity.span.start, text.tokens[quantity.tokens.start].span.start);
            prop_assert_eq!(quantity.span.end, text.tokens[quantity.tokens.end - 1].span.end);
            prop_assert!(quantity.number.is_finite());
            reached = quantity.tokens.end;
        }
    }
}

#[test]
fn ranks_too_high_for_a_century_are_ranks() {
    for source in ["the 400th anniversary", "the 99999th century", "the 400th century"] {
        assert!(read(source).iter().all(|found| found.date.is_none()), "{source}");
    }
    assert_eq!(read("in the 19th century").remove(0).number, 18_010_000.0);
}
