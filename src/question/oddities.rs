//! A question's words become what its asker should hear of them: that they are no English, or two questions at once.
//!
//! Only said where it is sure. A name of another language is no question in it, and a question quoted inside another is part of it.

use std::collections::BTreeSet;

use crate::text::{fold, is_stop_word};

/// Something odd about a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// It is in another language, named where it is known.
    Foreign(Option<&'static str>),
    /// It is followed by another; the words of the first.
    Several(String),
    /// It asks two things in one sentence.
    Joined,
}

/// Function words of a language that English does not have; those that ask stand first.
struct Language {
    name: &'static str,
    asking: &'static str,
    others: &'static str,
}

const LANGUAGES: &[Language] = &[
    Language {
        name: "German",
        asking: "wer wen wem wessen wie wo wann warum weshalb wieso welche welcher welches welchen wieviel wieviele wohin woher was",
        others: "ist sind der das den dem des ein eine einen einem und von über für mit haben wurde wurden wird sagte gesagt nicht zu im zum zur bei auf aus",
    },
    Language {
        name: "French",
        asking: "qui que quoi où quand comment pourquoi combien quel quelle quels quelles qu'est-ce",
        others: "est sont le la les des du un une et dans sur pour avec dit été au aux ce cette par de ont il elle",
    },
    Language {
        name: "Spanish",
        asking: "quién quiénes quien qué que cuándo cuando dónde donde cómo como cuántos cuántas cuantos cuál por",
        others: "es el la los las de del un una y en con dijo fue para sobre se su al está son",
    },
    Language {
        name: "Italian",
        asking: "chi che cosa quando dove perché quanti quante quale quali come",
        others: "è sono il lo la gli le di della del dei un una con per ha detto nel stato dal alla",
    },
    Language {
        name: "Dutch",
        asking: "wie wat waar wanneer waarom hoeveel welke welk hoe",
        others: "zijn de het een en voor met heeft werd gezegd zei niet over door bij naar van is",
    },
    Language {
        name: "Portuguese",
        asking: "quem quando onde quantos quantas qual quais porque como que",
        others: "é são o os da dos das um uma em com disse foi não para sobre na no",
    },
];

/// Words of two languages: they speak for neither.
const SHARED: &[&str] = &["was", "is", "no", "do", "as", "a", "in", "on", "over", "come", "me", "die", "an", "so", "am", "will"];

/// Words that open a question.
const ASKING: &[&str] = &["who", "what", "when", "where", "why", "how", "which", "whose", "whom"];

/// Fewest words by which a language can be told.
const FEWEST: usize = 3;

/// What is odd about a question.
#[must_use]
pub fn oddities(question: &str) -> Vec<Oddity> {
    let mut found = Vec::new();
    found.extend(foreign(question).map(Oddity::Foreign));
    match first_of_several(question) {
        Some(first) => found.push(Oddity::Several(first.to_owned())),
        None => found.extend(asks_twice(question).then_some(Oddity::Joined)),
    }
    found
}

/// The language of a question that is surely not in English.
fn foreign(question: &str) -> Option<Option<&'static str>> {
    let letters: Vec<char> = question.chars().filter(|c| c.is_alphabetic()).collect();
    let latin = letters.iter().filter(|c| c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}')).count();
    if letters.len() >= 4 && latin * 3 < letters.len() {
        return Some(None);
    }
    let words = words(question);
    let english = |word: &&String| !SHARED.contains(&word.as_str()) && (is_stop_word(word) || ASKING.contains(&word.as_str()));
    let (hits, language) =
        LANGUAGES.iter().rev().filter_map(|language| Some((spoken(language, &words)?, language))).max_by_key(|(hits, _)| *hits)?;
    let others = words.iter().filter(|word| !is_of(language, word));
    let sure = words.len() >= FEWEST && hits >= 2 && !others.clone().any(|word| english(&word));
    sure.then_some(Some(language.name))
}

/// How many different words of a question are of the language; `None` where none of them asks.
fn spoken(language: &Language, words: &[String]) -> Option<usize> {
    let asks = words.iter().any(|word| language.asking.split(' ').any(|known| known == word));
    let distinct: BTreeSet<&String> = words.iter().filter(|word| is_of(language, word)).collect();
    asks.then_some(distinct.len())
}

fn is_of(language: &Language, word: &str) -> bool {
    [language.asking, language.others].iter().any(|list| list.split(' ').any(|known| known == word))
}

fn words(question: &str) -> Vec<String> {
    let parts = question.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-'));
    parts.filter(|word| !word.is_empty()).map(fold).collect()
}

fn asks(words: &str) -> bool {
    let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold);
    let first = words.next().unwrap_or_default();
    let opens = ASKING.contains(&first.as_str())
        || matches!(
            first.as_str(),
            "is" | "are" | "was" | "were" | "did" | "does" | "do" | "has" | "have" | "had" | "can" | "will" | "and"
        );
    opens && words.next().is_some()
}

/// The first of two questions, each with its own mark and outside of quotation marks.
fn first_of_several(question: &str) -> Option<&str> {
    let mut quoted = false;
    for (at, c) in question.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '“' => quoted = true,
            '”' => quoted = false,
            '?' if !quoted => {
                let (first, rest) = (question.get(..=at)?, question.get(at + 1..)?);
                return (asks(first) && asks(rest)).then(|| first.trim());
            }
            _ => {}
        }
    }
    None
}

/// "Who chairs it and when was it opened": a second question word with a verb of its own behind "and".
fn asks_twice(question: &str) -> bool {
    let words = words(question);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let opens = words.first().is_some_and(|word| ASKING.contains(word));
    let second = |window: &[&str]| {
        let &[and, asking, verb] = window else { return false };
        let goes_on = matches!(verb, "is" | "are" | "was" | "were" | "did" | "does" | "do" | "has" | "have" | "many" | "much" | "said");
        and == "and" && ASKING.contains(&asking) && goes_on
    };
    opens && words.get(1..).unwrap_or_default().windows(3).any(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, expected: &[Oddity]) {
        assert_eq!(oddities(question), expected, "{question}");
    }

    #[test]
    fn a_question_in_another_language_is_told() {
        for (question, name) in [
            ("Wer ist der Bürgermeister von Saltby?", "German"),
            ("Wie viele Boote sind im Hafen?", "German"),
            ("Qui est le gardien du moulin ?", "French"),
            ("¿Quién es el guarda del molino?", "Spanish"),
            ("Chi è il custode del mulino?", "Italian"),
            ("Wie is de burgemeester van Saltby?", "Dutch"),
            ("Quem é o guarda do moinho?", "Portuguese"),
        ] {
            check(question, &[Oddity::Foreign(Some(name))]);
        }
        check("Кто сторож мельницы?", &[Oddity::Foreign(None)]);
    }

    #[test]
    fn names_of_other_languages_are_english_enough() {
        for question in [
            "Who is Van der Berg?",
            "De La Rue",
            "What did Que Sera say?",
            "Los Angeles flood",
            "die was",
            "Como",
            "mill repairs cost",
            "",
            "???",
        ] {
            check(question, &[]);
        }
    }

    #[test]
    fn two_questions_are_told_apart() {
        check("Who is the warden? What did he say?", &[Oddity::Several("Who is the warden?".to_owned())]);
        check("Who chairs it and when was it opened?", &[Oddity::Joined]);
        check("Who said \"Why us? What have we done?\"", &[]);
        check("Who said what?", &[]);
        check("Really? Who is the warden?", &[]);
        check("What was sold and who bought it?", &[]);
    }
}
