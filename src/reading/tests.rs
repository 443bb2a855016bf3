//! Rules of the linear reader on small texts: the first candidate, in the text's words.

use std::sync::Arc;

use super::*;
use crate::corpus::{Block, BlockKind};
use crate::index::{DocumentRecord, PassageRecord};
use crate::question::{Constraints, parse};

/// A document of one paragraph a line; lines that begin with a bullet are list items, with "!" boilerplate.
pub(super) fn passage(ordinal: u32, text: &str) -> Passage {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        let kind = match line.chars().next() {
            Some('•') => BlockKind::ListItem,
            Some('!') => BlockKind::Boilerplate(crate::corpus::Boilerplate::Advert),
            _ => BlockKind::Paragraph,
        };
        blocks.push(Block { span, kind });
    }
    blocks.retain(|block| !block.span.is_empty());
    let spans: Vec<Span> = blocks.iter().map(|block| block.span).collect();
    let analysis = crate::text::analyze(text, &spans);
    let syntax = crate::syntax::analyze(text, &analysis);
    let quotations = crate::quotation::extract(text, &blocks, &analysis, &syntax);
    let kinds = analysis.sentences.iter().map(|sentence| blocks[sentence.block].kind).collect();
    let document = DocumentRecord {
        ordinal,
        id: format!("{ordinal}.txt"),
        path: format!("{ordinal}.txt"),
        title: None,
        publisher: None,
        authors: Vec::new(),
        published: None,
        digest: String::new(),
        cluster: ordinal,
    };
    let record = PassageRecord {
        document: Arc::new(document),
        span: Span::new(0, text.len()),
        text: text.to_owned(),
        analysis,
        blocks: kinds,
        syntax,
        quotations,
    };
    Passage { record, score: 1.0, parts: Vec::new() }
}

fn candidates(question: &str, passages: &[Passage]) -> Vec<Candidate> {
    let question = parse(question, &Constraints::default());
    linear::LinearReader::embedded().read(&Look::new(&question, passages), Vec::new())
}

fn check(question: &str, text: &str, expected: &str) {
    let passages = [passage(0, text)];
    let found = candidates(question, &passages);
    let words: Vec<&str> = found.iter().map(|candidate| passages[0].record.slice(candidate.span)).collect();
    assert_eq!(words.first().copied(), Some(expected), "{question}: {words:?}");
}

fn check_members(question: &str, text: &str, expected: &[&str]) {
    let passages = [passage(0, text)];
    let found = candidates(question, &passages);
    let members: Vec<&str> =
        found.first().map(|best| best.members.iter().map(|member| passages[0].record.slice(*member)).collect()).unwrap_or_default();
    assert_eq!(members, expected, "{question}");
}

#[test]
fn a_bulleted_list_comes_whole_and_in_order() {
    check_members(
        "Which three villages will get new pumps?",
        "The villages that will get new pumps are:\n• Ash Ferrers;\n• Withy End; and\n• Tarnside.\nWork begins in May.",
        &["Ash Ferrers", "Withy End", "Tarnside"],
    );
}

#[test]
fn a_running_list_bears_a_stop_for_a_comma() {
    check_members(
        "Which towns were flooded?",
        "The towns that were flooded are: Ash Ferrers, Withy End. Tarnside and Colne Abbas.",
        &["Ash Ferrers", "Withy End", "Tarnside", "Colne Abbas"],
    );
}

#[test]
fn a_role_is_the_phrase_beside_the_name() {
    check(
        "Who is Nora Pike?",
        "The pumps failed on Friday. Nora Pike, head of flood defence at the county council, blamed rust.",
        "head of flood defence at the county council",
    );
}

#[test]
fn a_reason_is_the_clause_that_gives_it() {
    check(
        "Why was the bridge shut?",
        "The bridge was shut because a barge had struck its middle pier.",
        "because a barge had struck its middle pier",
    );
}

#[test]
fn boilerplate_answers_nothing() {
    let passages = [passage(0, "The council met.\n!Senior accountant, Tarnside Council, £39,000 a year.")];
    for candidate in candidates("What is a senior accountant at Tarnside Council paid a year?", &passages) {
        assert!(!passages[0].record.slice(candidate.span).contains("39,000"));
    }
}

#[test]
fn reading_is_the_same_every_time() {
    let passages = [
        passage(0, "Nora Pike warned that 12 pumps had failed. The pumps cost £4m."),
        passage(1, "Tom Lyle said 14 pumps had failed in May."),
    ];
    for question in ["How many pumps had failed?", "Who warned that pumps had failed?", "What did the pumps cost?"] {
        assert_eq!(candidates(question, &passages), candidates(question, &passages));
    }
}

