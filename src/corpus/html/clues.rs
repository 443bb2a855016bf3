//! What a page states about itself: JSON-LD, then `<meta>`, then its markup.

use scraper::{ElementRef, Html};
use serde_json::Value;

use crate::corpus::stated::{Stating, squeezed};
use crate::corpus::{Metadata, Origin, byline, date, entity, outlet};

/// Everything the page states, each value from the most telling place that has it.
pub(super) fn metadata(page: &Html) -> Metadata {
    let mut metadata = Metadata::default();
    for element in elements(page, "script").filter(|script| script.attr("type") == Some("application/ld+json")) {
        let json: String = element.text().collect();
        serde_json::from_str(&json).iter().for_each(|value| from_json(value, &mut metadata));
    }
    elements(page, "meta").for_each(|meta| from_meta(meta, &mut metadata));
    from_markup(page, &mut metadata);
    metadata
}

fn elements<'p>(page: &'p Html, name: &'static str) -> impl Iterator<Item = ElementRef<'p>> {
    page.root_element().descendent_elements().filter(move |element| element.value().name() == name)
}

/// An article among the objects of a JSON-LD block, which may be one, a list or a graph.
fn from_json(value: &Value, metadata: &mut Metadata) {
    let objects: Vec<&Value> = match value {
        Value::Array(list) => list.iter().collect(),
        object => object.get("@graph").and_then(Value::as_array).map_or_else(|| vec![object], |graph| graph.iter().collect()),
    };
    for object in objects.into_iter().filter(|object| is_article(object)) {
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(entity::decoded).unwrap_or_default();
        let mut stating = Stating::new(metadata, Origin::JsonLd);
        ["headline", "name"].iter().for_each(|key| stating.title(&text(key)));
        stating.published(date::first(&text("datePublished")));
        stating.updated(date::first(&text("dateModified")));
        stating.publisher(&object.get("publisher").and_then(name).unwrap_or_default());
        stating.authors(authors(object.get("author").map(names).unwrap_or_default()));
    }
}

fn is_article(object: &Value) -> bool {
    let named =
        |value: &Value| value.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report");
    object.get("@type").is_some_and(|kind| named(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(named)))
}

fn name(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.get("name")?.as_str()).map(entity::decoded)
}

fn names(value: &Value) -> Vec<String> {
    value.as_array().map_or_else(|| name(value).into_iter().collect(), |list| list.iter().filter_map(name).collect())
}

/// The names among `stated`, some of which may be addresses of profiles.
fn authors(stated: Vec<String>) -> Vec<String> {
    stated.iter().filter(|name| !name.starts_with("http")).flat_map(|name| byline::split(name)).collect()
}

fn from_meta(meta: ElementRef<'_>, metadata: &mut Metadata) {
    let key =
        meta.attr("property").or_else(|| meta.attr("name")).or_else(|| meta.attr("itemprop")).unwrap_or_default().to_ascii_lowercase();
    let content = meta.attr("content").unwrap_or_default();
    let mut stating = Stating::new(metadata, Origin::Meta);
    match key.as_str() {
        "og:title" | "twitter:title" | "dc.title" | "headline" => stating.title(content),
        "og:site_name" | "application-name" | "dc.publisher" => stating.publisher(content),
        "author" | "article:author" | "dc.creator" | "byl" | "parsely-author" | "sailthru.author" => {
            stating.authors(authors(vec![content.trim().to_owned()]));
        }
        "article:published_time"
        | "date"
        | "dc.date"
        | "dc.date.issued"
        | "pubdate"
        | "publishdate"
        | "datepublished"
        | "originalpublicationdate"
        | "parsely-pub-date" => stating.published(date::first(content)),
        "article:modified_time" | "og:updated_time" | "last-modified" | "lastmod" | "datemodified" => stating.updated(date::first(content)),
        _ => {}
    }
}

fn from_markup(page: &Html, metadata: &mut Metadata) {
    let words = |element: ElementRef<'_>| squeezed(&element.text().collect::<String>());
    let titled = elements(page, "title").next().and_then(words);
    let headings = page.root_element().descendent_elements().filter(|element| matches!(element.value().name(), "h1" | "h2" | "h3"));
    let headed: Vec<(bool, String)> = headings.filter_map(|heading| Some((heading.value().name() == "h1", words(heading)?))).collect();
    let (title, outlet) = split_title(titled.as_deref(), &headed);
    let mut stating = Stating::new(metadata, Origin::Markup);
    stating.title(&title.unwrap_or_default());
    stating.publisher(&outlet.unwrap_or_default());
    let times: Vec<_> = elements(page, "time").filter(|time| !is_update(*time)).collect();
    stating.published(if let [time] = times.as_slice() { time.attr("datetime").and_then(date::first) } else { None });
}

