//! Files as word processors write them, made here.

use std::ops::ControlFlow;
use std::path::Path;

use crate::corpus::packed::zip;
use crate::corpus::{BlockKind, Document, Format, Reader};

fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    zip(&entries.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

fn read(name: &str, bytes: Vec<u8>) -> Vec<Document> {
    let mut documents = Vec::new();
    let read = Reader::default().read_bytes(bytes, Path::new(name), name, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    assert_eq!(read.unwrap(), [""; 0]);
    documents
}

const CORE: &str = r#"<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Ferry &amp; bridge</dc:title>
<dc:creator>Ann Lister; Bo Reed</dc:creator><dcterms:created>2014-02-03T10:00:00Z</dcterms:created><dcterms:modified>2014-02-05T10:00:00Z</dcterms:modified></cp:coreProperties>"#;

#[test]
fn a_word_processors_file_keeps_its_paragraphs() {
    let document = r#"<w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>The ferry</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">It cost </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>&#163;5 &amp; more</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>, they said.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>two</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Saltby</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>4.1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>The end came in May.</w:t></w:r></w:p></w:body></w:document>"#;
    let bytes = archive(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", document), ("docProps/core.xml", CORE)]);
    for name in ["report.docx", "report.bin"] {
        let documents = read(name, bytes.clone());
        let [document] = documents.as_slice() else { panic!("{}", documents.len()) };
        assert_eq!(document.text, "The ferry\n\nIt cost £5 & more, they said.\n\n• one\n• two\n\nSaltby 4.1\n\nThe end came in May.\n");
        assert_eq!((document.id.as_str(), document.format), (name, Format::Docx));
        assert_eq!(document.metadata.title.as_ref().unwrap().value, "Ferry & bridge");
        assert_eq!(document.metadata.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Ann Lister", "Bo Reed"]);
        assert_eq!(document.metadata.published.as_ref().unwrap().value.to_string(), "2014-02-03");
        assert_eq!(document.metadata.updated.as_ref().unwrap().value.to_string(), "2014-02-05");
        assert_eq!(document.blocks.iter().filter(|block| block.kind == BlockKind::ListItem).count(), 2);
    }
}

#[test]
fn an_open_document_keeps_its_paragraphs() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>
<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
<text:h text:outline-level="1">The ferry</text:h><text:p text:style-name="Text_20_body">It <text:span>cost</text:span><text:s/>£5.<text:line-break/>Or more.</text:p>
<text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Saltby</text:p></table:table-cell><table:table-cell><text:p>4.1</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"#;
    let meta = r#"<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><meta:initial-creator>Ann Lister</meta:initial-creator>
<dc:creator>Bo Reed</dc:creator><meta:creation-date>2014-02-03T10:00:00</meta:creation-date><dc:date>2014-02-05T10:00:00</dc:date><dc:title>Ferry</dc:title></office:meta></office:document-meta>"#;
    let documents =
        read("a.odt", archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content), ("meta.xml", meta)]));
    assert_eq!(documents[0].text, "The ferry\n\nIt cost £5.\nOr more.\n\n• one\n• two\n\nSaltby 4.1\n");
    let metadata = &documents[0].metadata;
    assert_eq!((metadata.title.as_ref().unwrap().value.as_str(), metadata.authors[0].value.as_str()), ("Ferry", "Ann Lister"));
    assert_eq!(metadata.published.as_ref().unwrap().value.to_string(), "2014-02-03");
    assert_eq!(metadata.updated.as_ref().unwrap().value.to_string(), "2014-02-05");
}

#[test]
fn a_book_is_read_chapter_by_chapter() {
    let container = r#"<container><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="x"/></rootfiles></container>"#;
    let package = r#"<package xmlns:dc="d"><metadata><dc:title>The Tarn</dc:title><dc:creator>Ann Lister</dc:creator><dc:date>2014-02-03</dc:date><dc:publisher>Saltby Press</dc:publisher></metadata>
<manifest><item id="b" href="text/two%20b.xhtml"/><item id="a" href="text/one.xhtml"/><item id="c" href="cover.xhtml"/><item id="d"/></manifest><spine><itemref idref="c"/><itemref idref="a"/><itemref idref="b"/></spine></package>"#;
    let page = |title: &str, words: &str| format!("<html><head></head><body><h1>{title}</h1><p>{words}</p></body></html>");
    let (one, two) =
        (page("The ferry", "It stopped in May, its owners said."), page("The bridge", "It has been shut since Monday, they say."));
    let documents = read(
        "tarn.epub",
        archive(&[
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", container),
            ("OEBPS/book.opf", package),
            ("OEBPS/text/one.xhtml", &one),
            ("OEBPS/text/two b.xhtml", &two),
            ("OEBPS/cover.xhtml", "<html><body><img src='x'/></body></html>"),
        ]),
    );
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["tarn.epub#OEBPS/text/one.xhtml", "tarn.epub#OEBPS/text/two b.xhtml"]);
    assert_eq!(documents[0].text, "The ferry\n\nIt stopped in May, its owners said.\n");
    let metadata = &documents[1].metadata;
    assert_eq!(metadata.publisher.as_ref().unwrap().value, "Saltby Press");
    assert_eq!(
        (metadata.authors[0].value.as_str(), metadata.published.as_ref().unwrap().value.to_string().as_str()),
        ("Ann Lister", "2014-02-03")
    );
}

#[test]
fn nesting_and_attributes_without_end_are_read_or_refused_in_time() {
    let deep = format!("<w:document><w:body>{}<w:p><w:t>The ferry stopped.</w:t></w:p>", "<w:x>".repeat(100_000));
    let wide =
        format!("<w:document><w:body><w:p><w:pPr><w:pStyle {}/></w:pPr><w:t>The ferry stopped.</w:t></w:p>", "a='1' ".repeat(100_000));
    for document in [deep, wide] {
        let documents = read("a.docx", archive(&[("word/document.xml", &document)]));
        assert_eq!(documents[0].text, "The ferry stopped.\n");
    }
}

#[test]
fn notes_stand_below_the_text_and_moved_words_stand_once() {
    let content = r#"<o><text:p xmlns:text="t">The ferry<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See <text:span>19</text:span>99.</text:p></text:note-body></text:note> will stop.</text:p><text:p xmlns:text="t">For good.</text:p></o>"#;
    let documents = read("a.odt", archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)]));
    assert_eq!(documents[0].text, "The ferry will stop.\n\nFor good.\n\nSee 1999.\n");
    let document = r#"<w:document xmlns:w="w"><w:p><w:r><w:t>The co</w:t><w:noBreakHyphen/><w:t>operative stops.</w:t></w:r></w:p>
<w:p><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p></w:document>"#;
    assert_eq!(read("a.docx", archive(&[("word/document.xml", document)]))[0].text, "The co-operative stops.\n\nMoved.\n");
}
