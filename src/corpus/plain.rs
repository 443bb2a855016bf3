//! Plain text is cut into pieces: a paragraph, a heading, a list item each.
//!
//! Blank lines always part pieces. Between lines that stand together it depends on the file: in a hard-wrapped one a full line runs
//! on into the next, in a scraped one every line is a piece of its own ([`Wrap`] finds out which). No character is moved or dropped;
//! marks of byte order and stray control characters at the edges of a line stay outside the pieces.

use crate::span::Span;

use super::draft::{Draft, Piece, Shape};
use super::wrap::Wrap;
use super::{Boilerplate, front_matter};

/// Cuts `text` into pieces.
pub(super) fn read(text: String) -> Draft {
    let mut draft = Draft::default();
    let matter = front_matter::find(&text);
    let from = matter.map_or(0, |span| span.end);
    if let Some(span) = matter {
        draft.stated = front_matter::metadata(&text, span);
        draft.pieces.push(Piece { span: visible(&text, span), shape: Shape::Chrome(Boilerplate::Machine) });
    }
    draft.pieces.extend(pieces(&text, from));
    draft.text = text;
    draft
}

/// The pieces of `text` from byte `from` on.
pub(super) fn pieces(text: &str, from: usize) -> Vec<Piece> {
    let lines = lines(text, from);
    let wrap = Wrap::of(text, &lines);
    let mut pieces: Vec<Piece> = Vec::with_capacity(lines.len());
    let mut last: Option<Line> = None;
    for line in lines.into_iter().filter(|line| !line.span.is_empty()) {
        let joins =
            last.is_some_and(|last| last.number + 1 == line.number && !starts_item(line.span.slice(text)) && wrap.joins(text, last, line));
        match pieces.last_mut().filter(|_| joins) {
            Some(piece) => piece.span = piece.span.cover(line.span),
            None => pieces.push(Piece { span: line.span, shape: shape(line.span.slice(text)) }),
        }
        last = Some(line);
    }
    demote_lone_dashes(text, &mut pieces);
    set_off(text, pieces)
}

/// The shortest first line of a paragraph quoted line by line, in bytes: what is shorter is a menu entry behind an arrow.
const QUOTED: usize = 40;

/// Joins lines that stand directly below each other behind `>` into one quoted paragraph; bare marks are nobody's words.
fn set_off(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let behind = |piece: &Piece| piece.shape == Shape::Text && piece.span.slice(text).starts_with("> ");
    let mut all: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let shape = if piece.span.slice(text) == ">" { Shape::Chrome(Boilerplate::Machine) } else { piece.shape };
        let above = all.last_mut().filter(|above| behind(&piece) && is_below(text, above.span, piece.span));
        match above.filter(|above| above.shape == Shape::Quote || behind(above) && above.span.len() >= QUOTED) {
            Some(above) => *above = Piece { span: above.span.cover(piece.span), shape: Shape::Quote },
            None => all.push(Piece { shape, ..piece }),
        }
    }
    all
}

/// Whether `lower` stands on the line below `upper`.
fn is_below(text: &str, upper: Span, lower: Span) -> bool {
    text.get(upper.end..lower.start).is_some_and(|between| between.matches('\n').count() == 1)
}

/// A single line behind a dash is a signature or an aside, no list.
fn demote_lone_dashes(text: &str, pieces: &mut [Piece]) {
    let dash =
        |piece: Option<&Piece>| piece.is_some_and(|piece| piece.shape == Shape::Item && piece.span.slice(text).starts_with(['-', '–']));
    for at in 0..pieces.len() {
        let neighbours = at.checked_sub(1).is_some_and(|before| dash(pieces.get(before))) || dash(pieces.get(at + 1));
        let was_listed =
            at.checked_sub(1).and_then(|before| pieces.get(before)).is_some_and(|before| before.span.slice(text).ends_with(':'));
        if dash(pieces.get(at)) && !neighbours && !was_listed {
            pieces.iter_mut().skip(at).take(1).for_each(|piece| piece.shape = Shape::Text);
        }
    }
}

/// A line's visible part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Counts blank lines too.
    pub(super) number: usize,
    /// Without white space and stray controls at the edges; empty for a blank line.
    pub(super) span: Span,
    /// Bytes of white space before it.
    pub(super) indent: usize,
}

/// The lines of `text` from byte `from` on. A file without any line feed is cut at carriage returns.
fn lines(text: &str, from: usize) -> Vec<Line> {
    let rest = text.get(from..).unwrap_or_default();
    let end_mark = if rest.contains('\n') { '\n' } else { '\r' };
    let mut start = from;
    let mut lines = Vec::new();
    for (number, line) in rest.split(end_mark).enumerate() {
        let whole = Span::new(start, start + line.len());
        let span = visible(text, whole);
        lines.push(Line { number, span, indent: span.start - whole.start });
        start = whole.end + 1;
    }
    lines
}

