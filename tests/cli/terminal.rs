//! What a terminal adds: links, a pager, widths, times, and names that were nearly right.

use super::folder::{Folder, seen};

#[test]
fn links_lead_to_the_file_at_the_line_and_only_where_wanted() {
    let folder = Folder::indexed();
    let asked = ["ask", "How much would the repairs cost?"];
    let plain = seen(&folder, &folder.run(&asked));
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let linked = seen(&folder, &folder.run(&[&asked[..], &["--links", "always"]].concat()));
    assert!(linked.contains("\u{1b}]8;;file://FOLDER/docs/tide.txt#10\u{1b}\\sayso show tide.txt:"), "{linked}");
    let council = seen(&folder, &folder.run(&["quotes", "--in", "council.md", "--links", "always"]));
    assert!(council.contains("/docs/council.md\u{1b}\\"), "{council}");
}

#[test]
fn nothing_but_places_is_wider_than_the_page() {
    let folder = Folder::indexed();
    folder.write("docs/long.md", super::LATER.replace("The mill's last summer", &"A very long title ".repeat(12)).as_bytes());
    assert!(folder.run(&["index", "docs"]).status.success());
    for arguments in [
        &["ask", "How much would the repairs cost?"][..],
        &["who", "I will close it unless the council tells me to", "--by", "Bram Tolley of the tide mill at Saltby by the sea"],
        &["quotes"],
        &["who", "the price of a bus and two vans and a ladder"],
    ] {
        for columns in ["60", "80", "200"] {
            let output = folder.command(arguments).env("COLUMNS", columns).output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            let width: usize = columns.parse().unwrap();
            let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > width && !line.contains("sayso show")).collect();
            assert!(wide.is_empty(), "{arguments:?} at {columns}: {wide:?}");
        }
    }
}

#[test]
fn times_are_told_on_request() {
    let folder = Folder::indexed();
    let timed = folder.run(&["status", "--timing"]);
    let told = String::from_utf8(timed.stderr).unwrap();
    assert!(told.starts_with("took 0.") && told.ends_with(" s\n"), "{told}");
    assert!(folder.run(&["status"]).stderr.is_empty());
}

#[test]
fn what_was_nearly_right_is_suggested() {
    let folder = Folder::indexed();
    for (arguments, meant) in [
        (&["show", "tides.txt"][..], "did you mean tide.txt?"),
        (&["quotes", "--by", "Una Farlie"], "Did you mean Una Fairlie?"),
        (&["quots"], "quotes"),
        (&["ask", "What is it?", "--source", "Saltby Leters"], "did you mean Saltby Letters?"),
    ] {
        let said = String::from_utf8(folder.run(arguments).stderr).unwrap();
        assert!(said.contains(meant), "{arguments:?}: {said}");
    }
}
