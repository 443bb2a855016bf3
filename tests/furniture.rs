//! Lines that recur across a folder's documents are marked though nothing in them says what they are; what the documents tell is not.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and prints its figures")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use sayso::corpus::BlockKind;
use sayso::index::{Index, Options, Summary, update};

/// Lines before the report, of a site nobody has heard of.
const HEAD: [&str; 3] = ["The Weir Post", "The paper the river reads", "Tide tables Moorings Lost oars"];
/// Lines after it.
const FOOT: [&str; 5] = [
    "Swans of the week",
    "Yesterday's catch in numbers",
    "Leave your oar at the door",
    "The Weir Post is put together in a boathouse by nine people and a heron, and is older than the bridge it stands beside.",
    "Ask the ferryman",
];
const PLACES: [&str; 6] = ["Hexcombe", "Colne Abbas", "Ostwick", "Ash Ferrers", "Tarnside", "Marl Bridge"];
const DEEDS: [&str; 5] =
    ["closed its landing", "sold the old boathouse", "counted its swans", "dredged the upper channel", "painted the lock"];
const REASONS: [&str; 4] = ["because the planks had rotted", "after a winter of floods", "to save money", "though few had asked for it"];

/// What a report tells: no two tell the same, but for a paragraph of background under every third, and a list of towns under every fourth.
fn body(number: usize) -> Vec<String> {
    let (place, deed) = (PLACES[number % 6], DEEDS[number % 5]);
    let mut body = vec![
        format!("Row in {place} over week {number}"),
        format!("{place} {deed} on day {number} of the season, {}.", REASONS[number % 4]),
        format!("The harbour board of {place} met {} times before it agreed, its clerk said in a note to this paper.", number + 2),
        "What it means".to_owned(),
        format!(
            "Some {} people will have to row {} minutes longer, by the reckoning of the boatmen of {place}.",
            number * 7 + 3,
            number + 4
        ),
    ];
    if number.is_multiple_of(3) {
        body.push("The river board was set up in 1911 to keep the channel open between Hexcombe and the sea.".to_owned());
    }
    if number.is_multiple_of(4) {
        body.push("The towns that pay for the channel are:".to_owned());
        body.extend(PLACES.iter().take(3).map(|place| (*place).to_owned()));
        body.push(format!("All of them paid late in week {number}, and none of them said why."));
    }
    body
}

fn write(folder: &Path, number: usize) {
    let lines: Vec<String> =
        HEAD.iter().map(|line| (*line).to_owned()).chain(body(number)).chain(FOOT.iter().map(|line| (*line).to_owned())).collect();
    let path = folder.join(format!("report-{number:03}.txt"));
    fs::create_dir_all(folder).unwrap();
    fs::write(&path, lines.join("\n\n") + "\n").unwrap();
    let file = File::options().append(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
}

fn index(root: &Path, name: &str) -> Summary {
    update(&root.join(name), Some(&[root.join("news")]), &Options::default(), &mut |_| ()).unwrap()
}

/// Every line of every document with what it was taken for.
fn lines(root: &Path, name: &str) -> BTreeMap<(String, usize), (String, BlockKind)> {
    let index = Index::open(&root.join(name)).unwrap();
    let mut lines = BTreeMap::new();
    for document in index.documents().unwrap() {
        let text = index.text(&document).unwrap();
        for block in index.blocks(&document).unwrap() {
            lines.insert((document.id.clone(), block.span.start), (block.span.slice(&text).to_owned(), block.kind));
        }
    }
    lines
}

#[test]
fn furniture_is_told_by_recurrence_and_no_report_loses_a_line() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    (0..30).for_each(|number| write(&root.join("news/weir"), number));
    index(root, "index");
    let (mut out, mut furniture, mut kept, mut lost, mut told) = (0, 0, Vec::new(), Vec::new(), 0);
    for (line, kind) in lines(root, "index").into_values() {
        let article = kind.is_article();
        if line == HEAD[0] {
            continue;
        } else if HEAD.contains(&line.as_str()) || FOOT.contains(&line.as_str()) {
            furniture += 1;
            out += usize::from(!article);
            kept.extend(article.then_some((line, kind)));
        } else if line != "What it means" {
            told += 1;
            lost.extend((!article).then_some(line));
        }
    }
    println!("{out} of {furniture} lines of furniture out, {} of {told} lines of reports lost", lost.len());
    assert!(out * 100 >= furniture * 95, "{kept:#?}");
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn an_index_is_the_same_however_its_folder_grew() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let news = root.join("news/weir");
    for stage in [0..3, 3..6, 6..14, 14..60] {
        stage.for_each(|number| write(&news, number));
        index(root, "grown");
    }
    let again = index(root, "grown");
    assert_eq!((again.read, again.unchanged), (0, 60), "nothing is read again where nothing recurs anew");
    index(root, "whole");
    assert_eq!(lines(root, "grown"), lines(root, "whole"));
    fs::rename(&news, root.join("news/bridge")).unwrap();
    let moved = index(root, "grown");
    assert_eq!(moved.moved.len(), 60, "a folder that was given another name is the same");
    (8..60).for_each(|number| fs::remove_file(root.join(format!("news/bridge/report-{number:03}.txt"))).unwrap());
    index(root, "grown");
    fs::remove_dir_all(root.join("whole")).unwrap();
    index(root, "whole");
    assert_eq!(lines(root, "grown"), lines(root, "whole"), "nor does it matter what is gone");
}

/// One report in ten outlets' words is one report: its paragraphs are no furniture.
#[test]
fn copies_of_a_report_are_no_furniture() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    for copy in 0..12 {
        write(&root.join("news/weir"), 100);
        fs::rename(root.join("news/weir/report-100.txt"), root.join(format!("news/weir/copy-{copy}.txt"))).unwrap();
    }
    index(root, "index");
    let told = body(100);
    let lines = lines(root, "index");
    let marked: Vec<_> = lines.values().filter(|(line, kind)| told.contains(line) && !kind.is_article()).collect();
    assert!(marked.is_empty(), "{marked:#?}");
}
