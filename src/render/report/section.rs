//! A finding becomes a section of a report: what was asked, what was found, and the places that bear it out. Words are still as the documents and
//! the user wrote them; the printers escape them.

use std::ops::Range;

use crate::answer::{Answer, Citation, Member, NoAnswer, Outcome};
use crate::engine::{Asked, EngineError, Entry, Finding, Inquiry, Person, Profile};
use crate::index::{DocumentRecord, QuotationRecord};
use crate::quotation::{QuotationKind, Speaker};
use crate::render::page::{Ink, Opening};
use crate::render::terminal::{attribution_line, checked_line, nowhere_line, support_line, wording_line};
use crate::span::Span;
use crate::verification::{Context, Difference, Match, Operation, Verdict, Wording};

/// What was asked, what was found, and where it stands.
#[derive(Debug)]
pub(super) struct Section<'e> {
    pub(super) kind: &'static str,
    pub(super) heading: &'e str,
    /// What was found, a line each, good or bad.
    pub(super) findings: Vec<(Ink, String)>,
    /// What else there is to know: a name and its value.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) groups: Vec<Group<'e>>,
    pub(super) notes: Vec<String>,
}

/// Places that belong together.
#[derive(Debug)]
pub(super) struct Group<'e> {
    pub(super) heading: String,
    pub(super) places: Vec<Place<'e>>,
}

/// Words of a document with everything that leads back to them.
#[derive(Debug)]
pub(super) struct Place<'e> {
    /// What these words bear out, where that has to be said.
    pub(super) lead: Option<String>,
    /// The words and where in them the answer stands; none where the text does not print what is known.
    pub(super) words: Option<(String, Option<Range<usize>>)>,
    pub(super) difference: &'e [Difference],
    pub(super) speaker: Option<&'e Speaker>,
    pub(super) document: &'e DocumentRecord,
    /// Where they stand, in bytes.
    pub(super) span: Span,
    /// In how many copies of the report they stand too.
    pub(super) copies: usize,
}

impl<'e> Section<'e> {
    /// The section of one entry.
    pub(super) fn new(entry: &'e Entry) -> Self {
        let (kind, heading) = match &entry.inquiry {
            Inquiry::Question(words) => ("Question", words),
            Inquiry::Quote { words, .. } => ("Quote", words),
            Inquiry::Person(name) => ("Person", name),
        };
        let blank = Self { kind, heading, findings: Vec::new(), facts: Vec::new(), groups: Vec::new(), notes: notes(entry) };
        match &entry.finding {
            Finding::Asked(asked) => blank.asked(asked),
            Finding::Checked(verdict) => blank.checked(verdict, &entry.inquiry),
            Finding::Quoted(profile) => blank.quoted(profile),
            Finding::Failed(error) => blank.failed(error),
        }
    }

    fn asked(self, asked: &'e Asked) -> Self {
        match &asked.outcome {
            Outcome::Unanswered(nothing) => self.unanswered(asked, nothing),
            Outcome::Answered { answers, conflicts } => {
                let differing = |positions: &[usize]| {
                    let texts: Vec<&str> = positions.iter().filter_map(|&at| answers.get(at)).map(|answer| answer.text.as_str()).collect();
                    (Ink::Doubt, format!("The sources differ: {}.", texts.join("; ")))
                };
                let best = answers.first().map(|answer| (Ink::Good, format!("Answered: {}", in_words(answer))));
                let findings = best.into_iter().chain(conflicts.iter().map(|conflict| differing(&conflict.answers))).collect();
                let numbered = answers.len() > 1;
                let groups = answers.iter().enumerate().map(|(at, answer)| Group::answer(numbered.then_some(at + 1), answer)).collect();
                Self { findings, groups, ..self }
            }
        }
    }

