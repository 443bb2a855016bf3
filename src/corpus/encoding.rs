//! Bytes of any encoding become text.
//!
//! UTF-8 is taken as it stands, mark and all, so that positions in the text are positions in the file. Anything else is decoded once:
//! UTF-16 by its mark or by where its NULs fall, the rest by guessing the legacy encoding from the bytes. What looks like no text in
//! any encoding is refused. Line ends and control characters are left alone.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text and what was odd about it.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) problems: Vec<String>,
}

/// How many bytes the guesses look at; enough for any text, and bounded for huge ones.
const SAMPLE: usize = 1 << 16;

/// Decodes `bytes`; `declared` is the name of the encoding the file gives itself, believed only where the bytes are not UTF-8.
///
/// # Errors
/// The reason why the bytes are no text.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, String> {
    if let Some(encoding) = utf16(bytes) {
        return legacy(bytes, encoding);
    }
    refuse_binary(bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.to_owned(), problems: nul_problem(text) }),
        Err(_) if mostly_utf8(bytes) => legacy(bytes, UTF_8),
        Err(_) => legacy(bytes, declared.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or_else(|| guess(bytes))),
    }
}

fn nul_problem(text: &str) -> Vec<String> {
    let nuls = text.bytes().filter(|&byte| byte == 0).count();
    if nuls == 0 { Vec::new() } else { vec![format!("holds {nuls} NUL characters")] }
}

fn legacy(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, String> {
    let (text, broken) =
        if encoding == UTF_8 { encoding.decode_without_bom_handling(bytes) } else { encoding.decode_with_bom_removal(bytes) };
    refuse_binary(text.as_bytes())?;
    let mut problems = vec![format!("read as {}", encoding.name())];
    if broken {
        problems.push(format!("some bytes are not valid {}; they show as \u{fffd}", encoding.name()));
    }
    Ok(Decoded { text: text.into_owned(), problems })
}

/// Whether these first bytes of a text are in UTF-16.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

/// UTF-16 by its mark, or, without one, by NULs that fall on one side of each pair.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = bytes.get(..bytes.len().min(SAMPLE))?;
    let pairs = sample.len() / 2;
    let nuls = |side: usize| sample.chunks_exact(2).filter(|pair| pair.get(side) == Some(&0)).count();
    let (first, second) = (nuls(0), nuls(1));
    let lopsided = |many: usize, few: usize| pairs >= 4 && many * 10 >= pairs * 4 && few * 20 <= pairs;
    if lopsided(second, first) {
        Some(UTF_16LE)
    } else if lopsided(first, second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Text holds few control characters. NULs are counted apart, since exports pad with them.
fn refuse_binary(bytes: &[u8]) -> Result<(), String> {
    let mut nuls = 0;
    let mut controls = 0;
    for &byte in bytes {
        nuls += usize::from(byte == 0);
        controls += usize::from(byte < 0x20 && !matches!(byte, 0 | b'\t' | b'\n' | b'\r' | 0x0C | 0x1B));
    }
    if nuls * 3 > bytes.len() || (controls > 3 && controls * 50 > bytes.len()) {
        return Err(format!("{} of its {} bytes are control characters", nuls + controls, bytes.len()));
    }
    Ok(())
}

/// Whether broken bytes stand in what is otherwise UTF-8: a file cut inside a character, or one with a damaged spot.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let cut_at_end = bad == 1 && bytes.utf8_chunks().last().is_some_and(|chunk| matches!(chunk.invalid(), [first, ..] if *first >= 0xC2));
    // Other encodings form whole characters of UTF-8 only by rare chance: hardly ever in Western ones, in one pair of seven in Chinese.
    good > 0 && (good * 2 >= bad || cut_at_end)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..SAMPLE).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes, None).unwrap().text, expected);
    }

    fn wide(text: &str, mark: bool, swap: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn utf8_is_taken_as_it_stands() {
        check("naïve – text\r\n".as_bytes(), "naïve – text\r\n");
        check(b"\xEF\xBB\xBFmarked", "\u{feff}marked");
    }

    #[test]
    fn utf16_is_known_with_and_without_mark() {
        for (mark, swap) in [(true, false), (true, true), (false, false), (false, true)] {
            check(&wide("The bridge was “closed”.\n", mark, swap), "The bridge was “closed”.\n");
        }
    }

    #[test]
    fn windows_quote_marks_are_read() {
        check(b"The mayor\x92s \x93quiet\x94 caf\xe9 \x96 it closed at \xa35", "The mayor’s “quiet” café – it closed at £5");
    }

    #[test]
    fn legacy_encodings_of_other_scripts_are_guessed() {
        for (encoding, text) in [
            (encoding_rs::GBK, "这座桥从星期一起关闭，没有人知道它什么时候会重新开放。渡船也停了，居民只好绕道而行。"),
            (encoding_rs::SHIFT_JIS, "この橋は月曜日から閉鎖されており、いつ再開されるか誰にもわからない。"),
            (encoding_rs::WINDOWS_1251, "Мост закрыт с понедельника, и никто не знает, когда он снова откроется."),
        ] {
            check(&encoding.encode(text).0, text);
        }
    }

    #[test]
    fn a_damaged_byte_does_not_make_utf8_another_encoding() {
        check(b"It cost \xc2\xa35, caf\xc3\xa9 \xff tea", "It cost £5, café \u{fffd} tea");
    }

    #[test]
    fn a_declared_encoding_is_believed_where_the_bytes_allow() {
        assert_eq!(decode(b"na\xefve", Some("iso-8859-1")).unwrap().text, "naïve");
        assert_eq!(decode("naïve".as_bytes(), Some("iso-8859-1")).unwrap().text, "naïve");
    }

    #[test]
    fn utf8_cut_inside_a_character_stays_utf8() {
        check(b"caf\xc3\xa9 na\xc3\xafve \xe2\x80", "café naïve \u{fffd}");
    }

    #[test]
    fn junk_is_refused_and_nuls_are_not() {
        let junk: Vec<u8> = (0..=255).cycle().map(|byte: u8| byte.wrapping_mul(113)).take(4096).collect();
        assert!(decode(&junk, None).is_err());
        assert!(decode(&[0; 64], None).is_err());
        check(b"one\0two three four", "one\0two three four");
    }
}
