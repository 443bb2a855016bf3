//! Files of any format become [`Document`]s: clean text, blocks, metadata.
//!
//! The text of a plain UTF-8 file is the file itself, byte for byte (a byte order mark included, outside every block): cleaning marks
//! regions, it never moves them. Other formats are rendered to text once, and every offset counts in that text. Boilerplate is marked
//! as a kind of block, never cut.
//!
//! The way of a file: [`walk`] lists it, a [`Reader`] opens it, tells the [`Format`], has the format's own reader cut the text into
//! pieces, gives every piece its role and gathers the metadata.
//!
//! One file may hold many documents: the messages of a mailbox, the records of a table, the pages of a PDF, whatever lies in an archive.
//! Each is a document of its own. Its identifier is the file's, a `#`, and the label of the part: `mail/2014.mbox#3` (the third
//! message), `rows.csv#12` (the twelfth record), `lines.jsonl#7` (the seventh line), `report.pdf#page=2`, `saved.zip#inner/page.html`;
//! parts of parts go on the same way (`saved.zip#old.mbox#3`). A file that is one document keeps its own name, compressed or not
//! (`page.html.gz`). The path stays the file's own. Names inside archives and messages are labels, nothing else: nothing is ever
//! written to disk under them.

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use sha2::{Digest, Sha256};

use crate::span::Span;

use draft::Draft;

mod byline;
mod cleaning;
mod corrections;
mod date;
mod dateline;
mod draft;
mod encoding;
mod entity;
mod error;
mod file;
mod format;
mod front_matter;
mod html;
mod mail;
mod markdown;
mod metadata;
mod mojibake;
mod office;
mod outlet;
#[cfg(test)]
#[path = "../../tests/cli/packed.rs"]
mod packed;
mod pdf;
mod plain;
mod reader;
mod records;
mod recurrence;
mod rendering;
mod rtf;
mod stated;
mod unpacking;
mod walk;
mod warc;
pub mod worker;
mod wrap;

pub use corrections::{CORRECTIONS, Correction, CorrectionError, Corrections};
pub use error::ReadError;
pub(crate) use file::hexadecimal;
pub use file::{LIMIT, digest_of};
pub use format::Format;
pub use reader::{Opened, Reader, Reading};
pub use records::FieldNames;
pub use recurrence::Recurring;
pub use walk::{Found, Selection, WalkCause, WalkProblem, walk};

/// Reads `bytes`, the content of the text, Markdown or HTML file called `name`, as the document `id`. Pure, and total: any bytes give a
/// document or a reason. Other formats are read by a [`Reader`].
///
/// # Errors
/// [`ReadError`] says why the bytes are no document.
pub fn parse(name: &Path, id: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    parse_among(name, id, bytes, &Recurring::default())
}

/// [`parse`] for one of many documents, in which these lines recur.
///
/// # Errors
/// As [`parse`].
pub fn parse_among(name: &Path, id: &str, bytes: &[u8], recurring: &Recurring) -> Result<Document, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    // Words that look like a message or a record are words here: whoever wants their parts reads them with a `Reader`.
    let format = Some(format::detect(name, bytes)?).filter(|format| !format.is_written()).unwrap_or(Format::Text);
    let (draft, problems) = draft_of(format, bytes)?;
    let place = Identity { path: &name.display().to_string(), id, name, format, digest: &digest(bytes), recurring };
    complete(draft, problems, &place)
}

/// The draft of a text, Markdown or HTML file, and what was odd about its bytes.
fn draft_of(format: Format, bytes: &[u8]) -> Result<(Draft, Vec<String>), ReadError> {
    let declared = if format == Format::Html { html::declared_encoding(bytes) } else { None };
    let decoded = encoding::decode(bytes, declared.as_deref()).map_err(|reason| ReadError::NotText { reason })?;
    let decoded = put_right(decoded, format == Format::Html || std::str::from_utf8(bytes).is_err());
    let draft = match format {
        Format::Text => plain::read(decoded.text),
        Format::Markdown => markdown::read(&decoded.text),
        Format::Html => html::read(&decoded.text),
        other => return Err(ReadError::Unsupported { format: other.name() }),
    };
    Ok((draft, decoded.problems))
}

/// What a document is called and where it is from.
struct Identity<'i> {
    path: &'i str,
    id: &'i str,
    /// The name that may tell a date.
    name: &'i Path,
    format: Format,
    digest: &'i str,
    /// What recurs in the documents around it.
    recurring: &'i Recurring,
}

/// Gives the draft's pieces their roles and gathers the metadata.
fn complete(mut draft: Draft, problems: Vec<String>, identity: &Identity<'_>) -> Result<Document, ReadError> {
    if draft.pieces.is_empty() {
        return Err(ReadError::Empty);
    }
    let (blocks, found) = cleaning::clean(&draft, identity.recurring);
    let metadata = metadata::gather(&draft, found, &blocks, identity.name, identity.id);
    let problems = problems.into_iter().chain(std::mem::take(&mut draft.problems)).collect();
    Ok(Document {
        id: identity.id.to_owned(),
        path: identity.path.to_owned(),
        format: identity.format,
        text: draft.text,
        blocks,
        metadata,
        digest: identity.digest.to_owned(),
        problems,
    })
}

