//! The mentions of a document are made to agree: a name is the same kind of thing wherever the document has it.
//!
//! A surname is the person whose full name the document gives; any other name takes the kind most of its mentions have. A
//! capitalized word that was passed over joins where the same word was found to be a person's name elsewhere.

use std::collections::HashMap;

use super::document::{Document, capital};
use super::weights::mix;
use super::{EntityKind, Mention, Tag};

const KINDS: [EntityKind; 4] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::Other];

/// How often a name stands as each kind.
type Votes = HashMap<u64, [u32; 4]>;

/// Makes the kinds of `mentions` agree and adds what was passed over.
pub(super) fn settle(document: &Document<'_>, mentions: &mut Vec<Mention>) {
    let votes = votes(document, mentions);
    for mention in mentions.iter_mut() {
        if let Some(kind) = votes.get(&key(document, mention)).and_then(winner) {
            mention.kind = kind;
        }
    }
    add_missed(document, &votes, mentions);
}

fn key(document: &Document<'_>, mention: &Mention) -> u64 {
    let forms = document.forms.get(mention.tokens.clone()).unwrap_or_default();
    forms.iter().fold(0, |hash, form| mix(hash, form.lower))
}

fn votes(document: &Document<'_>, mentions: &[Mention]) -> Votes {
    let mut votes = Votes::new();
    for mention in mentions {
        votes.entry(key(document, mention)).or_default()[mention.kind as usize] += 1;
        let surname = document.forms.get(mention.tokens.end.wrapping_sub(1)).filter(|form| capital(form));
        if let Some(surname) = surname.filter(|_| mention.kind == EntityKind::Person && mention.tokens.len() > 1) {
            votes.entry(mix(0, surname.lower)).or_default()[0] += SURNAME_WORTH;
        }
    }
    votes
}

/// How many mentions as another kind a full name outweighs, for its surname.
const SURNAME_WORTH: u32 = 3;

/// The kind with the most votes; `None` on a tie.
fn winner(votes: &[u32; 4]) -> Option<EntityKind> {
    let most = votes.iter().copied().max()?;
    let mut winners = KINDS.into_iter().zip(votes).filter(|&(_, &count)| count == most).map(|(kind, _)| kind);
    winners.next().filter(|_| winners.next().is_none())
}

/// Adds proper nouns outside of mentions that stand elsewhere as a name of one word.
fn add_missed(document: &Document<'_>, votes: &Votes, mentions: &mut Vec<Mention>) {
    let mut covered = vec![false; document.forms.len()];
    for mention in mentions.iter() {
        covered.get_mut(mention.tokens.clone()).unwrap_or_default().fill(true);
    }
    for (at, form) in document.forms.iter().enumerate().filter(|(_, form)| capital(form)) {
        let proper = document.tags.get(at).is_some_and(|tag| tag.tag() == Tag::Propn);
        if !proper || covered.get(at) == Some(&true) {
            continue;
        }
        let kind = votes.get(&mix(0, form.lower)).filter(|votes| votes.iter().sum::<u32>() >= 2).and_then(winner);
        if let Some(kind) = kind {
            mentions.push(Mention { tokens: at..at + 1, kind });
        }
    }
    mentions.sort_by_key(|mention| mention.tokens.start);
}
