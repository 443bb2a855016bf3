//! JSON lines in, one JSON document a line out, in order. A bad line gets an error document; the rest goes on.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

use super::Ending;
use super::output::{Failure, Output};

/// The lines of a file, or of standard input for `-`.
pub(super) fn lines(file: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(BufReader::new(File::open(file).map_err(|error| Failure::file(file, &error))?)))
}

/// Runs `answer` over every line. Ends badly if a line could not be done, with "nothing" if none was answered.
pub(super) fn run(file: &Path, output: &Output, answer: impl Fn(&Value) -> Result<(Value, Ending), Failure>) -> Result<Ending, Failure> {
    let mut worst = Ending::Good;
    for (number, line) in lines(file)?.split(b'\n').enumerate() {
        let bytes = line.map_err(|error| Failure::file(file, &error))?;
        let text = String::from_utf8_lossy(&bytes);
        if text.trim().is_empty() {
            continue;
        }
        let ending = one(&text, number + 1, output, &answer)?;
        worst = if ending == Ending::Failed { ending } else { worst };
    }
    Ok(worst)
}

fn one(
    text: &str,
    number: usize,
    output: &Output,
    answer: &impl Fn(&Value) -> Result<(Value, Ending), Failure>,
) -> Result<Ending, Failure> {
    let parsed: Result<Value, _> = serde_json::from_str(text.trim().trim_start_matches('\u{FEFF}'));
    let line = match parsed {
        Ok(line) => line,
        Err(error) => {
            let failure = Failure::new("input", format!("line {number} is not JSON: {error}"));
            output.line(&failure.json(None))?;
            return Ok(Ending::Failed);
        }
    };
    match answer(&line) {
        Ok((document, ending)) => {
            output.line(&document)?;
            Ok(ending)
        }
        Err(failure) => {
            let failure = Failure::new("input", format!("line {number}: {}", failure.message()));
            output.line(&failure.json(line.get("id").cloned()))?;
            Ok(Ending::Failed)
        }
    }
}

/// A line's text field, which must not be empty.
pub(super) fn text<'l>(line: &'l Value, field: &str) -> Result<&'l str, Failure> {
    let words = line.get(field).and_then(Value::as_str).filter(|words| !words.trim().is_empty());
    words.ok_or_else(|| Failure::new("input", format!("no \"{field}\", or it is empty")))
}
