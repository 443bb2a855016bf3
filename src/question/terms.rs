//! The words a passage should contain, each with how much it matters.

use super::Term;
use super::asking::{Asking, Manner};
use super::wording::{Wording, is_auxiliary};
use crate::syntax::Tag;
use crate::text::{self, Shape, stem};

/// The content words of a question; `light` are tokens that count little (constraints, the verb of saying).
pub(super) fn terms(wording: &Wording, asking: &Asking, light: &[usize]) -> Vec<Term> {
    let content = text::content_words(&wording.words, &wording.text);
    let asks = |at: usize| {
        at == asking.at && !matches!(asking.manner, Manner::Bare) || (asking.manner == Manner::HowAdjective && at == asking.at + 1)
    };
    let kept: Vec<usize> =
        content.iter().copied().filter(|&at| !asks(at) && !is_question_word(wording, at) && !ends_season(wording, at)).collect();
    let kept = if kept.is_empty() { content } else { kept };
    kept.into_iter().map(|token| term(wording, asking, light, token)).collect()
}

/// "14" of "2013-14" or "2013/14": documents write the second year either way, or not at all.
fn ends_season(wording: &Wording, at: usize) -> bool {
    let digits = |word: &str, count: usize| word.len() == count && word.bytes().all(|byte| byte.is_ascii_digit());
    let joined = at >= 2 && matches!(wording.before(at), "-" | "/" | "–");
    joined && digits(wording.word(at), 2) && digits(wording.word(at - 2), 4)
}

fn is_question_word(wording: &Wording, at: usize) -> bool {
    at < 2 && matches!(wording.word(at), "whats" | "whos" | "wheres" | "hows" | "waht" | "wich" | "whcih" | "please")
        || is_auxiliary(wording.word(at)) && wording.shape(at) == Some(Shape::Lower)
}

fn term(wording: &Wording, asking: &Asking, light: &[usize], token: usize) -> Term {
    let word = wording.word(token).to_owned();
    let weight = if light.contains(&token) { 0.2 } else { weight(wording, asking, token) };
    Term { token, stem: stem(&word), word, weight }
}

/// Names and numbers matter most, then nouns; words that only say what kind of thing is asked for may go unsaid where it is told.
fn weight(wording: &Wording, asking: &Asking, token: usize) -> f32 {
    let unsaid = asking.focus.last() == Some(&token) && super::nouns::answer_type_of(&asking.head(wording)).is_some();
    let named = wording.syntax.mentions.iter().any(|mention| mention.tokens.contains(&token));
    match wording.tag(token) {
        _ if unsaid => 0.3,
        _ if named || wording.shape(token) == Some(Shape::Number) => 1.0,
        Tag::Propn | Tag::Num => 1.0,
        Tag::Noun | Tag::X => 0.8,
        Tag::Verb | Tag::Adj => 0.6,
        _ => 0.4,
    }
}
