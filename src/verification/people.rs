//! Two ways of naming somebody become one answer: can they mean the same person or organization?
//!
//! Surnames must agree and whatever else is stated (given names, initials, the gender a title tells, the role) must not contradict.
//! A name is held against the fullest name a document gives; a namesake with another given name is somebody else.

use crate::quotation::{PersonName, RoleWords, Speaker, genders_agree, people_agree, role_words, speaker_gender};
use crate::span::Span;
use crate::syntax::{self, EntityKind};
use crate::text;

use super::bodies::{bare, content, names_by_initials, organizations_agree, within};
use super::name::{own_name, several};
use super::words::words;

/// Words that make a role another one, so that the role without them is somebody else's.
const LESSER: &[&str] = &["deputy", "assistant", "vice", "shadow", "under", "former", "ex", "late", "would-be"];

/// Nouns for those whose words are their body's words.
const HEADS: &[&str] = &[
    "chief",
    "director",
    "chair",
    "chairman",
    "chairwoman",
    "chairperson",
    "leader",
    "head",
    "president",
    "secretary",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "executive",
    "ceo",
    "boss",
    "founder",
];

/// Nouns that roles are made of.
const ROLES: &[&str] = &[
    "inspector",
    "leader",
    "chief",
    "executive",
    "director",
    "minister",
    "secretary",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "chairman",
    "chairwoman",
    "chair",
    "president",
    "manager",
    "officer",
    "head",
    "mayor",
    "governor",
    "commissioner",
    "superintendent",
    "coach",
    "owner",
    "founder",
    "editor",
    "solicitor",
    "lawyer",
    "judge",
    "professor",
    "doctor",
    "nurse",
    "teacher",
    "councillor",
    "member",
    "candidate",
    "author",
    "administrator",
    "captain",
    "coordinator",
    "organiser",
    "resident",
    "neighbour",
    "councilor",
    "neighbor",
    "organizer",
    "ceo",
    "boss",
];

/// Things that words are written or broadcast on, without plural endings.
const THINGS: &[&str] = &[
    "banner",
    "placard",
    "sign",
    "card",
    "railing",
    "wall",
    "door",
    "board",
    "noticeboard",
    "bedsheet",
    "sheet",
    "poster",
    "leaflet",
    "ad",
    "advert",
    "advertisement",
    "billboard",
    "slogan",
    "headline",
    "sticker",
    "badge",
    "t-shirt",
    "shirt",
    "note",
    "window",
    "plaque",
    "book",
    "song",
    "film",
    "screen",
];

/// Whether the words name a role rather than a person or body ("chief inspector", "the council leader").
pub(super) fn names_role(claimed: &str) -> bool {
    words(claimed, 0).iter().any(|word| ROLES.contains(&bare(&word.folded).as_str()))
}

/// Whether all the words are words of roles ("Chief Executive").
pub(super) fn is_all_role(claimed: &str) -> bool {
    words(claimed, 0).iter().all(|word| {
        let own = bare(&word.folded);
        ROLES.contains(&own.as_str())
            || HEADS.contains(&own.as_str())
            || LESSER.contains(&own.as_str())
            || QUALIFIERS.contains(&own.as_str())
    })
}

/// Words that stand before the noun of a role.
const QUALIFIERS: &[&str] = &["the", "finance", "general", "managing", "medical", "national", "policy", "press", "prime", "regional"];

/// Officers who speak for their body, by the word before: a police officer does not.
const OFFICERS: &[&str] =
    &["national", "regional", "general", "policy", "press", "information", "media", "communications", "political", "chief"];

/// Whether the words of a role hold an officer who speaks for the body.
fn is_speaking_officer(principal: &str) -> bool {
    let own: Vec<String> = words(principal, 0).into_iter().map(|word| word.folded).collect();
    own.windows(2).any(|pair| matches!(pair, [kind, noun] if noun == "officer" && OFFICERS.contains(&kind.as_str())))
}

/// Whether the role claimed is the one stated: all its words stand there, what it is among what the holder is, and neither is a lesser one.
fn role_fits(claimed: &str, role: &str) -> bool {
    let (short, long) = (content(claimed), content(role));
    let head = content(role_words(claimed).principal).last().cloned();
    let held = role.split([',', ';', '(']).flat_map(|part| part.split(" and ")).flat_map(|part| content(role_words(part).principal));
    within(&short, &long) && is_lesser(&short) == is_lesser(&long) && head.is_none_or(|head| held.into_iter().any(|word| word == head))
}

/// Whether stems of a role make it a lesser one.
pub(super) fn is_lesser(stems: &[String]) -> bool {
    stems.iter().any(|word| LESSER.iter().any(|lesser| text::stem(lesser) == *word))
}

