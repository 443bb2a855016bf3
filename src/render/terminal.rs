//! Results become lines for people: the answer first, then the sentence it stands in, who says it, where, and how to open it.

use crate::answer::{Answer, Citation, NoAnswer, Outcome};
use crate::engine::{Asked, Status};
use crate::index::{DocumentRecord, QuotationRecord};
use crate::quotation::{QuotationKind, Speaker};
use crate::render::json::Places;
use crate::render::page::{Ink, Page, one_line, safe};
use crate::span::Span;
use crate::verification::{Attribution, Context, Match, Operation, Verdict, Wording};

/// Outlet, title and date of a document in one line.
pub(crate) fn source(document: &DocumentRecord) -> String {
    let title = document.title.as_deref().map(|title| format!("“{}”", one_line(title)));
    let date = document.published.map(|date| date.strftime("%-d %B %Y").to_string());
    let parts: Vec<String> = [document.publisher.as_deref().map(one_line), title, date].into_iter().flatten().collect();
    if parts.is_empty() { one_line(&document.path) } else { parts.join(", ") }
}

pub(crate) fn speaker_line(speaker: &Speaker) -> String {
    let role = speaker.role.as_deref().map(|role| format!(", {}", one_line(role))).unwrap_or_default();
    format!("{}{role}", one_line(&speaker.name))
}

impl Page {
    /// The command that opens a place.
    pub(super) fn address(&self, document: &DocumentRecord, span: Span, places: &dyn Places) -> String {
        let characters = places.characters(document, span);
        let command = self.opening.command(&document.id, characters.start, characters.end);
        self.linked(&command, &document.path, places.line(document, span))
    }

    /// Everything about one question.
    #[must_use]
    pub fn outcome(&self, asked: &Asked, top: usize, places: &dyn Places) -> String {
        let mut out = match &asked.outcome {
            Outcome::Answered { answers, conflicts } => {
                let shown: Vec<&Answer> = answers.iter().take(top).collect();
                let numbered = shown.len() > 1;
                let listed = shown.iter().enumerate().map(|(n, answer)| self.answer(answer, numbered.then_some(n + 1), places));
                let body = listed.collect::<Vec<_>>().join("\n");
                let notes = conflicts.iter().map(|conflict| self.conflict(&conflict.answers, answers)).collect::<String>();
                body + &notes
            }
            Outcome::Unanswered(no_answer) => self.no_answer(no_answer, places),
        };
        if let Some(explanation) = &asked.explanation {
            out.push('\n');
            out.push_str(&self.explanation(explanation));
        }
        out
    }

    fn answer(&self, answer: &Answer, number: Option<usize>, places: &dyn Places) -> String {
        let number = number.map(|n| format!("{n}. ")).unwrap_or_default();
        let percent = (answer.confidence * 100.0).round();
        let sure = self.ink(&format!("  ({percent:.0} % sure)"), Ink::Dim);
        let mut out = match &answer.members {
            Some(members) => self.members(&number, members, &sure),
            None => {
                let words = self.paragraph(&one_line(&answer.text), Some(0..one_line(&answer.text).len()), self.answer_ink(), 0);
                let words = if self.color { words } else { self.paragraph(&one_line(&answer.text), None, Ink::Plain, 0) };
                let told = answer.date.as_ref().filter(|date| !date.stated).map(|date| format!(" ({})", date.iso)).unwrap_or_default();
                format!("{number}{}{told}{sure}\n", words.trim_end())
            }
        };
        for citation in answer.citations.iter().take(3) {
            out.push_str(&self.citation(citation, places));
        }
        out.push_str(&self.support(answer));
        out
    }

    fn answer_ink(&self) -> Ink {
        Ink::Answer
    }

    fn members(&self, number: &str, members: &[crate::answer::Member], sure: &str) -> String {
        let mut out = format!("{number}{} of them:{sure}\n", members.len());
        for member in members {
            out.push_str(&format!("  • {}\n", self.ink(&one_line(&member.text), Ink::Answer)));
        }
        out
    }

