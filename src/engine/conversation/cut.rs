//! A question's words become what a conversation has to know of them: its wh-phrase, its auxiliary, the names and things it speaks of, its dates.

use std::ops::Range;

use super::memory::{Kind, Named};
use crate::span::Span;
use crate::syntax::{self, EntityKind, Syntax, Tag};
use crate::text::{self, MONTHS, Shape, Text, fold};

/// A question, cut.
pub(super) struct Cut<'q> {
    pub(super) words: &'q str,
    pub(super) text: Text,
    pub(super) syntax: Syntax,
    /// The tokens in lower case.
    pub(super) folded: Vec<String>,
}

/// Somebody or something a question speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) tokens: Range<usize>,
    pub(super) named: Named,
}

/// Auxiliaries that a subject follows in a question.
const AUXILIARIES: &[&str] = &[
    "did",
    "does",
    "do",
    "has",
    "have",
    "had",
    "is",
    "was",
    "are",
    "were",
    "will",
    "would",
    "can",
    "could",
    "should",
    "shall",
    "may",
    "might",
    "must",
    "didn't",
    "doesn't",
    "hasn't",
    "wasn't",
    "isn't",
    "won't",
    "didn’t",
    "doesn’t",
    "hasn’t",
    "wasn’t",
    "isn’t",
    "won’t",
];

/// Question words.
const ASKING: &[&str] = &["who", "whom", "whose", "what", "which", "when", "where", "why", "how"];

