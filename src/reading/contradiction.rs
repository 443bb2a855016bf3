//! What in a sentence speaks against a candidate although the question's words are there: the figure is somebody else's, of another year, of
//! another holder of the same thing, of the whole where a part was asked for.
//!
//! Each check is rarely due and, where it is, nearly always right: they count, they are not weighed one by one.

use std::ops::Range;

use super::linear::kind::is_year;
use super::names::{name_words, same_person};
use super::sought::Sought;
use super::view::View;
use crate::question::{AnswerType, Question, Subject};
use crate::quotation::is_womans_name;
use crate::syntax::{EntityKind, Mention, Tag};
use crate::text::{MONTHS, Shape, stem};

/// A question's claims that a sentence can contradict.
pub(super) struct Claims<'q> {
    sought: &'q Sought,
    answer_type: AnswerType,
    /// What belongs to whom: the name and the term of the thing ("the Harriers' captain").
    owned: Vec<(Vec<usize>, usize)>,
    /// The question's names, as asked.
    names: Vec<String>,
    /// Years and months of the question, folded.
    times: Vec<String>,
    /// Terms that no passage may lack: which one of several ("third", "deputy"), the office asked for.
    telling: Vec<usize>,
    /// Whether a part of something is asked for ("how many of the fifty").
    part: bool,
    /// The kind of body or place asked for ("which hospital").
    kind: Option<usize>,
    /// The side of a vote or dispute that is asked about ("who voted against it").
    side: Option<Side>,
    /// What tells the person whom somebody of the same surname spoke about: words of that name alone.
    namesake: Vec<String>,
}

/// A side of a vote or dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    For,
    Against,
}

impl<'q> Claims<'q> {
    pub(super) fn new(question: &Question, sought: &'q Sought) -> Self {
        Self {
            sought,
            answer_type: question.answer_type,
            owned: owned(question),
            names: capitals(question).into_iter().map(|name| words_of(question, name)).collect(),
            times: sought.words.iter().filter(|word| is_time(word)).cloned().collect(),
            telling: telling(question, sought),
            kind: sought.focus_head().and_then(kind_of),
            part: sought.words.windows(2).any(|two| matches!(two, [one, other] if one == "many" && other == "of")),
            side: only(&sides(&sought.words.iter().map(String::as_str).collect::<Vec<_>>())),
            namesake: namesake(question, sought),
        }
    }

    /// How many of the question's claims the candidate's sentence contradicts. `near` tells which terms stand in the sentence or beside it.
    pub(super) fn contradicted(&self, view: &View<'_>, sentence: usize, tokens: &Range<usize>, near: &[bool]) -> f32 {
        let checks = [
            self.telling.iter().any(|&term| !near.get(term).copied().unwrap_or(false)),
            self.answer_type == AnswerType::Age && self.is_anothers_age(view, tokens),
            self.is_of_another_time(view, sentence, tokens),
            self.is_of_another_owner(view, sentence),
            self.is_the_whole(view, tokens),
            self.is_of_another_kind(view, tokens),
            self.is_of_the_other_side(view, sentence),
            self.is_denied(view, sentence, tokens),
        ];
        checks.into_iter().filter(|check| *check).count() as f32
    }

    /// "Weir, 51, whose wife Ada Bell": the age is that of the name right before it.
    fn is_anothers_age(&self, view: &View<'_>, tokens: &Range<usize>) -> bool {
        let aside = tokens.start.checked_sub(1).is_some_and(|mark| matches!(word(view, mark), "," | "("));
        let people = || view.record.syntax.mentions.iter().filter(|mention| mention.kind == EntityKind::Person);
        let before = people().find(|mention| aside && mention.tokens.end + 1 == tokens.start);
        let behind = || people().find(|mention| (tokens.end..tokens.end + 3).contains(&mention.tokens.start));
        let old = view.cells(tokens.clone()).iter().any(|cell| cell.word.ends_with("year-old"));
        let Some(owner) = before.or_else(|| behind().filter(|_| old)) else { return false };
        let titled = owner.tokens.start.checked_sub(1).filter(|&before| view.cells.get(before).is_some_and(|cell| cell.tag == Tag::Propn));
        let owner = view.slice(titled.unwrap_or(owner.tokens.start)..owner.tokens.end);
        !self.names.is_empty() && !self.names.iter().any(|name| same_person(name, owner))
    }

