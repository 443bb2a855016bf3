//! Quotations in the passages become remarks, a sentence each, and each remark's fit to a topic.

use std::collections::BTreeSet;

use super::cues::{alike, is_saying};
use crate::question::Question;
use crate::quotation::{Quotation, QuotationKind};
use crate::reading::names::same_person;
use crate::reading::sought::Sought;
use crate::reading::view::View;
use crate::span::Span;
use crate::text::{fold, stem};

/// One sentence's worth of somebody's reported words.
pub(super) struct Remark<'v> {
    /// Position in the list of passages.
    pub(super) passage: usize,
    /// The passage.
    pub(super) view: &'v View<'v>,
    /// Which sentence of the passage.
    pub(super) sentence: usize,
    /// The quotation it is part of.
    pub(super) quotation: &'v Quotation,
    /// The reported words inside the sentence.
    pub(super) span: Span,
}

/// All remarks, each once, in the order of passages.
pub(super) fn remarks<'v>(views: &'v [View<'v>]) -> Vec<Remark<'v>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (passage, view) in views.iter().enumerate() {
        for quotation in view.record.quotations.iter().filter(|quotation| quotation.kind != QuotationKind::NotSpeech) {
            for (sentence, span) in by_sentence(view, quotation) {
                if seen.insert((view.record.document.ordinal, span.start)) {
                    found.push(Remark { passage, view, sentence, quotation, span });
                }
            }
        }
    }
    found
}

/// The quotation's words sentence by sentence, without white space and stray punctuation at the ends.
fn by_sentence(view: &View<'_>, quotation: &Quotation) -> Vec<(usize, Span)> {
    let sentences = &view.record.analysis.sentences;
    let overlap = |piece: Span, sentence: Span| Span::new(piece.start.max(sentence.start), piece.end.min(sentence.end));
    let article = |number: usize| view.block(number).is_article();
    let mut found = Vec::new();
    for piece in &quotation.pieces {
        let inside = sentences.iter().enumerate().filter(|(number, sentence)| article(*number) && sentence.span.overlaps(*piece));
        found.extend(inside.map(|(number, sentence)| (number, trimmed(view, overlap(*piece, sentence.span)))));
    }
    found.retain(|(_, span)| !span.is_empty());
    found
}

fn trimmed(view: &View<'_>, span: Span) -> Span {
    let words = view.record.slice(span);
    let edge = |c: char| c.is_whitespace() || matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '`' | ',');
    let start = span.start + (words.len() - words.trim_start_matches(edge).len());
    let closing = |c: char| edge(c) || c == '\u{2019}' || c == '\'';
    Span::new(start, start + words.trim_matches(edge).trim_end_matches(closing).len().min(span.end.saturating_sub(start)))
}

/// The words between quotation marks, where there are at least two.
fn quoted(words: &str) -> Vec<String> {
    let opens = |c: char| matches!(c, '"' | '\u{201c}' | '\u{2018}' | '\'' | '\u{ab}');
    let start = words.char_indices().find(|&(at, c)| opens(c) && words.get(..at).is_some_and(|before| before.ends_with([' ', '(', ':'])));
    let Some((start, open)) = start else { return Vec::new() };
    let rest = words.get(start + open.len_utf8()..).unwrap_or_default();
    let closes = |c: char| matches!(c, '"' | '\u{201d}' | '\u{2019}' | '\'' | '\u{bb}');
    let inside = plain(rest.rfind(closes).and_then(|end| rest.get(..end)).unwrap_or(rest));
    if inside.contains(' ') { vec![inside] } else { Vec::new() }
}

