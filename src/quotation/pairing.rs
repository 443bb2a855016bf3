//! Quotation marks become [`Piece`]s: stretches of a block between marks, with missing marks supplied.
//!
//! A quotation that is not closed in its paragraph runs to the paragraph's end, and on into the next one where that opens with a
//! mark again or where a closing mark without an opener follows some paragraphs later. A closing mark without an opener closes
//! what began after the last colon or at the paragraph's start. Who speaks is not looked at.

use super::giving_way::giving_way;
use super::marks::{Facing, Mark, Style, marks};
use super::singles::settle;
use crate::corpus::{Block, BlockKind};
use crate::span::Span;

/// Words between marks, inside one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The words, without marks and without white space at the ends.
    pub(super) span: Span,
    /// Position of its block.
    pub(super) block: usize,
    /// The marks' family.
    pub(super) style: Style,
    /// Whether a mark stands at its start.
    pub(super) opened: bool,
    /// Whether a mark stands at its end.
    pub(super) closed: bool,
    /// 0 at the outside, 1 inside another piece.
    pub(super) depth: usize,
    /// Whether it goes on with what the piece before it left open.
    pub(super) continues: bool,
}

/// Quotations without closing mark are followed over this many paragraphs.
const LONGEST_RUN: usize = 15;

/// One block's marks, and what is known without looking at its neighbours.
struct Marked {
    index: usize,
    span: Span,
    marks: Vec<Mark>,
    heading: bool,
}

impl Marked {
    fn new(source: &str, index: usize, block: Block) -> Self {
        let span = block.span.trim(source);
        let marks = settle(source, span, &marks(source, span));
        Self { index, span, marks, heading: matches!(block.kind, BlockKind::Title | BlockKind::Heading) }
    }

    /// Whether the block's first characters are an opening mark.
    fn opens_with_mark(&self) -> bool {
        self.marks.first().is_some_and(|mark| mark.span.start == self.span.start && mark.facing != Facing::Closing)
    }

    /// Whether its first mark of `style` closes something opened before this block.
    fn closes_something(&self, style: Style) -> bool {
        let first = self.marks.iter().find(|mark| mark.style == style);
        first.is_some_and(|mark| mark.facing == Facing::Closing)
    }
}

/// All pieces of the article's blocks, in order of their starts.
pub(super) fn pieces(source: &str, blocks: &[Block]) -> Vec<Piece> {
    let article = blocks.iter().enumerate().filter(|(_, block)| block.kind.is_article() && block.kind != BlockKind::Caption);
    let marked: Vec<Marked> = article.map(|(index, block)| Marked::new(source, index, *block)).collect();
    let mut found = Vec::new();
    let mut carried: Option<Style> = None;
    let mut run_end = 0;
    for (at, block) in marked.iter().enumerate() {
        let before = found.len();
        let reopened = carried.is_some() && block.opens_with_mark();
        let inside = carried.filter(|_| !reopened && at <= run_end);
        let open = Walk::new(source, block, inside, &mut found).walk();
        if let Some(first) = found.get_mut(before..).and_then(|new: &mut [Piece]| new.iter_mut().min_by_key(|piece| piece.span.start)) {
            first.continues = inside.is_some() || reopened;
        }
        let forgotten = open.is_some() && gives_way(source, &marked, at, found.get_mut(before..).unwrap_or_default());
        if inside.is_none() || open.is_none() {
            run_end = open.and_then(|style| closing_block(&marked, at, style)).unwrap_or(0);
        }
        carried = open.filter(|_| !forgotten);
    }
    found.sort_by_key(|piece: &Piece| (piece.span.start, std::cmp::Reverse(piece.span.end)));
    found
}

/// Ends the piece that block `at` leaves open before the clause that names its speaker, where there is one: then its closing mark was
/// forgotten. A paragraph after it that opens with a mark goes on with it, unless that clause is the last of its own.
fn gives_way(source: &str, marked: &[Marked], at: usize, pieces: &mut [Piece]) -> bool {
    let goes_on = marked.get(at + 1).is_some_and(|next| !next.heading && next.opens_with_mark());
    let Some(piece) = pieces.iter_mut().filter(|piece| piece.depth == 0).max_by_key(|piece| piece.span.end) else { return false };
    let found = giving_way(piece.span.slice(source)).filter(|found| piece.opened && !piece.closed && (found.last || !goes_on));
    if let Some(found) = found {
        piece.span.end = piece.span.start + found.said;
    }
    found.is_some()
}

/// The block that closes what is open at the end of block `at`, where the blocks between have no opening marks at their starts.
fn closing_block(marked: &[Marked], at: usize, style: Style) -> Option<usize> {
    let following = marked.iter().enumerate().skip(at + 1).take(LONGEST_RUN);
    let run = following.take_while(|(_, block)| !block.heading && !block.opens_with_mark());
    run.map(|(index, block)| (index, block.closes_something(style))).find(|&(_, closes)| closes).map(|(index, _)| index)
}

