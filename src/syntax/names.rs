//! Tagged tokens of a document become mentions of names: a greedy linear tagger over begin, inside, last and unit labels.
//!
//! Beside the words around, it reads what the whole document shows of a word (after a title or a first name here, beside
//! "said" there), so a bare surname is known from its full form. Features after Ratinov and Roth (2009).

use std::ops::Range;

use super::document::{Document, Run};
use super::fine::Fine;
use super::form::Form;
use super::network::{Active, Network, best};
use super::tagger::form_at;
use super::weights::feature;
use super::{EntityKind, Mention, Tag};

/// Labels.
pub(super) const LABELS: usize = 17;

/// Weights of a row: those of the labels, and the hidden layer's.
pub(super) const WIDTH: usize = LABELS + 31;

const KINDS: [EntityKind; 4] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::Other];

/// What a token is to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Begin,
    Inside,
    Last,
    Unit,
}

/// A label: outside (0), or a part of a kind of name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Label(pub(super) u8);

impl Label {
    pub(super) const OUTSIDE: Self = Self(0);

    pub(super) fn new(part: Part, kind: EntityKind) -> Self {
        Self(1 + 4 * kind as u8 + part as u8)
    }

    fn part(self) -> Option<Part> {
        let parts = [Part::Begin, Part::Inside, Part::Last, Part::Unit];
        self.0.checked_sub(1).and_then(|label| parts.get(usize::from(label % 4)).copied())
    }

    fn kind(self) -> Option<EntityKind> {
        self.0.checked_sub(1).and_then(|label| KINDS.get(usize::from(label / 4)).copied())
    }

    /// Whether a name is unfinished after this label.
    fn open(self) -> bool {
        matches!(self.part(), Some(Part::Begin | Part::Inside))
    }

    /// Whether this label may stand after `before`; `last` at the end of a sentence.
    pub(super) fn follows(self, before: Self, last: bool) -> bool {
        let continues = matches!(self.part(), Some(Part::Inside | Part::Last));
        let fits = if before.open() { continues && self.kind() == before.kind() } else { !continues };
        fits && !(last && self.open())
    }
}

/// The labels of a sentence's mentions.
pub(super) fn labels(tokens: usize, mentions: &[Mention]) -> Vec<Label> {
    let mut labels = vec![Label::OUTSIDE; tokens];
    for mention in mentions {
        for at in mention.tokens.clone() {
            let part = match (at == mention.tokens.start, at + 1 == mention.tokens.end) {
                (true, true) => Part::Unit,
                (true, false) => Part::Begin,
                (false, true) => Part::Last,
                (false, false) => Part::Inside,
            };
            labels[at] = Label::new(part, mention.kind);
        }
    }
    labels
}

/// The mentions that labels spell, from token `base` on.
pub(super) fn mentions(labels: &[Label], base: usize) -> impl Iterator<Item = Mention> {
    let mut start = 0;
    labels.iter().enumerate().filter_map(move |(at, label)| {
        if matches!(label.part(), Some(Part::Begin | Part::Unit)) {
            start = at;
        }
        let ends = matches!(label.part(), Some(Part::Last | Part::Unit));
        ends.then_some(Mention { tokens: base + start..base + at + 1, kind: label.kind()? })
    })
}

/// The name tagger's weights.
#[derive(Clone, Debug)]
pub(super) struct Namer<'m>(Network<'m, LABELS, WIDTH>);

impl<'m> Namer<'m> {
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        Self(Network::read(bytes))
    }

    /// Appends the mentions of the sentence at `tokens` of a document.
    pub(super) fn find(&self, document: &Document<'_>, tokens: Range<usize>, mentions_found: &mut Vec<Mention>) {
        let view = View::new(document, tokens.clone());
        let mut labels = Vec::with_capacity(tokens.len());
        for at in 0..tokens.len() {
            let history = history(&labels);
            labels.push(if view.plain(at, history[0]) { Label::OUTSIDE } else { self.label(&view, at, history) });
        }
        mentions_found.extend(mentions(&labels, tokens.start));
    }

    fn label(&self, view: &View<'_>, at: usize, history: [Label; 2]) -> Label {
        let mut active = Active::new();
        view.features(at, history, |hash| active.add(hash));
        let last = at + 1 == view.forms.len();
        Label(best(&self.0.scores(&active), |class| Label(class as u8).follows(history[0], last)) as u8)
    }
}

/// The last two labels, nearest first.
pub(super) fn history(labels: &[Label]) -> [Label; 2] {
    let back = |steps: usize| labels.len().checked_sub(steps).and_then(|at| labels.get(at)).copied().unwrap_or_default();
    [back(1), back(2)]
}

