//! A pronoun of a follow-up question, and whom or what it stands for.
//!
//! One that the question itself explains ("who said he would go", "what did Ann Bell say of her mill") is left alone, and so is an "it" that stands for nothing
//! ("is it true that"). Where two may be meant equally, neither is.

use super::cut::Cut;
use super::memory::{Kind, Memory, Named};
use crate::quotation::pronoun_agrees;
use crate::syntax::Tag;
use crate::text::is_stop_word;

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
    says: bool,
    /// Whether something is asked that is asked of documents ("when was it published").
    of_report: bool,
    /// Whether it is "each", of several.
    of_each: bool,
    /// Names of the same question: whom they name it does not mean.
    beside: Vec<String>,
}

/// Whom a pronoun stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    For(String),
    /// Nobody, or one of several.
    Open(Vec<String>),
    /// It may well stand for nothing.
    Nothing,
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
    let object = !possessive && matches!(cut.word(at), "him" | "her");
    let names = cut.names();
    let named = names.iter().any(|name| name.start < at && !(object && is_subject(cut, name.start)));
    let explained = match form {
        Form::Several if of_each => {
            matches!(cut.tag(at + 1), Some(Tag::Noun | Tag::Adj | Tag::Num)) || cut.word(at + 1) == "of" || cut.word(at + 1) == "other"
        }
        Form::One | Form::Several => named || bound(cut, at, possessive),
        Form::It => named_body(cut, at) || is_empty_it(cut, at),
        Form::There => is_existential(cut, at),
        Form::Said => !stands_alone(cut, at),
        Form::Report => false,
    };
    let span = cut.span(&tokens);
    let says = SAYS.contains(&cut.word(at + 1));
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
        beside: names.iter().map(|name| cut.slice(name).to_owned()).collect(),
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
        .any(|thing| thing.tokens.end <= at && thing.tokens.start >= asked && thing.named.kind != Kind::Place)
}

/// "Is it true that", "does it rain": an "it" for nothing.
fn is_empty_it(cut: &Cut<'_>, at: usize) -> bool {
    let next = cut.word(at + 1);
    let clause = (at + 1..cut.len()).any(|at| cut.word(at) == "that");
    let weather = matches!(next, "rain" | "raining" | "snow" | "snowing");
    weather || clause && matches!(cut.tag(at + 1), Some(Tag::Adj | Tag::Noun)) || next == "possible" || cut.word(0) == "it"
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

    /// Whom or what it stands for.
    pub(super) fn stands(&self, memory: &Memory) -> Stands {
        match self.form {
            Form::One => self.one(memory),
            Form::Several => self.several(memory),
            Form::It => self.it(memory),
            Form::There => there(memory),
            Form::Report => latest(memory, &[Kind::Report]).map_or(Stands::Open(Vec::new()), Stands::For),
            Form::Said => Stands::Open(Vec::new()),
        }
    }

    /// The last person it agrees with; none of several who stand side by side.
    fn one(&self, memory: &Memory) -> Stands {
        // Who was asked for in vain may be meant, and who was only overheard is soon forgotten.
        let near = |named: &Named| named.turn == memory.turn || !memory.is_left_open() && !named.overheard;
        let beside = |named: &Named| self.beside.iter().any(|name| named.name.split(' ').next_back() == name.split(' ').next_back());
        let fits = |named: &&Named| named.kind == Kind::Person && near(named) && pronoun_agrees(&self.word, &named.name) && !beside(named);
        let agreeing: Vec<&Named> = memory.names.iter().filter(fits).collect();
        let Some(first) = agreeing.first() else { return Stands::Open(Vec::new()) };
        let beside: Vec<String> = agreeing.iter().filter(|named| is_beside(first, named)).map(|named| named.name.clone()).collect();
        if beside.len() > 1 { Stands::Open(beside) } else { Stands::For(first.name.clone()) }
    }

    fn several(&self, memory: &Memory) -> Stands {
        let now = |kinds: &[Kind]| of_last_turn(memory, kinds);
        let things = now(&[Kind::Things]);
        if let Some(pair) = side_by_side(memory).filter(|_| things.is_empty() && !self.of_each) {
            return Stands::For(pair);
        }
        match (things.as_slice(), now(&[Kind::Body]).as_slice()) {
            ([one], []) => Stands::For(one.clone()),
            ([one], _) if !self.says => Stands::For(one.clone()),
            ([], [one]) => Stands::For(one.clone()),
            ([], []) if !self.says && sought(memory, true).is_some() => sought(memory, true).map_or(Stands::Nothing, Stands::For),
            ([], []) => match now(&[Kind::Thing]).as_slice() {
                [one] if self.says => Stands::For(one.clone()),
                _ => latest(memory, &[Kind::Body]).map_or(Stands::Open(Vec::new()), Stands::For),
            },
            (things, bodies) => Stands::Open(things.iter().chain(bodies).cloned().collect()),
        }
    }

    fn it(&self, memory: &Memory) -> Stands {
        if self.of_report
            && let Some(report) = latest(memory, &[Kind::Report])
        {
            return Stands::For(report);
        }
        let kinds: &[&[Kind]] = if self.says { &[&[Kind::Body], &[Kind::Thing]] } else { &[&[Kind::Thing], &[Kind::Body], &[Kind::Place]] };
        match kinds.iter().map(|kinds| of_last_turn(memory, kinds)).find(|found| !found.is_empty()).as_deref() {
            Some([one]) => Stands::For(one.clone()),
            Some(several) => Stands::Open(several.to_vec()),
            None if !self.says && sought(memory, false).is_some() => sought(memory, false).map_or(Stands::Nothing, Stands::For),
            None if self.says || self.possessive => latest(memory, &[Kind::Body]).map_or(Stands::Nothing, Stands::For),
            // At the beginning of a conversation "it" may well stand for nothing.
            None if memory.turn == 0 => Stands::Nothing,
            None => Stands::Open(Vec::new()),
        }
    }
}

