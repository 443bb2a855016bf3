//! Looks at a page's bytes before anything is built from them.

/// Deepest nesting that is parsed, in elements.
const DEPTH: usize = 512;
/// Most attributes of one tag that are parsed.
const ATTRIBUTES: usize = 256;
/// Largest page that is parsed, in bytes.
const SIZE: usize = 16 << 20;

/// Elements that never hold others, or that the next of their kind closes.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
    "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot", "html", "head", "body",
];

/// Why the page is not to be parsed, if so. One pass over the bytes.
pub(super) fn refuses(page: &str) -> Option<&'static str> {
    if page.len() > SIZE {
        return Some("a page of more than 16 MiB");
    }
    let mut depth = 0_usize;
    for tag in (Tags { page, at: 0 }) {
        if tag.attributes > ATTRIBUTES {
            return Some("a tag with more than 256 attributes");
        }
        let flat = FLAT.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        match (flat, tag.closing) {
            (true, _) => {}
            (false, true) => depth = depth.saturating_sub(1),
            (false, false) => depth += 1,
        }
        if depth > DEPTH {
            return Some("elements nested more than 512 deep");
        }
    }
    None
}

/// A tag as it stands in the bytes.
pub(super) struct Tag<'p> {
    pub(super) name: &'p str,
    pub(super) closing: bool,
    attributes: usize,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// One past its end.
    pub(super) end: usize,
}

/// The tags of a page in order, comments and the insides of scripts and styles passed over.
pub(super) struct Tags<'p> {
    pub(super) page: &'p str,
    pub(super) at: usize,
}

impl<'p> Iterator for Tags<'p> {
    type Item = Tag<'p>;

    fn next(&mut self) -> Option<Tag<'p>> {
        loop {
            let start = self.at + self.page.get(self.at..)?.find('<')?;
            let rest = self.page.get(start + 1..)?;
            if let Some(comment) = rest.strip_prefix("!--") {
                self.at = comment.find("-->").map_or(self.page.len(), |end| start + 4 + end + 3);
                continue;
            }
            let closing = rest.starts_with('/');
            let inside = rest.get(usize::from(closing)..)?;
            if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.at = start + 1;
                continue;
            }
            return Some(self.tag(start, start + 1 + usize::from(closing), closing));
        }
    }
}

impl<'p> Tags<'p> {
    /// The tag that begins at `start` and whose name begins at `named`; moves past it, and past the body of a script or style.
    fn tag(&mut self, start: usize, named: usize, closing: bool) -> Tag<'p> {
        let inside = self.page.get(named..).unwrap_or_default();
        let name = inside.get(..inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len())).unwrap_or_default();
        let (length, attributes) = measure(inside);
        let end = named + length;
        self.at = end;
        if !closing && ["script", "style", "textarea", "noscript", "template"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            self.at = self.after_raw(name, end);
        }
        Tag { name, closing, attributes, start, end: self.at.max(end) }
    }

    /// Where the raw element `name` that opened before `from` has ended.
    fn after_raw(&self, name: &str, from: usize) -> usize {
        let rest = self.page.as_bytes().get(from..).unwrap_or_default();
        let closes = |at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()));
        let close = self.page.get(from..).unwrap_or_default().match_indices("</").map(|(at, _)| at).find(closes);
        let end = close.and_then(|at| Some(at + rest.get(at..)?.iter().position(|byte| *byte == b'>')? + 1));
        end.map_or(self.page.len(), |end| from + end)
    }
}

/// Length of a tag's inside up to and with its `>`, and how many attributes it has; quoted values may hold anything.
fn measure(inside: &str) -> (usize, usize) {
    let mut quote = None;
    let mut attributes = 0;
    let mut last = b' ';
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (at + 1, attributes),
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (Some(open), _) if byte == open => quote = None,
            (None, _) if last.is_ascii_whitespace() && !byte.is_ascii_whitespace() && byte != b'/' => attributes += 1,
            _ => {}
        }
        last = byte;
    }
    (inside.len(), attributes)
}

/// The encoding a page declares in its first kilobyte, in the page's own letters.
pub(in crate::corpus) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048))?).to_ascii_lowercase();
    let after = head.get(head.find("charset=")? + "charset=".len()..)?.trim_start_matches(['"', '\'', ' ']);
    let label = after.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).next()?;
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_attributes_are_refused_and_few_are_not() {
        assert!(refuses(&format!("<p {}>x", "a=1 ".repeat(300))).is_some());
        assert!(refuses("<p class='a > b' id=x>x</p>").is_none());
    }

    #[test]
    fn the_declared_encoding_is_found() {
        assert_eq!(declared_encoding(b"<meta charset=\"ISO-8859-1\">").as_deref(), Some("iso-8859-1"));
        assert_eq!(declared_encoding(b"<meta content='text/html; charset=windows-1252'>").as_deref(), Some("windows-1252"));
        assert_eq!(declared_encoding(b"<p>"), None);
    }
}
