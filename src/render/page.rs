//! How wide the page is and whether it has colour; words wrapped, marked and made safe for it.

use owo_colors::{OwoColorize, Style};
use unicode_width::UnicodeWidthStr;

/// A place to render to: width in columns, colour or not, and how its reader opens what is cited.
#[derive(Clone, Debug)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Whether escape sequences for colour are written.
    pub color: bool,
    /// Whether cited places are links to their files.
    pub links: bool,
    /// How a cited place is opened.
    pub opening: Opening,
}

/// How the reader of a page opens a cited place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// With `sayso show`, which finds the index by itself.
    #[default]
    Found,
    /// With `sayso show`, told which index.
    Index(String),
    /// With `sayso show`, told which search engine.
    Engine(String),
    /// Not at all: the text is in no index.
    Nowhere,
}

impl Opening {
    /// The command that opens the characters from `start` to `end` of a document; for a text in no index, where they stand.
    #[must_use]
    pub fn command(&self, id: &str, start: usize, end: usize) -> String {
        let place = format!("{}:{start}-{end}", one_line(id));
        match self {
            Self::Found => format!("sayso show {}", for_shell(&place)),
            Self::Index(directory) => format!("sayso show {} --index {}", for_shell(&place), for_shell(directory)),
            Self::Engine(address) => format!("sayso show {} --engine {}", for_shell(&place), for_shell(address)),
            Self::Nowhere => format!("characters {start}-{end}"),
        }
    }

    /// The command that shows a whole document, if there is one.
    #[must_use]
    pub fn whole(&self, id: &str) -> Option<String> {
        let id = for_shell(&one_line(id));
        match self {
            Self::Found => Some(format!("sayso show {id}")),
            Self::Index(directory) => Some(format!("sayso show {id} --index {}", for_shell(directory))),
            Self::Engine(address) => Some(format!("sayso show {id} --engine {}", for_shell(address))),
            Self::Nowhere => None,
        }
    }
}

/// A word as a shell reads it: in marks where it holds anything the shell would take for its own.
fn for_shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-:,+@%=".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// What a stretch of words is, for colouring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The answer's words.
    Answer,
    /// A speaker's name.
    Speaker,
    /// Outlet, title, date, path.
    Source,
    /// Good: confirmed, exact.
    Good,
    /// Bad: altered, misattributed.
    Bad,
    /// Uncertain: truncated, unattributed.
    Doubt,
    /// Less important.
    Dim,
    /// Plain.
    Plain,
}

impl Ink {
    fn style(self) -> Style {
        match self {
            Self::Answer => Style::new().bold(),
            Self::Speaker => Style::new().cyan(),
            Self::Source | Self::Dim => Style::new().dimmed(),
            Self::Good => Style::new().green(),
            Self::Bad => Style::new().red(),
            Self::Doubt => Style::new().yellow(),
            Self::Plain => Style::new(),
        }
    }
}

/// The characters that could steer a terminal or turn the direction of writing.
pub(super) fn is_unsafe(character: char) -> bool {
    let direction = matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && character != '\n' && character != '\t') || direction || character == '\u{FEFF}'
}

/// Removes control characters (but newline and tab) and direction marks: a document can carry escape sequences.
#[must_use]
pub fn safe(words: &str) -> String {
    words.chars().filter(|&character| !is_unsafe(character)).collect()
}

