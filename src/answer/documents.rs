//! Questions about documents (who wrote it, when, where, its title) are answered from what is known about them.
//!
//! The answer is cited from the line of the document it stands in; where the document itself does not print it (a date known only
//! from a page's metadata), from the title or the first sentence.

use std::sync::Arc;

use jiff::civil::Date;

use super::citing::citation;
use super::excerpt::Excerpt;
use super::value;
use super::{Answer, Citation, Evidence, Support};
use crate::index::DocumentRecord;
use crate::question::{AnswerType, Field};
use crate::reading::sought::Sought;
use crate::span::Span;
use crate::text::{fold, is_stop_word, stem};

/// Least likeness of a title to the one asked for.
const LIKE: f32 = 0.6;
/// Least share of the question's words that a document not named by its title must have.
const ABOUT: f32 = 0.5;

/// The documents meant, with how surely, and what is known of each; best first.
pub(super) fn answers(evidence: &Evidence<'_>, sought: &Sought, field: Field, title: Option<&str>) -> Vec<Answer> {
    let meant = meant(evidence, sought, title);
    let best = meant.first().map_or(0.0, |(likeness, _)| *likeness);
    let alike = meant.into_iter().filter(|(likeness, _)| best - likeness < 0.05);
    let mut answers: Vec<Answer> = Vec::new();
    for answer in alike.filter_map(|(likeness, document)| answer(evidence, document, field, likeness)) {
        match answers.iter_mut().find(|known| known.text == answer.text) {
            Some(known) => {
                known.citations.extend(answer.citations);
                known.support = Support { documents: known.support.documents + 1, independent: known.support.independent + 1 };
            }
            None => answers.push(answer),
        }
    }
    answers
}

fn meant<'e>(evidence: &Evidence<'e>, sought: &Sought, title: Option<&str>) -> Vec<(f32, &'e Arc<DocumentRecord>)> {
    let allowed = evidence.documents.iter().filter(|document| fits(evidence, document));
    let mut found: Vec<(f32, &Arc<DocumentRecord>)> = match title {
        Some(title) => allowed
            .map(|document| (likeness(title, document.title.as_deref().unwrap_or_default()), document))
            .filter(|(likeness, _)| *likeness >= LIKE)
            .collect(),
        None => allowed.map(|document| (aboutness(evidence, sought, document), document)).filter(|(share, _)| *share >= ABOUT).collect(),
    };
    found.sort_by(|(a, one), (b, two)| b.total_cmp(a).then(one.ordinal.cmp(&two.ordinal)));
    found
}

/// Whether a document lies within the question's limits.
fn fits(evidence: &Evidence<'_>, document: &DocumentRecord) -> bool {
    let constraints = &evidence.question.constraints;
    let from = constraints
        .source
        .as_ref()
        .is_none_or(|source| document.publisher.as_ref().is_some_and(|publisher| same_outlet(source, publisher)));
    let since = constraints.since.is_none_or(|since| document.published.is_some_and(|published| published >= since));
    let until = constraints.until.is_none_or(|until| document.published.is_some_and(|published| published <= until));
    from && since && until
}

fn same_outlet(asked: &str, publisher: &str) -> bool {
    let (asked, publisher) = (stems(asked), stems(publisher));
    !asked.is_empty() && asked.iter().all(|word| publisher.contains(word))
}

fn stems(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}').filter(|word| !word.is_empty());
    words.map(fold).filter(|word| !is_stop_word(word)).map(|word| stem(&word)).collect()
}

/// How alike two titles are: shared words by all words, 0 to 1; 1 where the one asked for is the beginning of the other.
fn likeness(asked: &str, title: &str) -> f32 {
    let (asked, title) = (stems(asked), stems(title));
    if asked.is_empty() || title.is_empty() {
        return 0.0;
    }
    let shared = asked.iter().filter(|word| title.iter().any(|other| near(word, other))).count() as f32;
    let both = 2.0 * shared / (asked.len() + title.len()) as f32;
    let part = if asked.len() >= 3 { 0.95 * shared / asked.len() as f32 } else { 0.0 };
    both.max(part)
}

/// Whether two stems are the same but for a slip of one letter in a longer word.
fn near(one: &str, other: &str) -> bool {
    one == other || (one.len().min(other.len()) > 4 && is_slip(one.as_bytes(), other.as_bytes()))
}

/// Whether one letter put in, left out or changed turns one word into the other.
fn is_slip(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let rest = |word: &[u8], from: usize| word.get(from..).map(<[u8]>::to_vec);
    match long.len() - short.len() {
        0 => rest(short, same + 1) == rest(long, same + 1),
        1 => rest(short, same) == rest(long, same + 1),
        _ => false,
    }
}

