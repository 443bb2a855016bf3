//! Documents that are copies of one report (syndicated, updated, excerpted) are found by the words they share.
//!
//! Of all five-word sequences of a document those are kept whose hash ends in enough zero bits: the modulo sketch of Broder ("On the
//! resemblance and containment of documents", 1997). Unlike a fixed number of smallest hashes it also tells how much of a short document
//! stands in a long one, so that an excerpt is known as a copy. Two documents are one report where they share enough of what both hold;
//! an excerpt belongs to the document that holds most of it, and to that alone: two reports do not become one because somebody quoted
//! both. A document that is nothing but others put together (a press review) is nobody's copy.
//!
//! Clusters follow from the sketches alone, whatever the order in which documents came.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Values a sketch holds at most.
const MOST: usize = 56;
/// Words of one sequence.
const WORDS: usize = 5;
/// Documents of fewer words have no copies: short notices look alike.
const FEWEST: usize = 40;
/// Values two documents must share at least.
const SHARED: usize = 5;
/// Share of equal values, of those that either holds, that makes two documents one report.
const ALIKE: f32 = 0.4;
/// Share of its values that makes a document an excerpt of another.
const CONTAINED: f32 = 0.6;
/// Share of a document's values that come from other documents where it is nothing but those put together.
const COMPILED: f32 = 0.65;
/// Share of a document's values that makes what they come from its main part: it was added to, not compiled.
const MAIN: f32 = 0.7;
/// Documents that share a value with more others than this are compared with the first of them only.
const CROWD: usize = 64;

/// What is kept of a document's words: sorted hashes of five-word sequences that end in `level` zero bits at least.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sketch {
    level: u8,
    /// The first one and the distances between them, without the zero bits: small numbers take little room.
    steps: Vec<u32>,
}

impl Sketch {
    fn new(mut values: Vec<u32>) -> Self {
        values.sort_unstable();
        values.dedup();
        let mut level = 0;
        while values.len() > MOST {
            level += 1;
            values.retain(|value| value.trailing_zeros() >= level);
        }
        let mut last = 0;
        let steps = values.iter().map(|value| {
            let step = (value >> level) - last;
            last = value >> level;
            step
        });
        Self { steps: steps.collect(), level: u8::try_from(level).unwrap_or(u8::MAX) }
    }

    fn values(&self) -> Vec<u32> {
        let mut last = 0_u32;
        let value = |step: &u32| {
            last = last.wrapping_add(*step);
            last.checked_shl(u32::from(self.level)).unwrap_or_default()
        };
        self.steps.iter().map(value).collect()
    }
}

/// The sketch of a document, from the [hashes](hash) of its folded words; empty where it is too short to compare.
pub(super) fn sketch(hashes: &[u64]) -> Sketch {
    if hashes.len() < FEWEST {
        return Sketch::default();
    }
    let sequence = |window: &[u64]| (mix(window.iter().fold(0_u64, |all, &word| all.rotate_left(13).wrapping_mul(5) ^ word)) >> 32) as u32;
    Sketch::new(hashes.windows(WORDS).map(sequence).collect())
}

/// What two documents have in common.
#[derive(Clone, Copy, Debug)]
struct Pair {
    one: u32,
    other: u32,
    shared: usize,
    /// How many values each has, at the level of both.
    sizes: [usize; 2],
}

impl Pair {
    fn compare(one: u32, other: u32, sketches: &[Known]) -> Option<Self> {
        let (left, right) = (sketches.get(one as usize)?, sketches.get(other as usize)?);
        let level = u32::from(left.level.max(right.level));
        let at = |known: &Known| known.values.iter().copied().filter(|value| value.trailing_zeros() >= level).collect::<BTreeSet<u32>>();
        let (left, right) = (at(left), at(right));
        let shared = left.intersection(&right).count();
        (shared >= SHARED).then_some(Self { one, other, shared, sizes: [left.len(), right.len()] })
    }

    /// Whether this share of what either holds is held by both.
    fn is_alike(&self, share: f32) -> bool {
        let all = self.sizes.iter().sum::<usize>() - self.shared;
        self.shared as f32 >= share * all as f32
    }

    /// The excerpt, the document that holds it, and which share of the excerpt it holds.
    fn excerpt(&self) -> Option<(u32, u32, f32)> {
        let [one, other] = self.sizes;
        let share = self.shared as f32 / one.min(other).max(1) as f32;
        let (small, large) = if (one, self.one) < (other, self.other) { (self.one, self.other) } else { (self.other, self.one) };
        (share >= CONTAINED).then_some((small, large, share))
    }
}

