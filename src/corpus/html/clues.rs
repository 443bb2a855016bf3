//! What a page states about itself: JSON-LD, then `<meta>`, then its markup.

use jiff::civil::Date;
use scraper::{ElementRef, Html};
use serde_json::Value;

use crate::corpus::{Metadata, Origin, Sourced, byline, date};

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

fn put<T>(slot: &mut Option<Sourced<T>>, value: Option<T>, origin: Origin) {
    if slot.is_none() {
        *slot = value.map(|value| Sourced { value, origin, span: None });
    }
}

fn squeezed(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// An article among the objects of a JSON-LD block, which may be one, a list or a graph.
fn from_json(value: &Value, metadata: &mut Metadata) {
    let objects: Vec<&Value> = match value {
        Value::Array(list) => list.iter().collect(),
        object => object.get("@graph").and_then(Value::as_array).map_or_else(|| vec![object], |graph| graph.iter().collect()),
    };
    for object in objects.into_iter().filter(|object| is_article(object)) {
        let text = |key: &str| object.get(key).and_then(Value::as_str).and_then(squeezed);
        put(&mut metadata.title, text("headline").or_else(|| text("name")), Origin::JsonLd);
        put(&mut metadata.published, text("datePublished").and_then(|words| date::first(&words)), Origin::JsonLd);
        put(&mut metadata.updated, text("dateModified").and_then(|words| date::first(&words)), Origin::JsonLd);
        put(&mut metadata.publisher, object.get("publisher").and_then(name), Origin::JsonLd);
        add_authors(metadata, object.get("author").map(names).unwrap_or_default(), Origin::JsonLd);
    }
}

fn is_article(object: &Value) -> bool {
    let named =
        |value: &Value| value.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report");
    object.get("@type").is_some_and(|kind| named(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(named)))
}

fn name(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.get("name")?.as_str()).and_then(squeezed)
}

fn names(value: &Value) -> Vec<String> {
    value.as_array().map_or_else(|| name(value).into_iter().collect(), |list| list.iter().filter_map(name).collect())
}

fn add_authors(metadata: &mut Metadata, names: Vec<String>, origin: Origin) {
    if metadata.authors.is_empty() {
        let split = names.iter().filter(|name| !name.starts_with("http")).flat_map(|name| byline::split(name));
        metadata.authors = split.map(|value| Sourced { value, origin, span: None }).collect();
    }
}

fn from_meta(meta: ElementRef<'_>, metadata: &mut Metadata) {
    let key =
        meta.attr("property").or_else(|| meta.attr("name")).or_else(|| meta.attr("itemprop")).unwrap_or_default().to_ascii_lowercase();
    let Some(content) = meta.attr("content").and_then(squeezed) else { return };
    let day = || -> Option<Date> { date::first(&content) };
    match key.as_str() {
        "og:title" | "twitter:title" | "dc.title" | "headline" => put(&mut metadata.title, Some(content), Origin::Meta),
        "og:site_name" | "application-name" | "dc.publisher" => put(&mut metadata.publisher, Some(content), Origin::Meta),
        "author" | "article:author" | "dc.creator" | "byl" | "parsely-author" | "sailthru.author" => {
            add_authors(metadata, vec![content], Origin::Meta)
        }
        "article:published_time"
        | "date"
        | "dc.date"
        | "dc.date.issued"
        | "pubdate"
        | "publishdate"
        | "datepublished"
        | "originalpublicationdate"
        | "parsely-pub-date" => {
            put(&mut metadata.published, day(), Origin::Meta);
        }
        "article:modified_time" | "og:updated_time" | "last-modified" | "lastmod" | "datemodified" => {
            put(&mut metadata.updated, day(), Origin::Meta)
        }
        _ => {}
    }
}

fn from_markup(page: &Html, metadata: &mut Metadata) {
    let titled = elements(page, "title").next().and_then(|title| squeezed(&title.text().collect::<String>()));
    let headed: Vec<String> = elements(page, "h1").filter_map(|heading| squeezed(&heading.text().collect::<String>())).collect();
    let (title, outlet) = split_title(titled.as_deref(), &headed);
    put(&mut metadata.title, title, Origin::Markup);
    put(&mut metadata.publisher, outlet, Origin::Markup);
    let times: Vec<_> = elements(page, "time").filter(|time| !is_update(*time)).collect();
    let stated = if let [time] = times.as_slice() { time.attr("datetime").and_then(date::first) } else { None };
    put(&mut metadata.published, stated, Origin::Markup);
}

fn is_update(time: ElementRef<'_>) -> bool {
    time.attr("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("dateModified"))
        || time.attr("class").is_some_and(|class| class.contains("updat"))
}

/// "Headline | Outlet": the heading tells which half is the headline. Without a heading, the whole is the title.
fn split_title(titled: Option<&str>, headed: &[String]) -> (Option<String>, Option<String>) {
    let Some(titled) = titled else { return (headed.first().cloned(), None) };
    for heading in headed {
        let Some(rest) = titled.strip_prefix(heading.as_str()) else { continue };
        let outlet = rest.trim_start_matches([' ', '|', '-', '–', '—', '·', ':', '»', '«']);
        let parted = rest.starts_with([' ', '|'])
            && outlet.len() < rest.len()
            && !outlet.is_empty()
            && !outlet.contains(['|', '»'])
            && outlet.split_whitespace().count() <= 5;
        return (Some(heading.clone()), parted.then(|| outlet.to_owned()));
    }
    (headed.first().cloned().filter(|_| headed.len() == 1).or_else(|| Some(titled.to_owned())), None)
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
}
