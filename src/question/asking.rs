//! The wording that asks: the question word, what stands with it, and the noun the answer is one of.

use super::AnswerType;
use super::nouns::answer_type_of;
use super::plural::{is_plural, singular};
use super::wording::{Wording, is_auxiliary, is_determiner, is_form_of_be};
use crate::syntax::Tag;
use crate::text::is_stop_word;

/// How a question asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Who,
    Whose,
    What,
    Which,
    When,
    Where,
    Why,
    /// "how", with the manner in question.
    How,
    HowMany,
    HowMuch,
    /// "how old", "how long": the adjective or adverb follows the question word.
    HowAdjective,
    /// Begins with an auxiliary.
    YesNo,
    /// "Name the …", "List …".
    Command,
    /// A bare noun phrase: "cost of the barrier?".
    Bare,
}

/// Where and how a question asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asking {
    pub(super) manner: Manner,
    /// The token of the question word (or of the command, or of the first word).
    pub(super) at: usize,
    /// One past the question word's phrase: "how many councils", "which union".
    pub(super) end: usize,
    /// The nouns the answer is one of, as tokens; the last is their head.
    pub(super) focus: Vec<usize>,
}

impl Asking {
    pub(super) fn find(wording: &Wording) -> Self {
        question_word(wording).or_else(|| leading_verb(wording)).unwrap_or_else(|| bare(wording))
    }

    /// The head noun of the focus, folded and in the singular.
    pub(super) fn head(&self, wording: &Wording) -> String {
        self.focus.last().map_or_else(String::new, |&head| singular(wording.word(head)))
    }
}

/// The question word a word stands for, slips of spelling and typing included.
fn manner(word: &str, slips: bool) -> Option<Manner> {
    let exact = match word {
        "who" | "whom" | "who's" | "whos" => Manner::Who,
        "whose" => Manner::Whose,
        "what" | "whats" | "what's" => Manner::What,
        "which" => Manner::Which,
        "when" | "whens" => Manner::When,
        "where" | "wheres" => Manner::Where,
        "why" => Manner::Why,
        "how" | "hows" => Manner::How,
        _ => return slips.then(|| slip(word)).flatten(),
    };
    Some(exact)
}

/// Common slips in question words.
fn slip(word: &str) -> Option<Manner> {
    match word {
        "hwo" | "woh" | "whho" | "whoo" | "wh" => Some(Manner::Who),
        "waht" | "wat" | "whta" | "hwat" | "wht" | "whatt" | "whay" => Some(Manner::What),
        "wich" | "whcih" | "whitch" | "whihc" | "hwich" | "witch" | "whch" | "wihch" => Some(Manner::Which),
        "wehn" | "whne" | "whn" | "wen" | "hwen" => Some(Manner::When),
        "wher" | "whre" | "were's" | "wheer" | "hwere" | "wehre" => Some(Manner::Where),
        "hw" | "hoow" | "ohw" => Some(Manner::How),
        "whi" | "wy" | "whyy" => Some(Manner::Why),
        _ => None,
    }
}

/// The question word that governs the sentence: the first one that is not a relative pronoun.
fn question_word(wording: &Wording) -> Option<Asking> {
    let at = (0..wording.len()).find(|&at| {
        let slips = at < 2;
        manner(wording.word(at), slips).is_some() && asks_here(wording, at)
    })?;
    let manner = manner(wording.word(at), true)?;
    Some(match manner {
        Manner::How => how(wording, at),
        Manner::What | Manner::Which | Manner::Whose => with_focus(wording, manner, at),
        Manner::Who => people(wording, at),
        _ => Asking { manner, at, end: at + 1, focus: Vec::new() },
    })
}

/// Whether a question word at `at` asks rather than relates ("the sister who moved", "the day when …").
fn asks_here(wording: &Wording, at: usize) -> bool {
    if at == 0 || leading_verb(wording).is_none() && !(0..at).any(|before| wording.is_verb(before) || wording.is_noun(before)) {
        return true;
    }
    if leading_verb(wording).is_some() {
        return false;
    }
    // "age of the baker, when the flood came": only what opens the main clause asks after a comma.
    let after_comma = matches!(wording.before(at), "," | ":" | "-")
        && (at == clause_start(wording) || is_auxiliary(wording.word(at + 1)) || matches!(wording.word(at), "how" | "what" | "which"));
    let preposition = matches!(wording.tag(at - 1), Tag::Adp) && at >= 2 && matches!(wording.before(at - 1), "," | ":");
    let counted = wording.word(at) == "how" && matches!(wording.word(at + 1), "many" | "much" | "old" | "long" | "often" | "far");
    after_comma || preposition || counted || in_situ(wording, at)
}

