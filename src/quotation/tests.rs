//! Whole texts go in, and who said what comes out.

use proptest::prelude::*;

use super::*;

/// Each quotation as "kind: first piece … | name | role".
fn said(text: &str) -> Vec<String> {
    let show = |quotation: &Quotation| {
        let words: Vec<&str> = quotation.pieces.iter().map(|piece| piece.slice(text)).collect();
        let name = quotation.speaker.as_ref().map_or("-", |speaker| speaker.name.as_str());
        let role = quotation.speaker.as_ref().and_then(|speaker| speaker.role.as_deref()).unwrap_or("-");
        format!("{} | {name} | {role}", words.join(" / "))
    };
    of_text(text).iter().filter(|quotation| matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Partial)).map(show).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(said(text), expected, "{text}");
}

const HARBOUR: &str = "The harbour at Sallow will stay open, its owners have promised.\n\n";

#[test]
fn a_name_beside_the_verb_speaks() {
    check(
        &format!("{HARBOUR}“We are not closing it this year,” said Martha Quayle."),
        &["We are not closing it this year, | Martha Quayle | -"],
    );
    check(
        &format!("{HARBOUR}Martha Quayle said: “We are not closing it this year.”"),
        &["We are not closing it this year. | Martha Quayle | -"],
    );
}

#[test]
fn a_split_utterance_is_one_quotation() {
    check(
        &format!("{HARBOUR}“We are not closing it,” Martha Quayle said, “and we never said that we would.”"),
        &["We are not closing it, / and we never said that we would. | Martha Quayle | -"],
    );
}

#[test]
fn what_is_judged_does_not_speak() {
    let poor = "poor and unsafe | - | -";
    check(&format!("{HARBOUR}The standard of lighting on the piers has been judged as ‘poor and unsafe’ again."), &[poor]);
    check(&format!("{HARBOUR}The 20 harbours in which the lighting was found to be ‘poor and unsafe’ lie in the north."), &[poor]);
    check(
        &format!("{HARBOUR}Martha Quayle described the lighting as “a danger to all shipping” in May."),
        &["a danger to all shipping | Martha Quayle | -"],
    );
    check(&format!("{HARBOUR}Half of the lighting on the piers is judged ‘poor’ again."), &[]);
}

#[test]
fn roles_come_from_beside_the_name() {
    check(
        &format!("{HARBOUR}Martha Quayle, chairman of the harbour trust, said: “We are not closing it this year.”"),
        &["We are not closing it this year. | Martha Quayle | chairman of the harbour trust"],
    );
    check(
        &format!("{HARBOUR}“We are not closing it this year,” said the trust’s chairman, Martha Quayle."),
        &["We are not closing it this year, | Martha Quayle | trust’s chairman"],
    );
}

#[test]
fn who_holds_an_office_is_no_place() {
    let text = "London Pile, Unison national officer for dockers, said: “We are not closing it this year.”";
    check(text, &["We are not closing it this year. | London Pile | Unison national officer for dockers"]);
    let text = "Martha Quayle sent a letter to West Ham, owner of the ground. “We are proud of it,” she said.";
    check(text, &["We are proud of it, | Martha Quayle | -"]);
}

#[test]
fn pronouns_surnames_and_titles_lead_to_the_full_name() {
    let text = "Sir Edmund Tarrant, the inspector, came to the harbour on Monday.\n\n“It is not safe,” said Sir Edmund.\n\n“I have told them so,” he added.\n\n“They will have to mend it before the winter,” Tarrant said.";
    check(
        text,
        &[
            "It is not safe, | Sir Edmund Tarrant | inspector",
            "I have told them so, | Sir Edmund Tarrant | inspector",
            "They will have to mend it before the winter, | Sir Edmund Tarrant | inspector",
        ],
    );
}

#[test]
fn a_quotation_over_paragraphs_is_one() {
    let text = "Martha Quayle said: “The harbour will stay open.\n\n“We have money for two years and no longer.\n\n“After that it is for others to decide.”\n\nThe meeting then closed.";
    let pieces = "The harbour will stay open. / We have money for two years and no longer. / After that it is for others to decide.";
    check(text, &[&format!("{pieces} | Martha Quayle | -")]);
    let unmarked = text.replace("\n\n“", "\n\n");
    check(&unmarked, &[&format!("{pieces} | Martha Quayle | -")]);
}

#[test]
fn labels_and_signatures_name_speakers() {
    let interview = "The harbour trust answers\n\nQUAYLE: We are not closing it this year.\n\nREPORTER: And next year, if the money is gone?\n\nQUAYLE: Ask me again when it has gone.\n\nREPORTER: I shall come back and ask you then.";
    let names: Vec<String> =
        of_text(interview).into_iter().filter_map(|quotation| quotation.speaker).map(|speaker| speaker.mention).collect();
    assert_eq!(names, ["QUAYLE", "REPORTER", "QUAYLE", "REPORTER"]);
    check(
        &format!("{HARBOUR}“A harbour is a promise made to the boats outside it.” — Martha Quayle"),
        &["A harbour is a promise made to the boats outside it. | Martha Quayle | -"],
    );
}

