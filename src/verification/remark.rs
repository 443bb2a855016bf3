//! A line copied with its tag (marks, "he said" and all) becomes the words between the marks and the one its clause names.
//!
//! Only what reads as an utterance and its attribution is taken apart; a sentence that weaves some marked words into its own is left
//! whole, and so is a quote without any clause beside it.

use crate::quotation::{self, Quotation, QuotationKind, Speaker};
use crate::span::Span;
use crate::syntax::EntityKind;
use crate::text;

use super::Match;
use super::given::strip_marks;
use super::words::{is_mark, words};

/// Most words of one stretch outside the marks ("said the deputy leader of the council, who had been ill").
const LONGEST_CLAUSE: usize = 25;

/// A quote that came with its attribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    /// The words between the marks, the pieces of a split quote rejoined.
    pub(super) words: String,
    /// The words outside the marks.
    pub(super) clause: String,
    /// Who the clause says said them, if it names one person or body.
    pub(super) speaker: Option<String>,
}

/// Takes a given text apart; `None` where it is words alone.
pub(super) fn remark(given: &str) -> Option<Remark> {
    if !may_have_clause(given) {
        return None;
    }
    let given = given.trim();
    let found = quotation::of_text(given);
    let spoken: Vec<&Quotation> = found.iter().filter(|quotation| quotation.kind != QuotationKind::Indirect).collect();
    let attributed = |quotation: &&Quotation| quotation.kind == QuotationKind::Direct && quotation.cue.is_some();
    if spoken.is_empty() || !spoken.iter().all(attributed) {
        return None;
    }
    let pieces: Vec<Span> = spoken.iter().flat_map(|quotation| quotation.pieces.iter().copied()).collect();
    let clauses: Vec<Span> = outside(given, &pieces).into_iter().filter(|stretch| !words(stretch.slice(given), 0).is_empty()).collect();
    let reports = |clause: &Span| {
        let cued = spoken.iter().filter_map(|quotation| quotation.cue).any(|cue| clause.contains(cue));
        cued && words(clause.slice(given), 0).len() <= LONGEST_CLAUSE
    };
    let joined = |spans: &[Span]| spans.iter().map(|span| span.slice(given).trim()).collect::<Vec<_>>().join(" ");
    let fits = !clauses.is_empty() && clauses.iter().all(reports);
    fits.then(|| Remark { words: joined(&pieces), clause: joined(&clauses), speaker: named(&spoken) })
}

/// Whether a mark at the edge of a word is left when those around the whole are gone: most quotes are words alone, and need no analysis.
fn may_have_clause(given: &str) -> bool {
    let core = strip_marks(given);
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    core.char_indices().filter(|(_, c)| is_mark(*c)).any(|(at, mark)| {
        let (before, after) = (core.get(..at).unwrap_or_default(), core.get(at + mark.len_utf8()..).unwrap_or_default());
        edge(before.chars().next_back()) || edge(after.chars().next())
    })
}

impl Remark {
    /// Whether the clause belongs to what somebody is quoted with ("Then he told me, ‘go’"): `printed` is said, clause and all, and the
    /// words that name its speaker stand elsewhere.
    pub(super) fn is_said_whole(&self, printed: &Match) -> bool {
        let inside = words(&printed.text, 0);
        let clause = words(&self.clause, 0);
        let kept = clause.iter().filter(|word| inside.iter().any(|other| other.folded == word.folded)).count();
        let named_beside = printed.speaker.as_ref().is_some_and(|speaker| !printed.span.contains(speaker.mention_span));
        named_beside && kept * 3 >= clause.len() * 2
    }
}

/// What stands before, between and after the pieces.
fn outside(given: &str, pieces: &[Span]) -> Vec<Span> {
    let starts = std::iter::once(0).chain(pieces.iter().map(|piece| piece.end));
    let ends = pieces.iter().map(|piece| piece.start).chain([given.len()]);
    starts.zip(ends).filter(|(start, end)| start < end).map(|(start, end)| Span::new(start, end)).collect()
}

