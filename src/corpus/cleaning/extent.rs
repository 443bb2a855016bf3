//! From where to where the article runs: the stretch whose sentences outweigh the furniture between them.
//!
//! Sites print sentences too: in notices, in comments, in what they say of themselves. Those stand among labels and set phrases, where an
//! article's stand together. Every unit is weighed, a run of furniture as a whole, and the heaviest stretch is the article (after Finn,
//! Kushmerick and Smyth, "Fact or fiction: content classification for digital libraries", 2001). Where nothing was told to be furniture,
//! all is article; so it is where the rest would be too much to be furniture.

use std::ops::Range;

use super::super::draft::Shape;
use super::reader::is_address_to_reader;
use super::unit::Unit;
use super::{Boilerplate, Page};

/// What a sentence weighs at most, in words.
const LONGEST: i64 = 30;
/// What a sentence weighs besides its words.
const SENTENCE: i64 = 4;
/// What a label takes away that stands in a run of furniture, and what all labels of one run do at most.
const LABEL: i64 = 4;
const LABELS: i64 = 60;
/// What every line of furniture after the run's most telling one takes away, and what all of them do at most.
const MORE: i64 = 2;
const MOST: i64 = 40;

/// How much furniture must stand between the article and what is not of it: a lone advert may stand above a list that is.
pub(super) const PARTING: i64 = 8;

/// What a unit is on the scales.
#[derive(Clone, Copy)]
enum Weight {
    Sentence(i64),
    Furniture(i64),
    Label,
    Nothing,
}

/// The units that the article runs over.
pub(super) fn find(page: &Page<'_>) -> Range<usize> {
    let whole = 0..page.units.len();
    let personal = is_personal(page);
    let weights: Vec<Weight> = whole.clone().map(|at| weigh(page, at, personal)).collect();
    if !weights.iter().any(|weight| matches!(weight, Weight::Furniture(_))) {
        return whole;
    }
    let sentences = |range: Range<usize>| -> i64 {
        let words = |weight: &Weight| if let Weight::Sentence(words) = weight { *words } else { 0 };
        weights.get(range).unwrap_or_default().iter().map(words).sum()
    };
    let found = up_to_notice(page, from_title(page, heaviest(&weights)), personal);
    if sentences(found.clone()) * 2 > sentences(whole.clone()) { found } else { whole }
}

/// A last sentence that turns to the reader, above labels, is the site's: "You have read your last free story."
fn up_to_notice(page: &Page<'_>, found: Range<usize>, personal: bool) -> Range<usize> {
    let notice = |at: usize| page.units.get(at).is_some_and(|unit| unit.count <= 25 && is_address_to_reader(unit));
    let alone = found.end.checked_sub(1).is_some_and(|last| last > found.start && notice(last) && !notice(last - 1));
    if !personal && alone && found.end < page.units.len() { found.start..found.end - 1 } else { found }
}

/// Below what the markup sets as the title, the article has begun.
fn from_title(page: &Page<'_>, found: Range<usize>) -> Range<usize> {
    let title = page.units.iter().take(found.start).rposition(|unit| unit.shape == Shape::Title);
    title.map_or(found.start, |title| title + 1)..found.end
}

fn weigh(page: &Page<'_>, at: usize, personal: bool) -> Weight {
    let Some(unit) = page.units.get(at) else { return Weight::Nothing };
    match page.boilerplate(at) {
        Some(kind) => Weight::Furniture(telling(kind)),
        None if !page.is_open(at) => Weight::Nothing,
        None if unit.shape == Shape::Outside => Weight::Label,
        None if unit.is_sentence() => Weight::Sentence(sentence(unit, personal)),
        None if is_label(unit) && !page.follows_colon(at) => Weight::Label,
        None => Weight::Nothing,
    }
}

/// A sentence that turns to the reader is a third of one, unless the article does.
fn sentence(unit: &Unit<'_>, personal: bool) -> i64 {
    let words = i64::try_from(unit.count).unwrap_or(LONGEST).min(LONGEST) + SENTENCE;
    if !personal && is_address_to_reader(unit) { words / 3 } else { words }
}

/// Whether a quarter of all sentences turn to the reader, as in a letter or a recipe.
fn is_personal(page: &Page<'_>) -> bool {
    let sentences = || page.units.iter().enumerate().filter(|(at, unit)| page.is_open(*at) && unit.is_sentence());
    sentences().filter(|(_, unit)| is_address_to_reader(unit)).count() * 4 >= sentences().count()
}

fn is_label(unit: &Unit<'_>) -> bool {
    unit.is_label() && unit.count <= 14 && !matches!(unit.shape, Shape::Title | Shape::Caption)
}

/// How surely a kind of furniture ends an article: adverts and links stand between its paragraphs, the imprint does not.
pub(super) fn telling(kind: Boilerplate) -> i64 {
    match kind {
        Boilerplate::Source | Boilerplate::Consent => 40,
        Boilerplate::Comments => 16,
        Boilerplate::Navigation => 10,
        Boilerplate::Related => 8,
        _ => 6,
    }
}

/// The stretch of the greatest sum, from a sentence to a sentence; of equal ones the first.
fn heaviest(weights: &[Weight]) -> Range<usize> {
    let (mut best, mut found) = (0, 0..weights.len());
    let (mut sum, mut start, mut run) = (0, None, Run::default());
    for (at, weight) in weights.iter().enumerate() {
        let Weight::Sentence(words) = weight else {
            run.add(*weight);
            continue;
        };
        let left = sum - std::mem::take(&mut run).cost();
        if left <= 0 || start.is_none() {
            start = Some(at);
        }
        sum = left.max(0) + words;
        if sum > best {
            (best, found) = (sum, start.unwrap_or(at)..at + 1);
        }
    }
    found
}

/// What stands between two sentences.
#[derive(Default)]
struct Run {
    telling: i64,
    furniture: i64,
    labels: i64,
}

impl Run {
    fn add(&mut self, weight: Weight) {
        match weight {
            Weight::Furniture(telling) => {
                self.telling = self.telling.max(telling);
                self.furniture += 1;
            }
            Weight::Label => self.labels += 1,
            Weight::Sentence(_) | Weight::Nothing => {}
        }
    }

    /// Labels alone are headings and tables, and cost nothing.
    fn cost(&self) -> i64 {
        if self.furniture == 0 {
            return 0;
        }
        self.telling + ((self.furniture - 1) * MORE).min(MOST) + (self.labels * LABEL).min(LABELS)
    }
}
