//! Menus, breadcrumbs and share bars: lines made of nothing but labels.

use super::unit::{Close, Unit, is_capitalised};
use crate::corpus::Boilerplate;

/// Sections of news sites and the other things their menus offer.
const SECTIONS: &[&str] = &[
    "about",
    "advertise",
    "agenda",
    "announcements",
    "archive",
    "archives",
    "arts",
    "blog",
    "blogs",
    "books",
    "business",
    "careers",
    "cars",
    "cities",
    "classified",
    "classifieds",
    "club",
    "comment",
    "community",
    "companies",
    "contact",
    "cricket",
    "crime",
    "crosswords",
    "culture",
    "dating",
    "directory",
    "economy",
    "education",
    "entertainment",
    "environment",
    "europe",
    "events",
    "faq",
    "farming",
    "fashion",
    "features",
    "film",
    "finance",
    "food",
    "football",
    "forum",
    "gallery",
    "galleries",
    "games",
    "golf",
    "health",
    "help",
    "home",
    "homes",
    "horoscopes",
    "international",
    "investing",
    "jobs",
    "law",
    "letters",
    "life",
    "lifestyle",
    "live",
    "local",
    "login",
    "magazine",
    "markets",
    "media",
    "members",
    "menu",
    "money",
    "more",
    "motoring",
    "motors",
    "music",
    "national",
    "news",
    "newsletter",
    "newsletters",
    "nostalgia",
    "notices",
    "obituaries",
    "opinion",
    "personal",
    "photos",
    "pictures",
    "podcast",
    "podcasts",
    "policy",
    "politics",
    "press",
    "programmes",
    "property",
    "puzzles",
    "racing",
    "radio",
    "region",
    "regional",
    "register",
    "resources",
    "reviews",
    "rugby",
    "schools",
    "science",
    "search",
    "shop",
    "shopping",
    "society",
    "sport",
    "sports",
    "subscribe",
    "style",
    "tech",
    "technology",
    "tennis",
    "theatre",
    "top",
    "topics",
    "traffic",
    "training",
    "travel",
    "tv",
    "uk",
    "us",
    "video",
    "videos",
    "weather",
    "world",
];

/// Words between and within menu entries that say nothing on their own.
const FILLERS: &[&str] = &["what", "s", "on", "and", "the", "your", "my", "all", "sign", "in", "log", "up", "out", "latest", "a", "z", "n"];

/// What share bars are made of.
const SHARING: &[&str] = &[
    "share",
    "shares",
    "tweet",
    "tweets",
    "retweet",
    "email",
    "e-mail",
    "print",
    "facebook",
    "twitter",
    "linkedin",
    "whatsapp",
    "google",
    "pinterest",
    "reddit",
    "instagram",
    "messenger",
    "flipboard",
    "telegram",
    "tumblr",
    "stumbleupon",
    "digg",
    "delicious",
    "bookmark",
    "save",
    "pin",
    "x",
    "bluesky",
    "youtube",
    "snapchat",
];
const SHARE_FILLERS: &[&str] = &[
    "this", "on", "via", "to", "by", "it", "like", "copy", "link", "a", "with", "the", "article", "story", "page", "plus", "comment",
    "comments", "follow", "post",
];

/// A share bar or a comment count, wherever it stands.
pub(super) fn bar(unit: &Unit<'_>) -> Option<Boilerplate> {
    if unit.count > 24 || unit.close == Close::Full {
        None
    } else if is_share_bar(unit.words) {
        Some(Boilerplate::Share)
    } else {
        is_comment_count(unit.words).then_some(Boilerplate::Comments)
    }
}

/// Whether a line is a row of menu entries; `outside` says that it stands before or after the article's running text.
pub(super) fn is_row(unit: &Unit<'_>, outside: bool) -> bool {
    let labels = unit.count <= 40 && unit.close != Close::Full;
    labels && (is_menu(unit.words) || is_breadcrumb(unit.words) || (outside && is_row_of_labels(unit.words)))
}

fn each_word(words: &str) -> impl Iterator<Item = String> {
    let parts = words.split(|c: char| !c.is_alphanumeric() && c != '-');
    parts.filter(|part| part.chars().any(char::is_alphabetic)).map(str::to_lowercase)
}

