//! Characters of a block become quotation [`Mark`]s, each with the way it seems to face.
//!
//! Knows glyphs and their neighbours only; which mark closes which is decided in [`super::pairing`]. Marks inside tags
//! (`<a href="…">`) and inch signs are no marks. An apostrophe inside a word is no mark; one at a word's edge may be.

use crate::span::Span;

/// Families of marks that close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// " “ ” „ `` ''
    Double,
    /// ' ‘ ’ `
    Single,
    /// « » ‹ ›
    Guillemet,
}

/// Which way a mark faces, by its glyph and its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facing {
    /// Opens a quotation.
    Opening,
    /// Closes one.
    Closing,
    /// Either; what is open at that point decides.
    Unclear,
}

/// One quotation mark (or what may be one).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its bytes, in the document.
    pub(super) span: Span,
    /// Its family.
    pub(super) style: Style,
    /// The way it faces.
    pub(super) facing: Facing,
    /// The character before it in the block; a space at the block's start.
    pub(super) before: char,
    /// The character after it in the block; a space at the block's end.
    pub(super) after: char,
}

/// What a glyph says about itself.
type Glyph = (usize, Style, Facing);

/// A tag is looked for within this many bytes of its `<`.
const LONGEST_TAG: usize = 600;

/// The marks of the block at `block`, in order.
pub(super) fn marks(source: &str, block: Span) -> Vec<Mark> {
    let words = block.slice(source);
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = ' ';
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = tag_length(rest) {
            at += length;
            before = ' ';
            continue;
        }
        let glyph = glyph(rest, before);
        let length = glyph.map_or_else(|| first_char(rest).len_utf8(), |(length, ..)| length);
        if let Some((length, style, hint)) = glyph {
            let after = rest.get(length..).unwrap_or_default().trim_start_matches(['*', '_']).chars().next().unwrap_or(' ');
            let span = Span::new(block.start + at, block.start + at + length);
            found.extend(judge(Mark { span, style, facing: hint, before, after }));
        }
        let last = rest.get(..length).and_then(|passed| passed.chars().next_back()).unwrap_or(' ');
        // Emphasis of Markdown is transparent: `*“Yes”*`.
        if !matches!(last, '*' | '_') {
            before = last;
        }
        at += length;
    }
    found
}

fn first_char(rest: &str) -> char {
    rest.chars().next().unwrap_or(' ')
}

/// How long the tag is that `rest` begins with, if it begins with one.
fn tag_length(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('<')?;
    first_char(inner).is_ascii_alphabetic().then_some(())?;
    let window = inner.char_indices().take_while(|&(at, c)| at < LONGEST_TAG && c != '\n' && c != '<');
    let end = window.map(|(at, c)| (at, c == '>')).find(|&(_, closes)| closes)?;
    Some(end.0 + 2)
}

fn glyph(rest: &str, before: char) -> Option<Glyph> {
    use Facing::{Closing, Opening, Unclear};
    use Style::{Double, Guillemet, Single};
    let c = first_char(rest);
    let doubled = rest.chars().nth(1) == Some(c);
    let opens = before.is_whitespace() || is_opening_edge(before);
    Some(match c {
        '“' | '„' | '‟' | '〝' => (c.len_utf8(), Double, Opening),
        '”' | '〞' => (c.len_utf8(), Double, Closing),
        '"' | '＂' => (c.len_utf8(), Double, Unclear),
        '«' | '‹' => (c.len_utf8(), Guillemet, Opening),
        '»' | '›' => (c.len_utf8(), Guillemet, Closing),
        '`' if doubled => (2, Double, Opening),
        // Three in a row are a single and a double; which comes first depends on the side.
        '\'' | '’' if doubled && (opens || rest.chars().nth(2) != Some(c) || !is_word(before)) => (2 * c.len_utf8(), Double, Unclear),
        '‘' if doubled => (2 * c.len_utf8(), Double, Opening),
        '‘' | '‚' | '‛' | '`' => (c.len_utf8(), Single, Opening),
        '’' => (c.len_utf8(), Single, Closing),
        '\'' | '´' => (c.len_utf8(), Single, Unclear),
        _ => return None,
    })
}

