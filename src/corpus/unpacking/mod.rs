//! One file becomes its documents, however many it holds and however deep they lie in archives.
//!
//! Documents are handed on one at a time, as they are read: a mailbox of a gigabyte is never in memory. What is read is limited by the
//! bytes that really come out (declared sizes are not looked at): of one document, of the whole file, and by how deep archives lie in
//! each other. A part that is no document is counted, with its reason, and stops nothing. Nothing is written anywhere.

mod budget;
mod gzip;
mod input;
mod tally;
mod tar;
mod zip;
mod zstandard;

use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::draft::Draft;
use super::file::LIMIT;
use super::format::{self, Format};
use super::reader::Reading;
use super::{Document, Identity, Metadata, ReadError, Recurring, complete, draft_of, mail, pdf, records, rtf, warc};

use budget::Budget;
pub(super) use gzip::Members;
pub(super) use input::Input;
use tally::Tally;

/// How deep archives may lie in each other (a compressed archive counts twice).
const DEEPEST: usize = 6;

/// The file whose documents are read.
pub(super) struct Whole<'o> {
    pub(super) path: &'o str,
    /// The file's identifier; those of its parts begin with it.
    pub(super) id: &'o str,
    pub(super) digest: &'o str,
}

/// A place inside a file.
#[derive(Clone)]
pub(super) struct Place<'p> {
    /// What stands there is called so.
    pub(super) name: &'p Path,
    /// What tells it from the file's other documents; `None` for the file itself.
    pub(super) label: Option<String>,
    depth: usize,
}

impl<'p> Place<'p> {
    /// The file itself.
    pub(super) fn whole(name: &'p Path) -> Self {
        Self { name, label: None, depth: 0 }
    }

    /// The part of this place with that label.
    pub(super) fn part(&self, label: &str) -> Place<'p> {
        let label = clean(label);
        let label = self.label.as_ref().map_or_else(|| label.clone(), |outer| format!("{outer}#{label}"));
        Place { name: self.name, label: Some(label), depth: self.depth }
    }

    /// The same, for what is called `name` inside an archive.
    pub(super) fn entry<'n>(&self, label: &str, name: &'n Path) -> Place<'n> {
        Place { name, depth: self.depth + 1, ..self.part(label) }.rename(name)
    }

    /// The same place, where something called `name` stands.
    pub(super) fn named<'n>(&self, name: &'n Path) -> Place<'n> {
        Place { depth: self.depth + 1, ..self.rename(name) }
    }

    fn rename<'n>(&self, name: &'n Path) -> Place<'n> {
        Place { name, label: self.label.clone(), depth: self.depth }
    }
}

/// Characters of a label; what is longer is cut.
const LONGEST_LABEL: usize = 400;

/// A label that can be typed and printed: no control and no character that turns the direction of writing.
fn clean(label: &str) -> String {
    let odd =
        |c: char| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    label.chars().filter(|c| !odd(*c)).take(LONGEST_LABEL).collect()
}

/// Whether a name inside an archive is one that systems hide, or lies in a folder that they hide.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part.starts_with('.') && !matches!(part, "." | ".."))
}

/// A file being read.
pub(super) struct Unpacking<'u> {
    origin: &'u Whole<'u>,
    reading: &'u Reading,
    budget: Budget,
    sink: &'u mut dyn FnMut(Document) -> ControlFlow<()>,
    tally: Tally,
    /// What is known of the documents being read from what holds them; it counts where they say nothing themselves.
    given: Metadata,
}

