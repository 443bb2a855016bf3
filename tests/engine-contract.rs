//! What the index promises, whichever search engine holds its entries: the same cases on tantivy and on a real three-node cluster.
//!
//! The cluster is started from `../shared/engine/cluster` (it says what it is: the server core of Elasticsearch 7.0.0 with Lucene 8.3, not the
//! official distribution) where that is there and a JDK can be had; `SAYSO_TEST_CLUSTER` names another such script. Without it the
//! cases run on tantivy alone, and a line says so.

#![allow(clippy::unwrap_used, reason = "a test that cannot set up its folder has failed")]
#![allow(clippy::print_stderr, reason = "what is skipped is said")]

mod nodes;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sayso::engine::{AskOptions, Depth, Engine, Wanted};
use sayso::index::{Cluster, Credentials, Filter, Home, Index, IndexError, Options, QuotationFilter, Scope, Search, Summary, update};
use sayso::question::Constraints;
use sayso::span::Span;
use sayso::text;

use nodes::{NODES, Nodes, is_whole};

/// Documents and where their index lives.
struct Case {
    root: tempfile::TempDir,
    home: Home,
}

const FLOOD: &str = "The river burst its banks at Colne Abbas on Tuesday.\n\nTroops filled sandbags through the night.\n";
const MERGER: &str = "Two hospitals will merge next spring.\n\n\"We will keep both wards open,\" said Ada Quill, the chief nurse.\n";
const CLUB: &str = "---\ntitle: Supporters take over\ndate: 2014-03-02\npublication: Radio Tarn\n---\n\nThe football club was sold to its supporters.\n\nThe ground stays with the council, Tom Pell said.\n";

impl Case {
    fn new(home: impl FnOnce(&Path) -> Home) -> Self {
        let root = tempfile::tempdir().unwrap();
        let home = home(root.path());
        let case = Self { root, home };
        [("flood.txt", FLOOD), ("merger.txt", MERGER), ("sport/club.md", CLUB)].iter().for_each(|(name, text)| case.write(name, text));
        case
    }

