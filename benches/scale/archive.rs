//! A [`Pool`] becomes a folder of articles of any size, no two of them alike.
//!
//! An article is put together from paragraphs of two others. Of every name that not everybody knows another is made, one for the whole
//! article and few of them common; figures are changed, and so is half of the other longer words, each for one with the same end. What comes
//! out means nothing, but words are as common as they were, sentences as long, and who speaks is told the same way.
//! The articles of `corpus/` are there as well, as they are: questions about them have answers.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::measuring::files;
use crate::sources::{Pool, pieces};

/// Files a folder holds.
const FOLDER: usize = 1000;
/// Words of a passage of sayso's, about.
const PASSAGE: usize = 110;
/// Names that are made.
const NAMES: f64 = 150_000.0;
/// Quotes kept to ask for.
const KEPT: usize = 64;
/// Words of a quote worth asking for.
const QUOTE: std::ops::RangeInclusive<usize> = 9..=30;

/// How large an archive is wanted: both are reached.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) passages: usize,
    pub(crate) quotations: usize,
}

/// An archive that was written.
pub(crate) struct Archive {
    pub(crate) folder: PathBuf,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    /// Quotes from all over it.
    pub(crate) quotes: Vec<String>,
}

/// Numbers that look like chance and are the same every time (Steele and others, "Fast splittable pseudorandom number generators", 2014).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number from 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Archive {
    /// Writes an archive that has so much.
    pub(crate) fn write(pool: &Pool, folder: &Path, wanted: Wanted) -> Self {
        let mut archive = Self { folder: folder.to_owned(), files: 0, bytes: 0, quotes: Vec::new() };
        let (mut words, mut quotations, mut step, mut seen) = (0, 0, 1, 0);
        for (number, file) in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).iter().enumerate() {
            let name = file.file_name().unwrap().to_string_lossy();
            archive.keep(&format!("own/{number:03}-{name}"), &fs::read_to_string(file).unwrap());
        }
        // More quotations than articles usually have are had by leaving out what holds none.
        let dense = wanted.quotations > wanted.passages;
        while words < wanted.passages * PASSAGE || quotations < wanted.quotations {
            let article = article(pool, archive.files as u64, dense);
            words += article.split_whitespace().count();
            for quote in quotes(&article) {
                quotations += 1;
                seen += 1;
                if seen % step == 0 && QUOTE.contains(&quote.split_whitespace().count()) {
                    archive.quotes.push(quote.to_owned());
                }
            }
            if archive.quotes.len() > 2 * KEPT {
                let mut position = 0;
                archive.quotes.retain(|_| {
                    position += 1;
                    usize::is_multiple_of(position, 2)
                });
                step *= 2;
            }
            archive.keep(&format!("{:04}/{:07}.txt", archive.files / FOLDER, archive.files), &article);
        }
        archive.quotes.truncate(KEPT);
        archive
    }

    fn keep(&mut self, name: &str, text: &str) {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self.files += 1;
        self.bytes += text.len() as u64;
    }

    pub(crate) fn megabytes(&self) -> f64 {
        self.bytes as f64 / 1e6
    }
}

/// What stands between quotation marks.
fn quotes(text: &str) -> impl Iterator<Item = &str> {
    let marked = text.lines().flat_map(|line| line.split('“').skip(1)).filter_map(|rest| rest.split_once('”').map(|(quote, _)| quote));
    marked.filter(|quote| quote.contains(' '))
}