    fn support(&self, answer: &Answer) -> String {
        let rest = answer.support.documents.saturating_sub(answer.citations.len().min(3));
        if rest == 0 {
            return String::new();
        }
        self.ink(&format!("  also in {rest} more\n"), Ink::Dim)
    }

    fn citation(&self, citation: &Citation, places: &dyn Places) -> String {
        let marked = citation.answer_span.relative_to(citation.span.start);
        let inside = citation.span.contains(citation.answer_span).then_some(marked.start..marked.end);
        if citation.is_from_metadata() {
            let whole = self.opening.whole(&citation.document.id).map(|command| format!("  {}\n", self.ink(&command, Ink::Dim)));
            let known = self.ink("from metadata, not printed in the text", Ink::Doubt);
            return format!("  {known}\n  {}\n{}", self.ink(&source(&citation.document), Ink::Source), whole.unwrap_or_default());
        }
        let mut out = self.paragraph(&citation.sentence, inside, Ink::Answer, 2);
        if let Some(speaker) = &citation.speaker {
            out.push_str(&self.lines(&format!("— {}", speaker_line(speaker)), Ink::Speaker, 2));
        }
        out.push_str(&self.lines(&source(&citation.document), Ink::Source, 2));
        out.push_str(&format!("  {}\n", self.ink(&self.address(&citation.document, citation.span, places), Ink::Dim)));
        out
    }

    fn conflict(&self, positions: &[usize], answers: &[Answer]) -> String {
        let value = |&position: &usize| {
            let answer = answers.get(position)?;
            let date = answer.citations.first().and_then(|citation| citation.document.published);
            let date = date.map(|date| date.strftime(" (%b %Y)").to_string()).unwrap_or_default();
            Some(format!("{}{date}", one_line(&answer.text)))
        };
        let values: Vec<String> = positions.iter().filter_map(value).collect();
        format!("\n{} {}\n", self.ink("The sources differ:", Ink::Doubt), values.join("; "))
    }

    fn no_answer(&self, no_answer: &NoAnswer, places: &dyn Places) -> String {
        let mut out = format!("{} {}\n", self.ink("The corpus does not say.", Ink::Doubt), safe(&no_answer.reason));
        if !no_answer.nearest.is_empty() {
            out.push_str("\nNearest:\n");
        }
        for citation in &no_answer.nearest {
            out.push_str(&self.paragraph(&citation.sentence, None, Ink::Plain, 2));
            out.push_str(&self.lines(&source(&citation.document), Ink::Source, 2));
            out.push_str(&format!("  {}\n", self.ink(&self.address(&citation.document, citation.span, places), Ink::Dim)));
        }
        out
    }
}

/// What a wording means, for people.
pub(crate) fn wording_line(wording: Wording) -> (&'static str, Ink) {
    match wording {
        Wording::Exact => ("Word for word.", Ink::Good),
        Wording::Typography => ("Word for word; only the typography differs.", Ink::Good),
        Wording::Elided => ("Shortened: the pieces are real and in order.", Ink::Good),
        Wording::Rejoined => ("Real: one utterance, printed around its attribution.", Ink::Good),
        Wording::Stitched => ("Stitched together from different places.", Ink::Bad),
        Wording::Altered => ("Altered: some words are not the printed ones.", Ink::Bad),
        Wording::AlteredMeaning => ("Altered, and the change turns the meaning.", Ink::Bad),
        Wording::Paraphrase => ("A paraphrase: only reported, never printed as a quote.", Ink::Doubt),
        Wording::NotFound => ("Not found in the indexed documents. That does not make it false.", Ink::Doubt),
        Wording::Uncheckable => ("Too short, or nothing to check.", Ink::Doubt),
    }
}

pub(crate) fn nowhere_line(searched: usize) -> String {
    let documents = if searched == 1 { "document" } else { "documents" };
    format!("Not found in the {searched} indexed {documents}. That does not make it false.")
}

