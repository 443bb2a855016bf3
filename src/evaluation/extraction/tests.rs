//! Small articles with judged quotations, and what was found in them.

use super::*;

const TEXT: &str = "“It rains,” said Ann Bell. “We wait for the boats to come.” Tom Carter left “at once”.";

fn judged_article() -> JudgedArticle {
    let quote = |words: &str, speaker: &str, kind: &str| {
        let start = TEXT.chars().collect::<String>().find(words).map(|at| TEXT[..at].chars().count()).unwrap();
        serde_json::json!({"start": start, "end": start + words.chars().count(), "kind": kind, "speaker_text": speaker, "speaker_kind": "name",
            "speaker_full": "Ann Bell", "speaker_full_how": "self"})
    };
    let quotes = [
        quote("It rains,", "Ann Bell", "direct"),
        quote("We wait for the boats to come.", "Bell", "direct"),
        quote("at once", "Tom Carter", "partial"),
    ];
    serde_json::from_value(serde_json::json!({"id": "a", "text": TEXT, "quotes": quotes})).unwrap()
}

fn found(quotes: serde_json::Value) -> Vec<FoundArticle> {
    vec![serde_json::from_value(serde_json::json!({"id": "a", "quotes": quotes})).unwrap()]
}

#[test]
fn what_is_found_and_whose_it_is_counts() {
    let quotes = serde_json::json!([
        {"start": 0, "end": 11, "speaker_text": "Bell", "speaker_name": "Ann Bell"},
        {"start": 27, "end": 57, "speaker": {"name": "Tom Carter", "mention": "Carter", "role": null}},
        {"start": 60, "end": 70, "speaker_text": null},
    ]);
    let report = judge_extraction(&[judged_article()], &found(quotes), Scope::ALL);
    assert_eq!((report.gold, report.found, report.exact, report.overlapping, report.end_to_end), (3, 3, 2, 2, 1));
    let speakers = report.speakers["name"];
    assert_eq!((speakers.all, speakers.given, speakers.strict, speakers.lenient), (2, 2, 0, 1));
    let names = report.names["full in quote"];
    assert_eq!((names.all, names.last, names.full), (2, 1, 1));
}

#[test]
fn what_is_outside_the_filter_counts_neither_way() {
    let quotes = serde_json::json!([{"start": 27, "end": 57}, {"start": 1, "end": 9}, {"start": 77, "end": 84}]);
    let report = judge_extraction(&[judged_article()], &found(quotes), Scope::DIRECT);
    assert_eq!((report.gold, report.found, report.overlapping), (1, 1, 1));
}

#[test]
fn what_sayso_finds_is_scored_like_any_other_system() {
    let article = judged_article();
    let report = judge_extraction(std::slice::from_ref(&article), &[find(&article)], Scope::DIRECT);
    assert_eq!((report.gold, report.overlapping), (1, 1));
}

#[test]
fn nothing_found_is_no_division_by_nothing() {
    let report = judge_extraction(&[judged_article()], &[], Scope::ALL);
    assert_eq!((report.overlap().precision, report.overlap().recall, report.overlap().f1), (0.0, 0.0, 0.0));
    assert!(report.to_string().contains("F1 0.0"));
}

#[test]
fn what_the_judges_passed_over_is_told_apart() {
    let text = "''It rains,'' said Ann Bell. “We wait,” she said.";
    let quote = serde_json::json!({"start": 30, "end": 38, "kind": "direct", "speaker_text": "she", "speaker_kind": "pronoun"});
    let article: JudgedArticle = serde_json::from_value(serde_json::json!({"id": "a", "text": text, "quotes": [quote]})).unwrap();
    let both =
        found(serde_json::json!([{"start": 2, "end": 11, "speaker_text": "Ann Bell"}, {"start": 30, "end": 38, "speaker_text": "she"}]));
    let report = judge_extraction(&[article], &both, Scope::ALL);
    assert_eq!((report.gold, report.found, report.unjudged, report.overlapping), (1, 2, 1, 1));
    assert!(report.to_string().contains("quote >=0.8      P 50.0 R 100.0") && report.to_string().contains("quote >=0.8   P 100.0 R 100.0"));
}
