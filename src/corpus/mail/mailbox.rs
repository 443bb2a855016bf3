//! A mailbox (mbox) is cut into its messages, one in memory at a time.
//!
//! A line that begins with `From `, tells a time and a year and stands after an empty line (or at the start) begins a message; `>From `
//! inside one is a line that began with `From ` before it was put there.

use std::io::{BufRead, Read};

use super::message;
use crate::corpus::ReadError;
use crate::corpus::file::LIMIT;
use crate::corpus::format::{header_name, is_separator};
use crate::corpus::unpacking::{Place, Unpacking};

/// Reads the messages; each is labelled with its number.
pub(in crate::corpus) fn mailbox(input: &mut dyn BufRead, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut cutting = Cutting { input, line: Vec::new(), ahead: None };
    let mut number = 0_u64;
    while let Some(bytes) = cutting.next()? {
        number += 1;
        let place = place.part(&number.to_string());
        let read = bytes.and_then(|bytes| message(&bytes, &place, unpacking));
        unpacking.settle(read, &place)?;
    }
    Ok(())
}

/// A mailbox being cut.
struct Cutting<'c> {
    input: &'c mut dyn BufRead,
    line: Vec<u8>,
    /// A line already read that belongs to the next message: its first header.
    ahead: Option<Vec<u8>>,
}

impl Cutting<'_> {
    /// The next message's bytes, or why there are too many; `None` at the end.
    fn next(&mut self) -> std::io::Result<Option<Result<Vec<u8>, ReadError>>> {
        let mut message = self.ahead.take().unwrap_or_default();
        let mut any = !message.is_empty();
        let mut blank = !any;
        let mut size = message.len() as u64;
        while self.read_line()? {
            if blank && is_separator(&self.line) {
                // A sentence may begin so too: a message's header stands below the line.
                let separator = std::mem::take(&mut self.line);
                let begins = self.read_line()? && header_name(&self.line).is_some();
                if begins && any {
                    self.ahead = Some(std::mem::take(&mut self.line));
                    break;
                }
                if !begins {
                    size += separator.len() as u64;
                    message.extend_from_slice(&separator);
                }
            }
            blank = self.line.trim_ascii().is_empty();
            any |= !blank;
            if !any {
                continue;
            }
            let from = usize::from(self.line.starts_with(b">From "));
            size += self.line.len() as u64;
            if size <= LIMIT {
                message.extend_from_slice(self.line.get(from..).unwrap_or_default());
            }
        }
        let whole = if size > LIMIT { Err(ReadError::TooLarge { size, limit: LIMIT }) } else { Ok(message) };
        Ok(any.then_some(whole))
    }

    /// Reads the next line, or a stretch of one that is very long; whether there was one.
    fn read_line(&mut self) -> std::io::Result<bool> {
        self.line.clear();
        Ok(Read::take(&mut *self.input, 1 << 20).read_until(b'\n', &mut self.line)? > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(words: &str) -> Vec<String> {
        let mut input = words.as_bytes();
        let mut cutting = Cutting { input: &mut input, line: Vec::new(), ahead: None };
        let mut messages = Vec::new();
        while let Some(message) = cutting.next().unwrap() {
            messages.push(String::from_utf8(message.unwrap()).unwrap());
        }
        messages
    }

    #[test]
    fn only_a_line_with_a_time_and_a_year_parts_messages() {
        let one = "Subject: Ferry\n\nIt stops.\n\nFrom the owners I have this address:\nhttps://ferry.example/notice\n\n";
        let other = "Subject: Bridge\n\nFrom 2014 on it is open:\nhurrah: yes.\n";
        let mailbox = format!("\nFrom ann@example.org Mon Feb  3 10:00:00 2014\n{one}From - Tue Feb  4 11:00:00 2014\n{other}");
        assert_eq!(cut(&mailbox), [one, other]);
    }
}
