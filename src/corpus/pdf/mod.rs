//! A PDF becomes a document a page, labelled `page=N` as addresses of PDFs do.
//!
//! A PDF holds characters with places, no words and no paragraphs: these are made from the places ([`layout`]), columns one after
//! another, words broken at a line's end made whole. Lines that most pages repeat at their top or foot, and page numbers, are marked.
//! What the file says of its title, authors and date counts where its text says nothing. A page that cannot be read stops no other.

mod layout;
mod lines;
mod running;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, MediaBox, Object, OutputDev, OutputError, Transform, output_doc_page};

use super::draft::{Draft, Shape};
use super::format::Format;
use super::rendering::Rendering;
use super::stated::Stating;
use super::unpacking::{Place, Unpacking};
use super::{Metadata, Origin, ReadError, byline, date};

use layout::Glyph;
use lines::Paragraph;

/// Characters of one page; what is more is no text for people.
const MOST: usize = 400_000;

/// Reads the pages.
pub(super) fn pages(bytes: &[u8], place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut document = Document::load_mem(bytes).map_err(|error| damaged(&error.to_string()))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(damaged("it is protected by a password"));
    }
    let stated = stated(&document);
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let mut read: Vec<(u32, Result<Vec<Paragraph>, ReadError>)> = Vec::with_capacity(numbers.len());
    for number in numbers {
        read.push((number, page(&document, number)));
    }
    drop(document);
    let running = running::lines(read.iter().filter_map(|(_, paragraphs)| paragraphs.as_deref().ok()));
    for (number, paragraphs) in read {
        let place = place.part(&format!("page={number}"));
        let read = paragraphs.and_then(|paragraphs| {
            let mut draft = draft(&paragraphs, &running);
            draft.stated.title.clone_from(&stated.title);
            unpacking.emit_with(draft, Format::Pdf, &place, stated.clone())
        });
        match read {
            // A page without words is a picture, or blank.
            Err(ReadError::Empty) => {}
            read => unpacking.settle(read, &place)?,
        }
    }
    Ok(())
}

fn damaged(reason: &str) -> ReadError {
    ReadError::Damaged { format: "PDF", reason: reason.to_owned() }
}

/// The paragraphs of one page. The library panics on much that files get wrong; such a page is left.
fn page(document: &Document, number: u32) -> Result<Vec<Paragraph>, ReadError> {
    let mut taken = Taken::default();
    match catch_unwind(AssertUnwindSafe(|| output_doc_page(document, &mut taken, number))) {
        Ok(Ok(())) => {}
        // What came before the broken spot stands.
        _ if taken.glyphs.len() > 200 => {}
        Ok(Err(error)) => return Err(damaged(&error.to_string())),
        Err(_) => return Err(damaged("a page is not made as it should be")),
    }
    Ok(lines::paragraphs(layout::lines(taken.glyphs)))
}

/// Takes the characters of a page.
#[derive(Default)]
struct Taken {
    height: f64,
    glyphs: Vec<Glyph>,
}

impl OutputDev for Taken {
    fn begin_page(&mut self, _: u32, page: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.height = page.ury;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(&mut self, place: &Transform, width: f64, _: f64, size: f64, words: &str) -> Result<(), OutputError> {
        let scale = (place.m21.powi(2) + place.m22.powi(2)).sqrt();
        let size = (size * scale).abs();
        // What stands on its side is a caption of a table or a stamp; it would break the lines it crosses.
        let upright = place.m11.abs() >= place.m12.abs();
        let finite = [place.m31, place.m32, width, size].iter().all(|number| number.is_finite());
        if upright && finite && size > 0.1 && self.glyphs.len() < MOST {
            let (x, y) = (place.m31, self.height - place.m32);
            self.glyphs.push(Glyph { x, y, width: (width * size).max(0.0), size, words: words.to_owned() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// The page's text.
fn draft(paragraphs: &[Paragraph], running: &BTreeSet<String>) -> Draft {
    let mut rendering = Rendering::default();
    for paragraph in paragraphs {
        let shape = if running.contains(&running::key(&paragraph.words)) || running::is_page_number(&paragraph.words) {
            Shape::Chrome(super::Boilerplate::Navigation)
        } else if paragraph.heading {
            Shape::Heading
        } else if super::plain::starts_item(&paragraph.words) {
            Shape::Item
        } else {
            Shape::Text
        };
        rendering.open(shape);
        rendering.words(&paragraph.words);
    }
    rendering.finish()
}

/// What the file's directory of information says.
fn stated(document: &Document) -> Metadata {
    let mut metadata = Metadata::default();
    let mut stating = Stating::new(&mut metadata, Origin::Properties);
    let information = document.trailer.get(b"Info").and_then(|object| document.dereference(object)).map(|(_, object)| object);
    let Ok(Object::Dictionary(information)) = information else { return metadata };
    let value = |name: &[u8]| {
        let object = information.get(name).and_then(|object| document.dereference(object)).map(|(_, object)| object);
        object.and_then(Object::as_str).map(text).unwrap_or_default()
    };
    stating.title(Some(value(b"Title")).filter(|title| !is_leftover(title)).as_deref().unwrap_or_default());
    stating.authors(byline::split(&value(b"Author")));
    let day = |words: String| date::first(words.trim_start_matches("D:").get(..8)?);
    stating.published(day(value(b"CreationDate")));
    stating.updated(day(value(b"ModDate")));
    metadata
}

/// A string of a PDF: UTF-16 with a mark, UTF-8 with one, else one byte a character.
fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// A title that a program left there: the name of the file it was made from, or none.
fn is_leftover(title: &str) -> bool {
    let lower = title.trim().to_ascii_lowercase();
    let program = ["microsoft word - ", "untitled", "powerpoint presentation", "slide 1"].iter().any(|left| lower.starts_with(left));
    let file = [".doc", ".docx", ".indd", ".qxd", ".rtf", ".odt", ".pdf", ".tex", ".dvi"].iter().any(|ending| lower.ends_with(ending));
    program || file
}

#[cfg(test)]
mod tests;
