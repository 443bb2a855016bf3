//! Sentences and tokens, by example and by property.

use proptest::prelude::*;

use super::*;

fn whole(source: &str) -> Text {
    analyze(source, &[Span::new(0, source.len())])
}

#[track_caller]
fn check_tokens(source: &str, expected: &[&str]) {
    let text = whole(source);
    let words: Vec<&str> = text.tokens.iter().map(|token| token.span.slice(source)).collect();
    assert_eq!(words, expected);
}

#[track_caller]
fn check_sentences(source: &str, expected: &[&str]) {
    let text = whole(source);
    let sentences: Vec<&str> = text.sentences.iter().map(|sentence| sentence.span.slice(source)).collect();
    assert_eq!(sentences, expected);
}

#[test]
fn clitics_are_split_off() {
    check_tokens("Webb's crew didn't, they’d go", &["Webb", "'s", "crew", "did", "n't", ",", "they", "’d", "go"]);
    check_tokens("I can’t; it cannot", &["I", "ca", "n’t", ";", "it", "can", "not"]);
    check_tokens("the councils' cuts at two o'clock, O'Rourke", &["the", "councils", "'", "cuts", "at", "two", "o'clock", ",", "O'Rourke"]);
    check_tokens("'Time''s up", &["'", "Time", "''", "s", "up"]);
    check_tokens("the 1960's and '90s", &["the", "1960's", "and", "'90s"]);
}

#[test]
fn abbreviations_keep_their_points() {
    check_tokens(
        "Mr. Webb left the U.S. at 9 p.m. with J. K. Osei.",
        &["Mr.", "Webb", "left", "the", "U.S.", "at", "9", "p.m.", "with", "J.", "K.", "Osei", "."],
    );
    check_tokens("See No. 4, not no. It said no.", &["See", "No.", "4", ",", "not", "no", ".", "It", "said", "no", "."]);
}

#[test]
fn numbers_stay_whole_and_units_apart() {
    check_tokens("£2.4m, 37,000 or 14%", &["£", "2.4", "m", ",", "37,000", "or", "14", "%"]);
    check_tokens("at 10:15 on 15/10/2013, the 21st, 12st", &["at", "10:15", "on", "15/10/2013", ",", "the", "21st", ",", "12", "st"]);
    check_tokens("2010-2013 and 020-555-0142", &["2010", "-", "2013", "and", "020-555-0142"]);
    check_tokens("scored .5 for US$3", &["scored", ".5", "for", "US$", "3"]);
}

#[test]
fn hyphens_are_tokens_except_after_prefixes() {
    check_tokens("a 4-year old's well-known e-mail", &["a", "4", "-", "year", "old", "'s", "well", "-", "known", "e-mail"]);
    check_tokens("the anti-flood and/or co-operative", &["the", "anti-flood", "and", "/", "or", "co-operative"]);
}

#[test]
fn marks_in_runs_are_one_token() {
    check_tokens("Well... no?! -- ``Yes''", &["Well", "...", "no", "?!", "--", "``", "Yes", "''"]);
    check_tokens("(see www.example.org/a?b=1).", &["(", "see", "www.example.org/a?b=1", ")", "."]);
}

#[test]
fn shapes_are_told_apart() {
    let source = "BBC news Webb U.S. 37,000 \u{201c} , £ A iPad";
    let shapes: Vec<Shape> = whole(source).tokens.iter().map(|token| token.shape).collect();
    use Shape::{Capitalized, Lower, Number, Punctuation, Quote, Symbol, Upper};
    assert_eq!(shapes, [Upper, Lower, Capitalized, Upper, Number, Quote, Punctuation, Symbol, Capitalized, Lower]);
}

#[test]
fn abbreviations_do_not_end_sentences() {
    check_sentences(
        "Dr. Osei met Mr. Webb at 3.15 p.m. on Friday. He left.",
        &["Dr. Osei met Mr. Webb at 3.15 p.m. on Friday.", "He left."],
    );
    check_sentences("It moved to the U.S. The firm grew.", &["It moved to the U.S.", "The firm grew."]);
    check_sentences("The U.S. Senate met in St. Albans.", &["The U.S. Senate met in St. Albans."]);
    check_sentences("J. K. Osei and Jennifer M. Pike spoke.", &["J. K. Osei and Jennifer M. Pike spoke."]);
    check_sentences("Harlow Foods Inc. said so. Prices rose 2.4 per cent.", &["Harlow Foods Inc. said so.", "Prices rose 2.4 per cent."]);
}

