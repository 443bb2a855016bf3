//! What somebody meets who has just begun: lines pasted as printed, printed hints followed to the letter, names typed from memory.

use serde_json::Value;

use crate::folder::{self, Folder, seen};

fn text(folder: &Folder, arguments: &[&str]) -> String {
    seen(folder, &folder.run(arguments))
}

#[test]
fn a_line_pasted_with_its_tag_is_checked_between_the_marks() {
    let folder = Folder::indexed();
    let (value, code) = folder.json(&["who", "--json", "\"We have 12 volunteers and no money,\" said Bram Tolley, the mill's warden."]);
    assert_eq!((value["wording"].as_str(), value["attribution"].as_str(), code), (Some("exact"), Some("confirmed"), Some(0)));
    assert_eq!(value["claimed_speaker"], "Bram Tolley");
    assert_eq!(value["checked"], "We have 12 volunteers and no money,");
    let pinned = folder.json(&["who", "--json", "\"We have 12 volunteers and no money,\" said Una Fairlie."]).0;
    assert_eq!((pinned["attribution"].as_str(), pinned["speaker"]["name"].as_str()), (Some("misattributed"), Some("Bram Tolley")));
    let split = "\"We have 12 volunteers and no money,\" said Mr Tolley. \"I will not close it unless the council tells me to.\"";
    let split = folder.json(&["who", "--json", split]).0;
    assert_eq!((split["wording"].as_str(), split["attribution"].as_str()), (Some("rejoined"), Some("confirmed")));
    let by = folder.json(&["who", "--json", "\"We have 12 volunteers and no money,\" said Una Fairlie.", "--by", "Tolley"]).0;
    assert_eq!(by["attribution"], "confirmed", "--by speaks before the tag");
}

#[test]
fn a_quote_stitched_of_two_mouths_has_no_one_speaker() {
    let folder = Folder::indexed();
    let quote = "We have 12 volunteers and no money. It would be a shame to lose it for the price of a van.";
    let (value, code) = folder.json(&["who", "--json", quote]);
    assert_eq!((value["wording"].as_str(), code), (Some("stitched"), Some(1)));
    assert_eq!((&value["attribution"], &value["speaker"]), (&Value::Null, &Value::Null));
    let said = text(&folder, &["who", quote]);
    assert!(said.contains("The pieces are of different speakers: Bram Tolley; Una Fairlie."), "{said}");
    assert!(said.contains("No document prints it whole") && !said.contains("given against printed"), "{said}");
}

#[test]
fn narration_that_reports_a_view_says_whose() {
    let folder = Folder::indexed();
    let quote = "The tide mill at Saltby will close in June because the sluice has rotted";
    let (value, _) = folder.json(&["who", "--json", quote, "--by", "its owners"]);
    assert_eq!((value["attribution"].as_str(), value["speaker"].is_null()), (Some("not_a_quotation"), true));
    assert_eq!(value["reported_speaker"]["name"], "its owners");
    let said = text(&folder, &["who", quote]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("the view of its owners, in indirect speech"), "{said}");
}

#[test]
fn a_printed_hint_opens_the_place() {
    let folder = Folder::new();
    assert!(folder.run(&["index", "docs", "--index", "my index"]).status.success());
    let said = text(&folder, &["ask", "How much would the repairs cost?", "--index", "my index"]);
    let hint = said.lines().map(str::trim).find(|line| line.starts_with("sayso show")).unwrap().to_owned();
    let (command, index) = hint.split_once(" --index ").unwrap();
    assert_eq!(index, "'my index'");
    let place = command.trim_start_matches("sayso show ");
    let shown = folder.run(&["show", place, "--index", "my index", "--raw"]);
    assert_eq!(String::from_utf8(shown.stdout).unwrap(), "Repairs would cost £85,000.");
    let unnamed = text(&folder, &["extract", "docs/tide.txt"]);
    assert!(!unnamed.contains("sayso show"), "{unnamed}");
}

#[test]
fn a_place_that_is_none_is_named() {
    let folder = Folder::indexed();
    let said = text(&folder, &["show", "tide.txt:abc"]);
    assert!(said.contains("`abc` is not a place") && said.contains("tide.txt:100-250"), "{said}");
    assert!(text(&folder, &["show", "nothing.txt:abc"]).contains("no document has this id"));
}

#[test]
fn reported_speech_stands_where_it_was_asked_for() {
    let folder = Folder::indexed();
    assert!(!text(&folder, &["extract", "docs/tide.txt"]).contains("(reported)"));
    assert!(text(&folder, &["extract", "docs/tide.txt", "--indirect"]).contains("(reported)"));
    let status = folder.json(&["status", "--json"]).0;
    let marked = folder.json(&["quotes", "--json"]).0["total"].as_u64().unwrap();
    assert_eq!(status["quotations"].as_u64().unwrap() - status["indirect"].as_u64().unwrap(), marked);
}

/// What a conversation says, line by line typed.
fn talk(folder: &Folder, lines: &[&str]) -> String {
    let output = folder.command(&["repl"]).write_stdin(lines.join("\n")).output().unwrap();
    seen(folder, &output)
}

