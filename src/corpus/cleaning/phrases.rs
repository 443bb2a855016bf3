//! Lines that say what they are: the set phrases of sites around their articles.
//!
//! Each phrase is a whole line, opens one, closes one or stands anywhere in one, and counts only in lines up to a number of words: the
//! same words inside a paragraph are the article's. A whole sentence counts only where it turns to whoever reads. One automaton finds
//! all phrases in one pass; the pairs, of which each part may stand apart, are looked for one by one.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::platform;
use super::reader::{REGISTERED, is_address, is_registration, speaks_to_reader};
use super::unit::Unit;
use crate::corpus::Boilerplate::{self, Advert, Comments, Consent, Navigation, Related, Share, Source};

/// Where in the line a phrase must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Whole,
    Start,
    End,
    Anywhere,
}
use Place::{Anywhere, End, Start, Whole};

/// Phrase, place, longest line in words, what the line is.
pub(super) type Row = (&'static str, Place, usize, Boilerplate);

/// Lower case, straight apostrophes.
const ROWS: &[Row] = &[
    ("we use cookies", Anywhere, 80, Consent),
    ("uses cookies", Anywhere, 80, Consent),
    ("use cookies to", Anywhere, 80, Consent),
    ("use of cookies", Anywhere, 80, Consent),
    ("accept cookies", Anywhere, 40, Consent),
    ("accept all cookies", Anywhere, 40, Consent),
    ("reject all cookies", Anywhere, 40, Consent),
    ("manage cookies", Anywhere, 40, Consent),
    ("cookie policy", Anywhere, 80, Consent),
    ("cookies policy", Anywhere, 80, Consent),
    ("cookie settings", Anywhere, 40, Consent),
    ("cookie preferences", Anywhere, 40, Consent),
    ("cookie notice", Start, 20, Consent),
    ("cookies on this site", Start, 20, Consent),
    ("accept all", Whole, 2, Consent),
    ("reject all", Whole, 2, Consent),
    ("manage preferences", Whole, 2, Consent),
    ("we value your privacy", Start, 60, Consent),
    ("your privacy choices", Start, 10, Consent),
    ("we and our partners", Start, 80, Consent),
    ("we care about your privacy", Start, 60, Consent),
    ("share this", Start, 14, Share),
    ("share on", Start, 14, Share),
    ("share via", Start, 10, Share),
    ("share article", Start, 10, Share),
    ("share story", Start, 10, Share),
    ("share your thoughts", Start, 14, Comments),
    ("share:", Start, 14, Share),
    ("share with friends", Start, 8, Share),
    ("tweet this", Start, 8, Share),
    ("email this", Start, 10, Share),
    ("print this", Start, 10, Share),
    ("print article", Whole, 3, Share),
    ("print page", Whole, 3, Share),
    ("send to a friend", Start, 8, Share),
    ("email to a friend", Start, 8, Share),
    ("copy link", Start, 6, Share),
    ("save article", Whole, 3, Share),
    ("save this article", Start, 5, Share),
    ("follow us", Start, 20, Share),
    ("find us on", Start, 12, Share),
    ("like us on", Start, 16, Share),
    ("share or comment on", Start, 8, Share),
    ("share this with", Start, 24, Share),
    ("read more about sharing", Start, 5, Share),
    ("these are external links", Start, 16, Share),
    ("reuse this content", Start, 4, Share),
    ("order reprints", Start, 10, Share),
    ("bookmark this", Start, 8, Share),
    ("report a typo", Start, 8, Share),
    ("loading comments", Start, 8, Comments),
    ("view more comments", Start, 6, Comments),
    ("sort by newest", Start, 6, Comments),
    ("order by newest", Start, 6, Comments),
    ("to join the discussion", End, 20, Comments),
    ("your comment", Start, 6, Comments),
    ("your email address will not be published", Start, 24, Comments),
    ("notify me of", Start, 12, Comments),
    ("recent comments", Start, 4, Comments),
    ("register now to", Start, 16, Advert),
    ("log in or register", Start, 20, Advert),
    ("sign in or register", Start, 20, Advert),
    ("become a member", Start, 16, Advert),
    ("become a supporter", Start, 16, Advert),
    ("try it free", Anywhere, 12, Advert),
    ("listen to our podcast", Start, 16, Advert),
    ("jobs by email", End, 12, Advert),
    ("this article is more than", Start, 14, Navigation),
    ("you need to enable", Start, 20, Navigation),
    ("open in new window", Anywhere, 8, Navigation),
    ("view gallery", Start, 5, Navigation),
    ("elsewhere on", Start, 6, Related),
    ("features & analysis", Whole, 3, Related),
    ("must read", Whole, 2, Related),
    ("in other news", Whole, 3, Related),
    ("what to read next", Start, 6, Related),
    ("similar stories", Start, 5, Related),
    ("further reading", Start, 4, Related),
    ("story so far", Whole, 4, Related),
    ("join us on facebook", Start, 16, Share),
    ("be the first to comment", Anywhere, 16, Comments),
    ("be the first to like", Anywhere, 16, Comments),
    ("comments powered by", Anywhere, 10, Comments),
    ("leave a comment", Start, 12, Comments),
    ("leave a reply", Start, 12, Comments),
    ("post a comment", Start, 12, Comments),
    ("add a comment", Start, 12, Comments),
    ("add your comment", Start, 12, Comments),
    ("add comment", Whole, 3, Comments),
    ("write a comment", Start, 8, Comments),
    ("join the conversation", Start, 16, Comments),
    ("join the discussion", Start, 16, Comments),
    ("have your say", Start, 14, Comments),
    ("tell us what you think", Start, 14, Comments),
    ("let us know what you think", Start, 20, Comments),
    ("let us know in the comments", Anywhere, 24, Comments),
    ("comments are closed", Anywhere, 12, Comments),
    ("comments on this article", Anywhere, 12, Comments),
    ("comments are now closed", Anywhere, 12, Comments),
    ("comments have been disabled", Anywhere, 12, Comments),
    ("view comments", Start, 5, Comments),
    ("view all comments", Start, 6, Comments),
    ("show comments", Start, 5, Comments),
    ("hide comments", Start, 5, Comments),
    ("read comments", Start, 5, Comments),
    ("no comments yet", Start, 8, Comments),
    ("no comments", Whole, 3, Comments),
    ("sign in to comment", Anywhere, 16, Comments),
    ("log in to comment", Anywhere, 16, Comments),
    ("logged in to post a comment", Anywhere, 16, Comments),
    ("you must be logged in", Start, 16, Comments),
    ("report this comment", Start, 8, Comments),
    ("report abuse", Whole, 3, Comments),
    ("sign up", Whole, 3, Advert),
    ("sign up for", Start, 24, Advert),
    ("sign up to", Start, 24, Advert),
    ("sign up now", Start, 16, Advert),
    ("sign up here", Anywhere, 24, Advert),
    ("for your free", Start, 10, Advert),
    ("get our free", Start, 16, Advert),
    ("get the latest", Start, 24, Advert),
    ("get the day's", Start, 20, Advert),
    ("straight to your inbox", Anywhere, 40, Advert),
    ("delivered to your inbox", Anywhere, 40, Advert),
    ("direct to your inbox", Anywhere, 40, Advert),
    ("sent to your inbox", Anywhere, 40, Advert),
    ("enter your email", Start, 16, Advert),
    ("subscribe", Whole, 3, Advert),
    ("subscribe now", Start, 12, Advert),
    ("subscribe to", Start, 20, Advert),
    ("subscribe today", Start, 12, Advert),
    ("subscribe for", Start, 16, Advert),
    ("subscribe here", Anywhere, 40, Advert),
    ("already a subscriber", Start, 16, Advert),
    ("already have an account", Start, 16, Advert),
    ("forwarded this to you", Anywhere, 40, Advert),
    ("forward it to a friend", Anywhere, 40, Advert),
    ("manage your subscription", Anywhere, 24, Advert),
    ("unsubscribe", Start, 16, Advert),
    ("to continue reading", Start, 24, Advert),
    ("continue reading", Start, 10, Advert),
    ("start your free trial", Anywhere, 20, Advert),
    ("free trial", End, 10, Advert),
    ("support our journalism", Anywhere, 24, Advert),
    ("support independent journalism", Anywhere, 24, Advert),
    ("please disable your ad blocker", Anywhere, 30, Advert),
    ("turn off your ad blocker", Anywhere, 30, Advert),
    ("advertisement", Whole, 4, Advert),
    ("advertisements", Whole, 2, Advert),
    ("advert", Whole, 2, Advert),
    ("advertising", Whole, 2, Advert),
    ("advertisement -", Start, 6, Advert),
    ("article continues below", Anywhere, 10, Advert),
    ("story continues below", Anywhere, 10, Advert),
    ("scroll down to continue", Anywhere, 10, Advert),
    ("sponsored", Whole, 2, Advert),
    ("sponsored content", Start, 8, Advert),
    ("sponsored by", Start, 10, Advert),
    ("promoted content", Start, 8, Advert),
    ("promoted stories", Start, 8, Advert),
    ("paid content", Whole, 3, Advert),
    ("ads by", Start, 4, Advert),
    ("download our app", Anywhere, 16, Advert),
    ("download the app", Start, 16, Advert),
    ("listen live", Start, 16, Advert),
    ("listen again", Start, 12, Advert),
    ("text the studio", Anywhere, 16, Advert),
    ("on air now", Start, 20, Navigation),
    ("now playing", Start, 20, Navigation),
    ("on now:", Start, 16, Navigation),
    ("you are here", Start, 16, Navigation),
    ("skip to", Start, 6, Navigation),
    ("jump to", Start, 5, Navigation),
    ("back to top", Whole, 4, Navigation),
    ("return to top", Whole, 4, Navigation),
    ("back to", Start, 4, Navigation),
    ("log in", Whole, 3, Navigation),
    ("log out", Whole, 3, Navigation),
    ("sign in", Whole, 3, Navigation),
    ("my account", Whole, 3, Navigation),
    ("main menu", Whole, 3, Navigation),
    ("site map", Whole, 3, Navigation),
    ("search this site", Start, 5, Navigation),
    ("previous article", Start, 4, Navigation),
    ("next article", Start, 4, Navigation),
    ("previous story", Start, 4, Navigation),
    ("next story", Start, 4, Navigation),
    ("toggle navigation", Whole, 3, Navigation),
    ("javascript is disabled", Anywhere, 30, Navigation),
    ("enable javascript", Anywhere, 30, Navigation),
    ("filed under", Start, 16, Navigation),
    ("tags:", Start, 24, Navigation),
    ("tagged:", Start, 24, Navigation),
    ("topics:", Start, 20, Navigation),
    ("related stories", Start, 6, Related),
    ("related articles", Start, 6, Related),
    ("related content", Start, 6, Related),
    ("related links", Start, 6, Related),
    ("related news", Start, 6, Related),
    ("related topics", Start, 6, Related),
    ("related posts", Start, 6, Related),
    ("related coverage", Start, 6, Related),
    ("related internet links", Start, 6, Related),
    ("related:", Start, 26, Related),
    ("related", Whole, 1, Related),
    ("more from", Start, 9, Related),
    ("more on this", Start, 6, Related),
    ("more on:", Start, 12, Related),
    ("more stories", Start, 6, Related),
    ("more news", Start, 5, Related),
    ("more like this", Start, 5, Related),
    ("more:", Start, 26, Related),
    ("other stories", Start, 6, Related),
    ("also in", Start, 30, Related),
    ("also on", Start, 10, Related),
    ("also read:", Start, 26, Related),
    ("most read", Start, 6, Related),
    ("most popular", Start, 5, Related),
    ("most viewed", Start, 5, Related),
    ("most commented", Start, 5, Related),
    ("most shared", Start, 5, Related),
    ("most recent", Whole, 3, Related),
    ("trending", Whole, 2, Related),
    ("trending now", Start, 4, Related),
    ("popular now", Start, 4, Related),
    ("read more", Whole, 3, Related),
    ("read more:", Start, 30, Related),
    ("read more about", Start, 12, Related),
    ("read more on", Start, 12, Related),
    ("read more from", Start, 12, Related),
    ("read next", Start, 5, Related),
    ("read also", Start, 26, Related),
    ("read:", Start, 26, Related),
    ("read the full story", Start, 10, Related),
    ("click here", Start, 20, Related),
    ("see also", Start, 26, Related),
    ("see more:", Start, 26, Related),
    ("watch:", Start, 26, Related),
    ("you may also like", Start, 8, Related),
    ("you may also be interested in", Start, 12, Related),
    ("you might also like", Start, 8, Related),
    ("you might like", Whole, 4, Related),
    ("recommended for you", Start, 6, Related),
    ("recommended stories", Start, 6, Related),
    ("recommended", Whole, 1, Related),
    ("from around the web", Anywhere, 8, Related),
    ("around the web", Start, 6, Related),
    ("top stories", Start, 5, Related),
    ("latest stories", Start, 5, Related),
    ("latest news", Start, 5, Related),
    ("latest headlines", Start, 5, Related),
    ("today's top stories", Start, 6, Related),
    ("editor's picks", Start, 5, Related),
    ("editors' picks", Start, 5, Related),
    ("don't miss", Whole, 3, Related),
    ("up next", Whole, 3, Related),
    ("all rights reserved", Anywhere, 60, Source),
    ("copyright ©", Start, 40, Source),
    ("copyright (c)", Start, 40, Source),
    ("©", Start, 40, Source),
    (" © ", Anywhere, 20, Source),
    ("(c) 19", Start, 20, Source),
    ("(c) 20", Start, 20, Source),
    ("image copyright", Start, 8, Source),
    ("terms and conditions", Start, 10, Source),
    ("terms & conditions", Start, 10, Source),
    ("terms of use", Start, 10, Source),
    ("terms of service", Start, 10, Source),
    ("privacy policy", Start, 10, Source),
    ("privacy notice", Whole, 2, Source),
    ("this material may not be published", Start, 40, Source),
    (REGISTERED, Anywhere, 40, Source),
    ("company registration", Anywhere, 40, Source),
];

/// How a line opens, what it must hold besides, longest line in words, what it is.
type Pair = (&'static [&'static str], &'static [&'static str], usize, Boilerplate);

