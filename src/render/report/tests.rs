//! Reports over a document that is out to break them.

use std::ops::Range;
use std::sync::Arc;

use super::*;
use crate::answer::{Answer, Citation, NoAnswer, Outcome, Support};
use crate::engine::{Asked, Finding, Inquiry, Saved, documents};
use crate::index::DocumentRecord;
use crate::question::{AnswerType, parse};
use crate::render::json::Places;
use crate::span::Span;

const EVIL: &str = "</script><script>alert(1)</script>\n```\n\u{202E}# **bold** <img src=x onerror=alert(1)> [a](javascript:b) | 5 |";

struct Flat;

impl Places for Flat {
    fn characters(&self, _: &DocumentRecord, span: Span) -> Range<usize> {
        span.start..span.end
    }
}

impl Texts for Flat {
    fn surroundings(&self, _: &DocumentRecord, _: Span) -> (String, String) {
        (EVIL.to_owned(), EVIL.to_owned())
    }
}

fn document() -> Arc<DocumentRecord> {
    Arc::new(DocumentRecord {
        ordinal: 0,
        cluster: 0,
        id: EVIL.to_owned(),
        path: EVIL.to_owned(),
        title: Some(EVIL.to_owned()),
        publisher: Some(EVIL.to_owned()),
        authors: vec![EVIL.to_owned()],
        published: None,
        digest: "0".repeat(64),
    })
}

fn citation() -> Citation {
    let span = Span::new(0, EVIL.len());
    Citation { document: document(), sentence: EVIL.to_owned(), span, answer_span: Span::new(10, 20), speaker: None, quoted: false }
}

fn entries() -> Vec<Entry> {
    let answer = Answer {
        text: EVIL.to_owned(),
        confidence: 0.5,
        answer_type: AnswerType::Thing,
        value: None,
        date: None,
        members: None,
        citations: vec![citation()],
        support: Support { documents: 1, independent: 1 },
        also: Vec::new(),
    };
    let nothing = NoAnswer { reason: EVIL.to_owned(), nearest: vec![citation()] };
    let asked = |outcome: Outcome| {
        let question = parse("What is it?", &Constraints::default());
        Finding::Asked(Box::new(Asked { question, outcome, explanation: None, warnings: Vec::new() }))
    };
    let entry = |finding: Finding| Entry { inquiry: Inquiry::Question(EVIL.to_owned()), finding, warnings: Vec::new() };
    vec![entry(asked(Outcome::Answered { answers: vec![answer], conflicts: Vec::new() })), entry(asked(Outcome::Unanswered(nothing)))]
}

fn with_report<T>(look: impl FnOnce(&Report<'_>) -> T) -> T {
    let (entries, holdings) = (entries(), Holdings { documents: 1, days: None, outlets: vec![EVIL.to_owned()] });
    let (constraints, opening) = (Constraints { source: Some(EVIL.to_owned()), ..Constraints::default() }, Opening::Found);
    look(&Report { title: EVIL, entries: &entries, holdings: &holdings, constraints: &constraints, opening: &opening, texts: &Flat })
}

fn nothing_steers(text: &str) {
    assert!(!text.chars().any(is_unsafe), "{text}");
}

#[test]
fn a_page_holds_no_element_that_a_document_wrote() {
    let page = with_report(|report| report.html());
    nothing_steers(&page);
    assert_eq!((page.matches("<script").count(), page.matches("</script").count(), page.matches("<img").count()), (1, 1, 0), "{page}");
    assert!(!page.contains("href=\"j") && !page.contains(" src=\""), "{page}");
}

#[test]
fn markdown_holds_one_block_and_no_markup_that_a_document_wrote() {
    let text = with_report(|report| report.markdown());
    nothing_steers(&text);
    assert_eq!(text.lines().filter(|line| line.starts_with("```")).count(), 2, "{text}");
    // Code spans and the block show what they hold as it is; elsewhere nothing opens an element or a link.
    let plain = |line: &&str| !["- **Place", "- **File", "- **Open", "{", "```"].iter().any(|start| line.starts_with(start));
    let prose: Vec<&str> = text.lines().filter(plain).collect();
    assert!(prose.iter().any(|line| line.starts_with("> ")), "{text}");
    assert!(!prose.iter().any(|line| line.contains('<') || line.contains("[a](")), "{prose:?}");
}

#[test]
fn the_passports_in_a_report_are_the_words_to_the_letter() {
    for text in [with_report(|report| report.html()), with_report(|report| report.markdown())] {
        let saved = Saved::all(&Value::Array(documents(&text).unwrap()));
        assert_eq!(saved.len(), 1, "{saved:?}");
        let one = saved.first().unwrap();
        assert_eq!(
            (one.cited.words.as_str(), one.cited.document.as_str(), one.cited.context.as_ref()),
            (EVIL, EVIL, Some(&(EVIL.to_owned(), EVIL.to_owned())))
        );
    }
}

#[test]
fn annotations_hold_the_same_citations() {
    let page = with_report(|report| report.annotations());
    assert_eq!(page["items"].as_array().map(Vec::len), Some(2), "{page}");
    let saved = Saved::all(&page);
    assert_eq!(
        saved.first().map(|one| (one.cited.words.as_str(), one.cited.digest.as_deref())),
        Some((EVIL, Some("0".repeat(64).as_str())))
    );
}
