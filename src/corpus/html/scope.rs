//! Finds the element that holds a page's article: the one the page names, else the one with most running text.

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
    "main-content",
    "maincontent",
    "page-content",
    "single-content",
    "td-post-content",
];
/// Running text a named element must hold to be taken at its word, in bytes.
const ENOUGH: usize = 200;

/// The article's element; the page's root where nothing stands out.
pub(super) fn article(page: &Html) -> ElementRef<'_> {
    let root = page.root_element();
    let longest = |candidates: Vec<ElementRef<'_>>| {
        let weighed = candidates.into_iter().map(|element| (prose(element), element.id(), element));
        weighed
            .filter(|(weight, ..)| *weight >= ENOUGH)
            .max_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)))
            .map(|(.., element)| element.id())
    };
    let named = |holds: fn(&ElementRef<'_>) -> bool| longest(root.descendent_elements().filter(holds).take(64).collect());
    let found = named(|element| element.value().name() == "article")
        .or_else(|| named(|element| element.attr("itemprop") == Some("articleBody")))
        .or_else(|| named(is_body))
        .or_else(|| named(|element| element.value().name() == "main" || element.attr("role") == Some("main")))
        .or_else(|| densest(root).map(|element| element.id()));
    found.and_then(|id| page.tree.get(id)).and_then(ElementRef::wrap).unwrap_or(root)
}

fn is_body(element: &ElementRef<'_>) -> bool {
    let attributes = [element.attr("class"), element.attr("id")];
    let mut names = attributes.into_iter().flatten().flat_map(str::split_whitespace);
    names.any(|name| BODIES.contains(&name.to_ascii_lowercase().as_str()))
}

/// Bytes of running text in the paragraphs of `element`.
fn prose(element: ElementRef<'_>) -> usize {
    element.descendent_elements().filter(|inner| matches!(inner.value().name(), "p" | "blockquote")).map(weight).sum()
}

/// Bytes of one paragraph, if it is running text.
fn weight(paragraph: ElementRef<'_>) -> usize {
    let length: usize = paragraph.text().map(|words| words.trim().len()).sum();
    let sentence = paragraph.text().any(|words| words.trim_end_matches(['"', '”', '’', ' ', '\n']).ends_with('.'));
    if sentence && length >= 40 { length } else { 0 }
}

/// The element whose own paragraphs hold most of the page's running text, if it is far more than half.
fn densest(root: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let mut best: Option<(usize, ElementRef<'_>)> = None;
    let mut whole = 0;
    for element in root.descendent_elements() {
        let visible = !hints::is_invisible(element.value()) && hints::boilerplate(element.value(), false).is_none();
        let own: usize = if visible {
            element.child_elements().filter(|child| matches!(child.value().name(), "p" | "blockquote")).map(weight).sum()
        } else {
            0
        };
        whole += own;
        if own > best.map_or(0, |(most, _)| most) {
            best = Some((own, element));
        }
    }
    best.filter(|(own, _)| own * 10 >= whole * 7).map(|(_, element)| element)
}
