//! A list of questions, quotes and people becomes a list of findings, in order. What cannot be done is told in its place, and the rest goes on.

use jiff::civil::Date;

use super::{AskOptions, Asked, Engine, EngineError, Person, Wanted, Warning};
use crate::answer::Outcome;
use crate::index::QuotationRecord;
use crate::question::Constraints;
use crate::verification::Verdict;

/// What is to be looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inquiry {
    /// A question.
    Question(String),
    /// A quote, and whom it is said to be from.
    Quote {
        /// The words.
        words: String,
        /// The person, where one is named.
        by: Option<String>,
    },
    /// Somebody who may be quoted.
    Person(String),
}

/// What came of it.
#[derive(Debug)]
pub enum Finding {
    /// Of a question.
    Asked(Box<Asked>),
    /// Of a quote.
    Checked(Box<Verdict>),
    /// Of a person.
    Quoted(Box<Profile>),
    /// It could not be done.
    Failed(EngineError),
}

/// What the documents have of somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Those whom the name may mean, the most quoted first.
    pub people: Vec<Person>,
    /// What they are quoted with, in quotation marks and reported.
    pub quotations: Vec<QuotationRecord>,
    /// How many quotations there are in all.
    pub total: usize,
    /// Names that look like one that nobody was found under.
    pub near: Vec<String>,
}

/// Something looked into, and what came of it.
#[derive(Debug)]
pub struct Entry {
    /// What was looked into.
    pub inquiry: Inquiry,
    /// What came of it.
    pub finding: Finding,
    /// What the reader should know beside it.
    pub warnings: Vec<Warning>,
}

/// What was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// How many documents.
    pub documents: usize,
    /// The days of the earliest and the latest that are dated.
    pub days: Option<(Date, Date)>,
    /// The outlets, by name.
    pub outlets: Vec<String>,
}

impl Finding {
    /// Whether anything was found: an answer, a quote confirmed, somebody quoted.
    #[must_use]
    pub fn is_good(&self) -> bool {
        match self {
            Self::Asked(asked) => matches!(asked.outcome, Outcome::Answered { .. }),
            Self::Checked(verdict) => verdict.is_confirmed(),
            Self::Quoted(profile) => profile.total > 0,
            Self::Failed(_) => false,
        }
    }
}

/// How many quotations of somebody are told where nobody says how many.
const QUOTATIONS: usize = 100;
/// How many names are suggested.
const NEAR: usize = 5;

impl Engine {
    /// Looks into everything, in order; `answers` is how many a question gets where `options` do not say.
    #[must_use]
    pub fn dossier(&self, inquiries: Vec<Inquiry>, options: &AskOptions, answers: usize) -> Vec<Entry> {
        let wanted = inquiries.iter().any(|inquiry| matches!(inquiry, Inquiry::Person(_)));
        // Where they cannot be read, their quotations cannot either, and that is told.
        let people = if wanted { self.people().unwrap_or_default() } else { Vec::new() };
        let one = |inquiry: Inquiry| {
            let finding = self.look_into(&inquiry, options, answers, &people).unwrap_or_else(Finding::Failed);
            let warnings = self.beside_finding(&finding, &options.constraints);
            Entry { inquiry, finding, warnings }
        };
        inquiries.into_iter().map(one).collect()
    }

    /// What is searched.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn holdings(&self) -> Result<Holdings, EngineError> {
        let documents = self.documents()?;
        let days = || documents.iter().filter_map(|document| document.published);
        Ok(Holdings { documents: documents.len(), days: days().min().zip(days().max()), outlets: self.outlets()? })
    }

    fn look_into(&self, inquiry: &Inquiry, options: &AskOptions, answers: usize, people: &[Person]) -> Result<Finding, EngineError> {
        Ok(match inquiry {
            Inquiry::Question(words) => {
                let top = if options.top == 0 { answers } else { options.top };
                Finding::Asked(Box::new(self.ask(words, &AskOptions { top, ..options.clone() })?))
            }
            Inquiry::Quote { words, by } => Finding::Checked(Box::new(self.check(words, by.as_deref(), &options.constraints)?)),
            Inquiry::Person(name) => Finding::Quoted(Box::new(self.profile(name, options, people)?)),
        })
    }

    fn profile(&self, name: &str, options: &AskOptions, people: &[Person]) -> Result<Profile, EngineError> {
        let constraints = Constraints { speaker: Some(name.to_owned()), ..options.constraints.clone() };
        let limit = if options.top == 0 { QUOTATIONS } else { options.top };
        let (quotations, total) = self.quotations(&Wanted { constraints, indirect: true, ..Wanted::default() }, limit)?;
        let people: Vec<Person> = people.iter().filter(|person| person.is_called(name)).cloned().collect();
        let near = if total == 0 { self.names_like(name, NEAR)? } else { Vec::new() };
        Ok(Profile { people, quotations, total, near })
    }

    /// Warnings for what a finding rests on.
    fn beside_finding(&self, finding: &Finding, limits: &Constraints) -> Vec<Warning> {
        match finding {
            Finding::Asked(asked) => asked.warnings.clone(),
            Finding::Checked(verdict) => self.beside_verdict(verdict, limits),
            Finding::Quoted(profile) => self.beside_quotations(&profile.quotations, limits),
            Finding::Failed(_) => Vec::new(),
        }
    }
}
