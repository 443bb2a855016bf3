//! The entries of a tar archive, each a file of its own.
//!
//! Reads what POSIX calls ustar and pax, with GNU's long names: header blocks of 512 bytes, each with a name, a size in octal and a kind,
//! and after each as many blocks as the size asks for. The size is used to find the next header, never to make room. Links, devices and
//! folders are passed over.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::{Input, Place, Unpacking, is_hidden};
use crate::corpus::ReadError;

const BLOCK: usize = 512;
/// The longest name an extension header may give, in bytes.
const LONGEST_NAME: u64 = 1 << 16;

/// Reads the entries in order.
pub(super) fn entries(mut input: Box<dyn BufRead + '_>, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut seen = BTreeSet::new();
    let mut long_name = None;
    while let Some(header) = Header::read(&mut input)? {
        let padded = header.size.div_ceil(BLOCK as u64).saturating_mul(BLOCK as u64);
        let mut content = input.as_mut().take(padded);
        match header.kind {
            b'L' => long_name = Some(gnu_name(&mut content, header.size)?),
            b'x' => long_name = pax_name(&mut content, header.size)?.or(long_name),
            b'0' | b'\0' | b'7' => {
                let name = unique(long_name.take().unwrap_or(header.name), &mut seen);
                if !is_hidden(&name) && !name.ends_with('/') {
                    let entry = (&mut content).take(header.size);
                    unpacking.part(Input::stream(BufReader::new(entry)), &place.entry(&name, Path::new(&name)))?;
                }
            }
            _ => long_name = None,
        }
        // The rest of an entry that was not read to its end.
        io::copy(&mut content, &mut io::sink())?;
    }
    Ok(())
}

/// What an entry's header says of it.
struct Header {
    name: String,
    size: u64,
    kind: u8,
}

impl Header {
    /// The next header; `None` at the end, which two empty blocks or the end of the file mark.
    fn read(input: &mut dyn BufRead) -> Result<Option<Self>, ReadError> {
        let mut block = Vec::with_capacity(BLOCK);
        input.take(BLOCK as u64).read_to_end(&mut block)?;
        if block.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let field = |range: std::ops::Range<usize>| block.get(range).ok_or_else(|| damaged("it is cut short"));
        let checked = octal(field(148..156)?) == Some(checksum(&block));
        if block.len() < BLOCK || !checked {
            return Err(damaged("a header is broken"));
        }
        let size = octal(field(124..136)?).ok_or_else(|| damaged("an entry's size is no number"))?;
        let prefix = if field(257..262)? == b"ustar" && field(263..265)? == b"00" { text(field(345..500)?) } else { String::new() };
        let name = text(field(0..100)?);
        let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        Ok(Some(Self { name, size, kind: field(156..157)?.first().copied().unwrap_or_default() }))
    }
}

fn damaged(reason: &str) -> ReadError {
    ReadError::Damaged { format: "tar", reason: reason.to_owned() }
}

/// The sum of a header's bytes, its own field counted as blanks.
fn checksum(block: &[u8]) -> u64 {
    block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { u64::from(b' ') } else { u64::from(*byte) }).sum()
}

/// A number in octal digits, or (where the first bit is set) in plain bytes.
fn octal(field: &[u8]) -> Option<u64> {
    if let Some((first, rest)) = field.split_first().filter(|(first, _)| **first & 0x80 != 0) {
        return rest.iter().try_fold(u64::from(first & 0x3F), |number, byte| number.checked_mul(256)?.checked_add(u64::from(*byte)));
    }
    let digits = text(field);
    u64::from_str_radix(digits.trim(), 8).ok()
}

/// The characters before the first NUL.
fn text(field: &[u8]) -> String {
    String::from_utf8_lossy(field.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
}

fn gnu_name(content: &mut impl Read, size: u64) -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    content.take(size.min(LONGEST_NAME)).read_to_end(&mut bytes)?;
    Ok(text(&bytes))
}

/// The value of `path` in records of the form `length key=value`.
fn pax_name(content: &mut impl Read, size: u64) -> Result<Option<String>, ReadError> {
    let mut bytes = Vec::new();
    content.take(size.min(LONGEST_NAME)).read_to_end(&mut bytes)?;
    let words = String::from_utf8_lossy(&bytes).into_owned();
    let mut paths = words.lines().rev().filter_map(|line| line.split_once(' ')?.1.strip_prefix("path=").map(str::to_owned));
    Ok(paths.next())
}

/// A name that no entry had before: archives may hold two of the same name.
fn unique(name: String, seen: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number: usize| format!("{name}~{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|candidate| !seen.contains(candidate)).unwrap_or(name);
    seen.insert(free.clone());
    free
}
