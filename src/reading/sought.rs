//! A question becomes what the readers look for: terms with weights, names, numbers, neighbouring pairs, the word that asks.
//!
//! Nothing here looks at a passage.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::question::{AnswerType, Question};
use crate::syntax::{EntityKind, Relation, Tag, lemma};
use crate::text::roots::{root, value};
use crate::text::synonyms::are_synonyms;
use crate::text::thesaurus::{Senses, senses};
use crate::text::{Shape, fold, is_stop_word, stem};

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Sought {
    /// What kind of thing answers.
    pub(crate) answer_type: AnswerType,
    /// Further kinds of thing that may answer.
    pub(crate) accepts: Vec<AnswerType>,
    /// The question's content words.
    pub(crate) terms: Vec<SoughtTerm>,
    /// Terms that stand side by side in the question (only stop words between them).
    pub(crate) pairs: Vec<(usize, usize)>,
    /// Terms that share their stem.
    pub(crate) repeats: Vec<(usize, usize)>,
    /// Names in the question, each by its terms.
    pub(crate) names: Vec<SoughtName>,
    /// Stems of the focus; the last is its head.
    pub(crate) focus: Vec<String>,
    /// All words of the question in lower case.
    pub(crate) words: Vec<String>,
    /// The wording that asks: the question word and what follows it.
    pub(crate) asking: Asking,
    /// Which term each word looked at can stand for: passages repeat their words.
    meant: RefCell<HashMap<String, BTreeMap<Tag, Option<usize>>>>,
}

/// A content word of the question.
#[derive(Clone, Debug)]
pub(crate) struct SoughtTerm {
    /// Lower-cased word.
    pub(crate) word: String,
    /// Its stem.
    pub(crate) stem: String,
    /// How much it matters.
    pub(crate) weight: f32,
    /// Whether it is part of a name.
    pub(crate) name: bool,
    /// Whether it is a number.
    pub(crate) number: bool,
    /// Whether it is part of the focus.
    pub(crate) focus: bool,
    /// Its root, and its senses where other words can stand for it.
    kin: Option<(String, Option<Senses>)>,
}

impl SoughtTerm {
    /// Whether a word with this root and these senses can stand for the term.
    fn is_meant_by(&self, own: &str, senses: Option<&Senses>) -> bool {
        let Some((root, known)) = &self.kin else { return false };
        let kinship = || senses.zip(known.as_ref()).and_then(|(senses, known)| senses.kinship(known));
        root == own || are_synonyms(root, own) || kinship().is_some()
    }
}

/// Whether other words may stand for one with this part of speech.
pub(crate) fn has_kin(tag: Tag) -> bool {
    matches!(tag, Tag::Noun | Tag::Verb | Tag::Adj | Tag::Adv)
}

/// A name that stands in the question.
#[derive(Clone, Debug)]
pub(crate) struct SoughtName {
    /// Positions in the list of terms.
    pub(crate) terms: Vec<usize>,
    /// The words, as asked.
    pub(crate) words: String,
    /// What it names.
    pub(crate) kind: EntityKind,
    /// The terms that tell it from other names: a person's surname, words of a body or place that are no dictionary words.
    telling: Vec<usize>,
}

impl SoughtName {
    fn new(terms: Vec<usize>, words: &[&str], kind: EntityKind) -> Self {
        let telling = if kind == EntityKind::Person {
            terms.last().copied().into_iter().collect()
        } else {
            terms.iter().zip(words).filter(|(_, word)| senses(word).is_none()).map(|(&term, _)| term).collect()
        };
        Self { words: words.join(" "), terms, kind, telling }
    }

    /// Whether the term tells the name from others of its kind.
    pub(crate) fn is_told_by(&self, term: usize) -> bool {
        self.telling.contains(&term)
    }

    /// Whether the name is there, going by which terms are: one that tells it, or else more than half.
    pub(crate) fn is_among(&self, holds: impl Fn(usize) -> bool) -> bool {
        if self.telling.is_empty() {
            self.terms.iter().filter(|&&term| holds(term)).count() * 2 > self.terms.len()
        } else {
            self.telling.iter().any(|&term| holds(term))
        }
    }
}

