//! The process that reads: takes requests, gives documents.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::{Content, ReadError, Reply, Request, limits, receive, send};
use crate::corpus::unpacking::{self, Input, Whole};

/// Stack for the parsers, in bytes.
const STACK: usize = 32 << 20;

/// Reads the files that `input` asks for and writes their documents to `output`, until either ends. Limits the whole process first:
/// nothing else can be done in it.
///
/// # Errors
/// Where the streams break.
pub fn serve(input: impl Read + Send, output: impl Write + Send) -> io::Result<()> {
    limits::set();
    // What goes wrong is told to the other side, not to the terminal.
    std::panic::set_hook(Box::new(|_| ()));
    let work = || answer_all(&mut BufReader::new(input), &mut BufWriter::new(output));
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the reading thread failed")))
    })
}

fn answer_all(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    while let Some(request) = receive::<Request>(input)? {
        limits::more_time();
        let reply = catch_unwind(AssertUnwindSafe(|| answer(request, output)));
        let failed = |_| Reply::Failed { reason: "damaged: its reader met something it did not expect".to_owned(), passing: false };
        send(output, &reply.unwrap_or_else(failed))?;
    }
    Ok(())
}

/// Reads one file, sends its documents, and returns the last that is to be said.
fn answer(request: Request, output: &mut impl Write) -> Reply {
    let Request { content, name, path, id, digest, reading } = request;
    let (input, size) = match content {
        Content::Bytes(bytes) => {
            let size = bytes.len() as u64;
            (Ok(Input::bytes(bytes)), size)
        }
        Content::Path(path) => match File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file))) {
            Ok((size, file)) => (Ok(Input::file(file)), size),
            Err(error) => (Err(ReadError::Unreadable(error)), 0),
        },
    };
    let origin = Whole { path: &path, id: &id, digest: &digest };
    let read = input.and_then(|input| {
        unpacking::documents(input, size, &origin, &name, &reading, &mut |document| {
            limits::more_time();
            send(output, &Reply::Document(Box::new(document))).map_or(ControlFlow::Break(()), ControlFlow::Continue)
        })
    });
    match read {
        Ok(problems) => Reply::Done(problems),
        // The other side says of the system's words that they are the system's.
        Err(ReadError::Unreadable(error)) => Reply::Failed { passing: true, reason: error.to_string() },
        Err(error) => Reply::Failed { passing: error.is_passing(), reason: error.to_string() },
    }
}
