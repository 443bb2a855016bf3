//! The user's words become a [`Question`]: answer type, focus, constraints. Pure.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::syntax::Syntax;
use crate::text::Text;

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
    /// What the answer is one of ("councils" in "How many councils …"), as positions in the question's tokens; empty if nothing is named.
    pub focus: Vec<usize>,
    /// What is asked of: a fact, an utterance, a document's data.
    pub subject: Subject,
    /// The words a passage should contain, without question words and stop words.
    pub terms: Vec<Term>,
    /// Limits the user set in words or by options.
    pub constraints: Constraints,
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

/// Reads a question.
#[must_use]
pub fn parse(words: &str, constraints: &Constraints) -> Question {
    let text = crate::text::analyze(words, &[crate::span::Span::new(0, words.len())]);
    let syntax = crate::syntax::analyze(words, &text);
    let folded: Vec<String> = text.tokens.iter().map(|token| crate::text::fold(token.span.slice(words))).collect();
    let has = |word: &str| folded.iter().any(|token| token == word);
    let answer_type = match () {
        () if has("how") && has("many") => AnswerType::Number,
        () if has("how") && has("much") => AnswerType::Money,
        () if has("who") => AnswerType::Person,
        () if has("where") => AnswerType::Place,
        () if has("when") => AnswerType::Date,
        () if has("why") => AnswerType::Reason,
        () => AnswerType::Thing,
    };
    let term = |(token, word): (usize, &String)| {
        let shape = text.tokens.get(token)?.shape;
        let content = shape.is_word() && !crate::text::is_stop_word(word);
        content.then(|| Term { token, word: word.clone(), stem: crate::text::stem(word), weight: 1.0 })
    };
    let terms = folded.iter().enumerate().filter_map(term).collect();
    let words = words.to_owned();
    Question { words, text, syntax, answer_type, focus: Vec::new(), subject: Subject::Fact, terms, constraints: constraints.clone() }
}
