//! Reads the lines that say who wrote an article and when.
//!
//! "By Jane Doe, health editor", "Jane Doe 18 September 2013", "15 October 2013, 10:15 | Updated: 16 October 2013", "Published: Friday,
//! 8 March 2013", "Last updated 10:15 BST". A line that holds anything beyond names, roles, dates, times and the words that introduce
//! them is no such line. Places ("LONDON —") are left alone: they are no dates and nobody's name.

use jiff::civil::Date;

use crate::span::Span;

use super::{date, outlet};

/// What a byline says; spans count in the document's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Byline {
    pub(super) authors: Vec<(Span, String)>,
    pub(super) published: Option<(Span, Date)>,
    pub(super) updated: Option<(Span, Date)>,
    /// The outlet, where the line names it beside a date, a role or an author.
    pub(super) outlet: Option<(Span, String)>,
    /// Whether the author's name stands there with nothing but a date to tell it from a heading.
    pub(super) bare_name: bool,
}

/// Words that introduce or surround dates and names.
const INTRODUCTIONS: &[&str] = &[
    "published",
    "publication",
    "posted",
    "updated",
    "modified",
    "amended",
    "first",
    "last",
    "originally",
    "created",
    "date",
    "on",
    "at",
    "in",
    "of",
    "the",
    "am",
    "pm",
    "gmt",
    "bst",
    "utc",
    "est",
    "edt",
    "pst",
    "cet",
    "et",
    "hrs",
    "hours",
    "hour",
    "minutes",
    "minute",
    "mins",
    "min",
    "ago",
    "and",
    "time",
    "uk",
    "read",
    "by",
    "a",
    "o'clock",
];
/// Words that open a line naming the author.
const BY: &[&str] = &[
    "by",
    "words by",
    "words:",
    "written by",
    "reported by",
    "report by",
    "posted by",
    "author:",
    "by:",
    "reporter:",
    "story by",
    "text by",
    "exclusive by",
];
/// Lines that stand for a byline and name nobody.
const ANONYMOUS: &[&str] =
    &["staff and agencies", "agencies", "staff", "staff reporter", "staff reporters", "our own correspondent", "newsroom"];
/// What people who write for outlets are called.
const ROLES: &[&str] = &[
    "editor",
    "correspondent",
    "reporter",
    "writer",
    "columnist",
    "journalist",
    "staff",
    "producer",
    "contributor",
    "presenter",
    "blogger",
];
const PARTICLES: &[&str] = &[
    "de", "da", "del", "della", "der", "den", "di", "du", "van", "von", "la", "le", "al", "el", "bin", "ibn", "ap", "y", "dos", "ter",
    "ten",
];
/// Words of places, bodies and headings that stand capitalised like names.
const NO_NAMES: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "new",
    "city",
    "county",
    "council",
    "town",
    "street",
    "road",
    "report",
    "budget",
    "speech",
    "statement",
    "minutes",
    "agenda",
    "meeting",
    "release",
    "update",
    "briefing",
    "the",
    "annual",
    "monthly",
    "letter",
    "notes",
    "results",
    "united",
    "great",
    "river",
    "lake",
    "island",
    "isle",
    "association",
    "agency",
];

/// Reads one line whose span in the document is `span`; nothing if it is anything else.
pub(super) fn read(words: &str, span: Span) -> Option<Byline> {
    if words.len() > 240 || words.is_empty() {
        return None;
    }
    if ANONYMOUS.iter().any(|anonymous| words.trim_end_matches('.').eq_ignore_ascii_case(anonymous)) {
        return Some(Byline::default());
    }
    let mut byline = Byline::default();
    let dates = date::find(words);
    take_dates(words, span, &dates, &mut byline);
    let (opening, named) = after_by(words);
    let rest = blank_dates(words, &dates);
    let rest = rest.get(opening..)?;
    let leftover: Vec<(usize, &str)> = segments(rest).filter(|(_, segment)| !is_introduction(segment)).collect();
    let leftover = take_outlet(leftover, span, opening, named, &mut byline);
    let names = |(at, segment): (usize, &str)| take_names(words, span, opening + at, segment, named, &mut byline);
    let understood = leftover.iter().copied().map(names).sum::<Option<usize>>();
    let placed = understood.is_none() && !dates.is_empty() && is_place_line(&leftover, rest);
    let authors = if placed { 0 } else { understood? };
    byline.bare_name = placed || (authors > 0 && !named && !has_role(rest));
    let employed = byline.outlet.is_some() && has_role(rest);
    let says_something = authors > 0 || !dates.is_empty() || has_time(words) || employed;
    if !named && authors > 0 && words.ends_with('.') {
        return None;
    }
    let stands = if named { authors > 0 } else { authors == 0 || !dates.is_empty() || has_role(rest) };
    (says_something && stands).then_some(byline)
}

