//! The words of a name become a [`Form`]: title, given names, surname; and forms are compared.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::gender::{Gender, Genders, of_word};
use super::naming::given_names_agree;
use super::page::Page;
use crate::text::fold;

/// Titles that are no part of a name.
const DROPPED: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "cllr",
    "councillor",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "president",
    "vice",
    "secretary",
    "judge",
    "justice",
    "gen",
    "general",
    "lt",
    "col",
    "colonel",
    "capt",
    "captain",
    "sgt",
    "sergeant",
    "maj",
    "major",
    "mayor",
    "minister",
    "prime",
    "chancellor",
    "rev",
    "reverend",
    "pastor",
    "fr",
    "father",
    "sister",
    "speaker",
    "attorney",
    "congressman",
    "congresswoman",
    "inspector",
    "superintendent",
    "detective",
    "constable",
    "chief",
    "former",
    "ex",
    "doctor",
    "deputy",
    "adm",
    "admiral",
    "cardinal",
    "archbishop",
    "bishop",
    "pope",
    "king",
    "queen",
    "prince",
    "princess",
    "ambassador",
    "commissioner",
    "chairman",
    "republican",
    "democrat",
    "democratic",
    "gop",
    "the",
    "hm",
    "msgr",
    "hon",
    "rt",
    "right",
    "honourable",
    "master",
    "emperor",
    "sheikh",
    "ayatollah",
    "imam",
];

/// Titles that stay with a name.
const KEPT: &[&str] = &["sir", "dame", "lord", "lady", "baroness", "baron", "viscount", "earl"];

const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "mp", "mbe", "obe", "cbe", "phd", "qc", "kc", "esq"];

/// A name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// The tokens of the name without dropped titles, with kept ones.
    pub(super) tokens: Range<usize>,
    /// Folded words, without titles and suffixes.
    pub(super) words: Vec<String>,
    /// Whether a kept title stands in front ("Sir").
    pub(super) knighted: bool,
    /// What the titles tell.
    pub(super) gender: Option<Gender>,
    /// Whether any title stands in front.
    pub(super) titled: bool,
}

impl Form {
    /// Takes apart the name at `tokens`; titles right before it count. `None` where nothing but titles is left.
    pub(super) fn new(page: &Page, tokens: &Range<usize>) -> Option<Self> {
        let word = |at: usize| fold(page.word(at));
        let bare = |at: usize| word(at).trim_end_matches('.').to_owned();
        let mut start = tokens.start;
        let mut gender = None;
        let mut titled = false;
        let mut knighted = false;
        let before = tokens.start.checked_sub(1).filter(|&at| is_title(&bare(at)));
        for at in before.into_iter().chain(tokens.clone()) {
            let title = bare(at);
            if !is_title(&title) || at + 1 >= tokens.end {
                start = at;
                break;
            }
            gender = gender.or(of_word(&title));
            titled = true;
            if KEPT.contains(&title.as_str()) {
                knighted = true;
                start = at;
                break;
            }
        }
        let body = start + usize::from(knighted)..tokens.end;
        let words: Vec<String> =
            body.map(word).filter(|word| word.chars().any(char::is_alphanumeric) && !SUFFIXES.contains(&word.as_str())).collect();
        (!words.is_empty()).then_some(Self { tokens: start..tokens.end, words, knighted, gender, titled })
    }

    pub(super) fn surname(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    pub(super) fn given(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    pub(super) fn is_full(&self) -> bool {
        self.words.len() > 1
    }

    /// What the titles or the given name tell.
    pub(super) fn gender(&self, genders: &Genders) -> Option<Gender> {
        self.gender.or_else(|| if self.is_full() || self.knighted { genders.of_name(self.given()) } else { None })
    }

    /// Whether two full names may name one person: same surname, given names equal, shortened or an initial.
    pub(super) fn may_equal(&self, other: &Self) -> bool {
        let agree = || given_names_agree(self.given().trim_end_matches('.'), other.given().trim_end_matches('.'));
        self.surname() == other.surname() && (agree() || self.describes(other) || other.describes(self))
    }

    /// Whether it is another full name behind words that are no given name ("presidential nominee Ann Webb").
    pub(super) fn describes(&self, other: &Self) -> bool {
        other.is_full()
            && self.words.len() > other.words.len()
            && self.words.ends_with(&other.words)
            && !Genders::new().is_name(self.given())
    }
}

static TITLES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| DROPPED.iter().chain(KEPT).copied().collect());

fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}
