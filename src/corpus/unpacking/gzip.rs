//! A gzip file, which may hold several members, as one stream of bytes. What follows the last member and is none is passed over:
//! tapes and disks pad files with zeros.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// The first byte of a member.
const FIRST: u8 = 0x1F;

/// The members of a stream, one after another.
pub(in crate::corpus) struct Members<R> {
    decoder: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    pub(in crate::corpus) fn new(inner: R) -> Self {
        Self { decoder: Some(GzDecoder::new(inner)) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while let Some(decoder) = &mut self.decoder {
            let count = decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            let next = decoder.get_mut().fill_buf()?.first() == Some(&FIRST);
            self.decoder = self.decoder.take().filter(|_| next).map(|decoder| GzDecoder::new(decoder.into_inner()));
        }
        Ok(0)
    }
}
