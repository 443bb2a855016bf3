//! A [`Search`] becomes a query of the search library.
//!
//! Queries are built from words already cut and stemmed, never from a user's text. Term queries stand side by side so that the
//! search library can skip blocks that cannot reach the top.

use std::ops::Bound;

use jiff::civil::Date;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::schema::Fields;
use crate::index::search::{Filter, Scope, Search, days, name_words};
use crate::text::Language;

impl Fields {
    pub(super) fn query(&self, search: &Search, excluded: &[Language]) -> BooleanQuery {
        let mut terms = Vec::new();
        for field in self.searched(search.scope) {
            terms.extend(search.stems.iter().map(|(stem, weight)| scored(field, stem, *weight)));
        }
        if search.title > 0.0 {
            terms.extend(search.stems.iter().map(|(stem, weight)| scored(self.title, stem, weight * search.title)));
        }
        let union = BooleanQuery::new(terms);
        let limits = self.limits(search.filter);
        if limits.is_empty() && excluded.is_empty() {
            return union;
        }
        let excluded = excluded.iter().map(|language| (Occur::MustNot, plain(self.language, language.code())));
        let limits = limits.into_iter().map(|limit| (Occur::Must, Box::new(ConstScoreQuery::new(limit, 0.0)) as Box<dyn Query>));
        let wanted = if search.stems.is_empty() { Occur::Should } else { Occur::Must };
        BooleanQuery::new(limits.chain([(wanted, Box::new(union) as Box<dyn Query>)]).chain(excluded).collect())
    }

    /// Everything within the limits.
    pub(super) fn within(&self, filter: &Filter) -> BooleanQuery {
        let limits = self.limits(filter).into_iter().map(|limit| (Occur::Must, limit));
        let everything: Box<dyn Query> = Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0));
        BooleanQuery::new(limits.chain([(Occur::Must, everything)]).collect())
    }

    /// The fields that together hold the words searched.
    fn searched(&self, scope: Scope) -> Vec<Field> {
        match scope {
            Scope::Article => vec![self.stems],
            Scope::Said => vec![self.said],
            Scope::Everything => vec![self.stems, self.aside],
            Scope::Own => vec![self.own],
        }
    }

    /// The filter as queries that all must hold.
    fn limits(&self, filter: &Filter) -> Vec<Box<dyn Query>> {
        let mut limits: Vec<Box<dyn Query>> = Vec::new();
        if let Some(outlets) = &filter.outlets {
            let outlets = outlets.iter().map(|outlet| (Occur::Should, plain(self.outlet, outlet)));
            limits.push(Box::new(BooleanQuery::new(outlets.collect())));
        }
        if filter.since.is_some() || filter.until.is_some() {
            let day = |day: Date| Term::from_field_i64(self.published, days(day));
            let bound = |day: Option<Term>| day.map_or(Bound::Unbounded, Bound::Included);
            limits.push(Box::new(RangeQuery::new(bound(filter.since.map(day)), bound(filter.until.map(day)))));
        }
        if let Some(speaker) = &filter.speaker {
            let words = name_words(speaker).into_iter().map(|word| (Occur::Must, plain(self.speaker, &word)));
            limits.push(Box::new(BooleanQuery::new(words.collect())));
        }
        limits
    }
}

fn plain(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic))
}

fn scored(field: Field, stem: &str, weight: f32) -> (Occur, Box<dyn Query>) {
    let term = TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::WithFreqs);
    (Occur::Should, Box::new(BoostQuery::new(Box::new(term), weight)))
}
