//! Texts in which it takes more than the words beside a quotation to tell who said it.

use super::*;

const HARBOUR: &str = "The harbour at Sallow will stay open, its owners have promised.\n\n";

/// The last quotation's speaker.
#[track_caller]
fn last(text: &str, expected: &str) {
    let found = of_text(text);
    let quotation = found.iter().rfind(|quotation| matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Partial));
    let name = quotation.and_then(|quotation| quotation.speaker.as_ref()).map_or("-", |speaker| speaker.name.as_str());
    let mention = quotation.and_then(|quotation| quotation.speaker.as_ref()).map_or("-", |speaker| speaker.mention.as_str());
    assert_eq!(name, expected, "by “{mention}”: {text}");
}

#[test]
fn a_pronoun_means_the_subject_of_the_sentence_before_not_its_object() {
    last(
        "Mr Stephen Orme resigned as warden of the ferry. Mr Orme had failed to keep the books.\n\nThe Minister for Ports, Peter Lusk, refused to say whether Mr Orme should be tried. “That is for the courts, and I leave it to them,” he said.",
        "Peter Lusk",
    );
    last(
        "Laura Finch, 60, who was waiting on the quay, said she was tired of it. “They never ask us,” she said.\n\nThe warden's spokeswoman, Emma Thorn, said that he was ready to talk. But she said that he would not sign “anything without a date in it”.",
        "Emma Thorn",
    );
    last(
        "The harbour master, Helen Crane, said the pier needed a new roof. “The rain comes in,” she said.\n\nHowever, the harbour master at Sallow, David Brook, said that the piers should merge. “Nobody likes to lose a pier,” he stressed.",
        "David Brook",
    );
    last(
        "Mr Hugh Pell said that he was leaving. “I take nothing with me,” he said.\n\nThat was disputed by Councillor Martin Sedge, the leader of the council, which is owed money. “I should like some of that nothing,” he said.",
        "Martin Sedge",
    );
}

#[test]
fn who_is_asked_about_does_not_answer() {
    last(
        "“I came to this quay as a boy of ten,” Robin Adair told the meeting.\n\nAsked whether the pilot, Kim Barrow, would stay on, he said: “Kim is staying where she is.”",
        "Robin Adair",
    );
}

#[test]
fn roles_and_pronouns_tell_the_gender_of_a_name() {
    last(
        "The society’s secretary, Ystwyth Marl, said that it had struck him off. His brother, Senator Corvin Hale, stood by. She had met Senator Hale twice. “We saw two sets of books,” she said.",
        "Ystwyth Marl",
    );
}

#[test]
fn another_word_for_who_has_just_spoken_means_them() {
    let text = "Captain Edwin Marsh said the crew had to bear their share of the blame. “The master does not haul the nets. We do,” the skipper said.";
    last(text, "Edwin Marsh");
    // A skipper already spoken of is somebody else.
    last(&format!("A skipper was fined on Monday.\n\n{text}"), "the skipper");
}

#[test]
fn whoever_a_possessive_role_belongs_to_speaks() {
    last(
        "The minister, Paul Crewe, accepted it “in principle”. His Liberal shadow, Nadia Brook, said it was “a promise made to the tide”.",
        "Nadia Brook",
    );
    last("The union welcomed the figures. “There are men here on nine pounds an hour,” its organiser, Bríd Malley, said.", "Bríd Malley");
}

#[test]
fn offices_clubs_and_letters_are_no_part_of_a_name() {
    for (printed, name) in [
        ("Chief Executive Marian Holm", "Marian Holm"),
        ("Chief Fire Officer Yolanda Madden", "Yolanda Madden"),
        ("Councilman Rick Dorn", "Rick Dorn"),
        ("Council President Thea Basker", "Thea Basker"),
        ("Clara Lavery TD", "Clara Lavery"),
        ("Secretary of State Martin Kell", "Martin Kell"),
        ("Dean Carter", "Dean Carter"),
        ("Sarah Marsh Baker", "Sarah Marsh Baker"),
    ] {
        last(&format!("{HARBOUR}“We are not closing it this year,” {printed} told reporters."), name);
    }
    last(
        "The two who voted against it were Cr Robert Stamp and Cr Diane Fell.\n\nCr Stamp, a former mayor, said the town was throwing work away. “You don't sink the boat,” he said.",
        "Robert Stamp",
    );
}

#[test]
fn a_bodys_report_speaks_for_the_body() {
    let found = of_text(
        "Inspectors from the Marine Agency came in May. The Marine Agency's inspection concluded that the pier was “no longer safe for any ship”.",
    );
    let names: Vec<_> = found.iter().filter_map(|quotation| quotation.speaker.as_ref()).map(|speaker| speaker.name.as_str()).collect();
    assert!(names.contains(&"Marine Agency") && !names.iter().any(|name| name.ends_with("inspection")), "{names:?}");
}

#[test]
fn who_is_charged_with_something_did_not_say_it() {
    last(
        "The report names a nurse, Ellen Pryor, who wrote to the trust. She was disciplined in 2012 for “letters of an improper tone”.",
        "-",
    );
    let found = of_text("Analyst Toby Wren said that the figures were fair. He kept his rating at “hold”.");
    assert!(found.iter().all(|quotation| quotation.kind != QuotationKind::Partial), "{found:?}");
}

#[test]
fn a_signature_may_have_an_initial() {
    last(&format!("{HARBOUR}“A harbour is a promise to boats.” ― Martha P. Quayle"), "Martha P. Quayle");
}

#[test]
fn who_was_somewhere_is_the_subject_as_much_as_who_did_something() {
    let text = "Tom Fenn, the foreman, called his men together because the kiln was cold. “I told them the truth,” he said. “They went home.”\n\n\
                Derek Marl was not at the works. In a note he said: “I have lent this firm my house.”";
    last(text, "Derek Marl");
}

#[test]
fn who_speaks_through_a_spokeswoman_is_none() {
    last(
        "Adwin Pell, a former pilot, was dismissed by the harbour on Wednesday.\n\nPell, through a spokeswoman, declined to comment.\n\n\
         Earlier that day Pell appeared on a show on Radio Sallow.\n\n“To be in a place like this is sad,” he told the hosts.",
        "Adwin Pell",
    );
}

#[test]
fn names_are_whole() {
    for name in ["Lise-Anne Corry", "Pia del Monte Brea", "Q. T. van den Hoek", "Marit van den Hoek", "Siân Ó Maille"] {
        last(&format!("{HARBOUR}“We are not closing it this year,” said {name}."), name);
        last(&format!("{HARBOUR}{name} told reporters: “We are not closing it this year.”"), name);
    }
    last(&format!("{HARBOUR}“We are not closing it this year,” said Martha Quayle 😀."), "Martha Quayle");
}

#[test]
fn what_follows_an_inverted_speaker_is_about_her() {
    let found = of_text(&format!("{HARBOUR}“We are not closing it this year,” said Martha Quayle, who has run the harbour since 2011."));
    let hers = |quotation: &&Quotation| quotation.speaker.as_ref().is_some_and(|speaker| speaker.name == "Martha Quayle");
    let kinds: Vec<QuotationKind> = found.iter().filter(hers).map(|quotation| quotation.kind).collect();
    assert_eq!(kinds, [QuotationKind::Direct], "{found:?}");
}
