//! What a text says somebody is ("chief inspector", "chairman of the board") is found beside the name.
//!
//! Before it ("Ofsted's chief inspector Sir Michael Wilshaw"), before it with a comma ("the board's chairman, Ann Webb,"), after it
//! between commas ("Ann Webb, chairman of the board, said"). Roles stated at a distance are left alone.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::cast::{Cast, Party, Role, folded};
use super::gender::Genders;
use super::page::{HIDDEN, Page};
use super::phrase::{Phrase, is_time};
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
    "auditor",
    "author",
    "barrister",
    "bishop",
    "boss",
    "brother",
    "campaigner",
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
    "commissioner",
    "congressman",
    "consultant",
    "contender",
    "convener",
    "convenor",
    "coordinator",
    "coroner",
    "correspondent",
    "councillor",
    "councilman",
    "counsel",
    "cousin",
    "critic",
    "daughter",
    "defender",
    "delegate",
    "deputy",
    "director",
    "doctor",
    "driver",
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
    "goalkeeper",
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
    "midfielder",
    "midwife",
    "minister",
    "mother",
    "mp",
    "musician",
    "neighbor",
    "neighbour",
    "nominee",
    "novelist",
    "nurse",
    "officer",
    "official",
    "operative",
    "organiser",
    "organizer",
    "owner",
    "paramedic",
    "parent",
    "partner",
    "pastor",
    "physician",
    "pilot",
    "player",
    "poet",
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
    "researcher",
    "resident",
    "runner-up",
    "scholar",
    "scientist",
    "secretary",
    "senator",
    "sergeant",
    "sheriff",
    "singer",
    "sister",
    "solicitor",
    "son",
    "specialist",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "statistician",
    "strategist",
    "striker",
    "student",
    "superintendent",
    "supporter",
    "surgeon",
    "teacher",
    "technician",
    "treasurer",
    "trustee",
    "veteran",
    "vice-president",
    "volunteer",
    "whip",
    "widow",
    "wife",
    "winger",
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

/// Whether a folded noun is, word for word, one for what a person is: no surname that merely ends like one.
pub(super) fn is_office(noun: &str) -> bool {
    PERSONS.contains(noun)
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

/// Whether a party that was taken for a place or a body holds a person's office beside a verb of saying, and so is a person.
fn is_taken_for_another(page: &Page, phrase: &Phrase, party: &Party, before: Option<&Role>, after: Option<&Role>) -> bool {
    let owns = |role: &Role| matches!(role.head.as_str(), "owner" | "operator" | "partner" | "member" | "champion" | "guest" | "host");
    let holds = |role: &&Role| is_of_one_person(role) && !(party.kind == EntityKind::Organization && owns(role));
    let named = || Genders::new().is_name(party.form.given()) && !is_body_noun(party.form.surname());
    let behind = after.filter(holds).is_some_and(|role| speaks(page, phrase, role));
    let ahead = before.filter(holds).is_some_and(|_| is_speech_beside(page, phrase));
    match party.kind {
        EntityKind::Place => behind || ahead,
        EntityKind::Organization => (behind || ahead) && named(),
        EntityKind::Person | EntityKind::Other => false,
    }
}

/// "…, Ann Webb, said": whether a verb of saying stands behind the comma after a name set off by commas.
fn is_speech_beside(page: &Page, phrase: &Phrase) -> bool {
    page.word(phrase.tokens.end) == "," && page.cue(phrase.tokens.end + 1).is_some()
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
        let (before_comma, after) = (before_comma(page, phrase), after(page, phrase));
        if let Some(party) = cast.parties.get_mut(party)
            && phrase.name.len() > 1
            && is_taken_for_another(page, phrase, party, before_comma.as_ref(), after.as_ref())
        {
            // "London Pile, national officer of the union, said": no place holds an office and speaks, whatever it was taken for.
            party.kind = EntityKind::Person;
            party.gender = party.form.gender(&Genders::new());
        }
        let body = cast.parties.get(party).is_some_and(|party| matches!(party.kind, EntityKind::Organization | EntityKind::Place));
        // "chief executive, Harbour Trust": what only a person is says nothing of a body.
        let fits = |role: &Role| !body || is_body_noun(&role.head);
        let set_off = [before_comma, after].map(|role| role.filter(fits));
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
    if verbal || brings_another(&fold(page.word(from))) { None } else { role(page, from..end) }
}

/// "Ann Webb, through a spokeswoman,", "Ann Webb, like her brother,": what follows is somebody else.
fn brings_another(word: &str) -> bool {
    matches!(
        word,
        "through" | "via" | "by" | "with" | "without" | "after" | "before" | "like" | "unlike" | "against" | "to" | "for" | "alongside"
    )
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
    let verb_before = from.checked_sub(1).is_some_and(|verb| page.cue(verb).is_some());
    let said = is_speech_beside(page, phrase) || verb_before;
    let any = || if said && is_definite(page, from..comma) { role_of(page, from..comma, |noun| !is_time(noun)) } else { None };
    if leads { role(page, from..comma).or_else(any) } else { None }
}

/// Whether the words tell whose or which one is meant ("its shadow", "the council's shadow").
fn is_definite(page: &Page, tokens: Range<usize>) -> bool {
    let owned = tokens.clone().any(|at| matches!(page.word(at), "'s" | "’s"));
    owned || matches!(fold(page.word(tokens.start)).as_str(), "its" | "his" | "her" | "their" | "the")
}

fn same_sentence(page: &Page, one: usize, two: usize) -> bool {
    let sentence = |at: usize| page.text.sentences.partition_point(|sentence| sentence.tokens.end <= at);
    sentence(one) == sentence(two)
}

/// The role at `tokens`, if its head noun is one: the noun before the first preposition or the end.
fn role(page: &Page, tokens: Range<usize>) -> Option<Role> {
    role_of(page, tokens, is_role_noun)
}

/// The role at `tokens`, if `may` allows its head noun.
fn role_of(page: &Page, tokens: Range<usize>, may: impl Fn(&str) -> bool) -> Option<Role> {
    let article = |at: usize| matches!(page.tag(at), Tag::Det | Tag::Adv | Tag::Pron);
    let start = tokens.clone().find(|&at| !article(at))?;
    let stop = (start..tokens.end)
        .find(|&at| (matches!(page.tag(at), Tag::Adp | Tag::Sconj | Tag::Cconj | Tag::Verb) || page.word(at) == ",") && at > start)
        .unwrap_or(tokens.end);
    let head = (start..stop).rev().find(|&at| noun_like(page, at) || is_role_noun(&fold(page.word(at))))?;
    let noun = fold(page.word(head));
    if !may(&noun) {
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
