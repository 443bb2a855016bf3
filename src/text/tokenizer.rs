//! A stretch of text becomes tokens, one white-space separated chunk after the other.
//!
//! The conventions are those of the Universal Dependencies treebanks for English; sentence ends are left to `sentences`.

use super::abbreviations::{Abbreviation, abbreviation, starts_sentence};
use super::characters::{is_apostrophe, is_blank, is_currency, is_dash, is_hyphen, is_mark, is_quote, is_symbol, is_word};
use super::words::is_particle;
use super::{Shape, Token, clitics};
use crate::span::Span;

/// Appends the tokens of `source[range]` to `tokens`. A range that does not fit the text adds nothing.
pub(super) fn tokenize(source: &str, range: Span, tokens: &mut Vec<Token>) {
    if source.get(range.start..range.end).is_none() {
        return;
    }
    let first = tokens.len();
    let mut scanner = Scanner { source, at: range.start, end: range.end, first, tokens };
    while let Some(chunk) = scanner.next_chunk() {
        scanner.chunk(chunk);
    }
}

struct Scanner<'s> {
    source: &'s str,
    /// Where reading goes on.
    at: usize,
    /// Where the stretch ends.
    end: usize,
    /// The number of tokens before this stretch.
    first: usize,
    tokens: &'s mut Vec<Token>,
}

