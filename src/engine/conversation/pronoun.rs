//! A pronoun of a follow-up question, and whom or what it stands for.
//!
//! One that the question itself explains ("who said he would go", "what did Ann Bell say of her mill") is left alone, and so is an "it" that stands for nothing
//! ("is it true that"). Where two may be meant equally, neither is.

use super::cut::{Cut, Thing};
use super::memory::Kind;
use crate::quotation::{is_body_word, pronoun_agrees};
use crate::syntax::Tag;
use crate::text::{fold, is_stop_word};

/// What a pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// he, she, him, her, his
    One,
    /// they, them, their
    Several,
    /// it, its
    It,
    /// there
    There,
    /// that report, the article
    Report,
    /// that, this, those: alone, of what was said
    Said,
}

/// A pronoun that the question does not explain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pronoun {
    pub(super) form: Form,
    /// The pronoun, in lower case.
    pub(super) word: String,
    /// Its bytes in the question.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) possessive: bool,
    /// Whether it does something by words ("what did it say").
    pub(super) says: bool,
    /// Whether something is asked that is asked of documents ("when was it published").
    pub(super) of_report: bool,
    /// Whether it is "each", of several.
    pub(super) of_each: bool,
    /// Whether some of them are counted ("how many of them").
    pub(super) counted: bool,
    /// Whether it does something or takes time as a deed does ("why did he do it", "how long did it take"): it may well be no thing at all.
    pub(super) of_deed: bool,
    /// Names of the same question: whom they name it does not mean.
    pub(super) beside: Vec<String>,
}

/// What somebody does by words.
const SAYS: &[&str] = &[
    "say",
    "said",
    "warn",
    "warned",
    "find",
    "found",
    "recommend",
    "recommended",
    "claim",
    "claimed",
    "argue",
    "argued",
    "call",
    "called",
    "criticise",
    "criticised",
    "criticize",
    "criticized",
    "blame",
    "blamed",
    "report",
    "reported",
    "describe",
    "described",
    "rate",
    "rated",
];

/// What is done with documents.
const PUBLISHES: &[&str] = &["published", "publish", "appear", "wrote", "written", "write", "carried", "printed", "headline", "headlined"];

/// What documents are called.
const REPORTS: &[&str] = &["report", "article", "story", "piece"];

fn form(word: &str) -> Option<(Form, bool)> {
    match word {
        "he" | "she" | "him" | "her" => Some((Form::One, false)),
        "his" => Some((Form::One, true)),
        "they" | "them" | "each" => Some((Form::Several, false)),
        "their" => Some((Form::Several, true)),
        "it" => Some((Form::It, false)),
        "its" => Some((Form::It, true)),
        "there" => Some((Form::There, false)),
        "that" | "this" | "those" | "these" => Some((Form::Said, false)),
        _ => None,
    }
}

/// The first pronoun from token `from` on that the question does not explain.
pub(super) fn find(cut: &Cut<'_>, from: usize) -> Option<(usize, Pronoun)> {
    (from..cut.len()).find_map(|at| Some((at, pronoun(cut, at)?)))
}

fn pronoun(cut: &Cut<'_>, at: usize) -> Option<Pronoun> {
    let (form, possessive) = form(cut.word(at))?;
    let (form, tokens) = match form {
        Form::Said if REPORTS.contains(&cut.word(at + 1)) => (Form::Report, at..at + 2),
        other => (other, at..at + 1),
    };
    let (form, tokens) = match (form, cut.word(at)) {
        // "How much of that", "how many of those": of what was spoken of.
        (Form::Said, "that" | "this") if of_it(cut, at) => (Form::It, tokens),
        (Form::Said, _) if of_it(cut, at) => (Form::Several, tokens),
        other => (other.0, tokens),
    };
    let of_each = cut.word(at) == "each";
    let possessive = possessive || cut.word(at) == "her" && at + 1 < cut.end() && !is_stop_word(cut.word(at + 1));
    let explained = match form {
        Form::Several if of_each => {
            matches!(cut.tag(at + 1), Some(Tag::Noun | Tag::Adj | Tag::Num)) || cut.word(at + 1) == "of" || cut.word(at + 1) == "other"
        }
        Form::One => names_one(cut, at, possessive) || bound(cut, at, possessive),
        Form::Several => names_several(cut, at, possessive) || bound(cut, at, possessive),
        Form::It => named_body(cut, at) || is_empty_it(cut, at),
        Form::There => is_existential(cut, at),
        Form::Said => !stands_alone(cut, at),
        Form::Report => false,
    };
    let span = cut.span(&tokens);
    let passive = at > 0 && cut.is_auxiliary(at - 1) && matches!(cut.word(at - 1), "is" | "was" | "are" | "were" | "isn't" | "wasn't");
    let says = SAYS.contains(&cut.word(at + 1)) && !passive;
    let comes_out = |at: usize| matches!(cut.word(at), "come" | "came") && cut.word(at + 1) == "out";
    let of_report = (0..cut.len()).any(|at| PUBLISHES.contains(&cut.word(at)) || comes_out(at));
    (!explained).then(|| Pronoun {
        form,
        word: cut.word(at).to_owned(),
        start: span.start,
        end: span.end,
        possessive,
        says,
        of_report,
        of_each,
        counted: at > 1 && cut.word(at - 1) == "of" && cut.word(at - 2) == "many",
        of_deed: is_deed(cut, at),
        beside: cut.things(&|_| false).iter().map(|thing| thing.named.name.clone()).collect(),
    })
}