/// Whether the words found for a speaker mean somebody: not a pronoun left unresolved, and not a thing that words are written on.
pub(super) fn is_somebody(speaker: &Speaker) -> bool {
    let own: Vec<String> = words(&speaker.name, 0).into_iter().map(|word| bare(&word.folded)).collect();
    if !own.iter().any(|word| !text::is_stop_word(word)) {
        return own.iter().any(|word| matches!(word.as_str(), "other" | "others"));
    }
    speaker.kind != EntityKind::Other || !own.iter().any(|word| THINGS.contains(&word.trim_end_matches('s')))
}

/// Whether an unnamed voice ("a spokeswoman") speaks for the body that is claimed, going by the words around.
pub(super) fn speaks_for_claimed(claimed: &str, speaker: &Speaker, around: &str) -> bool {
    let voice = ["spokes", "statement", "press office"].iter().any(|voice| text::fold(&speaker.name).contains(voice));
    speaker.kind == EntityKind::Other && voice && within(&content(claimed), &content(around)) && !names_person(claimed, around)
}

/// Whether the words are a person's name in a text: a known given name or a title begins them, or somebody is named so there.
fn names_person(claimed: &str, around: &str) -> bool {
    let Some(name) = PersonName::new(claimed) else { return false };
    if name.tells_gender() {
        return true;
    }
    let analysis = text::analyze(around, &[Span::new(0, around.len())]);
    let mentions = syntax::analyze(around, &analysis).mentions;
    let people = mentions.iter().filter(|mention| mention.kind == EntityKind::Person).map(|mention| {
        let tokens = analysis.tokens.get(mention.tokens.clone()).unwrap_or_default();
        let cover = tokens.iter().map(|token| token.span).reduce(Span::cover).unwrap_or_default();
        content(cover.slice(around))
    });
    people.into_iter().any(|person| within(&content(claimed), &person))
}

/// Whether a name somebody gives can mean this speaker.
pub(super) fn fits(claimed: &str, speaker: &Speaker) -> bool {
    if text::fold(claimed.trim()) == text::fold(speaker.name.trim()) {
        return true;
    }
    let role = speaker.role.as_deref().unwrap_or_default();
    if names_role(claimed) && [role, &speaker.name, &speaker.mention].iter().any(|stated| role_fits(claimed, stated)) {
        return true;
    }
    match speaker.kind {
        EntityKind::Person => may_name(&claimed_name(claimed), speaker) || heads(claimed, role),
        EntityKind::Organization => organizations_agree(claimed, &speaker.name) || heads(claimed, role),
        _ => is_described(claimed, &speaker.name) || heads(claimed, &speaker.name) || heads(claimed, role),
    }
}

/// Whether a person's name can mean this person, going by the name and by whether they are he or she.
fn may_name(claimed: &str, speaker: &Speaker) -> bool {
    let gender = PersonName::new(claimed).and_then(|name| name.gender());
    genders_agree(gender, speaker_gender(speaker)) && several(&speaker.name).any(|name| people_agree(claimed, name))
}

/// Whether the words claimed are a name that can mean this person.
pub(super) fn is_name_of(claimed: &str, speaker: &Speaker) -> bool {
    speaker.kind == EntityKind::Person && may_name(&claimed_name(claimed), speaker)
}

/// The name of the person claimed, taken apart.
pub(super) fn person_claimed(claimed: &str) -> Option<PersonName> {
    PersonName::new(&claimed_name(claimed))
}

/// The name claimed, without those it is described by: nobody's in "an aide to Ann Bell" and "Ann Bell's mother".
fn claimed_name(claimed: &str) -> String {
    let RoleWords { principal, .. } = role_words(claimed);
    own_name(claimed).filter(|_| !claimed.contains(',')).unwrap_or_else(|| principal.to_owned())
}

/// Whether what somebody without a name of their own is called is what is claimed: not whom they belong to or speak for.
fn is_described(claimed: &str, name: &str) -> bool {
    if own_name(name).is_some_and(|name| people_agree(claimed, &name)) {
        return true;
    }
    let (own, claim) = (content(role_words(name).principal), content(claimed));
    is_lesser(&claim) == is_lesser(&own) && (within(&claim, &own) || within(&own, &claim) && !names_person(claimed, claimed))
}

/// Whether the role is to lead or speak for the body claimed, and no lesser one.
fn heads(claimed: &str, role: &str) -> bool {
    let RoleWords { possessor, principal, of } = role_words(role);
    let body = content(claimed);
    let leads = is_speaking_officer(principal) || words(principal, 0).iter().any(|word| HEADS.contains(&word.folded.as_str()));
    let before = [content(possessor), content(principal)].concat();
    let behind = content(of);
    let whole = behind.last().is_some_and(|last| body.contains(last));
    let named = within(&body, &before) || whole && within(&body, &behind) || names_by_initials(claimed, role);
    leads && !is_lesser(&content(principal)) && named && !names_person(claimed, role)
}

