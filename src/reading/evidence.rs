//! A sentence and a question become figures of how much the one speaks of the other.
//!
//! Words count by how rare they are; neighbouring sentences and the document's title count as context, for less.

use super::names::name_words;
use super::sought::Sought;
use super::view::View;
use crate::corpus::BlockKind;
use crate::index::DocumentRecord;
use crate::quotation::{Quotation, QuotationKind};
use crate::text::{MONTHS, Shape, fold};

/// How much a sentence speaks of the question; shares are between 0 and 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SentenceEvidence {
    /// Which sentence of the passage.
    pub(crate) sentence: usize,
    /// Weighted share of the terms in the sentence.
    pub(crate) own: f32,
    /// Weighted share of the terms that stand only in the sentences beside it.
    pub(crate) beside: f32,
    /// Weighted share of the terms that stand only elsewhere in the passage.
    pub(crate) around: f32,
    /// Weighted share of the terms that stand only in the title, the outlet's or the authors' names.
    pub(crate) titled: f32,
    /// Share of the question's neighbouring pairs that are neighbours here.
    pub(crate) pairs: f32,
    /// Share of the question's names in the sentence.
    pub(crate) names: f32,
    /// Share of the question's names in sentence, neighbours or title.
    pub(crate) names_around: f32,
    /// Share of the question's numbers in the sentence.
    pub(crate) numbers: f32,
    /// Weighted share of the terms for which only other words stand, in the sentence.
    pub(crate) alike: f32,
    /// Weighted share of the terms that stand neither in the sentence nor beside it, but for which other words do, beside it.
    pub(crate) alike_beside: f32,
    /// Which terms stand in the sentence.
    pub(crate) found: Vec<bool>,
    /// Which terms stand, or are stood for, in the sentence, beside it or in the title.
    pub(crate) near: Vec<bool>,
}

impl SentenceEvidence {
    /// The figures the linear reader weighs, in a fixed order.
    pub(crate) fn figures(&self, view: &View<'_>) -> [f32; FIGURES] {
        let words = view.tokens(self.sentence).len() as f32;
        let block = view.block(self.sentence);
        [
            self.own,
            self.own * self.own,
            self.beside,
            self.around,
            self.titled,
            self.pairs,
            self.names,
            self.names_around,
            self.numbers,
            f32::from(u8::from(self.own + self.beside + self.titled > 0.99)),
            (words / 40.0).min(2.0),
            f32::from(u8::from(words < 6.0)),
            f32::from(u8::from(matches!(block, BlockKind::Title | BlockKind::Heading | BlockKind::Caption))),
            f32::from(u8::from(matches!(block, BlockKind::Byline))),
            f32::from(u8::from(self.sentence == 0)),
            (self.sentence as f32 / 10.0).min(1.0),
        ]
    }

    /// How much of what is said of the question's names the sentence itself says, by weight, 0 to 1; 1 where the question says nothing of them.
    pub(crate) fn predicate(&self, sought: &Sought) -> f32 {
        let saying = || sought.terms.iter().enumerate().filter(|(_, term)| !term.name && !term.number);
        let all: f32 = saying().map(|(_, term)| term.weight).sum();
        let own: f32 = saying().filter(|(place, _)| self.found.get(*place).copied().unwrap_or(false)).map(|(_, term)| term.weight).sum();
        if all > 0.0 { own / all } else { 1.0 }
    }

    /// Weighted share of the terms anywhere near: in the sentence, its neighbours, the passage, the title.
    pub(crate) fn covered(&self) -> f32 {
        self.own + self.beside + self.around + self.titled
    }
}

/// How many figures there are.
pub(crate) const FIGURES: usize = 16;

/// The evidence of every sentence of the article in a passage, in order.
pub(crate) fn weigh(view: &View<'_>, sought: &Sought) -> Vec<SentenceEvidence> {
    let context = Context::new(view, sought);
    view.sentences().map(|sentence| weigh_one(view, sought, sentence, &context)).collect()
}

/// Which terms stand where in a passage.
struct Context {
    found: Vec<Vec<bool>>,
    meant: Vec<Vec<bool>>,
    titled: Vec<bool>,
    passage: Vec<bool>,
}

impl Context {
    fn new(view: &View<'_>, sought: &Sought) -> Self {
        let found: Vec<Vec<bool>> = (0..view.record.analysis.sentences.len()).map(|sentence| found(view, sentence, sought)).collect();
        let meant = (0..found.len()).map(|sentence| meant(view, sentence, sought)).collect();
        let article = found.iter().enumerate().filter(|(sentence, _)| view.block(*sentence).is_article()).map(|(_, found)| found);
        let passage = merge(article, sought);
        Self { titled: titled(view, sought), passage, found, meant }
    }
}

fn weigh_one(view: &View<'_>, sought: &Sought, sentence: usize, context: &Context) -> SentenceEvidence {
    let Context { found, meant, titled, passage } = context;
    let own = found.get(sentence).cloned().unwrap_or_default();
    let neighbours = [sentence.checked_sub(1), Some(sentence + 1)];
    let beside = merge(neighbours.into_iter().flatten().filter_map(|position| found.get(position)), sought);
    let alike = meant.get(sentence).cloned().unwrap_or_default();
    let alike_beside = merge(neighbours.into_iter().flatten().filter_map(|position| meant.get(position)), sought);
    let share = |holds: &dyn Fn(usize) -> bool| share(sought, holds);
    let has = |list: &[bool], term: usize| list.get(term).copied().unwrap_or(false);
    let near = |term: usize| has(&own, term) || has(&beside, term);
    SentenceEvidence {
        sentence,
        own: share(&|term| has(&own, term)),
        beside: share(&|term| has(&beside, term) && !has(&own, term)),
        around: share(&|term| has(passage, term) && !near(term)),
        titled: share(&|term| has(titled, term) && !near(term) && !has(passage, term)),
        pairs: pairs(view, sentence, sought),
        names: names(sought, &|term| has(&own, term)),
        names_around: names(sought, &|term| near(term) || has(titled, term)),
        numbers: numbers(sought, &|term| has(&own, term)),
        alike: share(&|term| has(&alike, term) && !has(&own, term)),
        alike_beside: share(&|term| has(&alike_beside, term) && !has(&alike, term) && !near(term)),
        near: (0..sought.terms.len())
            .map(|term| near(term) || has(&alike, term) || has(&alike_beside, term) || has(titled, term))
            .collect(),
        found: own,
    }
}

