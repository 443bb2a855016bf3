//! A date in an answer is told from the day its document was published: "last Tuesday", "in May", "yesterday" become days that compare.
//!
//! Words that say themselves which way they point ("last year", "four days ago") are always told. A bare "Tuesday" or "in May" is told only
//! of what is surely past, from the verb it belongs to: what is to come may be any Tuesday. What is vague ("last week") stays as it is.

use crate::index::PassageRecord;
use crate::syntax::{self, Relation, Tag, Word};
use crate::text::quantities::{Offset, PartialDate, Quantity};
use crate::text::{Sentence, Text, Token, fold};

use super::Dated;

/// The quantity with its date told from the day of publication, as far as it can be.
pub(super) fn told(quantity: &Quantity, record: &PassageRecord) -> Quantity {
    let told = quantity.date.and_then(|date| tell(date, quantity, record)).filter(|_| quantity.until.is_none());
    match told {
        Some(date) => Quantity { date: Some(date), number: date.ordering_number(), ..quantity.clone() },
        None => quantity.clone(),
    }
}

/// The date as it is written for machines; none of one whose year is not known.
pub(super) fn dated(quantity: &Quantity, stated: bool) -> Option<Dated> {
    let first = quantity.date?.iso()?;
    let iso = match quantity.until {
        Some(until) => format!("{first}/{}", until.iso()?),
        None => first,
    };
    Some(Dated { iso, stated })
}

fn tell(date: PartialDate, quantity: &Quantity, record: &PassageRecord) -> Option<PartialDate> {
    if date.year.is_some() {
        return None;
    }
    let published = record.document.published?;
    let vague = matches!(date.offset, Some(Offset::Weeks(_))) && date.weekday.is_none();
    if vague || date.offset.is_none() && !is_past(record, quantity.tokens.start) {
        return None;
    }
    let told = date.resolve(published);
    let first = told.first_day()?;
    (date.offset.is_some() || first <= published).then_some(told)
}

/// Whether the words at token `at` belong to a verb that tells of something past.
fn is_past(record: &PassageRecord, at: usize) -> bool {
    let sentence = record.analysis.sentences.iter().find(|sentence| sentence.tokens.contains(&at));
    sentence.is_some_and(|sentence| Clause::new(record, sentence).is_past(at - sentence.tokens.start))
}

/// A sentence as a tree.
struct Clause {
    /// Its words, folded.
    forms: Vec<String>,
    /// Heads are positions in it.
    words: Vec<Word>,
}

/// Most steps from a date to the verb it belongs to.
const STEPS: usize = 6;

impl Clause {
    fn new(record: &PassageRecord, sentence: &Sentence) -> Self {
        let here = |token: &Token| Token { span: token.span.relative_to(record.span.start), ..*token };
        let tokens: Vec<Token> = record.analysis.tokens.get(sentence.tokens.clone()).unwrap_or_default().iter().map(here).collect();
        let forms = tokens.iter().map(|token| fold(token.span.slice(&record.text))).collect();
        let all = 0..tokens.len();
        Self { forms, words: syntax::parse(&record.text, &Text { tokens, sentences: Vec::new() }, all) }
    }

    /// Whether the verb that the word at `place` belongs to tells of something past.
    fn is_past(&self, mut place: usize) -> bool {
        for _ in 0..STEPS {
            let Some(word) = self.words.get(place) else { return false };
            if word.tag == Tag::Verb {
                return self.verb_is_past(place);
            }
            if let Some(copula) = self.children(place).find(|(_, word)| word.relation == Relation::Cop) {
                return self.helped(place) || matches!(self.form(copula.0), "was" | "were");
            }
            match word.head {
                Some(head) => place = head as usize,
                None => return false,
            }
        }
        false
    }

    fn verb_is_past(&self, verb: usize) -> bool {
        let own = self.form(verb);
        !EXPECTING.contains(&own) && (self.helped(verb) || self.helpers(verb).next().is_none() && is_past_form(own))
    }

    /// Whether helping words make the word at `place` one of the past, and none of what is ahead.
    fn helped(&self, place: usize) -> bool {
        let past = |helper: &str| matches!(helper, "was" | "were" | "had" | "did" | "has" | "have" | "'ve");
        self.helpers(place).any(past) && !self.helpers(place).any(|helper| AHEAD.contains(&helper))
    }