/// Whether somebody described ("the pilot Ann Bell", "a spokesman") can be this person: the name that ends the description, if any, agrees.
fn may_be_named(description: &str, person: &str) -> bool {
    own_name(description).is_none_or(|name| people_agree(&name, person))
}

/// Whether the two have one name and are not told apart as he and she.
fn is_same_name(one: &Speaker, other: &Speaker) -> bool {
    text::fold(&one.name) == text::fold(&other.name) && genders_agree(speaker_gender(one), speaker_gender(other))
}

/// Whether two documents can mean the same speaker.
pub(super) fn same_person(one: &Speaker, other: &Speaker) -> bool {
    if is_same_name(one, other) {
        return true;
    }
    match (one.kind, other.kind) {
        (EntityKind::Person, EntityKind::Person) if !genders_agree(speaker_gender(one), speaker_gender(other)) => false,
        (EntityKind::Person, EntityKind::Person) => {
            several(&one.name).any(|first| several(&other.name).any(|second| people_agree(first, second)))
        }
        (EntityKind::Organization, EntityKind::Organization) => organizations_agree(&one.name, &other.name),
        (EntityKind::Person, EntityKind::Other) => may_be_named(&other.name, &one.name),
        (EntityKind::Other, EntityKind::Person) => may_be_named(&one.name, &other.name),
        // A body speaks through people, and an unnamed voice may be anybody's.
        _ => true,
    }
}

/// The same, where a body and the people it speaks through are told apart.
pub(super) fn same_voice(one: &Speaker, other: &Speaker) -> bool {
    let is_body = |speaker: &Speaker| speaker.kind == EntityKind::Organization;
    is_same_name(one, other) || is_body(one) == is_body(other) && same_person(one, other)
}

#[cfg(test)]
mod tests {
    use super::super::testing::speaker;
    use super::*;

    fn check(claimed: &str, name: &str, expected: bool) {
        assert_eq!(fits(claimed, &speaker(name)), expected, "{claimed:?} for {name:?}");
    }

    #[test]
    fn forms_of_one_name_agree() {
        for claimed in
            ["Bell", "Mr Bell", "Sir Thomas Bell", "Thomas Bell", "T. Bell", "Tom Bell", "Sir Thomas", "Cllr Bell", "bell, the leader"]
        {
            check(claimed, "Thomas Bell", true);
        }
        check("Thomas Bell", "Mr Bell", true);
        check("Rep. Ann Bell (Lib)", "Ann Bell", true);
        check("Ann N. Bell", "Ann Bell", true);
    }

    #[test]
    fn namesakes_are_other_people() {
        for claimed in ["Derek Bell", "Mrs Bell", "Dame Ann Bell", "D. Bell", "Thomas Carter", "Mr Thomas"] {
            assert_eq!(fits(claimed, &Speaker { name: "Mr Thomas Bell".to_owned(), ..speaker("") }), claimed == "Mr Thomas", "{claimed:?}");
        }
    }

    #[test]
    fn whoever_belongs_to_somebody_is_not_them() {
        let other = |name: &str| Speaker { kind: EntityKind::Other, ..speaker(name) };
        for (claimed, name) in [
            ("Ann Bell", "Ann Bell's lawyer"),
            ("Bell", "Tom Bell’s sister"),
            ("the mayor", "The mayor's wife"),
            ("mayor", "a former mayor"),
            ("council leader", "the council leader's brother"),
            ("Ann Bell", "the chief of staff to Ann Bell"),
        ] {
            assert!(!fits(claimed, &other(name)), "{claimed} for {name}");
        }
        for claimed in ["Ann Bell's mother", "a spokesman for Ann Bell", "an aide to Ann Bell", "brother of Ann Bell"] {
            check(claimed, "Ann Bell", false);
        }
        let with_role = |role: &str| Speaker { role: Some(role.to_owned()), ..speaker("Tom Carter") };
        for (claimed, role) in
            [("Ann Bell", "spokesman for Ann Bell"), ("Bell", "head of the Bell inquiry"), ("Ann Bell", "chief of staff to Ann Bell")]
        {
            assert!(!fits(claimed, &with_role(role)), "{claimed} for {role}");
        }
        assert!(fits("Ann Bell", &other("the leader of the council Ann Bell")) && !fits("Ann Bell", &other("a friend of Ann Bell")));
        assert!(fits("the mayor's wife", &other("The mayor's wife")) && fits("Ann Bell", &other("the pilot Ann Bell")));
        assert!(fits("Bell inquiry", &with_role("head of the Bell inquiry")) && fits("Ferry Board", &with_role("Ferry Board's director")));
    }

