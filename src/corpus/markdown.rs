//! Markdown is rendered once: its words, without its marks, in paragraphs.
//!
//! Paragraphs are parted by blank lines, list items stand one a line behind "• ", a quoted paragraph is a quotation. Links keep their
//! words, pictures and raw markup lose theirs; front matter goes to the metadata.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::draft::{Draft, Shape};
use super::rendering::Rendering;
use super::{Boilerplate, front_matter};

/// Renders Markdown.
pub(super) fn read(text: &str) -> Draft {
    let matter = front_matter::find(text);
    let body = text.get(matter.map_or(0, |span| span.end)..).unwrap_or_default().trim_start_matches('\u{feff}');
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::default();
    for event in Parser::new_ext(body, options) {
        reader.take(event);
    }
    let mut draft = reader.rendering.finish();
    draft.stated = matter.map(|span| front_matter::metadata(text, span)).unwrap_or_default();
    draft
}

#[derive(Default)]
struct Reader {
    rendering: Rendering,
    quotes: usize,
    /// Pictures and raw markup whose words are not shown.
    silent: usize,
    code: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(words) if self.silent == 0 => self.write(&words),
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.rendering.words(&words),
            Event::SoftBreak => self.rendering.words(" "),
            Event::HardBreak => self.rendering.line_break(),
            Event::Rule => self.rendering.part(),
            _ => {}
        }
    }

    fn write(&mut self, words: &str) {
        if self.code {
            self.rendering.lines(words);
        } else {
            self.rendering.words(words);
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.rendering.open(self.shape(Shape::Text)),
            Tag::Heading { .. } => self.rendering.open(Shape::Heading),
            Tag::Item => self.rendering.item(Shape::Item),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(kind) => {
                let fenced = matches!(kind, pulldown_cmark::CodeBlockKind::Fenced(_));
                self.rendering.open(if fenced { Shape::Chrome(Boilerplate::Machine) } else { self.shape(Shape::Text) });
                self.code = true;
            }
            Tag::TableHead | Tag::TableRow => self.rendering.open(Shape::Text),
            Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_) => self.silent += 1,
            _ => {}
        }
    }

    fn shape(&self, plain: Shape) -> Shape {
        if self.quotes > 0 { Shape::Quote } else { plain }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => self.rendering.close(),
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.code = false;
                self.rendering.close();
            }
            TagEnd::TableCell => self.rendering.words("  "),
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.silent = self.silent.saturating_sub(1),
            TagEnd::List(_) => self.rendering.part(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_marks_go() {
        let draft = read(
            "---\ntitle: Ferry\n---\n# The *ferry*\n\nIt [stopped](http://x.example) in\nMay.\n\n> Sold.\n\n- one\n- two\n\n![alt](x.png)\n\nEnd.",
        );
        assert_eq!(draft.text, "The ferry\n\nIt stopped in May.\n\nSold.\n\n• one\n• two\n\nEnd.\n");
        let shapes: Vec<_> = draft.pieces.iter().map(|piece| piece.shape).collect();
        assert_eq!(shapes, [Shape::Heading, Shape::Text, Shape::Quote, Shape::Item, Shape::Item, Shape::Text]);
        assert_eq!(draft.stated.title.unwrap().value, "Ferry");
    }
}
