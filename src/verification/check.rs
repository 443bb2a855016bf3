//! A quote and the index become a [`Verdict`]: candidates are looked up, each is compared, and the places together decide.

use std::sync::Arc;

use super::attribution::{Credit, Told, decide, decide_pieces, reported_view};
use super::candidates::Candidates;
use super::excerpt::Excerpt;
use super::given::Given;
use super::offices::Surroundings;
use super::paraphrase::{self, Rarity, Report};
use super::people;
use super::places::{Place, found, is_checkable, recognizable};
use super::rarity::Rarities;
use super::remark::{Remark, remark};
use super::stitching::{self, Piece};
use super::support::support;
use super::{Attribution, Context, Difference, Match, Operation, Verdict, Wording};
use crate::index::{Index, IndexError};
use crate::question::Constraints;

/// Matches shown.
const SHOWN: usize = 20;
/// Nearest places shown where a quote is not found.
const NEAREST: usize = 3;
/// Places as like as this are only given up for pieces that are whole sentences.
const NEAR: f32 = 0.75;
/// Places this much less like than the best one still print the same utterance.
const SLACK: f32 = 0.12;

/// Checks a quote: whether the words are real, whole, and said by the person named.
///
/// # Errors
/// Where the index is damaged.
pub fn check(index: &Index, quote: &str, by: Option<&str>, constraints: &Constraints) -> Result<Verdict, IndexError> {
    let by = by.map(str::trim).filter(|by| !by.is_empty());
    let whole = check_words(index, quote, by, constraints)?;
    let spoken = whole.attribution.is_some_and(|attribution| attribution != Attribution::NotAQuotation);
    let own = |remark: &Remark| is_real(whole.wording) || whole.matches.first().is_some_and(|printed| remark.is_said_whole(printed));
    match remark(quote).filter(|remark| !(spoken && own(remark))) {
        None => Ok(whole),
        Some(Remark { words, speaker, .. }) => {
            let verdict = check_words(index, &words, by.or(speaker.as_deref()), constraints)?;
            Ok(Verdict { quote: quote.to_owned(), checked: Some(words), ..verdict })
        }
    }
}

/// Whether all words are the documents' own, in one place and in order.
fn is_real(wording: Wording) -> bool {
    matches!(wording, Wording::Exact | Wording::Typography | Wording::Elided | Wording::Rejoined)
}

/// Checks words alone.
fn check_words(index: &Index, quote: &str, by: Option<&str>, constraints: &Constraints) -> Result<Verdict, IndexError> {
    let given = Given::new(quote);
    let speaker = constraints.speaker.as_deref();
    let candidates = Candidates::find(index, &given, constraints)?;
    let rarities = Rarities::new(index);
    let rarity = |stem: &str| rarities.of(stem);
    let blank = || Verdict { searched: index.len(), ..verdict(quote, by, Wording::NotFound) };
    let first = judge(&given, by, speaker, &candidates.likeliest()?, &rarity, blank());
    if is_real(first.wording) {
        return rarities.settle(first);
    }
    let second = judge(&given, by, speaker, &candidates.all()?, &rarity, blank());
    match by.filter(|_| second.wording == Wording::NotFound && speaker.is_none()) {
        None => rarities.settle(second),
        Some(name) => {
            let excerpts = candidates.told_by(&given, name, constraints)?;
            let report = paraphrase::report(&given, by, &excerpts, &rarity);
            rarities.settle(report.map(|report| reported(&given, by, &excerpts, report, blank())).unwrap_or(second))
        }
    }
}

