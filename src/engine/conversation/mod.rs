//! A question that leans on what was said before becomes one that stands alone, or the reason why it cannot.
//!
//! Everything is resolved by rules from the last questions, answers and names. Where two things may be meant, or nothing can be told, the asker is asked back:
//! an answer to a question that nobody asked is worse than none.

mod cut;
mod ellipsis;
mod memory;
mod pronoun;
mod reference;
mod token;
mod verbless;

use cut::Cut;
use ellipsis::Fragment;
pub use memory::Memory;
use memory::{Kind, Last, Pending};
use reference::Stands;

use super::{AskOptions, Asked, Engine, EngineError};
use crate::answer::{NoAnswer, Outcome};
use crate::question::Constraints;
use crate::syntax::Tag;
use crate::text::fold;
use crate::verification::Verdict;

/// Fewest words of an answer that can be looked up by themselves; a shorter one is looked up with its sentence.
const WHOLE: usize = 5;
/// Most pronouns of a question that are resolved.
const PRONOUNS: usize = 4;

/// What a question means at this point of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// What it says.
    AsAsked,
    /// Another question, which stands alone.
    Resolved {
        /// Its words.
        words: String,
        /// Whether answers given before are left out ("what else").
        more: bool,
    },
    /// Nothing that can be told.
    Unclear(Unclear),
    /// "Who said that?", of the last answer.
    WhoSaidThat,
}

/// Why it cannot be told what a question means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// The words that could stand for several things, or for nothing.
    pub said: String,
    /// What they could stand for; empty where nothing fits.
    pub candidates: Vec<String>,
}

impl std::fmt::Display for Unclear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.candidates.as_slice() {
            [] => write!(f, "“{}”: what it stands for cannot be told from what has been spoken of", self.said),
            several => write!(f, "“{}”: could be {}", self.said, several.join(" or ")),
        }
    }
}

/// What came of a question in a conversation.
#[derive(Clone, Debug)]
pub enum Turn {
    /// It was asked: as it was, or in the words that stand alone.
    Asked {
        /// The question and what came of it.
        asked: Box<Asked>,
        /// Whether it was put into other words, which are those of the question.
        resolved: bool,
    },
    /// Who said what the last answer is.
    Said(Box<Verdict>),
    /// It is not clear what it means.
    Unclear(Unclear),
}

impl Engine {
    /// Answers a question that may lean on those before it, and remembers it.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn converse(&self, memory: &mut Memory, words: &str, options: &AskOptions) -> Result<Turn, EngineError> {
        super::refuse_long("question", words, super::QUESTION)?;
        let is_person = |name: &str| self.is_speaker(name);
        let meant = memory.understand(words, &is_person);
        let (resolved, question, more) = match meant {
            Meant::AsAsked => (false, words.to_owned(), false),
            Meant::Resolved { words, more } => (true, words, more),
            Meant::WhoSaidThat => return self.who_said_that(memory, &options.constraints),
            Meant::Unclear(unclear) => return Ok(Turn::Unclear(unclear)),
        };
        let asked = if more { self.ask_more(memory, &question, options)? } else { self.ask(&question, options)? };
        memory.keep(&asked, &is_person);
        Ok(Turn::Asked { asked: Box::new(asked), resolved })
    }

    /// Answers that were not given before.
    fn ask_more(&self, memory: &Memory, question: &str, options: &AskOptions) -> Result<Asked, EngineError> {
        let given: Vec<String> = memory.last.iter().flat_map(|last| &last.given).map(|words| fold(words)).collect();
        let wanted = if options.top == 0 { super::ANSWERS } else { options.top };
        let mut asked = self.ask(question, &AskOptions { top: wanted + given.len(), ..options.clone() })?;
        if let Outcome::Answered { answers, .. } = asked.outcome {
            let fresh = answers.into_iter().filter(|answer| {
                let words = fold(&answer.text);
                !given.iter().any(|given| is_given(given, &words))
            });
            let answers: Vec<_> = fresh.take(wanted).collect();
            asked.outcome = if answers.is_empty() {
                Outcome::Unanswered(NoAnswer { reason: "Nothing beyond what has been given.".to_owned(), nearest: Vec::new() })
            } else {
                Outcome::Answered { answers, conflicts: Vec::new() }
            };
        }
        Ok(asked)
    }

    /// Who said what the last answer is.
    fn who_said_that(&self, memory: &mut Memory, constraints: &Constraints) -> Result<Turn, EngineError> {
        let unclear = || Ok(Turn::Unclear(Unclear { said: "that".to_owned(), candidates: Vec::new() }));
        let Some((answer, sentence)) = memory.last.as_ref().and_then(|last| last.answer.clone().zip(last.sentence.clone())) else {
            return unclear();
        };
        let (answer, sentence) = (&answer, &sentence);
        let whole = answer.split_whitespace().count() >= WHOLE;
        for quote in if whole { [answer, sentence] } else { [sentence, answer] } {
            let verdict = self.check(quote, None, constraints)?;
            if let Some(speaker) = verdict.speaker.as_ref().or(verdict.reported.as_ref()) {
                memory.heard(&speaker.name, memory::kind_of(speaker.kind));
                return Ok(Turn::Said(Box::new(verdict)));
            }
        }
        // The document's own words: the verdict says so.
        Ok(Turn::Said(Box::new(self.check(sentence, None, constraints)?)))
    }
}