/// One line: safe, white space runs as single blanks.
#[must_use]
pub fn one_line(words: &str) -> String {
    safe(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Page {
    /// Words in a colour, or plain where there is none.
    #[must_use]
    pub fn ink(&self, words: &str, ink: Ink) -> String {
        if self.color && ink != Ink::Plain { words.style(ink.style()).to_string() } else { words.to_owned() }
    }

    /// `words` wrapped to the page behind `indent` blanks, the stretch `marked` (bytes of `words`) in `ink`, or between » « without colour.
    #[must_use]
    pub fn paragraph(&self, words: &str, marked: Option<std::ops::Range<usize>>, ink: Ink, indent: usize) -> String {
        let pieces = Pieces::split(words, marked);
        let room = self.width.saturating_sub(indent).max(20);
        let plain = pieces.flat(self.color);
        let options = textwrap::Options::new(room).break_words(true);
        let lines = textwrap::wrap(&plain, options);
        let mut painter = Painter { page: self, ink, inside: false };
        let blank = " ".repeat(indent);
        lines.iter().map(|line| format!("{blank}{}\n", painter.line(line))).collect()
    }

    /// Words in a colour, wrapped to the page behind `indent` blanks.
    #[must_use]
    pub fn lines(&self, words: &str, ink: Ink, indent: usize) -> String {
        let (room, blank) = (self.width.saturating_sub(indent).max(20), " ".repeat(indent));
        textwrap::wrap(words, room).iter().map(|line| format!("{blank}{}\n", self.ink(line, ink))).collect()
    }

    /// Width of words in columns.
    #[must_use]
    pub fn columns(words: &str) -> usize {
        UnicodeWidthStr::width(words)
    }
}

/// Marks that stand for "colour on" and "colour off" while wrapping; `safe` removes them from documents beforehand.
const OPEN: char = '\u{2060}';
const CLOSE: char = '\u{2061}';

struct Pieces {
    before: String,
    marked: String,
    after: String,
}

impl Pieces {
    fn split(words: &str, marked: Option<std::ops::Range<usize>>) -> Self {
        let range = marked.filter(|range| words.get(range.clone()).is_some()).unwrap_or(0..0);
        let part = |range: std::ops::Range<usize>| {
            let safe = safe(words.get(range).unwrap_or_default()).replace([OPEN, CLOSE], "");
            safe.replace(['\n', '\t', '\r'], " ")
        };
        Self { before: part(0..range.start), marked: part(range.clone()), after: part(range.end..words.len()) }
    }

    fn flat(&self, color: bool) -> String {
        let (open, close) = if color { (OPEN.to_string(), CLOSE.to_string()) } else { ("»".to_owned(), "«".to_owned()) };
        if self.marked.is_empty() {
            return format!("{}{}", self.before, self.after);
        }
        format!("{}{open}{}{close}{}", self.before, self.marked, self.after)
    }
}

struct Painter<'p> {
    page: &'p Page,
    ink: Ink,
    inside: bool,
}

impl Painter<'_> {
    fn line(&mut self, line: &str) -> String {
        if !self.page.color {
            return line.to_owned();
        }
        let mut out = String::new();
        for piece in line.split_inclusive([OPEN, CLOSE]) {
            let words = piece.trim_end_matches([OPEN, CLOSE]);
            let ink = if self.inside { self.ink } else { Ink::Plain };
            if !words.is_empty() {
                out.push_str(&self.page.ink(words, ink));
            }
            if piece.ends_with(OPEN) {
                self.inside = true;
            } else if piece.ends_with(CLOSE) {
                self.inside = false;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_of_a_document_never_reach_the_terminal() {
        assert_eq!(safe("a\u{1b}[31mb\u{202E}c\u{7}\nd"), "a[31mbc\nd");
    }

    #[test]
    fn a_place_is_opened_in_the_index_it_was_found_in() {
        assert_eq!(Opening::Found.command("a/b.txt", 1, 9), "sayso show a/b.txt:1-9");
        let named = Opening::Index("my index".to_owned());
        assert_eq!(named.command("it's.txt", 1, 9), "sayso show 'it'\\''s.txt:1-9' --index 'my index'");
        assert_eq!(Opening::Nowhere.command("standard input", 1, 9), "characters 1-9");
    }

    #[test]
    fn without_colour_the_answer_stands_between_marks() {
        let page = Page { width: 60, color: false, links: false, opening: Opening::Found };
        assert_eq!(page.paragraph("There were 17 of them.", Some(11..13), Ink::Answer, 2), "  There were »17« of them.\n");
    }

    #[test]
    fn colour_survives_a_line_break_inside_the_answer() {
        let page = Page { width: 24, color: true, links: false, opening: Opening::Found };
        let text = page.paragraph("one two three four five six seven eight", Some(8..23), Ink::Answer, 0);
        assert!(text.lines().all(|line| line.matches("\u{1b}[1m").count() == line.matches("\u{1b}[0m").count()), "{text:?}");
    }
}