/// The wording that asks.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    /// The question word and its neighbour ("how many", "what did", "in which").
    pub(crate) wording: String,
    /// How the question word (or its noun) hangs on the verb.
    pub(crate) relation: Relation,
    /// The stem of the verb it hangs on.
    pub(crate) verb: Option<String>,
}

const ASKING: &[&str] = &["who", "whom", "whose", "what", "which", "when", "where", "why", "how"];

impl Sought {
    /// Reads a question.
    pub(crate) fn new(question: &Question) -> Self {
        let words: Vec<String> = question.text.tokens.iter().map(|token| fold(token.span.slice(&question.words))).collect();
        let terms = terms(question);
        Self {
            answer_type: question.answer_type,
            accepts: question.accepts.clone(),
            pairs: pairs(question),
            repeats: repeats(&terms),
            names: names(question, &terms),
            focus: question.focus.iter().filter_map(|&position| words.get(position)).map(|word| stem(word)).collect(),
            asking: asking(question, &words),
            meant: RefCell::default(),
            terms,
            words,
        }
    }

    /// The term that a lower-cased word of a text matches.
    pub(crate) fn matching(&self, word: &str) -> Option<usize> {
        if let Some(same) = self.terms.iter().position(|term| term.word == word) {
            return Some(same);
        }
        let near = |term: &SoughtTerm| shares_beginning(&term.stem, word);
        if !self.terms.iter().any(near) {
            return None;
        }
        let stemmed = stem(word);
        self.terms.iter().position(|term| term.stem == stemmed)
    }

    /// The heaviest term that another lower-cased word can stand for.
    pub(crate) fn meant_by(&self, word: &str, tag: Tag) -> Option<usize> {
        if !has_kin(tag) || is_stop_word(word) || self.terms.iter().all(|term| term.kin.is_none()) {
            return None;
        }
        if let Some(&known) = self.meant.borrow().get(word).and_then(|by_tag| by_tag.get(&tag)) {
            return known;
        }
        let found = self.find_meant(word, tag);
        self.meant.borrow_mut().entry(word.to_owned()).or_default().insert(tag, found);
        found
    }

    fn find_meant(&self, word: &str, tag: Tag) -> Option<usize> {
        let (root, senses) = (root(word), senses(&lemma(word, tag)));
        let meant = self.terms.iter().enumerate().filter(|(_, term)| term.is_meant_by(&root, senses.as_ref()));
        meant.max_by(|(a, one), (b, other)| one.weight.total_cmp(&other.weight).then(b.cmp(a))).map(|(place, _)| place)
    }

    /// The sum of all terms' weights.
    pub(crate) fn weight(&self) -> f32 {
        self.terms.iter().map(|term| term.weight).sum::<f32>().max(1e-6)
    }

    /// The stem of the focus's head.
    pub(crate) fn focus_head(&self) -> Option<&str> {
        self.focus.last().map(String::as_str)
    }

    /// Multiplies the weight of each term by how rare it is.
    pub(crate) fn weigh(&mut self, rarity: impl Fn(&str) -> f32) {
        for term in &mut self.terms {
            term.weight *= 0.15 + rarity(&term.stem);
        }
    }

    /// Marks every term as found whose stem is the stem of one that was.
    pub(crate) fn share_same_stems(&self, found: &mut [bool]) {
        for (term, other) in self.repeats.iter().copied() {
            let either = found.get(term).copied().unwrap_or(false) || found.get(other).copied().unwrap_or(false);
            for position in [term, other] {
                if let Some(slot) = found.get_mut(position) {
                    *slot = either;
                }
            }
        }
    }

    /// Whether a lower-cased word stands in the question.
    pub(crate) fn asks_with(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }
}

/// Whether two words can have the same stem: stemming is only worth its time for words that begin alike.
fn shares_beginning(one: &str, other: &str) -> bool {
    let length = one.len().min(other.len()).min(3);
    length > 0 && one.as_bytes().get(..length) == other.as_bytes().get(..length)
}