/// A quotation open at some point of the walk.
#[derive(Clone, Copy)]
struct Open {
    style: Style,
    start: usize,
    opened: bool,
}

/// The walk over one block's marks.
struct Walk<'a> {
    source: &'a str,
    block: &'a Marked,
    stack: Vec<Open>,
    found: &'a mut Vec<Piece>,
    /// End of the last closed piece, mark included.
    passed: usize,
}

impl<'a> Walk<'a> {
    fn new(source: &'a str, block: &'a Marked, carried: Option<Style>, found: &'a mut Vec<Piece>) -> Self {
        let open = carried.map(|style| Open { style, start: block.span.start, opened: false });
        Self { source, block, stack: open.into_iter().collect(), found, passed: block.span.start }
    }

    /// Finds the block's pieces; the style of the outermost quotation left open at its end, if any.
    fn walk(mut self) -> Option<Style> {
        for (at, mark) in self.block.marks.iter().enumerate() {
            match self.facing(mark) {
                Facing::Opening => self.open(at, mark),
                Facing::Closing | Facing::Unclear => self.close(mark),
            }
        }
        let left = self.stack.first().map(|open| open.style);
        // Only the outermost runs to the end: an inner mark without closer is taken for a slip.
        self.stack.truncate(1);
        self.finish(self.block.span.end, false);
        left
    }

    fn is_open(&self, style: Style) -> bool {
        self.stack.iter().any(|open| open.style == style)
    }

    fn facing(&self, mark: &Mark) -> Facing {
        match mark.facing {
            Facing::Unclear if self.is_open(mark.style) => Facing::Closing,
            Facing::Unclear if mark.before.is_ascii_digit() => Facing::Unclear,
            Facing::Unclear => Facing::Opening,
            // `"No "said Webb`: a mark set to the wrong side of the space.
            Facing::Opening if self.is_open(mark.style) && self.misplaced_closer(mark) => Facing::Closing,
            // `“… they see that. “`: the wrong glyph, with nothing after it to open.
            Facing::Opening if mark.after.is_whitespace() && self.is_open(mark.style) => Facing::Closing,
            facing => facing,
        }
    }

    /// Whether "said" or the like follows directly on a mark that looks like an opener.
    fn misplaced_closer(&self, mark: &Mark) -> bool {
        let rest = self.source.get(mark.span.end..self.block.span.end).unwrap_or_default();
        let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        matches!(next, "said" | "says" | "added" | "told" | "wrote" | "asked")
    }

    fn open(&mut self, at: usize, mark: &Mark) {
        let open = Open { style: mark.style, start: mark.span.end, opened: true };
        if self.is_open(mark.style) && self.closer_is_missing(at, mark) {
            self.stack.truncate(1);
            self.finish(mark.span.start, false);
        }
        self.stack.push(open);
    }

    /// Whether an opener inside an open quotation of its own style shows that this one's closer was forgotten: a sentence or
    /// clause has just ended before it.
    fn closer_is_missing(&self, at: usize, mark: &Mark) -> bool {
        let head = self.source.get(self.block.span.start..mark.span.start).unwrap_or_default().trim_end();
        head.ends_with(['.', '!', '?', ',', ':']) && self.closers_after(at, mark.style) < 2
    }

    /// How many closers follow before the next opener.
    fn closers_after(&self, at: usize, style: Style) -> usize {
        let following = self.block.marks.iter().skip(at + 1).filter(|other| other.style == style);
        following.take_while(|other| other.facing != Facing::Opening).take(3).count()
    }

    fn close(&mut self, mark: &Mark) {
        match self.stack.iter().rposition(|open| open.style == mark.style) {
            Some(depth) => {
                self.stack.truncate(depth + 1);
                self.finish(mark.span.start, true);
                self.passed = mark.span.end;
            }
            None if self.stack.is_empty() && mark.facing == Facing::Closing => self.close_unopened(mark),
            None => {}
        }
    }

    /// Supplies the missing opener: after the last colon, else at the block's start where nothing has been quoted in it yet.
    fn close_unopened(&mut self, mark: &Mark) {
        let head = Span::new(self.passed, mark.span.start).slice(self.source);
        let after_colon = head.rfind(": ").map(|colon| self.passed + colon + 2);
        let at_start = (self.passed == self.block.span.start).then_some(self.passed);
        let believable = if mark.style == Style::Single { ends_clause(mark.before) } else { !mark.before.is_ascii_digit() };
        if let Some(start) = after_colon.or(at_start).filter(|_| believable && !self.block.heading) {
            self.stack.push(Open { style: mark.style, start, opened: false });
            self.finish(mark.span.start, true);
        }
        self.passed = mark.span.end;
    }

