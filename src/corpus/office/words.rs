//! The words of a text in WordprocessingML or OpenDocument, with what is heading, list and table row.
//!
//! Walks the XML as it stands, without a tree and without recursion: nesting costs a byte an element.

use quick_xml::events::{BytesStart, Event};

use super::{attribute, damaged, xml};
use crate::corpus::draft::Shape;
use crate::corpus::rendering::Rendering;
use crate::corpus::{ReadError, entity};

/// The language a text is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// WordprocessingML: words stand in elements of their own alone.
    Docx,
    /// OpenDocument: words stand anywhere in a paragraph.
    Odt,
}

impl Dialect {
    fn element(self, element: &BytesStart<'_>) -> Element {
        match self {
            Self::Docx => docx(element),
            Self::Odt => odt(element),
        }
    }
}

/// What an element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// A paragraph of this shape.
    Paragraph(Shape),
    /// Says what shape the paragraph around it has.
    Shaped(Shape),
    /// Holds words.
    Words,
    /// Holds an item of a list.
    Item,
    Row,
    Cell,
    Break,
    Blank,
    Hyphen,
    /// Holds words that stand below the text.
    Note,
    /// Nothing in it is shown.
    Silent,
    Other,
}

/// WordprocessingML: words stand in `t` alone.
fn docx(element: &BytesStart<'_>) -> Element {
    match element.local_name().as_ref() {
        "p" => Element::Paragraph(Shape::Text),
        "pStyle" => style(&attribute(element, "val").unwrap_or_default()),
        "numPr" => Element::Shaped(Shape::Item),
        "t" => Element::Words,
        "tr" => Element::Row,
        "tc" => Element::Cell,
        "br" | "cr" => Element::Break,
        "tab" => Element::Blank,
        "noBreakHyphen" => Element::Hyphen,
        "Fallback" | "del" | "moveFrom" | "instrText" | "tabs" => Element::Silent,
        _ => Element::Other,
    }
}

/// OpenDocument: words stand in `p` and `h` and what is inside them.
fn odt(element: &BytesStart<'_>) -> Element {
    match element.local_name().as_ref() {
        "p" => match style(&attribute(element, "style-name").unwrap_or_default()) {
            Element::Shaped(shape) => Element::Paragraph(shape),
            _ => Element::Paragraph(Shape::Text),
        },
        "h" => Element::Paragraph(Shape::Heading),
        "list-item" => Element::Item,
        "table-row" => Element::Row,
        "table-cell" => Element::Cell,
        "line-break" => Element::Break,
        "s" | "tab" => Element::Blank,
        "note-body" => Element::Note,
        "annotation" | "tracked-changes" | "forms" | "note-citation" => Element::Silent,
        _ => Element::Other,
    }
}

fn style(name: &str) -> Element {
    let plain = name.to_ascii_lowercase();
    if plain == "title" {
        Element::Shaped(Shape::Title)
    } else if plain.starts_with("heading") || plain == "subtitle" {
        Element::Shaped(Shape::Heading)
    } else if plain.starts_with("list") {
        Element::Shaped(Shape::Item)
    } else if plain.contains("quot") {
        Element::Shaped(Shape::Quote)
    } else if plain == "caption" {
        Element::Shaped(Shape::Caption)
    } else {
        Element::Other
    }
}

/// What is open while the words are written.
struct Writer<'w> {
    rendering: &'w mut Rendering,
    open: Vec<Element>,
    /// Open elements nothing of which is shown.
    silent: usize,
    /// Open rows of tables.
    rows: usize,
    items: usize,
    /// The words of notes, and how many are open.
    notes: Vec<String>,
    noting: usize,
    /// The paragraph's shape, until its first words.
    shape: Option<Shape>,
    dialect: Dialect,
}

/// Writes the words of an XML text.
pub(super) fn write(text: &str, dialect: Dialect, rendering: &mut Rendering) -> Result<(), ReadError> {
    let mut reader = xml(text);
    let mut writer =
        Writer { rendering, open: Vec::new(), silent: 0, rows: 0, items: 0, notes: Vec::new(), noting: 0, shape: None, dialect };
    loop {
        match reader.read_event().map_err(|error| damaged(&error.to_string()))? {
            Event::Start(element) => writer.enter(dialect.element(&element)),
            Event::Empty(element) => {
                writer.enter(dialect.element(&element));
                writer.leave();
            }
            Event::End(_) => writer.leave(),
            Event::Text(words) => writer.words(&words),
            Event::CData(words) => writer.words(&words),
            Event::GeneralRef(name) => entity::character(&name).into_iter().for_each(|c| writer.words(c.encode_utf8(&mut [0; 4]))),
            Event::Eof => {
                writer.write_notes();
                return Ok(());
            }
            _ => {}
        }
    }
}

impl Writer<'_> {
    fn enter(&mut self, element: Element) {
        match element {
            Element::Silent => self.silent += 1,
            Element::Note => {
                self.notes.push(String::new());
                self.noting += 1;
            }
            Element::Paragraph(_) | Element::Break | Element::Blank | Element::Cell if self.noting > 0 => self.note(" "),
            _ if self.noting > 0 => {}
            Element::Row => {
                if self.rows == 0 {
                    self.rendering.open(Shape::Text);
                }
                self.rows += 1;
            }
            Element::Item => self.items += 1,
            Element::Paragraph(shape) if self.rows > 0 => {
                self.rendering.words(" ");
                self.shape = Some(shape);
            }
            Element::Paragraph(shape) => {
                self.rendering.close();
                self.shape = Some(if self.items > 0 && shape == Shape::Text { Shape::Item } else { shape });
            }
            Element::Shaped(shape) => self.shape = self.shape.map(|_| shape),
            Element::Break if self.rows == 0 && self.silent == 0 => self.rendering.line_break(),
            Element::Break | Element::Blank | Element::Cell => self.rendering.words(" "),
            Element::Hyphen if self.silent == 0 => self.rendering.words("-"),
            Element::Words | Element::Other | Element::Hyphen => {}
        }
        self.open.push(element);
    }

    fn leave(&mut self) {
        match self.open.pop() {
            Some(Element::Silent) => self.silent = self.silent.saturating_sub(1),
            Some(Element::Note) => self.noting = self.noting.saturating_sub(1),
            _ if self.noting > 0 => {}
            Some(Element::Row) => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    self.rendering.close();
                }
            }
            Some(Element::Item) => self.items = self.items.saturating_sub(1),
            Some(Element::Paragraph(_)) if self.rows == 0 => self.rendering.close(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        let holds = match self.dialect {
            Dialect::Docx => self.open.last() == Some(&Element::Words),
            Dialect::Odt => self.shape.is_some() || self.rows > 0,
        };
        if self.silent > 0 || !holds {
            return;
        }
        if self.noting > 0 {
            return self.note(words);
        }
        let fresh = self.rows == 0 && !words.trim().is_empty() && !self.rendering.is_open();
        match self.shape.filter(|_| fresh) {
            Some(Shape::Item) => self.rendering.item(Shape::Item),
            Some(shape) => self.rendering.open(shape),
            None => {}
        }
        self.rendering.words(words);
    }

    fn note(&mut self, words: &str) {
        self.notes.iter_mut().last().into_iter().for_each(|note| note.push_str(words));
    }

    /// Writes the notes, a paragraph each.
    fn write_notes(&mut self) {
        for note in std::mem::take(&mut self.notes).iter().filter(|note| !note.trim().is_empty()) {
            self.rendering.open(Shape::Text);
            self.rendering.words(note);
            self.rendering.close();
        }
    }
}
