//! Questions about documents (who wrote it, when, where, its title) are answered from what is known about them.
//!
//! The answer is cited from the line of the document it stands in; where the text does not print it (a date known only from a page's
//! metadata), the citation names the document alone: no sentence is shown as if it held it.

use std::rc::Rc;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Answer, Citation, Evidence, Member, Support};
use crate::index::DocumentRecord;
use crate::question::{AnswerType, Constraints, Field};
use crate::reading::sought::{Sought, SoughtTerm};
use crate::span::Span;
use crate::text::quantities::{self, PartialDate};
use crate::text::{MONTHS, fold, is_stop_word, stem};

/// Least likeness of a title to the one asked for.
const LIKE: f32 = 0.6;
/// Least share of the question's words that a document not named by its title must have.
const ABOUT: f32 = 0.5;

/// Words of the question that weigh this share of the heaviest must stand in a document not named by its title.
const HEAVY: f32 = 0.75;

/// A document that may be meant, and how well it fits the description, 0 to 1.
pub(super) type Meant<'e> = (f32, &'e Arc<DocumentRecord>);

/// What is known of the documents meant, best first.
pub(super) fn answers(evidence: &Evidence<'_>, meant: &[Meant<'_>], field: Field) -> Vec<Answer> {
    let best = meant.first().map_or(0.0, |(likeness, _)| *likeness);
    let alike = meant.iter().filter(|(likeness, _)| best - likeness < 0.05);
    let mut answers: Vec<Answer> = Vec::new();
    for answer in alike.filter_map(|&(likeness, document)| answer(document, field, likeness)) {
        match answers.iter_mut().find(|known| known.text == answer.text) {
            Some(known) => {
                known.citations.extend(answer.citations);
                known.support = Support { documents: known.support.documents + 1, independent: known.support.independent + 1 };
            }
            None => answers.push(answer),
        }
    }
    if asks_for_several(evidence, field) { together(answers) } else { answers }
}

/// Why nothing is answered, no document fits or the one that fits does not state it; and whether that settles the question.
pub(super) fn reason(evidence: &Evidence<'_>, meant: &[Meant<'_>], field: Field, title: Option<&str>) -> (String, bool) {
    let what = match field {
        Field::Author => "an author",
        Field::Published => "a date of publication",
        Field::Publisher => "its outlet",
        Field::Title => "a title",
    };
    let Some((_, document)) = meant.first() else {
        return ("No document in this folder goes by that description.".to_owned(), false);
    };
    let shown = document.title.as_ref().map_or_else(|| document.id.clone(), |title| format!("\u{201c}{title}\u{201d}"));
    // "Which newspaper printed his letter?" may ask what a document tells.
    let settled = title.is_some() || field != Field::Publisher || evidence.look.question.names_press_item();
    (format!("The document that fits best, {shown}, does not name {what}."), settled)
}

/// The documents a question may mean, by the title it names or by what it says of them; the best first.
pub(super) fn meant<'e>(evidence: &Evidence<'e>, title: Option<&str>) -> Vec<Meant<'e>> {
    // There may be very many documents: what is asked for is cut into stems once.
    let limits = Limits::new(&evidence.look.question.constraints);
    let described = Described::new(&evidence.look.sought, &evidence.look.question.constraints);
    let allowed = evidence.documents.iter().filter(|document| limits.admit(document));
    let mut found: Vec<Meant<'_>> = match title.map(stems) {
        Some(asked) => allowed
            .map(|document| (likeness(&asked, document.title.as_deref().unwrap_or_default()), document))
            .filter(|(likeness, _)| *likeness >= LIKE)
            .collect(),
        None => {
            allowed.map(|document| (aboutness(evidence, &described, document), document)).filter(|(share, _)| *share >= ABOUT).collect()
        }
    };
    found.sort_by(|(a, one), (b, two)| b.total_cmp(a).then(one.ordinal.cmp(&two.ordinal)));
    found
}

/// A question's limits.
struct Limits<'q> {
    constraints: &'q Constraints,
    /// The stems of the outlet's name, where one is named.
    source: Option<Vec<String>>,
}

impl<'q> Limits<'q> {
    fn new(constraints: &'q Constraints) -> Self {
        Self { constraints, source: constraints.source.as_deref().map(stems) }
    }

    /// Whether a document lies within them.
    fn admit(&self, document: &DocumentRecord) -> bool {
        let since = self.constraints.since.is_none_or(|since| document.published.is_some_and(|published| published >= since));
        let until = self.constraints.until.is_none_or(|until| document.published.is_some_and(|published| published <= until));
        // "Ada Brill's article" reads like "the Courier's article".
        let names = || document.publisher.iter().chain(&document.authors);
        since && until && self.source.as_ref().is_none_or(|asked| names().any(|name| names_all(asked, name)))
    }
}

