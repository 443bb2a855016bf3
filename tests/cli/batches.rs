//! Batches on several threads give what one gives.

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
