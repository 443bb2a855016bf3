//! Questions about what was said: by whom ("who warned that …"), or what by somebody ("what did X say about …").

use super::asking::{Asking, Manner, is_past_verb};
use super::nouns::answer_type_of;
use super::plural::singular;
use super::press::names_outlet;
use super::wording::{Wording, is_auxiliary, is_determiner, is_form_of_be};
use super::{AnswerType, Subject};
use crate::syntax::{EntityKind, Tag};

/// A question about speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Speech {
    pub(super) subject: Subject,
    /// The speaker, of "what did X say".
    pub(super) speaker: Option<String>,
    /// The tokens of the speaker's name.
    pub(super) speaker_tokens: std::ops::Range<usize>,
    /// The verb of saying, or the noun for what was said.
    pub(super) verb: usize,
}

/// Verbs of saying in all their forms that questions use, by base.
const VERBS: &[&str] = &[
    "accuse",
    "acknowledge",
    "add",
    "admit",
    "allege",
    "announce",
    "apologise",
    "apologize",
    "argue",
    "ask",
    "assert",
    "attack",
    "believe",
    "blame",
    "boast",
    "call",
    "caution",
    "claim",
    "comment",
    "compare",
    "complain",
    "concede",
    "condemn",
    "confirm",
    "conclude",
    "congratulate",
    "criticise",
    "criticize",
    "declare",
    "defend",
    "demand",
    "denounce",
    "deny",
    "describe",
    "dismiss",
    "dispute",
    "doubt",
    "estimate",
    "explain",
    "express",
    "fear",
    "forecast",
    "hail",
    "hint",
    "insist",
    "joke",
    "lament",
    "liken",
    "mention",
    "note",
    "object",
    "pledge",
    "point",
    "praise",
    "predict",
    "promise",
    "quip",
    "recall",
    "recommend",
    "refute",
    "regret",
    "reject",
    "remark",
    "reply",
    "respond",
    "reveal",
    "say",
    "slam",
    "speak",
    "state",
    "stress",
    "suggest",
    "swear",
    "tell",
    "thank",
    "think",
    "threaten",
    "tweet",
    "urge",
    "voice",
    "vow",
    "warn",
    "welcome",
    "wonder",
    "question",
    "express",
    "counter",
    "decry",
    "deplore",
    "refuse",
    "protest",
    "applaud",
];

/// The base form of a verb of saying.
fn base(word: &str) -> Option<&'static str> {
    let irregular = match word {
        "said" | "says" => "say",
        "told" => "tell",
        "thought" => "think",
        "spoke" | "spoken" => "speak",
        "swore" | "sworn" => "swear",
        "denied" | "denies" => "deny",
        "replied" | "replies" => "reply",
        "decried" | "decries" => "decry",
        _ => "",
    };
    if !irregular.is_empty() {
        return VERBS.iter().find(|verb| **verb == irregular).copied();
    }
    VERBS.iter().find(|verb| is_form(word, verb)).copied()
}

fn is_form(word: &str, verb: &str) -> bool {
    let Some(ending) = word.strip_prefix(verb.trim_end_matches('e')) else { return false };
    if verb.ends_with('e') { matches!(ending, "e" | "es" | "ed" | "ing") } else { matches!(ending, "" | "s" | "ed" | "es" | "ing") }
}

/// The question's speech, if it asks about one.
pub(super) fn find(wording: &Wording, asking: &Asking) -> Option<Speech> {
    match asking.manner {
        Manner::Who => who_said(wording, asking.at + 1).or_else(|| said_by(wording, asking.at + 1)),
        // "Which comment compared the two" asks for no speaker.
        Manner::Which | Manner::Whose => {
            let speaks =
                asking.focus.last().is_none_or(|&head| answer_type_of(&singular(wording.word(head))) != Some(AnswerType::Statement));
            speaks.then(|| who_said(wording, past_possessor(wording, asking))).flatten()
        }
        Manner::What => said_by(wording, asking.at + 1).or_else(|| who_said_what(wording, asking)).or_else(|| view_of(wording, asking)),
        Manner::How => said_by(wording, asking.at + 1),
        Manner::Bare => view_of(wording, asking).or_else(|| on_topic(wording)),
        Manner::Command => view_of(wording, asking),
        _ => None,
    }
}

