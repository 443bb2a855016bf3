//! The words of a name become a [`Form`]: title, given names, surname; and forms are compared.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::gender::{Gender, Genders, of_word};
use super::naming::given_names_agree;
use super::page::Page;
use super::roles::{is_body_noun, is_office, is_person_noun};
use crate::syntax::Tag;
use crate::text::{fold, is_particle};

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
    "cr",
    "ald",
    "alderman",
    "alderwoman",
    "assemblyman",
    "assemblywoman",
    "brig",
    "brigadier",
    "cmdr",
    "commander",
    "corporal",
    "cpl",
    "councilman",
    "councilmember",
    "councilor",
    "councilwoman",
    "dci",
    "det",
    "insp",
    "lieutenant",
    "supt",
];

/// Titles that stay with a name.
const KEPT: &[&str] = &["sir", "dame", "lord", "lady", "baroness", "baron", "viscount", "earl"];

const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq"];

/// Letters after a name that tell an office or an honour: no part of the name shown.
const POST_NOMINALS: &[&str] = &[
    "mp", "mep", "msp", "mla", "td", "pp", "sc", "qc", "kc", "jp", "mbe", "obe", "cbe", "kbe", "dbe", "frs", "phd", "msc", "frcs", "frcp",
];

/// Whether the word at `at` is letters of an office or an honour behind a name of two words or more that begins at `start`.
pub(super) fn is_post_nominal(page: &Page, start: usize, at: usize) -> bool {
    let word = page.word(at);
    let letters = word.chars().filter(|c| c.is_uppercase()).count() >= 2;
    at >= start + 2 && letters && POST_NOMINALS.contains(&fold(word).as_str())
}

/// The tokens of a name without what stands around it inside one mention: an office whose words are no titles of their own ("Council President
/// Thelma Bell", "Ferry United winger Marcus Bell"), and letters after it ("Ann Bell TD").
pub(super) fn bare(page: &Page, tokens: Range<usize>) -> Range<usize> {
    let mut end = tokens.end;
    while end > tokens.start && is_post_nominal(page, tokens.start, end - 1) {
        end -= 1;
    }
    after_office(page, tokens.start..end)..end
}

/// The office before the name at `start` that "of" joins to it or to its first word ("Secretary of State Ann Bell").
pub(super) fn office_of(page: &Page, start: usize) -> Option<usize> {
    let office = start.checked_sub(2).filter(|_| matches!(page.word(start - 1), "of" | "for"))?;
    let noun = fold(page.word(office));
    (page.word(office).starts_with(char::is_uppercase) && (is_office(&noun) || is_title(&noun))).then_some(office)
}

/// Where the given name of a name behind "Secretary of" begins: what stands before it is what the office is of.
fn after_domain(page: &Page, tokens: &Range<usize>) -> Option<usize> {
    let inside = office_of(page, tokens.start + 2).filter(|_| tokens.len() > 3).map(|_| tokens.start + 3);
    let from = inside.or_else(|| office_of(page, tokens.start).map(|_| tokens.start + 1))?;
    let genders = Genders::new();
    (from..tokens.end.saturating_sub(1)).find(|&at| genders.is_name(&fold(page.word(at))))
}

/// Whether `own`, what is left of the name at `whole`, stands right behind a noun for what a person is.
pub(super) fn follows_office(page: &Page, whole: &Range<usize>, own: &Range<usize>) -> bool {
    let noun = own.start.checked_sub(1).filter(|_| own.start > whole.start).map(|at| fold(page.word(at)));
    let domain = noun.is_some() && after_domain(page, whole) == Some(own.start);
    domain || noun.is_some_and(|noun| is_person_noun(&noun) || is_title(noun.trim_end_matches('.')))
}

/// Where the name begins behind the office in front of it.
fn after_office(page: &Page, tokens: Range<usize>) -> usize {
    if let Some(given) = after_domain(page, &tokens) {
        return given;
    }
    let word = |at: usize| fold(page.word(at)).trim_end_matches('.').to_owned();
    let capital = |at: usize| page.word(at).starts_with(char::is_uppercase);
    let genders = Genders::new();
    let given = |at: usize| genders.is_name(&word(at));
    let described = |at: usize| {
        !capital(at)
            && matches!(page.tag(at), Tag::Noun | Tag::Adj)
            && page.word(at).contains(char::is_alphabetic)
            && page.word(at.saturating_sub(1)) != "-"
            && !is_particle(page.word(at))
    };
    let office = |at: usize| described(at) || is_office(&word(at)) || is_title(&word(at));
    let last = tokens.end.saturating_sub(1);
    let Some(noun) = (tokens.start..last).rev().find(|&at| office(at)) else { return tokens.start };
    let name = noun + 1..tokens.end;
    let all_titles = (tokens.start..noun + 1).all(|at| is_title(&word(at)) || page.word(at) == ".");
    let named = name.clone().all(|at| capital(at) || page.word(at) == "-" || is_particle(page.word(at)))
        && !name.clone().all(|at| is_title(&word(at)));
    let own_given = given(tokens.start) && !(name.len() > 1 && given(name.start));
    if all_titles || !named || own_given || is_body_noun(&word(last)) { tokens.start } else { name.start }
}

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
        let tokens = &bare(page, tokens.clone());
        let undotted = |at: usize| word(at).trim_end_matches('.').to_owned();
        let mut start = tokens.start;
        let mut gender = None;
        let mut titled = false;
        let mut knighted = false;
        let before = tokens.start.checked_sub(1).filter(|&at| is_title(&undotted(at)));
        for at in before.into_iter().chain(tokens.clone()) {
            let title = undotted(at);
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
        let words: Vec<String> = body.map(word).filter(|word| word.chars().any(char::is_alphanumeric) && !is_suffix(word)).collect();
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

/// Whether a folded word without its point is a title before a name.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

/// Whether a folded word follows a surname ("jr", "mp").
pub(super) fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word) || POST_NOMINALS.contains(&word) || word == "md"
}
