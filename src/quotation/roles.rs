//! What a text says somebody is ("chief inspector", "chairman of the board") is found beside the name.
//!
//! Before it ("Ofsted's chief inspector Sir Michael Wilshaw"), before it with a comma ("the board's chairman, Ann Webb,"), after it
//! between commas ("Ann Webb, chairman of the board, said"). Roles stated at a distance are left alone.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::cast::{Cast, Role, folded};
use super::page::{HIDDEN, Page};
use super::phrase::Phrase;
use crate::syntax::{EntityKind, Tag};
use crate::text::{Shape, fold};

/// Nouns for what a person does or is, beside those with a telling ending.
const PERSON_NOUNS: &[&str] = &[
    "activist",
    "adviser",
    "advisor",
    "agent",
    "aide",
    "ambassador",
    "analyst",
    "architect",
    "assistant",
    "associate",
    "attorney",
    "author",
    "boss",
    "brother",
    "candidate",
    "captain",
    "ceo",
    "cfo",
    "chair",
    "champion",
    "chancellor",
    "chief",
    "co-chair",
    "co-founder",
    "coach",
    "columnist",
    "commander",
    "congressman",
    "consultant",
    "contender",
    "coordinator",
    "coroner",
    "correspondent",
    "councillor",
    "counsel",
    "cousin",
    "critic",
    "daughter",
    "delegate",
    "deputy",
    "director",
    "doctor",
    "economist",
    "editor",
    "executive",
    "expert",
    "fan",
    "farmer",
    "father",
    "fellow",
    "founder",
    "friend",
    "governor",
    "graduate",
    "guest",
    "head",
    "historian",
    "host",
    "husband",
    "inspector",
    "judge",
    "justice",
    "lawyer",
    "lead",
    "leader",
    "lecturer",
    "legend",
    "manager",
    "mayor",
    "member",
    "minister",
    "mother",
    "mp",
    "neighbor",
    "neighbour",
    "nominee",
    "nurse",
    "officer",
    "official",
    "operative",
    "organiser",
    "organizer",
    "owner",
    "parent",
    "partner",
    "pastor",
    "physician",
    "pilot",
    "player",
    "politician",
    "pollster",
    "president",
    "priest",
    "principal",
    "professor",
    "prosecutor",
    "rector",
    "registrar",
    "reporter",
    "representative",
    "resident",
    "runner-up",
    "scholar",
    "scientist",
    "secretary",
    "senator",
    "sergeant",
    "sheriff",
    "sister",
    "son",
    "specialist",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "strategist",
    "student",
    "superintendent",
    "supporter",
    "surgeon",
    "teacher",
    "treasurer",
    "trustee",
    "veteran",
    "vice-president",
    "volunteer",
    "whip",
    "widow",
    "wife",
    "worker",
    "writer",
];

/// Nouns for what a body is.
const BODY_NOUNS: &[&str] = &[
    "agency",
    "alliance",
    "association",
    "authority",
    "bank",
    "board",
    "body",
    "borough",
    "broadcaster",
    "bureau",
    "campaign",
    "charity",
    "church",
    "club",
    "coalition",
    "college",
    "commission",
    "committee",
    "company",
    "consortium",
    "consultancy",
    "corporation",
    "council",
    "department",
    "federation",
    "firm",
    "force",
    "foundation",
    "group",
    "hospital",
    "inspectorate",
    "institute",
    "magazine",
    "maker",
    "manufacturer",
    "ministry",
    "network",
    "newspaper",
    "operator",
    "organisation",
    "organization",
    "outlet",
    "paper",
    "party",
    "provider",
    "publisher",
    "regulator",
    "retailer",
    "school",
    "service",
    "society",
    "supplier",
    "tank",
    "team",
    "think-tank",
    "trust",
    "union",
    "university",
    "watchdog",
    "website",
];

static PERSONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| PERSON_NOUNS.iter().copied().collect());
static BODIES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| BODY_NOUNS.iter().copied().collect());

/// Whether a folded noun says what a person is.
pub(super) fn is_person_noun(noun: &str) -> bool {
    let singular = noun.strip_suffix('s').unwrap_or(noun);
    PERSONS.contains(noun)
        || PERSONS.contains(singular)
        || ["man", "woman", "person", "ologist", "yer"].iter().any(|end| noun.ends_with(end) && noun.len() > end.len() + 2)
}