/// Reads all documents of a file of `size` bytes and hands them to `sink`; returns what was odd about it.
///
/// # Errors
/// [`ReadError`] where it holds no document, or reading had to stop; documents may have been handed on before.
pub(super) fn documents(
    input: Input<'_>,
    size: u64,
    origin: &Whole<'_>,
    name: &Path,
    reading: &Reading,
    sink: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<Vec<String>, ReadError> {
    let mut unpacking =
        Unpacking { origin, reading, budget: Budget::for_file(size), sink, tally: Tally::default(), given: Metadata::default() };
    let read = unpacking.take(input, &Place::whole(name));
    read.map_err(|error| unpacking.budget.cause(error))?;
    unpacking.tally.settle()
}

impl Unpacking<'_> {
    /// Reads what stands at `place`.
    fn take(&mut self, mut input: Input<'_>, place: &Place<'_>) -> Result<(), ReadError> {
        if place.depth > DEEPEST {
            return Err(ReadError::Nested { limit: DEEPEST });
        }
        let head = input.head(format::HEAD)?;
        if head.is_empty() {
            return Err(ReadError::Empty);
        }
        let found = format::detect(place.name, &head);
        let format = match (self.reading.format, found) {
            (Some(asked), Ok(found)) if !found.is_container() => asked,
            (Some(asked), Err(_)) => asked,
            (_, found) => found?,
        };
        self.read(format, input, place)
    }

    fn read(&mut self, format: Format, input: Input<'_>, place: &Place<'_>) -> Result<(), ReadError> {
        match format {
            Format::Text | Format::Markdown | Format::Html => {
                let (draft, problems) = draft_of(format, &input.whole(LIMIT)?)?;
                self.emit(draft, problems, format, place)
            }
            Format::Mail => mail::message(&input.whole(LIMIT)?, place, self),
            Format::Mailbox => mail::mailbox(&mut input.reader(), place, self),
            Format::Table => records::table(&mut input.reader(), place, self),
            Format::Json => records::json(&input.whole(LIMIT)?, place, self),
            Format::JsonLines => records::lines(&mut input.reader(), place, self),
            Format::Gzip => {
                let stream = self.budget.meter(Members::new(input.reader()));
                self.stream(Input::stream(BufReader::new(stream)), place, &["gz", "gzip"])
            }
            Format::Zstandard => {
                let stream = self.budget.meter(zstandard::Frames::new(input.reader()));
                self.stream(Input::stream(BufReader::new(stream)), place, &["zst", "zstd"])
            }
            Format::Zip | Format::Docx | Format::Odt | Format::Epub => zip::entries(format, input, place, self),
            Format::Rtf => {
                let (draft, noted) = rtf::read(&input.whole(LIMIT)?);
                self.emit_with(draft, format, place, noted)
            }
            Format::Pdf => pdf::pages(&input.whole(LIMIT)?, place, self),
            Format::Warc => warc::records(&mut input.reader(), place, self),
            Format::Tar => tar::entries(input.reader(), place, self),
        }
    }

    /// Reads what a compressed file holds: it is called what the file is called without the ending.
    fn stream(&mut self, input: Input<'_>, place: &Place<'_>, endings: &[&str]) -> Result<(), ReadError> {
        let ending = place.name.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let inner = match ending.as_str() {
            "tgz" | "tzst" => place.name.with_extension("tar"),
            ending if endings.contains(&ending) => place.name.with_extension(""),
            _ => place.name.to_owned(),
        };
        let place = Place { name: &inner, label: place.label.clone(), depth: place.depth + 1 };
        self.take(input, &place)
    }

    /// Reads what stands at `place`, of which whatever holds it says `given`.
    pub(super) fn take_with(&mut self, input: Input<'_>, place: &Place<'_>, given: Metadata) -> Result<(), ReadError> {
        self.with(given, |unpacking| unpacking.take(input, place))
    }

    /// Reads something of which whatever holds it says `given`.
    fn with(&mut self, given: Metadata, read: impl FnOnce(&mut Self) -> Result<(), ReadError>) -> Result<(), ReadError> {
        let outer = std::mem::replace(&mut self.given, given);
        let read = read(self);
        self.given = outer;
        read
    }

    /// Reads one part of many: what is wrong with it is counted and stops nothing, unless the whole file must be left.
    pub(super) fn part(&mut self, input: Input<'_>, place: &Place<'_>) -> Result<(), ReadError> {
        let read = self.take(input, place);
        self.settle(read, place)
    }

    /// Counts what is wrong with one part of many; an error that ends the whole file's reading goes on.
    pub(super) fn settle(&mut self, read: Result<(), ReadError>, place: &Place<'_>) -> Result<(), ReadError> {
        match read {
            Err(error @ (ReadError::Stopped | ReadError::Expands { .. })) => Err(error),
            Err(_) if self.budget.is_spent() => Err(self.budget.exceeded()),
            Err(error) => {
                self.tally.failed(place.label.as_deref().unwrap_or_default(), &error);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Completes a draft and hands the document on.
    pub(super) fn emit(&mut self, draft: Draft, problems: Vec<String>, format: Format, place: &Place<'_>) -> Result<(), ReadError> {
        let id = place.label.as_ref().map_or_else(|| self.origin.id.to_owned(), |label| format!("{}#{label}", self.origin.id));
        let (path, digest, recurring) = (self.origin.path, self.origin.digest, &Recurring::default());
        let identity = Identity { path, id: &id, name: place.name, format, digest, recurring };
        let mut document = complete(draft, problems, &identity)?;
        document.metadata = document.metadata.or(self.given.clone());
        self.tally.read();
        if (self.sink)(document).is_break() { Err(ReadError::Stopped) } else { Ok(()) }
    }

    /// The same for a document of which its file says `given` where its text says nothing.
    pub(super) fn emit_with(&mut self, draft: Draft, format: Format, place: &Place<'_>, given: Metadata) -> Result<(), ReadError> {
        self.with(given, |unpacking| unpacking.emit(draft, Vec::new(), format, place))
    }

    /// How the file is to be read.
    pub(super) fn reading(&self) -> &Reading {
        self.reading
    }

    /// All bytes that come out of a stream, counted.
    pub(super) fn unpacked(&self, stream: impl Read) -> Result<Vec<u8>, ReadError> {
        Input::stream(BufReader::new(self.budget.meter(stream))).whole(LIMIT)
    }

    /// Where the bytes that come out are counted.
    fn budget(&self) -> Budget {
        self.budget.clone()
    }
}

#[cfg(test)]
mod tests;
