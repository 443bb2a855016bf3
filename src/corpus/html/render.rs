//! Writes a parsed page's words in reading order, each piece with what the markup says of it.

use ego_tree::{NodeId, NodeRef};
use scraper::Html;
use scraper::node::{Element, Node};

use super::hints;
use super::scope::{self, Prose};
use crate::corpus::Boilerplate::{self, Comments};
use crate::corpus::draft::{Draft, Shape};
use crate::corpus::rendering::Rendering;

/// Renders the page. Walks without recursion: the tree may be as deep as the guard allows.
pub(super) fn render(page: &Html) -> Draft {
    let prose = Prose::of_page(page);
    let article = scope::article(page, &prose);
    let around = article.ancestors().map(|node| node.id()).collect();
    let mut writer =
        Writer { article: article.id(), around, prose, rendering: Rendering::default(), frames: Vec::new(), link: false, ended: false };
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

enum Step<'p> {
    Enter(NodeRef<'p, Node>),
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

struct Writer {
    article: NodeId,
    /// The elements that hold the article.
    around: Vec<NodeId>,
    prose: Prose,
    rendering: Rendering,
    frames: Vec<Frame>,
    /// Whether a link has just closed.
    link: bool,
    /// Whether what gave the piece its shape has just closed: marks that part it from what follows still belong to it.
    ended: bool,
}

impl Writer {
    /// Begins a node; whether it and what it holds is shown.
    fn enter(&mut self, node: NodeRef<'_, Node>) -> bool {
        match node.value() {
            Node::Text(words) => {
                self.text(words);
                false
            }
            Node::Element(element) => self.element(node, element),
            _ => false,
        }
    }

    fn text(&mut self, words: &str) {
        let words = self.finish_ended(words);
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

    /// Ends a piece whose shape has ended, unless what follows has the same; what is left of the words after the marks that part them.
    fn finish_ended<'w>(&mut self, words: &'w str) -> &'w str {
        if !self.ended || words.trim().is_empty() {
            return words;
        }
        let mut rest = words;
        if self.rendering.shape().is_some_and(|shape| shape != self.shape()) {
            rest =
                words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '·' | '•' | '-' | '–' | '—' | '/'));
            self.rendering.words(words.get(..words.len() - rest.len()).unwrap_or_default());
            if !rest.is_empty() {
                self.rendering.part();
            }
        }
        self.ended = rest.is_empty();
        rest
    }

    fn shape(&self) -> Shape {
        let chrome = self.frames.iter().rev().find_map(|frame| frame.chrome);
        let inside = self.frames.iter().any(|frame| frame.inside);
        let shape = self.frames.last().map_or(Shape::Text, |frame| frame.shape);
        match (chrome, shape) {
            (Some(kind), _) => Shape::Chrome(kind),
            (None, Shape::Title | Shape::Byline) => shape,
            (None, _) if !inside => Shape::Outside,
            (None, shape) => shape,
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element) -> bool {
        let name = element.name();
        if hints::is_invisible(element) {
            return false;
        }
        if name == "br" {
            if std::mem::take(&mut self.ended) && self.rendering.shape().is_some_and(|shape| shape != self.shape()) {
                self.rendering.part();
            }
            self.rendering.line_break();
            return false;
        }
        let frame = self.frame(node, element);
        if frame.link && self.link {
            self.rendering.words(" ");
        }
        let (block, item) = (frame.block, frame.item);
        self.frames.push(frame);
        self.ended &= !block;
        if item {
            let shape = self.shape();
            self.rendering.item(shape);
        } else if block {
            let shape = self.shape();
            self.rendering.open(shape);
        } else if matches!(name, "td" | "th") {
            self.rendering.words(" ");
        }
        true
    }

    fn frame(&self, node: NodeRef<'_, Node>, element: &Element) -> Frame {
        let name = element.name();
        let outer = self.frames.last();
        let inside = node.id() == self.article || outer.is_some_and(|frame| frame.inside);
        let chrome = hints::boilerplate(element, inside).filter(|kind| !self.is_frame(node.id(), *kind));
        let block = hints::is_block(name) && !is_small_cell(node, name);
        let inherited = outer.map_or(Shape::Text, |frame| frame.shape);
        let fresh = block && matches!(inherited, Shape::Title | Shape::Heading | Shape::Item);
        let shape = own_shape(node, element).unwrap_or(if fresh { Shape::Text } else { inherited });
        let pre = name == "pre" || outer.is_some_and(|frame| frame.pre);
        Frame { block, shape, chrome, inside, pre, item: name == "li", link: name == "a" }
    }

    /// Whether the element holds the article, or most of it, whatever its class says.
    fn is_frame(&self, id: NodeId, kind: Boilerplate) -> bool {
        let most = if kind == Comments { 80 } else { 50 };
        let whole = self.prose.of(self.article);
        id == self.article || self.around.contains(&id) || (whole > 0 && self.prose.of(id) * 100 >= whole * most)
    }

    fn leave(&mut self) {
        let shape = self.shape();
        let Some(frame) = self.frames.pop() else { return };
        // What part of a line says of itself holds for that part: it began the piece, and here it ends it.
        self.ended |= !frame.block && self.rendering.shape() == Some(shape) && self.shape() != shape;
        self.ended &= !frame.block;
        let within_item = self.frames.iter().any(|outer| outer.item);
        match (frame.block, frame.item || within_item) {
            (true, true) => self.rendering.close(),
            (true, false) => self.rendering.part(),
            (false, _) => {}
        }
        self.link = frame.link;
    }
}

/// The longest byline, in bytes: what is longer is an article under an author's class name.
const LONGEST_BYLINE: usize = 240;
/// The longest cell of a table of figures, in bytes: what is longer is layout.
const LONGEST_CELL: usize = 80;

/// A cell that shares its line with the others of its row.
fn is_small_cell(node: NodeRef<'_, Node>, name: &str) -> bool {
    let flat = || {
        node.descendants()
            .skip(1)
            .all(|inner| inner.value().as_element().is_none_or(|element| !hints::is_block(element.name()) && element.name() != "br"))
    };
    matches!(name, "td" | "th") && length(node, LONGEST_CELL) <= LONGEST_CELL && flat()
}

/// Bytes of words inside, counted until they exceed `enough`.
fn length(node: NodeRef<'_, Node>, enough: usize) -> usize {
    let mut sum = 0;
    for words in node.descendants().filter_map(|inner| inner.value().as_text()) {
        sum += words.trim().len();
        if sum > enough {
            break;
        }
    }
    sum
}

/// The shape an element gives to the words inside it.
fn own_shape(node: NodeRef<'_, Node>, element: &Element) -> Option<Shape> {
    let byline = ["byline", "author", "authors", "dateline", "timestamp", "pubdate", "published", "date"];
    match element.name() {
        "h1" => Some(Shape::Title),
        "h2" | "h3" | "h4" | "h5" | "h6" => Some(Shape::Heading),
        "li" => Some(Shape::Item),
        "blockquote" => Some(Shape::Quote),
        "figcaption" | "caption" => Some(Shape::Caption),
        "address" => Some(Shape::Byline),
        "p" | "div" | "span" | "time" if hints::has_class(element, &byline) && length(node, LONGEST_BYLINE) <= LONGEST_BYLINE => {
            Some(Shape::Byline)
        }
        "p" | "div" | "span" if hints::has_class(element, &["caption", "wp-caption-text"]) => Some(Shape::Caption),
        _ => None,
    }
}