/// `span` without white space, byte order marks and stray controls at its edges; empty (at its start) where nothing else is there.
pub(super) fn visible(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let trimmed = words.trim_start_matches(invisible);
    if trimmed.is_empty() {
        return Span::new(span.start, span.start);
    }
    let start = span.start + (words.len() - trimmed.len());
    Span::new(start, start + trimmed.trim_end_matches(invisible).len())
}

/// White space, controls and marks that show nothing.
pub(super) fn invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{00ad}')
}

fn shape(words: &str) -> Shape {
    if starts_item(words) {
        Shape::Item
    } else if words.chars().all(|c| !c.is_alphanumeric()) && words.chars().count() >= 3 {
        Shape::Chrome(Boilerplate::Machine)
    } else {
        Shape::Text
    }
}

/// Whether a line opens with a bullet or a number of a list.
pub(super) fn starts_item(words: &str) -> bool {
    marker(words) > 0
}

/// Bytes of the list marker (with the blanks after it) that `words` opens with; zero where it opens with none.
pub(super) fn marker(words: &str) -> usize {
    let mark = words.split([' ', '\t', '\u{a0}']).next().unwrap_or_default();
    let rest = words.get(mark.len()..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start().len();
    let bullet = matches!(mark, "•" | "·" | "▪" | "■" | "●" | "○" | "◦" | "‣" | "–" | "-" | "*" | "+" | "\u{f0b7}");
    if blanks > 0 && blanks < rest.len() && (bullet || is_ordinal(mark)) {
        return mark.len() + blanks;
    }
    // "•Barnsley": a mark that is nothing but a bullet needs no blank after it.
    words.chars().next().filter(|c| matches!(c, '•' | '▪' | '■' | '●' | '‣') && words.len() > c.len_utf8()).map_or(0, char::len_utf8)
}

/// `1.`, `12)`, `(3)`, `a)`, `(b)`.
fn is_ordinal(mark: &str) -> bool {
    let inner = mark.strip_prefix('(').unwrap_or(mark);
    let Some(label) = inner.strip_suffix(')').or_else(|| inner.strip_suffix('.').filter(|_| inner == mark)) else { return false };
    let digits = (1..=2).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit());
    digits || (mark.ends_with(')') && label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let pieces = pieces(text, 0);
        assert_eq!(pieces.iter().map(|piece| piece.span.slice(text)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn blank_lines_part_pieces_whatever_ends_a_line() {
        check("One here.\r\n\r\nTwo there.\r\n", &["One here.", "Two there."]);
        check("One here.\r\rTwo there.\r", &["One here.", "Two there."]);
        check("\u{feff}One here.\n \t\n\0Two.", &["One here.", "Two."]);
    }

    #[test]
    fn scraped_lines_are_pieces_of_their_own() {
        check(
            "Ferry to close\nBy Ann Lister\nThe ferry that has crossed the Tarn since 1880 will stop in May, its owners said.",
            &["Ferry to close", "By Ann Lister", "The ferry that has crossed the Tarn since 1880 will stop in May, its owners said."],
        );
    }

    #[test]
    fn a_signature_behind_a_dash_is_no_list() {
        let shapes = |text: &str| pieces(text, 0).iter().map(|piece| piece.shape).collect::<Vec<_>>();
        assert_eq!(shapes("It was a good ferry.\n- Ann Lister"), [Shape::Text, Shape::Text]);
        assert_eq!(shapes("- one\n- two"), [Shape::Item, Shape::Item]);
    }

    #[test]
    fn lines_behind_marks_of_quoting_are_one_paragraph() {
        let text =
            "Ann Lister wrote:\n> The ferry across the Tarn will make its last\n> crossing in May.\n>\n> It was slow.\n\n> Home\n> News\n";
        let pieces: Vec<_> = pieces(text, 0).iter().map(|piece| (piece.shape, piece.span.slice(text))).collect();
        let quoted = "> The ferry across the Tarn will make its last\n> crossing in May.";
        let mark = Shape::Chrome(Boilerplate::Machine);
        let expected = [
            (Shape::Text, "Ann Lister wrote:"),
            (Shape::Quote, quoted),
            (mark, ">"),
            (Shape::Text, "> It was slow."),
            (Shape::Text, "> Home"),
            (Shape::Text, "> News"),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn list_items_are_told() {
        for item in ["• Barnet", "- one", "* two", "1. three", "12) four", "(a) five", "•six"] {
            assert!(starts_item(item), "{item}");
        }
        for no_item in ["-", "2013. A year", "–5 degrees", "*bold*", "A. Smith said", "e.g. this", "\"- quoted\""] {
            assert!(!starts_item(no_item), "{no_item}");
        }
    }
}