impl<'q> Cut<'q> {
    pub(super) fn new(words: &'q str) -> Self {
        let text = text::analyze(words, &[Span::new(0, words.len())]);
        let syntax = syntax::analyze(words, &text);
        let folded = text.tokens.iter().map(|token| fold(token.span.slice(words))).collect();
        Self { words, text, syntax, folded }
    }

    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.folded.get(at).map_or("", String::as_str)
    }

    pub(super) fn tag(&self, at: usize) -> Option<Tag> {
        self.syntax.words.get(at).map(|word| word.tag)
    }

    /// The bytes of some tokens.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Span {
        let tokens = self.text.tokens.get(tokens.clone()).unwrap_or_default();
        tokens.iter().map(|token| token.span).reduce(Span::cover).unwrap_or_default()
    }

    /// The words of some tokens, as written.
    pub(super) fn slice(&self, tokens: &Range<usize>) -> &'q str {
        self.span(tokens).slice(self.words)
    }

    fn is_word(&self, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|token| token.shape.is_word())
    }

    /// Where the words end and only marks follow.
    pub(super) fn end(&self) -> usize {
        (0..self.len()).rev().find(|&at| self.is_word(at)).map_or(0, |at| at + 1)
    }

    pub(super) fn is_auxiliary(&self, at: usize) -> bool {
        AUXILIARIES.contains(&self.word(at)) && !(at > 0 && self.is_month(at))
    }

    pub(super) fn is_asking(&self, at: usize) -> bool {
        ASKING.contains(&self.word(at))
    }

    /// The question word it begins with, behind a preposition perhaps ("by whom", "in which towns", "for how many days").
    pub(super) fn asking(&self) -> Option<usize> {
        (0..self.len().min(3)).find(|&at| self.is_asking(at))
    }

    /// The first auxiliary outside of names.
    pub(super) fn auxiliary(&self) -> Option<usize> {
        (0..self.len()).find(|&at| self.is_auxiliary(at))
    }

    /// Whether something is done or is in it: it is more than a phrase.
    pub(super) fn has_verb(&self) -> bool {
        let does = |at: usize| matches!(self.tag(at), Some(Tag::Verb | Tag::Aux)) && !self.is_month(at);
        (0..self.len()).any(|at| self.is_auxiliary(at) || does(at))
    }

    fn is_capitalised(&self, at: usize) -> bool {
        let shape = self.text.tokens.get(at).map(|token| token.shape);
        matches!(shape, Some(Shape::Capitalized | Shape::Upper))
            && !(at == 0 && (self.is_asking(0) || self.is_auxiliary(0) || text::is_stop_word(self.word(0))))
    }

    fn is_noun(&self, at: usize) -> bool {
        matches!(self.tag(at), Some(Tag::Noun | Tag::Propn)) || self.is_capitalised(at)
    }

    fn is_month(&self, at: usize) -> bool {
        MONTHS.contains(&self.word(at)) && self.is_capitalised(at)
    }

    /// The years, months and days it names, one range for all that stand together.
    pub(super) fn dates(&self) -> Vec<Range<usize>> {
        let year = |at: usize| self.word(at).len() == 4 && self.word(at).parse::<u16>().is_ok_and(|year| (1000..2200).contains(&year));
        let day = |at: usize| {
            self.word(at).parse::<u8>().is_ok_and(|day| (1..32).contains(&day))
                && (self.is_month(at + 1) || at > 0 && self.is_month(at - 1))
        };
        self.runs(|at| year(at) || self.is_month(at) || day(at))
    }

    /// Longest runs of tokens that fit.
    fn runs(&self, fits: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in (0..self.len()).filter(|&at| fits(at)) {
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// Names, as runs of capitals ("Board of Trade" is one), that are no dates.
    pub(super) fn names(&self) -> Vec<Range<usize>> {
        let dates = self.dates();
        let joins = |at: usize| self.word(at) == "of" && at > 0 && self.is_capitalised(at - 1) && self.is_capitalised(at + 1);
        let runs = self.runs(|at| (self.is_capitalised(at) || joins(at)) && !dates.iter().any(|date| date.contains(&at)));
        runs.into_iter().flat_map(|run| self.split_names(run)).collect()
    }

    /// Two names that stand together without a mark are told apart by the mentions in them.
    fn split_names(&self, run: Range<usize>) -> Vec<Range<usize>> {
        let inside: Vec<Range<usize>> = self
            .syntax
            .mentions
            .iter()
            .map(|mention| mention.tokens.clone())
            .filter(|tokens| tokens.start > run.start && tokens.end == run.end)
            .collect();
        match inside.as_slice() {
            [one] if self.syntax.mentions.iter().any(|other| other.tokens.start == run.start && other.tokens.end == one.start) => {
                vec![run.start..one.start, one.clone()]
            }
            _ => vec![run],
        }
    }

    fn mention_kind(&self, tokens: &Range<usize>) -> Option<EntityKind> {
        let overlaps = |mention: &&syntax::Mention| mention.tokens.start < tokens.end && tokens.start < mention.tokens.end;
        let covering = self.syntax.mentions.iter().filter(overlaps).max_by_key(|mention| mention.tokens.len());
        covering.map(|mention| mention.kind)
    }

    /// Everybody and everything it names or speaks of definitely, in order; the phrase that is asked for left out.
    pub(super) fn things(&self, is_person: &dyn Fn(&str) -> bool) -> Vec<Thing> {
        let names = self.names();
        let asked = self.asking().and_then(|_| self.auxiliary()).unwrap_or(0);
        let named = names.iter().map(|run| self.named(run, is_person));
        let definite = (0..self.len()).filter(|&at| self.word(at) == "the" && at >= asked).filter_map(|at| self.definite(at, &names));
        let definite: Vec<Thing> = definite.collect();
        // "the lower Marl" speaks of a stretch of it.
        let inside = |run: &Range<usize>| definite.iter().any(|thing| thing.tokens.start + 1 < run.start && run.end <= thing.tokens.end);
        let named = named.filter(|thing| !inside(&thing.tokens));
        let mut all: Vec<Thing> = named.chain(definite.iter().cloned()).collect();
        all.sort_by_key(|thing| thing.tokens.start);
        all
    }

    fn named(&self, run: &Range<usize>, is_person: &dyn Fn(&str) -> bool) -> Thing {
        let name = self.slice(run);
        let determined = run.start > 0 && self.word(run.start - 1) == "the";
        let where_to = run.start > 0 && matches!(self.word(run.start - 1), "in" | "at" | "near" | "to");
        let kind = match self.mention_kind(run) {
            _ if !determined && is_person(name) => Kind::Person,
            Some(EntityKind::Person) | None if where_to => Kind::Place,
            Some(EntityKind::Person) if !determined => Kind::Person,
            Some(EntityKind::Place) => Kind::Place,
            _ => Kind::Body,
        };
        let tokens = if determined { run.start - 1..run.end } else { run.clone() };
        Thing { named: Named::new(self.slice(&tokens), kind), tokens }
    }

    /// "the flood barrier", "the fans": a definite phrase that is no name.
    fn definite(&self, at: usize, names: &[Range<usize>]) -> Option<Thing> {
        let inside = |at: usize| {
            self.is_word(at) && matches!(self.tag(at), Some(Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num)) && !self.is_auxiliary(at)
        };
        let end = (at + 1..self.len()).find(|&at| !inside(at)).unwrap_or(self.len());
        let head = (at + 1..end).rev().find(|&at| self.is_noun(at))?;
        if names.iter().any(|run| run.start == at + 1 && run.contains(&head)) {
            return None;
        }
        // "the inquiry's report" speaks of the report; of whom it is told apart.
        let tokens = at..head + 1;
        let plural = syntax::lemma(self.word(head), Tag::Noun) != self.word(head);
        Some(Thing { named: Named::new(self.slice(&tokens), if plural { Kind::Things } else { Kind::Thing }), tokens })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, expected: &[(&str, Kind)]) {
        let cut = Cut::new(question);
        let things = cut.things(&|name| name == "Derek Massam");
        let found: Vec<(&str, Kind)> = things.iter().map(|thing| (thing.named.name.as_str(), thing.named.kind)).collect();
        assert_eq!(found, expected, "{question}");
    }

    #[test]
    fn names_and_definite_things_are_found() {
        check("Where was the flood barrier built?", &[("the flood barrier", Kind::Thing)]);
        check("What price did the fans pay for the club?", &[("the fans", Kind::Things), ("the club", Kind::Thing)]);
        check("When did Derek Massam buy the mill in March 2012?", &[("Derek Massam", Kind::Person), ("the mill", Kind::Thing)]);
        check("What is the name of his daughter?", &[("the name", Kind::Thing)]);
    }

    #[test]
    fn dates_stand_together() {
        let cut = Cut::new("Was it on 5 March 2014 or in 1947?");
        let dates: Vec<&str> = cut.dates().iter().map(|date| cut.slice(date)).collect();
        assert_eq!(dates, ["5 March 2014", "1947"]);
    }
}
