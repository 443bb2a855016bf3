//! Opens files and hands on their documents.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::file::{self, digest_of};
use super::format::{self, Format};
use super::unpacking::{self, Input, Whole};
use super::worker::{self, After, Request, Worker};
use super::{Document, FieldNames, Found, ReadError, Recurring, digest, parse_among};

/// How files are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What they are, whatever they look like; archives are unpacked first. `None` to find out.
    pub format: Option<Format>,
    /// Which fields of records hold what.
    pub fields: FieldNames,
}

/// Reads files.
///
/// Texts, Markdown and HTML are read here. All other formats are read by a [`worker`] process where the reader was given a program to
/// start as one: then nothing that stands in a file can end or exhaust this process. Without one (in a library's user, in tests) they
/// are read here too, with the same limits on what unpacks, and with none on memory, time and the parsers' recursion.
#[derive(Debug, Default)]
pub struct Reader {
    reading: Reading,
    program: Option<PathBuf>,
    worker: Option<Worker>,
}

/// A file opened and not yet read.
#[derive(Debug)]
pub struct Opened<'f> {
    found: &'f Found,
    digest: String,
    content: Content,
    recurring: Option<Arc<Recurring>>,
}

#[derive(Debug)]
enum Content {
    /// One text, at hand.
    Text(Vec<u8>),
    /// A file of another format, to be read from the beginning.
    File(u64),
}

impl Reader {
    /// A reader that reads files so.
    #[must_use]
    pub fn new(reading: Reading) -> Self {
        Self { reading, ..Self::default() }
    }

    /// The same reader, with a program that understands [`worker::COMMAND`] for what is not to be read in this process.
    #[must_use]
    pub fn with_worker(self, program: Option<PathBuf>) -> Self {
        Self { program, ..self }
    }

    /// Opens a file: finds out what it is, and its digest.
    ///
    /// # Errors
    /// [`ReadError`] where it cannot be opened, or is of a format that is not read.
    pub fn open<'f>(&self, found: &'f Found) -> Result<Opened<'f>, ReadError> {
        let mut file = file::open(&found.path)?;
        let mut head = Vec::new();
        file.by_ref().take(format::HEAD as u64).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(ReadError::Empty);
        }
        let plain = self.reading.format.is_none() && format::detect(&found.path, &head)?.is_plain();
        if plain {
            let bytes = file::rest(file, head)?;
            return Ok(Opened { found, digest: digest(&bytes), content: Content::Text(bytes), recurring: None });
        }
        let size = file.metadata()?.len();
        Ok(Opened { found, digest: digest_of(&found.path)?, content: Content::File(size), recurring: None })
    }

    /// Reads a file's documents and hands each to `sink`, in order, until that breaks off; returns what was odd about the file.
    ///
    /// # Errors
    /// [`ReadError`] where there is no document in it, or reading had to stop: `sink` may have got some before.
    pub fn read(&mut self, opened: Opened<'_>, sink: &mut dyn FnMut(Document) -> ControlFlow<()>) -> Result<Vec<String>, ReadError> {
        let Opened { found, digest, content, recurring } = opened;
        match content {
            Content::Text(bytes) => match sink(parse_among(&found.path, &found.id, &bytes, &recurring.unwrap_or_default())?) {
                ControlFlow::Continue(()) => Ok(Vec::new()),
                ControlFlow::Break(()) => Err(ReadError::Stopped),
            },
            Content::File(size) => {
                let path = found.path.display().to_string();
                if let Some(program) = self.program.clone() {
                    let (id, reading) = (found.id.clone(), self.reading.clone());
                    let content = worker::Content::Path(found.path.clone());
                    return self.ask(&program, &Request { content, name: found.path.clone(), path, id, digest, reading }, sink);
                }
                let origin = Whole { path: &path, id: &found.id, digest: &digest };
                unpacking::documents(Input::file(File::open(&found.path)?), size, &origin, &found.path, &self.reading, sink)
            }
        }
    }

    /// Has the worker read a file, the one that is there or a new one.
    fn ask(
        &mut self,
        program: &Path,
        request: &Request,
        sink: &mut dyn FnMut(Document) -> ControlFlow<()>,
    ) -> Result<Vec<String>, ReadError> {
        let mut worker = self.worker.take().map_or_else(|| Worker::start(program), Ok)?;
        let (read, after) = worker.read(request, sink);
        self.worker = matches!(after, After::Ready).then_some(worker);
        read
    }

    /// All documents of bytes called `name`, with the identifier `id`.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_bytes(
        &mut self,
        bytes: Vec<u8>,
        name: &Path,
        id: &str,
        sink: &mut dyn FnMut(Document) -> ControlFlow<()>,
    ) -> Result<Vec<String>, ReadError> {
        let (path, digest) = (name.display().to_string(), digest(&bytes));
        if let Some(program) = self.program.clone() {
            let (id, reading) = (id.to_owned(), self.reading.clone());
            let content = worker::Content::Bytes(bytes);
            return self.ask(&program, &Request { content, name: name.to_owned(), path, id, digest, reading }, sink);
        }
        let origin = Whole { path: &path, id, digest: &digest };
        let size = bytes.len() as u64;
        unpacking::documents(Input::bytes(bytes), size, &origin, name, &self.reading, sink)
    }
}

impl Opened<'_> {
    /// The same, one of many documents in which these lines recur.
    #[must_use]
    pub fn among(self, recurring: Arc<Recurring>) -> Self {
        Self { recurring: Some(recurring), ..self }
    }

    /// SHA-256 of the file's bytes, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether it is one text, and so one document of the file's own name.
    #[must_use]
    pub fn is_one_text(&self) -> bool {
        matches!(self.content, Content::Text(_))
    }
}
