//! Documents that are copies of one report (syndicated, shortened, updated) are found by the words they share.
//!
//! Minhash (Broder, "On the resemblance and containment of documents", 1997): of all five-word sequences of a document, the smallest
//! value under each of [`HASHES`] hash functions is kept. The share of equal values estimates the share of equal sequences. Pairs
//! that agree in a whole band of values are compared; documents alike by [`ALIKE`] or more form one cluster.

/// Values a sketch holds.
const HASHES: usize = 32;
/// Values of one band.
const BAND: usize = 2;
/// Words of one sequence.
const WORDS: usize = 5;
/// Equal values that make two documents copies.
const ALIKE: usize = 14;
/// Documents of fewer words have no copies: short notices look alike.
const FEWEST: usize = 40;
/// Documents that share a band with more others than this are compared with the first of them only.
const CROWD: usize = 64;

/// The sketch of a document, from the [hashes](hash) of its folded words; empty where it is too short to compare.
pub(super) fn sketch(hashes: &[u64]) -> Vec<u32> {
    if hashes.len() < FEWEST {
        return Vec::new();
    }
    let mut smallest = vec![u32::MAX; HASHES];
    for window in hashes.windows(WORDS) {
        let sequence = window.iter().fold(0_u64, |all, &word| mix(all.rotate_left(7) ^ word));
        for (value, salt) in smallest.iter_mut().zip(1_u64..) {
            *value = (*value).min((mix(sequence ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> 32) as u32);
        }
    }
    smallest
}

/// For each sketch, the position of the first document of its cluster.
pub(super) fn clusters(sketches: &[&[u32]]) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..sketches.len() as u32).collect();
    for number in 0..HASHES / BAND {
        let band = |sketch: &&[u32]| sketch.chunks_exact(BAND).nth(number).map(<[u32]>::to_vec);
        let mut rows: Vec<(Vec<u32>, u32)> = sketches.iter().zip(0..).filter_map(|(sketch, own)| Some((band(sketch)?, own))).collect();
        rows.sort_unstable();
        for group in rows.chunk_by(|one, other| one.0 == other.0) {
            join_group(&mut parent, group, sketches);
        }
    }
    (0..parent.len() as u32).map(|position| root(&mut parent, position)).collect()
}

fn join_group(parent: &mut [u32], group: &[(Vec<u32>, u32)], sketches: &[&[u32]]) {
    for (position, &(_, own)) in group.iter().enumerate() {
        for &(_, other) in group.iter().take(position.min(CROWD)) {
            if root(parent, own) != root(parent, other) && alike(sketches.get(own as usize), sketches.get(other as usize)) {
                join(parent, own, other);
            }
        }
    }
}

fn alike(one: Option<&&[u32]>, other: Option<&&[u32]>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    one.iter().zip(other.iter()).filter(|(one, other)| one == other).count() >= ALIKE
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

    fn sketch_of(words: &[String]) -> Vec<u32> {
        sketch(&words.iter().map(|word| hash(word.as_bytes())).collect::<Vec<_>>())
    }

    #[test]
    fn copies_find_each_other_and_nothing_else() {
        let original = words(1, 400);
        let mut edited = original.clone();
        edited[100] = "changed".to_owned();
        let shortened = original[..330].to_vec();
        let other = words(2, 400);
        let sketches = [sketch_of(&other), sketch_of(&original), sketch_of(&edited), sketch_of(&shortened)];
        assert_eq!(clusters(&sketches.each_ref().map(Vec::as_slice)), [0, 1, 1, 1]);
    }

    #[test]
    fn short_documents_stand_alone() {
        let notice = words(3, 20);
        assert_eq!(clusters(&[sketch_of(&notice).as_slice(), sketch_of(&notice).as_slice()]), [0, 1]);
    }
}
