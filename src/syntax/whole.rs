//! Mentions of persons that end inside a name become whole names: particles ("van der"), given names joined by a hyphen; signs that are
//! no letters fall off. Kinds stay as they are.

use std::ops::Range;

use super::{EntityKind, Mention, Tag, Word};
use crate::text::{Text, fold, is_particle, is_stop_word};

/// Most particles in a row ("de la").
const MOST: usize = 3;

/// Makes the mentions of a text whole; `words` are its tokens' tags.
pub(super) fn complete(source: &str, text: &Text, words: &[Word], mentions: &mut Vec<Mention>) {
    let view = View { source, text, words };
    let before = mentions.clone();
    for mention in mentions.iter_mut() {
        mention.tokens = view.trimmed(mention.tokens.clone());
        if mention.kind != EntityKind::Person && view.is_germanic(&mention.tokens) {
            mention.kind = EntityKind::Person;
        }
        if mention.kind == EntityKind::Person {
            mention.tokens = view.whole(mention.tokens.clone(), &before);
        }
    }
    join(mentions);
}

/// Mentions that overlap become one, a person's where one of them is.
fn join(mentions: &mut Vec<Mention>) {
    mentions.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
    let mut joined: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions.drain(..) {
        match joined.last_mut() {
            Some(last) if mention.tokens.start < last.tokens.end => {
                last.tokens.end = last.tokens.end.max(mention.tokens.end);
                if mention.kind == EntityKind::Person {
                    last.kind = mention.kind;
                }
            }
            _ => joined.push(mention),
        }
    }
    *mentions = joined;
}

/// The tokens of a text.
struct View<'t> {
    source: &'t str,
    text: &'t Text,
    words: &'t [Word],
}