/// Takes the one outlet named out of the stretches of a line; what stands first behind "By" is an author.
fn take_outlet<'w>(leftover: Vec<(usize, &'w str)>, span: Span, opening: usize, named: bool, byline: &mut Byline) -> Vec<(usize, &'w str)> {
    let is_outlet = |place: usize, segment: &str| !(has_role(segment) || named && place == 0) && outlet::is_name(segment);
    let mut outlets = leftover.iter().enumerate().filter(|(place, (_, segment))| is_outlet(*place, segment));
    let (Some((place, (at, segment))), None) = (outlets.next(), outlets.next()) else { return leftover };
    let start = span.start + opening + at;
    byline.outlet = Some((Span::new(start, start + segment.len()), (*segment).to_owned()));
    leftover.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, segment)| *segment).collect()
}

/// The names in a stated list of authors: "By Ann Lister and Bo Reed, health editor" gives two, "Lister, Ann" one.
pub(super) fn split(value: &str) -> Vec<String> {
    let (opening, _) = after_by(value);
    let rest = value.get(opening..).unwrap_or(value);
    rest.split([';', '|']).flat_map(several).collect()
}

fn several(names: &str) -> Vec<String> {
    if let Some(name) = forename_first(names) {
        return vec![name];
    }
    let parts = names.split(',').flat_map(each_of).map(str::trim);
    parts.filter(|part| !part.is_empty() && !has_role(part) && part.len() <= 80).map(str::to_owned).collect()
}

/// "Lister, Ann" is Ann Lister: one word, particles before it aside, then a comma, then one or two.
pub(super) fn forename_first(name: &str) -> Option<String> {
    let name = name.trim().trim_matches(['"', '\'']);
    let (last, first) = name.split_once(", ")?;
    let (last, first) = (last.trim(), first.trim());
    let surname = last.split_whitespace().filter(|word| !PARTICLES.contains(word)).count() == 1;
    let forenames = (1..=2).contains(&first.split_whitespace().count());
    let named = |words: &str| words.split_whitespace().all(is_name_word) && !has_role(words) && !outlet::is_named(words);
    // Agencies are often nothing but capitals.
    let agency = |words: &str| words.len() > 1 && !words.contains(char::is_lowercase) && !words.contains('.');
    (surname && forenames && named(last) && named(first) && !agency(last) && !agency(first)).then(|| format!("{first} {last}"))
}

fn take_dates(words: &str, span: Span, dates: &[date::Dated], byline: &mut Byline) {
    let mut end = 0;
    for dated in dates {
        let before = words.get(end..dated.span.start).unwrap_or_default().to_lowercase();
        let place = Span::new(span.start + dated.span.start, span.start + dated.span.end);
        let later = ["updat", "modif", "amend"].iter().any(|word| before.contains(word));
        let slot = if later { &mut byline.updated } else { &mut byline.published };
        slot.get_or_insert((place, dated.date));
        end = dated.span.end;
    }
}

/// Bytes of "By " and the like at the start, and whether there are any.
fn after_by(words: &str) -> (usize, bool) {
    let opens = |by: &&&str| {
        let head = words.get(..by.len()).is_some_and(|head| head.eq_ignore_ascii_case(by));
        head && words.get(by.len()..).is_some_and(|rest| rest.starts_with([' ', '\t', '\u{a0}', ':']))
    };
    BY.iter().filter(opens).map(|by| by.len()).max().map_or((0, false), |length| (length, true))
}

/// `words` with every date replaced by bars, so that positions stay.
fn blank_dates(words: &str, dates: &[date::Dated]) -> String {
    let mut rest = String::with_capacity(words.len());
    let mut end = 0;
    for dated in dates {
        rest.push_str(words.get(end..dated.span.start).unwrap_or_default());
        rest.extend(std::iter::repeat_n('|', dated.span.len()));
        end = dated.span.end;
    }
    rest.push_str(words.get(end..).unwrap_or_default());
    rest
}

