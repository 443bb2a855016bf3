//! Counts the parts of a file that were read and those that were not, and says it in a line.

use crate::corpus::ReadError;

/// How many labels a line names.
const NAMED: usize = 3;

/// What became of a file's parts.
#[derive(Default)]
pub(super) struct Tally {
    read: usize,
    /// Reasons with how many parts they kept out and the first labels of these, in the order of their first.
    failed: Vec<(String, usize, Vec<String>)>,
}

/// Distinct reasons that are kept apart.
const REASONS: usize = 8;

impl Tally {
    pub(super) fn read(&mut self) {
        self.read += 1;
    }

    pub(super) fn failed(&mut self, label: &str, error: &ReadError) {
        let reason = error.to_string();
        let known = self.failed.iter().position(|(known, _, _)| *known == reason);
        let at = known.or_else(|| (self.failed.len() >= REASONS).then(|| self.failed.len() - 1));
        match at.and_then(|at| self.failed.get_mut(at)) {
            Some((_, count, labels)) => {
                *count += 1;
                if labels.len() < NAMED {
                    labels.push(label.to_owned());
                }
            }
            None => self.failed.push((reason, 1, vec![label.to_owned()])),
        }
    }

    /// What was odd about a file whose reading came to its end.
    ///
    /// # Errors
    /// [`ReadError::Empty`], or the reason why there is no document in it.
    pub(super) fn settle(self) -> Result<Vec<String>, ReadError> {
        let lines: Vec<String> = self.failed.iter().map(line).collect();
        match (self.read, lines.is_empty()) {
            (0, true) => Err(ReadError::Empty),
            (0, false) => Err(ReadError::NoDocuments { reasons: lines.join("; ") }),
            _ => Ok(lines),
        }
    }
}

fn line((reason, count, labels): &(String, usize, Vec<String>)) -> String {
    let more = if *count > labels.len() { ", …" } else { "" };
    let parts = if *count == 1 { "part" } else { "parts" };
    format!("{count} {parts} not read, {reason} ({}{more})", labels.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_and_some_labels_named() {
        let mut tally = Tally::default();
        tally.read();
        for label in ["a.png", "b.png", "c.png", "d.png"] {
            tally.failed(label, &ReadError::Unsupported { format: "picture" });
        }
        tally.failed("e.txt", &ReadError::Empty);
        assert_eq!(
            tally.settle().unwrap(),
            ["4 parts not read, picture files are not read (a.png, b.png, c.png, …)", "1 part not read, the file is empty (e.txt)"]
        );
    }
}