/// Lower case, straight apostrophes.
const PAIRS: &[Pair] = &[
    (&["follow "], &["@"], 12, Share),
    (
        &["follow ", "find ", "like ", "join ", "connect with "],
        &[" on twitter", " on facebook", " on instagram", " on linkedin", " on youtube"],
        24,
        Share,
    ),
    (&["listen to ", "tune in", "hear "], &[" fm", "digital radio", " dab"], 24, Advert),
    (&["sign up", "subscribe", "register"], &["newsletter", "bulletin", "alerts", "by email"], 30, Advert),
    (&["for more ", "for the latest ", "for all the latest "], &["visit ", "click ", "follow ", "go to "], 24, Related),
    (
        &["this article", "this story", "this piece", "a version of this"],
        &["first appeared", "originally appeared", "originally published", "first published", "appeared in print", "appears in print"],
        30,
        Source,
    ),
    (
        &["have you been affected", "are you affected", "do you have a story", "got a story", "do you know more"],
        &["contact", "email", "in touch", "call ", "let us know"],
        40,
        Comments,
    ),
];

static AUTOMATON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases = ROWS.iter().chain(platform::ROWS).map(|(phrase, ..)| phrase);
    AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(phrases).ok()
});

/// The row of a phrase's number.
fn row(number: usize) -> Option<&'static Row> {
    ROWS.get(number).or_else(|| platform::ROWS.get(number.checked_sub(ROWS.len())?))
}