/// Share of the question's words that stand in what is known of a document or in the passages found of it.
fn aboutness(evidence: &Evidence<'_>, sought: &Sought, document: &DocumentRecord) -> f32 {
    let lines = document.title.iter().chain(&document.publisher).chain(&document.authors);
    let known = stems(&lines.map(String::as_str).collect::<Vec<_>>().join(" "));
    let title = document.title.as_deref().map(stems).unwrap_or_default();
    let found = evidence.passages.iter().filter(|passage| passage.record.document.ordinal == document.ordinal);
    let text = stems(&found.map(|passage| passage.record.text.as_str()).collect::<Vec<_>>().join(" "));
    let worth = |stem: &String| {
        if title.contains(stem) {
            1.0
        } else if known.contains(stem) {
            0.9
        } else if text.contains(stem) {
            0.6
        } else {
            0.0
        }
    };
    let asked = sought.terms.iter().filter(|term| !is_about_documents(&term.word));
    let (sum, all) = asked.fold((0.0, 0.0), |(sum, all), term| (sum + term.weight * worth(&term.stem), all + term.weight));
    if all > 0.0 { sum / all } else { 0.0 }
}

/// Words that speak of documents as such.
fn is_about_documents(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "write",
        "wrote",
        "written",
        "author",
        "authors",
        "article",
        "articles",
        "report",
        "reports",
        "story",
        "piece",
        "published",
        "publish",
        "publication",
        "date",
        "headline",
        "headlined",
        "title",
        "titled",
        "called",
        "newspaper",
        "paper",
        "outlet",
        "carried",
        "ran",
        "byline",
        "reporter",
        "journalist",
    ];
    WORDS.contains(&word)
}

fn answer(evidence: &Evidence<'_>, document: &Arc<DocumentRecord>, field: Field, likeness: f32) -> Option<Answer> {
    let (text, place) = stated(evidence, document, field)?;
    let excerpt = Excerpt::new(evidence.passages, document);
    let cited = place.and_then(|span| citation(&excerpt, excerpt.sentences(span)?, span, None)).or_else(|| head(&excerpt));
    Some(Answer {
        text: place.and_then(|span| excerpt.slice(span)).unwrap_or(text),
        confidence: (0.3 + 0.65 * likeness).min(0.97),
        answer_type: AnswerType::Metadata,
        value: None,
        members: None,
        citations: vec![cited?],
        support: Support { documents: 1, independent: 1 },
    })
}

/// The title's line, or else the first sentence known.
fn head(excerpt: &Excerpt<'_>) -> Option<Citation> {
    let first = excerpt.windows().first()?.analysis.sentences.first()?.span;
    let title = excerpt.document()?.title.clone().unwrap_or_default();
    let titled = find(excerpt, &title).and_then(|span| excerpt.sentences(span));
    let sentence = titled.unwrap_or(first);
    citation(excerpt, sentence, Span::new(sentence.start, sentence.start), None)
}

/// What a document states about itself, and where in its text.
fn stated(evidence: &Evidence<'_>, document: &DocumentRecord, field: Field) -> Option<(String, Option<Span>)> {
    let excerpt = Excerpt::new(evidence.passages, document);
    let named = |words: &String| (words.clone(), find(&excerpt, words));
    match field {
        Field::Author => authors(&excerpt, &document.authors),
        Field::Publisher => document.publisher.as_ref().map(named),
        Field::Title => document.title.as_ref().map(named),
        Field::Published => document.published.map(|date| (date.to_string(), printed_date(&excerpt, date))),
    }
}

/// All authors as one stretch of text where they stand together, else the first.
fn authors(excerpt: &Excerpt<'_>, authors: &[String]) -> Option<(String, Option<Span>)> {
    let places: Vec<Span> = authors.iter().filter_map(|author| find(excerpt, author)).collect();
    let together = places.iter().copied().reduce(Span::cover).filter(|span| places.len() == authors.len() && span.len() < 120);
    Some((authors.first().map(|_| authors.join(", "))?, together.or(places.first().copied())))
}

/// The first place of some words in the passages known, whatever block they stand in.
fn find(excerpt: &Excerpt<'_>, words: &str) -> Option<Span> {
    if words.is_empty() {
        return None;
    }
    let place = |record: &&crate::index::PassageRecord| record.text.find(words).map(|at| record.span.start + at);
    excerpt.windows().iter().find_map(place).map(|start| Span::new(start, start + words.len()))
}

/// The first place at which the day is printed.
fn printed_date(excerpt: &Excerpt<'_>, date: Date) -> Option<Span> {
    excerpt.windows().iter().find_map(|record| value::place_of_day(record, date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_by_most_of_their_words_and_with_a_slip() {
        assert!(likeness("Barrier approved after vote", "Barrier approved after long vote") > LIKE);
        assert!(likeness("Barier approved", "Barrier approved") > LIKE);
        assert!(likeness("Hospital merger approved", "Barrier approved after long vote") < LIKE);
        assert_eq!(likeness("", "Barrier"), 0.0);
    }
}
