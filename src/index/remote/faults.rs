//! Engines that answer wrongly, in all the ways seen: each is an error with its cause and the next step, never an empty result.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::cluster::{Cluster, Credentials};
use super::http::Client;
use crate::index::backend::Listed;
use crate::index::{Filter, Home, Index, IndexError, Scope, Search};

/// A server that answers as it is told.
struct Fake {
    address: String,
    /// What came in: the first line and the headers.
    heard: Arc<Mutex<Vec<String>>>,
}

/// What a request is answered with: status and body.
type Answer = (u16, String);

impl Fake {
    fn new(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let head = head(&stream);
                let (status, body) = answer(head.lines().next().unwrap_or_default());
                kept.lock().unwrap().push(head);
                let length = body.len();
                let _ = write!(&stream, "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
            }
        });
        Self { address, heard }
    }

    fn cluster(&self, credentials: Credentials) -> Cluster {
        over(std::slice::from_ref(&self.address), &credentials)
    }
}

/// A cluster whose failures are believed soon.
fn over(nodes: &[String], credentials: &Credentials) -> Cluster {
    let client = Client::new(nodes.to_vec(), credentials, None).unwrap().with_patience(Duration::from_millis(150));
    Cluster { name: "news".to_owned(), shards: 1, replicas: 0, client: Arc::new(client) }
}

/// The head of a request, its body read and dropped.
fn head(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or_default() == 0 || line == "\r\n" {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    let _ = reader.read_exact(&mut body);
    head
}

const SHARDS: &str = r#""_shards":{"total":3,"successful":3,"skipped":0,"failed":0}"#;

/// A store that can be opened and holds nothing, but for one kind of request, which is answered otherwise.
fn sound_but(part: &'static str, status: u16, body: &str) -> Fake {
    let body = body.to_owned();
    let table = {
        let mut bytes = Vec::new();
        crate::index::catalog::encode(std::path::Path::new("table"), &[], &mut bytes).unwrap();
        bytes
    };
    let marker = crate::index::manifest::Marker { store: "store-1".to_owned(), ..crate::index::manifest::Marker::new(vec!["news".into()]) };
    let marker = String::from_utf8(marker.to_bytes(std::path::Path::new("marker")).unwrap()).unwrap();
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &table);
    Fake::new(move |line| {
        if line.contains(part) {
            return (status, body.clone());
        }
        let found = |source: serde_json::Value| serde_json::json!({"found": true, "_seq_no": 1, "_primary_term": 1, "_source": source});
        let answer = match line {
            line if line.contains("/_doc/marker") => found(serde_json::json!({"marker": marker})).to_string(),
            line if line.contains("/_doc/head-") => found(serde_json::json!({
                "generation": 1, "files": {"bytes": 0}, "documents": {"bytes": table.len()}, "leaving": [], "writer": "w",
            }))
            .to_string(),
            line if line.contains("-documents-") => found(serde_json::json!({"bytes": encoded})).to_string(),
            line if line.contains("/_mapping") => {
                serde_json::json!({"news-store-1": {"mappings": {"_meta": {"sayso": crate::index::manifest::FORMAT}}}}).to_string()
            }
            line if line.contains("/_count") => format!("{{\"count\":7,{SHARDS}}}"),
            line if line.contains("/_msearch") => {
                format!(
                    "{{\"responses\":[{{\"timed_out\":false,{SHARDS},\"hits\":{{\"total\":{{\"value\":1,\"relation\":\"eq\"}},\"hits\":[]}}}}]}}"
                )
            }
            _ => format!("{{\"timed_out\":false,{SHARDS},\"hits\":{{\"hits\":[]}},\"aggregations\":{{\"names\":{{\"buckets\":[]}}}}}}"),
        };
        (200, answer)
    })
}

fn search(index: &Index) -> Result<usize, IndexError> {
    let stems = [("river".to_owned(), 1.0)];
    let filter = Filter::default();
    index.search(&Search { stems: &stems, scope: Scope::Article, title: 0.0, filter: &filter, near: 0.0, limit: 5 }).map(|hits| hits.len())
}

#[test]
fn a_sound_engine_is_believed() {
    let fake = sound_but("/nothing", 200, "");
    let index = Index::open(Home::Cluster(fake.cluster(Credentials::None))).unwrap();
    assert_eq!((index.chunks(), search(&index).unwrap(), index.len()), (7, 0, 0));
    assert_eq!(index.frequency("river").unwrap(), 1);
    assert!(index.backend.listed(Listed::Outlets).unwrap().is_empty());
}

/// An answer to one kind of request, and what the error must speak of.
fn check(part: &'static str, status: u16, body: &str, expected: &str) {
    let fake = sound_but(part, status, body);
    let asked = Index::open(Home::Cluster(fake.cluster(Credentials::None))).and_then(|index| {
        search(&index)?;
        index.frequency("river")?;
        index.outlets()?;
        Ok(())
    });
    let error = asked.expect_err(&format!("{part}: {status} {body}")).to_string();
    assert!(error.contains(expected), "{part}: {error}");
    assert!(error.contains(';'), "no next step: {error}");
}

