//! What speaks for a candidate becomes one figure: log-odds against keeping silent.
//!
//! The readers before say how a span looks (`margin`, `kind`, `agreement`); here is added how its sentence, its neighbours and its
//! document fit the question: words, names, numbers, years, and where the passage stands among those found.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::contradiction::Claims;
use super::linear::kind::is_year;
use super::sought::{SoughtName, SoughtTerm};
use super::view::{Cell, View};
use super::widening::widened;
use super::{Candidate, Look, Reader};
use crate::question::{AnswerType, Question, Subject};
use crate::syntax::{EntityKind, Mention, Tag};

/// Weighs the candidates of the readers before.
#[derive(Debug, Default)]
pub(crate) struct Weigher;

impl Reader for Weigher {
    fn read(&self, look: &Look<'_>, shortlist: Vec<Candidate>) -> Vec<Candidate> {
        let Look { question, passages, .. } = *look;
        let claims = Claims::new(question, &look.sought);
        let passes_over = |candidate: &Candidate| {
            look.views.get(candidate.passage).is_some_and(|view| claims.passes_over_namesake(view, candidate.sentence))
        };
        let shortlist: Vec<Candidate> =
            shortlist.into_iter().filter(|candidate| !is_pronoun(look, candidate) && !passes_over(candidate)).collect();
        let whole = super::stays_whole(question, &shortlist);
        if shortlist.first().is_some_and(|best| is_sure(question, best)) {
            return shortlist;
        }
        // Without the network's word rules are believed as far as `answer` finds their evidence to go.
        let ruled = whole || shortlist.first().is_some_and(Candidate::is_credited);
        if ruled && shortlist.iter().all(|candidate| candidate.part("read").is_none()) {
            return shortlist;
        }
        let frame = Frame::new(look, claims, &shortlist);
        // Of a list asked for, a part is no answer.
        let listed = whole && question.answer_type == AnswerType::List && shortlist.iter().any(|candidate| !candidate.members.is_empty());
        let is_part = |candidate: &Candidate| listed && candidate.members.is_empty();
        let shortlist: Vec<Candidate> = shortlist.into_iter().filter(|candidate| !is_part(candidate)).collect();
        let weigh = |candidate| {
            if whole { frame.weigh_whole(candidate, question) } else { frame.weigh(frame.widen(candidate, question.answer_type)) }
        };
        let mut weighed: Vec<Candidate> = shortlist.into_iter().map(weigh).collect();
        weighed.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
        let mut seen = BTreeSet::new();
        let document = |candidate: &Candidate| passages.get(candidate.passage).map(|passage| passage.record.document.ordinal);
        weighed.retain(|candidate| seen.insert((document(candidate), candidate.span)));
        weighed
    }
}

/// Whether a rule knows better than the network, which sees a sentence and its neighbours alone and not who is credited with it: who said
/// what was found word for word, and what somebody said of a topic that the words hold.
fn is_sure(question: &Question, best: &Candidate) -> bool {
    match question.subject {
        Subject::WhoSaid => super::is_found(question, best),
        Subject::SaidBy => best.score > ON_TOPIC,
        _ => false,
    }
}

/// The score of a remark that holds most of the topic asked for.
const ON_TOPIC: f32 = 2.0;

/// Tokens behind a figure within which stands what it counts.
const COUNTED: usize = 5;

/// A question and its passages, ready to weigh candidates with.
struct Frame<'p> {
    look: &'p Look<'p>,
    /// Share of the question that stands in no passage, by weight.
    nowhere: f32,
    years: Vec<String>,
    claims: Claims<'p>,
    asks: Group,
    /// The candidates of each sentence, by passage and sentence, that are of the kind asked for.
    rivals: BTreeMap<(usize, usize), Vec<Range<usize>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Quantity,
    Name,
    Other,
}