/// "The report names which councils", "They left on what day".
fn in_situ(wording: &Wording, at: usize) -> bool {
    let phrase = matches!(wording.word(at), "what" | "which") && wording.is_nominal(at + 1);
    phrase && (wording.is_verb(at - 1) || wording.tag(at - 1) == Tag::Adp)
}

fn how(wording: &Wording, at: usize) -> Asking {
    // "How's", "how about": nothing is measured.
    match wording.word(at + 1) {
        "many" | "amny" | "mnay" => with_focus(wording, Manner::HowMany, at + 1),
        "much" | "mcuh" => with_focus(wording, Manner::HowMuch, at + 1),
        "come" => Asking { manner: Manner::Why, at, end: at + 2, focus: Vec::new() },
        next if is_auxiliary(next) || next.is_empty() => Asking { manner: Manner::How, at, end: at + 1, focus: Vec::new() },
        next if measures(next) || (matches!(wording.tag(at + 1), Tag::Adj | Tag::Adv) && is_auxiliary(wording.word(at + 2))) => {
            Asking { manner: Manner::HowAdjective, at, end: at + 2, focus: Vec::new() }
        }
        _ => Asking { manner: Manner::How, at, end: at + 1, focus: Vec::new() },
    }
}

/// Adjectives and adverbs that stand with "how" and ask for an amount.
fn measures(word: &str) -> bool {
    matches!(
        word,
        "old"
            | "long"
            | "far"
            | "often"
            | "tall"
            | "high"
            | "deep"
            | "wide"
            | "big"
            | "large"
            | "heavy"
            | "fast"
            | "hot"
            | "cold"
            | "late"
            | "early"
            | "soon"
            | "quickly"
            | "expensive"
            | "frequently"
            | "small"
            | "thick"
            | "rich"
            | "strong"
            | "close"
    )
}

/// "who", with what follows it in the focus where a class of people is named ("who were the rival bidders").
fn people(wording: &Wording, at: usize) -> Asking {
    let start = at + 2;
    let copular = is_form_of_be(wording.word(at + 1));
    let end = if copular { wording.noun_phrase_end(start) } else { start };
    let named = (start..end).any(|at| wording.is_capitalized(at));
    let focus = if copular && !named { nouns(wording, start, end) } else { Vec::new() };
    Asking { manner: Manner::Who, at, end: at + 1, focus }
}

/// "which union", "what share of care leavers", "how many homes", "what was the cost of": the question word and its noun.
fn with_focus(wording: &Wording, manner: Manner, at: usize) -> Asking {
    let start = past_partitive(wording, at + 1);
    let end = wording.noun_phrase_end(start).max(mistagged_noun_end(wording, manner, start));
    let end = before_mistagged_verb(wording, manner, start, end);
    let (start, end) = past_owner(wording, start, end);
    let focus = if is_causing(wording.word(start)) { Vec::new() } else { nouns(wording, start, end) };
    if !focus.is_empty() {
        let (end, focus) = past_kind(wording, end, focus);
        return Asking { manner, at, end, focus };
    }
    let focus = if matches!(manner, Manner::What | Manner::Which) { copular_focus(wording, at) } else { Vec::new() };
    Asking { manner, at, end: at + 1, focus }
}

/// After "which" a noun follows whatever the tagger says; after "what" only where the noun is a known one.
fn mistagged_noun_end(wording: &Wording, manner: Manner, start: usize) -> usize {
    let word = wording.word(start);
    let content = wording.is_word(start) && !is_auxiliary(word) && !is_stop_word(word);
    let noun = match manner {
        Manner::Which => content && !word.ends_with("ed"),
        Manner::What => content && (answer_type_of(&singular(word)).is_some() && !is_auxiliary(wording.before(start))),
        _ => false,
    };
    start + usize::from(noun)
}

/// Past forms that the tagger sometimes takes for nouns.
pub(super) fn is_past_verb(word: &str) -> bool {
    matches!(
        word,
        "sank"
            | "fell"
            | "got"
            | "won"
            | "lost"
            | "rose"
            | "ran"
            | "went"
            | "took"
            | "met"
            | "sold"
            | "bought"
            | "made"
            | "gave"
            | "held"
            | "came"
            | "said"
            | "told"
            | "spoke"
    )
}

