//! Reported speech without marks becomes [`Indirect`]: whose words, which verb, and the clause that was said.
//!
//! "X said that …", "X said the bridge was …", "…, X said.", "According to X, …", "X warned of …", "X promised to …". What was not
//! said ("did not say that"), might be, or was told *to* the subject is left out, and so is thought that nobody uttered.

use std::ops::Range;

use super::cue::{CueClass, is_denial};
use super::features::Scene;
use super::page::{HIDDEN, Item, Page};
use super::phrase::{Phrase, PhraseKind};
use crate::span::Span;
use crate::syntax::Tag;
use crate::text::folded;

/// One reported clause.
#[derive(Clone, Debug)]
pub(super) struct Indirect {
    /// The words reported.
    pub(super) clause: Span,
    /// The phrase that names the speaker.
    pub(super) phrase: usize,
    /// The verb, or "according".
    pub(super) cue: Span,
    /// How sure the pattern is.
    pub(super) confidence: f32,
}

/// Fewest words of a reported clause.
const SHORTEST: usize = 4;

/// Verbs that introduce marked words, but no clause of reported speech.
const ODD: &[&str] = &[
    "according",
    "close",
    "open",
    "finish",
    "begin",
    "sum",
    "brief",
    "shoot",
    "fire",
    "go",
    "put",
    "point",
    "lie",
    "introduce",
    "address",
    "order",
    "explode",
    "rail",
    "sing",
    "hold",
    "rule",
    "list",
    "record",
    "rate",
    "project",
    "title",
    "sign",
    "print",
    "issue",
    "release",
    "judge",
    "establish",
    "contain",
    "include",
    "discover",
    "thank",
];

/// All reported clauses, in order.
pub(super) fn indirect(scene: &Scene) -> Vec<Indirect> {
    let subjects = subjects(scene);
    let mut found = Vec::new();
    for sentence in &scene.page.text.sentences {
        if let Some(indirect) = according_to(scene, &sentence.tokens) {
            found.push(indirect);
            continue;
        }
        found.extend(verbs(scene, &subjects, &sentence.tokens));
    }
    found
}

/// Verbs with the phrase that is their subject, by token of the verb.
fn subjects(scene: &Scene) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, Fit, usize)> = Vec::new();
    for (at, phrase) in scene.phrases.iter().enumerate().filter(|(_, phrase)| speaks(scene.page, phrase)) {
        let governed = phrase.possessive || phrase.tokens.start.checked_sub(1).is_some_and(|before| scene.page.tag(before) == Tag::Adp);
        let before = if governed { Fit::Governed } else { Fit::Subject };
        pairs.extend(scene.verb_after(phrase).map(|verb| (verb, before, at)));
        pairs.extend(scene.verb_before(phrase).filter(|&verb| is_inverted(scene.page, verb)).map(|verb| (verb, Fit::Inverted, at)));
    }
    // The best comes last for each verb.
    pairs.sort_unstable();
    pairs.into_iter().map(|(verb, _, phrase)| (verb, phrase)).collect()
}

/// How a phrase goes with a verb, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// After a preposition: rather part of the subject than the subject.
    Governed,
    /// "…, said Webb"
    Inverted,
    /// "Webb said"
    Subject,
}

/// Whether the verb at `verb` opens the speaker's clause: after a comma, a quotation or at a paragraph's start.
fn is_inverted(page: &Page, verb: usize) -> bool {
    let before = page.item_of_token.get(verb).and_then(|&item| item.checked_sub(1)).map(|item| page.item(item));
    match before {
        _ if page.cue(verb).is_some_and(|(lemma, _)| lemma == "tell") => false,
        Some(Item::Token(token)) => page.word(token) == ",",
        _ => true,
    }
}

/// Things and clauses do not speak: "which", "it", "that".
fn speaks(page: &Page, phrase: &Phrase) -> bool {
    let word = folded(page.word(phrase.head));
    phrase.kind != PhraseKind::Pronoun || matches!(word.as_ref(), "he" | "she" | "they" | "who" | "we" | "i")
}

fn subject(subjects: &[(usize, usize)], verb: usize) -> Option<usize> {
    let after = subjects.partition_point(|(theirs, _)| *theirs <= verb);
    after.checked_sub(1).and_then(|last| subjects.get(last)).filter(|(theirs, _)| *theirs == verb).map(|(_, phrase)| *phrase)
}

fn visible(page: &Page, token: usize) -> bool {
    page.item_of_token.get(token).is_some_and(|&item| item != HIDDEN)
}

