//! PDFs made here, byte for byte.

use std::ops::ControlFlow;
use std::path::Path;

use crate::corpus::{BlockKind, Document, Reader};

/// A line of text: where it begins, from the left and from the foot of the page, its size, its words.
type Set<'s> = (f64, f64, f64, &'s str);

/// A PDF whose pages hold these lines, set in Helvetica.
fn pdf(pages: &[Vec<Set<'_>>], information: &str) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + page * 2)).collect();
    objects.push(format!("<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 600 800] >>", kids.join(" "), pages.len()));
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned());
    objects.push(format!("<< {information} >>"));
    for (number, page) in pages.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>", 6 + number * 2));
        let show = |(x, y, size, words): &Set<'_>| {
            format!("BT /F1 {size} Tf {x} {y} Td ({}) Tj ET\n", words.replace('(', "\\(").replace(')', "\\)"))
        };
        let content: String = page.iter().map(show).collect();
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|place| file.push_str(&format!("{place:010} 00000 n \n")));
    file.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1));
    file.into_bytes()
}

fn read(bytes: Vec<u8>) -> Vec<Document> {
    let mut documents = Vec::new();
    let read = Reader::default().read_bytes(bytes, Path::new("report.pdf"), "report.pdf", &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    assert_eq!(read.unwrap(), [""; 0]);
    documents
}

fn column(x: f64, lines: &[&'static str]) -> Vec<Set<'static>> {
    lines.iter().enumerate().map(|(number, words)| (x, 650.0 - 14.0 * number as f64, 11.0, *words)).collect()
}

#[test]
fn pages_are_documents_and_paragraphs_are_whole() {
    let first = vec![
        (50.0, 740.0, 20.0, "Ferry to stop in May"),
        (50.0, 700.0, 11.0, "The ferry that has crossed the Tarn since 1880 will make its last cros-"),
        (50.0, 686.0, 11.0, "sing in May, its owners said on Tuesday. The council will pay \\2433,000."),
        (50.0, 660.0, 11.0, "Nobody knows what will become of the landing stage at Saltby."),
    ];
    let second = vec![(50.0, 700.0, 11.0, "The bridge has been shut since Monday, and nobody knows for how long.")];
    let documents =
        read(pdf(&[first, Vec::new(), second], "/Title (Ferry to stop) /Author (Ann Lister) /CreationDate (D:20140203100000Z)"));
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["report.pdf#page=1", "report.pdf#page=3"]);
    assert_eq!(
        documents[0].text,
        "Ferry to stop in May\n\nThe ferry that has crossed the Tarn since 1880 will make its last crossing in May, its owners said on Tuesday. The council will pay £3,000.\n\nNobody knows what will become of the landing stage at Saltby.\n"
    );
    let metadata = &documents[1].metadata;
    assert_eq!((metadata.title.as_ref().unwrap().value.as_str(), metadata.authors[0].value.as_str()), ("Ferry to stop", "Ann Lister"));
    assert_eq!(metadata.published.as_ref().unwrap().value.to_string(), "2014-02-03");
    assert_eq!(documents[1].path, "report.pdf");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The ferry that has crossed the",
        "Tarn since 1880 will stop in",
        "May, its owners said, since",
        "the bridge takes all its",
        "passengers and its freight.",
    ];
    let right = [
        "The bridge was opened by the",
        "county in 1931. It has been",
        "shut since Monday, when a",
        "lorry struck its rail, and",
        "nobody knows for how long.",
    ];
    let mut page = vec![(50.0, 720.0, 22.0, "The last crossing of the old ferry at Saltby")];
    // Line by line across the page, as some programs write them.
    for (one, other) in column(50.0, &left).into_iter().zip(column(320.0, &right)) {
        page.extend([one, other]);
    }
    let text = &read(pdf(&[page], ""))[0].text;
    let expected = format!("The last crossing of the old ferry at Saltby\n\n{}\n\n{}\n", left.join(" "), right.join(" "));
    assert_eq!(*text, expected);
}

#[test]
fn running_heads_and_page_numbers_are_marked() {
    let page = |number: &'static str, words: &'static str| {
        vec![(50.0, 780.0, 9.0, "Saltby Council: Annual report"), (50.0, 700.0, 11.0, words), (300.0, 30.0, 9.0, number)]
    };
    let documents = read(pdf(
        &[
            page("1", "The ferry will make its last crossing in May, its owners said."),
            page("2", "The bridge has been shut since Monday, and nobody knows for how long."),
            page("3", "The council will meet again when the snow has gone, it was said."),
        ],
        "",
    ));
    for document in &documents {
        let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).filter(|kind| kind.is_article()).collect();
        assert_eq!(kinds, [BlockKind::Paragraph], "{}", document.text);
        assert_eq!(document.blocks.len(), 3);
    }
}

#[test]
fn what_is_broken_is_told() {
    let whole = pdf(&[vec![(50.0, 700.0, 11.0, "The ferry stops.")]], "");
    let mut reader = Reader::default();
    for cut in [9, 60, whole.len() / 2] {
        let read = reader.read_bytes(whole[..cut].to_vec(), Path::new("a.pdf"), "a.pdf", &mut |_| ControlFlow::Continue(()));
        assert!(read.is_err(), "{cut}");
    }
}