/// "What organisation described …": "what" asks for the one who speaks.
fn who_said_what(wording: &Wording, asking: &Asking) -> Option<Speech> {
    let speaks = asking.end > asking.at + 1 && asking.focus.last().is_some_and(|&head| can_speak(&singular(wording.word(head))));
    speaks.then(|| who_said(wording, asking.end)).flatten()
}

fn can_speak(noun: &str) -> bool {
    matches!(answer_type_of(noun), Some(AnswerType::Person | AnswerType::Organization))
}

/// Past the rest of the subject after the asking phrase: "which city council | 's chief executive | spoke".
fn past_possessor(wording: &Wording, asking: &Asking) -> usize {
    let mut at = asking.end;
    if wording.word(at) == "'s" || wording.word(at) == "'" {
        at = wording.noun_phrase_end(at + 1).max(at + 1);
        at -= usize::from(is_past_verb(wording.before(at)));
    }
    // "which councillor for Ash Ferrers said": a phrase that belongs to the subject.
    if matches!(wording.word(at), "for" | "of" | "in" | "from" | "at") {
        let end = wording.noun_phrase_end(at + 1);
        at = if end > at + 1 { end } else { at };
    }
    at
}

/// "(who) warned that …", "(who) has been quoted as saying", "(who) was it that said".
fn who_said(wording: &Wording, at: usize) -> Option<Speech> {
    let mut at = at;
    while matches!(
        wording.word(at),
        "has"
            | "have"
            | "had"
            | "also"
            | "first"
            | "then"
            | "publicly"
            | "originally"
            | "is"
            | "was"
            | "does"
            | "it"
            | "that"
            | "who"
            | "actually"
            | "once"
            | "repeatedly"
            | "do"
            | "did"
            | "now"
            | "later"
            | "already"
    ) {
        // "who did X say …" asks for something else.
        if matches!(wording.word(at), "did" | "do" | "does") {
            return None;
        }
        at += 1;
    }
    let passive = matches!(wording.before(at), "is" | "was" | "been");
    let reported = (wording.word(at) == "quoted" && passive)
        || wording.reads(at, &["used", "the", "words"])
        || wording.reads(at, &["made", "the", "claim"]);
    let verb = base(wording.word(at));
    if verb == Some("tell") || verb == Some("ask") || verb == Some("call") || verb == Some("think") {
        // "who called the police" is no speech, but its answer would stand in the same words.
        return verb.filter(|_| !passive).map(|_| who(at));
    }
    let spoken = verb.is_some() && (!passive || wording.before(at) == "it");
    (spoken || reported || reports_fact(wording, at)).then(|| who(at))
}

/// "expressed", "made a promise", "raised concerns": nouns of speech after a light verb.
fn reports_fact(wording: &Wording, at: usize) -> bool {
    let light = matches!(wording.word(at), "made" | "gave" | "raised" | "issued" | "voiced" | "took");
    let noun = (at + 1..(at + 4).min(wording.len())).map(|at| singular(wording.word(at))).find(|noun| {
        answer_type_of(noun) == Some(AnswerType::Statement) || matches!(noun.as_str(), "concern" | "claim" | "issue" | "objection")
    });
    light && noun.is_some()
}

fn who(verb: usize) -> Speech {
    Speech { subject: Subject::WhoSaid, speaker: None, speaker_tokens: 0..0, verb }
}