    /// Takes the innermost open quotation off the stack and keeps it as a piece that ends at `end`.
    fn finish(&mut self, end: usize, closed: bool) {
        let Some(open) = self.stack.pop() else { return };
        let span = Span::new(open.start, end).trim(self.source);
        let said = giving_way(span.slice(self.source)).filter(|_| !closed && open.opened && end < self.block.span.end);
        let span = said.map_or(span, |found| Span::new(span.start, span.start + found.said));
        let piece = Piece {
            span,
            block: self.block.index,
            style: open.style,
            opened: open.opened,
            closed,
            depth: self.stack.len(),
            continues: false,
        };
        if span.slice(self.source).chars().any(char::is_alphanumeric) {
            self.found.push(piece);
        }
    }
}

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Paragraphs stand on lines of their own.
    fn blocks(text: &str) -> Vec<Block> {
        let mut at = 0;
        let lines = text.split('\n').map(|line| {
            let span = Span::new(at, at + line.len());
            at += line.len() + 1;
            Block { span, kind: BlockKind::Paragraph }
        });
        lines.filter(|block| !block.span.slice(text).trim().is_empty()).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = pieces(text, &blocks(text)).iter().map(|piece| piece.span.slice(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_every_style_pair() {
        check("“Yes,” she said.", &["Yes,"]);
        check("\"Yes,\" she said. \"No.\"", &["Yes,", "No."]);
        check("‘Yes,’ she said.", &["Yes,"]);
        check("'Yes,' she said.", &["Yes,"]);
        check("``Yes,'' she said.", &["Yes,"]);
        check("''Yes,'' she said.", &["Yes,"]);
        check("«Yes», she said.", &["Yes"]);
        check("„Yes“, she said.", &["Yes"]);
    }

    #[test]
    fn marks_facing_the_wrong_way_pair() {
        check("”Yes,“ she said.", &["Yes,"]);
        check("She called them “late“ and left.", &["late"]);
        check("“They saw it. “", &["They saw it."]);
        check("\"No \"said Webb", &["No"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The councils' budgets and the '90s didn't end goin' up.", &[]);
        check("He's one of the lads’ dads, rock ’n’ roll.", &[]);
        check("‘The councils’ budgets were cut,’ he said.", &["The councils’ budgets were cut,"]);
        check("rated ‘inadequate' by all", &["inadequate"]);
        check(
            "‘because they would not think it and could have saved them'. The end",
            &["because they would not think it and could have saved them"],
        );
        check("many 'basic practices' were not in place", &["basic practices"]);
    }

    #[test]
    fn a_quotation_runs_over_paragraphs() {
        check("She said: “One.\n“Two.\n“Three.”\nFour.", &["One.", "Two.", "Three."]);
        check("She said:\n'One isn't much.\nTwo is.\nThree, too.'\nFour.", &["One isn't much.", "Two is.", "Three, too."]);
        check("“One.\nTwo said he, “Three.”", &["One.", "Three."]);
    }

    #[test]
    fn missing_marks_are_supplied() {
        check("We did all we could,” she said. It was late.", &["We did all we could,"]);
        check("Webb said: We did all we could.”", &["We did all we could."]);
        check("“We did all we could, she said. “It was late.”", &["We did all we could,", "It was late."]);
    }

    #[test]
    fn a_forgotten_closer_is_supplied_before_the_clause_that_names_the_speaker() {
        check("“We did all we could, she said. It was late.\nThe pier is shut.", &["We did all we could,"]);
        check("“We did all we could, said Ann Webb.\n“It was late,” said Tom Hale.", &["We did all we could,", "It was late,"]);
        check(
            "“I met Ann. It was late, she said, and cold.\n“Then we left.”",
            &["I met Ann. It was late, she said, and cold.", "Then we left."],
        );
    }

    #[test]
    fn quotations_nest() {
        check("“He said ‘no’ to me,” she said.", &["He said ‘no’ to me,", "no"]);
        check("\"He called it a \"disgrace\" and left,\" she said.", &["He called it a \"disgrace\" and left,", "disgrace"]);
        check("‘He said “no” to me,’ she said.", &["He said “no” to me,", "no"]);
    }

    #[test]
    fn inches_and_tags_are_no_marks() {
        check("a 6\" pipe", &[]);
        check("<tweet id=\"12\">“Yes”</tweet>", &["Yes"]);
    }

    proptest! {
        #[test]
        fn any_text_pairs(text in "[a-z .,:\n'\"“”‘’`«»]{0,200}") {
            for piece in pieces(&text, &blocks(&text)) {
                prop_assert!(!piece.span.slice(&text).is_empty());
            }
        }
    }
}