/// Decides from the passages. `blank` is the verdict where nothing is found.
fn judge(given: &Given, by: Option<&str>, speaker: Option<&str>, excerpts: &[Excerpt], rarity: Rarity, blank: Verdict) -> Verdict {
    let mut places = found(given, excerpts);
    places.retain(|place| speaker.is_none_or(|name| place.credit.speaker().is_some_and(|speaker| people::fits(name, speaker))));
    if too_short(given) && !places.iter().any(|place| is_checkable(given, place)) {
        return Verdict { wording: Wording::Uncheckable, ..blank };
    }
    let faithful = places.first().is_some_and(|place| place.finding.is_faithful());
    let near = places.first().is_some_and(|place| place.finding.likeness >= NEAR);
    let pieces = if faithful || speaker.is_some() { None } else { stitching::pieces(given, excerpts, near) };
    if let Some(pieces) = pieces {
        let part = |piece: Piece| Some(Place::of_part(given, excerpts.get(piece.excerpt)?, piece.alignment));
        return stitched(given, by, &pieces.into_iter().filter_map(part).collect::<Vec<_>>(), blank);
    }
    places.retain(|place| place.finding.is_faithful() || recognizable(given, by, place));
    if let Some(parts) = said_by_several(given, &mut places) {
        return stitched(given, by, &parts, blank);
    }
    let narrated = places.first().is_none_or(|best| !best.finding.is_faithful() && !best.credit.is_quoted());
    match narrated.then(|| paraphrase::report(given, by, excerpts, rarity)).flatten() {
        Some(report) => reported(given, by, excerpts, report, blank),
        None if places.is_empty() => nowhere(given, excerpts, blank),
        None => settle(given, by, &places, blank),
    }
}

/// Whether a quote has too few words to say anything about.
fn too_short(given: &Given) -> bool {
    given.words.len() < 3 || given.contents() == 0
}

/// The verdict for a quote found whole or altered.
fn settle(given: &Given, by: Option<&str>, places: &[Place], blank: Verdict) -> Verdict {
    let Some(best) = places.first() else { return blank };
    let same = |place: &&Place| {
        place.finding.is_faithful() == best.finding.is_faithful() && place.finding.likeness + SLACK >= best.finding.likeness
    };
    let printing: Vec<&Place> = places.iter().filter(same).collect();
    let around = |place: &Place| place.excerpt.paragraphs_around(place.finding.span).to_owned();
    let surroundings: Vec<String> = printing.iter().map(|place| around(place)).collect();
    let told: Vec<Told> = printing.iter().zip(&surroundings).map(|(place, around)| told(place.excerpt, &place.credit, around)).collect();
    let distinctive = given.words.len() >= 5 && given.contents() >= 2;
    let (attribution, speaker) = decide(by, &told, distinctive);
    let alike = printing.iter().filter(|place| place.finding.is_faithful() && place.credit.is_quoted() == best.credit.is_quoted());
    let wording = alike.map(|place| place.finding.wording).min().unwrap_or(best.finding.wording);
    let theirs = |place: &&&Place| match (&speaker, place.credit.speaker()) {
        (Some(one), Some(other)) => people::same_person(one, other),
        _ => true,
    };
    let context =
        printing.iter().filter(theirs).find(|place| place.credit.is_quoted() == best.credit.is_quoted()).map(|place| place.context);
    let support = support(printing.iter().map(|place| &place.excerpt.document));
    let narrated = attribution == Attribution::NotAQuotation;
    let reported = printing.iter().filter(|_| narrated).find_map(|place| reported_view(place.excerpt, &place.finding));
    Verdict {
        wording,
        attribution: Some(attribution),
        context: context.or(Some(best.context)),
        speaker,
        reported,
        documents: support.documents,
        independent: support.independent,
        earliest: support.earliest,
        matches: places.iter().take(SHOWN).map(|place| place.to_match(given)).collect(),
        ..blank
    }
}

/// A place where the words stand, with what is known around it.
fn told<'a>(excerpt: &'a Excerpt, credit: &'a Credit, around: &'a str) -> Told<'a> {
    let place = Surroundings { around, passage: excerpt.slice(excerpt.span), title: excerpt.document.title.as_deref().unwrap_or_default() };
    Told { credit, place, others: excerpt.utterances.iter().filter_map(|utterance| utterance.speaker.as_ref()).collect() }
}

/// The parts of the best place, where several people say it and no place is nearly as good in one person's mouth. All other places of
/// several voices are given up: nobody says them.
fn said_by_several<'e>(given: &Given, places: &mut Vec<Place<'e>>) -> Option<Vec<Place<'e>>> {
    let best = places.first()?;
    let near = |place: &&Place| !place.has_several_voices() && place.finding.likeness + SLACK >= best.finding.likeness;
    if best.has_several_voices() && !places.iter().any(|place| near(&place)) {
        return Some(best.parts.iter().map(|part| Place::of_part(given, best.excerpt, part.clone())).collect());
    }
    places.retain(|place| !place.has_several_voices());
    None
}

