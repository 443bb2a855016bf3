//! A Zstandard file, which may hold several frames, as one stream of bytes.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Memory a frame may ask for, in bytes: what the program that makes them asks for at its highest ordinary setting.
const WINDOW: u64 = 32 << 20;

/// The frames of a stream, one after another.
pub(super) struct Frames<R> {
    inner: R,
    decoder: FrameDecoder,
    /// Whether a frame has begun and is not over.
    inside: bool,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(inner: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self { inner, decoder, inside: false }
    }

    /// Begins the next frame; whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.inner.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.inner) {
                Ok(()) => {
                    self.inside = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.inner.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while self.inside || self.begin()? {
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder.decode_blocks(&mut self.inner, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
            }
            let count = self.decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.inside = false;
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of one raw block, as the format's description lays it out.
    fn frame(words: &str) -> Vec<u8> {
        let header = [0x28, 0xB5, 0x2F, 0xFD, 0x20, words.len() as u8];
        let block = ((words.len() as u32) << 3 | 1).to_le_bytes();
        [&header, &block[..3], words.as_bytes()].concat()
    }

    #[test]
    fn frames_are_read_one_after_another() {
        let skipped = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"xyz"].concat();
        let bytes = [frame("The ferry "), skipped, frame("stops.")].concat();
        let mut text = String::new();
        Frames::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, "The ferry stops.");
    }

    #[test]
    fn what_is_cut_short_is_an_error() {
        let bytes = frame("The ferry stops.");
        let mut text = Vec::new();
        assert!(Frames::new(&bytes[..12]).read_to_end(&mut text).is_err());
    }
}