fn article(pool: &Pool, number: u64, dense: bool) -> String {
    let mut chance = Chance::new(number);
    let mut rewriting = Rewriting { pool, names: chance.next(), chance: Chance::new(chance.next()), share: 0.5 };
    let chosen = [chance.below(pool.articles.len()), chance.below(pool.articles.len())].map(|article| &pool.articles[article]);
    let headline = rewriting.rewrite(&chosen[0][0]);
    let author = format!("{} {}", rewriting.name("author"), rewriting.name("family"));
    let (year, month, day) = (2005 + chance.below(20), MONTHS[chance.below(12)], 1 + chance.below(28));
    let mut lines = vec![headline, format!("By {author}"), format!("{day} {month} {year}")];
    let mut taken = BTreeSet::new();
    for _ in 0..4 + chance.below(18) {
        // Most of it is one article's.
        let source = usize::from(chance.below(4) == 0);
        let place = 1 + chance.below(chosen[source].len() - 1);
        let paragraph = &chosen[source][place];
        let worth = !dense || lines.len() == 3 || paragraph.contains(['“', '"']);
        if worth && taken.insert((source, place)) {
            lines.push(straight_to_curly(&rewriting.rewrite(paragraph)));
        }
    }
    lines.join("\n\n") + "\n"
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The text with marks that tell beginning from end.
fn straight_to_curly(text: &str) -> String {
    let mut open = false;
    let curly = |c| match c {
        '"' => {
            open = !open;
            if open { '“' } else { '”' }
        }
        other => other,
    };
    text.chars().map(curly).collect()
}

/// How words become others.
pub(crate) struct Rewriting<'p> {
    pub(crate) pool: &'p Pool,
    /// The same for the whole article: who has which name.
    pub(crate) names: u64,
    pub(crate) chance: Chance,
    /// Share of the longer words that become others.
    pub(crate) share: f64,
}

impl Rewriting<'_> {
    pub(crate) fn rewrite(&mut self, text: &str) -> String {
        let mut written = String::with_capacity(text.len() + 16);
        for piece in pieces(text) {
            let first = piece.chars().next().unwrap_or(' ');
            if first.is_ascii_digit() {
                self.figure(piece, &mut written);
            } else if first.is_uppercase() && piece.len() > 2 && !self.pool.is_familiar(piece) {
                written.push_str(&self.name(piece));
            } else if first.is_lowercase() && self.chance.share() < self.share {
                let choice = self.chance.next();
                written.push_str(self.pool.other(piece, choice).unwrap_or(piece));
            } else {
                written.push_str(piece);
            }
        }
        written
    }

    /// Other figures, as many: years stay in their century.
    fn figure(&mut self, figure: &str, written: &mut String) {
        let is_year = figure.len() == 4 && (figure.starts_with("19") || figure.starts_with("20"));
        for (place, c) in figure.chars().enumerate() {
            let other = match c {
                '1'..='9' if place == 0 && !is_year => char::from(b'1' + self.chance.below(9) as u8),
                '0'..='9' if place > 1 || !is_year => char::from(b'0' + self.chance.below(10) as u8),
                other => other,
            };
            written.push(other);
        }
    }

    /// The name that one has in this article.
    fn name(&self, name: &str) -> String {
        let seed = name.bytes().fold(self.names, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        // The cube: few names are common, and most are rare.
        made_up((NAMES * Chance::new(seed).share().powi(3)) as u64)
    }
}

/// The name of this number.
fn made_up(number: u64) -> String {
    const ONSETS: [&str; 20] = ["B", "Br", "C", "D", "Dr", "F", "G", "Gl", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T", "V", "W"];
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ai", "oo"];
    const MIDDLES: [&str; 12] = ["l", "n", "r", "m", "nd", "rt", "lb", "ss", "v", "th", "ck", "rn"];
    const ENDS: [&str; 10] = ["er", "on", "ley", "man", "ford", "ow", "ick", "ell", "ham", "is"];
    let mut chance = Chance::new(number);
    let mut pick = |parts: &'static [&'static str]| parts[chance.below(parts.len())];
    let (onset, vowel, middle) = (pick(&ONSETS), pick(&VOWELS), pick(&MIDDLES));
    if number.is_multiple_of(2) {
        format!("{onset}{vowel}{middle}{}", pick(&ENDS))
    } else {
        format!("{onset}{vowel}{middle}{}{}{}", pick(&VOWELS), pick(&MIDDLES), pick(&ENDS))
    }
}
