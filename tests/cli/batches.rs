//! Batches: what each line gives, how they end, and that several threads give what one gives.

use serde_json::Value;

use super::folder::Folder;

const QUESTIONS: &str = "{\"id\":1,\"question\":\"Who is the warden of the mill?\"}\n\nnot json\n{\"id\":2,\"question\":\"\"}\n{\"id\":3,\"question\":\"When does the quay open?\"}\n{\"id\":4,\"question\":\"What did the council vote for?\"}\n{\"id\":5}\n{\"id\":6,\"question\":\"Who spoke of the tide?\"}\n";

#[test]
fn several_threads_answer_in_the_same_bytes_and_order_as_one() {
    let folder = Folder::indexed();
    let many: String = (0..6).map(|_| QUESTIONS).collect();
    folder.write("questions.jsonl", many.as_bytes());
    let one = folder.run(&["ask", "--batch", "questions.jsonl"]);
    assert_eq!(one.stdout.iter().filter(|&&byte| byte == b'\n').count(), 42);
    for jobs in ["1", "2", "5"] {
        let several = folder.run(&["ask", "--batch", "questions.jsonl", "--jobs", jobs]);
        assert_eq!((several.status.code(), &several.stdout), (one.status.code(), &one.stdout), "{jobs} jobs");
        let told = String::from_utf8(several.stderr).unwrap();
        assert!(told.contains("42 questions in") && told.contains("a second"), "{told}");
    }
    let quiet = folder.run(&["ask", "--batch", "questions.jsonl", "--jobs", "2", "--quiet"]);
    assert!(quiet.stderr.is_empty());
}

#[test]
fn an_engine_that_is_not_there_is_an_error_with_the_next_step() {
    let folder = Folder::indexed();
    let address = "http://127.0.0.1:9/news";
    for wrong in [&["--engine", "localhost:9200"][..], &["--engine", address, "--index", "index"], &["--engine", "http://a/_all"]] {
        let mut arguments = vec!["status", "--json"];
        arguments.extend(wrong);
        let output = folder.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["schema"], "sayso.error/1", "{wrong:?}");
    }
}

/// The documents a batch writes, and how it ended.
fn batch(folder: &Folder, command: &str, lines: &[Value]) -> (Vec<Value>, Option<i32>) {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let output = folder.command(&[command, "--batch", "-", "--reader", "linear"]).write_stdin(input).output().unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    (written.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), output.status.code())
}

#[test]
fn a_batch_ends_as_the_worst_of_its_lines() {
    let folder = Folder::indexed();
    let question = |words: &str| serde_json::json!({"question": words});
    let (known, unknown) = (question("How much would the repairs cost?"), question("How many people live in Lisbon?"));
    let ending = |command: &str, lines: &[&Value]| batch(&folder, command, &lines.iter().map(|&line| line.clone()).collect::<Vec<_>>()).1;
    assert_eq!(ending("ask", &[&known]), Some(0));
    assert_eq!(ending("ask", &[&known, &unknown, &known]), Some(1));
    assert_eq!(ending("ask", &[&unknown, &Value::Null, &known]), Some(2));
    let quote = |by: &str| serde_json::json!({"quote": "We have 12 volunteers and no money", "by": by});
    let (confirmed, misattributed) = (quote("Bram Tolley"), quote("Una Fairlie"));
    assert_eq!(ending("who", &[&confirmed]), Some(0));
    assert_eq!(ending("who", &[&misattributed, &confirmed]), Some(1));
    assert_eq!(ending("who", &[&misattributed, &Value::Null]), Some(2));
}

#[test]
fn what_is_too_long_is_refused_with_its_limit_and_the_rest_goes_on() {
    let folder = Folder::indexed();
    let long = "How much would the repairs cost? ".repeat(32_000);
    let (lines, code) =
        batch(&folder, "ask", &[serde_json::json!({"id": 1, "question": long}), serde_json::json!({"question": "Who is the warden?"})]);
    let error = &lines[0]["error"];
    assert_eq!((code, &lines[0]["id"], error["kind"].as_str()), (Some(2), &Value::from(1), Some("too_long")));
    assert_eq!(error["message"], "line 1: the question has 1055999 characters, 2000 are read at most");
    assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("one by one")), "{error}");
    assert_eq!(lines[1]["schema"], "sayso.answer/1");
    let (lines, _) = batch(&folder, "who", &[serde_json::json!({"quote": long})]);
    assert_eq!(lines[0]["error"]["message"], "line 1: the quote has 1055999 characters, 10000 are read at most");
    let asked = folder.json(&["ask", "--json", &"a ".repeat(2_000)]);
    assert_eq!((asked.0["error"]["kind"].as_str(), asked.1), (Some("too_long"), Some(2)));
}
