//! A pronoun becomes the name it stands for, or the names it may stand for.
//!
//! Nearest is what the last answer is, then what the last question spoke of, then what was spoken of a turn or two before. Where two may be meant alike, or
//! the only one was spoken of long ago, neither is taken: the asker is asked back. The rules are those of centering (Grosz, Joshi and Weinstein 1995, "Centering:
//! a framework for modeling the local coherence of discourse"): what a pronoun stood for goes on being meant.

use super::cut::Cut;
use super::memory::{Kind, Memory, Named};
use super::pronoun::{Form, Pronoun, is_body};
use crate::quotation::pronoun_agrees;

/// How many turns back somebody may have been spoken of.
const REACH: u32 = 2;
/// Most names the asker is asked back with.
const OFFERED: usize = 4;

/// Whom a pronoun stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    For(String),
    /// Nobody, or one of several.
    Open(Vec<String>),
}

/// One is meant, several may be; `None` where there is none.
fn of_several(mut names: Vec<String>) -> Option<Stands> {
    match names.len() {
        0 => None,
        1 => names.pop().map(Stands::For),
        _ => Some(Stands::Open(names)),
    }
}

impl Pronoun {
    /// Whom or what it stands for.
    pub(super) fn stands(&self, memory: &Memory) -> Stands {
        match self.form {
            Form::One => self.one(memory),
            Form::Several => self.several(memory),
            Form::It => self.it(memory),
            Form::There => there(memory),
            Form::Report => latest(memory, &[Kind::Report]).map_or(Stands::Open(Vec::new()), Stands::For),
            Form::Said => Stands::Open(Vec::new()),
        }
    }

    /// Whether it can be somebody, as far as the words tell.
    fn agrees(&self, named: &Named) -> bool {
        let agrees = match named.kind {
            Kind::Person => pronoun_agrees(&self.word, &named.name),
            // Of "Tom Pell's daughter" the last word tells who is meant, as a title does before a name.
            Kind::Role => pronoun_agrees(&self.word, &format!("{} –", named.name.split(' ').next_back().unwrap_or_default())),
            _ => false,
        };
        agrees && !self.is_beside(&named.name)
    }

    /// Whether the same question names it.
    fn is_beside(&self, name: &str) -> bool {
        self.beside.iter().any(|beside| is_same(beside, name))
    }

    /// The person it agrees with.
    fn one(&self, memory: &Memory) -> Stands {
        let agreeing: Vec<&Named> = memory.names.iter().filter(|named| self.agrees(named)).collect();
        let offered =
            || Stands::Open(agreeing.iter().filter(|named| !named.overheard).take(OFFERED).map(|named| named.name.clone()).collect());
        let spoken =
            |turn: u32| -> Vec<&Named> { agreeing.iter().copied().filter(|named| named.turn == turn && !named.overheard).collect() };
        let now = spoken(memory.turn);
        if !now.is_empty() {
            return self.nearest(memory, &now);
        }
        // Who speaks in the answer.
        if let Some(heard) = agreeing.iter().find(|named| named.turn == memory.turn) {
            return Stands::For(heard.name.clone());
        }
        // Who was asked for in vain may be meant.
        if memory.is_left_open() {
            return offered();
        }
        let back = (1..=REACH).filter_map(|back| memory.turn.checked_sub(back));
        back.map(spoken).find(|found| !found.is_empty()).map_or_else(offered, |found| self.nearest(memory, &found))
    }

    /// Of those spoken of in one turn: who the answer was; who was meant before; who speaks, of one who speaks; else all of them may be meant.
    fn nearest(&self, memory: &Memory, found: &[&Named]) -> Stands {
        let by = |fits: &dyn Fn(&Named) -> bool| {
            let fitting: Vec<&Named> = found.iter().copied().filter(|named| fits(named)).collect();
            if let [one] = fitting.as_slice() { Some(one.name.clone()) } else { None }
        };
        let known = |named: &Named| tells_gender(&named.name);
        let one = by(&|_| true)
            .or_else(|| by(&|named| named.answer))
            .or_else(|| by(&|named| memory.stood.contains(&named.name)))
            .or_else(|| by(&|named| self.says && named.subject))
            .or_else(|| by(&|named| known(named) && !found.iter().any(|other| other.subject && !known(other))));
        one.map_or_else(|| Stands::Open(found.iter().map(|named| named.name.clone()).collect()), Stands::For)
    }

