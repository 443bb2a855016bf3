//! When an answer counts as right, and a citation as supporting it.
//!
//! Words are compared as SQuAD's scorer does (Rajpurkar et al. 2016): lower-case, without punctuation and articles.

use super::{Evidence, JudgedQuestion};
use crate::answer::{Answer, Citation};

/// An answer may have this many words more than the accepted form it contains.
const SLACK: usize = 5;

/// Lower-cased words without punctuation and articles.
pub(super) fn words(text: &str) -> Vec<String> {
    let joined: String = text.chars().map(|c| if c == '’' { '\'' } else { c }).collect();
    let plain = joined.to_lowercase().replace("'s", "").replace('\'', "");
    let kept: String = plain.chars().map(|c| if c.is_alphanumeric() || "£$€%.".contains(c) { c } else { ' ' }).collect();
    let trimmed = kept.split_whitespace().map(|word| word.trim_matches('.').to_owned());
    trimmed.filter(|word| !word.is_empty() && !["a", "an", "the"].contains(&word.as_str())).collect()
}

/// Whether `part` stands in `whole` word for word.
pub(super) fn contains(whole: &[String], part: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

/// Whether the kind of answer is a clause or sentence, so that the accepted form is a key phrase in it.
fn is_long(kind: &str) -> bool {
    ["statement", "reason", "yesno", "definition", "role"].contains(&kind)
}

fn fits(got: &[String], accepted: &str, long: bool) -> bool {
    let accepted = words(accepted);
    got == accepted || (contains(got, &accepted) && (long || got.len() <= accepted.len() + SLACK))
}

/// Whether an answer is right.
pub(super) fn is_right(question: &JudgedQuestion, answer: &Answer) -> bool {
    if !question.members.is_empty() {
        return members_right(&question.members, answer);
    }
    let long = is_long(&question.kind);
    let got = words(&answer.text);
    let sentence = answer.citations.first().map(|citation| words(&citation.sentence)).unwrap_or_default();
    let fits_sentence = |accepted: &str| question.kind == "yesno" && contains(&sentence, &words(accepted));
    question.answers.iter().any(|accepted| fits(&got, accepted, long) || fits_sentence(accepted))
}

/// A list is right when every member is there and nothing else.
fn members_right(expected: &[Vec<String>], answer: &Answer) -> bool {
    let Some(members) = &answer.members else { return false };
    let is_member = |text: &str, forms: &[String]| forms.iter().any(|form| fits(&words(text), form, false));
    let all = expected.iter().all(|forms| members.iter().any(|member| is_member(&member.text, forms)));
    all && members.iter().all(|member| expected.iter().any(|forms| is_member(&member.text, forms)))
}

/// Whether a cited sentence is one of those that support the answer.
pub(super) fn supports(evidence: &[Evidence], citation: &Citation) -> bool {
    let cited = words(&citation.sentence);
    evidence.iter().filter(|evidence| evidence.document == citation.document.id).any(|evidence| {
        let snippet = words(&evidence.text);
        contains(&cited, &snippet) || contains(&snippet, &cited)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_marks_and_articles() {
        assert_eq!(words("The £2.4m “barrier”."), ["£2.4m", "barrier"]);
        assert_eq!(words("Ofsted’s chief"), ["ofsted", "chief"]);
    }

    #[test]
    fn a_short_answer_may_have_few_words_more() {
        assert!(fits(&words("about 17 councils"), "17", false));
        assert!(!fits(&words("of the fifty councils seen again 17 were said to be weak"), "17", false));
        assert!(fits(&words("because the river rose much faster than anyone had foreseen"), "river rose", true));
    }
}
