//! "I said" in the document's own words becomes whoever signs it: the sender of a message; elsewhere nobody.

use crate::corpus::{Document, Format};
use crate::quotation::{Quotation, Speaker};
use crate::syntax::EntityKind;
use crate::text::fold;

/// Gives what "I" says the name of the sender, or of nobody where the document is no message, or the words in it are another's.
pub(super) fn sign(document: &Document, quotations: &mut [Quotation]) {
    let first_person = |speaker: &Speaker| fold(&speaker.name) == "i";
    for quotation in quotations.iter_mut().filter(|quotation| quotation.speaker.as_ref().is_some_and(first_person)) {
        let sender = quotation.speaker.take().and_then(|speaker| sender(document, speaker));
        quotation.speaker = sender;
    }
}

/// The sender as the speaker, where the words are the sender's own and not those of the message replied to.
fn sender(document: &Document, speaker: Speaker) -> Option<Speaker> {
    let message = matches!(document.format, Format::Mail | Format::Mailbox);
    let line = document.text.get(..speaker.mention_span.start)?.rsplit('\n').next().unwrap_or_default();
    let author =
        document.metadata.authors.first().map(|author| author.value.trim()).filter(|name| !name.contains('@') && !name.is_empty())?;
    let own = message && !line.trim_start().starts_with('>');
    own.then(|| Speaker { name: author.to_owned(), kind: EntityKind::Person, ..speaker })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::corpus::{Origin, Sourced};

    fn check(format: Format, body: &str, expected: Option<&str>) {
        let mut document = crate::corpus::parse(Path::new("a.txt"), "a.txt", body.as_bytes()).unwrap();
        document.format = format;
        document.metadata.authors = vec![Sourced { value: "Nell Averill".to_owned(), origin: Origin::MailHeader, span: None }];
        let spans: Vec<_> = document.blocks.iter().map(|block| block.span).collect();
        let text = crate::text::analyze(&document.text, &spans);
        let syntax = crate::syntax::analyze(&document.text, &text);
        let mut quotations = crate::quotation::extract(&document.text, &document.blocks, &text, &syntax);
        let before = quotations.iter().filter_map(|quotation| quotation.speaker.as_ref()).any(|speaker| speaker.name == "I");
        assert!(before, "{quotations:?}");
        sign(&document, &mut quotations);
        let names: Vec<&str> = quotations.iter().filter_map(|quotation| quotation.speaker.as_ref()).map(|one| one.name.as_str()).collect();
        assert_eq!(names.first().copied(), expected, "{quotations:?}");
    }

    #[test]
    fn the_sender_of_a_message_is_i() {
        let body = "You left out what I said about the quay: \"The quay will have to be built again from its footings.\"\n";
        check(Format::Mail, body, Some("Nell Averill"));
        check(Format::Mail, &format!("> {body}"), None);
        check(Format::Text, body, None);
    }
}