impl Scanner<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        if at >= self.end {
            return None;
        }
        let byte = *self.source.as_bytes().get(at)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.source.get(at..self.end)?.chars().next() }
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.source.get(start..end).unwrap_or_default()
    }

    /// The first place at or after `at` whose character does not pass.
    fn skip(&self, mut at: usize, pass: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.char_at(at).filter(|&c| pass(c)) {
            at += c.len_utf8();
        }
        at
    }

    fn next_chunk(&mut self) -> Option<Span> {
        let start = self.skip(self.at, is_blank);
        let end = self.skip(start, |c| !is_blank(c));
        self.at = end;
        (start < end).then(|| Span::new(start, end))
    }

    fn push(&mut self, start: usize, end: usize, shape: Shape) -> usize {
        self.tokens.push(Token { span: Span::new(start, end), shape });
        end
    }

    fn push_word(&mut self, start: usize, end: usize) -> usize {
        let shape = word_shape(self.slice(start, end));
        self.push(start, end, shape)
    }

    fn chunk(&mut self, chunk: Span) {
        if let Some(end) = self.plain_word(chunk) {
            self.push_word(chunk.start, end);
            return;
        }
        let mut at = chunk.start;
        if let Some(address) = address(self.slice(chunk.start, chunk.end)) {
            at = self.prefix(chunk, address.start);
            at = self.push_word(at, chunk.start + address.end);
        }
        while at < chunk.end {
            at = self.token(at, chunk);
        }
    }

    /// Most chunks are letters and nothing else; the end, if this one is.
    fn plain_word(&self, chunk: Span) -> Option<usize> {
        let bytes = self.source.as_bytes().get(chunk.start..chunk.end)?;
        (bytes.iter().all(u8::is_ascii_alphabetic) && clitics::contraction(self.slice(chunk.start, chunk.end)).is_none())
            .then_some(chunk.end)
    }

    /// Tokens of the chunk before its byte `length`.
    fn prefix(&mut self, chunk: Span, length: usize) -> usize {
        let before = Span::new(chunk.start, chunk.start + length);
        let mut at = before.start;
        while at < before.end {
            at = self.token(at, before);
        }
        at
    }

    /// Appends the token that begins at `at` and returns its end, which is always beyond `at`.
    fn token(&mut self, at: usize, chunk: Span) -> usize {
        let Some(c) = self.char_at(at) else { return chunk.end };
        let next = at + c.len_utf8();
        if is_word(c) {
            self.word(at, chunk)
        } else if is_quote(c) {
            self.quote(at, c, chunk)
        } else if c == '.' && self.char_at(next).is_some_and(|n| n.is_ascii_digit()) && !self.touches_word(at, chunk) {
            let end = self.skip(next, |c| c.is_ascii_digit());
            self.push(at, end, Shape::Number)
        } else if matches!(c, '#' | '@') && self.char_at(next).is_some_and(char::is_alphabetic) {
            let end = self.skip(next, |c| is_word(c) || c == '_');
            self.push_word(at, end)
        } else {
            self.mark(at, c, chunk)
        }
    }

    fn touches_word(&self, at: usize, chunk: Span) -> bool {
        self.slice(chunk.start, at).chars().next_back().is_some_and(is_word)
    }

    /// A punctuation mark or symbol, or a run that counts as one ("...", "--", "?!").
    fn mark(&mut self, at: usize, c: char, chunk: Span) -> usize {
        let next = at + c.len_utf8();
        let end = match c {
            '!' | '?' => self.skip(next, |n| matches!(n, '!' | '?')),
            '.' | '-' | '*' | '=' | '_' | '~' | '+' | '<' | '>' | '$' | '\u{2026}' | '\u{2013}' | '\u{2014}' => self.skip(next, |n| n == c),
            ':' | ';' if smiley(self.slice(at, chunk.end)) => chunk.end,
            _ => self.skip(next, is_mark),
        };
        let shape = if is_symbol(c) { Shape::Symbol } else { Shape::Punctuation };
        self.push(at, end.min(chunk.end).max(next), shape)
    }

    /// A quotation mark, a doubled one (``TeX''), or a clitic or shortened year that begins with an apostrophe.
    fn quote(&mut self, at: usize, c: char, chunk: Span) -> usize {
        let next = at + c.len_utf8();
        if is_apostrophe(c) {
            if self.char_at(next) == Some(c) && c != '\u{b4}' {
                return self.push(at, next + c.len_utf8(), Shape::Quote);
            }
            if let Some(end) = self.clitic(at, next, chunk) {
                return self.push_word(at, end);
            }
        }
        self.push(at, next, Shape::Quote)
    }

    /// "'s" after a word or mark, "'90s" and "'em" at the start of a chunk.
    fn clitic(&self, at: usize, next: usize, chunk: Span) -> Option<usize> {
        let end = self.skip(next, is_word);
        let rest = self.slice(next, end);
        let attached = at > chunk.start;
        let is_clitic = attached && clitics::is_suffix(rest);
        let shortened = !attached && self.char_at(at) != Some('\u{2018}') && clitics::is_shortened(rest);
        let wrong_way_year = !attached && clitics::is_short_year(rest);
        (is_clitic || shortened || wrong_way_year).then_some(end)
    }

    /// A word that begins at `at`: letters and digits with what joins them, cut before a clitic.
    fn word(&mut self, at: usize, chunk: Span) -> usize {
        let end = self.word_end(at, chunk);
        if let Some(cut) = clitics::contraction(self.slice(at, end)) {
            let middle = self.push_word(at, at + cut);
            return self.push_word(middle, end);
        }
        if let Some(cut) = unit_after_number(self.slice(at, end)) {
            let middle = self.push_word(at, at + cut);
            return self.push_word(middle, end);
        }
        let end = self.with_point(at, end, chunk);
        self.push_word(at, end)
    }

    fn word_end(&self, at: usize, chunk: Span) -> usize {
        if let Some(end) = self.letters_with_points(at) {
            return end;
        }
        let mut end = self.skip(at, is_word);
        while end < chunk.end {
            let Some(joined) = self.joined(at, end, chunk) else { break };
            end = self.skip(joined, is_word);
        }
        end
    }

    /// "U.S.", "e.g.", "p.m", "J.K.": single letters with points between them; the end, last point included.
    fn letters_with_points(&self, at: usize) -> Option<usize> {
        let (mut end, mut letters) = (at, 0);
        while let Some(c) = self.char_at(end).filter(|c| c.is_alphabetic()) {
            let point = end + c.len_utf8();
            if self.char_at(point) != Some('.') {
                // "U.S" may lack its last point; "J.K.Rowling" goes on with a word of its own.
                let complete = letters > 0 && !self.char_at(point).is_some_and(is_word);
                return if complete { Some(point) } else { (letters > 1).then_some(end) };
            }
            end = point + 1;
            letters += 1;
        }
        (letters > 1 && self.char_at(end) != Some('.')).then_some(end)
    }

    /// If the mark at `end` joins the word begun at `at` to what follows: where that begins.
    fn joined(&self, at: usize, end: usize, chunk: Span) -> Option<usize> {
        let mark = self.char_at(end)?;
        let next = end + mark.len_utf8();
        let after = self.char_at(next).filter(|&c| next < chunk.end && is_word(c))?;
        let word = self.slice(at, end);
        let rest = self.slice(next, self.skip(next, is_word));
        let joins = match mark {
            '_' => true,
            '&' => word.chars().all(char::is_uppercase) && rest.chars().all(char::is_uppercase) && word.len() + rest.len() < 8,
            '.' => joins_with_point(word, rest),
            ',' => rest.len() == 3 && after.is_ascii_digit() && is_number(word) && is_number(rest),
            ':' => is_number(word) && is_number(rest) && rest.len() == 2,
            '/' => word.starts_with(|c: char| c.is_ascii_digit()) && is_number(rest),
            '%' | '@' => false,
            _ if is_hyphen(mark) => joins_with_hyphen(word, rest),
            _ if is_apostrophe(mark) && mark != '`' => clitics::joins(word, rest, self.char_at(next + rest.len())),
            _ => false,
        };
        joins.then_some(next)
    }

    /// Includes the point after an abbreviation, an initial or the number of a list item.
    fn with_point(&self, at: usize, end: usize, chunk: Span) -> usize {
        let followed_by_mark = || self.char_at(end + 1).is_some_and(|c| c == '.' || is_word(c));
        if end >= chunk.end || self.char_at(end) != Some('.') || followed_by_mark() {
            // "U.S." ends with its point already; "US$" keeps its sign.
            return self.with_sign(at, end, chunk);
        }
        let word = self.slice(at, end);
        let next = self.skip(end + 1, |c| is_blank(c) || is_quote(c) || matches!(c, '(' | '['));
        let keeps = if self.is_single_letter(word) {
            self.is_initial(word, next)
        } else if word.bytes().all(|b| b.is_ascii_digit()) {
            self.numbers_an_item(at, word, end + 1)
        } else {
            match abbreviation(word) {
                Some(Abbreviation::BeforeNumber) => self.char_at(next).is_some_and(|c| c.is_ascii_digit()),
                Some(_) => true,
                None => matches!(word, "Ph.D" | "M.Sc" | "B.Sc" | "D.Phil"),
            }
        };
        if keeps { end + 1 } else { end }
    }

    fn with_sign(&self, at: usize, end: usize, chunk: Span) -> usize {
        let national = matches!(self.slice(at, end), "US" | "A" | "AU" | "C" | "CA" | "NZ" | "HK" | "S");
        let signed = national && end < chunk.end && self.char_at(end) == Some('$');
        if signed { end + 1 } else { end }
    }

    fn is_single_letter(&self, word: &str) -> bool {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    }

    /// Whether a single capital with a point is an initial: a name goes on after it and no new sentence begins.
    fn is_initial(&self, word: &str, next: usize) -> bool {
        let before = self.tokens.get(self.first..).and_then(<[Token]>::last);
        // "met J. Osei", but "vitamin C. Doctors …".
        let name_before = before.is_none_or(|t| !is_labelled(t.span.slice(self.source)));
        let following = self.slice(next, self.skip(next, is_word));
        let name_after = following.chars().next().is_some_and(char::is_uppercase);
        let continues = following.is_empty() && self.char_at(next) == Some(',');
        // "Q. van den Hoek"
        let surname = self.skip(next + following.len(), is_blank);
        let particle_after = is_particle(following) && self.char_at(surname).is_some_and(is_word);
        name_before && (particle_after || (name_after && (!starts_sentence(following) || following.len() == 1) && word != "I") || continues)
    }

    /// Whether the number stands alone at the start of a line and words follow it on that line.
    fn numbers_an_item(&self, at: usize, word: &str, after: usize) -> bool {
        let line = self.slice(0, at).rsplit('\n').next().unwrap_or_default();
        let rest = self.slice(after, self.end);
        word.len() <= 2 && line.trim().is_empty() && rest.starts_with([' ', '\t']) && rest.trim_start().starts_with(is_word)
    }
}

