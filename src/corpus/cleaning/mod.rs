//! Pieces of text become blocks: each is given its role, and whatever is not the article is marked.
//!
//! First what a line says of itself (set phrases, menus, job adverts), then what its place says: the head before the first running
//! text holds title, byline, outlet and menus; the foot after the last holds lists of other stories and offers. A short line among
//! paragraphs, or under a colon, stays the article's. Nothing is cut and no position changes.

mod adjacent;
mod caption;
mod extent;
mod foot;
mod furniture;
mod glued;
mod head;
mod jobs;
mod menu;
mod phrases;
mod platform;
mod reader;
#[cfg(test)]
mod scraped;
mod unit;
mod widget;

use unit::{Close, Unit};

use std::ops::Range;

use super::draft::{Draft, Shape};
use super::{Block, BlockKind, Boilerplate, Metadata, Recurring};

/// The roles of one document's pieces, some still open.
struct Page<'t> {
    units: Vec<Unit<'t>>,
    kinds: Vec<Option<BlockKind>>,
    /// Which units are items or short lines below a line that ends with a colon.
    listed: Vec<bool>,
    /// Which units the article runs over.
    article: Range<usize>,
    /// What head and foot say of title, authors, dates, outlet.
    read: Metadata,
}

/// Blocks for the draft's pieces, and the metadata found in the text itself; `recurring` are lines that stand in many documents around it.
pub(super) fn clean(draft: &Draft, recurring: &Recurring) -> (Vec<Block>, Metadata) {
    let units = Unit::all(&draft.text, &draft.pieces);
    let kinds = units.iter().map(|unit| fixed(unit.shape)).collect();
    let listed = listed(&units);
    let article = 0..units.len();
    let mut page = Page { units, kinds, listed, article, read: Metadata::default() };
    page.mark_phrases();
    foot::mark_discussion(&mut page);
    page.mark_jobs();
    foot::mark_source(&mut page);
    page.mark_related();
    page.article = extent::find(&page);
    head::mark(&mut page, draft.stated.title.as_ref().map(|title| title.value.as_str()));
    foot::mark(&mut page);
    page.mark_menus();
    page.mark_beyond();
    adjacent::mark(&mut page);
    furniture::mark(&mut page, recurring);
    page.settle(&draft.text)
}

