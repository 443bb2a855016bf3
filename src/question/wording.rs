//! The question's words as the rules see them: folded, tagged, with neighbours that can be asked for at any position.

use crate::span::Span;
use crate::syntax::{self, EntityKind, Mention, Syntax, Tag};
use crate::text::{self, Shape, Text, fold};

/// A question, cut and tagged.
#[derive(Clone, Debug)]
pub(super) struct Wording {
    pub(super) words: String,
    pub(super) text: Text,
    pub(super) syntax: Syntax,
    folded: Vec<String>,
}

impl Wording {
    pub(super) fn new(words: &str) -> Self {
        let text = text::analyze(words, &[Span::new(0, words.len())]);
        let syntax = syntax::analyze(words, &text);
        let folded = text.tokens.iter().map(|token| fold(token.span.slice(words))).collect();
        Self { words: words.to_owned(), text, syntax, folded }
    }

    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }

    /// The folded word at a position; `""` past the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.folded.get(at).map_or("", String::as_str)
    }

    /// The folded word before a position; `""` at the beginning.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// Whether the folded words from `at` on are these.
    pub(super) fn reads(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.word(at + offset) == *word)
    }

    pub(super) fn shape(&self, at: usize) -> Option<Shape> {
        self.text.tokens.get(at).map(|token| token.shape)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.shape(at).is_some_and(Shape::is_word)
    }

    pub(super) fn is_capitalized(&self, at: usize) -> bool {
        matches!(self.shape(at), Some(Shape::Capitalized | Shape::Upper))
    }

    /// The word's part of speech. Number words have their own, which the tagger misses where a question is short.
    pub(super) fn tag(&self, at: usize) -> Tag {
        if is_number_word(self.word(at)) {
            return Tag::Num;
        }
        self.syntax.words.get(at).map_or(Tag::X, |word| word.tag)
    }

    /// Whether a person's name begins there, forename and surname.
    pub(super) fn is_person(&self, at: usize) -> bool {
        let named = |mention: &Mention| mention.kind == EntityKind::Person && mention.tokens.start == at && mention.tokens.len() > 1;
        self.syntax.mentions.iter().any(named)
    }

    /// Whether the word can be part of a noun phrase, by its tag and its form.
    pub(super) fn is_nominal(&self, at: usize) -> bool {
        let structural = is_auxiliary(self.word(at)) || text::is_stop_word(self.word(at));
        let joined = matches!(self.word(at), "-" | "&");
        joined
            || (self.is_word(at) && !structural && matches!(self.tag(at), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::X | Tag::Sym))
    }

    pub(super) fn is_noun(&self, at: usize) -> bool {
        self.is_word(at) && matches!(self.tag(at), Tag::Noun | Tag::Propn | Tag::X)
    }

    pub(super) fn is_verb(&self, at: usize) -> bool {
        matches!(self.tag(at), Tag::Verb | Tag::Aux) || is_auxiliary(self.word(at))
    }

    /// The words as asked from token `start` up to token `end`.
    pub(super) fn printed(&self, start: usize, end: usize) -> &str {
        let first = self.text.tokens.get(start).map(|token| token.span);
        let last = end.checked_sub(1).and_then(|last| self.text.tokens.get(last)).map(|token| token.span);
        let span = first.zip(last).filter(|_| start < end).map_or_else(Span::default, |(first, last)| first.cover(last));
        span.slice(&self.words)
    }

    /// One past the last word: without closing marks.
    pub(super) fn end(&self) -> usize {
        (0..self.len()).rev().find(|&at| self.is_word(at)).map_or(0, |at| at + 1)
    }

    /// The first position at or after `at` with one of these words.
    pub(super) fn find(&self, at: usize, words: &[&str]) -> Option<usize> {
        (at..self.len()).find(|&at| words.contains(&self.word(at)))
    }

    /// The end of the noun phrase that begins at `start` (article included); `start` if there is none. Stops before "of" and "'s".
    pub(super) fn noun_phrase_end(&self, start: usize) -> usize {
        let mut at = start + usize::from(is_determiner(self.word(start)));
        let first = at;
        // "the closing date", "five failing councils": a participle between what opens the phrase and a noun.
        let opened = |at: usize| at == first || matches!(self.tag(at.saturating_sub(1)), Tag::Num | Tag::Adj | Tag::Det);
        let formed = |at: usize| self.word(at).ends_with("ing") || self.word(at).ends_with("ed");
        let participle = |at: usize| opened(at) && formed(at) && self.is_nominal(at + 1) && (at > start || self.is_noun(at + 1));
        while at < self.len()
            && (self.is_nominal(at) || participle(at) || (at == first && matches!(self.word(at), "other" | "most" | "more")))
        {
            at += 1;
        }
        while at > first && !self.is_word(at - 1) {
            at -= 1;
        }
        if at > first { at } else { start }
    }

    /// The end of the name that begins at `start`: capitals, with "of", "the", "and" and "&" between them.
    pub(super) fn name_end(&self, start: usize) -> usize {
        let mut end = start;
        let mut at = start;
        let joins = |at: usize| at > start && matches!(self.word(at), "of" | "the" | "&" | "for" | "-");
        // "the Herald of May 2013": a date is no part of the name.
        let dated = |at: usize| at > start && self.word(at + 1).starts_with(|c: char| c.is_ascii_digit());
        while at < self.len() && (joins(at) || (self.is_capitalized(at) && !dated(at))) {
            at += 1;
            if self.is_capitalized(at - 1) {
                end = at;
            }
        }
        end
    }

    /// The quoted words that begin at or after `at`: their tokens, marks left out.
    pub(super) fn quoted(&self, at: usize) -> Option<(usize, usize)> {
        let open = (at..self.len()).find(|&at| self.shape(at) == Some(Shape::Quote) && self.opens(at))?;
        let close = (open + 1..self.len()).rev().find(|&at| self.shape(at) == Some(Shape::Quote))?;
        (open + 1 < close).then_some((open + 1, close))
    }

    /// A mark that opens stands before a word, with white space or nothing in front.
    fn opens(&self, at: usize) -> bool {
        let end_before = at.checked_sub(1).and_then(|before| self.text.tokens.get(before)).map(|token| token.span.end);
        self.text.tokens.get(at).is_some_and(|token| end_before.is_none_or(|end| end < token.span.start)) && self.len() > at + 1
    }
}

/// Forms of "be", "have", "do" and the modal verbs.
pub(super) fn is_auxiliary(word: &str) -> bool {
    is_form_of_be(word)
        || matches!(
            word,
            "do" | "does"
                | "did"
                | "have"
                | "has"
                | "had"
                | "can"
                | "could"
                | "will"
                | "would"
                | "shall"
                | "should"
                | "may"
                | "might"
                | "must"
                | "ca"
                | "wo"
                | "'ve"
                | "'ll"
                | "'d"
        )
}

fn is_number_word(word: &str) -> bool {
    matches!(
        word,
        "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "eleven" | "twelve" | "twenty" | "thirty"
    )
}

/// Forms of "be".
pub(super) fn is_form_of_be(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "'s" | "'re" | "am")
}

pub(super) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "its"
            | "his"
            | "her"
            | "their"
            | "my"
            | "our"
            | "your"
            | "each"
            | "every"
            | "any"
            | "some"
    )
}
