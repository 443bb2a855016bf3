//! Phrases become references: the party each one means, where the document lets one tell.
//!
//! Names mean their party; "the inspector" the one party with that role; "he" and "she" the person the text is about at that
//! point: named lately, a subject, a speaker, of fitting gender. "They", "it" and indefinite phrases stay unresolved, but for a
//! body lately named before "it", and two persons named together before "they" and "the pair". The order of the text is followed, so that a resolved pronoun carries its person on.

use super::cast::{Cast, Party, agree};
use super::features::Scene;
use super::gender::{Gender, of_word};
use super::names::office_of;
use super::page::{Item, Page};
use super::phrase::{Phrase, PhraseKind};
use super::roles::is_office;
use crate::syntax::EntityKind;
use crate::text::folded;

/// A party meant at one place.
#[derive(Clone, Copy, Debug)]
struct Event {
    party: usize,
    /// Sentences before it in the sequence.
    sentence: usize,
    /// Item of its head.
    item: usize,
    block: usize,
    subject: bool,
    /// Subject of the main clause.
    main: bool,
    /// Is said to speak, or is who a sentence was made to name.
    speaks: bool,
    possessive: bool,
}

/// Events looked back at.
const MEMORY: usize = 30;

/// For each phrase, the party it means. `bearer` gives each phrase inside a role set off by commas the phrase that names whose role it is.
pub(super) fn resolve(scene: &Scene, cast: &Cast, bearer: &[Option<usize>]) -> Vec<Option<usize>> {
    let clock = Clock::new(scene.page);
    let mut resolver = Resolver { scene, cast, bearer, clock, events: Vec::new() };
    let mut meant = Vec::with_capacity(scene.phrases.len());
    for (at, phrase) in scene.phrases.iter().enumerate() {
        let party = resolver.party(at, phrase, &meant);
        if let Some(party) = party {
            resolver.remember(phrase, party);
        }
        if let Some(pair) = cast.pair_of.get(at).copied().flatten() {
            resolver.remember(phrase, pair);
        }
        meant.push(party);
    }
    meant
}

/// Sentence and block numbers by item.
struct Clock {
    sentence: Vec<usize>,
    block: Vec<usize>,
}

impl Clock {
    fn new(page: &Page) -> Self {
        let (mut sentence, mut block) = (0, 0);
        let mut clock = Self { sentence: Vec::with_capacity(page.items.len()), block: Vec::with_capacity(page.items.len()) };
        for item in &page.items {
            clock.sentence.push(sentence);
            clock.block.push(block);
            match item {
                Item::Token(token) if matches!(page.word(*token), "." | "!" | "?") => sentence += 1,
                Item::Break => {
                    sentence += 1;
                    block += 1;
                }
                _ => {}
            }
        }
        clock
    }
}

struct Resolver<'a> {
    scene: &'a Scene<'a>,
    cast: &'a Cast,
    bearer: &'a [Option<usize>],
    clock: Clock,
    events: Vec<Event>,
}