/// A sketch spelled out.
struct Known {
    level: u8,
    values: Vec<u32>,
}

/// For each sketch, the position of the first document of its cluster.
pub(super) fn clusters(sketches: &[&Sketch]) -> Vec<u32> {
    let known: Vec<Known> = sketches.iter().map(|sketch| Known { level: sketch.level, values: sketch.values() }).collect();
    let pairs = pairs(&known);
    let compiled = compilations(&pairs, &known);
    let pairs: Vec<&Pair> = pairs.iter().filter(|pair| compiled.contains(&pair.one) == compiled.contains(&pair.other)).collect();
    let mut parent: Vec<u32> = (0..sketches.len() as u32).collect();
    pairs.iter().filter(|pair| pair.is_alike(ALIKE)).for_each(|pair| join(&mut parent, pair.one, pair.other));
    for (small, large) in excerpts(&pairs, &mut parent) {
        join(&mut parent, small, large);
    }
    (0..parent.len() as u32).map(|position| root(&mut parent, position)).collect()
}

/// The pairs of documents that share enough to be looked at, compared.
fn pairs(known: &[Known]) -> Vec<Pair> {
    let mut rows: Vec<(u32, u32)> =
        known.iter().zip(0..).flat_map(|(known, own)| known.values.iter().map(move |&value| (value, own))).collect();
    rows.sort_unstable();
    let mut met: Vec<(u32, u32)> = Vec::new();
    for group in rows.chunk_by(|one, other| one.0 == other.0) {
        for (position, &(_, own)) in group.iter().enumerate() {
            met.extend(group.iter().take(position.min(CROWD)).map(|&(_, other)| (other, own)));
        }
    }
    met.sort_unstable();
    let enough = met.chunk_by(|one, other| one == other).filter(|group| group.len() >= SHARED);
    enough.filter_map(|group| group.first()).filter_map(|&(one, other)| Pair::compare(one, other, known)).collect()
}

/// Which cluster each excerpt belongs to: a member of the one and a member of the other.
fn excerpts(pairs: &[&Pair], parent: &mut [u32]) -> Vec<(u32, u32)> {
    // Of each cluster, the document that holds most of a member; of several, the first.
    let mut best: BTreeMap<u32, (u32, u32, f32)> = BTreeMap::new();
    for (small, large, share) in pairs.iter().filter(|pair| !pair.is_alike(ALIKE)).filter_map(|pair| pair.excerpt()) {
        let cluster = root(parent, small);
        let better = best.get(&cluster).is_none_or(|&(_, other, most)| share.total_cmp(&most).then(other.cmp(&large)).is_gt());
        if root(parent, large) != cluster && better {
            best.insert(cluster, (small, large, share));
        }
    }
    best.into_values().map(|(small, large, _)| (small, large)).collect()
}

/// The documents that are nothing but others put together.
fn compilations(pairs: &[Pair], known: &[Known]) -> BTreeSet<u32> {
    let mut held: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (small, large, _) in pairs.iter().filter(|pair| !pair.is_alike(MAIN)).filter_map(Pair::excerpt) {
        held.entry(large).or_default().push(small);
    }
    held.into_iter().filter(|(large, parts)| is_compiled(*large, parts, known)).map(|(large, _)| large).collect()
}

/// Whether a document consists of others that have nothing to do with each other, none of them its main part.
fn is_compiled(large: u32, parts: &[u32], known: &[Known]) -> bool {
    let values = |document: u32| known.get(document as usize).map(|known| known.values.as_slice()).unwrap_or_default();
    let whole = values(large);
    let held = |part: &u32| whole.iter().copied().filter(|value| values(*part).binary_search(value).is_ok()).collect::<BTreeSet<u32>>();
    let mut parts: Vec<BTreeSet<u32>> = parts.iter().map(held).collect();
    parts.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    let main = parts.first().map_or(0, BTreeSet::len);
    let (mut covered, mut reports) = (BTreeSet::new(), 0);
    for part in &parts {
        if part.intersection(&covered).count() * 10 <= part.len() {
            covered.extend(part.iter().copied());
            reports += 1;
        }
    }
    let share = |count: usize| count as f32 / whole.len().max(1) as f32;
    reports > 1 && share(main) < MAIN && share(covered.len()) >= COMPILED
}