/// "How many boats sank": what stands after the plural is the verb, even where the tagger takes it for a noun.
fn before_mistagged_verb(wording: &Wording, manner: Manner, start: usize, end: usize) -> usize {
    let counted = manner == Manner::HowMany && end > start && !is_plural(wording.before(end));
    let plural = (start..end).rev().find(|&at| counted && is_plural(wording.word(at)));
    let past = |at: usize| at > start && (is_past_verb(wording.word(at)) || (wording.word(at).ends_with("ed") && wording.is_noun(at - 1)));
    // "What proportion favour checks", "which pollster works for": nothing is part of the phrase behind such a noun.
    let measured = |at: usize| at > start && matches!(wording.before(at), "proportion" | "percentage" | "percent" | "fraction");
    let acts = |at: usize| at > start && is_deed(wording, at);
    plural.map(|at| at + 1).or_else(|| (start..end).find(|&at| past(at) || measured(at) || acts(at))).unwrap_or(end)
}

/// "how many of the pumps", "which of the councils": the noun stands after "of the".
fn past_partitive(wording: &Wording, at: usize) -> usize {
    if wording.word(at) == "of" && is_determiner(wording.word(at + 1)) { at + 2 } else { at }
}

/// What people and bodies do, in forms that the tagger takes for plurals.
const DEEDS: &[&str] = &[
    "works", "runs", "leads", "owns", "plays", "heads", "chairs", "wants", "plans", "backs", "lives", "stars", "hosts", "writes", "checks",
    "controls", "covers", "funds", "makes", "offers", "supports", "trains", "supplies", "tests",
];

/// "which pollster works for …", "what body checks up on …": a deed, not part of the phrase.
fn is_deed(wording: &Wording, at: usize) -> bool {
    let doer = matches!(answer_type_of(wording.before(at)), Some(AnswerType::Person | AnswerType::Organization));
    let next = wording.word(at + 1);
    let goes_on = !(next.is_empty() || is_auxiliary(next) || next == "of" || next.ends_with("ed"));
    doer && goes_on && DEEDS.contains(&wording.word(at))
}

/// Verbs that tell of a cause ("what prompted Nora Vance to leave").
pub(super) fn is_causing(word: &str) -> bool {
    matches!(
        word,
        "caused"
            | "causes"
            | "led"
            | "prompted"
            | "triggered"
            | "made"
            | "makes"
            | "sparked"
            | "drove"
            | "explains"
            | "explained"
            | "motivated"
            | "motivates"
            | "inspired"
            | "forced"
            | "persuaded"
            | "convinced"
            | "doomed"
    )
}

/// "which nurses' union", "which Children's Trust director": asked for is the noun behind.
fn past_owner(wording: &Wording, start: usize, end: usize) -> (usize, usize) {
    let behind = wording.noun_phrase_end(end + 1);
    let plural = end == start + 1 && wording.word(end) == "'" && is_plural(wording.before(end));
    let name = end > start && wording.word(end) == "'s" && (start..end).all(|at| wording.is_capitalized(at));
    let possesses = (plural || name) && behind > end + 1;
    if possesses { (end + 1, behind) } else { (start, end) }
}

/// "what kind of body", "what sort of road": the noun asked for is the one after "of".
fn past_kind(wording: &Wording, end: usize, focus: Vec<usize>) -> (usize, Vec<usize>) {
    let kind = focus.last().is_some_and(|&head| matches!(singular(wording.word(head)).as_str(), "kind" | "sort" | "type" | "form"));
    if !kind || wording.word(end) != "of" {
        return (end, focus);
    }
    let start = end + 1;
    let end = wording.noun_phrase_end(start);
    let inner = nouns(wording, start, end);
    if inner.is_empty() { (start, focus) } else { (end, inner) }
}

/// "What was the inquiry's figure for …", "what are the four conditions": the noun of the phrase after the verb.
fn copular_focus(wording: &Wording, at: usize) -> Vec<usize> {
    if !is_form_of_be(wording.word(at + 1)) {
        return Vec::new();
    }
    phrase_nouns(wording, at + 2)
}

