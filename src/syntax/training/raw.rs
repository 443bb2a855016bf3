//! Gold documents become running text, which is cut and analyzed as any user's is; what comes out is compared by place.

use std::collections::BTreeMap;

use super::super::{Mention, Models, Relation, Syntax, Tag};
use super::conllu::Document;
use super::figures::{Score, main_type};
use crate::span::Span;
use crate::text::Text;

/// A word by its place: part of speech, the place of its head (`None` at the root), and relation.
type Word = (Tag, Option<Span>, Relation);

/// What raw text was scored by.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RawScores {
    pub(super) tokens: Score,
    pub(super) sentences: Score,
    pub(super) tags: Score,
    pub(super) labelled: Score,
    pub(super) names: Score,
    pub(super) people: Score,
}

/// The document's text, its paragraphs, and its words' places, sentence by sentence.
struct Running {
    text: String,
    paragraphs: Vec<Span>,
    sentences: Vec<Vec<Span>>,
}

/// Analyzes a document's running text and adds to the scores.
pub(super) fn score(models: &Models<'_>, document: &Document, scores: &mut RawScores) {
    let running = running(document);
    let text = crate::text::analyze(&running.text, &running.paragraphs);
    let mut syntax = models.analyze(&running.text, &text);
    for tokens in text.sentences.iter().map(|sentence| sentence.tokens.clone()) {
        let words = models.parse(&running.text, &text.tokens[tokens.clone()], tokens.start);
        syntax.words[tokens].copy_from_slice(&words);
    }
    let (gold, found) = (gold_words(document, &running), found_words(&text, &syntax));
    let ends = |spans: Vec<Span>| spans.into_iter().map(|span| (span, ())).collect::<BTreeMap<_, _>>();
    let covers = running.sentences.iter().filter_map(|spans| Some(spans.first()?.cover(*spans.last()?))).collect();
    tally(&mut scores.sentences, &ends(covers), &ends(text.sentences.iter().map(|sentence| sentence.span).collect()), |(), ()| true);
    tally(&mut scores.tokens, &gold, &found, |_, _| true);
    tally(&mut scores.tags, &gold, &found, |gold, found| gold.0 == found.0);
    tally(&mut scores.labelled, &gold, &found, |gold, found| {
        gold.1 == found.1 && (gold.1.is_none() || main_type(gold.2) == main_type(found.2))
    });
    if document.named {
        let (gold, found) = (gold_names(document, &running), found_names(&text, &syntax.mentions));
        tally(&mut scores.names, &gold, &found, |gold, found| gold == found);
        let people = |names: &BTreeMap<Span, usize>| names.iter().filter(|(_, kind)| **kind == 0).map(|(span, _)| (*span, ())).collect();
        tally(&mut scores.people, &people(&gold), &people(&found), |(), ()| true);
    }
}

fn tally<T>(score: &mut Score, gold: &BTreeMap<Span, T>, found: &BTreeMap<Span, T>, same: impl Fn(&T, &T) -> bool) {
    score.gold += gold.len();
    score.guessed += found.len();
    score.right += gold.iter().filter(|(span, gold)| found.get(span).is_some_and(|found| same(gold, found))).count();
}

fn running(document: &Document) -> Running {
    let mut running = Running { text: String::new(), paragraphs: Vec::new(), sentences: Vec::new() };
    let mut opened = 0;
    for (number, sentence) in document.sentences.iter().enumerate() {
        if sentence.opens_paragraph && number > 0 {
            running.paragraphs.push(Span::new(opened, running.text.len()).trim(&running.text));
            running.text.push_str("\n\n");
            opened = running.text.len();
        }
        let mut spans = Vec::new();
        for (word, spaced) in sentence.words.iter().zip(&sentence.spaced) {
            spans.push(Span::new(running.text.len(), running.text.len() + word.len()));
            running.text.push_str(word);
            running.text.push_str(if *spaced { " " } else { "" });
        }
        running.sentences.push(spans);
    }
    running.paragraphs.push(Span::new(opened, running.text.len()).trim(&running.text));
    running
}

fn gold_words(document: &Document, running: &Running) -> BTreeMap<Span, Word> {
    let mut words = BTreeMap::new();
    for (sentence, spans) in document.sentences.iter().zip(&running.sentences) {
        for (at, &span) in spans.iter().enumerate() {
            let head = sentence.heads[at].and_then(|head| spans.get(head)).copied();
            words.insert(span, (sentence.tags[at].tag(), head, sentence.relations[at]));
        }
    }
    words
}

fn found_words(text: &Text, syntax: &Syntax) -> BTreeMap<Span, Word> {
    let place = |at: u32| text.tokens.get(at as usize).map(|token| token.span);
    let words = text.tokens.iter().zip(&syntax.words);
    words.map(|(token, word)| (token.span, (word.tag, word.head.and_then(place), word.relation))).collect()
}

fn gold_names(document: &Document, running: &Running) -> BTreeMap<Span, usize> {
    let sentences = document.sentences.iter().zip(&running.sentences);
    let name = |spans: &Vec<Span>, name: &Mention| (spans[name.tokens.start].cover(spans[name.tokens.end - 1]), name.kind as usize);
    sentences.flat_map(|(sentence, spans)| sentence.mentions.iter().map(move |mention| name(spans, mention))).collect()
}

fn found_names(text: &Text, mentions: &[Mention]) -> BTreeMap<Span, usize> {
    let span = |mention: &Mention| text.tokens[mention.tokens.start].span.cover(text.tokens[mention.tokens.end - 1].span);
    mentions.iter().map(|mention| (span(mention), mention.kind as usize)).collect()
}
