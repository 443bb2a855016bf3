//! A treebank in CoNLL-U becomes documents of sentences with gold tags, heads, relations and names.
//!
//! Multiword ranges give the surface text, empty nodes are skipped. Names come from the `Entity=` annotation of GUM; a
//! treebank without it gives sentences without names.

use std::ops::Range;

use super::super::fine::Fine;
use super::super::{EntityKind, Mention, Relation, Tag};
use super::gold_names;

/// One document of a treebank.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    pub(super) sentences: Vec<Sentence>,
    /// Whether names are annotated.
    pub(super) named: bool,
}

/// One sentence with its gold annotation, a row a word in each list.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    pub(super) words: Vec<String>,
    /// Whether a space follows.
    pub(super) spaced: Vec<bool>,
    pub(super) lemmas: Vec<String>,
    pub(super) tags: Vec<Fine>,
    /// Whether the word is a plural proper noun.
    pub(super) plural: Vec<bool>,
    pub(super) heads: Vec<Option<usize>>,
    pub(super) relations: Vec<Relation>,
    pub(super) mentions: Vec<Mention>,
    /// Whether a paragraph begins here.
    pub(super) opens_paragraph: bool,
    /// The `Entity=` values.
    pub(super) entities: Vec<String>,
}

/// Reads a whole file.
pub(super) fn read(text: &str) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        if block.lines().any(|line| line.starts_with("# newdoc")) {
            documents.push(Document::default());
        }
        if let Some(document) = documents.last_mut() {
            document.sentences.push(sentence(block));
        }
    }
    documents.iter_mut().for_each(gold_names::add);
    documents
}

fn sentence(block: &str) -> Sentence {
    let opens_paragraph = block.lines().any(|line| line.starts_with("# newpar"));
    let mut sentence = Sentence { opens_paragraph, ..Sentence::default() };
    let (mut joined, mut closing) = (0..0, false);
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let Some(&[id, word, lemma, tag, penn, _, head, relation, _, rest]) = columns.first_chunk() else { continue };
        if let Some((first, last)) = id.split_once('-') {
            joined = range(first, last);
            closing = rest.contains("SpaceAfter=No");
            continue;
        }
        let Ok(number) = id.parse::<usize>() else { continue };
        let closes = number == joined.end && closing;
        sentence.spaced.push(!rest.contains("SpaceAfter=No") && !joined.contains(&number) && !closes);
        sentence.words.push(word.to_owned());
        sentence.lemmas.push(lemma.to_owned());
        sentence.tags.push(Fine::from_gold(tag_named(tag), penn));
        sentence.plural.push(penn == "NNPS");
        sentence.heads.push(head.parse::<usize>().ok().and_then(|head| head.checked_sub(1)));
        sentence.relations.push(relation_named(relation));
        sentence.entities.push(field(rest, "Entity=").to_owned());
    }
    sentence
}

/// The words of a multiword range that are followed by another of it.
fn range(first: &str, last: &str) -> Range<usize> {
    first.parse().unwrap_or(0)..last.parse().unwrap_or(0)
}

fn field<'l>(rest: &'l str, name: &str) -> &'l str {
    rest.split('|').find_map(|field| field.strip_prefix(name)).unwrap_or_default()
}

/// The tag of a name in the treebanks.
pub(super) fn tag_named(name: &str) -> Tag {
    match name {
        "ADJ" => Tag::Adj,
        "ADP" => Tag::Adp,
        "ADV" => Tag::Adv,
        "AUX" => Tag::Aux,
        "CCONJ" => Tag::Cconj,
        "DET" => Tag::Det,
        "INTJ" => Tag::Intj,
        "NOUN" => Tag::Noun,
        "NUM" => Tag::Num,
        "PART" => Tag::Part,
        "PRON" => Tag::Pron,
        "PROPN" => Tag::Propn,
        "PUNCT" => Tag::Punct,
        "SCONJ" => Tag::Sconj,
        "SYM" => Tag::Sym,
        "VERB" => Tag::Verb,
        _ => Tag::X,
    }
}

/// The relation of a name in the treebank; a subtype that is not told apart counts as its main type.
fn relation_named(name: &str) -> Relation {
    let exact = RELATIONS.iter().find(|(known, _)| *known == name);
    let main = name.split(':').next().unwrap_or_default();
    let plain = || RELATIONS.iter().find(|(known, _)| *known == main);
    exact.or_else(plain).map_or(Relation::Dep, |(_, relation)| *relation)
}

/// The relations by their names in Universal Dependencies.
#[rustfmt::skip]
pub(super) const RELATIONS: [(&str, Relation); 44] = [
    ("acl", Relation::Acl), ("acl:relcl", Relation::AclRelcl), ("advcl", Relation::Advcl), ("advmod", Relation::Advmod),
    ("amod", Relation::Amod), ("appos", Relation::Appos), ("aux", Relation::Aux), ("aux:pass", Relation::AuxPass),
    ("case", Relation::Case), ("cc", Relation::Cc), ("ccomp", Relation::Ccomp), ("compound", Relation::Compound),
    ("compound:prt", Relation::CompoundPrt), ("conj", Relation::Conj), ("cop", Relation::Cop), ("csubj", Relation::Csubj),
    ("dep", Relation::Dep), ("det", Relation::Det), ("discourse", Relation::Discourse), ("dislocated", Relation::Dislocated),
    ("expl", Relation::Expl), ("fixed", Relation::Fixed), ("flat", Relation::Flat), ("goeswith", Relation::Goeswith),
    ("iobj", Relation::Iobj), ("list", Relation::List), ("mark", Relation::Mark), ("nmod", Relation::Nmod),
    ("nmod:poss", Relation::NmodPoss), ("nmod:unmarked", Relation::NmodUnmarked), ("nsubj", Relation::Nsubj),
    ("nsubj:pass", Relation::NsubjPass), ("nummod", Relation::Nummod), ("obj", Relation::Obj), ("obl", Relation::Obl),
    ("obl:agent", Relation::OblAgent), ("obl:unmarked", Relation::OblUnmarked), ("orphan", Relation::Orphan),
    ("parataxis", Relation::Parataxis), ("punct", Relation::Punct), ("reparandum", Relation::Reparandum),
    ("root", Relation::Root), ("vocative", Relation::Vocative), ("xcomp", Relation::Xcomp),
];

/// The kind of name for an entity type of GUM; dates are no names.
pub(super) fn kind_named(name: &str) -> Option<EntityKind> {
    match name {
        "person" => Some(EntityKind::Person),
        "organization" => Some(EntityKind::Organization),
        "place" => Some(EntityKind::Place),
        "time" => None,
        _ => Some(EntityKind::Other),
    }
}
