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
    Memory { turn: 3, names, last: Some(last), ..Memory::default() }
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
fn a_first_question_may_explain_its_own_pronouns() {
    for question in [
        "How many desks were there with nobody sitting at them?",
        "Which union complained that its members were not paid?",
        "How old was Tom Pell's daughter when she sailed?",
        "How much of his money has Tom Pell put into the mill?",
    ] {
        assert_eq!(understood(&mut Memory::default(), question), question);
    }
    assert_eq!(understood(&mut Memory::default(), "How many people live there?"), "? there: ");
    assert_eq!(understood(&mut Memory::default(), "What did the council say about it?"), "? it: ");
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
    let mut memory = Memory {
        turn: 1,
        names,
        last: Some(Last { question: "Who are Tom and Ann Pell?".into(), ..Last::default() }),
        ..Memory::default()
    };
    assert_eq!(understood(&mut memory, "Where do they live?"), "Where do Tom Pell and Ann Pell live?");
}

#[test]
fn what_was_counted_is_spoken_of() {
    let names = vec![named("the members", Kind::Sought, 1, 0)];
    let last = Last { question: "How many members did the trust have in 2014?".into(), ..Last::default() };
    let mut memory = Memory { turn: 1, names, last: Some(last), ..Memory::default() };
    assert_eq!(understood(&mut memory, "How much did each pay?"), "How much did each of the members pay?");
    assert_eq!(understood(&mut memory, "Where did they meet?"), "Where did the members meet?");
    assert_eq!(understood(&mut memory, "How many fans were there then?"), "How many fans were there in 2014?");
}

#[test]
fn who_was_asked_for_in_vain_is_not_somebody_else() {
    let mut memory = memory();
    memory.last = Some(Last { question: "Who ran it before?".into(), ..Last::default() });
    memory.names.retain(|named| named.turn < 3);
    assert_eq!(understood(&mut memory, "How old is she?"), "? she: Mary Fairlie, Mx Sedge");
}

#[test]
fn a_date_or_a_subject_asked_for_alone_is_put_in_its_place() {
    check("And about the roof?", "What did Andrew Tolley say about the roof?");
    check("When was that?", "When did Andrew Tolley say about the sluice?");
    check("According to whom?", "who said that");
}

/// A conversation in which nothing is answered but what is given with the question: each question, who or what answered it, and what it was taken for.
fn talk(turns: &[(&str, &str, &str)]) {
    let mut memory = Memory::default();
    for (question, answer, expected) in turns {
        let found = understood(&mut memory, question);
        assert_eq!(found, *expected, "{question}");
        if !found.starts_with('?') {
            memory.keep(&asked(found.trim_end_matches(" (more)"), answer), &|name| name.contains(' '));
        }
    }
}

/// A question that a name answered, or nothing.
fn asked(question: &str, answer: &str) -> Asked {
    let answered = crate::answer::Answer {
        text: answer.to_owned(),
        confidence: 0.9,
        answer_type: crate::question::AnswerType::Person,
        value: None,
        date: None,
        members: None,
        citations: Vec::new(),
        support: crate::answer::Support { documents: 1, independent: 1 },
        also: Vec::new(),
    };
    let outcome = match answer {
        "" => Outcome::Unanswered(NoAnswer { reason: String::new(), nearest: Vec::new() }),
        _ => Outcome::Answered { answers: vec![answered], conflicts: Vec::new() },
    };
    Asked { question: crate::question::parse(question, &Constraints::default()), outcome, explanation: None, warnings: Vec::new() }
}

#[test]
fn a_question_without_a_verb_takes_that_of_the_last_one() {
    talk(&[
        ("Who voted against the new sluice?", "Tom Pell", "Who voted against the new sluice?"),
        ("Why did he?", "", "Why did Tom Pell vote against the new sluice?"),
        ("And Ann Crow?", "", "Why did Ann Crow vote against the new sluice?"),
    ]);
    talk(&[
        ("Did Ann Crow or Moira Bell want a register?", "", "Did Ann Crow or Moira Bell want a register?"),
        ("Why did she?", "", "? she: Ann Crow, Moira Bell"),
        ("Bell", "", "Why did Moira Bell want a register?"),
        ("And Crow?", "", "Why did Ann Crow want a register?"),
        ("What else did she say?", "", "What did Ann Crow say? (more)"),
    ]);
    talk(&[("Who is Tom Pell?", "", "Who is Tom Pell?"), ("Why did he?", "", "? Why did he: ")]);
    talk(&[("Who burned the mill?", "Tom Pell", "Who burned the mill?"), ("Why did he do it?", "", "Why did Tom Pell burn the mill?")]);
}

#[test]
fn nobody_is_an_it_and_a_named_person_explains_none() {
    talk(&[
        ("Who is the treasurer of the Mere Trust?", "Tom Pell", "Who is the treasurer of the Mere Trust?"),
        ("Why did he leave it?", "", "Why did Tom Pell leave the Mere Trust?"),
    ]);
    talk(&[
        ("Who runs the Mere Hotel?", "Ann Crow", "Who runs the Mere Hotel?"),
        ("How long has she run it?", "", "How long has Ann Crow run the Mere Hotel?"),
        ("Why will it close?", "", "Why will the Mere Hotel close?"),
        ("When?", "", "When will the Mere Hotel close?"),
    ]);
}

#[test]
fn a_thing_and_a_body_spoken_of_after_it_may_both_be_meant() {
    talk(&[
        ("How much will a new ferry cost?", "", "How much will a new ferry cost?"),
        ("Who chose its name?", "", "Who chose the new ferry's name?"),
        ("How much does the council pay?", "", "How much does the council pay?"),
        ("Why is it dearer?", "", "? it: the council, the new ferry"),
        ("When?", "", "? When: "),
    ]);
}

#[test]
fn what_is_found_is_no_finder() {
    talk(&[
        ("How many litres does the tank hold?", "", "How many litres does the tank hold?"),
        ("How many of them leaked?", "", "How many of the litres leaked?"),
        ("Where was it found?", "", "Where was the tank found?"),
    ]);
    talk(&[("Where was it found?", "", "? it: ")]);
}

#[test]
fn somebody_without_a_name_is_spoken_of() {
    talk(&[
        ("What did the judge say about Tom Pell?", "", "What did the judge say about Tom Pell?"),
        ("What did she say about Cove Council?", "", "What did the judge say about Cove Council?"),
    ]);
    talk(&[
        ("What did Tom Pell's daughter say?", "", "What did Tom Pell's daughter say?"),
        ("Where does she live?", "", "Where does Tom Pell's daughter live?"),
    ]);
}

#[test]
fn two_who_answer_together_are_two() {
    talk(&[
        ("Who keeps the shop in Saltby?", "Neil and Una Pell", "Who keeps the shop in Saltby?"),
        ("And he?", "", "? he: "),
        ("What did she say?", "", "What did Una Pell say?"),
    ]);
}

#[test]
fn one_who_was_spoken_of_before_is_found_again() {
    talk(&[
        ("What did Alan Pell say?", "", "What did Alan Pell say?"),
        ("Who is Sheila Pell?", "", "Who is Sheila Pell?"),
        ("Is she related to him?", "", "Is Sheila Pell related to Alan Pell?"),
    ]);
}

#[test]
fn what_belongs_to_those_asked_for_is_explained() {
    for question in ["How many people will lose their jobs?", "Who broke his wrist?", "When did the fans get their money?"] {
        check(question, question);
    }
    check("How many people did they employ?", "How many people did Cove Council employ?");
}
