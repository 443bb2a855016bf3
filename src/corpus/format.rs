//! Decides what a file is: by its first bytes, then by its name.
//!
//! A page saved as `.txt` is a page; a PDF saved as `.txt` is a PDF. Names only decide between formats that look alike.

use std::path::Path;

use super::{Format, ReadError};

/// First bytes of formats that are not read, and what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip, docx, odt and epub"),
    (b"PK\x05\x06", "zip, docx, odt and epub"),
    (b"\x1F\x8B", "gzip"),
    (b"\x28\xB5\x2F\xFD", "Zstandard"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ\0", "xz"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"{\\rtf", "RTF"),
    (b"WARC/", "WARC"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Office"),
    (b"\x89PNG", "picture"),
    (b"\xFF\xD8\xFF", "picture"),
    (b"GIF8", "picture"),
    (b"\x7FELF", "program"),
    (b"MZ\x90\0", "program"),
    (b"SQLite format 3\0", "SQLite"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
];

/// Endings of files that are no documents of a kind that is read, whatever their bytes look like, and what to call them.
const NOT_DOCUMENTS: &[(&str, &str)] = &[
    ("doc", "old Office"),
    ("docx", "docx"),
    ("dot", "old Office"),
    ("odt", "odt"),
    ("pages", "Pages"),
    ("rtf", "RTF"),
    ("pdf", "PDF"),
    ("epub", "epub"),
    ("ppt", "old Office"),
    ("pptx", "pptx"),
    ("odp", "odp"),
    ("xls", "old Office"),
    ("xlsx", "xlsx"),
    ("ods", "ods"),
    ("zip", "zip"),
    ("json", "JSON"),
    ("jsonl", "JSON"),
    ("ndjson", "JSON"),
    ("csv", "table"),
    ("tsv", "table"),
    ("xml", "XML"),
    ("svg", "picture"),
    ("css", "style sheet"),
    ("js", "program source"),
    ("py", "program source"),
    ("rs", "program source"),
    ("c", "program source"),
    ("h", "program source"),
    ("sh", "program source"),
    ("toml", "settings"),
    ("yaml", "settings"),
    ("yml", "settings"),
    ("ini", "settings"),
    ("lock", "settings"),
    ("eml", "mail"),
    ("mbox", "mail"),
];

/// What the file called `name` holds.
///
/// # Errors
/// [`ReadError::Unsupported`] with the name of a format that is not read.
pub(super) fn detect(name: &Path, bytes: &[u8]) -> Result<Format, ReadError> {
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ReadError::Unsupported { format });
    }
    let ending = name.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if opens_a_page(bytes) {
        return Ok(Format::Html);
    }
    match ending.as_str() {
        "md" | "markdown" | "mkd" | "mdown" => Ok(Format::Markdown),
        "html" | "htm" | "xhtml" | "shtml" if has_tag(bytes) => Ok(Format::Html),
        _ => match NOT_DOCUMENTS.iter().find(|(known, _)| *known == ending) {
            Some((_, format)) => Err(ReadError::Unsupported { format }),
            None => Ok(Format::Text),
        },
    }
}

/// The first thousand bytes, ASCII letters lowered, NULs out (so that UTF-16 reads like ASCII).
fn opening(bytes: &[u8]) -> String {
    bytes.iter().take(1024).filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

fn opens_a_page(bytes: &[u8]) -> bool {
    let opening = opening(bytes);
    let mut rest = opening.trim_start();
    while let Some(after) = skip_preamble(rest) {
        rest = after.trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| rest.starts_with(tag))
}

/// What follows an XML declaration or a comment at the start of `rest`.
fn skip_preamble(rest: &str) -> Option<&str> {
    [("<?xml", "?>"), ("<!--", "-->")].iter().find_map(|(open, close)| Some(rest.strip_prefix(open)?.split_once(close)?.1))
}

fn has_tag(bytes: &[u8]) -> bool {
    opening(bytes).contains('<') || bytes.contains(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expected: Option<Format>) {
        assert_eq!(detect(Path::new(name), bytes).ok(), expected, "{name}");
    }

    #[test]
    fn content_goes_before_the_name() {
        check("a.txt", b"\n<!-- saved -->\n<!DOCTYPE html><p>x", Some(Format::Html));
        check("a.txt", b"%PDF-1.4 ...", None);
        check("a.html", b"no markup at all", Some(Format::Text));
    }

    #[test]
    fn the_name_decides_between_lookalikes() {
        check("a.md", b"# Title", Some(Format::Markdown));
        check("a.txt", b"# Title", Some(Format::Text));
        check("README", b"plain", Some(Format::Text));
        check("a.csv", b"a,b\n", None);
        check("report.docx", b"plain words under a borrowed name", None);
        check("report.PDF", b"plain words under a borrowed name", None);
        check("a.htm", b"<p>x</p>", Some(Format::Html));
    }
}
