//! The words of a quote are laid against the words of a passage: the stretch where they fit best, word by word.
//!
//! The method is that of Needleman and Wunsch with the affine gaps of Gotoh ("An improved algorithm for matching biological
//! sequences", 1982), global in the quote and free at both ends of the passage. Skipping words of the passage is nearly free where
//! the writer put an ellipsis or a bracket, and where the passage itself steps out of the utterance to name its speaker.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::excerpt::Excerpt;
use super::given::{Given, is_content};
use super::words::Word;
use crate::text::roots::{are_forms, irregular_base};

/// Most cells of the table: a longer quote is looked up by its runs of words instead.
const MOST_CELLS: usize = 6_000_000;
/// What another form of the same word earns.
const FORM: f32 = 0.5;
/// No path leads here.
const NEVER: f32 = -1.0e9;

/// One step along the quote and the passage; positions of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The same word in both: given, source.
    Equal(usize, usize),
    /// Another word: given, source.
    Replace(usize, usize),
    /// A word of the quote that the passage does not have.
    Insert(usize),
    /// A word of the passage that the quote does not have.
    Delete(usize),
}

/// A quote laid against a passage; the first and last steps touch words of the quote.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Alignment {
    pub(super) steps: Vec<Step>,
}

impl Alignment {
    /// Positions of the passage's words that take part, in order, those skipped over left out.
    pub(super) fn source_words(&self) -> Vec<usize> {
        let own = |step: &Step| match *step {
            Step::Equal(_, source) | Step::Replace(_, source) => Some(source),
            Step::Insert(_) | Step::Delete(_) => None,
        };
        self.steps.iter().filter_map(own).collect()
    }

    /// From the first to the last word of the passage that takes part.
    pub(super) fn source_range(&self) -> Range<usize> {
        let words = self.source_words();
        match (words.first(), words.last()) {
            (Some(&first), Some(&last)) => first..last + 1,
            _ => 0..0,
        }
    }

    /// Number of words that agree.
    pub(super) fn agreeing(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Equal(..))).count()
    }
}

/// Every place of the passage where all words of the quote stand in a row.
pub(super) fn occurrences(given: &Given, excerpt: &Excerpt) -> Vec<Alignment> {
    let length = given.words.len();
    if length == 0 {
        return Vec::new();
    }
    let same = |window: &[Word]| window.iter().zip(&given.words).all(|(source, given)| source.folded == given.folded);
    let starts = excerpt.words.windows(length).enumerate().filter(|(_, window)| same(window)).map(|(start, _)| start);
    starts.map(|start| Alignment { steps: (0..length).map(|word| Step::Equal(word, start + word)).collect() }).collect()
}

/// The best alignment of the whole quote with a stretch of the passage; `None` where no word agrees or the two are too long.
pub(super) fn align(given: &Given, excerpt: &Excerpt) -> Option<Alignment> {
    let (own, theirs) = number(given, excerpt);
    let reach = reach(given, &own, &theirs)?;
    if (own.len() + 1).checked_mul(reach.len() + 1)? > MOST_CELLS {
        return None;
    }
    let alignment = Table::fill(given, excerpt, own, theirs, reach)?.trace()?;
    (alignment.agreeing() > 0).then_some(alignment)
}

/// The words of the passage worth looking at: around those where two words of the quote, not both of structure, follow each other as
/// they do in it; where there are none, around its content words, if half of them are there.
fn reach(given: &Given, own: &[u32], theirs: &[u32]) -> Option<Range<usize>> {
    let mut content = vec![false; own.len()];
    for (position, &number) in own.iter().enumerate() {
        if let Some(content) = content.get_mut(number as usize) {
            *content |= given.is_content(position);
        }
    }
    let carries = |number: u32| content.get(number as usize).copied().unwrap_or(false);
    let pairs: HashSet<(u32, u32)> =
        own.windows(2).filter_map(|pair| <[u32; 2]>::try_from(pair).ok()).map(|[one, other]| (one, other)).collect();
    let follows =
        |&(_, pair): &(usize, &[u32])| matches!(pair, &[one, other] if (carries(one) || carries(other)) && pairs.contains(&(one, other)));
    let anchors: Vec<usize> = theirs.windows(2).enumerate().filter(follows).map(|(position, _)| position).collect();
    let anchors = if anchors.is_empty() { scattered(given, theirs, carries)? } else { anchors };
    let margin = own.len() + 8;
    let (first, last) = (anchors.first()?, anchors.last()?);
    Some(first.saturating_sub(margin)..(last + margin).min(theirs.len()))
}

