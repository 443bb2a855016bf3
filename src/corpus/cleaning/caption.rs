//! Recognises the words under a picture by the credit they carry.

use super::unit::{Close, Unit, opens_quotation};

/// How captions open.
const OPENINGS: &[&str] = &[
    "image:",
    "image caption",
    "photo:",
    "photo by",
    "photos:",
    "photograph:",
    "photographs:",
    "picture:",
    "pictures:",
    "pictured:",
    "caption:",
    "media caption",
    "credit:",
    "(photo",
    "(picture",
    "(image",
];
/// What introduces the credit at their end.
const CREDITS: &[&str] =
    &["photograph: ", "photo: ", "picture: ", "pictures: ", "image: ", "credit: ", "photo by ", "photograph by ", "picture by "];
/// Picture agencies that close a caption.
const AGENCIES: &[&str] = &["getty images", "getty", "alamy", "/pa", "(pa)", "/reuters", "/rex", "shutterstock", "istock", "/afp"];

/// Whether the unit is the words under a picture.
pub(super) fn is_caption(unit: &Unit<'_>) -> bool {
    if unit.count > 40 || opens_quotation(unit.words) {
        return false;
    }
    let lower = unit.words.to_lowercase();
    let opens = unit.count <= 30 && OPENINGS.iter().any(|opening| lower.starts_with(opening));
    let credited = CREDITS
        .iter()
        .filter_map(|credit| lower.rfind(credit))
        .any(|at| lower.get(at..).is_some_and(|tail| tail.split_whitespace().count() <= 7));
    let agency = AGENCIES.iter().any(|agency| lower.trim_end_matches([')', '.']).ends_with(agency.trim_end_matches(')')));
    opens || (unit.close != Close::Full && (credited || agency && unit.count <= 24))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::draft::{Piece, Shape};
    use crate::span::Span;

    #[track_caller]
    fn check(words: &str, expected: bool) {
        let unit = Unit::all(words, &[Piece { span: Span::new(0, words.len()), shape: Shape::Text }])[0];
        assert_eq!(is_caption(&unit), expected, "{words}");
    }

    #[test]
    fn credits_give_captions_away() {
        check("The ferry on its last day. Photograph: Bo Reed/Alamy", true);
        check("Image caption The ferry on its last day", true);
        check("Picture: Ann Lister", true);
        check("The pier at dusk (Photo: Bo Reed)", true);
        check("Pictured: the old ferry, now a café", true);
    }

    #[test]
    fn sentences_about_pictures_are_none() {
        check("She said the photograph was taken in May.", false);
        check("“Picture: Ann Lister” is what the card said.", false);
        check("The picture by then was clear.", false);
    }
}