/// Letters and digits in lower case, words one blank apart.
fn plain(text: &str) -> String {
    let folded = fold(text).replace(['\u{2019}', '\''], "");
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the utterance is to be about, and how it is to be said.
pub(super) struct Topic {
    /// Positions in the list of terms.
    terms: Vec<usize>,
    /// Stems of the verbs of saying in the question.
    verbs: Vec<String>,
    /// The words the question has between quotation marks, in plain letters.
    quoted: Vec<String>,
}

impl Topic {
    /// All but the verb of saying and the kind of speaker asked for.
    pub(super) fn of_saying(question: &Question, sought: &Sought) -> Self {
        let topic = Self::without(sought, |term| sought.terms.get(term).is_some_and(|term| term.focus));
        Self { quoted: quoted(&question.words), ..topic }
    }

    /// All but the verb of saying and the speaker's own name.
    pub(super) fn of_speaker(question: &Question, sought: &Sought) -> Self {
        let speaker = question.constraints.speaker.as_deref();
        let theirs = |words: &str| speaker.is_none_or(|speaker| same_person(speaker, words));
        Self::without(sought, |term| sought.names.iter().any(|name| name.terms.contains(&term) && theirs(&name.words)))
    }

    fn without(sought: &Sought, excluded: impl Fn(usize) -> bool) -> Self {
        let saying = |term: &usize| sought.terms.get(*term).is_some_and(|term| is_saying(&term.stem));
        let all: Vec<usize> = (0..sought.terms.len()).filter(|&term| !excluded(term)).collect();
        let first_verb = all.iter().copied().find(saying);
        let verbs = first_verb.into_iter().filter_map(|term| sought.terms.get(term)).map(|term| term.stem.clone()).collect();
        Self { terms: all.into_iter().filter(|term| Some(*term) != first_verb).collect(), verbs, quoted: Vec::new() }
    }

    fn share(&self, sought: &Sought, holds: impl Fn(usize) -> bool) -> f32 {
        let weight =
            |terms: &mut dyn Iterator<Item = usize>| terms.filter_map(|term| sought.terms.get(term)).map(|term| term.weight).sum::<f32>();
        weight(&mut self.terms.iter().copied().filter(|&term| holds(term))) / weight(&mut self.terms.iter().copied()).max(1e-6)
    }
}

/// The parts of a remark's evidence, each a share between 0 and 1.
pub(super) struct Fit {
    words: f32,
    sentence: f32,
    around: f32,
    pairs: f32,
    cue: f32,
    verbatim: f32,
}

impl Fit {
    /// Whether the remark itself says something of the topic.
    pub(super) fn speaks(&self) -> bool {
        self.words + self.sentence > 0.0
    }

    /// All parts, weighed.
    pub(super) fn total(&self) -> f32 {
        7.0 * self.words + 4.0 * self.sentence + 2.0 * self.around + self.pairs + 0.7 * self.cue + 3.0 * self.verbatim
    }

    /// The parts by name.
    pub(super) fn parts(&self) -> Vec<(&'static str, f32)> {
        vec![
            ("words", self.words),
            ("sentence", self.sentence),
            ("around", self.around),
            ("pairs", self.pairs),
            ("cue", self.cue),
            ("verbatim", self.verbatim),
        ]
    }
}

impl Remark<'_> {
    /// The whole utterance where it is no longer than `longest` bytes and lies in the passage, else the words in this sentence and
    /// as many of the next ones as that leaves room for.
    pub(super) fn whole(&self, longest: usize) -> Span {
        let all = self.quotation.span();
        if self.quotation.kind != QuotationKind::Direct {
            return self.span;
        }
        if all.len() <= longest && self.view.record.span.contains(all) {
            return trimmed(self.view, all);
        }
        let Some(piece) = self.quotation.pieces.iter().find(|piece| piece.contains(self.span)) else { return self.span };
        let ends = self.view.record.analysis.sentences.iter().map(|sentence| sentence.span.end.min(piece.end));
        let fits = |end: &usize| *end > self.span.end && *end <= self.span.start + longest && *end <= piece.end;
        ends.filter(fits).max().map_or(self.span, |end| trimmed(self.view, Span::new(self.span.start, end)))
    }

    /// How well the remark fits a topic.
    pub(super) fn fit(&self, sought: &Sought, topic: &Topic) -> Fit {
        let terms_in =
            |tokens: std::ops::Range<usize>| -> Vec<usize> { self.view.cells(tokens).iter().filter_map(|cell| cell.term).collect() };
        // A phrase in marks and reported speech mean what their whole sentence says.
        let whole = self.quotation.kind != QuotationKind::Direct;
        let own = if whole { terms_in(self.view.tokens(self.sentence)) } else { terms_in(self.view.tokens_in(self.span)) };
        let sentence = terms_in(self.view.tokens(self.sentence));
        let beside = [self.sentence.checked_sub(1), Some(self.sentence + 1)];
        let beside: Vec<usize> = beside.into_iter().flatten().flat_map(|number| terms_in(self.view.tokens(number))).collect();
        let pairs = sought.pairs.iter().filter(|(one, other)| topic.terms.contains(one) && topic.terms.contains(other));
        let kept = pairs.clone().filter(|(one, other)| own.windows(2).any(|pair| pair == [*one, *other])).count();
        Fit {
            words: topic.share(sought, |term| own.contains(&term)),
            sentence: topic.share(sought, |term| sentence.contains(&term) && !own.contains(&term)),
            around: topic.share(sought, |term| beside.contains(&term) && !sentence.contains(&term)),
            pairs: kept as f32 / pairs.count().max(1) as f32,
            cue: self.cue(topic),
            verbatim: f32::from(u8::from(topic.quoted.iter().any(|words| plain(self.view.record.slice(self.span)).contains(words)))),
        }
    }

    /// Whether the report's verb says it as the question does.
    fn cue(&self, topic: &Topic) -> f32 {
        let Some(cue) = self.quotation.cue else { return 0.0 };
        let stems: Vec<String> = self.view.record.slice(cue).split_whitespace().map(|word| stem(&fold(word))).collect();
        let same = topic.verbs.iter().any(|verb| stems.contains(verb));
        let like = topic.verbs.iter().any(|verb| stems.iter().any(|stem| alike(verb, stem)));
        match (same, like) {
            (true, _) => 1.0,
            (_, true) => 0.5,
            _ => 0.0,
        }
    }
}
