//! The user's words become a [`Question`]: answer type, focus, constraints. Pure.
//!
//! Rules decide where the wording is certain ("how many", "who said"); a linear classifier decides the rest ("what", "which").

mod asking;
mod classes;
mod classifier;
mod constraints;
mod day;
mod deciding;
mod documents;
mod features;
mod gazetteer;
mod nouns;
mod oddities;
mod plural;
mod press;
mod speech;
mod terms;
pub mod training;
mod wording;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::day::day;
pub use self::oddities::{Oddity, oddities};

use self::asking::{Asking, Manner};
use self::constraints::Limits;
use self::plural::singular;
use self::press::is_press_item;
use self::speech::Speech;
use self::wording::Wording;
use crate::syntax::Syntax;
use crate::text::quantities::PartialDate;
use crate::text::{Text, fold};

/// A question, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The words as asked.
    pub words: String,
    /// The words, cut and analysed.
    pub text: Text,
    /// Parts of speech and names of the words.
    pub syntax: Syntax,
    /// What kind of thing answers it.
    pub answer_type: AnswerType,
    /// Further kinds of thing that may answer it, the likeliest first ("who" asks for a person; an organization may answer).
    pub accepts: Vec<AnswerType>,
    /// How many members the list asked for has, if the question says so ("which five councils").
    pub members: Option<usize>,
    /// What the answer is one of ("councils" in "How many councils …"), as positions in the question's tokens; empty if nothing is named.
    pub focus: Vec<usize>,
    /// What is asked of: a fact, an utterance, a document's data.
    pub subject: Subject,
    /// The words a passage should contain, without question words and stop words.
    pub terms: Vec<Term>,
    /// Limits the user set in words or by options.
    pub constraints: Constraints,
    /// Whom the answer is to be from, where the words leave open whether that is an outlet or a speaker ("according to Ofsted").
    /// It limits nothing by itself: its words stand in the terms.
    pub according_to: Option<String>,
}

impl Question {
    /// Whether a noun of the press stands in it ("article", "headline"), so that it speaks of documents whatever else it may mean.
    pub(crate) fn names_press_item(&self) -> bool {
        self.text.tokens.iter().any(|token| is_press_item(&singular(&fold(token.span.slice(&self.words)))))
    }
}

/// A content word of the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Position in the question's tokens.
    pub token: usize,
    /// Lower-cased word.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// How much it matters, 0 to 1 (names and numbers more than verbs; words of the constraint less).
    pub weight: f32,
}

/// What kind of thing answers a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerType {
    /// A person's name.
    Person,
    /// An organization's name.
    Organization,
    /// A place.
    Place,
    /// A date or time.
    Date,
    /// A length of time.
    Duration,
    /// An age.
    Age,
    /// A count or measure.
    Number,
    /// A fraction or percentage.
    Share,
    /// A sum of money.
    Money,
    /// Several things.
    List,
    /// Somebody's role, or what a thing is.
    Definition,
    /// Why.
    Reason,
    /// What somebody said.
    Statement,
    /// Title, author, outlet or date of a document.
    Metadata,
    /// Yes or no, with the sentence that decides it.
    YesNo,
    /// Any other thing.
    Thing,
}

/// What is asked of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A fact in the documents' words.
    Fact,
    /// What a person said ("what did X say about Y"); the speaker in [`Constraints::speaker`].
    SaidBy,
    /// Who said something ("who warned that Y").
    WhoSaid,
    /// A property of a document; the title asked about, if one was named.
    Document {
        /// Which property.
        field: Field,
        /// The title or part of it.
        title: Option<String>,
    },
}

/// A property of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Who wrote it.
    Author,
    /// When it was published.
    Published,
    /// Which outlet it is from.
    Publisher,
    /// What it is called.
    Title,
}

/// Limits on where an answer may come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Only from this outlet.
    pub source: Option<String>,
    /// Only from documents published on or after this day.
    pub since: Option<Date>,
    /// Only from documents published on or before this day.
    pub until: Option<Date>,
    /// Only what this person said.
    pub speaker: Option<String>,
}