    fn news(&self) -> PathBuf {
        self.root.path().join("news")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.news().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn update_with(&self, options: &Options) -> Result<Summary, IndexError> {
        update(self.home.clone(), Some(&[self.news()]), options, &mut |_| ())
    }

    fn update(&self) -> Summary {
        self.update_with(&Options::default()).unwrap()
    }

    fn open(&self) -> Index {
        Index::open(self.home.clone()).unwrap()
    }
}

fn ids(index: &Index) -> Vec<String> {
    index.documents().unwrap().iter().map(|document| document.id.clone()).collect()
}

fn hits_within(index: &Index, words: &[&str], scope: Scope, filter: &Filter) -> Vec<String> {
    let stems: Vec<(String, f32)> = words.iter().map(|word| (text::stem(word), 1.0)).collect();
    let search = Search { stems: &stems, scope, title: 0.0, filter, near: 0.0, limit: 10 };
    index.search(&search).unwrap().iter().map(|hit| hit.document.id.clone()).collect()
}

fn hits(index: &Index, words: &[&str]) -> Vec<String> {
    hits_within(index, words, Scope::Article, &Filter::default())
}

/// A case by name.
type Named = (&'static str, fn(&Case));

/// Every case begins with three documents that are not indexed yet.
const CASES: &[Named] = &[
    ("nothing indexed is told from nothing found", nothing_indexed),
    ("text comes back byte for byte", text_comes_back),
    ("words are found under limits", words_are_found),
    ("quotations are found by speaker, subject and document", quotations_are_found),
    ("a second run does nothing", second_run),
    ("changes arrive and nothing else is touched", changes_arrive),
    ("a moved file keeps its entries", moved_file),
    ("a rehearsal writes nothing", rehearsal),
    ("a rebuild replaces everything", rebuild),
    ("an update that is ended early is kept, and goes on", ended_early),
    ("a reader keeps its state until it reloads", reader_keeps_state),
    ("long documents are read in parts", long_document),
    ("words longer than any engine takes", long_words),
    ("documents in other languages are passed over", other_languages),
    ("a damaged document is named, the rest indexed", damaged_document),
];

fn nothing_indexed(case: &Case) {
    assert!(matches!(Index::open(case.home.clone()), Err(IndexError::Missing { .. })));
    assert!(!case.home.is_index().unwrap());
    let error = update(case.home.clone(), None, &Options::default(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, IndexError::NoRoots { .. }), "{error}");
    case.update();
    assert!(case.home.is_index().unwrap());
    assert!(hits(&case.open(), &["zeppelin"]).is_empty());
}

fn text_comes_back(case: &Case) {
    let summary = case.update();
    assert_eq!((summary.added, summary.documents), (3, 3));
    let index = case.open();
    assert_eq!(ids(&index), ["flood.txt", "merger.txt", "sport/club.md"]);
    for (id, text) in [("flood.txt", FLOOD), ("merger.txt", MERGER)] {
        let document = index.document(id).unwrap().unwrap();
        assert_eq!(index.text(&document).unwrap(), text);
        assert_eq!(index.text_at(&document, Span::new(4, 10)).unwrap(), &text[4..10]);
        assert_eq!(index.text_at(&document, Span::new(9_000, 9_010)).unwrap(), "");
        assert!(!index.blocks(&document).unwrap().is_empty());
    }
    let status = index.status().unwrap();
    assert_eq!((status.documents, status.chunks, status.failed.len()), (3, 3, 0));
    assert!(index.size().unwrap() > 0);
}

fn words_are_found(case: &Case) {
    case.update();
    let index = case.open();
    assert_eq!(hits(&index, &["hospital", "merged"]), ["merger.txt"]);
    assert_eq!(index.outlets().unwrap(), ["Radio Tarn"]);
    let within = |filter: Filter| hits_within(&index, &["the"], Scope::Article, &filter);
    assert_eq!(within(Filter::default()).len(), 3);
    assert_eq!(within(Filter { outlets: Some(vec!["Radio Tarn".to_owned()]), ..Filter::default() }), ["sport/club.md"]);
    assert_eq!(within(Filter { outlets: Some(Vec::new()), ..Filter::default() }), [""; 0]);
    let day = |day| Some(jiff::civil::date(2014, 3, day));
    assert_eq!(within(Filter { since: day(2), until: day(2), ..Filter::default() }), ["sport/club.md"]);
    assert_eq!(within(Filter { since: day(3), ..Filter::default() }), [""; 0]);
    let quill = Filter { speaker: Some("Ms Quill".to_owned()), ..Filter::default() };
    assert_eq!(hits_within(&index, &["ward"], Scope::Said, &quill), ["merger.txt"]);
    assert_eq!(hits_within(&index, &[], Scope::Article, &quill), ["merger.txt"]);
    assert_eq!(hits_within(&index, &["ward"], Scope::Said, &Filter { speaker: Some("Pell".to_owned()), ..Filter::default() }), [""; 0]);
    assert_eq!(index.frequencies(&["river", "council", "zeppelin"]).unwrap(), [1, 1, 0]);
}

fn quotations_are_found(case: &Case) {
    case.update();
    let index = case.open();
    let listed = |filter: QuotationFilter| -> Vec<String> {
        index.quotations(&filter).unwrap().into_iter().map(|record| record.pieces.join(" ")).collect()
    };
    let said = ["We will keep both wards open,"];
    assert_eq!(listed(QuotationFilter { speaker: Some("Quill".to_owned()), ..QuotationFilter::default() }), said);
    assert_eq!(listed(QuotationFilter { about: Some("wards".to_owned()), ..QuotationFilter::default() }), said);
    let document = index.document("merger.txt").unwrap();
    assert_eq!(listed(QuotationFilter { document, ..QuotationFilter::default() }), said);
    assert_eq!(listed(QuotationFilter { speaker: Some("Nobody Atall".to_owned()), ..QuotationFilter::default() }), [""; 0]);
    assert!(index.speakers().unwrap().contains(&"Ada Quill".to_owned()));
    let words: Vec<String> = ["keep", "both", "wards", "open"].map(str::to_owned).to_vec();
    let place = index.candidates(&words, 3).unwrap().remove(0);
    assert_eq!((place.document.id.as_str(), place.share > 0.99), ("merger.txt", true));
}

fn second_run(case: &Case) {
    case.update();
    let second = case.update();
    assert_eq!((second.unchanged, second.added, second.changed), (3, 0, 0));
    assert_eq!(hits(&case.open(), &["river"]), ["flood.txt"]);
}

fn changes_arrive(case: &Case) {
    case.update();
    case.write("flood.txt", "The reservoir is full again.\n");
    case.write("new.txt", "A bridge was painted green.\n");
    fs::remove_file(case.news().join("merger.txt")).unwrap();
    let summary = case.update();
    assert_eq!((summary.added, summary.changed, summary.unchanged), (1, 1, 1));
    assert_eq!(summary.removed, ["merger.txt"]);
    let index = case.open();
    assert_eq!(ids(&index), ["flood.txt", "new.txt", "sport/club.md"]);
    for (word, expected) in [("river", None), ("hospital", None), ("reservoir", Some("flood.txt")), ("bridge", Some("new.txt"))] {
        assert_eq!(hits(&index, &[word]), expected.into_iter().collect::<Vec<_>>(), "{word}");
    }
    assert_eq!(index.chunks(), 3);
}

fn moved_file(case: &Case) {
    case.update();
    fs::rename(case.news().join("flood.txt"), case.news().join("water.txt")).unwrap();
    assert_eq!(case.update().moved, [("flood.txt".to_owned(), "water.txt".to_owned())]);
    let index = case.open();
    assert_eq!(hits(&index, &["river"]), ["water.txt"]);
    assert_eq!(index.text(&index.document("water.txt").unwrap().unwrap()).unwrap(), FLOOD);
}

fn rehearsal(case: &Case) {
    let dry = Options { dry_run: true, ..Options::default() };
    assert_eq!(case.update_with(&dry).unwrap().added, 3);
    assert!(!case.home.is_index().unwrap());
    case.update();
    fs::remove_file(case.news().join("flood.txt")).unwrap();
    assert_eq!(case.update_with(&dry).unwrap().removed, ["flood.txt"]);
    assert_eq!(case.open().len(), 3);
}

fn rebuild(case: &Case) {
    case.update();
    let summary = case.update_with(&Options { rebuild: true, ..Options::default() }).unwrap();
    assert!(summary.rebuilt.is_some());
    let index = case.open();
    assert_eq!((index.len(), index.chunks()), (3, 3));
    assert_eq!(case.update().unchanged, 3);
}

fn ended_early(case: &Case) {
    for number in 0..40 {
        case.write(&format!("page-{number:02}.txt"), &format!("Page {number} tells of the ferry.\n"));
    }
    let stop = std::sync::Arc::new(AtomicBool::new(false));
    let options = Options { stop: Some(std::sync::Arc::clone(&stop)), jobs: Some(1), ..Options::default() };
    let ended = update(case.home.clone(), Some(&[case.news()]), &options, &mut |progress| {
        stop.store(progress.done >= 10, Ordering::Relaxed);
    });
    assert!(matches!(ended, Err(IndexError::Interrupted { kept: true })));
    assert!((10..43).contains(&case.open().len()));
    case.update();
    let index = case.open();
    assert_eq!((index.len(), index.chunks()), (43, 43));
}

fn reader_keeps_state(case: &Case) {
    case.update();
    let mut index = case.open();
    assert!(!index.reload().unwrap());
    case.write("new.txt", "A bridge was painted green.\n");
    case.update();
    assert_eq!(index.len(), 3);
    assert_eq!(hits(&index, &["bridge"]), [""; 0]);
    assert!(index.reload().unwrap());
    assert_eq!(hits(&index, &["bridge"]), ["new.txt"]);
}

fn long_document(case: &Case) {
    let paragraph = |n: usize| {
        format!("Paragraph {n} speaks of the item{n} at some length. It has a second sentence, and a third one follows. Here it is.\n\n")
    };
    let text: String = (0..400).map(paragraph).collect();
    case.write("long.txt", &text);
    case.update();
    let index = case.open();
    assert!(index.chunks() > 60, "{}", index.chunks());
    let document = index.document("long.txt").unwrap().unwrap();
    let at = text.find("item123").unwrap();
    let passage = index.passage_at(&document, Span::new(at, at + 7)).unwrap().unwrap();
    assert_eq!(passage.text, "Paragraph 123 speaks of the item123 at some length.");
    assert_eq!(index.text_at(&document, Span::new(at, at + 7)).unwrap(), "item123");
    assert_eq!(index.text(&document).unwrap(), text);
    let words: Vec<String> = ["item77", "at", "some", "length"].map(str::to_owned).to_vec();
    let place = index.candidates(&words, 3).unwrap().remove(0);
    assert!(index.text_at(&document, place.span).unwrap().contains("item77 at some length"));
}

fn long_words(case: &Case) {
    let word = "quay".repeat(100);
    case.write("long.txt", &format!("The sign said {word} and nothing else.\n"));
    case.update();
    let index = case.open();
    assert_eq!(hits(&index, &[&word]), ["long.txt"]);
    let many: Vec<String> = (0..3_000).map(|number| format!("river{number}")).chain(["river".to_owned()]).collect();
    let stems: Vec<(String, f32)> = many.iter().map(|word| (text::stem(word), if word == "river" { 2.0 } else { 1.0 })).collect();
    let filter = Filter::default();
    let search = Search { stems: &stems, scope: Scope::Everything, title: 0.5, filter: &filter, near: 0.0, limit: 5 };
    assert_eq!(index.search(&search).unwrap().len(), 1);
}

fn other_languages(case: &Case) {
    let german = "Der Fluss ist am Dienstag über die Ufer getreten, und die Feuerwehr hat in der Nacht viele Keller ausgepumpt. \
        Der Bürgermeister sagte, dass die Stadt den Familien helfen werde, die ihre Wohnungen verlassen mussten.\n";
    case.write("fluss.txt", german);
    case.update();
    let index = case.open();
    let codes: Vec<&str> = index.languages().unwrap().iter().map(|language| language.code()).collect();
    assert_eq!(codes, ["de"]);
    assert_eq!(hits(&index, &["dienstag"]), ["fluss.txt"]);
    let english = Filter { english: true, ..Filter::default() };
    assert_eq!(hits_within(&index, &["dienstag"], Scope::Article, &english), [""; 0]);
}

fn damaged_document(case: &Case) {
    fs::write(case.news().join("broken.txt"), [0_u8, 159, 146, 150, 0, 1, 2, 0, 0, 3, 255, 254, 0, 7]).unwrap();
    let summary = case.update();
    assert_eq!((summary.added, summary.failed.len()), (3, 1), "{summary:?}");
    assert_eq!(case.open().status().unwrap().failed.len(), 1);
}

/// Runs every case, each on an index of its own, and tells which fail.
fn check_all(engine: &str, home: impl Fn(usize, &Path) -> Home) {
    let fails = |(number, (name, case)): (usize, &Named)| {
        let outcome = catch_unwind(AssertUnwindSafe(|| case(&Case::new(|root| home(number, root)))));
        eprintln!("{engine}: {name}: {}", if outcome.is_ok() { "kept" } else { "BROKEN" });
        outcome.is_err().then_some(*name)
    };
    let failed: Vec<&str> = CASES.iter().enumerate().filter_map(fails).collect();
    assert!(failed.is_empty(), "{engine}: {failed:?}");
}

#[test]
fn tantivy_keeps_the_contract() {
    check_all("tantivy", |_, root| Home::from(&root.join("index")));
}

fn cluster(name: &str) -> Home {
    let addresses: Vec<String> = NODES.iter().map(|node| format!("{node}/{name}")).collect();
    Cluster::new(&addresses, Credentials::None, None).unwrap().into()
}

/// The project's own archive, indexed there.
fn archive(home: &Home) -> Summary {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    update(home.clone(), Some(&[corpus]), &Options::default(), &mut |_| ()).unwrap()
}

/// Lines of the judged files of one kind.
fn judged(kind: &str, field: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let ours = files.iter().filter(|file| file.to_string_lossy().ends_with(kind));
    let lines = ours.flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>());
    let text = |line: String| serde_json::from_str::<serde_json::Value>(&line).unwrap()[field].as_str().unwrap().to_owned();
    lines.map(text).collect()
}

/// What is answered, as far as a reader sees it.
fn answered(engine: &Engine, question: &str) -> String {
    let asked = engine.ask(question, &AskOptions::default());
    format!("{:?}", asked.map(|asked| asked.outcome))
}

fn checked(engine: &Engine, quote: &str) -> String {
    format!("{:?}", engine.check(quote, None, &Constraints::default()))
}

/// How many of the lines come out the same on both engines.
fn agreement(lines: &[String], one: &Engine, other: &Engine, see: fn(&Engine, &str) -> String) -> usize {
    lines.iter().filter(|line| see(one, line) == see(other, line)).count()
}

fn agrees_with_tantivy(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (local, remote) = (Home::from(folder.path()), cluster(name));
    let begun = Instant::now();
    let documents = archive(&remote).documents;
    eprintln!("cluster: {documents} documents indexed in {:.1} s", begun.elapsed().as_secs_f64());
    assert_eq!(archive(&local).documents, documents);
    let open = |home: &Home| Engine::open(home.clone()).unwrap().with_depth(Depth::Linear);
    let (local, remote) = (open(&local), open(&remote));
    for (kind, field, see) in
        [(".questions.jsonl", "question", answered as fn(&Engine, &str) -> String), (".quotes.jsonl", "quote", checked)]
    {
        let lines = judged(kind, field);
        let same = agreement(&lines, &local, &remote, see);
        eprintln!("cluster: {same} of {} {field}s come out as with tantivy", lines.len());
        assert!(same * 100 >= lines.len() * 95, "{same} of {}", lines.len());
    }
    let (one, other) = (local.status().unwrap(), remote.status().unwrap());
    let seen =
        |status: &sayso::engine::Status| (status.documents, status.passages, status.quotations, status.speakers, status.outlets.clone());
    assert_eq!(seen(&one), seen(&other));
    assert_eq!(one.list, other.list);
    let quotations = |engine: &Engine| engine.quotations(&Wanted { indirect: true, ..Wanted::default() }, 10_000).unwrap().0;
    assert_eq!(quotations(&local), quotations(&remote));
}

/// Asks over and over on two threads while a node is killed and comes back; every answer must be what it was.
fn survives_a_node(nodes: &Nodes, name: &str) {
    let home = cluster(name);
    let questions: Vec<String> = judged(".questions.jsonl", "question").into_iter().step_by(7).collect();
    let engine = || Engine::open(home.clone()).unwrap().with_depth(Depth::Linear);
    let whole = engine();
    let expected: Vec<String> = questions.iter().map(|question| answered(&whole, question)).collect();
    let (done, count) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let ask = || {
            while !done.load(Ordering::Relaxed) {
                let engine = engine();
                for (question, expected) in questions.iter().zip(&expected) {
                    assert_eq!(&answered(&engine, question), expected, "{question}");
                    count.fetch_add(1, Ordering::Relaxed);
                }
            }
        };
        let askers = [scope.spawn(ask), scope.spawn(ask)];
        std::thread::sleep(Duration::from_secs(2));
        let before = count.load(Ordering::Relaxed);
        assert!(nodes.run(&["kill"], Some(2)));
        std::thread::sleep(Duration::from_secs(15));
        let during = count.load(Ordering::Relaxed);
        let written = archive(&home);
        assert_eq!(written.unchanged, written.documents);
        assert!(nodes.run(&["start"], Some(2)) && is_whole());
        done.store(true, Ordering::Relaxed);
        for asker in askers {
            asker.join().unwrap();
        }
        eprintln!("cluster: {before} answers before a node was killed, {} after, none lost", count.load(Ordering::Relaxed) - before);
        assert!(during > before, "nothing was answered while a node was gone");
    });
}