impl Resolver<'_> {
    fn party(&self, at: usize, phrase: &Phrase, meant: &[Option<usize>]) -> Option<usize> {
        if let Some(party) = self.cast.of_phrase.get(at).copied().flatten() {
            return Some(party);
        }
        match phrase.kind {
            PhraseKind::Pronoun => self.pronoun(phrase, meant),
            _ if is_pair(&folded(self.scene.page.word(phrase.head))) => self.best(phrase, |party| party.pair, None),
            _ => self
                .own_role(at, phrase)
                .or_else(|| self.office_holder(at, phrase))
                .or_else(|| self.role(phrase))
                .or_else(|| self.owner(at, phrase, meant))
                .or_else(|| self.epithet(phrase)),
        }
    }

    /// "The harbour master, Ann Webb,": the noun that heads a role set off beside a name means its bearer, whoever else has such a role.
    fn own_role(&self, at: usize, phrase: &Phrase) -> Option<usize> {
        let bearer = |at: usize| self.bearer.get(at).copied().flatten();
        let name = bearer(at).filter(|_| !phrase.possessive)?;
        let earlier = (0..at).rev().take_while(|&other| bearer(other) == Some(name));
        let heads = earlier.into_iter().all(|other| self.scene.phrases.get(other).is_some_and(|other| other.possessive));
        self.cast.of_phrase.get(name).copied().flatten().filter(|_| heads)
    }

    /// The "Secretary" of "Secretary of State Ann Bell".
    fn office_holder(&self, at: usize, phrase: &Phrase) -> Option<usize> {
        let named = self.scene.phrases.get(at + 1).filter(|named| named.name.start > named.tokens.start)?;
        let office = office_of(self.scene.page, named.tokens.start)?;
        if phrase.head == office { self.cast.of_phrase.get(at + 1).copied().flatten() } else { None }
    }

    /// "The inspectorate's report": a body's words are in what it writes.
    fn owner(&self, at: usize, phrase: &Phrase, meant: &[Option<usize>]) -> Option<usize> {
        let owner = at.checked_sub(1)?;
        let inside = self.scene.phrases.get(owner).is_some_and(|owner| owner.possessive && phrase.tokens.start <= owner.tokens.start);
        let party = meant.get(owner).copied().flatten().filter(|_| inside && is_writing(&folded(self.scene.page.word(phrase.head))))?;
        self.cast.parties.get(party).is_some_and(|party| party.kind == EntityKind::Organization).then_some(party)
    }

    /// "The midfielder said" right after a sentence in which one person spoke, and nobody else in the paragraph: another word for them.
    fn epithet(&self, phrase: &Phrase) -> Option<usize> {
        let page = self.scene.page;
        let noun = folded(page.word(phrase.head));
        let definite = folded(page.word(phrase.tokens.start)) == "the";
        let says = self.scene.verb_after(phrase).or_else(|| self.scene.verb_before(phrase)).is_some_and(|verb| page.cue(verb).is_some());
        if !definite || !says || !may_be_another_word(&noun) || self.is_somebody_elses(&noun, phrase) {
            return None;
        }
        let item = self.item(phrase.head);
        let here = (self.clock.sentence.get(item).copied().unwrap_or(0), self.clock.block.get(item).copied().unwrap_or(0));
        let person = |event: &&Event| self.cast.parties.get(event.party).is_some_and(|party| party.is_person() && !party.pair);
        let mut lately = self.events.iter().rev().take_while(|event| event.block == here.1).filter(person);
        let last = lately.next().filter(|event| event.main && event.speaks && event.sentence + 1 >= here.0)?;
        let alone = lately.all(|event| event.party == last.party);
        let party = self.cast.parties.get(last.party)?;
        (alone && agree(party.gender, of_word(&noun))).then_some(last.party)
    }

    /// Whether the document uses the noun of somebody else: introduced as new ("a midfielder") or in a role or a title.
    fn is_somebody_elses(&self, noun: &str, own: &Phrase) -> bool {
        let page = self.scene.page;
        let introduced = self.scene.phrases.iter().take_while(|other| other.tokens.start < own.tokens.start).any(|other| {
            let new = matches!(folded(page.word(other.tokens.start)).as_ref(), "a" | "an" | "another" | "one");
            let named = !other.name.is_empty();
            (new || named) && other.tokens.clone().any(|at| folded(page.word(at)) == noun)
        });
        introduced || self.cast.parties.iter().any(|party| party.roles.iter().any(|role| role.words.iter().any(|word| word == noun)))
    }

    fn remember(&mut self, phrase: &Phrase, party: usize) {
        let item = self.item(phrase.head);
        let verb = self.scene.verb_after(phrase).or_else(|| self.scene.verb_of_set_off(phrase));
        let inverted = self.scene.verb_before(phrase).is_some();
        let agent = self.scene.verb_of_agent(phrase);
        let speaks = agent.or(verb).is_some_and(|verb| self.scene.page.cue(verb).is_some()) || inverted;
        let identified = self.is_identified(phrase);
        let subject = agent.is_some() || identified || self.is_subject(phrase, verb);
        let event = Event {
            party,
            sentence: self.clock.sentence.get(item).copied().unwrap_or(0),
            item,
            block: self.clock.block.get(item).copied().unwrap_or(0),
            subject,
            main: inverted || agent.is_some() || identified || subject && self.scene.is_main_subject(self.item(self.start(phrase))),
            speaks: speaks || identified,
            possessive: phrase.possessive,
        };
        self.events.push(event);
    }

    fn item(&self, token: usize) -> usize {
        self.scene.page.item_of_token.get(token).copied().unwrap_or(0)
    }

    /// The first token of a phrase, with the office that "of" joins to it.
    fn start(&self, phrase: &Phrase) -> usize {
        office_of(self.scene.page, phrase.tokens.start).unwrap_or(phrase.tokens.start)
    }

    /// A phrase with a verb after it and no preposition or verb before it.
    fn is_subject(&self, phrase: &Phrase, verb: Option<usize>) -> bool {
        use crate::syntax::Tag;
        let before = self.item(self.start(phrase)).checked_sub(1).map(|item| self.scene.page.item(item));
        let governed = matches!(before, Some(Item::Token(token)) if matches!(self.scene.page.tag(token), Tag::Adp | Tag::Verb));
        let inverted = self.scene.verb_before(phrase).is_some();
        inverted || (verb.is_some() || self.is_something(phrase)) && !governed && !phrase.possessive
    }

    /// "The new chairman is Ann Bell": whom a sentence is made to name is what it is about, and what goes on.
    fn is_identified(&self, phrase: &Phrase) -> bool {
        let before = self.item(self.start(phrase)).checked_sub(1).map(|item| self.scene.page.item(item));
        let be = |token: usize| matches!(folded(self.scene.page.word(token)).as_ref(), "is" | "was");
        let ends = matches!(self.scene.page.item(self.item(phrase.tokens.end.saturating_sub(1)) + 1),
            Item::Token(token) if matches!(self.scene.page.word(token), "." | ","));
        let person = matches!(phrase.kind, PhraseKind::Name(EntityKind::Person));
        person && !phrase.possessive && ends && matches!(before, Some(Item::Token(token)) if be(token))
    }

    /// "Bell was not at the ground": a form of "be" with no other verb makes a subject, too.
    fn is_something(&self, phrase: &Phrase) -> bool {
        let next = self.scene.page.item(self.item(phrase.tokens.end.saturating_sub(1)) + 1);
        matches!(next, Item::Token(token) if self.scene.page.tag(token) == crate::syntax::Tag::Aux)
    }

    /// The one party whose stated role has this noun and all its modifiers; of several, the one meant last.
    fn role(&self, phrase: &Phrase) -> Option<usize> {
        let page = self.scene.page;
        let first = folded(page.word(phrase.tokens.start));
        let definite = matches!(first.as_ref(), "the" | "this" | "that" | "his" | "her" | "its" | "their")
            || page.tag(phrase.tokens.start) != crate::syntax::Tag::Det;
        let words = super::cast::folded(page, phrase.tokens.clone());
        let own: Vec<&String> = words.iter().filter(|word| !is_function_word(word)).collect();
        let head = folded(page.word(phrase.head));
        if !definite || own.is_empty() || matches!(first.as_ref(), "a" | "an") {
            return None;
        }
        let fits =
            |roles: &[super::cast::Role]| roles.iter().any(|role| role.head == head && own.iter().all(|word| role.words.contains(word)));
        let fitting: Vec<usize> =
            (0..self.cast.parties.len()).filter(|&party| self.cast.parties.get(party).is_some_and(|party| fits(&party.roles))).collect();
        match fitting.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => self.events.iter().rev().map(|event| event.party).find(|party| several.contains(party)),
        }
    }

    fn pronoun(&self, phrase: &Phrase, meant: &[Option<usize>]) -> Option<usize> {
        let word = folded(self.scene.page.word(phrase.head));
        match word.as_ref() {
            "who" => self.relative(phrase, meant),
            "it" | "its" => self.best(phrase, |party| party.kind == EntityKind::Organization, None),
            "they" | "them" | "their" | "both" => self.best(phrase, |party| party.pair, None),
            _ => {
                let gender = of_word(&word)?;
                self.best(phrase, |party| may_be(party, gender), Some(gender))
            }
        }
    }

    /// "Webb, who said": the phrase right before.
    fn relative(&self, phrase: &Phrase, meant: &[Option<usize>]) -> Option<usize> {
        let event = self.events.last()?;
        let near = self.item(phrase.head).saturating_sub(event.item) <= 2;
        (near && meant.iter().rev().take(2).flatten().any(|&party| party == event.party)).then_some(event.party)
    }

    fn best(&self, phrase: &Phrase, may: impl Fn(&Party) -> bool, gender: Option<Gender>) -> Option<usize> {
        let item = self.item(phrase.head);
        let here = (self.clock.sentence.get(item).copied().unwrap_or(0), self.clock.block.get(item).copied().unwrap_or(0));
        let recent = self.events.iter().rev().take(MEMORY);
        let fitting = recent.filter(|event| self.cast.parties.get(event.party).is_some_and(&may));
        let fitting: Vec<&Event> = fitting.collect();
        // "The minister refused to say whether Webb should go": the minister is more likely to go on.
        let below = |event: &Event| fitting.iter().any(|other| self.tells_of(other, event));
        let spoken_of = |event: &Event| if !event.main && below(event) { SPOKEN_OF } else { 0.0 };
        let mut scored: Vec<(f32, &Event)> =
            fitting.iter().enumerate().map(|(rank, event)| (self.salience(event, rank, here, gender) - spoken_of(event), *event)).collect();
        scored.sort_by(|one, two| two.0.total_cmp(&one.0).then(two.1.item.cmp(&one.1.item)));
        let (score, event) = scored.first()?;
        let rival = scored.iter().find(|(_, other)| other.party != event.party);
        (*score > FAINTEST && !(gender.is_some() && self.is_rivalled(phrase, *score, event, rival))).then_some(event.party)
    }

    /// "Bell refused to say whether Webb should go": what is told of Webb is told by Bell, the subject of the main clause.
    fn tells_of(&self, main: &Event, other: &Event) -> bool {
        let page = self.scene.page;
        let verb = |item: usize| matches!(page.item(item), Item::Token(token) if page.tag(token) == crate::syntax::Tag::Verb);
        let behind = other.sentence == main.sentence && other.item > main.item && other.party != main.party;
        behind && main.main && !other.main && (main.item..other.item).any(verb)
    }

    /// Whether another person was named in the same breath as the likeliest one and is nearly as likely.
    fn is_rivalled(&self, phrase: &Phrase, score: f32, best: &Event, rival: Option<&(f32, &Event)>) -> bool {
        let speaks = self.scene.verb_after(phrase).is_some_and(|verb| self.scene.page.cue(verb).is_some());
        let needed = if speaks { LEAST_LEAD_OF_SPEAKER } else { LEAST_LEAD };
        let told_of = |other: &Event| other.subject && self.tells_of(best, other);
        rival.is_some_and(|(rival, other)| other.sentence == best.sentence && score - rival < needed && !told_of(other))
    }

    /// Whether the sentence in which `item` stands opens with somebody being asked.
    fn asks(&self, item: usize) -> bool {
        let sentence = self.clock.sentence.get(item);
        let first = self.clock.sentence.partition_point(|other| Some(other) < sentence);
        let opening = (first..item).find_map(|item| match self.scene.page.item(item) {
            Item::Token(token) if self.scene.page.shape(token).is_word() => Some(folded(self.scene.page.word(token))),
            _ => None,
        });
        matches!(opening.as_deref(), Some("asked" | "pressed" | "questioned" | "quizzed" | "challenged"))
    }

    fn salience(&self, event: &Event, rank: usize, here: (usize, usize), gender: Option<Gender>) -> f32 {
        let party = self.cast.parties.get(event.party);
        let sentences = here.0.saturating_sub(event.sentence) as f32;
        let blocks = here.1.saturating_sub(event.block) as f32;
        let known = gender.is_some() && party.is_some_and(|party| party.gender == gender);
        let person = party.is_some_and(|party| party.kind == EntityKind::Person);
        let named = party.map_or(0, |party| party.named) as f32;
        let flag = |on: bool, worth: f32| if on { worth } else { 0.0 };
        // "Asked whether Webb would stay, he said": of those asked about, none answers.
        let asked_about = sentences == 0.0 && gender.is_some() && self.asks(event.item);
        flag(event.subject, SUBJECT)
            + flag(event.main, MAIN)
            + flag(event.speaks, 0.8)
            + flag(known, 1.2)
            + flag(person, 0.6)
            + flag(rank == 0, 0.9)
            + 0.25 * (1.0 + named).ln()
            - flag(event.possessive, 0.6)
            - flag(asked_about, 2.0)
            - 0.55 * sentences.min(8.0)
            - 0.3 * blocks.min(5.0)
            - 0.12 * rank as f32
    }
}

