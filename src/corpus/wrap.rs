//! Finds out whether a text is hard-wrapped: whether a line's end means anything.
//!
//! Whoever wraps at a width breaks a line where the next word would not have fitted. So in a wrapped file almost every line that
//! stands directly above another would overflow the file's width if the next line's first word were pulled up; in scraped text,
//! where a line is a paragraph, heading or menu entry, it would not. Widths count bytes: near enough for telling the two apart.

use super::plain::{Line, starts_item};

/// Widths that people and programs wrap at, in bytes.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=130;
/// A ragged editor may break this share of the width early.
const SLACK: usize = 6;

/// How the lines of one file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrap {
    /// Every line is a piece.
    Lines,
    /// Lines run on up to about this many bytes.
    Hard { width: usize },
}

impl Wrap {
    /// Looks at every pair of lines that stand together.
    pub(super) fn of(text: &str, lines: &[Line]) -> Self {
        let pairs = || lines.windows(2).filter_map(|pair| together(text, pair));
        let mut widths: Vec<usize> = pairs().map(|(upper, _)| upper.indent + upper.span.len()).collect();
        if widths.len() < 2 {
            return Self::Lines;
        }
        widths.sort_unstable();
        let width = widths.get(widths.len() * 19 / 20).copied().unwrap_or_default();
        // Menus and lists around the text say nothing of it: their lines are short.
        let long = || pairs().filter(|(upper, _)| (upper.indent + upper.span.len()) * 2 > width);
        let full = long().filter(|(upper, lower)| fills(text, *upper, *lower, width)).count();
        let runs_on = long().filter(|(upper, _)| !ends_sentence(upper.span.slice(text))).count();
        let wrapped = long().count() >= 2 && WIDTHS.contains(&width) && full * 10 >= long().count() * 7 && runs_on * 2 >= long().count();
        if wrapped { Self::Hard { width } } else { Self::Lines }
    }

    /// Whether `lower`, directly below `upper`, continues it.
    pub(super) fn joins(self, text: &str, upper: Line, lower: Line) -> bool {
        let Self::Hard { width } = self else { return false };
        let opens_paragraph = lower.indent > upper.indent && ends_sentence(upper.span.slice(text));
        let continues = lower.span.slice(text).starts_with(char::is_lowercase) && !ends_sentence(upper.span.slice(text));
        !opens_paragraph && (continues || fills(text, upper, lower, width))
    }
}

fn together(text: &str, pair: &[Line]) -> Option<(Line, Line)> {
    let &[upper, lower] = pair else { return None };
    let both = !upper.span.is_empty() && !lower.span.is_empty() && !starts_item(lower.span.slice(text));
    both.then_some((upper, lower))
}

/// Whether pulling up the next line's first word would have gone past the width, give or take.
fn fills(text: &str, upper: Line, lower: Line, width: usize) -> bool {
    let next = lower.span.slice(text).split_whitespace().next().map_or(0, str::len);
    upper.indent + upper.span.len() + 1 + next + width / SLACK > width
}

/// Whether the line ends as a sentence does.
fn ends_sentence(words: &str) -> bool {
    let bare = words.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']);
    bare.ends_with(['.', '!', '?', ':'])
}

#[cfg(test)]
mod tests {
    use crate::corpus::plain::pieces;

    const WRAPPED: &str = "The old ferry at Ostwick made its last crossing on Sunday, and nobody\n\
        came to see it go except for a heron, two boys on bicycles and the man\n\
        who had sold its tickets since 1961, Mr. Arthur Pym, who said he was\n\
        glad of the rest.\n\n\
        The company will run a bus instead.  It takes forty minutes longer, but\n\
        it has a roof, which the ferry never had in all the years that it ran.\n\
        Fares stay the same.\n\n\
        • a first point that is long enough to need a second line to finish\n\
          itself on\n\
        • a second point\n";

    #[test]
    fn wrapped_lines_are_joined_into_paragraphs_and_items() {
        let pieces = pieces(WRAPPED, 0);
        let starts: Vec<_> =
            pieces.iter().map(|piece| piece.span.slice(WRAPPED).split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(starts, ["The old ferry", "The company will", "• a first", "• a second"]);
        assert!(pieces[1].span.slice(WRAPPED).ends_with("Fares stay the same."));
    }

    #[test]
    fn short_lines_that_stand_together_are_not_wrapped_text() {
        let text = "Towns on the line:\n\nBarnet\nCole Abbas\nHexham\nNether Marl\nSt Ives\n\nJobs\nClerk\nTown Council\n£21,000 - £22,000\nApply by June\n";
        assert_eq!(pieces(text, 0).len(), 11);
    }
}
