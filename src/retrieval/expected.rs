//! Whether something of the kind that is asked for stands near the question's words.
//!
//! Only a hint for the ranking: the readers decide what answers.

use super::matching::Match;
use crate::index::PassageRecord;
use crate::question::{AnswerType, Question};
use crate::syntax::EntityKind;
use crate::text::{Shape, Token};

/// 1 where the best sentence holds such a thing that is not itself a word of the question, 0.4 where only a neighbour does; 0.5 where
/// any word will do.
pub(super) fn stands_near(question: &Question, record: &PassageRecord, matches: &[Match], best: usize) -> f32 {
    let Some(kind) = Kind::of(question.answer_type) else { return 0.5 };
    let holds = |sentence: usize| {
        let tokens = record.analysis.sentences.get(sentence).map(|sentence| sentence.tokens.clone()).unwrap_or_default();
        let asked = |token: usize| matches.iter().any(|found| found.token == token);
        kind.stands_in(record, tokens, &asked)
    };
    if holds(best) {
        1.0
    } else if holds(best + 1) || best > 0 && holds(best - 1) {
        0.4
    } else {
        0.0
    }
}

/// What kinds of things can be told without reading.
enum Kind {
    Name(EntityKind),
    Figure,
    Date,
    Quote,
}

impl Kind {
    fn of(answer_type: AnswerType) -> Option<Self> {
        match answer_type {
            AnswerType::Person => Some(Self::Name(EntityKind::Person)),
            AnswerType::Organization => Some(Self::Name(EntityKind::Organization)),
            AnswerType::Place => Some(Self::Name(EntityKind::Place)),
            AnswerType::Date => Some(Self::Date),
            AnswerType::Duration | AnswerType::Age | AnswerType::Number | AnswerType::Share | AnswerType::Money => Some(Self::Figure),
            AnswerType::Statement => Some(Self::Quote),
            _ => None,
        }
    }

    fn stands_in(&self, record: &PassageRecord, tokens: std::ops::Range<usize>, asked: &dyn Fn(usize) -> bool) -> bool {
        let free = |token: usize| tokens.contains(&token) && !asked(token);
        let mut inside = record.analysis.tokens.iter().enumerate().skip(tokens.start).take(tokens.len());
        match self {
            Self::Name(kind) => record.syntax.mentions.iter().any(|mention| mention.kind == *kind && mention.tokens.clone().all(free)),
            Self::Figure => {
                inside.any(|(position, token)| !asked(position) && (token.shape == Shape::Number || spells_number(record, token)))
            }
            Self::Date => inside.any(|(position, token)| !asked(position) && spells_date(record, token)),
            Self::Quote => {
                let span = record.analysis.sentences.iter().find(|sentence| sentence.tokens == tokens).map(|sentence| sentence.span);
                span.is_some_and(|span| record.quotations.iter().any(|quotation| quotation.span().overlaps(span)))
            }
        }
    }
}

fn spells_number(record: &PassageRecord, token: &Token) -> bool {
    const NUMBERS: [&str; 28] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "thousand",
        "million",
        "half",
        "dozen",
    ];
    let word = record.slice(token.span);
    NUMBERS.iter().any(|number| number.eq_ignore_ascii_case(word))
}

fn spells_date(record: &PassageRecord, token: &Token) -> bool {
    const DATES: [&str; 22] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "yesterday",
        "today",
        "tomorrow",
    ];
    let word = record.slice(token.span);
    let year = token.shape == Shape::Number && word.len() >= 4 && word.bytes().take(4).all(|byte| byte.is_ascii_digit());
    year || word.ends_with("century") || DATES.contains(&word)
}