/// Where content words of the quote stand, if half of them do; everything for a quote without any.
fn scattered(given: &Given, theirs: &[u32], carries: impl Fn(u32) -> bool) -> Option<Vec<usize>> {
    if given.contents() == 0 {
        return Some(vec![0, theirs.len().checked_sub(1)?]);
    }
    let anchors: Vec<usize> = theirs.iter().enumerate().filter(|(_, number)| carries(**number)).map(|(position, _)| position).collect();
    let mut distinct: Vec<u32> = anchors.iter().filter_map(|&position| theirs.get(position).copied()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    (distinct.len() * 2 >= given.contents()).then_some(anchors)
}

/// Which state a path was in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Pair,
    Insert,
    Delete,
    Start,
}

/// Where each of the three states of a cell came from, two bits each.
#[derive(Clone, Copy, Default)]
struct Origin(u8);

impl Origin {
    fn new(pair: State, insert: State, delete: State) -> Self {
        Self(pair as u8 | (insert as u8) << 2 | (delete as u8) << 4)
    }

    fn of(self, state: State) -> State {
        let bits = match state {
            State::Pair => self.0,
            State::Insert => self.0 >> 2,
            State::Delete | State::Start => self.0 >> 4,
        };
        [State::Pair, State::Insert, State::Delete, State::Start].get(usize::from(bits & 3)).copied().unwrap_or(State::Start)
    }
}

/// Scores of the three states of a cell.
#[derive(Clone, Copy)]
struct Cell {
    pair: f32,
    insert: f32,
    delete: f32,
}

impl Cell {
    const NONE: Self = Self { pair: NEVER, insert: NEVER, delete: NEVER };

    fn best(self) -> (f32, State) {
        let first = if self.insert > self.pair { (self.insert, State::Insert) } else { (self.pair, State::Pair) };
        if self.delete > first.0 { (self.delete, State::Delete) } else { first }
    }
}

struct Table {
    width: usize,
    origins: Vec<Origin>,
    /// The last row's cells.
    last: Vec<Cell>,
    /// For each word of either side, a number that is the same for the same word.
    given: Vec<u32>,
    source: Vec<u32>,
    /// Position of the first word of the passage that is looked at.
    base: usize,
}

/// What a step costs or earns.
struct Prices<'a> {
    given: &'a Given,
    words: &'a [Word],
    between: &'a [bool],
    given_words: &'a [u32],
    source_words: &'a [u32],
    /// What an agreeing word of the quote earns.
    earns: Vec<f32>,
    /// The bases of irregular forms on either side.
    given_bases: Vec<Option<&'static str>>,
    source_bases: Vec<Option<&'static str>>,
}

impl Prices<'_> {
    fn pair(&self, row: usize, column: usize) -> f32 {
        if self.given_words.get(row) == self.source_words.get(column) {
            return self.earns.get(row).copied().unwrap_or(1.0);
        }
        if self.bracketed(row) {
            return -0.1;
        }
        let folded = (self.given.words.get(row), self.words.get(column));
        let (Some(given), Some(source)) = folded else { return NEVER };
        match kin(&given.folded, &source.folded) {
            _ if self.is_irregular_form(row, column) => FORM,
            true if are_forms(&given.folded, &source.folded) => FORM,
            true => -0.3,
            false => -0.9,
        }
    }

    fn is_irregular_form(&self, row: usize, column: usize) -> bool {
        let base = self.given_bases.get(row).copied().flatten();
        base.is_some() && base == self.source_bases.get(column).copied().flatten()
    }

    fn bracketed(&self, row: usize) -> bool {
        self.given.bracketed.get(row).copied().unwrap_or(false)
    }

    fn insert(&self, row: usize, opens: bool) -> f32 {
        match (self.bracketed(row), opens) {
            (true, _) => -0.02,
            (false, true) => -1.0,
            (false, false) => -0.7,
        }
    }

    /// For skipping the passage's word `column` after `row` words of the quote.
    fn delete(&self, row: usize, column: usize, opens: bool) -> f32 {
        let elided = self.given.elided_before.get(row).copied().unwrap_or(false);
        let edited = self.bracketed(row) || row.checked_sub(1).is_some_and(|before| self.bracketed(before));
        let between = self.between.get(column).copied().unwrap_or(false);
        let (open, extend) = match () {
            () if between => (-0.05, -0.001),
            () if elided => (-0.3, -0.005),
            () if edited => (-0.3, -0.2),
            () => (-1.6, -0.08),
        };
        if opens { open } else { extend }
    }
}