fn terms(question: &Question) -> Vec<SoughtTerm> {
    let in_name = |token: usize| question.syntax.mentions.iter().any(|mention| mention.tokens.contains(&token));
    let describe = |term: &crate::question::Term| {
        let shape = question.text.tokens.get(term.token).map(|token| token.shape);
        let tag = question.syntax.words.get(term.token).map_or(Tag::X, |word| word.tag);
        let stands_alone = in_name(term.token) || !has_kin(tag) || is_asking(&term.word);
        SoughtTerm {
            word: term.word.clone(),
            stem: term.stem.clone(),
            weight: if is_asking(&term.word) || counts_members(question, term) { 0.05 } else { term.weight.max(0.05) },
            name: in_name(term.token) || (tag == Tag::Propn && shape != Some(Shape::Lower)),
            number: shape == Some(Shape::Number) || tag == Tag::Num,
            focus: question.focus.contains(&term.token),
            kin: (!stands_alone).then(|| (root(&term.word), senses(&lemma(&term.word, tag)))),
        }
    };
    question.terms.iter().map(describe).collect()
}

/// Whether a term only says how many members the list asked for has: the list itself need not say so.
fn counts_members(question: &Question, term: &crate::question::Term) -> bool {
    let before_focus = question.focus.first().is_some_and(|&focus| term.token <= focus);
    let number = value(&term.word).is_some();
    question.members.is_some() && before_focus && number
}

fn repeats(terms: &[SoughtTerm]) -> Vec<(usize, usize)> {
    let same = |one: usize, other: usize| terms.get(one).map(|term| &term.stem) == terms.get(other).map(|term| &term.stem);
    (0..terms.len())
        .flat_map(|one| (one + 1..terms.len()).map(move |other| (one, other)))
        .filter(|&(one, other)| same(one, other))
        .collect()
}

/// Words that belong to the asking, not to what is asked about.
fn is_asking(word: &str) -> bool {
    matches!(
        word,
        "according"
            | "name"
            | "many"
            | "much"
            | "sort"
            | "kind"
            | "number"
            | "figure"
            | "get"
            | "got"
            | "give"
            | "gave"
            | "given"
            | "called"
            | "proportion"
            | "percentage"
            | "share"
    )
}

/// Terms with at most two other tokens between them.
fn pairs(question: &Question) -> Vec<(usize, usize)> {
    let near = |pair: &[crate::question::Term]| matches!(pair, [one, other] if other.token > one.token && other.token - one.token <= 3);
    (0..question.terms.len().saturating_sub(1))
        .filter(|&first| question.terms.get(first..first + 2).is_some_and(near))
        .map(|first| (first, first + 1))
        .collect()
}

fn names(question: &Question, terms: &[SoughtTerm]) -> Vec<SoughtName> {
    let named = |mention: &crate::syntax::Mention| {
        let inside = |&(_, term): &(usize, &crate::question::Term)| mention.tokens.contains(&term.token);
        let positions: Vec<usize> = question.terms.iter().enumerate().filter(inside).map(|(position, _)| position).collect();
        let words: Vec<&str> = positions.iter().filter_map(|&position| terms.get(position)).map(|term| term.word.as_str()).collect();
        SoughtName::new(positions, &words, mention.kind)
    };
    question.syntax.mentions.iter().map(named).filter(|name| !name.terms.is_empty()).collect()
}

fn asking(question: &Question, words: &[String]) -> Asking {
    let Some(position) = words.iter().position(|word| ASKING.contains(&word.as_str())) else {
        let first = words.first().cloned().unwrap_or_default();
        return Asking { wording: format!("- {first}"), relation: Relation::Dep, verb: None };
    };
    let word = words.get(position).cloned().unwrap_or_default();
    let next = words.get(position + 1).map_or("", String::as_str);
    let (relation, verb) = hanging(question, position);
    Asking { wording: format!("{word} {next}"), relation, verb: verb.and_then(|token| words.get(token)).map(|word| stem(word)) }
}

/// Climbs from the question word over its noun to the verb: the last relation and the verb's position.
fn hanging(question: &Question, from: usize) -> (Relation, Option<usize>) {
    let mut position = from;
    for _ in 0..4 {
        let Some(word) = question.syntax.words.get(position) else { break };
        let Some(head) = word.head.map(|head| head as usize) else { return (word.relation, Some(position)) };
        let above = question.syntax.words.get(head).map_or(Tag::X, |word| word.tag);
        if matches!(above, Tag::Verb | Tag::Aux) {
            return (word.relation, Some(head));
        }
        position = head;
    }
    (Relation::Dep, None)
}