/// Whether a folded noun says what a body is.
pub(super) fn is_body_noun(noun: &str) -> bool {
    BODIES.contains(noun)
}

/// Whether the verb of saying stands right before a name or right behind the role set off after it.
fn speaks(page: &Page, phrase: &Phrase, role: &Role) -> bool {
    let comma = page.text.tokens.partition_point(|token| token.span.start < role.outer.end);
    let behind = page.word(comma) == "," && page.cue(comma + 1).is_some();
    behind || phrase.tokens.start.checked_sub(1).is_some_and(|before| page.cue(before).is_some())
}

/// Whether only a person is what the role says, and one person.
fn is_of_one_person(role: &Role) -> bool {
    let plural = role.head.strip_suffix('s').is_some_and(is_person_noun);
    is_person_noun(&role.head) && !is_body_noun(&role.head) && !plural
}

fn is_role_noun(noun: &str) -> bool {
    is_person_noun(noun) || is_body_noun(noun)
}

/// Longest role, in tokens.
const LONGEST: usize = 28;

/// Gives every party of the cast the roles stated beside its names; for each phrase that stands inside a role set off by commas,
/// the phrase that names its bearer.
pub(super) fn assign(page: &Page, phrases: &[Phrase], cast: &mut Cast) -> Vec<Option<usize>> {
    let mut bearer = vec![None; phrases.len()];
    for (at, phrase) in phrases.iter().enumerate() {
        let Some(party) = cast.of_phrase.get(at).copied().flatten() else { continue };
        let after = after(page, phrase);
        if let Some(party) = cast.parties.get_mut(party)
            && party.kind == EntityKind::Place
            && phrase.name.len() > 1
            && after.as_ref().is_some_and(|role| is_of_one_person(role) && speaks(page, phrase, role))
        {
            // "London Pile, national officer of the union, said": no place holds an office and speaks, whatever it was taken for.
            party.kind = EntityKind::Person;
        }
        let body = cast.parties.get(party).is_some_and(|party| matches!(party.kind, EntityKind::Organization | EntityKind::Place));
        // "chief executive, Harbour Trust": what only a person is says nothing of a body.
        let fits = |role: &Role| !body || is_body_noun(&role.head);
        let set_off = [before_comma(page, phrase), after].map(|role| role.filter(fits));
        for role in set_off.iter().flatten() {
            mark_bearer(page, phrases, role, at, &mut bearer);
        }
        if let Some(party) = cast.parties.get_mut(party) {
            let [before_comma, after] = set_off;
            let found = [before(page, phrase), after, before_comma].into_iter().flatten();
            found.for_each(|role| party.add_role(role));
        }
    }
    bearer
}

/// Marks the phrases inside `role` as standing for the phrase at `name`.
fn mark_bearer(page: &Page, phrases: &[Phrase], role: &Role, name: usize, bearer: &mut [Option<usize>]) {
    let inside =
        |phrase: usize| phrases.get(phrase).is_some_and(|phrase| role.outer.contains(page.span(phrase.tokens.start, phrase.tokens.end)));
    let before = (0..name).rev().take_while(|&phrase| inside(phrase));
    let after = (name + 1..phrases.len()).take_while(|&phrase| inside(phrase));
    for phrase in before.chain(after) {
        if let Some(slot) = bearer.get_mut(phrase) {
            *slot = Some(name);
        }
    }
}

fn noun_like(page: &Page, at: usize) -> bool {
    matches!(page.tag(at), Tag::Noun | Tag::Propn)
}

/// "Ofsted's chief inspector Sir Michael Wilshaw": the words of the phrase before its name.
fn before(page: &Page, phrase: &Phrase) -> Option<Role> {
    let mut end = phrase.name.start;
    while end > phrase.tokens.start && !is_role_noun(&fold(page.word(end - 1))) {
        end -= 1;
        if phrase.name.start - end > 2 {
            return None;
        }
    }
    role(page, phrase.tokens.start..end)
}

