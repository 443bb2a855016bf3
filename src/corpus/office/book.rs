//! The chapters of a book (EPUB), in the order in which they are read.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::path::Path;

use percent_encoding::percent_decode_str;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{attribute, damaged, part, properties, xml};
use crate::corpus::ReadError;
use crate::corpus::unpacking::{Input, Place, Unpacking};

/// Reads the chapters; each is a page.
pub(super) fn chapters<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    place: &Place<'_>,
    unpacking: &mut Unpacking<'_>,
) -> Result<(), ReadError> {
    let container = part(archive, "META-INF/container.xml", unpacking)?;
    let package = told(&container, "rootfile", |file| attribute(file, "full-path"))
        .into_iter()
        .next()
        .ok_or_else(|| damaged("the book names no package"))?;
    let text = part(archive, &package, unpacking)?;
    let stated = properties::of(&text);
    for name in spine(&text) {
        let path = beside(&package, &name);
        let place = place.entry(&path, Path::new(&path));
        let read = part(archive, &path, unpacking);
        let read = read.and_then(|page| unpacking.take_with(Input::bytes(page.into_bytes()), &place, stated.clone()));
        match read {
            // A cover has no words.
            Err(ReadError::Empty) => {}
            read => unpacking.settle(read, &place)?,
        }
    }
    Ok(())
}

/// What is told of each element of a name that tells it.
fn told<T>(text: &str, element: &str, tell: impl Fn(&BytesStart<'_>) -> Option<T>) -> Vec<T> {
    let mut found = Vec::new();
    let mut reader = xml(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == element => found.extend(tell(&start)),
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The paths of the chapters in order.
fn spine(package: &str) -> Vec<String> {
    let files = told(package, "item", |item| Some((attribute(item, "id")?, attribute(item, "href")?)));
    let files: BTreeMap<String, String> = files.into_iter().collect();
    told(package, "itemref", |chapter| attribute(chapter, "idref"))
        .iter()
        .filter_map(|id| files.get(id))
        .map(|path| percent_decode_str(path).decode_utf8_lossy().into_owned())
        .collect()
}

/// A path named in the file `package`, as the archive knows it.
fn beside(package: &str, name: &str) -> String {
    let mut parts: Vec<&str> = package.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
