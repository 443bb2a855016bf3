//! Limits that stand in the question's words: the outlet, the day of publication, the speaker of "in X's words".

use std::ops::Range;

use super::plural::singular;
use super::press::{is_press_item, is_publication, names_outlet};
use super::wording::{Wording, is_determiner};
use crate::syntax::Tag;
use crate::text::quantities::{self, PartialDate, QuantityKind};

/// What the words limit, and which tokens say so.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    /// An outlet, by its name or by the press's own words.
    pub(super) outlet: Option<String>,
    /// Somebody or something the answer is "according to", who may be an outlet or a speaker.
    pub(super) according_to: Option<String>,
    /// First and last day of publication.
    pub(super) published: Option<(PartialDate, PartialDate)>,
    /// The tokens of all that.
    pub(super) tokens: Vec<Range<usize>>,
}

pub(super) fn find(wording: &Wording) -> Limits {
    let mut limits = Limits::default();
    let dates = dates(wording);
    if let Some((start, end, certain)) = source(wording) {
        let name = wording.printed(start, end).to_owned();
        if certain {
            limits.outlet = Some(name)
        } else {
            limits.according_to = Some(name)
        }
        limits.tokens.push(start..end);
        if certain {
            add_date_beside(wording, &dates, start, end, &mut limits);
        }
    }
    if limits.published.is_none() {
        add_date_of_report(wording, &dates, &mut limits);
    }
    limits
}

/// Dates with a year, with their tokens.
fn dates(wording: &Wording) -> Vec<(Range<usize>, PartialDate, PartialDate)> {
    let found = quantities::find(&wording.words, &wording.text.tokens);
    let dated = found.into_iter().filter(|quantity| quantity.kind == QuantityKind::Date);
    dated
        .filter_map(|quantity| {
            quantity.date.filter(|date| date.year.is_some()).map(|date| (quantity.tokens.clone(), date, quantity.until.unwrap_or(date)))
        })
        .collect()
}

/// "according to the Civic Ledger", "in the Belfast Telegraph report", "did the Evening Lantern say": the name's tokens, and whether it
/// must be an outlet.
fn source(wording: &Wording) -> Option<(usize, usize, bool)> {
    (0..wording.len()).find_map(|at| {
        according_to(wording, at)
            .or_else(|| possessed_item(wording, at))
            .or_else(|| by_author(wording, at))
            .or_else(|| in_outlet(wording, at))
            .or_else(|| outlet_speaks(wording, at))
    })
}

fn past_determiner(wording: &Wording, at: usize) -> usize {
    at + usize::from(is_determiner(wording.word(at)))
}

fn is_outlet(wording: &Wording, start: usize, end: usize) -> bool {
    // "Evening Lantern", "Radio Tarn", "BBC": the press's own words stand last, the station's first.
    names_outlet(wording.before(end)) || matches!(wording.word(start), "radio" | "bbc" | "itv" | "cnn" | "reuters" | "press")
}

fn according_to(wording: &Wording, at: usize) -> Option<(usize, usize, bool)> {
    let start = wording.reads(at, &["according", "to"]).then(|| past_determiner(wording, at + 2))?;
    let end = wording.name_end(start);
    if end == start {
        return None;
    }
    // "according to Ofsted's 2013 report": the report's maker, not the one who prints it.
    let item = matches!(wording.word(end), "'s" | "'").then(|| item_after(wording, end + 1)).flatten();
    let certain = is_outlet(wording, start, end) || item.is_some_and(|item| is_press_item(&singular(wording.word(item))));
    Some((start, end, certain))
}

/// The noun of a publication within the next few words.
fn item_after(wording: &Wording, at: usize) -> Option<usize> {
    (at..(at + 6).min(wording.len())).find(|&at| is_publication(&singular(wording.word(at))))
}

/// "the Courier's piece", "Fieldnote's article on …".
fn possessed_item(wording: &Wording, at: usize) -> Option<(usize, usize, bool)> {
    let start = at;
    let end =
        if wording.is_capitalized(start) && !(start > 0 && wording.is_capitalized(start - 1)) { wording.name_end(start) } else { start };
    if end == start || !matches!(wording.word(end), "'s" | "'") {
        return None;
    }
    let item = item_after(wording, end + 1)?;
    let certain = is_outlet(wording, start, end) || is_press_item(&singular(wording.word(item)));
    certain.then_some((start, end, true))
}

