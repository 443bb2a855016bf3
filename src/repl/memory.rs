//! A question that leans on what was said before becomes one that stands alone, or the reason why it cannot.
//!
//! A pronoun in a follow-up question stands for the person or body last asked about or answered that it agrees with. A pronoun that
//! the question itself explains ("who said he would go", "what did Ann Bell say of her mill") is left alone.

use crate::answer::Outcome;
use crate::engine::Asked;
use crate::question::AnswerType;
use crate::quotation::pronoun_agrees;
use crate::syntax::EntityKind;
use crate::text::fold;

/// How many names a conversation remembers.
const KEPT: usize = 12;

/// What a question means at this point of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// What it says.
    AsAsked,
    /// The same with a name for its pronoun.
    Resolved {
        /// The question that stands alone.
        words: String,
        /// The pronoun, as typed.
        pronoun: String,
        /// Whom it stands for.
        name: String,
    },
    /// Its pronoun stands for nobody named so far.
    Nobody {
        /// The pronoun, as typed.
        pronoun: String,
    },
    /// "Who said that?", of the last answer.
    WhoSaidThat,
}

/// Somebody who was asked about or answered.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    name: String,
    /// Whether it is a body rather than a person.
    body: bool,
}

/// Who was spoken of in a conversation, the latest first.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    names: Vec<Named>,
}

impl Memory {
    /// Keeps who a question asked about and who answered it; `speakers` are the names the documents know.
    pub fn keep(&mut self, asked: &Asked, speakers: &[String]) {
        let about = asked_about(asked, speakers);
        let (answered, speaker) = answered(asked);
        for named in about.into_iter().rev().chain(speaker).chain(answered) {
            self.put(named);
        }
    }

    /// Keeps a person or body named outside of a question.
    pub fn mention(&mut self, name: &str) {
        self.put(Named { name: name.trim().to_owned(), body: false });
    }

    fn put(&mut self, named: Named) {
        self.names.retain(|before| before.name != named.name);
        self.names.insert(0, named);
        self.names.truncate(KEPT);
    }

    /// What a question means now.
    #[must_use]
    pub fn understand(&self, words: &str) -> Meant {
        if asks_who_said(words) {
            return Meant::WhoSaidThat;
        }
        let Some(found) = Pronoun::find(words) else { return Meant::AsAsked };
        let pronoun = words.get(found.start..found.end).unwrap_or_default().to_owned();
        match self.names.iter().find(|named| found.fits(named)) {
            Some(named) => Meant::Resolved { words: found.replaced(words, &named.name), pronoun, name: named.name.clone() },
            None if found.personal => Meant::Nobody { pronoun },
            None => Meant::AsAsked,
        }
    }
}

/// The people and bodies a question names.
fn asked_about(asked: &Asked, speakers: &[String]) -> Vec<Named> {
    let question = &asked.question;
    let folded = format!(" {} ", bare_words(&question.words).join(" "));
    let is_known = |name: &&String| name.contains(' ') && folded.contains(&format!(" {} ", bare_words(name).join(" ")));
    let known = speakers.iter().filter(is_known).map(|name| Named { name: name.clone(), body: false });
    let mut found: Vec<Named> = known.collect();
    for mention in &question.syntax.mentions {
        let tokens = question.text.tokens.get(mention.tokens.clone()).unwrap_or_default();
        let span = tokens.iter().map(|token| token.span).reduce(crate::span::Span::cover).unwrap_or_default();
        let name = span.slice(&question.words).trim().to_owned();
        let body = match mention.kind {
            EntityKind::Person => false,
            EntityKind::Organization => true,
            EntityKind::Place | EntityKind::Other => continue,
        };
        match found.iter_mut().find(|known| fold(&known.name) == fold(&name)) {
            Some(known) => known.body = body,
            None if !name.is_empty() => found.push(Named { name, body }),
            None => {}
        }
    }
    found
}

