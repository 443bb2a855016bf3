//! Looks at a page's bytes before anything is built from them.

/// Deepest nesting that is parsed, in elements.
const DEPTH: usize = 512;
/// Most attributes of one tag that are parsed.
const ATTRIBUTES: usize = 256;
/// Largest page that is parsed, in bytes.
const SIZE: usize = 16 << 20;

/// Most formatting elements left open when what holds them closes: the parser opens every one of them again in each later block.
const LEFT_OPEN: usize = 64;

/// Elements that never hold others, or that the next of their kind closes.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
    "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot", "html", "head", "body", "script", "style", "textarea",
];
const FORMATTING: &[&str] = &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Why the page is not to be parsed, if so. One pass over the bytes.
pub(super) fn refuses(page: &str) -> Option<&'static str> {
    if page.len() > SIZE {
        return Some("a page of more than 16 MiB");
    }
    let mut open: Vec<&str> = Vec::new();
    let mut left_open = 0;
    for tag in Tags::for_guard(page) {
        if tag.attributes > ATTRIBUTES {
            return Some("a tag with more than 256 attributes");
        }
        if is_among(FLAT, tag.name) {
            continue;
        }
        if tag.closing {
            left_open += close(&mut open, tag.name);
        } else {
            open.push(tag.name);
        }
        if open.len() > DEPTH {
            return Some("elements nested more than 512 deep");
        }
        if left_open > LEFT_OPEN {
            return Some("formatting that is opened and never closed");
        }
    }
    None
}

fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Closes the innermost open element of this name, and with it what stands open inside; how many of those were formatting.
/// A closing tag for nothing is passed over, as the parser does.
fn close(open: &mut Vec<&str>, name: &str) -> usize {
    let Some(at) = open.iter().rposition(|other| other.eq_ignore_ascii_case(name)) else { return 0 };
    let inside = open.drain(at..).skip(1);
    inside.filter(|name| is_among(FORMATTING, name)).count()
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

/// The tags of a page in order, comments and the insides of raw elements passed over.
pub(super) struct Tags<'p> {
    page: &'p str,
    at: usize,
    /// Elements whose inside is no markup, and whether they were found never to close from here on (so that the page is not searched
    /// for that again and again).
    raw: Vec<(&'static str, bool)>,
    /// Elements that stand open in a drawing or formula, itself first; nothing is raw there. `None` where that is not looked at.
    drawn: Option<Vec<&'p str>>,
}

impl<'p> Iterator for Tags<'p> {
    type Item = Tag<'p>;

    fn next(&mut self) -> Option<Tag<'p>> {
        loop {
            let start = self.at + self.page.get(self.at..)?.find('<')?;
            let rest = self.page.get(start + 1..)?;
            if let Some(comment) = rest.strip_prefix("!--") {
                self.at = start + 4 + comment_length(comment);
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
    /// The tags a reader would see.
    pub(super) fn of(page: &'p str) -> Self {
        Self::passing(page, &["script", "style", "textarea", "noscript", "template"])
    }

    /// The tags a parser would see, or more: inside drawings and formulas nothing is raw.
    fn for_guard(page: &'p str) -> Self {
        let foreign = ["<svg", "<SVG", "<Svg", "<math", "<MATH", "<Math"].iter().any(|tag| page.contains(tag));
        // Where pages stand in drawings again, or text of drawings' own kind, it cannot be told cheaply what is inside them.
        let mixed = || contains(page, "<![cdata[") || contains(page, "<foreignobject");
        let raw: &[_] = if foreign && mixed() { &[] } else { &["script", "style", "textarea"] };
        Self { drawn: Some(Vec::new()), ..Self::passing(page, raw) }
    }

    fn passing(page: &'p str, raw: &[&'static str]) -> Self {
        Self { page, at: 0, raw: raw.iter().map(|name| (*name, false)).collect(), drawn: None }
    }

    /// The tag that begins at `start` and whose name begins at `named`; moves past it, and past the body of a script or style.
    fn tag(&mut self, start: usize, named: usize, closing: bool) -> Tag<'p> {
        let inside = self.page.get(named..).unwrap_or_default();
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
        let (name, rest) = inside.split_at(inside.find(ends).unwrap_or(inside.len()));
        let (length, attributes) = measure(inside);
        let end = named + length;
        self.at = end;
        let drawn = self.draw(name, closing, rest.get(..length.saturating_sub(name.len() + 1)).unwrap_or_default());
        let raw = self.raw.iter_mut().find(|(raw, unclosed)| !closing && !drawn && !*unclosed && name.eq_ignore_ascii_case(raw));
        if let Some((raw, unclosed)) = raw {
            let after = after_raw(self.page, raw, end);
            *unclosed = after.is_none();
            self.at = after.unwrap_or(end);
        }
        Tag { name, closing, attributes, start, end: self.at.max(end) }
    }

    /// Notes a tag and what stands in it behind its name; whether it belongs to a drawing or formula. Only the innermost element is
    /// closed: a drawing that may still be open is taken to be.
    fn draw(&mut self, name: &'p str, closing: bool, attributes: &str) -> bool {
        let Some(drawn) = &mut self.drawn else { return false };
        let begins = !drawn.is_empty() || is_among(&["svg", "math"], name);
        if closing && drawn.last().is_some_and(|open| open.eq_ignore_ascii_case(name)) {
            drawn.pop();
        } else if !closing && begins && !closes_itself(attributes) {
            drawn.push(name);
        }
        begins
    }
}

/// Whether `page` holds `words`, which are in small ASCII letters, in whatever letters.
fn contains(page: &str, words: &str) -> bool {
    page.match_indices('<')
        .any(|(at, _)| page.as_bytes().get(at..at + words.len()).is_some_and(|here| here.eq_ignore_ascii_case(words.as_bytes())))
}

/// Whether what stands in a tag behind its name ends with a slash that closes it, and that belongs to no value.
fn closes_itself(attributes: &str) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Between,
        Name,
        Equals,
        Value,
        Quoted(u8),
        Slash,
    }
    let mut at = At::Between;
    for byte in attributes.bytes() {
        let blank = byte.is_ascii_whitespace();
        at = match (at, byte) {
            (At::Quoted(mark), _) => {
                if byte == mark {
                    At::Between
                } else {
                    at
                }
            }
            (At::Equals, b'"' | b'\'') => At::Quoted(byte),
            (At::Equals, _) => {
                if blank {
                    at
                } else {
                    At::Value
                }
            }
            (At::Value, _) => {
                if blank {
                    At::Between
                } else {
                    at
                }
            }
            (_, b'/') => At::Slash,
            (At::Name, b'=') => At::Equals,
            (At::Name, _) if blank => at,
            _ if blank => At::Between,
            _ => At::Name,
        };
    }
    at == At::Slash
}

