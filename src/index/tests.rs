mod parts;

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::span::Span;

/// A folder of documents with an index beside it.
struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self { root: tempfile::tempdir().unwrap() };
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn news(&self) -> PathBuf {
        self.root.path().join("news")
    }

    fn index(&self) -> PathBuf {
        self.root.path().join("index")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.news().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.news().join(name)).unwrap();
    }

    fn update_with(&self, options: &Options) -> Summary {
        update(&self.index(), Some(&[self.news()]), options, &mut |_| ()).unwrap()
    }

    fn update(&self) -> Summary {
        self.update_with(&Options::default())
    }

    fn open(&self) -> Index {
        Index::open(&self.index()).unwrap()
    }
}

const FLOOD: &str = "The river burst its banks at Colne Abbas on Tuesday.\n\nTroops filled sandbags through the night.\n";
const MERGER: &str = "Two hospitals will merge next spring.\n\nThe infirmary keeps its accident unit.\n";
const CLUB: &str = "The football club was sold to its supporters.\n\nThe ground stays with the council.\n";

fn three() -> Folder {
    Folder::new(&[("flood.txt", FLOOD), ("merger.txt", MERGER), ("sport/club.txt", CLUB)])
}

fn ids(index: &Index) -> Vec<String> {
    index.documents().unwrap().iter().map(|document| document.id.clone()).collect()
}

fn hits(index: &Index, words: &[&str]) -> Vec<String> {
    let stems: Vec<(String, f32)> = words.iter().map(|word| (crate::text::stem(word), 1.0)).collect();
    let search = Search { stems: &stems, scope: Scope::Article, title: 0.0, filter: &Filter::default(), near: 0.0, limit: 10 };
    index.search(&search).unwrap().iter().map(|hit| hit.document.id.clone()).collect()
}

#[test]
fn a_folder_becomes_an_index_that_gives_its_text_back() {
    let folder = three();
    let summary = folder.update();
    assert_eq!((summary.added, summary.documents, summary.failed.len()), (3, 3, 0));
    let index = folder.open();
    assert_eq!(ids(&index), ["flood.txt", "merger.txt", "sport/club.txt"]);
    for (id, text) in [("flood.txt", FLOOD), ("merger.txt", MERGER), ("sport/club.txt", CLUB)] {
        let document = index.document(id).unwrap().unwrap();
        assert_eq!(index.text(&document).unwrap(), text);
        assert_eq!(index.text_at(&document, Span::new(4, 10)).unwrap(), &text[4..10]);
    }
    assert_eq!(hits(&index, &["river"]), ["flood.txt"]);
    assert_eq!(hits(&index, &["hospital", "merged"]), ["merger.txt"]);
}

#[test]
fn documents_are_found_by_the_names_people_use() {
    let folder = three();
    folder.update();
    let index = folder.open();
    for name in ["sport/club.txt", "club.txt", "club", "sport/", "clu"] {
        let found = index.find(name).unwrap();
        assert_eq!(found.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), ["sport/club.txt"], "{name}");
    }
    assert!(index.find("nothing").unwrap().is_empty());
    assert!(index.find("").unwrap().is_empty());
}

#[test]
fn a_second_run_does_nothing() {
    let folder = three();
    folder.update();
    let second = folder.update();
    assert_eq!((second.unchanged, second.added, second.changed), (3, 0, 0));
    let generation = folder.open().generation;
    let third = folder.update();
    assert_eq!(third.unchanged, 3);
    assert!(folder.open().generation <= generation + 1);
}

#[test]
fn settled_files_are_not_even_read_again() {
    let folder = three();
    fs::write(folder.news().join("broken.txt"), [0_u8, 159, 146, 150, 0, 1, 2, 0, 0, 3, 255, 254, 0, 7]).unwrap();
    for name in ["flood.txt", "merger.txt", "sport/club.txt", "broken.txt"] {
        let file = fs::File::options().append(true).open(folder.news().join(name)).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).unwrap();
    }
    folder.update();
    let generation = folder.open().generation;
    let mut steps = 0;
    let second = update(&folder.index(), None, &Options::default(), &mut |_| steps += 1).unwrap();
    assert_eq!((second.documents, second.unchanged, second.failed.len(), second.bytes, steps), (3, 3, 1, 0, 0));
    assert_eq!(folder.open().generation, generation);
}