/// The reported clauses of one sentence that go with a verb.
fn verbs(scene: &Scene, subjects: &[(usize, usize)], sentence: &Range<usize>) -> Vec<Indirect> {
    let page = scene.page;
    let mut found: Vec<Indirect> = Vec::new();
    for verb in sentence.clone().filter(|&token| visible(page, token)) {
        let inside_one = found.last().is_some_and(|last| page.span(verb, verb + 1).end <= last.clause.end);
        let reports =
            page.cue(verb).is_some_and(|(_, class)| matches!(class, CueClass::Say | CueClass::Ask | CueClass::Write | CueClass::Find));
        let odd = page.cue(verb).is_none_or(|(lemma, _)| ODD.contains(&lemma));
        if inside_one || odd || !reports || page.tag(verb) != Tag::Verb {
            continue;
        }
        let Some(phrase) = subject(subjects, verb).filter(|_| is_uttered(page, sentence.start, verb)) else { continue };
        // "…, said Webb, who has run it since May": what follows an inverted speaker is about him.
        let inverted = scene.phrases.get(phrase).is_some_and(|phrase| phrase.tokens.start > verb);
        let after = (!inverted).then(|| clause_after(page, verb, sentence.end, subjects)).flatten();
        let clause = after.or_else(|| clause_before(scene, phrase, verb, sentence));
        // "She denied that jobs would go": without its verb the clause says what she did not.
        let denied = is_denial(&folded(page.word(verb)));
        found.extend(clause.map(|(tokens, confidence)| Indirect {
            clause: page.span(if denied { verb.min(tokens.start) } else { tokens.start }, tokens.end),
            phrase,
            cue: page.span(verb, verb + 1),
            confidence,
        }));
    }
    found
}

/// Neither denied, nor only possible, nor passive.
fn is_uttered(page: &Page, start: usize, verb: usize) -> bool {
    let words = (start.max(verb.saturating_sub(4))..verb).map(|token| folded(page.word(token)));
    let hindered = |word: &str| {
        matches!(
            word,
            "not"
                | "n't"
                | "never"
                | "could"
                | "might"
                | "may"
                | "should"
                | "would"
                | "will"
                | "can"
                | "must"
                | "if"
                | "to"
                | "refused"
                | "declined"
        ) || matches!(word, "was" | "were" | "been" | "be" | "being" | "is" | "are" | "am") && !page.word(verb).ends_with("ing")
    };
    !words.into_iter().any(|word| hindered(&word))
}

/// What follows the verb: "that" and a clause, a bare clause, "whether …", "of …", "to …".
fn clause_after(page: &Page, verb: usize, end: usize, subjects: &[(usize, usize)]) -> Option<(Range<usize>, f32)> {
    let mut at = verb + 1;
    // "told the board that", "said on Monday that", "warned councillors that"
    let that = (at..end.min(at + 12)).find(|&token| {
        folded(page.word(token)) == "that"
            && visible(page, token)
            && !(at..token).any(|token| page.tag(token) == Tag::Verb || page.tag(token) == Tag::Punct)
    });
    let (from, confidence) = match that {
        Some(that) => (that + 1, 0.9),
        None => {
            let word = folded(page.word(at));
            match word.as_ref() {
                "of" | "about" | "against" | "for" | "to" if takes_preposition(page, verb, &word) => (at, 0.75),
                "whether" | "if" | "why" | "how" | "what" => (at, 0.8),
                _ => {
                    at = skip_when(page, at);
                    let opens =
                        matches!(page.tag(at), Tag::Det | Tag::Pron | Tag::Propn | Tag::Noun | Tag::Adj | Tag::Num | Tag::Sconj | Tag::Adv);
                    if !opens || !visible(page, at) || !has_finite_verb(page, at..end.min(at + 18)) || !takes_clause(page, verb) {
                        return None;
                    }
                    (at, 0.7)
                }
            }
        }
    };
    let stop = clause_end(page, from, end, subjects);
    (words(page, from..stop) >= SHORTEST).then_some((from..stop, confidence))
}

/// Passes "on Monday", "yesterday".
fn skip_when(page: &Page, at: usize) -> usize {
    let day = |token: usize| folded(page.word(token)).ends_with("day");
    if folded(page.word(at)) == "on" && day(at + 1) {
        at + 2
    } else if day(at) {
        at + 1
    } else {
        at
    }
}