/// Whether an outlet's or author's name has all the stems.
fn names_all(asked: &[String], name: &str) -> bool {
    let name = stems(name);
    !asked.is_empty() && asked.iter().all(|word| name.contains(word))
}

fn stems(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}').filter(|word| !word.is_empty());
    words.map(fold).filter(|word| !is_stop_word(word)).map(|word| stem(&word)).collect()
}

/// How alike two titles are, the one asked for given by its stems: shared words by all words, 0 to 1; 1 where the one asked for is the beginning of the other.
fn likeness(asked: &[String], title: &str) -> f32 {
    let title = stems(title);
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
fn aboutness(evidence: &Evidence<'_>, described: &Described<'_>, document: &DocumentRecord) -> f32 {
    let lines = document.publisher.iter().chain(&document.authors);
    let known = stems(&lines.map(String::as_str).collect::<Vec<_>>().join(" "));
    let title = document.title.as_deref().map(stems).unwrap_or_default();
    let found = evidence.look.passages.iter().filter(|passage| passage.record.document.ordinal == document.ordinal);
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
    // A report of a ferry's loss is not the one of its sale: what weighs much must be there.
    if described.heavy.iter().any(|term| worth(&term.stem) == 0.0) {
        return 0.0;
    }
    let (sum, all) = described.terms.iter().fold((0.0, 0.0), |(sum, all), term| (sum + term.weight * worth(&term.stem), all + term.weight));
    // "Which articles were published in May": the limits say it all.
    if all > 0.0 { sum / all } else { f32::from(u8::from(described.limited)) }
}

/// What a question says of the documents it means.
struct Described<'e> {
    terms: Vec<&'e SoughtTerm>,
    /// Those that weigh much among them.
    heavy: Vec<&'e SoughtTerm>,
    /// Whether it limits them by outlet or date.
    limited: bool,
}

impl<'e> Described<'e> {
    fn new(sought: &'e Sought, limits: &Constraints) -> Self {
        let dated = limits.since.is_some() || limits.until.is_some();
        let terms: Vec<&SoughtTerm> =
            sought.terms.iter().filter(|term| !(is_about_documents(&term.word) || dated && is_of_date(&term.word))).collect();
        let heaviest = terms.iter().map(|term| term.weight).fold(0.0, f32::max);
        let heavy = terms.iter().copied().filter(|term| term.weight >= HEAVY * heaviest).collect();
        Self { terms, heavy, limited: limits.source.is_some() || dated }
    }
}

/// A year, a day of a month, or a month's name.
fn is_of_date(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit()) || MONTHS.contains(&word)
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

fn answer(document: &Arc<DocumentRecord>, field: Field, likeness: f32) -> Option<Answer> {
    Some(Answer {
        text: stated(document, field)?,
        confidence: (0.3 + 0.65 * likeness).min(0.97),
        answer_type: AnswerType::Metadata,
        value: None,
        date: None,
        members: None,
        citations: vec![unplaced(document)],
        support: Support { documents: 1, independent: 1 },
        also: Vec::new(),
    })
}

/// A citation of what is known about a document but stands nowhere in its text, or not yet known where.
fn unplaced(document: &Arc<DocumentRecord>) -> Citation {
    let nowhere = Span::default();
    Citation { document: Arc::clone(document), sentence: String::new(), span: nowhere, answer_span: nowhere, speaker: None, quoted: false }
}

/// What a document states about itself.
fn stated(document: &DocumentRecord, field: Field) -> Option<String> {
    match field {
        Field::Author => (!document.authors.is_empty()).then(|| document.authors.join(", ")),
        Field::Publisher => document.publisher.clone(),
        Field::Title => document.title.clone(),
        Field::Published => document.published.map(|date| date.to_string()),
    }
}

/// Several answers to a question that asks for several ("which articles") as the members of one.
fn together(answers: Vec<Answer>) -> Vec<Answer> {
    let Some(first) = answers.first().filter(|_| answers.len() > 1).cloned() else { return answers };
    let member = |answer: &Answer| Some(Member { text: answer.text.clone(), citation: answer.citations.first()?.clone() });
    let documents = answers.iter().map(|answer| answer.support.documents).sum();
    let members: Vec<Member> = answers.iter().filter_map(member).collect();
    let citations = members.iter().map(|member| member.citation.clone()).collect();
    vec![Answer { members: Some(members), citations, support: Support { documents, independent: documents }, ..first }]
}

/// Whether the question asks for several documents.
fn asks_for_several(evidence: &Evidence<'_>, field: Field) -> bool {
    let head = evidence.look.question.focus.last().and_then(|&head| evidence.look.question.text.tokens.get(head));
    let several = head.is_some_and(|head| {
        matches!(
            fold(head.span.slice(&evidence.look.question.words)).as_str(),
            "articles" | "stories" | "pieces" | "columns" | "editorials" | "features"
        )
    });
    field == Field::Title && several
}