/// Reads a question. `options` are limits set beside the words; they win over limits set in them.
///
/// ```
/// use sayso::question::{AnswerType, Constraints, Subject, parse};
///
/// let question = parse("Who warned that the pumps would fail?", &Constraints::default());
/// assert_eq!((question.answer_type, question.subject), (AnswerType::Person, Subject::WhoSaid));
/// ```
#[must_use]
pub fn parse(words: &str, options: &Constraints) -> Question {
    read(words, options, documents::find)
}

/// Reads a question as one about what the documents tell, not about the documents themselves: "Which newspaper printed his letter?"
/// may ask either.
#[must_use]
pub fn parse_as_told(words: &str, options: &Constraints) -> Question {
    read(words, options, |_, _| None)
}

fn read(words: &str, options: &Constraints, about_document: impl FnOnce(&Wording, &Asking) -> Option<Subject>) -> Question {
    let wording = Wording::new(words);
    let asking = Asking::find(&wording);
    let limits = constraints::find(&wording);
    let document = about_document(&wording, &asking);
    let speech = if document.is_none() { speech::find(&wording, &asking) } else { None };
    let (answer_type, accepts) = answer_types(&wording, &asking, document.is_some(), speech.as_ref());
    let terms = terms::terms(&wording, &asking, &light_tokens(&limits, speech.as_ref()));
    Question {
        answer_type,
        accepts,
        members: members(&wording, &asking, answer_type),
        focus: asking.focus,
        terms,
        constraints: merged(options, &limits, speech.as_ref()),
        according_to: limits.according_to,
        subject: document.or(speech.map(|speech| speech.subject)).unwrap_or(Subject::Fact),
        words: wording.words,
        text: wording.text,
        syntax: wording.syntax,
    }
}

fn answer_types(wording: &Wording, asking: &Asking, document: bool, speech: Option<&Speech>) -> (AnswerType, Vec<AnswerType>) {
    if document {
        return (AnswerType::Metadata, Vec::new());
    }
    let (found, accepts) = deciding::answer_types(wording, asking, || classifier::classify(wording, asking));
    match (speech.map(|speech| &speech.subject), asking.manner) {
        (Some(Subject::WhoSaid), _) if !matches!(found, AnswerType::Organization | AnswerType::Person | AnswerType::List) => {
            (AnswerType::Person, vec![AnswerType::Organization])
        }
        (Some(Subject::SaidBy), Manner::What) if asking.end > asking.at + 1 => (found, accepts),
        (Some(Subject::SaidBy), Manner::Who) => (found, accepts),
        (Some(Subject::SaidBy), _) => (AnswerType::Statement, Vec::new()),
        _ => (found, accepts),
    }
}

/// The number before the noun asked for: "which five councils", "the four conditions".
fn members(wording: &Wording, asking: &Asking, answer_type: AnswerType) -> Option<usize> {
    let &first = asking.focus.first().filter(|_| answer_type == AnswerType::List)?;
    let start = asking.at.min(first);
    let found = crate::text::quantities::find(&wording.words, wording.text.tokens.get(start..=first)?);
    let count = found.into_iter().find(|quantity| quantity.kind == crate::text::quantities::QuantityKind::Count)?;
    (1.0..1000.0).contains(&count.number).then_some(count.number as usize)
}

/// Tokens that count little in a passage: those of the limits, and the verb of saying.
fn light_tokens(limits: &Limits, speech: Option<&Speech>) -> Vec<usize> {
    let verb = speech.map(|speech| speech.verb);
    let speaker = speech.map_or(0..0, |speech| speech.speaker_tokens.clone());
    limits.tokens.iter().cloned().flatten().chain(verb).chain(speaker).collect()
}

fn merged(options: &Constraints, limits: &Limits, speech: Option<&Speech>) -> Constraints {
    let published = limits.published;
    Constraints {
        source: options.source.clone().or_else(|| limits.outlet.clone()),
        since: options.since.or_else(|| published.and_then(|(first, _)| PartialDate::first_day(first))),
        until: options.until.or_else(|| published.and_then(|(_, last)| PartialDate::last_day(last))),
        speaker: options.speaker.clone().or_else(|| speech.and_then(|speech| speech.speaker.clone())),
    }
}

#[cfg(test)]
mod tests;