/// Bytes from a comment's opening to past its end; the rest of the page where it has none.
fn comment_length(comment: &str) -> usize {
    let abrupt = [">", "->"].iter().find(|end| comment.starts_with(*end)).map(|end| end.len());
    let closes = |at: &usize| comment.get(..*at).is_some_and(|inside| inside.ends_with("--") || inside.ends_with("--!"));
    let proper = comment.match_indices('>').map(|(at, _)| at).find(closes).map(|at| at + 1);
    abrupt.or(proper).unwrap_or(comment.len())
}

/// Where the raw element `name` that opened before `from` has ended, if it ever does.
fn after_raw(page: &str, name: &str, from: usize) -> Option<usize> {
    let rest = page.as_bytes().get(from..)?;
    let closes = |at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()));
    let close = page.get(from..)?.match_indices("</").map(|(at, _)| at).find(closes)?;
    let end = rest.get(close..)?.iter().position(|byte| *byte == b'>')?;
    Some(from + close + end + 1)
}

/// Length of a tag's inside up to and with its `>`, and how many attributes it has; quoted values may hold anything.
fn measure(inside: &str) -> (usize, usize) {
    let mut quote = None;
    let mut attributes = 0;
    // The last byte that is no blank, and whether a new attribute may begin here.
    let (mut last, mut fresh) = (b' ', false);
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (at + 1, attributes),
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (None, b'/') => fresh = true,
            (None, _) if byte.is_ascii_whitespace() => fresh = true,
            (None, _) if fresh => {
                attributes += usize::from(byte != b'=' && last != b'=');
                fresh = false;
            }
            (Some(open), _) if byte == open => (quote, fresh) = (None, true),
            _ => {}
        }
        last = if byte.is_ascii_whitespace() { last } else { byte };
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
        assert!(refuses(&format!("<p {}>x", "a=''".repeat(300))).is_some());
        assert!(refuses("<p class='a > b' id=x>x</p>").is_none());
        assert!(refuses(&format!("<p class = 'a > b{}'>x</p>", " c".repeat(400))).is_none());
    }

    #[test]
    fn nesting_cannot_be_hidden() {
        let deep = "<div>".repeat(1000);
        for page in [
            deep.clone(),
            "<div></x>".repeat(1000),
            format!("<!-->{deep}"),
            format!("<template>{deep}</template>"),
            format!("<svg><style>{deep}</style></svg>"),
            "<div><b></div>".repeat(100),
            format!("<svg><title><div></svg></title><style>{deep}</style>"),
            format!("<svg a=b/><style>{deep}</style>"),
            format!("<svg a= /><style>{deep}</style>"),
            format!("<svg></svg:x><style>{deep}</style>"),
            format!("<script:x>{deep}</script>"),
            format!("<svg></svg>{deep}"),
        ] {
            assert!(refuses(&page).is_some(), "{}", page.get(..40).unwrap_or_default());
        }
        for page in [
            format!("<!-- {deep} -->"),
            format!("<script>{deep}</script>"),
            "<div><b>x</b></div>".repeat(1000),
            "<script>x</script>".repeat(1000),
            format!("<svg a='b'/><script>{deep}</script>"),
            format!("<svg><g><path/></g></svg><script>{deep}</script><math><mi>x</mi></math><style>{deep}</style>"),
        ] {
            assert!(refuses(&page).is_none(), "{}", page.get(..40).unwrap_or_default());
        }
    }

    #[test]
    fn the_declared_encoding_is_found() {
        assert_eq!(declared_encoding(b"<meta charset=\"ISO-8859-1\">").as_deref(), Some("iso-8859-1"));
        assert_eq!(declared_encoding(b"<meta content='text/html; charset=windows-1252'>").as_deref(), Some("windows-1252"));
        assert_eq!(declared_encoding(b"<p>"), None);
    }
}