    /// "7.5p for 2020" where 2021 was asked about: the time right beside the candidate is another of the same kind.
    fn is_of_another_time(&self, view: &View<'_>, sentence: usize, tokens: &Range<usize>) -> bool {
        if self.answer_type == AnswerType::Date {
            return false;
        }
        let within = view.tokens(sentence);
        if view.cells(within.clone()).iter().any(|cell| self.times.contains(&cell.word)) {
            return false;
        }
        let tied = |at: usize| at > 0 && matches!(word(view, at - 1), "in" | "for" | "of" | "during" | "since");
        (tokens.end..(tokens.end + BESIDE).min(within.end)).any(|at| {
            let year = is_year(word(view, at));
            let rival = self.times.iter().any(|time| is_year(time) == year);
            tied(at) && rival && is_time(word(view, at))
        })
    }

    /// "Sanders's campaign spent" for "how much did Clinton's campaign spend": everywhere in the sentence the thing is another's.
    fn is_of_another_owner(&self, view: &View<'_>, sentence: usize) -> bool {
        self.owned.iter().any(|(name, thing)| {
            let owners: Vec<Option<&Mention>> = view
                .tokens(sentence)
                .filter(|&at| view.cells.get(at).is_some_and(|cell| cell.term == Some(*thing)))
                .map(|at| owner(view, at))
                .collect();
            let is_other = |owner: &Option<&Mention>| {
                owner.is_some_and(|mention| {
                    let own = view.cells(mention.tokens.clone()).iter().filter_map(|cell| cell.term).any(|term| name.contains(&term));
                    !own
                })
            };
            !owners.is_empty() && owners.iter().all(is_other)
        })
    }

    /// "Which hospital": the High Court is none, whatever else fits.
    fn is_of_another_kind(&self, view: &View<'_>, tokens: &Range<usize>) -> bool {
        let Some(asked) = self.kind.filter(|_| matches!(self.answer_type, AnswerType::Organization | AnswerType::Place)) else {
            return false;
        };
        let business = asked == KINDS.len() - 1;
        let agrees = |kind: usize| kind == asked || business && kind >= BUSINESSES;
        let kinds: Vec<usize> = view.cells(tokens.clone()).iter().filter_map(|cell| kind_of(&stem(&cell.word))).collect();
        !kinds.is_empty() && !kinds.into_iter().any(agrees)
    }

    /// "Who voted for it?": one "who voted against it" did not.
    fn is_of_the_other_side(&self, view: &View<'_>, sentence: usize) -> bool {
        let words: Vec<&str> = view.cells(view.tokens(sentence)).iter().map(|cell| cell.word.as_str()).collect();
        self.side.is_some_and(|asked| only(&sides(&words)).is_some_and(|side| side != asked))
    }

    /// "40 passengers and no lorries" for "how many lorries"; "nobody was injured" beside another figure for "how many were injured".
    fn is_denied(&self, view: &View<'_>, sentence: usize, tokens: &Range<usize>) -> bool {
        if self.answer_type != AnswerType::Number {
            return false;
        }
        let term = |at: usize| view.cells.get(at).and_then(|cell| cell.term).and_then(|term| self.sought.terms.get(term));
        let around = |sentence: usize| view.tokens(sentence).filter(|at| !tokens.contains(at));
        let none = |at: usize| word(view, at) == "no" && (at + 1..at + 3).any(|noun| term(noun).is_some_and(|term| term.focus));
        let nobody = |at: usize| {
            let opens = matches!(word(view, at), "nobody" | "none") || word(view, at) == "no" && word(view, at + 1) == "one";
            opens && (at + 1..at + 6).any(|verb| term(verb).is_some_and(|term| !term.focus && !term.name && !term.number))
        };
        let counts = (tokens.end..tokens.end + 3).any(|noun| term(noun).is_some_and(|term| term.focus));
        let near = [sentence.checked_sub(1), Some(sentence), Some(sentence + 1)];
        !counts && around(sentence).any(none) || near.into_iter().flatten().flat_map(around).any(nobody)
    }

    /// Whether a remark is not about the namesake that the question names: neither the name stands in its sentence, nor a pronoun there and
    /// the name beside it.
    pub(super) fn passes_over_namesake(&self, view: &View<'_>, sentence: usize) -> bool {
        let has = |sentence: usize, holds: &dyn Fn(&str) -> bool| view.cells(view.tokens(sentence)).iter().any(|cell| holds(&cell.word));
        let name = |word: &str| self.namesake.iter().any(|known| known == word);
        let pronoun = |word: &str| matches!(word, "he" | "she" | "him" | "her" | "his" | "hers");
        let beside = || [sentence.checked_sub(1), Some(sentence + 1)].into_iter().flatten().any(|beside| has(beside, &name));
        let spoken_of = has(sentence, &name) || has(sentence, &pronoun) && beside();
        !self.namesake.is_empty() && !spoken_of
    }

