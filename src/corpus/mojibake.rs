//! Text that was UTF-8, read as Windows-1252 and written down so ("donâ€™t", "Â£5") becomes what it was, where that is certain.
//!
//! It is certain where a run of characters, written as Windows-1252, is one whole character of UTF-8: no language writes "â€™" or "Ã©".
//! One such place may be a text about encodings, two are a mistake. Repairing moves what follows, so it is done only to texts that are
//! rendered or decoded anyway. The text of a plain UTF-8 file is the file itself, byte for byte, and every citation counts in it: there the
//! mistake is reported and left, since a citation that no longer fits the file would be worse than an ugly one.

use encoding_rs::WINDOWS_1252;

/// Places that make it a mistake.
const CERTAIN: usize = 2;

/// The text as it was before the mistake, and how many places of it were wrong; `None` where it is not certain that any was.
pub(super) fn repair(text: &str) -> Option<(String, usize)> {
    let places = places(text);
    (places.len() >= CERTAIN).then(|| {
        let mut repaired = String::with_capacity(text.len());
        let mut end = 0;
        for &(start, length, right) in &places {
            repaired.push_str(text.get(end..start).unwrap_or_default());
            repaired.push(right);
            end = start + length;
        }
        repaired.push_str(text.get(end..).unwrap_or_default());
        (repaired, places.len())
    })
}

/// How many places of a text are wrong, where it is certain that any is.
pub(super) fn count(text: &str) -> usize {
    Some(places(text).len()).filter(|&count| count >= CERTAIN).unwrap_or_default()
}

/// Where each wrong place begins, its length in bytes, and the character that stood there.
fn places(text: &str) -> Vec<(usize, usize, char)> {
    let mut places = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['Â', 'Ã', 'â']) {
        rest = rest.get(at..).unwrap_or_default();
        let length = match mistaken(rest) {
            Some((length, right)) => {
                places.push((text.len() - rest.len(), length, right));
                length
            }
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    places
}

/// The bytes that stand for one character at the start of `rest`, and that character.
fn mistaken(rest: &str) -> Option<(usize, char)> {
    let wanted = if rest.starts_with('â') { 3 } else { 2 };
    let mut bytes = Vec::with_capacity(wanted);
    let mut length = 0;
    for character in rest.chars().take(wanted) {
        bytes.push(byte(character)?);
        length += character.len_utf8();
    }
    let right = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    (bytes.len() == wanted && right.len_utf8() == wanted).then_some((length, right))
}

/// The byte that Windows-1252 shows as this character; the five bytes it leaves open are often passed through as control characters.
fn byte(character: char) -> Option<u8> {
    if matches!(character, '\u{81}' | '\u{8d}' | '\u{8f}' | '\u{90}' | '\u{9d}') {
        return u8::try_from(u32::from(character)).ok();
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
    let [byte] = bytes.as_ref() else { return None };
    (!failed).then_some(*byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a text looks like after the mistake.
    fn mistake(text: &str) -> String {
        text.bytes().map(|byte| WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned()).collect()
    }

    #[test]
    fn what_was_read_wrongly_is_put_right() {
        for text in ["“It’s £5 – café”", "“Don’t,” she said.", "déjà vu"] {
            assert_eq!(repair(&mistake(text)).map(|(text, _)| text).as_deref(), Some(text));
        }
        assert_eq!(count(&mistake("It’s £5")), 2);
    }

    #[test]
    fn languages_that_use_these_letters_are_left_alone() {
        for text in ["L’âge d’or, un château, Âne", "São João, Ãnimo, não", "â€™ is how a broken apostrophe looks", "plain", "Tâm Â"]
        {
            assert_eq!((repair(text), count(text)), (None, 0), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at_without_panic(text in "(\\PC|[ÂÃâ€™£©\u{9d}]){0,80}") {
            if let Some((repaired, places)) = repair(&text) {
                prop_assert!(places >= CERTAIN && repaired.len() < text.len());
            }
        }
    }
}
