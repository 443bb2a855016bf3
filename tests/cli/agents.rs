//! The Model Context Protocol, spoken with the program over standard input and output and over HTTP.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::folder::{Folder, TIDE};

/// A conversation with the program.
struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    id: u64,
}

impl Client {
    fn start(folder: &Folder) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("sayso"));
        command.current_dir(folder.path()).env_clear().env("HOME", folder.path()).env("SAYSO_INDEX", folder.path().join("index"));
        let mut child =
            command.args(["mcp", "--reader", "linear"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut client = Self { child, input, output, id: 0 };
        let about = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
        let told = client.ask("initialize", about);
        assert_eq!(told["result"]["serverInfo"]["name"], "sayso", "{told}");
        client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        client
    }

    fn send(&mut self, message: &Value) {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{message}").unwrap();
        input.flush().unwrap();
    }

    /// Sends a request and waits for its answer; whatever else comes is passed over.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the program has left");
            let value: Value = serde_json::from_str(&line).unwrap();
            if value["id"] == json!(id) {
                return value;
            }
        }
    }

    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let told = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        told["result"].clone()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn tools_are_described_and_only_read() {
    let folder = Folder::indexed();
    let told = Client::start(&folder).ask("tools/list", json!({}));
    let tools = told["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["ask", "check_quote", "quotes", "trace", "show_document"]);
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(
            (tool["inputSchema"]["type"].as_str(), tool["outputSchema"]["type"].as_str()),
            (Some("object"), Some("object")),
            "{tool}"
        );
    }
}

#[test]
fn tools_tell_what_the_commands_tell() {
    let folder = Folder::indexed();
    let mut client = Client::start(&folder);
    let mut same = |tool: &str, arguments: Value, command: &[&str]| {
        let (expected, _) = folder.json(&[command, &["--json", "--reader", "linear"]].concat());
        let told = client.call(tool, arguments);
        assert_eq!(told["structuredContent"], expected, "{tool}");
        assert!(told["content"][0]["text"].as_str().unwrap().starts_with("Data quoted from documents"), "{told}");
        assert_eq!(serde_json::from_str::<Value>(told["content"][1]["text"].as_str().unwrap()).unwrap(), expected);
    };
    same("ask", json!({"question": "How much would the repairs cost?"}), &["ask", "How much would the repairs cost?"]);
    same("check_quote", json!({"quote": "We have 12 volunteers", "by": "Tolley"}), &["who", "We have 12 volunteers", "--by", "Tolley"]);
    same("quotes", json!({"by": "Fairlie"}), &["quotes", "--by", "Fairlie"]);
    same("trace", json!({"quote": "We have 12 volunteers and no money"}), &["trace", "We have 12 volunteers and no money"]);
    let shown = client.call("show_document", json!({"document": "tide.txt", "start": 4, "end": 16}));
    let shown = &shown["structuredContent"];
    assert_eq!((&shown["text"], &shown["characters"]), (&json!("Cove Gazette"), &json!(TIDE.chars().count())));
}

#[test]
fn a_wrong_call_says_what_is_wrong() {
    let folder = Folder::indexed();
    let mut client = Client::start(&folder);
    for (tool, arguments, message) in [
        ("ask", json!({}), "missing field `question`"),
        ("ask", json!({"question": 7}), "invalid type"),
        ("ask", json!({"question": "Who?", "colour": "red"}), "unknown field `colour`"),
        ("ask", json!({"question": "who ".repeat(600)}), "the question has 2399 characters, 2000 are read at most (give a part"),
        ("check_quote", json!({"quote": "who ".repeat(3_000)}), "the quote has 11999 characters"),
        ("check_quote", json!({"quote": " "}), "`quote` is empty"),
        ("show_document", json!({"document": "../secret.txt"}), "no document has this id"),
        ("show_document", json!({"document": "tide.txt", "start": 9, "end": 2}), "not a place"),
    ] {
        let told = client.call(tool, arguments);
        assert_eq!(told["isError"], true, "{told}");
        assert!(told["content"][0]["text"].as_str().unwrap().contains(message), "{told}");
    }
    let unknown = client.ask("tools/call", json!({"name": "delete", "arguments": {}}));
    assert!(unknown["error"]["message"].as_str().unwrap().contains("no tool `delete`"), "{unknown}");
}

#[test]
fn documents_are_resources() {
    let folder = Folder::new();
    folder.write("docs/a b/ü.txt", b"The mill shut in May 2014, said Ann Marlow.");
    assert!(folder.run(&["index", "docs"]).status.success());
    let mut client = Client::start(&folder);
    let told = client.ask("resources/list", json!({}));
    let addresses: Vec<&str> = told["result"]["resources"].as_array().unwrap().iter().filter_map(|one| one["uri"].as_str()).collect();
    assert_eq!(addresses, ["sayso://document/a%20b/%C3%BC.txt", "sayso://document/council.md", "sayso://document/tide.txt"]);
    let read = client.ask("resources/read", json!({"uri": addresses[0]}));
    assert_eq!(read["result"]["contents"][0]["text"], "The mill shut in May 2014, said Ann Marlow.", "{read}");
    for address in ["sayso://document/../secret.txt", "file:///etc/passwd", "sayso://document/%FF"] {
        assert!(client.ask("resources/read", json!({"uri": address}))["error"].is_object(), "{address}");
    }
}

#[test]
fn a_prompt_teaches_to_quote_what_is_confirmed() {
    let folder = Folder::indexed();
    let mut client = Client::start(&folder);
    assert_eq!(client.ask("prompts/list", json!({}))["result"]["prompts"][0]["name"], "quote_faithfully");
    let told = client.ask("prompts/get", json!({"name": "quote_faithfully", "arguments": {"task": "Write about the mill."}}));
    let text = told["result"]["messages"][0]["content"]["text"].as_str().unwrap();
    assert!(text.contains("only after `check_quote` has confirmed") && text.ends_with("Write about the mill."), "{text}");
}

#[test]
fn the_program_leaves_with_its_client() {
    let folder = Folder::indexed();
    let mut client = Client::start(&folder);
    client.input = None;
    assert_eq!(client.child.wait().unwrap().code(), Some(0));
}
