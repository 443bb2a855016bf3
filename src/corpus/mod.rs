//! Files of any format become [`Document`]s: clean text, blocks, metadata.
//!
//! The text of a plain UTF-8 file is the file itself, byte for byte: cleaning marks regions, it never moves them. Other formats
//! are rendered to text once, and every offset counts in that text. Boilerplate is marked as a kind of block, never cut.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::span::Span;

/// One document, as read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Stable identifier: the path below its root, with `/` between folders.
    pub id: String,
    /// The path by which it can be opened.
    pub path: String,
    /// What the bytes were taken for.
    pub format: Format,
    /// The text all spans count in.
    pub text: String,
    /// The text's blocks, in order; every non-blank line lies in exactly one.
    pub blocks: Vec<Block>,
    /// Title, publisher, authors, dates, each with where it was read.
    pub metadata: Metadata,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub digest: String,
    /// What was odd about the file but did not stop the reading.
    pub problems: Vec<String>,
}

/// File formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
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
    /// Whether answers and quotations may come from here.
    #[must_use]
    pub fn is_article(self) -> bool {
        !matches!(self, Self::Boilerplate(_))
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
    /// The first lines of the text.
    TextHead,
    /// The last lines of the text.
    TextFoot,
    /// The file's or folder's name.
    FileName,
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