/// "Ann Webb, chairman of the board, said": what stands between commas after the name.
fn after(page: &Page, phrase: &Phrase) -> Option<Role> {
    let comma = phrase.tokens.end;
    let opens = page.word(comma);
    if opens != "," && opens != "(" && opens != "—" && opens != "–" {
        return None;
    }
    let mut from = comma + 1;
    // "Ann Webb, 45, a teacher,"
    if page.tag(from) == Tag::Num && page.word(from + 1) == "," {
        from += 2;
    }
    if page.word(from) == "from" {
        from += 1;
    }
    let ends = |at: &usize| {
        matches!(page.word(*at), "," | "." | ";" | ":" | ")" | "—" | "–" | "(")
            || !same_sentence(page, comma, *at)
            || page.item_of_token.get(*at).is_none_or(|&item| item == HIDDEN)
    };
    let end = (from..from + LONGEST).find(ends).map(|end| through_employer(page, end))?;
    if (from..end).any(|at| {
        page.tag(at) == Tag::Pron && matches!(fold(page.word(at)).as_str(), "who" | "which" | "whose" | "he" | "she" | "they" | "it")
    }) {
        return None;
    }
    let verbal = (from..end).any(|at| page.tag(at) == Tag::Verb && page.cue(at).is_some());
    if verbal { None } else { role(page, from..end) }
}

/// "Ann Webb, chief executive, Harbour Trust, said": the role goes on with a name of capitalized words between commas before a verb.
fn through_employer(page: &Page, comma: usize) -> usize {
    let named = |at: &usize| {
        matches!(page.tag(*at), Tag::Propn | Tag::Noun | Tag::Adj | Tag::Part | Tag::Adp | Tag::Cconj)
            && same_sentence(page, comma, *at)
            && page.item_of_token.get(*at).is_some_and(|&item| item != HIDDEN)
    };
    let end = (comma + 1..comma + LONGEST).find(|at| !named(at)).unwrap_or(comma);
    let employed =
        page.word(comma) == "," && page.word(end) == "," && page.shape(comma + 1) == Shape::Capitalized && page.cue(end + 1).is_some();
    if employed { end } else { comma }
}

/// "Ofsted's national director for social care, Debbie Jones, said": what stands before the comma before the name.
fn before_comma(page: &Page, phrase: &Phrase) -> Option<Role> {
    let comma = phrase.tokens.start.checked_sub(1)?;
    if page.word(comma) != "," || !same_sentence(page, comma, phrase.head) {
        return None;
    }
    let hidden = |at: usize| page.item_of_token.get(at).is_none_or(|&item| item == HIDDEN);
    let parts = |at: usize| matches!(page.word(at), "," | ";" | ":" | "—" | "–" | "(") || matches!(page.tag(at), Tag::Verb | Tag::Aux);
    let starts = |at: &usize| parts(*at) || hidden(*at) || !same_sentence(page, comma, *at);
    let earliest = comma.saturating_sub(LONGEST);
    let from = (earliest..comma).rev().find(starts).map_or(earliest, |at| at + 1);
    let first = (from..comma).find(|&at| page.tag(at) != Tag::Det);
    let leads = first.is_some_and(|at| matches!(page.tag(at), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Pron));
    if leads { role(page, from..comma) } else { None }
}

fn same_sentence(page: &Page, one: usize, two: usize) -> bool {
    let sentence = |at: usize| page.text.sentences.partition_point(|sentence| sentence.tokens.end <= at);
    sentence(one) == sentence(two)
}

/// The role at `tokens`, if its head noun is one: the noun before the first preposition or the end.
fn role(page: &Page, tokens: Range<usize>) -> Option<Role> {
    let article = |at: usize| matches!(page.tag(at), Tag::Det | Tag::Adv | Tag::Pron);
    let start = tokens.clone().find(|&at| !article(at))?;
    let stop = (start..tokens.end)
        .find(|&at| (matches!(page.tag(at), Tag::Adp | Tag::Sconj | Tag::Cconj | Tag::Verb) || page.word(at) == ",") && at > start)
        .unwrap_or(tokens.end);
    let head = (start..stop).rev().find(|&at| noun_like(page, at) || is_role_noun(&fold(page.word(at))))?;
    let noun = fold(page.word(head));
    if !is_role_noun(&noun) {
        return None;
    }
    let outer = page.span(tokens.start, tokens.end);
    Some(Role { span: page.span(start, tokens.end), outer, words: folded(page, start..tokens.end), head: noun })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_told_apart() {
        assert!(PERSON_NOUNS.is_sorted() && BODY_NOUNS.is_sorted());
        assert!(is_person_noun("inspectors") && is_person_noun("spokeswoman") && !is_person_noun("bridge"));
        assert!(is_body_noun("council") && !is_body_noun("inspector"));
    }
}
