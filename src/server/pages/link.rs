//! Addresses of pages: names and numbers become parts of a path or query, escaped.

use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What does not stand for itself in an address (RFC 3986).
const CODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn escaped(words: &str) -> String {
    utf8_percent_encode(words, CODED).to_string()
}

/// A page with fields; empty ones are left out.
pub(super) fn page(path: &str, fields: &[(&str, &str)]) -> String {
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = filled.map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// A document's page.
pub(super) fn document(id: &str) -> String {
    format!("/documents/{}", escaped_id(id))
}

/// A document's identifier as the end of an address.
pub(in crate::server) fn escaped_id(id: &str) -> String {
    // A segment of dots alone would be taken for a way up.
    let segments =
        id.split('/').map(|segment| if segment.bytes().all(|byte| byte == b'.') { segment.replace('.', "%2E") } else { escaped(segment) });
    segments.collect::<Vec<_>>().join("/")
}

/// The words that stand escaped in an address; `None` where they are no text.
pub(in crate::server) fn unescaped(address: &str) -> Option<String> {
    percent_decode_str(address).decode_utf8().ok().map(Into::into)
}

/// A place in a document, in characters.
pub(super) fn place(id: &str, characters: &Range<usize>) -> String {
    let (start, end) = (characters.start.to_string(), characters.end.to_string());
    page(&document(id), &[("start", &start), ("end", &end)]) + "#place"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back() {
        for id in ["a b/ü?#&\"<.txt", "../x", "plain.txt", "100%.txt"] {
            assert_eq!(unescaped(&escaped_id(id)).as_deref(), Some(id));
        }
        assert_eq!(unescaped("%FF"), None);
    }

    #[test]
    fn nothing_gets_out_of_its_part_of_an_address() {
        assert_eq!(document("a b/ü?#&\"<.txt"), "/documents/a%20b/%C3%BC%3F%23%26%22%3C.txt");
        assert_eq!(document("../x"), "/documents/%2E%2E/x");
        assert_eq!(place("a.txt", &(3..9)), "/documents/a.txt?start=3&end=9#place");
        assert_eq!(page("/", &[("question", "who & why?"), ("source", "")]), "/?question=who%20%26%20why%3F");
    }
}
