//! A report as Markdown (CommonMark): headings, quotes, lists; the passports in a fenced block at the end.

use super::section::{Group, Place, Section};
use super::{ABOUT, Report, VERIFYING, parted, passports, sign};
use crate::engine::FENCE;
use crate::render::page::one_line;
use crate::render::terminal::{source, speaker_line};
use crate::verification::{Difference, Operation};

impl Report<'_> {
    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n{}\n\n", escaped(self.title), escaped(ABOUT));
        out.push_str(&format!("- **Searched:** {}\n", escaped(&self.searched())));
        if let Some(limits) = self.limits() {
            out.push_str(&format!("- **Limits:** {}\n", escaped(&limits)));
        }
        self.entries.iter().map(Section::new).for_each(|section| self.section(&section, &mut out));
        out.push_str(&format!("\n## Passports\n\n{VERIFYING}\n\n{FENCE}\n{}\n```\n", passports(self)));
        out
    }

    fn section(&self, section: &Section<'_>, out: &mut String) {
        out.push_str(&format!("\n## {}: {}\n\n", section.kind, escaped(section.heading)));
        for (ink, line) in &section.findings {
            out.push_str(&format!("- {} {}\n", sign(*ink), escaped(line)));
        }
        for (name, value) in &section.facts {
            out.push_str(&format!("- **{name}:** {}\n", escaped(value)));
        }
        for note in &section.notes {
            out.push_str(&format!("- **Note:** {}\n", escaped(note)));
        }
        section.groups.iter().for_each(|group| self.group(group, out));
    }

    fn group(&self, group: &Group<'_>, out: &mut String) {
        out.push_str(&format!("\n### {}\n", escaped(&group.heading)));
        group.places.iter().for_each(|place| self.place(place, out));
    }

    fn place(&self, place: &Place<'_>, out: &mut String) {
        out.push('\n');
        if let Some(lead) = &place.lead {
            out.push_str(&format!("{}\n\n", begun(lead)));
        }
        match &place.words {
            Some((words, marked)) => out.push_str(&format!("> {}\n", quoted(words, marked.as_ref()))),
            None => out.push_str("From the page’s metadata; the text does not print it.\n"),
        }
        if !place.difference.is_empty() {
            out.push_str(&format!("\nGiven against printed: {}\n", difference(place.difference)));
        }
        out.push('\n');
        if let Some(speaker) = place.speaker {
            out.push_str(&format!("- **Speaker:** {}\n", escaped(&speaker_line(speaker))));
        }
        let characters = self.texts.characters(place.document, place.span);
        let copies = if place.copies > 0 { format!(" (and {} copies of the report)", place.copies) } else { String::new() };
        out.push_str(&format!("- **Source:** {}{copies}\n", escaped(&source(place.document))));
        let stands = place.words.as_ref().map(|_| format!(", characters {}–{}", characters.start, characters.end));
        out.push_str(&format!("- **Place:** {}{}\n", code(&place.document.id), stands.unwrap_or_default()));
        out.push_str(&format!("- **File:** {}, SHA-256 {}\n", code(&place.document.path), code(&place.document.digest)));
        out.push_str(&format!("- **Open:** {}\n", code(&place.command(self.opening, &characters))));
    }
}

/// Words as Markdown shows them: what it would take for its own is escaped.
fn escaped(words: &str) -> String {
    let words = one_line(words);
    let mut out = String::with_capacity(words.len());
    for (at, character) in words.char_indices() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', character]),
            // An address is made a link by many readers: nothing here leads out of the file.
            ':' if words.get(at..).is_some_and(|rest| rest.starts_with("://")) => out.push_str("&#58;"),
            '@' => out.push_str("&#64;"),
            _ => out.push(character),
        }
    }
    out.replace("www.", "www&#46;")
}

/// The same at the beginning of a line, where some signs make headings and lists.
fn begun(words: &str) -> String {
    let escaped = escaped(words);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = escaped.split_at(digits);
    let starts = |signs: &[char]| tail.starts_with(signs);
    let taken = if head.is_empty() { starts(&['#', '+', '-', '=']) } else { starts(&['.', ')']) };
    if taken { format!("{head}\\{tail}") } else { escaped }
}

/// Words with the stretch that is meant in bold.
fn quoted(words: &str, marked: Option<&std::ops::Range<usize>>) -> String {
    match parted(words, marked) {
        Some((before, inside, after)) if !inside.trim().is_empty() => {
            let blank = |left: &str, right: &str| {
                let parted = left.ends_with(char::is_whitespace) || right.starts_with(char::is_whitespace);
                if parted && !left.trim().is_empty() && !right.trim().is_empty() { " " } else { "" }
            };
            let (lead, tail) = (blank(before, inside), blank(inside, after));
            format!("{}{lead}**{}**{tail}{}", begun(before), escaped(inside), escaped(after))
        }
        _ => begun(words),
    }
}

/// Words in a code span: marks long enough that the words cannot end it.
fn code(words: &str) -> String {
    let words = one_line(words);
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    if longest > 0 { format!("{marks} {words} {marks}") } else { format!("{marks}{words}{marks}") }
}

/// The printed words with what was left out and what was put in.
fn difference(steps: &[Difference]) -> String {
    let gone = |words: &str| format!("\\[printed: {}\\]", escaped(words));
    let new = |words: &str| format!("\\[given: {}\\]", escaped(words));
    let step = |step: &Difference| match step.operation {
        Operation::Equal => escaped(&step.source),
        Operation::Insert => new(&step.given),
        Operation::Delete => gone(&step.source),
        Operation::Replace => format!("{} {}", gone(&step.source), new(&step.given)),
    };
    steps.iter().map(step).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_document_says_is_taken_for_markdown() {
        assert_eq!(escaped("<b> & *it* [x](y) `c` 2 - 1"), "&lt;b&gt; &amp; \\*it\\* \\[x\\](y) \\`c\\` 2 - 1");
        for (words, expected) in
            [("# one", "\\# one"), ("12. May", "12\\. May"), ("1) x", "1\\) x"), ("- x", "\\- x"), ("12 May", "12 May")]
        {
            assert_eq!(begun(words), expected);
        }
        assert_eq!(escaped("at https://x.example or www.x.example"), "at https&#58;//x.example or www&#46;x.example");
        assert_eq!(escaped("a\u{1b}[31m\u{202E}b\nc"), "a\\[31mb c");
    }

    #[test]
    fn the_words_meant_are_bold_and_blanks_stay_outside() {
        assert_eq!(quoted("It cost £5 then.", Some(&(8..11))), "It cost **£5** then.");
        assert_eq!(quoted("It cost £5 then.", Some(&(7..12))), "It cost **£5** then.");
        assert_eq!(quoted("Sum: £5", Some(&(99..100))), "Sum: £5");
    }

    #[test]
    fn code_is_not_ended_by_its_own_words() {
        assert_eq!((code("a`b").as_str(), code("a").as_str()), ("`` a`b ``", "`a`"));
    }
}