fn takes_preposition(page: &Page, verb: usize, preposition: &str) -> bool {
    let lemma = page.cue(verb).map_or("", |(lemma, _)| lemma);
    match preposition {
        "to" => matches!(lemma, "promise" | "vow" | "pledge" | "offer" | "threaten" | "swear"),
        "for" => matches!(lemma, "apologise" | "apologize" | "call" | "plead" | "argue"),
        _ => matches!(lemma, "warn" | "complain" | "speak" | "boast" | "advise" | "caution"),
    }
}

/// Verbs that take a clause without "that".
fn takes_clause(page: &Page, verb: usize) -> bool {
    let lemma = page.cue(verb).map_or("", |(lemma, _)| lemma);
    matches!(
        lemma,
        "say"
            | "add"
            | "claim"
            | "admit"
            | "insist"
            | "argue"
            | "warn"
            | "deny"
            | "suggest"
            | "announce"
            | "confirm"
            | "conclude"
            | "concede"
            | "acknowledge"
            | "maintain"
            | "predict"
            | "stress"
            | "reveal"
            | "explain"
            | "state"
            | "report"
            | "declare"
            | "note"
            | "complain"
            | "allege"
            | "estimate"
            | "promise"
            | "recall"
    )
}

/// A verb after a noun or pronoun: the sign of a clause.
fn has_finite_verb(page: &Page, tokens: Range<usize>) -> bool {
    let mut noun = false;
    for token in tokens {
        match page.tag(token) {
            Tag::Noun | Tag::Propn | Tag::Pron | Tag::Num => noun = true,
            Tag::Verb | Tag::Aux if noun && !page.word(token).ends_with("ing") => return true,
            Tag::Punct if page.word(token) != "," && page.word(token) != "-" => return false,
            _ => {}
        }
    }
    false
}

/// Where the reported clause ends: at the sentence's last point, a semicolon, or where another speaker sets in.
fn clause_end(page: &Page, from: usize, end: usize, subjects: &[(usize, usize)]) -> usize {
    let mut stop = end;
    while stop > from && matches!(page.tag(stop - 1), Tag::Punct) && !matches!(page.word(stop - 1), ")" | "%") {
        stop -= 1;
    }
    let turn = (from..stop).find(|&token| {
        let next = (token + 1..stop.min(token + 8))
            .find(|&verb| page.cue(verb).is_some_and(|(_, class)| class == CueClass::Say) && subject(subjects, verb).is_some());
        page.word(token) == ";" || page.word(token) == "," && next.is_some()
    });
    turn.unwrap_or(stop)
}

fn words(page: &Page, tokens: Range<usize>) -> usize {
    tokens.filter(|&token| page.shape(token).is_word()).count()
}

/// "The bridge was late, X said.": all of the sentence before the comma.
fn clause_before(scene: &Scene, phrase: usize, verb: usize, sentence: &Range<usize>) -> Option<(Range<usize>, f32)> {
    let page = scene.page;
    let first = scene.phrases.get(phrase)?.tokens.start.min(verb);
    let comma = first.checked_sub(1).filter(|&token| page.word(token) == "," && visible(page, token))?;
    let range = sentence.start..comma;
    let told = takes_clause(page, verb) && visible(page, range.start) && has_finite_verb(page, range.clone());
    (told && words(page, range.clone()) >= SHORTEST).then_some((range, 0.75))
}

/// "According to X, …" and "…, according to X."
fn according_to(scene: &Scene, sentence: &Range<usize>) -> Option<Indirect> {
    let page = scene.page;
    let cue =
        sentence.clone().find(|&token| visible(page, token) && folded(page.word(token)) == "according" && page.word(token + 1) == "to")?;
    let phrase = scene.phrases.partition_point(|phrase| phrase.head < cue + 2);
    let follows = scene.phrases.get(phrase).is_some_and(|phrase| (cue + 2..cue + 4).contains(&phrase.tokens.start));
    if !follows {
        return None;
    }
    let named = scene.phrases.get(phrase)?.tokens.end;
    let clause = if cue <= sentence.start + 1 {
        let comma = (named..sentence.end).find(|&token| page.word(token) == ",")?;
        comma + 1..clause_end(page, comma + 1, sentence.end, &[])
    } else {
        let stop = if page.word(cue - 1) == "," { cue - 1 } else { cue };
        sentence.start..stop
    };
    let whole = words(page, clause.clone()) >= SHORTEST;
    whole.then(|| Indirect { clause: page.span(clause.start, clause.end), phrase, cue: page.span(cue, cue + 2), confidence: 0.8 })
}