impl Memory {
    /// What a question means now; `is_person` tells the names of people.
    #[must_use]
    pub fn understand(&mut self, words: &str, is_person: &dyn Fn(&str) -> bool) -> Meant {
        let meant = self.taken(words.trim(), is_person);
        // What leans on a question that was not understood leans on nothing.
        self.lost = matches!(meant, Meant::Unclear(_));
        meant
    }

    fn taken(&mut self, words: &str, is_person: &dyn Fn(&str) -> bool) -> Meant {
        let answered = self.answered_back(words);
        self.pending = None;
        let mut stood = Vec::new();
        let (whole, more) = match answered {
            Some((question, name)) => {
                stood.push(name);
                (Ok(question), false)
            }
            None if asks_who_said(words) => return if self.lost { unclear_what("that") } else { Meant::WhoSaidThat },
            None => {
                let (bare, more) = without_else(words);
                (self.completed(&bare, more, is_person), more)
            }
        };
        let spelled_out = whole.and_then(|whole| self.spelled_out(whole, &mut stood));
        let opens = self.last.is_none() && self.names.is_empty();
        match spelled_out {
            Err(_) if opens && may_explain_itself(words) => {
                self.pending = None;
                Meant::AsAsked
            }
            Ok(question) => {
                self.stood = stood;
                if question == words { Meant::AsAsked } else { Meant::Resolved { words: question, more } }
            }
            Err(unclear) => Meant::Unclear(unclear),
        }
    }

    /// The name that a question waited for, put into it.
    fn answered_back(&self, words: &str) -> Option<(String, String)> {
        let pending = self.pending.as_ref()?;
        let said: Vec<String> = bare_words(words);
        let holds = |candidate: &&String| {
            let theirs = bare_words(candidate);
            !said.is_empty() && said.iter().all(|word| theirs.contains(word))
        };
        let mut fitting = pending.candidates.iter().filter(holds);
        let name = fitting.next().filter(|name| fitting.all(|other| other == *name))?;
        let (before, after) = (pending.words.get(..pending.start)?, pending.words.get(pending.end..)?);
        let own = if pending.possessive { "'s" } else { "" };
        Some((format!("{before}{name}{own}{after}"), name.clone()))
    }

