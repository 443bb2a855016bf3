//! Questions, by example and by property.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn read(words: &str) -> Question {
    parse(words, &Constraints::default())
}

fn focus(question: &Question) -> String {
    let words: Vec<&str> = question.focus.iter().map(|&at| question.text.tokens[at].span.slice(&question.words)).collect();
    words.join(" ")
}

#[track_caller]
fn check(words: &str, answer_type: AnswerType, subject: &Subject, expected_focus: &str) {
    let question = read(words);
    assert_eq!((question.answer_type, &question.subject, focus(&question).as_str()), (answer_type, subject, expected_focus), "{words}");
}

#[track_caller]
fn check_fact(words: &str, answer_type: AnswerType, focus: &str) {
    check(words, answer_type, &Subject::Fact, focus);
}

#[track_caller]
fn check_document(words: &str, field: Field, title: Option<&str>) {
    check_subject(words, &Subject::Document { field, title: title.map(str::to_owned) });
}

#[track_caller]
fn check_subject(words: &str, subject: &Subject) {
    assert_eq!(&read(words).subject, subject, "{words}");
}

#[test]
fn question_words_decide() {
    check_fact("Who opened the new pier at Saltby?", AnswerType::Person, "");
    check_fact("When did the ferry stop running?", AnswerType::Date, "");
    check_fact("Where is the new depot?", AnswerType::Place, "");
    check_fact("Why was the ferry cancelled", AnswerType::Reason, "");
    check_fact("what caused the fire at the mill?", AnswerType::Reason, "");
    check_fact("Did the ferry run on Sunday?", AnswerType::YesNo, "");
    check_fact("Hasn't the pier reopened", AnswerType::YesNo, "");
}

#[test]
fn how_asks_for_amounts() {
    check_fact("How many boats sank?", AnswerType::Number, "boats");
    check_fact("How many of the boats sank?", AnswerType::Number, "boats");
    check_fact("how many weeks did the strike last", AnswerType::Duration, "weeks");
    check_fact("How much did the pier cost?", AnswerType::Money, "");
    check_fact("By how much did fares rise?", AnswerType::Share, "");
    check_fact("How old is the harbour master?", AnswerType::Age, "");
    check_fact("How long did the strike last?", AnswerType::Duration, "");
    check_fact("How long is the tunnel?", AnswerType::Number, "");
    check_fact("How far is Saltby from the coast?", AnswerType::Number, "");
    check_fact("How high were the debts of the line?", AnswerType::Money, "");
    check_fact("In the last 16 months, how many ferries were checked?", AnswerType::Number, "ferries");
}

#[test]
fn nouns_decide_what_and_which() {
    check_fact("What percentage of boats passed?", AnswerType::Share, "percentage");
    check_fact("What share of the fleet is new?", AnswerType::Share, "share");
    check_fact("Which company runs the ferry?", AnswerType::Organization, "company");
    check_fact("Which harbour town has no lifeboat?", AnswerType::Place, "harbour town");
    check_fact("In which year was the lighthouse lit?", AnswerType::Date, "year");
    check_fact("What is the cost of a season ticket?", AnswerType::Money, "cost");
    check_fact("What was the reason for the delay?", AnswerType::Reason, "reason");
    check_fact("What did the new crane cost?", AnswerType::Money, "");
    check_fact("What does the anchor weigh?", AnswerType::Number, "");
}

#[test]
fn roles_and_definitions() {
    check_fact("Who is Ines Calloway?", AnswerType::Definition, "");
    check_fact("What is Ines Calloway's job?", AnswerType::Definition, "job");
    check_fact("What is a dry dock?", AnswerType::Definition, "dock");
    check_fact("What does Ines Calloway do for a living", AnswerType::Definition, "");
    check_fact("Who is the harbour master of Saltby?", AnswerType::Person, "harbour master");
}

#[test]
fn several_things_make_a_list() {
    check_fact("Which five ferries were withdrawn?", AnswerType::List, "ferries");
    check_fact("What are the three demands of the crews?", AnswerType::List, "demands");
    check_fact("Name the ports that closed.", AnswerType::List, "ports");
    check_fact("List the winners", AnswerType::List, "winners");
    check_fact("Who were the rescued sailors?", AnswerType::List, "sailors");
    check_fact("Which five leaking ferries does the inspector name?", AnswerType::List, "leaking ferries");
    assert_eq!(read("Which five ferries were withdrawn?").members, Some(5));
    assert_eq!(read("Which ferries were withdrawn?").members, None);
}