/// The last place; else the one name of the last turn that may be one.
fn there(memory: &Memory) -> Stands {
    let bare: Vec<String> = of_last_turn(memory, &[Kind::Body]).into_iter().filter(|name| !name.starts_with("the ")).collect();
    match (latest(memory, &[Kind::Place]), bare.as_slice()) {
        (Some(place), _) => Stands::For(place),
        (None, [one]) => Stands::For(one.clone()),
        (None, _) => Stands::Open(bare),
    }
}

/// The people that the last question named together.
fn side_by_side(memory: &Memory) -> Option<String> {
    let spoken = |named: &&Named| named.turn == memory.turn && named.kind == Kind::Person && named.beside > 0;
    let first = memory.names.iter().find(spoken)?;
    let all: Vec<&str> =
        memory.names.iter().filter(|named| spoken(named) && is_beside(first, named)).map(|named| named.name.as_str()).collect();
    (all.len() > 1).then(|| all.join(" and "))
}

fn is_beside(one: &Named, other: &Named) -> bool {
    one.turn == other.turn && one.beside == other.beside && (one.beside > 0 || one.name == other.name)
}

fn latest(memory: &Memory, kinds: &[Kind]) -> Option<String> {
    memory.names.iter().find(|named| kinds.contains(&named.kind)).map(|named| named.name.clone())
}

/// What the last question counted or chose, where it is several or one as wanted.
fn sought(memory: &Memory, several: bool) -> Option<String> {
    let plural = |name: &str| {
        let cut = Cut::new(name);
        cut.is_plural(&(0..cut.end()))
    };
    of_last_turn(memory, &[Kind::Sought]).into_iter().find(|name| plural(name) == several)
}

/// Those that the last question or its answer spoke of; where that spoke of nothing, those of the one before.
pub(super) fn of_last_turn(memory: &Memory, kinds: &[Kind]) -> Vec<String> {
    let spoken = memory.names.iter().filter(|named| !matches!(named.kind, Kind::Person | Kind::Report));
    let turn = spoken.map(|named| named.turn).max().filter(|turn| turn + 1 == memory.turn).unwrap_or(memory.turn);
    memory.names.iter().filter(|named| named.turn == turn && kinds.contains(&named.kind)).map(|named| named.name.clone()).collect()
}