    #[test]
    fn he_and_she_tell_namesakes_apart() {
        let said_by = |mention: &str| Speaker { mention: mention.to_owned(), ..speaker("Bell") };
        for claimed in ["Tom Bell", "Mr Bell", "Sir Tom Bell"] {
            assert!(!fits(claimed, &said_by("she")) && !fits(claimed, &said_by("Mrs Bell")), "{claimed}");
            assert!(fits(claimed, &said_by("he")) && fits(claimed, &said_by("Bell")), "{claimed}");
        }
        assert!(fits("Bell", &said_by("she")) && !same_person(&said_by("he"), &said_by("she")));
    }

    #[test]
    fn given_names_tell_people_apart() {
        for (claimed, name) in [("Paul Bell", "Paula Bell"), ("Ann Bell", "Anna Bell"), ("Mrs Bell", "Paul Bell"), ("Mr Bell", "Anna Bell")]
        {
            check(claimed, name, false);
        }
        let pilot = Speaker { kind: EntityKind::Other, ..speaker("the pilot Paul Bell") };
        assert!(!same_person(&speaker("Ann Bell"), &pilot) && same_person(&speaker("Paul Bell"), &pilot));
        assert!(same_person(&speaker("Ann Bell"), &Speaker { kind: EntityKind::Other, ..speaker("a Ferry Board spokeswoman") }));
    }

    #[test]
    fn roles_fit_those_who_hold_them() {
        let chief = Speaker { role: Some("the chief inspector of mines".to_owned()), ..speaker("Ann Bell") };
        for claimed in ["chief inspector", "the mines inspector", "Chief Inspector Bell"] {
            assert!(fits(claimed, &chief), "{claimed}");
        }
        assert!(!fits("chief executive", &chief));
        assert!(fits(
            "Mines Inspectorate",
            &Speaker { role: Some("director of the Mines Inspectorate".to_owned()), ..speaker("Ann Bell") }
        ));
        assert!(!fits("Ann Bell", &Speaker { role: Some("deputy to Ann Bell".to_owned()), ..speaker("Tom Carter") }));
        let deputy = Speaker { role: Some("deputy leader of the council".to_owned()), ..speaker("Ann Bell") };
        assert!(!fits("council leader", &deputy));
        assert!(fits("the council's deputy leader", &deputy));
    }

    #[test]
    fn things_and_pronouns_are_nobody() {
        let other = |name: &str| Speaker { kind: EntityKind::Other, ..speaker(name) };
        for name in ["it", "who", "A card", "the railings", "protest placards"] {
            assert!(!is_somebody(&other(name)), "{name}");
        }
        for name in ["an old lady", "the pair", "its branch secretary", "campaigners"] {
            assert!(is_somebody(&other(name)), "{name}");
        }
    }

    #[test]
    fn a_voice_speaks_for_the_body_beside_it() {
        let voice = Speaker { kind: EntityKind::Other, ..speaker("a spokeswoman") };
        assert!(speaks_for_claimed("Ferry Board", &voice, "The Ferry Board denied it. «No,» said a spokeswoman."));
        assert!(!speaks_for_claimed("Pier Board", &voice, "The Ferry Board denied it. «No,» said a spokeswoman."));
        assert!(!speaks_for_claimed("Ann Bell", &voice, "Ann Bell criticised the board. «No,» said a spokeswoman."));
    }

    #[test]
    fn organizations_go_by_short_forms() {
        let body = |name: &str| Speaker { kind: EntityKind::Organization, ..speaker(name) };
        assert!(fits("Ferry Workers", &body("The Ferry Workers' Union")));
        assert!(fits("FWU", &body("Ferry Workers Union")));
        assert!(!fits("Ferry Owners", &body("Ferry Workers' Union")));
        let chair = |role: &str| Speaker { role: Some(role.to_owned()), ..speaker("Ann Bell") };
        assert!(fits("FWU", &chair("chairman of the Ferry Workers' Union's pension board")));
        assert!(fits("Ferry Workers' Union", &chair("FWU general secretary")));
        assert!(!fits("FWU", &chair("deputy chairman of the Ferry Workers' Union")));
        assert!(!fits("FWU", &chair("chairman of the Ferry Owners' Union")));
        assert!(!fits("the board", &chair("chairman of a pier company")));
        assert!(fits("FWU", &chair("FWU national officer")) && !fits("Ferry Police", &chair("Ferry Police officer")));
        let voice = Speaker { kind: EntityKind::Other, ..speaker("a spokeswoman for the Ferry Workers' Union") };
        assert!(fits("Ferry Workers' Union", &voice));
        assert!(!fits("Ann Bell", &voice));
    }
}
