//! Follow-ups as people ask them, over a memory made by hand.

use super::memory::{Kind, Last, Named};
use super::*;

fn named(name: &str, kind: Kind, turn: u32, beside: u32) -> Named {
    Named { turn, beside, ..Named::new(name, kind) }
}

fn memory() -> Memory {
    let names = vec![
        named("Cove Council", Kind::Body, 3, 1),
        named("Andrew Tolley", Kind::Person, 3, 2),
        named("Mary Fairlie", Kind::Person, 2, 1),
        named("Mx Sedge", Kind::Person, 1, 1),
        named("Saltby", Kind::Place, 1, 2),
    ];
    let last = Last { question: "What did Andrew Tolley say about the sluice?".into(), ..Last::default() };
    Memory { turn: 3, names, last: Some(last), pending: None }
}

fn understood(memory: &mut Memory, question: &str) -> String {
    match memory.understand(question, &|_| false) {
        Meant::Resolved { words, more } => format!("{words}{}", if more { " (more)" } else { "" }),
        Meant::AsAsked => question.to_owned(),
        Meant::Unclear(unclear) => format!("? {}: {}", unclear.said, unclear.candidates.join(", ")),
        Meant::WhoSaidThat => "who said that".to_owned(),
    }
}

fn check(question: &str, expected: &str) {
    assert_eq!(understood(&mut memory(), question), expected);
}

#[test]
fn a_pronoun_stands_for_the_last_one_it_agrees_with() {
    check("What did he say?", "What did Andrew Tolley say?");
    check("Who is her deputy?", "Who is Mary Fairlie's deputy?");
    check("What did Ofsted ask her about?", "What did Ofsted ask Mary Fairlie about?");
    check("What did Andrew Tolley say about her?", "What did Andrew Tolley say about Mary Fairlie?");
    check("Who criticised him?", "Who criticised Andrew Tolley?");
    check("What did it say?", "What did Cove Council say?");
    check("Who is its leader?", "Who is Cove Council's leader?");
    check("How many people live there?", "How many people live in Saltby?");
}

#[test]
fn what_was_asked_about_is_still_asked_about() {
    check("What did she say about it?", "What did Mary Fairlie say about the sluice?");
    check("What else did he say?", "What did Andrew Tolley say? (more)");
    check("What else did he say about that?", "What did Andrew Tolley say about the sluice? (more)");
}

#[test]
fn a_pronoun_that_the_question_explains_is_left() {
    for question in
        ["Who said he would resign?", "Who lost his job?", "What did Ann Bell say of her mill?", "Is it true that the mill closed?"]
    {
        check(question, question);
    }
}

#[test]
fn where_nobody_fits_the_asker_is_asked_back() {
    let mut empty = Memory::default();
    assert_eq!(understood(&mut empty, "What did he say?"), "? he: ");
    assert_eq!(understood(&mut empty, "Why?"), "? Why: ");
    assert_eq!(understood(&mut empty, "Is that true of the others?"), "? that: ");
    assert_eq!(understood(&mut empty, "Who chaired the inquiry?"), "Who chaired the inquiry?");
}

#[test]
fn of_two_side_by_side_neither_is_meant_until_one_is_named() {
    let names = vec![named("Tom Pell", Kind::Person, 1, 1), named("Andrew Tolley", Kind::Person, 1, 1)];
    let mut memory = Memory { turn: 1, names, ..Memory::default() };
    assert_eq!(understood(&mut memory, "Where does he live?"), "? he: Tom Pell, Andrew Tolley");
    assert_eq!(understood(&mut memory, "Tolley"), "Where does Andrew Tolley live?");
}

#[test]
fn who_said_that_asks_for_the_last_answer() {
    check("Who said that?", "who said that");
    check("Who said that the mill would close?", "Who said that the mill would close?");
}

#[test]
fn people_named_together_are_they() {
    let names = vec![named("Tom Pell", Kind::Person, 1, 1), named("Ann Pell", Kind::Person, 1, 1)];
    let mut memory =
        Memory { turn: 1, names, last: Some(Last { question: "Who are Tom and Ann Pell?".into(), ..Last::default() }), pending: None };
    assert_eq!(understood(&mut memory, "Where do they live?"), "Where do Tom Pell and Ann Pell live?");
}

#[test]
fn what_was_counted_is_spoken_of() {
    let names = vec![named("the members", Kind::Sought, 1, 0)];
    let last = Last { question: "How many members did the trust have in 2014?".into(), ..Last::default() };
    let mut memory = Memory { turn: 1, names, last: Some(last), pending: None };
    assert_eq!(understood(&mut memory, "How much did each pay?"), "How much did each of the members pay?");
    assert_eq!(understood(&mut memory, "Where did they meet?"), "Where did the members meet?");
    assert_eq!(understood(&mut memory, "How many fans were there then?"), "How many fans were there in 2014?");
}

#[test]
fn who_was_asked_for_in_vain_is_not_somebody_else() {
    let mut memory = memory();
    memory.last = Some(Last { question: "Who ran it before?".into(), ..Last::default() });
    memory.names.retain(|named| named.turn < 3);
    assert_eq!(understood(&mut memory, "How old is she?"), "? she: ");
}

#[test]
fn a_date_or_a_subject_asked_for_alone_is_put_in_its_place() {
    check("And about the roof?", "What did Andrew Tolley say about the roof?");
    check("When was that?", "When did Andrew Tolley say about the sluice?");
    check("According to whom?", "who said that");
}