#[test]
fn bare_phrases_and_slips_are_understood() {
    check_fact("cost of the new pier?", AnswerType::Money, "cost");
    check_fact("age of the harbour master", AnswerType::Age, "age");
    check_fact("number of boats lost", AnswerType::Number, "number");
    check_fact("chief executive of Saltby Ferries?", AnswerType::Person, "chief executive");
    check_fact("wich company runs the ferry", AnswerType::Organization, "company");
    check_fact("waht is the cost of the pier", AnswerType::Money, "cost");
}

#[test]
fn relative_pronouns_do_not_ask() {
    check_fact("age of the nurse who left in 2013", AnswerType::Age, "age");
    check_fact("Did the man who built the pier retire?", AnswerType::YesNo, "");
}

#[test]
fn who_said_it_is_told_from_who_did_it() {
    for words in [
        "Who warned that the harbour would silt up?",
        "Who said 'the tide waits for nobody'?",
        "who has criticised the ferry timetable",
        "Who described the crossing as reckless?",
        "Who denied the claims?",
        "Who called the timetable a joke?",
        "Who was it that promised a new boat?",
    ] {
        check(words, AnswerType::Person, &Subject::WhoSaid, "");
    }
    check("Which union blamed the company for the delays?", AnswerType::Organization, &Subject::WhoSaid, "union");
    check("Which union blamed cuts?", AnswerType::Organization, &Subject::WhoSaid, "union");
    check("Which town council's chief executive spoke of tides?", AnswerType::Organization, &Subject::WhoSaid, "town council");
    check("Which town council's leader spoke of a lost decade?", AnswerType::Organization, &Subject::WhoSaid, "town council");
    check_fact("Who repaired the lighthouse?", AnswerType::Person, "");
}

#[test]
fn what_somebody_said_names_the_speaker() {
    for (words, speaker) in [
        ("What did Ines Calloway say about the tides?", "Ines Calloway"),
        ("what does the harbour master think of the plan", "harbour master"),
        ("What has Mr Okonjo promised the crews?", "Mr Okonjo"),
        ("How did Ines Calloway describe the crossing?", "Ines Calloway"),
        ("What was Ines Calloway's reaction to the fine?", "Ines Calloway"),
        ("What was Ines Calloway's warning about the tides?", "Ines Calloway"),
    ] {
        let question = read(words);
        assert_eq!((question.answer_type, &question.subject), (AnswerType::Statement, &Subject::SaidBy), "{words}");
        assert_eq!(question.constraints.speaker.as_deref(), Some(speaker), "{words}");
    }
    check_subject("What did he say about it?", &Subject::Fact);
}

#[test]
fn documents_are_asked_for_their_data() {
    check_document("Who wrote 'Tides of trouble'?", Field::Author, Some("Tides of trouble"));
    check_document("Who is the author of “Ferry firm sinks”?", Field::Author, Some("Ferry firm sinks"));
    check_document("author of Ferry firm sinks under debt", Field::Author, Some("Ferry firm sinks under debt"));
    check_document("When was 'Tides of trouble' published?", Field::Published, Some("Tides of trouble"));
    check_document("Which newspaper published 'Tides of trouble'?", Field::Publisher, Some("Tides of trouble"));
    check_document("Who wrote the report titled Ferry firm sinks under debt?", Field::Author, Some("Ferry firm sinks under debt"));
    check_document("date of the article \"Tides of trouble\"", Field::Published, Some("Tides of trouble"));
    check_document("publication date of Ferry firm sinks under debt", Field::Published, Some("Ferry firm sinks under debt"));
    check_document("When was the report by Nora Pike published?", Field::Published, None);
    check_document("What is the title of the article about the ferry?", Field::Title, None);
    check_document("Who wrote the Saltby Herald's piece about the ferry?", Field::Author, None);
    check_subject("Who wrote the safety manual?", &Subject::Fact);
    check_subject("When was the pier opened?", &Subject::Fact);
}

#[track_caller]
fn check_limits(words: &str, source: Option<&str>, since: Option<Date>, until: Option<Date>) {
    let limits = read(words).constraints;
    assert_eq!((limits.source.as_deref(), limits.since, limits.until), (source, since, until), "{words}");
}

#[test]
fn outlets_and_days_of_publication_limit() {
    check_limits("According to the Saltby Herald, how many boats sank?", Some("Saltby Herald"), None, None);
    check_limits("How many boats sank in the Saltby Herald report?", Some("Saltby Herald"), None, None);
    check_limits(
        "What did the Saltby Herald of May 2013 say of the boats?",
        Some("Saltby Herald"),
        Some(date(2013, 5, 1)),
        Some(date(2013, 5, 31)),
    );
    check_limits("Which five ports does the September 2013 report name?", None, Some(date(2013, 9, 1)), Some(date(2013, 9, 30)));
    check_limits("Which articles published in 2014 mention the ferry?", None, Some(date(2014, 1, 1)), Some(date(2014, 12, 31)));
}

