//! Messages become documents: the words somebody wrote, with subject, sender and date as metadata.
//!
//! Of a message in several versions the plain one is read, else its HTML. Attachments of a known format are documents of their own,
//! labelled with their names. Forwarded messages inside a message are attachments too.

mod mailbox;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

use super::draft::Draft;
use super::format::{self, Format};
use super::stated::{Stating, squeezed};
use super::unpacking::{Input, Place, Unpacking};
use super::{Metadata, Origin, ReadError, html, plain};

pub(super) use mailbox::mailbox;

/// Reads one message and what is attached to it.
pub(super) fn message(bytes: &[u8], place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<(), ReadError> {
    let damaged = || ReadError::Damaged { format: "mail", reason: "there is no message in it".to_owned() };
    let message = MessageParser::default().parse(bytes).ok_or_else(damaged)?;
    let draft = Draft { stated: headers(&message), ..body(&message) };
    let read = unpacking.emit(draft, Vec::new(), Format::Mail, place);
    let attached = attachments(&message, place, unpacking)?;
    match read {
        Err(ReadError::Empty) if attached => Ok(()),
        read => read,
    }
}

/// The words of the message itself: every part shown in line, plain text preferred.
fn body(message: &Message<'_>) -> Draft {
    let shown: BTreeSet<_> = message.text_body.iter().chain(&message.html_body).copied().collect();
    let parts = || shown.iter().filter_map(|id| Some(&message.part(*id)?.body));
    let texts: Vec<&str> = parts().filter_map(|part| if let PartType::Text(words) = part { Some(words.as_ref()) } else { None }).collect();
    let words = texts.join("\n\n");
    if !words.trim().is_empty() {
        return plain::read(words.replace("\r\n", "\n"));
    }
    let pages: Vec<&str> = parts().filter_map(|part| if let PartType::Html(page) = part { Some(page.as_ref()) } else { None }).collect();
    html::read(&pages.join("\n"))
}

fn headers(message: &Message<'_>) -> Metadata {
    let mut metadata = Metadata::default();
    let mut stating = Stating::new(&mut metadata, Origin::MailHeader);
    stating.title(message.subject().unwrap_or_default());
    stating.authors(message.from().map(names).unwrap_or_default());
    let day = |date: &mail_parser::DateTime| {
        Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
    };
    stating.published(message.date().and_then(day));
    metadata
}

/// The senders' names, else their addresses.
fn names(address: &Address<'_>) -> Vec<String> {
    let named = |sender: &mail_parser::Addr<'_>| {
        let name = sender.name.as_deref().and_then(squeezed);
        name.map(|name| forename_first(&name)).or_else(|| sender.address.as_deref().and_then(squeezed))
    };
    address.iter().filter_map(named).collect()
}

/// "Lister, Ann" is Ann Lister.
fn forename_first(name: &str) -> String {
    let name = name.trim_matches(['"', '\'']);
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') && first.split_whitespace().count() <= 2 => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

/// Reads what is attached; whether anything was.
fn attachments(message: &Message<'_>, place: &Place<'_>, unpacking: &mut Unpacking<'_>) -> Result<bool, ReadError> {
    let mut any = false;
    for (number, part) in (1..).zip(message.attachments()) {
        let named = part.attachment_name().and_then(squeezed);
        let (name, bytes) = match &part.body {
            // Its first headers need not look like a message's: the name says that it is one.
            PartType::Message(inner) => (format!("message-{number}.eml"), inner.raw_message().to_vec()),
            _ => (named.unwrap_or_else(|| format!("attachment-{number}")), part.contents().to_vec()),
        };
        // A file's name is the last part of what stands there, whatever path is put before it.
        let label = name.rsplit(['/', '\\']).next().unwrap_or(&name).to_owned();
        if is_known(Path::new(&label), &bytes) || matches!(part.body, PartType::Message(_)) {
            any = true;
            unpacking.part(Input::bytes(bytes), &place.entry(&label, Path::new(&label)))?;
        }
    }
    Ok(any)
}

/// Whether an attachment is a document rather than a picture, a signature or a card.
fn is_known(name: &Path, bytes: &[u8]) -> bool {
    let signature = ["asc", "sig", "p7s", "vcf", "ics"].iter().any(|ending| name.extension().is_some_and(|other| other == *ending));
    let head = bytes.get(..bytes.len().min(format::HEAD)).unwrap_or_default();
    !signature && !bytes.is_empty() && format::detect(name, head).is_ok()
}
