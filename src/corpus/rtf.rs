//! Rich Text Format becomes text: its paragraphs, with its title, and, apart from that, what the program noted of author and dates.
//!
//! Reads the control words that make words: characters by code page and by Unicode, dashes and quotation marks, paragraphs, tabs, cells
//! and rows. Fonts, colours, styles, pictures, headers, footers and notes are passed over. Groups are counted, not recursed into.

use encoding_rs::Encoding;
use jiff::civil::Date;

use super::draft::Draft;
use super::rendering::Rendering;
use super::stated::Stating;
use super::{Metadata, Origin, byline};

/// Groups whose words are not the text's.
const SILENT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "themedata",
    "datastore",
    "xmlnstbl",
    "bkmkstart",
    "bkmkend",
    "pntext",
    "latentstyles",
    "footnote",
    "annotation",
    "atnid",
    "atnauthor",
    "listtext",
];

/// Reads RTF: the draft, and what counts where its text says nothing.
pub(super) fn read(bytes: &[u8]) -> (Draft, Metadata) {
    let mut reader = Reading::new(bytes);
    while let Some(byte) = reader.next() {
        match byte {
            b'{' => reader.open(),
            b'}' => reader.close(),
            b'\\' => reader.control(),
            b'\r' | b'\n' => {}
            byte => reader.byte(byte),
        }
    }
    reader.finish()
}

/// What holds for a group.
#[derive(Clone, Copy)]
struct Group {
    silent: bool,
    /// The property whose value the group is.
    property: Option<Property>,
    /// Characters to pass over after one given by number, for readers that do not know it.
    skip: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Property {
    Title,
    Author,
    Created,
    Revised,
}

struct Reading<'r> {
    bytes: &'r [u8],
    at: usize,
    groups: Vec<Group>,
    group: Group,
    /// Whether the group has just begun with `\*`: what follows is for readers that know it.
    optional: bool,
    encoding: &'static Encoding,
    /// Bytes of words in the code page, not yet decoded.
    pending: Vec<u8>,
    /// Characters still to be passed over.
    skipping: usize,
    /// The first half of a character that takes two numbers.
    half: Option<u16>,
    rendering: Rendering,
    title: String,
    author: String,
    /// Year, month, day of creation and revision.
    created: [i16; 3],
    revised: [i16; 3],
}

impl<'r> Reading<'r> {
    fn new(bytes: &'r [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            groups: Vec::new(),
            group: Group { silent: false, property: None, skip: 1 },
            optional: false,
            encoding: encoding_rs::WINDOWS_1252,
            pending: Vec::new(),
            skipping: 0,
            half: None,
            rendering: Rendering::default(),
            title: String::new(),
            author: String::new(),
            created: [0; 3],
            revised: [0; 3],
        }
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn open(&mut self) {
        self.flush();
        self.groups.push(self.group);
        self.optional = false;
        self.skipping = 0;
    }

    fn close(&mut self) {
        self.flush();
        self.skipping = 0;
        if let Some(group) = self.groups.pop() {
            self.group = group;
        }
    }

    /// A byte of words.
    fn byte(&mut self, byte: u8) {
        if self.skipping > 0 {
            self.skipping -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    /// Writes the bytes that were waiting for their neighbours: some characters take two.
    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            let words = self.encoding.decode_without_bom_handling(&bytes).0.into_owned();
            self.words(&words);
        }
    }

    fn words(&mut self, words: &str) {
        match self.group.property {
            Some(Property::Title) => self.title.push_str(words),
            Some(Property::Author) => self.author.push_str(words),
            Some(_) => {}
            None if !self.group.silent => self.rendering.words(words),
            None => {}
        }
    }

    fn control(&mut self) {
        let Some(first) = self.next() else { return };
        match first {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.optional = true,
            b'~' => self.text(" "),
            b'_' => self.text("-"),
            b'\\' | b'{' | b'}' => self.byte(first),
            b'\r' | b'\n' => self.paragraph(),
            first if first.is_ascii_alphabetic() => self.word(),
            _ => {}
        }
    }

    /// Words that stand for a control.
    fn text(&mut self, words: &str) {
        self.flush();
        if self.skipping > 0 {
            self.skipping -= 1;
        } else {
            self.words(words);
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        if !self.group.silent {
            self.rendering.part();
        }
    }

    /// A control word, which begins one byte back, with its number and the blank that ends it.
    fn word(&mut self) {
        self.at -= 1;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let letters = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let signed = rest.get(letters) == Some(&b'-');
        let from = letters + usize::from(signed);
        let digits = rest.iter().skip(from).take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let used = if digits > 0 { from + digits } else { letters };
        let name = rest.get(..letters).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
        let number = rest.get(from..from + digits).and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<i64>().ok());
        let number = number.map(|number| if signed { -number } else { number });
        self.at += used + usize::from(rest.get(used) == Some(&b' '));
        self.act(name, number);
    }

