//! Reads the weights of a linear model in place from the bytes the training wrote: nothing is built or copied at start.
//!
//! A table is a perfect hash ("hash, displace and compress", Belazzougui, Botelho and Dietzfelbinger 2009) over feature
//! hashes. A bucket's displacement gives the row; each row has a 16-bit fingerprint, so that a feature the training never kept
//! is told apart from one it did (one in 65,536 slips through). Fingerprints stand together before the rows: to find that a
//! feature has none, no row is looked at. [`super::training`] writes the same form.

/// Bytes a row's fingerprint takes.
pub(super) const FINGERPRINT: usize = 2;

/// Features that share one displacement, on average.
pub(super) const BUCKET: usize = 4;

const HEADER: usize = 8;

/// Mixes `value` into a running feature hash.
#[inline]
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    let product = (hash.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 32)
}

/// The hash of a feature: a template and the values it joins.
#[inline]
pub(super) fn feature<const N: usize>(template: u64, values: [u64; N]) -> u64 {
    values.into_iter().fold(mix(0x51A9, template), mix)
}

/// The hash of a word's bytes.
#[inline]
pub(super) fn hash_bytes(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| step(hash, byte))
}

/// One byte more of [`hash_bytes`] (FNV-1a).
#[inline]
pub(super) fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
}

/// The bucket of a feature among `buckets`.
#[inline]
pub(super) fn bucket_of(hash: u64, buckets: u32) -> usize {
    scale(hash & 0xFFFF_FFFF, buckets)
}

/// The row of a feature among `slots`, under its bucket's displacement.
#[inline]
pub(super) fn slot_of(hash: u64, displacement: u16, slots: u32) -> usize {
    let mixed = (hash ^ u64::from(displacement).wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    scale(mixed >> 32, slots)
}

/// The fingerprint of a feature's row.
#[inline]
pub(super) fn fingerprint(hash: u64) -> u16 {
    u16::from_le_bytes([(hash >> 48) as u8, (hash >> 56) as u8])
}

#[inline]
fn scale(value: u64, range: u32) -> usize {
    ((value * u64::from(range)) >> 32) as usize
}

/// Bytes left free before the rows, so that they begin a cache line where the file does.
pub(super) fn padding(buckets: usize, slots: usize) -> usize {
    (HEADER + 2 * buckets + FINGERPRINT * slots).wrapping_neg() % LINE
}

/// Bytes of a cache line.
const LINE: usize = 64;

/// A table of rows of `W` bytes, found by feature hash.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Table<'m, const W: usize> {
    displacements: &'m [[u8; 2]],
    marks: &'m [[u8; FINGERPRINT]],
    rows: &'m [[u8; W]],
    buckets: u32,
    slots: u32,
}

impl<'m, const W: usize> Table<'m, W> {
    /// Reads one table from the front of `bytes` and returns it with what follows; an empty table where the bytes do not fit.
    pub(super) fn read(bytes: &'m [u8]) -> (Self, &'m [u8]) {
        Self::split(bytes).unwrap_or((Self { displacements: &[], marks: &[], rows: &[], buckets: 0, slots: 0 }, &[]))
    }

    fn split(bytes: &'m [u8]) -> Option<(Self, &'m [u8])> {
        let (header, rest) = bytes.split_at_checked(HEADER)?;
        let slots = u32::from_le_bytes(header.get(..4)?.try_into().ok()?);
        let buckets = u32::from_le_bytes(header.get(4..)?.try_into().ok()?);
        let (displacements, rest) = rest.split_at_checked(2 * buckets as usize)?;
        let (marks, rest) = rest.split_at_checked(slots as usize * FINGERPRINT)?;
        let (_, rest) = rest.split_at_checked(padding(buckets as usize, slots as usize))?;
        let (rows, rest) = rest.split_at_checked(slots as usize * W)?;
        let table =
            Self { displacements: displacements.as_chunks().0, marks: marks.as_chunks().0, rows: rows.as_chunks().0, buckets, slots };
        Some((table, rest))
    }

    /// The slot of a feature, if it has a row.
    #[inline]
    pub(super) fn slot(&self, hash: u64) -> usize {
        let displacement = self.displacements.get(bucket_of(hash, self.buckets)).copied().unwrap_or_default();
        slot_of(hash, u16::from_le_bytes(displacement), self.slots)
    }

    /// Whether the row in a slot is the feature's.
    #[inline]
    pub(super) fn holds(&self, slot: usize, hash: u64) -> bool {
        self.marks.get(slot) == Some(&fingerprint(hash).to_le_bytes())
    }

    /// The row in a slot.
    #[inline]
    pub(super) fn at(&self, slot: usize) -> Option<&'m [u8; W]> {
        self.rows.get(slot)
    }

    /// The row of a feature, if the table has one.
    #[inline]
    pub(super) fn row(&self, hash: u64) -> Option<&'m [u8; W]> {
        let slot = self.slot(hash);
        if self.holds(slot, hash) { self.at(slot) } else { None }
    }
}
