//! What an element's name, class and id say about the words inside it.

use scraper::node::Element;

use crate::corpus::Boilerplate::{self, Advert, Comments, Consent, Machine, Navigation, Related, Share, Source};

/// Elements whose words are never shown.
pub(super) fn is_invisible(element: &Element) -> bool {
    let hidden = element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true") && element.name() != "a";
    let undisplayed = element.attr("style").is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"));
    let silent = [
        "head", "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "video", "audio", "select",
        "datalist", "textarea", "title",
    ];
    silent.contains(&element.name()) || hidden || undisplayed
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
    "td",
    "th",
    "ul",
    "button",
    "center",
];

/// Whether the element is more than part of a line.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Words in class names and ids (cut at dashes, underscores and capitals), and what they mean.
const CLASSES: &[(&str, Boilerplate)] = &[
    ("cookie", Consent),
    ("cookies", Consent),
    ("consent", Consent),
    ("gdpr", Consent),
    ("share", Share),
    ("sharing", Share),
    ("sharebar", Share),
    ("social", Share),
    ("addthis", Share),
    ("comment", Comments),
    ("comments", Comments),
    ("disqus", Comments),
    ("advert", Advert),
    ("adverts", Advert),
    ("advertisement", Advert),
    ("ad", Advert),
    ("ads", Advert),
    ("sponsored", Advert),
    ("newsletter", Advert),
    ("subscribe", Advert),
    ("subscription", Advert),
    ("signup", Advert),
    ("paywall", Advert),
    ("promo", Related),
    ("related", Related),
    ("recommended", Related),
    ("recommendations", Related),
    ("readmore", Related),
    ("trending", Related),
    ("outbrain", Related),
    ("taboola", Related),
    ("mostread", Related),
    ("popular", Related),
    ("breadcrumb", Navigation),
    ("breadcrumbs", Navigation),
    ("nav", Navigation),
    ("navbar", Navigation),
    ("navigation", Navigation),
    ("menu", Navigation),
    ("sidebar", Navigation),
    ("pagination", Navigation),
    ("footer", Source),
    ("copyright", Source),
];

/// What the element is, if its name, role or class says that it is no part of an article; `inside` says that it stands inside the
/// article's element.
pub(super) fn boilerplate(element: &Element, inside: bool) -> Option<Boilerplate> {
    let named = match element.name() {
        "nav" | "menu" => Some(Navigation),
        "aside" => Some(Related),
        "footer" if !inside => Some(Source),
        "button" | "form" | "input" | "label" | "fieldset" => Some(Machine),
        _ => role(element),
    };
    // The page's own frame carries such words too ("with-sidebar"); an article is never marked by its frame.
    let frame = matches!(element.name(), "html" | "body" | "main" | "article" | "h1" | "blockquote");
    named.or_else(|| by_class(element)).filter(|_| !frame)
}

fn role(element: &Element) -> Option<Boilerplate> {
    match element.attr("role")? {
        "navigation" | "menu" | "menubar" | "search" => Some(Navigation),
        "complementary" => Some(Related),
        "contentinfo" => Some(Source),
        _ => None,
    }
}

fn by_class(element: &Element) -> Option<Boilerplate> {
    let words = class_words(element);
    CLASSES.iter().find(|(name, _)| words.iter().any(|word| word == name)).map(|(_, kind)| *kind)
}

/// Whether class or id hold one of `names` as a word.
pub(super) fn has_class(element: &Element, names: &[&str]) -> bool {
    class_words(element).iter().any(|word| names.contains(&word.as_str()))
}

/// The words of class names and ids, in small letters.
fn class_words(element: &Element) -> Vec<String> {
    let attributes = [element.attr("class"), element.attr("id")];
    let mut words: Vec<String> = Vec::new();
    for attribute in attributes.into_iter().flatten().filter(|attribute| attribute.len() < 400) {
        let mut last_small = false;
        words.push(String::new());
        for c in attribute.chars() {
            if !c.is_alphanumeric() || (c.is_uppercase() && last_small) {
                words.push(String::new());
            }
            if c.is_alphanumeric() {
                words.iter_mut().last().into_iter().for_each(|word| word.extend(c.to_lowercase()));
            }
            last_small = c.is_lowercase();
        }
    }
    words
}
