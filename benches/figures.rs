//! The figures of the README, measured in one run: `cargo bench`.
//!
//! Builds two archives out of `corpus/` (every article many times with other figures and its paragraphs in another order, so that no
//! two are copies): a small one of some 2,000 passages for questions and checks, warm and from a cold start, and a larger one for
//! indexing and extraction. Times are medians; processor time counts all threads. `benches/scale` measures larger ones.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a bench that cannot set up has failed, and prints its figures")]

mod measuring;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use measuring::{Usage, files, median, processor, size, usage};
use sayso::engine::{AskOptions, Depth, Engine, UpdateOptions, Wanted, update};
use sayso::question::Constraints;

/// How many times each article is written, in the small archive and the larger one.
const COPIES: [usize; 2] = [12, 120];
/// How many runs a median is taken of.
const RUNS: usize = 21;

const QUESTIONS: &[&str] = &[
    "How many homes were flooded when the river burst its banks?",
    "Who is the chief executive of the hospital trust?",
    "What did the inspectors say about case loads?",
    "How much does the barrier cost?",
    "How many people live in Lisbon?",
];
const QUOTES: &[(&str, &str)] = &[
    ("exact", "If you're upstairs and you're dry, stay there and put a light in the window."),
    ("altered", "If you're downstairs and you're wet, stay there and put a light in the window."),
    ("absent", "Nobody has ever said these words in any paper."),
];

fn main() {
    if measuring::measured(&std::env::args().skip(1).collect::<Vec<_>>()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [small, large] = COPIES.map(|copies| write_archive(&folder.path().join(copies.to_string()), copies));
    indexing(&large, &folder.path().join("large"));
    extraction(&large, folder.path());
    let index = folder.path().join("small");
    update(&index, Some(std::slice::from_ref(&small.folder)), &UpdateOptions::default(), &mut |_| {}).unwrap();
    let status = Engine::open(&index).unwrap().status().unwrap();
    println!("\non {:.1} MB in {} documents, {} passages", small.megabytes(), status.documents, status.passages);
    warm(&index);
    cold(&index);
}

struct Archive {
    folder: PathBuf,
    bytes: usize,
}

impl Archive {
    fn megabytes(&self) -> f64 {
        self.bytes as f64 / 1e6
    }
}

fn write_archive(folder: &Path, copies: usize) -> Archive {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    fs::create_dir_all(folder).unwrap();
    let mut bytes = 0;
    for file in files(&corpus) {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(&corpus).unwrap().display().to_string().replace('/', "-");
        for copy in 0..copies {
            let varied = vary(&text, copy);
            bytes += varied.len();
            fs::write(folder.join(format!("{copy:03}-{name}")), varied).unwrap();
        }
    }
    Archive { folder: folder.to_owned(), bytes }
}

/// The text with other figures, and its paragraphs in another order.
fn vary(text: &str, copy: usize) -> String {
    let shift = |digit: u32| char::from_digit((digit + u32::try_from(copy).unwrap()) % 10, 10).unwrap();
    let digits = |paragraph: &str| paragraph.chars().map(|c| c.to_digit(10).map_or(c, shift)).collect::<String>();
    let paragraphs: Vec<String> = text.split("\n\n").map(digits).collect();
    let step = 1 + copy / paragraphs.len();
    let turned = paragraphs.iter().cycle().skip(copy % paragraphs.len()).step_by(step).take(paragraphs.len());
    turned.cloned().collect::<Vec<_>>().join("\n\n")
}

fn indexing(archive: &Archive, index: &Path) {
    let (source, target) = (archive.folder.display().to_string(), index.display().to_string());
    let built = usage(&["index", &source, "--index", &target, "--quiet"]);
    let again = usage(&["index", "--index", &target, "--quiet"]);
    let megabytes = archive.megabytes();
    println!("on {megabytes:.1} MB in {} files", files(&archive.folder).len());
    println!(
        "index             {:6.2} MB/s   {:.2} MB/s of processor time, {:.0} MB of memory",
        megabytes / built.wall,
        megabytes / built.processor,
        built.megabytes
    );
    println!("index size        {:6.2} × the files", size(index) as f64 / archive.bytes as f64);
    println!("nothing changed   {:6.1} ms", 1000.0 * again.wall);
}

fn extraction(archive: &Archive, folder: &Path) {
    let lines: Vec<String> = files(&archive.folder)
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "txt"))
        .map(|file| serde_json::json!({ "id": file, "text": fs::read_to_string(file).unwrap() }).to_string())
        .collect();
    let bytes: usize = lines.iter().map(String::len).sum();
    let file = folder.join("texts.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let taken = usage(&["extract", "--jsonl", &file.display().to_string()]);
    println!("extract           {:6.2} MB/s of processor time", bytes as f64 / 1e6 / taken.processor);
}

/// The median time of a run and its processor time, both in milliseconds; the first run, which loads, does not count.
fn timed(mut run: impl FnMut()) -> (f64, f64) {
    run();
    let before = processor();
    let once = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1000.0
    };
    let times = (0..RUNS).map(once).collect();
    (median(times), (processor() - before) / RUNS as f64)
}

fn show(name: &str, (wall, processor): (f64, f64), more: &str) {
    println!("{name:17} {wall:6.1} ms  {processor:6.1} ms of processor time{more}");
}

fn warm(index: &Path) {
    for (name, depth) in [("ask, linear", Depth::Linear), ("ask, neural", Depth::Neural)] {
        let engine = Engine::open(index).unwrap().with_depth(depth);
        let times: Vec<(f64, f64)> =
            QUESTIONS.iter().map(|question| timed(|| drop(engine.ask(question, &AskOptions::default()).unwrap()))).collect();
        let (wall, processor): (Vec<f64>, Vec<f64>) = times.into_iter().unzip();
        let slowest = wall.iter().copied().fold(0.0, f64::max);
        show(name, (median(wall), median(processor)), &format!("; slowest of {} questions {slowest:.1} ms", QUESTIONS.len()));
    }
    let engine = Engine::open(index).unwrap();
    for (kind, quote) in QUOTES {
        show(&format!("who, {kind}"), timed(|| drop(engine.check(quote, None, &Constraints::default()).unwrap())), "");
    }
    let wanted = Wanted { constraints: Constraints { speaker: Some("Brace".to_owned()), ..Constraints::default() }, ..Wanted::default() };
    let found = engine.quotations(&wanted, 20).unwrap().1;
    show("quotes --by", timed(|| drop(engine.quotations(&wanted, 20).unwrap())), &format!("; {found} found"));
}

fn cold(index: &Path) {
    let index = index.display().to_string();
    let commands: [(&str, &[&str]); 3] = [
        ("ask, linear", &["ask", QUESTIONS[0], "--reader", "linear"]),
        ("ask, neural", &["ask", QUESTIONS[0], "--reader", "neural"]),
        ("who", &["who", QUOTES[0].1]),
    ];
    for (name, command) in commands {
        let arguments: Vec<&str> = command.iter().copied().chain(["--index", &index]).collect();
        let runs: Vec<Usage> = (0..RUNS).map(|_| usage(&arguments)).collect();
        let of = |figure: fn(&Usage) -> f64| median(runs.iter().map(figure).collect());
        let times = (of(|run| run.wall * 1000.0), of(|run| run.processor * 1000.0));
        show(&format!("cold {name}"), times, &format!(", {:.0} MB of memory", of(|run| run.megabytes)));
    }
}
