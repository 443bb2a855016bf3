//! A query becomes the best entries of a store, segment after segment: what was found in one tells which blocks of the next need no look.
//!
//! The search library begins in every segment as if nothing had been found yet, and throws away most of what it finds there.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Score, Searcher};

/// Which entries are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// How many at most.
    pub(super) limit: usize,
    /// The part of the best score below which an entry is of no use.
    pub(super) near: f32,
}

/// The best entries, best first; of equal scores the first in the store.
pub(super) fn top(searcher: &Searcher, query: &dyn Query, wanted: Wanted) -> tantivy::Result<Vec<(Score, DocAddress)>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut best = Best { wanted, kept: BinaryHeap::with_capacity(wanted.limit + 1), highest: 0.0 };
    for (number, segment) in (0..).zip(searcher.segment_readers()) {
        let alive = segment.alive_bitset();
        weight.for_each_pruning(best.bar(), segment, &mut |entry, score| {
            if alive.is_none_or(|alive| alive.is_alive(entry)) {
                best.take(Ranked { score, address: DocAddress::new(number, entry) });
            }
            best.bar()
        })?;
    }
    Ok(best.kept.into_sorted_vec().into_iter().map(|Reverse(ranked)| (ranked.score, ranked.address)).collect())
}

/// The best entries so far, the worst of them on top.
struct Best {
    wanted: Wanted,
    kept: BinaryHeap<Reverse<Ranked>>,
    highest: Score,
}

impl Best {
    fn take(&mut self, ranked: Ranked) {
        self.highest = self.highest.max(ranked.score);
        self.kept.push(Reverse(ranked));
        if self.kept.len() > self.wanted.limit {
            self.kept.pop();
        }
    }

    /// What an entry has to score more than.
    fn bar(&self) -> Score {
        let full = self.kept.len() >= self.wanted.limit;
        let worst = self.kept.peek().filter(|_| full).map_or(Score::MIN, |Reverse(worst)| worst.score);
        // Nothing scores exactly this often enough to matter: rounding decides there.
        let near = if self.wanted.near > 0.0 { self.wanted.near * self.highest } else { Score::MIN };
        worst.max(near)
    }
}

/// An entry by its score; of equal ones the first in the store is the better.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    score: Score,
    address: DocAddress,
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.address.cmp(&self.address))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked {}

#[cfg(test)]
mod tests {
    use tantivy::collector::TopDocs;
    use tantivy::indexer::NoMergePolicy;
    use tantivy::query::{BooleanQuery, TermQuery};
    use tantivy::schema::{IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, TantivyDocument, Term};

    use super::*;

    /// A store of several segments, each word as often in an entry as chance has it, some entries removed.
    fn searcher() -> (Searcher, Box<dyn Query>) {
        let mut schema = Schema::builder();
        let (text, id) = (schema.add_text_field("text", TEXT), schema.add_text_field("id", TEXT));
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let mut chance = 7_u64;
        for number in 0..2_000_u32 {
            let mut entry = TantivyDocument::new();
            entry.add_text(id, format!("n{number}"));
            for word in ["flood", "river", "bank", "town"] {
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                entry.add_text(text, [word; 4][..(chance >> 33) as usize % 4].join(" "));
            }
            writer.add_document(entry).unwrap();
            if number % 300 == 299 {
                writer.commit().unwrap();
            }
        }
        for number in (0..2_000).step_by(7) {
            writer.delete_term(Term::from_field_text(id, &format!("n{number}")));
        }
        writer.commit().unwrap();
        let term = |word| TermQuery::new(Term::from_field_text(text, word), IndexRecordOption::WithFreqs);
        let terms = ["flood", "river", "bank"].map(|word| (tantivy::query::Occur::Should, Box::new(term(word)) as Box<dyn Query>));
        (index.reader().unwrap().searcher(), Box::new(BooleanQuery::new(terms.into())))
    }

    #[test]
    fn the_best_are_those_of_all_segments() {
        let (searcher, query) = searcher();
        assert!(searcher.segment_readers().len() > 4);
        for limit in [1, 5, 60, 1_900] {
            let ours = top(&searcher, query.as_ref(), Wanted { limit, near: 0.0 }).unwrap();
            assert_eq!(ours, searcher.search(&query, &TopDocs::with_limit(limit).order_by_score()).unwrap(), "{limit}");
        }
    }

    #[test]
    fn what_is_far_from_the_best_may_be_left_out_and_nothing_else() {
        let (searcher, query) = searcher();
        let all = top(&searcher, query.as_ref(), Wanted { limit: 1_900, near: 0.0 }).unwrap();
        let near = top(&searcher, query.as_ref(), Wanted { limit: 1_900, near: 0.8 }).unwrap();
        let best = all[0].0;
        let kept: Vec<_> = all.iter().filter(|(score, _)| *score > 0.8 * best).collect();
        assert_eq!(near.iter().filter(|(score, _)| *score > 0.8 * best).collect::<Vec<_>>(), kept);
        assert!(kept.len() > 1 && near.len() < all.len() / 2);
    }
}
