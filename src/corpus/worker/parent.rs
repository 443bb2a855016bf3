//! The side that asks: starts the process, waits only so long, and makes one line of whatever happens to it.

use std::io::{BufReader, BufWriter, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{COMMAND, ReadError, Reply, Request, receive, send};
use crate::corpus::Document;

/// How long a sign of life may take. The process stops itself after less time of work; a busy machine may give it that time late.
const PATIENCE: Duration = Duration::from_secs(60);
/// Replies that may wait for whoever takes them.
const WAITING: usize = 4;
/// Bytes of what the process says on its standard error that are kept.
const LAST_WORDS: u64 = 4096;

/// A process that reads files.
#[derive(Debug)]
pub(in crate::corpus) struct Worker {
    child: Child,
    requests: Option<BufWriter<ChildStdin>>,
    replies: Receiver<Reply>,
    last_words: Option<JoinHandle<String>>,
}

/// What has become of a process after a request.
pub(in crate::corpus) enum After {
    /// It waits for the next.
    Ready,
    /// It is of no more use.
    Gone,
}

impl Worker {
    /// Starts the program as a reading process.
    pub(in crate::corpus) fn start(program: &Path) -> Result<Self, ReadError> {
        let mut command = Command::new(program);
        command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).env_clear();
        let mut child = command.spawn().map_err(|error| ReadError::NoWorker { reason: error.to_string() })?;
        let (requests, output, errors) = (child.stdin.take().map(BufWriter::new), child.stdout.take(), child.stderr.take());
        let (sender, replies) = mpsc::sync_channel(WAITING);
        thread::spawn(move || {
            let Some(output) = output else { return };
            let mut output = BufReader::with_capacity(1 << 16, output);
            while let Ok(Some(reply)) = receive::<Reply>(&mut output) {
                if sender.send(reply).is_err() {
                    break;
                }
            }
        });
        let last_words = thread::spawn(move || {
            let mut words = Vec::new();
            if let Some(mut errors) = errors {
                let _ = errors.by_ref().take(LAST_WORDS).read_to_end(&mut words);
                let _ = std::io::copy(&mut errors, &mut std::io::sink());
            }
            String::from_utf8_lossy(&words).into_owned()
        });
        Ok(Self { child, requests, replies, last_words: Some(last_words) })
    }

    /// Has a file read and hands its documents to `sink`; returns what was odd about it, and whether the process can be used again.
    pub(in crate::corpus) fn read(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(Document) -> ControlFlow<()>,
    ) -> (Result<Vec<String>, ReadError>, After) {
        let sent = self.requests.as_mut().map(|requests| send(requests, request));
        if !matches!(sent, Some(Ok(()))) {
            return (Err(self.obituary()), After::Gone);
        }
        loop {
            match self.replies.recv_timeout(PATIENCE) {
                Ok(Reply::Document(document)) => {
                    if sink(*document).is_break() {
                        return (Err(ReadError::Stopped), After::Gone);
                    }
                }
                Ok(Reply::Done(problems)) => return (Ok(problems), After::Ready),
                Ok(Reply::Failed { reason, passing }) => {
                    let error = if passing { ReadError::Unreadable(std::io::Error::other(reason)) } else { ReadError::Reported(reason) };
                    return (Err(error), After::Ready);
                }
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = PATIENCE.as_secs();
                    return (Err(ReadError::Crashed { cause: format!("gave no sign of life for {seconds} s") }), After::Gone);
                }
                Err(RecvTimeoutError::Disconnected) => return (Err(self.obituary()), After::Gone),
            }
        }
    }

    /// Why the process is no more.
    fn obituary(&mut self) -> ReadError {
        drop(self.requests.take());
        let status = self.child.kill().and_then(|()| self.child.wait()).or_else(|_| self.child.wait()).ok();
        let words = self.last_words.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        ReadError::Crashed { cause: cause(status, &words) }
    }
}

/// What a process died of, as a person would say it.
fn cause(status: Option<ExitStatus>, words: &str) -> String {
    if words.contains("memory allocation of") || words.contains("out of memory") {
        return "needed more memory than a file may take".to_owned();
    }
    if words.contains("overflowed its stack") {
        return "found it nested too deeply".to_owned();
    }
    match status.and_then(signal) {
        Some(24) => "took more time than a file may take".to_owned(),
        Some(number) => format!("was ended by signal {number}"),
        None => "ended unexpectedly".to_owned(),
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.requests.take());
        // It may be in the middle of something that nobody waits for any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
