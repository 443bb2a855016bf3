//! Files whose formats can overflow, hang or explode are read in another process, which may die without harm.
//!
//! The process is the program itself, started with [`COMMAND`]. It limits its own memory and processor time, reads the files it is told
//! to, and writes their documents to its standard output; it is used for one file after another, and replaced when it dies. The other
//! side waits only so long for a sign of life, takes only so much, and makes one line of whatever goes wrong.
//!
//! Frames go both ways: four bytes that count, little end first, then that many bytes in postcard's encoding.

mod child;
mod limits;
mod parent;

use std::io::{self, Read, Write};
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::reader::Reading;
use super::{Document, ReadError};

pub use child::serve;
pub(super) use parent::{After, Worker};

/// The hidden command that makes the program such a process.
pub const COMMAND: &str = "read-worker";

/// The largest frame that is taken, in bytes: the largest document with all its blocks.
const LARGEST: u32 = 384 << 20;

/// A file to read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) content: Content,
    /// What the file is called; it may tell the format, and a date.
    pub(super) name: PathBuf,
    pub(super) path: String,
    pub(super) id: String,
    pub(super) digest: String,
    pub(super) reading: Reading,
}

/// What is read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Content {
    /// The file at this path.
    Path(PathBuf),
    /// These bytes.
    Bytes(Vec<u8>),
}

/// What comes of it: documents, then one of the others.
#[derive(Debug, Serialize, Deserialize)]
enum Reply {
    Document(Box<Document>),
    Done(Vec<String>),
    Failed { reason: String, passing: bool },
}

fn send(output: &mut impl Write, frame: &impl Serialize) -> io::Result<()> {
    let bytes = postcard::to_allocvec(frame).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= LARGEST);
    let length = length.ok_or_else(|| io::Error::other("too large a document"))?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(&bytes)?;
    output.flush()
}

/// The next frame; `None` at the end of the stream.
fn receive<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u32::from_le_bytes(length);
    if length > LARGEST {
        return Err(io::Error::other("a frame of a size that none has"));
    }
    // Room is made as bytes come, not as they are announced.
    let mut bytes = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut bytes)?;
    postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
}
