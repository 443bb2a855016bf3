//! Bytes get a checksum behind them when they are written, and are believed when they are read only where it still fits.
//!
//! A flipped bit in stored text would otherwise be printed as if somebody had said so. CRC-32 finds every single flipped bit and every
//! burst of up to 32; it is no protection against somebody who means harm.

/// Bytes of a checksum.
pub(super) const LENGTH: usize = 4;

/// The bytes with their checksum.
pub(super) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = crc32fast::hash(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

/// The bytes without their checksum; `None` where it does not fit.
pub(super) fn opened(bytes: &[u8]) -> Option<&[u8]> {
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(LENGTH)?)?;
    (crc32fast::hash(content).to_le_bytes() == checksum).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_as_it_was_written_is_refused() {
        let sound = sealed(b"The quay is closed.".to_vec());
        assert_eq!(opened(&sound), Some(b"The quay is closed.".as_slice()));
        for bit in 0..sound.len() * 8 {
            let mut bytes = sound.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(opened(&bytes), None, "bit {bit}");
        }
        assert_eq!(opened(&sound[..sound.len() - 1]), None);
        assert_eq!(opened(&[]), None);
    }
}