/// Who the answer is, and who says it.
fn answered(asked: &Asked) -> (Option<Named>, Option<Named>) {
    let Outcome::Answered { answers, .. } = &asked.outcome else { return (None, None) };
    let Some(best) = answers.first() else { return (None, None) };
    let is_name = best.text.starts_with(char::is_uppercase);
    let answer = match best.answer_type {
        AnswerType::Person if is_name => Some(Named { name: best.text.clone(), body: false }),
        AnswerType::Organization if is_name => Some(Named { name: best.text.clone(), body: true }),
        _ => None,
    };
    let speaker = best.citations.first().and_then(|citation| citation.speaker.as_ref());
    let named = speaker.filter(|speaker| speaker.kind != EntityKind::Other && speaker.name.starts_with(char::is_uppercase));
    (answer, named.map(|speaker| Named { name: speaker.name.clone(), body: speaker.kind == EntityKind::Organization }))
}

/// Lower-case words without punctuation.
fn bare_words(words: &str) -> Vec<String> {
    let parts = words.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'));
    parts.filter(|word| !word.is_empty()).map(fold).collect()
}

fn asks_who_said(words: &str) -> bool {
    let words = bare_words(words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(
        words.as_slice(),
        ["who", "said" | "says" | "wrote", "that" | "this" | "it" | "so"] | ["whose", "words", "are" | "were", "those" | "these"]
    )
}

/// A pronoun of a question that somebody named before may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pronoun<'q> {
    word: &'q str,
    start: usize,
    end: usize,
    /// "he" or "she" in some form: somebody must be meant.
    personal: bool,
    possessive: bool,
}

/// Auxiliaries that a subject follows in a question.
const AUXILIARIES: &[&str] = &[
    "did",
    "does",
    "do",
    "has",
    "have",
    "had",
    "is",
    "was",
    "are",
    "were",
    "will",
    "would",
    "can",
    "could",
    "should",
    "shall",
    "may",
    "might",
    "must",
    "didn't",
    "doesn't",
    "hasn't",
    "wasn't",
    "isn't",
    "won't",
    "didn’t",
    "doesn’t",
    "hasn’t",
    "wasn’t",
    "isn’t",
    "won’t",
];

/// What a body does by words: only then "it" is taken for one.
const SAYS: &[&str] = &[
    "say",
    "said",
    "warn",
    "warned",
    "find",
    "found",
    "recommend",
    "recommended",
    "claim",
    "claimed",
    "argue",
    "argued",
    "call",
    "called",
    "criticise",
    "criticised",
    "criticize",
    "criticized",
    "blame",
    "blamed",
    "report",
    "reported",
    "describe",
    "described",
    "rate",
    "rated",
];

impl<'q> Pronoun<'q> {
    /// The first one that the question does not explain itself.
    fn find(question: &'q str) -> Option<Self> {
        let words = placed(question);
        let at = words.iter().position(|(_, word)| form(&fold(word)).is_some())?;
        let &(start, word) = words.get(at)?;
        let folded = fold(word);
        let (personal, possessive) = form(&folded)?;
        let next = words.get(at + 1).map(|(_, word)| fold(word));
        let possessive = possessive || (folded == "her" && next.as_deref().is_some_and(|next| !crate::text::is_stop_word(next)));
        let lower: Vec<String> = words.iter().map(|(_, word)| fold(word)).collect();
        let named = words.get(1..at).unwrap_or_default().iter().any(|(_, word)| word.starts_with(char::is_uppercase) && *word != "I");
        let explained = named || bound(&lower, at, possessive) || (!personal && is_filler(&lower, at, possessive));
        (!explained).then_some(Self { word, start, end: start + word.len(), personal, possessive })
    }

    fn fits(&self, named: &Named) -> bool {
        if self.personal { !named.body && pronoun_agrees(&fold(self.word), &named.name) } else { named.body }
    }

    fn replaced(&self, question: &str, name: &str) -> String {
        let (before, after) = (question.get(..self.start).unwrap_or_default(), question.get(self.end..).unwrap_or_default());
        format!("{before}{name}{}{after}", if self.possessive { "'s" } else { "" })
    }
}