/// "the report by Nora Pike".
fn by_author(wording: &Wording, at: usize) -> Option<(usize, usize, bool)> {
    let written = wording.word(at) == "by" && is_publication(&singular(wording.before(at))) && wording.is_person(at + 1);
    written.then(|| (at + 1, wording.name_end(at + 1), true))
}

/// "in the Belfast Telegraph report", "in the Civic Ledger of March 2015", "from the Guardian".
fn in_outlet(wording: &Wording, at: usize) -> Option<(usize, usize, bool)> {
    let start = matches!(wording.word(at), "in" | "by" | "from" | "per" | "the")
        .then(|| past_determiner(wording, at + usize::from(wording.word(at) != "the")))?;
    let start = if wording.word(at) == "the" { at + 1 } else { start };
    let end = wording.name_end(start);
    if end == start {
        return None;
    }
    let item = is_publication(&singular(wording.word(end)));
    let press = item && is_press_item(&singular(wording.word(end)));
    let outlet = is_outlet(wording, start, end);
    let introduced = matches!(wording.word(at), "in" | "per");
    (press || (outlet && (introduced || item))).then_some((start, end, true))
}

/// "did the Evening Lantern say", "does Radio Tarn report", "Marlshire Courier give".
fn outlet_speaks(wording: &Wording, at: usize) -> Option<(usize, usize, bool)> {
    let start = matches!(wording.word(at), "did" | "does" | "has" | "do").then(|| past_determiner(wording, at + 1))?;
    let end = wording.name_end(start);
    let verb = (end..end + 5).find(|&at| wording.tag(at) == Tag::Verb).unwrap_or(end);
    let says = matches!(
        wording.word(verb),
        "say"
            | "said"
            | "report"
            | "reported"
            | "give"
            | "given"
            | "write"
            | "put"
            | "claim"
            | "print"
            | "publish"
            | "published"
            | "call"
            | "quote"
            | "describe"
    );
    (end > start && says && is_outlet(wording, start, end)).then_some((start, end, true))
}

/// A date that stands right beside the outlet: "according to Radio Tarn on 6 January 2014", "the Civic Ledger of March 2015".
fn add_date_beside(wording: &Wording, dates: &[(Range<usize>, PartialDate, PartialDate)], start: usize, end: usize, limits: &mut Limits) {
    for (tokens, first, last) in dates {
        let gap = tokens.start.saturating_sub(end);
        let after = tokens.start >= end
            && gap <= 2
            && (end..tokens.start).all(|at| matches!(wording.word(at), "in" | "on" | "of" | "for" | "'s" | "," | "from" | "dated"));
        let before = tokens.end <= start && start - tokens.end <= 1;
        let spoken = tokens.start > end
            && matches!(wording.word(end), "say" | "report" | "give")
            && tokens.start - end <= 3
            && matches!(wording.before(tokens.start), "in" | "on");
        if after || before || spoken {
            limits.published = Some((*first, *last));
            limits.tokens.push(tokens.clone());
            return;
        }
    }
}

/// "the September 2013 report", "articles published in 2014", "stories since May 2013".
fn add_date_of_report(wording: &Wording, dates: &[(Range<usize>, PartialDate, PartialDate)], limits: &mut Limits) {
    for (tokens, first, last) in dates {
        let noun = singular(wording.word(tokens.end));
        let named = (is_publication(&noun) && (first.month.is_some() || is_press_item(&noun)))
            && tokens.start > 0
            && wording.before(tokens.start) != "'s";
        let preposition = wording.before(tokens.start);
        let published =
            tokens.start >= 2 && matches!(wording.before(tokens.start - 1), "published" | "printed" | "posted") && !asks_when(wording);
        let items = tokens.start >= 2 && is_press_item(&singular(wording.before(tokens.start - 1)));
        let since = PartialDate::year(9999);
        let limit = match preposition {
            _ if named => Some((*first, *last)),
            "in" | "on" | "from" | "of" if published || items => Some((*first, *last)),
            "since" | "after" if published || items => Some((*first, since)),
            "before" | "until" | "by" if published || items => Some((PartialDate::year(1), *last)),
            _ => None,
        };
        if limit.is_some() {
            limits.published = limit;
            limits.tokens.push(tokens.clone());
            return;
        }
    }
}

fn asks_when(wording: &Wording) -> bool {
    wording.find(0, &["when"]).is_some()
}
