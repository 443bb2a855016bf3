//! What checks of quotes take: printed so, printed otherwise, never printed; beside a search of all files for the words.

use std::process::Command;

use sayso::engine::{Engine, Wanted};
use sayso::question::Constraints;
use sayso::verification::Wording;

use crate::Bench;
use crate::archive::{Chance, Rewriting};
use crate::asking::{COLD, cold_row, command, each, head, row};
use crate::measuring::{Usage, median, usage_of};

/// Checks that only warm up.
const WARMING: usize = 6;
/// People whose quotations are listed.
const PEOPLE: usize = 26;
/// Runs of a search of all files.
const SEARCHES: usize = 5;
/// Words of a quote of which one becomes another, for an altered one.
const ALTERED: usize = 8;

/// Prints what checks take.
pub(crate) fn measure(bench: &Bench) {
    let exact = &bench.archive.quotes;
    let altered: Vec<String> = exact.iter().zip(0..).map(|(quote, seed)| altered(bench, quote, seed)).collect();
    let absent: Vec<String> = exact.iter().rev().zip(exact).zip(0..).map(|((one, other), seed)| absent(bench, one, other, seed)).collect();
    head("a quote, warm");
    let engine = Engine::open(bench.index.as_path()).unwrap();
    let mut half = 0.0;
    for (name, quotes, fits) in [
        ("who, exact", exact, (|wording| matches!(wording, Wording::Exact | Wording::Typography)) as fn(Wording) -> bool),
        ("who, altered", &altered, |wording| matches!(wording, Wording::Altered | Wording::AlteredMeaning)),
        ("who, absent", &absent, |wording| matches!(wording, Wording::NotFound)),
    ] {
        let mut right = 0;
        let times = each(quotes, WARMING, |quote| {
            right += usize::from(fits(engine.check(quote, None, &Constraints::default()).unwrap().wording));
        });
        let taken = row(name, times, &format!("{right} of {} told as such", quotes.len()));
        half = if half == 0.0 { taken } else { half };
    }
    by(&engine);
    drop(engine);
    search(bench, half);
    head("a quote, cold");
    cold_row("who, exact", exact.iter().take(COLD).map(|quote| command(bench, &["who", quote])).collect());
    cold_row("who, absent", absent.iter().take(COLD).map(|quote| command(bench, &["who", quote])).collect());
}

/// The quote with some of its words become others.
fn altered(bench: &Bench, quote: &str, seed: u64) -> String {
    let mut chance = Chance::new(seed);
    let mut words: Vec<String> = quote.split(' ').map(str::to_owned).collect();
    let mut left = words.len().div_ceil(ALTERED);
    let places: Vec<usize> = (0..words.len()).filter(|&place| bench.pool.other(&words[place], 0).is_some()).collect();
    for place in places {
        let other = bench.pool.other(&words[place], chance.next()).unwrap().to_owned();
        if left > 0 && other != words[place] {
            words[place] = other;
            left -= 1;
        }
    }
    words.join(" ")
}

/// A sentence that nobody printed: the words of two quotes in turn, and most of them become others.
fn absent(bench: &Bench, one: &str, other: &str, seed: u64) -> String {
    let mixed: Vec<&str> = one.split(' ').zip(other.split(' ')).flat_map(|(one, other)| [other, one]).collect();
    Rewriting { pool: &bench.pool, names: seed, chance: Chance::new(seed), share: 1.0 }.rewrite(&mixed[..mixed.len().min(24)].join(" "))
}

fn by(engine: &Engine) {
    let speakers: Vec<String> = engine.speakers().unwrap().into_iter().filter(|name| name.contains(' ')).collect();
    let people: Vec<&String> = speakers.iter().step_by((speakers.len() / PEOPLE).max(1)).take(PEOPLE).collect();
    let mut found = Vec::new();
    let times = each(&people, WARMING, |person| {
        let constraints = Constraints { speaker: Some(person.to_string()), ..Constraints::default() };
        found.push(engine.quotations(&Wanted { constraints, ..Wanted::default() }, 20).unwrap().1 as f64);
    });
    let most = found.iter().copied().fold(0.0, f64::max);
    row("quotes --by", times, &format!("{} quotations each, {most} at most", median(found)));
}

/// A search of all files for the words of a quote.
fn search(bench: &Bench, check: f64) {
    let there = |program: &&[&str]| Command::new(program[0]).arg("--version").output().is_ok();
    let programs: [&[&str]; 2] = [&["rg", "-F", "-l", "--"], &["grep", "-rFl", "--"]];
    let Some((program, options)) = programs.into_iter().find(there).and_then(|program| program.split_first()) else {
        println!("neither rg nor grep is there");
        return;
    };
    let folder = bench.archive.folder.to_str().unwrap();
    let runs = bench.archive.quotes.iter().take(SEARCHES).map(|quote| usage_of(program, &[options, &[quote.as_str(), folder]].concat()));
    let runs: Vec<Usage> = runs.collect();
    let half = 1000.0 * median(runs.iter().map(|run| run.wall).collect());
    cold_row(&format!("{program} -F"), runs);
    println!("{:22}{:.0} times the check of an exact quote", "", half / check);
}