impl<'p> Frame<'p> {
    fn new(look: &'p Look<'p>, claims: Claims<'p>, shortlist: &[Candidate]) -> Self {
        let Look { question, sought, views, evidence, .. } = look;
        let found = |term: usize| evidence.iter().flatten().any(|one| one.found.get(term).copied().unwrap_or(false));
        let missing: f32 = sought.terms.iter().enumerate().filter(|(term, _)| !found(*term)).map(|(_, term)| term.weight).sum();
        let mut rivals: BTreeMap<(usize, usize), Vec<Range<usize>>> = BTreeMap::new();
        for candidate in shortlist.iter().filter(|candidate| candidate.part("kind").is_some_and(|kind| kind > 0.0)) {
            let Some(view) = views.get(candidate.passage) else { continue };
            rivals.entry((candidate.passage, candidate.sentence)).or_default().push(view.tokens_in(candidate.span));
        }
        Self {
            rivals,
            nowhere: missing / sought.weight(),
            years: sought.words.iter().filter(|word| is_year(word)).cloned().collect(),
            claims,
            asks: group(question.answer_type),
            look,
        }
    }

    fn weigh(&self, candidate: Candidate) -> Candidate {
        let read = candidate.part("read").map_or(0.0, |read| read);
        let weights = if candidate.part("read").is_some() { NEURAL } else { LINEAR };
        let part = |name| candidate.part(name).unwrap_or_default();
        let mut parts = vec![
            ("margin", read * part("margin").clamp(-10.0, 10.0)),
            ("read", read),
            ("marked", part("marked")),
            ("kind", part("kind").clamp(-4.0, 2.5)),
            ("agreement", candidate.part("agreement").unwrap_or(candidate.score).clamp(-6.0, 4.0)),
            ("asks_who", f32::from(u8::from(self.look.question.subject == Subject::WhoSaid))),
            ("credited", f32::from(u8::from(candidate.part("credited").is_some()))),
            ("remark", part("credited").clamp(-4.0, 6.0)),
        ];
        parts.extend(self.figures(&candidate));
        Self::sum(candidate, parts, weights)
    }

    /// The candidate as the whole name or quantity that it is part of.
    fn widen(&self, candidate: Candidate, answer_type: AnswerType) -> Candidate {
        let view = self.look.views.get(candidate.passage);
        let span = view.map_or(candidate.span, |view| widened(view, answer_type, candidate.span));
        Candidate { span, ..candidate }
    }

    /// Weighs an answer that a rule has found whole.
    fn weigh_whole(&self, candidate: Candidate, question: &Question) -> Candidate {
        let part = |name| candidate.part(name).unwrap_or_default();
        let is = |fits: bool| f32::from(u8::from(fits));
        let said = matches!(question.subject, Subject::SaidBy) || question.answer_type == AnswerType::Statement;
        let mut parts = vec![
            ("margin", part("margin").clamp(-10.0, 10.0)),
            ("read", part("read")),
            ("former", candidate.score.clamp(-6.0, 8.0)),
            ("plain", is(candidate.part("plain").is_some())),
            ("yes_no", is(question.answer_type == AnswerType::YesNo)),
            ("reason", is(question.answer_type == AnswerType::Reason)),
            ("said", is(said)),
            ("list", is(question.answer_type == AnswerType::List)),
            ("defined", is(question.answer_type == AnswerType::Definition)),
            // Of a list the network marks the whole or a member, of a sentence that decides a clause: its word counts otherwise.
            ("list_former", is(question.answer_type == AnswerType::List) * candidate.score.clamp(-6.0, 8.0)),
            ("list_margin", is(question.answer_type == AnswerType::List) * part("margin").clamp(-10.0, 10.0)),
            ("yes_no_margin", is(question.answer_type == AnswerType::YesNo) * part("margin").clamp(-10.0, 10.0)),
            ("list_exact", part("exact").clamp(-10.0, 10.0)),
            ("list_unread", is(question.answer_type == AnswerType::List && candidate.part("exact").is_none())),
            ("list_marked", part("marked")),
            // As many members as asked for speak for a list, fewer or more against it all the louder.
            ("list_counted", is(part("number") > 0.0) - 3.0 * is(part("number") < 0.0)),
        ];
        parts.extend(self.figures(&candidate));
        Self::sum(candidate, parts, WHOLE)
    }