/// Whether "he" or "she" can stand for a party; for a name that several share only where they are of one gender.
fn may_be(party: &Party, gender: Gender) -> bool {
    !party.pair && party.is_person() && agree(party.gender, Some(gender)) && (!party.shared || party.gender.is_some())
}

/// How far ahead somebody must be of another person named in the same sentence for "he" or "she" to mean them. In GUM's news and biographies
/// (training half) the one ahead by less than 1 was meant in 33 of 50 cases, by 1 to 2.5 in four of five, by more in nine of ten.
const LEAST_LEAD: f32 = 0.5;
/// The same for one who speaks: nobody's words are put in a mouth on a guess.
const LEAST_LEAD_OF_SPEAKER: f32 = 1.2;
/// What being the subject of any clause is worth.
const SUBJECT: f32 = 1.2;
/// What being the subject of the main clause is worth besides.
const MAIN: f32 = 0.6;
/// What being spoken of by somebody else, who is the subject of the main clause, takes away.
const SPOKEN_OF: f32 = 0.8;

/// What is written and spoken for a body.
fn is_writing(noun: &str) -> bool {
    matches!(
        noun,
        "report"
            | "reports"
            | "inspection"
            | "inspections"
            | "review"
            | "audit"
            | "study"
            | "statement"
            | "assessment"
            | "analysis"
            | "survey"
            | "letter"
            | "submission"
            | "guidance"
            | "findings"
            | "response"
            | "verdict"
            | "judgment"
            | "ruling"
            | "investigation"
    )
}

