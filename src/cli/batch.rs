//! JSON lines in, one JSON document a line out, in order. A bad line gets an error document; the rest goes on.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use serde::Serialize;
use serde_json::Value;

use super::Ending;
use super::output::{Failure, Output};
use crate::engine::Engine;
use crate::render::json::JsonError;

/// The lines of a file, or of standard input for `-`.
pub(super) fn lines(file: &Path) -> Result<Box<dyn BufRead + Send>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(BufReader::new(File::open(file).map_err(|error| Failure::file(file, &error))?)))
}

/// What came of a line.
type Answer = Result<(Value, Ending), Failure>;

/// Runs `answer` over every line. Ends as the worst of them did: well only where every line was answered, or every quote confirmed.
pub(super) fn run(file: &Path, output: &Output, answer: impl Fn(&Value) -> Answer) -> Result<Ending, Failure> {
    let mut worst = Ending::Good;
    for line in numbered(file)? {
        let (number, text) = line?;
        let (document, ending) = one(&text, number, &answer);
        output.line(&document)?;
        worst = worst.max(ending);
    }
    Ok(worst)
}

/// The same on several threads, each with an engine of its own that `open` opens; what comes out, and in which order, is the same.
pub(super) fn run_at_once(
    file: &Path,
    output: &Output,
    jobs: usize,
    open: impl Fn() -> Result<Engine, Failure> + Sync,
    answer: impl Fn(&Engine, &Value) -> Answer + Sync,
) -> Result<Ending, Failure> {
    let begun = Instant::now();
    let mut lines = numbered(file)?;
    let engines = Opened { open: &open, answer: &answer };
    // A line may be read when a place is free, and its place is free when it has been written: so many are in memory at most.
    let (places, free) = sync_channel(jobs * AHEAD);
    let (to_do, queue) = sync_channel(jobs * AHEAD);
    let (done, results) = channel();
    let queue = Mutex::new(queue);
    let (ending, count) = thread::scope(|scope| {
        for _ in 0..jobs {
            let (queue, done, engines) = (&queue, done.clone(), &engines);
            scope.spawn(move || engines.work(queue, &done));
        }
        scope.spawn(move || {
            for (order, line) in lines.by_ref().enumerate() {
                let (read, failed) = (line.is_ok(), places.send(()).is_err());
                if failed || to_do.send((order, line)).is_err() || !read {
                    break;
                }
            }
        });
        drop(done);
        // Taken along, so that the other threads end where the writing does.
        in_order(results, free, output)
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let rate = count as f64 / seconds.max(f64::MIN_POSITIVE);
    let (questions, threads) = (counted(count, "question"), counted(jobs, "thread"));
    output.note(&format!("sayso: {questions} in {seconds:.1} s, {rate:.1} a second, {threads}"));
    Ok(ending)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("one {what}") } else { format!("{count} {what}s") }
}

/// Lines of a thread that may be on their way or wait for others before them.
const AHEAD: usize = 32;

/// A line with its number, counted from 1, or why it could not be read.
type Numbered = Result<(usize, String), Failure>;
/// What is written for a line.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Answer(Value),
    Failure(JsonError),
}

/// What came of a line.
type Done = Result<(Line, Ending), Failure>;

/// How threads come by an engine, and what they do with it.
struct Opened<'o, O, A> {
    open: &'o O,
    answer: &'o A,
}

impl<O: Fn() -> Result<Engine, Failure>, A: Fn(&Engine, &Value) -> Answer> Opened<'_, O, A> {
    /// Does lines until there are none.
    fn work(&self, queue: &Mutex<Receiver<(usize, Numbered)>>, done: &Sender<(usize, Done)>) {
        let mut engine = None;
        while let Some((order, line)) = next(queue) {
            let outcome = line.and_then(|(number, text)| {
                if engine.is_none() {
                    engine = Some((self.open)()?);
                }
                let engine = engine.as_ref().ok_or_else(|| Failure::new("no_index", "the index was not opened"))?;
                Ok(one(&text, number, &|line: &Value| (self.answer)(engine, line)))
            });
            if done.send((order, outcome)).is_err() {
                return;
            }
        }
    }
}

fn next<T>(queue: &Mutex<Receiver<T>>) -> Option<T> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Writes what comes in the order of the lines; how it ended, and how many there were.
fn in_order(results: Receiver<(usize, Done)>, free: Receiver<()>, output: &Output) -> Result<(Ending, usize), Failure> {
    let mut waiting: BTreeMap<usize, Done> = BTreeMap::new();
    let (mut written, mut worst) = (0, Ending::Good);
    for (order, outcome) in results {
        waiting.insert(order, outcome);
        while let Some(outcome) = waiting.remove(&written) {
            let (document, ending) = outcome?;
            output.line(&document)?;
            worst = worst.max(ending);
            written += 1;
            // The reader of lines may have ended.
            let _ = free.recv();
        }
    }
    Ok((worst, written))
}

/// The lines that hold anything, with their numbers.
fn numbered(file: &Path) -> Result<impl Iterator<Item = Numbered> + Send + use<>, Failure> {
    let path = file.to_owned();
    let line = move |(number, line): (usize, io::Result<Vec<u8>>)| match line {
        Err(error) => Some(Err(Failure::file(&path, &error))),
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (!text.trim().is_empty()).then_some(Ok((number + 1, text)))
        }
    };
    Ok(lines(file)?.split(b'\n').enumerate().filter_map(line))
}

/// What comes of one line: a document to write, whatever it is.
fn one(text: &str, number: usize, answer: &impl Fn(&Value) -> Answer) -> (Line, Ending) {
    let failed = |failure: &Failure, id: Option<Value>| (Line::Failure(failure.json(id)), Ending::Failed);
    let parsed: Result<Value, _> = serde_json::from_str(text.trim().trim_start_matches('\u{FEFF}'));
    match parsed {
        Err(error) => failed(&Failure::new("input", format!("line {number} is not JSON: {error}")), None),
        Ok(line) => match answer(&line) {
            Ok((document, ending)) => (Line::Answer(document), ending),
            Err(failure) => failed(&failure.in_line(number), line.get("id").cloned()),
        },
    }
}

/// A line's text field, which must not be empty.
pub(super) fn text<'l>(line: &'l Value, field: &str) -> Result<&'l str, Failure> {
    let words = line.get(field).and_then(Value::as_str).filter(|words| !words.trim().is_empty());
    words.ok_or_else(|| Failure::new("input", format!("no \"{field}\", or it is empty")))
}
