//! A question that leaves out its verb ("why did she?", "did Kell?", "who did?", "why did he do it?") becomes whole: what is done is what the last question asked
//! about.
//!
//! Where the last question asks for what was done or has a verb of another form, nothing is put in its place, and the asker is asked back. This is verb phrase
//! ellipsis (Hardt 1997, "An empirical approach to VP ellipsis"), from the question just before alone.

use std::ops::Range;

use super::cut::Cut;
use super::ellipsis::{behind, infinitive};
use super::memory::Last;
use crate::syntax::Tag;

/// What stands before a verb, by the form that the verb takes behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// did, will: "did resign"
    Bare,
    /// has: "has resigned"
    Perfect,
    /// is: "is resigning", "is ill"
    Be,
}

fn form(auxiliary: &str) -> Form {
    match auxiliary.trim_end_matches("n't").trim_end_matches("n’t") {
        "has" | "have" | "had" => Form::Perfect,
        "is" | "are" | "was" | "were" => Form::Be,
        _ => Form::Bare,
    }
}

/// A question without a verb.
pub(super) struct Verbless {
    /// What is said of it, from the question word on.
    said: Range<usize>,
    form: Form,
}

/// What is said where the verb is left out: an auxiliary, and behind it a pronoun, a name or nothing.
pub(super) fn verbless(cut: &Cut<'_>) -> Option<Verbless> {
    let from = usize::from(matches!(cut.word(0), "and" | "but" | "so"));
    let asks = cut.is_asking(from);
    let auxiliary = if asks { from + 1 } else { from };
    let end = cut.end();
    if !cut.is_auxiliary(auxiliary) {
        return None;
    }
    let form = form(cut.word(auxiliary));
    let subject = auxiliary + 1..end;
    let pronoun = subject.len() == 1 && matches!(cut.word(subject.start), "he" | "she" | "they" | "it");
    let named = cut.names().contains(&subject);
    let asked = match cut.word(from) {
        "who" => subject.is_empty(),
        "why" => pronoun || named,
        "when" | "where" | "how" => (pronoun || named) && form != Form::Be,
        "what" | "which" | "whom" | "whose" => false,
        _ => pronoun,
    };
    asked.then_some(Verbless { said: from..end, form })
}

/// It with the verb of the last question and all behind that; `None` where that has none that fits.
pub(super) fn with_verb(cut: &Cut<'_>, part: &Verbless, last: &Last) -> Option<String> {
    let whole = Cut::new(&last.question);
    let verb = verb_phrase(&whole, part.form)?;
    Some(format!("{} {verb}?", cut.slice(&part.said)))
}

/// "Why did he do it?": with what was done.
pub(super) fn done(cut: &Cut<'_>, last: &Last) -> Option<String> {
    let end = cut.end();
    let does = end > 3 && cut.word(end - 2) == "do" && matches!(cut.word(end - 1), "it" | "that" | "so" | "this");
    let whole = Cut::new(&last.question);
    // What is said to be done was done by somebody: that something is the case is no deed.
    let verb = verb_phrase(&whole, Form::Bare).filter(|_| does)?;
    Some(format!("{} {verb}?", cut.slice(&(0..end - 2))))
}

/// What the question asks about being done, in a form; `None` where it asks what that is.
fn verb_phrase(whole: &Cut<'_>, wanted: Form) -> Option<String> {
    let asked = whole.asking();
    if asked.is_some_and(|at| whole.word(at) == "how" && matches!(whole.word(at + 1), "many" | "much")) {
        return None;
    }
    let at = whole.predicate()?;
    let trimmed = |words: &str| words.trim_end_matches(['?', '.', ' ']).to_owned();
    if !whole.is_auxiliary(at) {
        let found = format!("{}{}", infinitive(whole.word(at)), behind(whole, at));
        return (wanted == Form::Bare).then(|| trimmed(&found));
    }
    // "Who did", "what did she": what is asked for is the subject, or is missing from what was done.
    let subject = asked.is_some_and(|at| matches!(whole.word(at), "who" | "which"));
    if form(whole.word(at)) != wanted || asked.is_some_and(|at| matches!(whole.word(at), "what" | "whom" | "whose")) {
        return None;
    }
    let verb = (at + 1..whole.end()).find(|&at| whole.tag(at) == Some(Tag::Verb) && !matches!(whole.word(at - 1), "the" | "a" | "an"))?;
    // "Who did she see": whom is asked for.
    if subject && verb > at + 1 {
        return None;
    }
    Some(trimmed(&format!("{}{}", whole.word(verb), behind(whole, verb))))
}