#[test]
fn words_on_a_surface_are_nobodys() {
    for text in [
        "Martha Quayle, the owner, left early. A bedsheet tied to the railings read “Sold down the river”.",
        "On the quay there was a banner. “Dry since ten past ten,” it said.",
        "Somebody has chalked a line across the shed door. “The river remembers,” it says.",
    ] {
        let names: Vec<_> = of_text(text).into_iter().filter_map(|quotation| quotation.speaker).collect();
        assert!(names.is_empty(), "{text}: {names:?}");
    }
    check(&format!("{HARBOUR}“The banner read very well,” said Martha Quayle."), &["The banner read very well, | Martha Quayle | -"]);
}

#[test]
fn she_is_no_hospital() {
    let text =
        "Martha Quayle, a nurse, works nights in Sallow. She moves to Sallow General next week.\n\n“I shall miss the harbour,” she said.";
    check(text, &["I shall miss the harbour, | Martha Quayle | nurse"]);
}

#[test]
fn an_employer_after_the_role_is_part_of_it() {
    check(
        &format!("{HARBOUR}Martha Quayle, chief executive, Sallow Harbour Trust, said: “We are not closing it.”"),
        &["We are not closing it. | Martha Quayle | chief executive, Sallow Harbour Trust"],
    );
}

#[test]
fn indirect_speech_is_told_apart() {
    let found = of_text(&format!("{HARBOUR}Martha Quayle said that the harbour would stay open until the spring."));
    let names: Vec<_> = found
        .iter()
        .filter(|quotation| quotation.kind == QuotationKind::Indirect)
        .map(|quotation| quotation.speaker.clone().unwrap().name)
        .collect();
    assert_eq!(names, ["its owners", "Martha Quayle"]);
}

#[test]
fn what_was_not_said_is_no_indirect_speech() {
    let found = of_text(&format!("{HARBOUR}Martha Quayle did not say that the harbour would stay open until the spring."));
    assert!(found.iter().filter_map(|quotation| quotation.speaker.as_ref()).all(|speaker| speaker.name != "Martha Quayle"));
}

#[test]
fn line_endings_change_nothing() {
    let text = "Martha Quayle, chairman of the trust, said: “The harbour will stay open.\n\n“We have money for two years.”\n\n“No more than that,” she said.";
    assert_eq!(said(text), said(&text.replace('\n', "\r\n")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read(text in "([A-Z]?[a-z]{1,6}|said|\"|“|”|‘|’|'|''|``|«|»|,|\\.|:|—|he|Mr|\n\n|\r\n|[0-9]{1,3}|é|<b>|[ ]){0,80}") {
        for quotation in of_text(&text) {
            for piece in &quotation.pieces {
                prop_assert!(!piece.slice(&text).is_empty());
            }
            if let Some(speaker) = &quotation.speaker {
                prop_assert_eq!(speaker.mention_span.slice(&text), &speaker.mention);
            }
        }
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,200}") {
        let _ = of_text(&text);
    }
}

#[test]
fn words_that_somebody_is_said_not_to_have_said_are_nobodys() {
    for text in [
        "Nora Eide never said “the old mill wheel is sound and safe”.\n",
        "“The old mill wheel is sound and safe,” Nora Eide did not say.\n",
    ] {
        let found = of_text(text);
        assert_eq!(
            found.iter().filter(|quotation| quotation.kind != QuotationKind::Indirect && quotation.speaker.is_some()).count(),
            0,
            "{text} {found:?}"
        );
    }
}

#[test]
fn who_is_told_is_not_who_tells() {
    let found = of_text("Ivar Lund met the clerk, Nora Eide. Ivar Lund was told by Nora Eide: “You will lose your seat by the spring.”\n");
    let speaker = found.iter().find(|quotation| quotation.kind == QuotationKind::Direct).and_then(|quotation| quotation.speaker.clone());
    assert_ne!(speaker.map(|speaker| speaker.name).as_deref(), Some("Ivar Lund"));
}

#[test]
fn french_marks_with_blanks_inside_open_and_close() {
    let text = "Le maire est venu. « Le pont est vieux », a dit Odile Marchand, « et la route aussi. »\n";
    let pieces: Vec<&str> = of_text(text).iter().flat_map(|quotation| quotation.pieces.clone()).map(|piece| piece.slice(text)).collect();
    assert!(pieces.iter().all(|piece| !piece.contains("Odile")), "{pieces:?}");
}
