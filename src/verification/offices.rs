//! A role that somebody is claimed to hold becomes a [`Standing`]: theirs, somebody else's, or not to be told from the document.
//!
//! A document says once whose finance director it speaks of, in its title or by being about one body; the claim names the body. Where a role
//! is stated without a body and the title names the one claimed, they agree. A speaker whose role is never stated may hold any.

use super::bodies::{content, within};
use super::name::own_name;
use super::people;
use crate::quotation::{RoleWords, Speaker, role_words};
use crate::syntax::EntityKind;
use crate::text;

/// Whether the one who speaks holds the role claimed, the surer before the less sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The role is the one stated, and the body claimed is the one the document is about.
    Held,
    /// The document does not tell.
    Open,
    /// The claim names no role, or another one than the document.
    Other,
}

/// What is known around a quotation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surroundings<'a> {
    /// The paragraphs around it.
    pub(super) around: &'a str,
    /// All that was read around it.
    pub(super) passage: &'a str,
    /// The document's title.
    pub(super) title: &'a str,
}

/// Holds a role claimed against the role a document states of the speaker.
pub(super) fn standing(claimed: &str, speaker: &Speaker, place: Surroundings) -> Standing {
    if !people::names_role(claimed) || names_somebody(claimed) {
        return Standing::Other;
    }
    let role = speaker.role.as_deref().or((speaker.kind == EntityKind::Other).then_some(speaker.name.as_str()));
    match role {
        None if speaker.kind == EntityKind::Person => Standing::Open,
        None => Standing::Other,
        Some(role) => parts(role).map(|part| compare(claimed, part, place)).min().unwrap_or(Standing::Other),
    }
}

/// Whether a name stands in the claim beside the words of the role.
fn names_somebody(claimed: &str) -> bool {
    own_name(claimed).is_some_and(|name| !people::is_all_role(&name))
}

/// The roles stated one after another.
fn parts(role: &str) -> impl Iterator<Item = &str> {
    role.split([',', ';', '(']).flat_map(|part| part.split(" and ")).filter(|part| !part.trim().is_empty())
}

fn compare(claimed: &str, role: &str, place: Surroundings) -> Standing {
    let (claim, stated) = (role_words(claimed), role_words(role));
    let (own, principal) = (content(claim.principal), content(stated.principal));
    let alike = own.last().is_some() && own.last() == principal.last();
    if !alike || people::is_lesser(&content(claimed)) != people::is_lesser(&content(role)) {
        return Standing::Other;
    }
    let bodies = |words: &RoleWords| [content(words.possessor), content(words.of)].concat();
    let (wanted, given) = (bodies(&claim), bodies(&stated));
    if !wanted.is_empty() && !given.is_empty() && !wanted.iter().any(|word| given.contains(word)) {
        return Standing::Other;
    }
    let more: Vec<String> = wanted.into_iter().chain(own).filter(|word| !principal.contains(word)).collect();
    let agrees = given.is_empty() && within(&principal, &content(claimed)) && within(&more, &content(place.title));
    if agrees && !is_anothers(stated.principal, place.around) { Standing::Held } else { Standing::Open }
}

/// Whether the text calls it "its" or "their" role: then it is of a body named before, which need not be the one in the title.
fn is_anothers(principal: &str, around: &str) -> bool {
    let (role, around) = (text::fold(principal), text::fold(around));
    ["its", "their", "his", "her"].iter().any(|whose| around.contains(&format!("{whose} {role}")))
}

#[cfg(test)]
mod tests {
    use super::super::testing::speaker;
    use super::*;

    #[track_caller]
    fn check(claimed: &str, role: Option<&str>, around: &str, expected: Standing) {
        let speaker = Speaker { role: role.map(str::to_owned), ..speaker("Ann Bell") };
        let place = Surroundings { around, passage: around, title: "Marlow Ferries sells two ships" };
        assert_eq!(standing(claimed, &speaker, place), expected, "{claimed} for {role:?}");
    }

    #[test]
    fn a_role_without_a_body_is_of_the_one_the_document_is_about() {
        check("Marlow Ferries' finance director", Some("Finance Director"), "", Standing::Held);
        check("chief executive of Marlow Ferries", Some("chief executive"), "", Standing::Held);
        check("Harbour Board's finance director", Some("Finance Director"), "", Standing::Open);
        check("Marlow Ferries' national officer", Some("national officer"), "Its national officer, Ann Bell, said", Standing::Open);
    }

    #[test]
    fn other_roles_and_other_bodies_are_others() {
        check("Marlow Ferries' finance director", Some("chief executive"), "", Standing::Other);
        check("Marlow Ferries' deputy finance director", Some("finance director"), "", Standing::Other);
        check("Marlow Ferries' analyst", Some("analyst at Tern Bank"), "", Standing::Other);
        check("Chief Executive Tom Carter", Some("chief executive"), "", Standing::Other);
        check("Tom Carter", Some("chief executive"), "", Standing::Other);
    }

    #[test]
    fn what_is_not_stated_is_open() {
        check("the finance director", None, "", Standing::Open);
        check("the unpaid finance director", Some("finance director"), "", Standing::Open);
    }
}
