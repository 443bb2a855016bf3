//! Finds the element that holds a page's article: the one the page names, else the smallest that holds nearly all running text.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::{Element, Node};
use scraper::{ElementRef, Html};

use super::hints;

/// Class names and ids under which sites keep the article's text.
const BODIES: &[&str] = &[
    "article-body",
    "articlebody",
    "article__body",
    "story-body",
    "storybody",
    "story__body",
    "entry-content",
    "post-content",
    "post-body",
    "article-content",
    "article__content",
    "article-text",
    "story-content",
    "story-text",
    "content__article-body",
    "body-content",
    "td-post-content",
    "field-name-body",
];
/// Running text a named element must hold to be taken at its word, in bytes, and in hundredths of the page's.
const ENOUGH: usize = 200;
const SHARE: usize = 25;
/// The part of a page's running text its article must hold where nothing is named, in hundredths.
const NEARLY_ALL: usize = 80;
/// A run of words this long that ends a sentence is running text, in bytes.
const LONG: usize = 40;

/// The article's element; the page's root where nothing stands out.
pub(super) fn article<'p>(page: &'p Html, prose: &Prose) -> ElementRef<'p> {
    let root = page.root_element();
    let enough = ENOUGH.max(prose.whole * SHARE / 100);
    let fullest = |holds: &dyn Fn(&ElementRef<'_>) -> bool| {
        let named = root.descendent_elements().filter(|element| holds(element) && prose.of(element.id()) >= enough);
        named.max_by(|one, other| prose.of(one.id()).cmp(&prose.of(other.id())).then(other.id().cmp(&one.id())))
    };
    fullest(&|element| element.attr("itemprop") == Some("articleBody"))
        .or_else(|| fullest(&|element| is_body(element.value())))
        .or_else(|| fullest(&|element| element.value().name() == "article"))
        .or_else(|| fullest(&|element| element.value().name() == "main" || element.attr("role") == Some("main")))
        .unwrap_or_else(|| heart(root, prose))
}

fn is_body(element: &Element) -> bool {
    let attributes = [element.attr("class"), element.attr("id")];
    let mut names = attributes.into_iter().flatten().flat_map(str::split_whitespace);
    names.any(|name| BODIES.contains(&name.to_ascii_lowercase().as_str()))
}

/// Goes down as long as one child holds nearly all the running text.
fn heart<'p>(root: ElementRef<'p>, prose: &Prose) -> ElementRef<'p> {
    let mut heart = root;
    loop {
        let next = heart.child_elements().find(|child| prose.of(child.id()) * 100 >= prose.whole * NEARLY_ALL && !is_line(child.value()));
        match next.filter(|_| prose.whole > 0) {
            Some(child) => heart = child,
            None => return heart,
        }
    }
}

/// An element that is itself a paragraph holds no article.
fn is_line(element: &Element) -> bool {
    matches!(element.name(), "p" | "blockquote" | "li" | "span" | "a" | "b" | "i" | "em" | "strong" | "font")
}

/// How much running text each element holds, in bytes.
pub(super) struct Prose {
    below: HashMap<NodeId, usize>,
    whole: usize,
}

impl Prose {
    /// Measures the page in one pass.
    pub(super) fn of_page(page: &Html) -> Self {
        let mut measure = Measure::default();
        for edge in page.tree.root().traverse() {
            match edge {
                Edge::Open(node) => measure.open(node),
                Edge::Close(node) => measure.close(node),
            }
        }
        Self { below: measure.below, whole: measure.whole }
    }

    /// Bytes of running text in the element.
    pub(super) fn of(&self, id: NodeId) -> usize {
        self.below.get(&id).copied().unwrap_or(0)
    }
}

#[derive(Default)]
struct Measure {
    below: HashMap<NodeId, usize>,
    whole: usize,
    open: Vec<Level>,
    /// How many invisible elements are open.
    hidden: usize,
}

/// An open element that is no mere part of a line.
#[derive(Default)]
struct Level {
    sum: usize,
    /// Bytes of words directly inside since the last block, and whether a sentence ended among them.
    run: usize,
    sentence: bool,
}

impl Level {
    fn flush(&mut self) {
        if self.sentence && self.run >= LONG {
            self.sum += self.run;
        }
        self.run = 0;
        self.sentence = false;
    }
}

impl Measure {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Element(element) if self.hidden > 0 || hints::is_invisible(element) => self.hidden += 1,
            Node::Element(element) if hints::is_block(element.name()) => {
                self.open.iter_mut().last().into_iter().for_each(Level::flush);
                self.open.push(Level::default());
            }
            Node::Text(words) if self.hidden == 0 => self.add(words.trim()),
            _ => {}
        }
    }

    fn add(&mut self, words: &str) {
        if let Some(level) = self.open.last_mut() {
            level.run += words.len();
            level.sentence |= words.contains(". ") || words.trim_end_matches(['"', '”', '’', '\'']).ends_with(['.', '!', '?']);
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = node.value().as_element() else { return };
        if self.hidden > 0 {
            self.hidden -= 1;
        } else if hints::is_block(element.name())
            && let Some(mut level) = self.open.pop()
        {
            level.flush();
            self.below.insert(node.id(), level.sum);
            match self.open.last_mut() {
                Some(outer) => outer.sum += level.sum,
                None => self.whole += level.sum,
            }
        }
    }
}
