//! A [`Search`] becomes the body of a request.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::word;
use crate::index::search::{Filter, Scope, Search, days, name_words};
use crate::text::Language;

/// Stems of one search: those that weigh least go where there are more, before the engine's limit of 1,024 clauses.
const MOST: usize = 300;

/// The query of a search; `None` where it can find nothing.
pub(super) fn query(search: &Search, excluded: &[Language]) -> Option<Value> {
    let filter = limits(search.filter);
    let excluded: Vec<&str> = excluded.iter().map(|language| language.code()).collect();
    let not = if excluded.is_empty() { json!([]) } else { json!([{"terms": {"language": excluded}}]) };
    let mut stems: Vec<&(String, f32)> = search.stems.iter().collect();
    stems.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    stems.truncate(MOST);
    let fields: &[(&str, f32)] = match search.scope {
        Scope::Article => &[("stems", 1.0)],
        Scope::Said => &[("said", 1.0)],
        Scope::Everything => &[("stems", 1.0), ("aside", 1.0)],
        Scope::Own => &[("own", 1.0)],
    };
    let title = (search.title > 0.0).then_some(("title", search.title));
    let fields = fields.iter().copied().chain(title);
    let terms: Vec<Value> = fields.flat_map(|(field, weight)| stems.iter().map(move |stem| term(field, stem, weight))).collect();
    match (terms.is_empty(), filter.is_empty()) {
        (true, true) => None,
        (true, false) => Some(json!({"bool": {"filter": filter, "must_not": not}})),
        (false, _) => Some(json!({"bool": {"filter": filter, "must_not": not, "should": terms, "minimum_should_match": 1}})),
    }
}

fn term(field: &str, (stem, weight): &(String, f32), part: f32) -> Value {
    json!({"term": {field: {"value": word(stem), "boost": weight * part}}})
}

/// Everything within the limits that may hold quotations.
pub(super) fn quoting(filter: &Filter) -> Value {
    let mut limits = limits(filter);
    limits.push(json!({"term": {"quotes": true}}));
    json!({"bool": {"filter": limits}})
}

/// The filter as queries that all must hold.
fn limits(filter: &Filter) -> Vec<Value> {
    let mut limits = Vec::new();
    if let Some(outlets) = &filter.outlets {
        limits.push(json!({"terms": {"outlet": outlets}}));
    }
    if filter.since.is_some() || filter.until.is_some() {
        let bound = |day: Option<Date>| day.map(days);
        let (since, until) = (bound(filter.since), bound(filter.until));
        let mut range = serde_json::Map::new();
        range.extend(since.map(|day| ("gte".to_owned(), json!(day))));
        range.extend(until.map(|day| ("lte".to_owned(), json!(day))));
        limits.push(json!({"range": {"published": range}}));
    }
    if let Some(speaker) = &filter.speaker {
        let words = name_words(speaker);
        // No word that tells people apart fits nobody.
        limits.extend(words.is_empty().then(|| json!({"match_none": {}})));
        limits.extend(words.iter().map(|name| json!({"term": {"speaker": word(name)}})));
    }
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search<'s>(stems: &'s [(String, f32)], filter: &'s Filter) -> Search<'s> {
        Search { stems, scope: Scope::Article, title: 0.5, filter, near: 0.0, limit: 10 }
    }

    #[test]
    fn what_can_find_nothing_is_not_asked() {
        assert_eq!(query(&search(&[], &Filter::default()), &[]), None);
        let nobody = Filter { speaker: Some("!".to_owned()), ..Filter::default() };
        assert!(query(&search(&[], &nobody), &[]).unwrap().to_string().contains("match_none"));
    }

    #[test]
    fn words_and_titles_stand_side_by_side() {
        let stems = [("river".to_owned(), 1.0), ("bank".to_owned(), 0.5)];
        let filter = Filter { since: Some(jiff::civil::date(1970, 1, 11)), ..Filter::default() };
        let query = query(&search(&stems, &filter), &[]).unwrap();
        assert_eq!(query["bool"]["should"].as_array().unwrap().len(), 4);
        assert_eq!(query["bool"]["should"][3], json!({"term": {"title": {"value": "bank", "boost": 0.25}}}));
        assert_eq!(query["bool"]["filter"], json!([{"range": {"published": {"gte": 10}}}]));
    }

    #[test]
    fn the_engine_is_never_given_more_words_than_it_takes() {
        let stems: Vec<(String, f32)> = (0..5_000).map(|n| (format!("word{n}"), n as f32 + 1.0)).collect();
        let query = query(&search(&stems, &Filter::default()), &[]).unwrap();
        let terms = query["bool"]["should"].as_array().unwrap();
        assert_eq!(terms.len(), 2 * MOST);
        assert_eq!(terms[0]["term"]["stems"]["value"], "word4999");
    }
}
