//! Sentences become reasons: the clause that says why, or the whole sentence where no word marks one.

use std::ops::Range;

use super::Candidate;
use super::linear::Worth;
use super::sought::Sought;
use super::view::View;
use crate::question::Question;
use crate::span::Span;

/// Words that introduce a reason, with how surely they do.
const CUES: &[(&[&str], f32)] = &[
    (&["because"], 3.0),
    (&["due", "to"], 2.5),
    (&["owing", "to"], 2.5),
    (&["thanks", "to"], 2.0),
    (&["on", "the", "grounds"], 2.5),
    (&["as", "a", "result", "of"], 2.5),
    (&["so", "that"], 1.2),
    (&["in", "order", "to"], 1.5),
    (&["since"], 0.6),
    (&["after"], 0.6),
    (&["following"], 0.4),
    (&["amid"], 0.4),
    (&["given", "that"], 1.0),
    (&["for", "fear"], 1.5),
    (&["to", "avoid"], 1.0),
    (&["to", "prevent"], 1.0),
    (&["blamed"], 1.0),
    (&["blames"], 1.0),
];

/// How sentences begin that tell what came of the one before.
const EFFECTS: &[&[&str]] = &[
    &["as", "a", "result"],
    &["as", "a", "consequence"],
    &["consequently"],
    &["therefore"],
    &["that", "is", "why"],
    &["this", "is", "why"],
    &["that", "'s", "why"],
    &["hence"],
];

/// Sentences read for a reason.
const SENTENCES: usize = 24;
/// What a sentence that says all that is to be explained scores more than one that only names whom it is about.
const PREDICATE: f32 = 3.0;

/// The clauses and sentences that may say why, best first.
pub(crate) fn reasons(question: &Question, views: &[View<'_>], worth: &[Worth], sought: &Sought) -> Vec<Candidate> {
    let mut found = Vec::new();
    for one in worth.iter().take(SENTENCES) {
        let Some(view) = views.get(one.passage) else { continue };
        let sentence = one.evidence.sentence;
        let standing = one.standing() + PREDICATE * (one.evidence.predicate(sought) - 1.0);
        found.extend(
            clauses(view, sentence).into_iter().map(|(tokens, sure)| candidate(question, view, one, sentence, &tokens, standing + sure)),
        );
        found.push(candidate(question, view, one, sentence, &view.tokens(sentence), standing + 0.5 - asked(view, sentence)));
        // "As a result the ferry stopped": why it did stands in the sentence before.
        if let Some(before) =
            sentence.checked_sub(1).filter(|&before| begins_with_effect(view, sentence) && view.block(before).is_article())
        {
            found.push(candidate(question, view, one, before, &view.tokens(before), standing + 2.0));
        }
        let next = sentence + 1;
        if begins_with_cue(view, next) && view.block(next).is_article() {
            found.push(candidate(question, view, one, next, &view.tokens(next), standing + 1.5));
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    found
}

/// "She was asked why she had left": a sentence that tells of the question gives no reason by itself.
fn asked(view: &View<'_>, sentence: usize) -> f32 {
    if view.cells(view.tokens(sentence)).iter().any(|cell| cell.word == "why") { 3.0 } else { 0.0 }
}

/// Whether a sentence tells what came of the one before it.
fn begins_with_effect(view: &View<'_>, sentence: usize) -> bool {
    let words: Vec<&str> =
        view.cells(view.tokens(sentence)).iter().filter(|cell| cell.shape.is_word()).take(4).map(|cell| cell.word.as_str()).collect();
    EFFECTS.iter().any(|effect| words.starts_with(effect))
}

fn begins_with_cue(view: &View<'_>, sentence: usize) -> bool {
    let first = view.cells(view.tokens(sentence)).iter().find(|cell| cell.shape.is_word());
    first.is_some_and(|cell| cell.word == "because")
}

/// Where reasons are given inside a sentence, with how surely. A clause runs to the end of its sentence or quotation, or to a comma
/// that begins another main clause.
fn clauses(view: &View<'_>, sentence: usize) -> Vec<(Range<usize>, f32)> {
    let tokens = view.tokens(sentence);
    let mut found = Vec::new();
    for start in tokens.clone() {
        let words: Vec<&str> = view.cells(start..tokens.end).iter().take(4).map(|cell| cell.word.as_str()).collect();
        if let Some((_, sure)) = CUES.iter().find(|(cue, _)| words.starts_with(cue)) {
            found.push((start..clause_end(view, start, &tokens), *sure - unanswered(view, start, &tokens) - denied(view, start, &tokens)));
        }
    }
    found
}

fn clause_end(view: &View<'_>, start: usize, tokens: &Range<usize>) -> usize {
    let subtree_end =
        view.cells.get(start).and_then(|cell| cell.head).filter(|head| tokens.contains(head)).map(|head| view.subtree(head, tokens).end);
    let mark = |position: &usize| {
        view.cells.get(*position).is_some_and(|cell| matches!(cell.word.as_str(), "." | ";" | "?" | "!" | "\"" | "”" | "’"))
    };
    let stop = (start + 1..tokens.end).find(mark).unwrap_or(tokens.end);
    let comma = |position: &usize| view.cells.get(*position).is_some_and(|cell| cell.word == ",");
    match subtree_end {
        Some(end) if end > start + 3 && end < stop => end,
        _ if start == tokens.start => (start + 1..stop).find(comma).unwrap_or(stop),
        _ => stop,
    }
}

/// A reason right after a "not" is the one it was not ("did not die because it rained").
fn denied(view: &View<'_>, start: usize, tokens: &Range<usize>) -> f32 {
    let before = view.cells(start.saturating_sub(5).max(tokens.start)..start);
    if before.iter().any(|cell| matches!(cell.word.as_str(), "not" | "n't" | "never")) { 2.0 } else { 0.0 }
}

/// A clause that holds the question's own words rather than new ones is what is to be explained, not the explanation.
fn unanswered(view: &View<'_>, start: usize, tokens: &Range<usize>) -> f32 {
    let cells = view.cells(start..clause_end(view, start, tokens));
    let words = cells.iter().filter(|cell| cell.shape.is_word()).count().max(1);
    2.0 * cells.iter().filter(|cell| cell.term.is_some()).count() as f32 / words as f32
}

fn candidate(question: &Question, view: &View<'_>, one: &Worth, sentence: usize, tokens: &Range<usize>, score: f32) -> Candidate {
    Candidate {
        passage: one.passage,
        sentence,
        span: whole(view, sentence, tokens),
        answer_type: question.answer_type,
        score,
        parts: vec![("sentence", one.standing()), ("cue", score - one.standing())],
        members: Vec::new(),
        evidence: view
            .record
            .analysis
            .sentences
            .get(one.evidence.sentence)
            .map(|sentence| sentence.span)
            .filter(|_| sentence != one.evidence.sentence),
    }
}

/// A whole sentence keeps its own bounds, a clause those of its words.
fn whole(view: &View<'_>, sentence: usize, tokens: &Range<usize>) -> Span {
    let own = view.record.analysis.sentences.get(sentence).map(|sentence| sentence.span);
    own.filter(|_| *tokens == view.tokens(sentence)).unwrap_or_else(|| view.span(tokens.clone()))
}