/// "(what) did X say about …", "(what) does X think of …", "(how) did X describe …", "(what) has X promised".
fn said_by(wording: &Wording, at: usize) -> Option<Speech> {
    if !is_auxiliary(wording.word(at)) {
        return None;
    }
    let start = at + 1;
    // After "'s" stands what somebody said, not that somebody says it: "X's warning".
    let says = |at: usize| base(wording.word(at)).is_some() && !wording.is_capitalized(at) && !matches!(wording.before(at), "'s" | "'");
    let verb = (start + 1..wording.len().min(start + 12)).find(|&at| says(at) && ends_subject(wording, start, at))?;
    let said = base(wording.word(verb)).is_some_and(|verb| {
        !matches!(
            verb,
            "add" | "point" | "attack" | "believe" | "estimate" | "confirm" | "fear" | "object" | "refuse" | "demand" | "recommend"
        ) || is_person_like(wording, start)
    });
    if !said || is_form_of_be(wording.word(at)) && !wording.word(verb).ends_with("ing") {
        return None;
    }
    let end = trim_adverbs(wording, start, verb);
    let name = wording.printed(start, end).trim_start_matches("the ").trim_start_matches("The ");
    // What an outlet says is its text, not somebody's utterance.
    let outlet = (start..end).any(|at| wording.is_capitalized(at) && names_outlet(wording.word(at)));
    let pronoun = matches!(wording.word(start), "he" | "she" | "they" | "it" | "we" | "you" | "i");
    if name.is_empty() || outlet || pronoun {
        return None;
    }
    Some(Speech { subject: Subject::SaidBy, speaker: Some(name.to_owned()), speaker_tokens: start..end, verb })
}

/// Whether the subject that begins at `start` and ends before `verb` is one noun phrase (with what belongs to it).
fn ends_subject(wording: &Wording, start: usize, verb: usize) -> bool {
    (start..verb).all(|at| {
        let inside = wording.is_nominal(at)
            || is_determiner(wording.word(at))
            || matches!(
                wording.word(at),
                "of" | "'s"
                    | "'"
                    | "for"
                    | "and"
                    | ","
                    | "at"
                    | "the"
                    | "."
                    | "also"
                    | "have"
                    | "actually"
                    | "to"
                    | "n't"
                    | "not"
                    | "really"
                    | "later"
                    | "once"
                    | "recently"
            );
        inside || wording.is_capitalized(at)
    })
}

fn is_person_like(wording: &Wording, start: usize) -> bool {
    wording.is_capitalized(start) || wording.is_capitalized(start + 1)
}

fn trim_adverbs(wording: &Wording, start: usize, verb: usize) -> usize {
    let mut end = verb;
    while end > start
        && matches!(
            wording.before(end),
            "also" | "actually" | "have" | "to" | "n't" | "not" | "really" | "later" | "once" | "recently" | ","
        )
    {
        end -= 1;
    }
    end
}

/// "Nora Vance on school meals": what somebody has said of something.
fn on_topic(wording: &Wording) -> Option<Speech> {
    let end = wording.name_end(0);
    let topic = wording.word(end) == "on" && end + 1 < wording.end() && !matches!(wording.tag(end + 1), Tag::Num | Tag::Propn);
    let person = wording.syntax.mentions.iter().any(|mention| mention.kind == EntityKind::Person && mention.tokens == (0..end));
    (topic && person).then(|| Speech {
        subject: Subject::SaidBy,
        speaker: Some(wording.printed(0, end).to_owned()),
        speaker_tokens: 0..end,
        verb: end,
    })
}

/// "What is X's view of …", "X's reaction to …", "what was the response of X", "quotes by X".
fn view_of(wording: &Wording, asking: &Asking) -> Option<Speech> {
    let &head = asking.focus.last()?;
    let said = matches!(
        singular(wording.word(head)).as_str(),
        "message"
            | "reaction"
            | "response"
            | "comment"
            | "view"
            | "opinion"
            | "statement"
            | "remark"
            | "reply"
            | "advice"
            | "warning"
            | "quote"
            | "quotation"
    );
    let possessive = asking.focus.first().filter(|&&first| matches!(wording.before(first), "'s" | "'")).copied();
    if let Some(first) = possessive.filter(|_| said) {
        let end = first - 1;
        let start = (0..end).rev().take_while(|&at| wording.is_nominal(at) || wording.is_capitalized(at)).last()?;
        return Some(Speech {
            subject: Subject::SaidBy,
            speaker: Some(wording.printed(start, end).to_owned()),
            speaker_tokens: start..end,
            verb: head,
        });
    }
    let by = matches!(wording.word(head + 1), "of" | "by" | "from").then_some(head + 2)?;
    let start = by + usize::from(is_determiner(wording.word(by)));
    let end = wording.name_end(start);
    (said && end > start).then(|| Speech {
        subject: Subject::SaidBy,
        speaker: Some(wording.printed(start, end).to_owned()),
        speaker_tokens: start..end,
        verb: head,
    })
}
