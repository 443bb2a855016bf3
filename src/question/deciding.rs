//! The kind of thing that answers: by rule where the wording is certain, else by the classifier.

use super::AnswerType::{
    self, Age, Date, Definition, Duration, List, Money, Number, Organization, Person, Place, Reason, Share, Statement, Thing, YesNo,
};
use super::asking::{Asking, Manner, is_causing};
use super::nouns::{answer_type_of, names_office};
use super::plural::{is_plural, singular};
use super::wording::{Wording, is_determiner, is_form_of_be};
use crate::syntax::Tag;

/// The answer type, and further types an answer may have.
pub(super) fn answer_types(wording: &Wording, asking: &Asking, classified: impl FnOnce() -> AnswerType) -> (AnswerType, Vec<AnswerType>) {
    let certain = match asking.manner {
        Manner::Who => Some(who(wording, asking)),
        Manner::Whose => Some(Person),
        Manner::When => Some(Date),
        Manner::Where => Some(if several_places(wording, asking) { List } else { Place }),
        Manner::Why => Some(Reason),
        Manner::YesNo => Some(YesNo),
        Manner::HowMany => Some(how_many(wording, asking)),
        Manner::HowMuch => Some(how_much(wording, asking)),
        Manner::HowAdjective => Some(how_adjective(wording, asking)),
        Manner::How => how(wording, asking),
        Manner::What | Manner::Which => what(wording, asking),
        Manner::Command | Manner::Bare => phrase(wording, asking),
    };
    // A statement is asked for by its noun, a list by its plural: "on which radio show did she say" asks for the show.
    let strange = |found| found == Statement || found == List && !asking.wants_several(wording);
    let thing = |found| if strange(found) && asks_by_noun(wording, asking) { Thing } else { found };
    let answer_type = certain.unwrap_or_else(|| thing(classified()));
    (answer_type, also(answer_type, asking))
}

/// Whether a noun that is none of speech stands with the question word.
fn asks_by_noun(wording: &Wording, asking: &Asking) -> bool {
    let named = matches!(asking.manner, Manner::What | Manner::Which) && asking.end > asking.at + 1 && !asking.focus.is_empty();
    named && answer_type_of(&asking.head(wording)) != Some(Statement)
}

/// What else may answer: an organization acts as a person does, a count may be told as a share.
fn also(answer_type: AnswerType, asking: &Asking) -> Vec<AnswerType> {
    match (answer_type, asking.manner) {
        (Person, Manner::Who | Manner::Whose) => vec![Organization],
        (Organization, _) => vec![Person],
        (Place, Manner::Where) => vec![Organization, Thing],
        (Duration, _) => vec![Number],
        (Share, _) => vec![Number],
        (Number, Manner::HowMany) => vec![Share],
        (Number, _) => vec![Share, Money],
        (Money, Manner::HowMuch) => vec![Share, Number],
        (Money, _) => vec![Number],
        (Date, _) => vec![Duration],
        _ => Vec::new(),
    }
}

/// "Who is Graham Thirsk?" asks what he is; "who were the bidders" for several; else a person.
fn who(wording: &Wording, asking: &Asking) -> AnswerType {
    let (at, mut start) = (asking.at + 1, asking.at + 2);
    if !is_form_of_be(wording.word(at)) {
        return Person;
    }
    while matches!(wording.word(start), "this" | "exactly") {
        start += 1;
    }
    let title = usize::from(is_determiner(wording.word(start)));
    let end = wording.name_end(start + title);
    if end > start && title == 0 && end >= wording.end() {
        return Definition;
    }
    let lower_name =
        title == 0 && wording.end() > start && (start..wording.end()).all(|at| wording.tag(at) == Tag::Propn || wording.tag(at) == Tag::X);
    let several = matches!(wording.word(at), "are" | "were") && asking.wants_several(wording);
    if lower_name {
        Definition
    } else if several {
        List
    } else {
        Person
    }
}

/// "Where were the rest centres?"
fn several_places(wording: &Wording, asking: &Asking) -> bool {
    let start = asking.at + 2;
    let end = wording.noun_phrase_end(start);
    let head = wording.before(end);
    matches!(wording.before(start), "are" | "were")
        && is_determiner(wording.word(start))
        && end > start
        && end >= wording.end() - 3
        && is_plural(head)
        && wording.tag(end - 1) != Tag::Propn
}