    /// "300 of its 4,100 jobs": the second figure counts them all.
    fn is_the_whole(&self, view: &View<'_>, tokens: &Range<usize>) -> bool {
        if self.answer_type != AnswerType::Number {
            return false;
        }
        let asks_for_all = ["total", "altogether", "all", "employ", "employs", "have", "has", "whole"];
        if !self.part && asks_for_all.iter().any(|word| self.sought.asks_with(word)) {
            return false;
        }
        let Some(of) = (tokens.start.saturating_sub(4)..tokens.start).rev().find(|&at| word(view, at) == "of") else { return false };
        let tied = view.cells(of + 1..tokens.start).iter().all(|cell| {
            matches!(cell.tag, Tag::Det | Tag::Pron | Tag::Part | Tag::Propn) || matches!(cell.word.as_str(), "'s" | "’s" | "’" | "'")
        });
        let counted = view.cells(of.saturating_sub(2)..of).iter().any(|cell| cell.tag == Tag::Num);
        tied && counted
    }
}

/// Nouns that say what kind of body or place a name names, by stem; those of one row name one kind.
const KINDS: &[&[&str]] = &[
    &["hospit", "infirmari", "clinic"],
    &["court", "tribun"],
    &["univers", "colleg", "school", "academi", "institut"],
    &["church", "cathedr"],
    &["museum", "galleri"],
    &["prison", "jail"],
    &["librari"],
    &["union"],
    &["council", "author"],
    &["parti"],
    &["ministri", "depart"],
    &["polic", "constabulari"],
    &["insur"],
    &["airlin", "airway", "airport"],
    &["bank"],
    &["newspap", "paper", "magazin"],
    &["breweri"],
    &["hotel", "inn"],
    &["compani", "firm"],
];
/// From this row of [`KINDS`] on they are businesses: a company is none of those before.
const BUSINESSES: usize = 12;

/// The row of [`KINDS`] that a stem stands in.
fn kind_of(stem: &str) -> Option<usize> {
    KINDS.iter().position(|kind| kind.contains(&stem))
}

/// The sides that folded words speak of; none where something is denied.
fn sides(words: &[&str]) -> Vec<Side> {
    if words.iter().any(|word| matches!(*word, "not" | "never" | "n't" | "neither" | "nor")) {
        return Vec::new();
    }
    let side = |at: usize| {
        let [word, next] = [at, at + 1].map(|at| words.get(at).copied().unwrap_or_default());
        match word {
            "vote" | "voted" | "votes" | "voting" if next == "for" => Some(Side::For),
            "in" if matches!(next, "favour" | "favor") => Some(Side::For),
            "backed" | "backs" | "backing" | "supported" | "supports" | "supporting" => Some(Side::For),
            "vote" | "voted" | "votes" | "voting" | "spoke" | "speak" | "argued" | "campaigned" if next == "against" => Some(Side::Against),
            "oppose" | "opposed" | "opposes" | "opposing" => Some(Side::Against),
            _ => None,
        }
    };
    (0..words.len()).filter_map(side).collect()
}

/// The side, where there is but one.
fn only(sides: &[Side]) -> Option<Side> {
    sides.first().copied().filter(|first| sides.iter().all(|side| side == first))
}

/// "What did Tom Weir say about Ada Weir", or "about Ada": the words of the second name that are not in the first.
fn namesake(question: &Question, sought: &Sought) -> Vec<String> {
    let Some(speaker) = question.constraints.speaker.as_deref().filter(|_| question.subject == Subject::SaidBy) else { return Vec::new() };
    let own = name_words(speaker);
    let family = |words: &[String]| words.len() > 1 && words.last() == own.last() && own.len() > 1;
    let given = |words: &[String]| matches!(words, [word] if is_womans_name(word).is_some());
    let shares = |words: &[String]| family(words) || given(words);
    let others = sought.names.iter().map(|name| name_words(&name.words)).filter(|words| *words != own && shares(words));
    others.flatten().filter(|word| !own.contains(word)).collect()
}

/// Tokens behind a candidate that can tie it to a time.
const BESIDE: usize = 4;

fn word<'v>(view: &'v View<'_>, at: usize) -> &'v str {
    view.cells.get(at).map_or("", |cell| cell.word.as_str())
}

