//! Scraped reports as sites leave them, every line with the role it must get.
//!
//! In each sample a line opens with its role: `T` title, `B` byline, `H` heading, `P` paragraph, `I` list item, `C` caption, `x` boilerplate
//! of any kind. All of it is invented.

use std::path::Path;

use crate::corpus::{BlockKind, Metadata, parse};

/// Checks every line's role; gives the metadata for further checks.
#[track_caller]
fn check(sample: &str) -> Metadata {
    let lines: Vec<&str> = sample.lines().map(str::trim_start).collect();
    let text: String = lines.iter().map(|line| line.get(2..).unwrap_or_default().to_owned() + "\n").collect();
    let expected: String = lines.iter().filter(|line| line.len() > 2).filter_map(|line| line.chars().next()).collect();
    let document = parse(Path::new("sample.txt"), "sample.txt", text.as_bytes()).unwrap();
    let role = |kind: BlockKind| match kind {
        BlockKind::Title => 'T',
        BlockKind::Byline => 'B',
        BlockKind::Heading => 'H',
        BlockKind::Paragraph | BlockKind::BlockQuote => 'P',
        BlockKind::ListItem => 'I',
        BlockKind::Caption => 'C',
        BlockKind::Boilerplate(_) => 'x',
    };
    let shown = |(expected, found, words): (char, char, &str)| {
        if expected == found { String::new() } else { format!("{expected} expected, {found} found: {words}\n") }
    };
    let found = document.blocks.iter().map(|block| (role(block.kind), block.span.slice(&document.text)));
    assert_eq!(document.blocks.len(), expected.len());
    let wrong: String = expected.chars().zip(found).map(|(expected, (found, words))| shown((expected, found, words))).collect();
    assert_eq!(wrong, "");
    document.metadata
}

#[test]
fn a_broadcaster() {
    let metadata = check(
        "x Skip to content
         x Accessibility help
         x Home
         x News
         x Sport
         x Weather
         x Menu
         .
         T Tarnside ferry to stop after 133 years
         .
         B 14 March 2013 Last updated at 10:15
         .
         x Share this page
         x Email
         x Print
         x Share on Facebook
         .
         P The ferry across the Tarn will make its last crossing in May, its owners have said.
         .
         P The company blamed a new bridge, which opened in the autumn and carries 9,000 cars a day.
         .
         P “We have lost four passengers in five,” said Ann Lister, who runs it.
         .
         H 'Good while it lasted'
         .
         P The boat was built in 1880 and has sunk twice, the second time on purpose.
         .
         x More on this story
         .
         x Bridge opens a year late
         x 12 OCTOBER 2012
         x Ferry fares to double
         x 3 JUNE 2012
         .
         x Related Internet links
         .
         x Tarn Ferries
         .
         x The station is not responsible for the content of external Internet sites
         .
         x Top Stories
         .
         x Man bites fog
         x Bread up again
         .
         x Most Popular
         .
         x 1: Man bites fog
         x 2: Duck named mayor",
    );
    assert_eq!(metadata.title.unwrap().value, "Tarnside ferry to stop after 133 years");
    assert_eq!(metadata.published.unwrap().value.to_string(), "2013-03-14");
}