    /// The question with what it leaves out.
    fn completed(&mut self, words: &str, more: bool, is_person: &dyn Fn(&str) -> bool) -> Result<String, Unclear> {
        let cut = Cut::new(words);
        let last = self.last.clone().filter(|_| !self.lost);
        if let Some(part) = verbless::verbless(&cut) {
            let made = last.as_ref().and_then(|last| verbless::with_verb(&cut, &part, last));
            return made.ok_or_else(|| unclear(cut.slice(&(0..cut.end()))));
        }
        if let Some(made) = last.as_ref().and_then(|last| verbless::done(&cut, last)) {
            return Ok(made);
        }
        let (said, made) = match (ellipsis::fragment(&cut), &last) {
            (Fragment::Whole, _) => {
                let dated = self.dated(words);
                return Ok(dated.or_else(|| self.filled(&cut)).unwrap_or_else(|| words.to_owned()));
            }
            (Fragment::Joined(rest), _) => return Ok(rest.to_owned()),
            (Fragment::Phrase(said) | Fragment::Asking(said), None) => (said, None),
            (Fragment::Phrase(said), Some(last)) => {
                let phrase = self.phrase(said, last, is_person)?;
                (said, ellipsis::instead(&phrase, last, is_person).or_else(|| self.said_about(&phrase)))
            }
            (Fragment::Asking(said), Some(last)) if more => (said, ellipsis::again(said, last)),
            (Fragment::Asking(said), Some(last)) => (said, ellipsis::asking(said, last)),
        };
        made.ok_or_else(|| unclear(said))
    }

    /// A phrase in the words that stand alone: a name for a pronoun, the full name for a part of it.
    fn phrase(&mut self, said: &str, last: &Last, is_person: &dyn Fn(&str) -> bool) -> Result<String, Unclear> {
        let phrase = self.spelled_out(said.to_owned(), &mut Vec::new())?;
        match self.bearers(&phrase).as_slice() {
            [] => Ok(phrase),
            [one] => Ok(one.clone()),
            several @ [first, ..] => {
                let candidates = several.to_vec();
                let made = ellipsis::instead(first, last, is_person).and_then(|words| Some((words.find(first.as_str())?, words)));
                self.pending = made.map(|(start, words)| {
                    let end = start + first.len();
                    Pending { words, candidates: candidates.clone(), start, end, possessive: false }
                });
                Err(Unclear { said: phrase, candidates })
            }
        }
    }

    /// "And about the mill?": what the last person spoken of said about that.
    fn said_about(&self, phrase: &str) -> Option<String> {
        let about = phrase.strip_prefix("about ")?;
        let person = self.names.iter().find(|named| named.kind == Kind::Person && !named.overheard)?;
        Some(format!("What did {} say about {about}?", person.name))
    }

    /// The question with the date of the last one for a "then" at its end.
    fn dated(&self, words: &str) -> Option<String> {
        let (cut, last) = (Cut::new(words), Cut::new(&self.last.as_ref()?.question));
        let end = cut.end();
        let tokens = match (cut.word(end.checked_sub(1)?), end) {
            ("then", 3..) => end - 1..end,
            ("year" | "month" | "time", 5..) if matches!(cut.word(end - 2), "that" | "the") && matches!(cut.word(end - 3), "at" | "in") => {
                end - 3..end
            }
            _ => return None,
        };
        let date = last.dates().last().cloned()?;
        let (span, when) = (cut.span(&tokens), last.slice(&date));
        let joins = if when.split(' ').count() > 2 { "on" } else { "in" };
        Some(format!("{}{joins} {when}{}", words.get(..span.start)?, words.get(span.end..)?))
    }

    /// A question whose verb leaves out what was just spoken of, with that; nothing where it leaves nothing out, or it may be one of several.
    fn filled(&self, cut: &Cut<'_>) -> Option<String> {
        let joins = ellipsis::left_out(cut)?;
        let kinds: [&[Kind]; 2] = [&[Kind::Thing, Kind::Things], &[Kind::Body]];
        let found = kinds.iter().map(|kinds| reference::of_last_turn(self, kinds)).find(|found| !found.is_empty())?;
        let [one] = found.as_slice() else { return None };
        Some(format!("{} {joins}{one}?", cut.slice(&(0..cut.end()))))
    }