/// What kind of characters a word is made of.
fn word_shape(word: &str) -> Shape {
    let bare = word.trim_start_matches(|c: char| !is_word(c));
    let Some(first) = bare.chars().next() else { return Shape::Punctuation };
    if first.is_numeric() {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let mut letters = bare.chars().filter(|c| c.is_alphabetic());
    let several = bare.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    if several && letters.all(char::is_uppercase) { Shape::Upper } else { Shape::Capitalized }
}

/// Whether a single capital after the word is its label: "vitamin C", "Plan B", "Group A".
fn is_labelled(word: &str) -> bool {
    let labelled = [
        "vitamin",
        "hepatitis",
        "plan",
        "grade",
        "class",
        "category",
        "type",
        "group",
        "section",
        "option",
        "point",
        "appendix",
        "block",
        "influenza",
        "pool",
        "formula",
    ];
    labelled.iter().any(|label| word.eq_ignore_ascii_case(label))
}

/// Whether the word is made of digits and their separators.
fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b':' | b'/'))
}

/// Endings of host and file names.
const NAME_ENDINGS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "co", "uk", "eu", "de", "info", "io", "tv", "ie", "au", "ca", "us", "int", "mil", "doc", "docx",
    "pdf", "xls", "xlsx", "txt", "html", "htm", "csv", "jpg", "png", "gif", "zip", "exe", "js", "py", "ppt",
];

