//! A plain message becomes a draft in which the words of others, behind `>`, are set off.
//!
//! The marks go, and the lines of a quoted paragraph become one: mail programs break them anywhere. What the sender wrote keeps its
//! lines.

use crate::corpus::draft::{Draft, Shape};
use crate::corpus::plain;
use crate::span::Span;

/// Reads a message's plain words.
pub(super) fn read(words: &str) -> Draft {
    let (text, quoted) = unquoted(words);
    let mut draft = plain::read(text);
    for piece in draft.pieces.iter_mut().filter(|piece| matches!(piece.shape, Shape::Text | Shape::Item)) {
        if quoted.iter().any(|span| span.start <= piece.span.start && piece.span.end <= span.end) {
            piece.shape = Shape::Quote;
        }
    }
    draft
}

/// The text without marks of quoting, and where what stood behind them stands.
fn unquoted(words: &str) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(words.len());
    let mut quoted: Vec<Span> = Vec::new();
    // Whether the line before belongs to a quoted paragraph that goes on, or to quoted words at all.
    let (mut goes_on, mut inside) = (false, false);
    for line in words.split_inclusive('\n') {
        let Some(said) = behind_mark(line) else {
            text.push_str(if inside && !line.trim().is_empty() { "\n" } else { "" });
            text.push_str(line);
            (goes_on, inside) = (false, false);
            continue;
        };
        inside = true;
        if said.is_empty() {
            goes_on = false;
            continue;
        }
        match quoted.last_mut().filter(|_| goes_on) {
            Some(span) => {
                text.truncate(span.end);
                text.push(' ');
                text.push_str(said);
                span.end = text.len();
            }
            None => {
                text.push_str(if text.is_empty() || text.ends_with("\n\n") { "" } else { "\n" });
                let start = text.len();
                text.push_str(said);
                quoted.push(Span::new(start, text.len()));
            }
        }
        text.push('\n');
        goes_on = true;
    }
    (text, quoted)
}

/// What stands behind the marks of a quoted line, however often it was quoted.
fn behind_mark(line: &str) -> Option<&str> {
    let mut said = line.strip_prefix('>')?;
    while let Some(inner) = said.trim_start().strip_prefix('>') {
        said = inner;
    }
    Some(said.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &[(Shape, &str)]) {
        let draft = read(words);
        let pieces: Vec<_> = draft.pieces.iter().map(|piece| (piece.shape, piece.span.slice(&draft.text))).collect();
        assert_eq!(pieces, expected);
    }

    #[test]
    fn the_words_of_others_are_set_off_without_their_marks() {
        check(
            "I do not agree.\n\nOn Sunday Ann Lister wrote:\n> The ferry was slow, and\n> nobody will miss it.\n>\n>> It was old.\nIt was never slow.\n",
            &[
                (Shape::Text, "I do not agree."),
                (Shape::Text, "On Sunday Ann Lister wrote:"),
                (Shape::Quote, "The ferry was slow, and nobody will miss it."),
                (Shape::Quote, "It was old."),
                (Shape::Text, "It was never slow."),
            ],
        );
        check("The ferry stops.\nFor good.\n", &[(Shape::Text, "The ferry stops."), (Shape::Text, "For good.")]);
        check("> Only\n> theirs.", &[(Shape::Quote, "Only theirs.")]);
    }
}