/// The verdict for a quote stitched from several places.
fn stitched(given: &Given, by: Option<&str>, places: &[Place], blank: Verdict) -> Verdict {
    let wording = places.iter().map(|place| place.finding.wording).max().map_or(Wording::Stitched, |worst| worst.max(Wording::Stitched));
    let credits: Vec<&Credit> = places.iter().map(|place| &place.credit).collect();
    let (attribution, speaker) = decide_pieces(by, &credits);
    let context = if places.iter().all(|place| place.context == Context::Full) { Context::Full } else { Context::Truncated };
    let support = support(places.iter().map(|place| &place.excerpt.document));
    Verdict {
        wording,
        attribution,
        context: Some(context),
        speaker,
        documents: support.documents,
        independent: support.independent,
        earliest: support.earliest,
        matches: places.iter().map(|place| place.to_match(given)).collect(),
        ..blank
    }
}

/// The verdict for words that stand nowhere, with the nearest places.
fn nowhere(given: &Given, excerpts: &[Excerpt], blank: Verdict) -> Verdict {
    let mut nearest = found(given, excerpts);
    nearest.retain(|place| place.finding.similarity > 0.2);
    Verdict { matches: nearest.iter().take(NEAREST).map(|place| place.to_match(given)).collect(), ..blank }
}

fn reported(given: &Given, by: Option<&str>, excerpts: &[Excerpt], report: Report, blank: Verdict) -> Verdict {
    let Some(excerpt) = excerpts.get(report.excerpt) else { return blank };
    let credit = report.utterance.speaker.clone().map_or(Credit::Unsigned, Credit::Spoken);
    let (attribution, speaker) = decide(by, &[told(excerpt, &credit, excerpt.slice(report.span))], true);
    let text = excerpt.slice(report.span).to_owned();
    let diff = vec![Difference { operation: Operation::Replace, source: text.clone(), given: given.text.clone() }];
    let support = support(std::iter::once(&excerpt.document));
    let place = Match {
        document: Arc::clone(&excerpt.document),
        passage: text.clone(),
        text,
        span: report.span,
        similarity: report.share,
        diff,
        speaker: report.utterance.speaker.clone(),
    };
    Verdict {
        wording: Wording::Paraphrase,
        attribution: Some(attribution),
        context: Some(Context::Full),
        speaker,
        documents: support.documents,
        independent: support.independent,
        earliest: support.earliest,
        matches: vec![place],
        ..blank
    }
}