/// The text without what was encoded twice, where its positions are its own; else only the report of it.
fn put_right(decoded: encoding::Decoded, free: bool) -> encoding::Decoded {
    let encoding::Decoded { text, mut problems } = decoded;
    let repaired = if free && !text.is_ascii() { mojibake::repair(&text) } else { None };
    let left = if free || text.is_ascii() { 0 } else { mojibake::count(&text) };
    if let Some((text, places)) = repaired {
        problems.push(format!("repaired in {places} places where UTF-8 had been read as Windows-1252"));
        return encoding::Decoded { text, problems };
    }
    if left > 0 {
        problems.push(format!("in {left} places UTF-8 was read as Windows-1252 before it was saved; the text is left as the file has it"));
    }
    encoding::Decoded { text, problems }
}

/// SHA-256 of `bytes`, in hexadecimal.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// One document, as read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Stable identifier: the path below its root, with `/` between folders; for a part of a file, `#` and its label behind that.
    pub id: String,
    /// The path by which its file can be opened.
    pub path: String,
    /// What the bytes were taken for.
    pub format: Format,
    /// The text all spans count in.
    pub text: String,
    /// The text's blocks, in order, not overlapping. Every non-blank line lies in exactly one, save where a caption is glued to the
    /// paragraph after it: there the line holds both.
    pub blocks: Vec<Block>,
    /// Title, publisher, authors, dates, each with where it was read.
    pub metadata: Metadata,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub digest: String,
    /// What was odd about the file but did not stop the reading.
    pub problems: Vec<String>,
}

/// A paragraph, heading, list item or stretch of boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// The document's title.
    Title,
    /// A heading inside the document.
    Heading,
    /// Author, date or place line at the head ("By …", "15 March 2014, 10:15 | Updated: …").
    Byline,
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// A quotation set off by the markup, without marks of its own.
    BlockQuote,
    /// The words under a picture.
    Caption,
    /// Anything that is not the article. Never answers a question.
    Boilerplate(Boilerplate),
}

impl BlockKind {
    /// Whether answers and quotations may come from here. A byline's date says when the report was printed, not when anything
    /// happened; what it says stands in the metadata.
    #[must_use]
    pub fn is_article(self) -> bool {
        !matches!(self, Self::Boilerplate(_) | Self::Byline)
    }
}

/// Kinds of boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Boilerplate {
    /// Menus, section names, breadcrumbs.
    Navigation,
    /// Cookie and consent notices.
    Consent,
    /// Share, print and follow lines.
    Share,
    /// Adverts, job adverts, subscription offers.
    Advert,
    /// Comment prompts.
    Comments,
    /// Lists of other stories.
    Related,
    /// Source and copyright lines.
    Source,
    /// Front matter, scripts, other machine text.
    Machine,
}

/// A metadata value and where it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub origin: Origin,
    /// Where in the document's text it stands, if it stands there.
    pub span: Option<Span>,
}

/// Where a metadata value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// JSON-LD in a page.
    JsonLd,
    /// `<meta>` elements of a page.
    Meta,
    /// `<title>`, headings and `<time>` of a page.
    Markup,
    /// Front matter.
    FrontMatter,
    /// The headers of a message.
    MailHeader,
    /// A field of a record.
    Field,
    /// What an Office file, a book or a PDF says of itself.
    Properties,
    /// The address it was fetched from.
    Address,
    /// The first lines of the text.
    TextHead,
    /// The last lines of the text.
    TextFoot,
    /// The file's or folder's name.
    FileName,
    /// A `sayso.toml` beside the document.
    Correction,
}

/// How sure a metadata value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Somebody wrote it down as just this: a setting, a field of the format.
    Stated,
    /// It stands where such things stand, and looks like one.
    Read,
    /// It follows from something else, such as the file's name.
    Guessed,
}

impl Origin {
    /// How sure a value is that was read here.
    #[must_use]
    pub fn certainty(self) -> Certainty {
        match self {
            Self::Correction | Self::JsonLd | Self::Meta | Self::FrontMatter | Self::MailHeader | Self::Field => Certainty::Stated,
            Self::Markup | Self::TextHead | Self::TextFoot => Certainty::Read,
            // A program notes its user and its clock, whoever wrote the words and whenever they appeared.
            Self::FileName | Self::Properties | Self::Address => Certainty::Guessed,
        }
    }

