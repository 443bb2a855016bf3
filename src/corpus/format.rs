//! Decides what a file is: by its first bytes, then by its name.
//!
//! A page saved as `.txt` is a page; a PDF saved as `.txt` is a PDF. Names only decide between formats that look alike.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ReadError;

/// File formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// A message.
    Mail,
    /// Messages one after another (mbox).
    Mailbox,
    /// Records in rows, comma- or tab-separated.
    Table,
    /// One JSON value: a record or a list of them.
    Json,
    /// JSON records, one a line.
    JsonLines,
    /// PDF.
    Pdf,
    /// WordprocessingML (docx).
    Docx,
    /// OpenDocument (odt and its sisters).
    Odt,
    /// A book (EPUB).
    Epub,
    /// Rich Text Format.
    Rtf,
    /// A web archive.
    Warc,
    /// A gzip stream of any of the others.
    Gzip,
    /// A Zstandard stream of any of the others.
    Zstandard,
    /// A zip archive of any of the others.
    Zip,
    /// A tar archive of any of the others.
    Tar,
}

impl Format {
    /// The formats by the names that [`Format::named`] knows, each by its first.
    pub const NAMES: &'static [(Self, &'static [&'static str])] = &[
        (Self::Text, &["text", "txt"]),
        (Self::Markdown, &["markdown", "md"]),
        (Self::Html, &["html", "htm"]),
        (Self::Mail, &["mail", "eml"]),
        (Self::Mailbox, &["mbox", "mailbox"]),
        (Self::Table, &["csv", "tsv", "table"]),
        (Self::Json, &["json"]),
        (Self::JsonLines, &["jsonl", "ndjson"]),
        (Self::Pdf, &["pdf"]),
        (Self::Docx, &["docx"]),
        (Self::Odt, &["odt", "opendocument"]),
        (Self::Epub, &["epub"]),
        (Self::Rtf, &["rtf"]),
        (Self::Warc, &["warc"]),
        (Self::Gzip, &["gzip", "gz"]),
        (Self::Zstandard, &["zstd", "zst"]),
        (Self::Zip, &["zip"]),
        (Self::Tar, &["tar"]),
    ];

    /// The format people call `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let known = |(_, names): &&(Self, &[&str])| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        Self::NAMES.iter().find(known).map(|(format, _)| *format)
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(format, _)| *format == self).and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }

    /// An ending by which a file's name tells it.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Mail => "eml",
            Self::Zstandard => "zst",
            Self::Gzip => "gz",
            other => other.name(),
        }
    }

    /// Whether its reader takes bytes and makes one document of them, whatever they are.
    pub(super) fn is_plain(self) -> bool {
        matches!(self, Self::Text | Self::Markdown | Self::Html)
    }

    /// Whether its files are text with a syntax for records.
    pub(super) fn is_written(self) -> bool {
        matches!(self, Self::Mail | Self::Mailbox | Self::Table | Self::Json | Self::JsonLines)
    }

    /// Whether it only holds files of other formats.
    pub(super) fn is_container(self) -> bool {
        matches!(self, Self::Gzip | Self::Zstandard | Self::Zip | Self::Tar)
    }
}

/// How many bytes [`detect`] looks at.
pub(super) const HEAD: usize = 4096;

/// First bytes of formats that are read.
const MAGIC: &[(&[u8], Format)] = &[
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"\x1F\x8B\x08", Format::Gzip),
    (b"\x28\xB5\x2F\xFD", Format::Zstandard),
    (b"%PDF-", Format::Pdf),
    (b"{\\rtf", Format::Rtf),
    (b"WARC/", Format::Warc),
];

/// First bytes of formats that are not read, and what to call them.
const UNREAD: &[(&[u8], &str)] = &[
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ\0", "xz"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"Rar!\x1A\x07", "rar"),
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

/// Endings of formats that no first bytes tell for certain.
const ENDINGS: &[(&str, Format)] = &[
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("mkd", Format::Markdown),
    ("mdown", Format::Markdown),
    ("csv", Format::Table),
    ("tsv", Format::Table),
    ("tab", Format::Table),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("eml", Format::Mail),
    ("mbox", Format::Mailbox),
];

/// Endings of files that are no text, whatever their bytes look like, and what to call them; those of formats that are read are told by
/// their bytes before.
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
    ("gz", "gzip"),
    ("tgz", "gzip"),
    ("zst", "Zstandard"),
    ("tar", "tar"),
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
];

/// What the file called `name` holds, by its first [`HEAD`] bytes (or all, where it is shorter).
///
/// # Errors
/// [`ReadError::Unsupported`] with the name of a format that is not read, [`ReadError::Damaged`] where the name tells one that is read
/// and the bytes are none of it.
pub(super) fn detect(name: &Path, head: &[u8]) -> Result<Format, ReadError> {
    if let Some((_, format)) = UNREAD.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(ReadError::Unsupported { format });
    }
    if let Some(format) = by_content(head) {
        return Ok(format);
    }
    let ending = name.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "html" | "htm" | "xhtml" | "shtml") && head.contains(&b'<') {
        return Ok(Format::Html);
    }
    if let Some((_, format)) = ENDINGS.iter().find(|(known, _)| *known == ending) {
        return Ok(if *format == Format::Json && has_lines_of_json(head) { Format::JsonLines } else { *format });
    }
    match NOT_DOCUMENTS.iter().find(|(known, _)| *known == ending) {
        Some((_, format)) if Format::named(&ending).is_some() || ending == "tgz" => {
            Err(ReadError::Damaged { format, reason: "it does not begin like one".to_owned() })
        }
        Some((_, format)) => Err(ReadError::Unsupported { format }),
        None if has_lines_of_json(head) => Ok(Format::JsonLines),
        None => Ok(Format::Text),
    }
}

