//! The history of an utterance becomes lines for people: who printed it, in order of date, and what each changed.

use super::json::Places;
use super::page::{Ink, Page, one_line};
use super::terminal::{source, speaker_line};
use crate::engine::{Printing, Trace};
use crate::verification::{Difference, Operation, Wording};

impl Page {
    /// Everything about the history of one utterance, `top` printings of it at most.
    #[must_use]
    pub fn trace(&self, trace: &Trace, top: usize, places: &dyn Places) -> String {
        let Some(first) = trace.printings.first() else {
            return format!("{}\n", self.ink("No indexed document prints it. That does not make it false.", Ink::Doubt));
        };
        let mut out = format!("{}\n{}\n", summary(trace), self.credited(trace));
        out.push_str(&self.first(trace, first));
        let alone = trace.printings.len() == 1;
        for (number, printing) in trace.printings.iter().take(top).enumerate() {
            out.push('\n');
            out.push_str(&self.printing(number + 1, printing, alone, places));
        }
        if trace.printings.len() > top {
            out.push_str(&format!("\n{top} of {}; --top N shows more.\n", trace.printings.len()));
        }
        out
    }

    /// Who printed it first, all who did so on that day; and how many documents do not tell their day.
    fn first(&self, trace: &Trace, first: &Printing) -> String {
        let undated = trace.printings.iter().filter(|printing| printing.document.published.is_none()).count();
        let Some(day) = first.document.published else {
            return format!("{}\n", self.ink("Undated: the documents do not tell who printed it first.", Ink::Doubt));
        };
        let that_day = trace.printings.iter().map(|printing| &printing.document).filter(|document| document.published == Some(day));
        let outlets: Vec<String> = that_day.map(|document| one_line(document.publisher.as_ref().unwrap_or(&document.id))).collect();
        let rest = if undated > 0 { format!(" ({undated} undated)") } else { String::new() };
        format!("First printed on {} by {}{rest}.\n", day.strftime("%-d %B %Y"), outlets.join(" and "))
    }

    fn credited(&self, trace: &Trace) -> String {
        let names: Vec<String> = trace.credited.iter().map(|(speaker, count)| format!("{} ({count})", speaker_line(speaker))).collect();
        match trace.credited.as_slice() {
            [] => self.ink("Nobody is named as the speaker.", Ink::Doubt),
            [(one, _)] => self.ink(&format!("Credited to {}.", speaker_line(one)), Ink::Good),
            _ => self.ink(&format!("The sources differ on who said it: {}.", names.join("; ")), Ink::Doubt),
        }
    }

    fn printing(&self, number: usize, printing: &Printing, alone: bool, places: &dyn Places) -> String {
        let mut out = format!("{number}. {}\n", self.ink(&source(&printing.document), Ink::Source));
        let words =
            if printing.wording == Wording::Paraphrase { one_line(&printing.text) } else { format!("“{}”", one_line(&printing.text)) };
        out.push_str(&self.paragraph(&words, None, Ink::Plain, 3));
        let (line, ink) = if number == 1 { ("the others are compared with these words".to_owned(), Ink::Dim) } else { change(printing) };
        if !alone {
            out.push_str(&format!("   {}\n", self.ink(&line, ink)));
        }
        if number > 1 && printing.wording != Wording::Paraphrase && printing.diff.iter().any(|step| step.operation != Operation::Equal) {
            out.push_str(&self.changes(&printing.diff));
        }
        let speaker = printing.speaker.as_ref().map_or_else(|| "speaker not named".to_owned(), speaker_line);
        out.push_str(&self.lines(&format!("— {speaker}"), Ink::Speaker, 3));
        out.push_str(&format!("   {}\n", self.ink(&self.address(&printing.document, printing.span, places), Ink::Dim)));
        out
    }

    /// The first printing's words with what was cut [-so-] and what was put in {+so+}.
    fn changes(&self, diff: &[Difference]) -> String {
        let cut = |words: &str| self.ink(&format!("[-{}-]", one_line(words)), Ink::Doubt);
        let put = |words: &str| self.ink(&format!("{{+{}+}}", one_line(words)), Ink::Bad);
        let step = |step: &Difference| match step.operation {
            Operation::Equal => one_line(&step.source),
            Operation::Insert => cut(&step.given),
            Operation::Delete => put(&step.source),
            Operation::Replace => cut(&step.given) + &put(&step.source),
        };
        let line = diff.iter().map(step).collect::<Vec<_>>().join(" ");
        let room = self.width.saturating_sub(3).max(20);
        textwrap::wrap(&line, room).iter().map(|line| format!("   {line}\n")).collect()
    }
}

fn summary(trace: &Trace) -> String {
    let plural = |count: usize| if count == 1 { "document" } else { "documents" };
    let alone = if trace.independent < trace.documents { format!(", {} of them independently", trace.independent) } else { String::new() };
    format!("Printed by {} {}{alone}.", trace.documents, plural(trace.documents))
}

/// What a printing did to the first one's words.
fn change(printing: &Printing) -> (String, Ink) {
    let (line, ink) = match printing.wording {
        Wording::Exact => ("the same words", Ink::Good),
        Wording::Typography => ("the same words in other typography", Ink::Good),
        Wording::Elided => ("shortened, and marked so", Ink::Good),
        Wording::Rejoined => ("the same words, around an attribution", Ink::Good),
        Wording::Stitched => ("the same words from different places", Ink::Doubt),
        Wording::Altered => ("other words", Ink::Doubt),
        Wording::AlteredMeaning => ("other words, and the change turns the meaning", Ink::Bad),
        Wording::Paraphrase | Wording::NotFound | Wording::Uncheckable => ("only reported, in other words", Ink::Doubt),
    };
    let copy = printing.copy_of.as_ref().map(|original| format!("; a copy of {}", one_line(&original.id))).unwrap_or_default();
    (format!("{line}{copy}"), ink)
}
