//! Writes a parsed page's words in reading order, each piece with what the markup says of it.

use scraper::node::{Element, Node};
use scraper::{ElementRef, Html};

use super::{hints, scope};
use crate::corpus::Boilerplate::{self, Navigation};
use crate::corpus::draft::{Draft, Shape};
use crate::corpus::rendering::Rendering;

/// Renders the page. Walks without recursion: the tree may be as deep as the guard allows.
pub(super) fn render(page: &Html) -> Draft {
    let article = scope::article(page);
    let mut writer = Writer { article, rendering: Rendering::default(), frames: Vec::new(), link: false };
    let mut stack = vec![Step::Enter(*page.root_element())];
    while let Some(step) = stack.pop() {
        match step {
            Step::Enter(node) => {
                let shown = writer.enter(node);
                if shown && node.has_children() {
                    stack.push(Step::Leave);
                    stack.extend(node.children().rev().map(Step::Enter));
                } else if shown && node.value().is_element() {
                    writer.leave();
                }
            }
            Step::Leave => writer.leave(),
        }
    }
    writer.rendering.finish()
}

type NodeRef<'p> = <ElementRef<'p> as std::ops::Deref>::Target;

enum Step<'p> {
    Enter(NodeRef<'p>),
    Leave,
}

/// What the open elements say, innermost last.
struct Frame {
    block: bool,
    /// The shape of pieces directly inside.
    shape: Shape,
    chrome: Option<Boilerplate>,
    inside: bool,
    pre: bool,
    item: bool,
    link: bool,
}

struct Writer<'p> {
    article: ElementRef<'p>,
    rendering: Rendering,
    frames: Vec<Frame>,
    /// Whether a link has just closed.
    link: bool,
}

/// Elements that begin a piece of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
    "button",
    "center",
];

impl Writer<'_> {
    /// Begins a node; whether it and what it holds is shown.
    fn enter(&mut self, node: NodeRef<'_>) -> bool {
        match node.value() {
            Node::Text(words) => {
                self.text(words);
                false
            }
            Node::Element(element) => self.element(element, node.id() == self.article.id()),
            _ => false,
        }
    }

    fn text(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.link = false;
            let shape = self.shape();
            self.rendering.resume(shape);
        }
        if self.frames.last().is_some_and(|frame| frame.pre) {
            self.rendering.lines(words);
        } else {
            self.rendering.words(words);
        }
    }

    fn shape(&self) -> Shape {
        let chrome = self.frames.iter().rev().find_map(|frame| frame.chrome);
        let inside = self.frames.iter().any(|frame| frame.inside);
        let shape = self.frames.last().map_or(Shape::Text, |frame| frame.shape);
        match (chrome, shape) {
            (Some(kind), _) => Shape::Chrome(kind),
            (None, Shape::Title | Shape::Byline) => shape,
            (None, _) if !inside => Shape::Chrome(Navigation),
            (None, shape) => shape,
        }
    }

    fn element(&mut self, element: &Element, is_article: bool) -> bool {
        let name = element.name();
        if hints::is_invisible(element) {
            return false;
        }
        if name == "br" {
            self.rendering.line_break();
            return false;
        }
        let frame = self.frame(element, is_article);
        if frame.link && self.link {
            self.rendering.words(" ");
        }
        let (block, item) = (frame.block, frame.item);
        self.frames.push(frame);
        if item {
            let shape = self.shape();
            self.rendering.item(shape);
        } else if block {
            let shape = self.shape();
            self.rendering.open(shape);
        }
        if matches!(name, "td" | "th") {
            self.rendering.words("  ");
        }
        true
    }

    fn frame(&self, element: &Element, is_article: bool) -> Frame {
        let name = element.name();
        let inside = is_article || self.frames.last().is_some_and(|frame| frame.inside);
        let outer = self.frames.last().map_or(Shape::Text, |frame| frame.shape);
        let chrome = if is_article { None } else { hints::boilerplate(element, inside) };
        let block = BLOCKS.contains(&name);
        let shape = own_shape(element).unwrap_or(if block && matches!(outer, Shape::Title | Shape::Heading | Shape::Item) {
            Shape::Text
        } else {
            outer
        });
        Frame {
            block,
            shape,
            chrome,
            inside,
            pre: name == "pre" || self.frames.last().is_some_and(|frame| frame.pre),
            item: name == "li",
            link: name == "a",
        }
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let within_item = self.frames.iter().any(|outer| outer.item);
        match (frame.block, frame.item || within_item) {
            (true, true) => self.rendering.close(),
            (true, false) => self.rendering.part(),
            (false, _) => {}
        }
        self.link = frame.link;
    }
}

/// The shape an element gives to the words inside it.
fn own_shape(element: &Element) -> Option<Shape> {
    let byline = ["byline", "author", "authors", "dateline", "timestamp", "pubdate", "published", "date"];
    match element.name() {
        "h1" => Some(Shape::Title),
        "h2" | "h3" | "h4" | "h5" | "h6" => Some(Shape::Heading),
        "li" => Some(Shape::Item),
        "blockquote" => Some(Shape::Quote),
        "figcaption" | "caption" => Some(Shape::Caption),
        "address" => Some(Shape::Byline),
        "p" | "div" | "span" | "time" if hints::has_class(element, &byline) => Some(Shape::Byline),
        "p" | "div" | "span" if hints::has_class(element, &["caption", "wp-caption-text"]) => Some(Shape::Caption),
        _ => None,
    }
}