/// One sentence as the name tagger sees it.
pub(super) struct View<'d> {
    document: &'d Document<'d>,
    pub(super) forms: &'d [Form],
    tags: &'d [Fine],
    runs: Vec<Run>,
}

impl<'d> View<'d> {
    pub(super) fn new(document: &'d Document<'d>, tokens: Range<usize>) -> Self {
        let forms = document.forms.get(tokens.clone()).unwrap_or_default();
        let tags = document.tags.get(tokens).unwrap_or_default();
        Self { document, forms, tags, runs: super::document::runs(forms, tags) }
    }

    /// Whether no name can begin or go on at this token.
    pub(super) fn plain(&self, at: usize, before: Label) -> bool {
        let tag = self.tags.get(at).map(|tag| tag.tag());
        let run = self.runs.get(at).is_some_and(|run| run.length > 0);
        !before.open() && !run && tag != Some(Tag::Propn)
    }

    fn tag(&self, at: usize) -> u64 {
        self.tags.get(at).map_or(64, |tag| tag.value())
    }

    /// Calls `emit` with each feature of the token at `at`, given the labels of the two before it.
    #[inline]
    pub(super) fn features(&self, at: usize, [label1, label2]: [Label; 2], mut emit: impl FnMut(u64)) {
        let [before2, before, here, after, after2] =
            [at.wrapping_sub(2), at.wrapping_sub(1), at, at + 1, at + 2].map(|place| form_at(self.forms, place));
        let run = self.runs.get(at).copied().unwrap_or_default();
        let [first, last, ahead, behind] =
            [run.start, run.end.wrapping_sub(1), run.end, run.start.wrapping_sub(1)].map(|place| form_at(self.forms, place));
        let mut template = 100;
        let mut one = |values: [u64; 3]| {
            template += 1;
            emit(feature(template, values));
        };
        let (label1, label2) = (u64::from(label1.0), u64::from(label2.0));
        let (tag, tag_before, tag_after) = (self.tag(at), self.tag(at.wrapping_sub(1)), self.tag(at + 1));
        let (seen, seen_after) = (self.document.seen(here), self.document.seen(after));
        let case = here.case as u64;
        let place = (at - run.start.min(at)).min(3) as u64 | ((run.end.max(at + 1) - at - 1).min(3) as u64) << 2;
        one([0, label1, 0]);
        one([here.word, 0, 0]);
        one([here.word, label1, 0]);
        one([here.lower, 0, 0]);
        here.suffixes.into_iter().skip(1).for_each(|suffix| one([suffix, case, 0]));
        one([here.prefixes[2], case, 0]);
        one([here.pattern, label1, 0]);
        one([tag, label1, case]);
        one([tag, tag_before, tag_after]);
        one([label1, label2, tag]);
        one([here.entry.cluster(), label1, 0]);
        one([here.entry.coarse(), label1, case]);
        one([here.lower_entry.tags(), case, u64::from(at == 0)]);
        one([before.lower, case, label1]);
        one([before2.lower, before.lower, case]);
        one([after.lower, case, label1]);
        one([after.lower, after2.lower, case]);
        one([before.entry.cluster(), case, label1]);
        one([after.entry.cluster(), case, label1]);
        one([here.entry.gazetteers(), case, label1]);
        one([here.entry.gazetteers(), after.entry.gazetteers(), label1]);
        one([before.entry.gazetteers(), here.entry.gazetteers(), after.entry.gazetteers()]);
        for bit in 0..7 {
            let known = |form: &Form| (form.entry.gazetteers() >> bit) & 1;
            one([known(here) | known(before) << 1 | known(after) << 2, case, 0]);
            one([known(first) | known(last) << 1, place, 0]);
        }
        for bit in 0..6 {
            one([(seen >> bit) & 1 | ((seen_after >> bit) & 1) << 1, case, label1]);
        }
        one([here.lower_entry.cluster(), case, 0]);
        one([first.entry.cluster(), last.entry.cluster(), place]);
        one([seen, case, label1]);
        one([seen, seen_after, label1]);
        one([seen, here.entry.gazetteers(), 0]);
        one([place, label1, case]);
        one([place, last.lower, label1]);
        one([place, last.entry.cluster(), label1]);
        one([place, last.suffixes[2], 0]);
        one([place, first.lower, label1]);
        one([place, first.entry.gazetteers(), last.entry.gazetteers()]);
        one([place, self.document.seen(first), self.document.seen(last)]);
        one([place, behind.lower, 0]);
        one([place, ahead.lower, 0]);
        one([place, behind.entry.cluster(), ahead.entry.cluster()]);
        one([place, ahead.lower_entry.tags(), 0]);
    }
}
