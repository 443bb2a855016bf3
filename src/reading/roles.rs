//! Names and what is said to define them: "Ann Kerr, the trust's chairwoman", "chief executive Tom Lyle", "A covenant is a promise …".
//!
//! Both ways: who or what a name is, and who holds a role.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Candidate;
use super::linear::Worth;
use super::names::{name_words, same_person};
use super::sought::{Sought, SoughtTerm};
use super::view::{Cell, View};
use crate::question::{AnswerType, Question};
use crate::syntax::{EntityKind, Relation, Tag};
use crate::text::Shape;

/// A name and the words that say what it is, as tokens of a passage.
struct Defined {
    passage: usize,
    sentence: usize,
    name: Range<usize>,
    words: Range<usize>,
    /// How plainly the words define the name.
    plain: f32,
}

const BASE: f32 = 0.5;

/// What a name in the question is: its roles and definitions in the passages, best first.
pub(crate) fn definitions(question: &Question, views: &[View<'_>], sought: &Sought, worth: &[Worth]) -> Vec<Candidate> {
    let asked = asked_name(sought);
    let mut found = Vec::new();
    for defined in all(views) {
        let Some(view) = views.get(defined.passage) else { continue };
        if !asked.iter().any(|asked| same_person(asked, view.slice(defined.name.clone()))) || says_nothing(view, &defined.words, sought) {
            continue;
        }
        found.push(weighed(question, view, &defined, sought, worth));
    }
    for defined in terms_defined(views, sought, worth) {
        let Some(view) = views.get(defined.passage) else { continue };
        if !says_nothing(view, &defined.words, sought) {
            found.push(weighed(question, view, &defined, sought, worth));
        }
    }
    found.extend(copulas(question, views, sought, worth));
    best_first(found)
}

fn weighed(question: &Question, view: &View<'_>, defined: &Defined, sought: &Sought, worth: &[Worth]) -> Candidate {
    let standing = standing(worth, defined.passage, defined.sentence);
    let new = new_words(view, &defined.words, sought);
    let kin = if is_kinship(view, &defined.words) && !asks_for_kin(sought) { 1.5 } else { 0.0 };
    let score = BASE + defined.plain + 0.3 * standing + 0.15 * new.min(6.0) - kin;
    candidate(question, view, defined, defined.words.clone(), score)
}

const KIN: &[&str] = &[
    "son",
    "daughter",
    "wife",
    "husband",
    "mother",
    "father",
    "brother",
    "sister",
    "widow",
    "widower",
    "partner",
    "uncle",
    "aunt",
    "cousin",
    "nephew",
    "niece",
    "grandson",
    "granddaughter",
    "colleague",
    "friend",
    "neighbour",
];

/// Whether the words say only whose relative or friend somebody is.
fn is_kinship(view: &View<'_>, words: &Range<usize>) -> bool {
    let nouns = || view.cells(words.clone()).iter().filter(|cell| cell.tag == Tag::Noun);
    nouns().count() == 1 && nouns().all(|cell| KIN.contains(&cell.word.as_str()))
}

fn asks_for_kin(sought: &Sought) -> bool {
    KIN.iter().any(|word| sought.asks_with(word)) || sought.asks_with("related")
}

/// Common nouns and shortened names with their definitions: "the “stay bonus”: £3,000 for …", "the Alliance, a charity, …".
///
/// What is asked about is the run of the question's words that ends with the last of them.
fn terms_defined(views: &[View<'_>], sought: &Sought, worth: &[Worth]) -> Vec<Defined> {
    let asked: Vec<usize> = match sought.names.iter().max_by_key(|name| name.words.len()) {
        Some(name) => name.terms.clone(),
        None => (0..sought.terms.len()).filter(|&term| sought.terms.get(term).is_some_and(|term| !term.number)).collect(),
    };
    let Some(&last) = asked.last() else { return Vec::new() };
    let mut found = Vec::new();
    for one in worth.iter().take(30) {
        let Some(view) = views.get(one.passage) else { continue };
        let tokens = view.tokens(one.evidence.sentence);
        let term = |position: usize| view.cells.get(position).and_then(|cell| cell.term);
        for end in tokens.clone().filter(|&position| term(position) == Some(last)) {
            let mut start = end;
            while start > tokens.start && term(start - 1).is_some_and(|term| asked.contains(&term)) {
                start -= 1;
            }
            let named = !sought.names.is_empty();
            let shortened = named
                && start == end
                && word(view, start.saturating_sub(1)) == "the"
                && view.mention(start).is_none_or(|m| m.tokens.len() == 1);
            let whole = !named && end + 1 - start == asked.len();
            if !(shortened || whole) {
                continue;
            }
            let closing = usize::from(matches!(word(view, end + 1), "\"" | "\u{201d}" | "\u{2019}" | "'" | "''"));
            let name = start..end + 1 + closing;
            let ways: [(Way, f32); 2] = [(after_comma, 1.3), (after_colon, 1.5)];
            found.extend(ways.into_iter().filter_map(|(way, plain)| {
                let words = way(view, &name, &tokens)?;
                Some(Defined { passage: one.passage, sentence: one.evidence.sentence, name: name.clone(), words, plain })
            }));
        }
    }
    found
}

/// "the “stay bonus”: £3,000 for any social worker who …": what follows the colon.
fn after_colon(view: &View<'_>, name: &Range<usize>, tokens: &Range<usize>) -> Option<Range<usize>> {
    if !matches!(word(view, name.end), ":" | "-" | "–" | "—" | "--") {
        return None;
    }
    let start = name.end + 1;
    let end = (start..tokens.end).find(|&at| matches!(word(view, at), "." | ";" | "–" | "—" | "--" | "\u{201d}")).unwrap_or(tokens.end);
    let noun = (start..end).any(|position| tag(view, position) == Tag::Noun);
    (noun && end - start > 1 && end - start <= 30).then_some(start..end)
}

/// Who holds a role in the question: names whose definition matches it, best first.
pub(crate) fn holders(question: &Question, views: &[View<'_>], sought: &Sought) -> Vec<Candidate> {
    let mut found = Vec::new();
    for defined in all(views) {
        let Some(view) = views.get(defined.passage) else { continue };
        let is_person = view.kind(defined.name.start) == Some(EntityKind::Person);
        let terms: BTreeSet<usize> = view.cells(defined.words.clone()).iter().filter_map(|cell| cell.term).collect();
        let asked = terms.iter().filter_map(|&term| sought.terms.get(term)).filter(|term| !term.name).count();
        let repeated = view.cells(defined.name.clone()).iter().any(|cell| cell.term.is_some());
        if (question.answer_type == AnswerType::Person) != is_person || asked == 0 || repeated {
            continue;
        }
        let weight = |terms: &mut dyn Iterator<Item = &SoughtTerm>| terms.map(|term| term.weight).sum::<f32>();
        let share = weight(&mut terms.iter().filter_map(|&term| sought.terms.get(term))) / sought.weight();
        let role = |term: &&SoughtTerm| !term.name && !term.number;
        let missing = sought.terms.iter().enumerate().filter(|(place, term)| role(term) && !terms.contains(place)).map(|(_, term)| term);
        let missing = weight(&mut missing.into_iter()) / weight(&mut sought.terms.iter().filter(role)).max(1e-6);
        if missing < 0.45 {
            found.push(candidate(question, view, &defined, defined.name.clone(), -3.0 + 8.0 * share - 6.0 * missing + defined.plain));
        }
    }
    best_first(found)
}

fn best_first(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    found.dedup_by(|a, b| a.passage == b.passage && a.span == b.span);
    found
}

fn candidate(question: &Question, view: &View<'_>, defined: &Defined, tokens: Range<usize>, score: f32) -> Candidate {
    Candidate {
        passage: defined.passage,
        sentence: defined.sentence,
        span: view.span(tokens),
        answer_type: question.answer_type,
        score,
        parts: vec![("plain", defined.plain)],
        members: Vec::new(),
        evidence: None,
    }
}

/// The names asked about, longest first; where no name was found, the focus or all terms.
fn asked_name(sought: &Sought) -> Vec<String> {
    let mut names: Vec<String> = sought.names.iter().map(|name| name.words.clone()).collect();
    names.sort_by_key(|name| usize::MAX - name.len());
    if names.is_empty() {
        let words: Vec<&str> = sought.terms.iter().filter(|term| term.name).map(|term| term.word.as_str()).collect();
        names.push(words.join(" "));
    }
    names.retain(|name| !name_words(name).is_empty());
    names
}

fn standing(worth: &[Worth], passage: usize, sentence: usize) -> f32 {
    worth.iter().find(|one| one.passage == passage && one.evidence.sentence == sentence).map_or(0.0, |one| one.standing().clamp(-5.0, 5.0))
}

fn new_words(view: &View<'_>, tokens: &Range<usize>, sought: &Sought) -> f32 {
    let new = |cell: &&Cell| matches!(cell.tag, Tag::Noun | Tag::Propn | Tag::Adj) && cell.term.is_none() && !sought.asks_with(&cell.word);
    view.cells(tokens.clone()).iter().filter(new).count() as f32
}

fn says_nothing(view: &View<'_>, tokens: &Range<usize>, sought: &Sought) -> bool {
    !view.cells(tokens.clone()).iter().any(|cell| matches!(cell.tag, Tag::Noun | Tag::Propn)) || new_words(view, tokens, sought) == 0.0
}

/// All names with their definitions, in order, each sentence once.
fn all(views: &[View<'_>]) -> Vec<Defined> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (passage, view) in views.iter().enumerate() {
        for sentence in view.sentences() {
            let start = view.span(view.tokens(sentence)).start;
            if seen.insert((view.record.document.ordinal, start)) {
                found.extend(in_sentence(view, passage, sentence));
            }
        }
    }
    found
}

/// Finds the words that define a name (second argument) in a sentence (third).
type Way = fn(&View<'_>, &Range<usize>, &Range<usize>) -> Option<Range<usize>>;

fn in_sentence(view: &View<'_>, passage: usize, sentence: usize) -> Vec<Defined> {
    let tokens = view.tokens(sentence);
    let names =
        view.record.syntax.mentions.iter().filter(|mention| tokens.contains(&mention.tokens.start) && mention.tokens.end <= tokens.end);
    let ways: [(Way, f32); 4] = [(after_comma, 1.5), (before_comma, 1.2), (directly_before, 1.2), (relative_clause, 0.6)];
    names
        .flat_map(|mention| {
            let name = mention.tokens.clone();
            let one = |(way, plain): (Way, f32)| {
                way(view, &name, &tokens).map(|words| Defined { passage, sentence, name: name.clone(), words, plain })
            };
            ways.into_iter().filter_map(one).collect::<Vec<_>>()
        })
        .collect()
}

fn word<'v>(view: &'v View<'_>, position: usize) -> &'v str {
    view.cells.get(position).map_or("", |cell| cell.word.as_str())
}

fn tag(view: &View<'_>, position: usize) -> Tag {
    view.cells.get(position).map_or(Tag::X, |cell| cell.tag)
}

/// The end of the noun phrase that begins at `start`: up to a comma, a verb, a relative or a closing mark.
fn phrase_end(view: &View<'_>, start: usize, tokens: &Range<usize>) -> usize {
    let goes_on = |position: usize| {
        let verbal = matches!(tag(view, position), Tag::Verb | Tag::Aux) && !inside_phrase(view, position);
        let mark = view.cells.get(position).is_some_and(|cell| {
            matches!(cell.shape, Shape::Punctuation | Shape::Quote) && !matches!(cell.word.as_str(), "-" | "–" | "'" | "&" | "/")
        });
        let relative = matches!(word(view, position), "who" | "which" | "whose" | "whom");
        !(verbal || mark || relative)
    };
    let end = (start..tokens.end).find(|&position| !goes_on(position)).unwrap_or(tokens.end);
    if end > start && describes(view, end) { clause_end(view, end, tokens) } else { end }
}

/// Whether what follows a noun goes on describing it: "that drew up the case", "founded in 1994", "based in Leeds".
fn describes(view: &View<'_>, at: usize) -> bool {
    let relative = matches!(word(view, at), "who" | "which" | "whose") || (word(view, at - 1) == "that" && tag(view, at) != Tag::Noun);
    let participle =
        (word(view, at).ends_with("ed") || word(view, at).ends_with("ing") || matches!(word(view, at), "set" | "made" | "built" | "run"))
            && matches!(word(view, at + 1), "in" | "by" | "at" | "from" | "to" | "for" | "on" | "up" | "with" | "as");
    relative || participle
}

/// Where a clause that describes a noun ends: at the next mark.
fn clause_end(view: &View<'_>, start: usize, tokens: &Range<usize>) -> usize {
    (start..tokens.end)
        .find(|&at| matches!(word(view, at), "," | "." | ";" | ":" | "(" | ")" | "\"" | "\u{201c}" | "\u{201d}"))
        .unwrap_or(tokens.end)
}

/// A participle before a noun ("leading", "retired") is part of the phrase.
fn inside_phrase(view: &View<'_>, position: usize) -> bool {
    let opened = position.checked_sub(1).is_some_and(|before| {
        matches!(tag(view, before), Tag::Det | Tag::Adj)
            || matches!(word(view, before), "'s" | "'" | "its" | "his" | "her" | "their" | "former" | "deputy")
    });
    let named = matches!(tag(view, position + 1), Tag::Noun | Tag::Propn) && tag(view, position) == Tag::Verb;
    (opened && named) || view.cells.get(position).is_some_and(|cell| matches!(cell.relation, Relation::Amod | Relation::Compound))
}

fn is_noun_phrase(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let opens = matches!(tag(view, tokens.start), Tag::Det | Tag::Noun | Tag::Adj | Tag::Propn | Tag::Pron | Tag::Num | Tag::Verb);
    let pronoun = tag(view, tokens.start) == Tag::Pron
        && !matches!(word(view, tokens.start), "its" | "his" | "her" | "their" | "our" | "my" | "whose");
    opens && !pronoun && !tokens.is_empty() && tokens.clone().any(|position| matches!(tag(view, position), Tag::Noun | Tag::Propn))
}

/// "Name, the trust's chairwoman, …": the phrase between the commas. A phrase that is itself only a name defines nothing.
fn after_comma(view: &View<'_>, name: &Range<usize>, tokens: &Range<usize>) -> Option<Range<usize>> {
    if word(view, name.end) != "," && word(view, name.end) != "(" {
        return None;
    }
    let age = usize::from(tag(view, name.end + 1) == Tag::Num && word(view, name.end + 2) == ",") * 2;
    let start = name.end + 1 + age;
    let words = start..phrase_end(view, start, tokens);
    let common = words.clone().any(|position| tag(view, position) == Tag::Noun);
    let closed = matches!(word(view, words.end), "," | ")" | "." | ":" | "who" | "which" | "-" | "–" | ";" | "?")
        || matches!(tag(view, words.end), Tag::Verb);
    let listed = matches!(tag(view, words.end), Tag::Cconj)
        || words.clone().any(|position| {
            matches!(word(view, position), "and" | "or") && view.mention(position + 1).is_some_and(|next| next.kind == EntityKind::Person)
        });
    (common && closed && !listed && is_noun_phrase(view, &words) && words.len() <= 25).then_some(words)
}

/// "Chairman of the board, Name said": the phrase between the sentence's start (or a mark) and the comma before the name.
fn before_comma(view: &View<'_>, name: &Range<usize>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let comma = name.start.checked_sub(1).filter(|&position| position > tokens.start && word(view, position) == ",")?;
    let mut start = comma;
    while start > tokens.start && start_goes_on(view, start - 1) {
        start -= 1;
    }
    let words = start..comma;
    let common =
        words.clone().any(|position| tag(view, position) == Tag::Noun) || words.clone().any(|position| is_role(word(view, position)));
    (common && view.kind(name.start) == Some(EntityKind::Person) && is_noun_phrase(view, &words) && words.len() <= 20).then_some(words)
}

fn start_goes_on(view: &View<'_>, position: usize) -> bool {
    let mark = view
        .cells
        .get(position)
        .is_some_and(|cell| matches!(cell.shape, Shape::Punctuation | Shape::Quote) && !matches!(cell.word.as_str(), "-" | "'" | "’"));
    !(mark || matches!(tag(view, position), Tag::Verb | Tag::Aux | Tag::Sconj))
}

/// "Council chief executive Name", "former captain Name": the nouns right before the name.
fn directly_before(view: &View<'_>, name: &Range<usize>, tokens: &Range<usize>) -> Option<Range<usize>> {
    if view.kind(name.start) != Some(EntityKind::Person) {
        return None;
    }
    let mut start = name.start;
    while start > tokens.start
        && (matches!(tag(view, start - 1), Tag::Noun | Tag::Propn | Tag::Adj)
            || matches!(word(view, start - 1), "'s" | "of" | "for" | "the" | "-" | "its" | "'"))
    {
        start -= 1;
    }
    while start < name.start && matches!(word(view, start), "of" | "for" | "'s" | "-" | "'") {
        start += 1;
    }
    let words = start..name.start;
    let role = words
        .clone()
        .next_back()
        .is_some_and(|last| matches!(tag(view, last), Tag::Noun | Tag::Propn) && is_role(word(view, last)) || tag(view, last) == Tag::Noun);
    (role && is_noun_phrase(view, &words)).then_some(words)
}

/// "Name, who chairs the board": the clause.
fn relative_clause(view: &View<'_>, name: &Range<usize>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let start = name.end + usize::from(word(view, name.end) == ",");
    if !matches!(word(view, start), "who" | "which") {
        return None;
    }
    let end = (start..tokens.end).find(|&position| matches!(word(view, position), "," | "." | ";" | ":" | "\"")).unwrap_or(tokens.end);
    (end - start > 2).then_some(start..end)
}

/// Nouns that name a role where they stand before a name, even if the parser took them for part of it.
fn is_role(word: &str) -> bool {
    const ROLES: &[&str] = &[
        "chairman",
        "chairwoman",
        "chair",
        "chairperson",
        "director",
        "executive",
        "chief",
        "officer",
        "secretary",
        "minister",
        "manager",
        "leader",
        "president",
        "head",
        "inspector",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "captain",
        "coach",
        "editor",
        "councillor",
        "member",
        "mayor",
        "governor",
        "judge",
        "lawyer",
        "solicitor",
        "doctor",
        "nurse",
        "professor",
        "commissioner",
        "administrator",
        "treasurer",
        "founder",
        "owner",
        "author",
        "reporter",
        "correspondent",
        "analyst",
        "economist",
        "consultant",
        "adviser",
        "senator",
        "mp",
    ];
    ROLES.contains(&word)
}

/// "X is a Y": the predicate, for names and for common nouns.
fn copulas(question: &Question, views: &[View<'_>], sought: &Sought, worth: &[Worth]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for one in worth.iter().take(30) {
        let Some(view) = views.get(one.passage) else { continue };
        let tokens = view.tokens(one.evidence.sentence);
        for verb in tokens.clone().filter(|&position| matches!(word(view, position), "is" | "are" | "was" | "were" | "means")) {
            let Some((words, plain)) = predicate(view, verb, &tokens, sought) else { continue };
            let defined = Defined { passage: one.passage, sentence: one.evidence.sentence, name: verb..verb, words: words.clone(), plain };
            found.push(candidate(question, view, &defined, words, BASE + plain + 0.3 * one.standing().clamp(-5.0, 5.0)));
        }
    }
    found
}

/// The words after the verb, where the words before it are what is asked about.
fn predicate(view: &View<'_>, verb: usize, tokens: &Range<usize>, sought: &Sought) -> Option<(Range<usize>, f32)> {
    let start = verb + 1;
    let opens = matches!(tag(view, start), Tag::Det | Tag::Noun | Tag::Adj | Tag::Num | Tag::Propn) || word(view, start) == "one";
    let subject: BTreeSet<usize> = view.cells(tokens.start..verb).iter().filter_map(|cell| cell.term).collect();
    let head = (tokens.start..verb).rev().find(|&position| matches!(tag(view, position), Tag::Noun | Tag::Propn | Tag::Pron | Tag::Verb));
    let ends = head.and_then(|head| view.cells.get(head)).is_some_and(|cell| cell.term.is_some());
    let named: f32 = subject.iter().filter_map(|&term| sought.terms.get(term)).map(|term| term.weight).sum();
    let end =
        (start..tokens.end).find(|&position| matches!(word(view, position), "," | ";" | "." | ":" | "\"" | "but")).unwrap_or(tokens.end);
    let words = start..end;
    let share = named / sought.weight();
    let noun = words.clone().any(|position| tag(view, position) == Tag::Noun);
    let short_subject = verb - tokens.start <= 9;
    (opens && noun && ends && short_subject && share > 0.6 && !words.is_empty()).then_some((words, 2.0 * share - 0.8))
}
