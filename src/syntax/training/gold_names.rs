//! GUM's entity annotation becomes names: of each entity whose head is a proper noun, the words that are its name.
//!
//! GUM marks whole phrases ("the tall mayor of Leeds, who …"); a name is the run of proper nouns around the phrase's head,
//! with the small words inside it ("University of Leeds") where the phrase names no person, and without a name of another
//! kind that stands in front ("UK" in "UK Prime Minister Theresa May").

use std::ops::Range;

use super::super::{EntityKind, Mention, Tag};
use super::conllu::{Document, Sentence, kind_named};
use super::lexicon;

/// An entity as it is annotated.
struct Entity {
    tokens: Range<usize>,
    kind: Option<EntityKind>,
    head: usize,
}

/// Adds the names of a document to its sentences.
pub(super) fn add(document: &mut Document) {
    document.named = document.sentences.iter().any(|sentence| sentence.entities.iter().any(|entity| !entity.is_empty()));
    for sentence in &mut document.sentences {
        sentence.mentions = names(sentence);
    }
}

fn names(sentence: &Sentence) -> Vec<Mention> {
    let entities = entities(sentence);
    let mut names: Vec<Mention> = entities.iter().filter_map(|entity| name(sentence, entity, &entities)).collect();
    names.sort_by_key(|name| (usize::MAX - name.tokens.len(), name.tokens.start));
    let mut kept: Vec<Mention> = Vec::new();
    for name in names {
        if kept.iter().all(|other| other.tokens.end <= name.tokens.start || name.tokens.end <= other.tokens.start) {
            kept.push(name);
        }
    }
    kept.sort_by_key(|name| name.tokens.start);
    kept
}

/// Reads the brackets of a sentence; entities that cross its end are left out.
fn entities(sentence: &Sentence) -> Vec<Entity> {
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for (at, marks) in sentence.entities.iter().enumerate() {
        for mark in brackets(marks) {
            if let Some(opened) = mark.strip_prefix('(') {
                open.push((opened.trim_end_matches(')').to_owned(), at));
            }
            if let Some(ending) = mark.strip_suffix(')') {
                close(ending.trim_start_matches('('), at, &mut open, &mut closed);
            }
        }
    }
    closed
}

/// Splits "(3-person-…(4-place-…)3)" into its marks.
fn brackets(marks: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for c in marks.chars() {
        let fresh = c == '(' || found.last().is_none_or(|mark| mark.ends_with(')'));
        if fresh {
            found.push(String::new());
        }
        if let Some(mark) = found.last_mut() {
            mark.push(c);
        }
    }
    found
}

fn close(ending: &str, at: usize, open: &mut Vec<(String, usize)>, closed: &mut Vec<Entity>) {
    let id = ending.split('-').next().unwrap_or_default();
    let Some(place) = open.iter().rposition(|(opened, _)| opened.split('-').next() == Some(id)) else { return };
    let (opened, start) = open.remove(place);
    let fields: Vec<&str> = opened.split('-').collect();
    let first = fields.get(5).and_then(|heads| heads.split(',').next()).and_then(|head| head.parse::<usize>().ok());
    let head = start + first.unwrap_or(1).saturating_sub(1);
    let kind = fields.get(1).and_then(|kind| kind_named(kind));
    closed.push(Entity { tokens: start..at + 1, kind, head });
}

