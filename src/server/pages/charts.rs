//! Numbers become small drawings (SVG) made on the server. What a drawing shows also stands beside it in words, so it is hidden from those who hear the page,
//! or says itself what it shows.

use jiff::civil::Date;
use maud::{Markup, html};

use super::parts;
use crate::render::page::Ink;

/// Units of a bar's full length.
const LENGTH: usize = 200;
/// Units of a time line's length, and the room left at its ends.
const LINE: i64 = 600;
const MARGIN: i64 = 12;
/// Most dots that are drawn.
const DOTS: usize = 200;

/// A length in proportion; something that is there is never drawn as nothing.
fn length(count: usize, most: usize) -> usize {
    if count == 0 { 0 } else { (count * LENGTH / most.max(1)).max(2) }
}

/// A bar of two parts.
pub(super) fn bar(first: usize, second: usize, most: usize) -> Markup {
    let (one, two) = (length(first, most), length(second, most));
    html! {
        svg.bar viewBox={ "0 0 " (LENGTH + 4) " 12" } width=(LENGTH + 4) height="12" aria-hidden="true" focusable="false" {
            rect.first x="0" y="1" width=(one) height="10" {}
            rect.second x=(one) y="1" width=(two) height="10" {}
        }
    }
}

/// Counts with their names, a bar each, the names in the left column.
pub(super) fn bars<'c>(title: &str, counts: impl Iterator<Item = (Markup, usize)> + Clone + 'c) -> Markup {
    let most = counts.clone().map(|(_, count)| count).max().unwrap_or(0);
    html! {
        @if most > 0 {
            table.bars {
                caption { (title) }
                tbody { @for (name, count) in counts { tr { th scope="row" { (name) } td { (bar(count, 0, most)) } td.number { (count) } } } }
            }
        }
    }
}

/// A printing on a time line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dot {
    /// When.
    pub(super) day: Date,
    /// By whom, when.
    pub(super) label: String,
    /// How true it is.
    pub(super) ink: Ink,
}

/// Where a day lies on the line between two others.
fn along(day: Date, first: Date, last: Date) -> i64 {
    let days = |from: Date, to: Date| i64::from((to - from).get_days());
    let room = LINE - 2 * MARGIN;
    MARGIN + days(first, day) * room / days(first, last).max(1)
}

/// Dots in order of time, those of about one day above each other; nothing where there are fewer than two.
pub(super) fn time_line(dots: &[Dot]) -> Markup {
    let dots = dots.get(..dots.len().min(DOTS)).unwrap_or_default();
    let days = dots.iter().map(|dot| dot.day);
    let Some((first, last)) = days.clone().min().zip(days.max()).filter(|_| dots.len() > 1) else { return html! {} };
    let mut placed: Vec<(i64, i64, &Dot)> = Vec::new();
    for dot in dots {
        let x = along(dot.day, first, last);
        let above = placed.iter().filter(|(other, _, _)| (other - x).abs() < 10).count() as i64;
        placed.push((x, above, dot));
    }
    let height = 34 + 11 * placed.iter().map(|(_, above, _)| *above).max().unwrap_or(0);
    let told = format!("{} printings from {} to {}", dots.len(), first.strftime("%-d %B %Y"), last.strftime("%-d %B %Y"));
    html! {
        svg.dots viewBox={ "0 0 " (LINE) " " (height) } role="img" aria-label=(told) {
            line x1="4" x2=(LINE - 4) y1=(height - 20) y2=(height - 20) {}
            @for (x, above, dot) in &placed {
                circle class=(parts::class(dot.ink)) cx=(x) cy=(height - 20 - 11 * above) r="5" { title { (dot.label) } }
            }
            text x="4" y=(height - 3) { (first.strftime("%b %Y")) }
            text.end x=(LINE - 4) y=(height - 3) text-anchor="end" { (last.strftime("%b %Y")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_there_is_drawn() {
        assert_eq!((length(0, 10), length(1, 100_000), length(10, 10)), (0, 2, LENGTH));
    }

    #[test]
    fn days_lie_between_the_first_and_the_last() {
        let (first, last) = (date(2013, 1, 1), date(2015, 1, 1));
        assert_eq!((along(first, first, last), along(last, first, last)), (MARGIN, LINE - MARGIN));
        assert!((along(date(2014, 1, 1), first, last) - LINE / 2).abs() < 3);
        assert_eq!(along(first, first, first), MARGIN);
    }

    #[test]
    fn dots_of_one_day_do_not_hide_each_other() {
        let dot = || Dot { day: date(2014, 3, 1), label: "A".to_owned(), ink: Ink::Good };
        let drawn = time_line(&[dot(), dot()]).into_string();
        assert_eq!((drawn.matches("cy=\"25\"").count(), drawn.matches("cy=\"14\"").count()), (1, 1), "{drawn}");
    }
}
