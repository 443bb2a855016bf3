//! A question of which only a part is said ("and in 2014?", "what about Norfolk?", "why?", "how many of them?") becomes whole: the rest is that of the last
//! question.

use std::ops::Range;

use super::cut::{Cut, Thing};
use super::memory::{Kind, Last};
use crate::span::Span;
use crate::syntax::{Tag, lemma};

/// What a question turns out to be when it is looked at for what is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fragment<'q> {
    /// Nothing is left out.
    Whole,
    /// Only the words that join it to what came before are to go.
    Joined(&'q str),
    /// A phrase stands for a whole question.
    Phrase(&'q str),
    /// A question word, perhaps with a noun, stands for a whole question.
    Asking(&'q str),
}

/// Words by which a phrase takes the place of another.
const INSTEAD: &[&[&str]] = &[&["what", "about"], &["how", "about"], &["and", "what", "about"], &["and", "how", "about"]];

/// Most tokens of a question of question words alone.
const BARE: usize = 6;

/// What of a question is said.
pub(super) fn fragment<'q>(cut: &Cut<'q>) -> Fragment<'q> {
    let end = cut.end();
    let starts = |words: &&&[&str]| words.iter().enumerate().all(|(at, word)| cut.word(at) == *word);
    if let Some(words) = INSTEAD.iter().find(starts).filter(|words| words.len() < end) {
        return Fragment::Phrase(cut.slice(&(words.len()..end)));
    }
    let from = usize::from(matches!(cut.word(0), "and" | "but" | "or" | "so" | "then"));
    let from = if from > 0 && cut.word(from) == "," { from + 1 } else { from };
    if from >= end {
        return Fragment::Whole;
    }
    let rest = cut.slice(&(from..cut.len()));
    if counts_them(cut, from) {
        return Fragment::Asking(cut.slice(&(from..end)));
    }
    if matches!(cut.word(from), "when" | "where" | "why" | "how")
        && cut.is_auxiliary(from + 1)
        && matches!(cut.word(from + 2), "that" | "this")
        && from + 3 == end
    {
        return Fragment::Asking(cut.slice(&(from..from + 1)));
    }
    let asks = || (from..end).any(|at| cut.is_asking(at) || cut.is_auxiliary(at));
    if cut.word(from) == "according" && cut.word(from + 1) == "to" && !asks() {
        return Fragment::Phrase(cut.slice(&(from..end)));
    }
    let asking = (from..end.min(from + 3)).any(|at| cut.is_asking(at));
    match (asking, cut.has_verb()) {
        (true, false) if end - from <= BARE => Fragment::Asking(cut.slice(&(from..end))),
        (false, false) if from > 0 || is_prepositional_date(cut) => Fragment::Phrase(cut.slice(&(from..end))),
        _ if from > 0 => Fragment::Joined(rest),
        _ => Fragment::Whole,
    }
}

/// "How many were there?": of what was just spoken of.
fn counts_them(cut: &Cut<'_>, from: usize) -> bool {
    let words = [cut.word(from), cut.word(from + 1), cut.word(from + 2), cut.word(from + 3)];
    matches!(words, ["how", "many", "are" | "were" | "is" | "was", "there" | "they"]) && from + 4 == cut.end()
}

/// Verbs that leave out what was just spoken of, and the word that joins it to them ("Who pays?" – for the barrier). These are the definite null
/// complements of Fillmore (1986, "Pragmatically controlled zero anaphora").
const LEAVES_OUT: &[(&str, &str)] = &[
    ("pay", "for "),
    ("part", "in "),
    ("participate", "in "),
    ("contribute", "to "),
    ("object", "to "),
    ("apply", "for "),
    ("bid", "for "),
    ("vote", "on "),
    ("attend", ""),
    ("approve", ""),
    ("win", ""),
];

