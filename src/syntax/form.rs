//! The written form of a token becomes the hashes features are made of.
//!
//! Words are folded first: digits to `0`, quotation marks to their straight forms, `--` to a dash; so a curly apostrophe
//! and a year never seen are known words. Knows letters only, nothing of grammar.

use super::weights::{Table, hash_bytes, step};

/// Bytes of a lexicon entry.
pub(super) const ENTRY: usize = 6;

/// Set in an entry's first byte where the tag there is sure.
pub(super) const SURE: u8 = 0x80;

/// Case and characters of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[repr(u8)]
pub(super) enum Case {
    /// Lower-case letters.
    #[default]
    Lower,
    /// A capital, then small letters.
    Title,
    /// Capitals only, two or more.
    Upper,
    /// One capital alone, or with a point ("J.").
    Initial,
    /// Capitals inside ("McDonald", "iPhone").
    Mixed,
    /// Begins with a digit.
    Digit,
    /// No letter and no digit at the front.
    Mark,
}

/// What is known of a word before reading its sentence: from the lexicon the training counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry([u8; ENTRY]);

impl Entry {
    /// The entry of an unknown word.
    pub(super) const NONE: Self = Self([0; ENTRY]);

    /// The tags the word has most often, and second most often (63: none).
    #[inline]
    pub(super) fn tags(self) -> u64 {
        u64::from(self.0[0] & !SURE) << 8 | u64::from(self.0[1])
    }

    /// The number of the tag that a frequent word has as good as always.
    #[inline]
    pub(super) fn sure(self) -> Option<u8> {
        (self.0[0] & !SURE).checked_sub(1).filter(|_| self.0[0] & SURE != 0)
    }

    /// The distributional cluster, fine; 0 for none.
    #[inline]
    pub(super) fn cluster(self) -> u64 {
        u64::from(u16::from_le_bytes([self.0[2], self.0[3]]))
    }

    /// The distributional cluster, coarse; 0 for none.
    #[inline]
    pub(super) fn coarse(self) -> u64 {
        u64::from(self.0[4])
    }

    /// The gazetteers the word stands in, a bit each (see [`super::training::lexicon`]).
    #[inline]
    pub(super) fn gazetteers(self) -> u64 {
        u64::from(self.0[5])
    }
}

/// The hashes of one token's form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Form {
    /// The folded word, case kept.
    pub(super) word: u64,
    /// The folded word in lower case.
    pub(super) lower: u64,
    /// The last one to four characters in lower case.
    pub(super) suffixes: [u64; 4],
    /// The first one to three characters.
    pub(super) prefixes: [u64; 3],
    /// The pattern of capitals, small letters, digits and marks, runs shortened.
    pub(super) pattern: u64,
    pub(super) case: Case,
    /// Of the word as written, else of its lower-case form.
    pub(super) entry: Entry,
    /// Of the lower-case form.
    pub(super) lower_entry: Entry,
}

/// The lexicon: what the training counted of each word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexicon<'m>(Table<'m, ENTRY>);

impl<'m> Lexicon<'m> {
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        Self(Table::read(bytes).0)
    }

    fn entry(&self, hash: u64) -> Option<Entry> {
        self.0.row(hash).copied().map(Entry)
    }
}

/// Turns written words into [`Form`]s; keeps its buffers between words.
#[derive(Debug)]
pub(super) struct Former<'m> {
    lexicon: Lexicon<'m>,
    folded: String,
    lower: String,
}

impl<'m> Former<'m> {
    pub(super) fn new(lexicon: Lexicon<'m>) -> Self {
        Self { lexicon, folded: String::new(), lower: String::new() }
    }

    /// The form of one word.
    pub(super) fn form(&mut self, word: &str) -> Form {
        fold(word, &mut self.folded);
        lowercase(&self.folded, &mut self.lower);
        let (written, lower) = (hash_bytes(self.folded.as_bytes()), hash_bytes(self.lower.as_bytes()));
        let lower_entry = self.lexicon.entry(lower);
        let entry = if written == lower { lower_entry } else { self.lexicon.entry(written).or(lower_entry) };
        Form {
            word: written,
            lower,
            suffixes: suffixes(&self.lower),
            prefixes: prefixes(&self.folded),
            pattern: pattern(&self.folded),
            case: case(&self.folded),
            entry: entry.unwrap_or_default(),
            lower_entry: lower_entry.unwrap_or_default(),
        }
    }
}

/// Writes the folded form of `word` over `folded`.
pub(super) fn fold(word: &str, folded: &mut String) {
    folded.clear();
    if matches!(word, "--" | "---") {
        folded.push('—');
    } else {
        folded.extend(word.chars().take(LONGEST).map(fold_char));
    }
}

/// Characters of a word that are looked at: a longer one is an address or noise.
const LONGEST: usize = 64;

fn fold_char(c: char) -> char {
    match c {
        '0'..='9' => '0',
        '‘' | '’' | '‛' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' => '"',
        '‐' | '‑' => '-',
        '\u{a0}' => ' ',
        _ => c,
    }
}

fn lowercase(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
}

fn suffixes(word: &str) -> [u64; 4] {
    let mut found = [0; 4];
    let mut hash = 0x5F;
    for (slot, c) in found.iter_mut().zip(word.chars().rev()) {
        hash = step_char(hash, c);
        *slot = hash;
    }
    found
}

fn prefixes(word: &str) -> [u64; 3] {
    let mut found = [0; 3];
    let mut hash = 0x9F;
    for (slot, c) in found.iter_mut().zip(word.chars()) {
        hash = step_char(hash, c);
        *slot = hash;
    }
    found
}

fn step_char(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x100_0000_01B3)
}

fn pattern(word: &str) -> u64 {
    let (mut hash, mut last, mut run) = (0x2F, 0, 0);
    for c in word.chars() {
        let class = class_of(c);
        run = if class == last { run + 1 } else { 0 };
        last = class;
        if run < 2 {
            hash = step(hash, class);
        }
    }
    hash
}

fn class_of(c: char) -> u8 {
    match c {
        'a'..='z' => b'a',
        'A'..='Z' => b'A',
        '0'..='9' => b'0',
        _ if c.is_uppercase() => b'A',
        _ if c.is_alphabetic() => b'a',
        _ if c.is_ascii() => c as u8,
        _ => b'~',
    }
}

fn case(word: &str) -> Case {
    let mut classes = word.chars().map(class_of).filter(|class| matches!(class, b'a' | b'A' | b'0'));
    let Some(first) = word.chars().next().map(class_of) else { return Case::Mark };
    let rest = |wanted: u8| word.chars().skip(1).map(class_of).any(|class| class == wanted);
    match (first, rest(b'A'), rest(b'a')) {
        (b'0', ..) => Case::Digit,
        (b'a', false, _) => Case::Lower,
        (b'A', false, true) => Case::Title,
        (b'A', true, false) => Case::Upper,
        (b'A', false, false) => Case::Initial,
        (b'a' | b'A', ..) => Case::Mixed,
        _ if classes.any(|class| class == b'0') => Case::Digit,
        _ => Case::Mark,
    }
}