fn share(sought: &Sought, holds: &dyn Fn(usize) -> bool) -> f32 {
    let weight: f32 = sought.terms.iter().enumerate().filter(|(term, _)| holds(*term)).map(|(_, term)| term.weight).sum();
    weight / sought.weight()
}

fn found(view: &View<'_>, sentence: usize, sought: &Sought) -> Vec<bool> {
    let mut found = vec![false; sought.terms.len()];
    for term in view.cells(view.tokens(sentence)).iter().filter_map(|cell| cell.term) {
        if let Some(slot) = found.get_mut(term) {
            *slot = true;
        }
    }
    for term in spoken_by(view, sentence).flat_map(name_words).filter_map(|word| sought.matching(&word)) {
        if let Some(slot) = found.get_mut(term) {
            *slot = true;
        }
    }
    sought.share_same_stems(&mut found);
    found
}

/// Which terms other words of a sentence can stand for.
fn meant(view: &View<'_>, sentence: usize, sought: &Sought) -> Vec<bool> {
    let mut meant = vec![false; sought.terms.len()];
    for term in view.cells(view.tokens(sentence)).iter().filter_map(|cell| cell.meant) {
        if let Some(slot) = meant.get_mut(term) {
            *slot = true;
        }
    }
    meant
}

/// Whoever says the words of a sentence: "I" and "we" in it are theirs.
fn spoken_by<'v>(view: &'v View<'_>, sentence: usize) -> impl Iterator<Item = &'v str> {
    let span = view.record.analysis.sentences.get(sentence).map(|sentence| sentence.span).unwrap_or_default();
    let says =
        move |quotation: &&Quotation| quotation.kind == QuotationKind::Direct && quotation.pieces.iter().any(|piece| piece.overlaps(span));
    view.record.quotations.iter().filter(says).filter_map(|quotation| quotation.speaker.as_ref()).map(|speaker| speaker.name.as_str())
}

fn merge<'f>(lists: impl Iterator<Item = &'f Vec<bool>>, sought: &Sought) -> Vec<bool> {
    let mut merged = vec![false; sought.terms.len()];
    for list in lists {
        for (slot, &found) in merged.iter_mut().zip(list) {
            *slot |= found;
        }
    }
    merged
}

/// Which terms stand in the document's title, outlet or authors.
fn titled(view: &View<'_>, sought: &Sought) -> Vec<bool> {
    let words = known_by(&view.record.document).into_iter().map(|word| fold(&word));
    let mut found = vec![false; sought.terms.len()];
    for term in words.filter(|word| !word.is_empty()).filter_map(|word| sought.matching(&word)) {
        if let Some(slot) = found.get_mut(term) {
            *slot = true;
        }
    }
    found
}

/// Share of the question's pairs that stand side by side, with one word between at most.
fn pairs(view: &View<'_>, sentence: usize, sought: &Sought) -> f32 {
    if sought.pairs.is_empty() {
        return 0.0;
    }
    let words = || view.cells(view.tokens(sentence)).iter().filter(|cell| cell.shape != Shape::Punctuation);
    let terms: Vec<Option<usize>> = words().map(|cell| cell.term).collect();
    let side_by_side = |&&(one, other): &&(usize, usize)| {
        let starts = terms.iter().enumerate().filter(|(_, term)| **term == Some(one)).map(|(place, _)| place);
        starts.into_iter().any(|place| terms.iter().skip(place + 1).take(3).any(|term| *term == Some(other)))
    };
    sought.pairs.iter().filter(side_by_side).count() as f32 / sought.pairs.len() as f32
}

fn names(sought: &Sought, holds: &dyn Fn(usize) -> bool) -> f32 {
    if sought.names.is_empty() {
        return 1.0;
    }
    sought.names.iter().filter(|name| name.is_among(holds)).count() as f32 / sought.names.len() as f32
}

fn numbers(sought: &Sought, holds: &dyn Fn(usize) -> bool) -> f32 {
    let numbers: Vec<usize> = (0..sought.terms.len()).filter(|&term| sought.terms.get(term).is_some_and(|term| term.number)).collect();
    if numbers.is_empty() {
        return 1.0;
    }
    numbers.iter().filter(|&&term| holds(term)).count() as f32 / numbers.len() as f32
}

/// The words a document is known by: those of title, outlet and authors, and its day, month and year of publication.
pub(crate) fn known_by(document: &DocumentRecord) -> Vec<String> {
    let lines = document.title.iter().chain(&document.publisher).chain(&document.authors);
    let words = lines.flat_map(|line| line.split(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()).map(str::to_owned);
    let day = document.published.map(|date| {
        let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month.saturating_sub(1)));
        [date.year().to_string(), month.copied().unwrap_or_default().to_owned(), date.day().to_string()]
    });
    words.chain(day.into_iter().flatten()).collect()
}