fn how_many(wording: &Wording, asking: &Asking) -> AnswerType {
    match asking.head(wording).as_str() {
        "year" | "month" | "week" | "day" | "hour" | "minute" | "second" | "decade" | "night" if wording.word(asking.end) != "of" => {
            Duration
        }
        "pound" | "dollar" | "euro" | "pence" => Money,
        "percent" | "cent" | "percentage" => Share,
        _ if wording.word(asking.at + 1) == "in" => Share,
        _ => Number,
    }
}

fn how_much(wording: &Wording, asking: &Asking) -> AnswerType {
    let head = asking.head(wording);
    let before = wording.before(asking.at - 1);
    if before == "by" {
        return Share;
    }
    let money = head == "money" || wording.find(0, &["spent", "cost", "spend", "paid", "went"]).is_some();
    if wording.word(asking.at + 1) == "of" && !money {
        return Share;
    }
    let mass = |&noun: &usize| is_mass(wording.word(noun));
    match head.as_str() {
        "time" => Duration,
        _ if asking.focus.iter().any(mass) => Number,
        "" | "more" | "less" => Money,
        noun if answer_type_of(noun) == Some(Money) || matches!(noun, "aid" | "cash" | "extra" | "interest" | "investment" | "support") => {
            Money
        }
        _ if wording.find(asking.end, &["weigh", "grow", "rise", "fall"]).is_some() => Number,
        _ => Money,
    }
}

/// Nouns measured otherwise than in money.
fn is_mass(noun: &str) -> bool {
    matches!(
        noun,
        "rain"
            | "water"
            | "snow"
            | "weight"
            | "land"
            | "space"
            | "power"
            | "energy"
            | "electricity"
            | "fuel"
            | "gas"
            | "oil"
            | "food"
            | "blood"
            | "sugar"
            | "alcohol"
            | "rainfall"
            | "sand"
            | "dioxide"
            | "carbon"
            | "co2"
            | "waste"
            | "rubbish"
            | "sewage"
            | "milk"
            | "wine"
            | "beer"
            | "salt"
            | "steel"
            | "coal"
            | "wheat"
            | "traffic"
    )
}

fn how_adjective(wording: &Wording, asking: &Asking) -> AnswerType {
    let mut subject = wording.noun_phrase_end(asking.end + 1);
    while matches!(wording.word(subject), "'s" | "'") && wording.noun_phrase_end(subject + 1) > subject + 1 {
        subject = wording.noun_phrase_end(subject + 1);
    }
    let head = singular(wording.before(subject));
    match wording.word(asking.at + 1) {
        "old" => Age,
        "long" if is_form_of_be(wording.word(asking.end)) && is_thing_with_length(&head) => Number,
        "long" | "soon" | "quickly" => Duration,
        "late" | "early" => Date,
        "expensive" => Money,
        "big" | "large" | "high" | "small" if answer_type_of(&head) == Some(Money) => Money,
        "rich" => Money,
        _ => Number,
    }
}

fn is_thing_with_length(noun: &str) -> bool {
    matches!(
        noun,
        "river"
            | "road"
            | "bridge"
            | "wall"
            | "tunnel"
            | "pitch"
            | "barrier"
            | "line"
            | "runway"
            | "coast"
            | "queue"
            | "route"
            | "fence"
            | "cable"
            | "pipe"
            | "pipeline"
            | "railway"
            | "canal"
            | "street"
            | "path"
            | "track"
            | "snake"
            | "whale"
            | "beach"
            | "marl"
            | "thames"
            | "nile"
            | "border"
    )
}

fn how(wording: &Wording, asking: &Asking) -> Option<AnswerType> {
    let verb = (asking.end..wording.len()).find(|&at| {
        matches!(
            wording.word(at),
            "react" | "respond" | "describe" | "reply" | "explain" | "justify" | "characterise" | "characterize" | "portray"
        )
    });
    if verb.is_some() {
        return Some(Statement);
    }
    Some(if wording.find(asking.end, &["vote"]).is_some() { Number } else { Thing })
}

fn what(wording: &Wording, asking: &Asking) -> Option<AnswerType> {
    if asking.end > asking.at + 1 {
        return by_noun(wording, asking);
    }
    let next = asking.at + 1;
    if is_form_of_be(wording.word(next)) { copular(wording, asking, next) } else { what_verb(wording, next) }
}