    fn several(&self, memory: &Memory) -> Stands {
        let now =
            |kinds: &[Kind]| -> Vec<String> { of_last_turn(memory, kinds).into_iter().filter(|name| !self.is_beside(name)).collect() };
        let counted = sought(memory, true);
        if let Some(counted) = counted.as_ref().filter(|_| self.counted) {
            return Stands::For(counted.clone());
        }
        let things = now(&[Kind::Things]);
        if let Some(pair) = side_by_side(memory).filter(|_| things.is_empty() && !self.of_each) {
            let counted = counted.filter(|counted| memory.names.iter().any(|named| named.turn == memory.turn && named.name == *counted));
            let meant = counted.is_none() || pair.iter().all(|name| memory.stood.iter().any(|stood| stood.contains(name.as_str())));
            let pair = pair.join(" and ");
            return if meant { Stands::For(pair) } else { Stands::Open([Some(pair), counted].into_iter().flatten().collect()) };
        }
        let bodies = now(&[Kind::Body]);
        if memory.is_left_open() {
            return Stands::Open(things.into_iter().chain(bodies).collect());
        }
        match (things.as_slice(), bodies.as_slice()) {
            ([one], []) => Stands::For(one.clone()),
            ([one], _) if !self.says => Stands::For(one.clone()),
            ([], [one]) => Stands::For(one.clone()),
            ([], []) if !self.says && counted.is_some() => counted.map_or(Stands::Open(Vec::new()), Stands::For),
            ([], []) => match now(&[Kind::Thing]).as_slice() {
                [one] if self.says => Stands::For(one.clone()),
                _ => self.answer(memory).map_or_else(|| self.body_before(memory), Stands::For),
            },
            (things, bodies) => Stands::Open(things.iter().chain(bodies).cloned().collect()),
        }
    }

    /// What the last question asked for, if its name may well be that of several.
    fn answer(&self, memory: &Memory) -> Option<String> {
        let is_of_people = |named: &Named| matches!(named.kind, Kind::Person | Kind::Body);
        let mut found = memory
            .names
            .iter()
            .filter(|named| named.turn == memory.turn && named.answer && is_of_people(named) && !tells_gender(&named.name));
        found.next().filter(|_| found.next().is_none()).map(|named| named.name.clone())
    }

    /// A body spoken of before; where somebody or something was spoken of since, it is asked after.
    fn body_before(&self, memory: &Memory) -> Stands {
        let body = memory.names.iter().find(|named| named.kind == Kind::Body && !self.is_beside(&named.name));
        let since = |turn: u32| memory.names.iter().any(|named| named.turn > turn && !named.overheard && named.kind != Kind::Report);
        match body {
            Some(body) if body.turn + REACH >= memory.turn && !since(body.turn) => Stands::For(body.name.clone()),
            other => Stands::Open(other.map(|body| body.name.clone()).into_iter().collect()),
        }
    }

    fn it(&self, memory: &Memory) -> Stands {
        if self.of_report
            && let Some(report) = latest(memory, &[Kind::Report])
        {
            return Stands::For(report);
        }
        let now =
            |kinds: &[Kind]| -> Vec<String> { of_last_turn(memory, kinds).into_iter().filter(|name| !self.is_beside(name)).collect() };
        let kinds: &[&[Kind]] = if self.says { &[&[Kind::Body], &[Kind::Thing]] } else { &[&[Kind::Thing], &[Kind::Body], &[Kind::Place]] };
        let found = kinds.iter().map(|kinds| now(kinds)).find(|found| !found.is_empty()).unwrap_or_default();
        if self.of_deed {
            return Stands::Open(found);
        }
        if let Some(meant) = found.iter().find(|name| memory.stood.contains(name)) {
            return Stands::For(meant.clone());
        }
        match found.as_slice() {
            [one] => match self.thing_before(memory, one) {
                Some(thing) => Stands::Open(vec![one.clone(), thing]),
                None => Stands::For(one.clone()),
            },
            [] if !self.says && sought(memory, false).is_some() => sought(memory, false).map_or(Stands::Open(Vec::new()), Stands::For),
            [] if self.says || self.possessive => self.body_before(memory),
            [] => self.before(memory),
            several => Stands::Open(several.to_vec()),
        }
    }