fn joins_with_point(word: &str, rest: &str) -> bool {
    if is_number(word) && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    matches!((word, rest), ("Ph", "D") | ("M", "Sc") | ("B", "Sc") | ("D", "Phil"))
        || word.starts_with("www.")
        || word == "www"
        || (word.len() > 1 && NAME_ENDINGS.contains(&rest.to_ascii_lowercase().as_str()))
}

/// Prefixes that stay with their word in the treebanks.
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "cross", "e", "ex", "inter", "intra", "mid", "micro", "mini", "multi", "neo", "non", "over", "post", "pre",
    "pro", "re", "semi", "socio", "sub", "super", "trans", "un",
];

fn joins_with_hyphen(word: &str, rest: &str) -> bool {
    if word.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return is_number(rest) && matches!((word.split('-').next_back().map_or(0, str::len), rest.len()), (3, 3 | 4));
    }
    word.len() <= 7 && rest.len() > 1 && PREFIXES.contains(&word.to_ascii_lowercase().as_str())
}

/// Units written onto the number, which are tokens of their own.
const UNITS: &[&str] = &[
    "am", "b", "bn", "c", "cc", "cl", "cm", "days", "f", "ft", "g", "gb", "ghz", "ha", "hrs", "hz", "in", "k", "kb", "kg", "kgs", "kj",
    "km", "kmh", "kph", "kw", "kwh", "lb", "lbs", "m", "mb", "mg", "mhz", "min", "mins", "ml", "mm", "mn", "mp", "mph", "mw", "oz", "p",
    "percent", "pm", "pt", "secs", "sq", "st", "t", "tb", "tn", "trn", "x", "yd", "yds", "yr", "yrs",
];

/// Where the unit begins in "10km", "2.4m", "9pm".
fn unit_after_number(word: &str) -> Option<usize> {
    let cut = word.find(|c: char| c.is_ascii_alphabetic()).filter(|&cut| cut > 0)?;
    let (number, unit) = (word.get(..cut)?, word.get(cut..)?);
    let ordinal = matches!(unit, "st" | "nd" | "rd" | "th") && is_ordinal(number, unit);
    (is_number(number) && !ordinal && UNITS.contains(&unit.to_ascii_lowercase().as_str())).then_some(cut)
}

/// "1st" is an ordinal, "12st" a weight.
fn is_ordinal(number: &str, ending: &str) -> bool {
    ending != "st" || (number.ends_with('1') && !number.ends_with("11"))
}

fn smiley(rest: &str) -> bool {
    matches!(rest, ":)" | ":(" | ";)" | ":-)" | ":-(" | ";-)" | ":D" | ":P")
}

/// The part of a chunk that is a web or mail address, in bytes of the chunk.
fn address(chunk: &str) -> Option<Span> {
    let is_web = chunk.contains("://") || chunk.contains("www.");
    let is_mail = || chunk.find('@').is_some_and(|at| at > 0 && chunk.get(at..).is_some_and(|host| host.contains('.')));
    if !is_web && !is_mail() {
        return None;
    }
    let open = |c: char| is_quote(c) || matches!(c, '(' | '[' | '<' | '{');
    let close =
        |c: char| is_quote(c) || is_dash(c) || is_currency(c) || matches!(c, ')' | ']' | '>' | '}' | '.' | ',' | ';' | ':' | '!' | '?');
    let start = chunk.len() - chunk.trim_start_matches(open).len();
    let end = chunk.trim_end_matches(close).len();
    (start < end).then(|| Span::new(start, end))
}