/// "which union", "what share", "which five councils": the noun decides, and its number.
fn by_noun(wording: &Wording, asking: &Asking) -> Option<AnswerType> {
    let head = asking.head(wording);
    let found = answer_type_of(&head);
    let percent = (asking.at..asking.end).any(|at| matches!(wording.word(at), "percentage" | "percent"));
    match found {
        _ if wording.word(asking.at + 1) != head && is_kind(wording.word(asking.at + 1)) && is_form_of_be(wording.word(asking.end)) => {
            Some(Definition)
        }
        _ if (asking.at..asking.end).any(|at| matches!(wording.word(at), "kinds" | "sorts" | "types" | "forms")) => Some(List),
        _ if percent || (head == "part" && before_comma_of(wording, asking)) => Some(Share),
        _ if wording.before(asking.at) == "on" && asking.focus.last().is_some_and(|&last| wording.word(last) == "grounds") => Some(Reason),
        // "Which bill" asks for one of several, "what bill" may ask for a sum.
        Some(Money) if asking.manner == Manner::Which => Some(Thing),
        Some(Number) if asks_price(wording, asking.end) => Some(Money),
        Some(Money | Share | Date | Age | Duration | Reason | Number) => found,
        Some(Statement) if asking.wants_several(wording) => Some(Statement),
        _ if asking.wants_several(wording) => Some(List),
        Some(Statement) => None,
        found => found,
    }
}

fn is_kind(word: &str) -> bool {
    matches!(word, "kind" | "sort" | "type")
}

/// Whether the words from `at` on tell of a price: "… cost", "for the cost of", "valued at".
fn asks_price(wording: &Wording, at: usize) -> bool {
    let price = ["cost", "costs", "price", "earn", "earns", "valued", "worth", "salary", "pay", "paid", "sold", "spent", "fined"];
    wording.find(at, &price).is_some_and(|found| !matches!(wording.word(found + 1), "attention"))
}

/// "Of the night-time patients, what part …".
fn before_comma_of(wording: &Wording, asking: &Asking) -> bool {
    wording.word(0) == "of" && wording.before(asking.at) == ","
}

/// "What is X?", "what was the cost of …", "what are the conditions", "what is Dr Asante paid".
fn copular(wording: &Wording, asking: &Asking, be: usize) -> Option<AnswerType> {
    let start = be + 1;
    if wording.find(start, &["paid", "earning", "worth", "charged", "valued", "priced", "sold"]).is_some_and(|at| at > start) {
        return Some(Money);
    }
    if wording.find(start, &["called", "named", "known", "nicknamed"]).is_some() || asking.head(wording) == "name" {
        return name_of(wording, asking);
    }
    if is_name(wording, start) || wording.before(wording.end()) == "about" {
        return Some(Definition);
    }
    let head = asking.head(wording);
    let described = asking.focus.last().is_some_and(|&last| {
        matches!(wording.word(last + 1), "of" | "for" | "at" | "in" | "to" | "on" | "between" | "that" | "from" | "against")
            || matches!(wording.before(asking.focus.first().copied().unwrap_or(0)), "'s" | "'")
            || wording.find(0, &["'s", "'"]).is_some_and(|at| at > start && at < last)
    });
    // "What is the stay bonus?" may ask what it is.
    let compound = asking.focus.len() > 1 && !described && answer_type_of(&head) == Some(Money);
    if let Some(found) =
        answer_type_of(&head).filter(|_| !compound).filter(|found| described || !matches!(found, Person | Organization | Place | Statement))
    {
        return Some(if asking.wants_several(wording) && matches!(found, Person | Organization | Place | Reason) { List } else { found });
    }
    if matches!(wording.word(be), "are" | "were") && asking.wants_several(wording) && is_determiner_or_number(wording, start)
        || asking.wants_several(wording) && described
    {
        return Some(List);
    }
    is_definition(wording, start).then_some(Definition)
}

fn is_determiner_or_number(wording: &Wording, at: usize) -> bool {
    is_determiner(wording.word(at)) || wording.tag(at) == Tag::Num || wording.is_capitalized(at) || wording.find(at, &["'s", "'"]).is_some()
}

/// "What was the Gang of Nine?": nothing but a name.
fn is_name(wording: &Wording, start: usize) -> bool {
    let first = start + usize::from(is_determiner(wording.word(start)));
    let end = wording.name_end(first);
    end > first + 1 && end >= wording.end()
}