/// Whether an opening mark may stand right after `c`.
pub(super) fn is_opening_edge(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '<' | '>' | '—' | '–' | '―' | '-' | '/' | '=' | '“' | '‘' | '«' | '"' | '`' | '„' | '¿' | '¡' | '\u{200b}'
    )
}

/// Whether a closing mark often stands right before `c`.
fn is_closing_edge(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '—' | '–' | '-' | '/' | '”' | '’' | '"' | '\'' | '»' | '<' | '…'
        )
}

/// Whether `c` is a quotation mark of any style.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '\'' | '‘' | '’' | '‚' | '`' | '´' | '«' | '»' | '‹' | '›')
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Corrects the way a mark faces by its neighbours; `None` where it is no quotation mark at all.
fn judge(mark: Mark) -> Option<Mark> {
    if mark.style == Style::Single { judge_single(mark) } else { judge_double(mark) }
}

fn judge_double(mark: Mark) -> Option<Mark> {
    let Mark { before, after, facing: hint, .. } = mark;
    let opens = (before.is_whitespace() || is_opening_edge(before)) && !after.is_whitespace();
    let closes = !before.is_whitespace() && is_closing_edge(after);
    let facing = match (opens, closes) {
        // « Set apart by blanks », as the French do.
        _ if mark.style == Style::Guillemet && hint == Facing::Opening && before.is_whitespace() && after.is_whitespace() => hint,
        _ if mark.style == Style::Guillemet && hint == Facing::Closing && before.is_whitespace() && is_closing_edge(after) => hint,
        // A closing glyph after a bracket or dash closes; a straight one may do either.
        (true, true) if hint == Facing::Unclear => Facing::Unclear,
        (true, true) => hint,
        (true, false) => Facing::Opening,
        (false, true) => Facing::Closing,
        (false, false) if before.is_whitespace() && after.is_whitespace() && hint == Facing::Closing => Facing::Closing,
        (false, false) if before.is_whitespace() && after.is_whitespace() => Facing::Unclear,
        (false, false) => hint,
    };
    Some(Mark { facing, ..mark })
}

fn judge_single(mark: Mark) -> Option<Mark> {
    let Mark { before, after, facing: hint, .. } = mark;
    if is_word(before) && is_word(after) {
        return None; // don't, Webb's
    }
    let opens = (before.is_whitespace() || is_opening_edge(before)) && !after.is_whitespace();
    let closes = !before.is_whitespace() && (is_closing_edge(after) || !is_word(before) && !is_word(after));
    let facing = match (opens, closes) {
        (true, true) => hint,
        (true, false) if hint == Facing::Closing && is_elision_after(after) => return None,
        (true, false) => Facing::Opening,
        (false, true) => Facing::Closing,
        (false, false) => return None,
    };
    Some(Mark { facing, ..mark })
}

/// "’90s" with the right apostrophe is a decade.
fn is_elision_after(after: char) -> bool {
    after.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facings(text: &str) -> String {
        let sign = |mark: Mark| match mark.facing {
            Facing::Opening => '(',
            Facing::Closing => ')',
            Facing::Unclear => '?',
        };
        marks(text, Span::new(0, text.len())).into_iter().map(sign).collect()
    }

    #[test]
    fn neighbours_tell_the_way_a_mark_faces() {
        for (text, expected) in [
            ("“Yes,” he said.", "()"),
            ("\"Yes,\" he said.", "()"),
            ("“Yes,“ he said.", "()"),
            ("”Yes,” he said.", "()"),
            ("``Yes,'' he said.", "()"),
            ("''Yes,'' he said.", "()"),
            ("‘Yes,' he said.", "()"),
            ("«Yes», he said.", "()"),
            ("„Yes,“ he said.", "()"),
            ("don't, Webb’s", ""),
            ("the <a href=\"x\">page</a>", ""),
            ("*“Yes,”* he said", "()"),
        ] {
            assert_eq!(facings(text), expected, "{text}");
        }
    }
}