/// The nouns of the phrase that begins at `start`, the last part of "X's Y" where there are several.
fn phrase_nouns(wording: &Wording, start: usize) -> Vec<usize> {
    let mut start = start;
    let mut end = wording.noun_phrase_end(start);
    while end > start && wording.word(end) == "'s" && wording.noun_phrase_end(end + 1) > end + 1 {
        start = end + 1;
        end = wording.noun_phrase_end(start);
    }
    // "councillors' vote": the apostrophe alone.
    if end > start && wording.word(end) == "'" && wording.noun_phrase_end(end + 1) > end + 1 {
        start = end + 1;
        end = wording.noun_phrase_end(start);
    }
    nouns(wording, start, end)
}

/// The nouns of `start..end`, article and number words left out. "Chief" belongs to the office it stands before.
fn nouns(wording: &Wording, start: usize, end: usize) -> Vec<usize> {
    // "the councils Nora Vance names": the name belongs to a clause of its own; "the member responsible for": so does the adjective.
    let end = (start + 1..end)
        .find(|&at| wording.is_person(at) && is_plural(wording.before(at)) && !wording.is_capitalized(at - 1))
        .unwrap_or(end);
    let trailing = end > start + 1 && wording.tag(end - 1) == Tag::Adj && wording.tag(end) == Tag::Adp && wording.is_noun(end - 2);
    let end = end - usize::from(trailing);
    let office = |at: usize| at + 1 < end && wording.word(at) == "chief";
    (start..end)
        .filter(|&at| wording.is_noun(at) || office(at) || (at + 1 == end && wording.is_word(at) && !is_determiner(wording.word(at))))
        .collect()
}

/// Questions that begin with an auxiliary or a command, after a leading "according to …,".
fn leading_verb(wording: &Wording) -> Option<Asking> {
    let start = clause_start(wording);
    let word = wording.word(start);
    if is_auxiliary(word)
        && word != "'s"
        && (wording.len() > start + 1)
        && !(word == "may" && wording.is_capitalized(start) && wording.word(start + 1).starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some(Asking { manner: Manner::YesNo, at: start, end: start + 1, focus: Vec::new() });
    }
    let command = match word {
        "name" | "list" | "identify" | "give" | "state" | "find" | "show" | "tell" | "describe" | "explain" | "define" => start,
        "please" => start + 1,
        _ => return None,
    };
    // "name of the ground?" is a bare phrase, "list price" another.
    let goes_on = !matches!(wording.word(command + 1), "of" | "" | "?" | "'s" | "for")
        && (is_determiner(wording.word(command + 1))
            || matches!(
                wording.word(command + 1),
                "me" | "all" | "us" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten"
            )
            || command > start
            || wording.is_nominal(command + 1) && word != "state");
    goes_on.then(|| command_asking(wording, command))
}

fn command_asking(wording: &Wording, at: usize) -> Asking {
    let mut start = at + 1;
    while matches!(wording.word(start), "me" | "us" | "all" | "out" | "about") {
        start += 1;
    }
    let end = wording.noun_phrase_end(start);
    Asking { manner: Manner::Command, at, end: end.max(at + 1), focus: phrase_nouns(wording, start) }
}

/// Where the main clause begins: past "According to the Civic Ledger," and "In the report of 2013,".
fn clause_start(wording: &Wording) -> usize {
    let introduced =
        matches!(wording.word(0), "according" | "in" | "from" | "after" | "before" | "as" | "on" | "at" | "for" | "so" | "and" | "but");
    let comma = wording.find(0, &[","]).filter(|&comma| introduced && comma + 1 < wording.len() && comma < 14);
    comma.map_or(usize::from(matches!(wording.word(0), "so" | "and" | "but") && wording.len() > 1), |comma| comma + 1)
}

fn bare(wording: &Wording) -> Asking {
    let start = clause_start(wording);
    Asking { manner: Manner::Bare, at: start, end: start, focus: phrase_nouns(wording, start) }
}

impl Asking {
    /// Whether several things are asked for: a plural noun after "which", "what are", "who were", "name".
    pub(super) fn wants_several(&self, wording: &Wording) -> bool {
        let Some(&head) = self.focus.last() else { return false };
        // "Which Republicans", "two Republicans": a name for a class of people is a plural like any other.
        let class = wording.tag(head) != Tag::Propn
            || (self.at..head).any(|at| wording.tag(at) == Tag::Num)
            || self.manner == Manner::Which && self.at + 1 == head;
        let plural = is_plural(wording.word(head)) && class;
        plural && !matches!(self.manner, Manner::HowMany | Manner::HowMuch | Manner::HowAdjective)
    }
}