#[test]
fn a_trade_magazine() {
    let metadata = check(
        "x Log in
         x Subscribe
         x News | Features | Opinion | Jobs
         .
         T Ferries need stronger hulls, says watchdog
         .
         B Ann Lister
         B Thursday, March 14, 2013
         .
         P One ferry in seven would not pass a new test of its hull, according to the Boats Inspectorate.
         .
         P Its report lists four that must stay in port:
         I Tarn Queen
         I Lady of the Marl
         I Old Bess
         I Resolute
         .
         P The owners have until June to mend them, and most say they will need until August.
         .
         P Bo Reed, who wrote the report, said the paint was all that held some of them together.
         .
         x Post a comment
         x Your comment has been submitted for moderation
         .
         x Latest jobs
         x Hull Surveyor
         x Boats Inspectorate
         x £31,000 - £34,500 per annum
         x Tarnside
         x Jobs by email",
    );
    assert_eq!(metadata.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Ann Lister"]);
    assert_eq!(metadata.published.unwrap().value.to_string(), "2013-03-14");
}

#[test]
fn a_tabloid() {
    let metadata = check(
        "T Pie man's fury as ferry sinks with 400 of his pies
         .
         B By ANN LISTER
         B PUBLISHED: 10:15, 15 October 2013 | UPDATED: 15:12, 16 October 2013
         .
         x View comments
         .
         P A baker has told of his fury after a ferry went down with 400 of his pies on board.
         .
         P Bo Reed, 54, had baked all night for the Tarnside fair and was asleep on deck.
         .
         x Scroll down to continue
         .
         P He said: 'I woke up wet. I have never been so angry about pastry in my life.'
         .
         x READ MORE: Ferry had been mended with chewing gum
         .
         P The ferry company has offered him £60, which he has sent back in the form of coins.
         .
         x Share or comment on this article
         .
         x Comments (3)
         .
         x Tarnsider, Ostwick, 2 days ago
         x Poor man. My heart goes out to him and to each one of those pies.
         x Reply
         x Wet Wit, Hexcombe, 3 days ago
         x What was he doing asleep with the pies in the first place, I should like to know.",
    );
    assert_eq!(metadata.published.unwrap().value.to_string(), "2013-10-15");
    assert_eq!(metadata.updated.unwrap().value.to_string(), "2013-10-16");
}

#[test]
fn a_plain_report_loses_nothing() {
    check(
        "T The state of the ferries
         .
         P This is the second report on the ferries of the county, and the last by its author.
         .
         H What we found
         .
         P We visited nine landings in the spring. The towns were:
         .
         I Hexcombe
         I Ostwick
         I Home Farm
         I News Bridge
         .
         P At each of them we asked the same three questions, and we were given nine different answers.
         .
         H Share of passengers
         .
         P Fares brought in £39,500 to £43,600 a year at each landing, less than a third of the cost.
         .
         H Related causes
         .
         P The bridge is one of them. Follow-up visits showed that the boats are another.
         .
         P “Comment is free,” said one skipper. “The ferry costs two pounds.”",
    );
}

#[test]
fn a_text_without_any_head_has_no_title() {
    let metadata = check(
        "P The ferry that has crossed the Tarn for 133 years will make its last crossing in May, its owners said on Monday after a long meeting.
         .
         P The company blamed a new bridge, which opened in the autumn and carries 9,000 cars a day.",
    );
    assert_eq!(metadata, Metadata::default());
}

#[test]
fn a_list_at_the_end_stays() {
    check(
        "T Results of the regatta
         .
         P The regatta was held on Sunday in a flat calm, and took nine hours to finish.
         .
         P The first three home were:
         .
         I Old Bess
         I Lady of the Marl
         I Resolute
         .
         x From The Ferryman",
    );
}

#[test]
fn a_byline_below_a_standfirst() {
    let metadata = check(
        "x The Ferryman
         x Home > News > Ferries
         .
         T Ferry to make last crossing
         .
         P The boat that sank twice will be retired in May, and the pier will go with it.
         .
         B By Ann Lister, Ferries Editor
         B Tarnside, 14 March 2013
         .
         C The ferry in better days. Photograph: Bo Reed
         .
         P The ferry across the Tarn will make its last crossing in May, its owners have said.
         .
         P They blame a new bridge. It is wide, and it is free.
         .
         x Updated: 15 March 2013, 09:10
         x Follow @theferryman
         x www.ferryman.example",
    );
    assert_eq!(metadata.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Ann Lister"]);
    assert_eq!(metadata.published.unwrap().value.to_string(), "2013-03-14");
    assert_eq!(metadata.updated.unwrap().value.to_string(), "2013-03-15");
    assert_eq!(metadata.publisher.unwrap().value, "The Ferryman");
}