/// The different names under which a quote, or the pieces of one, are printed.
fn credited(verdict: &Verdict) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for speaker in verdict.matches.iter().filter_map(|found| found.speaker.as_ref()) {
        let name = one_line(&speaker.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

pub(crate) fn attribution_line(verdict: &Verdict) -> Option<(String, Ink)> {
    let name = verdict.speaker.as_ref().map(speaker_line);
    let claimed = verdict.claimed_speaker.as_deref().map(one_line).unwrap_or_default();
    let credited = credited(verdict);
    let names = credited.join("; ");
    let several = verdict.wording == Wording::Stitched && verdict.speaker.is_none() && credited.len() > 1;
    let line = match (verdict.attribution, name) {
        (None, _) if several => (format!("The pieces are of different speakers: {names}."), Ink::Bad),
        (None, _) => return None,
        (Some(Attribution::Confirmed), name) => (format!("Said by {}.", name.unwrap_or(claimed)), Ink::Good),
        (Some(Attribution::Misattributed), _) if several => {
            (format!("Not all {claimed}'s: the pieces are of different speakers: {names}."), Ink::Bad)
        }
        (Some(Attribution::Misattributed), Some(name)) => (format!("Not {claimed}: said by {name}."), Ink::Bad),
        (Some(Attribution::Misattributed), None) => (format!("Not {claimed}: said by somebody else."), Ink::Bad),
        (Some(Attribution::Disputed), _) if credited.len() > 1 => (format!("The sources differ on who said it: {names}."), Ink::Doubt),
        (Some(Attribution::Disputed), _) => ("The sources differ on who said it.".to_owned(), Ink::Doubt),
        (Some(Attribution::Unattributed), _) => ("The documents do not tell who said it.".to_owned(), Ink::Doubt),
        (Some(Attribution::NotAQuotation), _) => (narrated_line(verdict), Ink::Doubt),
    };
    Some(line)
}

/// The document's own words may still report somebody's view.
fn narrated_line(verdict: &Verdict) -> String {
    let own = "The document's own words, not a quotation";
    match &verdict.reported {
        Some(speaker) => format!("{own}. It reports this as the view of {}, in indirect speech.", speaker_line(speaker)),
        None => format!("{own}."),
    }
}

/// What of a quote that came with its tag was checked.
pub(crate) fn checked_line(verdict: &Verdict) -> Option<String> {
    verdict.checked.as_ref()?;
    let whose = verdict.claimed_speaker.as_deref().map(|name| format!(", as said by {}", one_line(name))).unwrap_or_default();
    Some(format!("Checked: the words between the marks{whose}."))
}

/// How many documents print it; nothing where it is one.
pub(crate) fn support_line(verdict: &Verdict) -> Option<String> {
    let documents = verdict.documents;
    if documents < 2 {
        return None;
    }
    Some(match verdict.wording {
        Wording::Stitched => format!("No document prints it whole; the pieces stand in {documents} documents."),
        _ => format!("Printed in {documents} documents, {} of them independent.", verdict.independent),
    })
}

impl Page {
    /// Everything about one quote check.
    #[must_use]
    pub fn verdict(&self, verdict: &Verdict, top: usize, places: &dyn Places) -> String {
        let (line, ink) = wording_line(verdict.wording);
        let mut out = match verdict.wording {
            Wording::NotFound => self.lines(&nowhere_line(verdict.searched), ink, 0),
            _ => self.lines(line, ink, 0),
        };
        if let Some(line) = checked_line(verdict) {
            out.push_str(&self.lines(&line, Ink::Plain, 0));
        }
        if let Some((line, ink)) = attribution_line(verdict) {
            out.push_str(&self.lines(&line, ink, 0));
        }
        match verdict.context {
            Some(Context::Truncated) => out.push_str(&format!("{}\n", self.ink("Cut: read what stands around it.", Ink::Doubt))),
            Some(Context::Full) | None => {}
        }
        if let Some(line) = support_line(verdict) {
            out.push_str(&format!("{line}\n"));
        }
        let whole = verdict.documents > 1 && verdict.wording != Wording::Stitched;
        if let Some(earliest) = verdict.earliest.as_deref().filter(|_| whole) {
            out.push_str(&self.lines(&format!("Earliest: {}", source(earliest)), Ink::Plain, 0));
        }
        if verdict.wording == Wording::NotFound && !verdict.matches.is_empty() {
            out.push_str("\nNearest:\n");
        }
        for (number, found) in verdict.matches.iter().take(top).enumerate() {
            out.push_str(if number == 0 && verdict.wording == Wording::NotFound { "" } else { "\n" });
            out.push_str(&self.found(found, verdict.wording, places));
        }
        out
    }

    fn found(&self, found: &Match, wording: Wording, places: &dyn Places) -> String {
        let mut out = self.paragraph(&found.passage, position(&found.passage, &found.text), Ink::Answer, 2);
        let shown = matches!(wording, Wording::Altered | Wording::AlteredMeaning | Wording::Elided | Wording::Stitched | Wording::NotFound);
        if shown && found.diff.iter().any(|step| step.operation != Operation::Equal) {
            out.push_str(&self.difference(found));
        }
        if let Some(speaker) = &found.speaker {
            out.push_str(&self.lines(&format!("— {}", speaker_line(speaker)), Ink::Speaker, 2));
        }
        out.push_str(&self.lines(&source(&found.document), Ink::Source, 2));
        out.push_str(&format!("  {}\n", self.ink(&self.address(&found.document, found.span, places), Ink::Dim)));
        out
    }

    fn difference(&self, found: &Match) -> String {
        let words = |step: &crate::verification::Difference| match step.operation {
            Operation::Equal => one_line(&step.source),
            Operation::Insert => self.ink(&format!("{{+{}+}}", one_line(&step.given)), Ink::Bad),
            Operation::Delete => self.ink(&format!("[-{}-]", one_line(&step.source)), Ink::Doubt),
            Operation::Replace => {
                let (source, given) = (one_line(&step.source), one_line(&step.given));
                self.ink(&format!("[-{source}-]{{+{given}+}}"), Ink::Bad)
            }
        };
        let line = found.diff.iter().map(words).collect::<Vec<_>>().join(" ");
        let room = self.width.saturating_sub(2).max(20);
        textwrap::wrap(&format!("given against printed: {line}"), room).iter().map(|line| format!("  {line}\n")).collect()
    }

    /// A list of quotations.
    #[must_use]
    pub fn quotations(&self, records: &[QuotationRecord], places: &dyn Places) -> String {
        records.iter().map(|record| self.quotation(record, places)).collect::<Vec<_>>().join("\n")
    }

    fn quotation(&self, record: &QuotationRecord, places: &dyn Places) -> String {
        let words = record.pieces.iter().map(|piece| one_line(piece)).collect::<Vec<_>>().join(" … ");
        let words = if record.quotation.kind == QuotationKind::Indirect { format!("(reported) {words}") } else { format!("“{words}”") };
        let mut out = self.paragraph(&words, None, Ink::Plain, 0);
        let speaker = record.quotation.speaker.as_ref().map_or_else(|| "speaker not named".to_owned(), speaker_line);
        out.push_str(&self.lines(&format!("— {speaker}"), Ink::Speaker, 2));
        out.push_str(&self.lines(&source(&record.document), Ink::Source, 2));
        out.push_str(&format!("  {}\n", self.ink(&self.address(&record.document, record.quotation.span(), places), Ink::Dim)));
        if !record.also.is_empty() {
            out.push_str(&self.ink(&format!("  also in {} more\n", record.also.len()), Ink::Dim));
        }
        out
    }

    /// A document's text, boilerplate dimmed; with a place `marked`, what stands around it and how to see the rest.
    #[must_use]
    pub fn document(&self, document: &DocumentRecord, text: &str, dim: &[Span], marked: Option<Span>) -> String {
        let mut out = format!("{}\n{}\n\n", self.ink(&source(document), Ink::Source), self.ink(&one_line(&document.path), Ink::Dim));
        let shown = marked.map_or(Span::new(0, text.len()), |span| around(text, span));
        if shown.start > 0 {
            out.push_str("…\n");
        }
        let inside = |span: &&Span| span.overlaps(shown);
        let mut edges: Vec<usize> = dim.iter().chain(marked.iter()).filter(inside).flat_map(|span| [span.start, span.end]).collect();
        edges.retain(|edge| (shown.start..shown.end).contains(edge));
        edges.extend([shown.start, shown.end]);
        edges.sort_unstable();
        edges.dedup();
        for pair in edges.windows(2) {
            let [start, end] = *pair else { continue };
            let piece = Span::new(start, end);
            out.push_str(&self.stretch(text, piece, dim, marked));
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
        if shown.len() < text.len() {
            let whole = self.opening.whole(&document.id).map(|command| format!("the whole document: {command}")).unwrap_or_default();
            out.push_str(&format!("{}{}\n", if shown.end < text.len() { "…\n" } else { "" }, self.ink(&whole, Ink::Dim)));
        }
        out
    }

    fn stretch(&self, text: &str, piece: Span, dim: &[Span], marked: Option<Span>) -> String {
        let words = safe(piece.slice(text));
        let is_marked = marked.is_some_and(|span| span.contains(piece));
        match (is_marked, self.color) {
            (true, true) => self.ink(&words, Ink::Answer),
            (true, false) => format!("»{words}«"),
            _ if dim.iter().any(|span| span.contains(piece)) => self.ink(&words, Ink::Dim),
            _ => words,
        }
    }

    /// What an index holds.
    #[must_use]
    pub fn status(&self, status: &Status) -> String {
        let Status { documents, passages, quotations, indirect, speakers, .. } = status;
        let marked = quotations.saturating_sub(*indirect);
        let mut out = format!("{documents} documents, {passages} passages\n");
        out.push_str(&format!(
            "{quotations} quotations by {speakers} speakers: {marked} in quotation marks, {indirect} in indirect speech\n"
        ));
        out.push_str(&format!("index: {} ({} KB, format {})\n", status.directory, status.bytes / 1000, status.format));
        out.push_str(&format!("roots: {}\n", status.roots.join(", ")));
        out.push_str(&format!("outlets: {}\n", status.outlets.join(", ")));
        for warning in &status.unreadable {
            let path = warning.path.as_deref().map(one_line).unwrap_or_default();
            out.push_str(&format!("{} {path}: {}\n", self.ink("not read:", Ink::Doubt), one_line(&warning.message)));
        }
        out
    }
}

/// Lines with words that are shown before and after a place.
const LINES_AROUND: usize = 2;

/// The lines a place stands on and a few around them, in bytes of the text; all of a text of which little would be left out.
fn around(text: &str, place: Span) -> Span {
    let (before, after) = (text.get(..place.start).unwrap_or_default(), text.get(place.end..).unwrap_or_default());
    let start = reach(before.split_inclusive('\n').rev());
    let end = reach(after.split_inclusive('\n'));
    let shown = Span::new(place.start - start, place.end + end);
    if shown.len() * 4 >= text.len() * 3 { Span::new(0, text.len()) } else { shown.trim(text).cover(place) }
}

/// How many bytes lead past the rest of a line and a few lines with words beyond it.
fn reach<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    let mut left = LINES_AROUND;
    let mut bytes = 0;
    for (number, line) in lines.enumerate() {
        if number > 0 && !line.trim().is_empty() {
            if left == 0 {
                break;
            }
            left -= 1;
        }
        bytes += line.len();
    }
    bytes
}

/// Where `words` stand in `passage`, in bytes.
fn position(passage: &str, words: &str) -> Option<std::ops::Range<usize>> {
    passage.find(words).filter(|_| !words.is_empty()).map(|start| start..start + words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_with_a_few_lines_around_it() {
        let lines: Vec<String> = (0..20).map(|number| format!("line number {number}\n\n")).collect();
        let text = lines.concat();
        let start = text.find("number 10").unwrap();
        let shown = around(&text, Span::new(start, start + 6)).slice(&text);
        assert!(shown.trim_start().starts_with("line number 8\n") && shown.trim_end().ends_with("line number 12"), "{shown}");
        assert_eq!(around("short text", Span::new(0, 5)), Span::new(0, 10));
    }
}