fn is_update(time: ElementRef<'_>) -> bool {
    time.attr("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("dateModified"))
        || time.attr("class").is_some_and(|class| class.contains("updat"))
}

/// "Headline | Outlet", either way round: headings (with whether they are of the first level) tell which half is the headline. A logo
/// may be a heading too, above the headline. Without a heading, the whole is the title.
fn split_title(titled: Option<&str>, headed: &[(bool, String)]) -> (Option<String>, Option<String>) {
    let first = || headed.iter().filter(|(first, _)| *first).map(|(_, heading)| heading);
    let Some(titled) = titled else { return (first().next().cloned(), None) };
    let halves: Vec<(&str, &str)> =
        headed.iter().filter_map(|(_, heading)| Some((heading.as_str(), other_half(titled, heading)?))).collect();
    let named = halves.iter().find(|(heading, other)| outlet::is_named(other) && !outlet::is_named(heading));
    let swapped = || {
        halves
            .iter()
            .find(|(heading, other)| outlet::is_named(heading) && !outlet::is_named(other))
            .map(|(outlet, title)| (*title, *outlet))
    };
    // Of two headings that are the halves, the lower one: a logo stands on top.
    let chosen = named.copied().or_else(swapped).or(halves.last().copied());
    if let Some((title, outlet)) = chosen {
        let short = outlet.split_whitespace().count() <= 5 && !outlet.contains(['|', '»']);
        return (Some(title.to_owned()), short.then(|| outlet.to_owned()));
    }
    let opening = first().find(|heading| titled.starts_with(heading.as_str()));
    let only = || first().next().filter(|_| first().count() == 1);
    (opening.or_else(only).cloned().or_else(|| Some(titled.to_owned())), None)
}

/// What a page's title holds besides a heading that begins or ends it, behind a mark that parts the two.
fn other_half<'t>(titled: &'t str, heading: &str) -> Option<&'t str> {
    let mark = |c: char| matches!(c, '|' | '-' | '–' | '—' | '·' | ':' | '»' | '«');
    let edge = |c: char| c == ' ' || mark(c);
    let (rest, other) = match (titled.strip_prefix(heading), titled.strip_suffix(heading)) {
        (Some(rest), _) if rest.starts_with([' ', '|']) => (rest, rest.trim_start_matches(edge)),
        (_, Some(rest)) if rest.ends_with([' ', '|']) => (rest, rest.trim_end_matches(edge)),
        _ => return None,
    };
    let parted = rest.len() - other.len() > 1 || !rest.starts_with(' ') && !rest.ends_with(' ');
    let between = rest.replace(other, "");
    (!heading.is_empty() && !other.is_empty() && parted && between.contains(mark)).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Metadata {
        metadata(&Html::parse_document(page))
    }

    #[test]
    fn json_ld_goes_first_and_bad_json_is_passed_over() {
        let metadata = read(
            r#"<script type="application/ld+json">{bad</script><script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Bridge shut","datePublished":"2014-01-23T11:30:00Z","author":[{"name":"Ann Lister"},{"name":"Bo Reed"}],"publisher":{"name":"Tidewater"}}]}</script><meta property="og:title" content="Other"><meta name="author" content="Nobody">"#,
        );
        assert_eq!(metadata.title.as_ref().map(|title| (title.value.as_str(), title.origin)), Some(("Bridge shut", Origin::JsonLd)));
        assert_eq!(metadata.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Ann Lister", "Bo Reed"]);
        assert_eq!(metadata.published.unwrap().value.to_string(), "2014-01-23");
        assert_eq!(metadata.publisher.unwrap().value, "Tidewater");
    }

    #[test]
    fn the_title_element_names_the_outlet_after_the_heading() {
        let metadata = read("<title>Bridge shut - The Tidewater</title><h1>Bridge shut</h1>");
        assert_eq!(metadata.title.unwrap().value, "Bridge shut");
        assert_eq!(metadata.publisher.unwrap().value, "The Tidewater");
    }

    #[test]
    fn a_logo_above_the_headline_is_the_outlet_whichever_stands_first_in_the_title() {
        for title in ["The Tarn Post - Ferry to stop", "Ferry to stop | The Tarn Post"] {
            for body in
                ["<h1>The Tarn Post</h1><h2>Ferry to stop</h2>", "<h1>The Tarn Post</h1>", "<h1>Ferry to stop</h1><h3>The Tarn Post</h3>"]
            {
                let metadata = read(&format!("<title>{title}</title>{body}"));
                assert_eq!(metadata.title.unwrap().value, "Ferry to stop", "{title} {body}");
                assert_eq!(metadata.publisher.unwrap().value, "The Tarn Post", "{title} {body}");
            }
        }
        let metadata = read("<title>Tidewater - Ferry to stop</title><h1>Tidewater</h1><h2>Ferry to stop</h2>");
        assert_eq!((metadata.title.unwrap().value.as_str(), metadata.publisher.unwrap().value.as_str()), ("Ferry to stop", "Tidewater"));
        let metadata = read("<title>Ferry to stop</title><h1>Ferry</h1>");
        assert_eq!((metadata.title.unwrap().value.as_str(), metadata.publisher), ("Ferry", None));
    }

    #[test]
    fn references_in_json_ld_are_characters() {
        let metadata = read(r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry &amp; bridge"}</script>"#);
        assert_eq!(metadata.title.unwrap().value, "Ferry & bridge");
    }
}
