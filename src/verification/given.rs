//! A quote as somebody gives it becomes words, with what its writer marked as left out (…) or put in ([ ]).

use super::words::{Word, is_mark, words};
use crate::span::Span;
use crate::text;

/// A quote to be checked.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// The words as given, without white space and quotation marks around them.
    pub(super) text: String,
    /// Its words; spans count bytes of `text`.
    pub(super) words: Vec<Word>,
    /// For each word, whether an ellipsis stands right before it.
    pub(super) elided_before: Vec<bool>,
    /// For each word, whether it stands in square brackets.
    pub(super) bracketed: Vec<bool>,
    /// Whether the quote begins or ends with an ellipsis.
    pub(super) open_ended: bool,
}

impl Given {
    /// Reads a quote.
    pub(super) fn new(quote: &str) -> Self {
        let text = strip_marks(quote).to_owned();
        let words = words(&text, 0);
        let ellipses = ellipses(&text);
        let within = |word: &Word| in_brackets(&text, word.span);
        let mut elided_before = Vec::with_capacity(words.len());
        let mut end = 0;
        for (position, word) in words.iter().enumerate() {
            let gap = Span::new(end, word.span.start);
            elided_before.push(position > 0 && ellipses.iter().any(|ellipsis| gap.contains(*ellipsis)));
            end = word.span.end;
        }
        let first = words.first().map_or(0, |word| word.span.start);
        let open_ended = ellipses.iter().any(|ellipsis| ellipsis.end <= first || ellipsis.start >= end);
        let bracketed = words.iter().map(within).collect();
        Self { text, words, elided_before, bracketed, open_ended }
    }

    /// The folded words, for looking up candidates; words in brackets are the editor's and do not count.
    pub(super) fn sought(&self) -> Vec<String> {
        let own = |(word, &bracketed): (&Word, &bool)| (!bracketed).then(|| word.folded.clone());
        self.words.iter().zip(&self.bracketed).filter_map(own).collect()
    }

    /// Whether the word carries content.
    pub(super) fn is_content(&self, position: usize) -> bool {
        self.words.get(position).is_some_and(|word| is_content(&word.folded))
    }

    /// How many words carry content.
    pub(super) fn contents(&self) -> usize {
        (0..self.words.len()).filter(|&position| self.is_content(position)).count()
    }

    /// Whether a sentence of the quote ends right before the word.
    pub(super) fn sentence_ends_before(&self, word: usize) -> bool {
        let before = word.checked_sub(1).and_then(|before| self.words.get(before));
        let (Some(before), Some(next)) = (before, self.words.get(word)) else { return true };
        Span::new(before.span.end, next.span.start).slice(&self.text).contains(['.', '!', '?', '…'])
    }

    /// The given words from one to another, verbatim, with the punctuation between them.
    pub(super) fn slice(&self, first: usize, end: usize) -> &str {
        let start = self.words.get(first).map_or(self.text.len(), |word| word.span.start);
        let stop = self.words.get(end).map_or(self.text.len(), |word| word.span.start);
        Span::new(start, stop).slice(&self.text).trim()
    }
}

/// Whether a folded word carries content rather than structure.
pub(super) fn is_content(folded: &str) -> bool {
    !text::is_stop_word(folded) && !is_contraction(folded) && folded.chars().any(char::is_alphanumeric)
}

/// "it's", "we've", "don't": a stop word with another hanging on.
fn is_contraction(folded: &str) -> bool {
    match folded.split_once('\'') {
        Some((stem, "t")) => matches!(
            stem,
            "don"
                | "won"
                | "can"
                | "isn"
                | "aren"
                | "wasn"
                | "weren"
                | "didn"
                | "doesn"
                | "hasn"
                | "haven"
                | "hadn"
                | "couldn"
                | "wouldn"
                | "shouldn"
        ),
        Some((stem, _)) => text::is_stop_word(stem),
        None => false,
    }
}