#[test]
fn a_pronoun_stands_for_the_one_spoken_of_before() {
    let folder = Folder::indexed();
    let said = talk(&folder, &["Who is Una Fairlie?", "What did she say?", "q", "How much would the repairs cost?"]);
    assert!(said.contains("(taken as: What did Una Fairlie say?)"), "{said}");
    assert!(!said.contains("85,000"), "`q` leaves: {said}");
    let nobody = talk(&folder, &["What did he say?"]);
    assert!(nobody.contains("“he”: what it stands for cannot be told"), "{nobody}");
}

#[test]
fn who_said_that_asks_of_the_last_answer() {
    let folder = Folder::indexed();
    let said = talk(&folder, &["What did Bram Tolley say about volunteers?", "Who said that?"]);
    assert!(said.contains("Said by Bram Tolley"), "{said}");
    let nothing = talk(&folder, &["Who said that?"]);
    assert!(nothing.contains("“that”: what it stands for cannot be told"), "{nothing}");
}

#[test]
fn an_outlet_that_is_not_here_is_a_slip_of_the_name() {
    let folder = Folder::indexed();
    for command in [&["ask", "How much would the repairs cost?"][..], &["who", "We have 12 volunteers and no money"], &["quotes"]] {
        let said = text(&folder, &[command, &["--source", "Cove Gazete"]].concat());
        assert!(said.contains("no outlet of that name") && said.contains("did you mean The Cove Gazette?"), "{said}");
        assert!(said.starts_with("exit 2"), "{said}");
    }
    assert!(text(&folder, &["ask", "How much would the repairs cost?", "--source", "gazette"]).contains("£85,000"));
}

#[test]
fn a_question_without_words_is_one_clear_error() {
    let folder = Folder::indexed();
    let empty = text(&folder, &["ask", ""]);
    for arguments in [&["ask"][..], &["ask", "???"]] {
        assert_eq!(text(&folder, arguments), empty, "{arguments:?}");
    }
    assert!(empty.contains("the question is empty") && empty.contains("hint: sayso ask"), "{empty}");
    assert!(text(&folder, &["who"]).contains("hint: sayso who"));
    assert!(text(&folder, &["trace"]).contains("hint: sayso trace"));
}

#[test]
fn odd_questions_are_told_so() {
    let folder = Folder::indexed();
    let german = folder.json(&["ask", "--json", "Wer ist der Müller von Saltby?"]).0;
    assert!(german["warnings"][0]["message"].as_str().unwrap().contains("German; sayso reads English only"), "{german}");
    let two = text(&folder, &["ask", "How much would the repairs cost? Who is the warden?"]);
    assert!(two.contains("only the first is answered") && two.contains("£85,000"), "{two}");
    assert!(!text(&folder, &["ask", "How much would the repairs cost?"]).contains("warning"));
}

#[test]
fn a_strict_failure_gives_its_reason_even_when_quiet() {
    let folder = Folder::new();
    folder.write("docs/report.docx", b"Plain words under a borrowed name.");
    let said = text(&folder, &["index", "docs", "--strict", "-q"]);
    assert!(said.starts_with("exit 2") && said.contains("one file was not read") && said.contains("report.docx"), "{said}");
}

#[test]
fn an_explanation_is_made_of_sentences() {
    let folder = Folder::indexed();
    let said = text(&folder, &["ask", "How much would the repairs cost?", "--explain"]);
    assert!(said.contains("Passages read (1), the likeliest first:") && said.contains("% of the question"), "{said}");
    assert!(!said.contains("[plain") && !said.contains("gate:"), "{said}");
    let why = talk(&folder, &["How much would the repairs cost?", ":why", ":open 9"]);
    assert!(why.contains("% of the question") && why.contains("one citation to open"), "{why}");
}

#[test]
fn what_is_known_of_a_document_is_cited_where_it_is_printed_or_not_at_all() {
    let folder = Folder::new();
    let page = "<html><head><title>Mill race runs again</title><meta property=\"article:published_time\" content=\"2015-02-03\">\
        <meta property=\"og:site_name\" content=\"Radio Saltby\"></head><body><article><h1>Mill race runs again</h1>\
        <p>The mill race at Saltby ran again on Tuesday, its warden said, after a year in which the wheel had stood still.</p>\
        <p>Some forty people had come to see it, and most of them stayed until the evening.</p></article></body></html>";
    folder.write("docs/race.html", page.as_bytes());
    assert!(folder.run(&["index", "docs"]).status.success());
    let first = |question: &str| folder.json(&["ask", "--json", question]).0["answers"][0].clone();
    let byline = first("Who wrote 'Tide mill to close after 200 years'?");
    let cited = &byline["citations"][0];
    assert_eq!((byline["text"].as_str(), cited["sentence"].as_str()), (Some("Hester Quill"), Some("By Hester Quill")));
    let (start, end) = (cited["answer_span"]["byte_start"].as_u64().unwrap(), cited["answer_span"]["byte_end"].as_u64().unwrap());
    assert_eq!(&folder::TIDE[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()], "Hester Quill");
    let day = first("When was 'Tide mill to close after 200 years' published?");
    assert_eq!((day["text"].as_str(), day["citations"][0]["sentence"].as_str()), (Some("4 March 2014"), Some("4 March 2014")));
    let hidden = first("When was 'Mill race runs again' published?");
    let cited = &hidden["citations"][0];
    assert_eq!(
        (hidden["text"].as_str(), cited["from"].as_str(), cited["sentence"].as_str()),
        (Some("2015-02-03"), Some("metadata"), Some(""))
    );
    let said = text(&folder, &["ask", "When was 'Mill race runs again' published?"]);
    assert!(said.contains("from metadata, not printed in the text"), "{said}");
}