#[test]
fn closing_marks_belong_to_the_sentence() {
    check_sentences("“We lost.” She left.", &["“We lost.”", "She left."]);
    check_sentences("\"We lost.\" \"We won.\"", &["\"We lost.\"", "\"We won.\""]);
    check_sentences("``We lost.'' He left (at last.) Then we ate.", &["``We lost.''", "He left (at last.)", "Then we ate."]);
    check_sentences("‘It rained.’ ‘It did not.’", &["‘It rained.’", "‘It did not.’"]);
}

#[test]
fn a_quotation_and_its_attribution_are_one_sentence() {
    check_sentences("“Why now?” he asked. Nobody knew.", &["“Why now?” he asked.", "Nobody knew."]);
    check_sentences("“Why now?” Ruth Osei asked. Nobody knew.", &["“Why now?” Ruth Osei asked.", "Nobody knew."]);
    check_sentences("‘Enough!’ said Mr Pike.", &["‘Enough!’ said Mr Pike."]);
}

#[test]
fn lines_do_not_end_sentences_but_items_do() {
    check_sentences("The barrier\ncost more\nthan planned.", &["The barrier\ncost more\nthan planned."]);
    check_sentences("It found:\n• no plan\n• no staff", &["It found:", "• no plan", "• no staff"]);
    check_sentences("Steps\n1. Dig the ditch\n2. Fill it", &["Steps", "1. Dig the ditch", "2. Fill it"]);
}

#[test]
fn trailing_dots_end_only_before_a_new_sentence() {
    check_sentences("It was ... odd. Well... He left.", &["It was ... odd.", "Well...", "He left."]);
}

#[test]
fn sentences_stay_in_their_blocks() {
    let source = "A heading\n\nThe text goes on";
    let text = analyze(source, &[Span::new(0, 9), Span::new(11, source.len())]);
    assert_eq!(text.sentences.iter().map(|s| s.block).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn blocks_that_do_not_fit_are_skipped() {
    let text = analyze("é a", &[Span::new(1, 2), Span::new(3, 4), Span::new(0, 4), Span::new(9, 12)]);
    assert_eq!(text.tokens.len(), 1);
}

fn check_invariants(source: &str, text: &Text) -> Result<(), TestCaseError> {
    let mut reached = 0;
    for token in &text.tokens {
        prop_assert!(token.span.start >= reached && !token.span.is_empty());
        let word = token.span.slice(source);
        prop_assert!(!word.is_empty());
        prop_assert!(!word.chars().any(char::is_whitespace), "{word:?}");
        reached = token.span.end;
    }
    let mut next = 0;
    for sentence in &text.sentences {
        prop_assert_eq!(sentence.tokens.start, next);
        prop_assert!(sentence.tokens.end > next);
        next = sentence.tokens.end;
        prop_assert_eq!(sentence.span.trim(source), sentence.span);
        prop_assert_eq!(text.tokens[sentence.tokens.start].span.start, sentence.span.start);
        prop_assert_eq!(text.tokens[next - 1].span.end, sentence.span.end);
    }
    prop_assert_eq!(next, text.tokens.len());
    Ok(())
}

/// Every character that is neither white space nor control lies in a token.
fn check_nothing_lost(source: &str, text: &Text) -> Result<(), TestCaseError> {
    let covered: usize =
        text.tokens.iter().map(|token| token.span.slice(source).chars().filter(|&c| !characters::is_blank(c)).count()).sum();
    prop_assert_eq!(covered, source.chars().filter(|&c| !characters::is_blank(c)).count());
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_cut_in_order_and_whole(source in any::<String>()) {
        let text = whole(&source);
        check_invariants(&source, &text)?;
        check_nothing_lost(&source, &text)?;
    }

    #[test]
    fn text_like_text_is_cut_in_order_and_whole(source in "([A-Za-z]{1,6}|[0-9.,:/-]{1,5}|[.!?'’“”\"`…•$£%@_&-]{1,3}|n't|U\\.S\\.|Mr\\.|\n| |é){0,60}") {
        let text = whole(&source);
        check_invariants(&source, &text)?;
        check_nothing_lost(&source, &text)?;
    }

    #[test]
    fn words_fold_and_stem_without_fail(word in "\\PC{0,20}") {
        let _ = (fold(&word), stem(&word), is_stop_word(&word));
    }

    #[test]
    fn any_blocks_are_survived(source in "\\PC{0,80}", ends in prop::collection::vec(0_usize..120, 0..8)) {
        let blocks: Vec<Span> = ends.chunks(2).map(|pair| Span::new(pair[0], pair.get(1).copied().unwrap_or(5))).collect();
        check_invariants(&source, &analyze(&source, &blocks))?;
    }
}