/// Words with the bytes they begin at.
fn placed(question: &str) -> Vec<(usize, &str)> {
    let mark = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-');
    let mut at = 0;
    let place = |piece: &'_ str| {
        at += piece.len();
        at - piece.len()
    };
    let starts: Vec<usize> = question.split_inclusive(mark).map(place).collect();
    let words = question.split_inclusive(mark).map(|piece| piece.trim_end_matches(mark));
    starts.into_iter().zip(words).filter(|(_, word)| !word.is_empty()).collect()
}

/// Whether a word is a pronoun somebody may stand behind: of one person rather than of a body, and of possession.
fn form(word: &str) -> Option<(bool, bool)> {
    match word {
        "he" | "she" | "him" | "her" => Some((true, false)),
        "his" => Some((true, true)),
        "they" | "them" | "it" => Some((false, false)),
        "their" | "its" => Some((false, true)),
        _ => None,
    }
}

/// Whether the pronoun stands for the one asked for: "who said he would go", "who lost his job", "which minister said she knew".
fn bound(words: &[String], at: usize, possessive: bool) -> bool {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let subject = matches!(word(at), "he" | "she" | "they" | "it");
    let inverted = at > 0 && AUXILIARIES.contains(&word(at - 1));
    let asks_for_subject = matches!(word(0), "who" | "which" | "whose")
        && !words.get(1..at).is_some_and(|between| {
            between.iter().any(|word| matches!(word.as_str(), "did" | "does" | "do" | "is" | "was" | "are" | "were"))
        });
    asks_for_subject && ((subject && !inverted) || possessive)
}

/// "It" and "they" mostly stand for no body: only in "what did it say" and with something of its own ("its chief inspector").
fn is_filler(words: &[String], at: usize, possessive: bool) -> bool {
    let inverted = at > 0 && words.get(at - 1).is_some_and(|word| AUXILIARIES.contains(&word.as_str()));
    let says = words.get(at + 1).is_some_and(|word| SAYS.contains(&word.as_str()));
    !(possessive || inverted && says)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(names: &[(&str, bool)]) -> Memory {
        Memory { names: names.iter().map(|&(name, body)| Named { name: name.to_owned(), body }).collect() }
    }

    fn check(question: &str, expected: &str) {
        let memory = memory(&[("Cove Council", true), ("Andrew Tolley", false), ("Mary Fairlie", false), ("Mx Sedge", false)]);
        let meant = match memory.understand(question) {
            Meant::Resolved { words, .. } => words,
            Meant::AsAsked => question.to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(meant, expected);
    }

    #[test]
    fn a_pronoun_stands_for_the_last_one_it_agrees_with() {
        check("What did he say?", "What did Andrew Tolley say?");
        check("what did she say about it", "what did Mary Fairlie say about it");
        check("Who is her deputy?", "Who is Mary Fairlie's deputy?");
        check("What did Ofsted ask her about?", "What did Ofsted ask her about?");
        check("Who criticised him?", "Who criticised Andrew Tolley?");
        check("What did it say?", "What did Cove Council say?");
        check("Who is its leader?", "Who is Cove Council's leader?");
    }

    #[test]
    fn a_pronoun_that_the_question_explains_is_left() {
        for question in
            ["Who said he would resign?", "Who lost his job?", "What did Ann Bell say of her mill?", "How much did it cost?", "Is it open?"]
        {
            check(question, question);
        }
    }

    #[test]
    fn where_nobody_fits_nobody_is_meant() {
        assert_eq!(Memory::default().understand("What did he say?"), Meant::Nobody { pronoun: "he".to_owned() });
        assert_eq!(memory(&[("Mary Fairlie", false)]).understand("Where does he live?"), Meant::Nobody { pronoun: "he".to_owned() });
        assert_eq!(Memory::default().understand("What did it say?"), Meant::AsAsked);
    }

    #[test]
    fn who_said_that_asks_for_the_last_answer() {
        assert_eq!(Memory::default().understand("Who said that?"), Meant::WhoSaidThat);
        assert_eq!(Memory::default().understand("Who said that the mill would close?"), Meant::AsAsked);
    }
}
