//! Office files and books, which are zip archives of XML, become documents.
//!
//! A word processor's file is one document: headings, paragraphs, lists, rows of tables, notes. A book is one document a chapter, in
//! the order of its spine, labelled with the chapter's path. What the file says of itself (title, authors, dates) is metadata.

mod book;
mod properties;
mod words;

use std::io::{Read, Seek};

use quick_xml::Reader;
use quick_xml::events::BytesStart;
use zip::ZipArchive;

use super::ReadError;
use super::format::Format;
use super::rendering::Rendering;
use super::unpacking::{Place, Unpacking};
use words::Dialect;

/// What an archive is, where it is more than an archive.
pub(super) fn kind<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Option<Format>, ReadError> {
    for (name, kind) in [("word/document.xml", Ok(Format::Docx)), ("xl/workbook.xml", Err("xlsx")), ("ppt/presentation.xml", Err("pptx"))] {
        if archive.index_for_name(name).is_some() {
            return kind.map(Some).map_err(|format| ReadError::Unsupported { format });
        }
    }
    let mut declared = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        // A file that only looks like one is an archive like others.
        let _ = file.take(100).read_to_string(&mut declared);
    }
    let open = declared.starts_with("application/vnd.oasis.opendocument") && archive.index_for_name("content.xml").is_some();
    let book = declared.starts_with("application/epub") || archive.index_for_name("META-INF/container.xml").is_some();
    Ok(if open { Some(Format::Odt) } else { book.then_some(Format::Epub) })
}

/// Reads an archive of that kind.
pub(super) fn read<R: Read + Seek>(
    format: Format,
    archive: &mut ZipArchive<R>,
    place: &Place<'_>,
    unpacking: &mut Unpacking<'_>,
) -> Result<(), ReadError> {
    let mut rendering = Rendering::default();
    let stated = match format {
        Format::Docx => {
            for (number, name) in ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"].into_iter().enumerate() {
                if number == 0 || archive.index_for_name(name).is_some() {
                    words::write(&part(archive, name, unpacking)?, Dialect::Docx, &mut rendering)?;
                }
            }
            properties::of(&part(archive, "docProps/core.xml", unpacking).unwrap_or_default())
        }
        Format::Odt => {
            words::write(&part(archive, "content.xml", unpacking)?, Dialect::Odt, &mut rendering)?;
            properties::of(&part(archive, "meta.xml", unpacking).unwrap_or_default())
        }
        _ => return book::chapters(archive, place, unpacking),
    };
    let mut draft = rendering.finish();
    // A title is meant for readers. The rest is what the program noted of its user and clock: what the text says goes before it.
    draft.stated.title.clone_from(&stated.title);
    unpacking.emit_with(draft, format, place, stated)
}

/// The words of one entry.
fn part<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str, unpacking: &Unpacking<'_>) -> Result<String, ReadError> {
    let file = archive.by_name(name).map_err(|error| damaged(&format!("{name}: {error}")))?;
    let bytes = unpacking.unpacked(file)?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn damaged(reason: &str) -> ReadError {
    ReadError::Damaged { format: "Office file", reason: reason.to_owned() }
}

/// A reader that takes XML as people write it.
fn xml(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    reader
}

/// An attribute's value, by its name without prefix. Attributes are not held against each other: that takes time square in their number.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten().take(256);
    let found = attributes.into_iter().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

#[cfg(test)]
mod tests;