    /// A single thing of the turns before, of the nearest turn that spoke of one.
    fn before(&self, memory: &Memory) -> Stands {
        let fits = |named: &&Named| matches!(named.kind, Kind::Thing | Kind::Body) && !self.is_beside(&named.name);
        let of = |turn: u32| -> Vec<String> {
            memory.names.iter().filter(|named| named.turn == turn).filter(fits).map(|named| named.name.clone()).collect()
        };
        let back = (0..=REACH).filter_map(|back| memory.turn.checked_sub(back));
        back.map(of).find_map(of_several).unwrap_or(Stands::Open(Vec::new()))
    }

    /// A thing that may be meant as well as a body, a place or one of many that was spoken of after it ("the ferry", "the council").
    fn thing_before(&self, memory: &Memory, last: &str) -> Option<String> {
        let loose = memory.names.iter().any(|named| named.name == last && (named.loose || named.kind == Kind::Place));
        let unnamed = loose || last.starts_with("the ") && is_body(last) && !self.says && !self.possessive;
        let kinds: &[Kind] = if loose { &[Kind::Thing, Kind::Body] } else { &[Kind::Thing] };
        let near = |named: &&Named| {
            named.name != last && kinds.contains(&named.kind) && named.turn < memory.turn && named.turn + REACH >= memory.turn
        };
        memory.names.iter().filter(|_| unnamed).find(near).map(|named| named.name.clone())
    }
}

/// Whether two names are one person's, as far as they tell: all words of one stand in the other.
fn is_same(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(crate::text::fold).collect() };
    let (one, other) = (words(one), words(other));
    one.iter().all(|word| other.contains(word)) || other.iter().all(|word| one.contains(word))
}

/// Whether a name tells a man's from a woman's.
fn tells_gender(name: &str) -> bool {
    pronoun_agrees("he", name) != pronoun_agrees("she", name)
}

/// The last place; else the one name of the last turn that may be one.
fn there(memory: &Memory) -> Stands {
    let bare: Vec<String> = of_last_turn(memory, &[Kind::Body]).into_iter().filter(|name| !name.starts_with("the ")).collect();
    match (latest(memory, &[Kind::Place]), bare.as_slice()) {
        (Some(place), _) => Stands::For(place),
        (None, [one]) => Stands::For(one.clone()),
        (None, _) => Stands::Open(bare),
    }
}

/// The people that the last question or its answer named together.
fn side_by_side(memory: &Memory) -> Option<Vec<String>> {
    let spoken = |named: &&Named| named.turn == memory.turn && named.kind == Kind::Person && named.beside > 0;
    let first = memory.names.iter().find(spoken)?;
    let all = memory.names.iter().filter(|named| spoken(named) && named.beside == first.beside && named.answer == first.answer);
    let all: Vec<String> = all.map(|named| named.name.clone()).collect();
    (all.len() > 1).then_some(all)
}

fn latest(memory: &Memory, kinds: &[Kind]) -> Option<String> {
    memory.names.iter().find(|named| kinds.contains(&named.kind)).map(|named| named.name.clone())
}

/// What the last question counted or chose, where it is several or one as wanted.
fn sought(memory: &Memory, several: bool) -> Option<String> {
    let plural = |name: &str| {
        let cut = Cut::new(name);
        cut.is_plural(&(0..cut.end()))
    };
    of_last_turn(memory, &[Kind::Sought]).into_iter().find(|name| plural(name) == several)
}

/// Those that the last question or its answer spoke of; where that spoke of nothing, those of the one before.
pub(super) fn of_last_turn(memory: &Memory, kinds: &[Kind]) -> Vec<String> {
    let spoken = memory.names.iter().filter(|named| !matches!(named.kind, Kind::Person | Kind::Role | Kind::Report));
    let turn = spoken.map(|named| named.turn).max().filter(|turn| turn + 1 == memory.turn).unwrap_or(memory.turn);
    memory.names.iter().filter(|named| named.turn == turn && kinds.contains(&named.kind)).map(|named| named.name.clone()).collect()
}
