//! Writes a document's words into plain text and remembers where each piece of it stands.
//!
//! Paragraphs are parted by a blank line, list items and broken lines by a line's end. White space is squeezed to single blanks as it is
//! written, so that positions never have to be moved afterwards.

use crate::span::Span;

use super::draft::{Draft, Piece, Shape};
use super::plain::invisible;

/// Text being written.
#[derive(Debug, Default)]
pub(super) struct Rendering {
    text: String,
    pieces: Vec<Piece>,
    current: Option<Current>,
    /// What must stand between the last piece and the next.
    gap: Gap,
    /// Whether the next character stands a blank apart.
    blank: bool,
    /// Whether the last piece was a list item.
    after_item: bool,
}

/// The piece being written.
#[derive(Clone, Copy, Debug)]
struct Current {
    start: usize,
    shape: Shape,
    bullet: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Line,
    Paragraph,
}

impl Rendering {
    /// Whether a piece has begun and holds words.
    pub(super) fn has_words(&self) -> bool {
        self.current.is_some_and(|current| self.text.len() > current.start)
    }

    /// Whether a piece has begun, with words or without.
    pub(super) fn is_open(&self) -> bool {
        self.current.is_some()
    }

    /// The shape of the piece that has begun.
    pub(super) fn shape(&self) -> Option<Shape> {
        self.current.map(|current| current.shape)
    }

    /// Ends the current piece and begins one of another shape, a blank line apart. The first block inside an item is the item itself.
    pub(super) fn open(&mut self, shape: Shape) {
        let fresh_item = self.current.is_some_and(|current| current.bullet) && !self.has_words();
        if !fresh_item {
            self.part();
            self.begin(shape, false);
        }
    }

    /// Begins a list item, a line of its own behind a bullet.
    pub(super) fn item(&mut self, shape: Shape) {
        self.end(if self.after_item { Gap::Line } else { Gap::Paragraph });
        self.begin(shape, true);
    }

    /// Begins a piece of this shape unless one is being written.
    pub(super) fn resume(&mut self, shape: Shape) {
        if self.current.is_none() {
            self.begin(shape, false);
        }
    }

    fn begin(&mut self, shape: Shape, bullet: bool) {
        self.current = Some(Current { start: self.text.len(), shape, bullet });
    }

    /// Adds words to the current piece (a plain one if none is open).
    pub(super) fn words(&mut self, words: &str) {
        for c in words.chars() {
            if c.is_whitespace() {
                self.blank = true;
            } else if !invisible(c) {
                self.write(c);
            }
        }
    }

    /// Adds lines whose ends are kept.
    pub(super) fn lines(&mut self, words: &str) {
        for (number, line) in words.split('\n').enumerate() {
            if number > 0 {
                self.line_break();
            }
            self.words(line);
        }
    }

    fn write(&mut self, c: char) {
        self.resume(Shape::Text);
        if !self.has_words() {
            self.write_gap();
        } else if self.blank {
            self.text.push(' ');
        }
        self.blank = false;
        self.text.push(c);
    }

    fn write_gap(&mut self) {
        let between = if self.text.is_empty() { Gap::None } else { self.gap };
        self.text.push_str(match between {
            Gap::None => "",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        });
        self.gap = Gap::None;
        if let Some(current) = &mut self.current {
            current.start = self.text.len();
            self.text.push_str(if current.bullet { "• " } else { "" });
        }
    }

    /// Ends the line; what follows is another piece of the same shape.
    pub(super) fn line_break(&mut self) {
        let shape = self.current.map_or(Shape::Text, |current| current.shape);
        if self.has_words() {
            self.end(Gap::Line);
            self.begin(shape, false);
        } else {
            self.gap = if self.gap == Gap::Line { Gap::Paragraph } else { self.gap };
        }
    }

    /// Ends the current piece; an item's successor stands on the next line.
    pub(super) fn close(&mut self) {
        if let Some(current) = self.current {
            self.end(if current.bullet { Gap::Line } else { Gap::Paragraph });
        }
    }

    /// Ends the current piece; whatever follows stands a blank line apart.
    pub(super) fn part(&mut self) {
        self.end(Gap::Paragraph);
    }

    fn end(&mut self, gap: Gap) {
        if let Some(current) = self.current.filter(|_| self.has_words()) {
            self.pieces.push(Piece { span: Span::new(current.start, self.text.len()), shape: current.shape });
            self.after_item = current.bullet;
        }
        self.current = None;
        self.gap = self.gap.max(gap);
        self.blank = false;
    }

    /// The text and its pieces.
    pub(super) fn finish(mut self) -> Draft {
        self.part();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        Draft { text: self.text, pieces: self.pieces, ..Draft::default() }
    }
}