fn is_share_bar(words: &str) -> bool {
    let known = |word: &String| SHARING.contains(&word.as_str());
    let any = each_word(words).any(|word| known(&word) && word != "x" && word != "save");
    // "by email", below a letter.
    let sent = each_word(words).next().is_some_and(|word| matches!(word.as_str(), "by" | "via"));
    any && !sent && each_word(words).all(|word| known(&word) || SHARE_FILLERS.contains(&word.as_str()))
}

/// "Comments", "12 comments", "Comments (3)", "What do you think? 12 comments".
fn is_comment_count(words: &str) -> bool {
    let mut each = each_word(words);
    let one = each.next();
    let alone = each.next().is_none() && matches!(one.as_deref(), Some("comments" | "comment" | "responses")) && words.len() <= 18;
    let last = words.rsplit_once(|c: char| c.is_ascii_digit()).map(|(_, last)| last.trim());
    alone
        || (matches!(last, Some("comments" | "Comments" | "comment" | "replies"))
            && words.split_whitespace().count() <= 8
            && words.contains('?'))
}

/// Two entries or more, all of them the sections of a site.
fn is_menu(words: &str) -> bool {
    let sections = each_word(words).filter(|word| SECTIONS.contains(&word.as_str())).count();
    sections >= 2 && each_word(words).all(|word| SECTIONS.contains(&word.as_str()) || FILLERS.contains(&word.as_str()))
}

/// "Home > News > Ostwick".
fn is_breadcrumb(words: &str) -> bool {
    let separator = [" > ", " » ", " › ", " / ", " >> "].into_iter().find(|separator| words.contains(separator));
    let Some(separator) = separator else { return false };
    let entries = || words.split(separator.trim()).map(str::trim).filter(|entry| !entry.is_empty());
    let from_home = entries().next().is_some_and(|first| first.eq_ignore_ascii_case("home"));
    from_home || (separator != " / " && entries().count() >= 3 && entries().all(|entry| entry.split_whitespace().count() <= 12))
}

/// Three labels or more, parted by bars or wide gaps.
fn is_row_of_labels(words: &str) -> bool {
    let wide = |separator: &str| {
        let labels: Vec<_> = words.split(separator).map(str::trim).filter(|label| !label.is_empty()).collect();
        labels.len() >= 3
            && labels.iter().all(|label| {
                label.split_whitespace().count() <= 5
                    && (is_capitalised(label) || separator == "|" && label.starts_with(char::is_uppercase))
            })
    };
    wide("|") || wide("  ") || wide("\t") || wide("·") || wide(" • ")
}

/// Whether a single label is the name of a site's section ("Local News", "Sport").
pub(super) fn is_section(words: &str) -> bool {
    let known = |word: String| SECTIONS.contains(&word.as_str()) || FILLERS.contains(&word.as_str());
    each_word(words).next().is_some() && each_word(words).all(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::draft::{Piece, Shape};
    use crate::span::Span;

    #[track_caller]
    fn check(words: &str, expected: Option<Boilerplate>) {
        let unit = Unit::all(words, &[Piece { span: Span::new(0, words.len()), shape: Shape::Text }])[0];
        assert_eq!(bar(&unit).or(is_row(&unit, true).then_some(Boilerplate::Navigation)), expected, "{words}");
    }

    #[test]
    fn menus_and_breadcrumbs() {
        for menu in ["Home News Sport Jobs", "News | Sport | What's On | Motors", "Home > News > Barnet", "Home   Opinion   Clubs"] {
            check(menu, Some(Boilerplate::Navigation));
        }
        for other in ["Sport", "Council to sell homes", "Health and education cuts hit town", "Barnsley", "Cheshire East", "Town 2 City 1"]
        {
            check(other, None);
        }
    }

    #[test]
    fn share_bars() {
        check("Share this article   Tweet   Email   Print", Some(Boilerplate::Share));
        check("Facebook Twitter WhatsApp 12", Some(Boilerplate::Share));
        check("Twitter buys start-up", None);
        check("12 comments", Some(Boilerplate::Comments));
    }
}