fn name(sentence: &Sentence, entity: &Entity, all: &[Entity]) -> Option<Mention> {
    let kind = entity.kind?;
    let proper = |at: usize| sentence.tags.get(at).is_some_and(|tag| tag.tag() == Tag::Propn);
    let head = phrase_head(sentence, entity);
    let head = if proper(head) { head } else { Some(entity.head).filter(|&at| proper(at))? };
    let (mut start, mut end) = (head, head + 1);
    while start > entity.tokens.start && joins(sentence, start - 1, kind, start - 1 > entity.tokens.start, true) {
        start -= 1;
    }
    while end < entity.tokens.end && joins(sentence, end, kind, end + 1 < entity.tokens.end, false) {
        end += 1;
    }
    while start < head && !opens(sentence, start) {
        start += 1;
    }
    while end > head + 1 && !opens(sentence, end - 1) && !closes(sentence, end - 1) {
        end -= 1;
    }
    let start = all.iter().filter(|other| in_front(other, start, head, kind)).map(|other| other.tokens.end).max().unwrap_or(start);
    let real = sentence.words[start..end].iter().any(|word| word.chars().any(char::is_alphabetic));
    real.then_some(Mention { tokens: start..end, kind: settled(sentence, start..end, kind)? })
}

/// The kind of a name, now that its words are known: a title alone ("the Secretary") is nobody's name, and a people or
/// party ("Americans") is no person.
fn settled(sentence: &Sentence, tokens: Range<usize>, kind: EntityKind) -> Option<EntityKind> {
    let words = &sentence.words[tokens.clone()];
    if kind != EntityKind::Person {
        return Some(kind);
    }
    if words.iter().all(|word| lexicon::is_title(word)) {
        return None;
    }
    let group = tokens.len() == 1 && (sentence.plural[tokens.start] || is_people(&words[0]));
    Some(if group { EntityKind::Other } else { kind })
}

/// Whether a word names a member of a people or faith.
fn is_people(word: &str) -> bool {
    const PEOPLES: [&str; 14] = [
        "Protestant",
        "Catholic",
        "Christian",
        "Muslim",
        "Jew",
        "German",
        "American",
        "Roman",
        "Greek",
        "Republican",
        "Democrat",
        "Briton",
        "Russian",
        "European",
    ];
    PEOPLES.contains(&word)
}

/// The word of the phrase whose own head lies outside it.
fn phrase_head(sentence: &Sentence, entity: &Entity) -> usize {
    let outside = |at: &usize| sentence.heads[*at].is_none_or(|head| !entity.tokens.contains(&head));
    entity.tokens.clone().find(outside).unwrap_or(entity.head)
}

/// Whether the word at `at` belongs to a name that is next to it.
fn joins(sentence: &Sentence, at: usize, kind: EntityKind, more: bool, before: bool) -> bool {
    let tag = sentence.tags[at].tag();
    let word = sentence.words[at].as_str();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let beyond = |offset: usize| if before { at.checked_sub(offset) } else { Some(at + offset) };
    let named = |at: Option<usize>| {
        at.and_then(|at| sentence.words.get(at)).is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
    };
    match tag {
        Tag::Propn => true,
        Tag::Adj | Tag::Noun | Tag::Verb | Tag::X => capital,
        Tag::Num => !before && kind != EntityKind::Person,
        Tag::Punct if matches!(word, "-" | "." | "'" | "’" | "&" | "/") => more && named(beyond(1)),
        Tag::Adp | Tag::Det | Tag::Cconj | Tag::Part if kind != EntityKind::Person => {
            !capital && word != "a" && more && (named(beyond(1)) || tag == Tag::Adp && named(beyond(2)))
        }
        Tag::Cconj | Tag::Sym => word == "&" && more,
        _ => false,
    }
}

fn opens(sentence: &Sentence, at: usize) -> bool {
    sentence.words[at].chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) || sentence.tags[at].tag() == Tag::Propn
}

fn closes(sentence: &Sentence, at: usize) -> bool {
    matches!(sentence.tags[at].tag(), Tag::Num)
}

/// Whether another name of another kind stands at the front of a person's or place's name.
fn in_front(other: &Entity, start: usize, head: usize, kind: EntityKind) -> bool {
    let apart = other.kind != Some(kind) && matches!(kind, EntityKind::Person);
    apart && other.tokens.start <= start && other.tokens.end > start && other.tokens.end <= head
}