/// The format that the first bytes tell for certain.
fn by_content(head: &[u8]) -> Option<Format> {
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(*format);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Format::Tar);
    }
    match head {
        _ if opens_a_page(head) => Some(Format::Html),
        _ if opens_a_mailbox(head) => Some(Format::Mailbox),
        _ if opens_a_message(head) => Some(Format::Mail),
        _ => None,
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

/// A line that begins a message of a mailbox, and a header below it.
fn opens_a_mailbox(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n');
    lines.next().is_some_and(is_separator) && lines.next().is_some_and(|line| header_name(line).is_some() || line.starts_with(b">From "))
}

/// Whether a line is one that begins a message of a mailbox: `From somebody@example.org Mon Mar  3 10:00:00 2014`. Sentences begin with
/// the same word, and do not tell a time and a year.
pub(super) fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(u8::is_ascii_whitespace);
    let year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    let time = |word: &[u8]| word.contains(&b':') && word.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
    words().any(year) && words().any(time)
}

/// Headers that messages have and other texts with a colon in their lines do not.
const HEADERS: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "reply-to",
    "sender",
    "content-type",
    "x-mailer",
    "user-agent",
    "dkim-signature",
    "in-reply-to",
    "references",
];
/// Those of them that somebody might put above a text by hand.
const HUMAN: &[&str] = &["from", "to", "cc", "subject", "date"];

/// Lines of headers, three of messages' own or more, not all of them such as anybody writes above a text.
fn opens_a_message(head: &[u8]) -> bool {
    let lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let header = lines.take_while(|line| !line.is_empty());
    let mut known: Vec<String> = Vec::new();
    for line in header {
        let Some(name) = header_name(line) else {
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                continue;
            }
            break;
        };
        let name = name.to_ascii_lowercase();
        if HEADERS.contains(&name.as_str()) && !known.contains(&name) {
            known.push(name);
        }
    }
    known.len() >= 3 && known.iter().any(|name| !HUMAN.contains(&name.as_str()))
}

/// The name of the header a line holds.
pub(super) fn header_name(line: &[u8]) -> Option<&str> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = std::str::from_utf8(line.get(..colon)?).ok()?;
    let fits = !name.is_empty() && name.len() <= 76 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    fits.then_some(name)
}

/// Whether the first line is a whole JSON object and the second begins one.
fn has_lines_of_json(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let first = lines.next().unwrap_or_default().trim_ascii();
    let object = first.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
    object && lines.next().is_some_and(|line| line.trim_ascii_start().starts_with(b"{"))
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
        check("a.html", b"no markup at all", Some(Format::Text));
        check("a.txt", b"%PDF-1.4 ...", Some(Format::Pdf));
        check("a.txt", b"PK\x03\x04...", Some(Format::Zip));
        check("a.txt", b"\x1F\x8B\x08\0", Some(Format::Gzip));
        check("a.txt", b"From ann@example.org Mon Mar  3 10:00:00 2014\nSubject: Ferry\n\n", Some(Format::Mailbox));
        check("a.txt", b"Return-Path: <a@example.org>\r\nFrom: Ann\r\n Lister\r\nSubject: Ferry\r\n\r\nx", Some(Format::Mail));
        check("a.log", b"{\"a\":1}\n{\"a\":2}\n", Some(Format::JsonLines));
        check("a.json", b"{\"a\":1}\n{\"a\":2}\n", Some(Format::JsonLines));
    }

    #[test]
    fn every_format_is_told_by_its_ending_where_bytes_leave_it_open() {
        for (format, _) in Format::NAMES.iter().filter(|(format, _)| format.is_plain() || format.is_written()) {
            let bytes = if *format == Format::Html { b"<p>x".as_slice() } else { b"x" };
            check(&format!("a.{}", format.ending()), bytes, Some(*format));
        }
    }

    #[test]
    fn what_only_looks_like_mail_is_text() {
        check("a.txt", b"From the harbour came a shout.\nIt was: too late.\n", Some(Format::Text));
        check("a.txt", b"From: Ann\nTo: Bo\nSubject: Ferry\nDate: Monday\n\nThe ferry stops.", Some(Format::Text));
    }

    #[test]
    fn the_name_decides_between_lookalikes() {
        check("a.md", b"# Title", Some(Format::Markdown));
        check("a.txt", b"# Title", Some(Format::Text));
        check("README", b"plain", Some(Format::Text));
        check("a.csv", b"a,b\n", Some(Format::Table));
        check("a.json", b"{\n\"a\": 1}\n", Some(Format::Json));
        check("report.docx", b"plain words under a borrowed name", None);
        check("report.PDF", b"plain words under a borrowed name", None);
        check("a.htm", b"<p>x</p>", Some(Format::Html));
    }

    #[test]
    fn a_broken_file_of_a_known_format_is_damaged() {
        for name in ["a.docx", "a.pdf", "a.rtf", "a.odt", "a.epub", "a.zip", "a.gz", "a.tgz", "a.zst", "a.tar"] {
            assert!(matches!(detect(Path::new(name), b"plain words"), Err(ReadError::Damaged { .. })), "{name}");
        }
        assert!(matches!(detect(Path::new("a.xlsx"), b"plain words"), Err(ReadError::Unsupported { .. })));
    }
}