/// Gives the answers about documents their places in the documents' texts, as far as what they state stands there.
pub(super) fn place(answers: Vec<Answer>, field: Field, text: &dyn Fn(&DocumentRecord) -> Option<Rc<str>>) -> Vec<Answer> {
    answers.into_iter().map(|answer| placed(answer, field, text)).collect()
}

fn placed(answer: Answer, field: Field, text: &dyn Fn(&DocumentRecord) -> Option<Rc<str>>) -> Answer {
    let found = |citation: &Citation| text(&citation.document).and_then(|text| printed(&citation.document, field, &text));
    let citations: Vec<Citation> = answer.citations.iter().map(|citation| found(citation).unwrap_or_else(|| citation.clone())).collect();
    let words = |citation: &Citation| citation.answer_span.relative_to(citation.span.start).slice(&citation.sentence).to_owned();
    let members = answer.members.map(|members| {
        members.into_iter().zip(&citations).map(|(member, citation)| Member { citation: citation.clone(), ..member }).collect()
    });
    let text = citations.first().map(words).filter(|words| !words.is_empty()).unwrap_or(answer.text);
    Answer { text, citations, members, ..answer }
}

/// The line of a document's text that prints what it states about itself.
fn printed(document: &Arc<DocumentRecord>, field: Field, text: &str) -> Option<Citation> {
    let (line, answer) = lines(text)
        .filter_map(|line| Some((line, at(within(document, field, line.slice(text))?, line.start))))
        .min_by_key(|(line, answer)| (rank(field, line.slice(text), answer.relative_to(line.start)), line.start))?;
    let sentence = if line.len() <= LONGEST { line } else { sentence(text, line, answer)? };
    let words = sentence.slice(text).to_owned();
    Some(Citation { sentence: words, span: sentence, answer_span: answer, ..unplaced(document) })
}

/// A span of a line as one of the text.
fn at(span: Span, start: usize) -> Span {
    Span::new(start + span.start, start + span.end)
}

/// Longest line cited whole, in bytes.
const LONGEST: usize = 300;

fn sentence(text: &str, line: Span, answer: Span) -> Option<Span> {
    let sentences = crate::text::analyze(text, &[line]).sentences;
    sentences.into_iter().map(|sentence| sentence.span).filter(|span| span.overlaps(answer)).reduce(Span::cover)
}

/// The lines of a text, without the white space around them.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        (!span.is_empty()).then_some(span)
    })
}

/// Where a line prints it, in bytes of the line.
fn within(document: &DocumentRecord, field: Field, line: &str) -> Option<Span> {
    let find = |words: &str| whole_words(line, words);
    match field {
        Field::Author => {
            let places: Vec<Span> = document.authors.iter().filter_map(|author| find(author)).collect();
            places.into_iter().reduce(Span::cover).filter(|span| span.len() < 120)
        }
        Field::Publisher => find(document.publisher.as_deref()?),
        Field::Title => find(document.title.as_deref()?),
        Field::Published => day(line, document.published?),
    }
}

/// The first place where words stand in a line with no letter on either side.
fn whole_words(line: &str, words: &str) -> Option<Span> {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    line.match_indices(words).find_map(|(at, found)| {
        let (before, after) = (line.get(..at)?.chars().next_back(), line.get(at + found.len()..)?.chars().next());
        (!words.is_empty() && apart(before) && apart(after)).then(|| Span::new(at, at + found.len()))
    })
}

/// Where a line prints a day with its year.
fn day(line: &str, day: Date) -> Option<Span> {
    if !line.contains(&day.year().to_string()) {
        return None;
    }
    let words = crate::text::analyze(line, &[Span::new(0, line.len())]);
    let same = |date: PartialDate| date.day == Some(day.day()) && date.month == Some(day.month()) && date.year == Some(day.year());
    quantities::find(line, &words.tokens).into_iter().find(|quantity| quantity.date.is_some_and(same)).map(|quantity| quantity.span)
}

/// How little a line looks like the place where a document states it: bylines and lines of its own go before sentences.
fn rank(field: Field, line: &str, answer: Span) -> u8 {
    let before = fold(line.get(..answer.start).unwrap_or_default());
    let introduced = before.is_empty() || before.trim_end().ends_with([':', '|']) || before.trim() == "by" || before.ends_with(" by ");
    let alone = answer.len() == line.len();
    match field {
        Field::Title | Field::Publisher if alone => 0,
        Field::Author | Field::Title | Field::Publisher if introduced => 1,
        _ if line.len() <= 120 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_by_most_of_their_words_and_with_a_slip() {
        let likeness = |asked, title| super::likeness(&stems(asked), title);
        assert!(likeness("Barrier approved after vote", "Barrier approved after long vote") > LIKE);
        assert!(likeness("Barier approved", "Barrier approved") > LIKE);
        assert!(likeness("Hospital merger approved", "Barrier approved after long vote") < LIKE);
        assert_eq!(likeness("", "Barrier"), 0.0);
    }
}
