//! The quotations of a text become brat standoff lines: spans with a type, relations between them, notes.
//!
//! The format is that of brat (<https://brat.nlplab.org/standoff.html>): positions count characters, a span that is broken by a line end or by
//! the reporter's words is listed in fragments, and every line names its kind by its first letter.

use super::json::kind_name;
use crate::quotation::{Quotation, Speaker};
use crate::span::{CharIndex, Span};

/// The standoff lines of a text.
#[must_use]
pub fn standoff(text: &str, quotations: &[Quotation]) -> String {
    let mut lines = Lines { text, characters: CharIndex::new(text), spans: 0, relations: 0, attributes: 0, notes: 0, out: String::new() };
    quotations.iter().for_each(|quotation| lines.quotation(quotation));
    lines.out
}

struct Lines<'t> {
    text: &'t str,
    characters: CharIndex<'t>,
    spans: usize,
    relations: usize,
    attributes: usize,
    notes: usize,
    out: String,
}

impl Lines<'_> {
    fn quotation(&mut self, quotation: &Quotation) {
        let Some(words) = self.span("Quotation", &quotation.pieces) else { return };
        self.attributes += 1;
        self.out.push_str(&format!("A{}\tKind {words} {}\n", self.attributes, kind_name(quotation.kind)));
        if let Some(cue) = quotation.cue.and_then(|cue| self.span("Cue", &[cue])) {
            self.relation("CuedBy", &words, &cue);
        }
        if let Some(speaker) = &quotation.speaker {
            self.speaker(&words, speaker);
        }
    }

    fn speaker(&mut self, words: &str, speaker: &Speaker) {
        let role = speaker.role.as_deref().map(|role| format!("; {role}")).unwrap_or_default();
        let note = one_line(&format!("{}{role}", speaker.name));
        let target = match self.span("Speaker", &[speaker.mention_span]) {
            Some(mention) => {
                self.relation("SaidBy", words, &mention);
                mention
            }
            None => words.to_owned(),
        };
        self.notes += 1;
        self.out.push_str(&format!("#{}\tAnnotatorNotes {target}\t{note}\n", self.notes));
    }

    /// Writes a span and returns its name; `None` where nothing of it is left.
    fn span(&mut self, kind: &str, pieces: &[Span]) -> Option<String> {
        let fragments: Vec<Span> = pieces.iter().flat_map(|piece| on_lines(self.text, *piece)).collect();
        if fragments.is_empty() {
            return None;
        }
        let place = |span: &Span| format!("{} {}", self.characters.chars_before(span.start), self.characters.chars_before(span.end));
        let places: Vec<String> = fragments.iter().map(place).collect();
        let words: Vec<String> = fragments.iter().map(|span| span.slice(self.text).to_owned()).collect();
        self.spans += 1;
        let name = format!("T{}", self.spans);
        self.out.push_str(&format!("{name}\t{kind} {}\t{}\n", places.join(";"), words.join(" ")));
        Some(name)
    }

    fn relation(&mut self, kind: &str, from: &str, to: &str) {
        self.relations += 1;
        self.out.push_str(&format!("R{}\t{kind} Arg1:{from} Arg2:{to}\n", self.relations));
    }
}

/// The parts of a span between line ends, without the white space at their edges.
fn on_lines(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start;
    for line in span.slice(text).split_inclusive(['\n', '\r', '\t']) {
        parts.push(Span::new(start, start + line.len()).trim(text));
        start += line.len();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::extract;

    #[test]
    fn spans_relations_and_notes_are_lines() {
        let text = "Prices rose.\n\n“It’s a disgrace,” said Ann Marlow, a baker. “We pay.”\n";
        let expected = "T1\tQuotation 15 31;60 67\tIt’s a disgrace, We pay.\nA1\tKind T1 direct\nT2\tCue 33 37\tsaid\n\
            R1\tCuedBy Arg1:T1 Arg2:T2\nT3\tSpeaker 38 48\tAnn Marlow\nR2\tSaidBy Arg1:T1 Arg2:T3\n#1\tAnnotatorNotes T3\tAnn Marlow";
        let found = standoff(text, &extract(text));
        assert!(found.starts_with(expected), "{found}");
    }

    #[test]
    fn a_line_end_breaks_a_span() {
        let text = "é one\r\n  two ";
        let found: Vec<(usize, usize)> = on_lines(text, Span::new(0, text.len())).iter().map(|span| (span.start, span.end)).collect();
        assert_eq!(found, [(0, 6), (10, 13)]);
    }

    #[test]
    fn a_text_without_quotations_has_no_lines() {
        assert_eq!(standoff("It rained.", &[]), "");
    }
}