/// Loses a node in the middle of an update.
fn indexes_through_the_loss_of_a_node(nodes: &Nodes, name: &str) {
    let case = Case::new(|_| cluster(name));
    for number in 0..1_500 {
        case.write(&format!("page-{number:04}.txt"), &format!("Page {number} tells of the ferry and of number{number}.\n"));
    }
    let killed = AtomicBool::new(false);
    let summary = update(case.home.clone(), Some(&[case.news()]), &Options::default(), &mut |progress| {
        if progress.done >= 500 && !killed.swap(true, Ordering::Relaxed) {
            assert!(nodes.run(&["kill"], Some(3)));
        }
    });
    assert_eq!(summary.unwrap().documents, 1_503);
    let index = case.open();
    assert_eq!((index.len(), index.chunks()), (1_503, 1_503));
    for number in (0..1_500).step_by(97) {
        assert_eq!(hits(&index, &[&format!("number{number}")]), [format!("page-{number:04}.txt")]);
    }
    assert!(nodes.run(&["start"], Some(3)));
}

#[test]
fn a_cluster_keeps_the_contract() {
    let Some(nodes) = Nodes::start() else { return };
    check_all("cluster", |number, _| cluster(&format!("case-{number}")));
    agrees_with_tantivy("archive");
    survives_a_node(&nodes, "archive");
    indexes_through_the_loss_of_a_node(&nodes, "ferries");
}
