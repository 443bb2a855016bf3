//! The server, asked over real connections: what it answers, and what it does not let in.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use super::folder::Folder;

/// A server over a folder, stopped when it is dropped.
pub(crate) struct Server {
    child: Child,
    address: String,
    _output: BufReader<ChildStdout>,
}

/// What came back.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    pub(crate) fn start(folder: &Folder, more: &[&str]) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("sayso"));
        command.current_dir(folder.path()).env_clear().env("HOME", folder.path()).env("SAYSO_INDEX", folder.path().join("index"));
        command.args(["serve", "--bind", "127.0.0.1:0", "--reader", "linear", "--quiet"]).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{line}");
        Self { child, address, _output: output }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).unwrap()
    }

    /// Sends bytes as they are, and reads until the server closes the connection.
    fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        // A server that has refused a request may close before all of it is written.
        let _ = stream.write_all(request.as_bytes());
        read(stream)
    }

    fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let host = if headers.iter().any(|(name, _)| *name == "Host") { String::new() } else { format!("Host: {}\r\n", self.address) };
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        self.raw(&format!("{method} {target} HTTP/1.1\r\n{host}{headers}{length}Connection: close\r\n\r\n{body}"))
    }

    fn get(&self, target: &str) -> Answer {
        self.send("GET", target, &[], "")
    }

    fn json(&self, target: &str, status: u16) -> Value {
        let answer = self.get(target);
        assert_eq!(answer.status, status, "{target}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
    assert!(!chunked, "answers have a length");
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

fn served() -> (Folder, Server) {
    let folder = Folder::indexed();
    let server = Server::start(&folder, &[]);
    (folder, server)
}

#[test]
fn the_interface_tells_what_the_commands_tell() {
    let (folder, server) = served();
    let same = |target: &str, arguments: &[&str]| {
        let (told, _) = folder.json(&[arguments, &["--json", "--reader", "linear"]].concat());
        assert_eq!(server.json(target, 200), told, "{target}");
    };
    same("/api/ask?question=How%20much%20would%20the%20repairs%20cost%3F", &["ask", "How much would the repairs cost?"]);
    same("/api/ask?question=How%20many%20people%20live%20in%20Lisbon%3F", &["ask", "How many people live in Lisbon?"]);
    same(
        "/api/who?quote=We+have+12+volunteers+and+no+money&by=Bram+Tolley",
        &["who", "We have 12 volunteers and no money", "--by", "Bram Tolley"],
    );
    same("/api/trace?quote=We+have+12+volunteers+and+no+money", &["trace", "We have 12 volunteers and no money"]);
    same("/api/quotes?by=Fairlie", &["quotes", "--by", "Fairlie"]);
    same("/api/status", &["status"]);
    same("/api/documents/tide.txt?start=0&end=16", &["show", "tide.txt:0-16"]);
    same("/api/documents/tide.txt", &["show", "tide.txt"]);
}

#[test]
fn long_fields_come_in_a_body() {
    let (_folder, server) = served();
    let json = [("Content-Type", "application/json")];
    let asked = server.send("POST", "/api/ask", &json, r#"{"question": "How much would the repairs cost?", "top": 1}"#);
    assert_eq!(asked.status, 200, "{}", asked.body);
    let value: Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(value["answers"][0]["text"], "£85,000");
    assert_eq!(server.send("POST", "/api/ask", &[("Content-Type", "text/plain")], "{}").status, 415);
    assert_eq!(server.send("POST", "/api/ask", &json, "{\"question\": 7}").status, 400);
    assert_eq!(server.send("POST", "/api/ask", &json, "not json").status, 400);
}

#[test]
fn what_is_wrong_with_a_request_is_said_in_the_same_form() {
    let (_folder, server) = served();
    for (target, status, kind) in [
        ("/api/ask", 400, "usage"),
        ("/api/ask?question=%3F%3F", 400, "usage"),
        ("/api/ask?question=a&colour=red", 400, "usage"),
        ("/api/ask?question=who&source=Nobody", 404, "no_outlet"),
        ("/api/ask?question=who&session=zz", 404, "not_found"),
        ("/api/ask?question=who&since=2014&until=2013", 409, "usage"),
        ("/api/documents/absent.txt", 404, "no_document"),
        ("/api/documents/tide.txt?start=5&end=99999999", 404, "not_found"),
        ("/api/nowhere", 404, "not_found"),
    ] {
        let value = server.json(target, status);
        assert_eq!((value["schema"].as_str(), value["error"]["kind"].as_str()), (Some("sayso.error/1"), Some(kind)), "{target}");
    }
    for (target, most) in
        [("/api/ask?session=&question=", 2_000), ("/api/ask?question=", 2_000), ("/api/who?quote=", 10_000), ("/api/trace?quote=", 10_000)]
    {
        let value = server.json(&format!("{target}{}", "a".repeat(most + 1)), 400);
        assert_eq!((value["error"]["kind"].as_str(), value["error"]["hint"].is_string()), (Some("too_long"), true), "{target}: {value}");
    }
}

#[test]
fn a_conversation_goes_on_by_its_session() {
    let (_folder, server) = served();
    let first = server.json("/api/ask?question=What+did+Una+Fairlie+say%3F&session=", 200);
    let session = first["session"].as_str().unwrap();
    let next = server.json(&format!("/api/ask?question=What+else+did+she+say%3F&session={session}"), 200);
    assert_eq!(next["question"], "What did Una Fairlie say?", "{next}");
    assert_eq!(next["asked"], "What else did she say?");
    let again = server.json(&format!("/api/ask?question=What+else+did+she+say%3F&session={session}"), 200);
    assert_eq!(again, next, "a session stands for one point of a conversation");
    let cost = server.json("/api/ask?question=How+much+would+the+repairs+cost%3F&session=", 200);
    let session_of_cost = cost["session"].as_str().unwrap();
    let rest = server.json(&format!("/api/ask?question=How+much+else+would+the+repairs+cost%3F&session={session_of_cost}"), 200);
    let told = |value: &Value| value["answers"].as_array().unwrap().iter().any(|answer| answer["text"] == "£85,000");
    assert!(told(&cost) && !told(&rest), "what was given is left out: {rest}");
    let lost = server.json("/api/ask?question=What+did+he+say%3F&session=", 200);
    assert_eq!((lost["status"].as_str(), lost["answers"].as_array().map(Vec::len)), (Some("unanswered"), Some(0)));
    let page = server.get(&format!("/?question=How+old+is+she%3F&session={session}"));
    assert!(page.body.contains("Taken as: <strong>How old is Una Fairlie?"), "{}", page.body);
    assert!(server.get("/?question=How+old+is+she%3F").body.contains("Which is meant?"));
}

#[test]
fn nothing_is_written_whatever_the_method() {
    let (_folder, server) = served();
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        for target in ["/api/documents/tide.txt", "/api/status", "/documents/tide.txt", "/"] {
            assert_eq!(server.send(method, target, &[], "").status, 405, "{method} {target}");
        }
    }
}

#[test]
fn every_page_stands_and_is_guarded() {
    let (_folder, server) = served();
    for (target, words) in [
        ("/", "Ask the documents"),
        ("/?question=How+much+would+the+repairs+cost%3F", "<mark>£85,000</mark>"),
        ("/?question=How+many+people+live+in+Lisbon%3F", "What was looked at"),
        (
            "/check?quote=I+will+close+it+unless+the+council+tells+me+to&by=Tolley",
            "<del><span class=\"visually-hidden\">[printed: </span>not",
        ),
        ("/trace?quote=We+have+12+volunteers+and+no+money", "Printed in 1 document"),
        ("/people", "Una Fairlie"),
        ("/people?name=Una+Fairlie", "By outlet"),
        ("/people?name=Una+Farlie", "Did you mean"),
        ("/quotes?about=van", "for the price of a van"),
        ("/documents", "tide.txt"),
        ("/documents/tide.txt?start=0&end=16", "<mark id=\"place\">The Cove Gazette</mark>"),
        ("/documents/tide.txt", "class=\"said t"),
    ] {
        let page = server.get(target);
        assert_eq!(page.status, 200, "{target}: {}", page.body);
        assert!(page.body.contains(words), "{target}: {}", page.body);
        assert!(page.head.contains("content-security-policy: default-src 'none'"), "{target}: {}", page.head);
        assert!(!page.body.contains("<script") && !page.body.contains(" style=") && !page.body.contains("=\"http"), "{target}");
    }
}

#[test]
fn errors_are_pages_too() {
    let (_folder, server) = served();
    for (target, status) in [("/nowhere", 404), ("/documents/absent.txt", 404), ("/?question=who&since=soon", 400), ("/people?page=x", 400)]
    {
        let page = server.get(target);
        assert_eq!(page.status, status, "{target}");
        assert!(page.body.contains("<h1>") && page.body.contains("Ask a question"), "{target}: {}", page.body);
    }
}

#[test]
fn words_of_documents_and_clients_are_never_markup() {
    let folder = Folder::new();
    let evil = "<script>alert(1)</script>";
    let report = format!(
        "---\ntitle: {evil}\nauthor: \"{evil}\"\npublication: \"{evil}\"\ndate: 2014-01-02\n---\n\nThe {evil} mill shut in May. \
         \"We shut the {evil} mill for good this time,\" said Ann {evil} Marlow, the \"{evil}\" owner.\n"
    );
    folder.write("docs/<img src=x onerror=alert(1)>.md", report.as_bytes());
    assert!(folder.run(&["index", "docs"]).status.success());
    let server = Server::start(&folder, &[]);
    let encoded = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    for target in [
        "/".to_owned(),
        format!("/?question=When+did+the+mill+shut%3F+{encoded}&since=2014"),
        format!("/?question={encoded}&speaker={encoded}"),
        format!("/?question=a&source={encoded}"),
        format!("/check?quote=We+shut+the+{encoded}+mill+for+good&by={encoded}"),
        format!("/trace?quote=We+shut+the+{encoded}+mill+for+good+this+time"),
        format!("/people?name={encoded}"),
        format!("/quotes?by={encoded}&about={encoded}"),
        "/quotes".to_owned(),
        "/people".to_owned(),
        "/documents".to_owned(),
        "/documents/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E.md".to_owned(),
        format!("/documents/{encoded}"),
        format!("/{encoded}"),
    ] {
        let page = server.get(&target);
        assert!(page.status == 200 || page.status == 400 || page.status == 404, "{target}: {}", page.status);
        let lower = page.body.to_lowercase();
        assert!(!lower.contains("<script") && !lower.contains("<img"), "{target}: {}", page.body);
    }
}

#[test]
fn paths_stay_inside_the_index() {
    let (folder, server) = served();
    folder.write("secret.txt", b"nobody may read this");
    for target in [
        "/documents/../secret.txt",
        "/documents/..%2Fsecret.txt",
        "/documents/%2e%2e/secret.txt",
        "/documents/%2Fetc%2Fpasswd",
        "/documents//etc/passwd",
        "/api/documents/..%2Fsecret.txt",
        "/api/documents/%2E%2E/secret.txt",
        "/api/documents/tide.txt%00",
        "/documents/%FF%FE",
    ] {
        let answer = server.get(target);
        assert!(answer.status == 404 || answer.status == 400, "{target}: {}", answer.status);
        assert!(!answer.body.contains("nobody may read this") && !answer.body.contains("root:"), "{target}");
    }
}

#[test]
fn other_hosts_and_origins_are_refused() {
    let folder = Folder::indexed();
    let server = Server::start(&folder, &["--allow-host", "archive.example"]);
    let status = |headers: &[(&str, &str)]| server.send("GET", "/api/status", headers, "").status;
    assert_eq!(status(&[("Host", "evil.example")]), 403);
    assert_eq!(status(&[("Host", "archive.example")]), 200);
    assert_eq!(status(&[("Host", "localhost:1"), ("Origin", "http://evil.example")]), 403);
    assert_eq!(status(&[("Host", "localhost:1"), ("Origin", "null")]), 403);
    assert_eq!(status(&[("Host", "localhost:1"), ("Origin", "http://localhost:1")]), 200);
    assert_eq!(server.raw("GET http://evil.example/api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status, 400);
    assert_eq!(server.raw("GET /api/status HTTP/1.0\r\n\r\n").status, 400);
    let page = server.send("GET", "/", &[("Host", "evil.example")], "");
    assert!(page.status == 403 && page.body.contains("<h1>"), "{}", page.body);
}

#[test]
fn beyond_this_machine_a_token_is_needed() {
    let folder = Folder::indexed();
    let refused = folder.run(&["serve", "--bind", "0.0.0.0:0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("a token is needed"));
    folder.write("token", b"0123456789abcdef\n");
    let server = Server::start(&folder, &["--token-file", "token"]);
    assert_eq!(server.get("/api/status").status, 401);
    let page = server.get("/");
    assert!(page.status == 401 && page.head.contains("www-authenticate: basic"), "{}", page.head);
    let bearer = |token: &str| server.send("GET", "/", &[("Authorization", &format!("Bearer {token}"))], "").status;
    assert_eq!((bearer("0123456789abcdef"), bearer("0123456789abcdeF"), bearer("")), (200, 401, 401));
}

#[test]
fn oversized_requests_are_cut_off() {
    let (_folder, server) = served();
    let json = [("Content-Type", "application/json")];
    let huge = format!("{{\"question\": \"{}\"}}", "a".repeat(200_000));
    assert_eq!(server.send("POST", "/api/ask", &json, &huge).status, 413);
    let chunk = "a".repeat(0x8000);
    let chunks = format!("8000\r\n{chunk}\r\n").repeat(8);
    let head = format!(
        "POST /api/ask HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        server.address
    );
    assert_eq!(server.raw(&format!("{head}{chunks}0\r\n\r\n")).status, 413);
    assert!([400, 414, 431].contains(&server.get(&format!("/?question={}", "a".repeat(300_000))).status));
    assert_eq!(server.get("/api/status").status, 200);
}

#[test]
fn slow_clients_are_dropped_and_harm_nobody() {
    let folder = Folder::indexed();
    let server = Server::start(&folder, &["--patience", "1"]);
    let slow: Vec<TcpStream> = (0..40)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
            stream
        })
        .collect();
    assert_eq!(server.get("/api/status").status, 200);
    for stream in slow {
        // The end of what can be read is the end of the connection: without the limit this would wait for ever.
        read(stream);
    }
    assert_eq!(server.get("/api/status").status, 200);
}

#[test]
fn an_updated_index_is_taken_up() {
    let (folder, server) = served();
    assert_eq!(server.json("/api/documents", 200)["total"], 2);
    folder.write("docs/third.txt", b"The sluice was mended in June 2015, the council said.\n");
    assert!(folder.run(&["index"]).status.success());
    while server.json("/api/documents", 200)["total"] != 3 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(server.get("/documents/third.txt").status, 200);
}

#[test]
fn told_to_stop_it_stops() {
    let (_folder, mut server) = served();
    let pid = nix::unistd::Pid::from_raw(i32::try_from(server.child.id()).unwrap());
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).unwrap();
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[test]
fn agents_are_served_over_http_too() {
    let (_folder, server) = served();
    let headers = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
    let call = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"check_quote","arguments":{"quote":"We have 12 volunteers and no money","by":"Bram Tolley"}}}"#;
    let told = server.send("POST", "/mcp", &headers, call);
    assert_eq!(told.status, 200, "{}", told.body);
    let value: Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!(value["result"]["structuredContent"]["attribution"], "confirmed", "{value}");
    assert_eq!(server.send("POST", "/mcp", &[headers[0], headers[1], ("Host", "evil.example")], call).status, 403);
    assert_eq!(server.send("POST", "/mcp", &[headers[0], headers[1], ("Origin", "http://evil.example")], call).status, 403);
}

#[test]
fn the_interface_describes_itself() {
    let (_folder, server) = served();
    let value = server.json("/api/openapi.json", 200);
    assert_eq!(value["openapi"], "3.1.0");
    let paths: Vec<&str> = value["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert!(paths.contains(&"/api/ask") && paths.contains(&"/api/documents/{id}"), "{paths:?}");
}

#[test]
fn a_cited_file_that_changed_is_warned_about_everywhere() {
    let folder = Folder::indexed();
    let server = Server::start(&folder, &[]);
    folder.write("docs/tide.txt", super::folder::TIDE.replace("no money", "very little money").as_bytes());
    for target in [
        "/api/ask?question=How+much+would+the+repairs+cost%3F",
        "/api/who?quote=We+have+12+volunteers+and+no+money",
        "/api/who?quote=We+have+12+volunteers+and+no+money&passport=true",
        "/api/trace?quote=We+have+12+volunteers+and+no+money",
        "/api/quotes?by=Tolley",
        "/api/documents/tide.txt",
    ] {
        let value: Value = serde_json::from_str(&server.get(target).body).unwrap();
        let message = value["warnings"][0]["message"].as_str().unwrap_or_default();
        assert!(message.contains("has changed since it was indexed"), "{target}: {value}");
    }
    for target in [
        "/?question=How+much+would+the+repairs+cost%3F",
        "/check?quote=We+have+12+volunteers+and+no+money",
        "/trace?quote=We+have+12+volunteers+and+no+money",
        "/quotes?by=Tolley",
        "/people?name=Bram+Tolley",
        "/documents/tide.txt",
    ] {
        let page = server.get(target).body;
        assert_eq!(page.matches("has changed since it was indexed").count(), 1, "{target}: {page}");
    }
}