/// The cluster's first member, with the way there shortened.
fn root(parent: &mut [u32], mut position: u32) -> u32 {
    while let Some(&above) = parent.get(position as usize) {
        if above == position {
            break;
        }
        let next = parent.get(above as usize).copied().unwrap_or(above);
        if let Some(place) = parent.get_mut(position as usize) {
            *place = next;
        }
        position = next;
    }
    position
}

fn join(parent: &mut [u32], one: u32, other: u32) {
    let (one, other) = (root(parent, one), root(parent, other));
    if let Some(place) = parent.get_mut(one.max(other) as usize) {
        *place = one.min(other);
    }
}

/// FNV-1a, 64 bits: the same on every machine and version.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finalizer of MurmurHash3: every bit of the input reaches every bit of the output.
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    value = (value ^ (value >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    value ^ (value >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(seed: u64, count: usize) -> Vec<String> {
        (0..count as u64).map(|n| format!("w{}", mix(seed * 1_000 + n) % 5_000)).collect()
    }

    fn sketch_of(words: &[String]) -> Sketch {
        sketch(&words.iter().map(|word| hash(word.as_bytes())).collect::<Vec<_>>())
    }

    #[track_caller]
    fn check(documents: &[Vec<String>], expected: &[u32]) {
        let sketches: Vec<Sketch> = documents.iter().map(|words| sketch_of(words)).collect();
        assert_eq!(clusters(&sketches.iter().collect::<Vec<_>>()), expected);
    }

    #[test]
    fn copies_find_each_other_and_nothing_else() {
        let original = words(1, 400);
        let mut edited = original.clone();
        edited[100] = "changed".to_owned();
        let shortened = original[..330].to_vec();
        check(&[words(2, 400), original, edited, shortened], &[0, 1, 1, 1]);
    }

    #[test]
    fn an_excerpt_belongs_to_what_it_was_taken_from() {
        let long = words(1, 1_500);
        check(&[words(2, 1_500), long[300..520].to_vec(), long.clone(), long[900..1_300].to_vec()], &[0, 1, 1, 1]);
    }

    #[test]
    fn a_passage_in_two_reports_makes_them_no_copies() {
        let (one, other, shared) = (words(1, 500), words(2, 500), words(3, 120));
        let with = |report: &[String]| [report, &shared].concat();
        check(&[with(&one), with(&other)], &[0, 1]);
        let clusters_of = |documents: &[Vec<String>]| {
            let sketches: Vec<Sketch> = documents.iter().map(|words| sketch_of(words)).collect();
            clusters(&sketches.iter().collect::<Vec<_>>())
        };
        let joined = clusters_of(&[with(&one), with(&other), shared.clone()]);
        assert_ne!(joined[0], joined[1], "the passage alone joins one of them only");
    }

    #[test]
    fn a_press_review_is_nobodys_copy() {
        for parts in 2..=5 {
            let reports: Vec<Vec<String>> = (1..=parts).map(|seed| words(seed, 300)).collect();
            let review = reports.concat();
            let alone: Vec<u32> = (0..parts as u32 + 1).collect();
            check(&[reports.clone(), vec![review.clone()]].concat(), &alone);
            // Printed twice, it is a copy of itself.
            check(&[reports, vec![review.clone(), review]].concat(), &[alone, vec![parts as u32]].concat());
        }
    }

    #[test]
    fn a_report_printed_by_everybody_is_one_cluster() {
        let report = words(1, 300);
        let printed = |n: usize| [words(100 + n as u64, 12), report.clone()].concat();
        check(&(0..150).map(printed).collect::<Vec<_>>(), &[0; 150]);
    }

    #[test]
    fn short_documents_stand_alone() {
        check(&[words(3, 20), words(3, 20)], &[0, 1]);
    }

    #[test]
    fn a_sketch_is_small_and_gives_its_values_back() {
        for count in [40, 60, 500, 20_000] {
            let sketch = sketch_of(&words(9, count));
            let values = sketch.values();
            assert!(values.len() <= MOST && values.is_sorted(), "{count}");
            assert!(values.iter().all(|value| value.trailing_zeros() >= u32::from(sketch.level)));
            assert_eq!(Sketch::new(values.clone()).values(), values);
        }
    }
}