    fn helpers(&self, of: usize) -> impl Iterator<Item = &str> {
        let helps = |word: &Word| {
            word.tag == Tag::Aux && word.relation != Relation::Cop || word.tag == Tag::Part && word.relation == Relation::Mark
        };
        self.children(of).filter(move |(_, word)| helps(word)).map(|(at, _)| self.form(at))
    }

    fn children(&self, of: usize) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().enumerate().filter(move |(_, word)| word.head.is_some_and(|head| head as usize == of))
    }

    fn form(&self, at: usize) -> &str {
        self.forms.get(at).map_or("", String::as_str)
    }
}

/// Helping words of what is not, or not yet.
const AHEAD: &[&str] = &[
    "will", "'ll", "wo", "would", "'d", "can", "ca", "could", "may", "might", "must", "shall", "should", "to", "is", "are", "am", "be",
    "being",
];

/// Verbs in the past whose date is still to come: "was expected on Tuesday".
const EXPECTING: &[&str] =
    &["expected", "due", "planned", "scheduled", "set", "slated", "supposed", "promised", "hoped", "intended", "meant"];

/// Whether a verb's form is of the past: not its base, and neither of the present nor an "-ing".
fn is_past_form(word: &str) -> bool {
    syntax::lemma(word, Tag::Verb) != word && !word.ends_with('s') && !word.ends_with("ing")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::corpus::BlockKind;
    use crate::index::DocumentRecord;
    use crate::reading::amounts;
    use crate::span::Span;
    use crate::text;

    /// What the only date of a sentence printed on Wednesday, 15 October 2014 is told to be.
    #[track_caller]
    fn check(sentence: &str, expected: Option<&str>) {
        let span = Span::new(0, sentence.len());
        let analysis = text::analyze(sentence, &[span]);
        let syntax = syntax::analyze(sentence, &analysis);
        let published = Some(date(2014, 10, 15));
        let document = DocumentRecord {
            ordinal: 0,
            id: String::new(),
            path: String::new(),
            title: None,
            publisher: None,
            authors: Vec::new(),
            published,
            digest: String::new(),
            cluster: 0,
        };
        let blocks = vec![BlockKind::Paragraph; analysis.sentences.len()];
        let text = sentence.to_owned();
        let record = PassageRecord { document: Arc::new(document), span, text, analysis, blocks, syntax, quotations: Vec::new() };
        let found = amounts::find(&record).into_iter().find(|amount| amount.date.is_some()).map(|amount| told(&amount, &record));
        let iso = found.and_then(|amount| dated(&amount, false)).map(|dated| dated.iso);
        assert_eq!(iso.as_deref(), expected, "{sentence}");
    }

    #[test]
    fn words_that_point_are_told() {
        check("The weir collapsed last Tuesday.", Some("2014-10-14"));
        check("The weir collapsed on Tuesday last week.", Some("2014-10-07"));
        check("The mill closed in September last year.", Some("2013-09"));
        check("The weir collapsed yesterday.", Some("2014-10-14"));
        check("The ferry sank four years ago.", Some("2010"));
        check("The court will sit tomorrow.", Some("2014-10-16"));
        check("The mill opened on 4 May 1911.", Some("1911-05-04"));
    }

    #[test]
    fn bare_days_and_months_are_told_of_the_past_alone() {
        check("The weir collapsed on Monday.", Some("2014-10-13"));
        check("The owners said on Tuesday that they had no money.", Some("2014-10-14"));
        check("The bridge was closed in December.", Some("2013-12"));
        check("The mill opened on 4 May.", Some("2014-05-04"));
        check("The ferry has not run since August.", Some("2014-08"));
        check("The weir will be mended on Monday.", None);
        check("The court is to sit on Monday.", None);
        check("Repairs begin in June.", None);
        check("A ruling was expected on Monday.", None);
    }

    #[test]
    fn what_is_vague_stays_as_it_is() {
        check("The weir collapsed last week.", None);
        check("The weir collapsed three weeks ago.", None);
    }
}
