//! The entries of a zip archive, each a file of its own; an Office file or a book is one too, and read as what it is.

use std::io::{BufReader, Read, Seek};
use std::path::Path;

use zip::ZipArchive;

use super::{Input, Place, Unpacking};
use crate::corpus::file::LIMIT;
use crate::corpus::format::Format;
use crate::corpus::{ReadError, office};

/// Reads the entries in the order of the archive's directory; `format` is what the archive was taken for.
pub(super) fn entries(format: Format, input: Input<'_>, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let mut archive = open(input.seekable(LIMIT)?)?;
    let asked = (format != Format::Zip).then_some(format);
    if let Some(kind) = asked.map_or_else(|| office::kind(&mut archive), |asked| Ok(Some(asked)))? {
        return office::read(kind, &mut archive, place, unpacking);
    }
    for at in 0..archive.len() {
        let Some(name) = name(&mut archive, at) else { continue };
        let place = place.entry(&name, Path::new(&name));
        let read = entry(&mut archive, at, &place, unpacking);
        unpacking.settle(read, &place)?;
    }
    Ok(())
}

fn open<R: Read + Seek>(input: R) -> Result<ZipArchive<R>, ReadError> {
    ZipArchive::new(input).map_err(|error| ReadError::Damaged { format: "zip", reason: error.to_string() })
}

/// The name of the entry at `at`; `None` for a folder and for what systems hide.
fn name<R: Read + Seek>(archive: &mut ZipArchive<R>, at: usize) -> Option<String> {
    let name = archive.name_for_index(at)?.ok()?.replace('\\', "/");
    (!name.ends_with('/') && !super::is_hidden(&name)).then_some(name)
}

fn entry<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    at: usize,
    place: &Place<'_>,
    unpacking: &mut Unpacking<'_>,
) -> Result<(), ReadError> {
    let budget = unpacking.budget();
    let file = archive.by_index(at).map_err(|error| ReadError::Damaged { format: "zip", reason: error.to_string() })?;
    if file.is_symlink() {
        return Ok(());
    }
    unpacking.take(Input::stream(BufReader::new(budget.meter(file))), place)
}
