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
fn a_denial_is_reported_with_its_verb() {
    let text = format!("{HARBOUR}Martha Quayle denied that the harbour would close in the spring.");
    let found = of_text(&text);
    let theirs = found.iter().find(|quotation| quotation.speaker.as_ref().is_some_and(|speaker| speaker.name == "Martha Quayle")).unwrap();
    assert_eq!(theirs.pieces[0].slice(&text), "denied that the harbour would close in the spring");
}

#[test]
fn whom_a_sentence_is_made_to_name_goes_on() {
    let text = "Carol Ince, 52, said: “I have waited for somebody to say that.”\n\nThe board's new chief executive is Samira Holt. She spoke next.\n\n“We will build it if the county pays for half of it,” she said of the barrier.";
    let names: Vec<String> = of_text(text).into_iter().filter_map(|quotation| Some(quotation.speaker?.name)).collect();
    assert_eq!(names, ["Carol Ince", "Samira Holt"]);
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
        assert!(found.iter().any(|quotation| quotation.kind != QuotationKind::Indirect), "{text} {found:?}");
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
    let quotation = found.iter().find(|quotation| quotation.kind == QuotationKind::Direct).expect("a quotation");
    assert_ne!(quotation.speaker.as_ref().map(|speaker| speaker.name.as_str()), Some("Ivar Lund"));
}

#[test]
fn french_marks_with_blanks_inside_open_and_close() {
    let text = "Le maire est venu. « Le pont est vieux », a dit Odile Marchand, « et la route aussi. »\n";
    let pieces: Vec<&str> = of_text(text).iter().flat_map(|quotation| quotation.pieces.clone()).map(|piece| piece.slice(text)).collect();
    assert!(!pieces.is_empty() && pieces.iter().all(|piece| !piece.contains("Odile")), "{pieces:?}");
}

#[test]
fn a_possessive_of_a_plural_keeps_its_role() {
    for mark in ["'", "’"] {
        check(
            &format!("{HARBOUR}“We are not closing it this year,” said the owners{mark} leader, Jon Vik."),
            &[&format!("We are not closing it this year, | Jon Vik | owners{mark} leader")],
        );
        check(
            &format!("{HARBOUR}The owners{mark} leader, Jon Vik, said: “We are not closing it this year.”"),
            &[&format!("We are not closing it this year. | Jon Vik | owners{mark} leader")],
        );
    }
    check(&format!("{HARBOUR}Martha Quayle blames 'the owners' and Jon Vik alike."), &["the owners | Martha Quayle | -"]);
}

#[test]
fn turns_of_a_dialogue_in_one_paragraph_are_not_one_speakers() {
    check(
        &format!(
            "{HARBOUR}Jon Vik met Nora Lund on the quay. “Will the harbour stay open this year?” “It will if I have a say,” Nora Lund replied."
        ),
        &["Will the harbour stay open this year? | - | -", "It will if I have a say, | Nora Lund | -"],
    );
    check(
        &format!("{HARBOUR}Nora Lund replied: “It will if I have a say.” “We are not closing it.”"),
        &["It will if I have a say. | Nora Lund | -", "We are not closing it. | Nora Lund | -"],
    );
}

#[test]
fn a_forgotten_closing_mark_hands_no_words_to_the_wrong_speaker() {
    check(
        &format!("{HARBOUR}“We are not closing it this year, said Martha Quayle.\n\n“They said so last year,” said Jon Vik."),
        &["We are not closing it this year, | Martha Quayle | -", "They said so last year, | Jon Vik | -"],
    );
    check(
        &format!("{HARBOUR}Martha Quayle asked: “Are you coming to the harbour?\n\n“Not before the spring,” Jon Vik said."),
        &["Are you coming to the harbour? | Martha Quayle | -", "Not before the spring, | Jon Vik | -"],
    );
}

#[test]
fn a_surname_of_two_is_nobodys_where_the_text_leaves_it_open() {
    let both = "Tom Bell and Ann Bell own the harbour.\n\n“We are not closing it this year,” Bell said.";
    check(both, &["We are not closing it this year, | Bell | -"]);
    let titled = "Tom Bell and Ann Bell own the harbour.\n\n“We are not closing it this year,” Mrs Bell said.";
    check(titled, &["We are not closing it this year, | Ann Bell | -"]);
    let owner = "Tom Bell owns the harbour. Bell bought it in May. His sister, Ann Bell, lives abroad.\n\nThe quay is old. The lamps are out.\n\n“We are not closing it this year,” Bell said.";
    check(owner, &["We are not closing it this year, | Tom Bell | -"]);
    let latest = "Tom Bell owned the harbour for years.\n\nIt is run by others now. The lamps are out.\n\nAnn Bell rows the ferry. “We are not closing it this year,” Bell said.";
    check(latest, &["We are not closing it this year, | Ann Bell | -"]);
}

