//! Two gates between "answered" and "silent": is it in this folder at all, and if so, is it this?
//!
//! The first looks at how much of the question the best evidence speaks of; the second at what does not fit: a name, a number or
//! a year of the question that neither the supporting sentence, nor its neighbours, nor its title have. What passes both gets a
//! confidence.

use super::excerpt::Excerpt;
use crate::question::{AnswerType, Question, Subject};
use crate::reading::evidence::known_by;
use crate::reading::sought::{Sought, SoughtName, SoughtTerm};
use crate::reading::{Candidate, Look};
use crate::retrieval::Passage;
use crate::span::Span;
use crate::syntax::EntityKind;
use crate::text::quantities::{self, Quantity, QuantityKind};
use crate::text::thesaurus::senses;
use crate::text::{Token, folded};

/// How near the evidence a term of the question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// In no passage found.
    Nowhere,
    /// Only in passages of other documents.
    Elsewhere,
    /// In a passage of the same document.
    Document,
    /// In the title, outlet, authors or date of the document.
    Title,
    /// In the supporting sentence or the ones beside it.
    Beside,
}

impl Nearness {
    fn worth(self) -> f32 {
        match self {
            Self::Nowhere => 0.0,
            Self::Elsewhere => 0.15,
            Self::Document => 0.6,
            Self::Title => 0.85,
            Self::Beside => 1.0,
        }
    }
}

/// What the gates saw of a candidate.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Assessment {
    /// Weighted share of the question that the evidence speaks of, 0 to 1.
    pub(super) covered: f32,
    /// Words of the question that no passage has, but for those that only ask.
    pub(super) nowhere: Vec<String>,
    /// Names, numbers and years of the question that the evidence does not have.
    pub(super) unfit: Vec<String>,
    /// Probability that the candidate is right.
    pub(super) confidence: f32,
}

/// Answers below this confidence are withheld.
pub(super) const ENOUGH: f32 = 0.45;

/// Where the passages have the question's words.
pub(super) struct Seen<'s> {
    sought: &'s Sought,
    passages: &'s [Passage],
    /// For each passage, the tokens that match, with the term each stands for.
    matches: Vec<Vec<(Span, usize)>>,
}

impl<'s> Seen<'s> {
    pub(super) fn new(look: &'s Look<'s>) -> Self {
        Self { sought: &look.sought, passages: look.passages, matches: look.found().collect() }
    }
}

/// Weighs a candidate against the whole question.
pub(super) fn assess(question: &Question, seen: &Seen, candidate: &Candidate, score: f32) -> Assessment {
    let sought = seen.sought;
    let places: Vec<Nearness> = nearness(seen, candidate);
    let needed = |position: usize, term: &SoughtTerm| term.weight * need(question, sought, position, term);
    let all: f32 = sought.terms.iter().enumerate().map(|(position, term)| needed(position, term)).sum();
    let found: f32 =
        sought.terms.iter().enumerate().zip(&places).map(|((position, term), place)| needed(position, term) * place.worth()).sum();
    let covered = if all > 0.0 { found / all } else { 1.0 };
    let named = |wanted: &dyn Fn(&SoughtTerm, Nearness) -> bool| -> Vec<String> {
        let fitting = sought.terms.iter().zip(&places).filter(|(term, place)| wanted(term, **place));
        fitting.map(|(term, _)| shown(question, term)).collect()
    };
    let missing = |term: &SoughtTerm, place| place == Nearness::Nowhere && term.weight > 0.5;
    let nowhere = named(&|term, place| missing(term, place) && !is_request(question, term));
    let absent = sought.terms.iter().zip(&places).filter(|(term, place)| missing(term, **place)).count();
    let unfit =
        named(&|term, place| (term.name || term.number) && place <= if term.number { Nearness::Document } else { Nearness::Elsewhere });
    let confidence = confidence(question, score, covered, unfit.len(), absent);
    Assessment { covered, nowhere, unfit, confidence }
}

/// The logistic of what was seen. Weights chosen on train questions with and without their paragraph in the folder.
fn confidence(question: &Question, score: f32, covered: f32, unfit: usize, nowhere: usize) -> f32 {
    let asked = match (&question.subject, question.answer_type) {
        (Subject::SaidBy | Subject::WhoSaid, _) => 0.3,
        (_, AnswerType::Definition) => 0.5,
        _ => 0.0,
    };
    let logit = -4.6 + 6.0 * covered + 0.25 * score.clamp(-6.0, 8.0) - 1.2 * unfit.min(2) as f32 - 0.8 * nowhere.min(3) as f32 + asked;
    1.0 / (1.0 + (-logit).exp())
}