#[test]
fn changes_arrive_and_nothing_else_is_touched() {
    let folder = three();
    folder.update();
    folder.write("flood.txt", "The reservoir is full again.\n");
    folder.write("new.txt", "A bridge was painted green.\n");
    folder.remove("merger.txt");
    let summary = folder.update();
    assert_eq!((summary.added, summary.changed, summary.unchanged), (1, 1, 1));
    assert_eq!(summary.removed, ["merger.txt"]);
    let index = folder.open();
    assert_eq!(ids(&index), ["flood.txt", "new.txt", "sport/club.txt"]);
    assert_eq!(hits(&index, &["river"]), [""; 0]);
    assert_eq!(hits(&index, &["hospital"]), [""; 0]);
    assert_eq!(hits(&index, &["reservoir"]), ["flood.txt"]);
    assert_eq!(hits(&index, &["bridge"]), ["new.txt"]);
}

#[test]
fn a_moved_file_keeps_its_entries() {
    let folder = three();
    folder.update();
    fs::rename(folder.news().join("flood.txt"), folder.news().join("water.txt")).unwrap();
    let summary = folder.update();
    assert_eq!(summary.moved, [("flood.txt".to_owned(), "water.txt".to_owned())]);
    assert_eq!((summary.added, summary.removed.len()), (0, 0));
    let index = folder.open();
    assert_eq!(ids(&index), ["merger.txt", "sport/club.txt", "water.txt"]);
    assert_eq!(hits(&index, &["river"]), ["water.txt"]);
    let document = index.document("water.txt").unwrap().unwrap();
    assert!(document.path.ends_with("water.txt"));
    assert_eq!(index.text(&document).unwrap(), FLOOD);
}

#[test]
fn a_touched_file_is_unchanged() {
    let folder = three();
    folder.update();
    let file = fs::File::options().append(true).open(folder.news().join("flood.txt")).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000)).unwrap();
    let summary = folder.update();
    assert_eq!((summary.unchanged, summary.changed, summary.added), (3, 0, 0));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_indexed() {
    let folder = three();
    fs::write(folder.news().join("broken.txt"), [0_u8, 159, 146, 150, 0, 1, 2, 0, 0, 3, 255, 254, 0, 7]).unwrap();
    let summary = folder.update();
    assert_eq!(summary.added, 3, "{summary:?}");
    assert!(matches!(summary.failed.as_slice(), [(path, _)] if path.ends_with("broken.txt")), "{summary:?}");
    let status = folder.open().status().unwrap();
    assert!(matches!(status.failed.as_slice(), [(id, state)] if id == "broken.txt" && state.failure.is_some()));
    assert_eq!(folder.update().failed.len(), 1);
    folder.remove("broken.txt");
    assert_eq!(folder.update().failed.len(), 0);
}

#[test]
fn the_roots_are_remembered() {
    let folder = three();
    folder.update();
    folder.write("new.txt", "A bridge was painted green.\n");
    let summary = update(&folder.index(), None, &Options::default(), &mut |_| ()).unwrap();
    assert_eq!(summary.added, 1);
}

#[test]
fn a_missing_root_changes_nothing() {
    let folder = three();
    folder.update();
    fs::rename(folder.news(), folder.root.path().join("elsewhere")).unwrap();
    let error = update(&folder.index(), None, &Options::default(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, IndexError::MissingRoot { .. }), "{error}");
    assert_eq!(folder.open().len(), 3);
}

