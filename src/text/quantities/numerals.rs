//! Numbers in digits and in words: "37,000", "2½", "twenty-nine", "two and a half million", "a dozen", "half a million".

use super::words::Words;

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    /// One past its last token.
    pub(super) end: usize,
    /// Its value.
    pub(super) value: f64,
    /// Whether it is one token of digits.
    pub(super) digits: bool,
}

/// What a number word adds.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// 0 to 19.
    Unit(f64),
    /// 20, 30, … 90.
    Ten(f64),
    /// 12, counted by the ones before it.
    Dozen,
    /// 100.
    Hundred,
    /// 1,000 and up.
    Scale(f64),
}

const SMALL: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn part(word: &str) -> Option<Part> {
    if let Some(value) = SMALL.iter().position(|&small| small == word) {
        return Some(Part::Unit(value as f64));
    }
    if let Some(ten) = TENS.iter().position(|&ten| ten == word) {
        return Some(Part::Ten((ten as f64 + 2.0) * 10.0));
    }
    match word {
        "nought" | "nil" => Some(Part::Unit(0.0)),
        "dozen" => Some(Part::Dozen),
        "hundred" => Some(Part::Hundred),
        _ => scale(word).map(Part::Scale),
    }
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

/// The number of a word that counts on its own ("twenty", "nine"), for ordinals built on it.
pub(super) fn ten(word: &str) -> Option<f64> {
    TENS.iter().position(|&ten| ten == word).map(|ten| (ten as f64 + 2.0) * 10.0)
}

/// The number that begins at token `start`.
pub(super) fn numeral(words: &Words<'_>, start: usize) -> Option<Numeral> {
    digits(words, start).or_else(|| half_of_scale(words, start)).or_else(|| spelled(words, start))
}

/// Reads "37,000", "2.4", "2½" followed by a scale, if any.
fn digits(words: &Words<'_>, start: usize) -> Option<Numeral> {
    let value = value_of_digits(words.word(start))?;
    let mut numeral = Numeral { end: start + 1, value, digits: true };
    if let Some(fraction) = and_a_fraction(words, numeral.end) {
        numeral = Numeral { end: fraction.0, value: value + fraction.1, digits: false };
    }
    let dash = usize::from(words.hyphenated(numeral.end));
    let next = words.word(numeral.end + dash);
    let factor = scale(next).or(match next {
        "hundred" => Some(100.0),
        "dozen" => Some(12.0),
        "bn" => Some(1e9),
        "mn" => Some(1e6),
        "tn" | "trn" => Some(1e12),
        "k" if words.glued(numeral.end) => Some(1e3),
        _ => None,
    });
    if let Some(factor) = factor {
        numeral = Numeral { end: numeral.end + dash + 1, value: numeral.value * factor, digits: false };
    }
    Some(numeral)
}

/// The value of a token of digits: separators of thousands, decimals, ½ and the like.
pub(super) fn value_of_digits(word: &str) -> Option<f64> {
    let (number, fraction) = match word.char_indices().next_back() {
        Some((at, last)) if vulgar(last).is_some() => (word.get(..at)?, vulgar(last)?),
        _ => (word, 0.0),
    };
    if number.is_empty() {
        return (fraction > 0.0).then_some(fraction);
    }
    let plain = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) && number.bytes().any(|b| b.is_ascii_digit());
    let whole = number.split('.').next().unwrap_or_default();
    let grouped = whole.split(',').skip(1).all(|group| group.len() == 3);
    // Twenty digits are more than any count in the news; a longer run is an identifier.
    if !(plain && grouped && number.len() <= 20) {
        return None;
    }
    let value = if number.contains(',') { number.replace(',', "").parse::<f64>() } else { number.parse::<f64>() };
    Some(value.ok()? + fraction)
}

fn vulgar(c: char) -> Option<f64> {
    match c {
        '½' => Some(0.5),
        '⅓' => Some(1.0 / 3.0),
        '⅔' => Some(2.0 / 3.0),
        '¼' => Some(0.25),
        '¾' => Some(0.75),
        '⅕' => Some(0.2),
        '⅖' => Some(0.4),
        '⅗' => Some(0.6),
        '⅘' => Some(0.8),
        '⅛' => Some(0.125),
        _ => None,
    }
}

/// "and a half", "and three quarters", with or without hyphens: one past its end, and its value.
fn and_a_fraction(words: &Words<'_>, start: usize) -> Option<(usize, f64)> {
    let mut at = start + usize::from(words.hyphenated(start));
    let mut step = |expected: &[&str]| {
        let found = expected.contains(&words.word(at));
        if found {
            at += 1;
            at += usize::from(words.hyphenated(at));
        }
        found
    };
    let opened = step(&["and"]);
    let three = opened && step(&["three"]);
    if !opened || !(three || step(&["a"])) {
        return None;
    }
    let value = if three { 0.75 } else { 0.0 };
    match words.word(at) {
        "half" if !three => Some((at + 1, 0.5)),
        "quarter" if !three => Some((at + 1, 0.25)),
        "quarters" if three => Some((at + 1, value)),
        _ => None,
    }
}

