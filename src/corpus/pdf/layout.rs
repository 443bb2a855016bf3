//! Characters with places become lines, in the order in which a person reads them.
//!
//! Characters that follow each other closely are a run. A page is cut where nothing stands: down the gap between two columns of
//! running text if there is one, else across the widest gap, and the parts again (the recursive X-Y cut of Nagy and Seth, 1984). Each
//! part that cannot be cut is read line by line.

/// A character, in units of the page; `y` grows downwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
    pub(super) words: String,
}

/// Characters on one line that stand close to each other.
#[derive(Clone, Debug)]
struct Run {
    left: f64,
    right: f64,
    /// The line the characters stand on.
    base: f64,
    size: f64,
    words: String,
}

/// A line of text, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) words: String,
    /// Which part of the page it stands in: paragraphs do not run from one to the next unless nothing else parts them.
    pub(super) part: usize,
}

/// The gap that makes a blank, as a share of the size.
const BLANK: f64 = 0.17;
/// The gap that ends a run.
const APART: f64 = 1.1;
/// The least gap between columns.
const GUTTER: f64 = 0.9;
/// The least gap across a part that parts it.
const ACROSS: f64 = 0.9;
/// The least lines on either side of it, and the least characters most of them have: columns of figures are rows of a table.
const COLUMN_LINES: usize = 4;
const COLUMN_CHARACTERS: usize = 14;
/// The most cuts of a page.
const CUTS: usize = 2_000;

/// The lines of a page in reading order.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut parts = Vec::new();
    let mut open = vec![runs(glyphs)];
    let mut cuts = 0;
    while let Some(part) = open.pop() {
        cuts += 1;
        match (cuts < CUTS).then(|| cut(&part)).flatten() {
            Some((first, second)) => open.extend([second, first]),
            None => parts.push(part),
        }
    }
    parts.into_iter().enumerate().flat_map(|(number, part)| part_lines(part, number)).collect()
}

/// Joins characters that follow each other on a line.
fn runs(glyphs: Vec<Glyph>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs {
        let end = glyph.x + glyph.width;
        let last = runs.last_mut().filter(|run| {
            let size = run.size.max(glyph.size);
            (run.base - glyph.y).abs() < size * 0.4 && glyph.x - run.right < size * APART && glyph.x > run.right - size * 0.6
        });
        match last {
            Some(run) => {
                if glyph.x - run.right > run.size * BLANK && !run.words.ends_with(' ') {
                    run.words.push(' ');
                }
                run.words.push_str(&glyph.words);
                run.right = run.right.max(end);
                run.size = run.size.max(glyph.size);
            }
            None if glyph.words.trim().is_empty() => {}
            None => runs.push(Run { left: glyph.x, right: end, base: glyph.y, size: glyph.size, words: glyph.words }),
        }
    }
    runs.iter_mut().for_each(|run| run.words = run.words.trim().to_owned());
    runs.retain(|run| !run.words.is_empty());
    runs
}

/// Cuts a part in two, the first to be read first.
fn cut(part: &[Run]) -> Option<(Vec<Run>, Vec<Run>)> {
    if part.len() < 2 {
        return None;
    }
    if let Some(at) = gutter(part) {
        return Some(part.iter().cloned().partition(|run| run.left < at));
    }
    let at = gap_across(part)?;
    Some(part.iter().cloned().partition(|run| run.base < at))
}

/// The place of the widest gap between two columns of running text.
fn gutter(part: &[Run]) -> Option<f64> {
    let size = median(part.iter().map(|run| run.size));
    let mut sides: Vec<(f64, f64)> = part.iter().map(|run| (run.left, run.right)).collect();
    let gaps = gaps(&mut sides).into_iter().filter(|(from, to)| to - from > size * GUTTER);
    let columns = gaps.filter(|(from, _)| {
        let (left, right): (Vec<&Run>, Vec<&Run>) = part.iter().partition(|run| run.left < *from);
        is_column(&left) && is_column(&right) && stand_beside(&left, &right)
    });
    columns.max_by(|one, other| (one.1 - one.0).total_cmp(&(other.1 - other.0))).map(|(from, to)| f64::midpoint(from, to))
}

fn is_column(runs: &[&Run]) -> bool {
    let long = runs.iter().filter(|run| run.words.chars().count() >= COLUMN_CHARACTERS).count();
    runs.len() >= COLUMN_LINES && long * 2 >= runs.len()
}

/// Whether two columns share some height of the page.
fn stand_beside(left: &[&Run], right: &[&Run]) -> bool {
    let extent = |runs: &[&Run]| runs.iter().fold((f64::MAX, f64::MIN), |(top, foot), run| (top.min(run.base), foot.max(run.base)));
    let ((top, foot), (other_top, other_foot)) = (extent(left), extent(right));
    foot.min(other_foot) - top.max(other_top) > 0.0
}

/// The place of the widest gap across a part, where it is wider than between lines.
fn gap_across(part: &[Run]) -> Option<f64> {
    let mut sides: Vec<(f64, f64)> = part.iter().map(|run| (run.base - run.size, run.base + run.size * 0.25)).collect();
    let gaps = gaps(&mut sides);
    let least = gaps.iter().map(|gap| gap.1 - gap.0).fold(f64::MAX, f64::min);
    // Lines set far apart are no parts of a page: their gaps are all alike.
    let alike = if gaps.len() > 1 { least * 1.5 } else { 0.0 };
    let widest = gaps.into_iter().max_by(|one, other| (one.1 - one.0).total_cmp(&(other.1 - other.0)))?;
    let size = median(part.iter().map(|run| run.size));
    (widest.1 - widest.0 > (size * ACROSS).max(alike)).then(|| f64::midpoint(widest.0, widest.1) + size * 0.2)
}

/// Where none of the stretches reaches.
fn gaps(stretches: &mut [(f64, f64)]) -> Vec<(f64, f64)> {
    stretches.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let mut gaps = Vec::new();
    let mut reached = f64::MAX;
    for &(from, to) in stretches.iter() {
        if from > reached {
            gaps.push((reached, from));
        }
        reached = if reached == f64::MAX { to } else { reached.max(to) };
    }
    gaps
}

pub(super) fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = numbers.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
}

/// The lines of a part that is read from left to right and down.
fn part_lines(mut part: Vec<Run>, number: usize) -> Vec<Line> {
    part.sort_by(|one, other| one.base.total_cmp(&other.base).then(one.left.total_cmp(&other.left)));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in part {
        let same = |row: &&mut Vec<Run>| row.first().is_some_and(|first| (first.base - run.base).abs() < first.size.max(run.size) * 0.4);
        match rows.last_mut().filter(same) {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    rows.into_iter().filter_map(|row| line(row, number)).collect()
}

fn line(mut row: Vec<Run>, part: usize) -> Option<Line> {
    row.sort_by(|one, other| one.left.total_cmp(&other.left));
    let mut row = row.into_iter();
    let first = row.next()?;
    let mut line = Line { left: first.left, right: first.right, base: first.base, size: first.size, words: first.words, part };
    for run in row {
        let close = run.left - line.right <= line.size * BLANK;
        line.words.push_str(if close { "" } else { " " });
        line.words.push_str(&run.words);
        line.right = line.right.max(run.right);
        line.size = line.size.max(run.size);
    }
    Some(line)
}