#[test]
fn a_rehearsal_does_nothing() {
    let folder = three();
    let options = Options { dry_run: true, ..Options::default() };
    assert_eq!(folder.update_with(&options).added, 3);
    assert!(!folder.index().exists());
    folder.update();
    folder.remove("flood.txt");
    assert_eq!(folder.update_with(&options).removed, ["flood.txt"]);
    assert_eq!(folder.open().len(), 3);
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let folder = three();
    folder.update();
    let held = fs::File::options().write(true).open(folder.index().join("lock")).unwrap();
    held.lock().unwrap();
    let error = update(&folder.index(), None, &Options::default(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, IndexError::Locked { .. }), "{error}");
    assert_eq!(folder.open().len(), 3);
}

#[test]
fn an_index_of_another_format_is_refused_and_rebuilt() {
    let folder = three();
    folder.update();
    let path = folder.index().join("sayso.json");
    let marker = fs::read_to_string(&path).unwrap();
    for (format, age) in [("0", "older"), ("999", "newer")] {
        let current = format!("\"format\": {}", manifest::FORMAT);
        assert!(marker.contains(&current));
        fs::write(&path, marker.replacen(&current, &format!("\"format\": {format}"), 1)).unwrap();
        assert!(matches!(Index::open(&folder.index()), Err(IndexError::Format { .. })));
        let summary = update(&folder.index(), None, &Options::default(), &mut |_| ()).unwrap();
        assert!(summary.rebuilt.unwrap().contains(age));
        assert_eq!(folder.open().len(), 3);
    }
    let stores = fs::read_dir(folder.index()).unwrap().flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("store"));
    assert_eq!(stores.count(), 1);
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let folder = three();
    let error = update(&folder.news(), Some(&[folder.news()]), &Options::default(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, IndexError::Foreign { .. }), "{error}");
    assert!(matches!(Index::open(&folder.news()), Err(IndexError::Missing { .. })));
    assert!(matches!(Index::open(Path::new("no/such/place")), Err(IndexError::Missing { .. })));
}

#[test]
fn an_index_inside_its_own_root_is_no_document() {
    let folder = three();
    let directory = folder.news().join("index");
    update(&directory, Some(&[folder.news()]), &Options::default(), &mut |_| ()).unwrap();
    let again = update(&directory, None, &Options::default(), &mut |_| ()).unwrap();
    assert_eq!((again.documents, again.added), (3, 0));
}

#[test]
fn a_reader_keeps_its_state_until_it_reloads() {
    let folder = three();
    folder.update();
    let mut index = folder.open();
    assert!(!index.reload().unwrap());
    folder.write("flood.txt", "The reservoir is full again.\n");
    folder.remove("merger.txt");
    folder.update();
    assert_eq!(hits(&index, &["river"]), ["flood.txt"]);
    let document = index.document("merger.txt").unwrap().unwrap();
    assert_eq!(index.text(&document).unwrap(), MERGER);
    assert!(index.reload().unwrap());
    assert_eq!(hits(&index, &["river"]), [""; 0]);
    assert_eq!(index.len(), 2);
}

#[test]
fn readers_see_whole_states_while_a_writer_works() {
    let folder = three();
    folder.update();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut opened = 0;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                let index = folder.open();
                for document in index.documents().unwrap() {
                    assert!(!index.text(&document).unwrap().is_empty());
                }
                opened += 1;
            }
            opened
        });
        for round in 0..8 {
            folder.write("flood.txt", &format!("The river rose for the {round}th time.\n"));
            folder.write(&format!("extra-{round}.txt"), "Another page of news.\n");
            folder.update();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
    });
    assert_eq!(folder.open().len(), 11);
}

