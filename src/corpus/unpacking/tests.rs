//! One file of every kind that holds others, made here, and what becomes of it.

use std::ops::ControlFlow;
use std::path::Path;

use crate::corpus::packed::{gzip, zip};
use crate::corpus::{Document, FieldNames, Format, ReadError, Reader, Reading};

const FERRY: &str = "The ferry across the Tarn will make its last crossing in May, its owners said.\n";
const BRIDGE: &str = "The bridge at Saltby has been shut since Monday, and nobody knows when it will open again.\n";

fn read_so(reading: Reading, name: &str, bytes: &[u8]) -> (Vec<Document>, Result<Vec<String>, ReadError>) {
    let mut documents = Vec::new();
    let read = Reader::new(reading).read_bytes(bytes.to_vec(), Path::new(name), name, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, read)
}

fn read(name: &str, bytes: &[u8]) -> Vec<Document> {
    let (documents, read) = read_so(Reading::default(), name, bytes);
    assert_eq!(read.unwrap(), [""; 0], "{name}");
    documents
}

fn ids(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.id.as_str()).collect()
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in entries {
        let mut header = [0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        header[148..156].fill(b' ');
        let sum: u64 = header.iter().map(|byte| u64::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        archive.extend_from_slice(&header);
        archive.extend_from_slice(bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

#[test]
fn a_compressed_file_is_what_it_holds() {
    for name in ["2014-05-02-ferry.txt.gz", "2014-05-02-ferry.gz"] {
        let documents = read(name, &gzip(FERRY.as_bytes()));
        assert_eq!(ids(&documents), [name]);
        assert_eq!((documents[0].text.as_str(), documents[0].format), (FERRY, Format::Text));
        assert_eq!(documents[0].metadata.published.as_ref().unwrap().value.to_string(), "2014-05-02");
    }
    let twice = [gzip(FERRY.as_bytes()), gzip(BRIDGE.as_bytes())].concat();
    assert_eq!(read("both.txt.gz", &twice)[0].text, [FERRY, BRIDGE].concat());
}

#[test]
fn entries_of_archives_are_documents() {
    let page = format!("<html><head><title>Bridge shut</title></head><body><h1>Bridge shut</h1><p>{BRIDGE}</p></body></html>");
    let entries: [(&str, &[u8]); 4] = [
        ("inner/page.html", page.as_bytes()),
        ("../../ferry.txt", FERRY.as_bytes()),
        (".hidden.txt", b"no"),
        ("__MACOSX/ferry.txt", b"no"),
    ];
    for (name, archive) in
        [("a.zip", zip(&entries)), ("a.tar", tar(&entries)), ("a.tar.gz", gzip(&tar(&entries))), ("a.tgz", gzip(&tar(&entries)))]
    {
        let documents = read(name, &archive);
        assert_eq!(ids(&documents), [format!("{name}#inner/page.html"), format!("{name}#../../ferry.txt")]);
        assert_eq!(documents[0].metadata.title.as_ref().unwrap().value, "Bridge shut");
        assert_eq!((documents[1].text.as_str(), documents[1].path.as_str()), (FERRY, name));
    }
}

#[test]
fn parts_that_are_no_documents_are_counted() {
    let archive = zip(&[("a.png", b"\x89PNG...."), ("b.txt", FERRY.as_bytes()), ("c.txt", b" \n")]);
    let (documents, read) = read_so(Reading::default(), "a.zip", &archive);
    assert_eq!(ids(&documents), ["a.zip#b.txt"]);
    assert_eq!(read.unwrap(), ["1 part not read, picture files are not read (a.png)", "1 part not read, the file is empty (c.txt)"]);
    let (documents, read) = read_so(Reading::default(), "a.zip", &zip(&[("a.png", b"\x89PNG....")]));
    assert!(documents.is_empty());
    assert_eq!(read.unwrap_err().to_string(), "no document in it: 1 part not read, picture files are not read (a.png)");
}

#[test]
fn archives_lie_only_so_deep_in_each_other() {
    let mut archive = zip(&[("a.txt", FERRY.as_bytes())]);
    for _ in 0..20 {
        archive = zip(&[("a.zip", &archive)]);
    }
    let (documents, read) = read_so(Reading::default(), "a.zip", &archive);
    assert!(documents.is_empty());
    assert!(read.unwrap_err().to_string().contains("6 deep"));
    let inner = zip(&[("b.zip", &zip(&[("a.txt", FERRY.as_bytes())]))]);
    assert_eq!(ids(&self::read("a.zip", &inner)), ["a.zip#b.zip#a.txt"]);
}

#[test]
fn what_unpacks_to_too_much_is_left() {
    let bomb = gzip(&vec![b' '; 64 << 20]).repeat(11);
    let (documents, read) = read_so(Reading::default(), "a.jsonl.gz", &bomb);
    assert!(documents.is_empty());
    assert!(matches!(read, Err(ReadError::Expands { limit: 512 })), "{read:?}");
    let (_, read) = read_so(Reading::default(), "a.txt.gz", &bomb);
    assert!(matches!(read, Err(ReadError::TooLarge { .. })), "{read:?}");
}

const MAILBOX: &str = "From ann@example.org Mon Feb  3 10:00:00 2014
From: \"Lister, Ann\" <ann@example.org>
To: bo@example.org
Subject: =?utf-8?q?Ferry_to_stop_=E2=80=93_for_good?=
Date: Mon, 3 Feb 2014 10:00:00 +0000
Message-ID: <1@example.org>

The ferry will stop in May.

From then on there is the bridge.
>From the owners I hear nothing.

From bo@example.org Tue Feb  4 11:00:00 2014
From: Bo Reed <bo@example.org>
Subject: Re: Ferry
Date: Tue, 4 Feb 2014 11:00:00 +0000
Message-ID: <2@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=mark

--mark
Content-Type: multipart/alternative; boundary=other

--other
Content-Type: text/html; charset=utf-8

<p>A <b>pity</b>.</p>
--other
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

A pity=2C it cost =A35 a year.
--other--
--mark
Content-Type: text/plain; name=\"notes.txt\"
Content-Disposition: attachment; filename=\"notes.txt\"

The bridge at Saltby has been shut since Monday.
--mark
Content-Type: image/png
Content-Disposition: attachment; filename=\"a.png\"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--mark--
";

#[test]
fn messages_of_a_mailbox_are_documents() {
    let documents = read("mail.mbox", MAILBOX.as_bytes());
    assert_eq!(ids(&documents), ["mail.mbox#1", "mail.mbox#2", "mail.mbox#2#notes.txt"]);
    assert_eq!(documents[0].text, "The ferry will stop in May.\n\nFrom then on there is the bridge.\nFrom the owners I hear nothing.\n\n");
    let first = &documents[0].metadata;
    assert_eq!(first.title.as_ref().unwrap().value, "Ferry to stop – for good");
    assert_eq!(first.authors[0].value, "Ann Lister");
    assert_eq!(first.published.as_ref().unwrap().value.to_string(), "2014-02-03");
    assert_eq!(documents[1].text.trim(), "A pity, it cost £5 a year.");
    assert_eq!(documents[2].text.trim(), "The bridge at Saltby has been shut since Monday.");
}

#[test]
fn a_forwarded_message_is_a_document_of_its_own() {
    let mail = "Received: by x\nFrom: Bo Reed <bo@example.org>\nSubject: Fwd\nDate: Tue, 4 Feb 2014 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=mark\n\n--mark\nContent-Type: text/plain\n\nLook at this.\n--mark\nContent-Type: message/rfc822\n\nFrom: Ann Lister <ann@example.org>\nSubject: Ferry\n\nThe ferry will stop in May.\n--mark--\n";
    let documents = read("fwd.eml", mail.as_bytes());
    assert_eq!(ids(&documents), ["fwd.eml", "fwd.eml#message-1.eml"]);
    assert_eq!((documents[0].text.trim(), documents[1].text.trim()), ("Look at this.", "The ferry will stop in May."));
    assert_eq!(documents[1].metadata.authors[0].value, "Ann Lister");
}

#[test]
fn a_message_without_plain_text_is_read_as_a_page() {
    let mail = "Received: by x\nFrom: Ann Lister <ann@example.org>\nSubject: Ferry\nDate: Mon, 3 Feb 2014 10:00:00 +0000\nContent-Type: text/html\n\n<html><body><p>It &amp; the bridge.</p><p>Both shut.</p></body></html>\n";
    let documents = read("ferry", mail.as_bytes());
    assert_eq!((ids(&documents), documents[0].text.as_str()), (vec!["ferry"], "It & the bridge.\n\nBoth shut.\n"));
    assert_eq!(documents[0].format, Format::Mail);
}

#[test]
fn a_record_a_line_is_a_document() {
    let lines = format!(
        "{{\"headline\":\"Ferry\",\"body\":{0:?},\"author\":[{{\"name\":\"Ann Lister\"}}],\"publishedAt\":\"2014-02-03T10:00:00Z\",\"source\":{{\"id\":7,\"name\":\"Tidewater\"}}}}\n\nnot json\n{{\"text\":\"{1}\",\"url\":\"https://www.saltby.example/bridge\"}}\n{{\"colour\":\"red\"}}\n",
        FERRY,
        BRIDGE.trim()
    );
    let (documents, read) = read_so(Reading::default(), "news.jsonl", lines.as_bytes());
    assert_eq!(ids(&documents), ["news.jsonl#1", "news.jsonl#4"]);
    assert_eq!(documents[0].text, FERRY);
    let first = &documents[0].metadata;
    assert_eq!(first.title.as_ref().unwrap().value, "Ferry");
    assert_eq!((first.authors[0].value.as_str(), first.publisher.as_ref().unwrap().value.as_str()), ("Ann Lister", "Tidewater"));
    assert_eq!(first.published.as_ref().unwrap().value.to_string(), "2014-02-03");
    assert_eq!(documents[1].metadata.publisher.as_ref().unwrap().value, "saltby.example");
    let problems = read.unwrap();
    assert_eq!(problems.len(), 2);
    assert!(problems[1].contains("there are colour; name the one that does with --field text=NAME (5)"), "{problems:?}");
}

#[test]
fn a_json_file_is_a_record_or_a_list_of_them() {
    let list = format!(
        "{{\"status\":\"ok\",\"articles\":[{{\"title\":\"A\",\"content\":{FERRY:?}}},{{\"title\":\"B\",\"content\":{BRIDGE:?}}}]}}"
    );
    assert_eq!(ids(&read("a.json", list.as_bytes())), ["a.json#1", "a.json#2"]);
    let one = format!("{{\"title\":\"A\",\"paragraphs\":{{\"x\":1}},\"text\":[{FERRY:?},{BRIDGE:?}]}}");
    let documents = read("a.json", one.as_bytes());
    assert_eq!((ids(&documents), documents[0].text.as_str()), (vec!["a.json"], format!("{FERRY}\n\n{BRIDGE}").as_str()));
    let mut fields = FieldNames::default();
    fields.set("text", "meta.words");
    let reading = Reading { fields, ..Reading::default() };
    let named = format!("{{\"text\":\"no\",\"meta\":{{\"words\":{FERRY:?}}}}}");
    assert_eq!(read_so(reading, "a.json", named.as_bytes()).0[0].text, FERRY);
}

#[test]
fn rows_of_a_table_are_documents() {
    let table = format!("title;date;text\nFerry;03/02/2014;\"{}\n\nIt was \"\"good\"\".\"\nBridge;;{}", FERRY.trim(), BRIDGE);
    let documents = read("a.csv", table.as_bytes());
    assert_eq!(ids(&documents), ["a.csv#1", "a.csv#2"]);
    assert_eq!(documents[0].text, format!("{}\n\nIt was \"good\".", FERRY.trim()));
    assert_eq!(documents[0].metadata.published.as_ref().unwrap().value.to_string(), "2014-02-03");
    let figures = read("b.tsv", b"Station\tHeight in metres\nColne Abbas\t4.1\nSaltby\t3.2\n");
    assert_eq!(figures[0].text, "Station: Colne Abbas\nHeight in metres: 4.1\n");
}

#[test]
fn a_list_is_read_where_the_rest_only_introduces_it() {
    for opening in ["\"message\":\"success\",\"data\"", "\"title\":\"Tarn feed\",\"description\":\"All the news of the valley.\",\"items\""]
    {
        let value =
            format!("{{{opening}:[{{\"title\":\"A\",\"content_text\":{FERRY:?}}},{{\"title\":\"B\",\"content_text\":{BRIDGE:?}}}]}}");
        assert_eq!(ids(&read("a.json", value.as_bytes())), ["a.json#1", "a.json#2"]);
    }
    let value = format!("{{\"summary\":{FERRY:?},\"comments\":[{{\"text\":{BRIDGE:?}}}]}}");
    assert_eq!(read("a.json", value.as_bytes())[0].text, FERRY);
}

#[test]
fn records_in_utf16_are_read() {
    let wide = |words: &str| [0xFEFF].into_iter().chain(words.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let line = format!("{{\"text\":{FERRY:?}}}\n");
    assert_eq!(read("a.json", &wide(&line))[0].text, FERRY);
    assert_eq!(ids(&read("a.jsonl", &wide(&line.repeat(2)))), ["a.jsonl#1", "a.jsonl#2"]);
    assert_eq!(read("a.csv", &wide(&format!("title,text\nFerry,\"{}\"\n", FERRY.trim())))[0].text, FERRY.trim());
}

#[test]
fn a_page_of_a_web_archive_is_one_whatever_it_begins_with() {
    let answer = |kind: &str| {
        let body = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n<p>{FERRY}</p>");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tarn.example/ferry/\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    };
    let documents = read("a.warc", [answer("text/html; charset=utf-8"), answer("text/plain")].concat().as_bytes());
    assert_eq!(documents[0].text, FERRY);
    assert_eq!(documents[0].metadata.publisher.as_ref().unwrap().value, "tarn.example");
    assert_eq!(documents[1].text, format!("<p>{FERRY}</p>"));
}

#[test]
fn what_follows_a_compressed_file_costs_no_document_and_damage_is_the_files_own() {
    let padded = [gzip(FERRY.as_bytes()), vec![0; 512]].concat();
    assert_eq!(read("a.txt.gz", &padded)[0].text, FERRY);
    let whole = gzip(FERRY.repeat(50).as_bytes());
    let (documents, read) = read_so(Reading::default(), "a.txt.gz", &whole[..whole.len() / 2]);
    let error = read.unwrap_err();
    assert!(documents.is_empty() && !error.is_passing(), "{error}");
    assert!(matches!(error, ReadError::Damaged { .. }), "{error}");
}

#[test]
fn the_format_may_be_given() {
    let reading = Reading { format: Format::named("jsonl"), ..Reading::default() };
    let line = format!("{{\"text\":{FERRY:?}}}\n");
    assert_eq!(ids(&read_so(reading.clone(), "dump", line.as_bytes()).0), ["dump#1"]);
    assert_eq!(ids(&read_so(reading, "dump.gz", &gzip(line.as_bytes())).0), ["dump.gz#1"]);
}

#[test]
fn whoever_takes_the_documents_may_end_it() {
    let mut taken = 0;
    let read = Reader::default().read_bytes(MAILBOX.as_bytes().to_vec(), Path::new("a"), "a", &mut |_| {
        taken += 1;
        ControlFlow::Break(())
    });
    assert!(matches!(read, Err(ReadError::Stopped)));
    assert_eq!(taken, 1);
}