#[test]
fn a_wrong_answer_is_an_error_and_never_an_empty_result() {
    let hits = r#""hits":{"hits":[]}"#;
    let some = r#""_shards":{"total":3,"successful":2,"failed":1}"#;
    check("/_search", 200, "<html>It works!</html>", "not the answer of a search engine");
    check("/_search", 200, "", "not the answer of a search engine");
    check("/_search", 200, "{}", "not the answer of a search engine");
    check("/_search", 200, &format!("{{\"timed_out\":false,{SHARDS}}}"), "missing field `hits`");
    check("/_search", 200, &format!("{{\"timed_out\":false,{hits}}}"), "missing field `_shards`");
    check("/_search", 200, &format!("{{\"timed_out\":true,{SHARDS},{hits}}}"), "too long");
    check("/_search", 200, &format!("{{\"timed_out\":false,{some},{hits}}}"), "1 of 3 shards did not answer");
    let few = r#"{"timed_out":false,"_shards":{"total":3,"successful":1,"failed":0},"hits":{"hits":[]}}"#;
    check("/_search", 200, few, "2 of 3 shards did not answer");
    check("/_search", 500, r#"{"error":{"type":"boom","reason":"no luck"},"status":500}"#, "boom: no luck");
    check("/_search", 503, "upstream is away", "status 503: upstream is away");
    check("/_search", 404, r#"{"error":{"type":"index_not_found_exception","reason":"gone"}}"#, "there is no such index");
    check("/_search", 404, "<h1>Not here</h1>", "status 404");
    check("/_search", 301, "", "status 301");
    check("/_msearch", 200, r#"{"responses":[]}"#, "fewer questions");
    check("/_msearch", 200, r#"{"responses":[{"error":{"type":"boom","reason":"no luck"}}]}"#, "boom: no luck");
    check("/_count", 200, &format!("{{\"count\":7,{some}}}"), "did not answer");
    check("/_mapping", 200, r#"{"news-store-1":{"mappings":{}}}"#, "another's are in their place");
    check("/_doc/marker", 200, r#"{"found":true,"_source":{"marker":"{}"}}"#, "damaged");
    check("/_doc/head-", 200, r#"{"found":true}"#, "without its content");
    check("-documents-", 200, r#"{"found":true,"_source":{"bytes":"!"}}"#, "damaged");
    check("-documents-", 200, r#"{"found":true,"_source":{"bytes":"QUJD"}}"#, "cut short");
    check("-documents-", 404, r#"{"found":false}"#, "changed meanwhile");
}

#[test]
fn an_entry_that_is_not_what_was_written_is_an_error() {
    let hit = |source: &str| format!("{{\"timed_out\":false,{SHARDS},\"hits\":{{\"hits\":[{{\"_score\":1.5,\"_source\":{source}}}]}}}}");
    check("/_search", 200, &hit(r#"{"document":1,"place":0,"of":1,"start":0}"#), "missing field `body`");
    check("/_search", 200, &hit(r#"{"document":1,"place":0,"of":1,"start":0,"body":"%"}"#), "not what was written");
    check("/_search", 200, &hit(r#"{"document":1,"place":3,"of":1,"start":0,"body":"QUJD"}"#), "not what was written");
}

#[test]
fn nothing_indexed_is_no_failure_of_the_engine() {
    let gone = r#"{"error":{"type":"index_not_found_exception","reason":"no such index"},"status":404}"#;
    let fake = Fake::new(move |_| (404, gone.to_owned()));
    let opened = Index::open(Home::Cluster(fake.cluster(Credentials::None)));
    assert!(matches!(opened, Err(IndexError::Missing { .. })));
}

#[test]
fn who_asks_is_told_in_the_way_of_the_engine() {
    let check = |credentials: Credentials, expected: Option<&str>| {
        let fake = sound_but("/nothing", 200, "");
        let _ = Home::Cluster(fake.cluster(credentials)).is_index();
        let heard = fake.heard.lock().unwrap().join("").to_ascii_lowercase();
        match expected {
            Some(expected) => assert!(heard.contains(&format!("authorization: {expected}").to_ascii_lowercase()), "{heard}"),
            None => assert!(!heard.contains("authorization"), "{heard}"),
        }
    };
    check(Credentials::None, None);
    check(Credentials::Basic { user: "ada".to_owned(), password: "pass".to_owned() }, Some("Basic YWRhOnBhc3M="));
    check(Credentials::ApiKey("abc==".to_owned()), Some("ApiKey abc=="));
}

#[test]
fn whoever_may_not_ask_is_told_so_at_once() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let fake = Fake::new(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        (401, r#"{"error":{"type":"security_exception","reason":"missing authentication"}}"#.to_owned())
    });
    let error = Home::Cluster(fake.cluster(Credentials::None)).is_index().unwrap_err().to_string();
    assert!(error.contains("missing authentication") && error.contains("API key"), "{error}");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[test]
fn a_node_that_is_gone_or_busy_is_ridden_out() {
    let sound = sound_but("/nothing", 200, "");
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let busy = Fake::new(|_| (503, r#"{"error":{"type":"cluster_block_exception","reason":"no master"}}"#.to_owned()));
    let cluster = over(&[format!("http://{gone}"), busy.address.clone(), sound.address.clone()], &Credentials::None);
    let index = Index::open(Home::Cluster(cluster)).unwrap();
    assert_eq!(search(&index).unwrap(), 0);
    // Whoever answered last is asked first.
    assert_eq!(busy.heard.lock().unwrap().len(), 1);
}

#[test]
fn an_engine_that_is_not_there_is_an_error_with_its_address() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = Home::Cluster(over(&[format!("http://{gone}")], &Credentials::None)).is_index().unwrap_err().to_string();
    assert!(error.contains(&gone.to_string()) && error.contains("check that the engine runs"), "{error}");
}