/// Whether what begins there does what is asked about: nobody says something of "him" and means himself.
fn is_subject(cut: &Cut<'_>, start: usize) -> bool {
    let article = usize::from(start > 0 && cut.word(start - 1) == "the");
    cut.auxiliary().is_some_and(|auxiliary| auxiliary + 1 + article == start)
}

/// "of that", with no noun behind it.
fn of_it(cut: &Cut<'_>, at: usize) -> bool {
    at > 0 && cut.word(at - 1) == "of" && !matches!(cut.tag(at + 1), Some(Tag::Noun | Tag::Propn | Tag::Adj))
}

/// Whether somebody whom the pronoun can stand for is named before it.
fn names_one(cut: &Cut<'_>, at: usize, possessive: bool) -> bool {
    let object = !possessive && matches!(cut.word(at), "him" | "her");
    let person = |thing: &Thing| match thing.named.kind {
        Kind::Person => true,
        Kind::Role => thing.tokens.end < at && !object,
        Kind::Body | Kind::Place => !thing.named.name.starts_with("the ") && !is_body(&thing.named.name),
        _ => false,
    };
    let things = cut.things(&|_| false);
    let before = things.iter().filter(|thing| thing.tokens.start < at && !(object && is_subject(cut, thing.tokens.start)));
    before.filter(|thing| person(thing)).any(|thing| pronoun_agrees(cut.word(at), &thing.named.name))
}

/// Whether several, or a body of people, stand before it in the same question, and it can stand for them.
fn names_several(cut: &Cut<'_>, at: usize, possessive: bool) -> bool {
    let inverted = at > 0 && cut.is_auxiliary(at - 1);
    let object = cut.word(at) == "them";
    let things = cut.things(&|_| false);
    let mut before = things.iter().filter(|thing| thing.tokens.end <= at && !(object && is_subject(cut, thing.tokens.start)));
    let people = before.clone().filter(|thing| thing.named.kind == Kind::Person).count();
    let several = people > 1 || before.any(|thing| matches!(thing.named.kind, Kind::Body | Kind::Things));
    several && !inverted || possessive && asks_for_owners(cut, at)
}

/// "How many people will lose their jobs": the jobs of those who are counted.
fn asks_for_owners(cut: &Cut<'_>, at: usize) -> bool {
    let subject = cut.predicate().is_some_and(|verb| {
        let next = if cut.is_auxiliary(verb) { cut.tag(verb + 1) } else { Some(Tag::Verb) };
        matches!(next, Some(Tag::Verb | Tag::Adv | Tag::Aux | Tag::Adj)) && verb < at
    });
    subject
        && cut
            .sought()
            .is_some_and(|sought| cut.is_plural(&sought) || matches!(cut.word(sought.end - 1), "people" | "children" | "men" | "women"))
}

/// Whether a noun for a body stands in a name.
pub(super) fn is_body(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|word| is_body_word(&fold(word)))
}

/// "Why did he do it", "how long did it take".
fn is_deed(cut: &Cut<'_>, at: usize) -> bool {
    let does = at > 0 && matches!(cut.word(at - 1), "do" | "does" | "did" | "done" | "doing") && at + 1 == cut.end();
    let takes = (at + 1..cut.end().min(at + 4))
        .any(|at| matches!(cut.word(at), "take" | "took" | "taken" | "happen" | "happened") && cut.word(at + 1) != "to");
    matches!(cut.word(at), "it") && (does || takes)
}

