//! A question's words become what a conversation has to know of them: its wh-phrase, its auxiliary, the names and things it speaks of, its dates.

use std::ops::Range;

use super::memory::{Kind, Named};
use crate::quotation::{is_body_word, names_a_person};
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

/// Verbs behind which "to" tells where.
const MOVES: &[&str] = &[
    "sent",
    "send",
    "go",
    "goes",
    "went",
    "gone",
    "come",
    "came",
    "move",
    "moved",
    "travel",
    "travelled",
    "return",
    "returned",
    "drive",
    "drove",
    "fly",
    "flew",
];

/// Nouns behind "a" that tell how much or how often.
const MEASURES: &[&str] = &[
    "bit", "day", "dozen", "few", "half", "hour", "hundred", "kind", "lot", "million", "minute", "month", "number", "pound", "quarter",
    "share", "sort", "third", "thousand", "time", "way", "week", "while", "year",
];

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

    /// Words between quotation marks, two at least; the marks are left out.
    fn quoted(&self) -> Vec<Range<usize>> {
        let marks: Vec<usize> = (0..self.len()).filter(|&at| matches!(self.word(at), "'" | "\"" | "‘" | "’" | "“" | "”")).collect();
        let pairs = marks.chunks_exact(2).filter_map(|pair| Some(pair.first()? + 1..*pair.last()?));
        pairs.filter(|inside| inside.len() > 1).collect()
    }

    /// Where the phrase that is asked for ends: at the first auxiliary or verb.
    pub(super) fn predicate(&self) -> Option<usize> {
        let from = self.asking().map_or(0, |at| at + 1);
        (from..self.len()).find(|&at| self.is_auxiliary(at) || matches!(self.tag(at), Some(Tag::Verb | Tag::Aux)))
    }

    /// What is counted or chosen ("how many pumps", "which conditions", "what rating"), without its determiner.
    pub(super) fn sought(&self) -> Option<Range<usize>> {
        let at = self.asking()?;
        let from = match (self.word(at), self.word(at + 1)) {
            ("how", "many") => at + 2,
            ("which" | "what", _) => at + 1,
            _ => return None,
        };
        let head = (from..self.predicate()?).rev().find(|&at| self.is_noun(at))?;
        Some(from..head + 1)
    }

    /// Whether its last word is a plural.
    pub(super) fn is_plural(&self, tokens: &Range<usize>) -> bool {
        let head = self.word(tokens.end.saturating_sub(1));
        syntax::lemma(head, Tag::Noun) != head
    }

    /// Whether something stands only as the source of what is asked ("according to the police").
    pub(super) fn is_source(&self, tokens: &Range<usize>) -> bool {
        tokens.start > 1 && self.word(tokens.start - 1) == "to" && self.word(tokens.start - 2) == "according"
    }

    /// Whether it asks about something printed.
    fn is_about_print(&self) -> bool {
        const PRINT: &[&str] = &[
            "wrote",
            "written",
            "write",
            "published",
            "printed",
            "report",
            "article",
            "story",
            "piece",
            "headline",
            "titled",
            "headlined",
        ];
        self.folded.iter().any(|word| PRINT.contains(&word.as_str()))
    }

    /// Names, as runs of capitals ("Board of Trade" is one), that are no dates.
    pub(super) fn names(&self) -> Vec<Range<usize>> {
        let dates = self.dates();
        // "the Players' Union"
        let owns = |at: usize| matches!(self.word(at), "'" | "’") && self.word(at - 1).ends_with('s');
        let joins = |at: usize| at > 0 && (self.word(at) == "of" || owns(at)) && self.is_capitalised(at - 1) && self.is_capitalised(at + 1);
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
        let article = |at: usize| matches!(self.word(at), "the" | "a" | "an") && at >= asked;
        let definite = (0..self.len()).filter(|&at| article(at)).filter_map(|at| self.definite(at, &names));
        let definite: Vec<Thing> = definite.collect();
        // "the lower Marl" speaks of a stretch of it.
        let inside = |run: &Range<usize>| definite.iter().any(|thing| thing.tokens.start + 1 < run.start && run.end <= thing.tokens.end);
        let named = named.filter(|thing| !inside(&thing.tokens));
        // What stands in quotation marks is one thing: the title of something printed, or words that name nothing.
        let quoted = self.quoted();
        let loose = |thing: &Thing| !quoted.iter().any(|words| words.start <= thing.tokens.start && thing.tokens.end <= words.end);
        let titles = quoted.iter().filter(|_| self.is_about_print()).map(|words| self.title(words));
        let plain: Vec<Thing> = named.chain(definite.iter().cloned()).filter(loose).collect();
        let owned: Vec<Thing> = plain.iter().filter_map(|owner| self.owned(owner)).collect();
        let mut all: Vec<Thing> = plain.into_iter().chain(owned).chain(titles).collect();
        all.sort_by_key(|thing| thing.tokens.start);
        all
    }

    /// What belongs to somebody or something that is named ("Ann Bell's daughter").
    fn owned(&self, owner: &Thing) -> Option<Thing> {
        let from = owner.tokens.end;
        let follows = matches!(self.word(from), "'s" | "’s") || matches!(self.word(from), "'" | "’") && self.word(from - 1).ends_with('s');
        let plain = |at: &usize| self.is_word(*at) && matches!(self.tag(*at), Some(Tag::Adj | Tag::Noun)) && !self.is_auxiliary(*at);
        let end = (from + 1..self.len()).take_while(plain).last()? + 1;
        let tokens = owner.tokens.start..end;
        let name = self.slice(&tokens);
        (follows && self.is_noun(end - 1)).then(|| Thing { named: Named::new(name, self.common_kind(&tokens)), tokens })
    }

    /// What a phrase without a name stands for, by its last word.
    fn common_kind(&self, tokens: &Range<usize>) -> Kind {
        match self.word(tokens.end - 1) {
            _ if self.is_plural(tokens) => Kind::Things,
            noun if is_body_word(noun) => Kind::Body,
            noun if names_a_person(noun) => Kind::Role,
            _ => Kind::Thing,
        }
    }

    /// A title with its marks.
    fn title(&self, words: &Range<usize>) -> Thing {
        let tokens = words.start - 1..words.end + 1;
        Thing { named: Named::new(self.slice(&tokens), Kind::Report), tokens }
    }

    fn named(&self, run: &Range<usize>, is_person: &dyn Fn(&str) -> bool) -> Thing {
        let name = &self.full_name(run, is_person);
        let determined = run.start > 0 && self.word(run.start - 1) == "the";
        let before = if run.start > 0 { self.word(run.start - 1) } else { "" };
        let goes = || self.folded.iter().any(|word| MOVES.contains(&word.as_str()));
        let inside = matches!(before, "in" | "near") || before == "to" && goes();
        let where_to = matches!(before, "in" | "at" | "near" | "to");
        let kind = match self.mention_kind(run) {
            Some(EntityKind::Person | EntityKind::Place) | None if inside => Kind::Place,
            Some(EntityKind::Person) if !determined && is_person(name) => Kind::Person,
            // One of two who share a surname.
            _ if !determined && name != self.slice(run) => Kind::Person,
            _ if !determined && !where_to && is_person(name) => Kind::Person,
            Some(EntityKind::Person) | None if where_to => Kind::Place,
            Some(EntityKind::Person) if !determined => Kind::Person,
            Some(EntityKind::Place) => Kind::Place,
            _ => Kind::Body,
        };
        let tokens = if determined { run.start - 1..run.end } else { run.clone() };
        Thing { named: Named::new(if determined { self.slice(&tokens) } else { name }, kind), tokens }
    }

    /// The name with the surname that it shares with the next one: "Tom and Ann Pell" are Tom Pell and Ann Pell.
    fn full_name(&self, run: &Range<usize>, is_person: &dyn Fn(&str) -> bool) -> String {
        let own = self.slice(run);
        let second = self.names().into_iter().find(|other| other.start == run.end + 1).filter(|_| self.word(run.end) == "and");
        let shared = second.filter(|second| run.len() == 1 && second.len() == 2).and_then(|second| {
            let surname = self.slice(&(second.start + 1..second.end));
            let whole = format!("{own} {surname}");
            let person = |tokens: &Range<usize>| self.mention_kind(tokens) == Some(EntityKind::Person);
            (is_person(&whole) || person(&second) || is_person(self.slice(&second))).then_some(whole)
        });
        shared.unwrap_or_else(|| own.to_owned())
    }

    /// "the flood barrier", "the fans": a definite phrase that is no name.
    fn definite(&self, at: usize, names: &[Range<usize>]) -> Option<Thing> {
        let inside = |at: usize| {
            self.is_word(at) && matches!(self.tag(at), Some(Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num)) && !self.is_auxiliary(at)
        };
        let end = (at + 1..self.len()).find(|&at| !inside(at)).unwrap_or(self.len());
        let last = if self.ends_in_verb(at, end) { end - 1 } else { end };
        let head = (at + 1..last).rev().find(|&at| self.is_noun(at))?;
        let indefinite = self.word(at) != "the";
        if indefinite && (MEASURES.contains(&self.word(head)) || self.word(at.wrapping_sub(1)) == "as") {
            return None;
        }
        if names.iter().any(|run| run.start == at + 1 && run.contains(&head)) {
            return None;
        }
        // "the inquiry's report" speaks of the report; of whom it is told apart.
        let tokens = at..head + 1;
        let kind = self.common_kind(&tokens);
        let name = if indefinite { format!("the {}", self.slice(&(at + 1..head + 1))) } else { self.slice(&tokens).to_owned() };
        Some(Thing { named: Named { loose: indefinite, ..Named::new(&name, kind) }, tokens })
    }

    /// Whether the last word of a phrase from an article on is what is said of it, for want of another ("how much does the tank hold", "why is the roof dearer").
    fn ends_in_verb(&self, at: usize, end: usize) -> bool {
        let verbs = (end..self.len()).any(|at| matches!(self.tag(at), Some(Tag::Verb | Tag::Aux)));
        let Some(before) = at.checked_sub(1).filter(|&before| self.is_auxiliary(before) && !verbs && end > at + 2) else { return false };
        match self.word(before) {
            "is" | "are" | "was" | "were" => self.word(0) == "why" && end == self.end(),
            "has" | "have" | "had" => false,
            _ => true,
        }
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
        check("What price did the fans pay for the club?", &[("the fans", Kind::Things), ("the club", Kind::Body)]);
        check("When did Derek Massam buy the mill in March 2012?", &[("Derek Massam", Kind::Person), ("the mill", Kind::Thing)]);
        check("What is the name of his daughter?", &[("the name", Kind::Thing)]);
        check("How many members has the Players' Union?", &[("the Players' Union", Kind::Body)]);
    }

    #[test]
    fn what_belongs_to_somebody_is_spoken_of() {
        check("What did Derek Massam's sister say?", &[("Derek Massam", Kind::Person), ("Derek Massam's sister", Kind::Role)]);
        check("Who are the mill's owners?", &[("the mill", Kind::Thing), ("the mill's owners", Kind::Things)]);
    }

    #[test]
    fn one_of_many_is_spoken_of_and_a_measure_is_not() {
        check("How much will a new mill cost a year?", &[("the new mill", Kind::Thing)]);
    }

    #[test]
    fn the_verb_of_a_question_is_no_part_of_its_subject() {
        check("How many litres does the tank hold?", &[("the tank", Kind::Thing)]);
        check("Why is the council dearer?", &[("the council", Kind::Body)]);
        check("Where is the town hall?", &[("the town hall", Kind::Thing)]);
    }

    #[test]
    fn a_title_is_one_thing_and_other_quoted_words_are_none() {
        check("Who wrote 'The Long Wait'?", &[("'The Long Wait'", Kind::Report)]);
        check("What did Derek Massam mean by 'The Long Wait'?", &[("Derek Massam", Kind::Person)]);
    }

    #[test]
    fn what_is_counted_or_chosen_is_sought() {
        let sought = |question: &str| Cut::new(question).sought().map(|tokens| Cut::new(question).slice(&tokens).to_owned());
        assert_eq!(sought("How many steam pumps were working?").as_deref(), Some("steam pumps"));
        assert_eq!(sought("Which conditions did the board set?").as_deref(), Some("conditions"));
        assert_eq!(sought("What did the board set?"), None);
    }

    #[test]
    fn dates_stand_together() {
        let cut = Cut::new("Was it on 5 March 2014 or in 1947?");
        let dates: Vec<&str> = cut.dates().iter().map(|date| cut.slice(date)).collect();
        assert_eq!(dates, ["5 March 2014", "1947"]);
    }
}