fn is_time(word: &str) -> bool {
    is_year(word) || MONTHS.contains(&word) && word != "may" && word != "march"
}

/// The name whose thing a token is: "Weir's new captain" for "captain".
fn owner<'v>(view: &'v View<'_>, thing: usize) -> Option<&'v Mention> {
    let mark = (thing.saturating_sub(4)..thing).rev().find(|&at| matches!(word(view, at), "'s" | "’s" | "'" | "’"))?;
    let plain = view.cells(mark + 1..thing).iter().all(|cell| matches!(cell.tag, Tag::Adj | Tag::Noun | Tag::Num | Tag::Propn));
    view.mention(mark.checked_sub(1)?).filter(|_| plain)
}

fn words_of(question: &Question, tokens: Range<usize>) -> String {
    let first = question.text.tokens.get(tokens.start).map(|token| token.span);
    let last = question.text.tokens.get(tokens.end - 1).map(|token| token.span);
    first.zip(last).map_or_else(String::new, |(first, last)| first.cover(last).slice(&question.words).to_owned())
}

/// The runs of capitals in a question, as tokens: its names, whatever the tagger makes of so few words.
fn capitals(question: &Question) -> Vec<Range<usize>> {
    let capital = |at: usize| question.text.tokens.get(at).is_some_and(|token| matches!(token.shape, Shape::Capitalized | Shape::Upper));
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (1..question.text.tokens.len()).filter(|&at| capital(at)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The question's names with what is said to be theirs, as terms.
fn owned(question: &Question) -> Vec<(Vec<usize>, usize)> {
    let printed = |at: usize| question.text.tokens.get(at).map_or("", |token| token.span.slice(&question.words));
    let term_at = |at: usize| question.terms.iter().position(|term| term.token == at);
    let tagged = |at: usize, tags: &[Tag]| question.syntax.words.get(at).is_some_and(|word| tags.contains(&word.tag));
    let owner = |name: Range<usize>| {
        let marked = matches!(printed(name.end), "'s" | "’s" | "'" | "’");
        let phrase = (name.end + 1..name.end + 4).take_while(|&at| tagged(at, &[Tag::Noun, Tag::Adj, Tag::Num]));
        let thing = phrase.filter(|&at| tagged(at, &[Tag::Noun])).last().and_then(term_at)?;
        let terms: Vec<usize> = name.filter_map(term_at).collect();
        (marked && !terms.is_empty()).then_some((terms, thing))
    };
    capitals(question).into_iter().filter_map(owner).collect()
}

/// Words that tell one of several from the others.
const ORDINALS: &[&str] =
    &["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "deputy", "vice", "assistant"];

/// The terms without which a sentence speaks of another: "third", "deputy"; the office of "who is the office of …".
fn telling(question: &Question, sought: &Sought) -> Vec<usize> {
    let one_of = |term: usize| sought.terms.get(term).is_some_and(|term| ORDINALS.contains(&term.word.as_str()));
    let mut found: Vec<usize> = (0..sought.terms.len()).filter(|&term| one_of(term)).collect();
    let copular = matches!(sought.asking.wording.as_str(), "who is" | "who was" | "who 's" | "who are" | "who were");
    let office = question.focus.last().and_then(|&head| question.terms.iter().position(|term| term.token == head));
    let named = |term: usize| sought.terms.get(term).is_some_and(|term| term.name);
    if copular && question.answer_type == AnswerType::Person && question.subject == Subject::Fact {
        found.extend(office.filter(|&term| !named(term)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{Constraints, parse};
    use crate::reading::evidence;
    use crate::reading::tests::passage;
    use crate::span::Span;

    /// How many claims the words of a one-sentence text contradict.
    fn contradicted(question: &str, text: &str, words: &str) -> f32 {
        let question = parse(question, &Constraints::default());
        let sought = Sought::new(&question);
        let passage = passage(0, text);
        let view = View::new(&passage.record, &sought);
        let start = text.find(words).expect("the words stand in the text");
        let tokens = view.tokens_in(Span::new(start, start + words.len()));
        let near = evidence::weigh(&view, &sought).swap_remove(0).near;
        Claims::new(&question, &sought).contradicted(&view, 0, &tokens, &near)
    }

    #[track_caller]
    fn check(question: &str, text: &str, words: &str, contradicted_claims: f32) {
        assert_eq!(contradicted(question, text, words), contradicted_claims, "{question} {words}");
    }

    #[test]
    fn an_age_is_of_the_name_before_it() {
        let text = "Tom Weir, 51, who is married to Ada Bell, was there.";
        check("How old is Ada Bell?", text, "51", 1.0);
        check("How old is Tom Weir?", text, "51", 0.0);
        check("How old is Tom Weir?", "Mrs Weir, 58, a former cook, was there.", "58", 1.0);
    }

    #[test]
    fn a_figure_of_another_year_is_none_of_this_one() {
        let text = "The firm paid 7.5 pence for 2020 and scrapped the next dividend.";
        check("What dividend did the firm pay for 2021?", text, "7.5 pence", 1.0);
        check("What dividend did the firm pay for 2020?", text, "7.5 pence", 0.0);
        check("How many jobs were added in August?", "The port added 255 jobs in July.", "255", 1.0);
    }

    #[test]
    fn what_is_anothers_is_not_the_ones_asked_about() {
        let text = "Weir's campaign spent £900 on posters.";
        check("How much did Bell's campaign spend on posters?", text, "£900", 1.0);
        check("How much did Weir's campaign spend on posters?", text, "£900", 0.0);
    }

    #[test]
    fn the_whole_is_not_the_part() {
        let text = "About 300 of its 4,100 jobs will go.";
        check("How many jobs is the firm cutting?", text, "4,100", 1.0);
        check("How many jobs is the firm cutting?", text, "300", 0.0);
        check("How many jobs does the firm have?", text, "4,100", 0.0);
    }

    #[test]
    fn a_name_tells_what_kind_of_body_it_is_of() {
        let text = "The judge was taken from Marl Crown Court to St Anne's Infirmary by the Tell Ferry Company.";
        check("Which hospital was the judge taken to?", text, "Marl Crown Court", 1.0);
        check("Which hospital was the judge taken to?", text, "St Anne's Infirmary", 0.0);
        check("Which company took the judge there?", text, "Marl Crown Court", 1.0);
        check("Which company took the judge there?", text, "Tell Ferry Company", 0.0);
        check("Which body took the judge there?", text, "Marl Crown Court", 0.0);
    }

    #[test]
    fn who_voted_against_did_not_vote_for() {
        let text = "Ada Bell, who voted against the merger, will resign.";
        check("Who voted for the merger?", text, "Ada Bell", 1.0);
        check("Who voted against the merger?", text, "Ada Bell", 0.0);
        check("Who opposed the merger?", text, "Ada Bell", 0.0);
        check("Who voted for the merger?", "Ada Bell voted for the merger and Tom Weir voted against it.", "Ada Bell", 0.0);
        check("Who scored against Marl?", "Ada Bell, supported by her sister, scored twice.", "Ada Bell", 0.0);
    }

    #[test]
    fn what_is_denied_has_no_figure() {
        let text = "The boat carries 40 passengers and no lorries.";
        check("How many lorries does the boat carry?", text, "40", 1.0);
        check("How many passengers does the boat carry?", text, "40", 0.0);
        check("How many people were injured?", "Of 94 people aboard nobody was injured.", "94", 1.0);
        check("How many people were aboard?", "Of 94 people aboard nobody was injured.", "94", 0.0);
    }

    #[test]
    fn a_namesake_must_be_spoken_of() {
        let passes_over = |question: &str, text: &str| {
            let question = parse(question, &Constraints::default());
            let sought = Sought::new(&question);
            let passage = passage(0, text);
            Claims::new(&question, &sought).passes_over_namesake(&View::new(&passage.record, &sought), 0)
        };
        let question = "What did Tom Weir say about Ada Weir?";
        assert!(passes_over(question, "“The bridge is old,” Mr Weir said."));
        assert!(!passes_over(question, "“Ada has done more than I have,” Mr Weir said."));
        assert!(!passes_over(question, "“She has done more than I have,” Mr Weir said. Ada Weir was there."));
        assert!(!passes_over("What did Tom Weir say about Ada Bell?", "“The bridge is old,” Mr Weir said."));
    }

    #[test]
    fn an_office_asked_for_must_be_named() {
        check("Who is the chief constable of Marl?", "Ann Weir, the chief executive of Marl, spoke.", "Ann Weir", 1.0);
        check("Who is the chief executive of Marl?", "Ann Weir, the chief executive of Marl, spoke.", "Ann Weir", 0.0);
        check("Who is the deputy mayor of Marl?", "Ann Weir, the mayor of Marl, spoke.", "Ann Weir", 1.0);
    }
}