impl Table {
    fn fill(given: &Given, excerpt: &Excerpt, own: Vec<u32>, theirs: Vec<u32>, reach: Range<usize>) -> Option<Self> {
        let source = theirs.get(reach.clone())?.to_vec();
        let width = source.len() + 1;
        let mut table = Self { width, origins: Vec::new(), last: Vec::new(), given: own, source, base: reach.start };
        let (words, between) = (excerpt.words.get(reach.clone())?, excerpt.between.get(reach)?);
        // What an editor put in brackets must not pull the alignment to a place where it happens to stand.
        let earn = |(word, &bracketed): (&Word, &bool)| match (bracketed, is_content(&word.folded)) {
            (true, _) => 0.1,
            (false, true) => 2.0,
            (false, false) => 1.0,
        };
        let earns = given.words.iter().zip(&given.bracketed).map(earn).collect();
        let bases = |words: &[Word]| words.iter().map(|word| irregular_base(&word.folded)).collect();
        let (given_bases, source_bases) = (bases(&given.words), bases(words));
        let prices =
            Prices { given, words, between, given_words: &table.given, source_words: &table.source, earns, given_bases, source_bases };
        let mut origins = Vec::with_capacity((given.words.len() + 1) * table.width);
        origins.resize(table.width, Origin::default());
        let mut above = vec![Cell::NONE; table.width];
        for row in 1..=given.words.len() {
            let mut current = Vec::with_capacity(table.width);
            for column in 0..table.width {
                let left = current.last().copied().unwrap_or(Cell::NONE);
                let corner = column.checked_sub(1).and_then(|column| above.get(column)).copied();
                let over = above.get(column).copied().unwrap_or(Cell::NONE);
                let (cell, origin) = step(&prices, row, column, [corner.unwrap_or(Cell::NONE), over, left]);
                current.push(cell);
                origins.push(origin);
            }
            above = current;
        }
        table.origins = origins;
        table.last = above;
        Some(table)
    }

    fn trace(&self) -> Option<Alignment> {
        let (rows, columns) = (self.given.len(), self.source.len());
        let ends = self.last.iter().enumerate().map(|(column, cell)| (column, Cell { delete: NEVER, ..*cell }.best()));
        let (column, (_, state)) = ends.max_by(|one, other| one.1.0.total_cmp(&other.1.0).then(other.0.cmp(&one.0)))?;
        let (mut row, mut column, mut state) = (rows, column.min(columns), state);
        let mut steps = Vec::with_capacity(rows);
        while row > 0 && state != State::Start {
            let origin = self.origins.get(row * self.width + column)?.of(state);
            match state {
                State::Pair => {
                    (row, column) = (row - 1, column.checked_sub(1)?);
                    let same = self.given.get(row) == self.source.get(column);
                    let source = self.base + column;
                    steps.push(if same { Step::Equal(row, source) } else { Step::Replace(row, source) });
                }
                State::Insert => {
                    row -= 1;
                    steps.push(Step::Insert(row));
                }
                State::Delete | State::Start => {
                    column = column.checked_sub(1)?;
                    steps.push(Step::Delete(self.base + column));
                }
            }
            state = origin;
        }
        steps.reverse();
        Some(Alignment { steps })
    }
}

