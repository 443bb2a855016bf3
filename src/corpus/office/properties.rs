//! What Office files and books say of themselves, in the elements of Dublin Core.

use quick_xml::events::Event;

use super::xml;
use crate::corpus::stated::Stating;
use crate::corpus::{Metadata, Origin, byline, date, entity};

/// The metadata of a file of properties. What cannot be read states nothing.
pub(super) fn of(text: &str) -> Metadata {
    let mut values: Vec<(String, String)> = Vec::new();
    let mut reader = xml(text);
    let mut inside: Option<String> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let name = element.local_name().as_ref().to_owned();
                values.push((name.clone(), String::new()));
                inside = Some(name);
            }
            Ok(Event::End(_)) => inside = None,
            Ok(Event::Text(words)) if inside.is_some() => add(&mut values, &words),
            Ok(Event::GeneralRef(name)) if inside.is_some() => {
                entity::character(&name).into_iter().for_each(|c| add(&mut values, c.encode_utf8(&mut [0; 4])))
            }
            Ok(Event::Eof) | Err(_) => return stated(&values),
            Ok(_) => {}
        }
    }
}

fn add(values: &mut [(String, String)], words: &str) {
    values.iter_mut().last().into_iter().for_each(|(_, value)| value.push_str(words));
}

fn stated(values: &[(String, String)]) -> Metadata {
    let mut metadata = Metadata::default();
    let mut stating = Stating::new(&mut metadata, Origin::Properties);
    let all = |name: &'static str| values.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str());
    all("title").for_each(|words| stating.title(words));
    all("publisher").for_each(|words| stating.publisher(words));
    let authors = |name| all(name).flat_map(byline::split).collect::<Vec<_>>();
    stating.authors(authors("initial-creator"));
    stating.authors(authors("creator"));
    // An OpenDocument's `date` is that of its last change, a book's that of its publication.
    let days = |name| all(name).find_map(date::first);
    let made = days("created").or_else(|| days("creation-date"));
    let changed = days("modified").or_else(|| days("date").filter(|_| made.is_some()));
    stating.published(made.or_else(|| days("date")));
    stating.updated(changed);
    metadata
}
