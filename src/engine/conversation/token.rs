//! A conversation's memory becomes a word that stands for it, and comes back from one: whoever holds the word holds the conversation, and nothing is kept
//! where the questions are answered.

use super::Memory;
use crate::corpus;

/// What every such word begins with; another layout of the memory gets another.
const LAYOUT: &str = "3.";
/// Longest word that is read.
const LONGEST: usize = 16 * 1024;

impl Memory {
    /// The word that stands for this memory.
    #[must_use]
    pub fn token(&self) -> String {
        let bytes = postcard::to_stdvec(self).unwrap_or_default();
        LAYOUT.to_owned() + &corpus::hexadecimal(&bytes)
    }

    /// The memory that a word stands for; `None` where it stands for none.
    #[must_use]
    pub fn from_token(token: &str) -> Option<Self> {
        let digits = token.strip_prefix(LAYOUT).filter(|digits| digits.len() <= LONGEST && digits.len() % 2 == 0)?;
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let bytes: Vec<u8> = digits.as_bytes().chunks(2).map(byte).collect::<Option<_>>()?;
        postcard::from_bytes(&bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memory_comes_back_from_its_word() {
        let mut memory = Memory::default();
        memory.mention("Ann Bell");
        memory.mention("Tom Pell");
        assert_eq!(Memory::from_token(&memory.token()), Some(memory));
        for wrong in ["", "3.", "3.zz", "3.0", "2.00", "3.ffffffffff", "no token"] {
            assert!(Memory::from_token(wrong).is_none(), "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_too_wild(token in "1\\.[0-9a-f]{0,200}") {
            let _ = Memory::from_token(&token);
        }
    }
}