/// The longest line that any phrase counts in, in bytes.
const LONGEST: usize = 640;

/// What the line says it is, if it says so.
pub(super) fn find(unit: &Unit<'_>) -> Option<Boilerplate> {
    if unit.words.len() > LONGEST {
        return None;
    }
    if unit.count == 1 && is_address(unit.words) {
        return Some(Source);
    }
    let straight = unit.words.contains('’').then(|| unit.words.replace('’', "'"));
    let words = straight.as_deref().unwrap_or(unit.words);
    let matches = AUTOMATON.as_ref()?.find_overlapping_iter(words);
    let rows = matches.filter_map(|found| Some((row(found.pattern().as_usize())?, found.start(), found.end())));
    let fitting = rows.filter(|(row, start, end)| fits(row, words, *start, *end, unit));
    fitting.map(|(row, ..)| row.3).min_by_key(|kind| rank(*kind)).or_else(|| find_pair(words, unit))
}

fn find_pair(words: &str, unit: &Unit<'_>) -> Option<Boilerplate> {
    let opens =
        |pair: &&Pair| pair.0.iter().any(|opening| words.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening)));
    let fits = |(_, held, longest, kind): &&Pair| {
        let lower = words.to_lowercase();
        unit.count <= *longest && held.iter().any(|held| lower.contains(held)) && speaks_to_reader("", *kind, words, unit)
    };
    PAIRS.iter().filter(opens).find(fits).map(|pair| pair.3)
}

