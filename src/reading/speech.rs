//! Quotations become answers to "who said …" and "what did … say".
//!
//! Who said it: the speakers of the quotations, direct and indirect, whose words match the topic. What was said: the sentence of that
//! speaker's quotations that matches the topic best. Which words are whose was decided before, in `quotation`.

mod cues;
mod remarks;

use super::Candidate;
use super::names::{affiliation, find_name, same_person};
use super::sought::Sought;
use super::view::View;
use crate::question::{AnswerType, Question};
use crate::quotation::{QuotationKind, Speaker};
use crate::span::Span;
use crate::syntax::EntityKind;
use remarks::{Fit, Remark, Topic, remarks};

/// What a remark that matches nothing scores: one that holds the whole topic scores about as much as a certain span.
const BASE: f32 = -3.5;

/// Utterances up to this many bytes are given whole.
const SHORT: usize = 220;

/// The speakers of the remarks that match the topic, best first.
pub(crate) fn who_said(question: &Question, views: &[View<'_>], sought: &Sought) -> Vec<Candidate> {
    let topic = Topic::of_saying(question, sought);
    let named = |remark: &Remark<'_>| {
        let fit = remark.fit(sought, &topic);
        let speaker = remark.quotation.speaker.as_ref().filter(|_| fit.speaks())?;
        name_said(question, views, remark, speaker, sought)
            .map(|(passage, span)| speaker_candidate(question, views, (passage, span), remark, fit, speaker, sought))
    };
    best_first(remarks(views).iter().filter_map(named).flatten().collect())
}

/// The sentences of a speaker's remarks that match the topic, best first.
pub(crate) fn said_by(question: &Question, views: &[View<'_>], sought: &Sought) -> Vec<Candidate> {
    let topic = Topic::of_speaker(question, sought);
    let speakers = speakers(question, sought);
    let theirs = |remark: &&Remark<'_>| {
        remark.quotation.speaker.as_ref().is_some_and(|speaker| speakers.iter().any(|asked| is_speaker(asked, speaker)))
    };
    let candidate = |remark: &Remark<'_>| {
        let fit = remark.fit(sought, &topic);
        let indirect = if remark.quotation.kind == QuotationKind::Indirect { -0.3 } else { 0.0 };
        let short = if remark.span.len() < 25 { -0.7 } else { 0.0 };
        Candidate {
            passage: remark.passage,
            sentence: remark.sentence,
            span: remark.whole(SHORT),
            answer_type: question.answer_type,
            score: BASE + fit.total() + indirect + short,
            parts: fit.parts(),
            members: Vec::new(),
            evidence: None,
        }
    };
    best_first(remarks(views).iter().filter(theirs).map(candidate).collect())
}

fn best_first(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    found
}

/// The names whose words are asked for: the one the question was found to be about, else all names in it.
fn speakers(question: &Question, sought: &Sought) -> Vec<String> {
    match &question.constraints.speaker {
        Some(speaker) => vec![speaker.clone()],
        None => sought.names.iter().map(|name| name.words.clone()).collect(),
    }
}

/// Whether a speaker is the one asked for, by name, by the words at the quotation, or by role.
fn is_speaker(asked: &str, speaker: &Speaker) -> bool {
    same_person(asked, &speaker.name)
        || same_person(asked, &speaker.mention)
        || speaker.role.as_ref().is_some_and(|role| same_role(asked, role))
}

/// Whether all words of a role asked for stand in the role stated ("the chief inspector", "Ofsted's chief inspector").
fn same_role(asked: &str, role: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| !word.is_empty() && !matches!(word.as_str(), "the" | "a" | "of" | "s" | "for")).collect()
    };
    let stated = words(role);
    let asked = words(asked);
    !asked.is_empty() && asked.iter().all(|word| stated.contains(word))
}

/// Where the answer to "who said it" stands: the speaker's fullest name, or the organization the speaker speaks for.
fn name_said(question: &Question, views: &[View<'_>], remark: &Remark<'_>, speaker: &Speaker, sought: &Sought) -> Option<(usize, Span)> {
    let (passage, span) = find_name(views, remark.passage, speaker, remark.span)?;
    let wants_body = question.answer_type == AnswerType::Organization && speaker.kind != EntityKind::Organization;
    let body = if wants_body { views.get(passage).and_then(|view| affiliation(view, span, speaker, sought)) } else { None };
    Some((passage, body.unwrap_or(span)))
}

fn speaker_candidate(
    question: &Question,
    views: &[View<'_>],
    place: (usize, Span),
    remark: &Remark<'_>,
    fit: Fit,
    speaker: &Speaker,
    sought: &Sought,
) -> Option<Candidate> {
    let (passage, span) = place;
    let view = views.get(passage)?;
    if repeats_question(view, span, sought) {
        return None;
    }
    let quoted = remark.view.record.analysis.sentences.get(remark.sentence).map(|sentence| sentence.span);
    Some(Candidate {
        passage,
        sentence: view.sentence_at(span.start).unwrap_or_default(),
        span,
        answer_type: question.answer_type,
        score: BASE + fit.total() + kind_bonus(question.answer_type, view, span, speaker) + focus_bonus(speaker, sought),
        parts: fit.parts(),
        members: Vec::new(),
        evidence: quoted,
    })
}

/// A name all of whose words stand in the question answers nothing.
fn repeats_question(view: &View<'_>, span: Span, sought: &Sought) -> bool {
    let cells = view.cells(view.tokens_in(span));
    !cells.is_empty() && cells.iter().filter(|cell| cell.shape.is_word()).all(|cell| cell.term.is_some() || sought.asks_with(&cell.word))
}

/// How well what the name names fits what is asked for.
fn kind_bonus(answer_type: AnswerType, view: &View<'_>, span: Span, speaker: &Speaker) -> f32 {
    let found = view.kind(view.tokens_in(span).start).unwrap_or(speaker.kind);
    match (answer_type, found) {
        (AnswerType::Person, EntityKind::Person) | (AnswerType::Organization, EntityKind::Organization) => 0.5,
        (AnswerType::Person, EntityKind::Other) => -0.5,
        (AnswerType::Organization, EntityKind::Person) => -2.0,
        _ => 0.0,
    }
}

/// Whether the speaker is what the question says the speaker is ("which councillor", "which union").
fn focus_bonus(speaker: &Speaker, sought: &Sought) -> f32 {
    let words = [Some(speaker.name.as_str()), speaker.role.as_deref(), Some(speaker.mention.as_str())];
    let stems: Vec<String> =
        words.into_iter().flatten().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(cues::title_stem).collect();
    let agreeing = sought.focus.iter().filter(|stem| stems.contains(stem)).count();
    if sought.focus.is_empty() { 0.0 } else { 1.0 * agreeing as f32 / sought.focus.len() as f32 }
}
