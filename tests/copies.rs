//! How well copies of one report are known, measured on a folder of generated reports and what editors make of them.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and prints its figures")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use sayso::index::{Index, Options, update};

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// A word; some are far commoner than others, as in a language.
    fn word(&mut self) -> String {
        let number = self.below(3_000) * self.below(3_000) / 3_000;
        let syllables = ["ta", "mor", "lin", "bes", "ku", "ran", "del", "fi", "os", "wen", "gar", "pil"];
        let digit = |place: u32| syllables[number / 12_usize.pow(place) % 12];
        format!("{}{}{}", digit(0), digit(1), if number >= 144 { digit(2) } else { "" })
    }

    fn sentence(&mut self) -> String {
        let words: Vec<String> = (0..8 + self.below(16)).map(|_| self.word()).collect();
        format!("The {}.", words.join(" "))
    }

    fn paragraph(&mut self) -> String {
        (0..1 + self.below(3)).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }

    fn report(&mut self) -> Vec<String> {
        (0..8 + self.below(14)).map(|_| self.paragraph()).collect()
    }

    /// What an editor changes: a word in every fifth sentence, a paragraph dropped, one put in.
    fn edited(&mut self, report: &[String]) -> Vec<String> {
        let mut edited: Vec<String> = report.to_vec();
        let dropped = self.below(edited.len());
        edited.remove(dropped);
        for paragraph in &mut edited {
            if self.below(5) < 2 {
                let mut words: Vec<String> = paragraph.split(' ').map(str::to_owned).collect();
                let at = self.below(words.len());
                words[at] = self.word();
                *paragraph = words.join(" ");
            }
        }
        let at = self.below(edited.len());
        edited.insert(at, self.paragraph());
        edited
    }
}

/// Writes the folder; which story each document tells.
fn generate(folder: &Path) -> BTreeMap<String, usize> {
    let mut random = Random(11);
    let mut truth = BTreeMap::new();
    let mut write = |name: String, paragraphs: &[String], story: usize| {
        fs::write(folder.join(&name), paragraphs.join("\n\n") + "\n").unwrap();
        truth.insert(name, story);
    };
    let reports: Vec<Vec<String>> = (0..120).map(|_| random.report()).collect();
    for (story, report) in reports.iter().enumerate() {
        write(format!("{story:03}-original.txt"), report, story);
        if story % 2 == 0 {
            write(format!("{story:03}-syndicated.txt"), &[&[random.sentence()], report.as_slice()].concat(), story);
        }
        if story % 3 == 0 {
            write(format!("{story:03}-edited.txt"), &random.edited(report), story);
        }
        if story % 4 == 0 {
            // The first third to a half: what a paper with less room prints.
            let length = report.len() / 3 + random.below(report.len() / 6 + 1);
            write(format!("{story:03}-excerpt.txt"), &report[..length.max(3)], story);
        }
        if story % 5 == 0 {
            // The same events in another reporter's words, with two of the first one's paragraphs.
            let own = [random.report(), report[1..3].to_vec()].concat();
            write(format!("{story:03}-rival.txt"), &own, 1_000 + story);
        }
    }
    for review in 0..10 {
        let parts: Vec<String> = (0..4).flat_map(|part| reports[review * 7 + part * 3].clone()).collect();
        write(format!("review-{review}.txt"), &parts, 2_000 + review);
    }
    truth
}

/// Pairs of documents of one group.
fn pairs<'n>(groups: impl Iterator<Item = (&'n str, u32)>) -> BTreeSet<(&'n str, &'n str)> {
    let mut members: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    groups.for_each(|(name, group)| members.entry(group).or_default().push(name));
    let all = |names: &Vec<&'n str>| {
        let mut names = names.clone();
        names.sort_unstable();
        let rest = |at: usize| names[at + 1..].iter().map(|&other| (names[at], other)).collect::<Vec<_>>();
        (0..names.len()).flat_map(rest).collect::<Vec<_>>()
    };
    members.values().flat_map(all).collect()
}

fn clusters(index: &Path) -> Vec<(String, u32)> {
    let index = Index::open(index).unwrap();
    index.documents().unwrap().iter().map(|document| (document.id.clone(), document.cluster)).collect()
}

#[test]
fn copies_are_known_and_others_are_not_taken_for_them() {
    let root = tempfile::tempdir().unwrap();
    let news = root.path().join("news");
    fs::create_dir(&news).unwrap();
    let truth = generate(&news);
    let index = root.path().join("index");
    update(&index, Some(std::slice::from_ref(&news)), &Options::default(), &mut |_| ()).unwrap();
    let found = clusters(&index);
    let gold = pairs(truth.iter().map(|(name, story)| (name.as_str(), *story as u32)));
    let told = pairs(found.iter().map(|(name, cluster)| (name.as_str(), *cluster)));
    let right = gold.intersection(&told).count();
    let (precision, recall) = (right as f64 / told.len() as f64, right as f64 / gold.len() as f64);
    println!("{} documents, {} pairs of copies: precision {precision:.3}, recall {recall:.3}", truth.len(), gold.len());
    for missed in gold.difference(&told).take(10) {
        println!("missed {missed:?}");
    }
    for wrong in told.difference(&gold).take(10) {
        println!("wrong {wrong:?}");
    }
    assert!(precision >= 0.98 && recall >= 0.95, "precision {precision}, recall {recall}");
}

/// Clusters are what the documents make them, however they came in.
#[test]
fn clusters_are_the_same_whatever_the_way_there() {
    let root = tempfile::tempdir().unwrap();
    let news = root.path().join("news");
    fs::create_dir(&news).unwrap();
    let truth = generate(&news);
    let options = Options::default;
    let [whole, grown] = ["whole", "grown"].map(|name| root.path().join(name));
    update(&whole, Some(std::slice::from_ref(&news)), &options(), &mut |_| ()).unwrap();
    let names: Vec<&String> = truth.keys().collect();
    let away = root.path().join("away");
    fs::create_dir(&away).unwrap();
    let shift = |chosen: &dyn Fn(usize) -> bool, from: &Path, to: &Path| {
        let chosen = names.iter().enumerate().filter(|(at, _)| chosen(*at));
        chosen.for_each(|(_, name)| fs::rename(from.join(name), to.join(name)).unwrap());
    };
    shift(&|at| at % 2 == 0, &news, &away);
    update(&grown, Some(std::slice::from_ref(&news)), &options(), &mut |_| ()).unwrap();
    shift(&|at| at % 2 == 0, &away, &news);
    shift(&|at| at % 3 == 0, &news, &away);
    update(&grown, Some(std::slice::from_ref(&news)), &options(), &mut |_| ()).unwrap();
    shift(&|at| at % 3 == 0, &away, &news);
    update(&grown, Some(std::slice::from_ref(&news)), &options(), &mut |_| ()).unwrap();
    assert_eq!(clusters(&whole), clusters(&grown));
}