/// What joins the thing that a question leaves out to its last word; nothing where it leaves none out.
pub(super) fn left_out(cut: &Cut<'_>) -> Option<&'static str> {
    let last = cut.end().checked_sub(1)?;
    let word = lemma(cut.word(last), Tag::Verb);
    let taken = word != "part" || last > 0 && lemma(cut.word(last - 1), Tag::Verb) == "take";
    let spare = cut.things(&|_| false).is_empty() && cut.asking().is_some() && last > 0 && taken;
    LEAVES_OUT.iter().find(|(verb, _)| spare && *verb == word).map(|(_, joins)| *joins)
}

/// "In 2014?", alone.
fn is_prepositional_date(cut: &Cut<'_>) -> bool {
    cut.tag(0) == Some(Tag::Adp) && cut.dates().first().is_some_and(|date| date.end == cut.end() && date.start <= 2)
}

/// The last question with a phrase in the place of one of its own kind; `None` where there is none, or none can be told.
pub(super) fn instead(phrase: &str, last: &Last, is_person: &dyn Fn(&str) -> bool) -> Option<String> {
    let (part, whole) = (Cut::new(phrase), Cut::new(&last.question));
    if part.word(0) == "according" {
        return Some(with_source(phrase, &whole));
    }
    if let Some(date) = part.dates().first() {
        return Some(with_date(&part, date, &whole));
    }
    if part.tag(0) == Some(Tag::Adp) && part.end() > 1 {
        return with_preposition(&part, &whole, phrase);
    }
    if let Some(counted) = counted_instead(&part, &whole) {
        return Some(counted);
    }
    let new = kind_of(&part, is_person);
    let old = whole.things(is_person);
    let slot = old.iter().find(|thing| Some(thing.named.kind) == new).or_else(|| other_slot(&old, new))?;
    // A phrase in the place of itself asks nothing new.
    (slot.named.name != phrase).then(|| replaced(&whole, &slot.tokens, phrase))
}

/// Where nothing of the kind stands: a name takes the place of a name, somebody who does something that of somebody else who does. Nobody takes that of a place.
fn other_slot(old: &[Thing], new: Option<Kind>) -> Option<&Thing> {
    let named = |thing: &&Thing| matches!(thing.named.kind, Kind::Person | Kind::Role | Kind::Body | Kind::Place);
    match new {
        Some(Kind::Person | Kind::Role) => {
            old.iter().find(|thing| matches!(thing.named.kind, Kind::Person | Kind::Role | Kind::Body | Kind::Things))
        }
        Some(Kind::Thing | Kind::Things) => old.iter().find(|thing| matches!(thing.named.kind, Kind::Thing | Kind::Things | Kind::Body)),
        Some(_) => old.iter().find(named).or_else(|| old.first()),
        None => None,
    }
}

/// What a phrase names; `None` where it is none.
fn kind_of(part: &Cut<'_>, is_person: &dyn Fn(&str) -> bool) -> Option<Kind> {
    let things = part.things(is_person);
    // Several names joined ("Bannister and Tessier") are asked for together.
    match things.as_slice() {
        [] => None,
        [one] => Some(one.named.kind),
        [first, ..] if part.end() <= 8 => Some(if first.named.kind == Kind::Person { Kind::Body } else { first.named.kind }),
        _ => None,
    }
}

fn replaced(whole: &Cut<'_>, tokens: &Range<usize>, phrase: &str) -> String {
    let Span { start, end } = whole.span(tokens);
    let (before, after) = (whole.words.get(..start).unwrap_or_default(), whole.words.get(end..).unwrap_or_default());
    format!("{before}{phrase}{after}")
}

/// The last question with another date, or with one.
fn with_date(part: &Cut<'_>, date: &Range<usize>, whole: &Cut<'_>) -> String {
    match whole.dates().last() {
        Some(old) => replaced(whole, old, part.slice(date)),
        None => {
            let bare = whole.words.trim_end_matches(['?', '.', ' ']);
            let said = part.slice(&(0..part.end()));
            let when =
                if part.tag(0) == Some(Tag::Adp) { said.replacen(part.slice(&(0..1)), part.word(0), 1) } else { format!("in {said}") };
            format!("{bare} {when}?")
        }
    }
}

/// The last question with another phrase behind the same preposition ("about the mill"); `None` where it has none.
fn with_preposition(part: &Cut<'_>, whole: &Cut<'_>, phrase: &str) -> Option<String> {
    let at = (1..whole.end()).find(|&at| whole.word(at) == part.word(0))?;
    let behind = |at: usize| matches!(whole.tag(at), Some(Tag::Adp | Tag::Verb | Tag::Aux)) || whole.is_auxiliary(at);
    let dates = whole.dates();
    let end = (at + 1..whole.end()).find(|&at| behind(at) || dates.iter().any(|date| date.start == at)).unwrap_or_else(|| whole.end());
    (whole.slice(&(at..end)) != phrase).then(|| replaced(whole, &(at..end), phrase))
}

/// The last question of another source, or of one.
fn with_source(phrase: &str, whole: &Cut<'_>) -> String {
    let end = (1..whole.len()).find(|&at| whole.word(at) == "according" && whole.word(at + 1) == "to").unwrap_or_else(|| whole.end());
    let source = phrase.get("according".len()..).unwrap_or_default();
    format!("{} according{source}?", whole.slice(&(0..end)).trim_end_matches([',', ' ']))
}

/// "How many homes …" with other things counted.
fn counted_instead(part: &Cut<'_>, whole: &Cut<'_>) -> Option<String> {
    let bare = (0..part.end()).all(|at| matches!(part.tag(at), Some(Tag::Noun | Tag::Adj))) && part.names().is_empty();
    let counted = counted(whole)?;
    bare.then(|| replaced(whole, &counted, part.slice(&(0..part.end()))))
}

/// The noun behind "how many".
fn counted(whole: &Cut<'_>) -> Option<Range<usize>> {
    let how = whole.asking().filter(|&at| whole.word(at) == "how" && whole.word(at + 1) == "many")?;
    let end = whole.predicate()?;
    (how + 2 < end).then_some(how + 2..end)
}

/// The last question with another thing asked; `None` where that makes no question.
pub(super) fn asking(words: &str, last: &Last) -> Option<String> {
    let (part, whole) = (Cut::new(words), Cut::new(&last.question));
    let asked = part.asking()?;
    let of_them = part.end() >= 2 && part.word(part.end() - 2) == "of" && matches!(part.word(part.end() - 1), "them" | "these" | "those");
    let of_them = of_them || counts_them(&part, asked);
    let bare = if of_them { part.end() - 2 } else { part.end() };
    let said = part.slice(&(0..bare));
    let Some(old) = whole.asking() else { return decided(said, &whole) };
    if of_them || part.word(bare - 1) == "ones" || part.word(asked) == "which" {
        return chosen(&part, asked, &whole, old, said);
    }
    // The same question again asks of the answer, which nothing is known of.
    if part.word(asked) == whole.word(old) && bare == asked + 1 {
        return None;
    }
    if part.word(asked) == "why" && part.word(asked + 1) == "not" {
        return None;
    }
    // "How many?" after "What did he count?": what the answer counts.
    let counts = part.word(asked) == "how" && part.word(asked + 1) == "many" && bare == asked + 2;
    if counts && matches!(whole.word(old), "what" | "who") && whole.is_auxiliary(old + 1) {
        let counted = last.answer.as_deref().and_then(counted_noun)?;
        return Some(format!("{} {counted} {}", capital(said), whole.slice(&(old + 1..whole.len()))));
    }
    let at = whole.predicate()?;
    // "How old?" after "Where does she come from?": the preposition belonged to what was asked.
    let loose = whole.tag(whole.end().saturating_sub(1)) == Some(Tag::Adp);
    let rest = whole.slice(&(at..if loose { whole.end() - 1 } else { whole.len() }));
    if !whole.is_auxiliary(at) {
        return by_answer(said, &whole, at, last);
    }
    match subject_asked_for(&whole, old, at) {
        // "How many homes were flooded" – "Why?" – "Why were the homes flooded"
        Some(noun) => Some(format!("{} {} the {}{}", capital(said), whole.word(at), noun, behind(&whole, at))),
        None => match object_asked_for(&whole, old, at) {
            Some(whole) => Some(format!("{} {whole}", capital(said))),
            None => Some(format!("{} {rest}", capital(said))),
        },
    }
}

/// "Who else?": the last question again.
pub(super) fn again(words: &str, last: &Last) -> Option<String> {
    let (part, whole) = (Cut::new(words), Cut::new(&last.question));
    let same = part.end() == 1 && whole.asking().is_some_and(|at| whole.word(at) == part.word(0));
    same.then(|| last.question.clone()).or_else(|| asking(words, last))
}

/// "What rating did the trust get in May": the rest of it with what was asked for in its place, "did the trust get the rating in May".
fn object_asked_for(whole: &Cut<'_>, asked: usize, at: usize) -> Option<String> {
    let sought = whole.sought().filter(|_| matches!(whole.word(asked), "what" | "which"))?;
    let verb = (at + 2..whole.len()).find(|&at| whole.tag(at) == Some(Tag::Verb) && whole.word(at - 1) != "the")?;
    Some(format!("{} the {}{}", whole.slice(&(at..verb + 1)), whole.slice(&sought), behind(whole, verb)))
}

/// A yes-or-no question with a question word.
fn decided(said: &str, whole: &Cut<'_>) -> Option<String> {
    whole.is_auxiliary(0).then(|| format!("{} {}{}", capital(said), whole.word(0), behind(whole, 0)))
}

/// What an answer counts ("312 grey seals"), without the number.
fn counted_noun(answer: &str) -> Option<String> {
    let cut = Cut::new(answer);
    let end = cut.end();
    let from = (0..end).find(|&at| cut.tag(at) != Some(Tag::Num))?;
    let noun = (from..end).all(|at| matches!(cut.tag(at), Some(Tag::Noun | Tag::Adj))) && cut.is_plural(&(from..end));
    (noun && end - from <= 3).then(|| cut.slice(&(from..end)).to_owned())
}

/// The words behind a token.
pub(super) fn behind<'q>(whole: &Cut<'q>, at: usize) -> &'q str {
    let end = whole.span(&(at..at + 1)).end;
    whole.words.get(end..).unwrap_or_default()
}