/// Whether a noun may be another word for a person already named: what somebody does or is, and not one for whoever speaks for others.
fn may_be_another_word(noun: &str) -> bool {
    const TRADES: &[&str] = &[
        "actor",
        "artist",
        "athlete",
        "barrister",
        "batsman",
        "batter",
        "bowler",
        "boxer",
        "broadcaster",
        "chef",
        "comedian",
        "composer",
        "cricketer",
        "cyclist",
        "dancer",
        "defender",
        "driver",
        "fighter",
        "filmmaker",
        "forward",
        "goalkeeper",
        "golfer",
        "jockey",
        "keeper",
        "midfielder",
        "musician",
        "novelist",
        "painter",
        "photographer",
        "playwright",
        "poet",
        "quarterback",
        "rapper",
        "rower",
        "runner",
        "sailor",
        "sculptor",
        "singer",
        "skipper",
        "songwriter",
        "sprinter",
        "striker",
        "swimmer",
        "wicketkeeper",
        "winger",
        "wrestler",
    ];
    let voice =
        noun.starts_with("spokes") || matches!(noun, "official" | "representative" | "source" | "man" | "woman" | "person" | "judge");
    let aged = noun.ends_with("-year-old");
    aged || TRADES.binary_search(&noun).is_ok() || is_office(noun) && !voice
}

/// Below this an antecedent is not believed.
const FAINTEST: f32 = -4.0;

fn is_pair(noun: &str) -> bool {
    matches!(noun, "pair" | "couple" | "duo" | "two" | "twins")
}

fn is_function_word(word: &str) -> bool {
    matches!(word, "the" | "this" | "that" | "his" | "her" | "its" | "their" | "s" | "'s" | "’s" | "former" | "new" | "then")
}