#[test]
fn no_passages_no_candidates() {
    assert!(candidates("Who warned that pumps had failed?", &[]).is_empty());
}

fn check_widened(answer_type: AnswerType, text: &str, part: &str, expected: &str) {
    let passages = [passage(0, text)];
    let question = parse("Who is it?", &Constraints::default());
    let look = Look::new(&question, &passages);
    let start = text.find(part).unwrap();
    let whole = widening::widened(&look.views[0], answer_type, Span::new(start, start + part.len()));
    assert_eq!(whole.slice(text), expected);
}

#[test]
fn part_of_a_name_or_quantity_becomes_the_whole() {
    check_widened(AnswerType::Duration, "Bills will rise for three years.", "three", "three years");
    check_widened(AnswerType::Person, "The mayor, Nora Pike, blamed rust.", "Nora", "Nora Pike");
    check_widened(AnswerType::Person, "His daughter, Nora Pike-Rowe, blamed rust.", "Nora Pike", "Nora Pike-Rowe");
    check_widened(AnswerType::Money, "The gate cost £4.1m.", "4.1", "£4.1m");
    check_widened(AnswerType::Thing, "The gate cost £4.1m.", "gate", "gate");
}

#[test]
fn of_two_figures_the_one_beside_the_words_asked_with_is_nearest() {
    let passages = [passage(0, "The storms killed 130 people in Ostwick and 32 in Tarnside.")];
    let question = parse("How many people died in Tarnside?", &Constraints::default());
    let weighed = weighing::Weigher.read(&Look::new(&question, &passages), candidates("How many people died in Tarnside?", &passages));
    let nearest = |words: &str| {
        let found = weighed.iter().find(|candidate| passages[0].record.slice(candidate.span) == words);
        found.and_then(|candidate| candidate.part("nearest")).unwrap()
    };
    assert!(nearest("32") > nearest("130"), "{} {}", nearest("32"), nearest("130"));
}

#[test]
fn what_somebody_said_is_in_nobody_elses_words() {
    let text = "A report found “numerous chances” to mend the pumps. “It was a hard year,” said Nora Pike, chief engineer of Saltby.";
    let passages = [passage(0, text)];
    assert!(candidates("What did Hugh Tolley say about the pumps?", &passages).is_empty());
    check("What did Nora Pike say about the year?", text, "It was a hard year");
}

/// The likeliest answer of the whole cascade, in the text's words.
#[cfg(feature = "neural")]
fn check_weighed(question: &str, text: &str, expected: &str) {
    let passages = [passage(0, text)];
    let question = parse(question, &Constraints::default());
    let look = Look::new(&question, &passages);
    let found = readers(Depth::Neural).iter().fold(Vec::new(), |shortlist, reader| reader.read(&look, shortlist));
    let first = found.first().map(|first| passages[0].record.slice(first.span));
    assert_eq!(first, Some(expected), "{}", question.words);
}

#[test]
#[cfg(feature = "neural")]
fn who_said_it_is_what_the_question_says_of_the_speaker() {
    let text = "“The pumps are worn out,” said Hugh Tolley, a councillor. Nora Pike, an engineer at the works, said the pumps would fail in March.";
    check_weighed("Which engineer said the pumps would fail?", text, "Nora Pike");
}

#[test]
#[cfg(feature = "neural")]
fn a_list_begins_and_ends_where_the_network_marks_it() {
    let text =
        "The fair will be held next May in Tarnside, Ostwick and Saltby — the oldest of the market towns — if the weather allows it.";
    check_weighed("In which three towns will the fair be held?", text, "Tarnside, Ostwick and Saltby");
}

#[test]
fn a_body_is_named_with_its_field_and_an_office_with_what_it_is_over() {
    let text = "The search is led by the National Centre for Missing & Found Ships. Nora Vance is Supervisor of Elections, too.";
    check_widened(AnswerType::Organization, text, "National Centre", "National Centre for Missing & Found Ships");
    check_widened(AnswerType::Definition, text, "Supervisor", "Supervisor of Elections");
    check_widened(AnswerType::Number, "One in seven councils failed.", "One", "One in seven");
}

#[test]
fn what_led_to_a_result_stands_before_it() {
    check(
        "Why did the ferry stop?",
        "Ice had broken both propellers. As a result the ferry stopped on Monday.",
        "Ice had broken both propellers.",
    );
}