#[cfg(unix)]
#[test]
fn a_read_only_index_can_be_asked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = three();
    folder.update();
    let store = fs::read_dir(folder.index()).unwrap().flatten().map(|entry| entry.path()).find(|path| path.is_dir()).unwrap();
    for path in [&store, &folder.index()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).unwrap();
    }
    assert_eq!(hits(&folder.open(), &["river"]), ["flood.txt"]);
    fs::set_permissions(store, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(folder.index(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn whoever_may_read_the_folder_may_read_every_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = three();
    folder.update();
    let store = fs::read_dir(folder.index()).unwrap().flatten().map(|entry| entry.path()).find(|path| path.is_dir()).unwrap();
    let mode = |name: &str| fs::metadata(store.join(name)).unwrap().permissions().mode() & 0o777;
    let ours = fs::metadata(folder.index().join("sayso.json")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("meta.json"), ours);
}

/// Everything a reader can see of an index, as text.
fn seen(index: &Index) -> String {
    let stems: Vec<(String, f32)> = ["the", "river", "council"].iter().map(|word| (crate::text::stem(word), 1.0)).collect();
    let search = Search { stems: &stems, scope: Scope::Article, title: 0.5, filter: &Filter::default(), near: 0.0, limit: 20 };
    let found = index.search(&search).unwrap();
    let hits: Vec<_> = found.iter().map(|hit| (hit.document.as_ref().clone(), hit.start, hit.score)).collect();
    let passages: Vec<_> = found.iter().map(|hit| index.passage_around(hit, 2).unwrap()).collect();
    let documents: Vec<_> = index.documents().unwrap().iter().map(|document| index.blocks(document).unwrap()).collect();
    format!("{hits:?}\n{passages:?}\n{documents:?}\n{:?}", index.quotations(&QuotationFilter::default()).unwrap())
}

#[test]
fn two_builds_answer_alike_whatever_the_number_of_threads() {
    let texts: Vec<(String, String)> = (0..40)
        .map(|n| {
            (
                format!("{n}.txt"),
                format!("The council met for the {n}th time.\n\nThe river rose by {n} feet. Nobody was hurt.\n").repeat(1 + n % 5),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = Folder::new(&files);
    folder.update_with(&Options { jobs: Some(1), ..Options::default() });
    let first = seen(&folder.open());
    folder.update_with(&Options { jobs: Some(4), rebuild: true, ..Options::default() });
    assert!(seen(&folder.open()) == first);
}

#[test]
fn long_documents_come_back_whole_and_their_words_are_found_anywhere() {
    let paragraph = |n: usize| {
        format!("Paragraph {n} speaks of the item{n} at some length. It has a second sentence, and a third one follows. Here it is.\n\n")
    };
    let text: String = (0..200).map(paragraph).collect();
    let folder = Folder::new(&[("long.txt", &text)]);
    folder.update();
    let index = folder.open();
    let document = index.document("long.txt").unwrap().unwrap();
    assert!(index.chunks() > 20);
    assert_eq!(index.text(&document).unwrap(), text);
    let words: Vec<String> = ["item77", "at", "some", "length"].map(str::to_owned).to_vec();
    let places = index.candidates(&words, 3).unwrap();
    let place = places.first().unwrap();
    assert!(index.text_at(&document, place.span).unwrap().contains("item77 at some length"));
    let at = text.find("item123").unwrap();
    let passage = index.passage_at(&document, Span::new(at, at + 7)).unwrap().unwrap();
    assert_eq!(passage.text, "Paragraph 123 speaks of the item123 at some length.");
    for token in &passage.analysis.tokens {
        assert_eq!(passage.slice(token.span), token.span.slice(&text));
    }
}

#[test]
fn a_quote_over_the_border_of_two_chunks_has_one_place() {
    let filler = |n: usize| format!("Sentence {n} fills the page with words that say nothing at all. ");
    let mut text: String = (0..200).map(filler).collect();
    let folder = Folder::new(&[("long.txt", &text)]);
    folder.update();
    let index = folder.open();
    let document = index.document("long.txt").unwrap().unwrap();
    let border = index.addresses(&document).unwrap().get(3).map(|&address| index.backend.place(address).unwrap().1).unwrap();
    text.insert_str(border, "Nobody knows when the ferry will sail again. The harbour master refuses to guess. ");
    folder.write("long.txt", &text);
    folder.update();
    let index = folder.open();
    let words: Vec<String> = "ferry will sail again the harbour master refuses".split(' ').map(str::to_owned).collect();
    let place = index.candidates(&words, 1).unwrap().remove(0);
    assert!(index.text_at(&place.document, place.span).unwrap().contains("ferry will sail again. The harbour master refuses"));
}
