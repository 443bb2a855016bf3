//! A web archive (WARC) is read record by record: every page that was fetched is a document.
//!
//! A record is a version line, headers, an empty line and as many bytes as its header says. Of answers with status 200 the body is read
//! like a file of the name in the address, or like a page where the answer says it is one; the address' host stands for the outlet where the page names none. The date of fetching is
//! not the date of publication and is not taken for it.

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use super::file::LIMIT;
use super::stated::{Stating, host};
use super::unpacking::{Input, Members, Place, Unpacking};
use super::{Metadata, Origin, ReadError};

/// The longest line of a header, in bytes, and the most lines.
const LONGEST: u64 = 1 << 16;
const LINES: usize = 1000;

/// Reads the records; each is labelled with its number.
pub(super) fn records(input: &mut dyn BufRead, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut number = 0_u64;
    while let Some(headers) = headers(input)? {
        number += 1;
        let length = headers.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| damaged("a record does not tell its length"))?;
        let mut body = Vec::new();
        Read::take(&mut *input, length.min(LIMIT + 1)).read_to_end(&mut body)?;
        let place = place.part(&number.to_string());
        let read = if length > LIMIT {
            std::io::copy(&mut Read::take(&mut *input, length - (LIMIT + 1)), &mut std::io::sink())?;
            Err(ReadError::TooLarge { size: length, limit: LIMIT })
        } else if (body.len() as u64) < length {
            Err(damaged("a record is cut short"))
        } else {
            record(&headers, body, &place, unpacking)
        };
        unpacking.settle(read, &place)?;
    }
    Ok(())
}

fn damaged(reason: &str) -> ReadError {
    ReadError::Damaged { format: "WARC", reason: reason.to_owned() }
}

/// Names, in small letters, with their values.
#[derive(Default)]
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn add(&mut self, line: &str) {
        match line.split_once(':') {
            Some((name, value)) => self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            None => self.0.push((String::new(), line.trim().to_owned())),
        }
    }

    /// The first line, which has no name.
    fn opening(&self) -> &str {
        self.0.first().filter(|(name, _)| name.is_empty()).map_or("", |(_, line)| line)
    }
}

/// The headers of the next record; `None` at the end.
fn headers(input: &mut dyn BufRead) -> Result<Option<Headers>, ReadError> {
    let mut headers = Headers::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let count = Read::take(&mut *input, LONGEST).read_until(b'\n', &mut line)?;
        let words = String::from_utf8_lossy(&line).into_owned();
        match (words.trim().is_empty(), headers.0.is_empty()) {
            (_, true) if count == 0 => return Ok(None),
            (true, true) => {}
            (true, false) => break,
            (false, _) => headers.add(&words),
        }
        if headers.0.len() > LINES || !headers.opening().starts_with("WARC/") && !headers.0.is_empty() {
            return Err(damaged("a record does not begin where it should"));
        }
    }
    Ok(Some(headers))
}

fn record(headers: &Headers, body: Vec<u8>, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let address = headers.get("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
    let (page, content) = match headers.get("warc-type") {
        Some("response") => match answer(&body, unpacking)? {
            Some(answered) => answered,
            None => return Ok(()),
        },
        Some("resource" | "conversion") => (is_page(&kind(headers)), body),
        _ => return Ok(()),
    };
    let mut given = Metadata::default();
    host(&address).into_iter().for_each(|host| Stating::new(&mut given, Origin::Address).publisher(host));
    let name = name(&address, page);
    unpacking.take_with(Input::bytes(content), &place.named(&name), given)
}

/// What the content is said to be, in small letters.
fn kind(headers: &Headers) -> String {
    headers.get("content-type").unwrap_or_default().to_ascii_lowercase()
}

fn is_page(kind: &str) -> bool {
    ["text/html", "application/xhtml"].iter().any(|known| kind.starts_with(known))
}

/// What the body of an answer holds, if it is one with words, and whether it is said to be a page.
fn answer(bytes: &[u8], unpacking: &Unpacking<'_>) -> Result<Option<(bool, Vec<u8>)>, ReadError> {
    let (end, gap) = match (find(bytes, b"\r\n\r\n"), find(bytes, b"\n\n")) {
        (Some(end), other) if other.is_none_or(|other| end < other) => (end, 4),
        (_, Some(end)) => (end, 2),
        _ => return Ok(None),
    };
    let mut headers = Headers::default();
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).lines().take(LINES).for_each(|line| headers.add(line));
    let good = headers.opening().split_whitespace().nth(1) == Some("200");
    let kind = kind(&headers);
    let page = is_page(&kind);
    let words = page || kind.is_empty() || ["text/plain", "application/pdf"].iter().any(|known| kind.starts_with(known));
    if !good || !words {
        return Ok(None);
    }
    let body = bytes.get(end + gap..).unwrap_or_default();
    let body =
        if headers.get("transfer-encoding").is_some_and(|way| way.eq_ignore_ascii_case("chunked")) { joined(body) } else { body.to_vec() };
    match headers.get("content-encoding").unwrap_or_default() {
        "gzip" | "x-gzip" if body.starts_with(b"\x1F\x8B") => {
            let body = unpacking.unpacked(Members::new(body.as_slice()))?;
            Ok(Some((page, body)))
        }
        _ => Ok(Some((page, body))),
    }
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

/// The chunks of a body sent in chunks; a body that is in none, since whoever saved it joined them, as it is.
fn joined(body: &[u8]) -> Vec<u8> {
    let (mut whole, mut rest) = (Vec::new(), body);
    while let Some(end) = rest.iter().take(64).position(|byte| *byte == b'\n') {
        let line = rest.get(..end).and_then(|line| std::str::from_utf8(line).ok()).unwrap_or_default();
        let Ok(length) = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16) else { break };
        let chunk = rest.get(end + 1..).unwrap_or_default();
        let chunk = chunk.get(..length.min(chunk.len())).unwrap_or_default();
        if length == 0 {
            return whole;
        }
        whole.extend_from_slice(chunk);
        rest = rest.get((end + 1 + chunk.len()).min(rest.len())..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    if whole.is_empty() { body.to_vec() } else { whole }
}

/// What a file saved from an address would be called; `page` says that it is a page.
fn name(address: &str, page: bool) -> PathBuf {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    if page { PathBuf::from(format!("{}.html", path.trim_end_matches('/'))) } else { Path::new(path).to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(joined(b"5\r\nThe b\r\na;x=1\r\nridge shut\r\n0\r\n\r\n"), b"The bridge shut");
        assert_eq!(joined(b"<p>The bridge"), b"<p>The bridge");
        assert_eq!(joined(b"ff\r\nThe b"), b"The b");
    }
}