/// "What is an asset of community value?", "What is Pelham Rowe?", "What is Sir Rupert Ainscough?": a noun phrase and nothing after it.
fn is_definition(wording: &Wording, start: usize) -> bool {
    let article = matches!(wording.word(start), "a" | "an");
    let mut end = wording.name_end(start + usize::from(is_determiner(wording.word(start))));
    if end <= start + 1 {
        end = wording.noun_phrase_end(start);
    }
    let plain = end > start && end >= wording.end();
    let before = plain || wording.word(end) == "before";
    let verbless = (start..wording.end()).all(|at| !matches!(wording.tag(at), Tag::Verb | Tag::Aux));
    (article && verbless) || before
}

/// What a name is asked for: "the name of Walter Ince's daughter" a person, "of Ostwick Town's ground" a place.
fn name_of(wording: &Wording, asking: &Asking) -> Option<AnswerType> {
    let of = asking.focus.last().map(|&head| head + 2)?;
    let named =
        (of..wording.len()).take_while(|&at| !wording.is_verb(at) || wording.word(at) == "'s").filter(|&at| wording.is_noun(at)).last()?;
    answer_type_of(&singular(wording.word(named))).filter(|found| matches!(found, Person | Organization | Place))
}

/// "What did the barrier cost", "what does each gate weigh", "what caused …", "what does X do".
fn what_verb(wording: &Wording, at: usize) -> Option<AnswerType> {
    let rest = || at..wording.len();
    if is_causing(wording.word(at)) {
        return Some(if wording.word(at + 1) == "up" { List } else { Reason });
    }
    if asks_price(wording, at + 1) {
        return Some(Money);
    }
    let last_verb = rest()
        .filter(|&at| wording.tag(at) == Tag::Verb || matches!(wording.word(at), "cost" | "do" | "weigh" | "pay" | "offer" | "demand"))
        .find(|&verb| verb > at)?;
    match wording.word(last_verb) {
        "cost" | "costs" | "pay" | "paid" | "earn" | "earned" | "charge" | "owe" | "bid" | "fetch" | "invest" | "donate" | "costing" => {
            Some(Money)
        }
        "offer" | "put" | "give" | "spend" | "raise" | "lend" if asks_sum(wording, last_verb) => Some(Money),
        "weigh" | "measure" => Some(Number),
        "do" | "done" if ends_as_occupation(wording, last_verb) => Some(Definition),
        "mean" | "stand" => Some(Definition),
        "demand" | "recommend" | "include" | "propose" => Some(List),
        _ => None,
    }
}

/// "What did Castlemoor Capital offer?", "what will the government put in for the barrier".
fn asks_sum(wording: &Wording, verb: usize) -> bool {
    let alone = verb + 1 >= wording.end();
    alone && wording.word(verb) == "offer"
        || matches!((wording.word(verb), wording.word(verb + 1)), ("put", "in") | ("spend", "on") | ("raise", "for") | ("lend", _))
}

/// "What does Joan Mellish do?", "what had he done for a living".
fn ends_as_occupation(wording: &Wording, verb: usize) -> bool {
    verb + 1 >= wording.end()
        || wording.reads(verb + 1, &["for", "a"])
        || wording.reads(verb + 1, &["for", "work"])
        || wording.reads(verb + 1, &["at", "the"])
        || wording.reads(verb + 1, &["before"])
}

/// A command or bare phrase: the noun decides, and its number.
fn phrase(wording: &Wording, asking: &Asking) -> Option<AnswerType> {
    let command = asking.manner == Manner::Command;
    match wording.word(asking.at) {
        "list" if command => return Some(List),
        "describe" | "define" if command => return Some(Definition),
        "explain" if command => return Some(Reason),
        _ => {}
    }
    let head = asking.head(wording);
    let numbered = asking.focus.iter().any(|&at| at > 0 && wording.tag(at - 1) == Tag::Num);
    let people = matches!(answer_type_of(&head), Some(Person)) || head == "name";
    if asking.wants_several(wording) && (command || numbered || people) {
        return Some(List);
    }
    let measured = (asking.at..wording.len().min(asking.at + 6))
        .map(|at| singular(wording.word(at)))
        .find_map(|noun| answer_type_of(&noun).filter(|found| matches!(found, Age | Money | Share)));
    match answer_type_of(&head) {
        Some(Person) if names_office(&head) => Some(Person),
        Some(found) => Some(found),
        None => measured,
    }
}
