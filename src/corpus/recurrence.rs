//! Lines that stand in many documents of a folder are furniture, whatever they say: menus nobody has heard of, slogans, legal lines.
//!
//! They are counted in a sample of the folder's texts, copies of one report once. How often a line must recur before it is believed
//! depends on what it looks like and where it stands, which [cleaning](super::cleaning) decides: a paragraph of background that a paper
//! prints under every report of one affair is not furniture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::{digest, draft_of, format};

/// Texts larger than this many bytes are no part of a sample.
const LARGE: u64 = 1 << 20;
/// Lines longer than this many bytes are never furniture.
const LONG_LINE: usize = 400;
/// Words from which on a line is told apart as one report's own.
const TELLING: usize = 12;

/// How often a line recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Often {
    /// In some reports: four at least, one in twelve.
    Some,
    /// In many: five at least, three in ten.
    Many,
    /// In nearly all: eight at least, three in four.
    Nearly,
}

/// The lines that recur in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recurring(BTreeMap<u64, Often>);

/// What tells one text of a sample from its copies, and what is counted of it.
struct Sampled {
    lines: BTreeSet<u64>,
    telling: BTreeSet<u64>,
}

impl Recurring {
    /// What recurs in these files; those that are no text, Markdown or HTML are passed over.
    #[must_use]
    pub fn among<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Self {
        let sampled: Vec<Sampled> = paths.into_iter().filter_map(sampled).collect();
        let mut reports: Vec<&Sampled> = Vec::new();
        let mut found: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
        for text in &sampled {
            let report = reports.iter().position(|known| known.is_copy(text)).unwrap_or(reports.len());
            if report == reports.len() {
                reports.push(text);
            }
            for &line in &text.lines {
                found.entry(line).or_default().insert(report);
            }
        }
        Self(found.into_iter().filter_map(|(line, holding)| Some((line, Often::of(holding.len(), reports.len())?))).collect())
    }

    /// What tells it from any other; `-` where nothing recurs.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut lines = String::new();
        for (line, often) in &self.0 {
            let _ = write!(lines, "{line:x}{often:?} ");
        }
        if lines.is_empty() { "-".to_owned() } else { digest(lines.as_bytes()).chars().take(12).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How often a line recurs, if it does.
    pub(super) fn often(&self, words: &str) -> Option<Often> {
        self.0.get(&hash(words)?).copied()
    }
}

impl Often {
    fn of(holding: usize, reports: usize) -> Option<Self> {
        let part = |least: usize, percent: usize| holding >= least && holding * 100 >= reports * percent;
        [(Self::Nearly, part(8, 75)), (Self::Many, part(5, 30)), (Self::Some, part(4, 8))]
            .into_iter()
            .find_map(|(often, fits)| fits.then_some(often))
    }
}

impl Sampled {
    /// Whether half of the shorter text's own lines stand in the other.
    fn is_copy(&self, other: &Self) -> bool {
        let shared = self.telling.intersection(&other.telling).count();
        shared > 0 && shared * 2 >= self.telling.len().min(other.telling.len())
    }
}

fn sampled(path: &Path) -> Option<Sampled> {
    let small = fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LARGE);
    let bytes = small.then(|| fs::read(path).ok()).flatten()?;
    let format = format::detect(path, bytes.get(..format::HEAD).unwrap_or(&bytes)).ok().filter(|format| format.is_plain())?;
    let (draft, _) = draft_of(format, &bytes).ok()?;
    let (mut lines, mut telling) = (BTreeSet::new(), BTreeSet::new());
    for piece in &draft.pieces {
        let words = piece.span.slice(&draft.text);
        if let Some(line) = hash(words) {
            lines.insert(line);
            if words.split_whitespace().nth(TELLING).is_some() {
                telling.insert(line);
            }
        }
    }
    Some(Sampled { lines, telling })
}

/// A line as a number, whatever its spacing (FNV-1a); `None` for one that is never furniture.
fn hash(words: &str) -> Option<u64> {
    if words.len() > LONG_LINE || !words.contains(char::is_alphabetic) {
        return None;
    }
    let bytes = words.split_whitespace().flat_map(|word| word.bytes().chain([b' ']));
    Some(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
}