/// A verdict about which nothing is known yet.
fn verdict(quote: &str, by: Option<&str>, wording: Wording) -> Verdict {
    Verdict {
        quote: quote.to_owned(),
        checked: None,
        claimed_speaker: by.map(str::to_owned),
        wording,
        attribution: None,
        context: None,
        speaker: None,
        reported: None,
        documents: 0,
        independent: 0,
        earliest: None,
        searched: 0,
        matches: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::dated;
    use super::*;
    use crate::quotation::QuotationKind;
    use proptest::prelude::*;

    const LEDGER: &str = "Ann Bell chairs the board. «The pier is not safe,» she said. «It will shut in May unless somebody pays.»\n\
        The board met for two hours on Tuesday.\n«We have asked the county four times. But we have had no answer.»";
    const TIMES: &str = "The pier may shut. «The pier is not safe,» she said. «We will mend it when the county pays its share.»";

    fn verdict_on(quote: &str, by: Option<&str>) -> Verdict {
        let excerpts = [dated("ledger", "2014-05-01", LEDGER), dated("times", "2014-05-03", TIMES)];
        judge(&Given::new(quote), by, None, &excerpts, &|_| 4.0, verdict(quote, by, Wording::NotFound))
    }

    fn check(quote: &str, by: Option<&str>, wording: Wording, attribution: Option<Attribution>, context: Option<Context>) {
        let found = verdict_on(quote, by);
        assert_eq!((found.wording, found.attribution, found.context), (wording, attribution, context), "{quote:?} by {by:?}: {found:#?}");
    }

    #[test]
    fn a_quote_is_judged_on_every_axis() {
        use Attribution::{Confirmed, Misattributed, NotAQuotation};
        use Context::{Full, Truncated};
        check("The pier is not safe. It will shut in May unless somebody pays.", None, Wording::Rejoined, Some(Confirmed), Some(Full));
        check("It will shut in May", Some("Ann Bell"), Wording::Exact, Some(Confirmed), Some(Truncated));
        check("The pier is safe", Some("Bell"), Wording::AlteredMeaning, Some(Confirmed), Some(Full));
        check("It will shut in June unless somebody pays", Some("Tom Carter"), Wording::AlteredMeaning, Some(Misattributed), Some(Full));
        check("We have asked the county four times.", None, Wording::Exact, Some(Confirmed), Some(Truncated));
        check("The board met for two hours on Tuesday.", Some("Ann Bell"), Wording::Exact, Some(NotAQuotation), Some(Full));
        check("It will shut in May unless somebody pays. We will mend it.", None, Wording::Stitched, Some(Confirmed), Some(Truncated));
        check("The sea wall has cost the town nine ships.", Some("Ann Bell"), Wording::NotFound, None, None);
    }

    #[test]
    fn too_little_cannot_be_checked() {
        for quote in ["", "…", "?!", "the board", "in May", "it is"] {
            assert_eq!(verdict_on(quote, None).wording, Wording::Uncheckable, "{quote:?}");
        }
    }

    #[test]
    fn support_counts_documents_and_names_the_earliest() {
        let found = verdict_on("The pier is not safe", None);
        assert_eq!((found.documents, found.independent), (2, 2));
        assert_eq!(found.earliest.map(|document| document.id.clone()).as_deref(), Some("ledger"));
        assert_eq!(found.matches.iter().map(|found| found.document.id.as_str()).collect::<Vec<_>>(), ["ledger", "times"]);
    }

    #[test]
    fn a_document_never_disputes_with_itself() {
        assert_eq!(verdict_on("The pier is not safe", Some("Ann Bell")).attribution, Some(Attribution::Confirmed));
    }

    const FETE: &str = "Ann Bell: «I could have kept the old boat,» she said.\nA new one is being built at the yard. Its keel was laid in May by \
        the mayor, who broke a bottle on it.\nTom Carter: «I was the cook,» he said, «and not a good one.»\n";

    #[test]
    fn a_quote_of_two_people_is_nobodys() {
        let excerpts = [super::super::testing::voices(FETE)];
        for (quote, wording) in [
            ("I could have kept the old boat. I was the cook, and not a good one.", Wording::Stitched),
            ("I could have kept the old barge. I was the cook, and not a good one.", Wording::Altered),
        ] {
            for (by, expected) in
                [(Some("Tom Carter"), Some(Attribution::Misattributed)), (Some("Ann Bell"), Some(Attribution::Misattributed)), (None, None)]
            {
                let found = judge(&Given::new(quote), by, None, &excerpts, &|_| 4.0, verdict(quote, by, Wording::NotFound));
                assert_eq!(
                    (found.wording, found.attribution, &found.speaker),
                    (wording, expected, &None),
                    "{quote:?} by {by:?}: {found:#?}"
                );
                let speakers: Vec<&str> =
                    found.matches.iter().filter_map(|place| place.speaker.as_ref()).map(|speaker| speaker.name.as_str()).collect();
                assert_eq!(speakers, ["Ann Bell", "Tom Carter"], "{quote:?} by {by:?}");
                assert!(found.matches.iter().all(|place| !place.text.contains("keel")));
            }
        }
    }

    proptest! {
        #[test]
        fn any_quote_gets_the_same_verdict_twice(quote in "\\PC{0,60}|([a-z]{1,6}|pier|not|safe|May|[.…\"\\[\\] ]){0,20}", by in proptest::option::of("\\PC{0,20}")) {
            let first = verdict_on(&quote, by.as_deref());
            prop_assert_eq!(&first, &verdict_on(&quote, by.as_deref()));
            for found in &first.matches {
                let text = if found.document.id == "ledger" { LEDGER } else { TIMES };
                prop_assert_eq!(found.span.slice(text), found.text.as_str());
            }
        }
    }

    #[test]
    fn what_was_denied_is_nobodys_view() {
        let reported = |text: &str| {
            let mut excerpt = dated("ledger", "2014-05-01", text);
            excerpt.utterances.iter_mut().for_each(|utterance| utterance.kind = QuotationKind::Indirect);
            let quote = "the pier had been unsafe for years";
            judge(&Given::new(quote), None, None, &[excerpt], &|_| 4.0, verdict(quote, None, Wording::NotFound)).reported
        };
        assert!(reported("Ann Bell said that «the pier had been unsafe for years».").is_some());
        assert!(reported("Ann Bell «denied that the pier had been unsafe for years».").is_none());
    }
}