/// The scores of one cell, from those before it: at the corner, above, to the left.
fn step(prices: &Prices<'_>, row: usize, column: usize, [corner, over, left]: [Cell; 3]) -> (Cell, Origin) {
    let first = row == 1;
    let (pair, pair_from) = match column.checked_sub(1) {
        None => (NEVER, State::Start),
        Some(source) => {
            let (before, from) = if first { (0.0, State::Start) } else { corner.best() };
            (before + prices.pair(row - 1, source), from)
        }
    };
    let (open, extend) = (prices.insert(row - 1, true), prices.insert(row - 1, false));
    let (before, from) = if first { (0.0, State::Start) } else { Cell { insert: NEVER, ..over }.best() };
    let (insert, insert_from) =
        if !first && over.insert + extend > before + open { (over.insert + extend, State::Insert) } else { (before + open, from) };
    let (delete, delete_from) = match column.checked_sub(1) {
        None => (NEVER, State::Start),
        Some(source) => {
            let (before, from) = Cell { delete: NEVER, ..left }.best();
            let (open, extend) = (prices.delete(row, source, true), prices.delete(row, source, false));
            if left.delete + extend > before + open { (left.delete + extend, State::Delete) } else { (before + open, from) }
        }
    };
    (Cell { pair, insert, delete }, Origin::new(pair_from, insert_from, delete_from))
}

/// Numbers the words of both sides so that equal forms have equal numbers.
fn number(given: &Given, excerpt: &Excerpt) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let own = given.words.iter().map(|word| {
        let next = numbers.len() as u32;
        *numbers.entry(word.folded.as_str()).or_insert(next)
    });
    let own = own.collect();
    let theirs = excerpt.words.iter().map(|word| numbers.get(word.folded.as_str()).copied().unwrap_or(u32::MAX)).collect();
    (own, theirs)
}

/// Whether two words look like forms of one ("cut" and "cuts", "twelve" and "twelfth"), or are both numbers.
pub(super) fn kin(one: &str, other: &str) -> bool {
    let digits = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    shared >= 4 || (shared >= 3 && one.len().min(other.len()) <= 4) || (digits(one) && digits(other))
}

#[cfg(test)]
mod tests {
    use super::super::testing::excerpt;
    use super::*;
    use proptest::prelude::*;

    /// The steps as marks: "=" equal, "~" replaced, "+" inserted, "-" deleted.
    fn marks(quote: &str, source: &str) -> String {
        let mark = |step: &Step| match step {
            Step::Equal(..) => '=',
            Step::Replace(..) => '~',
            Step::Insert(_) => '+',
            Step::Delete(_) => '-',
        };
        align(&Given::new(quote), &excerpt(source)).map(|alignment| alignment.steps.iter().map(mark).collect()).unwrap_or_default()
    }

    #[test]
    fn words_are_paired_kept_and_dropped() {
        assert_eq!(marks("the ward will stay open", "He said: «The ward will stay open.» Nobody asked."), "=====");
        assert_eq!(marks("the ward will close now", "He said: «The ward will stay now.»"), "===~=");
        assert_eq!(marks("the ward will open now", "He said: «The ward will not open now.»"), "===-==");
        assert_eq!(marks("the ward will never open now", "He said: «The ward will open now.»"), "===+==");
        assert_eq!(marks("zebra", "He said nothing."), "");
    }

    #[test]
    fn an_ellipsis_skips_cheaply() {
        let source = "«The ward will stay open for all the people of the town and the villages around it until the new one is built.»";
        assert_eq!(marks("The ward … is built", source), format!("=={}==", "-".repeat(19)));
    }

    #[test]
    fn occurrences_are_all_found() {
        let found = occurrences(&Given::new("not again"), &excerpt("Not again, he said. «Not again!»"));
        assert_eq!(found.iter().map(Alignment::source_range).collect::<Vec<_>>(), [0..2, 4..6]);
    }

    proptest! {
        #[test]
        fn every_given_word_takes_part_once(quote in "[a-e ]{1,40}", source in "[a-e. ]{1,80}") {
            let given = Given::new(&quote);
            if let Some(alignment) = align(&given, &excerpt(&source)) {
                let own: Vec<usize> = alignment.steps.iter().filter_map(|step| match *step {
                    Step::Equal(given, _) | Step::Replace(given, _) | Step::Insert(given) => Some(given),
                    Step::Delete(_) => None,
                }).collect();
                prop_assert_eq!(own, (0..given.words.len()).collect::<Vec<_>>());
                let theirs: Vec<usize> = alignment.steps.iter().filter_map(|step| match *step {
                    Step::Equal(_, source) | Step::Replace(_, source) | Step::Delete(source) => Some(source),
                    Step::Insert(_) => None,
                }).collect();
                prop_assert!(theirs.windows(2).all(|pair| pair[0] + 1 == pair[1]));
            }
        }
    }
}
