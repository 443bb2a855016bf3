//! What the classifier sees of a question, as hashes: words, word pairs, the wording that asks, its head noun, shapes and tags.

use super::asking::{Asking, Manner};
use super::gazetteer::kinds;
use super::nouns::answer_type_of;
use super::plural::singular;
use super::wording::{Wording, is_auxiliary, is_form_of_be};
use crate::syntax::{EntityKind, Tag};
use crate::text::{Shape, stem};

/// The hashes of a question's features, each once, in rising order.
pub(super) fn features(wording: &Wording, asking: &Asking) -> Vec<u32> {
    let mut found = Vec::with_capacity(128);
    let mut add = |template: &str, value: &str| found.push(hash(template, value));
    add("bias", "");
    add_words(wording, &mut add);
    add_asking(wording, asking, &mut add);
    for mention in &wording.syntax.mentions {
        add("mention", kind(mention.kind));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// FNV-1a over template and value, folded to 32 bits.
fn hash(template: &str, value: &str) -> u32 {
    let bytes = template.bytes().chain([b'=']).chain(value.bytes());
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
    (hash ^ (hash >> 32)) as u32
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
    }
}

fn shape(shape: Option<Shape>) -> &'static str {
    match shape {
        Some(Shape::Lower) => "lower",
        Some(Shape::Capitalized) => "capitalized",
        Some(Shape::Upper) => "upper",
        Some(Shape::Number) => "number",
        Some(Shape::Quote) => "quote",
        _ => "mark",
    }
}

fn add_words(wording: &Wording, add: &mut impl FnMut(&str, &str)) {
    for at in 0..wording.len() {
        let (word, next) = (wording.word(at), wording.word(at + 1));
        add("word", word);
        add("stem", &stem(word));
        add("pair", &format!("{word} {next}"));
        add("triple", &format!("{} {word} {next}", wording.before(at)));
        if let Some(class) = answer_type_of(&singular(word)) {
            add("class", &format!("{class:?}"));
        }
        for kind in kinds(&singular(word)) {
            add("kind", kind);
        }
        if at > 0 {
            add("shape", shape(wording.shape(at)));
        }
    }
    add("opening", &format!("{} {}", wording.word(0), wording.word(1)));
    add("opening 3", &format!("{} {} {}", wording.word(0), wording.word(1), wording.word(2)));
    add("length", &(wording.len().min(15) / 3).to_string());
    add("last", wording.before(wording.end()));
}

fn add_asking(wording: &Wording, asking: &Asking, add: &mut impl FnMut(&str, &str)) {
    let form = form(wording, asking);
    let head = asking.head(wording);
    add("form", &form);
    add("head", &head);
    add("form head", &format!("{form} {head}"));
    add("head stem", &stem(&head));
    for length in 3..=4 {
        if let Some(suffix) = head.len().checked_sub(length).and_then(|cut| head.get(cut..)) {
            add("suffix", suffix);
        }
    }
    if let Some(class) = answer_type_of(&head) {
        add("head class", &format!("{class:?}"));
        add("form class", &format!("{form} {class:?}"));
    }
    for kind in kinds(&head) {
        add("head kind", kind);
        add("form kind", &format!("{form} {kind}"));
    }
    let inner = inner_head(wording, asking);
    for kind in kinds(&inner) {
        add("inner kind", kind);
        add("form inner", &format!("{form} {kind}"));
    }
    add("inner", &inner);
    if let Some(class) = answer_type_of(&inner) {
        add("inner class", &format!("{form} {class:?}"));
    }
    for &at in &asking.focus {
        add("focus", wording.word(at));
        add("focus shape", shape(wording.shape(at)));
    }
    add("verb", &main_verb(wording, asking));
}

/// How it asks: the question word and the verb or noun that follows.
fn form(wording: &Wording, asking: &Asking) -> String {
    let next = wording.word(asking.at + 1);
    let follows = match asking.manner {
        Manner::HowAdjective => next,
        _ if asking.end > asking.at + 1 => "noun",
        _ if is_form_of_be(next) => "be",
        _ if is_auxiliary(next) => "do",
        _ => "verb",
    };
    let definite = if is_form_of_be(next) { wording.word(asking.at + 2) } else { "" };
    let article = if matches!(definite, "a" | "an" | "the") { definite } else { "" };
    format!("{:?} {follows} {article}", asking.manner)
}

/// The noun after "of", where the head is "name", "kind" and the like.
fn inner_head(wording: &Wording, asking: &Asking) -> String {
    let Some(&last) = asking.focus.last() else { return String::new() };
    if wording.word(last + 1) != "of" {
        return String::new();
    }
    let end = wording.noun_phrase_end(last + 2);
    if end > last + 2 { singular(wording.before(end)) } else { String::new() }
}

/// The first verb after the asking phrase that is no auxiliary, as a stem.
fn main_verb(wording: &Wording, asking: &Asking) -> String {
    let verb = (asking.end..wording.len()).find(|&at| wording.tag(at) == Tag::Verb && !is_auxiliary(wording.word(at)));
    verb.map_or_else(String::new, |at| stem(wording.word(at)))
}