#[test]
fn articles_are_found_by_author_outlet_and_month() {
    let folder = Folder::indexed();
    let title = |question: &str| folder.json(&["ask", "--json", question]).0["answers"][0]["text"].clone();
    assert_eq!(title("What is the title of the article by Moss Arden?"), "Council steps in at the tide mill");
    assert_eq!(title("What is the headline of the Cove Gazette story?"), "Tide mill to close after 200 years");
    assert_eq!(title("Which articles were published in May 2014?"), "Council steps in at the tide mill");
    let both = folder.json(&["ask", "--json", "Which articles were published in 2014?"]).0;
    assert_eq!(both["answers"][0]["members"].as_array().map(Vec::len), Some(2), "{both}");
}

#[test]
fn articles_are_known_by_titles_without_marks_and_by_who_wrote_them() {
    let folder = Folder::new();
    let note = "---\ntitle: The sluice that nobody wanted\nauthor: Moss Arden\ndate: 2014-06-02\n---\n\nNobody had wanted the sluice at Saltby, the note says.\n";
    folder.write("docs/note.md", note.as_bytes());
    assert!(folder.run(&["index", "docs"]).status.success());
    let told = |question: &str| folder.json(&["ask", "--json", question]).0;
    let first = |question: &str| told(question)["answers"][0]["text"].clone();
    assert_eq!(first("Who wrote the report titled Tide mill to close after 200 years?"), "Hester Quill");
    assert_eq!(first("date of the article \"Tide mill to close after 200 years\""), "4 March 2014");
    assert_eq!(first("When was Hester Quill's article on the tide mill published?"), "4 March 2014");
    let outlet = told("Which paper ran the story titled The sluice that nobody wanted?");
    assert_eq!(outlet["status"], "unanswered", "a name in the text is not the outlet: {outlet}");
    assert!(outlet["reason"].as_str().unwrap().contains("does not name its outlet"), "{outlet}");
}

#[test]
fn a_year_from_another_time_is_unknown() {
    let folder = Folder::indexed();
    let (value, _) = folder.json(&["ask", "--json", "How much was paid to mend the sluice in 1987?"]);
    assert_eq!((value["status"].as_str(), value["reason"].as_str()), (Some("unanswered"), Some("No document found speaks of “1987”.")));
    let (value, _) = folder.json(&["ask", "--json", "How much will be paid to mend the sluice in 2014?"]);
    assert_eq!(value["answers"][0]["text"], "£90,000");
}

#[test]
fn a_question_that_says_nothing_of_what_it_asks_about_is_met_with_silence() {
    let folder = Folder::indexed();
    for words in ["Please tell me", "Hello, could you explain?"] {
        let (value, code) = folder.json(&["ask", "--json", words]);
        assert_eq!((code, value["reason"].as_str()), (Some(1), Some("The question says nothing of what it asks about.")), "{value}");
    }
}

#[test]
fn undated_documents_that_limits_of_date_leave_out_are_counted() {
    let folder = Folder::indexed();
    folder.write(
        "docs/undated.txt",
        b"The ferry at Saltby was painted red, its owners said.\n\n\"It was grey for too long,\" said Wat Reeve.\n",
    );
    assert!(folder.run(&["index", "docs"]).status.success());
    let told = "one document has no date of publication and was left out by the limits of date";
    let commands: [&[&str]; 4] = [
        &["ask", "What colour was the ferry painted?"],
        &["who", "It was grey for too long"],
        &["trace", "It was grey for too long"],
        &["quotes", "--about", "ferry"],
    ];
    for command in commands {
        let with = |more: &[&str]| folder.run(&[command, more].concat());
        let said = |output: std::process::Output| String::from_utf8(output.stderr).unwrap();
        assert!(said(with(&["--since", "2014"])).contains(told), "{command:?}");
        assert!(!said(with(&[])).contains("no date of publication"), "{command:?}");
        let (value, _) = folder.json(&[command, &["--until", "2015", "--json"]].concat());
        assert_eq!(value["warnings"][0]["message"], told, "{command:?}: {value}");
    }
    let (value, _) = folder.json(&["quotes", "--since", "2014", "--source", "Saltby Letters", "--json"]);
    assert!(value["warnings"].is_null(), "it is of no outlet, and of another it would not be told: {value}");
}
