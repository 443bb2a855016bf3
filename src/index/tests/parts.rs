//! Files that hold many documents: added, changed, removed and told apart.

use super::*;

fn lines(records: &[(&str, &str)]) -> String {
    records.iter().map(|(title, text)| format!("{{\"title\":{title:?},\"text\":{text:?}}}\n")).collect()
}

#[test]
fn a_file_of_many_documents_is_kept_up_to_date_as_a_whole() {
    let folder = three();
    folder.write("news.jsonl", &lines(&[("One", "The reservoir is full again."), ("Two", "A bridge was painted green.")]));
    assert_eq!(folder.update().documents, 5);
    let index = folder.open();
    assert_eq!(ids(&index), ["flood.txt", "merger.txt", "news.jsonl#1", "news.jsonl#2", "sport/club.txt"]);
    assert_eq!(hits(&index, &["bridge"]), ["news.jsonl#2"]);
    let document = index.document("news.jsonl#2").unwrap().unwrap();
    assert_eq!(index.text(&document).unwrap(), "A bridge was painted green.");
    assert!(document.path.ends_with("news.jsonl") && std::path::Path::new(&document.path).is_file());

    let unchanged = folder.update();
    assert_eq!((unchanged.unchanged, unchanged.added, unchanged.changed), (5, 0, 0));

    folder.write("news.jsonl", &lines(&[("One", "The reservoir leaks."), ("Three", "A tunnel was dug."), ("Four", "The tunnel fell in.")]));
    let changed = folder.update();
    assert_eq!((changed.changed, changed.added, changed.documents, changed.unchanged), (2, 1, 6, 3));
    assert_eq!(hits(&folder.open(), &["bridge"]), [""; 0]);
    assert_eq!(hits(&folder.open(), &["tunnel"]).len(), 2);

    folder.write("news.jsonl", &lines(&[("One", "The reservoir leaks.")]));
    let fewer = folder.update();
    assert_eq!(fewer.removed, ["news.jsonl#2", "news.jsonl#3"]);
    assert_eq!(ids(&folder.open()), ["flood.txt", "merger.txt", "news.jsonl#1", "sport/club.txt"]);

    folder.remove("news.jsonl");
    assert_eq!(folder.update().removed, ["news.jsonl#1"]);
    assert_eq!(hits(&folder.open(), &["reservoir"]), [""; 0]);
    assert_eq!(folder.open().len(), 3);
}

#[test]
fn a_file_of_many_documents_that_becomes_one_or_none_leaves_nothing_behind() {
    let folder = three();
    folder.write("news.jsonl", &lines(&[("One", "The reservoir is full again."), ("Two", "A bridge was painted green.")]));
    folder.update();
    folder.write("news.jsonl", "<html><body><p>The reservoir has burst and the valley is under water.</p></body></html>");
    folder.update();
    assert_eq!(ids(&folder.open()), ["flood.txt", "merger.txt", "news.jsonl", "sport/club.txt"]);
    folder.write("news.jsonl", "neither one nor the other");
    let summary = folder.update();
    assert_eq!((summary.failed.len(), summary.documents, summary.removed), (1, 3, vec!["news.jsonl".to_owned()]));
    assert_eq!(hits(&folder.open(), &["reservoir"]), [""; 0]);
}

#[test]
fn files_that_share_an_identifier_with_a_part_are_told_apart() {
    let folder = three();
    folder.write("news.jsonl", &lines(&[("One", "The reservoir is full again.")]));
    folder.write("news.jsonl#1", "The bridge was painted green.\n");
    folder.update();
    assert_eq!(ids(&folder.open()), ["flood.txt", "merger.txt", "news.jsonl#1", "news.jsonl#1~2", "sport/club.txt"]);
    folder.remove("news.jsonl");
    folder.update();
    assert_eq!(hits(&folder.open(), &["bridge"]).len(), 1);
    assert_eq!(hits(&folder.open(), &["reservoir"]), [""; 0]);
}

#[test]
fn reading_files_in_another_way_builds_the_index_anew() {
    let folder = Folder::new(&[("news.jsonl", "{\"a\":\"The reservoir is full.\",\"b\":\"A bridge was painted.\"}\n")]);
    let named = |field: &str| {
        let mut reading = crate::corpus::Reading::default();
        reading.fields.set("text", field);
        Options { reading: Some(reading), ..Options::default() }
    };
    assert_eq!(folder.update_with(&named("a")).rebuilt, None);
    assert_eq!(hits(&folder.open(), &["reservoir"]).len(), 1);
    assert_eq!(folder.update().unchanged, 1, "it is remembered");
    assert!(folder.update_with(&named("b")).rebuilt.is_some());
    assert_eq!((hits(&folder.open(), &["reservoir"]).len(), hits(&folder.open(), &["bridge"]).len()), (0, 1));
}

#[test]
fn many_documents_of_many_files_come_out_in_order_whatever_the_threads() {
    let files: Vec<(String, String)> = (0..9)
        .map(|file| {
            let records: Vec<(String, String)> = (0..60)
                .map(|record| (format!("T{record}"), format!("The reservoir number {file}-{record} is full again today.")))
                .collect();
            let records: Vec<(&str, &str)> = records.iter().map(|(title, text)| (title.as_str(), text.as_str())).collect();
            (format!("news-{file}.jsonl"), lines(&records))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (one, many) = (Folder::new(&files), Folder::new(&files));
    one.update_with(&Options { jobs: Some(1), ..Options::default() });
    many.update_with(&Options { jobs: Some(7), ..Options::default() });
    assert_eq!(ids(&one.open()), ids(&many.open()));
    assert_eq!(one.open().len(), 540);
}