/// The stretches between bars, commas and dashes, with where each begins.
fn segments(rest: &str) -> impl Iterator<Item = (usize, &str)> {
    let cut = |c: char| matches!(c, '|' | ',' | ';' | '•' | '·' | '–' | '—' | '(' | ')' | '/' | '\t');
    let mut at = 0;
    rest.split(cut).filter_map(move |segment| {
        let start = at + (segment.len() - segment.trim_start().len());
        at += segment.len() + rest.get(at + segment.len()..)?.chars().next().map_or(0, char::len_utf8);
        Some((start, segment.trim())).filter(|(_, segment)| !segment.is_empty())
    })
}

/// Nothing but introductions, weekdays and numbers.
fn is_introduction(segment: &str) -> bool {
    let mut words = segment.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    words.all(|word| {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit()).to_lowercase();
        letters.is_empty() || INTRODUCTIONS.contains(&letters.as_str()) || date::is_weekday(&letters)
    })
}

fn has_time(words: &str) -> bool {
    let lower = words.to_lowercase();
    let labelled = ["updated", "published", "posted", "last updated", "first published"].iter().any(|label| lower.starts_with(label));
    labelled && words.contains(|c: char| c.is_ascii_digit())
}

fn has_role(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’'))
        .any(|word| ROLES.contains(&word.to_lowercase().trim_end_matches('s')))
}

/// Whether a line is nothing but a person's name; only where it stands can tell it from a place or a heading.
pub(super) fn is_lone_name(words: &str) -> bool {
    words.split_whitespace().count() <= 3 && is_person(words)
}

/// "Tarnside, 14 March 2013": a place of one or two words, a comma, the date.
fn is_place_line(leftover: &[(usize, &str)], rest: &str) -> bool {
    let [(at, place)] = leftover else { return false };
    let capitals = place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let comma = rest.get(at + place.len()..).is_some_and(|after| after.trim_start().starts_with(','));
    *at == 0 && capitals && comma && place.split_whitespace().count() <= 2
}

/// Adds the names that `segment` (at byte `at` of the line) consists of; how many, or nothing where it holds anything else.
fn take_names(words: &str, span: Span, at: usize, segment: &str, named: bool, byline: &mut Byline) -> Option<usize> {
    if has_role(segment) && (named || !byline.authors.is_empty() || byline.outlet.is_some()) {
        return Some(0);
    }
    let mut count = 0;
    let (by, segment, named) = match segment.get(..3).filter(|opening| opening.eq_ignore_ascii_case("by ")) {
        Some(_) => (3, segment.get(3..).unwrap_or_default(), true),
        None => (0, segment, named),
    };
    let at = at + by;
    for name in each_of(segment).map(str::trim).map(strip_introduction) {
        let known = if named { is_signature(name) } else { is_person(name) };
        let offset = known.then(|| words.get(at..)?.find(name)).flatten()?;
        let start = span.start + at + offset;
        byline.authors.push((Span::new(start, start + name.len()), name.to_owned()));
        count += 1;
    }
    Some(count)
}

fn each_of(names: &str) -> impl Iterator<Item = &str> {
    names.split(" and ").flat_map(|part| part.split(" AND ")).flat_map(|part| part.split(" & "))
}

/// "Ann Lister in Hexham", "Ann Lister for Tidewater": the name alone.
fn strip_introduction(name: &str) -> &str {
    let padded = format!("{name} ");
    let cut = [" in ", " at ", " for ", " on ", " - "].iter().filter_map(|cut| padded.find(cut)).min().unwrap_or(name.len());
    name.get(..cut).unwrap_or(name).trim_end_matches(['.', ':']).trim()
}

/// Whoever follows "By": people, agencies, "our health correspondent" not.
fn is_signature(name: &str) -> bool {
    let count = name.split_whitespace().count();
    (1..=6).contains(&count)
        && name.split_whitespace().all(|word| is_name_word(word) || matches!(word, "of" | "the"))
        && name.starts_with(char::is_uppercase)
}

/// Two to four words shaped like a person's name.
fn is_person(name: &str) -> bool {
    let count = name.split_whitespace().count();
    let plain = |word: &str| !NO_NAMES.contains(&word.to_lowercase().as_str()) && !outlet::is_word(word);
    (2..=4).contains(&count)
        && name.split_whitespace().all(|word| is_name_word(word) && plain(word))
        && name.starts_with(char::is_uppercase)
}