    /// Its name, for people and machines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLd => "json-ld",
            Self::Meta => "meta",
            Self::Markup => "markup",
            Self::FrontMatter => "front-matter",
            Self::MailHeader => "mail-header",
            Self::Field => "field",
            Self::Properties => "properties",
            Self::Address => "address",
            Self::TextHead => "text-head",
            Self::TextFoot => "text-foot",
            Self::FileName => "file-name",
            Self::Correction => "sayso.toml",
        }
    }
}

/// What is known about a document besides its words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Headline.
    pub title: Option<Sourced<String>>,
    /// Outlet.
    pub publisher: Option<Sourced<String>>,
    /// Authors, in order.
    pub authors: Vec<Sourced<String>>,
    /// Day of first publication.
    pub published: Option<Sourced<Date>>,
    /// Day of the last update.
    pub updated: Option<Sourced<Date>>,
}

impl Metadata {
    /// These values, and `other`'s where there are none.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            publisher: self.publisher.or(other.publisher),
            authors: if self.authors.is_empty() { other.authors } else { self.authors },
            published: self.published.or(other.published),
            updated: self.updated.or(other.updated),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn blocks_fit(document: &Document) -> Result<(), TestCaseError> {
        let mut end = 0;
        for block in &document.blocks {
            prop_assert!(block.span.start >= end && block.span.start < block.span.end, "{:?} after {end}", block.span);
            prop_assert!(document.text.get(block.span.start..block.span.end).is_some(), "{:?} splits a character", block.span);
            let between = document.text.get(end..block.span.start).unwrap_or_default();
            prop_assert!(between.chars().all(plain::invisible), "left out: {between:?}");
            end = block.span.end;
        }
        prop_assert!(document.text.get(end..).is_some_and(|rest| rest.chars().all(plain::invisible)));
        Ok(())
    }

    fn check(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
        match parse(Path::new(name), name, bytes) {
            Ok(document) => blocks_fit(&document),
            Err(_) => Ok(()),
        }
    }

    /// Lines such as files are made of, in any order.
    fn lines() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec![
            "",
            "",
            "---",
            "title: x",
            "Home News Sport",
            "By Ann Lister",
            "21 OCT 2013",
            "From The Courier",
            "• one",
            "Most read",
            "SIGN UP",
            "£1,000 - £2,000",
            "Recruiter: X",
            "The bridge image",
            "The bridge",
            "schoolThe bridge has been shut since Monday, it was said.",
            "<p>It was <b>shut</b>.</p>",
            "<ul><li>one<li>two</ul>",
            "> quoted",
            "# Head",
            "It has been shut since Monday, and nobody knows when it will open again.",
            "“It is shut,” he said.",
            "\u{feff}",
            "one\0two three four",
            "We use cookies. Close",
            "<div><script>x</script>",
            "\r",
        ]);
        (prop::collection::vec(line, 0..40), prop::sample::select(vec!["\n", "\r\n", "\r"])).prop_map(|(lines, end)| lines.join(end))
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_document_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            for name in ["a.txt", "a.md", "a.html"] {
                check(name, &bytes)?;
            }
        }

        #[test]
        fn any_text_is_covered_by_its_blocks(text in "(\\PC|[\\s<>&;/#*`\"|-]){0,400}", page in any::<bool>()) {
            let text = if page { format!("<html>{text}") } else { text };
            for name in ["a.txt", "a.md", "a.html"] {
                check(name, text.as_bytes())?;
            }
        }

        #[test]
        fn lines_of_every_kind_are_covered_by_blocks(text in lines(), page in any::<bool>()) {
            let text = if page { format!("<html>{text}") } else { text };
            for name in ["a.txt", "a.md", "a.html"] {
                check(name, text.as_bytes())?;
            }
        }

        #[test]
        fn plain_text_is_the_file_itself(text in lines()) {
            if let Ok(document) = parse(Path::new("a.txt"), "a.txt", text.as_bytes()) {
                prop_assert!(document.format != Format::Text || document.text == text);
            }
        }
    }

    #[test]
    fn text_encoded_twice_is_put_right_where_that_moves_no_place_in_a_file() {
        let broken = "<p>â€œItâ€™s shut,â€\u{9d} he said of the bridge, which has been closed since Monday.</p>";
        let page = parse(Path::new("a.html"), "a", broken.as_bytes()).unwrap();
        assert!(page.text.contains("“It’s shut,” he said"), "{}", page.text);
        assert!(page.problems.iter().any(|problem| problem.contains("repaired in 3 places")), "{:?}", page.problems);
        let plain = parse(Path::new("a.txt"), "a", broken.as_bytes());
        let plain = plain.unwrap();
        assert_eq!(plain.text, broken);
        assert!(plain.problems.iter().any(|problem| problem.contains("in 3 places")), "{:?}", plain.problems);
    }

    #[test]
    fn empty_files_and_blank_ones_are_told() {
        for bytes in ["", " \n\t\r\n", "\u{feff}"] {
            assert!(matches!(parse(Path::new("a.txt"), "a", bytes.as_bytes()), Err(ReadError::Empty)), "{bytes:?}");
        }
    }
}
