//! Messages become documents: the words somebody wrote, with subject, sender and date as metadata.
//!
//! Of a message in several versions the plain one is read, unless it only says that there is another; else its HTML. What a reply
//! quotes of another message (lines behind `>`) is set off as a quotation, without the marks. Attachments of a known format are
//! documents of their own, labelled with their names. Forwarded messages inside a message are attachments too.

mod mailbox;
mod reply;

use std::path::Path;

use jiff::civil::Date;
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

use super::draft::Draft;
use super::format::{self, Format};
use super::stated::{Stating, squeezed};
use super::unpacking::{Input, Place, Unpacking};
use super::{Metadata, Origin, ReadError, byline, html};

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

/// Longest plain version that may be a mere note that there is another, in bytes, and how many times longer that other must be.
const NOTE: usize = 1000;
const TIMES: usize = 3;

/// The words of the message itself: every part shown in line, plain versions preferred.
fn body(message: &Message<'_>) -> Draft {
    let plain = shown(message, &message.text_body);
    if plain.text.len() > NOTE || message.text_body == message.html_body {
        return plain;
    }
    let rich = shown(message, &message.html_body);
    if rich.text.len() > plain.text.len() * TIMES { rich } else { plain }
}

/// The parts with these numbers, one below the other.
fn shown(message: &Message<'_>, ids: &[u32]) -> Draft {
    let mut draft = Draft::default();
    for part in ids.iter().filter_map(|id| message.part(*id)) {
        match &part.body {
            PartType::Text(words) => draft.append(reply::read(&words.replace("\r\n", "\n"))),
            PartType::Html(page) => draft.append(html::read(page)),
            _ => {}
        }
    }
    draft
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
        name.map(|name| byline::forename_first(&name).unwrap_or(name)).or_else(|| sender.address.as_deref().and_then(squeezed))
    };
    address.iter().filter_map(named).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    const FERRY: &str = "The ferry across the Tarn will make its last crossing in May, and a bus will take its place.";

    fn read(kind: &str, parts: &[(&str, &str)]) -> Draft {
        let mut mail = format!("Subject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=mark\n\n");
        parts.iter().for_each(|(kind, words)| mail.push_str(&format!("--mark\nContent-Type: text/{kind}; charset=utf-8\n\n{words}\n")));
        mail.push_str("--mark--\n");
        body(&MessageParser::default().parse(mail.as_bytes()).unwrap())
    }

    #[test]
    fn a_list_adds_its_footer_below_a_page() {
        let page = format!("<p>{FERRY}</p>");
        let draft = read("mixed", &[("html", &page), ("plain", "The Tarn list")]);
        assert_eq!(draft.text.trim_end(), format!("{FERRY}\n\nThe Tarn list"));
        let words: Vec<_> = draft.pieces.iter().map(|piece| piece.span.slice(&draft.text)).collect();
        assert_eq!(words, [FERRY, "The Tarn list"]);
    }

    #[test]
    fn the_plain_version_is_read_unless_it_only_points_to_the_other() {
        let page = format!("<p>{FERRY}</p><p>{FERRY}</p>");
        assert_eq!(read("alternative", &[("plain", FERRY), ("html", &page)]).text.trim_end(), FERRY);
        let draft = read("alternative", &[("plain", "This needs an HTML reader."), ("html", &page)]);
        assert_eq!(draft.text.trim_end(), format!("{FERRY}\n\n{FERRY}"));
        assert_eq!(read("alternative", &[("plain", " "), ("html", &page)]).pieces.len(), 2);
    }
}