/// "half a million", "half a dozen".
fn half_of_scale(words: &Words<'_>, start: usize) -> Option<Numeral> {
    let opens = words.word(start) == "half" && words.word(start + 1) == "a";
    let value = match part(words.word(start + 2)).filter(|_| opens)? {
        Part::Scale(scale) => scale / 2.0,
        Part::Dozen => 6.0,
        _ => return None,
    };
    Some(Numeral { end: start + 3, value, digits: false })
}

#[derive(Default)]
struct Sum {
    /// What the scales so far have closed.
    closed: f64,
    /// What is being counted up since.
    open: f64,
    /// The last scale; the next one must be smaller.
    scale: Option<f64>,
}

impl Sum {
    /// Adds a number word; `false` if it cannot follow what came before.
    fn add(&mut self, part: Part, first: bool) -> bool {
        match part {
            Part::Unit(value) if first || (value > 0.0 && self.takes_unit(value)) => self.open += value,
            Part::Ten(value) if first || self.open % 100.0 == 0.0 => self.open += value,
            Part::Hundred if self.open >= 1.0 && self.open < 100.0 => self.open *= 100.0,
            Part::Dozen if self.open >= 1.0 && self.open < 100.0 && self.scale.is_none() => self.open *= 12.0,
            Part::Scale(scale) if self.open > 0.0 && self.scale.is_none_or(|last| scale < last) => {
                self.closed += self.open * scale;
                (self.open, self.scale) = (0.0, Some(scale));
            }
            _ => return false,
        }
        true
    }

    fn takes_unit(&self, value: f64) -> bool {
        let tens = self.open % 100.0;
        tens == 0.0 || (value < 10.0 && tens >= 20.0 && tens % 10.0 == 0.0)
    }
}

/// Reads number words: "twenty-nine", "a hundred and five", "two and a half million".
fn spelled(words: &Words<'_>, start: usize) -> Option<Numeral> {
    let mut sum = Sum::default();
    let mut at = start;
    let article = matches!(words.word(start), "a" | "an");
    if article {
        if !matches!(part(words.word(start + 1)), Some(Part::Dozen | Part::Hundred | Part::Scale(_))) {
            return None;
        }
        sum.open = 1.0;
        at += 1;
    }
    let mut end = start;
    while let Some(next) = next_part(words, at, &sum, end == start) {
        let Some(part) = part(words.word(next)) else { break };
        if !sum.add(part, end == start && !article) {
            break;
        }
        (at, end) = (next + 1, next + 1);
        if let Some((after, value)) = and_a_fraction(words, at) {
            sum.open += value;
            (at, end) = (after, after);
        }
    }
    (end > start).then_some(Numeral { end, value: sum.closed + sum.open, digits: false })
}

/// Where the next number word stands: past a hyphen, or past "and" after a hundred or a scale.
fn next_part(words: &Words<'_>, at: usize, sum: &Sum, first: bool) -> Option<usize> {
    if first {
        return Some(at);
    }
    let at = at + usize::from(words.hyphenated(at));
    let complete = sum.open >= 100.0 || (sum.open == 0.0 && sum.scale.is_some());
    let small = |at| matches!(part(words.word(at)), Some(Part::Unit(_) | Part::Ten(_)));
    if words.word(at) == "and" && complete && sum.open % 100.0 == 0.0 && small(at + 1) && !counts_again(words, at + 1) {
        return Some(at + 1);
    }
    part(words.word(at)).map(|_| at)
}

/// After "two hundred and" a number that itself has a scale begins anew ("one million and two million").
fn counts_again(words: &Words<'_>, at: usize) -> bool {
    matches!(part(words.word(at + 1)), Some(Part::Hundred | Part::Scale(_)))
}

/// The rank of an ordinal that begins at token `start` ("21st", "third", "twenty-first"), and one past its end.
pub(super) fn ordinal(words: &Words<'_>, start: usize) -> Option<(usize, f64)> {
    let word = words.word(start);
    if let Some(number) = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))
        && let Some(value) = value_of_digits(number).filter(|_| word.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some((start + 1, value));
    }
    if let Some(value) = ten(word).filter(|_| words.hyphenated(start + 1)) {
        let unit = ordinal_word(words.word(start + 2)).filter(|unit| *unit < 10.0)?;
        return Some((start + 3, value + unit));
    }
    ordinal_word(word).map(|value| (start + 1, value))
}

/// Every word of letters alone that may begin a number or a rank.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let others = ["nought", "nil", "dozen", "hundred", "thousand", "million", "billion", "trillion"];
    let ranks = ["thirtieth", "fortieth", "fiftieth", "hundredth", "thousandth"];
    SMALL.iter().chain(TENS).chain(ORDINALS).copied().chain(others).chain(ranks)
}

const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The rank of an ordinal written as one word.
pub(super) fn ordinal_word(word: &str) -> Option<f64> {
    if let Some(at) = ORDINALS.iter().position(|&ordinal| ordinal == word) {
        return Some(at as f64 + 1.0);
    }
    match word {
        "thirtieth" => Some(30.0),
        "fortieth" => Some(40.0),
        "fiftieth" => Some(50.0),
        "hundredth" => Some(100.0),
        "thousandth" => Some(1000.0),
        _ => None,
    }
}