/// Items and short lines between a line that ends with a colon and the next sentence.
fn listed(units: &[Unit<'_>]) -> Vec<bool> {
    let mut introduced = false;
    let mut listed = Vec::with_capacity(units.len());
    for unit in units {
        let short = unit.is_item() || unit.close == Close::Open;
        listed.push(short && introduced);
        introduced = if short { introduced } else { unit.close == Close::Colon && unit.count >= 4 };
    }
    listed
}

/// The role that the format's own markup settles.
fn fixed(shape: Shape) -> Option<BlockKind> {
    match shape {
        Shape::Chrome(kind) => Some(BlockKind::Boilerplate(kind)),
        Shape::Byline => Some(BlockKind::Byline),
        Shape::Text | Shape::Title | Shape::Outside | Shape::Heading | Shape::Item | Shape::Quote | Shape::Caption => None,
    }
}

impl Page<'_> {
    fn mark(&mut self, at: usize, kind: BlockKind) {
        if let Some(slot) = self.kinds.get_mut(at).filter(|slot| slot.is_none()) {
            *slot = Some(kind);
        }
    }

    fn mark_boilerplate(&mut self, at: usize, kind: Boilerplate) {
        self.mark(at, BlockKind::Boilerplate(kind));
    }

    fn is_open(&self, at: usize) -> bool {
        self.kinds.get(at).is_some_and(Option::is_none)
    }

    fn boilerplate(&self, at: usize) -> Option<Boilerplate> {
        match self.kinds.get(at).copied().flatten() {
            Some(BlockKind::Boilerplate(kind)) => Some(kind),
            _ => None,
        }
    }

    /// Whether the unit is running text of the article, as far as is known.
    fn is_body(&self, at: usize) -> bool {
        self.is_open(at) && self.units.get(at).is_some_and(Unit::is_prose)
    }

    fn first_body(&self) -> Option<usize> {
        self.article.clone().find(|at| self.is_body(*at))
    }

    /// The last sentence of the article: a shorter one than it takes to open it.
    fn last_body(&self) -> Option<usize> {
        self.article.clone().rev().find(|at| self.is_open(*at) && self.units.get(*at).is_some_and(Unit::is_sentence))
    }

    fn mark_phrases(&mut self) {
        for at in 0..self.units.len() {
            let bar = |unit| menu::bar(unit).filter(|_| !self.follows_colon(at));
            let found = self
                .units
                .get(at)
                .filter(|_| self.is_open(at))
                .and_then(|unit| phrases::find(unit).or_else(|| widget::find(unit)).or_else(|| bar(unit)));
            found.into_iter().for_each(|kind| self.mark_boilerplate(at, kind));
        }
    }

    fn mark_jobs(&mut self) {
        for (at, job) in jobs::find(&self.units).into_iter().enumerate() {
            if job {
                self.mark_boilerplate(at, Boilerplate::Advert);
            }
        }
    }

    /// Headlines listed under "Most read", "Related stories" and the like.
    fn mark_related(&mut self) {
        let last_body = self.last_body();
        for at in 0..self.units.len() {
            if self.boilerplate(at) == Some(Boilerplate::Related) && self.units.get(at).is_some_and(|unit| unit.count <= 8) {
                let listed = self.listed_below(at + 1, last_body);
                (at + 1..at + 1 + listed).for_each(|below| self.mark_boilerplate(below, Boilerplate::Related));
            }
        }
    }

    /// How many units from `from` on look like a list of headlines.
    fn listed_below(&self, from: usize, last_body: Option<usize>) -> usize {
        let open = |at: &usize| self.is_open(*at) && !self.is_paragraph(*at);
        let run = (from..self.units.len()).take_while(open).take(30).count();
        let ends_page = last_body.is_none_or(|last| last < from + run);
        let lone_heading = run == 1 && self.units.get(from).is_some_and(|unit| !unit.is_item() && unit.count < 5);
        if lone_heading && !ends_page { 0 } else { run }
    }

    /// Running text, as opposed to a headline that happens to be a sentence.
    fn is_paragraph(&self, at: usize) -> bool {
        self.units.get(at).is_some_and(|unit| {
            let headline = unit.is_item() || (unit.is_label() && !unit::opens_quotation(unit.words));
            !headline || unit.count > 20
        })
    }

    /// Rows of menu entries; outside the running text any row of labels.
    fn mark_menus(&mut self) {
        let body = self.first_body().unwrap_or(0)..=self.last_body().unwrap_or(0);
        for at in 0..self.units.len() {
            let row = |unit: &Unit<'_>| !unit.is_item() && menu::is_row(unit, !body.contains(&at)) && !self.follows_colon(at);
            if self.is_open(at) && self.units.get(at).is_some_and(row) {
                self.mark_boilerplate(at, Boilerplate::Navigation);
            }
        }
    }

    /// What stands beyond the article, once enough furniture parts it from there: the site's own sentences, other stories, menus.
    fn mark_beyond(&mut self) {
        let parted = |ats: &mut dyn Iterator<Item = usize>| {
            let weigh = |sum: &mut i64, at: usize| {
                *sum += self.boilerplate(at).map_or(0, extent::telling);
                Some((at, *sum))
            };
            let beyond = ats.scan(0, weigh).skip_while(|(_, sum)| *sum < extent::PARTING);
            beyond.map(|(at, _)| at).collect::<Vec<usize>>()
        };
        let mut beyond = parted(&mut (0..self.article.start).rev());
        beyond.extend(parted(&mut (self.article.end..self.units.len())));
        for at in beyond {
            let Some(unit) = self.units.get(at).filter(|unit| unit.shape != Shape::Title) else { continue };
            let kind = if unit.is_sentence() { Boilerplate::Source } else { Boilerplate::Navigation };
            self.mark_boilerplate(at, kind);
        }
    }

    /// Whether the unit is one of a run of short lines that the article introduces with a colon.
    fn follows_colon(&self, at: usize) -> bool {
        self.listed.get(at) == Some(&true)
    }

    fn settle(self, text: &str) -> (Vec<Block>, Metadata) {
        let mut blocks = Vec::with_capacity(self.units.len());
        for at in 0..self.units.len() {
            let Some(unit) = self.units.get(at) else { continue };
            let kind = self.kinds.get(at).copied().flatten().unwrap_or_else(|| self.default_kind(at));
            match glued::caption(text, unit).filter(|_| kind == BlockKind::Paragraph) {
                Some((caption, rest)) => {
                    blocks.push(Block { span: caption, kind: BlockKind::Caption });
                    blocks.push(Block { span: rest, kind });
                }
                None => blocks.push(Block { span: unit.span, kind }),
            }
        }
        (blocks, self.read)
    }

    fn default_kind(&self, at: usize) -> BlockKind {
        let Some(unit) = self.units.get(at) else { return BlockKind::Paragraph };
        match unit.shape {
            Shape::Heading | Shape::Title => BlockKind::Heading,
            Shape::Outside => BlockKind::Boilerplate(Boilerplate::Navigation),
            Shape::Item => BlockKind::ListItem,
            Shape::Quote => BlockKind::BlockQuote,
            Shape::Caption => BlockKind::Caption,
            Shape::Text if caption::is_caption(unit) => BlockKind::Caption,
            _ if self.follows_colon(at) && unit.close == Close::Open && unit.count <= 20 => BlockKind::ListItem,
            _ if self.is_heading(at) => BlockKind::Heading,
            _ => BlockKind::Paragraph,
        }
    }

    /// A short line set apart above running text.
    fn is_heading(&self, at: usize) -> bool {
        let quiet = |words: &str| {
            !words.contains(['"', '“', ':'])
                && words.trim_start_matches(['\'', '‘']).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        };
        let short = |unit: &Unit<'_>| unit.apart && unit.count <= 12 && unit.is_label() && quiet(unit.words);
        let text_below = self.units.get(at + 1).is_some_and(|below| self.is_open(at + 1) && below.count >= 6 && below.close != Close::Open);
        self.units.get(at).is_some_and(short) && text_below
    }
}
