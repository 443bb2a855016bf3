//! Judged articles, where this checkout stands beside them, are cut off at many places and read; nothing may panic.

use sayso::quotation::of_text;

#[test]
fn articles_cut_anywhere_are_read() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/quotes/polnear_train.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    for (number, line) in lines.lines().step_by(120).enumerate() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = record["text"].as_str().unwrap();
        let cuts = (0..text.len()).step_by(100).skip(number % 7).step_by(7).filter(|&cut| text.is_char_boundary(cut));
        for cut in cuts {
            let _ = of_text(&text[..cut]);
        }
    }
}
