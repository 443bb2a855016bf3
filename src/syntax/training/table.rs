//! Rows by feature hash become the bytes that [`Table`](super::super::weights::Table) reads in place.

use std::collections::BTreeMap;

use super::super::weights::{BUCKET, bucket_of, fingerprint, padding, slot_of};

/// Writes a perfect hash over `rows`; rows of one hash are kept once, the first.
pub(super) fn write<const W: usize>(rows: &BTreeMap<u64, [u8; W]>) -> Vec<u8> {
    let hashes: Vec<u64> = rows.keys().copied().collect();
    let buckets = u32::try_from(hashes.len() / BUCKET + 1).unwrap_or(u32::MAX);
    let mut slots = u32::try_from(hashes.len() + hashes.len() / 50 + 1).unwrap_or(u32::MAX);
    loop {
        if let Some((displacements, places)) = place(&hashes, buckets, slots) {
            return bytes(rows, slots, &displacements, &places);
        }
        slots += slots / 50 + 1;
    }
}

/// Displacements of the buckets and the hash at each slot; `None` if some bucket fits nowhere.
fn place(hashes: &[u64], buckets: u32, slots: u32) -> Option<(Vec<u16>, Vec<Option<u64>>)> {
    let mut members = vec![Vec::new(); buckets as usize];
    for &hash in hashes {
        members[bucket_of(hash, buckets)].push(hash);
    }
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&bucket| (usize::MAX - members[bucket].len(), bucket));
    let mut displacements = vec![0; members.len()];
    let mut places = vec![None; slots as usize];
    for bucket in order {
        displacements[bucket] = (0..=u16::MAX).find(|&displacement| settle(&members[bucket], displacement, &mut places))?;
    }
    Some((displacements, places))
}

/// Puts all of a bucket's hashes into free slots under `displacement`, or none of them.
fn settle(bucket: &[u64], displacement: u16, places: &mut [Option<u64>]) -> bool {
    let slots = u32::try_from(places.len()).unwrap_or(u32::MAX);
    for (done, &hash) in bucket.iter().enumerate() {
        let slot = slot_of(hash, displacement, slots);
        if places[slot].is_some() {
            bucket[..done].iter().for_each(|&hash| places[slot_of(hash, displacement, slots)] = None);
            return false;
        }
        places[slot] = Some(hash);
    }
    true
}

fn bytes<const W: usize>(rows: &BTreeMap<u64, [u8; W]>, slots: u32, displacements: &[u16], places: &[Option<u64>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(slots.to_le_bytes());
    bytes.extend(u32::try_from(displacements.len()).unwrap_or(u32::MAX).to_le_bytes());
    displacements.iter().for_each(|displacement| bytes.extend(displacement.to_le_bytes()));
    places.iter().for_each(|place| bytes.extend(place.map_or(0, fingerprint).to_le_bytes()));
    bytes.resize(bytes.len() + padding(displacements.len(), places.len()), 0);
    places.iter().for_each(|place| bytes.extend(place.and_then(|hash| rows.get(&hash)).unwrap_or(&[0; W])));
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::super::weights::{Table, mix};
    use super::*;

    #[test]
    fn every_row_written_is_read_and_few_others() {
        let rows: BTreeMap<u64, [u8; 3]> = (0..5000_u64).map(|n| (mix(7, n), [n as u8, (n >> 8) as u8, 1])).collect();
        let bytes = write(&rows);
        let (table, rest) = Table::<3>::read(&bytes);
        assert!(rest.is_empty());
        assert!(rows.iter().all(|(&hash, row)| table.row(hash) == Some(row)));
        let strangers = (5000..105_000_u64).filter(|&n| table.row(mix(7, n)).is_some()).count();
        assert!(strangers < 20, "{strangers}");
    }

    #[test]
    fn bytes_of_no_table_read_as_an_empty_one() {
        let (table, _) = Table::<3>::read(&[1, 2, 3]);
        assert_eq!(table.row(5), None);
    }
}
