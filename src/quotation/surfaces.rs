//! Words on a surface (a banner, a wall, a gauge) are nobody's: the marks around them name no speaker.
//!
//! Told by the verb next to the piece ("a banner read …", "placards reading …", "…, it says" after a line chalked on a door).
//! Letters, reports and statements are no surfaces: somebody answers for them.

use super::features::Scene;
use super::page::Item;
use super::phrase::PhraseKind;
use crate::syntax::{EntityKind, Tag};
use crate::text::folded;

/// What words can stand on without anybody saying them.
const SURFACES: &[&str] = &[
    "badge",
    "banner",
    "bedsheet",
    "billboard",
    "blackboard",
    "chalkboard",
    "dial",
    "display",
    "doormat",
    "flag",
    "gauge",
    "graffiti",
    "gravestone",
    "hat",
    "headstone",
    "hoarding",
    "inscription",
    "noticeboard",
    "placard",
    "plaque",
    "poster",
    "scoreboard",
    "screen",
    "sheet",
    "shirt",
    "sign",
    "signboard",
    "signpost",
    "slogan",
    "sticker",
    "t-shirt",
    "tattoo",
    "tombstone",
    "tshirt",
    "wall",
    "whiteboard",
    "windscreen",
];

/// What is done to a surface to make it speak.
const INSCRIBED: &[&str] =
    &["carved", "chalked", "daubed", "embroidered", "engraved", "painted", "pinned", "scrawled", "sprayed", "stencilled", "stitched"];

/// Steps looked at between a surface and the piece.
const REACH: usize = 14;
/// Steps looked at before a piece that "it says".
const SENTENCE: usize = 40;

/// Whether the piece stands on a surface.
pub(super) fn is_on_surface(scene: &Scene, piece: usize) -> bool {
    let Some(&place) = scene.page.item_of_piece.get(piece) else { return false };
    surface_before(scene, place) || it_reads(scene, place) || surface_after(scene, place)
}

fn is_surface(scene: &Scene, token: usize) -> bool {
    let word = folded(scene.page.word(token));
    let singular = word.strip_suffix('s').unwrap_or(&word);
    scene.page.tag(token) == Tag::Noun && (SURFACES.contains(&word.as_ref()) || SURFACES.contains(&singular))
}

/// How a verb lets a surface speak.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// "read", "bearing": hardly ever of people before words in marks.
    Bears,
    /// "said", "says".
    Says,
}

fn verb(scene: &Scene, token: usize) -> Option<Verb> {
    match folded(scene.page.word(token)).as_ref() {
        "read" | "reads" | "reading" | "bearing" | "bore" | "bears" | "proclaimed" | "proclaims" | "proclaiming" => Some(Verb::Bears),
        "said" | "says" | "saying" | "say" => Some(Verb::Says),
        _ => None,
    }
}

/// "A bedsheet tied to the railings read “…”", "placards reading “…”", "a sign that said “…”".
fn surface_before(scene: &Scene, place: usize) -> bool {
    let page = scene.page;
    let mark = |item: usize| matches!(page.item(item), Item::Token(token) if matches!(page.word(token), "," | ":"));
    let last = place.checked_sub(1).map(|last| if mark(last) { last.saturating_sub(1) } else { last });
    let Some((last, Item::Token(token))) = last.map(|last| (last, page.item(last))) else { return false };
    let Some(verb) = verb(scene, token) else { return false };
    let reach = if verb == Verb::Bears { REACH } else { 2 };
    let before = (last.saturating_sub(reach)..last).rev().map_while(|item| match page.item(item) {
        Item::Token(token) if !page.ends_sentence(item) && !names_person(scene, token) => Some(token),
        _ => None,
    });
    before.into_iter().any(|token| is_surface(scene, token))
}

/// Whether a person is named or meant by the word at `token`.
fn names_person(scene: &Scene, token: usize) -> bool {
    let at = scene.phrases.partition_point(|phrase| phrase.head < token);
    let person = |kind: PhraseKind| kind == PhraseKind::Name(EntityKind::Person);
    let pronoun = matches!(folded(scene.page.word(token)).as_ref(), "he" | "she" | "who" | "they" | "we" | "i");
    pronoun || scene.phrases.get(at).is_some_and(|phrase| phrase.head == token && person(phrase.kind))
}

/// "…, it says", where the sentence before has a surface or words put on one, and no body that might speak.
fn it_reads(scene: &Scene, place: usize) -> bool {
    let page = scene.page;
    let token = |item: usize| match page.item(item) {
        Item::Token(token) => Some(token),
        _ => None,
    };
    let skip = usize::from(token(place + 1).is_some_and(|token| page.word(token) == ","));
    let it = token(place + 1 + skip).is_some_and(|token| folded(page.word(token)) == "it");
    let speaks = (place + 2 + skip..place + 4 + skip).filter_map(token).any(|token| verb(scene, token).is_some());
    if !it || !speaks {
        return false;
    }
    let before: Vec<usize> = (place.saturating_sub(SENTENCE)..place).filter_map(token).collect();
    let inscribed = |token: usize| INSCRIBED.contains(&folded(page.word(token)).as_ref());
    let surface = before.iter().rposition(|&token| is_surface(scene, token) || inscribed(token));
    surface.is_some_and(|at| !before.iter().skip(at).any(|&token| names_body(scene, token)))
}

fn names_body(scene: &Scene, token: usize) -> bool {
    let at = scene.phrases.partition_point(|phrase| phrase.head < token);
    scene.phrases.get(at).is_some_and(|phrase| phrase.head == token && phrase.kind == PhraseKind::Name(EntityKind::Organization))
}

/// "“…,” read the banner".
fn surface_after(scene: &Scene, place: usize) -> bool {
    let page = scene.page;
    let mut items = (place + 1..place + 8).map_while(|item| match page.item(item) {
        Item::Token(token) if !page.ends_sentence(item) => Some(token),
        _ => None,
    });
    let first = items.find(|&token| page.word(token) != ",");
    let speaks = first.is_some_and(|token| verb(scene, token).is_some());
    let mut rest = items.skip_while(|&token| matches!(page.tag(token), Tag::Det | Tag::Adj | Tag::Num));
    speaks && rest.next().is_some_and(|token| is_surface(scene, token))
}