/// What is counted or chosen, where it is what something happens to: nothing else stands between the auxiliary and the verb.
fn subject_asked_for<'q>(whole: &Cut<'q>, asked: usize, at: usize) -> Option<&'q str> {
    let passive = matches!(whole.tag(at + 1), Some(Tag::Verb));
    let from = if whole.word(asked) == "how" { asked + 2 } else { asked + 1 };
    (passive && from < at).then(|| whole.slice(&(from..at)))
}

/// "How many of them", "which ones": the same things, counted or named.
fn chosen(part: &Cut<'_>, asked: usize, whole: &Cut<'_>, old: usize, said: &str) -> Option<String> {
    let many = part.word(asked) == "how";
    let said = if counts_them(part, asked) { part.slice(&(asked..asked + 2)) } else { said };
    let with = if many { "how many" } else { "which" };
    let swapped = match (whole.word(old), whole.word(old + 1)) {
        ("how", "many") if !many => replaced(whole, &(old..old + 2), with),
        ("which", _) if many => replaced(whole, &(old..old + 1), with),
        ("what", _) if many && !whole.is_auxiliary(old + 1) => replaced(whole, &(old..old + 1), with),
        ("where" | "when", _) if many => {
            let things = whole.things(&|_| false).into_iter().find(|thing| thing.named.kind == Kind::Things)?;
            format!("How many {} were there?", things.named.name.trim_start_matches("the "))
        }
        ("who", _) if many && !whole.is_auxiliary(old + 1) => replaced(whole, &(old..old + 1), with),
        ("what" | "who", _) if many && whole.is_auxiliary(old + 1) => format!("{said} {}", whole.slice(&(old + 1..whole.len()))),
        _ => return None,
    };
    Some(capital(&swapped))
}