/// Where a line says several things, the more telling one.
fn rank(kind: Boilerplate) -> usize {
    [Consent, Comments, Source, Share, Advert, Related, Navigation].iter().position(|other| *other == kind).unwrap_or(usize::MAX)
}

fn fits((phrase, place, longest, kind): &Row, words: &str, start: usize, end: usize, unit: &Unit<'_>) -> bool {
    let before = words.get(..start).unwrap_or_default().trim_matches(edge);
    let after = words.get(end..).unwrap_or_default();
    let whole_words = !before_joins(words, start) && !after_joins(words, end);
    let placed = match place {
        Whole => before.is_empty() && after.trim_matches(edge).is_empty(),
        Start => before.is_empty(),
        End => after.trim_matches(edge).is_empty(),
        Anywhere => true,
    };
    let meant = *phrase != REGISTERED || is_registration(&words.to_lowercase());
    let short = *place == Whole || unit.count <= *longest;
    placed && whole_words && meant && short && speaks_to_reader(phrase, *kind, words, unit)
}

/// Bullets, arrows, brackets and counts around a phrase.
fn edge(c: char) -> bool {
    !c.is_alphabetic()
}

fn before_joins(words: &str, start: usize) -> bool {
    let inside = words.get(start..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    inside && words.get(..start).is_some_and(|head| head.ends_with(char::is_alphanumeric))
}

fn after_joins(words: &str, end: usize) -> bool {
    let inside = words.get(..end).is_some_and(|head| head.ends_with(char::is_alphabetic));
    inside && words.get(end..).is_some_and(|tail| tail.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::draft::{Piece, Shape};
    use crate::span::Span;

    #[track_caller]
    fn check(words: &str, expected: Option<Boilerplate>) {
        let unit = Unit::all(words, &[Piece { span: Span::new(0, words.len()), shape: Shape::Text }])[0];
        assert_eq!(find(&unit), expected, "{words}");
    }

    #[test]
    fn lines_that_say_what_they_are() {
        check("We use cookies to make the ferry times load faster. By staying you agree. OK", Some(Consent));
        check("The Ferryman uses cookies to remember which pier you like.", Some(Consent));
        check("• Share this article", Some(Share));
        check("Follow The Ferryman on Twitter", Some(Share));
        check("Be the first to comment", Some(Comments));
        check("SIGN UP", Some(Advert));
        check("Listen to Pier Radio on 99.9 FM and on your phone.", Some(Advert));
        check("More from The Ferryman", Some(Related));
        check("READ MORE: Ferry to stop in May", Some(Related));
        check("Don’t miss", Some(Related));
        check("© The Ferryman 2014", Some(Source));
        check("This article first appeared in The Ferryman on Sunday", Some(Source));
    }

    #[test]
    fn the_same_words_in_an_article_are_its_own() {
        check("The council said that its website uses cookies to count visitors.", None);
        check("“We use cookies to sweeten the children,” said the baker.", None);
        check("More ferries are promised.", None);
        check("Share prices fell on Monday after the ferry company said it would stop.", None);
        check("Follow-up inspections found that nothing had changed.", None);
        check("Subscribers were told in May that the paper would close.", None);
        check("Sign language is taught at the school.", None);
        check("Related crimes rose by a third in the year to March, figures show.", None);
        check("Watching the ferry leave, he wept.", None);
    }

    #[test]
    fn whole_sentences_that_turn_to_nobody_are_the_articles() {
        for sentence in [
            "For more than a decade, the islanders have had to go to Marl for a doctor.",
            "Also in 2013, the council closed two schools on the far side of the river.",
            "Like many skippers, she announced her last crossing on Twitter before anybody had asked.",
            "The ferry, registered in England in 1912, sank off Ostwick within the year.",
            "The ferry was registered in England.",
            "Register of ships by email was kept until 1999, when the newsletter ended.",
            "Sponsored by the brewery, the race drew 400 runners.",
            "Now playing for Tarn Rovers, Pym scored twice against Marl on Saturday.",
            "See also how the river had changed its course by the following spring.",
            "Share this burden fairly, the harbour master warned, or the pier will close.",
            "This story was first published as fiction, and the author never explained it.",
            "Comments powered by anger alone will not save the ferry, the mayor wrote.",
        ] {
            check(sentence, None);
        }
    }

    #[test]
    fn whole_sentences_that_turn_to_the_reader_are_notices() {
        check("Sign up for the Ferryman newsletter and never miss another crossing.", Some(Advert));
        check("Follow The Ferryman on Twitter and Facebook for all the news.", Some(Share));
        check("For more information on crossings and fares this spring, visit www.ferryman.example.", Some(Related));
        check("This article was first published on the pages of The Ferryman.", Some(Source));
        check("All rights reserved. This material may not be broadcast, rewritten or sold on.", Some(Source));
        check("Ferryman Media, registered in England under number 123456, Pier Road, Ostwick.", Some(Source));
        check("MORE: The ferry stops in May, the company has confirmed to passengers.", Some(Related));
        check("Be the first to comment on this story about the ferry.", Some(Comments));
        check("You will be asked to sign in or register to read all of it.", None);
        check("Log in or register to continue, and you will be asked for a name.", Some(Advert));
    }
}
