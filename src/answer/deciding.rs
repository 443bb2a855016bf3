//! Evidence becomes a [`Decision`]: groups of candidates, the gates, answers with citations, or silence with its reason.

use super::citing::cite;
use super::copies;
use super::grouping::{Group, group};
use super::silence::{Assessment, ENOUGH, Seen, assess, is_bare_request, unknown_names, unknown_years};
use super::{Answer, Citation, Decision, Evidence, Member, NoAnswer, Outcome, Support, conflicts, documents, excerpt::Excerpt};
use crate::question::{AnswerType, Question, Subject};
use crate::reading::Candidate;
use crate::retrieval::Passage;
use crate::span::Span;

/// Answers less likely than this are withheld, where candidates were weighed against silence.
const LIKELY: f32 = 0.4;
/// Fit to the answer type at which the words are of another kind.
const WRONG: f32 = -3.5;
/// Citations of one answer at most.
const CITATIONS: usize = 5;
/// Nearest sentences shown with silence.
const NEAREST: usize = 3;
/// Further answers need this share of the first one's confidence.
const SHARE: f32 = 0.35;

/// Answers, `limit` at most, or silence.
pub(super) fn decide(evidence: &Evidence<'_>, limit: usize) -> Decision {
    if let Subject::Document { field, title } = &evidence.look.question.subject {
        let meant = documents::meant(evidence, title.as_deref());
        let answers: Vec<Answer> = documents::answers(evidence, &meant, *field).into_iter().take(limit.max(1)).collect();
        let gates = vec![format!("Documents that go by the description: {}.", answers.len())];
        if !answers.is_empty() {
            return Decision { outcome: given(answers, Vec::new()), gates, settled: true };
        }
        let (reason, settled) = documents::reason(evidence, &meant, *field, title.as_deref());
        return Decision { outcome: silent(evidence, reason), gates, settled };
    }
    if is_bare_request(evidence.look.question, &evidence.look.sought) {
        return withheld(evidence, "The question says nothing of what it asks about.".to_owned());
    }
    let seen = Seen::new(evidence.look);
    let mut unknown = unknown_names(evidence.look.question, &seen);
    unknown.extend(unknown_years(evidence.look));
    if !unknown.is_empty() {
        return withheld(evidence, format!("No document found speaks of {}.", listed(&unknown)));
    }
    let groups = group(evidence.look.passages, evidence.candidates);
    let groups = groups
        .into_iter()
        .filter(|group| group.members.first().is_some_and(|best| is_possible(evidence.look.question, best)))
        .take(limit.max(1) + 8);
    let judged: Vec<(Group<'_>, Assessment)> = groups.map(|group| judge(evidence, &seen, group)).collect();
    let gates = judged.iter().take(3).map(|(_, seen)| describe(seen)).collect();
    Decision { outcome: outcome(evidence, judged, limit.max(1)), gates, settled: true }
}

/// Silence that needs no look at the candidates.
fn withheld(evidence: &Evidence<'_>, reason: String) -> Decision {
    Decision { outcome: silent(evidence, reason.clone()), gates: vec![reason], settled: true }
}

/// Whether the words can be of the kind asked for: a sum is no answer to "how old".
fn is_possible(question: &Question, candidate: &Candidate) -> bool {
    use AnswerType::{Age, Date, Duration, Money, Number, Share};
    let measured = matches!(question.answer_type, Age | Date | Duration | Money | Number | Share);
    !measured || candidate.part("kind").is_none_or(|kind| kind > WRONG)
}

fn judge<'c>(evidence: &Evidence<'_>, seen: &Seen, group: Group<'c>) -> (Group<'c>, Assessment) {
    let best = group.members.first().copied();
    let (score, chance) = (group.score, group.chance);
    let seen = best.map(|candidate| assess(evidence.look.question, seen, candidate, score));
    let seen = seen.map(|seen| Assessment { confidence: chance.unwrap_or(seen.confidence), ..seen });
    (group, seen.unwrap_or(Assessment { covered: 0.0, nowhere: Vec::new(), unfit: Vec::new(), confidence: 0.0 }))
}

/// What the gates saw, in a sentence.
fn describe(seen: &Assessment) -> String {
    let mut out = format!("The evidence speaks of {:.0} % of the question", seen.covered * 100.0);
    if !seen.nowhere.is_empty() {
        out.push_str(&format!("; no passage has {}", listed(&seen.nowhere)));
    }
    if !seen.unfit.is_empty() {
        out.push_str(&format!("; not beside the evidence: {}", listed(&seen.unfit)));
    }
    out + &format!(". {:.0} % sure.", seen.confidence * 100.0)
}