/// "Who chaired the board" – (A) – "When?" – "When did A chair the board"
fn by_answer(said: &str, whole: &Cut<'_>, at: usize, last: &Last) -> Option<String> {
    let name = last.answer.as_ref().filter(|_| last.is_name && matches!(whole.word(0), "who" | "which"))?;
    Some(format!("{} did {name} {}{}", capital(said), infinitive(whole.word(at)), behind(whole, at)))
}

/// The form that stands behind "did". No English verb ends in two vowels, one of these consonants and an "e".
pub(super) fn infinitive(word: &str) -> String {
    let base = lemma(word, Tag::Verb);
    let odd = ["air", "ail", "ain", "ear", "eal", "oar", "oan", "our", "oot", "eed", "oad"];
    let bare = base.strip_suffix('e').filter(|bare| word.ends_with("ed") && odd.iter().any(|end| bare.ends_with(end)));
    bare.unwrap_or(&base).to_owned()
}

/// With a capital at the start.
fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(last: &str, answer: Option<&str>, said: &str, expected: Option<&str>) {
        let last = Last { question: last.to_owned(), answer: answer.map(str::to_owned), is_name: answer.is_some(), ..Last::default() };
        let cut = Cut::new(said);
        let found = match fragment(&cut) {
            Fragment::Phrase(phrase) => instead(phrase, &last, &|name| name.starts_with("Ann")),
            Fragment::Asking(words) => asking(words, &last),
            Fragment::Joined(rest) => Some(rest.to_owned()),
            Fragment::Whole => Some(said.to_owned()),
        };
        assert_eq!(found.as_deref(), expected, "{said} after {}", last.question);
    }

    #[test]
    fn a_phrase_takes_the_place_of_one_of_its_kind() {
        check("How many mills closed in March 2013?", None, "And in 2012?", Some("How many mills closed in 2012?"));
        check("How many mills closed?", None, "In May 2012?", Some("How many mills closed in May 2012?"));
        check("What did the owners pay for the mill?", None, "What about the tenants?", Some("What did the tenants pay for the mill?"));
        check("Who is Ann Bell?", None, "And Ann Crow?", Some("Who is Ann Crow?"));
        check("How many homes were flooded?", None, "And businesses?", Some("How many businesses were flooded?"));
        check("Is it open?", None, "What about Tuesday morning?", None);
    }

    #[test]
    fn a_question_word_asks_for_something_else() {
        check("Why did the board allow it?", None, "When?", Some("When did the board allow it?"));
        check("Did the mill close?", None, "Why?", Some("Why did the mill close?"));
        check("How many homes were flooded in 2014?", None, "Why?", Some("Why were the homes flooded in 2014?"));
        check("Who chaired the board?", Some("Ann Bell"), "When?", Some("When did Ann Bell chair the board?"));
        check("In which towns does the club play?", None, "How many of them?", Some("In how many towns does the club play?"));
        check(
            "What did the council lend the club?",
            None,
            "Over how many years?",
            Some("Over how many years did the council lend the club?"),
        );
        check("Why did the mill close?", None, "Why?", None);
        check("How many pumps were working in May?", None, "For how long?", Some("For how long were the pumps working in May?"));
        check("What rating did Ann get in May?", None, "From whom?", Some("From whom did Ann get the rating in May?"));
    }

    #[test]
    fn what_was_spoken_of_is_counted() {
        check("Which conditions did the board set?", None, "How many were there?", Some("How many conditions did the board set?"));
        check("Where were the rest centres?", None, "How many were there?", Some("How many rest centres were there?"));
        check("Who bid for the mill?", None, "And how many were they?", Some("How many bid for the mill?"));
    }

    #[test]
    fn a_phrase_takes_the_place_behind_its_preposition() {
        check("What did Ann Bell say about the mill?", None, "And about the sluice?", Some("What did Ann Bell say about the sluice?"));
        check("How much of it went on computers in 2014?", None, "And on lawyers?", Some("How much of it went on lawyers in 2014?"));
        check("How old is Ann Bell?", None, "And about the sluice?", None);
    }

    #[test]
    fn another_source_is_put_behind() {
        check("How long does it take?", None, "And according to the owner?", Some("How long does it take according to the owner?"));
        check("Did it rain, according to Ann Bell?", None, "According to Ann Crow?", Some("Did it rain according to Ann Crow?"));
    }

    #[test]
    fn a_verb_that_leaves_something_out_is_known() {
        let left = |question: &str| left_out(&Cut::new(question));
        assert_eq!((left("Who pays?"), left("How many people took part?")), (Some("for "), Some("in ")));
        assert_eq!((left("Who paid the fine?"), left("Which part?"), left("Who won?")), (None, None, Some("")));
    }

    #[test]
    fn a_whole_question_stays_whole() {
        check("Did the mill close?", None, "And what did the owner say?", Some("what did the owner say?"));
        check("Did the mill close?", None, "age of Moira Bell in 2013", Some("age of Moira Bell in 2013"));
    }
}
