//! Quote checks become figures: `texts ARTICLES.jsonl CHECKS.jsonl` prints one of four labels a check for a scorer to read;
//! `judged CORPUS QUERIES.jsonl…` compares verdicts with judged ones and lists where they differ.
//!
//! Both index into a temporary folder. Articles are `{"id","text"}`, checks `{"n","quote","claimed_speaker"}`, judged checks the format
//! of `queries/*.quotes.jsonl`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sayso::index::{Index, Options, update};
use sayso::question::Constraints;
use sayso::verification::{Attribution, Verdict, Wording, check};
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["texts", articles, checks] => texts(Path::new(articles), Path::new(checks)),
        ["judged", corpus, queries @ ..] => judged(Path::new(corpus), queries),
        _ => Err("usage: quotecheck-figures texts ARTICLES.jsonl CHECKS.jsonl | judged CORPUS QUERIES.jsonl…".into()),
    }
}

fn lines(path: &Path) -> Outcome<Vec<Value>> {
    fs::read_to_string(path)?.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn word<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn build(root: PathBuf, directory: &Path) -> Outcome<Index> {
    update(directory, Some(&[root]), &Options::default(), &mut |_| {})?;
    Ok(Index::open(directory)?)
}

/// Prints a label for each check.
fn texts(articles: &Path, checks: &Path) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("texts");
    for article in lines(articles)? {
        let path = root.join(format!("{}.txt", word(&article, "id").unwrap_or("unnamed")));
        fs::create_dir_all(path.parent().unwrap_or(&root))?;
        fs::write(path, word(&article, "text").unwrap_or_default())?;
    }
    let index = build(root, &folder.path().join("index"))?;
    let (mut times, mut lookups) = (Vec::new(), Vec::new());
    for row in lines(checks)? {
        let words: Vec<String> = word(&row, "quote").unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
        let start = Instant::now();
        index.candidates(&words, 48)?;
        lookups.push(start.elapsed());
        let start = Instant::now();
        let verdict = check(&index, word(&row, "quote").unwrap_or_default(), word(&row, "claimed_speaker"), &Constraints::default())?;
        times.push(start.elapsed());
        let found = verdict.matches.first();
        let speaker = verdict.speaker.as_ref().map(|speaker| &speaker.name);
        let line = serde_json::json!({
            "n": row.get("n"), "label": label(&verdict), "wording": verdict.wording, "attribution": verdict.attribution,
            "speaker": speaker, "similarity": found.map(|found| found.similarity), "text": found.map(|found| &found.text),
        });
        println!("{line}");
    }
    report("lookups of candidates", &mut lookups);
    report("checks", &mut times);
    Ok(())
}

fn label(verdict: &Verdict) -> &'static str {
    match verdict.wording {
        Wording::NotFound | Wording::Uncheckable | Wording::Paraphrase => "not_found",
        Wording::Altered | Wording::AlteredMeaning | Wording::Stitched => "altered",
        _ if verdict.attribution == Some(Attribution::Misattributed) => "misattributed",
        _ => "exact",
    }
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    eprintln!("{} {what}: median {:?}, 95 % within {:?}, slowest {:?}", times.len(), at(50), at(95), at(100));
}

/// Prints the accuracy of each axis and the checks that differ.
fn judged(corpus: &Path, queries: &[&str]) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let index = build(corpus.to_owned(), &folder.path().join("index"))?;
    let (mut total, mut right) = (0_u32, [0_u32; 5]);
    let mut times = Vec::new();
    for row in queries.iter().map(|path| lines(Path::new(path))).collect::<Outcome<Vec<_>>>()?.concat() {
        let start = Instant::now();
        let verdict = check(&index, word(&row, "quote").unwrap_or_default(), word(&row, "by"), &Constraints::default())?;
        times.push(start.elapsed());
        let agree = agreement(&row, &verdict)?;
        total += 1;
        right.iter_mut().zip(agree).for_each(|(right, agree)| *right += u32::from(agree));
        if agree.contains(&false) {
            println!("{}", differing(&row, &verdict, agree)?);
        }
    }
    for (axis, right) in ["wording", "attribution", "context", "speaker", "document"].iter().zip(right) {
        println!("{axis:12} {right}/{total} = {:.1} %", 100.0 * f64::from(right) / f64::from(total.max(1)));
    }
    report("checks", &mut times);
    Ok(())
}

/// Whether wording, attribution, context, speaker and document are as judged.
fn agreement(row: &Value, verdict: &Verdict) -> Outcome<[bool; 5]> {
    let same = |key: &str, value: Value| row.get(key).unwrap_or(&Value::Null) == &value;
    let speaker = word(row, "speaker").is_none_or(|name| verdict.speaker.as_ref().is_some_and(|speaker| bare(&speaker.name) == bare(name)));
    let found = verdict.matches.first().map(|found| found.document.id.as_str());
    let also = row.get("also").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let right = |id: &str| word(row, "document") == Some(id) || also.iter().any(|one| one.as_str() == Some(id));
    Ok([
        same("wording", serde_json::to_value(verdict.wording)?),
        same("attribution", serde_json::to_value(verdict.attribution)?),
        same("context", serde_json::to_value(verdict.context)?),
        speaker,
        word(row, "document").is_none() || found.is_some_and(right),
    ])
}

fn bare(name: &str) -> String {
    let titles = ["the ", "Sir ", "Dame ", "Dr ", "Mr ", "Mrs ", "Cllr ", "The "];
    titles.iter().fold(name.to_owned(), |name, title| name.strip_prefix(title).map(str::to_owned).unwrap_or(name)).to_lowercase()
}

fn differing(row: &Value, verdict: &Verdict, agree: [bool; 5]) -> Outcome<String> {
    let found = verdict.matches.first();
    let marks: String = agree.iter().zip("wacsd".chars()).map(|(&agree, mark)| if agree { '.' } else { mark }).collect();
    let judged = ["wording", "attribution", "context", "speaker"].map(|key| row.get(key).unwrap_or(&Value::Null).to_string());
    Ok(format!(
        "{} {marks} {:?} by {}\n    judged {}\n    found  {},{},{},{:?}\n    {:?}",
        word(row, "id").unwrap_or_default(),
        word(row, "quote").unwrap_or_default(),
        row.get("by").unwrap_or(&Value::Null),
        judged.join(","),
        serde_json::to_string(&verdict.wording)?,
        serde_json::to_string(&verdict.attribution)?,
        serde_json::to_string(&verdict.context)?,
        verdict.speaker.as_ref().map(|speaker| &speaker.name),
        found.map(|found| (found.similarity, &found.document.id, &found.text)),
    ))
}
