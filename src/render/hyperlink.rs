//! A cited place becomes a hyperlink that a terminal opens: its file and, where that is plain text, the line (OSC 8,
//! <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>). Where the page has no links the words stay as they are.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::page::Page;

impl Page {
    /// The words as a link to a file, at a line counted from 1.
    pub(super) fn linked(&self, words: &str, path: &str, line: Option<usize>) -> String {
        if !self.links || !path.starts_with('/') {
            return words.to_owned();
        }
        let line = line.map(|line| format!("#{line}")).unwrap_or_default();
        format!("\u{1b}]8;;file://{}{line}\u{1b}\\{words}\u{1b}]8;;\u{1b}\\", utf8_percent_encode(path, CODED))
    }
}

/// What is written as its bytes in the path of an address.
const CODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::page::Opening;

    fn page(links: bool) -> Page {
        Page { width: 80, color: false, links, opening: Opening::Found }
    }

    #[test]
    fn a_place_leads_to_its_file_and_line() {
        let linked = page(true).linked("here", "/a b/ü#.txt", Some(7));
        assert_eq!(linked, "\u{1b}]8;;file:///a%20b/%C3%BC%23.txt#7\u{1b}\\here\u{1b}]8;;\u{1b}\\");
        assert!(!page(true).linked("here", "/a\u{1b}]8;;x", None).contains("x\u{1b}]8;;x"));
    }

    #[test]
    fn without_links_or_a_whole_path_the_words_stay() {
        assert_eq!((page(false).linked("here", "/a", None), page(true).linked("here", "a", None)), ("here".to_owned(), "here".to_owned()));
    }
}