    fn unanswered(self, asked: &Asked, nothing: &'e NoAnswer) -> Self {
        let words: Vec<&str> = asked.question.terms.iter().map(|term| term.word.as_str()).collect();
        let findings = vec![(Ink::Doubt, format!("The documents do not say. {}", nothing.reason))];
        let facts = vec![("Words looked for", words.join(", "))];
        let places = nothing.nearest.iter().map(|citation| Place::citation(citation, false)).collect();
        Self { findings, facts, groups: Group::of("What came nearest", places), ..self }
    }

    fn checked(self, verdict: &'e Verdict, inquiry: &Inquiry) -> Self {
        let (line, ink) = wording_line(verdict.wording);
        let nowhere = verdict.wording == Wording::NotFound;
        let wording = if nowhere { nowhere_line(verdict.searched) } else { line.to_owned() };
        let context = match verdict.context {
            Some(Context::Full) => Some((Ink::Good, "Whole: nothing around it changes it.".to_owned())),
            Some(Context::Truncated) => Some((Ink::Doubt, "Cut: read what stands around it.".to_owned())),
            None => None,
        };
        let speaker = attribution_line(verdict).map(|(line, ink)| (ink, line));
        let claim = match inquiry {
            Inquiry::Quote { by: Some(name), .. } => Some(("Said to be from", name.clone())),
            _ => None,
        };
        let facts =
            [claim, checked_line(verdict).map(|line| ("What was checked", line)), support_line(verdict).map(|line| ("Support", line))];
        let heading = if nowhere { "What came nearest" } else { "Where the words stand" };
        let places = verdict.matches.iter().map(Place::found).collect();
        Self {
            findings: [Some((ink, wording)), speaker, context].into_iter().flatten().collect(),
            facts: facts.into_iter().flatten().collect(),
            groups: Group::of(heading, places),
            ..self
        }
    }

    fn quoted(self, profile: &'e Profile) -> Self {
        let finding = match (profile.total, profile.people.len()) {
            (0, _) => (Ink::Doubt, "Nobody of that name is quoted in these documents.".to_owned()),
            (1, _) => (Ink::Good, "Quoted once.".to_owned()),
            (total, 0 | 1) => (Ink::Good, format!("{total} quotations.")),
            (total, people) => {
                (Ink::Doubt, format!("{total} quotations; the name may mean {people} people, who are told apart by their names."))
            }
        };
        let near = (!profile.near.is_empty()).then(|| ("Names like it", profile.near.join(", ")));
        let shown = profile.quotations.len();
        let rest = (shown < profile.total).then(|| ("Shown", format!("{shown} of {}", profile.total)));
        let facts = profile.people.iter().flat_map(figures).chain(near).chain(rest).collect();
        let places = profile.quotations.iter().map(Place::quotation).collect();
        Self { findings: vec![finding], facts, groups: Group::of("Quotations", places), ..self }
    }

    fn failed(self, error: &EngineError) -> Self {
        let hint = error.hint().map(|hint| ("What can be done", hint));
        Self { findings: vec![(Ink::Bad, format!("This could not be done: {error}"))], facts: hint.into_iter().collect(), ..self }
    }
}

/// What the reader should know beside a finding.
fn notes(entry: &Entry) -> Vec<String> {
    let path = |path: &Option<String>| path.as_deref().map(|path| format!("{path}: ")).unwrap_or_default();
    entry.warnings.iter().map(|warning| format!("{}{}", path(&warning.path), warning.message)).collect()
}

/// An answer with how sure it is.
fn in_words(answer: &Answer) -> String {
    let percent = (answer.confidence * 100.0).round();
    let members = answer.members.as_ref().map(|members| members.iter().map(|member| member.text.as_str()).collect::<Vec<_>>().join("; "));
    format!("{} ({percent:.0} % sure)", members.as_deref().unwrap_or(&answer.text))
}