    fn sum(candidate: Candidate, mut parts: Vec<(&'static str, f32)>, weights: &[(&str, f32)]) -> Candidate {
        let weight = |name: &str| weights.iter().find(|(own, _)| *own == name).map_or(0.0, |&(_, weight)| weight);
        let score = weight("bias") + parts.iter().map(|&(name, value)| weight(name) * value).sum::<f32>();
        parts.push((WEIGHED, score));
        Candidate { score, parts, ..candidate }
    }

    fn figures(&self, candidate: &Candidate) -> Vec<(&'static str, f32)> {
        let none = Vec::new();
        let (passage, sentence) = candidate.borne_out_by(self.look.passages);
        let Some(view) = self.look.views.get(passage) else { return none };
        let Some(all) = self.look.evidence.get(passage) else { return none };
        let Some(own) = all.iter().find(|one| one.sentence == sentence) else { return none };
        let tokens = view.tokens_in(candidate.span);
        let best = self.look.passages.first().map_or(1.0, |best| best.score).max(1e-6);
        let standing = self.look.passages.get(passage).map_or(0.0, |passage| passage.score / best);
        vec![
            ("own", own.own),
            ("beside", own.beside),
            ("around", own.around),
            ("titled", own.titled),
            ("nameless", 1.0 - own.names_around),
            ("numberless", 1.0 - own.numbers),
            ("year", self.year(view, candidate)),
            ("alike", own.alike),
            ("alike_beside", own.alike_beside),
            ("nearest", self.nearest(view, candidate, &tokens)),
            ("miscounted", self.miscounted(view, &tokens)),
            ("gap", self.gap(&own.near)),
            ("strange", self.strange(view, sentence, &tokens, &own.near)),
            ("mistaken", self.mistaken(view, sentence)),
            ("contradicted", self.claims.contradicted(view, sentence, &tokens, &own.near)),
            ("focus", self.near(view, sentence, |term| term.focus)),
            ("verb", self.near(view, sentence, |term| !term.focus && !term.name && !term.number)),
            ("named", self.near(view, sentence, |term| term.name)),
            ("local", self.local(view, &tokens)),
            ("standing", standing),
            ("nowhere", self.nowhere),
            ("quantity", f32::from(u8::from(self.asks == Group::Quantity))),
            ("name", f32::from(u8::from(self.asks == Group::Name))),
            ("length", tokens.len().min(20) as f32 / 10.0),
        ]
    }

    /// How the years of the question fit: 1 in the sentence or beside it, 0.5 the document's own, -1 where others stand instead.
    fn year(&self, view: &View<'_>, candidate: &Candidate) -> f32 {
        if self.years.is_empty() {
            return 0.0;
        }
        let near = candidate.sentence.saturating_sub(1)..candidate.sentence + 2;
        let printed =
            |sentence: usize| view.cells(view.tokens(sentence)).iter().filter(|cell| is_year(&cell.word)).map(|cell| cell.word.clone());
        let own: Vec<String> = printed(candidate.sentence).collect();
        let beside: Vec<String> = near.flat_map(printed).collect();
        let published = view.record.document.published.map(|date| date.year().to_string());
        let fits = |year: &String| match (own.contains(year), beside.contains(year), published.as_ref() == Some(year)) {
            (true, ..) => 1.0,
            (_, _, true) if own.is_empty() => 0.8,
            (_, true, _) => 0.5,
            (_, _, true) => 0.3,
            _ if own.is_empty() => -0.5,
            _ => -1.0,
        };
        self.years.iter().map(fits).sum::<f32>() / self.years.len() as f32
    }

    /// 1 where what a figure counts is nothing the question has ("how many people": "20 councils", "seven of 43 councils", "40 %" of no people).
    fn miscounted(&self, view: &View<'_>, tokens: &Range<usize>) -> f32 {
        if self.asks != Group::Quantity || !self.look.sought.terms.iter().any(|term| term.focus) {
            return 0.0;
        }
        let asked = |cell: &Cell| cell.term.is_some() || cell.meant.is_some();
        let part = self.counts() && view.cells.get(tokens.end).is_some_and(|cell| cell.word == "of");
        let passed = |cell: &Cell| {
            matches!(cell.tag, Tag::Adj | Tag::Num | Tag::Adv) || part && (cell.word == "of" || matches!(cell.tag, Tag::Det | Tag::Pron))
        };
        let behind = view.cells(tokens.end..tokens.end + if part { COUNTED } else { 3 });
        let other = behind.iter().find(|cell| !passed(cell)).is_some_and(|cell| cell.tag == Tag::Noun && !asked(cell));
        f32::from(u8::from(other || self.is_share_of_another(view, tokens)))
    }

    /// Whether a count was asked for and the figure is a percentage of what the question does not name.
    fn is_share_of_another(&self, view: &View<'_>, tokens: &Range<usize>) -> bool {
        let percent = |cell: &Cell| matches!(cell.word.as_str(), "%" | "percent" | "cent");
        let share = view.cells(tokens.start..tokens.end + 2).iter().any(percent);
        let named = || view.cells(tokens.end..tokens.end + 8).iter().filter_map(|cell| cell.term.or(cell.meant));
        let focus = |term: usize| self.look.sought.terms.get(term).is_some_and(|term| term.focus);
        self.counts() && share && !named().any(focus)
    }

    /// Whether things are to be counted.
    fn counts(&self) -> bool {
        self.look.question.answer_type == AnswerType::Number && self.look.sought.asking.wording == "how many"
    }

    /// Of several candidates in a sentence, how much of the question's words there is nearest to this one: their weighted share, less
    /// what would be its due ("130 in Paris and 32 in Brussels").
    fn nearest(&self, view: &View<'_>, candidate: &Candidate, tokens: &Range<usize>) -> f32 {
        let apart = |range: &&Range<usize>| range.end <= tokens.start || tokens.end <= range.start;
        let rivals: Vec<&Range<usize>> =
            self.rivals.get(&(candidate.passage, candidate.sentence)).into_iter().flatten().filter(apart).collect();
        if rivals.is_empty() {
            return 0.0;
        }
        let mut terms: BTreeMap<usize, bool> = BTreeMap::new();
        for position in view.tokens(candidate.sentence) {
            let Some(term) = view.cells.get(position).and_then(|cell| cell.term.or(cell.meant)) else { continue };
            let own = way(view, position, tokens);
            let nearer = rivals.iter().all(|rival| own < way(view, position, rival));
            *terms.entry(term).or_default() |= nearer;
        }
        let weight = |term: &usize| self.look.sought.terms.get(*term).map_or(0.0, |term| term.weight);
        let all: f32 = terms.keys().map(weight).sum();
        let near: f32 = terms.iter().filter(|(_, nearer)| **nearer).map(|(term, _)| weight(term)).sum();
        if all > 0.0 { near / all - 1.0 / (rivals.len() + 1) as f32 } else { 0.0 }
    }

    /// The heaviest word of the question that is not found near, as a share of the heaviest of all.
    fn gap(&self, found: &[bool]) -> f32 {
        let heaviest = |terms: &mut dyn Iterator<Item = f32>| terms.fold(0.0, f32::max);
        let mut missing = self.look.sought.terms.iter().zip(found).filter(|(_, found)| !**found).map(|(term, _)| term.weight);
        heaviest(&mut missing) / heaviest(&mut self.look.sought.terms.iter().map(|term| term.weight)).max(1e-6)
    }

    /// Share of the question's names that are not found near, where the sentence has another name of the kind.
    fn strange(&self, view: &View<'_>, sentence: usize, tokens: &Range<usize>, found: &[bool]) -> f32 {
        if self.look.sought.names.is_empty() {
            return 0.0;
        }
        let within = view.tokens(sentence);
        let others = view.record.syntax.mentions.iter().filter(|mention| {
            let here = within.start <= mention.tokens.start && mention.tokens.end <= within.end;
            let apart = mention.tokens.end <= tokens.start || tokens.end <= mention.tokens.start;
            here && apart && view.cells(mention.tokens.clone()).iter().any(|cell| cell.term.is_none())
        });
        let kinds: Vec<EntityKind> = others.map(|mention| mention.kind).collect();
        let missing = |name: &&SoughtName| !name.is_among(|term| found.get(term).copied().unwrap_or(false));
        let strange = self.look.sought.names.iter().filter(missing).filter(|name| kinds.contains(&name.kind)).count();
        strange as f32 / self.look.sought.names.len() as f32
    }

    /// 1 where the sentence speaks of another body or place of the same general words as one that is asked about, and not of that one ("Ostwick
    /// City Council" for "Colne City Council").
    fn mistaken(&self, view: &View<'_>, sentence: usize) -> f32 {
        let within = view.tokens(sentence);
        let here: BTreeSet<usize> = view.cells(within.clone()).iter().filter_map(|cell| cell.term).collect();
        let mentions = || {
            let inside = |mention: &&Mention| within.start <= mention.tokens.start && mention.tokens.end <= within.end;
            view.record.syntax.mentions.iter().filter(inside).filter(|mention| mention.kind != EntityKind::Person)
        };
        let rivals = |name: &SoughtName| {
            mentions().any(|mention| {
                let cells = view.cells(mention.tokens.clone());
                let alike = cells.last().and_then(|cell| cell.term).is_some_and(|term| name.terms.last() == Some(&term));
                let told = cells.iter().any(|cell| cell.term.is_some_and(|term| name.is_told_by(term)));
                alike && !told && cells.iter().any(|cell| cell.term.is_none() && cell.tag == Tag::Propn)
            })
        };
        let taken = |name: &SoughtName| {
            let several = name.kind != EntityKind::Person && name.terms.len() > 1;
            several && name.terms.iter().any(|&term| name.is_told_by(term) && !here.contains(&term)) && rivals(name)
        };
        f32::from(u8::from(self.look.sought.names.iter().any(taken)))
    }

    /// How many of some terms stand in a sentence or beside it, by weight: 0 where there are none such, 1 all, -1 none of them.
    fn near(&self, view: &View<'_>, sentence: usize, of: impl Fn(&SoughtTerm) -> bool) -> f32 {
        let found: Vec<bool> = (sentence.saturating_sub(1)..sentence + 2)
            .flat_map(|near| view.cells(view.tokens(near)).iter().filter_map(|cell| cell.term))
            .fold(vec![false; self.look.sought.terms.len()], |mut found, term| {
                if let Some(slot) = found.get_mut(term) {
                    *slot = true;
                }
                found
            });
        let (all, there) = self
            .look
            .sought
            .terms
            .iter()
            .zip(found)
            .filter(|(term, _)| of(term))
            .fold((0.0, 0.0), |(all, there), (term, found)| (all + term.weight, there + if found { term.weight } else { 0.0 }));
        if all > 0.0 { 2.0 * there / all - 1.0 } else { 0.0 }
    }

    /// Weighted share of the question within six words of the candidate.
    fn local(&self, view: &View<'_>, tokens: &Range<usize>) -> f32 {
        let near = (tokens.start.saturating_sub(6)..tokens.start).chain(tokens.end..tokens.end + 6);
        let terms: BTreeSet<usize> = near.filter_map(|position| view.cells.get(position)?.term).collect();
        terms.iter().filter_map(|&term| self.look.sought.terms.get(term)).map(|term| term.weight).sum::<f32>() / self.look.sought.weight()
    }
}

/// Whether a candidate's only words stand for others: "he" names nobody.
fn is_pronoun(look: &Look<'_>, candidate: &Candidate) -> bool {
    let Some(view) = look.views.get(candidate.passage) else { return false };
    let mut words = view.cells(view.tokens_in(candidate.span)).iter().filter(|cell| cell.shape.is_word()).peekable();
    words.peek().is_some() && words.all(|cell| matches!(cell.tag, Tag::Pron | Tag::Det))
}

/// How far a token lies from some others: words between, of which those that part clauses and members count more.
fn way(view: &View<'_>, position: usize, tokens: &Range<usize>) -> usize {
    let between = if position < tokens.start { position + 1..tokens.start } else { tokens.end..position.max(tokens.end) };
    view.cells(between)
        .iter()
        .map(|cell| if matches!(cell.word.as_str(), "," | ";" | ":" | "and" | "but" | "while" | "to") { 4 } else { 1 })
        .sum()
}

/// The part that tells log-odds against silence from the readers' own scores.
pub(crate) const WEIGHED: &str = "weighed";

/// Weights where the network has read. Learned by `training/answers/fit.py` from the questions of `queries/` and, asked in one folder of all articles
/// and in folders of six (`training/questions/prepare.py`), those over news that the network
/// has not learned from (`training/questions/news.jsonl`, "fit" and "dev").
const NEURAL: &[(&str, f32)] = &[
    ("margin", 0.420),
    ("read", 1.881),
    ("marked", 0.796),
    ("kind", 0.220),
    ("agreement", 0.198),
    ("asks_who", 1.325),
    ("credited", -0.712),
    ("remark", 0.224),
    ("miscounted", -1.500),
    ("mistaken", -4.000),
    ("contradicted", -3.500),
    ("quantity", -1.355),
    ("name", -1.031),
    ("nearest", 0.347),
    ("own", -1.648),
    ("beside", -0.671),
    ("around", 0.302),
    ("titled", 3.420),
    ("nameless", -0.670),
    ("numberless", -0.604),
    ("year", 0.101),
    ("alike", 2.111),
    ("alike_beside", -0.891),
    ("gap", -0.605),
    ("strange", 0.089),
    ("focus", 0.117),
    ("verb", 0.064),
    ("named", -0.359),
    ("standing", 3.181),
    ("nowhere", 0.428),
    ("length", 0.149),
    ("bias", -4.267),
];
/// Weights of answers found whole by rules, learned from the same questions.
const WHOLE: &[(&str, f32)] = &[
    ("margin", 0.398),
    ("read", 1.641),
    ("former", 0.283),
    ("plain", -1.557),
    ("yes_no", -3.391),
    ("reason", -4.167),
    ("said", -4.048),
    ("list", -4.604),
    ("defined", -3.374),
    ("list_former", -0.258),
    ("list_margin", -0.255),
    ("yes_no_margin", 0.020),
    ("list_exact", 0.315),
    ("list_unread", -1.381),
    ("list_marked", 0.173),
    ("mistaken", -4.000),
    ("contradicted", -3.500),
    ("list_counted", 1.000),
    ("nearest", -1.154),
    ("own", 1.727),
    ("beside", 2.112),
    ("around", 0.830),
    ("titled", 4.792),
    ("nameless", -0.131),
    ("numberless", 1.191),
    ("year", -0.196),
    ("alike", 3.976),
    ("alike_beside", -0.848),
    ("gap", 0.290),
    ("strange", -2.384),
    ("focus", 0.097),
    ("verb", -0.190),
    ("named", -0.403),
    ("standing", 3.572),
    ("nowhere", -1.026),
    ("length", 0.236),
    ("bias", -3.054),
];
/// Weights where it has not; from `queries/` alone.
const LINEAR: &[(&str, f32)] = &[
    ("kind", 0.850),
    ("agreement", 0.531),
    ("own", -1.496),
    ("beside", -1.840),
    ("around", -0.554),
    ("titled", 1.680),
    ("nameless", -0.787),
    ("numberless", -0.557),
    ("year", 1.045),
    ("alike", 5.140),
    ("miscounted", -1.500),
    ("mistaken", -4.000),
    ("contradicted", -3.500),
    ("focus", 0.449),
    ("verb", 1.467),
    ("named", 0.392),
    ("local", 0.864),
    ("standing", 1.555),
    ("nowhere", -0.896),
    ("quantity", -0.513),
    ("name", -0.288),
    ("length", 3.465),
    ("bias", -2.906),
];

fn group(answer_type: AnswerType) -> Group {
    use AnswerType::{Age, Date, Duration, Money, Number, Organization, Person, Place, Share};
    match answer_type {
        Age | Date | Duration | Money | Number | Share => Group::Quantity,
        Organization | Person | Place => Group::Name,
        _ => Group::Other,
    }
}