fn is_name_word(word: &str) -> bool {
    let shaped = word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    shaped || PARTICLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, authors: &[&str], published: Option<&str>, updated: Option<&str>) {
        let byline = read(words, Span::new(10, 10 + words.len())).unwrap_or_else(|| panic!("no byline: {words}"));
        assert_eq!(byline.authors.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), authors, "{words}");
        assert_eq!(byline.published.map(|(_, date)| date.to_string()).as_deref(), published, "{words}");
        assert_eq!(byline.updated.map(|(_, date)| date.to_string()).as_deref(), updated, "{words}");
        for (span, name) in &byline.authors {
            assert_eq!(words.get(span.start - 10..span.end - 10), Some(name.as_str()));
        }
    }

    #[test]
    fn names_dates_and_both() {
        check("By Ann Lister", &["Ann Lister"], None, None);
        check("BY ANN LISTER AND BO REED", &["ANN LISTER", "BO REED"], None, None);
        check("By Ann Lister and Bo Reed, health correspondents", &["Ann Lister", "Bo Reed"], None, None);
        check("By Ann Lister, Social Affairs Editor | 12 March 2015", &["Ann Lister"], Some("2015-03-12"), None);
        check("Ann van Lister 18 September 2013", &["Ann van Lister"], Some("2013-09-18"), None);
        check("Ann Lister, Social Affairs Editor", &["Ann Lister"], None, None);
        check("15 October 2013, 10:15 | Updated: 16 October 2013, 15:12", &[], Some("2013-10-15"), Some("2013-10-16"));
        check("Published: Wednesday, 16 October 2013", &[], Some("2013-10-16"), None);
        check("Last updated: 4.05pm BST, 3 May 2012", &[], None, Some("2012-05-03"));
        check("21 OCT 2013", &[], Some("2013-10-21"), None);
        check("Tarnside, 21 October 2013", &[], Some("2013-10-21"), None);
        check("By Tarn News Agency", &["Tarn News Agency"], None, None);
        check("Posted by Ann Lister on March 3, 2014", &["Ann Lister"], Some("2014-03-03"), None);
        check("Posted on March 14, 2013 by Ann Lister", &["Ann Lister"], Some("2013-03-14"), None);
    }

    #[test]
    fn outlets_stand_beside_dates_roles_and_names() {
        for (words, outlet) in [
            ("The Tarn Tribune, Thursday 11 May 2017 00.01 BST", Some("The Tarn Tribune")),
            ("The Tarn Tribune — October 5, 2021", Some("The Tarn Tribune")),
            ("Staff Writer, Tarn Daily Ledger", Some("Tarn Daily Ledger")),
            ("By Ann Lister, Legal Correspondent, The Marl Chronicle", Some("The Marl Chronicle")),
            ("Legal Affairs Correspondent, The Marl Chronicle", Some("The Marl Chronicle")),
            ("By Tarn Daily Post, 3 May 2012", None),
        ] {
            let byline = read(words, Span::new(10, 10 + words.len())).unwrap_or_else(|| panic!("no byline: {words}"));
            assert_eq!(byline.outlet.as_ref().map(|(_, name)| name.as_str()), outlet, "{words}");
            if let Some((span, name)) = &byline.outlet {
                assert_eq!(words.get(span.start - 10..span.end - 10), Some(name.as_str()));
            }
        }
        check("By Ann Lister, Legal Correspondent, The Marl Chronicle", &["Ann Lister"], None, None);
        check("The Tarn Tribune, 3 October 2022", &[], Some("2022-10-03"), None);
        check("Legal Affairs Correspondent, The Marl Chronicle", &[], None, None);
    }

    #[test]
    fn other_lines_are_no_bylines() {
        for words in [
            "The Tarn Tribune",
            "By the river, a heron waits",
            "Ferry makes last crossing",
            "Ferry closed on 3 May 2012",
            "Ann Lister",
            "TARNSIDE — The ferry is closed.",
            "Annual Report 2013",
            "North Tarn 3 May 2012",
            "Comment",
        ] {
            assert_eq!(read(words, Span::new(0, words.len())), None, "{words}");
        }
    }

    #[test]
    fn stated_authors_are_parted() {
        for (value, expected) in [
            ("Lister, Ann", &["Ann Lister"][..]),
            ("van Lister, Ann B.; Reed, Bo", &["Ann B. van Lister", "Bo Reed"]),
            ("Ann Lister, Bo Reed", &["Ann Lister", "Bo Reed"]),
            ("By Ann Lister and Bo Reed, Political Editor", &["Ann Lister", "Bo Reed"]),
            ("Lister, Political Editor", &["Lister"]),
            ("Reuters, AP", &["Reuters", "AP"]),
            ("Ann Lister", &["Ann Lister"]),
        ] {
            assert_eq!(split(value), expected, "{value}");
        }
    }
}