/// Whether the pronoun stands for the one asked for: "who said he would go", "who lost his job", "which minister said she knew".
fn bound(cut: &Cut<'_>, at: usize, possessive: bool) -> bool {
    let subject = matches!(cut.word(at), "he" | "she" | "they");
    let inverted = at > 0 && cut.is_auxiliary(at - 1);
    let between = (1..at).any(|at| matches!(cut.word(at), "did" | "does" | "do" | "is" | "was" | "are" | "were"));
    let asks_for_subject = matches!(cut.word(0), "who" | "which" | "whose") && !between;
    asks_for_subject && ((subject && !inverted) || possessive)
}

/// Whether something with a name or an article stands before it in the same question.
fn named_body(cut: &Cut<'_>, at: usize) -> bool {
    let asked = cut.auxiliary().unwrap_or(0);
    // "the case for it": what it is said of is not it.
    let of_it = |end: usize| end + 1 == at && cut.tag(end) == Some(Tag::Adp);
    let object = cut.word(at) == "it" && at + 1 == cut.end() && at > 0 && cut.tag(at - 1) == Some(Tag::Adp);
    let says_of_it = |thing: &super::cut::Thing| object && is_subject(cut, thing.tokens.start);
    cut.things(&|_| false)
        .iter()
        .filter(|thing| !of_it(thing.tokens.end) && !says_of_it(thing))
        .filter(|thing| thing.tokens.end <= at && thing.tokens.start >= asked)
        .any(|thing| matches!(thing.named.kind, Kind::Body | Kind::Thing | Kind::Report))
}

/// "Is it true that", "does it rain": an "it" for nothing.
fn is_empty_it(cut: &Cut<'_>, at: usize) -> bool {
    let next = cut.word(at + 1);
    let clause = (at + 1..cut.len()).any(|at| cut.word(at) == "that");
    let weather = matches!(next, "rain" | "raining" | "snow" | "snowing");
    let judged = matches!(next, "possible" | "like" | "true" | "legal" | "illegal") && at > 0 && cut.is_auxiliary(at - 1);
    let clock = cut.word(0) == "what" && matches!(cut.word(1), "time" | "day") && at + 1 == cut.end();
    weather
        || clock
        || clause && matches!(cut.tag(at + 1), Some(Tag::Adj | Tag::Noun))
        || judged && at + 2 < cut.end()
        || cut.word(0) == "it"
}

/// "Is there", "there was".
fn is_existential(cut: &Cut<'_>, at: usize) -> bool {
    let be = |at: usize| matches!(cut.word(at), "is" | "are" | "was" | "were" | "be" | "been");
    let counts = cut.word(0) == "how" && cut.word(1) == "many";
    let last = at + 1 == cut.end() || cut.word(at + 1) == "then";
    be(at + 1)
        || at > 0 && be(at - 1) && counts && last
        || at > 0 && be(at - 1) && at + 1 < cut.end() && !matches!(cut.tag(at + 1), Some(Tag::Adv | Tag::Verb | Tag::Adj))
}

/// "Is that true", "why is that": no noun behind it, and no clause that it opens.
fn stands_alone(cut: &Cut<'_>, at: usize) -> bool {
    let noun = (at + 1..cut.end()).find(|&at| !matches!(cut.tag(at), Some(Tag::Adj | Tag::Num)));
    let has_noun = noun.is_some_and(|at| matches!(cut.tag(at), Some(Tag::Noun | Tag::Propn)));
    let last = at + 1 == cut.end();
    // "Before that" tells when, whatever it was.
    let of_time = at > 0 && matches!(cut.word(at - 1), "before" | "after");
    let behind_auxiliary = at > 0 && cut.is_auxiliary(at - 1);
    !has_noun && !of_time && (behind_auxiliary || last && at > 0)
}

impl Pronoun {
    /// The question with something else in its place.
    pub(super) fn replaced(&self, question: &str, name: &str) -> String {
        let (before, after) = (question.get(..self.start).unwrap_or_default(), question.get(self.end..).unwrap_or_default());
        let leading = match self.form {
            Form::There => "in ",
            _ if self.of_each => "each of ",
            _ => "",
        };
        let own = if self.possessive { "'s" } else { "" };
        format!("{before}{leading}{name}{own}{after}")
    }
}
