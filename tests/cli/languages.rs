//! Documents in other languages than English: told, found by words and quotes, and not read for questions.

use serde_json::{Value, json};

use crate::folder::{Folder, seen};

const FRENCH: &str = "Le moulin de Saltby rouvre

Le 12 juin 2014

Le moulin à marée de Saltby a rouvert ses portes samedi, après deux ans de travaux qui ont coûté 90 000 euros à la commune.

« Nous avons douze bénévoles et pas d'argent », a dit Bram Tolley, le gardien du moulin. Les inondations de l'hiver avaient emporté
la vanne, et il ne restait plus rien de la roue quand les ouvriers sont arrivés sur place.
";

fn folder() -> (Folder, Value) {
    let folder = Folder::new();
    folder.write("docs/moulin.txt", FRENCH.as_bytes());
    let (summary, _) = folder.json(&["index", "docs", "--json"]);
    (folder, summary)
}

#[test]
fn documents_in_other_languages_are_counted_and_listed() {
    let (folder, summary) = folder();
    assert_eq!(summary["foreign"], json!({"French": 1}));
    let said = seen(&folder, &folder.run(&["index", "docs", "--rebuild"]));
    assert!(said.contains("1 not in English (1 French): found by their words and quotes, not read for questions.\n"), "{said}");
    let (list, _) = folder.json(&["status", "--documents", "--json"]);
    let languages: Vec<_> = list["list"].as_array().unwrap().iter().map(|document| document["language"].clone()).collect();
    assert_eq!(languages, ["en", "fr", "en"]);
    let listed = seen(&folder, &folder.run(&["status", "--documents"]));
    assert_eq!(listed.matches("language   French, not read for questions").count(), 1, "{listed}");
}

#[test]
fn a_question_says_which_documents_it_passed_over() {
    let (folder, _) = folder();
    let warnings = |value: &Value| value["warnings"].to_string();
    // The French report says it, too; nothing is taken from there.
    let (value, _) = folder.json(&["ask", "Who is the warden of the tide mill at Saltby?", "--json"]);
    let cited = value["answers"].as_array().unwrap().iter().flat_map(|answer| answer["citations"].as_array().unwrap());
    assert!(cited.into_iter().all(|citation| citation["document"]["id"] != "moulin.txt"), "{value}");
    assert!(warnings(&value).contains("not read for it, being in French: moulin.txt"), "{value}");
    // Stems of its own: "inondation" is found by "inondations".
    let (value, code) = folder.json(&["ask", "Quand était l'inondation ?", "--json"]);
    assert_eq!(code, Some(1), "{value}");
    assert!(warnings(&value).contains("being in French: moulin.txt"), "{value}");
    // It is not named where it has nothing to do with the matter.
    let (value, _) = folder.json(&["ask", "What did Una Fairlie announce?", "--json"]);
    assert!(!warnings(&value).contains("moulin.txt"), "{value}");
}

#[test]
fn quotes_in_other_languages_are_checked() {
    let (folder, _) = folder();
    let (verdict, _) = folder.json(&["who", "Nous avons douze bénévoles et pas d'argent", "--json"]);
    assert_eq!(verdict["wording"], "exact", "{verdict}");
    assert_eq!(verdict["matches"][0]["document"]["id"], "moulin.txt");
}