impl View<'_> {
    fn word(&self, at: usize) -> &str {
        self.text.tokens.get(at).map_or("", |token| token.span.slice(self.source))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Whether the token may be a given name: the tagger does not know all of them.
    fn is_given(&self, at: usize) -> bool {
        let nominal = |word: &Word| matches!(word.tag, Tag::Propn | Tag::Noun | Tag::Adj | Tag::X);
        self.is_capital(at) && !is_stop_word(&fold(self.word(at))) && self.words.get(at).is_some_and(nominal)
    }

    /// Whether a single word stands behind a particle and a capital, as only surnames do: "van", not the "del" of places too.
    fn is_germanic(&self, tokens: &Range<usize>) -> bool {
        let before = |back: usize| tokens.start.checked_sub(back);
        let word = |back: usize| before(back).map_or("", |at| self.word(at));
        let particle = matches!(word(1), "van" | "von") || matches!(word(1), "der" | "den" | "de") && matches!(word(2), "van" | "von");
        let given = if matches!(word(1), "van" | "von") { 2 } else { 3 };
        tokens.len() == 1 && particle && before(given).is_some_and(|at| self.is_given(at))
    }

    /// Whether the token is a hyphen that stands tight between two others.
    fn is_hyphen(&self, at: usize) -> bool {
        let span = |at: usize| self.text.tokens.get(at).map(|token| token.span);
        let around = at.checked_sub(1).and_then(span).zip(span(at)).zip(span(at + 1));
        let tight = around.is_some_and(|((before, own), after)| before.end == own.start && own.end == after.start);
        tight && matches!(self.word(at), "-" | "‐" | "‑")
    }

    /// The tokens without signs at the end.
    fn trimmed(&self, mut tokens: Range<usize>) -> Range<usize> {
        while tokens.len() > 1 && !self.word(tokens.end - 1).contains(char::is_alphanumeric) {
            tokens.end -= 1;
        }
        tokens
    }

    /// The whole of a name of which `tokens` was found, inside its sentence.
    fn whole(&self, tokens: Range<usize>, mentions: &[Mention]) -> Range<usize> {
        let sentence = self.text.sentences.iter().map(|sentence| &sentence.tokens).find(|sentence| sentence.contains(&tokens.start));
        let Some(sentence) = sentence.filter(|sentence| sentence.end >= tokens.end) else { return tokens };
        let end = self.end(&tokens, sentence.end, mentions);
        self.start(&(tokens.start..end), sentence.start, mentions)..end
    }

    /// Where the name ends: "Ann Ince" goes on in "Ann Ince-Baptiste", "Pia" in "Pia del Monte".
    fn end(&self, tokens: &Range<usize>, limit: usize, mentions: &[Mention]) -> usize {
        let mut end = tokens.end;
        let alone = |at: usize| mentions.iter().all(|other| !other.tokens.contains(&at) || other.tokens.len() == 1);
        while end + 1 < limit && end - tokens.start > 1 && self.is_hyphen(end) && self.is_capital(end + 1) && alone(end + 1) {
            end += 2;
        }
        let particles = self.particles(end..limit);
        let surname = end + particles;
        if particles == 0 || surname >= limit || !self.is_capital(surname) {
            return end;
        }
        mentions.iter().find(|other| other.tokens.contains(&surname)).map_or(surname + 1, |other| other.tokens.end.min(limit))
    }

    /// Where the name begins: before "Marie Bell" in "Anne-Marie Bell", before "Hoek" in "Pia van den Hoek".
    fn start(&self, tokens: &Range<usize>, limit: usize, mentions: &[Mention]) -> usize {
        let mut start = tokens.start;
        let persons = |at: usize| mentions.iter().all(|other| !other.tokens.contains(&at) || other.kind == EntityKind::Person);
        while start >= limit + 2 && tokens.len() > 1 && self.is_hyphen(start - 1) && self.is_given(start - 2) && persons(start - 2) {
            start -= 2;
        }
        // "van" may have been found as a part of the name.
        let inside = self.particles(start..tokens.end.saturating_sub(1));
        let particles = (limit..start).rev().take(MOST).take_while(|&at| is_particle(&fold(self.word(at))) && !self.is_capital(at)).count();
        let given = (start - particles).checked_sub(1).filter(|&given| particles + inside > 0 && given >= limit);
        let is_germanic = (start - particles..start + inside).any(|at| matches!(self.word(at), "van" | "von" | "der"));
        let is_named = |given: usize| self.is_capital(given) && !is_stop_word(&fold(self.word(given)));
        let fits = |given: &usize| is_germanic && is_named(*given) || self.is_given(*given) && persons(*given);
        let Some(given) = given.filter(fits) else { return start };
        let named = mentions.iter().find(|other| other.tokens.contains(&given));
        let initials = (limit..given).rev().take_while(|&at| self.is_initial(given) && self.is_initial(at)).count();
        named.map_or(given - initials, |other| other.tokens.start.max(limit).min(given - initials))
    }

    /// Whether the token is one letter with a point.
    fn is_initial(&self, at: usize) -> bool {
        let word = self.word(at);
        self.is_capital(at) && word.ends_with('.') && word.chars().count() == 2
    }

    /// How many particles stand at the head of a range.
    fn particles(&self, range: Range<usize>) -> usize {
        range.take(MOST).take_while(|&at| is_particle(self.word(at))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// The one name of a text in which the tagger found the marked part.
    fn check(marked: &str, expected: &str) {
        let (first, rest) = marked.split_once('[').unwrap();
        let (found, last) = rest.split_once(']').unwrap();
        let source = format!("{first}{found}{last}");
        let part = Span::new(first.len(), first.len() + found.len());
        let text = crate::text::analyze(&source, &[Span::new(0, source.len())]);
        let words = super::super::analyze(&source, &text).words;
        let at = |token: &crate::text::Token| part.contains(token.span);
        let (start, count) = (text.tokens.iter().position(at).unwrap(), text.tokens.iter().filter(|token| at(token)).count());
        let mut mentions = vec![Mention { tokens: start..start + count, kind: EntityKind::Person }];
        complete(&source, &text, &words, &mut mentions);
        let (one, other) = (&text.tokens[mentions[0].tokens.start], &text.tokens[mentions[0].tokens.end - 1]);
        assert_eq!(one.span.cover(other.span).slice(&source), expected, "{source}");
    }

    #[test]
    fn a_name_is_whole() {
        check("It rained, said Anne-[Marie Bell] on Monday.", "Anne-Marie Bell");
        check("It rained, said [Ann Ince]-Baptiste on Monday.", "Ann Ince-Baptiste");
        check("It rained, said [Pia] del Monte on Monday.", "Pia del Monte");
        check("His wife, Pia van den [Hoek], left on Monday.", "Pia van den Hoek");
        check("His wife, Marit [van den Hoek], left on Monday.", "Marit van den Hoek");
        check("Pia del [Monte Brea] left on Monday.", "Pia del Monte Brea");
        check("It rained, said Dr [Q. T.] van den Hoek.", "Q. T. van den Hoek");
    }

    #[test]
    fn what_is_no_name_stays_outside() {
        check("It rained, said [Ann Bell] on Monday.", "Ann Bell");
        check("It rained in the van of [Ann Bell].", "Ann Bell");
        check("The London-based [Ann Bell] left.", "Ann Bell");
    }
}
