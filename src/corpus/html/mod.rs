//! A saved page is rendered once: the words of its article, and, marked as such, the words around it.
//!
//! What the page says of itself (JSON-LD, `<meta>`, `<title>`) goes to the metadata. Pages nested or attributed beyond any article's
//! need are not parsed, since that takes time square in the depth; their tags are stripped plainly.

mod clues;
mod guard;
mod hints;
mod render;
mod scope;
mod strip;

use scraper::Html;

use super::draft::Draft;
use super::plain;

pub(super) use guard::declared_encoding;

/// Renders a page.
pub(super) fn read(page: &str) -> Draft {
    if let Some(reason) = guard::refuses(page) {
        return stripped(page, reason);
    }
    let parsed = Html::parse_document(page);
    let mut draft = render::render(&parsed);
    if draft.pieces.is_empty() {
        // A broken tag near the top can swallow everything below it.
        draft = stripped(page, "no words found in the page");
    }
    draft.stated = clues::metadata(&parsed);
    draft
}

fn stripped(page: &str, reason: &str) -> Draft {
    let text = strip::tags(page);
    let pieces = plain::pieces(&text, 0);
    Draft { text, pieces, problems: vec![format!("{reason}: tags stripped without parsing")], ..Draft::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::draft::Shape;

    #[test]
    fn a_deeply_nested_page_is_stripped_not_parsed() {
        for page in ["<div>".repeat(100_000) + "The bridge is shut.", "<p>".repeat(3) + &"<b><i>".repeat(50_000) + "The bridge is shut."] {
            let draft = read(&page);
            assert_eq!(draft.text.trim(), "The bridge is shut.");
            assert_eq!(draft.problems.len(), 1);
        }
    }

    #[test]
    fn a_tag_that_never_closes_swallows_nothing() {
        for page in ["<html><head><title>Bridge <p>The bridge is shut.</p>", "<html><script>x()<p>The bridge is shut.</p>"] {
            let draft = read(page);
            assert!(draft.text.contains("The bridge is shut."), "{draft:?}");
        }
    }

    #[test]
    fn paragraphs_that_never_close_are_not_nesting() {
        let draft = read(&("<html><body>".to_owned() + &"<p>The bridge is shut.<br>".repeat(2000)));
        assert!(draft.problems.is_empty());
        assert_eq!(draft.pieces.len(), 2000);
    }

    #[test]
    fn words_come_once_and_scripts_never() {
        let draft = read(
            "<html><head><title>T</title><style>p{}</style></head><body><script>x()</script><h1>Bridge &amp; ferry</h1><p>It   is\n<b>shut</b>.</p><ul><li>one</li><li><p>two</p></li></ul><blockquote><p>Sold.</p></blockquote></body></html>",
        );
        assert_eq!(draft.text, "Bridge & ferry\n\nIt is shut.\n\n• one\n• two\n\nSold.\n");
        let shapes: Vec<_> = draft.pieces.iter().map(|piece| piece.shape).collect();
        assert_eq!(shapes, [Shape::Title, Shape::Text, Shape::Item, Shape::Item, Shape::Quote]);
    }

    #[test]
    fn what_part_of_a_line_says_of_itself_ends_with_it() {
        use crate::corpus::Boilerplate::{Comments, Machine};
        let shapes = |page: &str| read(page).pieces.iter().map(|piece| piece.shape).collect::<Vec<_>>();
        for (page, first) in [
            ("<body><h2>Ferry</h2><span class=author>By Ann Lister</span><br>It stops.<br><br>For good.", Shape::Byline),
            ("<body><h2>Ferry</h2><span class=date>3 May 2014</span> It stops.<br><br>For good.", Shape::Byline),
            (
                "<body><h2>Ferry</h2><b class=x><span class=byline>Bo Reed</span></b>, <span class=date>3 May</span> — It stops.<br><br>For good.",
                Shape::Byline,
            ),
            ("<body><h2>Ferry</h2><span class=comments>3</span> It stops.<br><br>For good.", Shape::Chrome(Comments)),
            ("<body><h2>Ferry</h2><label>Note:</label> It stops.<br><br>For good.", Shape::Chrome(Machine)),
        ] {
            assert_eq!(shapes(page), [Shape::Heading, first, Shape::Text, Shape::Text], "{page}");
        }
        assert_eq!(shapes("<body><p>On <span class=date>3 May</span> it stopped.</p>"), [Shape::Text]);
        assert_eq!(shapes("<body><p><span class=date>On 3 May</span> it stopped.</p>"), [Shape::Text]);
    }

    #[test]
    fn a_page_with_drawings_and_long_scripts_is_parsed() {
        let script = format!("<script>{}</script>", "if(a<b&&c<d){x('<div>')}".repeat(1000));
        let drawing = "<svg viewBox=\"0 0 9 9\"><title>Logo</title><path d=\"M0 0\"/><g><path d='M1 1'></path></g></svg>";
        let draft = read(&format!("<html><body>{drawing}{script}<p>The bridge is shut.</p>{drawing}{script}</body></html>"));
        assert!(draft.problems.is_empty(), "{:?}", draft.problems);
        assert_eq!(draft.text, "The bridge is shut.\n");
    }
}