/// The one whom all clauses name. A pronoun or a role names nobody.
fn named(spoken: &[&Quotation]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for speaker in spoken.iter().filter_map(|quotation| quotation.speaker.as_ref()) {
        let name = name(speaker)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.pop().filter(|_| names.is_empty())
}

/// The name with the title it is printed with: "Sir Michael" tells more than "Michael".
fn name(speaker: &Speaker) -> Option<String> {
    let is_name = speaker.kind != EntityKind::Other && speaker.name.starts_with(char::is_uppercase);
    let titled = speaker.mention.ends_with(&speaker.name) && words(&speaker.mention, 0).len() <= 4;
    let own = if titled { &speaker.mention } else { &speaker.name };
    let stops = own.split_whitespace().all(|word| text::is_stop_word(&text::fold(word)));
    (is_name && !stops).then(|| own.clone())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, speaker};
    use super::*;
    use proptest::prelude::*;

    fn check(given: &str, expected: Option<(&str, Option<&str>)>) {
        let found = remark(given);
        let found = found.as_ref().map(|remark| (remark.words.as_str(), remark.speaker.as_deref()));
        assert_eq!(found, expected, "{given}");
    }

    #[test]
    fn a_line_with_its_tag_is_taken_apart() {
        check("\"The pier is not safe,\" Sir Thomas said.", Some(("The pier is not safe,", Some("Sir Thomas"))));
        check("“It has been shut before,” said Ann Marlow", Some(("It has been shut before,", Some("Ann Marlow"))));
        check("‘It has been shut before,’ said Mr Webb.", Some(("It has been shut before,", Some("Mr Webb"))));
        check("Ann Marlow, the warden, said: \"We will mend it.\"", Some(("We will mend it.", Some("Ann Marlow"))));
    }

    #[test]
    fn the_pieces_of_a_split_quote_are_rejoined() {
        let given = "\"We will close it,\" said Ann Marlow, the warden. \"We have no choice, and I am sorry.\"";
        check(given, Some(("We will close it, We have no choice, and I am sorry.", Some("Ann Marlow"))));
    }

    #[test]
    fn words_alone_are_not_analysed() {
        for quote in ["\"We won't mend it.\"", "“It’s raining,”", "‘We wait.’", "We wait", "", "\""] {
            assert!(!may_have_clause(quote), "{quote}");
        }
        for quote in ["\"We wait,\" she said", "said: ‘We wait.’", "“A,” said X. “B.”"] {
            assert!(may_have_clause(quote), "{quote}");
        }
    }

    #[test]
    fn a_pronoun_claims_nobody() {
        check("\"The pier is not safe,\" she said.", Some(("The pier is not safe,", None)));
    }

    #[test]
    fn words_alone_and_woven_quotes_stay_whole() {
        check("“We will mend it.”", None);
        check("We won't mend it.", None);
        check("His people said, 'There are many of them.' We had a good year.", None);
        check("He called it \"a dangerous mix\".", None);
        check("The report said \"stark\" and Ofsted \"warned\" us", None);
    }

    #[test]
    fn a_story_somebody_tells_is_said_whole() {
        let told = remark("When we met in May, he said, 'We want to work with you.'").unwrap();
        let printed = |text: &str, mention: usize| Match {
            document: document("a"),
            text: text.to_owned(),
            span: Span::new(0, text.len()),
            similarity: 1.0,
            diff: Vec::new(),
            speaker: Some(Speaker { mention_span: Span::new(mention, mention + 2), ..speaker("Ann Bell") }),
            passage: String::new(),
        };
        let text = "When we met in June, he said, 'We want to work with you.'";
        assert!(told.is_said_whole(&printed(text, text.len() + 4)));
        assert!(!told.is_said_whole(&printed(text, 21)), "the clause names the speaker of the words");
        assert!(!told.is_said_whole(&printed("We want to work with you", 40)));
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart_or_left(given in "\\PC{0,60}|([a-z]{1,6}|said|Ann Bell|[.,\"“”‘’ ]){0,20}") {
            if let Some(remark) = remark(&given) {
                prop_assert!(remark.words.len() <= given.len());
            }
        }
    }
}
