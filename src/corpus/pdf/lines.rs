//! Lines become paragraphs; a word broken at a line's end is made whole.

use std::collections::BTreeSet;

use super::layout::{Line, median};

/// A paragraph, heading or other stretch of lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    pub(super) words: String,
    /// Whether it is set in larger type than the rest, and short.
    pub(super) heading: bool,
    size: f64,
}

/// How much larger than the text a heading is set.
const LARGER: f64 = 1.12;
/// The longest heading, in characters.
const LONGEST_HEADING: usize = 200;

/// The paragraphs that a page's lines are.
pub(super) fn paragraphs(lines: Vec<Line>) -> Vec<Paragraph> {
    let known: BTreeSet<String> = lines.iter().flat_map(|line| line.words.split_whitespace()).map(bare).collect();
    let text = size_of_text(&lines);
    let edges = edges(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut last: Option<&Line> = None;
    for line in &lines {
        let joins = last.is_some_and(|last| continues(last, line, edges.get(line.part).copied().unwrap_or_default()));
        match paragraphs.last_mut().filter(|_| joins) {
            Some(paragraph) => join(&mut paragraph.words, &line.words, &known),
            None => paragraphs.push(Paragraph { words: line.words.clone(), heading: false, size: line.size }),
        }
        last = Some(line);
    }
    for paragraph in &mut paragraphs {
        paragraph.heading = paragraph.size > text * LARGER && paragraph.words.chars().count() <= LONGEST_HEADING;
    }
    paragraphs
}

/// The size most characters have.
fn size_of_text(lines: &[Line]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = lines.iter().map(|line| (line.size, line.words.len())).collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half: usize = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut passed = 0;
    let middle = sizes.iter().find(|(_, length)| {
        passed += length;
        passed > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}

/// What the lines of one part of the page have in common.
#[derive(Clone, Copy, Debug, Default)]
struct Edges {
    left: f64,
    right: f64,
    /// From one line to the next.
    pitch: f64,
}

fn edges(lines: &[Line]) -> Vec<Edges> {
    let parts = lines.iter().map(|line| line.part + 1).max().unwrap_or(0);
    let mut edges = Vec::with_capacity(parts);
    for number in 0..parts {
        let here = || lines.iter().filter(move |line| line.part == number);
        let pitches = here().zip(here().skip(1)).map(|(one, other)| other.base - one.base);
        edges.push(Edges {
            left: here().map(|line| line.left).fold(f64::MAX, f64::min),
            right: here().map(|line| line.right).fold(f64::MIN, f64::max),
            pitch: median(pitches),
        });
    }
    edges
}

/// Whether a line goes on with the paragraph of the one before it.
fn continues(last: &Line, line: &Line, edges: Edges) -> bool {
    let same_type = (last.size - line.size).abs() < 0.12 * last.size.max(line.size);
    if !same_type || super::super::plain::starts_item(&line.words) {
        return false;
    }
    if last.part != line.part {
        // The end of a column in the middle of a sentence.
        return line.base < last.base && !ends_sentence(&last.words) && line.words.starts_with(char::is_lowercase);
    }
    let step = line.base - last.base;
    let indented = line.left > edges.left + line.size * 0.9 && last.left < line.left - line.size * 0.5;
    let short = last.right < edges.right - (edges.right - edges.left) * 0.15 && ends_sentence(&last.words);
    step < edges.pitch.max(last.size) * 1.3 && !indented && !short
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', ':'])
}

/// Adds a line; a word broken at the end of the one before is made whole, unless the page elsewhere writes it with its hyphen.
fn join(words: &mut String, line: &str, known: &BTreeSet<String>) {
    let hyphens = ['-', '\u{ad}', '\u{2010}'];
    let tail = words.rsplit(' ').next().unwrap_or_default();
    let head = line.split(' ').next().unwrap_or_default();
    let stem = tail.trim_end_matches(hyphens);
    let broken = tail.ends_with(hyphens) && stem.ends_with(char::is_alphabetic) && head.starts_with(char::is_lowercase);
    if !broken {
        words.push(' ');
    } else if tail.ends_with('\u{ad}') || !known.contains(&bare(&format!("{stem}-{head}"))) {
        let whole = words.trim_end_matches(hyphens).len();
        words.truncate(whole);
    }
    words.push_str(line);
}

/// A word in small letters, without marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines by their edges, the line they stand on, and their words.
    #[track_caller]
    fn check(lines: &[(f64, f64, f64, &str)], expected: &[&str]) {
        let line =
            |&(left, right, base, words): &(f64, f64, f64, &str)| Line { left, right, base, size: 10.0, words: words.to_owned(), part: 0 };
        let words: Vec<String> = paragraphs(lines.iter().map(line).collect()).into_iter().map(|paragraph| paragraph.words).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_broken_at_the_end_of_a_line_are_made_whole() {
        check(
            &[
                (0.0, 100.0, 10.0, "The coun-"),
                (0.0, 100.0, 22.0, "cil paid a well-known"),
                (0.0, 100.0, 34.0, "firm and one less well-"),
                (0.0, 100.0, 46.0, "known, in Stoke-"),
                (0.0, 40.0, 58.0, "On-Tarn."),
            ],
            &["The council paid a well-known firm and one less well-known, in Stoke- On-Tarn."],
        );
    }

    #[test]
    fn gaps_indents_and_short_lines_part_paragraphs() {
        check(
            &[
                (0.0, 100.0, 10.0, "One runs on"),
                (0.0, 60.0, 22.0, "and ends here."),
                (0.0, 100.0, 34.0, "Two runs on"),
                (0.0, 95.0, 46.0, "and ends here."),
                (10.0, 100.0, 58.0, "Three is indented"),
                (0.0, 100.0, 70.0, "and goes on"),
                (0.0, 100.0, 100.0, "four stands apart."),
            ],
            &["One runs on and ends here.", "Two runs on and ends here.", "Three is indented and goes on", "four stands apart."],
        );
    }
}