    fn act(&mut self, name: &str, number: Option<i64>) {
        let optional = std::mem::take(&mut self.optional);
        match (name, number) {
            ("u", Some(number)) => self.character(number),
            ("bin", Some(number)) => self.at = self.at.saturating_add(usize::try_from(number).unwrap_or(0)),
            ("uc", Some(number)) => self.group.skip = usize::try_from(number).unwrap_or(1).min(8),
            ("ansicpg", Some(number)) => self.encoding = code_page(number),
            ("par" | "sect" | "page" | "row" | "nestrow", _) => self.paragraph(),
            ("line" | "softline", _) => {
                self.flush();
                if !self.group.silent {
                    self.rendering.line_break();
                }
            }
            ("tab" | "emspace" | "enspace" | "qmspace", _) => self.text(" "),
            ("cell" | "nestcell", _) => self.text("  "),
            ("emdash", _) => self.text("—"),
            ("endash", _) => self.text("–"),
            ("lquote", _) => self.text("‘"),
            ("rquote", _) => self.text("’"),
            ("ldblquote", _) => self.text("“"),
            ("rdblquote", _) => self.text("”"),
            ("bullet", _) => self.text("•"),
            _ => self.destination(name, number, optional),
        }
    }

    /// What a group is for.
    fn destination(&mut self, name: &str, number: Option<i64>, optional: bool) {
        let property = match name {
            "title" => Some(Property::Title),
            "author" => Some(Property::Author),
            "creatim" => Some(Property::Created),
            "revtim" => Some(Property::Revised),
            _ => None,
        };
        let inside = self.group.silent;
        if property.is_some() && inside {
            self.flush();
            self.group.property = property;
        } else if SILENT.contains(&name) || optional {
            self.flush();
            self.group.silent = true;
        } else if let (Some(number), "yr" | "mo" | "dy") = (number, name) {
            let day = match self.group.property {
                Some(Property::Created) => &mut self.created,
                Some(Property::Revised) => &mut self.revised,
                _ => return,
            };
            let at = usize::from(name != "yr") + usize::from(name == "dy");
            day.iter_mut().skip(at).take(1).for_each(|part| *part = i16::try_from(number).unwrap_or(0));
        }
    }

    /// A character by its number in UTF-16, which may be written as a negative one.
    fn character(&mut self, number: i64) {
        self.flush();
        let unit = u16::try_from(number.rem_euclid(65_536)).unwrap_or(0);
        let units = [self.half.take(), Some(unit)];
        let words: String = char::decode_utf16(units.into_iter().flatten()).flatten().collect();
        if words.is_empty() {
            self.half = Some(unit);
        } else {
            self.words(&words);
        }
        self.skipping = self.group.skip;
    }

    fn finish(mut self) -> (Draft, Metadata) {
        self.flush();
        let mut metadata = Metadata::default();
        let mut stating = Stating::new(&mut metadata, Origin::Properties);
        stating.title(&self.title);
        stating.authors(byline::split(&self.author));
        let day = |[year, month, day]: [i16; 3]| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        stating.published(day(self.created).filter(|day| day.year() > 1900));
        stating.updated(day(self.revised).filter(|day| day.year() > 1900));
        let mut draft = self.rendering.finish();
        draft.stated.title.clone_from(&metadata.title);
        (draft, metadata)
    }
}

fn code_page(number: i64) -> &'static Encoding {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 => "macintosh".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_controls_go() {
        let (draft, noted) = read(
            br"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\*\generator Writer;}{\info{\title The ferry}{\author Ann Lister}{\creatim\yr2014\mo2\dy3}}
\pard The \b ferry\b0  cost \'a35, \ldblquote no more\rdblquote\par
It stopped \u8211 ? for good {\i in} May.\par\trowd One\cell Two\cell\row {\header page}\{end\}\par}",
        );
        assert_eq!(draft.text, "The ferry cost £5, “no more”\n\nIt stopped – for good in May.\n\nOne Two\n\n{end}\n");
        assert_eq!(draft.stated.title.unwrap().value, "The ferry");
        assert_eq!(noted.authors[0].value, "Ann Lister");
        assert_eq!(noted.published.unwrap().value.to_string(), "2014-02-03");
    }

    #[test]
    fn characters_of_two_bytes_and_of_two_numbers_are_whole() {
        let (draft, _) = read(br"{\rtf1\ansi\ansicpg936 \'c7\'c5 \uc0\u-10179\u-8704 .\par}");
        assert_eq!(draft.text, "桥 😀.\n");
    }

    #[test]
    fn what_is_broken_ends_quietly() {
        for words in [r"{\rtf1 a", r"{\rtf1 a}}}} b", r"{\rtf1 \bin99999999999 x", r"{\rtf1 \'", r"\", r"{\rtf1\u", &"{".repeat(200_000)] {
            read(words.as_bytes());
        }
    }

    #[test]
    fn notes_break_no_sentence_and_who_saved_it_is_no_author_of_the_text() {
        let (draft, noted) = read(
            br"{\rtf1{\info{\title Ferry}{\author Administrator}}It will {\footnote \pard See 1999.\par} stop.\par{\listtext 1.\tab}One.\par}",
        );
        assert_eq!(draft.text, "It will stop.\n\nOne.\n");
        assert_eq!((draft.stated.title.unwrap().value.as_str(), draft.stated.authors.len()), ("Ferry", 0));
        assert_eq!(noted.authors[0].value, "Administrator");
    }
}