/// How much an answer needs a term: what the answer is one of, and the verb of saying, may go unsaid.
fn need(question: &Question, sought: &Sought, position: usize, term: &SoughtTerm) -> f32 {
    let saying = matches!(question.subject, Subject::SaidBy | Subject::WhoSaid) && position == 0;
    let named = sought.names.iter().any(|name| name.terms.contains(&position));
    match (term.focus && !named, saying, named || term.number) {
        (true, ..) | (_, true, _) => 0.35,
        (.., true) => 1.3,
        _ => 1.0,
    }
}

/// Names in the question that the passages found do not know: a word of them that is no dictionary word stands in none, nor does one that
/// begins like it, nor do the name's initials. Of a person's name the surname is asked for.
pub(super) fn unknown_names(question: &Question, seen: &Seen) -> Vec<String> {
    let records = || seen.passages.iter().map(|passage| &passage.record);
    let known = |beginning: &str| {
        let mut words = records().flat_map(|record| record.analysis.tokens.iter().map(|token| folded(record.slice(token.span))));
        let mut titles = records().flat_map(|record| known_by(&record.document));
        words.any(|word| word.starts_with(beginning)) || titles.any(|word| folded(&word).starts_with(beginning))
    };
    let in_name = |position: usize| seen.sought.names.iter().find(|name| name.terms.contains(&position));
    let is_unknown = |(position, term): &(usize, &SoughtTerm)| {
        let name = in_name(*position);
        let forename = name.is_some_and(|name| name.kind == EntityKind::Person && name.terms.last() != Some(position));
        let initials: String = name.iter().flat_map(|name| name.words.split_whitespace().filter_map(|word| word.chars().next())).collect();
        let beginning = term.word.char_indices().nth(BEGINNING).map(|(end, _)| term.word.get(..end).unwrap_or(&term.word));
        term.name
            && !term.number
            && !forename
            && senses(&term.word).is_none()
            && beginning.is_some_and(|beginning| !known(beginning))
            && (initials.len() < 2 || !known(&initials))
    };
    seen.sought.terms.iter().enumerate().filter(is_unknown).map(|(_, term)| shown(question, term)).collect()
}

/// Years in the question that lie outside all times the passages found speak of or were published in, by more than a year: what happened
/// then is not told. None where a passage's document has no date, and none where the years limit the documents looked at.
pub(super) fn unknown_years(look: &Look<'_>) -> Vec<String> {
    let Look { question, passages, .. } = look;
    let limits = &question.constraints;
    if limits.since.is_some() || limits.until.is_some() || question.answer_type == AnswerType::YesNo {
        return Vec::new();
    }
    let published: Option<Vec<i16>> =
        passages.iter().map(|passage| passage.record.document.published.map(jiff::civil::Date::year)).collect();
    let Some(published) = published else { return Vec::new() };
    let told = || look.years().chain(published.iter().copied());
    let (Some(first), Some(last)) = (told().min(), told().max()) else { return Vec::new() };
    let asked = quantities::find(&question.words, &question.text.tokens).into_iter().filter(|found| found.kind == QuantityKind::Date);
    let outside = |found: &Quantity| {
        let from = found.date.and_then(|date| date.year);
        let to = found.until.and_then(|date| date.year).or(from);
        from.zip(to).is_some_and(|(from, to)| to < first - 1 || from > last + 1)
    };
    asked.filter(outside).map(|found| found.span.slice(&question.words).to_owned()).collect()
}

/// Characters by which a word of a name is known again in another form ("Egyptian", "Egypt"); words no longer than that may be
/// abbreviations.
const BEGINNING: usize = 4;

fn shown(question: &Question, term: &SoughtTerm) -> String {
    let printed = |token: &Token| token.span.slice(&question.words);
    let same = question.text.tokens.iter().map(printed).find(|word| folded(word) == term.word);
    same.unwrap_or(&term.word).to_owned()
}

/// Whether the question says nothing of what it asks about ("please tell me", "can you help?").
pub(super) fn is_bare_request(question: &Question, sought: &Sought) -> bool {
    !sought.terms.is_empty() && sought.terms.iter().all(|term| is_request(question, term))
}