fn outcome(evidence: &Evidence<'_>, judged: Vec<(Group<'_>, Assessment)>, limit: usize) -> Outcome {
    let best = judged.first().map_or(0.0, |(_, seen)| seen.confidence);
    let weighed = judged.first().is_some_and(|(group, _)| group.chance.is_some());
    let rivals: Vec<bool> = judged
        .iter()
        .map(|(group, _)| judged.first().is_some_and(|(best, _)| conflicts::rivals(best, group, evidence.look.passages)))
        .collect();
    // Reports that disagree share the chance between them: that one of them answers is what counts.
    let disputed: f32 = judged.iter().zip(&rivals).filter(|(_, rival)| weighed && **rival).map(|((_, seen), _)| seen.confidence).sum();
    let enough = if weighed { LIKELY } else { ENOUGH };
    if best + disputed < enough {
        return silent(evidence, reason(evidence.look.question, judged.first().map(|(_, seen)| seen)));
    }
    let contested = disputed > 0.0;
    let kept = judged.into_iter().zip(rivals).enumerate().filter_map(|(place, ((group, seen), rival))| {
        let likely = seen.confidence >= SHARE * best && (weighed || seen.confidence >= enough);
        // Another report's value is right or wrong whatever the first one says.
        let confidence = if weighed && (rival || contested && place == 0) { alone(group.score) } else { seen.confidence };
        (likely || rival && weighed).then_some((group, confidence))
    });
    let (groups, answers): (Vec<Group<'_>>, Vec<Answer>) =
        kept.filter_map(|(group, confidence)| answer(evidence, &group, confidence).map(|answer| (group, answer))).take(limit).unzip();
    if answers.is_empty() {
        return silent(evidence, "Nothing found can be cited.".to_owned());
    }
    let conflicts = conflicts::find(&answers, &groups, evidence.look.passages);
    given(answers, conflicts)
}

/// The probability that goes with log-odds.
fn alone(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

fn given(answers: Vec<Answer>, conflicts: Vec<super::Conflict>) -> Outcome {
    Outcome::Answered { answers, conflicts }
}

fn answer(evidence: &Evidence<'_>, group: &Group<'_>, confidence: f32) -> Option<Answer> {
    let passages = evidence.look.passages;
    let first = copies::first_printing(group, passages)?;
    let mut citations: Vec<Citation> = cite(passages, first);
    let text = Excerpt::new(passages, &citations.first()?.document).slice(first.span)?;
    for member in copies::by_report(group, passages) {
        let known = |new: &Citation| citations.iter().any(|old| old.document.cluster == new.document.cluster);
        let new: Vec<Citation> = cite(passages, member).into_iter().take(1).filter(|new| !known(new)).collect();
        citations.extend(new);
    }
    citations.truncate(CITATIONS);
    let also = copies::uncited(group, passages, &citations);
    Some(Answer {
        text,
        confidence,
        answer_type: first.answer_type,
        value: group.worth.as_ref().and_then(super::value::Worth::shown),
        date: group.worth_of(first, passages).and_then(|worth| worth.dated()),
        members: members(passages, first),
        citations,
        support: Support { documents: group.documents(passages), independent: group.independent(passages) },
        also,
    })
}

/// The members of a list, each with its own citation.
fn members(passages: &[Passage], candidate: &Candidate) -> Option<Vec<Member>> {
    if candidate.members.is_empty() {
        return None;
    }
    let one = |span: &Span| {
        let alone = Candidate { span: *span, members: Vec::new(), evidence: None, ..candidate.clone() };
        let citation = cite(passages, &alone).into_iter().next()?;
        let words = citation.answer_span.relative_to(citation.span.start).slice(&citation.sentence).to_owned();
        Some(Member { text: words, citation })
    };
    candidate.members.iter().map(one).collect()
}

fn silent(evidence: &Evidence<'_>, reason: String) -> Outcome {
    let mut nearest: Vec<Citation> = Vec::new();
    let sentences = evidence.candidates.iter().filter_map(|candidate| cite(evidence.look.passages, candidate).into_iter().next());
    for citation in sentences {
        if nearest.len() == NEAREST {
            break;
        }
        if !nearest.iter().any(|known| known.document.ordinal == citation.document.ordinal && known.span.overlaps(citation.span)) {
            nearest.push(citation);
        }
    }
    Outcome::Unanswered(NoAnswer { reason, nearest })
}

/// Why there is no answer, in a sentence.
fn reason(question: &Question, seen: Option<&Assessment>) -> String {
    let Some(seen) = seen else { return "No document in this folder speaks of this.".to_owned() };
    if !seen.nowhere.is_empty() {
        return format!("No document found speaks of {}.", listed(&seen.nowhere));
    }
    if !seen.unfit.is_empty() {
        return format!("The documents speak of something like it, but not together with {}.", listed(&seen.unfit));
    }
    format!("The documents speak of something like it, but none states {}.", wanted(question.answer_type))
}

/// Words between marks, in one line.
fn listed(words: &[String]) -> String {
    words.iter().map(|word| format!("\u{201c}{word}\u{201d}")).collect::<Vec<_>>().join(", ")
}

fn wanted(answer_type: AnswerType) -> &'static str {
    match answer_type {
        AnswerType::Person => "who it is",
        AnswerType::Organization => "which organization it is",
        AnswerType::Place => "where",
        AnswerType::Date => "when",
        AnswerType::Duration => "how long",
        AnswerType::Age => "how old",
        AnswerType::Number => "how many",
        AnswerType::Share => "what share",
        AnswerType::Money => "how much money",
        AnswerType::List => "which ones",
        AnswerType::Definition => "what it is",
        AnswerType::Reason => "why",
        AnswerType::Statement => "what was said",
        AnswerType::Metadata | AnswerType::YesNo | AnswerType::Thing => "what is asked",
    }
}
