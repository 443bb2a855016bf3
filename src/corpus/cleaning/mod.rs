//! Pieces of text become blocks: each is given its role, and whatever is not the article is marked.
//!
//! First what a line says of itself (set phrases, menus, job adverts), then what its place says: the head before the first running
//! text holds title, byline, outlet and menus; the foot after the last holds lists of other stories and offers. A short line among
//! paragraphs, or under a colon, stays the article's. Nothing is cut and no position changes.

mod foot;
mod glued;
mod head;
mod jobs;
mod menu;
mod phrases;
mod unit;

use unit::{Close, Unit};

use super::draft::{Draft, Shape};
use super::{Block, BlockKind, Boilerplate, Metadata};

/// The roles of one document's pieces, some still open.
struct Page<'t> {
    units: Vec<Unit<'t>>,
    kinds: Vec<Option<BlockKind>>,
    /// What head and foot say of title, authors, dates, outlet.
    read: Metadata,
}

/// Blocks for the draft's pieces, and the metadata found in the text itself.
pub(super) fn clean(draft: &Draft) -> (Vec<Block>, Metadata) {
    let units = Unit::all(&draft.text, &draft.pieces);
    let kinds = units.iter().map(|unit| fixed(unit.shape)).collect();
    let mut page = Page { units, kinds, read: Metadata::default() };
    page.mark_phrases();
    page.mark_jobs();
    page.mark_related();
    head::mark(&mut page, draft.stated.title.as_ref().map(|title| title.value.as_str()));
    foot::mark(&mut page);
    page.mark_menus();
    page.settle(&draft.text)
}

/// The role that the format's own markup settles.
fn fixed(shape: Shape) -> Option<BlockKind> {
    match shape {
        Shape::Chrome(kind) => Some(BlockKind::Boilerplate(kind)),
        Shape::Title => Some(BlockKind::Title),
        Shape::Byline => Some(BlockKind::Byline),
        Shape::Text | Shape::Heading | Shape::Item | Shape::Quote | Shape::Caption => None,
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
        (0..self.units.len()).find(|at| self.is_body(*at))
    }

    fn last_body(&self) -> Option<usize> {
        (0..self.units.len()).rev().find(|at| self.is_body(*at))
    }

    fn mark_phrases(&mut self) {
        for at in 0..self.units.len() {
            let found = self.units.get(at).filter(|_| self.is_open(at)).and_then(phrases::find);
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
        for at in 0..self.units.len() {
            if self.boilerplate(at) == Some(Boilerplate::Related) && self.units.get(at).is_some_and(|unit| unit.count <= 8) {
                let listed = self.listed_below(at + 1);
                (at + 1..at + 1 + listed).for_each(|below| self.mark_boilerplate(below, Boilerplate::Related));
            }
        }
    }

    /// How many units from `from` on look like a list of headlines.
    fn listed_below(&self, from: usize) -> usize {
        let open = |at: &usize| self.is_open(*at) && !self.is_paragraph(*at);
        let run = (from..self.units.len()).take_while(open).take(30).count();
        let ends_page = !(from + run..self.units.len()).any(|at| self.is_body(at));
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

    /// Share bars anywhere; rows of menu labels outside the running text.
    fn mark_menus(&mut self) {
        let body = self.first_body().unwrap_or(0)..=self.last_body().unwrap_or(0);
        for at in 0..self.units.len() {
            let found = self
                .units
                .get(at)
                .filter(|unit| self.is_open(at) && !unit.is_item())
                .and_then(|unit| menu::find(unit, !body.contains(&at)));
            found.filter(|_| !self.follows_colon(at)).into_iter().for_each(|kind| self.mark_boilerplate(at, kind));
        }
    }

    /// Whether the unit is one of a run of short lines that the article introduces with a colon.
    fn follows_colon(&self, at: usize) -> bool {
        let above = (0..at).rev().find(|above| !self.units.get(*above).is_some_and(|unit| unit.is_item() || unit.close == Close::Open));
        above.and_then(|above| self.units.get(above)).is_some_and(|unit| unit.close == Close::Colon && unit.count >= 4)
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
            Shape::Heading => BlockKind::Heading,
            Shape::Item => BlockKind::ListItem,
            Shape::Quote => BlockKind::BlockQuote,
            Shape::Caption => BlockKind::Caption,
            _ if self.follows_colon(at) && unit.close == Close::Open && unit.count <= 20 => BlockKind::ListItem,
            _ if self.is_heading(at) => BlockKind::Heading,
            _ => BlockKind::Paragraph,
        }
    }

    /// A short line set apart above running text.
    fn is_heading(&self, at: usize) -> bool {
        let short = |unit: &Unit<'_>| {
            unit.apart && unit.count <= 12 && unit.is_label() && unit.words.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        };
        self.units.get(at).is_some_and(short) && self.is_body(at + 1)
    }
}