/// Whether a word only asks for an answer, wherever it stands: "please", or "tell" of "tell me" and "could you tell".
fn is_request(question: &Question, term: &SoughtTerm) -> bool {
    let words: Vec<_> = question.text.tokens.iter().map(|token| folded(token.span.slice(&question.words))).collect();
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.as_ref());
    let places = (0..words.len()).filter(|&at| word(Some(at)) == term.word);
    let asks = |at: usize| {
        let told = matches!(word(at.checked_add(1)), "me" | "us");
        let begged = word(at.checked_sub(1)) == "you" && matches!(word(at.checked_sub(2)), "can" | "could" | "would" | "will")
            || word(at.checked_sub(1)) == "please";
        COURTESIES.contains(&word(Some(at))) || REQUESTS.contains(&word(Some(at))) && (told || begged)
    };
    let mut places = places.peekable();
    places.peek().is_some() && places.all(asks)
}

/// Words of courtesy.
const COURTESIES: &[&str] = &["please", "thanks", "thank", "hello", "hi", "hey"];
/// What is asked of whoever answers.
const REQUESTS: &[&str] = &["tell", "give", "show", "help", "explain", "describe", "answer", "say", "inform"];

/// How near the candidate's evidence each term stands.
fn nearness(seen: &Seen, candidate: &Candidate) -> Vec<Nearness> {
    let Seen { sought, passages, .. } = *seen;
    let mut places = vec![Nearness::Nowhere; sought.terms.len()];
    let Some(own) = passages.get(candidate.passage) else { return places };
    let mut raise = |term: usize, nearness: Nearness| {
        if let Some(place) = places.get_mut(term) {
            *place = nearness.max(*place);
        }
    };
    for (passage, matches) in passages.iter().zip(&seen.matches) {
        let same = passage.record.document.ordinal == own.record.document.ordinal;
        let near = if same { near_places(passages, passage, candidate) } else { None };
        for &(span, term) in matches {
            let beside = near.is_some_and(|near| near.contains(span));
            let nearness = if beside {
                Nearness::Beside
            } else if same {
                Nearness::Document
            } else {
                Nearness::Elsewhere
            };
            raise(term, nearness);
        }
    }
    for word in known_by(&own.record.document) {
        if let Some(term) = sought.matching(&folded(&word)) {
            raise(term, Nearness::Title);
        }
    }
    let repeated: Vec<(usize, Nearness)> = sought
        .repeats
        .iter()
        .flat_map(|&(one, two)| [(one, two), (two, one)])
        .filter_map(|(one, two)| Some((one, *places.get(two)?)))
        .collect();
    // A surname stands for the whole name.
    let last = |name: &SoughtName| name.terms.last().and_then(|&last| places.get(last)).copied().unwrap_or(Nearness::Nowhere);
    let surnames: Vec<(usize, Nearness)> =
        sought.names.iter().flat_map(|name| name.terms.iter().map(|&term| (term, last(name))).collect::<Vec<_>>()).collect();
    for (term, nearness) in repeated.into_iter().chain(surnames.into_iter().filter(|(_, nearness)| *nearness == Nearness::Beside)) {
        if let Some(place) = places.get_mut(term) {
            *place = nearness.max(*place);
        }
    }
    places
}

/// The stretch of a document that supports a candidate: the answer's sentence, what it rests on, and a sentence on each side.
fn near_places(passages: &[Passage], passage: &Passage, candidate: &Candidate) -> Option<Span> {
    let excerpt = Excerpt::new(passages, &passage.record.document);
    let core = candidate.evidence.map_or(candidate.span, |evidence| evidence.cover(candidate.span));
    let core = excerpt.sentences(core)?;
    let all = excerpt.windows().iter().flat_map(|record| &record.analysis.sentences).map(|sentence| sentence.span);
    let before = all.clone().filter(|span| span.end <= core.start).max_by_key(|span| span.end);
    let after = all.filter(|span| span.start >= core.end).min_by_key(|span| span.start);
    Some([before, after].into_iter().flatten().fold(core, Span::cover))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{Constraints, parse};

    /// The words looked for that only ask, and whether there are no others.
    #[track_caller]
    fn check(words: &str, requests: &[&str], bare: bool) {
        let question = parse(words, &Constraints::default());
        let sought = Sought::new(&question);
        let found: Vec<&str> = sought.terms.iter().filter(|term| is_request(&question, term)).map(|term| term.word.as_str()).collect();
        assert_eq!((found.as_slice(), is_bare_request(&question, &sought)), (requests, bare), "{words}");
    }

    #[test]
    fn words_that_only_ask_are_told_from_those_asked_about() {
        check("Please tell me.", &["please", "tell"], true);
        check("What colour is the sluice, please?", &["please"], false);
        check("Hello, could you explain?", &["hello", "explain"], true);
        check("Who will help the mill?", &[], false);
        check("What did the council tell the warden?", &[], false);
    }
}