#[test]
fn dates_and_names_in_the_matter_do_not_limit() {
    check_limits("How many boats sank in 2014?", None, None, None);
    check_limits("What was found in the Serious Case Review of 2013?", None, None, None);
    check_limits("Who sailed from the Corn Exchange in May 2013?", None, None, None);
    check_limits("What has the company done since May 2013?", None, None, None);
    assert_eq!(read("According to Ofgem, how many boats sank?").according_to.as_deref(), Some("Ofgem"));
}

#[test]
fn options_win_over_words() {
    let options = Constraints { source: Some("Radio Tarn".to_owned()), ..Constraints::default() };
    assert_eq!(parse("According to the Saltby Herald, who sank?", &options).constraints.source.as_deref(), Some("Radio Tarn"));
}

#[test]
fn terms_leave_out_what_only_asks() {
    let words = |question: &str| -> Vec<String> { read(question).terms.into_iter().map(|term| term.word).collect() };
    assert_eq!(words("How many boats did Saltby lose in 1987?"), ["boats", "saltby", "lose", "1987"]);
    assert_eq!(words("What was it?"), ["it"]);
    assert_eq!(words("Who?"), ["who"]);
    let weighed = read("What did Ines Calloway say about the ferry?");
    let weight = |word: &str| weighed.terms.iter().find(|term| term.word == word).map_or(0.0, |term| term.weight);
    assert!(weight("ferry") > weight("say"));
}

proptest! {
    #[test]
    fn any_words_are_survived(words in any::<String>()) {
        let question = read(&words);
        prop_assert!(question.focus.iter().chain(question.terms.iter().map(|term| &term.token)).all(|&at| at < question.text.tokens.len()));
    }

    #[test]
    fn words_of_questions_in_any_order_are_survived(
        words in "((who|what|which|how|many|much|said|wrote|did|is|are|the|of|according|to|report|in|2013|May|'|\"|”|,|\\?|s|Herald|council|by|name|list|author|between) ?){0,14}"
    ) {
        let question = read(&words);
        prop_assert!(question.terms.iter().all(|term| (0.0..=1.0).contains(&term.weight)));
        prop_assert!(question.focus.iter().all(|&at| at < question.text.tokens.len()));
    }
}

#[test]
fn nouns_and_verbs_that_taggers_mistake_do_not_mislead() {
    check_fact("On what grounds does Nora Vance think the ban is fair?", AnswerType::Reason, "grounds");
    check_fact("What prompted Nora Vance to leave the board?", AnswerType::Reason, "");
    check_fact("What explains the fall in fares, says the harbour master?", AnswerType::Reason, "");
    check_fact("Which pollster works for Nora Vance?", AnswerType::Person, "pollster");
    check_fact("What proportion favour lower fares in the survey?", AnswerType::Share, "proportion");
    check_fact("Which nurses' union is behind the strike?", AnswerType::Organization, "union");
    check_fact("Which two Republicans voted for the pier?", AnswerType::List, "Republicans");
    check_fact("On what night was the pier opened?", AnswerType::Date, "night");
    check_fact("How large is Saltby's debt?", AnswerType::Money, "");
    check_fact("How much carbon dioxide does the ferry emit?", AnswerType::Number, "carbon dioxide");
    check_fact("What was the Gang of Nine?", AnswerType::Definition, "Gang");
    check_fact("Cabinet member responsible for fares?", AnswerType::Person, "Cabinet member");
    check_fact("What did the crews' union demand in 2012?", AnswerType::List, "");
    check_fact("On which radio show did Nora Vance criticise the fares?", AnswerType::Thing, "radio show");
}

#[test]
fn a_name_and_a_topic_ask_what_was_said() {
    let question = read("Nora Vance on whether fares should rise");
    assert_eq!((question.answer_type, question.subject), (AnswerType::Statement, Subject::SaidBy));
    assert_eq!(question.constraints.speaker.as_deref(), Some("Nora Vance"));
}

#[test]
fn the_second_year_of_a_season_is_no_term() {
    let words = |question: &str| read(question).terms.iter().map(|term| term.word.clone()).collect::<Vec<_>>();
    assert!(!words("How many ferries ran in 2013-14?").contains(&"14".to_owned()));
    assert!(words("How many ferries ran on 14 May?").contains(&"14".to_owned()));
}