/// The quote without the white space and the marks around it: a pair of them, or one double mark that has no partner.
pub(super) fn strip_marks(quote: &str) -> &str {
    let mut core = quote.trim();
    loop {
        let opens = core.starts_with(is_mark) && !core.starts_with("'n");
        let closes = core.ends_with(is_mark);
        let stripped = match (opens, closes) {
            (true, true) => core.trim_start_matches(is_mark).trim_end_matches(is_mark),
            (true, false) if double(core.chars().next()) => core.trim_start_matches(is_mark),
            (false, true) if double(core.chars().next_back()) && balance(core) => core.trim_end_matches(double_mark),
            _ => return core,
        };
        core = stripped.trim();
    }
}

fn double(mark: Option<char>) -> bool {
    mark.is_some_and(double_mark)
}

fn double_mark(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

/// Whether the double mark at the end has no opening partner inside.
fn balance(core: &str) -> bool {
    core.chars().filter(|&c| double_mark(c)).count() % 2 == 1
}

/// The ellipses of a text: "…", "...", ". . .", also in brackets.
pub(super) fn ellipses(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text.get(rest..).and_then(|tail| tail.find(['…', '.', '*'])).map(|offset| rest + offset) {
        let tail = text.get(start..).unwrap_or_default();
        let run: &str = tail.split(|c: char| !matches!(c, '…' | '.' | '*' | ' ')).next().unwrap_or_default().trim_end();
        let stops = run.chars().filter(|&c| c == '.').count();
        if run.contains('…') || stops >= 3 || run.contains("***") {
            found.push(Span::new(start, start + run.len()));
        }
        rest = start + run.len().max(1);
    }
    found
}

/// Whether square brackets stand around the words at a span; one that is never closed brackets nothing.
fn in_brackets(text: &str, span: Span) -> bool {
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let opened = before.rfind('[').is_some_and(|open| before.rfind(']').is_none_or(|closed| closed < open));
    opened && after.find(']').is_some_and(|closed| after.find('[').is_none_or(|open| closed < open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn core(quote: &str) -> String {
        Given::new(quote).text
    }

    #[test]
    fn marks_around_the_quote_are_not_part_of_it() {
        assert_eq!(core(" “We wait.” "), "We wait.");
        assert_eq!(core("``We wait.''"), "We wait.");
        assert_eq!(core("We wait.\""), "We wait.");
        assert_eq!(core("\"We wait"), "We wait");
        assert_eq!(core("He said \"wait\""), "He said \"wait\"");
        assert_eq!(core("?!"), "?!");
    }

    #[test]
    fn ellipses_of_every_style_are_seen() {
        for quote in ["we … wait", "we ... wait", "we . . . wait", "we [...] wait", "we[…]wait", "we. ... wait"] {
            let given = Given::new(quote);
            assert_eq!(given.elided_before, [false, true], "{quote}");
        }
        assert_eq!(Given::new("We. Wait.").elided_before, [false, false]);
        assert!(Given::new("… we wait").open_ended);
        assert!(!Given::new("we … wait").open_ended);
    }

    #[test]
    fn bracketed_words_are_the_editors() {
        let given = Given::new("ask [the council] now");
        assert_eq!(given.bracketed, [false, true, true, false]);
        assert_eq!(given.sought(), ["ask", "now"]);
        assert_eq!(Given::new("ask [the council now").bracketed, [false; 4]);
    }

    #[test]
    fn contractions_carry_no_content() {
        assert_eq!(Given::new("It’s that we don't").contents(), 0);
        assert_eq!(Given::new("It’s raining").contents(), 1);
    }

    proptest! {
        #[test]
        fn any_quote_is_read(quote in "\\PC{0,120}") {
            let given = Given::new(&quote);
            prop_assert_eq!(given.words.len(), given.bracketed.len());
            prop_assert_eq!(given.words.len(), given.elided_before.len());
            prop_assert!(given.slice(0, given.words.len()).len() <= quote.len());
        }
    }
}