fn figures(person: &Person) -> Vec<(&'static str, String)> {
    let counted = |list: &[(String, usize)]| list.iter().map(|(name, count)| format!("{name} ({count})")).collect::<Vec<_>>().join(", ");
    let years = person.years.iter().map(|(year, count)| format!("{year} ({count})")).collect::<Vec<_>>().join(", ");
    let rows = [
        ("Name", person.name.clone()),
        ("Role", person.role.clone().unwrap_or_default()),
        ("In quotation marks", person.quoted.to_string()),
        ("In reported speech", person.reported.to_string()),
        ("Documents", person.documents.to_string()),
        ("Outlets", counted(&person.outlets)),
        ("Years", years),
        ("Words they use more than others", counted(&person.subjects)),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

impl<'e> Group<'e> {
    /// One group, or none where it has no places.
    fn of(heading: &str, places: Vec<Place<'e>>) -> Vec<Self> {
        if places.is_empty() { Vec::new() } else { vec![Self { heading: heading.to_owned(), places }] }
    }

    fn answer(number: Option<usize>, answer: &'e Answer) -> Self {
        let number = number.map(|number| format!("{number}. ")).unwrap_or_default();
        let support = match answer.support.documents {
            0 | 1 => String::new(),
            documents => format!(", in {documents} documents, {} of them independent", answer.support.independent),
        };
        let places = match &answer.members {
            Some(members) => match members_by_sentence(members) {
                // The heading has them already.
                one if one.len() == 1 => one.into_iter().map(|place| Place { lead: None, ..place }).collect(),
                several => several,
            },
            None => answer.citations.iter().map(|citation| Place::citation(citation, true)).collect(),
        };
        Self { heading: format!("{number}{}{support}", in_words(answer)), places }
    }
}

/// The members of a list, those of one sentence together.
fn members_by_sentence(members: &[Member]) -> Vec<Place<'_>> {
    let mut places: Vec<Place<'_>> = Vec::new();
    for member in members {
        let place = Place { lead: Some(member.text.clone()), ..Place::citation(&member.citation, false) };
        match places.last_mut() {
            Some(last) if last.span == place.span && last.document.id == place.document.id => {
                last.lead = last.lead.take().map(|lead| format!("{lead}; {}", member.text));
            }
            _ => places.push(place),
        }
    }
    places
}

impl<'e> Place<'e> {
    fn at(document: &'e DocumentRecord, span: Span) -> Self {
        Self { lead: None, words: None, difference: &[], speaker: None, document, span, copies: 0 }
    }

    fn citation(citation: &'e Citation, marked: bool) -> Self {
        let place = Self { speaker: citation.speaker.as_ref(), ..Self::at(&citation.document, citation.span) };
        if citation.is_from_metadata() {
            return place;
        }
        let inside = marked && citation.span.contains(citation.answer_span);
        let answer = citation.answer_span.relative_to(citation.span.start);
        Self { words: Some((citation.sentence.clone(), inside.then_some(answer.start..answer.end))), ..place }
    }

    fn found(found: &'e Match) -> Self {
        let marked = found.passage.find(&found.text).map(|at| at..at + found.text.len());
        let differs = found.diff.iter().any(|step| step.operation != Operation::Equal);
        Self {
            words: Some((found.passage.clone(), marked)),
            difference: if differs { &found.diff } else { &[] },
            speaker: found.speaker.as_ref(),
            ..Self::at(&found.document, found.span)
        }
    }

    fn quotation(record: &'e QuotationRecord) -> Self {
        let reported = record.quotation.kind == QuotationKind::Indirect;
        Self {
            lead: reported.then(|| "Reported, without quotation marks".to_owned()),
            words: Some((record.pieces.join(" … "), None)),
            speaker: record.quotation.speaker.as_ref(),
            copies: record.also.len(),
            ..Self::at(&record.document, record.quotation.span())
        }
    }

    /// The command that opens the place.
    pub(super) fn command(&self, opening: &Opening, characters: &Range<usize>) -> String {
        match &self.words {
            Some(_) => opening.command(&self.document.id, characters.start, characters.end),
            None => opening.whole(&self.document.id).unwrap_or_default(),
        }
    }
}
