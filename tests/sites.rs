//! Pages as sites of many kinds make them, every line of their source labelled: how much of what is not the article is marked, how much of
//! the article is lost.
//!
//! `tests/sites/*.page` are written for this purpose, in the markup of common systems (WordPress, Ghost, Drupal, Hugo, AMP, tables of old,
//! the scripts of large papers) or as scrapers leave such pages; all they tell is invented. A line that opens with `§` is the article's, one
//! with `¤` tells its title, author, date or picture and is not counted; every other line is boilerplate. Each page is also read as plain
//! text, a line for each of its elements.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and prints its figures")]

use std::collections::BTreeSet;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

use sayso::corpus;

/// Lines of some pages: how many were boilerplate and marked, how many the article's and lost.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    boilerplate: usize,
    out: usize,
    body: usize,
    lost: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.boilerplate += other.boilerplate;
        self.out += other.out;
        self.body += other.body;
        self.lost += other.lost;
    }
}

/// What a line's label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Body,
    Head,
    Boilerplate,
}

/// A page without its labels, and what its labelled lines say.
struct Page {
    source: String,
    labelled: Vec<(Label, String)>,
}

impl Page {
    fn read(path: &Path) -> Self {
        let (mut source, mut labelled) = (String::new(), Vec::new());
        for line in fs::read_to_string(path).unwrap().lines() {
            let (label, bare) = match (line.strip_prefix('§'), line.strip_prefix('¤')) {
                (Some(bare), _) => (Label::Body, bare),
                (_, Some(bare)) => (Label::Head, bare),
                _ => (Label::Boilerplate, line),
            };
            source += bare;
            source.push('\n');
            labelled.push((label, squeezed(&text_of(bare).replace('\n', " "))));
        }
        Self { source, labelled: labelled.into_iter().filter(|(label, words)| *label != Label::Boilerplate && !words.is_empty()).collect() }
    }

    /// What a line of the document that was read is, by the words it holds.
    fn label(&self, line: &str) -> Label {
        let words = squeezed(line);
        let is = |wanted: Label| {
            let mut lines = self.labelled.iter().filter(|(label, _)| *label == wanted);
            lines.any(|(_, known)| *known == words || words.len() >= 22 && known.contains(&words))
        };
        let holds_head = || self.labelled.iter().any(|(label, known)| *label == Label::Head && known.len() > 6 && words.contains(known));
        match () {
            () if is(Label::Body) => Label::Body,
            () if is(Label::Head) || holds_head() => Label::Head,
            () => Label::Boilerplate,
        }
    }
}

/// Letters and digits alone.
fn squeezed(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A page's text as simple scrapers take it: a line for each element that stands by itself.
fn text_of(source: &str) -> String {
    let inline = ["a", "b", "i", "em", "strong", "span", "time", "font"];
    let (mut text, mut rest) = (String::new(), source);
    while let Some((before, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let skipped = matches!(name, "script" | "style" | "title") && !tag.starts_with('/');
        text += before;
        if !inline.contains(&name) {
            text.push('\n');
        }
        rest = if skipped {
            after.split_once("</").map_or("", |(_, after)| after.split_once('>').map_or("", |(_, rest)| rest))
        } else {
            after
        };
    }
    let lines = format!("{text}{rest}").replace("&amp;", "&");
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| line.to_owned() + "\n").collect()
}

/// Reads the page under this name and counts its lines; what went wrong is printed.
fn count(page: &Page, name: &str, source: &str) -> Tally {
    let document = corpus::parse(Path::new(name), name, source.as_bytes()).unwrap();
    let lines: Vec<(bool, &str)> = document
        .blocks
        .iter()
        .flat_map(|block| block.span.slice(&document.text).lines().map(|line| (block.kind.is_article(), line)))
        .filter(|(_, line)| !squeezed(line).is_empty())
        .collect();
    // A table of contents says a heading twice.
    let kept: BTreeSet<String> = lines.iter().filter(|(article, _)| *article).map(|(_, line)| squeezed(line)).collect();
    let mut tally = Tally::default();
    for (article, line) in lines {
        let label = page.label(line);
        let lost = label == Label::Body && !article && !kept.contains(&squeezed(line));
        tally += match label {
            Label::Body => Tally { body: 1, lost: usize::from(lost), ..Tally::default() },
            Label::Head => Tally::default(),
            Label::Boilerplate => Tally { boilerplate: 1, out: usize::from(!article), ..Tally::default() },
        };
        if lost || (label == Label::Boilerplate && article) {
            println!("{name}: {}: {line}", if lost { "lost" } else { "kept" });
        }
    }
    tally
}

/// At least 95 % of what is not the article out, at most 1 % of the article lost.
#[track_caller]
fn check(form: &str, tally: Tally) {
    println!(
        "{form}: {} of {} lines of boilerplate out, {} of {} lines of articles lost",
        tally.out, tally.boilerplate, tally.lost, tally.body
    );
    assert!(tally.boilerplate > 500 && tally.body > 150, "{tally:?}");
    assert!(tally.out * 100 >= tally.boilerplate * 95, "{tally:?}");
    assert!(tally.lost * 100 <= tally.body, "{tally:?}");
}

fn pages() -> Vec<(String, Page)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), Page::read(path))).collect()
}

#[test]
fn boilerplate_of_pages_is_told_from_their_articles() {
    let mut tally = Tally::default();
    for (name, page) in pages() {
        let ending = if page.source.trim_start().starts_with('<') { "html" } else { "md" };
        tally += count(&page, &format!("{name}.{ending}"), &page.source);
    }
    check("pages", tally);
}

#[test]
fn boilerplate_of_scraped_texts_is_told_from_their_articles() {
    let mut tally = Tally::default();
    for (name, page) in pages() {
        tally += count(&page, &format!("{name}.txt"), &text_of(&page.source));
    }
    check("scraped texts", tally);
}
