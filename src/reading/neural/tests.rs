//! The embedded reader as a whole, on sentences written for the purpose.

use std::sync::Arc;

use super::*;
use crate::corpus::BlockKind;
use crate::index::DocumentRecord;
use crate::question::{AnswerType, Subject};
use crate::retrieval::Passage;

const BRIDGE: &str = "The footbridge over the Arle was closed on Tuesday after an inspector found cracks in two of its beams. \
                      Marion Tell, who runs the county's road service, said repairs would cost £84,000. \
                      A ferry will carry walkers across until the end of June.";
const MARKET: &str = "Oskar Lindqvist has sold bread at the Saturday market since 1998. His daughter bakes the loaves before dawn.";

fn passage(ordinal: u32, text: &str, kind: BlockKind) -> Passage {
    let all = Span::new(0, text.len());
    let analysis = crate::text::analyze(text, &[all]);
    let document = DocumentRecord {
        ordinal,
        id: ordinal.to_string(),
        path: ordinal.to_string(),
        title: None,
        publisher: None,
        authors: Vec::new(),
        published: None,
        digest: String::new(),
        cluster: ordinal,
    };
    let blocks = vec![kind; analysis.sentences.len()];
    let syntax = Default::default();
    let record =
        PassageRecord { document: Arc::new(document), span: all, text: text.to_owned(), analysis, blocks, syntax, quotations: Vec::new() };
    Passage { record, score: 1.0, parts: Vec::new() }
}

fn question(words: &str) -> Question {
    let parsed = crate::question::parse(words, &Default::default());
    Question { answer_type: AnswerType::Thing, subject: Subject::Fact, ..parsed }
}

fn two_passages() -> [Passage; 2] {
    [passage(0, MARKET, BlockKind::Paragraph), passage(1, BRIDGE, BlockKind::Paragraph)]
}

fn check(asked: &str, expected: &str) {
    let passages = two_passages();
    let found = NeuralReader::embedded().unwrap().read(&Look::new(&question(asked), &passages), Vec::new());
    let best = found.first().unwrap();
    assert_eq!(passages[best.passage].record.slice(best.span), expected, "{asked}");
    assert!(best.score > 0.0, "{asked}: {}", best.score);
}

#[test]
fn the_answer_is_found_in_the_right_passage() {
    check("How much will the repairs cost?", "£84,000");
    check("Who sells bread at the market?", "Oskar Lindqvist");
    check("What did the inspector find?", "cracks");
    check("when was the footbridge closed", "Tuesday");
}

#[test]
fn what_no_passage_tells_scores_below_nought() {
    let found = NeuralReader::embedded()
        .unwrap()
        .read(&Look::new(&question("How tall is the lighthouse in Brackmouth?"), &two_passages()), Vec::new());
    assert!(found.iter().all(|candidate| candidate.score < 0.0), "{found:?}");
}

#[test]
fn the_same_question_gives_the_same_candidates() {
    let (reader, asked, passages) = (NeuralReader::embedded().unwrap(), question("Who runs the road service?"), two_passages());
    let all = reader.read(&Look::new(&asked, &passages), Vec::new());
    assert_eq!(all, reader.read(&Look::new(&asked, &passages), Vec::new()));
    let alone = reader.read(&Look::new(&asked, &passages[1..]), Vec::new());
    let scores = |found: &[Candidate], of: usize| found.iter().filter(|c| c.passage == of).map(|c| c.score).collect::<Vec<_>>();
    assert_eq!(scores(&all, 1), scores(&alone, 0), "a passage's scores depend on it alone");
}

#[test]
fn a_shortlist_says_where_to_read_and_boilerplate_is_never_read() {
    let reader = NeuralReader::embedded().unwrap();
    let mut passages = two_passages();
    let mut listed = reader.read(&Look::new(&question("Until when will the ferry run?"), &passages), Vec::new());
    listed.retain(|candidate| candidate.passage == 1);
    let found = reader.read(&Look::new(&question("Who sells bread at the market?"), &passages), listed);
    assert!(!found.is_empty() && found.iter().all(|candidate| candidate.passage == 1));
    passages[0] = passage(0, MARKET, BlockKind::Boilerplate(crate::corpus::Boilerplate::Advert));
    let found = reader.read(&Look::new(&question("Who sells bread at the market?"), &passages), Vec::new());
    assert!(found.iter().all(|candidate| candidate.passage == 1));
}

#[test]
fn candidates_for_more_than_a_span_are_judged_and_not_cut() {
    let (reader, passages) = (NeuralReader::embedded().unwrap(), two_passages());
    let listed = reader.read(&Look::new(&question("Who sells bread at the market?"), &passages), Vec::new());
    let asked = Question { answer_type: AnswerType::Reason, ..question("Why was the footbridge closed?") };
    let judged = reader.read(&Look::new(&asked, &passages), listed.clone());
    let spans = |candidates: &[Candidate]| candidates.iter().map(|candidate| (candidate.passage, candidate.span)).collect::<Vec<_>>();
    assert_eq!(spans(&judged), spans(&listed));
    assert!(judged.iter().all(|candidate| candidate.part("margin").is_some()));
}