#[test]
fn a_surname_belongs_to_the_one_the_text_is_about() {
    let paragraph = "Tom Bell bought the harbour. Tom Bell paid for the lamps. Tom Bell mended the quay. Tom Bell hired a crew.";
    let text = format!(
        "Tom Bell and Ann Bell live in Sallow. {paragraph}\n\nThe lamps are out. The quay is old.\n\n“We are not closing it this year,” Bell said."
    );
    check(&text, &["We are not closing it this year, | Tom Bell | -"]);
}

#[test]
fn a_description_before_a_name_is_no_namesake() {
    let text = "Ann Bell owns the harbour. Ferry Queen nominee Ann Bell came on Monday.\n\nThe lamps are out.\n\n“We are not closing it this year,” Bell said.";
    check(text, &["We are not closing it this year, | Ann Bell | Ferry Queen nominee"]);
}

#[test]
fn a_pronoun_after_two_in_one_breath_is_left_open() {
    let open = "Jon Vik and Tom Hale met on the quay.\n\n“We are not closing it this year,” he said.";
    check(open, &["We are not closing it this year, | he | -"]);
    let told = "Jon Vik met Nora Lund on the quay.\n\n“We are not closing it this year,” he said.";
    check(told, &["We are not closing it this year, | Jon Vik | -"]);
    let speaker = "“The lamps are out,” said Jon Vik. “We are not closing it this year,” he added. Tom Hale was there.";
    let names: Vec<String> = of_text(speaker).into_iter().filter_map(|quotation| quotation.speaker).map(|speaker| speaker.name).collect();
    assert!(names.iter().all(|name| name == "Jon Vik"), "{names:?}");
}

#[test]
fn set_off_blocks_of_a_report_leave_the_reporters_words_alone() {
    let quotations = |blocks: &[&str]| {
        let text = format!(
            "# The harbour stays\n\nThe trust wrote:\n\n{}\n\nThe harbour is old.",
            blocks.iter().map(|block| format!("> {block}")).collect::<Vec<_>>().join("\n\n")
        );
        let document = crate::corpus::parse(Path::new("text.md"), "text.md", text.as_bytes()).unwrap();
        let spans: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
        let analysis = crate::text::analyze(&document.text, &spans);
        let syntax = crate::syntax::analyze(&document.text, &analysis);
        let found = extract(&document.text, &document.blocks, &analysis, &syntax);
        let spoken = found.into_iter().filter(|quotation| quotation.kind != QuotationKind::Indirect);
        spoken.flat_map(|quotation| quotation.pieces).map(|piece| piece.slice(&document.text).to_owned()).collect::<Vec<_>>()
    };
    let letter = ["We are not closing it this year.", "We have money for two more winters."];
    assert_eq!(quotations(&letter), letter);
    assert_eq!(
        quotations(&["“We are not closing it,” said Martha Quayle.", "The quay has stood there for a hundred years."]),
        ["We are not closing it,"]
    );
    assert_eq!(quotations(&["We are not closing it this year, said Martha Quayle."]), ["We are not closing it this year,"]);
}

#[test]
fn a_dateline_does_not_speak() {
    let text = "The harbour stays open\n\nPORT SALLOW, May 3 (CNS) - Singing “Lamps on the Water” the crowd left the quay.";
    let found = of_text(text);
    let names: Vec<&str> = found.iter().filter_map(|quotation| quotation.speaker.as_ref()).map(|speaker| speaker.name.as_str()).collect();
    assert!(!found.is_empty() && !names.iter().any(|name| name.contains("SALLOW")), "{found:?}");
}

#[test]
fn initials_in_a_signature_are_no_ends_of_sentences() {
    check(
        &format!("{HARBOUR}“A harbour is a promise made to the boats outside it.” — Oscar P. Quint"),
        &["A harbour is a promise made to the boats outside it. | Oscar P. Quint | -"],
    );
}

#[test]
fn a_verb_after_its_subject_begins_no_name() {
    let text = "Several harbour groups granted Jon Vik a loan in May, saying his yard was “the last on the whole coast”.";
    let names: Vec<String> = of_text(text).into_iter().filter_map(|quotation| quotation.speaker).map(|speaker| speaker.mention).collect();
    assert!(!names.is_empty() && !names.iter().any(|name| name.contains("granted")), "{names:?}");
}