    /// The question with names for its pronouns.
    fn spelled_out(&mut self, mut words: String, stood: &mut Vec<String>) -> Result<String, Unclear> {
        if let Some(topic) = self.topic()
            && let Some(about) = about_it(&words)
        {
            words.replace_range(about, &topic);
        }
        let mut from = 0;
        for _ in 0..PRONOUNS {
            let cut = Cut::new(&words);
            let Some((at, pronoun)) = pronoun::find(&cut, from) else { break };
            match pronoun.stands(self) {
                Stands::For(name) => {
                    from = at + name.split_whitespace().count();
                    words = pronoun.replaced(&words, &name);
                    stood.push(name);
                }
                Stands::Open(candidates) => {
                    let (start, end, possessive) = (pronoun.start, pronoun.end, pronoun.possessive);
                    self.pending = Some(Pending { words, candidates: candidates.clone(), start, end, possessive });
                    return Err(Unclear { said: pronoun.word, candidates });
                }
            }
        }
        Ok(words)
    }

    /// What the last question asked about ("about the warning").
    fn topic(&self) -> Option<String> {
        let cut = Cut::new(&self.last.as_ref()?.question);
        let about = (1..cut.end()).find(|&at| cut.word(at) == "about" && !cut.is_asking(at - 1))?;
        Some(cut.slice(&(about..cut.end())).to_owned())
    }
}

/// A question that asks for more than was given, without the word that says so.
fn without_else(words: &str) -> (String, bool) {
    let cut = Cut::new(words);
    let at = (1..cut.len()).find(|&at| cut.word(at) == "else" && (cut.is_asking(at - 1) || cut.word(at - 1) == "much"));
    match at {
        Some(at) => {
            let start = cut.span(&(at - 1..at)).end;
            let end = cut.span(&(at..at + 1)).end;
            (format!("{}{}", words.get(..start).unwrap_or_default(), words.get(end..).unwrap_or_default()), true)
        }
        None => (words.to_owned(), false),
    }
}

/// Lower-case words without punctuation.
fn bare_words(words: &str) -> Vec<String> {
    let parts = words.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'));
    parts.filter(|word| !word.is_empty()).map(fold).collect()
}

/// Whether an answer was given before; a short one only where it is just the same.
fn is_given(given: &str, words: &str) -> bool {
    let long = |words: &str| words.split_whitespace().count() >= WHOLE;
    given == words || long(given) && words.contains(given) || long(words) && given.contains(words)
}

/// Whether a pronoun in a conversation's first question may stand for something named before it there: "which union said its members …".
fn may_explain_itself(words: &str) -> bool {
    let cut = Cut::new(words);
    let named = |at: usize| matches!(cut.tag(at), Some(Tag::Noun | Tag::Propn));
    let whole = verbless::verbless(&cut).is_none() && matches!(ellipsis::fragment(&cut), Fragment::Whole);
    let leans =
        |at: usize| matches!(cut.word(at), "there" | "that" | "this" | "those" | "these") || cut.word(at) == "it" && at + 1 == cut.end();
    // "How much of his money has Tom Pell put into it": the name may follow.
    let follows = |at: usize| matches!(cut.word(at), "his" | "her") && (at..cut.end()).any(|at| cut.tag(at) == Some(Tag::Propn));
    whole && pronoun::find(&cut, 0).is_some_and(|(at, _)| !leans(at) && ((1..at).any(named) || follows(at)))
}

/// Words that could stand for nothing, or for what nobody can tell.
fn unclear(said: &str) -> Unclear {
    Unclear { said: said.to_owned(), candidates: Vec::new() }
}

fn unclear_what(said: &str) -> Meant {
    Meant::Unclear(unclear(said))
}

fn asks_who_said(words: &str) -> bool {
    let words = bare_words(words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(
        words.as_slice(),
        ["who", "said" | "says" | "wrote", "that" | "this" | "it" | "so"]
            | ["says" | "said", "who"]
            | ["according", "to", "whom" | "who"]
            | ["whose", "words", "are" | "were", "those" | "these" | "they"]
    )
}

/// Where a question says "about it" or "about that", in bytes.
fn about_it(words: &str) -> Option<std::ops::Range<usize>> {
    let cut = Cut::new(words);
    let at =
        (0..cut.end()).find(|&at| cut.word(at) == "about" && matches!(cut.word(at + 1), "it" | "that" | "this") && at + 2 == cut.end())?;
    let span = cut.span(&(at..at + 2));
    Some(span.start..span.end)
}

#[cfg(test)]
mod tests;
